"""A recording is fetched from Telegram's stand-in, whole and within bounds, and nothing of it tells the token."""

from datetime import UTC, datetime

import pytest

from bot.channels.telegram.ear import TelegramEar
from bot.channels.telegram.line import Line, make_bot
from bot.channels.telegram.messages import read_message
from bot.core.events import Recording
from bot.ports import TryLater, Undeliverable, Unsure
from bot.web.playground.standin import StandIn
from tests.channels.telegram.fake import CUT, SECRET, TOKEN, BotApi, bot_at, no, ok, serving
from tests.channels.telegram.test_line import assert_hides_the_token

NOW = datetime(2026, 11, 24, 8, 20, tzinfo=UTC)


class Echo:
    """Writes down what it was given."""

    async def transcribe(self, sound: bytes, name: str) -> str:
        return f"{name}: {sound.decode()}"


async def test_what_a_client_says_is_fetched_and_heard() -> None:
    standin = StandIn(lambda: NOW)
    ivan = standin.person("Иван")
    sent = standin.say(ivan, kind="voice", file="сайт лежит".encode(), duration=4)
    message = read_message(standin.telegram.wire(sent), sent.id)
    assert message.recording is not None
    assert (message.recording.seconds, message.recording.size) == (4, len("сайт лежит".encode()))
    async with standin.serve() as url:
        bot = make_bot(standin.token, url)
        try:
            assert await TelegramEar(bot, Echo()).hear(message.recording) == "file_1.oga: сайт лежит"
            with pytest.raises(Undeliverable):
                await TelegramEar(bot, Echo()).hear(Recording("no such file"))
            with pytest.raises(Undeliverable, match="HTTP 404"):
                await Line(bot).fetch("voice/gone.oga", 100)
            with pytest.raises(Undeliverable, match="more than 10 bytes"):
                await Line(bot).fetch("voice/file_1.oga", 10)
        finally:
            await bot.session.close()


@pytest.mark.parametrize("path", ["", "/var/lib/telegram/voice.oga", "voice/../../etc/passwd", None, 5])
async def test_a_path_that_is_none_is_given_up(path: object) -> None:
    api = BotApi()
    async with serving(api) as url, bot_at(url) as bot:
        api.answer("getFile", ok({"file_id": "f", "file_path": path}), ok([]))
        for _ in range(2):
            with pytest.raises(Undeliverable):
                await TelegramEar(bot, Echo()).hear(Recording("f"))


async def test_troubles_of_telegram_are_troubles_of_the_ear() -> None:
    api = BotApi()
    async with serving(api) as url, bot_at(url) as bot:
        api.answer("getFile", no(400, "Bad Request: file is too big"), no(429, "Too Many Requests", 3), CUT)
        for error in (Undeliverable, TryLater, Unsure):
            with pytest.raises(error):
                await TelegramEar(bot, Echo()).hear(Recording("f"))


@pytest.mark.parametrize(("url", "error"), [("http://127.0.0.1:1", TryLater), ("http://nowhere.invalid", TryLater)])
async def test_a_file_that_cannot_be_fetched_now_does_not_tell_the_token(url: str, error: type[Exception]) -> None:
    async with bot_at(url) as bot:
        with pytest.raises(error) as caught:
            await Line(bot).fetch("voice/file_1.oga", 100)
    assert SECRET in TOKEN
    assert_hides_the_token(caught.value)
