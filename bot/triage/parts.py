"""The grammar of time: finds the pieces of a text that name a moment and reads each into a `Part`.

A grammar of small patterns, tried in order wherever a word begins; each gives a value or lets the next one try. Values
are joined into moments in `moments`.
"""

import re
from collections.abc import Iterator
from functools import cache

from bot.triage.lexicon import DAYS, HALF_TO, HOUR_WORDS, MINUTES, MONTHS, NUMBERS, ORDINALS, WEEKDAYS, either, forgive
from bot.triage.patterns import PATTERNS
from bot.triage.phrases import A_WHILE, BY, COLOURED, COUNTED, HOUR_COLOURED, SOME, SOME_DAYS, UNITS
from bot.triage.readers import ROUGH
from bot.triage.values import Part

# Prepositions that are part of a phrase («до вечера») lead it in all the same.
_INSIDE = frozenset(("до", "к", "към", "преди", "на", "по"))
# One pattern that fits wherever any of them may: most places of a text are passed over in one step. Its groups are the
# patterns, so that the last one matched is the first that fits; each of them is compiled when it first does.
# It may fit too often, which costs little, and is short, for compiling costs much: what only forbids is left out, and
# of tables of words and of words that only colour (около, ровно, сам…) little more than the beginnings is there.
_BEGINNING = r"(?:" + "|".join(sorted({word[:2] for word in (*NUMBERS, *ROUGH)})) + r")\w*(?: пят)?"
_COLOUR = r"(?:(?:до|к|в|[бгекмнопртсэ][\w-]{2,}(?: от| бы)?)\s+){0,3}"
_SHORTER = (
    (forgive(COUNTED), ""),
    (forgive(A_WHILE), ""),
    (forgive(SOME_DAYS), ""),
    (forgive(BY), r"(?:не п|непо|на[йиы]|макс|кра|срок|дедл|deadl|после)[^.!?\n]{0,18}?"),
    (forgive(SOME), _COLOUR),
    (forgive(COLOURED), _COLOUR),
    (forgive(HOUR_COLOURED), _COLOUR),
    (forgive(either([*NUMBERS, *ROUGH])), _BEGINNING),
    (forgive(either(HOUR_WORDS)), _BEGINNING),
    (forgive(either(HALF_TO)), r"(?:пе|вт|тр|че|пя|ше|се|во|де|од|дв)\w+го"),
    (forgive(either(MONTHS)), r"(?:ян|фев|мар|апр|ма|ию|юн|юл|авг|сен|сеп|окт|ноя|ное|дек)\w*"),
    (forgive(either(WEEKDAYS)), r"(?:пон|вто|сре|сря|сри|чет|пят|пет|суб|с[ъауы]б|вос|нед)\w*"),
    (forgive(either(ORDINALS)), r"(?:п|вт|тр|че|ше|се|во|ос|де|дв|о|е)\w+(?: и)?(?: [пвтчшсод]\w+)?"),
    (UNITS, r"(?:ми|ча|ч|х|h|де|дн|су|не|се|ме|го|ле)\w*"),
    (forgive(either(MINUTES)), r"(?:ми|ча|ч|х|h)\w*"),
    (forgive(either(DAYS)), r"(?:де|дн|су|не|се)\w*"),
    (re.compile(r"\?P<\w+>"), "?:"),
)


def _shorten(pattern: str) -> str:
    for long, short in _SHORTER:
        pattern = long.sub(short, pattern) if isinstance(long, re.Pattern) else pattern.replace(long, short)
    return pattern


_ANY = re.compile(r"(?<!\w)(?:" + "|".join(f"({_shorten(pattern)})" for pattern, _ in PATTERNS) + ")")
_compile = cache(re.compile)


def find_parts(text: str) -> Iterator[Part]:
    """The parts of a plain text, left to right; they do not overlap."""
    at = 0
    while found := _ANY.search(text, at):
        part = read_part(text, found.start(), (found.lastindex or 1) - 1)
        if part is not None:
            yield part
        at = part.end if part else found.start() + 1


def read_part(text: str, at: int, first: int) -> Part | None:
    """The part that begins there, by the pattern of that number or a later one."""
    for pattern, reader in PATTERNS[first:]:
        match = _compile(pattern).match(text, at)
        if match is None or match.end() == at:
            continue
        value = reader(match)
        if value is not None:
            lead = match.group().split(maxsplit=1)[0]
            inside = lead if lead in _INSIDE else ""
            return Part(at, match.end(), value, match.groupdict().get("preposition") or inside)
    return None
