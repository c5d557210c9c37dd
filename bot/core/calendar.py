"""When the desk reads and answers: its windows as moments, the moment an answer is due, and why it is not sooner.

Everything given and returned is aware, windows are UTC and half-open (`stretches` turns clock times into moments). A
naive moment is our own bug and raises ValueError.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from zoneinfo import ZoneInfo

from bot.core.desk import Away, Desk, Span, Week
from bot.core.stretches import DAY, Window, clock_times, moment_of, stretches

REACH = timedelta(days=400)  # how far ahead a window is looked for: a year away, and the holidays after it
HOUR = timedelta(hours=1)


class NoWindow(Exception):
    """The desk opens no window within `REACH` that leaves enough time to answer."""


class Cause(StrEnum):
    """What stands between a message and its answer. Where several do, the one listed first is told."""

    VACATION = "vacation"
    LONG_HOLIDAYS = "long_holidays"
    HOLIDAY = "holiday"
    BUSY = "busy"
    WEEKEND = "weekend"
    OFF_HOURS = "off_hours"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Delay:
    """Why the answer is not due sooner, with the facts that a sentence on it needs; dates are the owner's.

    VACATION: `first`..`last` are the days away (inclusive, neighbouring spans joined), `name` the reason given.
    LONG_HOLIDAYS: `first`..`last` are the free days in a row around two or more days off, weekends included.
    HOLIDAY: `first` is the day off, `name` the key of its name, `last` the last free day in the row with it.
    Both carry the `country` whose holiday it is. WEEKEND, OFF_HOURS, BUSY and NONE need no facts.
    """

    cause: Cause = Cause.NONE
    first: date | None = None
    last: date | None = None
    name: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """The moment (UTC) by which an answer is promised, the window that it ends, and why it is not sooner."""

    moment: datetime
    window: Window
    delay: Delay = Delay()


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public day off that falls on a day the desk would have worked. `name` is a key of `bot.almanac`."""

    day: date
    name: str


def is_working_day(desk: Desk, day: date) -> bool:
    """Does the owner work on this day of theirs? Single days first, then away spans, then holidays, then the week."""
    if (single := desk.days.get(day)) is not None:
        return bool(single)
    return not _away(desk, day) and day not in desk.almanac.days_off and _in_week(desk, day)


def windows_between(desk: Desk, start: datetime, end: datetime) -> Iterator[Window]:
    """The windows that overlap [start, end), whole, in order; overlapping and adjacent ones are merged.

    A window over midnight belongs to the day on which it starts. Merging stops at 24 hours by the clock, so that a desk
    which never closes still has windows that end.
    """
    return _between(desk, _windows, start, end)


def hours_between(desk: Desk, start: datetime, end: datetime) -> Iterator[Window]:
    """The stretches of working hours that overlap [start, end), whole, in order, merged like windows."""
    return _between(desk, _hours, start, end)


def day_end(desk: Desk, day: date) -> datetime | None:
    """The end of the last window that starts on this day of the owner's; of its hours where it has no window."""
    zone = ZoneInfo(desk.owner.zone)
    for spans in (_windows(desk, day), _hours(desk, day)):
        moments = [(moment_of(zone, opens), moment_of(zone, closes)) for opens, closes in clock_times(day, spans)]
        if ends := [closes for opens, closes in moments if opens < closes]:
            return max(ends)
    return None


def window_at(desk: Desk, moment: datetime) -> Window | None:
    """The window that is open at this moment."""
    return next(windows_between(desk, moment, moment + timedelta.resolution), None)


def next_window(desk: Desk, moment: datetime) -> Window | None:
    """The first window that starts after this moment; None when there is none within `REACH`."""
    return next((window for window in windows_between(desk, moment, moment + REACH) if window.start > moment), None)


def is_off_hours(desk: Desk, moment: datetime) -> bool:
    """Is this outside the working days and hours of the desk? A break between two stretches of hours is."""
    return not any(hours_between(desk, moment, moment + timedelta.resolution))


def next_holiday(desk: Desk, moment: datetime) -> Holiday | None:
    """The first public day off, today included, that frees a day which the desk would have worked."""
    today = local_date(desk, moment)
    day = min((day for day in desk.almanac.days_off if day >= today and _freed(desk, day)), default=None)
    return Holiday(day, desk.almanac.days_off[day]) if day else None


def promise_due(desk: Desk, arrived: datetime, *, earliest: datetime | None = None) -> Due:
    """The end of the first window that still has `rules.lead` left when the message arrives and is not full.

    Where the answer takes its time, it is a window that does not end before `earliest`. Raises `NoWindow`.
    """
    busy = False
    for window in windows_between(desk, arrived, arrived + REACH):
        if window.end - max(arrived, window.start) < desk.rules.lead or (earliest and window.end < earliest):
            continue
        if window.end in desk.full:
            busy = True
            continue
        return Due(window.end, window, _delay(desk, arrived, window, busy))
    raise NoWindow(f"desk {desk.id} opens no window of {desk.rules.lead} within {REACH.days} days of {arrived}")


# Why not sooner


