"""The playground: the real bot against a stand-in of Telegram, two chats on one page, a clock that can be turned."""

import asyncio
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.app import build, open_store, until_told_to_stop
from bot.clock import TurnableClock
from bot.core.calendar import next_holiday, next_window
from bot.core.desk import Desk, Owner
from bot.core.verdict import Because
from bot.gatekeeper import Gatekeeper
from bot.ports import Clock, Store, Triage
from bot.settings import Misconfigured, Settings
from bot.store.embedded import EmbeddedServer
from bot.web.playground.app import create_app
from bot.web.playground.cast import CLIENTS
from bot.web.playground.chats import Person
from bot.web.playground.ports import Explanation, Landmark
from bot.web.playground.standin import StandIn
from bot.wording import reason
from bot.wording.dating import when

OWNER_ID = 700_000_000
HOST = "127.0.0.1"


async def run_playground(settings: Settings, desk: Desk, *, triage: Triage) -> None:
    """The playground on loopback at `PORT`, until Ctrl-C. It begins afresh every time, and leaves real data alone.

    Raises `Misconfigured` when the port is taken.
    """
    clock = TurnableClock()
    standin = StandIn(clock.now)
    data = settings.data_dir / "playground"
    await _forget(data, settings)
    settings = replace(
        settings,
        bot_token=standin.token,
        owner_id=OWNER_ID,
        telegram_api_url=f"http://{HOST}:{settings.port}",
        redis_url="",
        data_dir=data,
    )
    async with open_store(settings, desk.id, clock) as store:
        guide = Guide(desk, store, clock)
        page = create_app(standin, clock, guide, owner=_person(desk.owner), clients=CLIENTS, zone=desk.owner.zone)
        runner = web.AppRunner(page, access_log=None)
        await runner.setup()
        try:
            await _listen(runner, settings.port)
            async with build(settings, desk, store=store, clock=clock, triage=triage) as house:
                guide.gatekeeper = house.gatekeeper
                await until_told_to_stop(house.run(OWNER_ID))
        finally:
            await runner.cleanup()


@dataclass(slots=True)
class Guide:
    """The gate's account of itself, for the page (`web.playground.ports.Explainer`)."""

    file_desk: Desk
    store: Store
    clock: Clock
    gatekeeper: Gatekeeper | None = None

    async def explain(self, client_chat_id: int) -> Explanation | None:
        """Why the gate did what it did with this client's last item, in the owner's language."""
        thread = await self.store.thread(self.file_desk.id, f"tg:{client_chat_id}")
        verdict = thread.judged
        if verdict is None:
            return None
        words = [self._reason(each) for each in verdict.because]
        decided = [self._reason(each) for each in thread.because if each not in verdict.because]
        return Explanation(
            label=verdict.label,
            score=verdict.score,
            language=thread.speaks(self.file_desk),
            deadline=self._moment(verdict.deadline),
            reasons=tuple(dict.fromkeys(words)),
            promise=self._moment(thread.promise.due if thread.promise else None),
            decision=tuple(dict.fromkeys(decided)),
        )

    async def landmarks(self) -> tuple[Landmark, ...]:
        """The next window and the next public holiday of the desk as it stands."""
        desk = await self.gatekeeper.desk() if self.gatekeeper else self.file_desk
        now = self.clock.now()
        marks = []
        if window := next_window(desk, now):
            marks.append(Landmark("window", window.start, ""))
        if holiday := next_holiday(desk, now):
            noon = datetime(holiday.day.year, holiday.day.month, holiday.day.day, 12, tzinfo=ZoneInfo(desk.owner.zone))
            if noon > now:
                marks.append(Landmark("holiday", noon, ""))
        return tuple(marks)

    def _reason(self, because: Because) -> str:
        owner = self.file_desk.owner
        return reason(because, owner.language, now=self.clock.now(), zone=owner.zone)

    def _moment(self, moment: datetime | None) -> str | None:
        owner = self.file_desk.owner
        if moment is None or moment <= self.clock.now():
            return None
        return when(moment, self.clock.now(), zone=None, owner_zone=ZoneInfo(owner.zone), lang=owner.language)


def _person(owner: Owner) -> Person:
    first, _, last = owner.name.partition(" ")
    return Person(OWNER_ID, first, last, language_code=owner.language)


async def _forget(data: Path, settings: Settings) -> None:
    """Remove what an earlier playground left; a server that outlived it is stopped first."""
    server = EmbeddedServer(data / "store", binary=settings.store_server_binary or None)
    await server.start()
    if not await server.stop():
        raise Misconfigured(f"DATA_DIR: another playground is running on {data}")
    await asyncio.to_thread(shutil.rmtree, data)


async def _listen(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError as error:
        raise Misconfigured(f"PORT {port} on {HOST} is taken: stop what uses it, or set PORT to another") from error
