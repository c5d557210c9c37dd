"""The clock bar offers moments ahead only, and reads typed ones in the owner's zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.web.playground.moments import Dial, PastError
from bot.web.playground.ports import Landmark

SOFIA = ZoneInfo("Europe/Sofia")
# Each now in Sofia, and the Friday evening and the morning that come next.
CASES = {
    "tuesday": ("2026-11-24T10:20", "2026-11-27T18:40", "2026-11-25T08:30"),
    "before the morning": ("2026-11-24T07:00", "2026-11-27T18:40", "2026-11-24T08:30"),
    "friday before": ("2026-11-27T18:39", "2026-11-27T18:40", "2026-11-28T08:30"),
    "friday at": ("2026-11-27T18:40", "2026-12-04T18:40", "2026-11-28T08:30"),
    "over the change to winter time": ("2026-10-24T23:00", "2026-10-30T18:40", "2026-10-25T08:30"),
}


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SOFIA)


@pytest.mark.parametrize(("now", "friday", "morning"), CASES.values(), ids=CASES.keys())
def test_friday_evening_and_morning(now: str, friday: str, morning: str) -> None:
    found = {each.key: each.at for each in Dial(local(now), SOFIA).landmarks(())}
    assert (found["friday"], found["morning"]) == (local(friday), local(morning))


def test_steps_come_first_and_what_has_passed_is_left_out() -> None:
    now = local("2026-11-24T10:20").astimezone(UTC)
    ahead = Landmark("window", now + timedelta(hours=1), "14:00–14:30")
    behind = Landmark("holiday", now, "вчера")
    keys = [each.key for each in Dial(now, SOFIA).landmarks((behind, ahead))]
    assert keys == ["plus10", "plus60", "window", "morning", "friday"]


def test_typed_moment_is_local_and_ahead() -> None:
    dial = Dial(local("2026-11-24T10:20"), SOFIA)
    assert dial.read("2026-11-24T10:21") == datetime(2026, 11, 24, 8, 21, tzinfo=UTC)
    with pytest.raises(PastError):
        dial.read("2026-11-24T10:20")
    with pytest.raises(ValueError, match="isoformat"):
        dial.read("завтра")
