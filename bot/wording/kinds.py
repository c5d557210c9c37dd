"""What messages are made of, in words."""

from bot.core.events import Kind
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


def line_words(line: Line, reader: Reader, room: int) -> Html:
    """A message on one line: its words, after its kind where it is more than words."""
    words = one_line(line.text, room)
    if line.kind is Kind.TEXT and words:
        return words
    kind = reader.gettext(KINDS[line.kind])
    if words and line.heard:
        return reader.gettext("{kind}, heard by machine: {words}", kind=kind, words=words)
    return Html(f"{kind}: {words}") if words else Html(kind)
