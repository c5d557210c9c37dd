"""Readers: what a match of a pattern of time says; None where its numbers make no sense and the next may try."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeVar

from bot.triage.lexicon import (
    DAYS,
    FEASTS,
    HALF_TO,
    HOUR_WORDS,
    MINUTES,
    MONTHS,
    NUMBERS,
    ORDINALS,
    WEEKDAY_SHORTS,
    WEEKDAYS,
    loose,
)
from bot.triage.values import NEXT_MONTH, Before, Clock, Dated, DaysOn, Elapsed, Period, Value, Weekday

# More days than this from now are a term of a contract, not a day to look at the calendar for.
_LONGEST_COUNT = 62

Reader = Callable[[re.Match[str]], Value | None]

# Numbers that clients say roughly.
ROUGH = {
    "пару": 2, "пара": 2, "полтора": 1.5, "десятка": 10, "десяток": 10, "десетина": 10, "петнайсетина": 15,
    "двайсетина": 20, "трийсетина": 30, "двое": 2, "трое": 3, "четверо": 4,
}  # fmt: skip
TERMS = {
    "двух": 2, "дву": 2, "трех": 3, "три": 3, "четырех": 4, "четири": 4, "пяти": 5, "пет": 5, "семи": 7, "седем": 7,
    "десяти": 10, "десет": 10,
}  # fmt: skip
Of = TypeVar("Of")
_PARTS_OF_AN_HOUR = {"половина|пол": 30, "четвърти?|четверти": 15}
# Stretches that have a name of their own, by the group that names each in `phrases.STOPWATCH`, in minutes.
_SPANS = {"ninety": 90, "half": 30, "quarter": 15, "long": 75}


@cache
def _keys(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(loose(name) for name in names)


def _find(table: Mapping[str, Of], text: str) -> Of | None:
    """The value of the first key, a pattern, that fits the whole text, if one does."""
    fits = zip(_keys(tuple(table)), table.values(), strict=True)
    return next((value for key, value in fits if key.fullmatch(text)), None)


def _lookup(table: Mapping[str, Of], text: str) -> Of:
    """The value of a key that fits the whole text; KeyError where the pattern let something else through."""
    value = _find(table, text)
    if value is None:
        raise KeyError(text)
    return value


def _number(text: str) -> float:
    if text.isdigit():
        return int(text)
    return _find(ROUGH, text) or _lookup(NUMBERS, text)


def _minute(text: str) -> int:
    return _find(_PARTS_OF_AN_HOUR, text) or int(_number(text))


def _day(match: re.Match[str]) -> int | None:
    """The day of a month, in digits or in words."""
    ordinal = match.groupdict().get("ordinal")
    day = _lookup(ORDINALS, ordinal) if ordinal else int(match["day"])
    return day if 1 <= day <= 31 else None


def _hour_of(text: str) -> int:
    return int(text) if text.isdigit() else _lookup(HOUR_WORDS, text)


def _minutes(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if span := next((minutes for name, minutes in _SPANS.items() if groups.get(name)), 0):
        return span
    if one := groups.get("one"):
        return 60 if one.startswith("час") else 1
    unit = _lookup(MINUTES, match["unit"])
    return round(_number(match["count"]) * unit) + (unit // 2 if groups.get("more") else 0)


def read_elapsed(match: re.Match[str]) -> Value | None:
    minutes = _minutes(match)
    return Elapsed(minutes) if 0 < minutes <= 96 * 60 else None


def read_before(match: re.Match[str]) -> Value | None:
    return Before(_minutes(match))


def read_days_on(match: re.Match[str]) -> Value | None:
    if one := match["one"]:
        return DaysOn(months=1) if one.startswith("мес") else DaysOn(_lookup(DAYS, one))
    days = round(_number(match["count"]) * _lookup(DAYS, match["unit"]))
    return DaysOn(days, working=bool(match["working"])) if days <= _LONGEST_COUNT else None


def read_days_after(match: re.Match[str]) -> Value | None:
    """«Дня через два»: the unit first."""
    unit = 7 if match["unit"].startswith("недел") else 1
    return DaysOn(round(_number(match["count"]) * unit))


def read_days_term(match: re.Match[str]) -> Value | None:
    """«В трёхдневный срок», „в 3-дневен срок“."""
    count = match["count"] or match["bg"]
    days = int(count) if count.isdigit() else _find(TERMS, count)
    return DaysOn(days) if days else None


def read_clock(match: re.Match[str]) -> Value | None:
    hour, minute = int(match["hour"]), int(match["minute"])
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    return Clock(hour, minute, bare=1 <= hour <= 6 and not match["hour"].startswith("0"), digital=True)


def read_hour(match: re.Match[str]) -> Value | None:
    hour = _hour_of(match["hour"])
    return Clock(hour, bare=1 <= hour <= 12 and not match["hour"].startswith("0")) if hour <= 24 else None


def read_hour_and(match: re.Match[str]) -> Value | None:
    hour = _hour_of(match["hour"])
    minute = _minute(match["minute"])
    return Clock(hour, minute, bare=1 <= hour <= 12) if hour <= 24 and minute < 60 else None


def read_hour_less(match: re.Match[str]) -> Value | None:
    hour = _hour_of(match["hour"])
    less = _minute(match["minute"])
    return Clock((hour - 1) or 12, 60 - less, bare=1 <= hour <= 12) if 0 < less < 60 and 1 <= hour <= 24 else None


def read_quarter_past(match: re.Match[str]) -> Value | None:
    """«Четверть пятого»: a quarter past four."""
    return Clock(_lookup(HALF_TO, match["next"]), 15, bare=True)


def read_half_to(match: re.Match[str]) -> Value | None:
    return Clock(_lookup(HALF_TO, match["next"]), 30, bare=True)


def read_weekday(match: re.Match[str]) -> Value | None:
    return Weekday(_lookup(WEEKDAYS, match["name"]), 1 if match["next"] else 0)


def read_weekday_short(match: re.Match[str]) -> Value | None:
    return Weekday(_lookup(WEEKDAY_SHORTS, match["name"]))


def read_dated(match: re.Match[str]) -> Value | None:
    day = _day(match)
    return Dated(day, _lookup(MONTHS, match["month"]), int(match["year"] or 0)) if day else None


def read_month_end(match: re.Match[str]) -> Value | None:
    """The last day of a month, as day 0."""
    return Dated(0, _lookup(MONTHS, match["month"]))


def read_mid_month(match: re.Match[str]) -> Value | None:
    return Dated(15, _lookup(MONTHS, match["month"]))


def read_feast(match: re.Match[str]) -> Value | None:
    month, day = _lookup(FEASTS, match["feast"])
    return Dated(day, month) if day else Period("easter")


def read_numbered(match: re.Match[str]) -> Value | None:
    """A date all in digits: 24.11, 24.11.26, 24.11.2026, 24/11, 2026-11-24."""
    day, month, year = int(match["day"]), int(match["month"]), int(match.groupdict().get("year") or 0)
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return Dated(day, month, year + 2000 if 0 < year < 100 else year)


def read_day_of_month(match: re.Match[str]) -> Value | None:
    day = _day(match)
    return Dated(day) if day else None


def read_day_of_next_month(match: re.Match[str]) -> Value | None:
    day = _day(match)
    return Dated(day, NEXT_MONTH) if day else None


def always(value: Value) -> Reader:
    return lambda match: value
