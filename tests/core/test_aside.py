"""The list of what was set aside: once a week by itself, in the week's first open window, and on demand in pages."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.aside import PAGE, aside_page, is_asked
from bot.core.changes import Changes
from bot.core.desk import Desk
from bot.core.events import DeskTapped, GateOpened, OwnerCommanded, TimePassed
from bot.core.oversee import desk_wakes_at, oversee
from bot.core.owner_notices import AsideShown, SetAside, TapDone
from bot.core.verdict import Because
from tests.core.desks import NOW, desk

SPAM = Because("mass_offer", "топ-10")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026, Moscow time; the 24th is a Tuesday."""
    return datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=day - 1, hours=hour - 3, minutes=minute)


def row(client: str, latest: datetime) -> SetAside:
    return SetAside(client, client, 1, latest, (), SPAM)


def lists(desk: Desk, rows: list[SetAside], end: datetime) -> list[tuple[datetime, list[str]]]:
    """When the desk lists what, being woken whenever it asks to be."""
    now, listed = NOW, list[tuple[datetime, list[str]]]()
    changes = oversee(desk, Changes(), (), GateOpened("o"), now).changes
    while (wake := desk_wakes_at(desk, changes, (), now)) is not None and wake <= end:
        now, event = wake, TimePassed("t")
        aside = [each for each in rows if each.latest <= now] if is_asked(desk, changes, event, now) else []
        found = oversee(desk, changes, (), event, now, sorted(aside, key=lambda each: each.latest, reverse=True))
        changes = found.changes
        listed += [
            (now, [each.client for each in notice.rows])
            for notice in found.notices
            if isinstance(notice, AsideShown) and notice.by_itself
        ]
    return listed


@pytest.mark.parametrize("digest", [True, False])
def test_once_a_week_in_its_first_window_and_only_what_is_new(digest: bool) -> None:
    rows = [row("a", at(24, 12)), row("b", at(27, 22)), row("c", at(30, 10, 30)), row("d", at(45, 9))]
    assert lists(desk(digest=digest), rows, at(60, 12)) == [
        (at(30, 10), ["b", "a"]),
        (at(37, 10), ["c"]),
        (at(51, 10), ["d"]),
    ]


def test_with_the_digest_where_that_comes_a_little_later() -> None:
    rows = [row("a", at(24, 12))]
    assert lists(desk(digest_delay=timedelta(minutes=15)), rows, at(31, 12)) == [(at(30, 10, 15), ["a"])]


def test_a_week_without_anything_new_says_nothing() -> None:
    assert lists(desk(), [], at(60, 12)) == []


def test_on_demand_all_of_it_in_pages() -> None:
    rows = [row(f"c{number}", NOW) for number in range(PAGE + 3)]
    event = OwnerCommanded("e", "aside")
    assert is_asked(desk(), Changes(), event, NOW)
    first = oversee(desk(), Changes(), (), event, NOW, rows).notices[0]
    assert isinstance(first, AsideShown)
    assert (len(first.rows), first.page, first.pages, first.strangers) == (PAGE, 1, 2, PAGE + 3)
    turn = DeskTapped("e", "aside", "2", "9", "77")
    assert is_asked(desk(), Changes(), turn, NOW)
    toast, second = oversee(desk(), Changes(), (), turn, NOW, rows).notices
    assert toast == TapDone("9", "")
    assert isinstance(second, AsideShown)
    assert (len(second.rows), second.page, second.edits) == (3, 2, "77")


@pytest.mark.parametrize(("page", "shown"), [(0, 1), (1, 1), (2, 2), (99, 2)])
def test_a_page_beyond_the_ends_is_the_nearest_one(page: int, shown: int) -> None:
    assert aside_page([row(f"c{number}", NOW) for number in range(PAGE + 1)], page, NOW).page == shown


def test_nothing_set_aside_is_one_empty_page() -> None:
    assert aside_page([], 1, NOW) == AsideShown(NOW, (), 1, 1, 0)
