"""What the desk keeps an eye on between windows: promises about to lapse, and the board that shows how things stand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.calendar import next_window, window_at
from bot.core.changes import Changes
from bot.core.desk import Desk
from bot.core.digest import pressing, shown
from bot.core.owner_notices import BoardShown, PromisesEnding, Waiting

# How long before a promise lapses the owner is warned (PRODUCT.md, O7); of a shorter promise half its time.
WARNING = timedelta(minutes=30)
# The board is edited at most so often (O2): edits share Telegram's limits with messages.
BOARD_REST = timedelta(minutes=1)


def warns_at(row: Waiting) -> datetime | None:
    """When the owner is warned that this row's promise is about to lapse."""
    if row.due is None:
        return None
    whole = row.due - row.promised_at if row.promised_at else 2 * WARNING
    return row.due - min(WARNING, whole / 2)


def warn(changes: Changes, board: Sequence[Waiting], now: datetime) -> tuple[Changes, PromisesEnding | None]:
    """One warning for all promises that are about to lapse and were not warned of, most pressing first."""
    open_marks = {_mark(row) for row in board if row.due is not None and row.due > now}
    warned = tuple(mark for mark in changes.warned if mark in open_marks)
    ending = sorted(
        (row for row in board if (at := warns_at(row)) and at <= now and _mark(row) in open_marks - set(warned)),
        key=pressing,
    )
    changes = replace(changes, warned=(*warned, *(_mark(row) for row in ending)))
    return changes, PromisesEnding(now, tuple(ending)) if ending else None


def count_as_warned(changes: Changes, board: Sequence[Waiting], now: datetime) -> Changes:
    """The digest of an opening window has just shown what ends soon: it is not said twice."""
    soon = (_mark(row) for row in board if row.due is not None and now < row.due <= now + WARNING)
    return replace(changes, warned=tuple(dict.fromkeys((*changes.warned, *soon))))


def show_board(
    desk: Desk, changes: Changes, board: Sequence[Waiting], now: datetime
) -> tuple[Changes, BoardShown | None]:  # fmt: skip
    """The board, when it has something new to say and has rested; one that was never needed is not begun."""
    if not desk.rules.board or (not board and not changes.board_says):
        return changes, None
    face = _face(desk, changes, board, now)
    says = _says(face)
    if says == changes.board_says or _rests_until(changes, now) > now:
        return changes, None
    return replace(changes, board_at=now, board_says=says), face


def watches_at(desk: Desk, changes: Changes, board: Sequence[Waiting], now: datetime) -> datetime | None:
    """The next moment at which the watch has something to do."""
    moments = [at for row in board if (at := warns_at(row)) and at > now]
    moments += [row.snoozed_until for row in board if row.snoozed_until and row.snoozed_until > now]
    if desk.rules.board and (board or changes.board_says):
        if (window := window_at(desk, now)) is not None:
            moments.append(window.end)
        if _says(_face(desk, changes, board, now)) != changes.board_says:
            moments.append(_rests_until(changes, now))
    return min(moments, default=None)


def _face(desk: Desk, changes: Changes, board: Sequence[Waiting], now: datetime) -> BoardShown:
    rows = shown(board, now)
    open_window = window_at(desk, now)
    window = open_window or next_window(desk, now)
    return BoardShown(
        clients=len(rows),
        items=sum(row.count for row in rows),
        alarms=sum(row.alarm_at is not None for row in rows),
        next_due=min((row.due for row in rows if row.due is not None), default=None),
        window_starts=window.start if window else None,
        window_ends=window.end if window and open_window else None,
        edits=changes.board,
    )


def _says(face: BoardShown) -> str:
    return repr(replace(face, edits=""))


def _rests_until(changes: Changes, now: datetime) -> datetime:
    return changes.board_at + BOARD_REST if changes.board_at else now


def _mark(row: Waiting) -> str:
    return f"{row.client} {row.due.isoformat() if row.due else ''}"
