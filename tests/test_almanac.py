"""The public calendars equal the library, end where certainty ends, and every day off has a name."""

from datetime import date, timedelta

import holidays
import pytest

from bot.almanac import DAY_OFF, HOLIDAY, HOLIDAYS, UnknownCountry, known_until, load_almanac


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


def test_fixed_holidays_beyond_that_day_are_kept() -> None:
    assert load_almanac("RU", 2026, 2028).days_off[date(2028, 1, 3)] == "new_year_holidays"


@pytest.mark.parametrize("country", ["XX", "ru", "Russia"])
def test_an_unknown_country_is_refused(country: str) -> None:
    with pytest.raises(UnknownCountry, match=country):
        load_almanac(country, 2026, 2027)
