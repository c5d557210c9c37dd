"""Answers that take their time, windows that fill up, and days that end early."""

from datetime import datetime

from tests.stories.gate import DESK, MOSCOW, Gate, open_gate

SLOW = (
    DESK
    + """
[[answers]]
for = ["estimate"]
working_days = 2
[[answers]]
client = "Калина Димитрова"
working_hours = 4
"""
)
ONE_A_WINDOW = (
    DESK
    + """
[gate]
window_capacity = 1
"""
)


async def ask(gate: Gate, name: str, text: str) -> None:
    person = gate.ivan if name == "ivan" else gate.kalina
    await gate.say(person, text)
    gate.turn(seconds=8)


async def test_an_estimate_is_promised_in_two_working_days(empty_store: str) -> None:
    async with open_gate(empty_store, desk=SLOW) as gate:
        await ask(gate, "ivan", "Анна, пришлите, пожалуйста, смету на лендинг.")
        answer = await gate.told(gate.ivan, "18:00")
        assert "послезавтра, в четверг" in answer.text
        await gate.nothing_more()
        # The two windows in between come and go, and nobody is told of a delay.
        gate.turn_to(25, 12)
        await gate.settled()
        gate.turn_to(26, 17)
        await gate.nothing_more()
        assert len(gate.hears(gate.ivan)) == 1


async def test_a_client_may_have_an_answer_time_of_their_own(empty_store: str) -> None:
    async with open_gate(empty_store, desk=SLOW) as gate:
        await ask(gate, "kalina", "Здравейте! Кога ще е готов макетът?")
        answer = await gate.told(gate.kalina, "18:00")
        assert "днес" in answer.text
        await ask(gate, "ivan", "Когда будет готов макет?")
        await gate.told(gate.ivan, "14:30")


async def test_a_full_window_is_promised_to_nobody_else(empty_store: str) -> None:
    async with open_gate(empty_store, desk=ONE_A_WINDOW) as gate:
        await ask(gate, "ivan", "Когда будет готов макет?")
        await gate.told(gate.ivan, "14:30")
        await ask(gate, "kalina", "Здравейте! Кога ще е готов макетът?")
        answer = await gate.told(gate.kalina, "18:00")
        assert "днес" in answer.text
        # Ivan's second question joins his own promise: his place stays his.
        later = await gate.say(gate.ivan, "И ещё: какой срок по логотипу?")
        gate.turn(seconds=8)
        await gate.signed(later, "👀")
        await gate.nothing_more()
        # The window passes and Ivan has no answer: 18:00 is Kalina's, so he is told the next one.
        gate.turn_to(24, 14, 30)
        answer = await gate.told(gate.ivan, "11:00")
        assert "завтра" in answer.text


async def test_on_the_eve_of_a_holiday_the_last_hour_is_not_promised(empty_store: str) -> None:
    # Friday 11 June 2027; Russia Day falls on the Saturday, and Monday is off for it.
    async with open_gate(empty_store, start=datetime(2027, 6, 11, 16, tzinfo=MOSCOW)) as gate:
        await ask(gate, "ivan", "Когда будет готов макет?")
        answer = await gate.told(gate.ivan, "11:00")
        assert "во вторник, 15 июня" in answer.text
