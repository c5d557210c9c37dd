"""People, chats and messages of the stand-in, as Telegram keeps them. Pure: nothing here waits or sends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from bot.web.playground.wire import ApiError, Json


@dataclass(frozen=True, slots=True)
class Person:
    """A Telegram account. `about` (a profession) and `zone` (IANA) are for the page only, not for bots."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    about: str = ""
    zone: str = ""
    is_bot: bool = False
    hides_forwards: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def wire(self) -> Json:
        body: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        for key in ("last_name", "username", "language_code"):
            if value := getattr(self, key):
                body[key] = value
        return body

    def chat_wire(self) -> Json:
        body: Json = {"id": self.id, "type": "private", "first_name": self.first_name}
        for key in ("last_name", "username"):
            if value := getattr(self, key):
                body[key] = value
        return body


@dataclass(frozen=True, slots=True)
class Group:
    """A group chat; its id is negative."""

    id: int
    title: str

    @property
    def name(self) -> str:
        return self.title

    def chat_wire(self) -> Json:
        return {"id": self.id, "type": "group", "title": self.title, "all_members_are_administrators": True}


@dataclass(frozen=True, slots=True)
class Button:
    """One button under a message, inline or of a reply keyboard. `style` is danger, success, primary or empty."""

    text: str
    data: str = ""
    url: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What a message consists of. `text` is the caption where there is media; `body` is the wire form of the media."""

    kind: str = "text"
    text: str = ""
    entities: tuple[Json, ...] = ()
    body: object = None

    @property
    def file_id(self) -> str:
        """The id of the (largest) file in it; empty where there is none."""
        largest = self.body[-1] if isinstance(self.body, list) and self.body else self.body
        return str(largest.get("file_id", "")) if isinstance(largest, dict) else ""

    def wire(self) -> Json:
        prefix = "" if self.kind == "text" else "caption_"
        wire: Json = {} if self.kind == "text" else {self.kind: self.body}
        if self.text:
            wire["text" if self.kind == "text" else "caption"] = self.text
        if self.entities:
            wire[f"{prefix}entities"] = list(self.entities)
        if self.kind == "animation":
            wire["document"] = self.body  # Telegram repeats it for old bots
        return wire


@dataclass(frozen=True, slots=True)
class Message:
    """A snapshot of one message. An edit or a reaction makes a new snapshot under the same id.

    `reactions` are by the id of who reacted; `silent` is what came with disable_notification; `origin` is the wire form
    of where it was forwarded from; `revision` grows with every change.
    """

    chat_id: int
    id: int
    sender: Person
    at: datetime
    content: Content
    reply_to: int | None = None
    quote: str = ""
    markup: Json | None = None
    album: str | None = None
    edited: datetime | None = None
    silent: bool = False
    origin: Json | None = None
    reactions: Mapping[int, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    revision: int = 0

    @property
    def kind(self) -> str:
        return self.content.kind

    @property
    def text(self) -> str:
        return self.content.text

    @property
    def by_bot(self) -> bool:
        return self.sender.is_bot

    @property
    def rings(self) -> bool:
        """Whether it makes the reader's phone sound: what the gate is there to prevent."""
        return self.by_bot and not self.silent

    @property
    def emoji(self) -> tuple[str, ...]:
        """All reactions on it, whoever set them."""
        return tuple(emoji for each in self.reactions.values() for emoji in each)

    @property
    def rows(self) -> tuple[tuple[Button, ...], ...]:
        """The inline buttons, row by row."""
        return read_rows(self.markup, "inline_keyboard")

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The inline buttons in reading order."""
        return tuple(button for row in self.rows for button in row)


class Standing(StrEnum):
    """Whether the bot may write into a chat, and if not, why."""

    OPEN = "open"
    UNSTARTED = "unstarted"
    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    LEFT = "left"


# How Telegram refuses a send, by standing.
REFUSALS = {
    Standing.UNSTARTED: (400, "Bad Request: chat not found"),
    Standing.BLOCKED: (403, "Forbidden: bot was blocked by the user"),
    Standing.DEACTIVATED: (403, "Forbidden: user is deactivated"),
    Standing.LEFT: (403, "Forbidden: bot is not a member of the group chat"),
}


@dataclass(slots=True)
class Chat:
    """One chat of the bot: its messages by id, oldest first, and how the bot stands in it.

    `action` is the last "…is typing", `actions` counts them; both are for the page, which lets them fade.
    """

    peer: Person | Group
    next_id: int = 1
    standing: Standing = Standing.OPEN
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    action: str = ""
    actions: int = 0

    @property
    def id(self) -> int:
        return self.peer.id

    def admit(self) -> None:
        """Raises the ApiError with which Telegram refuses a send, if it would."""
        if self.standing in REFUSALS:
            raise ApiError(*REFUSALS[self.standing])

    def take_id(self) -> int:
        taken, self.next_id = self.next_id, self.next_id + 1
        return taken


def read_rows(markup: Json | None, key: str) -> tuple[tuple[Button, ...], ...]:
    """The buttons of a keyboard, row by row; none where the markup is of another kind."""
    raw = (markup or {}).get(key)
    if not isinstance(raw, list):
        return ()
    return tuple(tuple(_button(each) for each in row) for row in raw if isinstance(row, list))


def _button(raw: object) -> Button:
    if not isinstance(raw, dict):
        return Button(str(raw))
    return Button(
        text=str(raw.get("text", "")),
        data=str(raw.get("callback_data", "")),
        url=str(raw.get("url", "")),
        style=str(raw.get("style") or ""),
    )
