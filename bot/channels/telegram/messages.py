"""One Telegram message, as plain JSON → our `Message`, `Person`, a command.

Read from the dict itself and not through aiogram's types: what Telegram invents tomorrow would fail their validation,
and a client's message of unknown form must be kept like any other.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.channels.telegram.fields import language, moment, number, part, words
from bot.core.events import Kind, Message, Person, Recording
from bot.core.hearing import SPOKEN
from bot.core.requests import OWNER_COMMANDS

NAME_LENGTH = 64

# The first key found names the kind. Order matters: an animation comes with a document, a venue with a location,
# a live photo with a photo (core.telegram.org/bots/api#message).
_KINDS: tuple[tuple[str, Kind], ...] = (
    ("text", Kind.TEXT),
    ("animation", Kind.ANIMATION),
    ("photo", Kind.PHOTO),
    ("voice", Kind.VOICE),
    ("video_note", Kind.VIDEO_NOTE),
    ("video", Kind.VIDEO),
    ("audio", Kind.AUDIO),
    ("document", Kind.DOCUMENT),
    ("sticker", Kind.STICKER),
    ("venue", Kind.LOCATION),
    ("location", Kind.LOCATION),
    ("contact", Kind.CONTACT),
    ("poll", Kind.POLL),
    ("dice", Kind.DICE),
)

# What the app says by itself in a private chat; nobody wrote it. Anything that is not listed is kept.
_SERVICE = frozenset(
    {
        "pinned_message",
        "message_auto_delete_timer_changed",
        "chat_background_set",
        "new_chat_title",
        "new_chat_photo",
        "delete_chat_photo",
        "new_chat_members",
        "left_chat_member",
        "connected_website",
        "write_access_allowed",
        "proximity_alert_triggered",
        "boost_added",
        "checklist_tasks_done",
        "direct_message_price_changed",
        "paid_message_price_changed",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
        "general_forum_topic_hidden",
        "general_forum_topic_unhidden",
        "video_chat_scheduled",
        "video_chat_started",
        "video_chat_ended",
        "managed_bot_created",
        "poll_option_added",
        "poll_option_deleted",
    }
)

# Kinds whose words lie deeper than in a text or a caption, and the keys under which words lie there.
_SPEAKING = ("poll", "checklist", "rich_message")
_SPOKEN = ("title", "question", "summary", "text", "options", "tasks", "blocks", "items", "cells", "caption")
_DEPTH = 16

# PRODUCT.md, C5 and C7. A word with a slash that no list knows is a command only when it stands alone:
# "/etc не читается" is a message, and messages are never dropped.
CLIENT_COMMANDS = frozenset({"start", "help", "rules", "status", "language", "timezone", "call", "privacy", "forget"})
_KNOWN = CLIENT_COMMANDS | OWNER_COMMANDS
_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>\w+))?(?:\s+(?P<argument>.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Command:
    """A command and its argument; `bot` is whom it is addressed to, empty for whoever reads it."""

    name: str
    argument: str
    bot: str


def kind_of(message: Mapping[str, object]) -> Kind:
    return next((kind for key, kind in _KINDS if message.get(key) is not None), Kind.OTHER)


def is_service(message: Mapping[str, object]) -> bool:
    """Whether the app wrote this by itself, and nobody said anything."""
    return kind_of(message) is Kind.OTHER and not _SERVICE.isdisjoint(message)


def text_of(message: Mapping[str, object]) -> str:
    """The text or the caption; of a poll, a checklist or a rich message all of its words."""
    return (
        words(message, "text")
        or words(message, "caption")
        or "\n".join(said for key in _SPEAKING for said in _said(message.get(key), _DEPTH))
    )


def read_message(message: Mapping[str, object], id_: int, *, edited: bool = False) -> Message:
    """The message as we keep it, with its raw form whole; the time of the edit where it was `edited`."""
    return Message(
        id=str(id_),
        kind=kind_of(message),
        text=text_of(message),
        sent_at=moment(message, "edit_date" if edited else "date"),
        raw=_json(message),
        album=words(message, "media_group_id"),
        recording=read_recording(message),
    )


def read_recording(message: Mapping[str, object]) -> Recording | None:
    """Where the speech of a voice or video message or an audio lies; None for any other."""
    kind = kind_of(message)
    # Telegram names the kinds of speech as we do.
    file = part(message, kind.value) if kind in SPOKEN else {}
    name = words(file, "file_id")
    return Recording(name, number(file, "duration") or 0, number(file, "file_size") or 0) if name else None


def read_person(user: Mapping[str, object], chat: int) -> Person:
    """Who writes in the private chat `chat`; the username stands in for a missing name."""
    shown = " ".join(f"{words(user, 'first_name')} {words(user, 'last_name')}".split()) or words(user, "username")
    return Person(address_of(chat), shown[:NAME_LENGTH].rstrip(), language(user))


def read_command(message: Mapping[str, object]) -> Command | None:
    """The command that the message's text is, if it is one."""
    found = _COMMAND.fullmatch(words(message, "text"))
    if found is None:
        return None
    name, argument = found["name"].lower(), (found["argument"] or "").strip()
    return Command(name, argument, found["bot"] or "") if name in _KNOWN or not argument else None


def user_or_chat(message: Mapping[str, object], chat: int) -> int:
    """Who sent it. In a private chat the person and the chat have one number."""
    sender = number(part(message, "from"), "id")
    return chat if sender is None else sender


def address_of(chat: int) -> str:
    return f"tg:{chat}"


def _said(value: object, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    if isinstance(value, str) and value.strip():
        yield value.encode(errors="replace").decode()
    elif isinstance(value, Mapping):
        for key in _SPOKEN:
            yield from _said(value.get(key), depth - 1)
    elif isinstance(value, list):
        for each in value:
            yield from _said(each, depth - 1)


def _json(message: Mapping[str, object]) -> str:
    text = json.dumps(message, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair: only escaped can it be kept as it was
        return json.dumps(message)
    return text
