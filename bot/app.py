"""The composition root: plain constructors, one TaskGroup that owns every loop, and an orderly end."""

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace

from aiogram import Bot

from bot.bell import Bell
from bot.channels.telegram.commands import publish_commands
from bot.channels.telegram.delivery import TelegramChannel
from bot.channels.telegram.door import Door
from bot.channels.telegram.ear import TelegramEar
from bot.channels.telegram.groups import Groups
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.line import Account, Line, TokenRefused, make_bot
from bot.channels.telegram.polling import Polling
from bot.core.desk import Desk
from bot.courier import Courier
from bot.endpoint.opinion import open_adviser
from bot.endpoint.transcription import Transcription
from bot.gatekeeper import Gatekeeper
from bot.ports import Clock, Triage, TryLater, Unsure
from bot.scheduler import Scheduler
from bot.settings import Settings
from bot.store.embedded import EmbeddedServer
from bot.store.redis import RedisStore, connect, shard_of

log = logging.getLogger(__name__)


@asynccontextmanager
async def open_store(settings: Settings, desk: str, clock: Clock) -> AsyncIterator[RedisStore]:
    """The store at `REDIS_URL`, or else the bundled server on `DATA_DIR`, watched over while this lasts."""
    async with AsyncExitStack() as stack:
        url, left_behind = settings.redis_url, None
        if not url:
            server = EmbeddedServer(settings.data_dir / "store", binary=settings.store_server_binary or None)
            came = clock.now()
            url = await server.start()
            left_behind = came if server.alone else None
            stack.push_async_callback(server.stop)
            await stack.enter_async_context(_in_background(server.supervise()))
        store = RedisStore(connect(url), [shard_of(desk)])
        stack.push_async_callback(store.close)
        await store.ping()
        if left_behind is not None:
            # A process that was killed here left its leases: nobody has to wait for their end.
            await store.free_leases(left_behind)
        yield store


@dataclass(frozen=True, slots=True)
class House:
    """One bot for one desk, put together. `gatekeeper` and `store` are for who looks on (the playground)."""

    desk: Desk
    store: RedisStore
    gatekeeper: Gatekeeper
    bot: Bot
    polling: Polling
    courier: Courier
    scheduler: Scheduler

    async def run(self, owner_id: int) -> None:
        """Every loop, until cancelled."""
        await self.gatekeeper.open()
        # What was made at start stays for ever: the collector need not walk it again (TELEGRAM.md: p99 275 → 107 ms).
        gc.collect()
        gc.freeze()
        async with asyncio.TaskGroup() as group:
            group.create_task(self.polling.run())
            group.create_task(self.courier.run())
            group.create_task(self.scheduler.run())
            group.create_task(publish_commands(self.bot, owner_id, self.desk.owner.language))


@asynccontextmanager
async def build(
    settings: Settings, desk: Desk, *, store: RedisStore, clock: Clock, triage: Triage
) -> AsyncIterator[House]:  # fmt: skip
    """The house for these settings. Raises `TokenRefused` for a token that Telegram does not know."""
    desk = replace(desk, owner=replace(desk.owner, address=f"tg:{settings.owner_id}"))
    async with AsyncExitStack() as stack:
        bot = make_bot(settings.bot_token, settings.telegram_api_url)
        stack.push_async_callback(bot.session.close)
        adviser = None
        if settings.opinion_url:
            opened = open_adviser(settings.opinion_url, settings.opinion_model, clock, key=settings.opinion_key)
            adviser = await stack.enter_async_context(opened)
        account = await _identify(bot)
        courier_bell, scheduler_bell = Bell(), Bell()
        ear = _ear(settings, bot)
        gatekeeper = Gatekeeper(
            desk, store, triage, clock, (courier_bell, scheduler_bell), adviser=adviser, hears=ear is not None
        )
        intake = Intake(
            store, owner_id=settings.owner_id, desk_id=desk.id, bot_id=account.id, username=account.username
        )
        door = Door(intake, gatekeeper, store, Groups(bot), clock, desk.id)
        log.info("at the gate: bot=%s desk=%s", account.username, desk.id)
        yield House(
            desk=desk,
            store=store,
            gatekeeper=gatekeeper,
            bot=bot,
            polling=Polling(bot, door.admit),
            courier=Courier(store, TelegramChannel(bot), gatekeeper, clock, courier_bell, ear),
            scheduler=Scheduler(store, gatekeeper, clock, scheduler_bell),
        )


async def run_bot(settings: Settings, desk: Desk, *, clock: Clock, triage: Triage) -> None:
    """The bot on Telegram by long polling, until SIGTERM or Ctrl-C."""
    async with (
        open_store(settings, desk.id, clock) as store,
        build(settings, desk, store=store, clock=clock, triage=triage) as house,
    ):
        await until_told_to_stop(house.run(settings.owner_id))


async def until_told_to_stop(work: Coroutine[object, object, None]) -> None:
    """Run `work` until it ends or SIGTERM or Ctrl-C comes; what is under way is cancelled, and nothing lost by it."""
    task = asyncio.current_task()
    if task is None:
        raise RuntimeError("signals need a running task")
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    with suppress(asyncio.CancelledError):
        await work


def _ear(settings: Settings, bot: Bot) -> TelegramEar | None:
    """Who listens to recordings, where an endpoint is set."""
    if not settings.transcription_url:
        return None
    endpoint = Transcription(settings.transcription_url, settings.transcription_model, settings.transcription_key)
    return TelegramEar(bot, endpoint)


async def _identify(bot: Bot) -> Account:
    """Who we are; patient while Telegram cannot be reached, for the answers in the outbox are not lost by waiting."""
    pause = 1.0
    while True:
        try:
            return await Line(bot).identify()
        except TokenRefused:
            raise
        except (TryLater, Unsure) as error:
            log.warning("Telegram does not answer (%s); next try in %g s", type(error).__name__, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 30.0)


@asynccontextmanager
async def _in_background(work: Coroutine[object, object, None]) -> AsyncIterator[None]:
    """`work` beside the body, ended with it; its failure ends the body."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(work)
        yield
        task.cancel()
