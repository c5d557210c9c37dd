"""decision + commit of one message, as clients and history grow: the curve has to be flat.

The sizes take turns, message by message, so that whatever else the machine does falls on all of them alike.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from tests.bench.desk import Bench, abreast, open_bench
from tests.bench.figures import median, show, spread, timed

SIZES = (10, 100, 1_000, 10_000)
SAMPLES = 500


async def measure() -> None:
    async with open_bench() as bench:
        desks = {size: bench.beside(f"desk of {size}") for size in SIZES}
        for size, desk in desks.items():
            await abreast(desk.receive(client) for client in range(size))
        await _compare(
            {f"{size:,} clients": partial(_any_of, desk, size) for size, desk in desks.items()}, bench.bare_write
        )
        for client, size in enumerate(SIZES):
            for _ in range(size):
                await bench.receive(client)
        await _compare(
            {f"{size:,} items of one client": partial(_always, bench, client) for client, size in enumerate(SIZES)},
            bench.bare_write,
        )


async def _any_of(desk: Bench, clients: int, number: int) -> None:
    """One of so many clients writes: spread over all, so that none of them is fresh in anybody's cache."""
    await desk.receive(number * 7919 % clients)


async def _always(desk: Bench, client: int, number: int) -> None:
    """The same client writes."""
    await desk.receive(client)


async def _compare(
    acts: Mapping[str, Callable[[int], Awaitable[None]]], bare_write: Callable[[], Awaitable[float]]
) -> None:
    """Measure the acts in turns, each beside a bare write; the first is what the others are compared with."""
    taken: dict[str, list[float]] = {what: [] for what in acts}
    bare = []
    for number in range(SAMPLES):
        bare.append(await bare_write())
        for what, act in acts.items():
            taken[what].append(await timed(partial(act, number)))
    first, *_ = taken.values()
    for what, seconds in taken.items():
        show(what, spread(seconds), median(seconds) / median(first), "the first")
    show("one bare SET, made safe", spread(bare), median(bare) / median(first), "the first")
