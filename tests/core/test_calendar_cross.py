"""The calendar engine against others that know nothing of it: stepping through time, `workclock` and `timegrid`."""

from bisect import bisect_left
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import timegrid
import workclock
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.almanac import load_almanac
from bot.core.calendar import NoWindow, hours_between, promise_due, windows_between
from bot.core.desk import Almanac, Away, Desk, Owner, Rules, Span, Week
from bot.core.stretches import Window
from bot.core.worktime import add_working_time
from tests.core.stepping import CHANGES, DAY, MINUTE, situations, spans, stepped, stepped_due, working


@settings(max_examples=150, deadline=None, derandomize=True)
@given(situation=situations(), minutes=st.lists(st.integers(0, 3 * 1440), min_size=5, max_size=25))
def test_windows_and_promises_equal_stepping_through_time(situation: tuple[Desk, datetime], minutes: list[int]) -> None:
    desk, begin = situation
    until = begin + 9 * DAY
    expected = stepped(desk, begin, until)
    assume(all(window.end - window.start < 22 * timedelta(hours=1) for window in expected))
    assert [window for window in windows_between(desk, begin, until) if window.end < until] == expected
    hours = stepped(desk, begin, until, plan=working)
    if all(stretch.end - stretch.start < timedelta(hours=22) for stretch in hours):
        assert [stretch for stretch in hours_between(desk, begin, until) if stretch.end < until] == hours
    for minute in minutes:
        arrived = begin + minute * MINUTE
        due = stepped_due(expected, arrived, max(desk.rules.lead, MINUTE))
        if due:
            promise = promise_due(replace(desk, rules=replace(desk.rules, lead=max(desk.rules.lead, MINUTE))), arrived)
            assert promise.moment == due > arrived
            assert promise.window in expected


HOURS = (Span(time(9, 30), time(13)), Span(time(14), time(18, 30)))
WINDOWS = (Span(time(10), time(11)), Span(time(14), time(14, 30)), Span(time(17, 30), time(18)))
OVER_MIDNIGHT = Span(time(23, 30), time(0, 15))
AS_CLOCKS_CHANGE = Span(time(2, 30), time(3, 15))
# A freelancer in Moscow who works on the Saturdays that the state moved and stops earlier before holidays …
MOSCOW = Desk(
    id="ru",
    owner=Owner("Анна"),
    windows=(*(WINDOWS,) * 5, (), ()),
    almanac=load_almanac("RU", 2026, 2027),
    hours=(*(HOURS,) * 4, (Span(time(9, 30), time(17)),), (), ()),
    away=(Away(date(2026, 7, 6), date(2026, 7, 19)),),
    days={date(2026, 5, 2): (Span(time(12), time(13)),), date(2027, 6, 1): ()},
    rules=Rules(working_weekends=True),
)
# … and one in Sofia who reads late at night, and on Sundays in the hour in which clocks change.
SOFIA = Desk(
    id="bg",
    owner=Owner("Ива", zone="Europe/Sofia", country="BG"),
    windows=(*((*WINDOWS, OVER_MIDNIGHT),) * 5, (), (AS_CLOCKS_CHANGE,)),
    almanac=load_almanac("BG", 2026, 2027),
    away=(Away(date(2026, 7, 6), date(2026, 7, 19)), Away(date(2027, 8, 2), date(2027, 8, 15))),
)
FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("desk", [MOSCOW, SOFIA], ids=["Moscow", "Sofia"])
def test_two_years_of_promises_equal_stepping_minute_by_minute(desk: Desk) -> None:
    windows = stepped(desk, FIRST, LAST, MINUTE)
    assert [window for window in windows_between(desk, FIRST, LAST) if window.end < LAST] == windows
    assert len(windows) > 1300
    # Messages an hour and a half apart, and at the last moments of every window that may still be promised.
    arrivals = {FIRST + n * timedelta(minutes=97) for n in range(705 * 1440 // 97)}
    arrivals |= {window.end - n * MINUTE for window in windows for n in (11, 10, 9)}
    n = 0
    for arrived in sorted(arrived for arrived in arrivals if FIRST <= arrived < LAST - 25 * DAY):
        while windows[n].end <= arrived:
            n += 1
        assert promise_due(desk, arrived).moment == stepped_due(windows[n : n + 9], arrived, desk.rules.lead)


@pytest.mark.parametrize("desk", [MOSCOW, SOFIA], ids=["Moscow", "Sofia"])
def test_two_years_of_working_time_equal_stepping_minute_by_minute(desk: Desk) -> None:
    hours = stepped(desk, FIRST, LAST, MINUTE, working)
    assert [stretch for stretch in hours_between(desk, FIRST, LAST) if stretch.end < LAST] == hours
    minutes = [((stretch.start - FIRST) // MINUTE, (stretch.end - FIRST) // MINUTE) for stretch in hours]
    worked = [minute for start, end in minutes for minute in range(start, end)]
    for start in range(0, 700 * 1440, 577):
        for amount in (1, 45, 4 * 60, 9 * 60 + 1):
            ends = worked[bisect_left(worked, start) + amount - 1] + 1
            found = add_working_time(desk, FIRST + start * MINUTE, amount * MINUTE)
            assert found == FIRST + ends * MINUTE


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
    desk = Desk(
        "d", Owner("Анна"), (*(day,) * 5, (), ()), almanac, rules=Rules(working_weekends=True, short_days=False)
    )
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
