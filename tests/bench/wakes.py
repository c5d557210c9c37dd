"""lateness of wake-ups while 10,000 promises are open: from the promised moment to the commit of what follows."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from bot.bell import Bell
from bot.clock import WallClock
from bot.core.thread import Held, Promise, Thread
from bot.gatekeeper import Gatekeeper
from bot.ports import Commit
from bot.scheduler import Scheduler
from tests.bench.desk import Bench, Routine, abreast, address, open_bench, soon
from tests.bench.figures import median, show, spread

OPEN = 10_000
ONE_BY_ONE, AT_ONCE = 300, 1_000
# Seconds: before the first falls due, between two of those that come one by one, until the far ones.
AHEAD, APART, FAR = 2.0, 0.02, 86_400.0


class Punctual(Gatekeeper):
    """A gatekeeper that notes how late each wake-up was handled."""

    due: dict[str, datetime]
    late: list[float]

    async def wake(self, client: str) -> None:
        await super().wake(client)
        if moment := self.due.pop(client, None):
            self.late.append((self._clock.now() - moment).total_seconds())


async def measure() -> None:
    async with open_bench() as bench:
        few = await _lateness(bench, 0, [AHEAD + APART * n for n in range(ONE_BY_ONE)])
        show(f"{ONE_BY_ONE} one by one, no other open", spread(few))
        await abreast(_promise(bench, client, soon(FAR)) for client in range(1_000_000, 1_000_000 + OPEN))
        many = await _lateness(bench, 10_000, [AHEAD + APART * n for n in range(ONE_BY_ONE)])
        show(f"{ONE_BY_ONE} one by one, {OPEN:,} open", spread(many), median(many) / median(few), "none open")
        flood = await _lateness(bench, 20_000, [AHEAD] * AT_ONCE)
        show(f"{AT_ONCE:,} at the same moment, {OPEN:,} open", spread(flood))
        show("  that is, wake-ups a second", f"{AT_ONCE / max(flood):8.0f}")


async def _lateness(bench: Bench, first: int, seconds: Sequence[float]) -> list[float]:
    """Promises that fall due after so many seconds; how late each of them was seen to."""
    clock, bell = WallClock(), Bell()
    gatekeeper = Punctual(bench.desk, bench.store, Routine(), clock, (bell,))
    gatekeeper.due, gatekeeper.late = {}, []
    begin = soon(AHEAD)
    for number, after in enumerate(seconds):
        gatekeeper.due[address(first + number)] = soon(after) if after > AHEAD else begin
    await abreast(_promise(bench, first + number, gatekeeper.due[address(first + number)])
                  for number in range(len(seconds)))  # fmt: skip
    running = asyncio.create_task(Scheduler(bench.store, gatekeeper, clock, bell).run())
    while gatekeeper.due:
        await asyncio.sleep(0.05)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    return gatekeeper.late


async def _promise(bench: Bench, client: int, due: datetime) -> None:
    """An open promise to this client."""
    now = bench.clock.now()
    thread = Thread(
        bench.desk.id,
        address(client),
        name=f"Клиент {client}",
        items=1,
        held=Held(1, 1, now),
        promise=Promise(now, due, 1),
    )
    await bench.store.commit(Commit(f"promise:{client}", thread, (), (), (), None, due, now))
