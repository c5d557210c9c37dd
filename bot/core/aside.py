"""The list of what was set aside: once a week by itself with the first digest, and whenever the owner asks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.calendar import window_at
from bot.core.changes import Changes
from bot.core.desk import Desk
from bot.core.events import DeskEvent, DeskTapped, OwnerCommanded, TimePassed
from bot.core.owner_notices import AsideShown, SetAside
from bot.core.thread import Thread

# Strangers on one page: each takes three lines and a button.
PAGE = 10


def row_of(thread: Thread) -> SetAside | None:
    """The stranger's row of the list; None where nothing of theirs was set aside."""
    aside = thread.aside
    if aside is None:
        return None
    return SetAside(thread.client, thread.name, aside.held.count, aside.latest, aside.held.lines, aside.because)


def is_asked(desk: Desk, changes: Changes, event: DeskEvent, now: datetime) -> bool:
    """Whether the decision about this event needs to see what was set aside."""
    match event:
        case OwnerCommanded(command="aside") | DeskTapped(action="aside"):
            return True
        case TimePassed():
            return _is_due(desk, changes, now)
        case _:
            return False


def aside_page(rows: Sequence[SetAside], page: int, now: datetime, *, edits: str = "") -> AsideShown:
    """One page of the list, counted from 1; a page beyond the last is the last."""
    pages = max(1, -(-len(rows) // PAGE))
    page = min(max(page, 1), pages)
    return AsideShown(now, tuple(rows[(page - 1) * PAGE : page * PAGE]), page, pages, len(rows), edits)


def list_aside(
    desk: Desk, changes: Changes, rows: Sequence[SetAside], now: datetime
) -> tuple[Changes, AsideShown | None]:  # fmt: skip
    """The week's list: what was set aside since the last one, in the first window of the week that is open."""
    if not _is_due(desk, changes, now):
        return changes, None
    listed = changes.aside_listed
    new = [row for row in rows if listed is None or row.latest > listed]
    changes = replace(changes, aside_listed=now)
    # The new ones are the first of all: turning the page leads on through the whole list.
    return changes, replace(aside_page(new, 1, now), by_itself=True) if new else None


def _is_due(desk: Desk, changes: Changes, now: datetime) -> bool:
    window = window_at(desk, now)
    if window is None or now < window.start + desk.rules.digest_delay:
        return False
    zone = ZoneInfo(desk.owner.zone)
    return changes.aside_listed is None or _week(changes.aside_listed, zone) < _week(window.start, zone)


def _week(moment: datetime, zone: ZoneInfo) -> tuple[int, int]:
    """The year and the week of a moment, which begins on Monday in the owner's zone."""
    return moment.astimezone(zone).date().isocalendar()[:2]
