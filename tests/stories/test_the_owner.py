"""What the freelancer does: reads, answers with anything, puts off, goes away."""

from tests.stories.gate import Gate

QUESTION = "Когда будет готов макет?"


async def asked(gate: Gate) -> None:
    await gate.say(gate.ivan, QUESTION)
    gate.turn(seconds=8)
    await gate.told(gate.ivan, "14:30")


async def test_an_answer_of_any_kind_reaches_the_client_and_keeps_the_promise(gate: Gate) -> None:
    await asked(gate)
    await gate.say(gate.anna, "/digest")
    digest = await gate.told(gate.anna, QUESTION)
    await gate.say(gate.anna, "вот он", kind="document", reply_to=digest)
    await gate.told(gate.ivan, "вот он")
    assert gate.standin.from_bot(gate.ivan)[-1].kind == "document"
    thread = await gate.thread(gate.ivan)
    assert thread.promise is None
    assert thread.held.count == 0
    gate.turn_to(25, 18)
    await gate.nothing_more()
    assert len(gate.hears(gate.ivan)) == 2


async def test_an_album_reaches_the_client_as_an_album(gate: Gate) -> None:
    await asked(gate)
    await gate.say(gate.anna, "/digest")
    digest = await gate.told(gate.anna, QUESTION)
    for _ in range(3):
        await gate.say(gate.anna, kind="photo", media_group_id="b1", reply_to=digest)
    gate.turn(seconds=3)
    await gate.standin.wait_for(lambda: len(gate.standin.from_bot(gate.ivan)) == 4)
    albums = {message.album for message in gate.standin.from_bot(gate.ivan)[1:]}
    assert len(albums) == 1
    assert None not in albums


async def test_for_whom_is_it_is_asked_once(gate: Gate) -> None:
    await asked(gate)
    for _ in range(2):
        await gate.say(gate.anna, kind="photo", media_group_id="b2")
    whom = await gate.told(gate.anna, "Кому это?")
    await gate.tap(gate.anna, whom, "Иван Кузнецов")
    await gate.standin.wait_for(lambda: len(gate.standin.from_bot(gate.ivan)) == 3)
    await gate.nothing_more()
    assert len([text for text in gate.hears(gate.anna) if "Кому" in text]) == 1


async def test_open_shows_the_whole_folder_and_done_closes_it(gate: Gate) -> None:
    await asked(gate)
    await gate.say(gate.ivan, "схема", kind="photo")
    gate.turn(seconds=8)
    await gate.say(gate.anna, "/digest")
    digest = await gate.told(gate.anna, QUESTION)
    await gate.tap(gate.anna, digest, "1 Открыть")
    await gate.standin.wait_for(lambda: any(each.kind == "photo" for each in gate.standin.from_bot(gate.anna)))
    assert await gate.tap(gate.anna, digest, "Готово")
    await gate.say(gate.anna, "/digest")
    await gate.nothing_more()
    assert QUESTION not in gate.hears(gate.anna)[-1]
    gate.turn_to(24, 18)
    await gate.nothing_more()
    assert len(gate.hears(gate.ivan)) == 1


async def test_snoozed_until_the_next_window(gate: Gate) -> None:
    await asked(gate)
    await gate.say(gate.anna, "/digest")
    digest = await gate.told(gate.anna, QUESTION)
    await gate.tap(gate.anna, digest, "Отложить")
    await gate.nothing_more()
    await gate.say(gate.anna, "/digest")
    await gate.nothing_more()
    assert QUESTION not in gate.hears(gate.anna)[-1]
    gate.turn_to(24, 14)
    await gate.told(gate.anna, QUESTION, times=2)


async def test_away_moves_the_running_promises_and_back_ends_it(gate: Gate) -> None:
    await asked(gate)
    await gate.say(gate.anna, "/away 24.11-26.11 отпуск")
    moved = await gate.told(gate.ivan, "27 ноября")
    assert "26 ноября" in moved.text
    await gate.say(gate.kalina, "Здравейте! Кога ще е готов сайтът ми?")
    gate.turn(seconds=8)
    await gate.told(gate.kalina, "27 ноември")
    await gate.say(gate.anna, "/back")
    await gate.nothing_more()
    assert (await gate.house.gatekeeper.desk()).away == ()


async def test_a_wrong_command_says_what_would_be_right_and_changes_nothing(gate: Gate) -> None:
    await gate.say(gate.anna, "/away на море")
    await gate.told(gate.anna, "/away 24.12-08.01")
    assert (await gate.house.gatekeeper.desk()).away == ()


async def test_a_reply_of_urgent_marks_the_client_urgent(gate: Gate) -> None:
    await asked(gate)
    await gate.say(gate.anna, "/digest")
    digest = await gate.told(gate.anna, QUESTION)
    await gate.say(gate.anna, "/urgent", reply_to=digest)
    await gate.say(gate.anna, "/urgent")
    await gate.told(gate.anna, QUESTION, times=2)


async def test_a_lapsed_promise_is_moved_with_an_apology_and_the_owner_sees_it(gate: Gate) -> None:
    await asked(gate)
    gate.turn_to(24, 14, 31)
    moved = await gate.told(gate.ivan, "до 18:00")
    assert "задерж" in moved.text.lower()
    await gate.told(gate.anna, "18:00")


async def test_while_the_owner_talks_the_gate_keeps_silent(gate: Gate) -> None:
    await asked(gate)
    await gate.say(gate.anna, "/digest")
    digest = await gate.told(gate.anna, QUESTION)
    await gate.say(gate.anna, "Сегодня.", reply_to=digest)
    await gate.told(gate.ivan, "Сегодня.")
    await gate.say(gate.ivan, "А логотип?")
    gate.turn(seconds=8)
    await gate.nothing_more()
    assert len(gate.hears(gate.ivan)) == 2
    gate.turn(minutes=10)
    await gate.told(gate.ivan, "14:30", times=2)


async def test_the_digest_has_pages_when_many_wait(gate: Gate) -> None:
    for number in range(8):
        person = gate.standin.person(f"Клиент{number}")
        await gate.say(person, f"Вопрос номер {number}: когда будет готов макет?")
    gate.turn(seconds=8)
    gate.turn(minutes=1)
    await gate.standin.wait_for(lambda: len(gate.standin.calls("sendMessage")) >= 8)
    await gate.say(gate.anna, "/digest")
    digest = await gate.told(gate.anna, "8 клиентов")
    later = [name for number in range(8) if (name := f"Клиент{number}") not in digest.text]
    assert len(later) == 2
    await gate.tap(gate.anna, digest, "1dpage|2|")
    await gate.standin.wait_for(lambda: all(name in gate.standin.look(digest).text for name in later))
