"""Failures on order, as a real aiogram Bot meets them."""

import asyncio
from collections.abc import Awaitable

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
)

from bot.web.playground.chats import Person
from bot.web.playground.faults import Outage
from bot.web.playground.standin import StandIn


async def test_blocked_and_deactivated_people_cannot_be_written_to(bot: Bot, standin: StandIn, maria: Person) -> None:
    standin.block(maria)
    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(maria.id, "?")
    standin.unblock(maria)
    await bot.send_message(maria.id, "!")
    standin.deactivate(maria)
    with pytest.raises(TelegramForbiddenError, match="user is deactivated"):
        await bot.send_message(maria.id, "?")


async def test_person_who_never_wrote_is_not_found(bot: Bot, standin: StandIn) -> None:
    stranger = standin.person("Новый", started=False)
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(stranger.id, "?")
    standin.start(stranger, "from-site")
    await bot.send_message(stranger.id, "Здравствуйте!")
    assert standin.chat(stranger)[0].text == "/start from-site"


async def test_ordered_failures_come_once_and_in_order(bot: Bot, standin: StandIn, maria: Person) -> None:
    standin.fail_next("sendMessage", retry_after=3)
    standin.fail_next("sendMessage", status=502)
    standin.fail_next("sendMessage", status=500, description="Internal Server Error: restart")
    with pytest.raises(TelegramRetryAfter) as flood:
        await bot.send_message(maria.id, "1")
    assert flood.value.retry_after == 3
    with pytest.raises(ClientDecodeError):
        await bot.send_message(maria.id, "2")
    with pytest.raises(Exception, match="restart"):
        await bot.send_message(maria.id, "3")
    await bot.send_message(maria.id, "4")
    assert [message.text for message in standin.chat(maria)] == ["4"]
    assert len(standin.calls("sendMessage")) == 4


@pytest.mark.parametrize("applied", [False, True], ids=["before", "after"])
async def test_line_cut_before_or_after_the_send(bot: Bot, standin: StandIn, maria: Person, applied: bool) -> None:
    standin.fail_next("sendMessage", cut=True, applied=applied)
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(maria.id, "может быть")
    assert len(standin.chat(maria)) == applied


async def test_failure_for_one_chat_leaves_others_alone(
    bot: Bot, standin: StandIn, maria: Person, anna: Person
) -> None:
    standin.fail_next("sendMessage", retry_after=1, chat=maria)
    await bot.send_message(anna.id, "вам")
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(maria.id, "на вас")


async def test_held_call_waits_for_its_release(bot: Bot, standin: StandIn, maria: Person) -> None:
    hold = standin.hold("sendMessage")
    async with asyncio.TaskGroup() as group:
        group.create_task(bot.send_message(maria.id, "позже"))
        await hold.reached.wait()
        assert standin.chat(maria) == []
        hold.release()
    assert len(standin.chat(maria)) == 1


async def test_delayed_answer_times_out_though_it_was_sent(bot: Bot, standin: StandIn, maria: Person) -> None:
    standin.fail_next("sendMessage", delay=0.2)
    with pytest.raises(TelegramNetworkError, match="timeout"):
        await bot.send_message(maria.id, "медленно", request_timeout=0.05)  # type: ignore[arg-type]  # seconds
    await standin.wait_for(lambda: standin.chat(maria))


async def test_flood_stops_sends_and_a_cut_line_everything(bot: Bot, standin: StandIn, maria: Person) -> None:
    standin.begin_outage(Outage.FLOOD, 10)
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(maria.id, "?")
    assert await bot.get_updates() == []
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(fails(bot.get_updates(timeout=30)))
        await standin.wait_for(lambda: len(standin.calls("getUpdates")) == 2)
        standin.begin_outage(Outage.CUT, 10)
    assert poll.result()
    standin.end_faults()
    await bot.send_message(maria.id, "снова")


async def fails(call: Awaitable[object]) -> bool:
    try:
        await call
    except TelegramNetworkError:
        return True
    return False


async def test_waiting_in_vain_shows_the_chats(standin: StandIn, maria: Person) -> None:
    standin.say(maria, "тишина")
    with pytest.raises(TimeoutError, match="Мария: \\(text\\) тишина"):
        await standin.wait_for(lambda: standin.from_bot(maria), timeout=0.01)
