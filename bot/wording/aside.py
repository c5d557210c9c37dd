"""The list of what was set aside, in words: who, when, what gave them away, and a button that brings them back."""

from bot.core.owner_notices import AsideShown, SetAside
from bot.ports import Edit, Rows, Say
from bot.wording.cards import client_button, page_turns
from bot.wording.kinds import line_words
from bot.wording.marks import marked
from bot.wording.markup import Html, bold, fitting, lines, paragraphs
from bot.wording.reader import Reader

# The first words of each in the most room that lets all of a page fit.
LINE_ROOMS = (160, 100, 60)


def word(notice: AsideShown, reader: Reader) -> Say | Edit:
    """The list: silent when it comes by itself, in place of the page before when it is turned."""
    text, rows = _list(notice, reader), _buttons(notice, reader)
    return Edit(notice.edits, text, rows=rows) if notice.edits else Say(text, rows=rows, silent=notice.by_itself)


def _list(notice: AsideShown, reader: Reader) -> Html:
    if not notice.rows:
        return reader.gettext("Nothing has been sifted out.")
    sifted = bold(reader.gettext("Sifted out: offers and links of strangers"))
    title = Html(f"{sifted} · {notice.strangers}")
    ways = lines(
        reader.gettext("These messages were not answered; nothing is lost."),
        reader.gettext("Is one of them a client? Press the button: they will be told at once when the answer comes."),
    )
    return fitting(
        paragraphs(title, *(_row(n, row, reader, room) for n, row in enumerate(notice.rows, 1)), ways)
        for room in LINE_ROOMS
    )


def _row(number: int, row: SetAside, reader: Reader, room: int) -> Html:
    shown = reader.name(row.name) if row.name.strip() else reader.gettext("No name")
    name = bold(Html(f"{number}. {shown}"))
    count = reader.inquiries(row.count) if row.count > 1 else None
    when = Html(f"<i>{reader.stamp(row.latest)}</i>")
    first = next((line for line in row.lines if line.text), row.lines[0] if row.lines else None)
    said = Html(f"• {line_words(first, reader, room)}") if first else None
    return lines(lines(name, count, when, gap=" · "), said, reader.because(row.because))


def _buttons(notice: AsideShown, reader: Reader) -> Rows:
    rows = tuple(
        (client_button(marked("{number} This is a client"), "bring_back", row.client, reader, number),)
        for number, row in enumerate(notice.rows, 1)
    )
    return rows + page_turns("aside", notice.page, notice.pages)
