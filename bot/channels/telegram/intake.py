"""A raw update → what it is for us: an event of a thread or of the desk, a group to leave, or nothing.

No decisions here, and no trust in the update's shape: every read is by `fields`, so that whatever Telegram sends is an
answer of `Intake.read` or `Unreadable`, and never a surprise.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.channels.telegram.fields import language, moment, number, part, words
from bot.channels.telegram.keyboards import data_to_press
from bot.channels.telegram.messages import (
    is_service,
    read_command,
    read_message,
    read_person,
    user_or_chat,
)
from bot.core.events import (
    ButtonTapped,
    CommandGiven,
    DeskEvent,
    DeskTapped,
    DoorClosed,
    Kind,
    Message,
    MessageEdited,
    MessageReceived,
    OwnerAnswered,
    OwnerCommanded,
    OwnerTapped,
    OwnerWrote,
    ThreadEvent,
)
from bot.core.verdict import Language
from bot.ports import Press

# The owner's albums whose client is remembered: the parts follow each other within seconds.
ALBUMS_KEPT = 256
# Commands of the owner's that, given as a reply, are about the client and not about the desk.
REPLY_COMMANDS = frozenset({"urgent"})


@dataclass(frozen=True, slots=True)
class ForThread:
    """An event that concerns one client."""

    client: str
    event: ThreadEvent


@dataclass(frozen=True, slots=True)
class ForDesk:
    """An event that concerns the desk as a whole."""

    event: DeskEvent


@dataclass(frozen=True, slots=True)
class ForGroup:
    """Somebody brought the bot into a group or a channel: it says where it works, and leaves."""

    id: str
    chat: int
    language: Language | None
    channel: bool


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing for us; `reason` is for the log."""

    id: str
    reason: str


Incoming = ForThread | ForDesk | ForGroup | Ignored


class Unreadable(Exception):
    """The update lacks what nothing can be done without. `event` is its id, empty where it has none."""

    def __init__(self, reason: str, event: str = "") -> None:
        super().__init__(reason)
        self.event = event


class Folders(Protocol):
    """What intake asks of the store (ports.Store). Both may raise `StoreDown`."""

    async def item_of(self, desk: str, client: str, message: str) -> int: ...

    async def shown(self, desk: str, message: str) -> str: ...


