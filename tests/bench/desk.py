"""A gate on a real embedded store, without Telegram: what the parts measure on."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from redis.asyncio import Redis

from bot.clock import WallClock
from bot.core.desk import Desk
from bot.core.events import Kind, Message, MessageReceived, Person
from bot.core.verdict import Label, Language, Verdict
from bot.deskfile import read_desk
from bot.gatekeeper import Gatekeeper
from bot.ports import Clock
from bot.store.embedded import EmbeddedServer
from bot.store.redis import RedisStore, connect, shard_of
from tests.bench.figures import timed

DESK = """
[owner]
name = "Анна Петрова"
[windows]
mon = ["00:00-24:00"]
tue = ["00:00-24:00"]
wed = ["00:00-24:00"]
thu = ["00:00-24:00"]
fri = ["00:00-24:00"]
sat = ["00:00-24:00"]
sun = ["00:00-24:00"]
[gate]
burst_quiet_seconds = 0
"""
TEXT = "Добрый день! Подскажите, пожалуйста, когда будет готов макет главной страницы?"
ROUTINE = Verdict(Label.ROUTINE, 0.1, language=Language.RU, fluency=1.0)
# How many things are asked of the store at once while it is being filled.
ABREAST = 32


class Routine:
    """`ports.Triage` that finds everything routine at once: its own cost depends on the text alone (see `path`)."""

    def judge(self, text: str, *, sent_at: datetime, next_window_end: datetime | None = None) -> Verdict:
        return ROUTINE

    def find_spam(self, text: str) -> None:
        return None


@dataclass
class Bench:
    """A desk, its gatekeeper and its store."""

    desk: Desk
    store: RedisStore
    gatekeeper: Gatekeeper
    redis: Redis
    clock: Clock
    messages: int = 0

    def beside(self, desk_id: str) -> "Bench":
        """Another desk in the same store."""
        desk = replace(self.desk, id=desk_id)
        store = RedisStore(self.redis, [shard_of(desk_id)])
        return Bench(desk, store, Gatekeeper(desk, store, Routine(), self.clock), self.redis, self.clock)

    async def receive(self, client: int) -> None:
        """Client number so-and-so writes; returns when it is committed."""
        self.messages += 1
        person = Person(address(client), f"Клиент {client}", Language.RU)
        message = Message(str(self.messages), Kind.TEXT, TEXT, self.clock.now())
        await self.gatekeeper.handle(
            person.address, MessageReceived(f"tg:{self.desk.id}:{self.messages}", person, message)
        )

    async def bare_write(self) -> float:
        """The baseline: seconds that the store takes to make one small value safe."""
        return await timed(lambda: self.redis.set("{bench}", "1"))


def address(client: int) -> str:
    return f"tg:{700_000_000 + client}"


async def abreast(work: Iterable[Awaitable[object]]) -> None:
    """Everything, `ABREAST` at a time."""
    room = asyncio.Semaphore(ABREAST)

    async def one(each: Awaitable[object]) -> None:
        async with room:
            await each

    await asyncio.gather(*(one(each) for each in work))


@asynccontextmanager
async def open_bench() -> AsyncIterator[Bench]:
    """An empty store of its own in a temporary directory, and a gate on it."""
    with tempfile.TemporaryDirectory() as home:
        server = EmbeddedServer(Path(home) / "store")
        url = await server.start()
        clock = WallClock()
        year = clock.now().year
        desk = read_desk(DESK, desk_id="1", first_year=year - 1, last_year=year + 2)
        desk = replace(desk, owner=replace(desk.owner, address="tg:1"))
        redis = connect(url)
        store = RedisStore(redis, [shard_of(desk.id)])
        try:
            yield Bench(desk, store, Gatekeeper(desk, store, Routine(), clock), redis, clock)
        finally:
            await store.close()
            await server.stop()


def soon(seconds: float) -> datetime:
    """So many seconds from now."""
    return datetime.now(UTC) + timedelta(seconds=seconds)
