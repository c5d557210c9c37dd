"""Recordings that lie with Telegram: fetched, and given to whoever writes them down (`ports.Ear`)."""

from collections.abc import Mapping

from aiogram import Bot
from aiogram.methods import GetFile

from bot.channels.telegram.fields import words
from bot.channels.telegram.line import Line
from bot.core.events import Recording
from bot.core.hearing import LARGEST
from bot.ports import Transcriber, Undeliverable


class TelegramEar:
    """Hears what clients send to one bot."""

    def __init__(self, bot: Bot, transcriber: Transcriber) -> None:
        self._line = Line(bot)
        self._transcriber = transcriber

    async def hear(self, recording: Recording) -> str:
        """What is said in it, on one line; empty where nothing is. Raises what `ports.Ear` says."""
        found = await self._line.ask(GetFile(file_id=recording.file))
        path = words(found, "file_path") if isinstance(found, Mapping) else ""
        # A Bot API server of one's own may name a place on its disk, which is nobody's business here.
        if not path or path.startswith("/") or ".." in path:
            raise Undeliverable("a file that cannot be fetched")
        sound = await self._line.fetch(path, LARGEST)
        return await self._transcriber.transcribe(sound, path.rpartition("/")[2])
