"""One real server of the store for each worker of the suite, emptied for each test that asks for it."""

import asyncio
from collections.abc import Iterator

import pytest
from redis import Redis

from bot.store.embedded import EmbeddedServer
from bot.store.server import SENTINEL


@pytest.fixture(scope="session")
def bundled_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of the bundled server."""
    server = EmbeddedServer(tmp_path_factory.mktemp("bundled"))
    yield asyncio.run(server.start())
    asyncio.run(server.stop())


@pytest.fixture
def empty_store(bundled_server: str) -> str:
    """The URL of the bundled server, empty but for the key by which its supervisor knows it."""
    with Redis.from_url(bundled_server) as client:
        identity = client.get(SENTINEL)
        client.flushall()
        client.set(SENTINEL, identity or b"")
    return bundled_server
