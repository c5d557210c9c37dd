"""The owner's statistics: what a stretch of the ledgers amounts to, and which stretch a command asks for.

The ledgers are replayed from before the stretch to after it: whether a promise that was kept on Monday had lapsed on
Friday, and when an item of the last minute was answered, is known then.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.core.ledger import Entry, Fact
from bot.core.spans import Misread
from bot.core.verdict import Label

# So many clients who wrote most are named.
BUSIEST = 3
# What could not be read is quoted up to here.
QUOTED = 60
# Read beyond the stretches that are compared, for promises that were made before them.
BEFORE = timedelta(days=7)


class Period(StrEnum):
    """How far back from now one looks. Whole weeks compare like with like; a month is 30 days."""

    WEEK = "week"
    MONTH = "month"

    @property
    def span(self) -> timedelta:
        return timedelta(days=7 if self is Period.WEEK else 30)


@dataclass(frozen=True, slots=True)
class Asked:
    """What statistics are wanted: of one client or of everybody, with the names of those whose ledgers are read."""

    period: Period
    names: Mapping[str, str]
    client: str = ""

    def since(self, now: datetime) -> datetime:
        """From when on the ledgers are read: the stretch before is there to compare with."""
        return now - 2 * self.period.span - BEFORE


@dataclass(frozen=True, slots=True)
class Statistics:
    """What happened in [start, end).

    `kept` promises were never missed, `kept_moved` of them were moved ahead of time first; `moved` counts moves ahead
    of time, `missed` promises that lapsed (once each). `passed` are alarms of the gate, `spared` the items that rang no
    alarm. `hours` are the items by the hour of the owner's day, 24 of them. Answer times are from an item's arrival to
    the owner's answer or "done"; items that need none (social) and those still open are left out.
    """

    start: datetime
    end: datetime
    made: int = 0
    kept: int = 0
    kept_moved: int = 0
    moved: int = 0
    missed: int = 0
    withdrawn: int = 0
    items: int = 0
    passed: int = 0
    spared: int = 0
    verdicts: Mapping[Label, int] | None = None
    median: timedelta | None = None
    ninetieth: timedelta | None = None
    hours: tuple[int, ...] = (0,) * 24
    busiest: tuple[tuple[str, int], ...] = ()

    @property
    def kept_share(self) -> float | None:
        """The part of the promises that came to a test and were kept, 0..1."""
        tested = self.kept + self.missed
        return self.kept / tested if tested else None

    @property
    def is_empty(self) -> bool:
        return not any(
            (self.items, self.made, self.kept, self.moved, self.missed, self.withdrawn, self.passed)
        )  # fmt: skip


# What is asked for

_WORDS = {
    **dict.fromkeys(("week", "неделя", "неделю", "седмица", "седмицата"), Period.WEEK),
    **dict.fromkeys(("month", "месяц", "месец", "месеца"), Period.MONTH),
}
_CLIENT = ("client", "клиент", "клиента", "клиенту", "клиентът")


def read_asked(argument: str, clients: Mapping[str, str]) -> Asked | Misread:
    """What `/stats <argument>` asks for; `clients` are all names by address. One client is looked at for a month.

    A client is found by their whole name, by words or by beginnings of words of it («иван», «куз ив»).
    """
    word, _, rest = argument.strip().partition(" ")
    word = word.casefold()
    if not word:
        return Asked(Period.WEEK, clients)
    if word in _WORDS and not rest.strip():
        return Asked(_WORDS[word], clients)
    if word not in _CLIENT:
        return Misread("no_period", argument.strip()[:QUOTED])
    if not rest.strip():
        return Misread("no_name")
    found = _find(rest, clients)
    if len(found) == 1:
        return Asked(Period.MONTH, {found[0]: clients[found[0]]}, found[0])
    if not found:
        return Misread("no_client", rest.strip()[:QUOTED])
    named = ", ".join(sorted(clients[client] for client in found)[:BUSIEST])
    return Misread("several_clients", f"{named}…" if len(found) > BUSIEST else named)


def _find(name: str, clients: Mapping[str, str]) -> list[str]:
    wanted = _plain(name)
    whole = [client for client, known in clients.items() if _plain(known) == wanted]
    return whole or [client for client, known in clients.items() if _begin(wanted, _plain(known))]


def _begin(wanted: Collection[str], known: Sequence[str]) -> bool:
    return bool(wanted) and all(any(word.startswith(start) for word in known) for start in wanted)


def _plain(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", name.casefold().replace("ё", "е")))


# What it amounts to


def count(
    ledgers: Mapping[str, Sequence[Entry]], names: Mapping[str, str], start: datetime, end: datetime, zone: ZoneInfo
) -> Statistics:  # fmt: skip
    """The statistics of [start, end); `ledgers` are the entries by client, oldest first, `zone` the owner's."""
    fates: Counter[Fate] = Counter()
    verdicts: Counter[Label] = Counter()
    hours: Counter[int] = Counter()
    wrote: dict[str, int] = {}
    passed = rang = 0
    answers: list[timedelta] = []
    for client, entries in ledgers.items():
        fates.update(fate for fate, at in _fates(entries) if start <= at < end)
        arrived = {
            entry.item: entry.at for entry in entries if entry.fact is Fact.ITEM_RECEIVED and start <= entry.at < end
        }
        for item in _set_aside(entries):
            arrived.pop(item, None)
        alarms = [entry for entry in entries if entry.fact is Fact.ALARM_RAISED and entry.detail != "owner"]
        passed += sum(start <= alarm.at < end for alarm in alarms)
        rang += len({alarm.item for alarm in alarms} & arrived.keys())
        wrote[client] = len(arrived)
        if arrived:
            hours.update(at.astimezone(zone).hour for at in arrived.values())
            labels = {entry.item: entry.detail for entry in entries if entry.fact is Fact.ITEM_JUDGED}
            verdicts.update(Label(labels[item]) for item in arrived if item in labels)
            answers += _answer_times(entries, arrived, labels)
    items = sum(wrote.values())
    busiest = sorted((client for client in wrote if wrote[client]), key=wrote.__getitem__, reverse=True)[:BUSIEST]
    return Statistics(
        start=start,
        end=end,
        made=fates[Fate.MADE],
        kept=fates[Fate.KEPT] + fates[Fate.KEPT_MOVED],
        kept_moved=fates[Fate.KEPT_MOVED],
        moved=fates[Fate.MOVED],
        missed=fates[Fate.MISSED],
        withdrawn=fates[Fate.WITHDRAWN],
        items=items,
        passed=passed,
        spared=items - rang,
        verdicts=dict(verdicts),
        median=median(answers),
        ninetieth=ninetieth(answers),
        hours=tuple(hours[hour] for hour in range(24)),
        busiest=tuple((names.get(client, ""), wrote[client]) for client in busiest),
    )


