"""The clock: the one place where the time is read."""

import asyncio
from datetime import UTC, datetime, timedelta


class WallClock:
    """`ports.Clock` by the machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - this is the place

    async def sleep_until(self, moment: datetime) -> None:
        while (left := (moment - self.now()).total_seconds()) > 0:  # noqa: ASYNC110 - time is no event
            # In short steps: a machine that slept, or a clock that was set, must not make us oversleep.
            await asyncio.sleep(min(left, 60.0))


class TurnableClock:
    """A clock that runs like the wall's and can be turned forward by hand (the playground, the stories)."""

    def __init__(self, start: datetime | None = None) -> None:
        self._wall = WallClock()
        self._ahead = (start - self._wall.now()) if start else timedelta(0)
        self._turned = asyncio.Event()

    def now(self) -> datetime:
        return self._wall.now() + self._ahead

    def turn_to(self, moment: datetime) -> None:
        """Turn forward to `moment`; raises ValueError for a moment that has passed: promises do not run backwards."""
        self.turn_by(moment - self.now())

    def turn_by(self, span: timedelta) -> None:
        """Turn forward by `span`; raises ValueError for a negative one."""
        if span < timedelta(0):
            raise ValueError("the clock can only be turned forward")
        self._ahead += span
        self._turned.set()
        self._turned = asyncio.Event()

    async def sleep_until(self, moment: datetime) -> None:
        while (left := (moment - self.now()).total_seconds()) > 0:
            try:
                async with asyncio.timeout(min(left, 60.0)):
                    await self._turned.wait()
            except TimeoutError:
                continue
