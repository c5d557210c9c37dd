"""One client of one desk: the unit of consistency.

Everything a decision about this client needs, in a size that grows neither with history nor with other clients: what
came lies in the folder, what happened in the ledger, and here only what is still open. One version number guards it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.desk import AnswerTime, Desk
from bot.core.events import Kind
from bot.core.night import may_ring, night_ends
from bot.core.verdict import Because, Label, Language, Verdict

# Of a burst and of the held items only so much is carried here; the folder has all of it.
PARTS_KEPT = 100
TEXT_KEPT = 4096
LINES_KEPT = 5
LINE_LENGTH = 120
# Telegram delivers the parts of one album as separate updates within this time.
ALBUM_QUIET = timedelta(seconds=2)
# A bare "urgent!!!" that is not explained within this time is promised an answer like any other item.
EXPLAIN_WITHIN = timedelta(minutes=10)
# Minutes after which an untouched alarm rings again (PRODUCT.md, O1).
ALARM_REPEATS = (timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=30))
ESCALATES_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a burst, its text cut to what triage reads; `heard`: a machine heard some of it."""

    message: str
    kind: Kind
    text: str
    album: str = ""
    heard: bool = False


@dataclass(frozen=True, slots=True)
class Gathering:
    """A burst that may still grow: consecutive messages that will be one item."""

    item: int
    since: datetime
    latest: datetime
    parts: tuple[Part, ...]
    verdict: Verdict
    raised: bool = False

    @property
    def text(self) -> str:
        return joined(part.text for part in self.parts)

    def lines(self, now: datetime) -> tuple["Line", ...]:
        """The first words of its messages, as the digest shows them."""
        return tuple(
            Line(self.item, part.message, now, part.kind, first_words(part.text), part.heard) for part in self.parts
        )

    def closes_at(self, desk: Desk) -> datetime:
        return min(self.latest + desk.rules.burst_quiet, self.since + desk.rules.burst_limit)

    def rings_at(self) -> datetime | None:
        """When an urgent burst is passed on: at once, but an album is waited for, so that it arrives whole.

        Spam waits for the end of its burst: it may yet say something.
        """
        if self.raised or self.verdict.label is not Label.URGENT or self.verdict.spam is not None:
            return None
        return self.latest + ALBUM_QUIET if self.parts[-1].album else self.latest


@dataclass(frozen=True, slots=True)
class Line:
    """The first words of a held message, for the digest; `heard`: a machine heard some of them."""

    item: int
    message: str
    at: datetime
    kind: Kind
    text: str
    heard: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """What waits for the owner: items from `first` on, `count` of them; the lines of the first few messages.

    `topics` are the kinds of things that wait (`core.kinds`), sorted.
    """

    first: int = 0
    count: int = 0
    since: datetime | None = None
    lines: tuple[Line, ...] = ()
    topics: tuple[str, ...] = ()

    def plus(self, lines: tuple[Line, ...], item: int, now: datetime, topics: tuple[str, ...] = ()) -> "Held":
        """With one more item, about these `topics`."""
        return Held(
            first=self.first or item,
            count=self.count + 1,
            since=self.since or now,
            lines=(self.lines + lines)[:LINES_KEPT],
            topics=tuple(sorted({*self.topics, *topics})),
        )


@dataclass(frozen=True, slots=True)
class Aside:
    """What a stranger sent that was set aside as spam: kept whole, shown to nobody unasked (`core.strangers`).

    `latest` is when the last of it came, `because` what gave it away.
    """

    held: Held
    latest: datetime
    because: Because


@dataclass(frozen=True, slots=True)
class Promise:
    """An answer owed to the client by `due`. `own` is a time the owner named, which needs no window.

    `said_at` is when the client was told this time, `answer` the answer time that it was given by. `words_asked`: under
    this promise a line of words was asked for already.
    """

    said_at: datetime
    due: datetime
    item: int
    moves: int = 0
    own: bool = False
    answer: AnswerTime | None = None
    words_asked: bool = False


@dataclass(frozen=True, slots=True)
class Alarm:
    """An urgent item that rings until the owner touches it."""

    item: int
    raised_at: datetime
    because: tuple[Because, ...]
    score: float
    deadline: datetime | None = None
    text: str = ""
    rung: int = 0
    rung_at: datetime | None = None
    touched: bool = False
    escalated: bool = False
    topics: tuple[str, ...] = ()

    def rings_at(self, desk: Desk) -> datetime | None:
        """When it rings again; what would ring by night and may not rings in the morning."""
        if self.touched or self.rung >= len(ALARM_REPEATS):
            return None
        moment = self.raised_at + ALARM_REPEATS[self.rung]
        return moment if may_ring(desk, self.because, self.deadline, moment) else night_ends(desk, moment)

    def escalates_at(self, desk: Desk) -> datetime | None:
        """When it goes to the backup contact: some minutes after it rang in vain for the last time."""
        if self.touched or self.escalated or self.rung < len(ALARM_REPEATS) or not desk.owner.backup:
            return None
        return (self.rung_at or self.raised_at) + ESCALATES_AFTER


