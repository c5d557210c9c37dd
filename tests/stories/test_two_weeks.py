"""Two weeks and a half in Sofia, with the change of the clocks and Easter, on two processes that share one store."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.app import build
from bot.core.calendar import window_at
from bot.core.ledger import Fact
from bot.settings import Settings
from bot.triage.judge import Judge
from bot.web.playground.chats import Person
from tests.stories.gate import Gate, open_gate, story_store

SOFIA = ZoneInfo("Europe/Sofia")
DAYS = ("mon", "tue", "wed", "thu", "fri")
DESK = (
    '[owner]\nname = "Анна Петрова"\nlanguage = "bg"\nzone = "Europe/Sofia"\ncountry = "BG"\n[windows]\n'
    + "".join(f'{day} = ["10:00-11:00", "16:00-16:30"]\n' for day in DAYS)
    + "[digest]\nboard = false\n"
)
# Friday before the clocks go forward; Good Friday is 10 April and Easter Monday 13 April 2026.
START = datetime(2026, 3, 27, 9, 0, tzinfo=SOFIA)
END = datetime(2026, 4, 14, 20, 0, tzinfo=SOFIA)
QUESTIONS = ("Здравейте! Кога ще е готов сайтът?", "Може ли да сменим снимката?", "Изпратих текстовете, вижте ги.")


async def test_nothing_fires_twice_and_nothing_is_forgotten(empty_store: str) -> None:
    async with open_gate(empty_store, desk=DESK, start=START) as gate:
        store = story_store(empty_store, gate.house.desk.id)
        url = gate.house.bot.session.api.base.partition("/bot")[0]
        settings = Settings(bot_token=gate.standin.token, owner_id=gate.anna.id, telegram_api_url=url)
        async with build(settings, gate.house.desk, store=store, clock=gate.clock, triage=Judge.load()) as second:
            # Polling is one process's job; deciding what time brings about and sending is everybody's.
            helpers = [asyncio.create_task(second.courier.run()), asyncio.create_task(second.scheduler.run())]
            try:
                people = [gate.standin.person(f"Клиент{number}", language="bg") for number in range(6)]
                await _live(gate, people)
                await _check(gate, people)
            finally:
                for helper in helpers:
                    helper.cancel()
                await asyncio.gather(*helpers, return_exceptions=True)
                await store.close()


async def _live(gate: Gate, people: list[Person]) -> None:
    """Clients write at odd hours; Anna answers about two thirds of them, some of them late."""
    chance = random.Random(11)
    moments = sorted(START + (END - timedelta(days=2) - START) * chance.random() for _ in range(40))
    for moment in moments:
        await _until(gate, moment)
        person = chance.choice(people)
        await gate.say(person, chance.choice(QUESTIONS))
        await _until(gate, moment + timedelta(minutes=1))
        if chance.random() < 0.66:
            await _until(gate, moment + timedelta(hours=chance.choice((1, 3, 30))))
            await _answer(gate)
    await _until(gate, END)


async def _until(gate: Gate, moment: datetime) -> None:
    """Turn the clock to `moment`, stopping wherever something is due, as real time would."""
    while (now := gate.clock.now()) < moment:
        wake = await gate.store.next_wake()
        gate.clock.turn_by(max(timedelta(0), min(wake or moment, moment) - now))
        await gate.nothing_more()


async def _answer(gate: Gate) -> None:
    shown = [message for message in gate.standin.from_bot(gate.anna) if "Клиент" in message.text]
    if shown:
        await gate.say(gate.anna, "Готово, вижте.", reply_to=shown[-1])
        await gate.nothing_more()


async def _check(gate: Gate, people: list[Person]) -> None:
    desk = await gate.house.gatekeeper.desk()
    digests = [message for message in gate.standin.from_bot(gate.anna) if "Обобщение" in message.text]
    openings = [message.at.astimezone(SOFIA).strftime("%m-%d %H:%M") for message in digests]
    assert len(openings) == len(set(openings)), "a window's digest comes once"
    late = [
        message.at.astimezone(SOFIA).isoformat()
        for message in digests
        if not window_at(desk, message.at.astimezone(UTC))
    ]
    assert not late, "it comes while the window is open"
    assert not any(opening.startswith(("04-10", "04-13")) for opening in openings), "nobody reads at Easter"
    facts: list[Fact] = []
    for person in people:
        thread = await gate.thread(person)
        entries = await gate.store.ledger(thread.desk, thread.client)
        for entry in entries:
            if entry.fact in {Fact.PROMISE_MADE, Fact.PROMISE_MOVED} and entry.due is not None:
                assert entry.due > entry.at
                assert window_at(desk, entry.due - timedelta(minutes=1)) is not None
        mine = [entry.fact for entry in entries]
        facts += mine
        ended = mine.count(Fact.PROMISE_KEPT) + mine.count(Fact.PROMISE_WITHDRAWN)
        assert mine.count(Fact.PROMISE_MADE) == ended + (thread.promise is not None)
        said = [message.text for message in gate.standin.from_bot(person)]
        texts = mine.count(Fact.PROMISE_MADE) + mine.count(Fact.PROMISE_MOVED) + mine.count(Fact.OWNER_ANSWERED)
        assert len(said) == texts, "one text for each promise made or moved and each answer"
    assert facts.count(Fact.PROMISE_KEPT) > 5
    assert facts.count(Fact.PROMISE_MISSED) > 2
