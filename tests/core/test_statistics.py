"""The statistics: what was asked for, and what entries amount to, as tables and as properties."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.changes import Changes
from bot.core.events import StatisticsAsked
from bot.core.ledger import Entry, Fact
from bot.core.oversee import oversee
from bot.core.owner_notices import CommandMisread, StatisticsShown
from bot.core.spans import Misread
from bot.core.statistics import Asked, Period, Statistics, count, median, ninetieth, read_asked
from bot.core.verdict import Label
from tests.core.desks import CLIENT, DESK, NOW

MOSCOW = ZoneInfo("Europe/Moscow")
NAMES = {
    "tg:5": "Иван Кузнецов",
    "tg:6": "Калина Димитрова",
    "tg:7": "Пётр Иванов",
    "tg:8": "Иван",
    "tg:9": "Anna-Maria Köhler",
}
START, END = NOW - timedelta(days=7), NOW


def at(hours: float) -> datetime:
    """So many hours after the start of the week."""
    return START + timedelta(hours=hours)


def made(hours: float, due: float, item: int = 1) -> Entry:
    return Entry(Fact.PROMISE_MADE, at(hours), item, at(due))


def moved(hours: float, due: float, item: int = 1) -> Entry:
    return Entry(Fact.PROMISE_MOVED, at(hours), item, at(due))


def entry(fact: Fact, hours: float, item: int = 1, detail: str = "") -> Entry:
    return Entry(fact, at(hours), item, detail=detail)


def item(number: int, hours: float, label: Label = Label.ROUTINE) -> list[Entry]:
    return [
        entry(Fact.ITEM_RECEIVED, hours, number, "text"),
        entry(Fact.ITEM_JUDGED, hours + 0.002, number, label),
    ]


def week(*entries: Entry, **others: Sequence[Entry]) -> Statistics:
    return count({CLIENT: entries, **others}, NAMES, START, END, MOSCOW)


# What is asked for


@pytest.mark.parametrize(
    ("argument", "period"),
    [
        ("", Period.WEEK),
        ("  ", Period.WEEK),
        ("week", Period.WEEK),
        ("Неделя", Period.WEEK),
        ("неделю", Period.WEEK),
        ("седмица", Period.WEEK),
        ("month", Period.MONTH),
        ("МЕСЯЦ", Period.MONTH),
        (" месец ", Period.MONTH),
    ],
)
def test_a_period_in_every_language(argument: str, period: Period) -> None:
    assert read_asked(argument, NAMES) == Asked(period, NAMES)


@pytest.mark.parametrize(
    ("argument", "client"),
    [
        ("client Калина", "tg:6"),
        ("клиент калина димитрова", "tg:6"),
        ("Клиент Димитр", "tg:6"),
        ("клиент петр", "tg:7"),
        ("client ПЁТР", "tg:7"),
        ("клиент Иван", "tg:8"),
        ("клиент кузн ив", "tg:5"),
        ("client anna maria", "tg:9"),
    ],
)
def test_a_client_by_whole_name_or_by_beginnings_of_words(argument: str, client: str) -> None:
    assert read_asked(argument, NAMES) == Asked(Period.MONTH, {client: NAMES[client]}, client)


@pytest.mark.parametrize(
    ("argument", "misread"),
    [
        ("year", Misread("no_period", "year")),
        ("неделя назад", Misread("no_period", "неделя назад")),
        ("клиент", Misread("no_name")),
        ("client Мария", Misread("no_client", "Мария")),
        ("client !!!", Misread("no_client", "!!!")),
        ("клиент ив", Misread("several_clients", "Иван, Иван Кузнецов, Пётр Иванов")),
        ("x" * 100, Misread("no_period", "x" * 60)),
    ],
)
def test_what_cannot_be_read_says_why(argument: str, misread: Misread) -> None:
    assert read_asked(argument, NAMES) == misread
    oversight = oversee(DESK, Changes(), (), StatisticsAsked("e", misread, {}), NOW)
    assert oversight.notices == (CommandMisread("stats", misread.code, misread.detail),)


@given(st.text())
def test_any_argument_is_read_or_refused(argument: str) -> None:
    assert isinstance(read_asked(argument, NAMES), Asked | Misread)


# What became of promises


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ((made(1, 5), entry(Fact.PROMISE_KEPT, 4)), {"made": 1, "kept": 1}),
        ((made(1, 5),), {"made": 1}),
        ((made(1, 5), moved(2, 9), entry(Fact.PROMISE_KEPT, 8)), {"made": 1, "moved": 1, "kept": 1, "kept_moved": 1}),
        # "On it", sooner than promised: no move.
        ((made(1, 5), moved(2, 3), entry(Fact.PROMISE_KEPT, 2.5)), {"made": 1, "kept": 1}),
        # Missed once, however often it lapses, and what is late is not kept.
        (
            (made(1, 5), entry(Fact.PROMISE_MISSED, 5), moved(5, 9), entry(Fact.PROMISE_KEPT, 6)),
            {"made": 1, "missed": 1},
        ),
        (
            (
                made(1, 5),
                entry(Fact.PROMISE_MISSED, 5),
                moved(5, 9),
                entry(Fact.PROMISE_MISSED, 9),
                moved(9, 30),
                entry(Fact.PROMISE_WITHDRAWN, 10),
            ),
            {"made": 1, "missed": 1},
        ),
        ((made(1, 5), entry(Fact.PROMISE_WITHDRAWN, 3)), {"made": 1, "withdrawn": 1}),
        # Missed on Friday, answered on Monday: the week before has it.
        ((made(-30, -20), entry(Fact.PROMISE_MISSED, -20), moved(-20, 5), entry(Fact.PROMISE_KEPT, 4)), {}),
        ((made(-30, 5), entry(Fact.PROMISE_KEPT, 4)), {"kept": 1}),
        # The next promise of the same client starts clean.
        (
            (
                made(1, 5),
                entry(Fact.PROMISE_MISSED, 5),
                moved(5, 9),
                entry(Fact.PROMISE_KEPT, 6),
                made(20, 30, 2),
                entry(Fact.PROMISE_KEPT, 25, 2),
            ),
            {"made": 2, "missed": 1, "kept": 1},
        ),
    ],
    ids=[
        "kept", "open", "moved and kept", "sooner", "late", "late twice", "withdrawn", "missed before", "made before",
        "two in a row",
    ],
)  # fmt: skip
def test_what_became_of_promises(entries: tuple[Entry, ...], told: dict[str, int]) -> None:
    found = week(*entries)
    none = dict.fromkeys(("made", "kept", "kept_moved", "moved", "missed", "withdrawn"), 0)
    assert {name: getattr(found, name) for name in none} == none | told


def test_the_share_is_of_the_promises_that_came_to_a_test() -> None:
    assert replace(Statistics(START, END), kept=15, missed=1, withdrawn=4).kept_share == 15 / 16
    assert Statistics(START, END, made=3).kept_share is None


# Interruptions, verdicts, hours, answer times


def test_what_was_passed_on_and_what_was_spared() -> None:
    told = week(
        *item(1, 1, Label.URGENT),
        entry(Fact.ALARM_RAISED, 1.01, 1),
        *item(2, 2),
        *item(3, 3),
        entry(Fact.ALARM_RAISED, 3.5, 3, "owner"),
        *item(4, 4),
        entry(Fact.ALARM_RAISED, 5, 4),
        entry(Fact.ALARM_RAISED, 6, 4),
        entry(Fact.ALARM_RAISED, 7, 0),
    )
    assert (told.items, told.passed, told.spared) == (4, 4, 2)


def test_the_last_verdict_of_an_item_counts() -> None:
    told = week(
        *item(1, 1),
        *item(2, 2, Label.SOCIAL),
        *item(3, 3, Label.CLAIMED),
        entry(Fact.ITEM_JUDGED, 3.5, 1, Label.URGENT),
        *item(4, -1, Label.ROUTINE),
        entry(Fact.ITEM_RECEIVED, 167.9, 5),
    )
    assert told.verdicts == {Label.URGENT: 1, Label.SOCIAL: 1, Label.CLAIMED: 1}
    assert told.items == 4


def test_hours_are_the_owners() -> None:
    late = Entry(Fact.ITEM_RECEIVED, datetime(2026, 11, 20, 21, 30, tzinfo=UTC), 1)
    assert week(late).hours.index(1) == 0
    told = count({CLIENT: [late]}, NAMES, START, END, ZoneInfo("Europe/Sofia"))
    assert told.hours.index(1) == 23


def test_the_wait_ends_with_the_answer_or_with_done_and_an_answer_settles_all_that_waits() -> None:
    told = week(
        *item(1, 1),
        *item(2, 2),
        *item(3, 2.5, Label.SOCIAL),
        entry(Fact.OWNER_ANSWERED, 3, 0),
        entry(Fact.OWNER_ANSWERED, 3.1, 0),
        *item(4, 10),
        entry(Fact.ITEMS_DONE, 16, 0),
        *item(5, 20),
        others=item(1, 30),
    )
    assert told.median == timedelta(hours=2)
    assert told.ninetieth == timedelta(hours=6)


def test_what_is_still_being_written_is_not_answered_yet() -> None:
    told = week(
        entry(Fact.ITEM_RECEIVED, 1, 1),
        entry(Fact.OWNER_ANSWERED, 1.001, 0),
        entry(Fact.ITEM_JUDGED, 1.002, 1, Label.ROUTINE),
        entry(Fact.OWNER_ANSWERED, 2, 0),
    )
    assert told.median == timedelta(hours=1)


def test_an_item_of_the_last_week_that_was_answered_in_this_one_belongs_to_the_last() -> None:
    entries = [*item(1, -2), entry(Fact.OWNER_ANSWERED, 3, 0)]
    assert week(*entries).median is None
    before = count({CLIENT: entries}, NAMES, START - timedelta(days=7), START, MOSCOW)
    assert before.median == timedelta(hours=5)


def test_who_wrote_most() -> None:
    ledgers = {
        client: [e for n in range(size) for e in item(n, n)]
        for client, size in zip(NAMES, (2, 0, 5, 1, 3), strict=True)
    }
    told = count(ledgers, NAMES, START, END, MOSCOW)
    assert told.busiest == (("Пётр Иванов", 5), ("Anna-Maria Köhler", 3), ("Иван Кузнецов", 2))


def test_nothing_is_empty() -> None:
    assert week().is_empty
    assert not week(*item(1, 1)).is_empty
    assert not week(made(1, 5)).is_empty


def test_the_week_is_told_beside_the_week_before() -> None:
    ledgers = {CLIENT: (*item(1, -1), *item(2, 1), *item(3, 2))}
    oversight = oversee(DESK, Changes(), (), StatisticsAsked("e", Asked(Period.WEEK, NAMES), ledgers), NOW)
    (shown,) = oversight.notices
    assert isinstance(shown, StatisticsShown)
    assert (shown.now.items, shown.before.items) == (2, 1)
    assert (shown.before.end, shown.now.start) == (START, START)
    assert oversight.changes == Changes()


# Properties

SPANS = st.lists(st.timedeltas(timedelta(0), timedelta(days=30)), min_size=1)


@given(SPANS)
def test_half_is_within_the_median_and_nine_of_ten_within_the_ninetieth(spans: list[timedelta]) -> None:
    half, most = median(spans), ninetieth(spans)
    assert half is not None
    assert most in spans
    assert sum(span <= half for span in spans) * 2 >= len(spans)
    assert sum(span >= half for span in spans) * 2 >= len(spans)
    assert sum(span <= most for span in spans) * 10 >= len(spans) * 9
    assert sum(span < most for span in spans) * 10 < len(spans) * 9


ENTRIES = st.lists(
    st.builds(
        Entry,
        st.sampled_from(list(Fact)),
        st.timedeltas(timedelta(days=-21), timedelta(0)).map(NOW.__add__),
        st.integers(0, 4),
        st.none() | st.timedeltas(timedelta(days=-21), timedelta(days=30)).map(NOW.__add__),
        st.just(""),
    ).map(lambda made: replace(made, detail=Label.ROUTINE) if made.fact is Fact.ITEM_JUDGED else made),
    max_size=40,
).map(lambda entries: sorted(entries, key=lambda entry: entry.at))


@given(st.dictionaries(st.sampled_from(list(NAMES)), ENTRIES))
def test_whatever_the_ledgers_hold_the_numbers_agree(ledgers: dict[str, list[Entry]]) -> None:
    told = count(ledgers, NAMES, START, END, MOSCOW)
    assert sum(told.hours) == told.items
    assert 0 <= told.spared <= told.items
    assert sum((told.verdicts or {}).values()) <= told.items
    assert 0 <= told.kept_moved <= told.kept
    facts = [entry.fact for entries in ledgers.values() for entry in entries if START <= entry.at < END]
    assert told.made == facts.count(Fact.PROMISE_MADE)
    assert told.kept <= facts.count(Fact.PROMISE_KEPT)
    assert told.missed <= facts.count(Fact.PROMISE_MISSED)
    share = told.kept_share
    assert share is None or 0 <= share <= 1


@given(ENTRIES, ENTRIES)
def test_two_clients_together_are_the_sum_of_each(one: list[Entry], other: list[Entry]) -> None:
    apart = [
        count({client: entries}, NAMES, START, END, MOSCOW) for client, entries in (("tg:5", one), ("tg:6", other))
    ]
    both = count({"tg:5": one, "tg:6": other}, NAMES, START, END, MOSCOW)
    for name in ("made", "kept", "kept_moved", "moved", "missed", "withdrawn", "items", "passed", "spared"):
        assert getattr(both, name) == sum(getattr(each, name) for each in apart), name
    assert both.hours == tuple(map(sum, zip(*(each.hours for each in apart), strict=True)))
