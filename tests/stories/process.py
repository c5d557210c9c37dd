"""The bot as it runs in the world: `python -m bot poll` as a process of its own, which can be killed.

Stories turn the clock of a bot in their own process (gate.py); the ones told here end processes, and end them hard.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from bot.store.embedded import EmbeddedServer
from bot.web.playground.standin import StandIn

ROOT = Path(__file__).parents[2]
# Seconds: aiogram alone takes five to import on a slow machine, more when both cores are busy.
START = 60.0


@dataclass
class BotProcess:
    """One bot on the stand-in at `url`, with the embedded store in `home`; killed and started again at will."""

    standin: StandIn
    url: str
    home: Path
    desk: str
    owner_id: int
    process: asyncio.subprocess.Process | None = None
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> str:
        """Everything that all its lives have written."""
        return (self.home / "log").read_text()

    @property
    def server(self) -> EmbeddedServer:
        """Our own share in its store; it counts as a user only when started."""
        return EmbeddedServer(self.data / "store")

    async def start(self) -> None:
        """Start it, and wait until it asks for updates."""
        (self.home / "desk.toml").write_text(self.desk)
        polls = len(self.standin.calls("getUpdates"))
        with (self.home / "log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "poll", cwd=ROOT, env=self._environment(), stdout=log, stderr=log
            )
        await self.standin.wait_for(lambda: len(self.standin.calls("getUpdates")) > polls, timeout=START)

    async def stop(self) -> int:
        """Ask it to leave (SIGTERM), and wait; its exit code."""
        return await self._end(signal.SIGTERM)

    async def kill(self) -> None:
        """End it as a power cut would."""
        await self._end(signal.SIGKILL)

    def kill_store(self) -> None:
        """Kill the server under it; nothing if there is none."""
        with suppress(RedisError, ProcessLookupError), Redis.from_url(self.server.url) as client:
            os.kill(client.info("server")["process_id"], signal.SIGKILL)

    async def _end(self, number: signal.Signals) -> int:
        if self.process is None:
            return 0
        process, self.process = self.process, None
        with suppress(ProcessLookupError):
            process.send_signal(number)
        return await process.wait()

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "BOT_TOKEN": self.standin.token,
            "OWNER_ID": str(self.owner_id),
            "TELEGRAM_API_URL": self.url,
            "DATA_DIR": str(self.data),
            "DESK_FILE": str(self.home / "desk.toml"),
            "LOG_LEVEL": "INFO",
            "REDIS_URL": "",
            **self.environment,
        }


@asynccontextmanager
async def bot_process(
    standin: StandIn, home: Path, *, desk: str, owner_id: int, **environment: str
) -> AsyncIterator[BotProcess]:
    """A running bot; whatever becomes of it, nothing of it is left at the end."""
    async with standin.serve() as url:
        bot = BotProcess(standin, url, home, desk, owner_id, environment=environment)
        try:
            await bot.start()
            yield bot
        finally:
            await bot.kill()
            bot.kill_store()
