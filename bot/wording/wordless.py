"""What came without a word, in words: that it will be seen in time, and how to say that it cannot wait."""

from bot.core.client_notices import WordsAsked
from bot.core.events import Kind
from bot.core.wordless import Wordless
from bot.ports import Button, Press, Rows, Say
from bot.wording.marks import marked
from bot.wording.markup import Html, lines
from bot.wording.reader import Reader

# What came, as the object of "listened to" or "seen": one of it, several.
THINGS: dict[Kind, tuple[str, str]] = {
    Kind.VOICE: (marked("the voice message"), marked("the voice messages")),
    Kind.AUDIO: (marked("the recording"), marked("the recordings")),
    Kind.VIDEO: (marked("the video"), marked("the videos")),
    Kind.PHOTO: (marked("the photo"), marked("the photos")),
    Kind.DOCUMENT: (marked("the file"), marked("the files")),
}
EVERYTHING = marked("everything you have sent")
LISTENED_TO = frozenset({Kind.VOICE, Kind.AUDIO})


def word(notice: WordsAsked, reader: Reader) -> Say:
    """Under an open promise: what came is seen by then; with the button where one may press it."""
    seen = lines(_in_time(notice.wordless, reader), ask_words(notice.may_insist, reader), gap=" ")
    return Say(seen, rows=insist(reader) if notice.may_insist else ())


def by_then(wordless: Wordless, reader: Reader) -> Html:
    """After a sentence that said the time and named the owner."""
    what = _what(wordless, reader)
    if wordless.kind in LISTENED_TO:
        return reader.voiced(
            reader.pgettext(reader.gender, "She will have listened to {what} by then.", what=what),
            reader.gettext("I will have listened to {what} by then.", what=what),
        )
    return reader.voiced(
        reader.pgettext(reader.gender, "She will have seen {what} by then.", what=what),
        reader.gettext("I will have seen {what} by then.", what=what),
    )


def ask_words(may_insist: bool, reader: Reader) -> Html:
    """One line of text, or the button where there is one."""
    if may_insist:
        return reader.gettext("If it cannot wait, write in one line what it is about, or press the button below.")
    return reader.gettext("If it cannot wait, write in one line what it is about.")


def insist(reader: Reader) -> Rows:
    """The button "it can't wait"."""
    return ((Button(reader.gettext("It can't wait"), Press("insist")),),)


def _in_time(wordless: Wordless, reader: Reader) -> Html:
    what = _what(wordless, reader)
    if wordless.kind in LISTENED_TO:
        return reader.voiced(
            reader.gettext("{owner} will have listened to {what} by the promised time.", what=what),
            reader.gettext("I will have listened to {what} by the promised time.", what=what),
        )
    return reader.voiced(
        reader.gettext("{owner} will have seen {what} by the promised time.", what=what),
        reader.gettext("I will have seen {what} by the promised time.", what=what),
    )


def _what(wordless: Wordless, reader: Reader) -> Html:
    one, several = THINGS.get(wordless.kind, (EVERYTHING, EVERYTHING))
    return reader.gettext(several if wordless.several else one)
