"""Promises are watched: warned of, moved with a word, kept; the board shows how things stand."""

from collections.abc import AsyncIterator

import pytest

from tests.stories.gate import DESK, WITH_BOARD, Gate, open_gate

QUESTION = "Когда будет готов макет?"
WATCHFUL = DESK + '[backup]\nname = "Олег"\ntelegram_id = 900000001\n[night]\nhours = "22:00-08:00"\n'


async def asked(gate: Gate) -> None:
    await gate.say(gate.ivan, QUESTION)
    gate.turn(seconds=8)
    await gate.told(gate.ivan, "14:30")


async def test_the_owner_is_warned_before_a_promise_lapses_in_one_message_for_all(gate: Gate) -> None:
    gate.turn_to(25, 9, 30)
    for person, text in ((gate.ivan, QUESTION), (gate.kalina, "Здравейте! Кога ще е готов сайтът ми?")):
        await gate.say(person, text)
    gate.turn(seconds=8)
    await gate.told(gate.kalina, "11:00")
    gate.turn_to(25, 10)
    await gate.told(gate.anna, "Сводка")
    gate.turn_to(25, 10, 30)
    await gate.standin.wait_for(lambda: len([text for text in gate.hears(gate.anna) if "Калина" in text]) == 2)
    await gate.nothing_more()
    warning = gate.hears(gate.anna)[-1]
    assert "Иван Кузнецов" in warning
    assert "11:00" in warning


@pytest.fixture
async def with_board(empty_store: str) -> AsyncIterator[Gate]:
    async with open_gate(empty_store, desk=WITH_BOARD) as gate:
        yield gate


async def test_the_board_is_pinned_and_edited_in_place_without_a_sound(with_board: Gate) -> None:
    gate = with_board
    await asked(gate)
    gate.turn(minutes=1)
    await gate.standin.wait_for(lambda: gate.standin.pinned(gate.anna))
    board = gate.standin.pinned(gate.anna)[0]
    assert not board.rings
    assert "14:30" in board.text
    gate.turn(minutes=2)
    await gate.say(gate.kalina, "Здравейте! Кога ще е готов сайтът ми?")
    gate.turn(seconds=8)
    await gate.told(gate.kalina, "14:30")
    gate.turn(minutes=1)
    await gate.standin.wait_for(lambda: gate.standin.look(board).text != board.text)
    assert len(gate.standin.from_bot(gate.anna)) == 1


async def test_a_deleted_board_comes_back(with_board: Gate) -> None:
    gate = with_board
    await asked(gate)
    gate.turn(minutes=1)
    await gate.standin.wait_for(lambda: gate.standin.pinned(gate.anna))
    board = gate.standin.pinned(gate.anna)[0]
    gate.standin.telegram.remove(gate.anna.id, board.id)
    gate.turn(minutes=2)
    await gate.say(gate.kalina, "Здравейте! Кога ще е готов сайтът ми?")
    gate.turn(seconds=8)
    await gate.told(gate.kalina, "14:30")
    gate.turn(minutes=1)
    await gate.standin.wait_for(lambda: gate.standin.calls("editMessageText"))
    gate.turn(minutes=2)
    await gate.standin.wait_for(lambda: gate.standin.pinned(gate.anna))


async def test_the_last_digest_of_the_day_tells_when_the_next_window_is(gate: Gate) -> None:
    gate.turn_to(24, 15)
    await gate.say(gate.ivan, QUESTION)
    gate.turn(seconds=8)
    await gate.told(gate.ivan, "18:00")
    gate.turn_to(24, 17, 30)
    digest = await gate.told(gate.anna, "Сводка")
    assert "завтра" in digest.text
    assert "10:00" in digest.text


async def test_after_a_day_without_power_each_client_hears_one_honest_word(gate: Gate) -> None:
    await asked(gate)
    gate.turn_to(26, 9)
    await gate.told(gate.ivan, "11:00")
    await gate.nothing_more()
    assert len(gate.hears(gate.ivan)) == 2
    assert "сегодня до 11:00" in gate.hears(gate.ivan)[-1]


