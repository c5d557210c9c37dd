"""What the path asks of the outside, on one page: Store, Channel, Clock, Triage, opinions; what they may raise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.changes import Changes
from bot.core.events import Filed, Recording
from bot.core.ledger import Entry
from bot.core.lessons import Lesson
from bot.core.notices import Outgoing
from bot.core.opinion import Opinion
from bot.core.owner_notices import SetAside, Waiting
from bot.core.thread import Thread
from bot.core.verdict import Because, Verdict

# The clock


class Clock(Protocol):
    """The only source of `now`. The playground's can be turned."""

    def now(self) -> datetime:
        """The present moment, aware UTC."""
        ...

    async def sleep_until(self, moment: datetime) -> None:
        """Return when `moment` has come, by this clock."""
        ...


# Triage


class Triage(Protocol):
    """Judges a text. Never raises on any text; takes milliseconds."""

    def judge(self, text: str, *, sent_at: datetime, next_window_end: datetime | None = None) -> Verdict:
        """The verdict on `text`, whose clock times are read in the zone of `sent_at`."""
        ...

    def find_spam(self, text: str) -> Because | None:
        """Why a stranger's text is a mass offer or link spam, with the telling piece of it; None for all others."""
        ...


class NoAnswer(Exception):
    """An endpoint gave none that can be used. Its words are a code of ours, and nothing that was said."""


class SecondOpinion(Protocol):
    """Reads what triage is not sure of. Off unless the owner has set it up; takes 3 seconds at most."""

    async def ask(
        self, text: str, *, sent_at: datetime, next_window_end: datetime | None, deadline: datetime | None
    ) -> Opinion:
        """An opinion on one item's text, of which nothing but these times is told. Raises `NoAnswer`."""
        ...


# Hearing, where the deployment has somebody who listens


class Transcriber(Protocol):
    """Writes down speech. Raises `TryLater`, `Unsure` or `Undeliverable` (it never will), and nothing else."""

    async def transcribe(self, sound: bytes, name: str) -> str:
        """The words on one line, empty where there are none; `name` is the file's, whose ending tells the format."""
        ...


class Ear(Protocol):
    """Fetches a recording from its channel and has it written down. Raises what `Transcriber` does."""

    async def hear(self, recording: Recording) -> str:
        """What is said in it, on one line; empty where nothing is."""
        ...


# The store


class Conflict(Exception):
    """The thread or the desk moved while the decision was made: decide again."""


class StoreDown(Exception):
    """The store does not answer: nothing was committed, or it is unknown; repeating the commit is safe."""


@dataclass(frozen=True, slots=True)
class Commit:
    """Everything that one decision about a client changes, written all or nothing.

    `thread.version` is the version that was read. `desk_wakes_at` is set when the client's row of the board changed:
    the desk is woken then at the latest. `lesson` takes the place of an earlier one about the same item.
    """

    event: str
    thread: Thread
    entries: tuple[Entry, ...]
    filed: tuple[Filed, ...]
    outgoings: tuple[Outgoing, ...]
    waiting: Waiting | None
    wakes_at: datetime | None
    at: datetime
    desk_wakes_at: datetime | None = None
    lesson: Lesson | None = None


@dataclass(frozen=True, slots=True)
class DeskCommit:
    """Everything that one decision about the desk changes. `rouses`: every open thread is woken `at` once.

    Where the board was touched since it was read, the desk is woken again within a second. `forgotten` are the keys of
    lessons.
    """

    event: str
    desk: str
    changes: Changes
    outgoings: tuple[Outgoing, ...]
    wakes_at: datetime | None
    rouses: bool
    at: datetime
    forgotten: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wake:
    """A thread (or, with no client, a desk) whose time has come."""

    desk: str
    client: str


@dataclass(frozen=True, slots=True)
class Leased:
    """An outgoing that this worker alone may send until the lease ends.

    `tries` counts the earlier ones; `place` is the store's own mark of where it stands in the outbox.
    """

    outgoing: Outgoing
    tries: int
    place: str


