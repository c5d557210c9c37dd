"""The decision about the desk as a whole: the owner's commands, the digest at a window's start, vacations."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.core.calendar import next_window, window_at
from bot.core.desk import Away, Desk
from bot.core.digest import page_of, shown
from bot.core.events import DeskEvent, DeskTapped, MessageBuried, OwnerCommanded, OwnerWrote, TimePassed
from bot.core.notices import (
    AlarmsShown,
    AwayEnded,
    AwaySet,
    CommandMisread,
    Helped,
    LetterBuried,
    Notice,
    TapDone,
    Waiting,
    WhomAsked,
)
from bot.core.spans import Misread, read_away
from bot.core.verdict import Because

# So many clients can be offered as buttons for an answer that was not written as a reply.
CHOICES = 8


@dataclass(frozen=True, slots=True)
class Changes:
    """What the owner has changed by command since the desk file was written, and how far the digest has come.

    `away` stands in place of the file's spans once the owner used /away or /back; `digested` is the start of the last
    window whose digest was considered.
    """

    version: int = 0
    away: tuple[Away, ...] | None = None
    digested: datetime | None = None


@dataclass(frozen=True, slots=True)
class Oversight:
    """What follows for the desk. `rouses`: every open thread has to look at its promise again."""

    changes: Changes
    notices: tuple[Notice, ...] = ()
    because: tuple[Because, ...] = ()
    rouses: bool = False


def apply_changes(desk: Desk, changes: Changes) -> Desk:
    """The desk as it stands: the file's settings with the owner's later changes."""
    return desk if changes.away is None else replace(desk, away=changes.away)


def desk_wakes_at(desk: Desk, now: datetime) -> datetime | None:
    """When the desk wants to be woken: at the start of its next window."""
    window = next_window(desk, now)
    return window.start if window else None


def oversee(
    desk: Desk, changes: Changes, board: Sequence[Waiting], event: DeskEvent, now: datetime
) -> Oversight:  # fmt: skip
    """What follows from `event` for the desk at `now` (aware UTC); `board` is every client with something open."""
    match event:
        case OwnerCommanded():
            act = _COMMANDS.get(event.command, _unknown)
            return act(desk, changes, board, event, now)
        case OwnerWrote():
            return _whom(changes, board, event, now)
        case DeskTapped():
            return _page(changes, board, event, now)
        case MessageBuried():
            return Oversight(changes, (LetterBuried(event.id),), (Because("buried"),))
        case TimePassed():
            return _window_opens(desk, changes, board, now)
        case _:
            assert_never(event)


def _window_opens(desk: Desk, changes: Changes, board: Sequence[Waiting], now: datetime) -> Oversight:
    window = window_at(desk, now)
    if window is None:
        return Oversight(changes, because=(Because("no_window_now"),))
    if changes.digested is not None and changes.digested >= window.start:
        return Oversight(changes, because=(Because("digested_before"),))
    changes = replace(changes, digested=window.start)
    digest = page_of(board, 1, now)
    if digest.clients == 0:
        return Oversight(changes, because=(Because("nothing_waits"),))
    return Oversight(changes, (replace(digest, by_itself=True),), (Because("window_opened"),))


def _digest(
    desk: Desk, changes: Changes, board: Sequence[Waiting], event: OwnerCommanded, now: datetime
) -> Oversight:  # fmt: skip
    return Oversight(changes, (page_of(board, 1, now),), (Because("digest_asked"),))


def _alarms(
    desk: Desk, changes: Changes, board: Sequence[Waiting], event: OwnerCommanded, now: datetime
) -> Oversight:  # fmt: skip
    rows = tuple(row for row in shown(board, now) if row.alarm_at is not None)
    return Oversight(changes, (AlarmsShown(now, rows),), (Because("alarms_asked"),))


def _away(
    desk: Desk, changes: Changes, board: Sequence[Waiting], event: OwnerCommanded, now: datetime
) -> Oversight:  # fmt: skip
    today = now.astimezone(ZoneInfo(desk.owner.zone)).date()
    read = read_away(event.argument, today)
    if isinstance(read, Misread):
        misread = CommandMisread(event.command, read.code, read.detail)
        return Oversight(changes, (misread,), (Because("misread", read.code),))
    away = (*(span for span in desk.away if span.end >= today and not _overlap(span, read)), read)
    changes = replace(changes, away=tuple(sorted(away)))
    touched = sum(1 for row in board if row.due is not None)
    said = AwaySet(read.start, read.end, read.reason, touched)
    return Oversight(changes, (said,), (Because("away_set"),), rouses=True)


def _back(
    desk: Desk, changes: Changes, board: Sequence[Waiting], event: OwnerCommanded, now: datetime
) -> Oversight:  # fmt: skip
    today = now.astimezone(ZoneInfo(desk.owner.zone)).date()
    rest = tuple(span for span in desk.away if not span.start <= today <= span.end)
    was_away = len(rest) != len(desk.away)
    changes = replace(changes, away=rest) if was_away else changes
    return Oversight(changes, (AwayEnded(was_away),), (Because("back"),), rouses=was_away)


def _help(
    desk: Desk, changes: Changes, board: Sequence[Waiting], event: OwnerCommanded, now: datetime
) -> Oversight:  # fmt: skip
    return Oversight(changes, (Helped(),), (Because("help_asked"),))


def _unknown(
    desk: Desk, changes: Changes, board: Sequence[Waiting], event: OwnerCommanded, now: datetime
) -> Oversight:  # fmt: skip
    said = CommandMisread(event.command, "unknown_command", event.command)
    return Oversight(changes, (said,), (Because("unknown_command", event.command),))


def _whom(changes: Changes, board: Sequence[Waiting], event: OwnerWrote, now: datetime) -> Oversight:
    rows = tuple(shown(board, now)[:CHOICES])
    return Oversight(changes, (WhomAsked(event.message.id, rows),), (Because("no_reply_target"),))


def _page(changes: Changes, board: Sequence[Waiting], event: DeskTapped, now: datetime) -> Oversight:
    if event.action != "page" or not event.argument.isdecimal():
        return Oversight(changes, (TapDone(event.tap, "unknown"),), (Because("unknown_button", event.action),))
    page = int(event.argument[:6])
    shown_page = page_of(board, page, now, edits=event.message)
    return Oversight(changes, (TapDone(event.tap, ""), shown_page), (Because("page_turned"),))


def _overlap(one: Away, other: Away) -> bool:
    return one.start <= other.end and other.start <= one.end


_Act = Callable[[Desk, Changes, Sequence[Waiting], OwnerCommanded, datetime], Oversight]
_COMMANDS: dict[str, _Act] = {
    "digest": _digest,
    "urgent": _alarms,
    "away": _away,
    "back": _back,
    "help": _help,
    "start": _help,
}
