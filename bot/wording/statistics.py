"""The statistics, as words and as what their picture shows: counts first, comparisons only where they say something."""

from datetime import time, timedelta
from html import unescape
from zoneinfo import ZoneInfo

from babel.numbers import format_percent

from bot.core.desk import Desk, Span
from bot.core.owner_notices import StatisticsShown
from bot.core.statistics import Period, Statistics
from bot.core.verdict import Label
from bot.drawing import Figure, Part, Tone
from bot.ports import Say
from bot.wording.marks import marked
from bot.wording.markup import Html, bold, lines, paragraphs, safe
from bot.wording.reader import Reader

TITLES = {Period.WEEK: marked("Statistics for the week"), Period.MONTH: marked("Statistics for 30 days")}
MORE = {
    Period.WEEK: marked("{count} more than the week before"),
    Period.MONTH: marked("{count} more than in the 30 days before"),
}
FEWER = {
    Period.WEEK: marked("{count} fewer than the week before"),
    Period.MONTH: marked("{count} fewer than in the 30 days before"),
}
BEFORE = {Period.WEEK: marked("the week before {value}"), Period.MONTH: marked("in the 30 days before {value}")}
VERDICTS: dict[Label, str] = {
    Label.URGENT: marked("urgent: {count}"),
    Label.CLAIMED: marked("“urgent” without a reason: {count}"),
    Label.ROUTINE: marked("ordinary: {count}"),
    Label.SOCIAL: marked("greetings and thanks: {count}"),
}
# Of so few inquiries no hour can be called the usual one.
USUAL_FROM = 8
# A median that differs by less than a tenth is the same.
SAME = 0.1
_MIDNIGHT = time()


def word(notice: StatisticsShown, reader: Reader) -> Say:
    """The statistics in words, short enough to stand under their picture."""
    told = notice.now
    name = bold(reader.name(notice.name)) if notice.client else None
    head = lines(Html(f"{bold(reader.gettext(TITLES[notice.period]))} · {_days(told, reader)}"), name)
    if told.is_empty:
        return Say(paragraphs(head, reader.gettext("There were no inquiries in this time.")))
    return Say(
        paragraphs(
            head, _promises(notice, reader), _inquiries(notice, reader), _rest(told, reader), _answers(notice, reader)
        )
    )


def figure(notice: StatisticsShown, reader: Reader) -> Figure | None:
    """What the picture shows; None where there is nothing to see."""
    told = notice.now
    if told.is_empty:
        return None

    def say(message: str) -> str:
        return unescape(reader.gettext(message))

    days = unescape(_days(told, reader))
    return Figure(
        title=say(TITLES[notice.period]),
        subtitle=f"{unescape(reader.name(notice.name))} · {days}" if notice.client else days,
        hours_title=say(marked("When messages come") if notice.client else marked("When clients write")),
        hours=told.hours,
        windows=_windows(reader.desk),
        windows_label=say(marked("Your hours for answers")),
        parts_title=say(marked("Promises")),
        parts=(
            Part(say(marked("Kept in time")), told.kept - told.kept_moved, Tone.GOOD),
            Part(say(marked("Kept after a move")), told.kept_moved, Tone.FAIR),
            Part(say(marked("Missed")), told.missed, Tone.BAD),
            Part(say(marked("Withdrawn")), told.withdrawn, Tone.IDLE),
        ),
        share=_percent(told, reader),
        share_label=say(marked("of the promises kept")),
        no_parts=say(marked("No promise has fallen due in this time")),
    )


def _days(told: Statistics, reader: Reader) -> Html:
    """«17–24 ноября», «25 октября – 24 ноября»"""
    zone = ZoneInfo(reader.desk.owner.zone)
    first, last = (moment.astimezone(zone).date() for moment in (told.start, told.end))
    if (first.year, first.month) == (last.year, last.month):
        return Html(f"{first.day}–{reader.day(last)}")
    return Html(f"{reader.day(first)} – {reader.day(last)}")


