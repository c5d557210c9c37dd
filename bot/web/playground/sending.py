"""Bot API methods that bring messages into a chat: send, copy, forward, and albums of each."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.web.playground.chats import Chat, Message, Person
from bot.web.playground.contents import CAPTIONED, album_contents, caption_content, content_of, markup_of
from bot.web.playground.state import Telegram
from bot.web.playground.wire import Call, Json, bad

Method = Callable[[Telegram, Call], object]

SEND_KINDS = {
    "sendMessage": "text",
    "sendPhoto": "photo",
    "sendDocument": "document",
    "sendVoice": "voice",
    "sendVideo": "video",
    "sendVideoNote": "video_note",
    "sendAudio": "audio",
    "sendAnimation": "animation",
    "sendSticker": "sticker",
    "sendLocation": "location",
    "sendContact": "contact",
    "sendPoll": "poll",
    "sendDice": "dice",
}
# copyMessages and forwardMessages take 1-100 ids, strictly increasing.
MANY = 100


def chat_of(telegram: Telegram, call: Call, name: str = "chat_id") -> Chat:
    """The chat a call names. Telegram has no other word for a wrong id than "chat not found"."""
    if not call.has(name):
        raise bad(f"{name.removesuffix('_id')}_id is empty")
    try:
        chat_id = int(call.text(name))
    except ValueError:
        raise bad("chat not found") from None
    return telegram.chat(chat_id)


def open_chat(telegram: Telegram, call: Call) -> Chat:
    """The chat a call names, if the bot may write there."""
    chat = chat_of(telegram, call)
    chat.admit()
    return chat


def answered(chat: Chat, call: Call) -> tuple[int | None, str]:
    """The id of the message a send replies to, None without one, and the quoted piece of it."""
    parameters = call.thing("reply_parameters") or {}
    target = int(str(parameters.get("message_id") or call.whole("reply_to_message_id")))
    if not target:
        return None, ""
    if target in chat.messages:
        return target, str(parameters.get("quote") or "")
    if parameters.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply"):
        return None, ""
    raise bad("message to be replied not found")


def sender_of(kind: str) -> Method:
    def send(telegram: Telegram, call: Call) -> object:
        chat = open_chat(telegram, call)
        reply_to, quote = answered(chat, call)
        message = telegram.post(
            chat,
            telegram.bot,
            content_of(kind, call, telegram.files),
            reply_to=reply_to,
            quote=quote,
            markup=markup_of(call),
            silent=call.flag("disable_notification"),
        )
        return telegram.wire(message)

    return send


def send_media_group(telegram: Telegram, call: Call) -> object:
    chat = open_chat(telegram, call)
    reply_to, quote = answered(chat, call)
    contents = album_contents(call, telegram.files)
    album = telegram.next_album()
    silent = call.flag("disable_notification")
    return [
        telegram.wire(
            telegram.post(chat, telegram.bot, content, reply_to=reply_to, quote=quote, album=album, silent=silent)
        )
        for content in contents
    ]


def copy_message(telegram: Telegram, call: Call) -> object:
    chat = open_chat(telegram, call)
    source = chat_of(telegram, call, "from_chat_id")
    original = telegram.message(source.id, call.whole("message_id"), "message to copy not found")
    content = original.content
    if call.has("caption") and content.kind in CAPTIONED:
        content = caption_content(call, content.kind, content.body)
    reply_to, quote = answered(chat, call)
    copied = telegram.post(
        chat,
        telegram.bot,
        content,
        reply_to=reply_to,
        quote=quote,
        markup=markup_of(call),
        silent=call.flag("disable_notification"),
    )
    return {"message_id": copied.id}


def copy_messages(telegram: Telegram, call: Call) -> object:
    chat, originals = _several(telegram, call, "messages to copy not found")
    if call.flag("remove_caption"):
        originals = [
            replace(each, content=replace(each.content, text="", entities=())) if each.kind in CAPTIONED else each
            for each in originals
        ]
    copies = _post_together(telegram, chat, originals, call, forward=False)
    return [{"message_id": each.id} for each in copies]


def forward_message(telegram: Telegram, call: Call) -> object:
    chat = open_chat(telegram, call)
    source = chat_of(telegram, call, "from_chat_id")
    original = telegram.message(source.id, call.whole("message_id"), "message to forward not found")
    (forwarded,) = _post_together(telegram, chat, [original], call, forward=True)
    return telegram.wire(forwarded)


def forward_messages(telegram: Telegram, call: Call) -> object:
    chat, originals = _several(telegram, call, "messages to forward not found")
    return [{"message_id": each.id} for each in _post_together(telegram, chat, originals, call, forward=True)]


def origin_of(author: Person | str, stamp: int) -> Json:
    """Where a forwarded message came from: an account, or only a name where the account hides itself."""
    if isinstance(author, Person) and not author.hides_forwards:
        return {"type": "user", "sender_user": author.wire(), "date": stamp}
    name = author if isinstance(author, str) else author.name
    return {"type": "hidden_user", "sender_user_name": name, "date": stamp}


def _several(telegram: Telegram, call: Call, missing: str) -> tuple[Chat, list[Message]]:
    chat = open_chat(telegram, call)
    source = chat_of(telegram, call, "from_chat_id")
    ids = call.wholes("message_ids")
    if not 1 <= len(ids) <= MANY:
        raise bad("wrong number of message identifiers specified")
    if ids != sorted(set(ids)):
        raise bad("message identifiers must be in a strictly increasing order")
    originals = [source.messages[each] for each in ids if each in source.messages]  # what is gone is skipped
    if not originals:
        raise bad(missing)
    return chat, originals


def _post_together(
    telegram: Telegram, chat: Chat, originals: Iterable[Message], call: Call, *, forward: bool
) -> list[Message]:
    """Posts copies in order; what was one album stays one album, under a new id, when more than one comes along."""
    albums: dict[str, str] = {}
    posted: list[Message] = []
    for original in originals:
        if original.album and original.album not in albums:
            albums[original.album] = telegram.next_album()
        origin = original.origin or origin_of(original.sender, int(original.at.timestamp()))
        posted.append(
            telegram.post(
                chat,
                telegram.bot,
                original.content,
                album=albums[original.album] if original.album else None,
                silent=call.flag("disable_notification"),
                origin=origin if forward else None,
            )
        )
    return posted


SENDING: dict[str, Method] = {
    **{method: sender_of(kind) for method, kind in SEND_KINDS.items()},
    "sendMediaGroup": send_media_group,
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
}
