"""The public calendar of a country as plain data for the core, read from the `holidays` library.

The library has the official days off and the working weekends of Russia and Bulgaria without a mistake for 2024-2027
(CALENDAR.md). Later years hold only what the law fixes: Russia moves days off by a decree each autumn, Bulgaria grants
single ones, and the library is silent about what it does not know. `known_until` says where the certainty ends.

It has no short days. In Russia the day before a public holiday is an hour shorter (Labour Code, art. 95), and so is a
weekend that is worked in place of such a day (order 588n of 13.08.2009). The annual norms of hours that follow from
this are the official ones for 2024-2026 (1979, 1972 and 1972 hours of a 40-hour week).
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

import holidays

from bot.core.desk import Almanac

# Warn this long before the certainty ends: promises reach as far (core/calendar, REACH).
WARN_AHEAD = timedelta(days=400)
VERIFIED_UNTIL = {"RU": date(2027, 12, 31), "BG": date(2027, 12, 31)}

# Key of a day off -> the name that `holidays` gives it in English. The words for clients are in `bot.wording.dating`.
HOLIDAYS = {
    "RU": {
        "new_year_holidays": "New Year Holidays",
        "christmas": "Christmas Day",
        "defender_day": "Defender of the Fatherland Day",
        "womens_day": "International Women's Day",
        "spring_and_labour": "Holiday of Spring and Labor",
        "victory_day": "Victory Day",
        "russia_day": "Russia Day",
        "unity_day": "Unity Day",
    },
    "BG": {
        "new_year": "New Year's Day",
        "liberation_day": "Liberation Day",
        "good_friday": "Good Friday",
        "holy_saturday": "Holy Saturday",
        "easter": "Easter",
        "labour_day": "Labor Day and International Workers' Solidarity Day",
        "saint_george": "Saint George's Day, Day of the Bulgarian Army",
        "education_day": "Day of Slavonic Alphabet, Bulgarian Enlightenment and Culture",
        "bg_unification": "Unification Day",
        "bg_independence": "Independence Day",
        "christmas_eve": "Christmas Eve",
        "christmas": "Christmas Day",
    },
}
DAY_OFF = "day_off"  # a day off that is no holiday itself: moved from a weekend, or granted once
HOLIDAY = "holiday"  # a holiday of a country whose names nobody has translated

_MOVED = ("Day off (", "Non-working day")
_OBSERVED = " (observed)"
_SWAPPED = re.compile(r"Day off \(substituted from (\d\d/\d\d/\d{4})\)")


class UnknownCountry(Exception):
    """`holidays` has no calendar for this ISO 3166 code."""


def load_almanac(country: str, first_year: int, last_year: int) -> Almanac:
    """The days off and working weekends of a country (ISO 3166, upper case), both years inclusive.

    `last` of the almanac is the last day on which it is certain; what is known beyond stays in it. Raises
    UnknownCountry.
    """
    years = range(first_year, last_year + 1)
    if len(country) != 2 or not country.isupper():  # the library would also take "Russia", "RUS" and worse
        raise UnknownCountry(country)
    try:
        public = holidays.country_holidays(country, years=years, language="en_US")
    except NotImplementedError as error:  # the library's word for a country that it has no calendar of
        raise UnknownCountry(country) from error
    keys = {name: key for key, name in HOLIDAYS.get(country, {}).items()}
    names = dict(sorted(public.items()))
    first, end = date(first_year, 1, 1), date(last_year, 12, 31)
    every_day = (first + timedelta(days=n) for n in range((end - first).days + 1))
    return Almanac(
        country=country,
        first=first,
        last=min(end, VERIFIED_UNTIL.get(country, end)),
        days_off=MappingProxyType(
            {day: _key(keys, name) for day, name in names.items() if not public.is_working_day(day)}
        ),
        worked=frozenset(day for day in every_day if public.is_weekend(day) and public.is_working_day(day)),
        short=frozenset(_short_days(names)) if country == "RU" else frozenset(),
    )


def known_until(almanac: Almanac) -> date:
    """The last day for which the almanac is complete; beyond it, days off may be missing and the owner is warned."""
    return almanac.last


def warning(almanac: Almanac, today: date) -> str:
    """What the operator should know where the certainty ends soon; empty where it does not."""
    if almanac.last - today > WARN_AHEAD:
        return ""
    return (
        f"public holidays of {almanac.country} are known until {almanac.last}: a promise beyond may fall on one;"
        " update the `holidays` library"
    )


def _short_days(names: Mapping[date, str]) -> Iterator[date]:
    """The eves of public holidays, weekends too; for an eve that is a day off, the weekend worked in its place."""
    for day, name in names.items():
        eve = names.get(day - timedelta(days=1), "")
        if _is_moved(name):
            continue
        if not eve:
            yield day - timedelta(days=1)
        elif swapped := _SWAPPED.fullmatch(eve):
            worked = datetime.strptime(swapped[1], "%m/%d/%Y").date()  # noqa: DTZ007 - a date
            if worked not in names:
                yield worked


def _key(keys: dict[str, str], name: str) -> str:
    """The key of a name; of two holidays on one day, the first counts."""
    name = name.split("; ")[0]
    return DAY_OFF if _is_moved(name) else keys.get(name, HOLIDAY)


def _is_moved(name: str) -> bool:
    return name.startswith(_MOVED) or name.endswith(_OBSERVED)
