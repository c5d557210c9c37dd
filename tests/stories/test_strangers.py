"""Somebody unknown writes: urgent only in words, offers sifted out silently, and one tap brings a client back."""

import pytest

from tests.stories.gate import DESK, Gate, open_gate

OFFER = "Здравствуйте! Предлагаем SEO-продвижение, выведем ваш сайт в ТОП-10 за месяц с гарантией. Актуально?"
OFFER_BG = "Здравейте! Предлагаме SEO оптимизация, първа страница в Google с гаранция. Безплатен одит?"
QUESTION = "Когда будет готов макет?"


async def test_an_offer_is_kept_whole_and_nobody_hears_of_it(gate: Gate) -> None:
    message = await gate.say(gate.ivan, OFFER)
    gate.turn(seconds=8)
    await gate.nothing_more()
    await gate.say(gate.ivan, "Вам интересно?")
    gate.turn_to(24, 19)
    await gate.nothing_more()
    assert gate.hears(gate.ivan) == gate.hears(gate.anna) == []
    assert not gate.standin.look(message).emoji
    folder = await gate.store.folder(gate.house.desk.id, f"tg:{gate.ivan.id}", 1, 9)
    assert [filed.message.text for filed in folder] == [OFFER, "Вам интересно?"]
    assert await gate.store.board(gate.house.desk.id) == ()


async def test_even_an_offer_that_shouts_does_not_ring(gate: Gate) -> None:
    await gate.say(gate.ivan, "СРОЧНО! Только до 18:00 сегодня! Накрутка подписчиков со скидкой 50%, гарантия, звоните")
    gate.turn(seconds=8)
    await gate.nothing_more()
    assert gate.hears(gate.ivan) == gate.hears(gate.anna) == []


async def test_the_weeks_list_comes_with_the_first_digest_of_the_week_and_only_once(gate: Gate) -> None:
    await gate.say(gate.ivan, OFFER)
    gate.turn(seconds=8)
    await gate.nothing_more()
    gate.turn_to(27, 19)
    await gate.nothing_more()
    assert gate.hears(gate.anna) == []
    await gate.say(gate.kalina, "Здравейте! Кога ще е готов сайтът ми?")
    gate.turn(seconds=8)
    await gate.told(gate.kalina, "в понеделник")
    gate.turn_to(30, 10)
    listed = await gate.told(gate.anna, "Отсеяно")
    assert not listed.rings
    assert "Иван Кузнецов" in listed.text
    assert "Предлагаем SEO-продвижение" in listed.text
    assert "24.11 11:20" in listed.text
    assert gate.hears(gate.anna)[0].startswith("Сводка")
    gate.turn_to(8, 19, month=12)
    await gate.nothing_more()
    assert len([text for text in gate.hears(gate.anna) if "Отсеяно" in text]) == 1


async def test_without_a_digest_the_list_comes_by_itself(empty_store: str) -> None:
    async with open_gate(empty_store, desk=DESK.replace("board = false", "board = false\nby_itself = false")) as gate:
        await gate.say(gate.ivan, OFFER)
        gate.turn(seconds=8)
        await gate.nothing_more()
        gate.turn_to(30, 10)
        await gate.told(gate.anna, "Отсеяно")


@pytest.mark.parametrize("language", ["ru", "bg"])
async def test_one_tap_brings_a_client_back_with_a_promise_from_now(gate: Gate, language: str) -> None:
    writer, offer = (gate.ivan, OFFER) if language == "ru" else (gate.kalina, OFFER_BG)
    await gate.say(writer, offer)
    gate.turn(seconds=8)
    await gate.nothing_more()
    gate.turn_to(26, 12)
    await gate.say(gate.anna, "/aside")
    listed = await gate.told(gate.anna, "Отсеяно")
    toast = await gate.tap(gate.anna, listed, "1 Это клиент")
    assert toast == "Возвращено: теперь это в сводке."
    await gate.told(writer, "14:30")
    assert await gate.tap(gate.anna, listed, "1 Это клиент") == "Это уже возвращено."
    await gate.say(gate.anna, "/digest")
    await gate.told(gate.anna, "Сводка")
    await gate.say(gate.anna, "/aside")
    await gate.told(gate.anna, "Отсеянного нет.")
    again = await gate.say(writer, offer)
    gate.turn(seconds=8)
    await gate.signed(again, "👀")


async def test_a_plain_message_after_an_offer_is_answered_and_shows_both(gate: Gate) -> None:
    await gate.say(gate.kalina, OFFER_BG)
    gate.turn(seconds=8)
    await gate.nothing_more()
    await gate.say(gate.kalina, "Извинете, сбърках адресата. Искаме лого за нашата пекарна, колко струва?")
    gate.turn(seconds=8)
    await gate.told(gate.kalina, "Анна ще отговори днес до 14:30 ч.")
    await gate.say(gate.anna, "/digest")
    digest = await gate.told(gate.anna, "Искаме лого")
    assert "Предлагаме SEO" in digest.text
    assert await gate.store.aside(gate.house.desk.id) == ()


async def test_a_strangers_tap_is_answered_by_a_request_for_words_and_the_words_ring(gate: Gate) -> None:
    await gate.say(gate.kalina, "СПЕШНО!!!")
    gate.turn(seconds=8)
    question = await gate.told(gate.kalina, "Какво се случва?")
    await gate.tap(gate.kalina, question, "Проблем с плащане")
    await gate.told(gate.kalina, "Моля, напишете с едно изречение")
    assert await gate.tap(gate.kalina, question, "Друго") == "Моля, напишете го с едно изречение."
    await gate.say(gate.kalina, "https://example.com/order")
    gate.turn(seconds=8)
    await gate.nothing_more()
    assert gate.hears(gate.anna) == []
    await gate.say(gate.kalina, "на касата чакат хора и терминалът отказва картите")
    gate.turn(seconds=8)
    alarm = await gate.told(gate.anna, "терминалът отказва")
    assert alarm.rings


async def test_a_client_who_came_by_the_owners_link_rings_by_a_tap(gate: Gate) -> None:
    await gate.say(gate.ivan, "/start shop")
    await gate.say(gate.ivan, QUESTION)
    gate.turn(seconds=8)
    promise = await gate.told(gate.ivan, "14:30", times=2)
    await gate.tap(gate.ivan, promise, "Не может ждать")
    question = await gate.told(gate.ivan, "Что происходит?")
    await gate.tap(gate.ivan, question, "Что-то не работает")
    await gate.told(gate.anna, "🔴")


async def test_nothing_of_a_known_client_is_sifted_out(gate: Gate) -> None:
    await gate.say(gate.ivan, QUESTION)
    gate.turn(seconds=8)
    await gate.told(gate.ivan, "14:30")
    await gate.say(gate.anna, "/digest")
    digest = await gate.told(gate.anna, QUESTION)
    await gate.say(gate.anna, "Завтра", reply_to=digest)
    await gate.told(gate.ivan, "Завтра")
    gate.turn(minutes=11)
    await gate.say(gate.ivan, OFFER)
    gate.turn(seconds=8)
    await gate.told(gate.ivan, "14:30", times=2)


async def test_a_desk_can_do_without(empty_store: str) -> None:
    async with open_gate(empty_store, desk=DESK + "[gate]\nspam = false\n") as gate:
        await gate.say(gate.ivan, OFFER)
        gate.turn(seconds=8)
        await gate.told(gate.ivan, "14:30")


async def test_a_client_cannot_see_the_list(gate: Gate) -> None:
    await gate.say(gate.ivan, "/aside")
    await gate.told(gate.ivan, "Этой командой пользуется только Анна")
