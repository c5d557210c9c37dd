"""What comes without a word (voices, videos, pictures, files): never urgent by itself; one line is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from bot.core.events import Kind

# Kinds that have to be listened to, looked at or opened before anybody knows what they are about. A video message is
# to its sender a video like any other.
SHOWN_AS = {
    Kind.VOICE: Kind.VOICE,
    Kind.AUDIO: Kind.AUDIO,
    Kind.VIDEO_NOTE: Kind.VIDEO,
    Kind.VIDEO: Kind.VIDEO,
    Kind.PHOTO: Kind.PHOTO,
    Kind.DOCUMENT: Kind.DOCUMENT,
}


class Piece(Protocol):
    """A message as a thread remembers it (`Part`, `Line`)."""

    @property
    def message(self) -> str: ...

    @property
    def kind(self) -> Kind: ...

    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Wordless:
    """What came: one of the kinds of `SHOWN_AS`, or `OTHER` where they are mixed; `several` of them or one."""

    kind: Kind
    several: bool = False


def wordless(pieces: Iterable[Piece]) -> Wordless | None:
    """What these messages are when none says a word; None when one does, or when there is nothing to ask about."""
    pieces = tuple(pieces)
    kinds = [SHOWN_AS[piece.kind] for piece in pieces if piece.kind in SHOWN_AS]
    if not kinds or any(piece.text for piece in pieces):
        return None
    return Wordless(kinds[0] if len(set(kinds)) == 1 else Kind.OTHER, len(kinds) > 1)


def unexplained(pieces: Iterable[Piece]) -> tuple[str, ...]:
    """The messages without a word that have to be seen or heard."""
    return tuple(piece.message for piece in pieces if piece.kind in SHOWN_AS and not piece.text)
