"""What a client lives through: rules, languages, urgency, edits, social words."""

from tests.stories.gate import Gate

DOWN = "Сайт лежит с утра, заказы не проходят"


async def test_the_rules_are_told_and_agreed_to_once(gate: Gate) -> None:
    await gate.say(gate.ivan, "/start")
    rules = await gate.told(gate.ivan, "Пн–Пт: 10:00–11:00, 14:00–14:30, 17:30–18:00")
    toast = await gate.tap(gate.ivan, rules, "1.agree||")
    assert toast
    agreed = (await gate.thread(gate.ivan)).agreed_at
    assert agreed is not None
    await gate.nothing_more()
    assert "договорились" in gate.standin.look(rules).text
    assert len(gate.hears(gate.ivan)) == 1


async def test_each_client_is_spoken_to_in_their_language_and_can_switch_with_one_tap(gate: Gate) -> None:
    await gate.say(gate.kalina, "Здравейте! Кога ще е готов сайтът ми?")
    gate.turn(seconds=8)
    answer = await gate.told(gate.kalina, "Анна ще отговори днес до 14:30 ч.")
    await gate.tap(gate.kalina, answer, "Писать по-русски")
    await gate.say(gate.kalina, "/status")
    await gate.told(gate.kalina, "до 14:30")
    await gate.nothing_more()
    assert "сегодня" in gate.hears(gate.kalina)[-1]


async def test_what_a_client_writes_counts_more_than_their_apps_language(gate: Gate) -> None:
    polyglot = gate.standin.person("Петър", language="ru")
    await gate.say(polyglot, "Здравейте, кога ще изпратите офертата за каталога?")
    gate.turn(seconds=8)
    await gate.told(polyglot, "Анна ще отговори")


async def test_the_urgent_reaches_the_owner_at_once_with_reasons_and_buttons(gate: Gate) -> None:
    await gate.say(gate.ivan, DOWN)
    alarm = await gate.told(gate.anna, DOWN)
    assert alarm.rings
    assert "Иван Кузнецов" in alarm.text
    assert "Почему:" in alarm.text
    await gate.told(gate.ivan, "14:30")
    await gate.tap(gate.anna, alarm, "30\xa0мин")
    await gate.told(gate.ivan, "11:5")
    gate.turn(minutes=20)
    await gate.nothing_more()
    assert len([text for text in gate.hears(gate.anna) if "🔴" in text]) == 1


async def test_not_urgent_sends_it_back_to_the_digest(gate: Gate) -> None:
    await gate.say(gate.ivan, DOWN)
    alarm = await gate.told(gate.anna, DOWN)
    await gate.tap(gate.anna, alarm, "Не срочно")
    gate.turn(minutes=40)
    await gate.nothing_more()
    assert len(gate.hears(gate.anna)) == 1
    await gate.say(gate.anna, "/digest")
    digest = await gate.told(gate.anna, DOWN, times=2)
    assert "🔴" not in digest.text


async def test_a_bare_claim_is_asked_what_happens(gate: Gate) -> None:
    await gate.say(gate.ivan, "/start shop")  # came by Anna's link: nobody unknown
    await gate.say(gate.ivan, "СРОЧНО!!!")
    gate.turn(seconds=8)
    question = await gate.told(gate.ivan, "Что происходит?")
    await gate.tap(gate.ivan, question, "Проблема с оплатой")
    await gate.told(gate.anna, "Иван Кузнецов")


async def test_it_cannot_wait_reaches_the_owner(gate: Gate) -> None:
    await gate.say(gate.ivan, "Когда будет готов макет?")
    gate.turn(seconds=8)
    promise = await gate.told(gate.ivan, "14:30")
    await gate.tap(gate.ivan, promise, "Не может ждать")
    await gate.told(gate.ivan, "Что происходит?")
    await gate.say(gate.ivan, "заказчик приехал на час раньше")
    gate.turn(seconds=8)
    await gate.told(gate.anna, "заказчик приехал на час раньше")


async def test_thanks_get_a_sign_and_nobody_is_troubled(gate: Gate) -> None:
    thanks = await gate.say(gate.ivan, "Спасибо большое!")
    gate.turn(seconds=8)
    await gate.signed(thanks, "🤝")
    await gate.nothing_more()
    assert gate.hears(gate.ivan) == gate.hears(gate.anna) == []


async def test_an_edit_is_judged_again_and_gets_no_text(gate: Gate) -> None:
    message = await gate.say(gate.ivan, "Посмотрите, пожалуйста, макет")
    gate.turn(seconds=8)
    await gate.told(gate.ivan, "14:30")
    gate.standin.edit(gate.ivan, message, DOWN)
    await gate.settled()
    await gate.told(gate.anna, DOWN)


async def test_a_client_cannot_command_the_desk(gate: Gate) -> None:
    for command in ("/digest", "/away 24.12-08.01", "/urgent"):
        await gate.say(gate.ivan, command)
    await gate.nothing_more()
    assert len(gate.hears(gate.ivan)) == 3
    assert gate.hears(gate.anna) == []
    assert (await gate.house.gatekeeper.desk()).away == ()


async def test_written_on_friday_evening_answered_after_the_weekend(gate: Gate) -> None:
    gate.turn_to(27, 18, 40)
    await gate.say(gate.ivan, "Когда будет готов макет?")
    gate.turn(seconds=8)
    answer = await gate.told(gate.ivan, "в понедельник, 30 ноября, до 11:00")
    assert "после выходных" in answer.text


async def test_before_the_new_year_the_holidays_are_named(gate: Gate) -> None:
    gate.turn_to(30, 18, 40, month=12)
    await gate.say(gate.kalina, "Здравейте! Кога ще е готов сайтът ми?")
    gate.turn(seconds=8)
    answer = await gate.told(gate.kalina, "януари")
    assert "11 януари" in answer.text
    assert "почивни дни" in answer.text