class Store(Protocol):
    """Where everything is kept. Every method may raise `StoreDown`; every write may be repeated."""

    async def thread(self, desk: str, client: str) -> Thread:
        """The client's thread; a new one, at version 0, for who has never written."""
        ...

    async def changes(self, desk: str) -> Changes:
        """What the owner has changed by command."""
        ...

    async def standing(self, desk: str, client: str) -> tuple[Changes, Thread]:
        """Both at once: what a decision about this client starts from."""
        ...

    async def commit(self, commit: Commit) -> bool:
        """Write a decision. False when the event was committed before; raises `Conflict`."""
        ...

    async def commit_desk(self, commit: DeskCommit) -> bool:
        """Write a decision about the desk. False when the event was committed before; raises `Conflict`."""
        ...

    async def item_of(self, desk: str, client: str, message: str) -> int:
        """The item to which a message of the client's belongs; 0 when it is not in the folder."""
        ...

    async def folder(self, desk: str, client: str, first: int, last: int) -> tuple[Filed, ...]:
        """The messages of items `first`..`last`, in the order in which they came."""
        ...

    async def ledger(self, desk: str, client: str) -> tuple[Entry, ...]:
        """What happened with this client, oldest first."""
        ...

    async def clients(self, desk: str) -> Mapping[str, str]:
        """The names of all who ever wrote, by client."""
        ...

    async def ledgers_between(
        self, desk: str, clients: Sequence[str], start: datetime, end: datetime
    ) -> Mapping[str, tuple[Entry, ...]]:
        """What happened with each of these clients in [start, end], oldest first."""
        ...

    async def full(self, desk: str, capacity: int) -> frozenset[datetime]:
        """The moments (UTC) by which as many clients as `capacity`, or more, are promised an answer.

        Times the owner named themselves do not count. It costs the same however many clients there are.
        """
        ...

    async def lessons(self, desk: str) -> tuple[Lesson, ...]:
        """What the owner's taps have taught, the newest `lessons.KEPT`, in no order."""
        ...

    async def board(self, desk: str) -> tuple[Waiting, ...]:
        """Every client with something open, in no order."""
        ...

    async def aside(self, desk: str) -> tuple[SetAside, ...]:
        """The strangers whose messages were set aside, latest first: no more than the latest few hundred."""
        ...

    async def shown(self, desk: str, message: str) -> str:
        """The client whom a message in the owner's chat is about; empty when none."""
        ...

    async def wake_due(self, now: datetime, limit: int) -> tuple[Wake, ...]:
        """Up to `limit` wake-ups that are due, each leased so that no other worker gets it meanwhile."""
        ...

    async def next_wake(self) -> datetime | None:
        """When the next wake-up falls due."""
        ...

    async def lease(self, now: datetime, limit: int) -> tuple[Leased, ...]:
        """Up to `limit` outgoings that may be sent now, at most one a chat, urgent ones first."""
        ...

    async def next_outgoing(self) -> datetime | None:
        """When the next outgoing may be sent."""
        ...

    async def settle(self, leased: Leased, now: datetime, sent: Sequence[str]) -> None:
        """It was sent (as messages `sent` of the chat it went to) or given up: it leaves the outbox."""
        ...

    async def postpone(self, leased: Leased, until: datetime) -> None:
        """It was not sent: its whole chat waits until then."""
        ...

    async def bury(self, desk: str, event: str, raw: str, error: str, at: datetime) -> None:
        """Keep an update that cannot be handled, in its raw form, among the dead letters."""
        ...


# The channel


@dataclass(frozen=True, slots=True)
class Press:
    """What a button does. With `client`: something about this client, for the owner; with `desk`: about the desk."""

    action: str
    argument: str = ""
    client: str = ""
    desk: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    press: Press


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Say:
    """A text in the small HTML of chats, escaped already. `prompts` puts the reader's cursor into a reply to it."""

    text: str
    rows: Rows = ()
    silent: bool = False
    prompts: bool = False
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Show:
    """A picture (PNG) and its words, in the small HTML of chats."""

    image: bytes
    text: str
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """Another text, other buttons for a message of the bot's."""

    message: str
    text: str
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class React:
    message: str
    emoji: str


@dataclass(frozen=True, slots=True)
class Copy:
    """Messages of another chat (address `source`), copied whole and in order, albums together."""

    source: str
    messages: tuple[str, ...]
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Pin:
    """A message of the bot's is pinned in its chat, without a sound."""

    message: str


@dataclass(frozen=True, slots=True)
class Toast:
    """The answer to a tap; an empty text only ends the spinner."""

    tap: str
    text: str = ""


Delivery = Say | Show | Edit | React | Copy | Pin | Toast


class TryLater(Exception):
    """The channel asks for patience: nothing was sent. `seconds` is how long, where it says so."""

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__(f"try again in {seconds:g} s")
        self.seconds = seconds


class Unsure(Exception):
    """The line broke or the server stumbled after the request was out: it may have arrived."""


class Undeliverable(Exception):
    """It will never arrive there: the reader shut the door (`blocked`), or the channel refuses it."""

    def __init__(self, reason: str, *, blocked: bool = False) -> None:
        super().__init__(reason)
        self.blocked = blocked


class Channel(Protocol):
    """A way to reach people. Raises `TryLater`, `Unsure` or `Undeliverable`, and nothing else."""

    async def deliver(self, address: str, delivery: Delivery) -> tuple[str, ...]:
        """Carry it out; the ids of the messages that now stand in that chat."""
        ...