@dataclass(frozen=True, slots=True)
class Asking:
    """The client was asked what happens; `insisted` when they pressed "it can't wait" themselves.

    `happened` is what a stranger answered by a tap: they were asked to say it in words (`core.strangers`).
    """

    since: datetime
    insisted: bool
    happened: str = ""

    def until(self) -> datetime:
        return self.since + EXPLAIN_WITHIN


@dataclass(frozen=True, slots=True)
class Answering:
    """An album of the owner's that is still arriving, to be passed on whole."""

    album: str
    messages: tuple[str, ...]
    latest: datetime

    def whole_at(self) -> datetime:
        return self.latest + ALBUM_QUIET


@dataclass(frozen=True, slots=True)
class Kept:
    """Answers that the owner wrote outside working hours, kept back `until` the next window."""

    messages: tuple[str, ...]
    until: datetime


@dataclass(frozen=True, slots=True)
class Thread:
    """One client of one desk. `client` is their address; `items` numbers the items of the folder from 1.

    `zone` is the client's own (IANA), empty while it is not known to differ from the owner's. `judged` is the verdict
    on the latest item and `because` the reasons of the latest decision: the gate's account of itself. `known_at` is
    since when this is nobody unknown, if not by the owner's answer; while `aside` is set nothing is held.
    """

    desk: str
    client: str
    version: int = 0
    name: str = ""
    language: Language | None = None
    chosen: bool = False
    app_language: Language | None = None
    fluency: float = 0.0
    introduced_at: datetime | None = None
    agreed_at: datetime | None = None
    blocked: bool = False
    zone: str = ""
    zone_asked: bool = False
    items: int = 0
    gathering: Gathering | None = None
    held: Held = Held()
    aside: Aside | None = None
    promise: Promise | None = None
    alarm: Alarm | None = None
    asking: Asking | None = None
    answering: Answering | None = None
    kept: Kept | None = None
    owner_wrote_at: datetime | None = None
    known_at: datetime | None = None
    quiet_until: datetime | None = None
    snoozed_until: datetime | None = None
    alarms_spent: tuple[datetime, ...] = ()
    judged: Verdict | None = None
    because: tuple[Because, ...] = ()

    def speaks(self, desk: Desk) -> Language:
        """The language this client is spoken to in: own choice, what they wrote, their app's, the desk's (C2)."""
        if self.language is not None:
            return self.language
        if self.app_language is not None:
            return self.app_language
        return Language.BG if desk.owner.language is Language.BG or desk.owner.country == "BG" else Language.RU


def joined(texts: Iterable[str]) -> str:
    """The texts of a burst as triage reads them: a line each, the empty ones left out."""
    return "\n".join(text for text in texts if text)


def wakes_at(desk: Desk, thread: Thread) -> datetime | None:
    """The next moment at which time alone changes something for this thread; None where nothing is awaited."""
    moments = (
        thread.gathering.rings_at() if thread.gathering else None,
        thread.gathering.closes_at(desk) if thread.gathering else None,
        thread.answering.whole_at() if thread.answering else None,
        thread.asking.until() if thread.asking else None,
        thread.alarm.rings_at(desk) if thread.alarm else None,
        thread.alarm.escalates_at(desk) if thread.alarm else None,
        thread.kept.until if thread.kept else None,
        thread.promise.due if thread.promise else None,
        thread.quiet_until,
        thread.snoozed_until,
    )
    return min((moment for moment in moments if moment is not None), default=None)


def hold(thread: Thread, lines: tuple[Line, ...], item: int, now: datetime, topics: tuple[str, ...] = ()) -> Thread:
    """The thread with one more item waiting for the owner, about these `topics`."""
    return replace(thread, held=thread.held.plus(lines, item, now, topics))


def first_words(text: str) -> str:
    """A text on one line, cut at a word where it is long."""
    line = " ".join(text.split())
    if len(line) <= LINE_LENGTH:
        return line
    return line[:LINE_LENGTH].rsplit(" ", 1)[0].rstrip(".,;:—–-") + "…"
