"""Time passing: wakes threads and desks whose moment has come. No job table: wake-ups follow from the threads."""

import asyncio
import logging
from datetime import timedelta

from bot.bell import Bell
from bot.gatekeeper import Gatekeeper
from bot.ports import Clock, Store, StoreDown, Wake

log = logging.getLogger(__name__)

BATCH = 64
# How long a wake-up that another process brought forward may go unnoticed here.
GLANCE = timedelta(seconds=1)
PATIENCE = timedelta(seconds=1)


class Scheduler:
    """Leases wake-ups that are due and leads them to the gatekeeper."""

    def __init__(self, store: Store, gatekeeper: Gatekeeper, clock: Clock, bell: Bell) -> None:
        self._store = store
        self._gatekeeper = gatekeeper
        self._clock = clock
        self._bell = bell

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                busy = await self.step()
                until = self._clock.now() + GLANCE
                wake = None if busy else await self._store.next_wake()
            except StoreDown as error:
                log.warning("the store does not answer, wake-ups wait: %s", error)
                await self._clock.sleep_until(self._clock.now() + PATIENCE)
                continue
            if not busy:
                await self._bell.wait(self._clock, min(until, wake) if wake else until)

    async def step(self) -> bool:
        """Handle what is due now; whether there was anything."""
        due = await self._store.wake_due(self._clock.now(), BATCH)
        async with asyncio.TaskGroup() as group:
            for wake in due:
                group.create_task(self._wake(wake))
        return bool(due)

    async def _wake(self, wake: Wake) -> None:
        try:
            await self._gatekeeper.wake(wake.client)
        except StoreDown as error:
            # The lease runs out and the wake-up comes again.
            log.warning("the store does not answer, a wake-up waits: %s", error)
        except Exception:
            log.exception("wake-up failed desk=%s", wake.desk)
