"""The public calendars equal the library, end where certainty ends, and every day off has a name."""

from datetime import date, timedelta

import holidays
import pytest

from bot.almanac import DAY_OFF, HOLIDAY, HOLIDAYS, UnknownCountry, known_until, load_almanac, warning


@pytest.mark.parametrize("country", ["RU", "BG", "DE", "US", "IL"])
def test_working_days_equal_the_library_2024_to_2027(country: str) -> None:
    almanac = load_almanac(country, 2024, 2027)
    public = holidays.country_holidays(country, years=range(2024, 2028))
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(4 * 365 + 1)]
    mismatches = [
        day
        for day in days
        if public.is_working_day(day)
        != (day in almanac.worked or (not public.is_weekend(day) and day not in almanac.days_off))
    ]
    assert days[-1] == date(2027, 12, 31)
    assert mismatches == []


@pytest.mark.parametrize(
    ("country", "day", "name"),
    [
        ("RU", date(2026, 11, 4), "unity_day"),
        ("RU", date(2026, 12, 31), DAY_OFF),  # moved from 4 January
        ("RU", date(2026, 3, 9), DAY_OFF),  # for 8 March, a Sunday
        ("RU", date(2027, 1, 9), None),  # a plain Saturday
        ("BG", date(2027, 3, 3), "liberation_day"),
        ("BG", date(2027, 5, 3), "easter"),
        ("BG", date(2027, 5, 1), "holy_saturday"),  # and Labour Day
        ("BG", date(2027, 5, 4), DAY_OFF),  # for that Labour Day
        ("BG", date(2026, 1, 2), DAY_OFF),  # granted once
        ("BG", date(2026, 9, 7), DAY_OFF),  # for 6 September, a Sunday
        ("DE", date(2026, 10, 3), HOLIDAY),
    ],
)
def test_days_off_have_keys(country: str, day: date, name: str | None) -> None:
    assert load_almanac(country, 2026, 2027).days_off.get(day) == name


def test_russian_working_saturdays() -> None:
    assert load_almanac("RU", 2024, 2027).worked == {
        date(2024, 4, 27), date(2024, 11, 2), date(2024, 12, 28), date(2025, 11, 1), date(2027, 2, 20),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("year", "short", "norm"),
    [
        (2024, ["02-22", "03-07", "05-08", "06-11", "11-02"], 1979),  # 2 November is worked for 30 April
        (2025, ["03-07", "04-30", "06-11", "11-01"], 1972),  # 1 November for the 3rd
        (2026, ["04-30", "05-08", "06-11", "11-03"], 1972),
        (2027, ["02-20", "04-30", "06-11", "11-03"], 1972),  # 20 February for the 22nd
    ],
)
def test_russian_short_days_and_the_annual_norm_of_hours_that_follows(year: int, short: list[str], norm: int) -> None:
    almanac = load_almanac("RU", year, year)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    worked = [
        day
        for day in days
        if day.year == year and (day in almanac.worked or (day.weekday() < 5 and day not in almanac.days_off))
    ]
    assert [f"{day:%m-%d}" for day in worked if day in almanac.short] == short
    assert 8 * len(worked) - len(short) == norm
    assert not almanac.short & almanac.days_off.keys()


def test_only_russia_has_short_days() -> None:
    assert load_almanac("BG", 2024, 2027).short == frozenset()


@pytest.mark.parametrize("country", HOLIDAYS)
def test_every_holiday_of_russia_and_bulgaria_has_a_key_and_every_key_is_used(country: str) -> None:
    assert set(load_almanac(country, 2024, 2030).days_off.values()) == {*HOLIDAYS[country], DAY_OFF}


@pytest.mark.parametrize(
    ("country", "last_year", "known"),
    [
        ("RU", 2026, date(2026, 12, 31)),
        ("RU", 2030, date(2027, 12, 31)),
        ("BG", 2030, date(2027, 12, 31)),
        ("DE", 2030, date(2030, 12, 31)),
    ],
)
def test_what_is_known_ends_where_the_library_falls_silent(country: str, last_year: int, known: date) -> None:
    assert known_until(load_almanac(country, 2026, last_year)) == known


def test_the_operator_is_warned_while_promises_could_still_reach_beyond() -> None:
    russia = load_almanac("RU", 2026, 2028)
    assert warning(russia, date(2026, 11, 25)) == ""
    told = warning(russia, date(2026, 11, 26))
    assert "RU" in told
    assert "2027-12-31" in told
    assert "\n" not in told
    assert warning(load_almanac("DE", 2026, 2028), date(2026, 12, 31)) == ""


def test_fixed_holidays_beyond_that_day_are_kept() -> None:
    assert load_almanac("RU", 2026, 2028).days_off[date(2028, 1, 3)] == "new_year_holidays"


@pytest.mark.parametrize("country", ["XX", "ru", "Russia"])
def test_an_unknown_country_is_refused(country: str) -> None:
    with pytest.raises(UnknownCountry, match=country):
        load_almanac(country, 2026, 2027)
