"""The menu of commands that Telegram shows next to the keyboard: for clients by language, for the owner their own."""

import logging
from collections.abc import Mapping

from aiogram import Bot
from aiogram.methods import SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot.channels.telegram.line import Line
from bot.core.verdict import Language
from bot.ports import TryLater, Undeliverable, Unsure

Menu = Mapping[str, str]

CLIENT_MENUS: Mapping[Language, Menu] = {
    Language.RU: {
        "status": "Что открыто и когда ждать ответа",
        "rules": "Когда читают сообщения и что считается срочным",
        "timezone": "Ваш часовой пояс: /timezone Париж",
        "language": "Сменить язык · Смяна на езика",
        "privacy": "Что хранится, где и как долго",
    },
    Language.BG: {
        "status": "Какво е отворено и кога да очаквате отговор",
        "rules": "Кога се четат съобщенията и кое е спешно",
        "timezone": "Вашата часова зона: /timezone Париж",
        "language": "Смяна на езика · Сменить язык",
        "privacy": "Какво се съхранява, къде и за какъв срок",
    },
    Language.EN: {
        "status": "What is open and when to expect an answer",
        "rules": "When messages are read and what counts as urgent",
        "timezone": "Your time zone: /timezone Paris",
        "language": "Сменить язык · Смяна на езика",
        "privacy": "What is stored, where and for how long",
    },
}
OWNER_MENUS: Mapping[Language, Menu] = {
    Language.RU: {
        "digest": "Кто ждёт ответа",
        "urgent": "Открытые срочные и чему научили отметки; ответом на сообщение — отметить срочным",
        "aside": "Отсеяно: предложения и ссылки от незнакомых",
        "away": "Отпуск: /away 24.12–08.01 причина",
        "back": "Снова на связи",
        "stats": "Статистика: неделя, месяц или клиент ИМЯ",
        "help": "Что умеет Вратарь",
    },
    Language.BG: {
        "digest": "Кой чака отговор",
        "urgent": "Отворени спешни и наученото от отметките; като отговор на съобщение — отбелязва го като спешно",
        "aside": "Отсято: оферти и връзки от непознати",
        "away": "Отпуска: /away 24.12–08.01 причина",
        "back": "Отново на линия",
        "stats": "Статистика: седмица, месец или клиент ИМЕ",
        "help": "Какво умее Вратар",
    },
    Language.EN: {
        "digest": "Who is waiting for an answer",
        "urgent": "Open urgent items and what was learned; as a reply, marks the message urgent",
        "aside": "Sifted out: offers and links of strangers",
        "away": "Time off: /away 24.12–08.01 reason",
        "back": "Back at work",
        "stats": "Statistics: week, month or client NAME",
        "help": "What Vratar can do",
    },
}

_LOG = logging.getLogger(__name__)


async def publish_commands(bot: Bot, owner_id: int, owner_language: Language) -> None:
    """Tell Telegram the menus. Never raises: a menu that could not be told is told at the next start."""
    everybody = BotCommandScopeAllPrivateChats()
    owner = BotCommandScopeChat(chat_id=owner_id)
    # English is for every other language of the app.
    menus = [
        SetMyCommands(
            commands=_commands(menu),
            scope=everybody,
            language_code=None if language is Language.EN else language.value,
        )
        for language, menu in CLIENT_MENUS.items()
    ]
    menus.append(SetMyCommands(commands=_commands(OWNER_MENUS[owner_language]), scope=owner))
    for menu in menus:
        try:
            await Line(bot).ask(menu)
        except (TryLater, Unsure, Undeliverable) as error:  # the owner's: not before they open a chat with the bot
            _LOG.warning("a menu of commands was not taken by Telegram: %s", error)


def _commands(menu: Menu) -> list[BotCommand]:
    return [BotCommand(command=name, description=words) for name, words in menu.items()]
