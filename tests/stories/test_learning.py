"""The gate learns from the owner's taps: within bounds, with a reason, and it can be taken back."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from bot.core.desk import Gender, Owner
from bot.core.verdict import Because, Label, Language, Verdict
from bot.triage.judge import Judge
from bot.web.playground.chats import Message, Person
from tests.stories.gate import Gate, open_gate

MOVES = "Встреча с подрядчиком переносится на четверг"
MOVES_TOO = "Коллеги, встречу переносим на среду"
OUTAGE = "Сайт лежит, оплата не проходит, клиенты звонят!"
BLINKS = "Терминалът в склада пак мига в червено"
BLINKS_TOO = "Пак мига терминалът, същото като миналия път"


class InDoubt(Judge):
    """Triage that cannot decide about meetings and terminals; of all else it is as sure as ever."""

    def judge(self, text: str, *, sent_at: datetime, next_window_end: datetime | None = None) -> Verdict:
        small = text.lower()
        if "встреч" in small:
            return Verdict(Label.URGENT, 0.6, Language.RU, 0.9, because=(Because("meeting", "встреча"),))
        if "терминал" in small:
            return Verdict(Label.ROUTINE, 0.4, Language.BG, 0.9, because=(Because("model"),))
        return super().judge(text, sent_at=sent_at, next_window_end=next_window_end)


@pytest.fixture
async def gate(empty_store: str) -> AsyncIterator[Gate]:
    async with open_gate(empty_store, triage=InDoubt.load()) as gate:
        yield gate


async def reads(gate: Gate, words: str) -> Message:
    """What Anna is shown with these words; her chat has had its rest."""
    gate.turn(seconds=1)
    return await gate.told(gate.anna, words)


async def rings(gate: Gate, client: Person, text: str) -> Message:
    await gate.say(client, text)
    return await reads(gate, text)


async def lessons(gate: Gate) -> int:
    return len(await gate.store.lessons(gate.house.desk.id))


async def test_what_the_owner_called_not_urgent_waits_the_next_time(gate: Gate) -> None:
    alarm = await rings(gate, gate.ivan, MOVES)
    assert await gate.tap(gate.anna, alarm, "Не срочно") == "Не срочно. Учту на будущее."
    gate.turn(minutes=1)
    await gate.say(gate.kalina, MOVES_TOO)
    gate.turn(seconds=8)
    await gate.told(gate.kalina, "14:30")
    await gate.nothing_more()
    assert MOVES_TOO not in "".join(gate.hears(gate.anna))
    because = (await gate.thread(gate.kalina)).because
    assert Because("learned_calm", "встречу, переносим", 1) in because


async def test_what_was_learned_is_shown_and_can_be_taken_back(gate: Gate) -> None:
    await gate.tap(gate.anna, await rings(gate, gate.ivan, MOVES), "Не срочно")
    await gate.say(gate.anna, "/urgent")
    shown = await reads(gate, "Чему научили ваши отметки")
    assert "• не срочно: «встреча, подрядчиком, переносится» — 1 отметка" in shown.text
    assert await gate.tap(gate.anna, shown, "✕ «встреча, подрядчиком»") == "Забыто."
    await gate.standin.wait_for(lambda: "Чему научили" not in gate.standin.look(shown).text)
    assert gate.standin.look(shown).text == "Срочного ничего нет."
    gate.turn(minutes=1)
    await rings(gate, gate.kalina, MOVES_TOO)


async def test_a_list_that_has_grown_old_forgets_nothing_but_what_it_shows(gate: Gate) -> None:
    await gate.tap(gate.anna, await rings(gate, gate.ivan, MOVES), "Не срочно")
    await gate.say(gate.anna, "/urgent")
    shown = await reads(gate, "Чему научили ваши отметки")
    gate.turn(minutes=1)
    await gate.tap(gate.anna, await rings(gate, gate.ivan, OUTAGE), "Не срочно")
    assert (await gate.tap(gate.anna, shown, "✕ «встреча, подрядчиком»")).startswith("С тех пор кое-что изменилось")
    assert await lessons(gate) == 2
    await gate.standin.wait_for(lambda: "всё, что пишет Иван Кузнецов — 2 отметки" in gate.standin.look(shown).text)
    await gate.tap(gate.anna, shown, "Забыть всё")
    assert await lessons(gate) == 0


async def test_in_bulgarian_what_the_owner_called_urgent_rings_the_next_time(empty_store: str) -> None:
    owner = Owner("Анна Петрова", Gender.FEMALE, Language.BG, "Europe/Sofia", "BG")
    async with open_gate(empty_store, owner=owner, triage=InDoubt.load()) as gate:
        await gate.say(gate.kalina, BLINKS)
        gate.turn(seconds=8)
        await gate.told(gate.kalina, "получено")
        await gate.say(gate.anna, "/digest")
        digest = await reads(gate, BLINKS)
        await gate.tap(gate.anna, digest, "1 Отвори")
        card = await reads(gate, "пише на български")
        toast = await gate.tap(gate.anna, card, "Спешно")
        assert toast == "Отбелязано като спешно. Ще го имам предвид."
        alarm = await rings(gate, gate.ivan, BLINKS_TOO)
        assert "отбелязахте подобно съобщение като спешно: „мига, терминалът“" in alarm.text
        await gate.say(gate.anna, "/urgent")
        shown = await reads(gate, "Какво научих от Вашите отметки")
        assert "• по-спешно: „терминалът, склада, мига“ – 1 отметка" in shown.text


async def test_no_tap_silences_an_outage(gate: Gate) -> None:
    for times in range(1, 4):
        alarm = await rings(gate, gate.ivan, OUTAGE)
        assert await gate.tap(gate.anna, alarm, "Не срочно")
        assert await lessons(gate) == times
        gate.turn(minutes=1)
    await rings(gate, gate.kalina, OUTAGE)


async def test_a_tap_that_is_delivered_twice_teaches_once(gate: Gate) -> None:
    alarm = await rings(gate, gate.ivan, MOVES)
    first = gate.standin.telegram.updates.last_id
    await gate.tap(gate.anna, alarm, "Не срочно")
    (taught,) = await gate.store.lessons(gate.house.desk.id)
    await gate.say(gate.anna, "/urgent")
    await gate.tap(gate.anna, await reads(gate, "Чему научили"), "Забыть всё")
    for update in range(first, first + 2):
        gate.standin.redeliver(update)
    await gate.settled()
    assert await gate.store.lessons(gate.house.desk.id) == ()
    assert not taught.urgent


async def test_the_owner_may_think_again_and_an_answer_teaches_nothing(gate: Gate) -> None:
    alarm = await rings(gate, gate.ivan, MOVES)
    await gate.tap(gate.anna, alarm, "Не срочно")
    await gate.say(gate.anna, "/urgent", reply_to=alarm)
    (lesson,) = await gate.store.lessons(gate.house.desk.id)
    assert lesson.urgent, "the same item, tapped the other way"
    await gate.say(gate.anna, "Хорошо, в четверг.", reply_to=alarm)
    await gate.told(gate.ivan, "Хорошо, в четверг.")
    assert await gate.store.lessons(gate.house.desk.id) == (lesson,)