def _promises(notice: StatisticsShown, reader: Reader) -> Html | None:
    told = notice.now
    share, before = _percent(told, reader), _percent(notice.before, reader)
    beside = share
    if share and before and share != before:
        beside = Html(f"{share}; {reader.gettext(BEFORE[notice.period], value=before)}")
    kept = reader.gettext("Kept: {count}", count=told.kept)
    rows = (
        reader.gettext("Made: {count}", count=told.made) if told.made else None,
        Html(f"{kept} ({beside})") if share else None,
        reader.gettext("Moved ahead of time: {count}", count=told.moved) if told.moved else None,
        reader.gettext("Missed: {count}", count=told.missed) if told.missed else None,
        reader.gettext("Withdrawn: {count}", count=told.withdrawn) if told.withdrawn else None,
    )
    return lines(bold(reader.gettext("Promises")), *rows) if any(rows) else None


def _inquiries(notice: StatisticsShown, reader: Reader) -> Html | None:
    told, before = notice.now, notice.before
    if not told.items and not told.passed:
        return None
    difference = told.items - before.items
    compared = None
    if difference and before.items:
        phrase = (MORE if difference > 0 else FEWER)[notice.period]
        compared = Html(f"({reader.gettext(phrase, count=abs(difference))})")
    title = bold(reader.gettext("Inquiries: {count}", count=told.items))
    verdicts = told.verdicts or {}
    kinds = [reader.gettext(words, count=verdicts[label]) for label, words in VERDICTS.items() if verdicts.get(label)]
    listed = lines(*kinds, gap=" · ")
    return lines(
        lines(title, compared, gap=" "),
        Html(listed[:1].upper() + listed[1:]),
        reader.gettext("Passed on to you at once: {count}", count=told.passed),
        reader.gettext("Interruptions spared: {count}", count=told.spared),
    )


def _rest(told: Statistics, reader: Reader) -> Html | None:
    """Who writes most, and when."""
    names = ", ".join(f"{reader.name(name)} ({number})" for name, number in told.busiest)
    busiest = reader.gettext("Wrote most: {names}", names=Html(names)) if len(told.busiest) > 1 else None
    if told.items < USUAL_FROM:
        return busiest
    hour = told.hours.index(max(told.hours))
    usual = reader.gettext("Most write from {first} to {last}.", first=f"{hour}:00", last=f"{hour + 1}:00")
    return lines(busiest, usual)


def _answers(notice: StatisticsShown, reader: Reader) -> Html | None:
    told, before = notice.now, notice.before.median
    if told.median is None or told.ninetieth is None:
        return None
    half = reader.gettext("Half of the inquiries: within {span}", span=_span(told.median, reader))
    if before is not None and abs(told.median - before) > before * SAME:
        half = Html(f"{half} ({reader.gettext(BEFORE[notice.period], value=_span(before, reader))})")
    most = reader.gettext("Nine of ten: within {span}", span=_span(told.ninetieth, reader))
    return lines(bold(reader.gettext("Time to an answer")), half, most)


def _span(span: timedelta, reader: Reader) -> Html:
    """«25 мин», «2 ч 10 мин», «3 ч», «2 дня 5 ч»: whole minutes, none is one."""
    minutes = max(1, round(span / timedelta(minutes=1)))
    days, hours = divmod(minutes // 60, 24)
    if minutes < 60:
        return reader.gettext("{minutes} min", minutes=minutes)
    if days < 2:
        hours += 24 * days
        if minutes % 60:
            return reader.gettext("{hours} h {minutes} min", hours=hours, minutes=minutes % 60)
        return reader.gettext("{hours} h", hours=hours)
    of_days = reader.ngettext("{count} day", "{count} days", days)
    return lines(of_days, reader.gettext("{hours} h", hours=hours) if hours else None, gap=" ")


def _percent(told: Statistics, reader: Reader) -> Html:
    """«94 %», rounded down, for a promise missed is not 100 %; empty where none came to a test."""
    share = told.kept_share
    if share is None:
        return Html("")
    return safe(format_percent(int(share * 100 + 1e-9) / 100, locale=reader.language.value))


def _windows(desk: Desk) -> tuple[tuple[float, float], ...]:
    """The windows of the week as stretches of a day, in hours; what overlaps is one."""
    stretches = sorted({stretch for day in desk.windows for span in day for stretch in _stretches(span)})
    merged: list[tuple[float, float]] = []
    for start, end in stretches:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def _stretches(span: Span) -> tuple[tuple[float, float], ...]:
    start, end = (clock.hour + clock.minute / 60 for clock in (span.start, span.end))
    if span.start < span.end:
        return ((start, end),)
    over_midnight = ((0.0, end),) if span.end > _MIDNIGHT else ()
    return ((start, 24.0), *over_midnight)