def median(spans: Sequence[timedelta]) -> timedelta | None:
    """Half of them are no longer than this; between two middle ones the mean."""
    if not spans:
        return None
    ordered = sorted(spans)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def ninetieth(spans: Sequence[timedelta]) -> timedelta | None:
    """Nine of ten are no longer than this: the nearest rank, which is one of them."""
    return sorted(spans)[-(-len(spans) * 9 // 10) - 1] if spans else None


class Fate(StrEnum):
    """What became of a promise. Missed is told once, at the first time; what comes after it is no other fate."""

    MADE = "made"
    KEPT = "kept"
    KEPT_MOVED = "kept_moved"
    MOVED = "moved"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"


def _fates(entries: Sequence[Entry]) -> Iterator[tuple[Fate, datetime]]:
    """What became of this client's promises, and when; a move ahead of time is to a later time than was said."""
    due: datetime | None = None
    moved = missed = False
    for entry in entries:
        match entry.fact:
            case Fact.PROMISE_MADE:
                due, moved, missed = entry.due, False, False
                yield Fate.MADE, entry.at
            case Fact.PROMISE_MOVED:
                if not missed and (due is None or (entry.due is not None and entry.due > due)):
                    moved = True
                    yield Fate.MOVED, entry.at
                due = entry.due
            case Fact.PROMISE_MISSED if not missed:
                missed = True
                yield Fate.MISSED, entry.at
            case Fact.PROMISE_KEPT | Fact.PROMISE_WITHDRAWN if not missed:
                kept = Fate.KEPT_MOVED if moved else Fate.KEPT
                yield kept if entry.fact is Fact.PROMISE_KEPT else Fate.WITHDRAWN, entry.at
            case _:
                pass


def _set_aside(entries: Sequence[Entry]) -> set[int]:
    """The items that were taken for spam and never brought back: they are nobody's inquiries."""
    aside: set[int] = set()
    for entry in entries:
        if entry.fact is Fact.ITEM_SET_ASIDE:
            aside.add(entry.item)
        elif entry.fact is Fact.ITEMS_BROUGHT_BACK:
            aside.clear()
    return aside


def _answer_times(
    entries: Sequence[Entry], arrived: Mapping[int, datetime], labels: Mapping[int, str]
) -> list[timedelta]:  # fmt: skip
    """How long each item that arrived waited. An item waits from the end of its burst on; one answer settles all."""
    waiting: dict[int, datetime] = {}
    times: list[timedelta] = []
    for entry in entries:
        match entry.fact:
            case Fact.ITEM_JUDGED if entry.item in arrived and labels[entry.item] != Label.SOCIAL:
                waiting[entry.item] = arrived[entry.item]
            case Fact.OWNER_ANSWERED | Fact.ITEMS_DONE if waiting:
                times += [entry.at - since for since in waiting.values()]
                waiting = {}
            case _:
                pass
    return times
