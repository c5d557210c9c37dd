"""Reading the Bot API's JSON without trusting its shape: what is missing or of another type reads as empty."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.core.verdict import Language

EPOCH = datetime.fromtimestamp(0, UTC)
# The last second of the year 9999, beyond which Python knows no dates.
_LAST_SECOND = 253402300799
# Telegram's numbers have at most 52 significant bits (core.telegram.org/bots/api#chat); nothing here is longer than 64.
_LONGEST = 2**63
# Whose apps speak these read Russian with ease.
_LANGUAGES = {
    "ru": Language.RU,
    "uk": Language.RU,
    "be": Language.RU,
    "kk": Language.RU,
    "bg": Language.BG,
}


def part(node: Mapping[str, object], key: str) -> Mapping[str, object]:
    """The object under `key`."""
    value = node.get(key)
    return value if isinstance(value, Mapping) else {}


def number(node: Mapping[str, object], key: str) -> int | None:
    """The whole number under `key`."""
    value = node.get(key)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if -_LONGEST <= value < _LONGEST else None


def words(node: Mapping[str, object], key: str) -> str:
    """The string under `key`, fit for UTF-8: half of a surrogate pair becomes a question mark."""
    value = node.get(key)
    return value.encode(errors="replace").decode() if isinstance(value, str) else ""


def moment(node: Mapping[str, object], key: str) -> datetime:
    """The Unix time under `key` as aware UTC; the epoch where there is none."""
    value = number(node, key)
    return EPOCH if value is None or not 0 <= value <= _LAST_SECOND else datetime.fromtimestamp(value, UTC)


def language(user: Mapping[str, object]) -> Language | None:
    """The language of a user's app, where it is one that clients are spoken to in."""
    return _LANGUAGES.get(words(user, "language_code").partition("-")[0].lower())
