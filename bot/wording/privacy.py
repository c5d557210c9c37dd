"""What is kept of a client, in words (C7): what, where, who sees it, for how long, and who else gets any of it."""

from bot.core.client_notices import PrivacyTold
from bot.core.opinion import Outside
from bot.ports import Say
from bot.wording.marks import marked
from bot.wording.markup import Html, bold, lines, paragraphs
from bot.wording.reader import Reader

Worded = PrivacyTold

STORED = (
    marked("your messages whole; of files and voice messages only a reference, the files themselves stay in Telegram"),
    marked("your name, username and account number in Telegram, your language and time zone"),
    marked("when you wrote, what you were promised and when the answer came"),
)
# One sentence for each service outside; each is told only where the owner has set it up.
HANDED: dict[Outside, str] = {
    Outside.OPINION: marked(
        "When the bot is not sure how urgent a message is, it sends the text of it, without your name and without what "
        "you wrote before, to an outside language model for a second opinion."
    ),
    Outside.TRANSCRIPTION: marked(
        "Voice and video messages and audio files go, without your name, to a speech recognition service that writes "
        "them down; the words are kept with the message."
    ),
}


def word(notice: Worded, reader: Reader) -> Say:
    """Nothing is promised here that the store does not do; the times are those of its key map."""
    stored = lines(bold(reader.gettext("What is stored")), *(Html(f"• {reader.gettext(each)}") for each in STORED))
    return Say(paragraphs(stored, _where(reader), _how_long(reader), _handed(notice, reader)))


def _where(reader: Reader) -> Html:
    place = reader.voiced(
        reader.gettext("In this bot's own database, which is in the hands of {owner}."),
        reader.gettext("In this bot's own database, which is in my hands."),
    )
    if reader.desk.owner.backup:
        seen = reader.gettext("Nobody else reads it, but what is urgent and stays unnoticed is shown to a deputy too.")
    else:
        seen = reader.gettext("Nobody else reads it.")
    return lines(bold(reader.gettext("Where, and who sees it")), lines(place, seen, gap=" "))


def _how_long(reader: Reader) -> Html:
    return lines(
        bold(reader.gettext("For how long")),
        reader.gettext("Without a time limit. If you want everything to be deleted, write so here."),
        reader.gettext(
            "Technical marks go by themselves: that a message was handled, after 25 hours; whom a shown message is "
            "about, after 400 days."
        ),
    )


def _handed(notice: PrivacyTold, reader: Reader) -> Html:
    title = bold(reader.gettext("Who else gets any of it"))
    if not notice.outside:
        return lines(title, reader.gettext("Apart from Telegram itself, no service gets your messages."))
    return lines(title, *(reader.gettext(HANDED[each]) for each in notice.outside))
