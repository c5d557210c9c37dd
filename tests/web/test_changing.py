"""Edits, taps, reactions, pins and settings of a real aiogram Bot, as people see them."""

from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetMyStarBalance
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReactionTypeEmoji,
)

from bot.web.playground.chats import Person
from bot.web.playground.ports import Turnable
from bot.web.playground.standin import StandIn

PICTURE = BufferedInputFile(b"\x89PNG of a mock-up", "mock-up.png")
KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Не может ждать", callback_data="alarm:1")],
        [InlineKeyboardButton(text="Правила", url="https://example.org/")],
    ]
)


async def test_bot_knows_itself(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.is_bot, me.username) == (True, "vratar_bot")


async def test_wrong_token_is_unauthorized(bot: Bot) -> None:
    stranger = Bot("1:not-this-one-00000000000000000000", session=bot.session)
    with pytest.raises(TelegramUnauthorizedError):
        await stranger.get_me()


async def test_unknown_method_is_404(bot: Bot) -> None:
    with pytest.raises(TelegramNotFound):
        await bot(GetMyStarBalance())


async def test_edit_changes_text_buttons_and_mark(bot: Bot, standin: StandIn, maria: Person, clock: Turnable) -> None:
    sent = await bot.send_message(maria.id, "Отговор до 14:00", reply_markup=KEYBOARD)
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("Отговор до 14:00", chat_id=maria.id, message_id=1, reply_markup=KEYBOARD)
    clock.turn_to(clock.now() + timedelta(minutes=5))
    await bot.edit_message_reply_markup(chat_id=maria.id, message_id=sent.message_id)
    assert (standin.chat(maria)[0].buttons, standin.chat(maria)[0].edited) == ((), None)
    await bot.edit_message_text("Отговор до 17:30", chat_id=maria.id, message_id=sent.message_id)
    (seen,) = standin.chat(maria)
    assert (seen.text, seen.edited) == ("Отговор до 17:30", clock.now())
    await bot.send_photo(maria.id, PICTURE, caption="а")
    await bot.edit_message_caption(chat_id=maria.id, message_id=2, caption="б")
    assert standin.chat(maria)[1].text == "б"


async def test_only_own_messages_can_be_edited_but_all_deleted(bot: Bot, standin: StandIn, maria: Person) -> None:
    standin.say(maria, "моё")
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("чужое", chat_id=maria.id, message_id=1)
    await bot.send_message(maria.id, "ок")
    await bot.delete_message(maria.id, 1)
    await bot.delete_messages(maria.id, [1, 2])
    assert standin.chat(maria) == []


async def test_persons_edit_is_an_update(bot: Bot, standin: StandIn, maria: Person, clock: Turnable) -> None:
    said = standin.say(maria, "Срок: петък")
    clock.turn_to(clock.now() + timedelta(minutes=1))
    standin.edit(maria, said, "Срок: сряда")
    _, update = await bot.get_updates()
    assert update.edited_message is not None
    assert (update.edited_message.text, update.edited_message.message_id) == ("Срок: сряда", said.id)


async def test_tap_is_answered_once(bot: Bot, standin: StandIn, maria: Person) -> None:
    await bot.send_message(maria.id, "Приех", reply_markup=KEYBOARD)
    tap = standin.tap(maria, standin.chat(maria)[0], "Не может ждать")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "alarm:1"
    await bot.answer_callback_query(update.callback_query.id, "Передам сейчас", show_alert=True)
    assert tap.toast is not None
    assert (tap.toast.text, tap.toast.alert) == ("Передам сейчас", True)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query(update.callback_query.id)
    with pytest.raises(LookupError):
        standin.tap(maria, standin.chat(maria)[0], "нет такой")


async def test_reaction_must_be_one_telegram_knows(bot: Bot, standin: StandIn, maria: Person) -> None:
    said = standin.say(maria, "Спасибо!")
    await bot.set_message_reaction(maria.id, said.id, [ReactionTypeEmoji(emoji="👀")])
    assert standin.look(said).emoji == ("👀",)
    with pytest.raises(TelegramBadRequest, match="REACTION_INVALID"):
        await bot.set_message_reaction(maria.id, said.id, [ReactionTypeEmoji(emoji="✅")])
    await bot.set_message_reaction(maria.id, said.id, [])
    assert standin.look(said).emoji == ()


async def test_pins_typing_and_leaving(bot: Bot, standin: StandIn, anna: Person) -> None:
    board = await bot.send_message(anna.id, "Доска")
    await bot.pin_chat_message(anna.id, board.message_id, disable_notification=True)
    chat = await bot.get_chat(anna.id)
    assert chat.pinned_message is not None
    assert [message.text for message in standin.pinned(anna)] == ["Доска"]
    await bot.unpin_chat_message(anna.id, message_id=board.message_id)
    assert standin.pinned(anna) == []
    await bot.send_chat_action(anna.id, "typing")
    assert standin.telegram.chats[anna.id].action == "typing"
    group = standin.group("Проект", anna)
    standin.say(anna, "бот, ты тут?", chat=group)
    joined, spoken = await bot.get_updates()
    assert joined.my_chat_member is not None
    assert spoken.message is not None
    assert spoken.message.chat.type == "group"
    await bot.leave_chat(group.id)
    with pytest.raises(TelegramForbiddenError, match="not a member"):
        await bot.send_message(group.id, "?")


async def test_commands_are_kept_by_scope_and_language(bot: Bot, standin: StandIn, anna: Person) -> None:
    await bot.set_my_commands([BotCommand(command="rules", description="Правила")], language_code="ru")
    await bot.set_my_commands(
        [BotCommand(command="digest", description="Сводка")], scope=BotCommandScopeChat(chat_id=anna.id)
    )
    assert [each.command for each in await bot.get_my_commands(language_code="ru")] == ["rules"]
    with pytest.raises(TelegramBadRequest, match="BOT_COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand(command="Digest", description="x")])
    await bot.set_my_description("Страж ворот")
    assert (await bot.get_my_description()).description == "Страж ворот"
