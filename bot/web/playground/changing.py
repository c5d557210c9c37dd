"""Bot API methods that change what is there: edits, deletions, reactions, pins, answers to taps, leaving."""

from dataclasses import replace

from bot.web.playground.chats import Content, Group, Message, Standing
from bot.web.playground.contents import CAPTIONED, caption_content, markup_of, text_content
from bot.web.playground.reactions import read_reaction
from bot.web.playground.sending import Method, chat_of, open_chat
from bot.web.playground.state import Telegram, Toast
from bot.web.playground.wire import Call, Json, bad, utf16_length

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
TOAST_LIMIT = 200


def edit_text(telegram: Telegram, call: Call) -> object:
    message = _own(telegram, call)
    if message.kind != "text":
        raise bad("there is no text in the message to edit")
    return _edited(telegram, message, text_content(call), markup_of(call))


def edit_caption(telegram: Telegram, call: Call) -> object:
    message = _own(telegram, call)
    if message.kind not in CAPTIONED:
        raise bad("there is no caption in the message to edit")
    return _edited(telegram, message, caption_content(call, message.kind, message.content.body), markup_of(call))


def edit_markup(telegram: Telegram, call: Call) -> object:
    message = _own(telegram, call)
    return _edited(telegram, message, message.content, markup_of(call))


def delete_message(telegram: Telegram, call: Call) -> object:
    chat = chat_of(telegram, call)
    message = telegram.message(chat.id, call.whole("message_id"), "message to delete not found")
    telegram.remove(chat.id, message.id)
    return True


def delete_messages(telegram: Telegram, call: Call) -> object:
    chat = chat_of(telegram, call)
    for message_id in call.wholes("message_ids"):
        if message_id in chat.messages:  # what is gone is skipped
            telegram.remove(chat.id, message_id)
    return True


def set_reaction(telegram: Telegram, call: Call) -> object:
    chat = open_chat(telegram, call)
    message = telegram.message(chat.id, call.whole("message_id"), "message to react not found")
    telegram.set_reaction(message, telegram.bot, read_reaction(call.things("reaction")))
    return True


def send_chat_action(telegram: Telegram, call: Call) -> object:
    chat = open_chat(telegram, call)
    if not call.has("action"):
        raise bad("wrong parameter action in request")
    chat.action = call.text("action")
    chat.actions += 1
    telegram.bell.ring()
    return True


def answer_tap(telegram: Telegram, call: Call) -> object:
    tap = telegram.taps.get(call.text("callback_query_id"))
    if tap is None or tap.toast is not None:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if utf16_length(call.text("text")) > TOAST_LIMIT:
        raise bad("MESSAGE_TOO_LONG")
    tap.toast = Toast(call.text("text"), call.flag("show_alert"))
    telegram.bell.ring()
    return True


def pin(telegram: Telegram, call: Call) -> object:
    chat = open_chat(telegram, call)
    message = telegram.message(chat.id, call.whole("message_id"), "message to pin not found")
    chat.pinned = [*(each for each in chat.pinned if each != message.id), message.id]
    telegram.bell.ring()
    return True


def unpin(telegram: Telegram, call: Call) -> object:
    """Without a message id the newest pin goes."""
    chat = chat_of(telegram, call)
    gone = call.whole("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if call.has("message_id") and gone not in chat.messages:
        raise bad("message to unpin not found")
    chat.pinned = [each for each in chat.pinned if each != gone]
    telegram.bell.ring()
    return True


def unpin_all(telegram: Telegram, call: Call) -> object:
    chat_of(telegram, call).pinned.clear()
    telegram.bell.ring()
    return True


def leave(telegram: Telegram, call: Call) -> object:
    chat = open_chat(telegram, call)
    if not isinstance(chat.peer, Group):
        raise bad("chat member status can't be changed in private chats")
    chat.standing = Standing.LEFT
    telegram.bell.ring()
    return True


def _own(telegram: Telegram, call: Call) -> Message:
    """The bot's own message that a call wants to edit."""
    chat = open_chat(telegram, call)
    message = telegram.message(chat.id, call.whole("message_id"), "message to edit not found")
    if message.sender.id != telegram.bot.id or message.origin:
        raise bad("message can't be edited")
    return message


def _edited(telegram: Telegram, message: Message, content: Content, markup: Json | None) -> Json:
    if content == message.content and (markup or None) == (message.markup if message.rows else None):
        raise bad(NOT_MODIFIED)
    # A change of buttons alone does not mark a message as edited.
    edited = message.edited if content == message.content else telegram.now()
    return telegram.wire(telegram.put(replace(message, content=content, markup=markup, edited=edited)))


CHANGING: dict[str, Method] = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "setMessageReaction": set_reaction,
    "sendChatAction": send_chat_action,
    "answerCallbackQuery": answer_tap,
    "pinChatMessage": pin,
    "unpinChatMessage": unpin,
    "unpinAllChatMessages": unpin_all,
    "leaveChat": leave,
}
