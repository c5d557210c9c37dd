"""A desk as its owner writes it down: TOML in, Desk out, or everything that is wrong with it at once.

`config/desk.toml` shows every key. What is refused is refused with its line, what was expected and an example, in
English, the operator's language.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.almanac import UnknownCountry, load_almanac
from bot.core.desk import Almanac, AnswerTime, Away, Desk, Gender, Owner, Preference, Rules, Span, Voice, Week
from bot.core.kinds import THINGS
from bot.core.night import HARMS
from bot.core.verdict import Language
from bot.tomlpage import Page, Section, Wrong

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "owner": ("name", "gender", "language", "zone", "country"),
        "hours": WEEKDAYS,
        "windows": WEEKDAYS,
        "away": ("from", "to", "reason"),
        "days": ("date", "windows"),
        "answers": ("for", "client", "working_days", "working_hours"),
        "channels": ("name", "address", "for", "reason"),
        "gate": (
            "lead_minutes",
            "burst_quiet_seconds",
            "burst_limit_seconds",
            "live_quiet_minutes",
            "weekly_alarms",
            "spam",
            "working_weekends",
            "short_days",
            "window_capacity",
            "hold_answers",
            "voice",
        ),
        "digest": ("by_itself", "minutes_after_opening", "board"),
        "night": ("hours", "rings"),
        "backup": ("name", "telegram_id"),
    }
)

E = TypeVar("E", bound=StrEnum)


class DeskFileError(Exception):
    """The desk file cannot be used. `problems` are sentences for the operator, in the order of the file."""

    def __init__(self, source: str, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{source}: {problem}" for problem in self.problems))


def read_desk(source: Path | str, *, desk_id: str, first_year: int, last_year: int) -> Desk:
    """The desk that a file (Path) or a text describes, with the public holidays of the years first..last.

    Only `[owner] name` and `[windows]` are required. Raises DeskFileError.
    """
    name, text = _text_of(source)
    try:
        page = Page(text, KEYS)
    except tomllib.TOMLDecodeError as error:
        raise DeskFileError(name, [f"not valid TOML: {error}"]) from error
    desk = _desk(page, desk_id, (first_year, last_year))
    if page.problems:
        raise DeskFileError(name, page.problems)
    return desk


def _text_of(source: Path | str) -> tuple[str, str]:
    if isinstance(source, str):
        return "desk file", source
    try:
        return str(source), source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DeskFileError(str(source), [f"cannot be read: {error}"]) from error


def _desk(page: Page, desk_id: str, years: tuple[int, int]) -> Desk:
    owner, usual = page.section("owner"), Owner("")
    almanac = owner.get("country", _almanac(years), None) or load_almanac(usual.country, *years)
    reading = page.section("windows")
    windows = _week(reading)
    rules = _rules(page)
    backup = page.section("backup")
    if "windows" not in page:
        page.refuse((), 'section [windows] is missing: when are messages read? For example mon = ["10:00-11:00"]')
    elif not any(reading.table.values()):
        page.refuse(("windows",), 'no window on any day: for example mon = ["10:00-11:00"]')
    elif max((_length(span) for day in windows for span in day), default=rules.lead) < rules.lead:
        page.refuse(("windows",), f"no window is as long as gate.lead_minutes ({rules.lead // timedelta(minutes=1)})")
    return Desk(
        id=desk_id,
        owner=Owner(
            name=owner.need("name", _text, "Анна Петрова"),
            gender=owner.get("gender", _one_of(Gender), usual.gender),
            language=owner.get("language", _one_of(Language), usual.language),
            zone=owner.get("zone", _zone, usual.zone),
            country=almanac.country,
            backup=f"tg:{backup.need('telegram_id', _telegram_id, 0)}" if "backup" in page else "",
            backup_name=backup.need("name", _text, "") if "backup" in page else "",
        ),
        windows=windows,
        almanac=almanac,
        hours=_week(page.section("hours")),
        away=tuple(_away(entry) for entry in page.entries("away")),
        days=MappingProxyType(_days(page.entries("days"))),
        answers=tuple(_answer_time(entry) for entry in page.entries("answers")),
        preferences=tuple(_preference(entry) for entry in page.entries("channels")),
        rules=rules,
    )


# Sections


def _week(section: Section) -> Week:
    return tuple(section.get(day, _spans, ()) for day in WEEKDAYS)


def _away(entry: Section) -> Away:
    start = entry.need("from", _date, date.min)
    end = entry.need("to", _date, date.max)
    if end < start:
        entry.refuse("to", f"to = {end} is before from = {start}; both days are inclusive")
    return Away(start, end, entry.get("reason", _text, Away(start, end).reason))


def _days(entries: Iterable[Section]) -> dict[date, tuple[Span, ...]]:
    days: dict[date, tuple[Span, ...]] = {}
    for entry in entries:
        day = entry.need("date", _date, date.min)
        if day in days:
            entry.refuse("date", f"date = {day} is given twice")
        days[day] = entry.need("windows", _spans, ())
    return days


def _answer_time(entry: Section) -> AnswerTime:
    answer = AnswerTime(
        kinds=entry.get("for", _kinds, ()),
        client=entry.get("client", _text, ""),
        working_days=entry.get("working_days", _count(1, 60), 0),
        working_time=entry.get("working_hours", _duration("hours", 0.25, 400), timedelta(0)),
    )
    if entry.table.keys().isdisjoint(("for", "client")):
        entry.page.refuse(entry.place, 'whose answers? for = ["estimate"], or client = "Иван Кузнецов", or both')
    if len(entry.table.keys() & {"working_days", "working_hours"}) != 1:
        entry.page.refuse(entry.place, "how long? either working_days = 2 or working_hours = 4")
    return answer


def _preference(entry: Section) -> Preference:
    return Preference(
        name=entry.need("name", _text, ""),
        address=entry.need("address", _text, ""),
        kinds=entry.get("for", _kinds, ()),
        reason=MappingProxyType(entry.get("reason", _by_language, {})),
    )


def _rules(page: Page) -> Rules:
    usual = Rules()
    gate, digest, night = page.section("gate"), page.section("digest"), page.section("night")
    rules = Rules(
        lead=gate.get("lead_minutes", _duration("minutes", 0, 480), usual.lead),
        burst_quiet=gate.get("burst_quiet_seconds", _duration("seconds", 0, 60), usual.burst_quiet),
        burst_limit=gate.get("burst_limit_seconds", _duration("seconds", 0, 600), usual.burst_limit),
        live_quiet=gate.get("live_quiet_minutes", _duration("minutes", 0, 1440), usual.live_quiet),
        weekly_alarms=gate.get("weekly_alarms", _count(0, 100), usual.weekly_alarms),
        spam=gate.get("spam", _flag, usual.spam),
        working_weekends=gate.get("working_weekends", _flag, usual.working_weekends),
        short_days=gate.get("short_days", _flag, usual.short_days),
        window_capacity=gate.get("window_capacity", _count(0, 1000), usual.window_capacity),
        hold_answers=gate.get("hold_answers", _flag, usual.hold_answers),
        voice=gate.get("voice", _one_of(Voice), usual.voice),
        digest=digest.get("by_itself", _flag, usual.digest),
        digest_delay=digest.get("minutes_after_opening", _duration("minutes", 0, 240), usual.digest_delay),
        board=digest.get("board", _flag, usual.board),
        night=night.need("hours", _night, usual.night) if "night" in page else None,
        night_rings=night.get("rings", _harms, usual.night_rings),
    )
    if rules.burst_limit < rules.burst_quiet:
        gate.refuse("burst_limit_seconds", "burst_limit_seconds is less than burst_quiet_seconds")
    return rules


# Values: what a key accepts


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Wrong('text in quotes, for example "Анна Петрова"')
    return value.strip()


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise Wrong("true or false")
    return value


def _count(low: int, high: int) -> Callable[[object], int]:
    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise Wrong(f"a whole number from {low} to {high}, without quotes")
        return value

    return check


def _duration(unit: str, low: float, high: float) -> Callable[[object], timedelta]:
    def check(value: object) -> timedelta:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise Wrong(f"a number of {unit} from {low} to {high}, without quotes")
        return timedelta(**{unit: value})

    return check


def _telegram_id(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise Wrong("a numeric Telegram id, for example 123456789")
    return value


def _night(value: object) -> Span | None:
    return _span(value)


def _harms(value: object) -> frozenset[str]:
    if not isinstance(value, list) or not all(each in HARMS for each in value):
        raise Wrong(f'a list of {", ".join(HARMS)}, for example ["outage", "safety"]')
    return frozenset(value)


def _one_of(choices: type[E]) -> Callable[[object], E]:
    def check(value: object) -> E:
        try:
            return choices(str(value))
        except ValueError as error:
            raise Wrong("one of " + ", ".join(f'"{choice}"' for choice in choices)) from error

    return check


def _zone(value: object) -> str:
    try:
        return ZoneInfo(_text(value)).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: a directory of zones, "Europe"
        raise Wrong('an IANA time zone, for example "Europe/Moscow" or "Europe/Sofia"') from error


def _almanac(years: tuple[int, int]) -> Callable[[object], Almanac]:
    def check(value: object) -> Almanac:
        try:
            return load_almanac(str(value), *years)
        except UnknownCountry as error:
            raise Wrong('the code of a country whose public holidays are known, for example "RU" or "BG"') from error

    return check


def _date(value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Wrong("a date without quotes, for example 2026-12-24")
    return value


def _kinds(value: object) -> tuple[str, ...]:
    example = f'a list of {", ".join(THINGS)}, for example ["file", "invoice"]'
    if not isinstance(value, list):
        raise Wrong(example)
    for kind in value:
        if kind not in THINGS:
            raise Wrong(example, str(kind))
    return tuple(value)


def _by_language(value: object) -> dict[Language, str]:
    example = 'a text for each language, for example { ru = "…", bg = "…" }'
    if not isinstance(value, dict):
        raise Wrong(example)
    try:
        return {Language(language): _text(text) for language, text in value.items()}
    except (ValueError, Wrong) as error:
        raise Wrong(example) from error


_SPAN = re.compile(r"\s*(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)\s*")


def _spans(value: object) -> tuple[Span, ...]:
    """Spans of one day in the order of their starts. One that ends at or before its start runs over midnight."""
    if not isinstance(value, list):
        raise Wrong('a list of spans, for example ["10:00-11:00", "22:00-01:00"]; [] for none')
    spans = sorted(_span(text) for text in value)
    for before, after in pairwise(spans):
        if before.end <= before.start or after.start < before.end:
            raise Wrong(f"spans that do not overlap; {_clock(before)} and {_clock(after)} do")
    return tuple(spans)


def _span(text: object) -> Span:
    found = _SPAN.fullmatch(text) if isinstance(text, str) else None
    start_hour, start_minute, end_hour, end_minute = map(int, found.groups()) if found else (99, 0, 99, 0)
    if (end_hour, end_minute) == (24, 0):
        end_hour = 0
    elif (start_hour, start_minute) == (end_hour, end_minute):
        start_hour = 99
    try:
        return Span(time(start_hour, start_minute), time(end_hour, end_minute))
    except ValueError as error:
        example = '"HH:MM-HH:MM", for example "10:00-11:00", or "22:00-01:00" over midnight, or "00:00-24:00"'
        raise Wrong(example, str(text)) from error


def _length(span: Span) -> timedelta:
    start, end = (datetime.combine(date.min, clock) for clock in (span.start, span.end))
    return end - start + timedelta(days=span.end <= span.start)


def _clock(span: Span) -> str:
    return f"{span.start:%H:%M}-{span.end:%H:%M}"