async def test_times_are_said_in_the_clients_own_zone_once_it_is_known(gate: Gate) -> None:
    await gate.say(gate.kalina, "/timezone Берлин")
    await gate.told(gate.kalina, "")
    await gate.say(gate.kalina, "Здравейте! Кога ще е готов сайтът ми?")
    gate.turn(seconds=8)
    answer = await gate.told(gate.kalina, "ваше време")
    assert "12:30 ч. ваше време" in answer.text
    assert "14:30 ч." in answer.text
    await gate.say(gate.kalina, "/timezone Атлантида")
    await gate.told(gate.kalina, "Атлантида")


@pytest.fixture
async def watchful(empty_store: str) -> AsyncIterator[Gate]:
    async with open_gate(empty_store, desk=WATCHFUL) as gate:
        yield gate


async def test_by_night_an_alarm_comes_without_a_sound_and_rings_in_the_morning(watchful: Gate) -> None:
    watchful.turn_to(24, 23)
    await watchful.say(watchful.ivan, "Сайт лежит, заказы не проходят")
    alarm = await watchful.told(watchful.anna, "Сайт лежит")
    assert not alarm.rings
    watchful.turn_to(25, 7, 59)
    await watchful.nothing_more()
    assert len([text for text in watchful.hears(watchful.anna) if "Сайт лежит" in text]) == 1
    watchful.turn_to(25, 8)
    again = await watchful.told(watchful.anna, "Сайт лежит", times=2)
    assert again.rings


async def test_an_alarm_that_nobody_touches_goes_to_the_backup(watchful: Gate) -> None:
    oleg = watchful.standin.person("Олег", id=900000001)
    await watchful.say(watchful.ivan, "Сайт лежит, заказы не проходят")
    await watchful.told(watchful.anna, "Сайт лежит")
    for minutes in (5, 10, 15, 6):
        watchful.turn(minutes=minutes)
        await watchful.nothing_more()
    handed = await watchful.told(oleg, "Сайт лежит")
    assert "Иван Кузнецов" in handed.text
    await watchful.told(watchful.anna, "Олег")


async def test_an_answer_written_at_night_waits_for_the_morning(empty_store: str) -> None:
    async with open_gate(empty_store, desk=DESK + "[gate]\nhold_answers = true\n") as gate:
        await asked(gate)
        gate.turn_to(24, 14, 10)
        digest = await gate.told(gate.anna, QUESTION)
        await gate.nothing_more()
        gate.turn_to(24, 20)
        await gate.say(gate.anna, "Утром пришлю.", reply_to=digest)
        await gate.told(gate.anna, "получит ответ завтра, в среду, в 10:00")
        assert "Утром пришлю." not in "".join(gate.hears(gate.ivan))
        gate.turn_to(25, 10)
        await gate.told(gate.ivan, "Утром пришлю.")
        await gate.nothing_more()
        gate.turn_to(25, 20)
        await gate.say(gate.anna, "И логотип.", reply_to=digest)
        held = await gate.told(gate.anna, "получит ответ завтра, в четверг, в 10:00")
        await gate.tap(gate.anna, held, "Отправить сейчас")
        await gate.told(gate.ivan, "И логотип.")


async def test_other_windows_in_the_desk_file_move_what_was_promised_and_the_client_is_told_once(
    empty_store: str,
) -> None:
    async with open_gate(empty_store) as gate:
        await asked(gate)
        await gate.nothing_more()
        later = gate.clock.now()
    other = DESK.replace('"14:00-14:30"', '"15:00-15:30"')
    heard = []
    for _ in range(2):
        async with open_gate(empty_store, desk=other, start=later) as gate:
            await gate.nothing_more()
            heard.append(gate.hears(gate.ivan))
            later = gate.clock.now()
    assert len(heard[0]) == 1
    assert "сегодня до 15:30" in heard[0][0]
    assert heard[1] == []
