"""The embedded store's directory: what lies where, whether it may be used, and whose database is in it."""

import hashlib
import json
import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bot.store.unavailable import StoreUnavailable

SOCKET_HOME = Path("/tmp")  # noqa: S108 - only a 0700 directory of our own is used in it, and its owner is checked
"""Where the socket goes when the data directory's own path is too long for one. Never $TMPDIR: every process that
shares the data must come to the same place, whatever its environment."""

LONGEST_SOCKET = 100
"""Bytes. `sun_path` holds 108 on Linux and 104 on macOS, with the closing zero."""

LOG_LIMIT = 1 << 20
"""Bytes of server.log after which the next start sets it aside as server.log.1."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What engine.json remembers: the database's `id`, also kept in it as a key, and the `server` that last ran it."""

    id: str
    server: str


@dataclass(frozen=True, slots=True)
class Directory:
    """Mode 0700, ours alone::

    start.lock   held while somebody decides about starting or stopping
    users.lock   shared by every process that uses the store, for as long as it does
    server.lock  inherited by the server: taken exactly while a server has the data open
    db/          the append-only files
    engine.json  whose database it is
    server.log   the server's own words; server.sock  its socket, unless the path is too long
    """

    root: Path
    socket_home: Path = SOCKET_HOME

    @property
    def start_lock(self) -> Path:
        return self.root / "start.lock"

    @property
    def users_lock(self) -> Path:
        return self.root / "users.lock"

    @property
    def server_lock(self) -> Path:
        return self.root / "server.lock"

    @property
    def db(self) -> Path:
        return self.root / "db"

    @property
    def manifest(self) -> Path:
        return self.db / "appendonlydir" / "appendonly.aof.manifest"

    @property
    def engine(self) -> Path:
        return self.root / "engine.json"

    @property
    def log(self) -> Path:
        return self.root / "server.log"

    @property
    def socket(self) -> Path:
        beside = self.root / "server.sock"
        if len(os.fsencode(beside)) <= LONGEST_SOCKET:
            return beside
        digest = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:16]
        return self.socket_home / f"vratar-{os.geteuid()}-{digest}" / "s"

    def prepare(self, min_free: int) -> None:
        """Make it, and try that it can be written. Raises StoreUnavailable if it is not ours, unwritable or full."""
        try:
            self.root.mkdir(parents=True, mode=0o700, exist_ok=True)
            self._claim()
            self.db.mkdir(mode=0o700, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.db) as probe:
                probe.write(bytes(4096))
                probe.flush()
                os.fsync(probe.fileno())
            free = shutil.disk_usage(self.db).free
        except OSError as error:
            raise StoreUnavailable(
                f"the store's directory {self.root} cannot be written ({error.strerror}: {error.filename}): "
                "mend its permissions or its disk, or set DATA_DIR to another place"
            ) from error
        if free < min_free:
            raise StoreUnavailable(
                f"only {free >> 20} MiB are free on the disk of {self.root}, the store needs {min_free >> 20} MiB "
                "to run safely: make room, or set DATA_DIR to another disk"
            )

    def prepare_socket(self) -> None:
        """Clear the way for a new server's socket. Only for the holder of `server.lock`."""
        home = self.socket.parent
        if home != self.root:
            home.mkdir(parents=True, mode=0o700, exist_ok=True)
            found = home.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
                raise StoreUnavailable(f"{home}, where the store's socket goes, was made by somebody else: remove it")
        if len(os.fsencode(self.socket)) > LONGEST_SOCKET:
            raise StoreUnavailable(f"{self.socket_home} is too long a path for a socket: name a shorter one")
        self.socket.unlink(missing_ok=True)

    def remove_socket(self) -> None:
        """Leave nothing in `socket_home`. Only for the holder of `server.lock`."""
        self.socket.unlink(missing_ok=True)
        if self.socket.parent != self.root:
            self.socket.parent.rmdir()

    def prepare_log(self) -> int:
        """Set a long log aside; where in the file a new server's words will begin, in bytes."""
        self.log.touch(mode=0o600)
        size = self.log.stat().st_size
        if size > LOG_LIMIT:
            self.log.replace(self.log.with_name("server.log.1"))
            return 0
        return size

    def last_words(self, since: int = 0) -> str:
        """The server's last line written after byte `since`: if it went of itself, this says why."""
        try:
            with self.log.open("rb") as log:
                log.seek(max(since, self.log.stat().st_size - 8192))
                lines = log.read().decode(errors="replace").split("\n")
        except OSError:
            return ""
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    def lost_database(self) -> bool:
        """Whether the manifest is gone although there was a database.

        The server would then start an empty one without a word, and write over what is left of the old one.
        """
        if self.manifest.exists():
            return False
        # A first start that was killed half-way leaves files of a few bytes.
        return self.engine.exists() or any(part.stat().st_size > 1024 for part in self.manifest.parent.glob("*"))

    def read_engine(self) -> Engine | None:
        """What is remembered of the database; None before the first start. Raises StoreUnavailable if unreadable."""
        try:
            known = json.loads(self.engine.read_bytes())
            return Engine(str(known["id"]), str(known["server"]))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreUnavailable(
                f"{self.engine} cannot be read ({error}): restore it from a backup, or delete it to accept the "
                "database as it is"
            ) from error

    def write_engine(self, engine: Engine) -> None:
        """Remember `engine`, whole or not at all, even across a power cut."""
        draft = self.engine.with_suffix(".tmp")
        draft.touch(mode=0o600)
        with draft.open("w", encoding="ascii") as out:
            json.dump({"id": engine.id, "server": engine.server}, out)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(self.engine)
        folder = os.open(self.root, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _claim(self) -> None:
        found = self.root.stat()
        if found.st_uid != os.geteuid():
            raise StoreUnavailable(
                f"{self.root} belongs to user {found.st_uid}, and we are {os.geteuid()}: run the bot as its owner, "
                "or set DATA_DIR to a directory of its own"
            )
        if found.st_mode & 0o077:
            # Never close a directory that others may be using, say /tmp or somebody's home.
            if any(self.root.iterdir()) and not self.db.is_dir():
                raise StoreUnavailable(
                    f"{self.root} is open to other users and holds files that are not the store's: give the store a "
                    "directory of its own in DATA_DIR"
                )
            self.root.chmod(0o700)
