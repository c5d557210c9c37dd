"""The calendar engine against others that know nothing of it: stepping through time, `workclock` and `timegrid`.

The stepping oracle walks a wall clock that is never turned back (it waits while an hour repeats) and asks at each step
whether a span of yesterday or today is open.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import timegrid
import workclock
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.almanac import load_almanac
from bot.core.calendar import NoWindow, Window, promise_due, windows_between
from bot.core.desk import Almanac, Away, Desk, Owner, Rules, Span, Week

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def planned(desk: Desk, day: date) -> tuple[Span, ...]:
    """What is open on this day, written as plainly as the law has it."""
    if day in desk.days:
        return desk.days[day]
    if day in desk.almanac.days_off or any(away.start <= day <= away.end for away in desk.away):
        return ()
    if desk.windows[day.weekday()]:
        return desk.windows[day.weekday()]
    if desk.rules.working_weekends and day in desk.almanac.worked:
        before = [desk.windows[weekday] for weekday in range(day.weekday()) if desk.windows[weekday]]
        return before[-1] if before else ()
    return ()


def open_times(desk: Desk, day: date) -> list[tuple[datetime, datetime]]:
    return [
        (datetime.combine(day, span.start), datetime.combine(day if span.start < span.end else day + DAY, span.end))
        for span in planned(desk, day)
    ]


def stepped_windows(desk: Desk, first: datetime, last: datetime, step: timedelta) -> list[Window]:
    zone = ZoneInfo(desk.owner.zone)
    moment, clock, opened, windows = first - 2 * DAY, datetime.min, None, []  # noqa: DTZ901
    today, times = date.min, list[tuple[datetime, datetime]]()
    while moment < last:
        clock = max(clock, moment.astimezone(zone).replace(tzinfo=None))
        if clock.date() != today:
            today = clock.date()
            times = open_times(desk, today - DAY) + open_times(desk, today)
        if any(start <= clock < end for start, end in times):
            opened = opened or moment
        elif opened:
            windows.append(Window(opened, moment))
            opened = None
        moment += step
    return [window for window in windows if window.end > first]


def stepped_due(windows: list[Window], arrived: datetime, lead: timedelta) -> datetime | None:
    return next((window.end for window in windows if window.end - max(arrived, window.start) >= lead), None)


# Zones, and days on which their clocks change.
CHANGES = {
    "Europe/Sofia": [date(2026, 3, 29), date(2026, 10, 25)],
    "Europe/Moscow": [],
    "America/New_York": [date(2026, 3, 8), date(2026, 11, 1)],
    "Australia/Lord_Howe": [date(2026, 4, 5), date(2026, 10, 4)],  # by half an hour
    "America/Santiago": [date(2026, 4, 5), date(2026, 9, 6)],  # at midnight
    "Africa/Casablanca": [date(2026, 2, 15), date(2026, 3, 22)],
}
STEP = timedelta(minutes=5)
clock_times = st.builds(time, st.integers(0, 23), st.sampled_from(range(0, 60, 5)))


@st.composite
def spans(draw: st.DrawFn, longest_minutes: int = 300) -> Span:
    start = draw(clock_times)
    length = timedelta(minutes=draw(st.integers(1, longest_minutes // 5)) * 5)
    return Span(start, (datetime.combine(date(2026, 1, 1), start) + length).time())


days_of_spans = st.lists(spans(), max_size=3).map(tuple)


@st.composite
def desks(draw: st.DrawFn, around: date, zone: str) -> Desk:
    near = st.integers(-4, 12).map(lambda days: around + timedelta(days=days))
    away = [Away(start, start + timedelta(days=draw(st.integers(0, 4)))) for start in draw(st.lists(near, max_size=2))]
    almanac = Almanac(
        "XX",
        date(2026, 1, 1),
        date(2026, 12, 31),
        dict.fromkeys(draw(st.lists(near, max_size=3)), "holiday"),
        frozenset(day for day in draw(st.lists(near, max_size=4)) if day.weekday() >= 5),
    )
    return Desk(
        id="d",
        owner=Owner("Анна", zone=zone),
        windows=tuple(draw(days_of_spans) for _ in range(7)),
        almanac=replace(almanac, worked=almanac.worked - almanac.days_off.keys()),
        away=tuple(away),
        days=draw(st.dictionaries(near, days_of_spans, max_size=2)),
        rules=Rules(lead=timedelta(minutes=draw(st.integers(0, 90))), working_weekends=draw(st.booleans())),
    )


@st.composite
def situations(draw: st.DrawFn) -> tuple[Desk, datetime]:
    zone = draw(st.sampled_from(sorted(CHANGES)))
    around = draw(st.sampled_from([*CHANGES[zone], date(2026, 11, 24)]))
    begin = datetime.combine(around, time(), UTC) + timedelta(days=draw(st.integers(-3, 1)))
    return draw(desks(around, zone)), begin


@settings(max_examples=150, deadline=None, derandomize=True)
@given(situation=situations(), minutes=st.lists(st.integers(0, 3 * 1440), min_size=5, max_size=25))
def test_windows_and_promises_equal_stepping_through_time(situation: tuple[Desk, datetime], minutes: list[int]) -> None:
    desk, begin = situation
    until = begin + 9 * DAY
    expected = stepped_windows(desk, begin, until, STEP)
    assume(all(window.end - window.start < 22 * timedelta(hours=1) for window in expected))
    assert [window for window in windows_between(desk, begin, until) if window.end < until] == expected
    for minute in minutes:
        arrived = begin + minute * MINUTE
        due = stepped_due(expected, arrived, max(desk.rules.lead, MINUTE))
        if due:
            promise = promise_due(replace(desk, rules=replace(desk.rules, lead=max(desk.rules.lead, MINUTE))), arrived)
            assert promise.moment == due > arrived
            assert promise.window in expected


def two_years(country: str, zone: str) -> Desk:
    """A freelancer's usual windows, one of them over midnight, one at the hour in which clocks change."""
    day = (
        Span(time(10), time(11)),
        Span(time(14), time(14, 30)),
        Span(time(17, 30), time(18)),
        Span(time(23, 30), time(0, 15)),
    )
    return Desk(
        id="d",
        owner=Owner("Анна", zone=zone, country=country),
        windows=(*(day,) * 5, (), (Span(time(2, 30), time(3, 15)),)),
        almanac=load_almanac(country, 2026, 2027),
        away=(Away(date(2026, 7, 6), date(2026, 7, 19)), Away(date(2027, 8, 2), date(2027, 8, 15))),
    )