def _delay(desk: Desk, arrived: datetime, window: Window, busy: bool) -> Delay:
    """The first cause of `Cause` that holds between the day of arrival and the day of the window."""
    today, day = local_date(desk, arrived), local_date(desk, window.start)
    free = [waited for waited in _days(today, day) if not is_working_day(desk, waited)]
    if delay := _vacation(desk, today, free) or _holiday(desk, free):
        return delay
    if busy:
        return Delay(Cause.BUSY)
    if any(waited.weekday() >= 5 for waited in free):
        return Delay(Cause.WEEKEND)
    # A lunch break is no reason to speak of off-hours: from the first hour of a day to its last one the owner is there.
    present = window.start <= arrived or any(_between(desk, _presence, arrived, arrived + timedelta.resolution))
    return Delay(Cause.NONE if present else Cause.OFF_HOURS)


def _vacation(desk: Desk, today: date, free: list[date]) -> Delay | None:
    """The away span that the answer waits for: one that has begun, or one that takes a day which would be worked."""
    spans = [away for day in free if (away := _away(desk, day)) and (away.start <= today or _workable(desk, day))]
    if not spans:
        return None
    last = spans[-1]
    first, end = last.start, last.end
    for away in sorted(desk.away, reverse=True):
        if away.start < first <= away.end + DAY:
            first = away.start
    return Delay(Cause.VACATION, first, end, last.reason)


def _holiday(desk: Desk, free: list[date]) -> Delay | None:
    """The public days off that the answer waits for, if one of them takes a day which would be worked."""
    if not any(_freed(desk, day) for day in free):
        return None
    almanac = desk.almanac
    days_off = [day for day in free if day in almanac.days_off]
    last = days_off[-1]
    while last + DAY in free:
        last += DAY
    if len(days_off) == 1:
        day = days_off[0]
        return Delay(Cause.HOLIDAY, day, last, almanac.days_off[day], almanac.country)
    first = days_off[-1]
    while last - first < REACH and not is_working_day(desk, first - DAY):
        first -= DAY
    return Delay(Cause.LONG_HOLIDAYS, first, last, country=almanac.country)


def _freed(desk: Desk, day: date) -> bool:
    """Is this a day that the desk would have worked, were it not a public day off?"""
    return day in desk.almanac.days_off and day not in desk.days and _in_week(desk, day)


def _workable(desk: Desk, day: date) -> bool:
    return day not in desk.almanac.days_off and _in_week(desk, day)


# Days


def _away(desk: Desk, day: date) -> Away | None:
    return next((away for away in desk.away if away.start <= day <= away.end), None)


def _in_week(desk: Desk, day: date) -> bool:
    return bool(_week_spans(desk, desk.windows, day) or _week_spans(desk, desk.hours, day))


def _week_spans(desk: Desk, week: Week, day: date) -> tuple[Span, ...]:
    """What the week says of this day. A working weekend without spans of its own has those of the last weekday."""
    weekday = day.weekday()
    if week[weekday] or not (desk.rules.working_weekends and day in desk.almanac.worked):
        return week[weekday]
    return next((week[earlier] for earlier in range(weekday - 1, -1, -1) if week[earlier]), ())


def _windows(desk: Desk, day: date) -> tuple[Span, ...]:
    if (single := desk.days.get(day)) is not None:
        return single
    if not is_working_day(desk, day):
        return ()
    spans = _week_spans(desk, desk.windows, day)
    return _shortened(desk, day, spans) or tuple(sorted(spans)[:1])  # on a day of reading there is a window to promise


def _hours(desk: Desk, day: date) -> tuple[Span, ...]:
    """The working hours of this day; where none are set, from the first window to the last."""
    if not is_working_day(desk, day):
        return ()
    if day in desk.days:
        return _week_spans(desk, desk.hours, day) or _envelope(_windows(desk, day))
    return _shortened(desk, day, _week_spans(desk, desk.hours, day)) or _envelope(_windows(desk, day))


def _shortened(desk: Desk, day: date, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans without what lies in the last hour of a short day, and after it (Labour Code of Russia, art. 95).

    The day ends with the last of its hours, or of its windows where it has no hours.
    """
    worked = _week_spans(desk, desk.hours, day) or _week_spans(desk, desk.windows, day)
    if not worked or day not in desk.almanac.short or not desk.rules.short_days:
        return spans
    leaves = max(closes for _, closes in clock_times(day, worked)) - HOUR
    times = clock_times(day, spans)
    return tuple(Span(opens.time(), min(closes, leaves).time()) for opens, closes in times if opens < leaves)


def _presence(desk: Desk, day: date) -> tuple[Span, ...]:
    return _envelope(_hours(desk, day))


def _envelope(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """From the first start to the last end, breaks included."""
    return (Span(min(spans).start, max(spans).end),) if spans else ()


def _days(first: date, end: date) -> Iterator[date]:
    while first < end:
        yield first
        first += DAY


def _between(
    desk: Desk, spans_of: Callable[[Desk, date], tuple[Span, ...]], start: datetime, end: datetime
) -> Iterator[Window]:
    return stretches(ZoneInfo(desk.owner.zone), partial(spans_of, desk), start, end)


def local_date(desk: Desk, moment: datetime) -> date:
    """The day of the owner's in which a moment lies."""
    return moment.astimezone(ZoneInfo(desk.owner.zone)).date()
