"""Real servers for the store's tests: every one of them runs on the bundled server and on the system's, where found."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from redis import Redis

from bot.store.binary import find
from bot.store.embedded import EmbeddedServer
from bot.store.server import SENTINEL

BINARIES = {Path(path).name: path for path in (find().path, shutil.which("redis-server")) if path}
"""The server that the app would run here, and Debian's Redis if there is one. A missing one gives no tests."""


@pytest.fixture(params=list(BINARIES.values()), ids=list(BINARIES))
def binary(request: pytest.FixtureRequest) -> str:
    path: str = request.param
    return path


@pytest.fixture
async def servers() -> AsyncIterator[Callable[..., EmbeddedServer]]:
    """Makes EmbeddedServers that have all left when the test is over."""
    made: list[EmbeddedServer] = []

    def make(data: Path, **options: object) -> EmbeddedServer:
        made.append(EmbeddedServer(data, **options))  # type: ignore[arg-type]  # passed through as they are
        return made[-1]

    yield make
    for server in made:
        await server.stop()


@pytest.fixture(scope="session", params=list(BINARIES.values()), ids=list(BINARIES))
def running_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server that lives for the whole session of this pytest worker."""
    server = EmbeddedServer(tmp_path_factory.mktemp("store"), binary=request.param)
    yield asyncio.run(server.start())
    asyncio.run(server.stop())


@pytest.fixture
def server_url(running_server: str) -> str:
    """The session's server, empty but for the key by which the supervisor knows its database."""
    with Redis.from_url(running_server) as client, client.pipeline(transaction=True) as pipe:
        identity = client.get(SENTINEL)
        assert identity is not None
        pipe.flushall().set(SENTINEL, identity).execute()
    return running_server


@pytest.fixture
def posing_server(tmp_path: Path) -> Callable[[str, str], str]:
    """Writes a script that says `version` when asked, and otherwise does `deed`; gives its path."""

    def pose(version: str, deed: str) -> str:
        script = tmp_path / "posing-server"
        script.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo "{version}" && exit\n{deed}\n')
        script.chmod(0o700)
        return str(script)

    return pose
