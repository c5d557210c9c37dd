"""Telegram as the bot's world: people, chats, messages, files, taps, and the queue of updates.

Everything here happens at once and in order; `Bell` tells whoever waits of a change. Nothing here knows HTTP.
The moment of every message comes from `now`, aware UTC.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from bot.web.playground.chats import Chat, Content, Group, Message, Person, Standing
from bot.web.playground.files import Files
from bot.web.playground.updates import Updates
from bot.web.playground.wire import Json, bad


class Bell:
    """Rings at every change. `version` counts the rings, so that a page can tell whether it is up to date."""

    def __init__(self) -> None:
        self.version = 0
        self._next = asyncio.Event()

    def ring(self) -> None:
        self.version += 1
        self._next.set()
        self._next = asyncio.Event()

    async def heard(self) -> None:
        """Returns at the next ring."""
        await self._next.wait()


@dataclass(frozen=True, slots=True)
class Toast:
    """What a tap brought up on the phone: a passing line, or an alert that has to be closed. May be empty."""

    text: str = ""
    alert: bool = False


@dataclass(slots=True)
class Tap:
    """A button pressed. `toast` is None until the bot answers; until then the button shows a spinner."""

    id: str
    chat_id: int
    message_id: int
    data: str
    toast: Toast | None = None


@dataclass(slots=True)
class Telegram:
    """The whole of it. `first_message_id` and `first_update_id` let a restarted playground go on with fresh ids."""

    now: Callable[[], datetime]
    bot: Person
    token: str
    first_update_id: int = 1000
    first_message_id: int = 1
    chats: dict[int, Chat] = field(default_factory=dict)
    files: Files = field(default_factory=Files)
    taps: dict[str, Tap] = field(default_factory=dict)
    bell: Bell = field(default_factory=Bell)
    settings: dict[str, Json] = field(default_factory=dict)
    webhook: Json = field(default_factory=dict)
    updates: Updates = field(init=False)
    _albums: int = 0

    def __post_init__(self) -> None:
        self.updates = Updates(self.first_update_id)

    # Chats

    def admit(self, peer: Person | Group, standing: Standing = Standing.OPEN) -> Chat:
        """Opens the chat with a person or a group, or returns the one there is."""
        if peer.id not in self.chats:
            self.chats[peer.id] = Chat(peer, self.first_message_id, standing)
            self.bell.ring()
        return self.chats[peer.id]

    def chat(self, chat_id: int) -> Chat:
        """A chat the bot may see. Raises ApiError 400 "chat not found"."""
        if chat_id not in self.chats:
            raise bad("chat not found")
        return self.chats[chat_id]

    def message(self, chat_id: int, message_id: int, missing: str = "message not found") -> Message:
        """Raises ApiError 400 with the words `missing` where there is no such message."""
        message = self.chat(chat_id).messages.get(message_id)
        if message is None:
            raise bad(missing)
        return message

    # Messages

    def post(
        self,
        chat: Chat,
        sender: Person,
        content: Content,
        *,
        reply_to: int | None = None,
        quote: str = "",
        markup: Json | None = None,
        album: str | None = None,
        silent: bool = False,
        origin: Json | None = None,
    ) -> Message:
        """Puts a message into a chat, and into the queue of updates where a person wrote it."""
        message = Message(
            chat.id,
            chat.take_id(),
            sender,
            self.now(),
            content,
            reply_to=reply_to,
            quote=quote,
            markup=markup,
            album=album,
            silent=silent,
            origin=origin,
        )
        chat.messages[message.id] = message
        if sender.is_bot:
            chat.action = ""
        elif chat.standing is not Standing.LEFT:
            self.updates.append("message", self.wire(message), message.at)
        self.bell.ring()
        return message

    def put(self, changed: Message) -> Message:
        """Puts a changed snapshot of a message in the place of the former one; returns it with its new revision."""
        changed = replace(changed, revision=changed.revision + 1)
        self.chats[changed.chat_id].messages[changed.id] = changed
        self.bell.ring()
        return changed

    def remove(self, chat_id: int, message_id: int) -> None:
        chat = self.chat(chat_id)
        del chat.messages[message_id]
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
        self.bell.ring()

    def set_reaction(self, message: Message, person: Person, emoji: tuple[str, ...]) -> Message:
        """Sets what one person (or the bot) feels about a message; a person's becomes an update."""
        before = message.reactions.get(person.id, ())
        reactions = {key: value for key, value in message.reactions.items() if key != person.id}
        if emoji:
            reactions[person.id] = emoji
        changed = self.put(replace(message, reactions=MappingProxyType(reactions)))
        if not person.is_bot:
            body: Json = {
                "chat": self.chats[message.chat_id].peer.chat_wire(),
                "message_id": message.id,
                "user": person.wire(),
                "date": self.stamp(),
                "old_reaction": [{"type": "emoji", "emoji": each} for each in before],
                "new_reaction": [{"type": "emoji", "emoji": each} for each in emoji],
            }
            self.updates.append("message_reaction", body, self.now())
            self.bell.ring()
        return changed

    def next_album(self) -> str:
        self._albums += 1
        return str(13_000_000_000_000_000 + self._albums)

    def stamp(self) -> int:
        return int(self.now().timestamp())

    def wire(self, message: Message, *, whole: bool = True) -> Json:
        """A message as the Bot API shows it; the message it replies to is shown without what that one replies to."""
        body: Json = {
            "message_id": message.id,
            "from": message.sender.wire(),
            "chat": self.chats[message.chat_id].peer.chat_wire(),
            "date": int(message.at.timestamp()),
            **message.content.wire(),
        }
        if message.edited:
            body["edit_date"] = int(message.edited.timestamp())
        if message.album:
            body["media_group_id"] = message.album
        if message.origin:
            body["forward_origin"] = message.origin
        if message.rows:
            body["reply_markup"] = message.markup
        answered = self.chats[message.chat_id].messages.get(message.reply_to or 0)
        if answered and whole:
            body["reply_to_message"] = self.wire(answered, whole=False)
            if message.quote:
                body["quote"] = {"text": message.quote, "position": 0, "is_manual": True}
        return body
