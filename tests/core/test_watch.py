"""Warnings before a promise lapses, the board, the digest that comes by itself: what time does to a desk."""

import itertools
from datetime import UTC, datetime, timedelta

from bot.core.changes import Changes
from bot.core.events import BoardLost, BoardPosted, TimePassed
from bot.core.notices import Notice
from bot.core.oversee import desk_wakes_at, oversee
from bot.core.owner_notices import BoardPinned, BoardShown, DigestShown, PromisesEnding, Waiting
from tests.core.desks import NOW, desk

MINUTE = timedelta(minutes=1)


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    """A moment of November 2026, Moscow time."""
    return datetime(2026, 11, day, hour - 3, minute, tzinfo=UTC)


def row(client: str, due: datetime | None, *, said: datetime = NOW) -> Waiting:
    return Waiting(client, client, 1, said, (), due, promised_at=said)


class Days:
    """A desk that lives through time, being woken whenever it asks to be."""

    def __init__(self, *rows: Waiting, start: datetime = NOW, quiet_board: bool = True) -> None:
        self.desk = desk(board=not quiet_board)
        self.board, self.now, self.changes = list(rows), start, Changes()
        self.said: list[tuple[datetime, Notice]] = []

    def lives_until(self, end: datetime) -> "Days":
        while (wake := desk_wakes_at(self.desk, self.changes, self.board, self.now)) is not None and wake <= end:
            assert wake >= self.now
            self.now = wake
            found = oversee(self.desk, self.changes, self.board, TimePassed("t"), self.now)
            self.changes = found.changes
            self.said += [(self.now, notice) for notice in found.notices]
            after = desk_wakes_at(self.desk, self.changes, self.board, self.now)
            assert after is None or after > self.now, "a tick leaves nothing due"
        self.now = end
        return self

    def heard(self, kind: type) -> list[tuple[datetime, Notice]]:
        return [(moment, notice) for moment, notice in self.said if isinstance(notice, kind)]


def test_a_promise_that_ends_is_warned_of_half_an_hour_before_and_once() -> None:
    days = Days(row("a", at(11), said=at(9)), start=at(9, 50)).lives_until(at(11))
    assert [moment for moment, _ in days.heard(PromisesEnding)] == [at(10, 30)]


def test_promises_that_end_together_are_one_warning() -> None:
    days = Days(row("a", at(11), said=at(9)), row("b", at(11), said=at(9)), start=at(9, 50)).lives_until(at(11))
    warnings = days.heard(PromisesEnding)
    assert len(warnings) == 1
    assert isinstance(warnings[0][1], PromisesEnding)
    assert [each.client for each in warnings[0][1].rows] == ["a", "b"]


def test_a_short_promise_is_warned_of_when_half_its_time_is_over() -> None:
    days = Days(start=at(13)).lives_until(at(14, 10))
    days.board.append(row("a", at(14, 30), said=at(14, 10)))
    days.lives_until(at(14, 30))
    assert [moment for moment, _ in days.heard(PromisesEnding)] == [at(14, 20)]


def test_what_the_digest_has_just_shown_is_not_warned_of() -> None:
    days = Days(row("a", at(14, 30))).lives_until(at(14, 30))
    assert [type(notice) for _, notice in days.said] == [DigestShown]


def test_a_promise_that_was_moved_is_warned_of_again() -> None:
    days = Days(row("a", at(11), said=at(9)), start=at(9, 50)).lives_until(at(11))
    days.board = [row("a", at(18), said=at(11))]
    days.lives_until(at(18))
    assert len(days.heard(PromisesEnding)) == 1, "the digest at 17:30 shows it"
    assert [moment for moment, _ in days.heard(DigestShown)] == [at(10), at(14), at(17, 30)]


def test_the_digest_of_the_last_window_tells_when_the_next_one_is() -> None:
    days = Days(row("a", None)).lives_until(at(18))
    last = days.heard(DigestShown)[-1][1]
    assert isinstance(last, DigestShown)
    assert last.next_window == at(10, day=25)


def test_the_digest_can_be_turned_off_or_come_later() -> None:
    days = Days(row("a", None))
    days.desk = desk(board=False, digest=False)
    assert days.lives_until(at(18)).said == []
    days = Days(row("a", None))
    days.desk = desk(board=False, digest_delay=5 * MINUTE)
    assert [moment for moment, _ in days.lives_until(at(15)).said] == [at(14, 5)]


def test_the_board_is_said_once_pinned_and_then_edited_at_most_once_a_minute() -> None:
    days = Days(row("a", at(14, 30)), quiet_board=False)
    days.lives_until(NOW + MINUTE)
    first = days.heard(BoardShown)
    assert len(first) == 1
    posted = oversee(days.desk, days.changes, days.board, BoardPosted("p", "77"), days.now)
    assert posted.notices == (BoardPinned("77"),)
    days.changes = posted.changes
    for number in range(20):
        days.board.append(row(f"b{number}", at(14, 30)))
        days.lives_until(days.now + timedelta(seconds=10))
    edits = [(moment, notice.edits) for moment, notice in days.heard(BoardShown)[1:] if isinstance(notice, BoardShown)]
    assert {message for _, message in edits} == {"77"}
    gaps = [later - earlier for (earlier, _), (later, _) in itertools.pairwise(edits)]
    assert min(gaps) >= MINUTE
    assert len(edits) >= 3


def test_a_board_that_was_deleted_is_said_anew() -> None:
    days = Days(row("a", at(14, 30)), quiet_board=False).lives_until(NOW + MINUTE)
    days.changes = oversee(days.desk, days.changes, days.board, BoardPosted("p", "77"), days.now).changes
    days.changes = oversee(days.desk, days.changes, days.board, BoardLost("l"), days.now).changes
    days.lives_until(days.now + 2 * MINUTE)
    last = days.heard(BoardShown)[-1][1]
    assert isinstance(last, BoardShown)
    assert last.edits == ""


def test_nobody_waits_and_nothing_is_said() -> None:
    assert Days(quiet_board=False).lives_until(at(18, day=27)).said == []


def test_after_a_night_without_power_the_desk_wakes_once() -> None:
    days = Days(row("a", at(14, 30)), start=at(14, 10, day=25))
    found = oversee(days.desk, Changes(digested=at(10)), days.board, TimePassed("t"), days.now)
    assert [type(notice) for notice in found.notices] == [DigestShown]
