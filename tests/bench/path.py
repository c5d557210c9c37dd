"""from intake to acknowledgement over real HTTP, next to a bare aiogram echo on the same stand-in.

Each bot runs in its own process, the stand-in in this one; every update is the first message of another client, and the
burst's gap is 0, so that nothing waits on purpose. Latency: from the update being handed out by getUpdates to the
sendMessage for its chat coming in. `easy` is load far below anybody's limit, `all at once` a queue that waits at start.
"""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter

from bot.triage.judge import Judge
from tests.bench.desk import TEXT
from tests.bench.figures import median, show, spread
from tests.bench.running import BOT, ECHO, UNPACED, Run, running

EASY, EASY_PER_SECOND = 160, 20
CROWD = 1_500
PACED_CROWD = 150


async def measure() -> None:
    judge, sent_at = Judge.load(), datetime.now(UTC)
    judged = []
    for number in range(300):
        began = perf_counter()
        judge.judge(f"{TEXT} {number}", sent_at=sent_at)
        judged.append(perf_counter() - began)
    show("(of which triage, one message)", spread(judged))
    async with running(ECHO) as run:
        echo_easy = await _one_by_one(run)
        echo = await _at_once(run, CROWD)
    show("bare aiogram echo, easy", spread(echo_easy))
    show("bare aiogram echo, all at once", f"{spread(echo.latencies)}   {echo.answered:6.0f} /s")
    async with running(BOT) as run:
        easy = await _one_by_one(run)
        paced = await _at_once(run, PACED_CROWD)
    show("Vratar as shipped, easy", spread(easy), median(easy) / median(echo_easy), "echo")
    show(
        f"Vratar as shipped, {PACED_CROWD} at once", f"{spread(paced.latencies)}   {paced.answered:6.0f} /s (limit: 30)"
    )
    async with running(UNPACED) as run:
        await _one_by_one(run)
        crowd = await _at_once(run, CROWD)
    show("Vratar unpaced, all at once", f"{spread(crowd.latencies)}   {crowd.answered:6.0f} /s",
         crowd.answered / echo.answered, "echo's rate")  # fmt: skip
    show("  of which taken in, safe and confirmed", f"{crowd.taken:6.0f} /s")


@dataclass(frozen=True, slots=True)
class Rush:
    """What came of many updates at once; rates in updates a second."""

    latencies: list[float]
    taken: float
    answered: float


async def _one_by_one(run: Run) -> list[float]:
    """Load far below the limit: the latencies."""
    run.watch.forget()
    for _ in range(EASY):
        run.write(1)
        await asyncio.sleep(1 / EASY_PER_SECOND)
    await run.answered(EASY)
    return run.watch.latencies()


async def _at_once(run: Run, messages: int) -> Rush:
    """Everybody at once."""
    run.watch.forget()
    began = perf_counter()
    run.write(messages)
    await run.taken()
    taken = perf_counter() - began
    await run.answered(messages)
    return Rush(run.watch.latencies(), messages / taken, messages / (perf_counter() - began))
