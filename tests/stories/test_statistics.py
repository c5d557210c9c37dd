"""A week with several clients, and what /stats makes of it. Every number here was counted by hand."""

import asyncio
from io import BytesIO

from PIL import Image

from bot.core.ledger import Fact
from bot.web.playground.chats import Message, Person
from tests.stories.gate import Gate

QUESTION = "Когда будет готов макет главной страницы?"
VPROS = "Здравейте! Кога ще е готов сайтът ми?"
OUTAGE = "Сайт не работает, клиенты не могут оплатить заказ!"


async def asks(gate: Gate, person: Person, text: str) -> None:
    """The person writes, and the burst ends."""
    await gate.say(person, text)
    gate.turn(seconds=8)
    async with asyncio.timeout(5):
        while (await gate.thread(person)).gathering is not None:
            await asyncio.sleep(0.01)


async def seen(gate: Gate, known: int, *words: str) -> Message:
    """What the owner is shown with these words beyond the messages known; a chat that rests is given its seconds."""
    async with asyncio.timeout(10):
        while True:
            for message in gate.standin.from_bot(gate.anna)[known:]:
                if all(word in message.text for word in words):
                    return message
            gate.turn(seconds=0.2)
            await asyncio.sleep(0.01)


async def told(gate: Gate, command: str, *words: str) -> Message:
    """What a command is answered with."""
    known = len(gate.standin.from_bot(gate.anna))
    await gate.say(gate.anna, command)
    return await seen(gate, known, *words)


async def digest_of(gate: Gate, person: Person) -> Message:
    """The digest when this person alone waits."""
    return await told(gate, "/digest", "1 клиент", person.name)


async def happened(gate: Gate, person: Person, fact: Fact, times: int = 1) -> None:
    """Wait until the ledger says so."""
    async with asyncio.timeout(10):
        while True:
            entries = await gate.store.ledger(gate.house.desk.id, f"tg:{person.id}")
            if [entry.fact for entry in entries].count(fact) >= times:
                return
            await asyncio.sleep(0.01)


async def answers(gate: Gate, person: Person, words: str, shown: Message, *, times: int) -> None:
    """Anna replies to what she was shown of this person, whose promise is the kept one of this number."""
    async with asyncio.timeout(10):
        while not await gate.store.shown(gate.house.desk.id, str(shown.id)):
            await asyncio.sleep(0.01)
    await gate.say(gate.anna, words, reply_to=shown)
    await happened(gate, person, Fact.PROMISE_KEPT, times)


async def live_a_week(gate: Gate, petr: Person) -> None:
    # Tuesday 11:20, due 14:30; answered 11:50. Kept, after 30 minutes.
    await asks(gate, gate.ivan, QUESTION)
    gate.turn_to(24, 11, 50)
    await answers(gate, gate.ivan, "Сегодня к вечеру.", await digest_of(gate, gate.ivan), times=1)
    # Tuesday 12:10, due 14:30: missed, moved to 18:00, answered 17:50. Not kept, after 5 hours 40 minutes.
    gate.turn_to(24, 12, 10)
    await asks(gate, gate.kalina, VPROS)
    gate.turn_to(24, 14, 31)
    await happened(gate, gate.kalina, Fact.PROMISE_MISSED)
    gate.turn_to(24, 17, 50)
    await answers(gate, gate.kalina, "Другата седмица.", await digest_of(gate, gate.kalina), times=1)
    # Wednesday 9:00: passed on at once, promised by 11:00, answered 9:15. Kept.
    gate.turn_to(25, 9)
    await asks(gate, gate.ivan, OUTAGE)
    gate.turn_to(25, 9, 15)
    await answers(gate, gate.ivan, "Уже смотрю.", await seen(gate, 0, "Сайт не работает"), times=2)
    # Thursday 11:30, due 14:30; a day off moves it to Friday; answered Friday 10:30. Kept after a move, 23 hours.
    gate.turn_to(26, 11, 30)
    await asks(gate, gate.kalina, VPROS)
    await gate.say(gate.anna, "/away 26.11")
    await happened(gate, gate.kalina, Fact.PROMISE_MOVED, times=2)
    gate.turn_to(27, 10, 30)
    await answers(gate, gate.kalina, "Утре.", await digest_of(gate, gate.kalina), times=2)
    # Friday 12:20: thanks need no answer.
    gate.turn_to(27, 12, 20)
    await asks(gate, gate.ivan, "Спасибо большое!")
    # Saturday 22:00, due Monday 11:00; done Monday 10:20. Kept, after 36 hours 20 minutes.
    gate.turn_to(28, 22)
    await asks(gate, petr, QUESTION)
    gate.turn_to(30, 10, 20)
    await gate.tap(gate.anna, await digest_of(gate, petr), "Готово")
    await happened(gate, petr, Fact.PROMISE_KEPT)
    # Monday 16:00, due 18:00: still open.
    gate.turn_to(30, 16)
    await asks(gate, petr, QUESTION)


async def test_a_week_in_numbers(gate: Gate) -> None:
    petr = gate.standin.person("Пётр", "Орлов", language="ru")
    await live_a_week(gate, petr)
    gate.turn_to(30, 17)
    week = await told(gate, "/stats", "Статистика за неделю")
    assert week.text.replace("\xa0", " ").splitlines() == [
        "Статистика за неделю · 23–30 ноября",
        "",
        "Обещания",
        "Дано: 6",
        "Сдержано: 4 (80 %)",
        "Перенесено заранее: 1",
        "Просрочено: 1",
        "",
        "Обращения: 7",
        "Срочные: 1 · обычные: 5 · приветствия и благодарности: 1",
        "Сразу переданы вам: 1",
        "Подождали, не отвлекая вас: 6",
        "",
        "Чаще других писали: Иван Кузнецов (3), Калина Димитрова (2), Пётр Орлов (2)",
        "",
        "Время до ответа",
        "Половина обращений: за 5 ч 40 мин",
        "Девять из десяти: за 36 ч 20 мин",
    ]
    assert week.kind == "photo"
    picture = gate.standin.telegram.files.get(week.content.file_id).data
    assert Image.open(BytesIO(picture)).format == "PNG"

    # Four days later the week holds two items of Пётр's, of which the second has lapsed; the week before, five.
    gate.turn_to(4, 17, month=12)
    await happened(gate, petr, Fact.PROMISE_MISSED)
    later = (await told(gate, "/stats неделя", "27 ноября – 4 декабря")).text.replace("\xa0", " ")
    for line in (
        "Дано: 2",
        "Сдержано: 1 (50 %; неделей раньше — 75 %)",
        "Просрочено: 1",
        "Обращения: 2 (на 3 меньше, чем неделей раньше)",
        "Половина обращений: за 36 ч 20 мин (неделей раньше — 3 ч 5 мин)",
    ):
        assert line in later.splitlines()


async def test_one_client_and_a_wrong_argument(gate: Gate) -> None:
    await asks(gate, gate.ivan, QUESTION)
    await asks(gate, gate.kalina, VPROS)
    ivan = await told(gate, "/stats клиент кузнец", "Статистика за 30 дней")
    assert "Иван Кузнецов" in ivan.text
    assert "Обращения: 1" in ivan.text
    assert "Калина" not in ivan.text
    await told(gate, "/stats за год", "Например: /stats")
    await told(gate, "/stats клиент Мария", "Клиента «Мария» нет")


async def test_where_nothing_happened_words_are_enough(gate: Gate) -> None:
    empty = await told(gate, "/stats месяц", "За это время обращений не было.")
    assert empty.kind == "text"
