"""The decision about the desk as a whole: the owner's commands, the digest at a window's start, vacations."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.core.aside import aside_page, list_aside
from bot.core.calendar import next_window, window_at
from bot.core.changes import Changes
from bot.core.desk import Away, Desk
from bot.core.digest import page_of, shown
from bot.core.events import (
    BoardLost,
    BoardPosted,
    DeskEvent,
    DeskTapped,
    GateOpened,
    MessageBuried,
    OwnerCommanded,
    OwnerWrote,
    StatisticsAsked,
    TimePassed,
)
from bot.core.lessons import learned, meant_by
from bot.core.notices import Notice
from bot.core.owner_notices import (
    AlarmsShown,
    AwayEnded,
    AwaySet,
    BoardPinned,
    CommandMisread,
    DigestShown,
    Helped,
    LetterBuried,
    SetAside,
    StatisticsShown,
    TapDone,
    Waiting,
    WhomAsked,
)
from bot.core.spans import Misread, read_away
from bot.core.statistics import count
from bot.core.verdict import Because
from bot.core.watch import count_as_warned, show_board, warn, watches_at

# So many clients can be offered as buttons for an answer that was not written as a reply.
CHOICES = 8
# The mark of no group, for the button that forgets all of them.
FORGET_ALL = "all"


@dataclass(frozen=True, slots=True)
class Oversight:
    """What follows for the desk. `rouses`: every open thread has to look at its promise again.

    `forgotten` are the keys of lessons that no longer count.
    """

    changes: Changes
    notices: tuple[Notice, ...] = ()
    because: tuple[Because, ...] = ()
    rouses: bool = False
    forgotten: tuple[str, ...] = ()


def desk_wakes_at(desk: Desk, changes: Changes, board: Sequence[Waiting], now: datetime) -> datetime | None:
    """When the desk wants to be woken: for its next digest, a warning, its board."""
    moments = [at for at in (_digests_at(desk, now), watches_at(desk, changes, board, now)) if at is not None]
    return min(moments, default=None)


def oversee(
    desk: Desk,
    changes: Changes,
    board: Sequence[Waiting],
    event: DeskEvent,
    now: datetime,
    aside: Sequence[SetAside] = (),
) -> Oversight:
    """What follows from `event` for the desk at `now` (aware UTC).

    `board` is every client with something open; `aside` are the strangers whose messages were set aside, latest first,
    where `aside.is_asked` says that they are needed.
    """
    match event:
        case OwnerCommanded(command="aside"):
            return Oversight(changes, (aside_page(aside, 1, now),), (Because("aside_asked"),))
        case OwnerCommanded():
            act = _COMMANDS.get(event.command, _unknown)
            return act(desk, changes, board, event, now)
        case OwnerWrote():
            return _whom(changes, board, event, now)
        case DeskTapped(action="forget"):
            return _forget(changes, board, event, now)
        case DeskTapped():
            return _page(changes, board, aside, event, now)
        case MessageBuried():
            return Oversight(changes, (LetterBuried(event.id),), (Because("buried"),))
        case GateOpened():
            changes = replace(changes, aside_listed=changes.aside_listed or now)
            return Oversight(changes, because=(Because("gate_opened"),), rouses=True)
        case TimePassed():
            return _pass_time(desk, changes, board, aside, now)
        case BoardPosted():
            return _posted(changes, event)
        case BoardLost():
            return _lost(changes)
        case StatisticsAsked():
            return _statistics(desk, changes, event, now)
        case _:
            assert_never(event)


def _pass_time(
    desk: Desk, changes: Changes, board: Sequence[Waiting], aside: Sequence[SetAside], now: datetime
) -> Oversight:  # fmt: skip
    """What time alone brings about: the digest of an opening window, the week's list, warnings, the board."""
    said: list[Notice] = []
    because: list[Because] = []
    changes, digest = _open_window(desk, changes, board, now)
    if digest is not None:
        said.append(digest)
        because.append(Because("window_opened"))
    changes, listed = list_aside(desk, changes, aside, now)
    if listed is not None:
        said.append(listed)
        because.append(Because("aside_listed"))
    changes, ending = warn(changes, board, now)
    if ending is not None:
        said.append(ending)
        because.append(Because("promises_ending"))
    changes, face = show_board(desk, changes, board, now)
    if face is not None:
        said.append(face)
        because.append(Because("board_changed"))
    return Oversight(changes, tuple(said), tuple(because) or (Because("nothing_due"),))


