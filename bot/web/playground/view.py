"""The stand-in's state as the page shows it: people, two chats, bubbles. Pure: state in, JSON out."""

from collections.abc import Iterable
from dataclasses import asdict

from bot.web.playground.asking import commands_for
from bot.web.playground.chats import Chat, Message, Person, read_rows
from bot.web.playground.state import Telegram
from bot.web.playground.wire import Json


def person_view(telegram: Telegram, person: Person) -> Json:
    """One of the picker. `said` counts what the bot wrote there, from which the page knows what is unread."""
    chat = telegram.chats[person.id]
    return {
        "id": person.id,
        "name": person.name,
        "first_name": person.first_name,
        "about": person.about,
        "language": person.language_code,
        "zone": person.zone,
        "standing": chat.standing,
        "said": sum(message.by_bot for message in chat.messages.values()),
    }


def chat_view(telegram: Telegram, person: Person) -> Json:
    """A chat with the bot through the eyes of `person`."""
    chat = telegram.chats[person.id]
    return {
        "id": chat.id,
        "standing": chat.standing,
        "pinned": _pinned(chat),
        "action": {"name": chat.action, "count": chat.actions},
        "commands": commands_for(telegram, person),
        "messages": [message_view(telegram, chat, message) for message in chat.messages.values()],
    }


def message_view(telegram: Telegram, chat: Chat, message: Message) -> Json:
    """One bubble. Times are milliseconds since 1970, as a browser counts."""
    answered = chat.messages.get(message.reply_to or 0)
    markup = message.markup or {}
    return {
        "id": message.id,
        "revision": message.revision,
        "mine": not message.by_bot,
        "kind": message.kind,
        "text": message.text,
        "entities": list(message.content.entities),
        "at": int(message.at.timestamp() * 1000),
        "edited": message.edited is not None,
        "rings": message.rings,
        "album": message.album,
        "origin": _origin(message),
        "reply_to": None
        if answered is None
        else {"id": answered.id, "line": first_line(answered), "mine": not answered.by_bot},
        "rows": [[asdict(button) for button in row] for row in message.rows],
        "keyboard": [[button.text for button in row] for row in read_rows(markup, "keyboard")],
        "force_reply": bool(markup.get("force_reply")),
        "reactions": [
            {"emoji": emoji, "mine": who == chat.id} for who, each in message.reactions.items() for emoji in each
        ],
        "file": _file(telegram, message),
        "details": message.content.body if message.kind in {"location", "contact", "poll", "dice"} else None,
        "line": first_line(message),
    }


def first_line(message: Message) -> str:
    """What a strip or a quotation shows of a message; empty where only its kind can be told."""
    return message.text.split("\n", 1)[0][:120]


def people_view(telegram: Telegram, people: Iterable[Person]) -> list[Json]:
    return [person_view(telegram, person) for person in people]


def _pinned(chat: Chat) -> Json | None:
    if not chat.pinned or chat.pinned[-1] not in chat.messages:
        return None
    message = chat.messages[chat.pinned[-1]]
    return {"id": message.id, "line": first_line(message), "kind": message.kind}


def _origin(message: Message) -> str:
    """Whom a forwarded message came from."""
    if message.origin is None:
        return ""
    user = message.origin.get("sender_user")
    if isinstance(user, dict):
        return f"{user.get('first_name', '')} {user.get('last_name', '')}".strip()
    return str(message.origin.get("sender_user_name", ""))


def _file(telegram: Telegram, message: Message) -> Json | None:
    if not message.content.file_id:
        return None
    stored = telegram.files.get(message.content.file_id)
    body = message.content.body
    return {
        "id": stored.id,
        "name": stored.name,
        "mime": stored.mime,
        "size": len(stored.data),
        "duration": body.get("duration", 0) if isinstance(body, dict) else 0,
        "emoji": body.get("emoji", "") if isinstance(body, dict) else "",
    }
