"""What answers, refusals and broken lines mean, by real HTTP; and nothing of it tells the token."""

import asyncio
import logging
import socket
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiogram import Bot
from aiogram.methods import SendMessage
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.line import Account, Line, PolledElsewhere, Refusal, TokenRefused, make_bot, meaning
from bot.ports import TryLater, Undeliverable, Unsure
from tests.channels.telegram.fake import CUT, HANG, HTML, SECRET, TOKEN, BotApi, Reply, bot_at, no, ok

HELLO = SendMessage(chat_id=1001, text="Привет")


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (no(429, "Too Many Requests: retry after 7", 7), TryLater(7)),
        (no(429, "Too Many Requests"), TryLater()),
        (Reply(429, "<html>slow down</html>"), TryLater()),
        (no(403, "Forbidden: bot was blocked by the user"), Undeliverable("", blocked=True)),
        (no(403, "Forbidden: user is deactivated"), Undeliverable("", blocked=True)),
        (no(403, "Forbidden: bot can't initiate conversation with a user"), Undeliverable("", blocked=True)),
        (no(400, "Bad Request: chat not found"), Undeliverable("", blocked=True)),
        (no(400, "Bad Request: user is deactivated"), Undeliverable("", blocked=True)),
        (no(400, "Bad Request: message is too long"), Undeliverable("")),
        (no(413, "Request Entity Too Large"), Undeliverable("")),
        (Reply(413, "<html>413</html>"), Undeliverable("")),
        (no(404, "Not Found: method not found"), Undeliverable("")),
        (no(404, "Not Found"), TokenRefused()),
        (no(401, "Unauthorized"), TokenRefused()),
        (no(409, "Conflict: terminated by other getUpdates request"), PolledElsewhere()),
        (no(500, "Internal Server Error"), Unsure()),
        (no(500, "Internal Server Error: restart"), Unsure()),
        (no(503, "Service Unavailable", 5), TryLater(5)),
        (Reply(400, '{"ok": false, "parameters": {"migrate_to_chat_id": -1005}}'), Undeliverable("")),
        (HTML, Unsure()),
        (Reply(403, "<html>a proxy's refusal is not the client's</html>"), Unsure()),
        (Reply(200, "<html>welcome to the hotel's network</html>"), Unsure()),
        (Reply(302, ""), Unsure()),
        (Reply(200, "[]"), Unsure()),
        (Reply(200, "{}"), Unsure()),
        (Reply(502, '{"ok": false}'), Unsure()),
        (CUT, Unsure()),
    ],
    ids=lambda value: "" if isinstance(value, Exception) else (value.body[:60] or f"{value.status}{value.cut}"),
)
async def test_a_refusal_means_one_of_our_errors(api: BotApi, bot: Bot, reply: Reply, error: Exception) -> None:
    api.answer("sendMessage", reply)
    with pytest.raises((TryLater, Unsure, Undeliverable)) as caught:
        await Line(bot).ask(HELLO)
    assert type(caught.value) is type(error)
    assert getattr(caught.value, "seconds", None) == getattr(error, "seconds", None)
    assert getattr(caught.value, "blocked", None) == getattr(error, "blocked", None)
    assert len(api.calls) == 1
    assert_hides_the_token(caught.value)


async def test_the_result_comes_raw(api: BotApi, bot: Bot) -> None:
    api.answer("sendMessage", ok({"message_id": 5, "hologram": {"of": "tomorrow"}}))
    assert await Line(bot).ask(HELLO) == {"message_id": 5, "hologram": {"of": "tomorrow"}}


async def test_no_answer_in_time_is_unsure(api: BotApi, bot: Bot) -> None:
    api.answer("sendMessage", HANG)
    with pytest.raises(Unsure) as caught:
        await Line(bot, answer=0.05).ask(HELLO)
    assert len(api.calls) == 1
    assert_hides_the_token(caught.value)


async def test_a_closed_port_is_for_later() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
    async with bot_at(url) as bot:
        with pytest.raises(TryLater) as caught:
            await Line(bot).ask(HELLO)
    assert caught.value.__cause__ is not None
    assert_hides_the_token(caught.value)


async def test_an_unknown_host_is_for_later() -> None:
    async with bot_at("http://nowhere.invalid") as bot:
        with pytest.raises(TryLater) as caught:
            await Line(bot).ask(HELLO)
    assert_hides_the_token(caught.value)


async def test_a_handshake_that_never_ends_is_for_later() -> None:
    async with hearing("never speaks") as port, bot_at(f"https://127.0.0.1:{port}") as bot:
        with pytest.raises(TryLater) as caught:
            await Line(bot, connect=0.05).ask(HELLO)
    assert "Connection timeout" in str(caught.value.__cause__), "aiohttp tells the URL here"
    assert_hides_the_token(caught.value)


@pytest.mark.parametrize("manner", ["hangs up at once", "hangs up after the request", "answers nonsense"])
async def test_a_line_that_breaks_after_it_was_open_is_unsure(manner: str) -> None:
    async with hearing(manner) as port, bot_at(f"http://127.0.0.1:{port}") as bot:
        with pytest.raises(Unsure) as caught:
            await Line(bot).ask(HELLO)
    assert_hides_the_token(caught.value)


async def test_a_page_that_quotes_the_url_does_not_tell_the_token(api: BotApi, bot: Bot) -> None:
    api.answer("sendMessage", no(400, f"Bad Request: /bot{TOKEN}/sendMessage"))
    with pytest.raises(Undeliverable, match="…") as caught:
        await Line(bot).ask(HELLO)
    assert_hides_the_token(caught.value)


async def test_nothing_logs_the_token(api: BotApi, bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    api.answer("sendMessage", CUT, HTML)
    for _ in range(3):
        try:
            await Line(bot).ask(HELLO)
        except Unsure:
            logging.getLogger("test").exception("as the courier might")
    # The server's own log (aiohttp.access) is the test's, not ours.
    ours = [record for record in caplog.records if not record.name.startswith("aiohttp.access")]
    assert ours
    assert all(SECRET not in logging.Formatter().format(record) for record in ours)


async def test_who_am_i(api: BotApi, bot: Bot) -> None:
    api.answer("getMe", ok({"id": 7000001, "is_bot": True, "first_name": "Вратарь", "username": "VratarBot"}))
    assert await Line(bot).identify() == Account(7000001, "VratarBot")


@pytest.mark.parametrize("token", ["", "abc", "12:", "1 2:x"])
def test_what_cannot_be_a_token_is_refused(token: str) -> None:
    with pytest.raises(TokenRefused):
        make_bot(token)


@given(st.builds(Refusal, st.integers(), st.text(max_size=40), st.floats(min_value=0, max_value=1e6)))
def test_every_refusal_has_a_meaning(refusal: Refusal) -> None:
    assert isinstance(meaning(refusal), TryLater | Unsure | Undeliverable)


def assert_hides_the_token(error: BaseException) -> None:
    assert SECRET not in "".join(traceback.format_exception(error))
    link: BaseException | None = error
    while link is not None:
        assert SECRET not in f"{link} {link!r} {link.args}"
        link = link.__cause__ or link.__context__


@asynccontextmanager
async def hearing(manner: str) -> AsyncIterator[int]:
    """The port of a server that knows no HTTP."""
    over = asyncio.Event()

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if manner == "never speaks":
            await over.wait()
        elif manner != "hangs up at once":
            await reader.readuntil(b"\r\n\r\n")
        if manner == "answers nonsense":
            writer.write(b"HTTP/1.1 two hundred\r\n\r\n")
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(hear, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        over.set()
        server.close()
        await server.wait_closed()