def _open_window(
    desk: Desk, changes: Changes, board: Sequence[Waiting], now: datetime
) -> tuple[Changes, DigestShown | None]:  # fmt: skip
    """The digest of a window that has opened, once, and only when somebody waits."""
    window = window_at(desk, now)
    seen = window is None or (changes.digested is not None and changes.digested >= window.start)
    if window is None or seen or not desk.rules.digest or now < window.start + desk.rules.digest_delay:
        return changes, None
    changes = replace(changes, digested=window.start)
    digest = page_of(board, 1, now)
    if digest.clients == 0:
        return changes, None
    zone = ZoneInfo(desk.owner.zone)
    after = next_window(desk, now)
    is_last = after is not None and after.start.astimezone(zone).date() != now.astimezone(zone).date()
    changes = count_as_warned(changes, board, now)
    return changes, replace(digest, by_itself=True, next_window=after.start if after and is_last else None)


def _digests_at(desk: Desk, now: datetime) -> datetime | None:
    """When the next digest comes by itself, also that of a window which is open and has to wait a little."""
    delay = desk.rules.digest_delay
    for window in (window_at(desk, now), next_window(desk, now)):
        if window is not None and window.start + delay > now:
            return window.start + delay
    return None


def _posted(changes: Changes, event: BoardPosted) -> Oversight:
    """The board stands in the owner's chat: from now on it is edited there."""
    return Oversight(replace(changes, board=event.message), (BoardPinned(event.message),), (Because("board_posted"),))


def _lost(changes: Changes) -> Oversight:
    """The board is gone, the owner has deleted it: it is said anew."""
    return Oversight(replace(changes, board="", board_says=""), (), (Because("board_lost"),))


def _digest(
    desk: Desk, changes: Changes, board: Sequence[Waiting], event: OwnerCommanded, now: datetime
) -> Oversight:  # fmt: skip
    return Oversight(changes, (page_of(board, 1, now),), (Because("digest_asked"),))


def _alarms(
    desk: Desk, changes: Changes, board: Sequence[Waiting], event: OwnerCommanded, now: datetime
) -> Oversight:  # fmt: skip
    told = AlarmsShown(now, _alarm_rows(board, now), learned(event.lessons, now))
    return Oversight(changes, (told,), (Because("alarms_asked"),))


def _alarm_rows(board: Sequence[Waiting], now: datetime) -> tuple[Waiting, ...]:
    return tuple(row for row in shown(board, now) if row.alarm_at is not None)


def _forget(changes: Changes, board: Sequence[Waiting], event: DeskTapped, now: datetime) -> Oversight:
    """What the owner's taps taught is taken back: one group as it was shown, or everything."""
    every = event.lessons
    gone = every if event.argument == FORGET_ALL else meant_by(event.argument, every, now)
    code = "forgotten" if gone else "lessons_changed"
    left = learned([lesson for lesson in every if lesson not in gone], now)
    said = (TapDone(event.tap, code), AlarmsShown(now, _alarm_rows(board, now), left, edits=event.message))
    return Oversight(changes, said, (Because(code),), forgotten=tuple(lesson.key for lesson in gone))


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


def _statistics(desk: Desk, changes: Changes, event: StatisticsAsked, now: datetime) -> Oversight:
    asked = event.asked
    if isinstance(asked, Misread):
        misread = CommandMisread("stats", asked.code, asked.detail)
        return Oversight(changes, (misread,), (Because("misread", asked.code),))
    span, zone = asked.period.span, ZoneInfo(desk.owner.zone)
    told = count(event.ledgers, asked.names, now - span, now, zone)
    before = count(event.ledgers, asked.names, now - 2 * span, now - span, zone)
    shown = StatisticsShown(asked.period, told, before, asked.client, asked.names.get(asked.client, ""))
    return Oversight(changes, (shown,), (Because("statistics_asked"),))


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


def _page(
    changes: Changes, board: Sequence[Waiting], aside: Sequence[SetAside], event: DeskTapped, now: datetime
) -> Oversight:  # fmt: skip
    if event.action not in {"page", "aside"} or not event.argument.isdecimal():
        return Oversight(changes, (TapDone(event.tap, "unknown"),), (Because("unknown_button", event.action),))
    page = int(event.argument[:6])
    shown_page = (
        aside_page(aside, page, now, edits=event.message)
        if event.action == "aside"
        else page_of(board, page, now, edits=event.message)
    )
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
