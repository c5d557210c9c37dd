"""One freelancer's gate: who owns it, when they read and answer, and the rules of the gate.

A desk is read by every decision and changed rarely. It is built from `config/desk.toml` and from what the owner has
changed since by command. Clock times are local to `owner.zone`; spans are half-open.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.core.verdict import Language


class Gender(StrEnum):
    """Of the owner, for the verbs that agree with it."""

    FEMALE = "f"
    MALE = "m"


class Voice(StrEnum):
    """Whose mouth the gate speaks with: its own («Анна ответит…») or the owner's («Отвечу…»)."""

    GATE = "gate"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Owner:
    """The freelancer. `zone` is an IANA name; `country` is whose public holidays count (ISO 3166).

    `address` is where the gate reaches them (`tg:<chat>`). `backup` is the address of whom an alarm goes to that the
    owner does not touch (PRODUCT.md, O1), empty for nobody.
    """

    name: str
    gender: Gender = Gender.FEMALE
    language: Language = Language.RU
    zone: str = "Europe/Moscow"
    country: str = "RU"
    address: str = ""
    backup: str = ""
    backup_name: str = ""

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of local clock time [start, end) on one weekday; `end` <= `start` runs over midnight."""

    start: time
    end: time


# Spans of each weekday, Monday first (date.weekday()): always seven tuples.
Week = tuple[tuple[Span, ...], ...]
EMPTY_WEEK: Week = ((),) * 7


@dataclass(frozen=True, slots=True, order=True)
class Away:
    """Whole days on which the owner does not read, both ends inclusive, in the owner's zone."""

    start: date
    end: date
    reason: str = "vacation"


@dataclass(frozen=True, slots=True)
class Almanac:
    """The public calendar of one country, as data, so that the core needs no library for it.

    `days_off` are the public holidays and the days off moved for them, on weekends too, by date, with the key of the
    holiday's name (`bot.almanac` lists them, `bot.wording.dating` has the words); `worked` are the Saturdays and
    Sundays that the state made working days; `short` are the days whose work ends an hour early, where they are worked.
    Outside `first`..`last` the list is empty or incomplete.
    """

    country: str
    first: date
    last: date
    days_off: Mapping[date, str] = field(default_factory=lambda: MappingProxyType({}))
    worked: frozenset[date] = frozenset()
    short: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class AnswerTime:
    """How long the owner wants to think about things of these `kinds`, or of this client's: never promised sooner.

    `client` is a name as shown or an address (`tg:<chat>`); an empty field fits everything. One of the two is set:
    `working_days` after the day of arrival, or `working_time`, counted over the desk's hours.
    """

    kinds: tuple[str, ...] = ()
    client: str = ""
    working_days: int = 0
    working_time: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Preference:
    """Where the owner wants things of these kinds to go, and why, in the client's language."""

    name: str
    address: str
    kinds: tuple[str, ...] = ()
    reason: Mapping[Language, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers of the gate (PRODUCT.md, "The rule of the gate"), each a setting of `[gate]`."""

    lead: timedelta = timedelta(minutes=10)
    burst_quiet: timedelta = timedelta(seconds=8)
    burst_limit: timedelta = timedelta(seconds=45)
    live_quiet: timedelta = timedelta(minutes=10)
    weekly_alarms: int = 3
    spam: bool = True  # whether strangers' mass offers and link spam are set aside
    digest: bool = True
    digest_delay: timedelta = timedelta(0)
    board: bool = True
    hold_answers: bool = False
    night: Span | None = None
    night_rings: frozenset[str] = frozenset()
    working_weekends: bool = False
    short_days: bool = True
    window_capacity: int = 0  # clients who are promised an answer by one window; 0: any number
    voice: Voice = Voice.GATE


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a decision needs to know of one freelancer's gate.

    `windows` are when messages are read and answered, `hours` when the owner works at all; a day without `hours` of its
    own is worked from its first window to its last. `days` are single days with windows of their own, whatever the
    week, the almanac and the away spans say; a day with none is free. Of `answers` the first that fits counts.

    `full` is no setting but the state of the board: ends of windows by which no more answers can be promised.
    """

    id: str
    owner: Owner
    windows: Week
    almanac: Almanac
    hours: Week = EMPTY_WEEK
    away: tuple[Away, ...] = ()
    days: Mapping[date, tuple[Span, ...]] = field(default_factory=lambda: MappingProxyType({}))
    preferences: tuple[Preference, ...] = ()
    answers: tuple[AnswerTime, ...] = ()
    rules: Rules = Rules()
    full: frozenset[datetime] = frozenset()
