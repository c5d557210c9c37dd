"""The notices to the owner about one thing at a time, in words; what shows clients and their words is in `cards`."""

import re
from typing import assert_never

from bot.core.owner_notices import (
    AlarmHandedOver,
    AnswerHeld,
    AnswerPrompted,
    AwayEnded,
    AwaySet,
    CommandMisread,
    Helped,
    LetterBuried,
    PromiseLapsed,
    Undelivered,
)
from bot.ports import Button, Press, Rows, Say
from bot.wording.marks import marked
from bot.wording.markup import Html, bold, lines, one_line, paragraphs
from bot.wording.reader import Reader

Worded = (
    AnswerPrompted | AnswerHeld | AlarmHandedOver | Undelivered | PromiseLapsed | AwaySet | AwayEnded | CommandMisread
    | Helped | LetterBuried
)  # fmt: skip

# What was wrong with a command, and what would be right.
MISREAD: dict[str, str] = {
    "unknown_command": marked("There is no command “/{detail}”."),
    "no_date": marked("No date found in “{detail}”."),
    "no_such_day": marked("There is no such day: {detail}."),
    "ends_before_it_starts": marked("The end comes before the beginning: {detail}."),
    "in_the_past": marked("This day has passed already: {detail}."),
    "too_long": marked("That is longer than a year: {detail}."),
    "no_period": marked("“{detail}” is neither a period nor a client."),
    "no_name": marked("Which client? Add a name."),
    "no_client": marked("There is no client “{detail}”."),
    "several_clients": marked("Several clients are called so: {detail}."),
}
# What would be right; for a command without an example of its own, what is said most.
EXAMPLES: dict[str, str] = {
    "away": marked("For example: /away 24.12-08.01 vacation, or /away until 5.12"),
    "stats": marked("For example: /stats, /stats month, /stats client Ivan"),
}
HELP: tuple[tuple[str, str], ...] = (
    ("/digest", marked("what is waiting, by client, most pressing first")),
    ("/urgent", marked("what cannot wait, and what your marks have taught")),
    ("/aside", marked("offers and links of strangers, sifted out without a sound")),
    ("/away", marked("days off: /away 24.12-08.01 vacation")),
    ("/back", marked("back before the days off are over")),
    ("/stats", marked("how the week went; also /stats month, /stats client NAME")),
    ("/help", marked("this list")),
)
DETAIL_ROOM = 120
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def word(notice: Worded, reader: Reader) -> Say:
    """The words of a notice to the owner."""
    match notice:
        case AnswerPrompted(name=name):
            text = reader.gettext(
                "Reply to this message: {name} will get your answer as it is.", name=bold(reader.name(name))
            )
            return Say(text, prompts=True)
        case AnswerHeld():
            return _held(notice, reader)
        case AlarmHandedOver(client=client):
            return Say(_handed_over(notice, reader), rows=_answer_or_open(client, reader))
        case Undelivered():
            return Say(_undelivered(notice, reader))
        case PromiseLapsed():
            return Say(_lapsed(notice, reader), rows=_answer_or_open(notice.client, reader))
        case AwaySet():
            return Say(_away(notice, reader))
        case AwayEnded(was_away=True):
            back = reader.gettext("Welcome back. Messages are read again.")
            return Say(lines(back, reader.window(), gap=" "))
        case AwayEnded():
            return Say(reader.gettext("You are not away at the moment."))
        case CommandMisread():
            return Say(_misread(notice, reader))
        case Helped():
            return Say(_help(reader))
        case LetterBuried(event=event):
            text = reader.gettext(
                "One message could not be handled. It is not lost: it is kept in its raw form under {event}.",
                event=Html(f"<code>{one_line(event, DETAIL_ROOM)}</code>"),
            )
            return Say(text)
        case _:
            assert_never(notice)


def _held(notice: AnswerHeld, reader: Reader) -> Say:
    """Silent: the owner is in the chat already, and it is night."""
    text = reader.gettext(
        "It is outside working hours now: {name} will get the answer {time}.",
        name=bold(reader.name(notice.name)),
        time=reader.start(notice.until),
    )
    now = Button(reader.gettext("Send it now"), Press("send_now", notice.message, client=notice.client))
    return Say(text, rows=((now,),), silent=True, reply_to=notice.message)


def _handed_over(notice: AlarmHandedOver, reader: Reader) -> Html:
    waits = reader.gettext("🔴 {name} is still waiting.", name=bold(reader.name(notice.name)))
    told = (
        reader.gettext("{backup} knows about it now, too.", backup=bold(reader.name(notice.backup)))
        if notice.backup.strip()
        else reader.gettext("Your backup contact knows about it now, too.")
    )
    return lines(waits, told, gap=" ")


def _undelivered(notice: Undelivered, reader: Reader) -> Html:
    name = bold(reader.name(notice.name))
    if notice.blocked:
        return lines(
            reader.gettext("Not delivered: {name} has blocked the bot or deleted the chat.", name=name),
            reader.gettext("What they wrote stays in the folder; no answer is owed any more."),
        )
    return lines(
        reader.gettext("Not delivered: {name}.", name=name),
        reader.gettext("The message was refused. Try another form of it."),
    )


def _lapsed(notice: PromiseLapsed, reader: Reader) -> Html:
    missed = reader.gettext("A promise has lapsed: {name} is still waiting.", name=bold(reader.name(notice.name)))
    told = reader.gettext("The client has been told the new time: {time}.", time=reader.due(notice.due))
    waiting = reader.gettext("Open: {inquiries}.", inquiries=reader.inquiries(notice.count)) if notice.count else None
    return lines(missed, told, waiting)


def _answer_or_open(client: str, reader: Reader) -> Rows:
    return (
        (
            Button(reader.gettext("Answer"), Press("answer", client=client)),
            Button(reader.gettext("Open"), Press("open", client=client)),
        ),
    )


def _away(notice: AwaySet, reader: Reader) -> Html:
    if notice.start == notice.end:
        days = reader.gettext("You are away on {day}.", day=reader.day(notice.start))
    else:
        days = reader.gettext("You are away {days} inclusive.", days=reader.days(notice.start, notice.end))
    moved = reader.gettext(
        "Open promises: {count}. Those that fall on these days are moved, and the clients are told.",
        count=notice.moved,
    )
    return lines(days, moved if notice.moved else None, reader.gettext("To come back earlier: /back"))


def _misread(notice: CommandMisread, reader: Reader) -> Html:
    detail = one_line(_ISO_DATE.sub(r"\3.\2.\1", notice.detail), DETAIL_ROOM)
    wrong = MISREAD.get(notice.code, marked("This could not be understood."))
    right = (
        reader.gettext("All commands: /help")
        if notice.code == "unknown_command"
        else reader.gettext(EXAMPLES.get(notice.command, EXAMPLES["away"]))
    )
    return lines(reader.gettext(wrong, detail=detail), right)


def _help(reader: Reader) -> Html:
    commands = lines(*(reader.gettext("{name} — {does}", name=name, does=reader.gettext(does)) for name, does in HELP))
    return paragraphs(
        bold(reader.gettext("What you can do here")),
        commands,
        reader.gettext(
            "To answer a client, reply to anything that is shown here: text, files and albums go as they are."
        ),
    )
