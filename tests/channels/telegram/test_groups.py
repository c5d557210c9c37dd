"""Groups are told once where the bot works, and left; menus are told once a language."""

import pytest
from aiogram import Bot

from bot.channels.telegram.commands import CLIENT_MENUS, OWNER_MENUS, publish_commands
from bot.channels.telegram.groups import Groups
from bot.channels.telegram.intake import ForGroup
from bot.core.verdict import Language
from tests.channels.telegram.fake import CUT, BotApi, no

RU = "Я работаю только в личных чатах. Напишите мне, пожалуйста, лично."
BG = "Работя само в лични чатове. Моля, пишете ми лично."


@pytest.mark.parametrize(
    ("language", "text"), [(Language.RU, RU), (Language.BG, BG), (None, f"{RU}\n{BG}")], ids=["ru", "bg", "other"]
)
async def test_a_group_is_told_in_a_line_and_left(api: BotApi, bot: Bot, language: Language | None, text: str) -> None:
    await Groups(bot).leave(ForGroup("tg:1:5", -100, language, channel=False))
    assert api.calls == [("sendMessage", {"chat_id": -100, "text": text}), ("leaveChat", {"chat_id": -100})]


async def test_a_group_is_told_once(api: BotApi, bot: Bot) -> None:
    groups = Groups(bot)
    for update in "567":
        await groups.leave(ForGroup(f"tg:1:{update}", -100, Language.RU, channel=False))
    assert len(api.said("sendMessage")) == 1
    assert len(api.said("leaveChat")) == 3


async def test_a_channel_is_left_without_a_word(api: BotApi, bot: Bot) -> None:
    await Groups(bot).leave(ForGroup("tg:1:5", -100, Language.RU, channel=True))
    assert api.calls == [("leaveChat", {"chat_id": -100})]


async def test_a_group_where_it_may_not_speak_is_left_all_the_same(api: BotApi, bot: Bot) -> None:
    api.answer("sendMessage", no(400, "Bad Request: not enough rights to send text messages to the chat"))
    api.answer("leaveChat", CUT)
    await Groups(bot).leave(ForGroup("tg:1:5", -100, Language.RU, channel=False))
    assert [method for method, _ in api.calls] == ["sendMessage", "leaveChat"]


async def test_menus_are_told_by_language_and_to_the_owner(api: BotApi, bot: Bot) -> None:
    await publish_commands(bot, 900, Language.BG)
    told = [(call["scope"], call.get("language_code")) for call in api.said("setMyCommands")]
    everybody = {"type": "all_private_chats"}
    assert told == [(everybody, "ru"), (everybody, "bg"), (everybody, None), ({"type": "chat", "chat_id": 900}, None)]
    owned = api.said("setMyCommands")[-1]["commands"]
    assert owned == [{"command": name, "description": text} for name, text in OWNER_MENUS[Language.BG].items()]


async def test_a_menu_that_is_refused_stops_nothing(api: BotApi, bot: Bot) -> None:
    api.answer("setMyCommands", CUT, no(429, "Too Many Requests", 5), no(400, "Bad Request: chat not found"))
    await publish_commands(bot, 900, Language.RU)
    assert len(api.said("setMyCommands")) == 4


@pytest.mark.parametrize("menu", [*CLIENT_MENUS.values(), *OWNER_MENUS.values()])
def test_menus_fit_telegrams_limits(menu: dict[str, str]) -> None:
    # core.telegram.org/bots/api#botcommand
    assert all(name.islower() and len(name) <= 32 and 1 <= len(text) <= 256 for name, text in menu.items())
