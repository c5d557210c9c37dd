"""Clock times of days as stretches of time.

Clock times become moments by one rule, which never runs backwards: a time that occurs twice (clocks going back) is its
first occurrence, a time that does not occur (clocks going forward) is the moment of the change. Moments are aware UTC,
stretches half-open. A naive moment is our own bug and raises ValueError.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.desk import Span

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A stretch [start, end) in which the owner reads and answers, or works; aware UTC."""

    start: datetime
    end: datetime


def stretches(
    zone: ZoneInfo, spans_of: Callable[[date], tuple[Span, ...]], start: datetime, end: datetime
) -> Iterator[Window]:
    """The stretches overlapping [start, end) that the spans of each day amount to, in order.

    Overlapping and adjacent ones are merged, up to 24 hours by the clock.
    """
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError(f"naive moment: {start} .. {end}")
    # A stretch that is open at `start` began a day before at the latest, and one before that may reach into it. The day
    # after `end` may prolong a stretch that began before it.
    first, last = start.astimezone(zone).date() - 2 * DAY, end.astimezone(zone).date() + DAY
    days = (first + n * DAY for n in range((last - first).days + 1))
    held: Window | None = None
    opened = closed = datetime.combine(first, time())  # of `held`, by the local clock
    for opens, closes in (times for day in days for times in clock_times(day, spans_of(day))):
        window = Window(moment_of(zone, opens), moment_of(zone, closes))
        if held and window.start <= held.end:
            if closes - opened <= DAY:
                held, closed = Window(held.start, max(held.end, window.end)), max(closed, closes)
                continue
            window, opens = Window(held.end, window.end), max(opens, closed)
        if window.start >= window.end:
            continue
        if held and start < held.end:
            if held.start >= end:
                return
            yield held
        held, opened, closed = window, opens, closes
    if held and start < held.end and held.start < end:
        yield held


def clock_times(day: date, spans: tuple[Span, ...]) -> Iterator[tuple[datetime, datetime]]:
    """Start and end of every span of a day by the local clock, in order of their starts."""
    for span in sorted(spans):
        until = day if span.start < span.end else day + DAY
        yield datetime.combine(day, span.start), datetime.combine(until, span.end)


def moment_of(zone: ZoneInfo, clock: datetime) -> datetime:
    """The UTC moment of a local clock time, by the rule of this module."""
    aware = clock.replace(tzinfo=zone)
    first, second = aware.astimezone(UTC), aware.replace(fold=1).astimezone(UTC)
    if first <= second:
        return first
    # The clock skips this time: read with the offset before the change it comes out after it, and the reverse. The
    # change is the first moment in between at which the clock is already past it.
    low, high = second, first
    while high - low > SECOND:
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.astimezone(zone).replace(tzinfo=None) > clock:
            high = middle
        else:
            low = middle
    return high
