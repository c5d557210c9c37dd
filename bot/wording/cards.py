"""The notices that show clients and what they wrote: the alarm, the digest, the open alarms, the folder."""

from datetime import datetime
from typing import assert_never

from bot.core.calendar import window_at
from bot.core.owner_notices import (
    AlarmEscalated,
    AlarmRaised,
    AlarmsShown,
    DigestShown,
    FolderOpened,
    Waiting,
    WhomAsked,
)
from bot.core.thread import Line
from bot.core.verdict import Language
from bot.ports import Button, Edit, Press, Rows, Say
from bot.wording import lessons
from bot.wording.kinds import line_words, wants
from bot.wording.marks import marked
from bot.wording.markup import LIMIT, Html, bold, cut, fitting, length, lines, paragraphs, quoted, safe
from bot.wording.reader import Reader

Worded = AlarmRaised | AlarmEscalated | DigestShown | AlarmsShown | FolderOpened | WhomAsked

# An alarm shows so many of the latest earlier lines and of the reasons, each in so much room.
EARLIER_LINES = 3
REASONS = 4
LINE_ROOM = 160
# A text above this is folded until tapped.
FOLDS_FROM = 400
# The whole text has precedence over the earlier lines when less than this is left for it.
LEAST_BODY = 1500
DIGEST_LINES = 3
# Telegram takes 100 buttons in one message; two for each client of the alarms' list.
ALARM_ROWS = 12
CARD_ROOMS = (700, 400, 200, 100, 60)
ON_IT_MINUTES = (15, 30, 60)
SPOKEN: dict[Language, str] = {
    Language.RU: marked("writes in Russian"),
    Language.BG: marked("writes in Bulgarian"),
    Language.EN: marked("writes in English"),
}
REPEATS = (marked("again, 2nd time"), marked("again, 3rd time"), marked("again, 4th time"))


def word(notice: Worded, reader: Reader) -> Say | Edit:
    """The words of a notice that shows clients."""
    match notice:
        case AlarmRaised():
            return _alarm(notice, reader)
        case AlarmEscalated():
            return _escalated(notice, reader)
        case DigestShown(edits=""):
            return Say(_digest(notice, reader), rows=_digest_rows(notice, reader), silent=notice.by_itself)
        case DigestShown(edits=message):
            return Edit(message, _digest(notice, reader), rows=_digest_rows(notice, reader))
        case AlarmsShown():
            return _alarms(notice, reader)
        case FolderOpened():
            return _folder(notice, reader)
        case WhomAsked():
            return _whom(notice, reader)
        case _:
            assert_never(notice)


# The alarm


def _alarm(notice: AlarmRaised, reader: Reader) -> Say:
    head = lines(
        _alarm_title(notice, reader),
        _why(notice, reader),
        reader.gettext("Answer promised: {time}", time=reader.due(notice.due)) if notice.due else None,
    )
    earlier = [_timed(line, reader, LINE_ROOM) for line in notice.earlier[-EARLIER_LINES:]]
    tail = lines(bold(reader.gettext("Earlier:")), *earlier) if earlier else Html("")
    if _room(head, tail) < LEAST_BODY < length(notice.text):
        tail = Html("")
    body = _body(notice.text, _room(head, tail), reader)
    return Say(paragraphs(head, body, tail), rows=_alarm_rows(notice.client, reader), silent=notice.silent)


def _escalated(notice: AlarmEscalated, reader: Reader) -> Say:
    """The backup contact knows neither the gate nor the client, and has no folder to look into."""
    silent = reader.gettext(
        "🔴 {name} has not reacted since {time}, and this cannot wait.",
        name=bold(reader.desk.owner.name),
        time=reader.stamp(notice.at),
    )
    writes = reader.gettext("A client writes: {name}", name=bold(reader.name(notice.name)))
    plea = reader.gettext(
        "The client cannot be answered from here. Please let {owner} know of this as soon as possible: call or write."
    )
    head = paragraphs(silent, lines(writes, _why(notice, reader)))
    text = cut(notice.text.strip(), _room(head, plea))
    said = quoted(text, folds=length(text) > FOLDS_FROM) if text else reader.gettext("The message has no words.")
    return Say(paragraphs(head, said, plea))


def _why(notice: AlarmRaised | AlarmEscalated, reader: Reader) -> Html:
    """The reasons, and the deadline where they do not name it."""
    reasons = list(dict.fromkeys(reader.because(because) for because in notice.because))[:REASONS]
    tells_deadline = any(because.code.startswith("deadline") for because in notice.because)
    return lines(
        reader.gettext("Why: {reasons}", reasons=Html("; ".join(reasons))) if reasons else None,
        reader.gettext("Deadline: {time}", time=reader.at(notice.deadline))
        if notice.deadline and not tells_deadline
        else None,
    )


