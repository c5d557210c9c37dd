"""The courier: what was decided arrives, whatever Telegram does."""

import pytest

from tests.stories.gate import Gate

TROUBLES: list[dict[str, object]] = [
    {"retry_after": 3},
    {"status": 502},
    {"status": 500},
    {"cut": True},
]


@pytest.mark.parametrize("trouble", TROUBLES, ids=str)
async def test_an_acknowledgement_survives_trouble_with_telegram(gate: Gate, trouble: dict[str, object]) -> None:
    gate.standin.fail_next("sendMessage", **trouble)  # type: ignore[arg-type]
    await gate.say(gate.ivan, "Когда будет готов макет?")
    gate.turn(seconds=8)
    await gate.standin.wait_for(lambda: gate.standin.calls("sendMessage"))
    await gate.nothing_more()
    assert len(gate.hears(gate.ivan)) == 1


async def test_a_chat_that_must_wait_holds_up_nobody_else(gate: Gate) -> None:
    await gate.say(gate.ivan, "Когда будет готов макет?")
    await gate.say(gate.kalina, "Здравейте! Кога ще е готов сайтът?")
    gate.standin.fail_next("sendMessage", retry_after=600, chat=gate.ivan)
    gate.turn(seconds=8)
    await gate.told(gate.kalina, "14:30")
    assert gate.hears(gate.ivan) == []


async def test_the_owner_learns_once_that_a_client_has_blocked_the_bot(gate: Gate) -> None:
    await gate.say(gate.ivan, "Когда будет готов макет?")
    gate.turn(seconds=8)
    await gate.told(gate.ivan, "14:30")
    gate.turn_to(24, 14)
    digest = await gate.told(gate.anna, "Когда будет готов макет?")
    gate.standin.deactivate(gate.ivan)
    await gate.say(gate.anna, "Пришлю вечером.", reply_to=digest)
    await gate.told(gate.anna, "Иван Кузнецов", times=2)
    await gate.nothing_more()
    assert len(gate.hears(gate.anna)) == 2
    assert (await gate.thread(gate.ivan)).blocked


async def test_the_urgent_overtakes_what_waits(gate: Gate) -> None:
    gate.standin.fail_next("sendMessage", retry_after=30, chat=gate.anna)
    for _ in range(3):
        await gate.say(gate.anna, "/help")
    await gate.say(gate.ivan, "Сайт лежит, заказы не проходят, клиенты звонят")
    await gate.nothing_more()
    assert "Иван Кузнецов" in gate.hears(gate.anna)[0]
