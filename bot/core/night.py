"""The owner's night: hours in which only what the owner has named may ring."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.desk import Desk
from bot.core.verdict import Because

# The harms of triage that an owner may let ring by night.
HARMS = ("outage", "payment", "security", "published", "meeting", "blocked", "legal", "safety", "deadline")


def night_ends(desk: Desk, moment: datetime) -> datetime | None:
    """The end of the night in which `moment` (aware UTC) lies; None by day, and where no night is set."""
    night = desk.rules.night
    if night is None:
        return None
    local = moment.astimezone(ZoneInfo(desk.owner.zone))
    clock = local.time().replace(tzinfo=None)
    over_midnight = night.end <= night.start
    inside = (clock >= night.start or clock < night.end) if over_midnight else night.start <= clock < night.end
    if not inside:
        return None
    day = local.date() + timedelta(days=1 if over_midnight and clock >= night.start else 0)
    return datetime.combine(day, night.end, local.tzinfo).astimezone(moment.tzinfo)


def may_ring(desk: Desk, because: Iterable[Because], deadline: datetime | None, moment: datetime) -> bool:
    """Whether an alarm with these reasons may make a sound now.

    By night only those that the owner has named may, and those whose deadline lies before the morning.
    """
    ends = night_ends(desk, moment)
    if ends is None or (deadline is not None and deadline <= ends):
        return True
    return any(reason.code in desk.rules.night_rings for reason in because)
