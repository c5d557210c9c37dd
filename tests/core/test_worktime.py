"""Working time, and answers that take some of it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.calendar import NoWindow, hours_between, is_working_day, local_date, promise_due, windows_between
from bot.core.desk import EMPTY_WEEK, AnswerTime, Away, Desk, Span
from bot.core.worktime import add_working_days, add_working_time, answer_time, earliest
from tests.core.desks import DESK
from tests.core.stepping import DAY, MINUTE, situations
from tests.core.test_calendar import HOURS, RUSSIA, at, make_desk, week

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        # Tuesday: 09:30-13:00, 14:00-18:30
        ("2026-11-24 11:20", 0, "2026-11-24 11:20"),
        ("2026-11-24 11:20", 1, "2026-11-24 12:20"),
        ("2026-11-24 11:20", 4, "2026-11-24 16:20"),  # lunch is no work
        ("2026-11-24 11:00", 2, "2026-11-24 13:00"),  # done as lunch begins
        ("2026-11-24 13:30", 1, "2026-11-24 15:00"),
        ("2026-11-24 03:00", 8, "2026-11-24 18:30"),
        ("2026-11-27 17:00", 4, "2026-11-30 12:00"),  # over the weekend
        ("2026-11-03 16:30", 2, "2026-11-05 10:30"),  # on the eve of a holiday they leave at 17:30
    ],
)
def test_working_time_passes_in_hours_only(start: str, hours: int, end: str) -> None:
    assert add_working_time(make_desk(), at(start), hours * HOUR) == at(end)


def test_without_hours_the_day_is_worked_from_its_first_window_to_its_last() -> None:
    desk = make_desk(hours=EMPTY_WEEK)
    assert add_working_time(desk, at("2026-11-24 09:00"), 4 * HOUR) == at("2026-11-24 14:00")
    assert add_working_time(desk, at("2026-11-24 15:00"), 4 * HOUR) == at("2026-11-25 11:00")


@pytest.mark.parametrize(
    ("day", "end"),
    [
        ("2026-03-29", "07:00"),  # clocks go forward at 03:00: that night is an hour shorter
        ("2026-10-25", "05:00"),  # and here an hour longer
        ("2026-11-29", "06:00"),
    ],
)
def test_working_time_is_elapsed_time_when_clocks_change(day: str, end: str) -> None:
    desk = make_desk(week("", sunday="01:00-08:00"), EMPTY_WEEK, zone="Europe/Sofia")
    assert add_working_time(desk, at(f"{day} 00:00", "Europe/Sofia"), 5 * HOUR) == at(f"{day} {end}", "Europe/Sofia")


@pytest.mark.parametrize(
    ("arrived", "days", "end"),
    [
        ("2026-11-24 11:20", 1, "2026-11-25 18:00"),
        ("2026-11-24 11:20", 2, "2026-11-26 18:00"),
        ("2026-11-24 23:59", 2, "2026-11-26 18:00"),
        ("2026-11-25 00:00", 2, "2026-11-27 18:00"),
        ("2026-11-26 12:00", 2, "2026-11-30 18:00"),
        ("2026-11-28 12:00", 2, "2026-12-01 18:00"),  # a Saturday
        ("2026-11-02 12:00", 2, "2026-11-05 18:00"),  # 4 November is a holiday
        ("2026-11-02 12:00", 1, "2026-11-03 14:30"),  # and its eve is short
    ],
)
def test_working_days_begin_with_the_day_after_and_end_with_its_last_window(arrived: str, days: int, end: str) -> None:
    desk = make_desk()
    assert add_working_days(desk, at(arrived), days) == at(end)
    answer = AnswerTime(("estimate",), working_days=days)
    assert promise_due(desk, at(arrived), earliest=earliest(desk, at(arrived), answer)).moment == at(end)


def test_a_working_day_without_windows_counts_and_the_next_window_is_promised() -> None:
    desk = make_desk((week("10:00-11:00")[0], *((),) * 6), HOURS)
    after = earliest(desk, at("2026-11-24 11:20"), AnswerTime(("estimate",), working_days=2))
    assert after == at("2026-11-26 18:30")
    assert promise_due(desk, at("2026-11-24 11:20"), earliest=after).moment == at("2026-11-30 11:00")


@pytest.mark.parametrize("amount", [HOUR, 500 * 8 * HOUR])
def test_a_desk_that_does_not_work_so_much(amount: timedelta) -> None:
    desk = make_desk(EMPTY_WEEK, EMPTY_WEEK) if amount == HOUR else make_desk()
    with pytest.raises(NoWindow):
        add_working_time(desk, at("2026-11-24 11:20"), amount)
    with pytest.raises(NoWindow):
        add_working_days(desk, at("2026-11-24 11:20"), 1 if amount == HOUR else 300)


ESTIMATES = AnswerTime(("estimate",), working_days=2)
PETER = AnswerTime((), "Пётр  Сергеев", working_time=4 * HOUR)
HIS_CALLS = AnswerTime(("call",), "tg:7", working_days=1)


@pytest.mark.parametrize(
    ("answers", "topics", "client", "name", "chosen"),
    [
        ((ESTIMATES, PETER), ("estimate",), "tg:7", "Иван", ESTIMATES),
        ((ESTIMATES, PETER), ("bug", "estimate"), "tg:7", "Пётр Сергеев", ESTIMATES),
        ((PETER, ESTIMATES), ("estimate",), "tg:7", "пётр сергеев", PETER),
        ((ESTIMATES, PETER), ("bug",), "tg:7", "Пётр Сергеев", PETER),
        ((ESTIMATES, PETER), (), "tg:7", "Пётр", None),
        ((HIS_CALLS,), ("call",), "tg:7", "", HIS_CALLS),
        ((HIS_CALLS,), ("call",), "tg:70", "", None),
        ((HIS_CALLS,), ("bug",), "tg:7", "", None),
        ((), ("bug",), "tg:7", "", None),
    ],
)
def test_the_first_answer_time_that_fits_counts(
    answers: tuple[AnswerTime, ...], topics: tuple[str, ...], client: str, name: str, chosen: AnswerTime | None
) -> None:
    assert answer_time(replace(DESK, answers=answers), topics, client, name) == chosen


# Properties

spans_of_time = st.integers(0, 40 * 60).map(lambda minutes: minutes * MINUTE)


def added(desk: Desk, start: datetime, amount: timedelta) -> datetime | None:
    try:
        return add_working_time(desk, start, amount)
    except NoWindow:
        return None


@settings(max_examples=150, deadline=None, derandomize=True)
@given(situation=situations(), first=spans_of_time, second=spans_of_time, minute=st.integers(0, 3 * 1440))
def test_adding_in_two_parts_is_adding_at_once_and_order_is_kept(
    situation: tuple[Desk, datetime], first: timedelta, second: timedelta, minute: int
) -> None:
    desk, begin = situation
    start = begin + minute * MINUTE
    end, halfway = added(desk, start, first + second), added(desk, start, first)
    if end is None or halfway is None:
        assert end is None
        return
    assert added(desk, halfway, second) == end
    assert start <= halfway <= end
    later = added(desk, start + 17 * MINUTE, first)
    assert later is None or halfway <= later
    # What lies between is what was asked for: no more, no less.
    worked = sum(
        (max(timedelta(0), min(hours.end, end) - max(hours.start, start)) for hours in hours_between(desk, start, end)),
        timedelta(0),
    )
    assert worked == first + second


@settings(max_examples=150, deadline=None, derandomize=True)
@given(situation=situations(), days=st.integers(1, 6), minute=st.integers(0, 5 * 1440))
def test_so_many_working_days_lie_between_and_more_of_them_end_later(
    situation: tuple[Desk, datetime], days: int, minute: int
) -> None:
    desk, begin = situation
    start = begin + minute * MINUTE
    try:
        end, later = add_working_days(desk, start, days), add_working_days(desk, start, days + 1)
    except NoWindow:
        return
    today = local_date(desk, start)
    assert end > start
    # The end of a window over midnight lies on the day after; a day may vanish where clocks change.
    counted = sum(is_working_day(desk, today + n * DAY) for n in range(1, (local_date(desk, end) - today).days + 1))
    assert counted >= days
    assert later >= end or any(span.end <= span.start for day in desk.windows for span in day)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    situation=situations(),
    amount=spans_of_time,
    days=st.integers(0, 4),
    minute=st.integers(0, 5 * 1440),
    taken=st.sets(st.integers(0, 5), max_size=3),
)
def test_an_answer_that_takes_time_is_due_in_a_window_ahead_that_is_not_full(
    situation: tuple[Desk, datetime], amount: timedelta, days: int, minute: int, taken: set[int]
) -> None:
    desk, begin = situation
    arrived = begin + minute * MINUTE
    answer = AnswerTime(("estimate",), working_days=days, working_time=amount)
    try:
        after = earliest(desk, arrived, answer)
        ahead = list(windows_between(desk, arrived, after + 21 * DAY))
        desk = replace(desk, full=frozenset(window.end for n, window in enumerate(ahead) if n in taken))
        due = promise_due(desk, arrived, earliest=after)
    except NoWindow:
        return
    assert arrived < due.moment
    assert after <= due.moment
    assert due.moment not in desk.full
    assert due.moment == due.window.end
    fitting = (
        window.end
        for window in ahead
        if window.end >= after and window.end - max(arrived, window.start) >= desk.rules.lead
    )
    assert due.moment == next((end for end in fitting if end not in desk.full), due.moment)


def test_a_vacation_puts_working_days_off() -> None:
    desk = make_desk(almanac=RUSSIA, away=(Away(date(2026, 11, 25), date(2026, 11, 27)),))
    assert add_working_days(desk, at("2026-11-24 11:20"), 2) == at("2026-12-01 18:00")
    assert add_working_time(desk, at("2026-11-24 17:30"), 2 * HOUR) == at("2026-11-30 10:30")


def test_a_window_over_midnight_ends_its_own_day() -> None:
    desk = make_desk((((Span(time(22), time(1)),),) * 7), EMPTY_WEEK)
    assert add_working_days(desk, at("2026-11-24 11:20"), 1) == at("2026-11-26 01:00")