def _alarm_title(notice: AlarmRaised, reader: Reader) -> Html:
    title = reader.gettext("🔴 {name} — cannot wait", name=bold(reader.name(notice.name)))
    wanted = wants(notice.topics, reader)
    if notice.repeat == 0:
        return lines(title, wanted, gap=" · ")
    again = REPEATS[notice.repeat - 1] if notice.repeat <= len(REPEATS) else marked("again")
    return lines(Html(f"{title} ({reader.gettext(again)}, {reader.since(notice.at)})"), wanted, gap=" · ")


def _room(*others: Html) -> int:
    """What is left for a text beside the others, their gaps and its own frame."""
    return LIMIT - sum(length(other) for other in others) - 200


def _body(text: str, room: int, reader: Reader) -> Html:
    if not text.strip():
        return reader.gettext("No words: what was sent is in the folder, under “Open”.")
    shown = cut(text.strip(), room)
    folds = length(shown) > FOLDS_FROM
    if shown == safe(text.strip()):
        return quoted(shown, folds=folds)
    hint = reader.gettext("The text is cut: the whole message is in the folder, under “Open”.")
    return lines(quoted(shown, folds=folds), hint)


def _alarm_rows(client: str, reader: Reader) -> Rows:
    def on_it(label: Html, minutes: int) -> Button:
        return Button(label, Press("on_it", str(minutes), client=client))

    first, *others = ON_IT_MINUTES
    return (
        (client_button(marked("Answer"), "answer", client, reader),),
        (
            on_it(reader.gettext("On it: {minutes} min", minutes=first), first),
            *(on_it(reader.gettext("{minutes} min", minutes=minutes), minutes) for minutes in others),
        ),
        (
            client_button(marked("Not urgent"), "not_urgent", client, reader),
            client_button(marked("Open"), "open", client, reader),
        ),
    )


# The digest and the open alarms


def _digest(notice: DigestShown, reader: Reader) -> Html:
    window = _window(notice, reader)
    if not notice.rows:
        return lines(reader.gettext("All clear: nobody is waiting for an answer."), window, gap=" ")
    clients = reader.clients(notice.clients)
    items = reader.inquiries(notice.items)
    digest = bold(reader.gettext("Digest"))
    title = Html(f"{digest} · {clients}, {items}")
    head = lines(title, window)
    return fitting(
        paragraphs(head, *(_row(n, row, reader, kept) for n, row in enumerate(notice.rows, 1)))
        for kept in range(DIGEST_LINES, -1, -1)
    )


def _window(notice: DigestShown, reader: Reader) -> Html | None:
    """The window, and after the day's last one when the next one is; it may be over when this is read."""
    if notice.next_window is None or window_at(reader.desk, reader.now) is None:
        return reader.window()
    last = reader.gettext("It is the last one today; the next one is {time}.", time=reader.start(notice.next_window))
    return lines(reader.window(), last, gap=" ")


def _row(number: int, row: Waiting, reader: Reader, kept: int) -> Html:
    name = bold(Html(f"{number}. {reader.name(row.name)}"))
    title = Html(f"{name} · {reader.inquiries(row.count)}")
    shown = [Html(f"• {line_words(line, reader, LINE_ROOM)}") for line in row.lines[:kept]]
    more = Html("• …") if kept and len(row.lines) > kept else None
    return lines(title, _standing(row, reader), *shown, more)


def _standing(row: Waiting, reader: Reader) -> Html:
    """How it stands with this client: alarm, deadline, waiting since, promised by, overdue."""
    overdue = row.due is not None and row.due <= reader.now
    facts = (
        reader.gettext("🔴 cannot wait") if row.alarm_at else None,
        reader.gettext("deadline: {time}", time=reader.at(row.deadline)) if row.deadline else None,
        reader.since(row.since) if row.since else None,
        _promised(row.due, overdue, reader) if row.due else None,
        wants(row.topics, reader),
    )
    return lines(*facts, gap=" · ")


def _promised(due: datetime, overdue: bool, reader: Reader) -> Html:
    if overdue:
        return reader.gettext("⚠️ overdue: {time}", time=reader.due(due))
    return reader.gettext("promised {time}", time=reader.due(due))


