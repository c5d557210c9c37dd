"""In a group the bot says in one line that it works in private chats, and leaves (PRODUCT.md, "Ways to run it")."""

from collections import OrderedDict

from aiogram import Bot
from aiogram.methods import LeaveChat, SendMessage, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.channels.telegram.intake import ForGroup
from bot.channels.telegram.line import Line
from bot.core.verdict import Language
from bot.ports import TryLater, Undeliverable, Unsure

GROUPS_KEPT = 256

_RU = "Я работаю только в личных чатах. Напишите мне, пожалуйста, лично."
_BG = "Работя само в лични чатове. Моля, пишете ми лично."
_IN_ONE: dict[Language | None, str] = {Language.RU: _RU, Language.BG: _BG}
_IN_BOTH = f"{_RU}\n{_BG}"


class Groups:
    """Takes leave of groups, of each with one line at most; a channel's readers are not troubled at all."""

    def __init__(self, bot: Bot) -> None:
        self._line = Line(bot)
        self._told: OrderedDict[int, None] = OrderedDict()

    async def leave(self, group: ForGroup) -> None:
        """Never raises: what fails now is tried again at the next message from there."""
        if not group.channel and group.chat not in self._told:
            self._told[group.chat] = None
            if len(self._told) > GROUPS_KEPT:
                self._told.popitem(last=False)
            text = _IN_ONE.get(group.language, _IN_BOTH)
            await self._try(SendMessage(chat_id=group.chat, text=text))
        await self._try(LeaveChat(chat_id=group.chat))

    async def _try(self, method: TelegramMethod[TelegramType]) -> None:
        try:
            await self._line.ask(method)
        except (TryLater, Unsure, Undeliverable):
            return
