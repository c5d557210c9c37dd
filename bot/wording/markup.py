"""The small HTML of chats, made so that what people wrote can never be taken for markup.

Lengths are UTF-16 code units of the marked-up text, as Telegram counts them, so that a text which fits here fits there.
"""

from collections.abc import Iterable
from html import escape

LIMIT = 4096


class Html(str):
    """Text that is safe to send: written by us, or escaped already."""

    __slots__ = ()


def safe(text: object) -> Html:
    """The text with everything that could be markup taken apart; `Html` stays as it is."""
    if isinstance(text, Html):
        return text
    return Html(escape(sendable(str(text)), quote=False))


def sendable(text: str) -> str:
    """The text without halves of surrogate pairs, which JSON can carry and no channel takes."""
    return text.encode("utf-8", "replace").decode()


def bold(text: object) -> Html:
    return Html(f"<b>{safe(text)}</b>")


def quoted(text: object, *, folds: bool) -> Html:
    """A block of somebody's words; one that `folds` shows its first lines only, until tapped."""
    return Html(f"<blockquote{' expandable' if folds else ''}>{safe(text)}</blockquote>")


def lines(*parts: Html | None, gap: str = "\n") -> Html:
    """The parts under each other, the missing ones left out."""
    return Html(gap.join(part for part in parts if part))


def paragraphs(*parts: Html | None) -> Html:
    return lines(*parts, gap="\n\n")


def length(text: str) -> int:
    """UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def cut(text: str, room: int) -> Html:
    """The text as `Html` of at most `room` units, ended by "…" at a word where it had to be cut."""
    whole = safe(text)
    if length(whole) <= room:
        return whole
    left, end = room - 1, 0
    for character in text:
        left -= length(safe(character))
        if left < 0:
            break
        end += 1
    kept = text[:end]
    at_word = kept.rsplit(maxsplit=1)[0] if len(kept.split()) > 1 else kept
    # A word longer than the tail of the text is cut where it stands: better half of an address than nothing of it.
    shown = at_word if len(kept) - len(at_word) < 40 else kept
    return Html(safe(shown.rstrip(" .,;:—–-")) + "…") if room > 0 else Html("")


def one_line(text: str, room: int) -> Html:
    """The text on one line, of at most `room` units."""
    return cut(" ".join(text.split()), room)


def fitting(candidates: Iterable[Html]) -> Html:
    """The first text that fits into one message; the last one where none does."""
    text = Html("")
    for text in candidates:
        if length(text) <= LIMIT:
            return text
    return text
