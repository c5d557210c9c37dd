"""The embedded store: a real Valkey or Redis server of our own, started, shared, watched and stopped by the app.

Every process of the app that uses a data directory runs one EmbeddedServer on it; together they keep exactly one
server. It lives in a session of its own, so it outlives them when they are killed, and the next start adopts it. The
last one to leave in good order shuts it down. `Directory` tells which lock says what.
"""

import asyncio
import contextlib
import logging
import os
import subprocess
import threading
from pathlib import Path
from time import monotonic, sleep
from typing import Final
from urllib.parse import quote

from redis.exceptions import RedisError

from bot.store import server
from bot.store.binary import Binary, find
from bot.store.directory import SOCKET_HOME, Directory
from bot.store.locks import Lock
from bot.store.unavailable import StoreUnavailable

__all__ = ["EmbeddedServer", "StoreUnavailable"]

log = logging.getLogger(__name__)

ATTEMPTS: Final = 3
"""How often the server may vanish under the hands of one start before it gives up."""

PAUSE: Final = 0.005
"""Seconds between two looks at something that is about to happen."""

BACKOFF: Final = (0.05, 10.0)
"""Seconds between tries to bring a dead server back: the first is immediate, then from, doubling, to."""


class EmbeddedServer:
    """One process's share in the server of the directory `data`, which nothing else may use.

    `binary`: the path of a server to run instead of the one that `find` would choose. `socket_home`: takes the socket
    when the path of `data` is too long for one, and must be the same for every process that shares `data`. `patience`:
    how many seconds a server may go without a sign of life while it starts or stops; loading its data is one.
    `min_free`: bytes the disk must have free, because with appendfsync=always a full disk ends the server.
    """

    def __init__(
        self,
        data: Path,
        *,
        binary: str | None = None,
        socket_home: Path | None = None,
        patience: float = 30.0,
        min_free: int = 64 << 20,
    ) -> None:
        self.directory = Directory(data.resolve(), socket_home or SOCKET_HOME)
        self.binary = binary
        self.patience = patience
        self.min_free = min_free
        self._users: Lock | None = None
        self._alone = False
        self._leaving = threading.Event()
        self._turn = threading.Lock()  # of a start or a stop, within this process

    @property
    def url(self) -> str:
        """For redis-py's `from_url`. It stays the same for as long as the directory does."""
        return f"unix://{quote(os.fsencode(self.directory.socket))}"

    @property
    def alone(self) -> bool:
        """Whether nobody else used the directory when we came: what others had begun there, nobody is at any more."""
        return self._alone

    async def start(self) -> str:
        """Start the server or adopt the running one; its URL once it answers with our data and our flags.

        Raises StoreUnavailable.
        """
        self._leaving.clear()
        await self._open_aside()
        return self.url

    async def supervise(self) -> None:
        """Bring the server back whenever it dies, until cancelled or stopped. Run it once, after start()."""
        shortest, longest = BACKOFF
        delay = 0.0
        while True:
            since = monotonic()
            await self._death()
            if self._leaving.is_set():
                return
            died = monotonic()
            if died - since > longest:
                delay = 0.0  # it lived well: only one that keeps dying young has to wait
            log.error("the store's server is gone, starting it again; its last words: %s", self.directory.last_words())
            while True:
                await asyncio.sleep(delay)
                delay = min(max(delay * 2, shortest), longest)
                try:
                    await self._open_aside()
                    break
                except StoreUnavailable as error:
                    if self._leaving.is_set():
                        return
                    log.critical("the store stays down, next try in %.1f s: %s", delay, error)
            log.warning("the store is back after %.0f ms", (monotonic() - died) * 1000)

    async def stop(self) -> bool:
        """Leave. The last one out shuts the server down: true if that was us. Raises StoreUnavailable if it stays."""
        self._leaving.set()
        return await asyncio.to_thread(self._close)

    async def _open_aside(self) -> None:
        try:
            await asyncio.to_thread(self._open)
        except asyncio.CancelledError:
            self._leaving.set()  # the thread sees it at its next pause
            raise

    async def _death(self) -> None:
        """Wait for it: a server never speaks first, so the one thing an idle connection can bring is its own end."""
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_unix_connection(self.directory.socket)
            try:
                await reader.read()
            finally:
                writer.close()

    # What follows blocks, and runs in threads.

    def _open(self) -> None:
        try:
            with self._turn:
                self.directory.prepare(self.min_free)
                with Lock(self.directory.start_lock) as start:
                    while not start.take():  # only ever held by a live process in the middle of this
                        self._pause()
                    self._enter()
        except OSError as error:
            raise StoreUnavailable(f"the store's directory {self.directory.root} fails us: {error}") from error

    def _enter(self) -> None:
        if self._users is not None:
            self._reach(self._users)
            return
        users = Lock(self.directory.users_lock)
        try:
            users.share()
            self._alone = users.only_holder()
            self._reach(users)
        except BaseException:
            users.close()
            raise
        self._users = users

    def _reach(self, users: Lock) -> None:
        """Have a server that answers, is of our version, has our flags and holds our data."""
        binary = find(self.binary)
        for _ in range(ATTEMPTS):
            child = self._await_server(binary)
            try:
                with server.connect(self.directory) as client:
                    if child is None and (running := server.runs(client)) != binary.name:
                        if users.only_holder():
                            log.warning("replacing the running %s by %s", running, binary.name)
                            server.shut_down(self.directory, self.patience)
                            continue
                        log.warning("%s is installed, but others use the running %s", binary.name, running)
                    server.assert_flags(client)
                    server.assert_identity(client, self.directory)
                    return
            except server.GONE:
                continue
            except RedisError as error:
                raise StoreUnavailable(f"the store's server will not serve: {error}") from error
            except StoreUnavailable:
                if child is not None:
                    server.end(child)
                raise
        raise StoreUnavailable(f"the store's server keeps dying, see {self.directory.log}")

    def _await_server(self, binary: Binary) -> subprocess.Popen[bytes] | None:
        """Wait for the running server to answer, or for one of our own, started as soon as there is no other.

        Gives the child, None if it adopted one.
        """
        child, deaths, heard, since = None, 0, monotonic(), 0
        try:
            while True:
                if child is None:
                    with Lock(self.directory.server_lock) as lock:
                        if lock.take():
                            since = self.directory.prepare_log()
                            child, heard = server.spawn(binary, self.directory, lock), monotonic()
                elif (code := child.poll()) is not None:
                    words = self.directory.last_words(since)
                    deaths += 1
                    if code >= 0 or deaths == ATTEMPTS:
                        raise StoreUnavailable(
                            f"{binary.path} ended at once (code {code}): {words or 'without a word'}; "
                            f"see {self.directory.log}"
                        )
                    child = None  # killed from outside, which says nothing of the next
                    continue
                answer = server.answers(self.directory)
                if answer:
                    return child
                if answer is not None:
                    heard = monotonic()
                elif monotonic() - heard > self.patience:
                    raise StoreUnavailable(
                        f"{binary.path} did not get ready in {self.patience:g} s, see {self.directory.log}"
                        if child
                        else f"{self.directory.root} is locked by a server that does not answer on "
                        f"{self.directory.socket}: end the process that holds {self.directory.server_lock}"
                    )
                self._pause()
        except BaseException:
            if child is not None:
                server.end(child)
            raise

    def _pause(self) -> None:
        if self._leaving.wait(PAUSE):
            raise StoreUnavailable("the store was stopped before it had started")

    def _close(self) -> bool:
        with self._turn:
            users, self._users = self._users, None
            if users is None:
                return False
            deadline = monotonic() + self.patience
            with Lock(self.directory.start_lock) as start, users:
                while not start.take():
                    if monotonic() > deadline:
                        log.warning("another process has been starting the store for long: leaving it to that one")
                        return False
                    sleep(PAUSE)
                if not users.take():
                    return False
                self._end_server(deadline)
                return True

    def _end_server(self, deadline: float) -> None:
        with Lock(self.directory.server_lock) as lock:
            while not lock.take():
                if monotonic() > deadline:
                    raise StoreUnavailable(
                        f"the store's server did not stop in {self.patience:g} s, see {self.directory.log}"
                    )
                server.shut_down(self.directory, self.patience)  # again, if it had something to finish first
                sleep(PAUSE)
            self.directory.remove_socket()
