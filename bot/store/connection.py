"""The connection to a Redis or Valkey server: its pool, its retries, its errors in our words."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError as Unconnected
from redis.exceptions import RedisError

from bot.ports import StoreDown


def connect(url: str) -> Redis:
    """A client for `url` (redis://, rediss:// or unix://), its pool bounded and its retries explicit (STORE.md)."""
    # The pool has to be told: a client that is given a pool leaves its own `retry` unread.
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=32,
        timeout=10,
        socket_connect_timeout=5,
        socket_timeout=10,
        health_check_interval=30,
        retry=Retry(ExponentialBackoff(cap=0.5, base=0.05), 3),
    )
    return Redis(connection_pool=pool)


@asynccontextmanager
async def translated() -> AsyncIterator[None]:
    """The library's errors in our words: what the server refuses is our bug, silence is `StoreDown`.

    redis-py sends through `asyncio.wait_for`, which up to Python 3.11 swallows a cancellation that comes just as the
    send ends: a loop would run on after it was told to stop. What was swallowed is raised again here.
    """
    task = asyncio.current_task()
    cancellations = task.cancelling() if task else 0
    try:
        yield
        if task and task.cancelling() > cancellations:
            raise asyncio.CancelledError
    except (Unconnected, TimeoutError, OSError, asyncio.IncompleteReadError) as error:
        raise StoreDown(str(error)) from error
    except RedisError as error:
        if any(word in str(error) for word in ("LOADING", "BUSY", "READONLY", "MISCONF", "CLUSTERDOWN", "Timeout")):
            raise StoreDown(str(error)) from error
        raise
