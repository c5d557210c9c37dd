"""A Bot API that can be told how to answer, and a real aiogram Bot that talks to it over HTTP."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot

from tests.channels.telegram.fake import BotApi, bot_at, serving


@pytest.fixture
def api() -> BotApi:
    return BotApi()


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    async with serving(api) as url, bot_at(url) as bot:
        yield bot