def _digest_rows(notice: DigestShown, reader: Reader) -> Rows:
    rows = tuple(
        (
            client_button(marked("{number} Open"), "open", row.client, reader, number),
            client_button(marked("Done"), "done", row.client, reader),
            client_button(marked("Later"), "snooze", row.client, reader),
        )
        for number, row in enumerate(notice.rows, 1)
    )
    return rows + page_turns("page", notice.page, notice.pages)


def _alarms(notice: AlarmsShown, reader: Reader) -> Say | Edit:
    """The open alarms, and beneath them what the gate has learned."""
    text, rows = _alarm_list(notice, reader, lessons.section(notice.learned, reader))
    rows = (*rows, *lessons.rows(notice.learned, reader))
    return Edit(notice.edits, text, rows) if notice.edits else Say(text, rows)


def _alarm_list(notice: AlarmsShown, reader: Reader, learned: Html | None) -> tuple[Html, Rows]:
    if not notice.rows:
        return paragraphs(reader.gettext("Nothing urgent is open."), learned), ()
    rows = notice.rows[:ALARM_ROWS]
    urgent = bold(reader.gettext("Cannot wait"))
    title = Html(f"{urgent} · {len(notice.rows)}")
    more = (
        reader.gettext("…and {count} more", count=len(notice.rows) - len(rows))
        if len(rows) < len(notice.rows)
        else None
    )
    text = fitting(
        paragraphs(title, *(_alarm_row(n, row, reader, kept) for n, row in enumerate(rows, 1)), more, learned)
        for kept in range(DIGEST_LINES, -1, -1)
    )
    buttons = tuple(
        (
            client_button(marked("{number} Open"), "open", row.client, reader, number),
            client_button(marked("{number} Answer"), "answer", row.client, reader, number),
        )
        for number, row in enumerate(rows, 1)
    )
    return text, buttons


def _alarm_row(number: int, row: Waiting, reader: Reader, kept: int) -> Html:
    facts = (
        reader.gettext("waiting for {age}", age=reader.age(reader.now - row.alarm_at)) if row.alarm_at else None,
        reader.gettext("deadline: {time}", time=reader.at(row.deadline)) if row.deadline else None,
        _promised(row.due, row.due <= reader.now, reader) if row.due else None,
    )
    shown = [Html(f"• {line_words(line, reader, LINE_ROOM)}") for line in row.lines[:kept]]
    return lines(bold(Html(f"{number}. {reader.name(row.name)}")), lines(*facts, gap=" · "), *shown)


# One client


def _folder(notice: FolderOpened, reader: Reader) -> Say:
    spoken = reader.gettext(SPOKEN[notice.language])
    title = Html(f"{bold(reader.name(notice.name))} · {spoken}")
    promised = reader.gettext("Answer promised: {time}", time=reader.due(notice.due)) if notice.due else None
    text = fitting(
        paragraphs(lines(title, promised), lines(*(_timed(line, reader, room) for line in notice.lines)))
        for room in CARD_ROOMS
    )
    if not notice.lines:
        text = paragraphs(text, reader.gettext("Nothing is waiting here."))
    client = notice.client
    return Say(
        text,
        rows=(
            (
                client_button(marked("Answer"), "answer", client, reader),
                client_button(marked("Done"), "done", client, reader),
            ),
            (
                client_button(marked("Later"), "snooze", client, reader),
                client_button(marked("Urgent"), "urgent", client, reader),
            ),
        ),
    )


def _timed(line: Line, reader: Reader, room: int) -> Html:
    return Html(f"<i>{reader.stamp(line.at)}</i> {line_words(line, reader, room)}")


def _whom(notice: WhomAsked, reader: Reader) -> Say:
    if not notice.choices:
        nobody = reader.gettext("Nobody is waiting now. To write to a client, reply to any message of theirs here.")
        return Say(lines(reader.gettext("For whom is this?"), nobody), reply_to=notice.message)
    rows = tuple(
        (Button(reader.label(row.name), Press("to", notice.message, client=row.client)),) for row in notice.choices
    )
    return Say(reader.gettext("For whom is this?"), rows=rows, reply_to=notice.message)


def page_turns(action: str, page: int, pages: int) -> Rows:
    """A row of buttons to the pages before and after; none where there is one page."""
    turns = ((f"← {page - 1}", page - 1), (f"{page + 1} →", page + 1))
    row = tuple(Button(label, Press(action, str(to), desk=True)) for label, to in turns if 1 <= to <= pages)
    return (row,) if row else ()


def client_button(label: str, action: str, client: str, reader: Reader, number: int = 0) -> Button:
    """A button about a client; the label is a message that may have a `{number}`."""
    return Button(reader.gettext(label, number=number), Press(action, client=client))
