"""Long polling of our own: raw updates, in order within a chat, confirmed only when all of them are handled.

aiogram's poller advances the offset before a handler has run and validates a batch as a whole: a crash loses what was
in flight, one unknown form stalls everything. Here the offset moves after the batch; what is delivered twice is
recognised by its id upstream.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence

from aiogram import Bot
from aiogram.methods import DeleteWebhook, GetUpdates, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.channels.telegram.fields import number, part
from bot.channels.telegram.line import Line, PolledElsewhere, TokenRefused
from bot.ports import StoreDown, TryLater, Undeliverable, Unsure

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
# Seconds that Telegram holds a request open when there is nothing new.
HOLD = 25
BATCH = 100
# Chats of one batch handled at the same time: a commit waits for the store, not for the processor.
LANES = 16
# Seconds to wait after trouble, doubled up to the last.
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0

Raw = Mapping[str, object]
_LOG = logging.getLogger(__name__)


class Polling:
    """Fetches updates and has them handled. `handle` returns when the update is committed or buried."""

    def __init__(
        self,
        bot: Bot,
        handle: Callable[[Raw], Awaitable[None]],
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        hold: int = HOLD,
        lanes: int = LANES,
    ) -> None:
        self._line = Line(bot)
        self._handle = handle
        self._sleep = sleep
        self._hold = hold
        self._room = asyncio.Semaphore(lanes)
        self._pause = 0.0

    async def run(self) -> None:
        """Until cancelled. Raises `TokenRefused`, and whatever `handle` raises other than `StoreDown`."""
        await self._insist(DeleteWebhook(drop_pending_updates=False))
        offset: int | None = None
        while True:
            get = GetUpdates(offset=offset, limit=BATCH, timeout=self._hold, allowed_updates=ALLOWED_UPDATES)
            batch = _updates(await self._insist(get, wait=float(self._hold)))
            if not await self._handled(batch):
                await self._back_off("the store is down")
                continue
            self._pause = 0.0
            ids = [id_ for update in batch if (id_ := number(update, "update_id")) is not None]
            offset = max(ids) + 1 if ids else offset

    async def _insist(self, method: TelegramMethod[TelegramType], *, wait: float = 0.0) -> object:
        """Ask until there is an answer: every method here may be repeated."""
        while True:
            try:
                return await self._line.ask(method, wait=wait)
            except TokenRefused:
                raise
            except PolledElsewhere:
                await self._back_off("another process polls this bot, or its webhook was set again: only one may run")
            except TryLater as error:
                await self._back_off("Telegram asks for patience, or cannot be reached", error.seconds)
            except (Unsure, Undeliverable) as error:
                await self._back_off(f"no answer from Telegram ({error})")

    async def _back_off(self, reason: str, seconds: float = 0.0) -> None:
        self._pause = min(self._pause * 2 or FIRST_PAUSE, LONGEST_PAUSE)
        pause = max(seconds, self._pause)
        _LOG.warning("%s; next try in %g s", reason, pause)
        await self._sleep(pause)

    async def _handled(self, batch: Sequence[Raw]) -> bool:
        """Have the batch handled: chats side by side, each in its order. False when the store was down."""
        chats: dict[int, list[Raw]] = {}
        for update in batch:
            chats.setdefault(_chat_of(update), []).append(update)
        async with asyncio.TaskGroup() as lanes:
            tasks = [lanes.create_task(self._drive(updates)) for updates in chats.values()]
        return all(task.result() for task in tasks)

    async def _drive(self, updates: Sequence[Raw]) -> bool:
        async with self._room:
            for update in updates:
                try:
                    await self._handle(update)
                except StoreDown:
                    return False
        return True


def _updates(result: object) -> list[Raw]:
    return [update for update in result if isinstance(update, Mapping)] if isinstance(result, list) else []


def _chat_of(update: Raw) -> int:
    """Whose turn it is. A button's tap belongs to the person's own chat, which has the person's number."""
    for key in ("message", "edited_message", "my_chat_member"):
        if (chat := number(part(part(update, key), "chat"), "id")) is not None:
            return chat
    return number(part(part(update, "callback_query"), "from"), "id") or 0
