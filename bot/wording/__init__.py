"""Notices in words: one notice and its reader in, one delivery of a channel out. Pure, and never at a loss."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.client_notices import ClientNotice, WordsAsked
from bot.core.desk import Desk
from bot.core.notices import Notice
from bot.core.owner_notices import AsideShown, StatisticsShown
from bot.core.verdict import Because, Language
from bot.drawing import Figure
from bot.ports import Delivery
from bot.wording import aside, cards, client, owner, privacy, signs, statistics, watch, wordless, zones
from bot.wording.missing import missing
from bot.wording.places import known_zone
from bot.wording.reader import Reader
from bot.wording.reasons import because_words

__all__ = ["figure", "missing", "reason", "word"]


def word(notice: Notice, *, desk: Desk, language: Language, now: datetime, zone: str | None = None) -> Delivery:
    """What a channel is to deliver for this notice, in the reader's `language`.

    `zone` (IANA) is the client's own where it is known; else, and for the owner, the owner's clock counts. A zone that
    does not exist is as good as none.
    """
    reader = Reader(desk, language, now, known_zone(zone))
    if isinstance(notice, signs.Wordless):
        return signs.word(notice, reader)
    if isinstance(notice, zones.Worded):
        return zones.word(notice, reader)
    if isinstance(notice, privacy.Worded):
        return privacy.word(notice, reader)
    if isinstance(notice, WordsAsked):
        return wordless.word(notice, reader)
    if isinstance(notice, ClientNotice):
        return client.word(notice, reader)
    if isinstance(notice, cards.Worded):
        return cards.word(notice, reader)
    if isinstance(notice, AsideShown):
        return aside.word(notice, reader)
    if isinstance(notice, watch.Worded):
        return watch.word(notice, reader)
    if isinstance(notice, StatisticsShown):
        return statistics.word(notice, reader)
    return owner.word(notice, reader)


def figure(notice: Notice, *, desk: Desk, language: Language, now: datetime) -> Figure | None:
    """What a picture beside the words shows; None for a notice that is told by words alone."""
    if not isinstance(notice, StatisticsShown):
        return None
    return statistics.figure(notice, Reader(desk, language, now))


def reason(because: Because, language: Language, *, now: datetime | None = None, zone: str | None = None) -> str:
    """A reason of a decision or a verdict in a few plain words, for the owner and whoever looks over their shoulder.

    With `now` and `zone` (IANA) moments are told as that reader would («сегодня, 18:00»), else by their date.
    """
    return because_words(because, language, now, known_zone(zone) or ZoneInfo("UTC"))
