"""What keeps the owner in the picture between windows, in words: the warning of promises that end, the pinned board."""

from typing import assert_never

from bot.core.owner_notices import BoardShown, PromisesEnding, Waiting
from bot.ports import Button, Edit, Rows, Say
from bot.wording.cards import client_button
from bot.wording.kinds import line_words
from bot.wording.marks import marked
from bot.wording.markup import Html, bold, fitting, lines, paragraphs
from bot.wording.reader import Reader

Worded = PromisesEnding | BoardShown

# So many clients are shown by name with two buttons each; more could not be answered in the time that is left.
ENDING_ROWS = 12
# The first line of each in the most room that lets all of them fit.
LINE_ROOMS = (160, 80, 0)


def word(notice: Worded, reader: Reader) -> Say | Edit:
    """The words of a warning or of the board."""
    match notice:
        case PromisesEnding():
            return _ending(notice, reader)
        case BoardShown(edits=""):
            return Say(_board(notice, reader), silent=True)
        case BoardShown(edits=message):
            return Edit(message, _board(notice, reader))
        case _:
            assert_never(notice)


def _ending(notice: PromisesEnding, reader: Reader) -> Say:
    rows = notice.rows[:ENDING_ROWS]
    if len(notice.rows) == 1:
        return Say(_one_ending(notice.rows[0], reader), rows=_buttons(notice.rows[0], reader))
    soon = bold(reader.gettext("Due soon"))
    title = Html(f"⏳ {soon} · {reader.clients(len(notice.rows))}")
    left_out = len(notice.rows) - len(rows)
    more = reader.gettext("…and {count} more", count=left_out) if left_out else None
    text = fitting(
        paragraphs(title, *(_row(n, row, reader, room) for n, row in enumerate(rows, 1)), more) for room in LINE_ROOMS
    )
    return Say(text, rows=tuple(each for n, row in enumerate(rows, 1) for each in _buttons(row, reader, n)))


def _one_ending(row: Waiting, reader: Reader) -> Html:
    name = bold(reader.name(row.name))
    soon = (
        reader.gettext("⏳ Due soon: {name} expects an answer {time}.", name=name, time=reader.due(row.due))
        if row.due
        else reader.gettext("⏳ Due soon: {name} expects an answer.", name=name)
    )
    return lines(soon, _first_line(row, reader, LINE_ROOMS[0]))


def _row(number: int, row: Waiting, reader: Reader, room: int) -> Html:
    title = bold(Html(f"{number}. {reader.name(row.name)}"))
    due = reader.gettext("promised {time}", time=reader.due(row.due)) if row.due else None
    return lines(lines(title, due, gap=" · "), _first_line(row, reader, room))


def _first_line(row: Waiting, reader: Reader, room: int) -> Html | None:
    return Html(f"• {line_words(row.lines[0], reader, room)}") if row.lines and room else None


def _buttons(row: Waiting, reader: Reader, number: int = 0) -> Rows:
    def button(bare: str, numbered: str, action: str) -> Button:
        return client_button(numbered if number else bare, action, row.client, reader, number)

    return (
        (
            button(marked("Answer"), marked("{number} Answer"), "answer"),
            button(marked("Open"), marked("{number} Open"), "open"),
        ),
    )


def _board(notice: BoardShown, reader: Reader) -> Html:
    """Nothing of it is stale a day later: it is read at any time, and edited only when things change.

    The first line is what a chat shows of a pinned message.
    """
    waits = (
        reader.gettext(
            "Waiting: {clients}, {inquiries}",
            clients=reader.clients(notice.clients),
            inquiries=reader.inquiries(notice.items),
        )
        if notice.clients
        else reader.gettext("Nobody is waiting for an answer.")
    )
    alarms = reader.gettext("🔴 Cannot wait: {count}", count=notice.alarms) if notice.alarms else None
    promise = reader.gettext("Next promise: {time}.", time=reader.fixed(notice.next_due)) if notice.next_due else None
    return lines(bold(waits), alarms, promise, _window(notice, reader))


def _window(notice: BoardShown, reader: Reader) -> Html | None:
    if notice.window_ends is not None:
        return reader.gettext("The window is open until {time}.", time=reader.clock(notice.window_ends))
    if notice.window_starts is not None:
        return reader.gettext("Next window: {time}.", time=reader.fixed(notice.window_starts))
    return None
