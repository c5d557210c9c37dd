"""The main job: a message in, a promise out, the digest, an answer."""

from tests.stories.gate import Gate


async def test_a_client_writes_and_is_told_by_when_the_answer_comes(gate: Gate) -> None:
    await gate.say(gate.ivan, "Здравствуйте, Анна! Когда будет готов макет главной?")
    gate.turn(seconds=8)
    answer = await gate.told(gate.ivan, "14:30")
    assert "сегодня" in answer.text
    assert gate.hears(gate.anna) == []


async def test_three_quick_messages_are_answered_once(gate: Gate) -> None:
    for text in ("Здравствуйте!", "Посмотрела макет.", "Можно шапку повыше?"):
        await gate.say(gate.ivan, text)
        gate.turn(seconds=3)
    gate.turn(seconds=8)
    await gate.told(gate.ivan, "14:30")
    await gate.nothing_more()
    assert len(gate.hears(gate.ivan)) == 1


async def test_what_comes_after_gets_a_pair_of_eyes_and_no_text(gate: Gate) -> None:
    await gate.say(gate.ivan, "Когда будет готов макет?")
    gate.turn(seconds=8)
    await gate.told(gate.ivan, "14:30")
    later = await gate.say(gate.ivan, "И ещё: какой срок по логотипу?")
    gate.turn(seconds=8)
    await gate.signed(later, "👀")
    assert len(gate.hears(gate.ivan)) == 1


async def test_the_digest_comes_by_itself_at_the_window_and_the_answer_goes_back(gate: Gate) -> None:
    await gate.say(gate.ivan, "Когда будет готов макет?")
    gate.turn(seconds=8)
    await gate.told(gate.ivan, "14:30")
    gate.turn_to(24, 14, 0)
    digest = await gate.told(gate.anna, "Когда будет готов макет?")
    assert not digest.rings
    await gate.say(gate.anna, "Сегодня к вечеру пришлю.", reply_to=digest)
    await gate.told(gate.ivan, "Сегодня к вечеру пришлю.")
    gate.turn_to(24, 17, 30)
    gate.turn_to(24, 18, 1)
    await gate.nothing_more()
    assert len(gate.hears(gate.anna)) == 1
    assert len(gate.hears(gate.ivan)) == 2
