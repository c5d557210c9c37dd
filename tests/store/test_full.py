"""How many are promised an answer by a moment: counted as promises come, move and go, whatever happens meanwhile."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis

from bot.core.thread import Promise, Thread
from bot.ports import Commit, Conflict
from bot.store.redis import RedisStore, connect, shard_of

NOW = datetime(2026, 11, 24, 8, 20, tzinfo=UTC)
DESK = "1"
SOON, LATER = NOW + timedelta(hours=3), NOW + timedelta(hours=6)


@pytest.fixture
async def store(server_url: str) -> AsyncIterator[RedisStore]:
    store = RedisStore(connect(server_url), [shard_of(DESK)])
    yield store
    await store.close()


def owing(client: str, version: int, due: datetime | None, *, own: bool = False, event: str = "") -> Commit:
    promise = Promise(NOW, due, 1, own=own) if due else None
    thread = Thread(DESK, client, version=version, promise=promise)
    return Commit(event or f"{client}:{version}", thread, (), (), (), None, None, NOW)


async def test_a_moment_is_full_when_as_many_are_promised_it(store: RedisStore) -> None:
    assert await store.full(DESK, 1) == frozenset()
    await store.commit(owing("tg:1", 0, SOON))
    await store.commit(owing("tg:2", 0, SOON))
    await store.commit(owing("tg:3", 0, LATER))
    assert await store.full(DESK, 1) == {SOON, LATER}
    assert await store.full(DESK, 2) == {SOON}
    assert await store.full(DESK, 3) == frozenset()
    assert await store.full("another", 1) == frozenset()


async def test_a_promise_that_moves_leaves_its_place(store: RedisStore) -> None:
    await store.commit(owing("tg:1", 0, SOON))
    await store.commit(owing("tg:1", 1, LATER))
    assert await store.full(DESK, 1) == {LATER}


async def test_a_promise_that_is_kept_leaves_no_trace(store: RedisStore, server_url: str) -> None:
    await store.commit(owing("tg:1", 0, SOON))
    await store.commit(owing("tg:1", 1, SOON))
    await store.commit(owing("tg:1", 2, None))
    assert await store.full(DESK, 1) == frozenset()
    with Redis.from_url(server_url) as client:
        assert client.keys("*:due:*") == []


async def test_the_same_commit_twice_counts_once(store: RedisStore) -> None:
    assert await store.commit(owing("tg:1", 0, SOON))
    assert not await store.commit(owing("tg:1", 0, SOON))
    with pytest.raises(Conflict):
        await store.commit(owing("tg:1", 0, SOON, event="another"))
    assert await store.full(DESK, 2) == frozenset()


async def test_a_time_the_owner_named_needs_no_window(store: RedisStore) -> None:
    await store.commit(owing("tg:1", 0, SOON))
    await store.commit(owing("tg:1", 1, LATER, own=True))
    assert await store.full(DESK, 1) == frozenset()


async def test_after_any_life_the_counts_are_those_of_the_open_promises(store: RedisStore) -> None:
    chance = random.Random(4)
    moments = [NOW + timedelta(minutes=30 * n) for n in range(5)]
    clients = {f"tg:{n}": 0 for n in range(20)}
    open_promises: dict[str, datetime | None] = {}

    async def step(client: str) -> None:
        due = chance.choice([*moments, None])
        commit = owing(client, clients[client], due)
        await asyncio.gather(store.commit(commit), store.commit(commit))
        clients[client] += 1
        open_promises[client] = due

    for _ in range(20):
        await asyncio.gather(*(step(client) for client in chance.sample(list(clients), 8)))
    counts = Counter(due for due in open_promises.values() if due)
    for capacity in range(1, 8):
        assert await store.full(DESK, capacity) == {due for due, count in counts.items() if count >= capacity}
