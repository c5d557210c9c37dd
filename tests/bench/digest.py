"""first page of the digest: 2,000 open items in 200 clients, next to 60 items in 6 clients (one page)."""

from time import perf_counter

from bot.core.changes import Changes
from bot.core.events import OwnerCommanded
from bot.core.oversee import oversee
from bot.wording import word
from tests.bench.desk import abreast, address, open_bench
from tests.bench.figures import median, show, spread

CLIENTS, ITEMS = (6, 200), 10
SAMPLES = 100


async def measure() -> None:
    async with open_bench() as bench:
        filled, first = 0, 0.0
        for clients in CLIENTS:
            for _ in range(ITEMS):
                await abreast(bench.receive(client) for client in range(filled, clients))
            await abreast(bench.gatekeeper.wake(address(client)) for client in range(filled, clients))
            filled = clients
            read, decided, worded = [], [], []
            for number in range(SAMPLES):
                began = perf_counter()
                board = await bench.store.board(bench.desk.id)
                read.append(perf_counter() - began)
                now = bench.clock.now()
                began = perf_counter()
                oversight = oversee(bench.desk, Changes(), board, OwnerCommanded(f"digest:{number}", "digest"), now)
                decided.append(perf_counter() - began)
                began = perf_counter()
                for notice in oversight.notices:
                    word(notice, desk=bench.desk, language=bench.desk.owner.language, now=now)
                worded.append(perf_counter() - began)
            total = [sum(parts) for parts in zip(read, decided, worded, strict=True)]
            first = first or median(total)
            waiting = sum(row.count for row in await bench.store.board(bench.desk.id))
            show(f"{waiting:,} items in {clients} clients", spread(total), median(total) / first, "one page")
            show("  of which read", spread(read))
            show("  of which decide", spread(decided))
            show("  of which word", spread(worded))
