"""The digest: what waits for the owner, by client, most pressing first, in pages."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from bot.core.owner_notices import DigestShown, Waiting
from bot.core.thread import Thread

# Clients on one page: each takes up to four lines and a row of buttons, which still fits a phone's two screens.
PAGE = 6
_LAST = datetime.max.replace(tzinfo=UTC)


def waiting(thread: Thread) -> Waiting | None:
    """The client's row of the digest; None where nothing waits."""
    if thread.held.count == 0:
        return None
    return Waiting(
        client=thread.client,
        name=thread.name,
        count=thread.held.count,
        since=thread.held.since,
        lines=thread.held.lines,
        due=thread.promise.due if thread.promise else None,
        alarm_at=thread.alarm.raised_at if thread.alarm else None,
        deadline=thread.alarm.deadline if thread.alarm else None,
        snoozed_until=thread.snoozed_until,
        promised_at=thread.promise.said_at if thread.promise else None,
        topics=thread.held.topics,
    )


def pressing(row: Waiting) -> tuple[bool, datetime, datetime]:
    """The order of the digest: alarms, then what is due first, then what waits longest."""
    return row.alarm_at is None, row.deadline or row.due or _LAST, row.since or _LAST


def shown(board: Iterable[Waiting], now: datetime) -> list[Waiting]:
    """The rows that are not put off, most pressing first."""
    return sorted((row for row in board if row.snoozed_until is None or row.snoozed_until <= now), key=pressing)


def page_of(board: Sequence[Waiting], page: int, now: datetime, *, edits: str = "") -> DigestShown:
    """One page of the digest, counted from 1; a page beyond the last is the last."""
    rows = shown(board, now)
    pages = max(1, -(-len(rows) // PAGE))
    page = min(max(page, 1), pages)
    return DigestShown(
        at=now,
        rows=tuple(rows[(page - 1) * PAGE : page * PAGE]),
        page=page,
        pages=pages,
        clients=len(rows),
        items=sum(row.count for row in rows),
        edits=edits,
    )
