"""Updates as a real aiogram Bot gets them: long polling, offsets, redelivery, what is asked for."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramConflictError,
)

from bot.web.playground.chats import Person
from bot.web.playground.ports import Turnable
from bot.web.playground.standin import StandIn


async def test_message_arrives_and_stays_until_its_offset_is_passed(bot: Bot, standin: StandIn, maria: Person) -> None:
    standin.say(maria, "Здравейте")
    standin.say(maria, "Кога ще е готово?")
    first = await bot.get_updates()
    again = await bot.get_updates()
    assert [update.update_id for update in first] == [update.update_id for update in again] == [1000, 1001]
    message = first[0].message
    assert message is not None
    assert message.from_user is not None
    assert (message.text, message.from_user.language_code, message.chat.id) == ("Здравейте", "bg", maria.id)
    assert message.date == standin.telegram.now()
    rest = await bot.get_updates(offset=1001)
    assert [update.update_id for update in rest] == [1001]
    assert await bot.get_updates(offset=1002) == []


async def test_limit_and_negative_offset(bot: Bot, standin: StandIn, maria: Person) -> None:
    for word in ("едно", "две", "три"):
        standin.say(maria, word)
    assert [update.update_id for update in await bot.get_updates(limit=2)] == [1000, 1001]
    assert [update.update_id for update in await bot.get_updates(offset=-1)] == [1002]


async def test_long_poll_returns_as_soon_as_somebody_writes(bot: Bot, standin: StandIn, maria: Person) -> None:
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(bot.get_updates(timeout=30))
        await standin.wait_for(lambda: standin.calls("getUpdates"))
        standin.say(maria, "Ало?")
    assert [update.message.text for update in poll.result() if update.message] == ["Ало?"]


async def test_second_poll_ends_the_first(bot: Bot, standin: StandIn, maria: Person) -> None:
    async with asyncio.TaskGroup() as group:
        first = group.create_task(swallow(bot.get_updates(timeout=30)))
        await standin.wait_for(lambda: standin.calls("getUpdates"))
        second = group.create_task(bot.get_updates(timeout=30))
        await standin.wait_for(lambda: len(standin.calls("getUpdates")) == 2)
        standin.say(maria, "ало")
    assert isinstance(first.result(), TelegramConflictError)
    assert len(second.result()) == 1


async def swallow(call: Awaitable[object]) -> object:
    try:
        return await call
    except TelegramConflictError as conflict:
        return conflict


async def test_reactions_come_only_when_asked_for(bot: Bot, standin: StandIn, maria: Person) -> None:
    said = standin.say(maria, "Благодаря!")
    await bot.get_updates(offset=1001)
    standin.react(maria, said, "👍")
    assert await bot.get_updates() == []
    await bot.get_updates(allowed_updates=["message", "message_reaction"])
    standin.react(maria, said, "🔥")
    (update,) = await bot.get_updates()
    assert update.message_reaction is not None
    assert [each.model_dump() for each in update.message_reaction.new_reaction] == [{"type": "emoji", "emoji": "🔥"}]


async def test_updates_live_for_a_day(bot: Bot, standin: StandIn, maria: Person, clock: Turnable) -> None:
    standin.say(maria, "вчера")
    clock.turn_to(clock.now() + timedelta(hours=24, seconds=1))
    standin.say(maria, "днес")
    assert [update.message.text for update in await bot.get_updates() if update.message] == ["днес"]


async def test_redelivered_update_keeps_its_id(bot: Bot, standin: StandIn, maria: Person) -> None:
    standin.say(maria, "Един път")
    (first,) = await bot.get_updates()
    assert await bot.get_updates(offset=first.update_id + 1) == []
    standin.redeliver(first.update_id)
    (again,) = await bot.get_updates()
    assert again == first


async def test_webhook_excludes_polling(bot: Bot, standin: StandIn) -> None:
    await bot.set_webhook("https://example.org/hook", secret_token="s")
    assert (await bot.get_webhook_info()).url == "https://example.org/hook"
    with pytest.raises(TelegramConflictError):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == []


async def test_raw_update_passes_through_untouched(standin: StandIn) -> None:
    standin.push_raw({"update_id": 5000, "message_reaction": {"new_reaction": [{"type": "from_the_future"}]}})
    async with standin.serve() as url, aiohttp.ClientSession() as client:
        response = await client.get(f"{url}/bot{standin.token}/getUpdates")
        body = await response.json()
    assert body["result"] == [{"update_id": 5000, "message_reaction": {"new_reaction": [{"type": "from_the_future"}]}}]


async def test_json_and_urlencoded_bodies_are_read_too(standin: StandIn, maria: Person) -> None:
    async with standin.serve() as url, aiohttp.ClientSession() as client:
        method = f"{url}/bot{standin.token}/SENDmessage"
        markup = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
        await client.post(method, json={"chat_id": maria.id, "text": "json", "reply_markup": markup})
        await client.post(method, data={"chat_id": str(maria.id), "text": "form"})
        await client.get(method, params={"chat_id": str(maria.id), "text": "query"})
    assert [message.text for message in standin.chat(maria)] == ["json", "form", "query"]
    assert standin.chat(maria)[0].buttons[0].data == "yes"
