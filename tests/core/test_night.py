"""The owner's night: what may ring in it, and when it ends."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.core.desk import Span
from bot.core.night import may_ring, night_ends
from bot.core.thread import Alarm
from bot.core.verdict import Because
from tests.core.desks import DESK, desk

NIGHT = desk(night=Span(time(22), time(8)), night_rings=frozenset({"safety"}))


def moscow(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=3)


@pytest.mark.parametrize(
    ("moment", "ends"),
    [
        (moscow(21, 59), None),
        (moscow(22), moscow(8, day=25)),
        (moscow(3, day=25), moscow(8, day=25)),
        (moscow(7, 59), moscow(8)),
        (moscow(8), None),
        (moscow(12), None),
    ],
)
def test_the_night_runs_over_midnight(moment: datetime, ends: datetime | None) -> None:
    assert night_ends(NIGHT, moment) == ends


def test_a_night_within_one_day() -> None:
    siesta = desk(night=Span(time(13), time(15)))
    assert night_ends(siesta, moscow(14)) == moscow(15)
    assert night_ends(siesta, moscow(15)) is None


def test_only_what_was_named_rings_or_what_is_due_before_the_morning() -> None:
    outage, safety = (Because("outage"),), (Because("safety"),)
    assert not may_ring(NIGHT, outage, None, moscow(23))
    assert may_ring(NIGHT, safety, None, moscow(23))
    assert may_ring(NIGHT, outage, moscow(7, day=25), moscow(23))
    assert not may_ring(NIGHT, outage, moscow(12, day=25), moscow(23))
    assert may_ring(NIGHT, outage, None, moscow(12))
    assert may_ring(DESK, outage, None, moscow(23))


def test_an_alarm_of_the_night_rings_in_the_morning() -> None:
    alarm = Alarm(1, moscow(23), (Because("outage"),), 0.9)
    assert alarm.rings_at(NIGHT) == moscow(8, day=25)


def test_an_alarm_that_rang_in_vain_goes_to_the_backup() -> None:
    with_backup = replace(DESK, owner=replace(DESK.owner, backup="tg:9"))
    alarm = Alarm(1, moscow(12), (), 0.9, rung=3, rung_at=moscow(12, 30))
    assert alarm.escalates_at(with_backup) == moscow(12, 35)
    assert alarm.escalates_at(DESK) is None
    assert replace(alarm, touched=True).escalates_at(with_backup) is None
    assert replace(alarm, escalated=True).escalates_at(with_backup) is None
