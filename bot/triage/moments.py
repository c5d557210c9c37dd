"""One resolver for both languages: what a group of parts means on the calendar of the client.

Moments are aware and in the zone of `sent`. Days are reckoned on the calendar; hours and minutes from now are elapsed
time, exact over the change of the clocks. The conventions (a day is 18:00, „за" a day 10:00) are in `lexicon` and here.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.triage.lexicon import DAY_PART_ENDS, DayPart
from bot.triage.values import NEXT_MONTH, Before, Clock, Dated, DaysOn, Elapsed, Gone, Part, Period, Weekday, Zoned

END_OF_DAY = time(18)
START_OF_DAY = time(10)
_LAST_MINUTE = time(23, 59)
_FRIDAY, _SUNDAY = 4, 6
_SOON = timedelta(hours=2)  # a bare hour so near in the early morning is that morning's
_NIGHT_ENDS = 5  # an hour up to this one, named "of the night", is after midnight

# Prepositions that make a day mean its start: the thing is needed when that day begins.
_BY_THE_START = frozenset(("к", "ко", "за"))

_MORNING = frozenset((DayPart.MORNING, DayPart.EARLY))
_AFTERNOON = frozenset((DayPart.DAY, DayPart.AFTERNOON, DayPart.NOON, DayPart.LUNCH_BG, DayPart.LUNCH_RU))
_EVENING = frozenset((DayPart.EVENING, DayPart.BEFORE_EVENING, DayPart.UNTIL_EVENING_BG))


def _friday(day: date) -> date:
    """The Friday of the working week that `day` is in; on a weekend, of the next one."""
    return day + timedelta(days=(_FRIDAY - day.weekday()) % 7)


def _next_monday(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _before_holiday(month: int, number: int) -> Callable[[date], date]:
    def eve(day: date) -> date:
        this = date(day.year, month, number)
        return this if this >= day else date(day.year + 1, month, number)

    return eve


def easter(year: int) -> date:
    """Orthodox Easter Sunday, 1900 to 2099: the Julian computus of Meeus, 13 days on."""
    golden = (19 * (year % 19) + 15) % 30
    week = (2 * (year % 4) + 4 * (year % 7) - golden + 34) % 7
    return date(year, (golden + week + 114) // 31, (golden + week + 114) % 31 + 1) + timedelta(days=13)


def _next_easter(day: date) -> date:
    this = easter(day.year)
    return this if this >= day else easter(day.year + 1)


PERIODS: dict[str, Callable[[date], date]] = {
    "today": lambda day: day,
    "week": _friday,
    "before_weekend": _friday,
    "weekend": lambda day: day + timedelta(days=(_SUNDAY - day.weekday()) % 7),
    "next_week": lambda day: _friday(_next_monday(day)),
    "next_week_start": _next_monday,
    "month": _month_end,
    "year": lambda day: date(day.year, 12, 31),
    "new_year": _before_holiday(12, 31),
    "christmas": _before_holiday(12, 24),
    "easter": _next_easter,
}


@dataclass(frozen=True, slots=True)
class Frame:
    """Parts that stand together and name one moment."""

    parts: tuple[Part, ...]

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        return self.parts[-1].end

    @property
    def prepositions(self) -> frozenset[str]:
        return frozenset(part.preposition for part in self.parts if part.preposition)

    @property
    def has_day(self) -> bool:
        return any(isinstance(part.value, DaysOn | Weekday | Dated | Period) for part in self.parts)

    @property
    def has_clock(self) -> bool:
        return any(isinstance(part.value, Clock | DayPart) for part in self.parts)

    @property
    def days(self) -> tuple[Part, ...]:
        """The parts that name a day."""
        return tuple(part for part in self.parts if isinstance(part.value, DaysOn | Weekday | Dated | Period))

    @property
    def is_precise(self) -> bool:
        """Whether it names a clock time or counts minutes."""
        return any(isinstance(part.value, Clock | Elapsed) for part in self.parts)

    @property
    def is_gone(self) -> bool:
        return any(isinstance(part.value, Gone) for part in self.parts)


# A weekday and a date may name the same day («в пятницу 29 мая»): the date decides.
_TOGETHER = frozenset((frozenset(("weekday", "date")), frozenset(("weekday", "day")), frozenset(("day", "date"))))


def fits(parts: tuple[Part, ...], part: Part) -> bool:
    """Whether a further part says something of the same moment that the parts do not say yet."""
    kinds = [_slot(other) for other in parts]
    slot = _slot(part)
    if "elapsed" in kinds or slot == "elapsed":
        return slot == "zone"
    if slot == "gone" or ("gone" in kinds and slot not in ("clock", "daypart", "zone")):
        return False
    days = {kind for kind in kinds if kind in ("day", "weekday", "date")}
    if slot in ("day", "weekday", "date") and days:
        return len(days) == 1 and frozenset((*days, slot)) in _TOGETHER
    return slot not in kinds


def _slot(part: Part) -> str:
    match part.value:
        case Clock():
            return "clock"
        case DayPart():
            return "daypart"
        case Zoned():
            return "zone"
        case Gone():
            return "gone"
        case Elapsed() | Before():
            return "elapsed"
        case Weekday():
            return "weekday"
        case Dated():
            return "date"
        case DaysOn() | Period():
            return "day"


def resolve(frame: Frame, sent: datetime) -> datetime | None:
    """The moment a frame names, None without one. A date or a part of today that is over stays past."""
    zone = next((ZoneInfo(part.value.zone) for part in frame.parts if isinstance(part.value, Zoned)), None)
    here = sent.astimezone(zone) if zone else sent
    moment = _resolve(frame, here)
    return moment.astimezone(sent.tzinfo) if moment and zone else moment


def _resolve(frame: Frame, sent: datetime) -> datetime | None:
    day: date | None = None
    clock: Clock | None = None
    part_of_day: DayPart | None = None
    dated = False
    for part in frame.parts:
        match part.value:
            case Elapsed(minutes):
                return after(sent, minutes)
            case Before() | Gone():
                return None
            case Clock():
                clock = part.value
            case DayPart():
                part_of_day = part.value
            case Zoned():
                pass
            case DaysOn() | Weekday() | Dated() | Period():
                dated = dated or isinstance(part.value, Dated)
                if day is None or isinstance(part.value, Dated) or not dated:
                    day = _day(part.value, sent.date())
                if day is None:
                    return None
    if clock:
        return _at_clock(clock, part_of_day, day, sent)
    if part_of_day:
        return _at_day_part(part_of_day, day, sent)
    if day is None:
        return None
    starts = day != sent.date() and frame.prepositions & _BY_THE_START
    moment = _at(day, START_OF_DAY if starts else END_OF_DAY, sent)
    return moment if moment > sent or day != sent.date() else _at(day, _LAST_MINUTE, sent)


def after(sent: datetime, minutes: int) -> datetime:
    """So many elapsed minutes after `sent`, in its zone."""
    return (sent.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(sent.tzinfo)


def _at(day: date, clock: time, sent: datetime) -> datetime:
    return datetime.combine(day, clock, tzinfo=sent.tzinfo)


def _day(value: DaysOn | Weekday | Dated | Period, today: date) -> date | None:
    match value:
        case DaysOn(days, months, working):
            if working:
                return _working_days_on(today, days)
            return _months_on(today, months) if months else today + timedelta(days=days)
        case Weekday(number, weeks):
            if weeks:
                return _next_monday(today) + timedelta(days=number)
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
        case Period(name):
            return PERIODS[name](today)
        case Dated():
            return _date(value, today)


def _working_days_on(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _months_on(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _date(value: Dated, today: date) -> date | None:
    """The next such date; day 0 is the last of its month."""
    if value.month == NEXT_MONTH:
        later = _months_on(today.replace(day=1), 1)
        return _valid(later.year, later.month, value.day)
    if value.year:
        return _valid(value.year, value.month, value.day)
    if value.month:
        candidates = [_valid(year, value.month, value.day) for year in (today.year, today.year + 1)]
    else:
        later = _months_on(today.replace(day=1), 1)
        candidates = [_valid(first.year, first.month, value.day) for first in (today, later)]
    return next((found for found in candidates if found and found >= today), None)


def _valid(year: int, month: int, day: int) -> date | None:
    last = monthrange(year, month)[1]
    return date(year, month, day or last) if day <= last else None


def _at_clock(clock: Clock, part: DayPart | None, day: date | None, sent: datetime) -> datetime:
    hour, base = clock.hour, day or sent.date()
    late = 0  # days that the clock time lies after the day named
    if part in _EVENING or part is DayPart.LATE:
        if 4 <= hour < 12:
            hour += 12
        elif hour == 12:
            hour, late = 0, 1
    elif part in _AFTERNOON:
        hour += 12 if hour <= 6 else 0
    elif part is DayPart.NIGHT:
        if 9 <= hour < 12:
            hour += 12
        elif hour in (12, 24) or (hour <= _NIGHT_ENDS and day is not None and sent.hour >= _NIGHT_ENDS):
            hour, late = (0 if hour in (12, 24) else hour), 1
    elif part not in _MORNING and clock.bare:
        hour = _likely_hour(clock, base, sent, named=day is not None)
    if hour == 24:
        hour, late = 0, 1
    moment = _at(base + timedelta(days=late), time(hour, clock.minute), sent)
    if moment <= sent and day is None:
        moment = _at(base + timedelta(days=late + 1), time(hour, clock.minute), sent)
    return moment


def _likely_hour(clock: Clock, day: date, sent: datetime, *, named: bool) -> int:
    """A bare 1..7 is the afternoon; 8..11 too when the morning of that day is over and the evening is not.

    With minutes (6:10) both are as likely: then the nearer one.
    """
    if clock.hour >= 12:
        return clock.hour
    morning, evening = (_at(day, time(hour, clock.minute), sent) for hour in (clock.hour, clock.hour + 12))
    if clock.digital:
        return clock.hour if sent < morning or sent >= evening else clock.hour + 12
    if 1 <= clock.hour <= 7:
        return clock.hour if not named and timedelta(0) < morning - sent <= _SOON else clock.hour + 12
    is_evening = morning <= sent < evening and (named or sent.hour >= 12)
    return clock.hour + 12 if is_evening else clock.hour


def _at_day_part(part: DayPart, day: date | None, sent: datetime) -> datetime:
    clock, base = DAY_PART_ENDS[part], day or sent.date()
    if clock is None:
        return _at(base + timedelta(days=1), time(0), sent)
    moment = _at(base, clock, sent)
    if moment > sent:
        return moment
    if day is None and part in (*_MORNING, *_AFTERNOON):
        return _at(base + timedelta(days=1), clock, sent)
    return _at(base, _LAST_MINUTE, sent) if base == sent.date() else moment
