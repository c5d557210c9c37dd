"""Where the page's clock can be turned to: steps, a Friday evening, the next morning, what the desk adds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.web.playground.ports import Landmark

STEPS = {"plus10": timedelta(minutes=10), "plus60": timedelta(hours=1)}
FRIDAY = 4
FRIDAY_EVENING = time(18, 40)  # after most desks close, when a client still hopes
MORNING = time(8, 30)  # before most desks open


class PastError(Exception):
    """The clock is turned forward only: what was promised cannot be unpromised."""


@dataclass(frozen=True, slots=True)
class Dial:
    """The moments one can turn to from `now` (aware), as the owner's zone sees them."""

    now: datetime
    zone: ZoneInfo

    def landmarks(self, given: Iterable[Landmark]) -> tuple[Landmark, ...]:
        """Every moment on offer that lies ahead: the steps first, then what comes next by the calendar."""
        steps = [Landmark(key, self.now + step, "") for key, step in STEPS.items()]
        marks = [
            Landmark("friday", self._next(FRIDAY_EVENING, weekday=FRIDAY), ""),
            Landmark("morning", self._next(MORNING), ""),
            *(each for each in given if each.at > self.now),
        ]
        return (*steps, *sorted(marks, key=lambda each: each.at))

    def read(self, local: str) -> datetime:
        """A moment typed in the owner's local time, `2026-11-27T18:40`. Raises ValueError, or PastError."""
        moment = datetime.fromisoformat(local)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=self.zone)
        if aware <= self.now:
            raise PastError
        return aware

    def _next(self, at: time, weekday: int | None = None) -> datetime:
        day = self.now.astimezone(self.zone).date()
        while True:
            moment = datetime.combine(day, at, self.zone)
            if moment > self.now and weekday in (None, day.weekday()):
                return moment
            day += timedelta(days=1)
