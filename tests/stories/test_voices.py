"""Voices and pictures without words: asked for a line, or written down by a machine, through the whole path."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.events import Transcribed
from bot.web.playground.chats import Message
from bot.web.playground.standin import StandIn
from tests.endpoint.listener import Answer, Listener, listening, saying
from tests.stories.gate import DESK, Gate, open_gate
from tests.stories.process import bot_process

OUTAGE, OUTAGE_BG = "Сайт лежит, заказы не проходят", "Сайтът не работи и клиентите не могат да платят поръчките си"
BUTTON = "Не может ждать"
# Seconds of the real clock, for a process that starts on a busy machine.
PATIENCE = 60.0


@asynccontextmanager
async def hearing(url: str, *answers: Answer) -> AsyncIterator[tuple[Gate, Listener]]:
    """The gate with a machine that listens and gives these answers."""
    listener = Listener(list(answers))
    async with (
        listening(listener) as endpoint,
        open_gate(url, transcription_url=f"{endpoint}/v1", transcription_key="sk-hidden") as gate,
    ):
        yield gate, listener


async def speak(gate: Gate) -> Message:
    return await gate.say(gate.ivan, kind="voice", file=b"OggS")


async def test_a_voice_is_promised_an_answer_and_asked_for_a_line(gate: Gate) -> None:
    await speak(gate)
    gate.turn(seconds=8)
    answer = await gate.told(gate.ivan, "14:30")
    assert "она прослушает голосовое" in answer.text
    assert "напишите одной строкой, в чём дело" in answer.text
    later = await speak(gate)
    gate.turn(seconds=8)
    await gate.signed(later, "👀")
    assert len(gate.hears(gate.ivan)) == 1
    assert gate.hears(gate.anna) == []


async def test_pictures_are_asked_about_once_under_an_open_promise(gate: Gate) -> None:
    await gate.say(gate.kalina, "Здравейте! Кога ще е готов сайтът ми?")
    gate.turn(seconds=8)
    await gate.told(gate.kalina, "14:30")
    for number in range(2):
        await gate.say(gate.kalina, kind="photo", media_group_id="a", file_name=f"{number}.jpg")
    gate.turn(seconds=8)
    asked = await gate.told(gate.kalina, "До обещания час Анна ще прегледа снимките.")
    assert "напишете с един ред за какво става дума" in asked.text
    document = await gate.say(gate.kalina, kind="document", file_name="logo.pdf")
    gate.turn(seconds=8)
    await gate.signed(document, "👀")
    assert len(gate.hears(gate.kalina)) == 2


async def test_the_line_that_cannot_wait_reaches_the_owner_with_the_picture(gate: Gate) -> None:
    await gate.say(gate.ivan, kind="photo")
    gate.turn(seconds=8)
    await gate.told(gate.ivan, "она посмотрит фото")
    await gate.say(gate.ivan, OUTAGE)
    await gate.told(gate.anna, OUTAGE)
    await gate.nothing_more()
    assert [message.kind for message in gate.standin.from_bot(gate.anna)] == ["text", "photo"]


async def test_a_voice_can_be_insisted_on_with_the_button(gate: Gate) -> None:
    await gate.say(gate.ivan, "/start shop")  # came by Anna's link: nobody unknown
    await speak(gate)
    gate.turn(seconds=8)
    answer = await gate.told(gate.ivan, "голосовое")
    await gate.tap(gate.ivan, answer, BUTTON)
    asked = await gate.told(gate.ivan, "Что происходит?")
    await gate.tap(gate.ivan, asked, "Горит срок")
    await gate.told(gate.anna, "горит срок")
    await gate.nothing_more()
    assert [message.kind for message in gate.standin.from_bot(gate.anna)] == ["text", "voice"]


async def test_nobody_listens_unless_an_endpoint_is_set(gate: Gate) -> None:
    await speak(gate)
    gate.turn(seconds=8)
    await gate.told(gate.ivan, "голосовое")
    await gate.nothing_more()
    assert gate.standin.calls("getFile") == []


async def test_an_urgent_voice_rings_with_its_words_and_its_sound(empty_store: str) -> None:
    async with hearing(empty_store, saying(OUTAGE)) as (gate, listener):
        await speak(gate)
        alarm = await gate.told(gate.anna, OUTAGE)
        assert "запись распознана автоматически" in alarm.text
        await gate.told(gate.ivan, "Анна его уже получила")
        await gate.nothing_more()
        assert [message.kind for message in gate.standin.from_bot(gate.anna)] == ["text", "voice"]
        assert len(gate.hears(gate.ivan)) == 1
        (asked,) = listener.asked
        assert (asked.sound, asked.model, asked.key) == (b"OggS", "whisper-1", "Bearer sk-hidden")
        assert asked.name.endswith(".oga")


async def test_a_bulgarian_voice_is_heard_in_bulgarian_and_the_client_answered_so(empty_store: str) -> None:
    async with hearing(empty_store, saying(OUTAGE_BG)) as (gate, _):
        # Whoever has a Russian app and speaks Bulgarian is answered in Bulgarian.
        await speak(gate)
        await gate.told(gate.anna, OUTAGE_BG)
        await gate.told(gate.ivan, "Съобщението е запазено")


async def test_a_slow_machine_holds_up_nobody_and_its_words_come_later(empty_store: str) -> None:
    async with hearing(empty_store, Answer(cut=True), saying(OUTAGE)) as (gate, listener):
        gate.standin.fail_next("getFile", retry_after=30)
        await speak(gate)
        gate.turn(seconds=8)
        await gate.told(gate.ivan, "она прослушает голосовое")
        assert listener.asked == []
        gate.turn(seconds=30)
        await gate.standin.wait_for(lambda: len(gate.standin.calls("getFile")) == 2)
        await listener.heard.wait()
        await gate.nothing_more()
        await gate.told(gate.anna, OUTAGE)
        await gate.told(gate.ivan, "Ответ придёт не позже, чем обещано")
        await gate.nothing_more()
        assert len(gate.hears(gate.ivan)) == 2


async def test_what_was_heard_is_read_in_the_digest_and_in_the_folder(empty_store: str) -> None:
    words = "Добрый день, посмотрите, пожалуйста, новый макет главной страницы"
    async with hearing(empty_store, saying(words)) as (gate, _):
        voice = await speak(gate)
        gate.turn(seconds=8)
        await gate.told(gate.ivan, "14:30")
        await gate.nothing_more()
        gate.turn_to(24, 14)
        digest = await gate.told(gate.anna, f"голосовое, распознано: {words}")
        await gate.tap(gate.anna, digest, "1 Открыть")
        await gate.told(gate.anna, f"голосовое, распознано: {words}", times=2)
        (filed,) = await gate.store.folder(gate.house.desk.id, f"tg:{gate.ivan.id}", 1, 1)
        assert (filed.message.id, filed.message.transcript, filed.message.text) == (str(voice.id), words, "")


async def test_a_heard_claim_is_asked_what_happens(empty_store: str) -> None:
    async with hearing(empty_store, saying("Срочно! Очень срочно!")) as (gate, _):
        await speak(gate)
        await gate.nothing_more()
        gate.turn(seconds=8)
        await gate.told(gate.ivan, "Что происходит?")


@pytest.mark.parametrize(
    "answer",
    [Answer(status=401), Answer(status=413), saying(""), Answer(status=500), Answer(body="<html>")],
    ids=["key refused", "too big", "silence", "broken", "garbage"],
)
async def test_a_machine_that_fails_leaves_the_voice_as_it_is(
    empty_store: str, answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    async with hearing(empty_store, answer) as (gate, _):
        await speak(gate)
        gate.turn(seconds=8)
        await gate.told(gate.ivan, "она прослушает голосовое")
        await gate.nothing_more()
        assert "not transcribed" in caplog.text
        assert "sk-hidden" not in caplog.text
        await gate.say(gate.ivan, OUTAGE)
        await gate.told(gate.anna, OUTAGE)


async def test_a_machine_that_is_away_all_day_is_not_asked_for_ever(empty_store: str) -> None:
    async with hearing(empty_store, Answer(status=503)) as (gate, listener):
        await speak(gate)
        await gate.standin.wait_for(lambda: gate.standin.calls("getFile"))
        await listener.heard.wait()
        gate.clock.turn_by(timedelta(hours=7))
        await gate.nothing_more()
        assert await gate.store.next_outgoing() is None


async def test_a_crash_after_hearing_tells_it_once(empty_store: str) -> None:
    """Who dies between the decision and the settling has it heard again; the second time decides nothing."""
    async with hearing(empty_store, saying("Когда будет готов макет?")) as (gate, listener):
        await speak(gate)
        await gate.nothing_more()
        version = (await gate.thread(gate.ivan)).version
        (filed,) = await gate.store.folder(gate.house.desk.id, f"tg:{gate.ivan.id}", 1, 1)
        await gate.house.gatekeeper.handle(
            f"tg:{gate.ivan.id}", Transcribed(f"heard:tg:{gate.house.bot.id}:1000:0", 1, filed.message)
        )
        assert (await gate.thread(gate.ivan)).version == version
        assert len(listener.asked) == 1


async def test_a_voice_survives_a_kill_while_the_machine_listens(tmp_path: Path) -> None:
    standin, listener = StandIn(lambda: datetime.now(UTC)), Listener([Answer(hang=True), saying(OUTAGE)])
    anna, ivan = standin.person("Анна", "Петрова"), standin.person("Иван", "Кузнецов")
    async with (
        listening(listener) as endpoint,
        bot_process(standin, tmp_path, desk=DESK, owner_id=anna.id, TRANSCRIPTION_URL=f"{endpoint}/v1") as bot,
    ):
        standin.say(ivan, kind="voice", file=b"OggS")
        async with asyncio.timeout(PATIENCE):
            await listener.heard.wait()
        await bot.kill()
        await bot.start()
        await standin.wait_for(lambda: any(OUTAGE in each.text for each in standin.from_bot(anna)), timeout=PATIENCE)
    assert len(listener.asked) == 2
    assert OUTAGE not in bot.log
