"""Notices in words: one notice and its reader in, one delivery of a channel out. Pure, and never at a loss."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.desk import Desk
from bot.core.notices import ClientNotice, Notice
from bot.core.verdict import Because, Language
from bot.ports import Delivery
from bot.wording import cards, client, owner, signs
from bot.wording.missing import missing
from bot.wording.reader import Reader
from bot.wording.reasons import because_words

__all__ = ["missing", "reason", "word"]


def word(notice: Notice, *, desk: Desk, language: Language, now: datetime, zone: str | None = None) -> Delivery:
    """What a channel is to deliver for this notice, in the reader's `language`.

    `zone` (IANA) is the client's own where it is known; else, and for the owner, the owner's clock counts. A zone that
    does not exist is as good as none.
    """
    reader = Reader(desk, language, now, _zone(zone))
    if isinstance(notice, signs.Wordless):
        return signs.word(notice, reader)
    if isinstance(notice, ClientNotice):
        return client.word(notice, reader)
    if isinstance(notice, cards.Worded):
        return cards.word(notice, reader)
    return owner.word(notice, reader)


def reason(because: Because, language: Language, *, now: datetime | None = None, zone: str | None = None) -> str:
    """A reason of a decision or a verdict in a few plain words, for the owner and whoever looks over their shoulder.

    With `now` and `zone` (IANA) moments are told as that reader would («сегодня, 18:00»), else by their date.
    """
    return because_words(because, language, now, _zone(zone) or ZoneInfo("UTC"))


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a directory of zones, "Europe"
        return None
