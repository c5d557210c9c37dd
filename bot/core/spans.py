"""Dates as an owner types them after /away: "24.12-08.01 vacation", "2026-12-24 2027-01-08", "до 5.12", "tomorrow"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.desk import Away

# An absence beyond this is taken for a slip of the pen: no client is promised an answer a year away.
LONGEST = timedelta(days=366)
# "until", in the languages of owners.
_UNTIL = ("until", "till", "to", "до")
# Days that have a name, as days from today.
_NAMED = {
    **dict.fromkeys(("today", "сегодня", "днес"), 0),
    **dict.fromkeys(("tomorrow", "завтра", "утре"), 1),
    **dict.fromkeys(("послезавтра", "вдругиден"), 2),
}
_DATE = re.compile(
    r"(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})(?:\.(?P<y2>\d{4}|\d{2}))?)(?:\.(?!\.))?"
)
_GAP = re.compile(r"\s*(?:–|—|-|\.\.|\s(?:to|until|till|до|по)\s|\s)\s*")


@dataclass(frozen=True, slots=True)
class Misread:
    """Why a text could not be read: `code` names it (`wording` says it), `detail` quotes the culprit."""

    code: str
    detail: str = ""


def read_away(text: str, today: date) -> Away | Misread:
    """The span in `text`, both ends inclusive, and the reason behind it; days without a year are the next to come.

    One date alone is one day; "until <date>" begins today; nothing at all is today. `today` is the owner's.
    """
    words = text.strip()
    if not words:
        return Away(today, today)
    first, _, rest = words.partition(" ")
    begins_today = first.lower() in _UNTIL
    if begins_today:
        words = rest.strip()
    word, _, tail = words.partition(" ")
    if (days := _NAMED.get(word.lower().rstrip(",;:"))) is not None:
        day = today + timedelta(days=days)
        return Away(today if begins_today else day, day, _reason(tail))
    found = _DATE.match(words)
    if found is None:
        return Misread("no_date", text.strip()[:40])
    one = _date(found, today)
    if one is None:
        return Misread("no_such_day", found[0])
    tail = words[found.end() :]
    gap = _GAP.match(tail)
    second = _DATE.match(tail, gap.end()) if gap and not begins_today else None
    start, end = (today, one) if begins_today else (one, one)
    if second is not None:
        other = _date(second, one)
        if other is None:
            return Misread("no_such_day", second[0])
        end, tail = other, tail[second.end() :]
    if end < start:
        return Misread("ends_before_it_starts", f"{start.isoformat()} – {end.isoformat()}")
    if end < today:
        return Misread("in_the_past", end.isoformat())
    if end - start > LONGEST:
        return Misread("too_long", f"{start.isoformat()} – {end.isoformat()}")
    return Away(start, end, _reason(tail))


def _reason(tail: str) -> str:
    return " ".join(tail.split()).lstrip("-–—,;: ")[:100] or "vacation"


def _date(found: re.Match[str], not_before: date) -> date | None:
    year, month, day = (found[a] or found[b] for a, b in (("y", "y2"), ("m", "m2"), ("d", "d2")))
    try:
        if year is not None:
            return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
        this = date(not_before.year, int(month), int(day))
        return this if this >= not_before else this.replace(year=not_before.year + 1)
    except ValueError:
        return None
