"""Crashes: the bot and its store are killed while clients write, and nobody notices but the log."""

import asyncio
import random
import re
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.courier import IN_FLIGHT
from bot.ports import StoreDown
from bot.store.redis import RedisStore, connect, shard_of
from bot.web.playground.chats import Message, Person
from bot.web.playground.standin import StandIn
from tests.stories.process import BotProcess, bot_process

# Read around the clock, so that a promise is always in the future and no promise lapses meanwhile.
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
burst_quiet_seconds = 0.2
working_weekends = true
"""
CLIENTS, MESSAGES = 40, 200
# Telegram's own: of the second it is not known that it was sent.
FAILURES = ({"retry_after": 1}, {"status": 502, "applied": True}, {"cut": True})
# Longer than a lease and a start on a busy machine: what a killed process had in its hands comes again by then.
LONG = 90.0


@pytest.fixture
def standin() -> StandIn:
    return StandIn(lambda: datetime.now(UTC))


@pytest.fixture
def anna(standin: StandIn) -> Person:
    return standin.person("Анна", "Петрова")


@pytest.fixture
async def bot(standin: StandIn, anna: Person, tmp_path: Path) -> AsyncIterator[BotProcess]:
    async with bot_process(standin, tmp_path, desk=DESK, owner_id=anna.id) as bot:
        yield bot


@pytest.fixture
async def store(bot: BotProcess, anna: Person) -> AsyncIterator[RedisStore]:
    """A look into the store from outside."""
    store = RedisStore(connect(bot.server.url), [shard_of(str(anna.id))])
    yield store
    await store.close()


class Crowd:
    """Forty clients who write two hundred messages, each with a number of its own, in an order by (seeded) chance."""

    def __init__(self, standin: StandIn, chance: random.Random) -> None:
        self.standin = standin
        self.people = [standin.person(f"Клиент{n}", language="bg" if n % 3 == 0 else "ru") for n in range(CLIENTS)]
        turns = [n % CLIENTS for n in range(MESSAGES)]
        chance.shuffle(turns)
        self._turns = iter(enumerate(turns))
        self.written: dict[int, list[Message]] = {person.id: [] for person in self.people}

    def write(self, messages: int) -> None:
        """The next so many messages come in."""
        for _, (number, who) in zip(range(messages), self._turns, strict=False):
            person = self.people[who]
            text = {
                "ru": f"Добрый день! Когда будет готов макет номер {number}?",
                "bg": f"Здравейте! Кога ще е готов макет номер {number}?",
            }[person.language_code]
            self.written[person.id].append(self.standin.say(person, text))

    def acknowledgements(self, person: Person) -> int:
        """How often the person was told that the message is there and when the answer comes."""
        return sum(1 for message in self.standin.from_bot(person) if message.text)

    def repeated(self) -> int:
        """Acknowledgements beyond the first, of everybody together."""
        return sum(self.acknowledgements(person) - 1 for person in self.people)


def told_by_life(standin: StandIn, crowd: Crowd) -> Counter[tuple[int, str]]:
    """How often each life of the bot (they begin with getMe) sent each client a message, the failed calls left out."""
    clients, told, life, sends = {str(person.id) for person in crowd.people}, Counter[tuple[int, str]](), 0, 0
    for call in standin.calls():
        life += call.method == "getMe"
        if call.method == "sendMessage" and call.text("chat_id") in clients:
            sends += 1
            told[life, call.text("chat_id")] += sends > len(FAILURES)
    return +told


async def some_calls(standin: StandIn, chance: random.Random) -> None:
    """Until a moment that chance gives: the bot has called Telegram so many times more, and waits for the answer."""
    goal = len(standin.calls()) + chance.randint(1, 12)
    await standin.wait_for(lambda: len(standin.calls()) >= goal, timeout=LONG)


async def all_is_said(store: RedisStore, standin: StandIn, crowd: Crowd, desk: str) -> None:
    """Until every update is taken, every burst has ended, and the outbox is empty."""

    async def quiet() -> bool:
        try:
            threads = [await store.thread(desk, f"tg:{person.id}") for person in crowd.people]
            return all(thread.gathering is None for thread in threads) and await store.next_outgoing() is None
        except StoreDown:  # just killed
            return False

    await standin.wait_for(lambda: len(standin.telegram.updates) == 0, timeout=LONG)
    async with asyncio.timeout(LONG):
        while not await quiet():
            await asyncio.sleep(0.05)  # of another process: nothing here rings when it is done


async def walk_the_digest(standin: StandIn, anna: Person) -> str:
    """Anna asks for the digest and turns its pages; all that she reads."""
    before = len(standin.from_bot(anna))
    standin.say(anna, "/digest")
    page = await standin.wait_for(lambda: standin.from_bot(anna)[before:], timeout=LONG)
    pages, number = [page[0]], 2
    while any(button.text == f"{number} →" for button in pages[-1].buttons):
        standin.tap(anna, pages[-1], f"{number} →")
        turned = pages[-1]

        def next_page(last: Message = turned) -> Message | None:
            now = standin.look(last)
            return now if now.revision > last.revision else None

        seen = await standin.wait_for(next_page, timeout=LONG)
        assert seen is not None
        pages.append(seen)
        number += 1
    return "\n".join(page.text for page in pages)


@pytest.mark.timeout(240)  # six deaths and as many starts, each of some seconds of import
async def test_nothing_is_lost_when_the_bot_and_its_store_are_killed_while_clients_write(
    bot: BotProcess, store: RedisStore, standin: StandIn, anna: Person
) -> None:
    chance = random.Random(20261124)
    crowd, desk = Crowd(standin, chance), str(anna.id)
    # Telegram, too, has a bad moment, and delivers one update twice.
    for failure in FAILURES:
        standin.fail_next("sendMessage", **failure)
    crowd.write(10)
    await standin.wait_for(lambda: len(standin.calls("sendMessage")) >= 6, timeout=LONG)
    standin.redeliver()

    blows = [{"bot"}, {"store"}, {"bot", "store"}, {"store"}, {"bot"}]
    chance.shuffle(blows)
    for blow in blows:
        crowd.write(20)
        await some_calls(standin, chance)
        if "bot" in blow:
            await bot.kill()
        if "store" in blow:
            bot.kill_store()
        crowd.write(18)
        if "bot" in blow:
            await bot.start()
        await some_calls(standin, chance)
    await all_is_said(store, standin, crowd, desk)

    folders = {person.id: await store.folder(desk, f"tg:{person.id}", 0, MESSAGES) for person in crowd.people}
    in_folders = Counter(filed.message.text for folder in folders.values() for filed in folder)
    assert in_folders == Counter(message.text for messages in crowd.written.values() for message in messages)
    assert len(in_folders) == MESSAGES
    for person in crowd.people:
        written = [message.id for message in crowd.written[person.id]]
        assert [int(filed.message.id) for filed in folders[person.id]] == written
        assert crowd.acknowledgements(person) >= 1, person.name
    # No life of the bot says it twice, but for the three calls that failed; only what a killed one had on the line
    # may be said once more by the next.
    assert set(told_by_life(standin, crowd).values()) == {1}
    assert crowd.repeated() <= 1 + IN_FLIGHT * sum("bot" in blow for blow in blows)

    digest = await walk_the_digest(standin, anna)
    assert set(re.findall(r"Клиент\d+", digest)) == {person.first_name for person in crowd.people}

    assert await bot.stop() == 0
    assert "номер" not in bot.log
    assert standin.token.partition(":")[2] not in bot.log


async def test_told_to_stop_it_leaves_in_good_order(bot: BotProcess, standin: StandIn) -> None:
    ivan = standin.person("Иван", "Кузнецов")
    standin.say(ivan, "Добрый день! Когда будет готов макет?")
    await standin.wait_for(lambda: standin.from_bot(ivan), timeout=LONG)
    async with asyncio.timeout(3):
        assert await bot.stop() == 0
    assert not bot.server.directory.socket.exists()
