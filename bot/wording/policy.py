"""The rules of the gate as a client reads them: who, when, where things go and why, what is urgent."""

from collections.abc import Iterator

from bot.core.desk import Preference, Span
from bot.ports import Button, Press, Rows
from bot.wording.marks import marked
from bot.wording.markup import Html, bold, fitting, lines, one_line, paragraphs, safe
from bot.wording.reader import Reader

# What a channel may be for (`bot.deskfile`).
THINGS: dict[str, str] = {
    "file": marked("files"),
    "brief": marked("briefs"),
    "long": marked("long texts"),
    "voice": marked("voice messages"),
    "bug": marked("bug reports"),
    "invoice": marked("invoices"),
    "call": marked("calls"),
    "estimate": marked("estimates"),
    "status": marked("questions about progress"),
}
CHANNELS: dict[str, str] = {
    "email": marked("e-mail"),
    "phone": marked("phone"),
    "cloud": marked("cloud folder"),
    "tracker": marked("issue tracker"),
}
URGENT_THINGS = (
    marked("something that worked has stopped working: a site, a payment, access"),
    marked("a deadline that falls today"),
    marked("a meeting about to start is moved or called off"),
    marked("a mistake has gone public or to print"),
)
REASON_ROOM = 300


def introduction(reader: Reader) -> Html:
    """The whole message; channels give way where it would not fit."""
    commands = reader.gettext("/status — what is open, /language — another language")
    return fitting(
        paragraphs(_greeting(reader), _hours(reader), channels, _urgent(reader), commands)
        for channels in (_channels(reader), None)
    )


def agreement(reader: Reader) -> Rows:
    return ((Button(reader.gettext("Agreed"), Press("agree")),),)


def _greeting(reader: Reader) -> Html:
    name = bold(reader.desk.owner.name)
    hello = reader.voiced(
        reader.gettext("Hello! This is an assistant bot; messages here are answered by {name}.", name=name),
        reader.gettext("Hello! This is {name}.", name=name),
    )
    calm = reader.gettext(
        "Write whenever it suits you: nothing gets lost, and you learn at once by when the answer comes."
    )
    return lines(hello, calm, gap=" ")


def _hours(reader: Reader) -> Html:
    title = reader.voiced(
        reader.gettext("When {owner} reads and answers"),
        reader.gettext("When I read and answer"),
    )
    rows = list(_week(reader))
    if not rows:
        return lines(bold(title), reader.gettext("The hours are not fixed yet."))
    zone = Html(f"({reader.own_clock()})")
    soon = reader.gettext("The answer usually comes in the nearest of these hours.")
    return lines(lines(bold(title), zone, gap=" "), *rows, soon)


def _week(reader: Reader) -> Iterator[Html]:
    """A line for each way in which a day is spent: the days that share it, then its windows."""
    week = reader.desk.windows
    for spans in dict.fromkeys(spans for spans in week if spans):
        days = [day for day, of_day in enumerate(week) if of_day == spans]
        yield safe(f"{_days(days, reader)}: {', '.join(_span(span) for span in sorted(spans))}")


def _days(days: list[int], reader: Reader) -> str:
    """Weekdays (Monday is 0), rising: three or more in a row as a range."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    weekday = [reader.weekday(day).capitalize() for day in range(7)]
    names = [
        f"{weekday[run[0]]}–{weekday[run[-1]]}" if len(run) > 2 else ", ".join(weekday[day] for day in run)
        for run in runs
    ]
    return ", ".join(names)


def _span(span: Span) -> str:
    """A window by the clock; one that ends at midnight ends at 24:00."""
    return f"{span.start:%H:%M}–{span.end:%H:%M}".replace("–00:00", "–24:00")


def _channels(reader: Reader) -> Html | None:
    if not reader.desk.preferences:
        return None
    title = bold(reader.gettext("Where things are best sent"))
    return lines(title, *(_channel(preference, reader) for preference in reader.desk.preferences))


def _channel(preference: Preference, reader: Reader) -> Html:
    name = CHANNELS.get(preference.name.casefold())
    where = reader.gettext(name) if name else safe(preference.name)
    if preference.address:
        where = Html(f"{where} {safe(preference.address)}")
    things = [reader.gettext(THINGS[kind]) if kind in THINGS else safe(kind) for kind in preference.kinds]
    what = Html(", ".join(things)) or reader.gettext("everything")
    row = reader.gettext("• {things} — {where}", things=what, where=where)
    why = preference.reason.get(reader.language, "")
    return lines(row, Html(f"   <i>{one_line(why, REASON_ROOM)}</i>") if why.strip() else None)


def _urgent(reader: Reader) -> Html:
    title = bold(reader.gettext("What is urgent"))
    listed = [Html(f"• {reader.gettext(thing)}") for thing in URGENT_THINGS]
    told = reader.voiced(
        reader.gettext("Such things reach {owner} at once."),
        reader.gettext("Such things reach me at once."),
    )
    limit = reader.desk.rules.weekly_alarms
    button = reader.ngettext(
        "The button “It can't wait” works once a week.",
        "The button “It can't wait” works up to {count} times a week.",
        limit,
    )
    return lines(title, *listed, lines(told, button if limit else None, gap=" "))
