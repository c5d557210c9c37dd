"""What is to be said to the owner, and to the backup contact in the owner's place, as data."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.core.lessons import Learned
from bot.core.statistics import Period, Statistics
from bot.core.thread import Line
from bot.core.verdict import Because, Language


@dataclass(frozen=True, slots=True)
class AlarmRaised:
    """Something cannot wait. `repeat` counts the rings before this one; `silent` at the owner's night.

    `topics` are what it is about beside that (`core.kinds`).
    """

    client: str
    name: str
    item: int
    at: datetime
    text: str
    because: tuple[Because, ...]
    deadline: datetime | None
    due: datetime | None
    earlier: tuple[Line, ...] = ()
    repeat: int = 0
    silent: bool = False
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MessagesShown:
    """Messages of a client, copied whole into the owner's chat; `rings` when they belong to an open alarm."""

    client: str
    messages: tuple[str, ...]
    rings: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """One client's row of the digest; `topics` are the kinds of things that wait (`core.kinds`)."""

    client: str
    name: str
    count: int
    since: datetime | None
    lines: tuple[Line, ...]
    due: datetime | None
    alarm_at: datetime | None = None
    deadline: datetime | None = None
    snoozed_until: datetime | None = None
    promised_at: datetime | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestShown:
    """A page of the digest, asked for or `by_itself` at a window's start; in place of message `edits` when turning.

    `next_window` is told by the digest of the day's last window: what comes later waits until then.
    """

    at: datetime
    rows: tuple[Waiting, ...]
    page: int
    pages: int
    clients: int
    items: int
    edits: str = ""
    by_itself: bool = False
    next_window: datetime | None = None


@dataclass(frozen=True, slots=True)
class PromisesEnding:
    """These promises lapse soon, and nobody has answered: one warning for all of them."""

    at: datetime
    rows: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class BoardShown:
    """How things stand, for the pinned message: said once, then edited in place (`edits`), never ringing.

    `window_ends` is set while a window is open, which then began at `window_starts`; otherwise that is the next one.
    """

    clients: int
    items: int
    alarms: int
    next_due: datetime | None
    window_starts: datetime | None
    window_ends: datetime | None
    edits: str = ""


@dataclass(frozen=True, slots=True)
class BoardPinned:
    """The board is pinned, so that it is found at a glance."""

    message: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """One stranger's row of what was set aside: the first words of it, and what gave it away."""

    client: str
    name: str
    count: int
    latest: datetime
    lines: tuple[Line, ...]
    because: Because


@dataclass(frozen=True, slots=True)
class AsideShown:
    """A page of what was set aside, latest first: `by_itself` once a week what is new, else all of it.

    `strangers` counts the rows of all pages. In place of message `edits` when turning.
    """

    at: datetime
    rows: tuple[SetAside, ...]
    page: int
    pages: int
    strangers: int
    edits: str = ""
    by_itself: bool = False


@dataclass(frozen=True, slots=True)
class AlarmsShown:
    """The open urgent items, oldest first, and what the owner's taps have taught; in place of message `edits`."""

    at: datetime
    rows: tuple[Waiting, ...]
    learned: tuple[Learned, ...] = ()
    edits: str = ""


@dataclass(frozen=True, slots=True)
class FolderOpened:
    """What waits in one client's folder, with times and words; media follow as copies."""

    client: str
    name: str
    lines: tuple[Line, ...]
    due: datetime | None
    language: Language


@dataclass(frozen=True, slots=True)
class AnswerPrompted:
    """Write the answer as a reply to this."""

    client: str
    name: str


@dataclass(frozen=True, slots=True)
class WhomAsked:
    """The owner wrote without replying to anything: for whom is it?"""

    message: str
    choices: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class AnswerHeld:
    """An answer written outside working hours goes out at `until`; with a button to send it now."""

    client: str
    name: str
    message: str
    until: datetime


@dataclass(frozen=True, slots=True)
class AlarmHandedOver:
    """Nobody touched the alarm: it went to the backup contact."""

    client: str
    name: str
    backup: str


@dataclass(frozen=True, slots=True)
class AnswerTaken:
    """A quiet tick on the owner's answer: it is on its way, and by its `sign` nothing more is owed."""

    message: str


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Something could not reach the client: they blocked the bot, or the channel refused it."""

    client: str
    name: str
    blocked: bool


@dataclass(frozen=True, slots=True)
class PromiseLapsed:
    """A promise passed unanswered and was moved; the client was told."""

    client: str
    name: str
    due: datetime
    count: int


@dataclass(frozen=True, slots=True)
class AwaySet:
    """The owner reads nothing from `start` to `end`, both inclusive."""

    start: date
    end: date
    reason: str
    moved: int


@dataclass(frozen=True, slots=True)
class AwayEnded:
    """Back; `was_away` False where there was nothing to end."""

    was_away: bool


@dataclass(frozen=True, slots=True)
class CommandMisread:
    """A command could not be understood: `code` says what was wrong, `detail` quotes it."""

    command: str
    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class StatisticsShown:
    """How it went in a period, beside the same span before it; of one client where there is a `client`."""

    period: Period
    now: Statistics
    before: Statistics
    client: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Helped:
    """What the owner can say to the gate."""


@dataclass(frozen=True, slots=True)
class LetterBuried:
    """An update could not be handled and was set aside in its raw form."""

    event: str


@dataclass(frozen=True, slots=True)
class TapDone:
    """The toast under the owner's button; `code` names its words, `until` a moment that they mention."""

    tap: str
    code: str
    until: datetime | None = None
    detail: str = ""


# To the backup contact, in the owner's language


@dataclass(frozen=True, slots=True)
class AlarmEscalated:
    """Something cannot wait, and the owner has not touched it since `at`: with the client's whole text."""

    name: str
    at: datetime
    text: str
    because: tuple[Because, ...]
    deadline: datetime | None


OwnerNotice = (
    AlarmRaised | MessagesShown | DigestShown | PromisesEnding | BoardShown | BoardPinned
    | AlarmsShown | AsideShown | FolderOpened | AnswerPrompted | WhomAsked | AnswerTaken | AnswerHeld | AlarmHandedOver
    | Undelivered | PromiseLapsed | AwaySet | AwayEnded | CommandMisread | StatisticsShown | Helped | LetterBuried
    | TapDone
)  # fmt: skip
BackupNotice = AlarmEscalated
