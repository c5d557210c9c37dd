"""A bot in a process of its own, on the stand-in in this one, which notes when what went over the wire."""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from bot.web.playground.chats import Person
from bot.web.playground.standin import StandIn
from bot.web.playground.wire import Call, Json
from tests.bench.desk import DESK, TEXT

ROOT = Path(__file__).parents[2]
# Seconds after which a bench is taken for stuck.
PATIENCE = 120.0

BOT = ("-m", "bot", "poll")
UNPACED = ("-m", "tests.bench.unpaced")
ECHO = ("-m", "tests.bench.echo")


class Calls(deque[Call]):
    """The stand-in's calls, each handed on the moment it arrives."""

    def __init__(self, watch: "Watch") -> None:
        super().__init__(maxlen=100)
        self._watch = watch

    def append(self, call: Call) -> None:
        super().append(call)
        self._watch.called(call)


@dataclass
class Watch:
    """When an update was first handed out to the bot, and when the first message into its chat came back."""

    handed: dict[int, float] = field(default_factory=dict)
    answered: dict[int, float] = field(default_factory=dict)
    polled: asyncio.Event = field(default_factory=asyncio.Event)

    def forget(self) -> None:
        """Begin anew."""
        self.handed.clear()
        self.answered.clear()

    def hand_out(self, wires: list[Json]) -> list[Json]:
        now = perf_counter()
        for wire in wires:
            message = wire.get("message")
            if isinstance(message, dict):
                self.handed.setdefault(message["chat"]["id"], now)
        return wires

    def called(self, call: Call) -> None:
        if call.method == "getUpdates":
            self.polled.set()
        elif call.method == "sendMessage":
            self.answered.setdefault(call.whole("chat_id"), perf_counter())

    def latencies(self) -> list[float]:
        """Seconds from the hand-out of a chat's update to the arrival of the answer."""
        return [at - self.handed[chat] for chat, at in self.answered.items() if chat in self.handed]


@dataclass
class Run:
    """One bot, running. `ready` is how many seconds it took to ask for updates."""

    standin: StandIn
    watch: Watch
    process: subprocess.Popen[bytes]
    ready: float = 0.0
    people: list[Person] = field(default_factory=list)

    def write(self, messages: int) -> None:
        """So many people write for the first time, one message each."""
        for _ in range(messages):
            self.people.append(self.standin.person(f"Клиент{len(self.people)}"))
            self.standin.say(self.people[-1], TEXT)

    async def answered(self, number: int) -> None:
        """Until so many people have an answer."""
        await self.standin.wait_for(lambda: len(self.watch.answered) >= number, timeout=PATIENCE)

    async def taken(self) -> None:
        """Until every update has been confirmed, which the bot does when it is safe."""
        await self.standin.wait_for(lambda: len(self.standin.telegram.updates) == 0, timeout=PATIENCE)

    def memory(self) -> float:
        """MiB of the bot's process that are resident."""
        return resident(self.process.pid)


@asynccontextmanager
async def running(command: tuple[str, ...]) -> AsyncIterator[Run]:
    """The bot that `python command` starts, with an empty store of its own."""
    standin, watch = StandIn(lambda: datetime.now(UTC)), Watch()
    updates, calls = standin.telegram.updates, Calls(watch)
    pending = updates.pending
    updates.pending = lambda limit: watch.hand_out(pending(limit))  # type: ignore[method-assign]
    standin.api.calls = calls
    anna = standin.person("Анна", "Петрова")
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "desk.toml").write_text(DESK)
        async with standin.serve() as url:
            environment = {
                **os.environ,
                "BOT_TOKEN": standin.token,
                "OWNER_ID": str(anna.id),
                "TELEGRAM_API_URL": url,
                "DATA_DIR": home,
                "DESK_FILE": f"{home}/desk.toml",
                "LOG_LEVEL": "WARNING",
                "REDIS_URL": "",
            }
            began = perf_counter()
            # The bot's log goes where ours does; there is nothing below a warning in it.
            process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment)
            try:
                async with asyncio.timeout(PATIENCE):
                    await watch.polled.wait()
                yield Run(standin, watch, process, perf_counter() - began)
            finally:
                process.terminate()
                await asyncio.to_thread(process.wait)


def resident(process: int) -> float:
    """MiB of a process that are resident, by `ps`."""
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, check=True, text=True)
    return int(told.stdout) / 1024
