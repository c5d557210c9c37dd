"""`python -m bot check` says whether second opinions are on and come; their absence is no failure."""

import asyncio

import pytest

from tests.endpoint.fake import Endpoint, Reply, opinion, says, serving
from tests.test_cli import run

KEY = "sk-nobody-may-see-this"


async def check(**environment: str) -> str:
    bot = {"BOT_TOKEN": "123456789:AAEabcdefghijklmnopqrstuvwxyz012345", "OWNER_ID": "42"}
    ended = await asyncio.to_thread(run, "check", **bot, **environment)
    assert ended.returncode == 0
    assert KEY not in ended.stdout + ended.stderr
    return ended.stdout


async def test_off_is_said() -> None:
    assert "second opinion: off" in await check()


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (opinion("routine"), "second opinion: on, it comes in"),
        (Reply(401), "OPINION_KEY is refused"),
        (Reply(418), "it does not come now (status_418)"),
        (says("Good day!"), "does not reply in the form asked for"),
    ],
    ids=["fine", "refused", "odd", "prose"],
)
async def test_one_question_tells(reply: Reply, words: str) -> None:
    endpoint = Endpoint([reply])
    async with serving(endpoint) as url:
        assert words in await check(OPINION_URL=url, OPINION_MODEL="small:3b", OPINION_KEY=KEY)
    assert len(endpoint.asked) == 1


async def test_nobody_at_home_is_said() -> None:
    async with serving(Endpoint()) as url:
        pass
    assert "nobody answers at OPINION_URL" in await check(OPINION_URL=url, OPINION_MODEL="small:3b")
