"""When an answer is due, and why not sooner: tables that read like the owner's week."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest

from bot.core.calendar import (
    Cause,
    Delay,
    Holiday,
    NoWindow,
    day_end,
    is_off_hours,
    is_working_day,
    next_holiday,
    next_window,
    promise_due,
    window_at,
    windows_between,
)
from bot.core.desk import EMPTY_WEEK, Almanac, Away, Desk, Owner, Rules, Span, Week
from bot.core.stretches import Window


def span(text: str) -> Span:
    start, end = text.split("-")
    return Span(time.fromisoformat(start), time.fromisoformat(end))


def spans(text: str) -> tuple[Span, ...]:
    return tuple(span(part) for part in text.split())


def week(weekdays: str, saturday: str = "", sunday: str = "") -> Week:
    return (*(spans(weekdays),) * 5, spans(saturday), spans(sunday))


RUSSIA = Almanac(
    country="RU",
    first=date(2026, 1, 1),
    last=date(2027, 12, 31),
    days_off=MappingProxyType(
        {date(2026, 6, 12): "russia_day", date(2026, 11, 4): "unity_day", date(2026, 12, 31): "day_off"}
        | {date(2027, 1, day): "new_year_holidays" for day in range(1, 9)}
        | {date(2027, 2, 22): "day_off", date(2027, 2, 23): "defender_day", date(2027, 3, 8): "womens_day"}
    ),
    worked=frozenset({date(2027, 2, 20)}),
    short=frozenset({date(2026, 6, 11), date(2026, 11, 3), date(2027, 2, 20), date(2027, 3, 7)}),
)


WINDOWS = week("10:00-11:00 14:00-14:30 17:30-18:00")
HOURS = week("09:30-13:00 14:00-18:30")
TEN_MINUTES = Rules()


def make_desk(
    windows: Week = WINDOWS,
    hours: Week = HOURS,
    *,
    zone: str = "Europe/Moscow",
    almanac: Almanac = RUSSIA,
    away: tuple[Away, ...] = (),
    days: Mapping[date, tuple[Span, ...]] = MappingProxyType({}),
    rules: Rules = TEN_MINUTES,
) -> Desk:
    return Desk("d", Owner("Анна Петрова", zone=zone), windows, almanac, hours, away, days, rules=rules)


def at(text: str, zone: str = "Europe/Moscow") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def window(start: str, end: str, zone: str = "Europe/Moscow") -> Window:
    return Window(at(start, zone), at(end, zone))


WINTER = Away(date(2026, 12, 24), date(2027, 1, 8), "vacation")


@pytest.mark.parametrize(
    ("arrived", "due", "cause"),
    [
        # Tuesday
        ("2026-11-24 11:20", "2026-11-24 14:30", Cause.NONE),
        ("2026-11-24 10:50", "2026-11-24 11:00", Cause.NONE),  # ten minutes are enough
        ("2026-11-24 10:50:01", "2026-11-24 14:30", Cause.NONE),  # a second less is not
        ("2026-11-24 17:55", "2026-11-25 11:00", Cause.NONE),  # working hours still, no window left
        ("2026-11-24 13:20", "2026-11-24 14:30", Cause.NONE),  # lunch
        ("2026-11-24 03:00", "2026-11-24 11:00", Cause.OFF_HOURS),
        ("2026-11-24 21:00", "2026-11-25 11:00", Cause.OFF_HOURS),
        # around the weekend
        ("2026-11-27 17:45", "2026-11-27 18:00", Cause.NONE),
        ("2026-11-27 18:10", "2026-11-30 11:00", Cause.WEEKEND),
        ("2026-11-28 12:00", "2026-11-30 11:00", Cause.WEEKEND),
        ("2026-11-29 23:59", "2026-11-30 11:00", Cause.WEEKEND),
        ("2026-11-30 00:00", "2026-11-30 11:00", Cause.OFF_HOURS),
    ],
)
def test_an_answer_is_due_at_the_end_of_the_first_window_with_time_left(arrived: str, due: str, cause: Cause) -> None:
    promise = promise_due(make_desk(), at(arrived))
    assert (promise.moment, promise.delay) == (at(due), Delay(cause))
    assert promise.window.end == promise.moment


@pytest.mark.parametrize(
    ("arrived", "due", "delay"),
    [
        pytest.param(
            "2026-11-03 19:00",
            "2026-11-05 11:00",
            Delay(Cause.HOLIDAY, date(2026, 11, 4), date(2026, 11, 4), "unity_day", "RU"),
            id="the evening before a holiday",
        ),
        pytest.param(
            "2026-11-04 12:00",
            "2026-11-05 11:00",
            Delay(Cause.HOLIDAY, date(2026, 11, 4), date(2026, 11, 4), "unity_day", "RU"),
            id="on the holiday",
        ),
        pytest.param(
            "2026-06-11 19:00",
            "2026-06-15 11:00",
            Delay(Cause.HOLIDAY, date(2026, 6, 12), date(2026, 6, 14), "russia_day", "RU"),
            id="a holiday on Friday, and the weekend behind it",
        ),
        pytest.param("2026-06-13 12:00", "2026-06-15 11:00", Delay(Cause.WEEKEND), id="on that weekend"),
        pytest.param(
            "2027-03-05 19:00",
            "2027-03-09 11:00",
            Delay(Cause.HOLIDAY, date(2027, 3, 8), date(2027, 3, 8), "womens_day", "RU"),
            id="a weekend, and a holiday on Monday behind it",
        ),
        pytest.param(
            "2026-12-30 19:00",
            "2027-01-11 11:00",
            Delay(Cause.LONG_HOLIDAYS, date(2026, 12, 31), date(2027, 1, 10), country="RU"),
            id="before the New Year holidays",
        ),
        pytest.param(
            "2027-01-05 12:00",
            "2027-01-11 11:00",
            Delay(Cause.LONG_HOLIDAYS, date(2026, 12, 31), date(2027, 1, 10), country="RU"),
            id="amid the New Year holidays",
        ),
        pytest.param("2027-01-09 12:00", "2027-01-11 11:00", Delay(Cause.WEEKEND), id="on their last weekend"),
    ],
)
def test_holidays_are_the_reason_when_they_take_a_day_of_work(arrived: str, due: str, delay: Delay) -> None:
    promise = promise_due(make_desk(), at(arrived))
    assert (promise.moment, promise.delay) == (at(due), delay)


@pytest.mark.parametrize(
    ("away", "arrived", "due", "delay"),
    [
        pytest.param(
            (Away(date(2026, 11, 30), date(2026, 12, 6)),),
            "2026-12-01 12:00",
            "2026-12-07 11:00",
            Delay(Cause.VACATION, date(2026, 11, 30), date(2026, 12, 6), "vacation"),
            id="away now",
        ),
        pytest.param(
            (Away(date(2026, 11, 30), date(2026, 12, 6)),),
            "2026-11-27 19:00",
            "2026-12-07 11:00",
            Delay(Cause.VACATION, date(2026, 11, 30), date(2026, 12, 6), "vacation"),
            id="away after the weekend",
        ),
        pytest.param(
            (Away(date(2026, 11, 28), date(2026, 11, 29)),),
            "2026-11-27 19:00",
            "2026-11-30 11:00",
            Delay(Cause.WEEKEND),
            id="away on a weekend is a weekend",
        ),
        pytest.param(
            (Away(date(2026, 12, 1), date(2026, 12, 3), "sick"), Away(date(2026, 11, 24), date(2026, 11, 30))),
            "2026-11-25 12:00",
            "2026-12-04 11:00",
            Delay(Cause.VACATION, date(2026, 11, 24), date(2026, 12, 3), "sick"),
            id="two spans in a row are one absence",
        ),
        pytest.param(
            (Away(date(2026, 12, 28), date(2026, 12, 30), "trip"),),
            "2026-12-28 12:00",
            "2027-01-11 11:00",
            Delay(Cause.VACATION, date(2026, 12, 28), date(2026, 12, 30), "trip"),
            id="away, then holidays",
        ),
    ],
)
def test_being_away_is_the_first_reason(away: tuple[Away, ...], arrived: str, due: str, delay: Delay) -> None:
    promise = promise_due(make_desk(away=away), at(arrived))
    assert (promise.moment, promise.delay) == (at(due), delay)


def test_a_full_window_is_passed_over_and_busy_is_the_reason() -> None:
    full = frozenset({at("2026-11-24 14:30"), at("2026-11-24 18:00")})
    promise = promise_due(replace(make_desk(), full=full), at("2026-11-24 11:20"))
    assert (promise.moment, promise.delay) == (at("2026-11-25 11:00"), Delay(Cause.BUSY))


def test_a_working_saturday_counts_only_by_setting_and_has_the_windows_of_friday() -> None:
    friday_evening = at("2027-02-19 19:00")
    assert not is_working_day(make_desk(), date(2027, 2, 20))
    assert promise_due(make_desk(), friday_evening).moment == at("2027-02-24 11:00")
    willing = make_desk(rules=Rules(working_weekends=True))
    assert is_working_day(willing, date(2027, 2, 20))
    assert promise_due(willing, friday_evening).moment == at("2027-02-20 11:00")


@pytest.mark.parametrize(
    ("windows", "hours", "left"),
    [
        pytest.param("10:00-11:00 17:30-18:00", "09:30-13:00 14:00-18:30", "10:00-11:00", id="at 17:30 they are gone"),
        pytest.param("10:00-11:00 17:00-18:00", "09:30-18:30", "10:00-11:00 17:00-17:30", id="cut by half"),
        pytest.param("10:00-11:00 21:00-21:30", "09:30-18:30", "10:00-11:00", id="nor do they read in the evening"),
        pytest.param("10:00-11:00 17:30-18:00", "", "10:00-11:00", id="without hours the last window ends the day"),
        pytest.param("10:00-18:00", "", "10:00-17:00", id="one long window"),
        pytest.param("17:45-18:15", "09:30-18:30", "17:45-18:15", id="the only window stays"),
        pytest.param("10:00-11:00 22:30-00:30", "", "10:00-11:00 22:30-23:30", id="over midnight"),
    ],
)
def test_on_a_short_day_the_last_hour_is_free(windows: str, hours: str, left: str) -> None:
    desk = make_desk(week(windows), week(hours))
    until = "2026-11-04 09:00"
    short = [window(*(f"2026-11-03 {clock}" for clock in part.split("-"))) for part in left.split()]
    assert list(windows_between(desk, at("2026-11-03 09:00"), at(until))) == short
    usual = replace(desk, rules=Rules(short_days=False))
    assert len(list(windows_between(usual, at("2026-11-03 09:00"), at(until)))) == len(windows.split())


def test_the_hours_of_a_short_day_end_early_too() -> None:
    assert [is_off_hours(make_desk(), at(f"2026-11-03 {clock}")) for clock in ("17:29", "17:30")] == [False, True]
    without_hours = make_desk(hours=EMPTY_WEEK)
    assert [is_off_hours(without_hours, at(f"2026-11-03 {clock}")) for clock in ("14:29", "14:30")] == [False, True]


def test_before_a_holiday_the_last_window_is_not_promised() -> None:
    promise = promise_due(make_desk(), at("2026-11-03 15:00"))
    assert (promise.moment, promise.delay.cause) == (at("2026-11-05 11:00"), Cause.HOLIDAY)


def test_a_single_day_is_never_short_and_a_worked_saturday_may_be() -> None:
    single = make_desk(days={date(2026, 11, 3): spans("17:30-18:00")})
    assert promise_due(single, at("2026-11-03 15:00")).moment == at("2026-11-03 18:00")
    willing = make_desk(rules=Rules(working_weekends=True))
    assert promise_due(willing, at("2027-02-20 15:00")).moment == at("2027-02-24 11:00")


def test_an_answer_that_takes_time_is_due_at_the_first_window_that_does_not_end_before() -> None:
    desk, arrived = make_desk(), at("2026-11-24 09:00")
    for earliest, due in (
        ("2026-11-24 14:30", "2026-11-24 14:30"),
        ("2026-11-24 14:30:01", "2026-11-24 18:00"),
        ("2026-11-24 17:45", "2026-11-24 18:00"),
        ("2026-11-25 00:00", "2026-11-25 11:00"),
    ):
        assert promise_due(desk, arrived, earliest=at(earliest)).moment == at(due)


def test_a_window_that_is_full_but_too_early_anyway_is_no_reason() -> None:
    desk = replace(make_desk(), full=frozenset({at("2026-11-24 11:00")}))
    assert promise_due(desk, at("2026-11-24 09:40"), earliest=at("2026-11-24 14:00")).delay == Delay()


def test_the_end_of_a_day_is_that_of_its_last_window_or_of_its_hours() -> None:
    desk = make_desk((spans("10:00-11:00 14:00-14:30"), spans("22:00-01:00"), *((),) * 5))
    assert day_end(desk, date(2026, 11, 30)) == at("2026-11-30 14:30")
    assert day_end(desk, date(2026, 11, 24)) == at("2026-11-25 01:00")
    assert day_end(desk, date(2026, 11, 25)) == at("2026-11-25 18:30")
    assert day_end(desk, date(2026, 11, 28)) is None
    # 29 March 2026, Europe/Sofia: 03:00 becomes 04:00
    sofia = make_desk(week("", sunday="01:00-02:00 03:10-03:50"), EMPTY_WEEK, zone="Europe/Sofia")
    assert day_end(sofia, date(2026, 3, 29)) == at("2026-03-29 02:00", "Europe/Sofia")


def test_a_reading_saturday_is_a_working_day_unless_it_is_a_holiday() -> None:
    desk = make_desk(week("10:00-11:00", saturday="12:00-13:00"))
    assert is_working_day(desk, date(2026, 11, 28))
    assert not is_working_day(desk, date(2027, 1, 2))


def test_a_single_day_overrides_week_almanac_and_away() -> None:
    days = {date(2026, 12, 29): spans("12:00-13:00"), date(2026, 11, 25): ()}
    desk = make_desk(days=days, away=(WINTER,))
    assert is_working_day(desk, date(2026, 12, 29))
    assert promise_due(desk, at("2026-12-25 12:00")).moment == at("2026-12-29 13:00")
    assert not is_working_day(desk, date(2026, 11, 25))
    assert promise_due(desk, at("2026-11-24 19:00")).moment == at("2026-11-26 11:00")


def test_a_day_with_hours_and_no_windows_is_worked_but_promises_nothing() -> None:
    desk = make_desk((spans("10:00-11:00"), *((),) * 6))
    assert is_working_day(desk, date(2026, 11, 24))
    assert promise_due(desk, at("2026-11-24 09:40")).moment == at("2026-11-30 11:00")


@pytest.mark.parametrize(
    ("moment", "off"),
    [
        ("2026-11-24 09:29", True),
        ("2026-11-24 09:30", False),
        ("2026-11-24 13:00", True),  # lunch
        ("2026-11-24 18:29", False),
        ("2026-11-24 18:30", True),
        ("2026-11-28 12:00", True),
        ("2026-11-04 12:00", True),
    ],
)
def test_off_hours_are_outside_working_days_and_hours(moment: str, off: bool) -> None:
    assert is_off_hours(make_desk(), at(moment)) is off


def test_without_hours_the_day_lasts_from_the_first_window_to_the_last() -> None:
    desk = make_desk(hours=EMPTY_WEEK)
    assert [is_off_hours(desk, at(f"2026-11-24 {clock}")) for clock in ("09:59", "12:00", "18:00")] == [
        True,
        False,
        True,
    ]
    assert promise_due(desk, at("2026-11-24 12:00")).delay == Delay()


def test_windows_over_midnight_belong_to_the_day_they_start_on() -> None:
    desk = make_desk(week("22:00-02:00"))
    assert window_at(desk, at("2026-11-28 01:59")) == window("2026-11-27 22:00", "2026-11-28 02:00")  # Friday's
    assert window_at(desk, at("2026-11-28 02:00")) is None
    assert window_at(desk, at("2026-11-28 23:00")) is None
    promise = promise_due(desk, at("2026-11-28 01:40"))
    assert (promise.moment, promise.delay) == (at("2026-11-28 02:00"), Delay())


def test_overlapping_and_adjacent_windows_are_one() -> None:
    desk = make_desk(week("22:00-00:00 00:00-01:00 10:00-11:00 11:00-12:30 12:00-12:15"))
    assert list(windows_between(desk, at("2026-11-24 09:00"), at("2026-11-25 05:00"))) == [
        window("2026-11-24 10:00", "2026-11-24 12:30"),
        window("2026-11-24 22:00", "2026-11-25 01:00"),
    ]


def test_a_desk_that_never_closes_has_a_window_a_day() -> None:
    for always in ("00:00-00:00", "00:00-12:00 12:00-00:00"):
        desk = make_desk(week(always, always, always), almanac=Almanac("RU", date.min, date.max))
        assert window_at(desk, at("2026-11-24 11:20")) == window("2026-11-24 00:00", "2026-11-25 00:00")
        assert promise_due(desk, at("2026-11-24 23:55")).moment == at("2026-11-26 00:00")


def test_windows_between_gives_whole_windows_that_overlap_the_stretch() -> None:
    desk = make_desk()
    morning = window("2026-11-24 10:00", "2026-11-24 11:00")
    assert list(windows_between(desk, at("2026-11-24 10:30"), at("2026-11-24 10:31"))) == [morning]
    assert list(windows_between(desk, at("2026-11-24 11:00"), at("2026-11-24 14:00"))) == []
    assert list(windows_between(desk, at("2026-11-24 10:59"), at("2026-11-24 14:00"))) == [morning]


def test_the_next_window_starts_later_than_now() -> None:
    desk = make_desk()
    afternoon = window("2026-11-24 14:00", "2026-11-24 14:30")
    assert next_window(desk, at("2026-11-24 10:00")) == afternoon
    assert next_window(desk, at("2026-11-24 13:59:59")) == afternoon
    assert next_window(desk, at("2026-11-24 14:00")) == window("2026-11-24 17:30", "2026-11-24 18:00")
    assert next_window(make_desk(EMPTY_WEEK), at("2026-11-24 10:00")) is None


def test_the_next_holiday_is_one_that_frees_a_day_of_work() -> None:
    assert next_holiday(make_desk(), at("2026-11-24 11:20")) == Holiday(date(2026, 12, 31), "day_off")
    assert next_holiday(make_desk(), at("2027-01-09 11:20")) == Holiday(date(2027, 2, 22), "day_off")
    assert next_holiday(make_desk(), at("2026-11-04 23:59")) == Holiday(date(2026, 11, 4), "unity_day")
    assert next_holiday(make_desk(), at("2027-03-09 11:20")) is None


@pytest.mark.parametrize(
    ("local", "opened"),
    [
        # 29 March 2026, Europe/Sofia: 03:00 EET becomes 04:00 EEST at 01:00 UTC
        pytest.param("03:30-05:00", ("2026-03-29T01:00", "2026-03-29T02:00"), id="starts in the gap"),
        pytest.param("02:00-03:30", ("2026-03-29T00:00", "2026-03-29T01:00"), id="ends in the gap"),
        pytest.param("03:10-03:50", None, id="lies in the gap and vanishes"),
        pytest.param("02:00-05:00", ("2026-03-29T00:00", "2026-03-29T02:00"), id="spans the gap"),
        # 25 October 2026: 04:00 EEST becomes 03:00 EET at 01:00 UTC
        pytest.param("03:30-05:00", ("2026-10-25T00:30", "2026-10-25T03:00"), id="starts at a time that occurs twice"),
        pytest.param("02:00-03:30", ("2026-10-24T23:00", "2026-10-25T00:30"), id="ends at a time that occurs twice"),
        pytest.param("03:10-03:50", ("2026-10-25T00:10", "2026-10-25T00:50"), id="lies in the repeated hour"),
        pytest.param("03:30-04:00", ("2026-10-25T00:30", "2026-10-25T02:00"), id="ends with the repeated hour"),
    ],
)
def test_windows_when_clocks_change(request: pytest.FixtureRequest, local: str, opened: tuple[str, str] | None) -> None:
    autumn = any(word in request.node.name for word in ("twice", "repeated"))
    night = at("2026-10-25", "Europe/Sofia") if autumn else at("2026-03-29", "Europe/Sofia")
    desk = make_desk(week("", sunday=local), zone="Europe/Sofia", almanac=Almanac("BG", date.min, date.max))
    expected = [Window(*(datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in opened))] if opened else []
    assert list(windows_between(desk, night, night + timedelta(hours=12))) == expected


def test_windows_on_both_sides_of_a_gap_become_one() -> None:
    desk = make_desk(week("", sunday="02:00-03:10 03:50-05:00"), zone="Europe/Sofia")
    night = at("2026-03-29", "Europe/Sofia")
    (only,) = windows_between(desk, night, night + timedelta(hours=12))
    assert only.end - only.start == timedelta(hours=2)


def test_a_day_that_a_zone_skipped_has_no_windows() -> None:
    desk = make_desk(week("10:00-11:00"), zone="Pacific/Apia")  # went from 29 to 31 December 2011
    thursday = at("2011-12-29 10:00", "Pacific/Apia")
    assert promise_due(desk, thursday + timedelta(hours=2)).moment == at("2012-01-02 11:00", "Pacific/Apia")


@pytest.mark.parametrize(
    "desk",
    [
        pytest.param(make_desk(EMPTY_WEEK), id="no windows"),
        pytest.param(make_desk(week("10:00-10:05")), id="windows shorter than the lead"),
        pytest.param(make_desk(away=(Away(date(2026, 1, 1), date(2036, 1, 1)),)), id="away for years"),
    ],
)
def test_no_window_to_promise(desk: Desk) -> None:
    with pytest.raises(NoWindow):
        promise_due(desk, at("2026-11-24 11:20"))


def test_a_naive_moment_is_our_bug() -> None:
    with pytest.raises(ValueError, match="naive"):
        promise_due(make_desk(), datetime(2026, 11, 24, 11, 20))  # noqa: DTZ001


def test_an_answer_is_never_due_at_the_moment_of_asking_even_without_lead() -> None:
    desk = make_desk(rules=Rules(lead=timedelta(0)))
    assert promise_due(desk, at("2026-11-24 11:00")).moment == at("2026-11-24 14:30")
