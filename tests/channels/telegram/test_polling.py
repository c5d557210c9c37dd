"""The loop: nothing is confirmed before it is handled, chats keep their order, trouble is waited out."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress

import pytest
from aiogram import Bot

from bot.channels.telegram.line import TokenRefused
from bot.channels.telegram.polling import Polling
from bot.ports import StoreDown
from tests.channels.telegram.fake import CUT, HTML, BotApi, Reply, no, ok

Raw = Mapping[str, object]


def written(update: int, chat: int) -> dict[str, object]:
    return {"update_id": update, "message": {"message_id": update, "chat": {"id": chat, "type": "private"}}}


def tapped(update: int, user: int) -> dict[str, object]:
    return {"update_id": update, "callback_query": {"id": str(update), "from": {"id": user}}}


class Handled:
    """Remembers what was handled and lets a test wait until there is enough."""

    def __init__(self) -> None:
        self.ids: list[object] = []
        self.more = asyncio.Condition()

    async def __call__(self, update: Raw) -> None:
        async with self.more:
            self.ids.append(update["update_id"])
            self.more.notify_all()

    async def until(self, count: int) -> None:
        async with self.more:
            await self.more.wait_for(lambda: len(self.ids) >= count)


class Naps:
    """A sleep that takes no time and remembers how long it was to be."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


@asynccontextmanager
async def polling(
    bot: Bot, handle: Callable[[Raw], Awaitable[None]], naps: Naps | None = None
) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(Polling(bot, handle, sleep=naps or Naps()).run())
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def confirmed(api: BotApi) -> object:
    """The offset of the next request, once it has come."""
    before = len(api.said("getUpdates"))
    while len(api.said("getUpdates")) == before:
        await asyncio.sleep(0)
    return api.said("getUpdates")[-1].get("offset")


async def test_updates_are_asked_for_raw_and_then_confirmed(api: BotApi, bot: Bot) -> None:
    api.updates = [written(7, 1), written(8, 2)]
    handled = Handled()
    async with polling(bot, handled):
        await handled.until(2)
        assert await confirmed(api) == 9
    assert api.calls[0] == ("deleteWebhook", {"drop_pending_updates": False})
    assert api.said("getUpdates")[0] == {
        "limit": 100,
        "timeout": 25,
        "allowed_updates": ["message", "edited_message", "callback_query", "my_chat_member"],
    }


async def test_nothing_is_confirmed_while_one_update_is_under_way(api: BotApi, bot: Bot) -> None:
    api.updates = [written(7, 1), written(8, 2)]
    handled, release = Handled(), asyncio.Event()

    async def slow_for_one(update: Raw) -> None:
        await handled(update)
        if update["update_id"] == 7:
            await release.wait()

    async with polling(bot, slow_for_one):
        await handled.until(2)
        assert len(api.said("getUpdates")) == 1
        release.set()
        assert await confirmed(api) == 9


async def test_a_chat_keeps_its_order_while_others_pass(api: BotApi, bot: Bot) -> None:
    api.updates = [written(1, 5), tapped(2, 5), written(3, 6), written(4, 5)]
    done, release = Handled(), asyncio.Event()

    async def slow_at_first(update: Raw) -> None:
        if update["update_id"] == 1:
            await release.wait()
        await done(update)

    async with polling(bot, slow_at_first):
        await done.until(1)
        assert done.ids == [3], "the other chat does not wait"
        release.set()
        await done.until(4)
    assert done.ids == [3, 1, 2, 4]


async def test_a_store_that_is_down_moves_no_offset(api: BotApi, bot: Bot) -> None:
    api.updates = [written(7, 1), written(8, 1), written(9, 2)]
    handled, down, naps = Handled(), [True, True], Naps()

    async def handle(update: Raw) -> None:
        if update["update_id"] == 7 and down:
            down.pop()
            raise StoreDown
        await handled(update)

    async with polling(bot, handle, naps):
        await handled.until(5)
        assert await confirmed(api) == 10
    assert sorted(map(str, handled.ids)) == ["7", "8", "9", "9", "9"], "8 waited for 7; 9 is known by its id upstream"
    assert [call.get("offset") for call in api.said("getUpdates")][:3] == [None, None, None]
    assert naps.seconds == [1.0, 2.0]


async def test_a_form_that_nobody_knows_stalls_nothing(api: BotApi, bot: Bot) -> None:
    unknown = {"update_id": 7, "message": {"chat": "who knows", "forward_origin": {"type": "telepathy"}}}
    api.updates = [unknown, "not even an object", written(8, 1)]
    handled = Handled()
    async with polling(bot, handled):
        await handled.until(2)
    assert sorted(map(str, handled.ids)) == ["7", "8"]


@pytest.mark.parametrize(
    ("replies", "pauses"),
    [
        ([CUT, HTML, no(500, "Internal Server Error")], [1.0, 2.0, 4.0]),
        ([no(429, "Too Many Requests", 9), CUT], [9.0, 2.0]),
        ([no(409, "Conflict: terminated by other getUpdates request")] * 7, [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]),
        ([no(400, "Bad Request: something")], [1.0]),
    ],
    ids=["stumbles", "flood", "conflict", "refused"],
)
async def test_trouble_is_waited_out(api: BotApi, bot: Bot, replies: list[Reply], pauses: list[float]) -> None:
    api.answer("getUpdates", *replies)
    api.updates = [written(7, 1)]
    handled, naps = Handled(), Naps()
    async with polling(bot, handled, naps):
        await handled.until(1)
    assert naps.seconds == pauses


async def test_after_trouble_the_pause_is_short_again(api: BotApi, bot: Bot) -> None:
    api.answer("getUpdates", CUT, CUT, ok([written(7, 1)]), CUT)
    api.updates = [written(8, 1)]
    handled, naps = Handled(), Naps()
    async with polling(bot, handled, naps):
        await handled.until(2)
    assert naps.seconds == [1.0, 2.0, 1.0]


async def test_another_poller_is_named_in_the_log(api: BotApi, bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    api.answer("getUpdates", no(409, "Conflict: terminated by other getUpdates request"))
    api.updates = [written(7, 1)]
    handled = Handled()
    async with polling(bot, handled):
        await handled.until(1)
    assert "another process polls this bot" in caplog.text


async def test_a_refused_token_ends_the_loop(api: BotApi, bot: Bot) -> None:
    api.answer("deleteWebhook", no(401, "Unauthorized"))
    with pytest.raises(TokenRefused):
        await Polling(bot, Handled()).run()
    assert api.said("getUpdates") == []
