"""The embedded store against real servers, real processes and real kills."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from bot.store.binary import find
from bot.store.embedded import EmbeddedServer
from bot.store.server import FLAGS, SENTINEL

TENANT = Path(__file__).with_name("tenant.py")
ROOT = Path(__file__).parents[2]


class Tenant:
    """A process of the app that uses the store (see tenant.py)."""

    def __init__(self, data: Path, binary: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(TENANT), str(data), binary],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            start_new_session=True,  # a terminal of its own, to press Ctrl-C in
        )

    def says(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def server_pid(self) -> int:
        word, pid = self.says().split()
        assert word == "started"
        return int(pid)

    def leave(self) -> str:
        assert self.process.stdin
        self.process.stdin.close()
        return self.says()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        self.process.kill()
        with self.process:
            pass


@pytest.fixture
def tenants() -> Iterator[Callable[[Path, str], Tenant]]:
    with contextlib.ExitStack() as leaving:

        def come(data: Path, binary: str) -> Tenant:
            tenant = Tenant(data, binary)
            leaving.callback(tenant.close)
            return tenant

        yield come


@contextlib.contextmanager
def client(server: EmbeddedServer) -> Iterator[Redis]:
    with Redis.from_url(server.url, decode_responses=True) as connected:
        yield connected


def pid(server: EmbeddedServer) -> int:
    with client(server) as connected:
        return int(connected.info("server")["process_id"])


def lives(process: int) -> bool:
    """Whether it runs; a zombie does not."""
    stat = Path(f"/proc/{process}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


async def until(condition: Callable[[], bool], within: float = 10.0) -> None:
    async with asyncio.timeout(within):
        while not condition():
            await asyncio.sleep(0.005)


@contextlib.asynccontextmanager
async def supervised(server: EmbeddedServer) -> AsyncIterator[None]:
    watch = asyncio.create_task(server.supervise())
    try:
        yield
    finally:
        watch.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watch


# Starting and stopping


async def test_starts_and_stops_and_keeps_what_it_was_given(
    tmp_path: Path, binary: str, servers: Callable[..., EmbeddedServer]
) -> None:
    server = servers(tmp_path / "store", binary=binary)
    assert (await server.start()).startswith("unix:///")
    with client(server) as connected:
        connected.set("promise", "до вторника")
    process = pid(server)

    assert await server.stop() is True
    await until(lambda: not lives(process))
    assert not server.directory.socket.exists()

    await server.start()
    with client(server) as connected:
        assert connected.get("promise") == "до вторника"


async def test_stopping_what_was_never_started_does_nothing(tmp_path: Path) -> None:
    assert await EmbeddedServer(tmp_path / "store").stop() is False
    assert not (tmp_path / "store").exists()


async def test_nobody_else_can_read_the_directory(tmp_path: Path, servers: Callable[..., EmbeddedServer]) -> None:
    (tmp_path / "store").mkdir(mode=0o755)
    server = servers(tmp_path / "store")
    await server.start()
    for path in [server.directory.root, *server.directory.root.rglob("*")]:
        assert path.lstat().st_mode & 0o077 == 0, path


@pytest.mark.parametrize(
    "name",
    ["with space", "Клиентска порта", "100% #1?", "д" * 60 + "/" + "я" * 60],
    ids=["space", "cyrillic", "signs of an url", "longer than a socket may be"],
)
async def test_any_path_will_do(tmp_path: Path, name: str, servers: Callable[..., EmbeddedServer]) -> None:
    with tempfile.TemporaryDirectory() as home:  # shorter than tmp_path
        server = servers(tmp_path / name, socket_home=Path(home))
        await server.start()
        with client(server) as connected:
            assert connected.ping()
        await server.stop()
        assert not any(Path(home).iterdir())


async def test_the_server_runs_apart_from_us_and_knows_nothing_of_us(
    tmp_path: Path, binary: str, servers: Callable[..., EmbeddedServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TOKEN", "secret")
    server = servers(tmp_path / "store", binary=binary)
    await server.start()
    process = pid(server)
    assert os.getsid(process) == process
    environment = Path(f"/proc/{process}/environ")
    if environment.exists():
        assert b"secret" not in environment.read_bytes()


# The flags


async def test_runs_with_the_flags_that_lose_nothing(
    tmp_path: Path, binary: str, servers: Callable[..., EmbeddedServer]
) -> None:
    server = servers(tmp_path / "store", binary=binary)
    await server.start()
    with client(server) as connected:
        assert connected.config_get(*FLAGS) == dict(FLAGS)
        assert connected.config_get("appendfsync", "save", "port") == {"appendfsync": "always", "save": "", "port": "0"}


async def test_an_adopted_server_gets_the_flags_back(tmp_path: Path, servers: Callable[..., EmbeddedServer]) -> None:
    first, second = (servers(tmp_path / "store") for _ in range(2))
    await first.start()
    with client(first) as connected:
        connected.config_set("appendfsync", "everysec")
        connected.config_set("maxmemory-policy", "allkeys-lru")
        await second.start()
        assert connected.config_get(*FLAGS) == dict(FLAGS)


# Deaths


async def test_what_was_acknowledged_survives_the_death_of_the_server(
    tmp_path: Path, binary: str, servers: Callable[..., EmbeddedServer]
) -> None:
    server = servers(tmp_path / "store", binary=binary)
    await server.start()
    async with supervised(server):
        for turn in range(2):
            process = pid(server)
            with client(server) as connected:
                for n in range(50):
                    connected.rpush("folder", f"{turn}:{n}")
            os.kill(process, signal.SIGKILL)
            await until(lambda dead=process: not lives(dead))  # type: ignore[misc]  # a bound default
            await until(lambda dead=process: _answers(server) not in (None, dead))  # type: ignore[misc]
        with client(server) as connected:
            assert connected.lrange("folder", 0, -1) == [f"{turn}:{n}" for turn in range(2) for n in range(50)]


async def test_a_server_killed_while_starting_is_started_again(
    tmp_path: Path, binary: str, posing_server: Callable[[str, str], str], servers: Callable[..., EmbeddedServer]
) -> None:
    once = tmp_path / "once"
    frail = posing_server(
        "Valkey server v=9.9.9", f'[ -e {once} ] || {{ touch {once}; kill -9 $$; }}; exec {binary} "$@"'
    )
    await servers(tmp_path / "store", binary=frail).start()
    assert once.exists()


async def test_keeps_trying_while_the_disk_is_full(
    tmp_path: Path, servers: Callable[..., EmbeddedServer], caplog: pytest.LogCaptureFixture
) -> None:
    server = servers(tmp_path / "store")
    await server.start()
    async with supervised(server):
        server.min_free = 1 << 62
        os.kill(pid(server), signal.SIGKILL)
        await until(lambda: sum("MiB are free" in record.getMessage() for record in caplog.records) >= 2)
        server.min_free = 0
        await until(lambda: _answers(server) is not None)
        await until(lambda: "the store is back" in caplog.text)


async def test_supervision_ends_when_the_store_is_stopped(
    tmp_path: Path, servers: Callable[..., EmbeddedServer]
) -> None:
    server = servers(tmp_path / "store")
    await server.start()
    watch = asyncio.create_task(server.supervise())
    await until(lambda: _clients(server) > 1)
    await server.stop()
    await asyncio.wait_for(watch, 5)
    assert _answers(server) is None


async def test_both_users_bring_one_dead_server_back(tmp_path: Path, servers: Callable[..., EmbeddedServer]) -> None:
    first, second = (servers(tmp_path / "store") for _ in range(2))
    await first.start()
    await second.start()
    async with supervised(first), supervised(second):
        await until(lambda: _clients(first) > 2)
        before = pid(first)
        os.kill(before, signal.SIGKILL)
        await until(lambda: _answers(first) not in (None, before))
        await until(lambda: _clients(first) > 2)
        assert await first.stop() is False
        assert pid(second) != before


async def test_the_server_of_a_killed_app_is_adopted(
    tmp_path: Path, binary: str, tenants: Callable[[Path, str], Tenant], servers: Callable[..., EmbeddedServer]
) -> None:
    app = tenants(tmp_path / "store", binary)
    process = app.server_pid()
    app.kill()
    assert lives(process)

    server = servers(tmp_path / "store", binary=binary)
    await server.start()
    assert pid(server) == process
    async with supervised(server):  # and watched like one of our own
        await until(lambda: _clients(server) > 1)
        os.kill(process, signal.SIGKILL)
        await until(lambda: _answers(server) not in (None, process))


async def test_ctrl_c_while_draining_does_not_take_the_store_away(
    tmp_path: Path, binary: str, tenants: Callable[[Path, str], Tenant], servers: Callable[..., EmbeddedServer]
) -> None:
    app = tenants(tmp_path / "store", binary)
    app.server_pid()
    os.killpg(app.process.pid, signal.SIGINT)
    assert app.says() == "last"
    server = servers(tmp_path / "store", binary=binary)
    await server.start()
    with client(server) as connected:
        assert int(connected.get("drained") or 0) > 1


# Sharing


async def test_six_at_once_start_one_server_and_the_last_one_out_stops_it(
    tmp_path: Path, tenants: Callable[[Path, str], Tenant]
) -> None:
    apps = [tenants(tmp_path / "store", find().path) for _ in range(6)]
    processes = {app.server_pid() for app in apps}
    assert len(processes) == 1
    (process,) = processes

    assert [app.leave() for app in apps] == ["left"] * 5 + ["last"]
    await until(lambda: not lives(process))


async def test_a_second_user_keeps_the_server_alive(
    tmp_path: Path, binary: str, servers: Callable[..., EmbeddedServer]
) -> None:
    first, second = (servers(tmp_path / "store", binary=binary) for _ in range(2))
    assert await first.start() == await second.start()
    process = pid(first)
    assert await first.stop() is False
    assert pid(second) == process
    assert await second.stop() is True
    await until(lambda: not lives(process))


@pytest.fixture
def upgrade(posing_server: Callable[[str, str], str]) -> str:
    """The bundled server under a version that it does not have."""
    return posing_server("Valkey server v=99.0.0", f'exec {find().path} "$@"')


async def test_an_orphan_of_another_version_is_replaced(
    tmp_path: Path, upgrade: str, tenants: Callable[[Path, str], Tenant], servers: Callable[..., EmbeddedServer]
) -> None:
    app = tenants(tmp_path / "store", find().path)
    process = app.server_pid()
    app.kill()
    server = servers(tmp_path / "store", binary=upgrade)
    await server.start()
    assert pid(server) != process


async def test_a_newcomer_of_another_version_neither_replaces_nor_loses_a_shared_server(
    tmp_path: Path, upgrade: str, servers: Callable[..., EmbeddedServer]
) -> None:
    """flock drops a shared lock before it refuses the exclusive one: the newcomer was no longer counted as a user."""
    first, newcomer = servers(tmp_path / "store"), servers(tmp_path / "store", binary=upgrade)
    await first.start()
    process = pid(first)
    await newcomer.start()
    assert pid(newcomer) == process
    assert await first.stop() is False
    assert pid(newcomer) == process


async def test_the_data_moves_between_the_servers(tmp_path: Path, servers: Callable[..., EmbeddedServer]) -> None:
    bundled, other = find().path, shutil.which("redis-server") or find().path
    for turn, binary in enumerate((bundled, other, bundled)):
        server = servers(tmp_path / "store", binary=binary)
        await server.start()
        with client(server) as connected:
            assert connected.incr("turns") == turn + 1
        await server.stop()


# The fixture that other tests use


async def test_every_test_finds_the_shared_server_empty(server_url: str) -> None:
    with Redis.from_url(server_url, decode_responses=True) as connected:
        assert connected.keys() == [SENTINEL]
        connected.set("left", "behind")


def _answers(server: EmbeddedServer) -> int | None:
    """The pid of the server that serves now."""
    with contextlib.suppress(ConnectionError, RedisError):
        return pid(server)
    return None


def _clients(server: EmbeddedServer) -> int:
    with client(server) as connected:
        return int(connected.info("clients")["connected_clients"])
