"""The whole gate, as a story needs it: the real bot, a real store, Telegram's stand-in, and a clock to turn."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from redis.asyncio import Redis

from bot.app import House, build
from bot.clock import TurnableClock
from bot.core.desk import Desk, Owner
from bot.core.thread import Thread
from bot.deskfile import read_desk
from bot.ports import Triage
from bot.settings import Settings
from bot.store.redis import RedisStore, connect, shard_of
from bot.triage.judge import Judge
from bot.web.playground.chats import Message, Person
from bot.web.playground.standin import StandIn

MOSCOW = ZoneInfo("Europe/Moscow")
# Tuesday, between two windows; the desk reads at 10:00, 14:00 and 17:30.
TUESDAY = datetime(2026, 11, 24, 11, 20, tzinfo=MOSCOW)
DESK = """
[owner]
name = "Анна Петрова"
gender = "f"
zone = "Europe/Moscow"
country = "RU"
[windows]
mon = ["10:00-11:00", "14:00-14:30", "17:30-18:00"]
tue = ["10:00-11:00", "14:00-14:30", "17:30-18:00"]
wed = ["10:00-11:00", "14:00-14:30", "17:30-18:00"]
thu = ["10:00-11:00", "14:00-14:30", "17:30-18:00"]
fri = ["10:00-11:00", "14:00-14:30", "17:30-18:00"]
[digest]
board = false
"""
WITH_BOARD = DESK.replace("board = false", "board = true")
LEASE = timedelta(days=3650)


@dataclass
class Gate:
    """Anna keeps the desk; Ivan writes in Russian, Kalina in Bulgarian."""

    standin: StandIn
    clock: TurnableClock
    store: RedisStore
    redis: Redis
    house: House
    anna: Person
    ivan: Person
    kalina: Person

    async def say(self, person: Person, text: str = "", **how: object) -> Message:
        """The person writes, and the gate has taken it in."""
        message = self.standin.say(person, text, **how)  # type: ignore[arg-type]
        await self.settled()
        return message

    async def settled(self) -> None:
        """Every update has been handled and committed."""
        await self.standin.wait_for(lambda: len(self.standin.telegram.updates) == 0)

    async def tap(self, person: Person, message: Message, button: str) -> str:
        """The person taps a button; what its toast says."""
        tap = self.standin.tap(person, self.standin.look(message), button)
        await self.standin.wait_for(lambda: tap.toast is not None)
        toast = tap.toast
        return toast.text if toast else ""

    def turn(self, **span: float) -> None:
        """Time passes."""
        self.clock.turn_by(timedelta(**span))

    def turn_to(self, day: int, hour: int, minute: int = 0, month: int = 11) -> None:
        """Turn the clock to a day of November 2026 (or another month), Moscow time."""
        self.clock.turn_to(datetime(2026, month, day, hour, minute, tzinfo=MOSCOW))

    async def told(self, person: Person, words: str, times: int = 1) -> Message:
        """Wait until the gate has said something with these words to this person (so many times); the latest."""

        def found() -> Message | None:
            heard = [message for message in self.standin.from_bot(person) if words in message.text]
            return heard[-1] if len(heard) >= times else None

        message = await self.standin.wait_for(found)
        assert message is not None
        return message

    def hears(self, person: Person) -> list[str]:
        """Everything the gate has said to this person."""
        return [message.text for message in self.standin.from_bot(person)]

    async def signed(self, message: Message, emoji: str) -> None:
        """Wait until the gate has put this reaction under the message."""
        await self.standin.wait_for(lambda: emoji in self.standin.look(message).emoji)

    async def nothing_more(self) -> None:
        """Everything that is due has been done, and everything that was decided has been sent."""
        async with asyncio.timeout(30):
            while True:
                # In this order: what a wake-up brings is in the outbox by the time that the wake-up is settled.
                now, wake = self.clock.now(), await self.store.next_wake()
                idle = (wake is None or now < wake) and not await self._deciding(now)
                ready = await self.store.next_outgoing()
                if ready is None and idle:
                    return
                # A chat that rests, or that Telegram asked to wait, is given its time; what is leased is under way.
                if ready is not None and idle and now < ready < now + LEASE / 2:
                    self.clock.turn_by(ready - now)
                await asyncio.sleep(0.005)

    async def _deciding(self, now: datetime) -> bool:
        """Whether a wake-up is leased: some process is about what time has brought."""
        key = f"{{v{shard_of(self.house.desk.id)}}}:wakes"
        return bool(await self.redis.zcount(key, (now + LEASE / 2).timestamp() * 1000, "+inf"))

    async def thread(self, person: Person) -> Thread:
        return await self.store.thread(self.house.desk.id, f"tg:{person.id}")


def story_store(url: str, desk: str) -> RedisStore:
    """The store as a story needs it: time is turned by days in a moment, and no worker is dead because of that."""
    return RedisStore(connect(url), [shard_of(desk)], lease=LEASE)


@asynccontextmanager
async def open_gate(
    url: str,
    *,
    desk: str = DESK,
    start: datetime = TUESDAY,
    owner: Owner | None = None,
    triage: Triage | None = None,
    **deployment: str,
) -> AsyncIterator[Gate]:
    """The gate on the store at `url`, until the story ends; `deployment` are settings beyond the usual ones."""
    clock = TurnableClock(start)
    standin = StandIn(clock.now)
    anna = standin.person("Анна", "Петрова")
    ivan = standin.person("Иван", "Кузнецов", language="ru")
    kalina = standin.person("Калина", "Димитрова", language="bg")
    read = desk_of(desk, str(anna.id))
    read = replace(read, owner=owner) if owner else read
    async with standin.serve() as api_url:
        settings = Settings(bot_token=standin.token, owner_id=anna.id, telegram_api_url=api_url)
        settings = replace(settings, **deployment)  # type: ignore[arg-type]
        store, redis = story_store(url, read.id), connect(url)
        async with build(settings, read, store=store, clock=clock, triage=triage or Judge.load()) as house:
            running = asyncio.create_task(house.run(anna.id))
            try:
                await standin.wait_for(lambda: standin.calls("getUpdates"), timeout=20)
                yield Gate(standin, clock, store, redis, house, anna, ivan, kalina)
            finally:
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)
                await store.close()
                await redis.aclose()
                await redis.connection_pool.disconnect()


def desk_of(text: str, desk_id: str) -> Desk:
    return read_desk(text, desk_id=desk_id, first_year=2025, last_year=2027)
