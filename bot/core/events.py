"""What can reach a desk: a message, an edit, a button, a command, an answer of the owner, time passing.

An event carries the id that its channel gave it (`tg:<bot>:<update>`), so that a second delivery is recognised, and
no clock: `now` is an argument of every decision. Addresses are `<channel>:<chat>` (`tg:1001`), unique across channels.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.ledger import Entry
from bot.core.lessons import UNKNOWN, Lesson, Matter
from bot.core.opinion import Outside
from bot.core.spans import Misread
from bot.core.statistics import Asked
from bot.core.verdict import Language, Verdict


class Kind(StrEnum):
    """What a message is made of. `OTHER` is anything the channel invents after this was written: kept all the same."""

    TEXT = "text"
    PHOTO = "photo"
    VOICE = "voice"
    VIDEO_NOTE = "video_note"
    VIDEO = "video"
    AUDIO = "audio"
    ANIMATION = "animation"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"
    POLL = "poll"
    DICE = "dice"
    OTHER = "other"


# Kinds that, without words, say no more than a nod does.
GESTURES = frozenset({Kind.STICKER, Kind.ANIMATION, Kind.DICE})


@dataclass(frozen=True, slots=True)
class Recording:
    """Speech that lies with the channel: its name of the file there, the length in seconds, bytes (0: not told)."""

    file: str
    seconds: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it came. `raw` is the channel's own form in JSON, kept whole; `text` is the text or the caption.

    `sent_at` is when the sender's app says it was sent (aware UTC); `album` is shared by the parts of one album.
    `transcript` is what a machine heard in the `recording`, empty until then.
    """

    id: str
    kind: Kind
    text: str
    sent_at: datetime
    raw: str = "{}"
    album: str = ""
    recording: Recording | None = None
    transcript: str = ""

    @property
    def words(self) -> str:
        """Everything that it says: its text, and what was heard in it."""
        return "\n".join(words for words in (self.text, self.transcript) if words)


@dataclass(frozen=True, slots=True)
class Person:
    """Who writes: address, the name they show, and the language of their app where it is one of ours."""

    address: str
    name: str
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class MessageReceived:
    """A client wrote. `verdict` is of the whole burst with this message in it."""

    id: str
    person: Person
    message: Message
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class MessageEdited:
    """A client changed a message. `item` is where the folder holds it (0: never seen before)."""

    id: str
    person: Person
    message: Message
    item: int = 0
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class CommandGiven:
    """A client gave a command, its name without the slash.

    `zone` is what the argument of /timezone means (IANA), `outside` what /privacy has to tell of.
    """

    id: str
    person: Person
    command: str
    argument: str = ""
    zone: str = ""
    outside: tuple[Outside, ...] = ()


@dataclass(frozen=True, slots=True)
class ButtonTapped:
    """A client tapped a button under `message`; `tap` is what the channel wants answered."""

    id: str
    person: Person
    action: str
    argument: str
    tap: str
    message: str


@dataclass(frozen=True, slots=True)
class DoorClosed:
    """The client blocked the bot, or let it in again (`closed` False)."""

    id: str
    person: Person
    closed: bool


@dataclass(frozen=True, slots=True)
class TimePassed:
    """A moment came that the thread or the desk had asked to be woken at."""

    id: str


@dataclass(frozen=True, slots=True)
class OwnerAnswered:
    """The owner answered this client, with any kind of content; `tap` where a button said whom it is for.

    `rest` are the other parts of an album that was already whole when the button was tapped.
    """

    id: str
    message: Message
    tap: str = ""
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnerTapped:
    """The owner tapped a button that concerns this client.

    `folder` is what `open` shows, `matter` what the item is about that "urgent" or "not urgent" teaches by.
    """

    id: str
    action: str
    argument: str = ""
    tap: str = ""
    folder: tuple["Filed", ...] = ()
    matter: Matter = UNKNOWN


@dataclass(frozen=True, slots=True)
class SendFailed:
    """A notice could not reach the client, for good: `blocked`, or the channel's words in `refused`."""

    id: str
    outgoing: str
    blocked: bool


@dataclass(frozen=True, slots=True)
class Transcribed:
    """A machine has heard a recording: `message` has the transcript. `folder` is the item it belongs to, whole."""

    id: str
    item: int
    message: Message
    folder: tuple["Filed", ...] = ()
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """A message in a client's folder, and the item that it belongs to."""

    item: int
    message: Message


# What concerns one client (decide.py) …
ClientEvent = MessageReceived | MessageEdited | CommandGiven | ButtonTapped | DoorClosed
ThreadEvent = ClientEvent | TimePassed | OwnerAnswered | OwnerTapped | SendFailed | Transcribed


@dataclass(frozen=True, slots=True)
class OwnerCommanded:
    """The owner gave the desk a command. `lessons` are what /urgent shows beside the open alarms."""

    id: str
    command: str
    argument: str = ""
    lessons: tuple[Lesson, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnerWrote:
    """The owner wrote without replying to anything: whom is it for?"""

    id: str
    message: Message


@dataclass(frozen=True, slots=True)
class DeskTapped:
    """The owner tapped a button that concerns the whole desk: a page of the digest, `lessons` to forget."""

    id: str
    action: str
    argument: str
    tap: str
    message: str
    lessons: tuple[Lesson, ...] = ()


@dataclass(frozen=True, slots=True)
class MessageBuried:
    """An update could not be handled and lies among the dead letters: the owner is told."""

    id: str


@dataclass(frozen=True, slots=True)
class GateOpened:
    """The process has started. The desk file may have changed while the gate was down."""

    id: str


@dataclass(frozen=True, slots=True)
class BoardPosted:
    """The board stands in the owner's chat as this message."""

    id: str
    message: str


@dataclass(frozen=True, slots=True)
class BoardLost:
    """The board could not be edited any more: the owner has deleted it."""

    id: str


@dataclass(frozen=True, slots=True)
class StatisticsAsked:
    """The owner wants to know how it goes: what they asked for, and the ledgers that tell, by client."""

    id: str
    asked: Asked | Misread
    ledgers: Mapping[str, tuple[Entry, ...]]


# … and what concerns the desk as a whole (oversee.py).
DeskEvent = (
    GateOpened
    | BoardPosted
    | BoardLost
    | OwnerCommanded
    | OwnerWrote
    | DeskTapped
    | MessageBuried
    | StatisticsAsked
    | TimePassed
)
