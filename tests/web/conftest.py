"""A clock one can turn, a stand-in of Telegram, and a real aiogram Bot that talks to it over HTTP."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.web.playground.chats import Person
from bot.web.playground.standin import StandIn


class Clock:
    """Stands still until it is turned."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def turn_to(self, moment: datetime) -> None:
        self.moment = moment


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 24, 8, 20, tzinfo=UTC))


@pytest.fixture
def standin(clock: Clock) -> StandIn:
    return StandIn(clock.now)


@pytest.fixture
def anna(standin: StandIn) -> Person:
    return standin.person("Анна", "Петрова", username="anna_p")


@pytest.fixture
def maria(standin: StandIn) -> Person:
    return standin.person("Мария", "Иванова", language="bg")


@pytest.fixture
async def bot(standin: StandIn) -> AsyncIterator[Bot]:
    async with standin.serve() as url:
        session = AiohttpSession(api=TelegramAPIServer.from_base(url))
        yield Bot(standin.token, session=session)
        # Not session.close(), which sleeps a quarter of a second for TLS connections that are not there.
        await (await session.create_session()).close()