class Intake:
    """Reads updates of one bot for one desk. Remembers nothing but whom the owner's last albums are for."""

    def __init__(self, store: Folders, *, owner_id: int, desk_id: str, bot_id: int, username: str) -> None:
        self._store = store
        self._owner = owner_id
        self._desk = desk_id
        self._bot = bot_id
        self._username = username.lower().removeprefix("@")
        self._albums: OrderedDict[str, str] = OrderedDict()
        # The owner's albums that were not written as a reply, by their first part: for whom is asked once.
        self._unaddressed: OrderedDict[str, list[str]] = OrderedDict()
        self._readers: dict[str, _Reader] = {
            "message": self._message,
            "edited_message": self._edit,
            "callback_query": self._tap,
            "my_chat_member": self._door,
            "channel_post": self._channel_post,
        }

    async def read(self, raw: Mapping[str, object]) -> Incoming:
        """What the update is for us. Raises `Unreadable`, and what the store raises."""
        update = number(raw, "update_id")
        if update is None:
            raise Unreadable("an update without update_id")
        event = f"tg:{self._bot}:{update}"
        for key, reader in self._readers.items():
            if key in raw:
                return await reader(event, part(raw, key))
        return Ignored(event, "not_asked_for")

    async def _message(self, event: str, message: Mapping[str, object]) -> Incoming:
        chat = _needed(part(message, "chat"), "id", event)
        if _is_group(message):
            return self._group_message(event, chat, message)
        id_ = _needed(message, "message_id", event)
        if part(message, "from").get("is_bot") is True:
            return Ignored(event, "from_bot")
        if is_service(message):
            return Ignored(event, "service_message")
        command = read_command(message)
        if command is not None and command.bot and command.bot.lower() != self._username:
            return Ignored(event, "for_another_bot")
        if user_or_chat(message, chat) == self._owner:
            return await self._owner_message(event, message, id_)
        person = read_person(part(message, "from"), chat)
        if command is not None:
            return ForThread(person.address, CommandGiven(event, person, command.name, command.argument))
        return ForThread(person.address, MessageReceived(event, person, read_message(message, id_)))

    async def _owner_message(self, event: str, raw: Mapping[str, object], id_: int) -> Incoming:
        client = await self._replied_to(raw)
        command = read_command(raw)
        if command is not None:
            if client and command.name in REPLY_COMMANDS:
                return ForThread(client, OwnerTapped(event, command.name, command.argument))
            return ForDesk(OwnerCommanded(event, command.name, command.argument))
        message = read_message(raw, id_)
        if message.album:
            client = self._same_client(message.album, client)
        if client:
            return ForThread(client, OwnerAnswered(event, message))
        if message.album and self._joins_unaddressed(message):
            return Ignored(event, "album_asked_about")
        return ForDesk(OwnerWrote(event, message))

    def _joins_unaddressed(self, message: Message) -> bool:
        """Whether for whom this album is was asked at an earlier part of it."""
        parts = self._unaddressed.setdefault(message.album, [])
        parts.append(message.id)
        if len(self._unaddressed) > ALBUMS_KEPT:
            self._unaddressed.popitem(last=False)
        return len(parts) > 1

    def _rest_of(self, first: str) -> tuple[str, ...]:
        """The other parts of the album that began with this message."""
        return next((tuple(parts[1:]) for parts in self._unaddressed.values() if parts[0] == first), ())

    async def _replied_to(self, message: Mapping[str, object]) -> str:
        """The client whom the message that the owner replies to is about; empty when none."""
        shown = number(part(message, "reply_to_message"), "message_id")
        return "" if shown is None else await self._store.shown(self._desk, str(shown))

    def _same_client(self, album: str, client: str) -> str:
        """Only one part of an album has to carry the reply: the others go to the same client."""
        client = client or self._albums.get(album, "")
        if client:
            self._albums[album] = client
            self._albums.move_to_end(album)
            if len(self._albums) > ALBUMS_KEPT:
                self._albums.popitem(last=False)
        return client

    async def _edit(self, event: str, message: Mapping[str, object]) -> Incoming:
        chat = _needed(part(message, "chat"), "id", event)
        id_ = _needed(message, "message_id", event)
        if _is_group(message):
            return Ignored(event, "edit_in_group")
        if part(message, "from").get("is_bot") is True:
            return Ignored(event, "from_bot")
        if user_or_chat(message, chat) == self._owner:
            return Ignored(event, "owner_edit")
        if "location" in message:  # a shared live location moves every few seconds
            return Ignored(event, "live_location")
        if read_command(message) is not None:
            return Ignored(event, "edited_command")
        person = read_person(part(message, "from"), chat)
        item = await self._store.item_of(self._desk, person.address, str(id_))
        edited = MessageEdited(event, person, read_message(message, id_, edited=True), item)
        return ForThread(person.address, edited)

    async def _tap(self, event: str, query: Mapping[str, object]) -> Incoming:
        tap = words(query, "id")
        if not tap:
            raise Unreadable("a tap without id", event)
        # The chat is the tapper's own: who taps is told by `from`, which nobody can forge.
        user = _needed(part(query, "from"), "id", event)
        under = part(query, "message")
        if _is_group(under):
            return Ignored(event, "tap_in_group")
        message = number(under, "message_id")
        press = data_to_press(words(query, "data")) or Press("unknown")
        under_id = "" if message is None else str(message)
        if user == self._owner:
            return self._owner_tap(event, press, tap, under, under_id)
        if press.client or press.desk:
            return Ignored(event, "owners_button")
        person = read_person(part(query, "from"), user)
        return ForThread(person.address, ButtonTapped(event, person, press.action, press.argument, tap, under_id))

    def _owner_tap(
        self, event: str, press: Press, tap: str, under: Mapping[str, object], under_id: str
    ) -> Incoming:  # fmt: skip
        if not press.client:
            return ForDesk(DeskTapped(event, press.action, press.argument, tap, under_id))
        if press.action == "to" and press.argument.isdecimal():
            # "For whom is it?": what the owner wrote before is the answer. It is copied by its id.
            written = Message(press.argument, Kind.OTHER, "", moment(under, "date"))
            return ForThread(press.client, OwnerAnswered(event, written, tap, self._rest_of(press.argument)))
        return ForThread(press.client, OwnerTapped(event, press.action, press.argument, tap))

    async def _door(self, event: str, change: Mapping[str, object]) -> Incoming:
        chat = _needed(part(change, "chat"), "id", event)
        status = words(part(change, "new_chat_member"), "status")
        user = part(change, "from")
        if _is_group(change):
            if status in {"left", "kicked"}:
                return Ignored(event, "left_group")
            return ForGroup(event, chat, language(user), _is_channel(change))
        if user_or_chat(change, chat) == self._owner:
            return Ignored(event, "owner_door")
        if status not in {"kicked", "member"}:
            return Ignored(event, "door_unchanged")
        person = read_person(user, chat)
        return ForThread(person.address, DoorClosed(event, person, status == "kicked"))

    async def _channel_post(self, event: str, post: Mapping[str, object]) -> Incoming:
        return ForGroup(event, _needed(part(post, "chat"), "id", event), None, channel=True)

    def _group_message(self, event: str, chat: int, message: Mapping[str, object]) -> Incoming:
        if number(part(message, "left_chat_member"), "id") == self._bot:
            return Ignored(event, "left_group")
        return ForGroup(event, chat, language(part(message, "from")), _is_channel(message))


_Reader = Callable[[str, Mapping[str, object]], Awaitable[Incoming]]


def _needed(node: Mapping[str, object], key: str, event: str) -> int:
    value = number(node, key)
    if value is None:
        raise Unreadable(f"an update without {key}", event)
    return value


def _is_group(node: Mapping[str, object]) -> bool:
    """Chats of people have positive numbers, all others negative ones."""
    chat = part(node, "chat")
    return words(chat, "type") in {"group", "supergroup", "channel"} or (number(chat, "id") or 0) < 0


def _is_channel(node: Mapping[str, object]) -> bool:
    return words(part(node, "chat"), "type") == "channel"
