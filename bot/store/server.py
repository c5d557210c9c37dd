"""One server process of the embedded store: how it is run, asked, checked and ended. All of it blocks."""

import contextlib
import os
import subprocess
import threading
from types import MappingProxyType
from typing import Final

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import BusyLoadingError, RedisError, ResponseError
from redis.exceptions import ConnectionError as Unreachable
from redis.exceptions import TimeoutError as Silent
from redis.retry import Retry

from bot.store.binary import ENVIRONMENT, Binary
from bot.store.directory import Directory, Engine
from bot.store.locks import Lock
from bot.store.unavailable import StoreUnavailable

FLAGS: Final = MappingProxyType(
    {
        "port": "0",
        "unixsocketperm": "700",
        "save": "",
        "appendonly": "yes",
        "appendfilename": "appendonly.aof",
        "appenddirname": "appendonlydir",
        "appendfsync": "always",  # everysec lost up to 9,100 of 23,400 acknowledged writes at a power cut
        "no-appendfsync-on-rewrite": "no",
        "aof-use-rdb-preamble": "no",  # so that Redis and Valkey, 7.0 to 9.1, read each other's data
        "aof-load-truncated": "yes",  # the half-written command of a crash was never acknowledged
        "auto-aof-rewrite-percentage": "100",
        "auto-aof-rewrite-min-size": "16777216",
        "maxmemory": "0",
        "maxmemory-policy": "noeviction",
        "stop-writes-on-bgsave-error": "yes",
        "timeout": "0",  # supervise() keeps an idle connection
        "tcp-keepalive": "0",
        "enable-debug-command": "no",
        "enable-module-command": "no",
        "crash-log-enabled": "no",  # a crash report quotes commands, and so messages
        "loglevel": "notice",
    }
)
"""The options every server runs with, as CONFIG GET spells them; asserted after every start and adoption."""

SENTINEL: Final = "store:id"
"""The key that says whose database this is, the twin of engine.json. It never expires."""

GONE: Final = (Unreachable, Silent)
"""What redis-py raises when there is no server, or one that says nothing."""


def connect(directory: Directory, timeout: float = 2.0) -> Redis:
    """A client that neither retries nor waits longer than `timeout` seconds for a reply."""
    return Redis(
        unix_socket_path=str(directory.socket),
        socket_timeout=timeout,
        socket_connect_timeout=timeout,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )


def spawn(binary: Binary, directory: Directory, lock: Lock) -> subprocess.Popen[bytes]:
    """Run a server that inherits `lock`, the taken `server.lock`, in a session of its own, where no Ctrl-C reaches it.

    Raises StoreUnavailable when the database it should load is gone.
    """
    if directory.lost_database():
        raise StoreUnavailable(
            f"the database in {directory.db} has lost its manifest {directory.manifest.name}, and a server would start "
            f"empty: restore {directory.root} from a backup, or, to start empty on purpose, remove {directory.db} and "
            f"{directory.engine}"
        )
    directory.prepare_socket()
    for left_over in directory.db.glob("temp-*"):  # of a rewrite that died with an earlier server
        left_over.unlink(missing_ok=True)
    options = {"dir": str(directory.db), "unixsocket": str(directory.socket), "daemonize": "no", "logfile": "", **FLAGS}
    # asyncio's own subprocesses are no use here: closing the loop kills them.
    with directory.log.open("ab") as out:
        child = subprocess.Popen(  # noqa: S603 - a binary that find() has judged, and no shell
            [binary.path, *(word for name, value in options.items() for word in (f"--{name}", value))],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            pass_fds=(lock.fd,),
            start_new_session=True,
            umask=0o077,
            cwd="/",
            env=ENVIRONMENT,
        )
    # Whenever it ends, it is reaped; a daemon thread, because it may well outlive us.
    threading.Thread(target=child.wait, name="store-reaper", daemon=True).start()
    return child


def end(child: subprocess.Popen[bytes], patience: float = 5.0) -> None:
    """End a server that will not do. What it has acknowledged is on disk, so the hard way is safe too."""
    child.terminate()
    try:
        child.wait(patience)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def shut_down(directory: Directory, patience: float) -> None:
    """Ask the server to go. It may already be gone; whether it really went is seen by `server.lock`."""
    with contextlib.suppress(RedisError), connect(directory, patience) as client:
        client.shutdown()


def answers(directory: Directory) -> bool | None:
    """True when it serves, false while it loads its data, None when nobody answers."""
    with connect(directory) as client:
        try:
            return bool(client.ping())
        except BusyLoadingError:
            return False
        except GONE:
            return None


def runs(client: Redis) -> str:
    """What the server is, in the words of Binary.name."""
    info = client.info("server")
    kind = "valkey" if "valkey_version" in info else "redis"
    return f"{kind} {info[f'{kind}_version']}"


def assert_flags(client: Redis) -> None:
    """Give the server our FLAGS wherever it has others. Raises StoreUnavailable if it does not take them."""
    for name, value in _differing(client).items():
        # The append-only file is not switched on under way: for a while nothing would be safe yet.
        if name != "appendonly":
            with contextlib.suppress(ResponseError):
                client.config_set(name, value)
    if wrong := _differing(client):
        raise StoreUnavailable(
            f"the running store server does not take our settings ({', '.join(sorted(wrong))}): stop every process of "
            "the bot, so that the next start gives it the right ones"
        )


def assert_identity(client: Redis, directory: Directory) -> None:
    """See that the database is ours, or give a new one its id. Raises StoreUnavailable if it is another's."""
    known, value = directory.read_engine(), client.get(SENTINEL)
    found = None if value is None else str(value)  # a text: connect() has replies decoded
    if known is not None and found != known.id:
        raise StoreUnavailable(
            f"{directory.db} does not hold the database that {directory.engine} remembers (its {SENTINEL} is "
            f"{found or 'missing'}): restore {directory.root} from a backup, or, to start empty on purpose, remove both"
        )
    if found is None:
        if client.dbsize():
            raise StoreUnavailable(
                f"{directory.db} holds the database of another program (it has no {SENTINEL}): set DATA_DIR to a "
                "directory of the bot's own"
            )
        found = os.urandom(16).hex()
        client.set(SENTINEL, found)
    engine = Engine(found, runs(client))
    if engine != known:
        directory.write_engine(engine)


def _differing(client: Redis) -> dict[str, str]:
    actual = client.config_get(*FLAGS)
    return {name: value for name, value in FLAGS.items() if actual.get(name) != value}