def hours_of(desk: Desk, first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Messages some hour and a half apart, and when they are due by stepping."""
    windows = stepped_windows(desk, first, last, STEP)
    arrived, n = first, 0
    while arrived < last - 25 * DAY:
        while windows[n].end <= arrived:
            n += 1
        due = stepped_due(windows[n:], arrived, desk.rules.lead)
        assert due
        yield arrived, due
        arrived += timedelta(minutes=97)


def test_two_years_of_promises_equal_stepping() -> None:
    for country, zone in (("RU", "Europe/Moscow"), ("BG", "Europe/Sofia")):
        desk = two_years(country, zone)
        for arrived, due in hours_of(desk, datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)):
            assert promise_due(desk, arrived).moment == due


# workclock: zones and clock changes. Its holidays last from midnight to midnight, so no spans over midnight here.


def workclock_due(schedule: workclock.Schedule, arrived: datetime, lead: timedelta) -> datetime:
    moment = arrived
    while True:
        start, end = schedule.next_period(moment)
        if end - max(start, arrived) >= lead:
            return end
        moment = end


def as_schedule(week: Week, days_off: frozenset[date], zone: str) -> workclock.Schedule:
    rules = [workclock.WorkDay(span.start, span.end, days=[n]) for n, day in enumerate(week) for span in day]
    return workclock.Schedule([*rules, workclock.Holidays(days_off)], time_zone=zone)


within_day = spans().filter(lambda span: span.start < span.end)
weeks_within_days = st.tuples(*(st.lists(within_day, max_size=3).map(tuple),) * 7)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    zone=st.sampled_from(sorted(CHANGES)),
    week=weeks_within_days,
    days_off=st.frozensets(st.dates(date(2026, 3, 25), date(2026, 4, 10)), max_size=3),
    minutes=st.lists(st.integers(0, 14 * 1440), min_size=10, max_size=30),
)
@example(
    zone="Europe/Sofia", week=((), (), (), (), (), (), (Span(time(3, 30), time(5)),)), days_off=frozenset(), minutes=[0]
)
def test_promises_equal_workclock(zone: str, week: Week, days_off: frozenset[date], minutes: list[int]) -> None:
    assume(any(week))
    desk = Desk(
        "d", Owner("Анна", zone=zone), week, Almanac("XX", date.min, date.max, dict.fromkeys(days_off, "holiday"))
    )
    schedule = as_schedule(week, days_off, zone)
    longest = max(window.end - window.start for window in windows_between(desk, BEGIN, BEGIN + 21 * DAY))
    desk = replace(desk, rules=Rules(lead=min(desk.rules.lead, longest)))
    for minute in minutes:
        arrived = BEGIN + minute * MINUTE
        assert promise_due(desk, arrived).moment == workclock_due(schedule, arrived, desk.rules.lead)


BEGIN = datetime(2026, 3, 26, tzinfo=UTC)


# timegrid: naive local time, but single working days, so Russian working Saturdays


def test_a_russian_year_with_working_saturdays_equals_timegrid() -> None:
    almanac = load_almanac("RU", 2024, 2024)
    day = (Span(time(10), time(11)), Span(time(14), time(14, 30)), Span(time(17, 30), time(18)))
    desk = Desk("d", Owner("Анна"), (*(day,) * 5, (), ()), almanac, rules=Rules(working_weekends=True))
    grid = timegrid.TimeGridCalendar.create()
    for span in day:
        grid = grid.open_weekdays(span.start, span.end)
        for saturday in almanac.worked:
            grid = grid.open(datetime.combine(saturday, span.start), datetime.combine(saturday, span.end))
    for day_off in almanac.days_off:
        grid = grid.close(day_off)
    zone = ZoneInfo("Europe/Moscow")
    first, last = datetime(2024, 1, 1), datetime(2025, 1, 1)  # noqa: DTZ001 - timegrid's own convention
    theirs = [
        Window(window.start.replace(tzinfo=zone).astimezone(UTC), window.end.replace(tzinfo=zone).astimezone(UTC))
        for window in grid.get_open_windows(first, last)
    ]
    ours = list(windows_between(desk, first.replace(tzinfo=zone), last.replace(tzinfo=zone)))
    assert len(almanac.worked) == 3
    assert ours == theirs


# Properties


@settings(max_examples=100, deadline=None, derandomize=True)
@given(situation=situations(), minute=st.integers(0, 10 * 1440))
def test_a_promise_lies_ahead_in_a_window_and_never_moves_back(situation: tuple[Desk, datetime], minute: int) -> None:
    desk, begin = situation
    arrived = begin + minute * MINUTE
    try:
        promise = promise_due(desk, arrived)
        later = promise_due(desk, arrived + timedelta(minutes=17))
    except NoWindow:
        return
    assert promise.moment > arrived
    assert promise.moment - max(arrived, promise.window.start) >= desk.rules.lead
    assert promise.moment == promise.window.end
    assert later.moment >= promise.moment
    assert promise.window in list(windows_between(desk, arrived, promise.moment))
