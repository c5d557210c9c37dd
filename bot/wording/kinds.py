"""What messages are made of and what they ask for, in words."""

from bot.core.events import Kind
from bot.core.kinds import BRIEF, CALL, ESTIMATE, INVOICE, STATUS
from bot.core.thread import Line
from bot.wording.marks import marked
from bot.wording.markup import Html, one_line
from bot.wording.reader import Reader

KINDS: dict[Kind, str] = {
    Kind.TEXT: marked("text"),
    Kind.PHOTO: marked("photo"),
    Kind.VOICE: marked("voice message"),
    Kind.VIDEO_NOTE: marked("video message"),
    Kind.VIDEO: marked("video"),
    Kind.AUDIO: marked("audio"),
    Kind.ANIMATION: marked("GIF"),
    Kind.DOCUMENT: marked("file"),
    Kind.STICKER: marked("sticker"),
    Kind.LOCATION: marked("location"),
    Kind.CONTACT: marked("contact"),
    Kind.POLL: marked("poll"),
    Kind.DICE: marked("dice"),
    Kind.OTHER: marked("attachment"),
}

# What a client wants, the first told first. Files and long texts are seen anyway; bugs are heard too unsurely to tell.
WANTS: dict[str, str] = {
    CALL: marked("asks for a call"),
    STATUS: marked("asks how the work stands"),
    INVOICE: marked("invoice"),
    ESTIMATE: marked("price"),
    BRIEF: marked("brief"),
}
# More would not be read at a glance.
WANTS_SHOWN = 2


def wants(topics: tuple[str, ...], reader: Reader) -> Html | None:
    """What a client wants in a word or two each; None for nothing to tell."""
    told = [reader.gettext(words) for topic, words in WANTS.items() if topic in topics]
    return Html(", ".join(told[:WANTS_SHOWN])) if told else None


def line_words(line: Line, reader: Reader, room: int) -> Html:
    """A message on one line: its words, after its kind where it is more than words."""
    words = one_line(line.text, room)
    if line.kind is Kind.TEXT and words:
        return words
    kind = reader.gettext(KINDS[line.kind])
    if words and line.heard:
        return reader.gettext("{kind}, heard by machine: {words}", kind=kind, words=words)
    return Html(f"{kind}: {words}") if words else Html(kind)
