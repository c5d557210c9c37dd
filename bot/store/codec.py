"""Our dataclasses as JSON and back. Times are RFC 3339, unknown fields are ignored, missing ones take their default.

So a newer version can read what an older one wrote, as long as new fields have defaults.
"""

from typing import TypeVar, get_args

import msgspec

from bot.core.hearing import TranscriptAsked
from bot.core.notices import Notice, Outgoing

T = TypeVar("T")

_NOTICES: dict[str, type] = {notice.__name__: notice for notice in (*get_args(Notice), TranscriptAsked)}


class _Envelope(msgspec.Struct):
    id: str
    desk: str
    to: str
    client: str
    type: str
    notice: msgspec.Raw


def encode(thing: object) -> str:
    """Any of our dataclasses as JSON."""
    return msgspec.json.encode(thing).decode()


def decode(text: bytes | str, kind: type[T]) -> T:
    """JSON as a `kind`; raises ValueError on what `encode` never wrote."""
    return msgspec.json.decode(text, type=kind)


def encode_outgoing(outgoing: Outgoing) -> str:
    """An outgoing with the name of its notice, so that the union can be told apart."""
    notice = msgspec.Raw(msgspec.json.encode(outgoing.notice))
    name = type(outgoing.notice).__name__
    return encode(_Envelope(outgoing.id, outgoing.desk, outgoing.to, outgoing.client, name, notice))


def decode_outgoing(text: bytes | str) -> Outgoing:
    envelope = decode(text, _Envelope)
    notice: Notice | TranscriptAsked = decode(bytes(envelope.notice), _NOTICES[envelope.type])
    return Outgoing(envelope.id, envelope.desk, envelope.to, notice, envelope.client)
