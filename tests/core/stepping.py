"""An oracle that steps through time, and random desks for it.

It walks a wall clock that is never turned back (it waits while an hour repeats) and asks at each step whether a span of
yesterday or today is open. Of the engine it uses nothing.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.core.desk import EMPTY_WEEK, Almanac, Away, Desk, Owner, Rules, Span, Week
from bot.core.stretches import Window

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
STEP = timedelta(minutes=5)


# What the law says of a day


def free(desk: Desk, day: date) -> bool:
    if day in desk.days:
        return not desk.days[day]
    away = any(away.start <= day <= away.end for away in desk.away)
    planned = usual(desk, desk.windows, day) or usual(desk, desk.hours, day)
    return away or day in desk.almanac.days_off or not planned


def usual(desk: Desk, week: Week, day: date) -> tuple[Span, ...]:
    if week[day.weekday()]:
        return week[day.weekday()]
    if desk.rules.working_weekends and day in desk.almanac.worked:
        before = [week[weekday] for weekday in range(day.weekday()) if week[weekday]]
        return before[-1] if before else ()
    return ()


def minutes(span: Span) -> tuple[int, int]:
    start, end = (clock.hour * 60 + clock.minute for clock in (span.start, span.end))
    return start, end if end > start else end + 1440


def without_the_last_hour(desk: Desk, day: date, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    if day not in desk.almanac.short or not desk.rules.short_days:
        return spans
    worked = usual(desk, desk.hours, day) or usual(desk, desk.windows, day)
    leaves = max(minutes(span)[1] for span in worked) - 60 if worked else 0
    left = []
    for span in spans:
        start, end = minutes(span)
        if start < leaves:
            end = min(end, leaves) % 1440
            left.append(Span(span.start, time(end // 60, end % 60)))
    return tuple(left)


def reading(desk: Desk, day: date) -> tuple[Span, ...]:
    """The windows of a day."""
    if day in desk.days:
        return desk.days[day]
    if free(desk, day):
        return ()
    spans = usual(desk, desk.windows, day)
    return without_the_last_hour(desk, day, spans) or tuple(sorted(spans)[:1])


def working(desk: Desk, day: date) -> tuple[Span, ...]:
    """The hours of a day."""
    if free(desk, day):
        return ()
    spans = usual(desk, desk.hours, day)
    if spans := spans if day in desk.days else without_the_last_hour(desk, day, spans):
        return spans
    windows = reading(desk, day)
    return (Span(min(windows).start, max(windows).end),) if windows else ()


# Stepping


def open_times(
    desk: Desk, plan: Callable[[Desk, date], tuple[Span, ...]], day: date
) -> list[tuple[datetime, datetime]]:
    return [
        (datetime.combine(day, span.start), datetime.combine(day if span.start < span.end else day + DAY, span.end))
        for span in plan(desk, day)
    ]


def stepped(
    desk: Desk,
    first: datetime,
    last: datetime,
    step: timedelta = STEP,
    plan: Callable[[Desk, date], tuple[Span, ...]] = reading,
) -> list[Window]:
    """The stretches that begin before `last` and end after `first`, by stepping."""
    zone = ZoneInfo(desk.owner.zone)
    moment, clock, opened, windows = first - 2 * DAY, datetime.min, None, []  # noqa: DTZ901
    today, times = date.min, list[tuple[datetime, datetime]]()
    while moment < last:
        clock = max(clock, moment.astimezone(zone).replace(tzinfo=None))
        if clock.date() != today:
            today = clock.date()
            times = open_times(desk, plan, today - DAY) + open_times(desk, plan, today)
        if any(start <= clock < end for start, end in times):
            opened = opened or moment
        elif opened:
            windows.append(Window(opened, moment))
            opened = None
        moment += step
    return [window for window in windows if window.end > first]


def stepped_due(windows: list[Window], arrived: datetime, lead: timedelta) -> datetime | None:
    return next((window.end for window in windows if window.end - max(arrived, window.start) >= lead), None)


# Random desks

# Zones, and days on which their clocks change.
CHANGES = {
    "Europe/Sofia": [date(2026, 3, 29), date(2026, 10, 25)],
    "Europe/Moscow": [],
    "America/New_York": [date(2026, 3, 8), date(2026, 11, 1)],
    "Australia/Lord_Howe": [date(2026, 4, 5), date(2026, 10, 4)],  # by half an hour
    "America/Santiago": [date(2026, 4, 5), date(2026, 9, 6)],  # at midnight
    "Africa/Casablanca": [date(2026, 2, 15), date(2026, 3, 22)],
}
clock_times = st.builds(time, st.integers(0, 23), st.sampled_from(range(0, 60, 5)))


@st.composite
def spans(draw: st.DrawFn, longest_minutes: int = 300) -> Span:
    start = draw(clock_times)
    length = timedelta(minutes=draw(st.integers(1, longest_minutes // 5)) * 5)
    return Span(start, (datetime.combine(date(2026, 1, 1), start) + length).time())


days_of_spans = st.lists(spans(), max_size=3).map(tuple)
weeks = st.tuples(*(days_of_spans,) * 7)


@st.composite
def desks(draw: st.DrawFn, around: date, zone: str) -> Desk:
    near = st.integers(-4, 12).map(lambda days: around + timedelta(days=days))
    away = [Away(start, start + timedelta(days=draw(st.integers(0, 4)))) for start in draw(st.lists(near, max_size=2))]
    days_off = dict.fromkeys(draw(st.lists(near, max_size=3)), "holiday")
    worked = {day for day in draw(st.lists(near, max_size=4)) if day.weekday() >= 5} - days_off.keys()
    return Desk(
        id="d",
        owner=Owner("Анна", zone=zone),
        windows=draw(weeks),
        almanac=Almanac(
            "XX",
            date(2026, 1, 1),
            date(2026, 12, 31),
            days_off,
            frozenset(worked),
            frozenset(draw(st.lists(near, max_size=6))),
        ),
        hours=draw(st.just(EMPTY_WEEK) | weeks),
        away=tuple(away),
        days=draw(st.dictionaries(near, days_of_spans, max_size=2)),
        rules=Rules(lead=timedelta(minutes=draw(st.integers(0, 90))), working_weekends=draw(st.booleans())),
    )


@st.composite
def situations(draw: st.DrawFn) -> tuple[Desk, datetime]:
    """A desk, and a moment near a day on which its clocks change."""
    zone = draw(st.sampled_from(sorted(CHANGES)))
    around = draw(st.sampled_from([*CHANGES[zone], date(2026, 11, 24)]))
    begin = datetime.combine(around, time(), UTC) + timedelta(days=draw(st.integers(-3, 1)))
    return draw(desks(around, zone)), begin
