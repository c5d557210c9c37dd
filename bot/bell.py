"""A bell between loops of one process: who waits for work is told that there may be some."""

import asyncio
from datetime import datetime

from bot.ports import Clock


class Bell:
    """Rung after a commit; whoever sleeps on it wakes. A missed ring costs a moment, never a loss: the store knows."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        self._event.set()

    async def wait(self, clock: Clock, until: datetime) -> None:
        """Return when the bell rings, or at `until` by this clock."""
        if not self._event.is_set():
            async with asyncio.TaskGroup() as group:
                rung = group.create_task(self._event.wait())
                slept = group.create_task(clock.sleep_until(until))
                await asyncio.wait((rung, slept), return_when=asyncio.FIRST_COMPLETED)
                rung.cancel()
                slept.cancel()
        self._event.clear()
