"""What a client wants with a text, beside how urgent it is: a call, an invoice, a price, how the work stands; or that
they send a file or a brief, or report a bug.

A topic chooses an answer time or a channel and becomes a word in the owner's digest, so a doubtful one is left out:
what is missed is answered like any other message.
"""

import re
from functools import cache

from bot.core.kinds import BRIEF, BUG, CALL, FILE, INVOICE
from bot.core.verdict import Language
from bot.triage.denials import DENIED, NOT_WANTED, TOLD
from bot.triage.language import latin_language
from bot.triage.letters import LINK, plain
from bot.triage.lexicon import either, loose
from bot.triage.stems import STEMS

# What a long text is about it says early; four screens of it are enough.
_LONGEST = 2000
_DENIED = {topic: loose(pattern) for topic, pattern in DENIED.items()}
_NOT_WANTED, _TOLD = loose(NOT_WANTED), loose(TOLD)
# What can be declined: «не надо звонить». Reports and questions hold a «не» of their own.
_DECLINED = frozenset((BRIEF, CALL, INVOICE))
_SENTENCE = re.compile(r"(?<=[.!?…])(?<!\bтех\.)\s+|\s*\n\s*")
_CLAUSE = re.compile(r"[,.!?;:\n—–()]")
# How far a clause is looked at on each side of a stem.
_CLAUSE_ROOM = 60

# Where files are shared: a link there is a file sent.
_SHARED = re.compile(
    r"(?:drive|docs|photos)\.google|photos\.app\.goo|disk\.yandex|yadi\.sk|cloud\.mail\.ru|dropbox|wetransfer|we\.tl/|figma\.com|"
    r"onedrive|1drv\.ms|sharepoint|icloud\.com|mega\.nz|dox\.bg|transfer\.(?:bg|sh|it)|pcloud",
    re.IGNORECASE,
)
# A file by its name, «план этажа.pdf».
_NAMED = re.compile(
    r"\w\.(?:pdf|docx?|xlsx?|pptx?|psd|zip|rar|7z|csv|dwg|dxf|jpe?g|png|tiff?|svg|mp[34]|mov|wav|ai|eps|cdr|ttf|otf|skp|fig|sketch|indd)\b",
    re.IGNORECASE,
)

_RECEIVED = loose(r"\bполучих|\bпришло писмо|\bотворих|\bне откр\w+|\bне се отваря")


def topics(text: str) -> frozenset[str]:
    """The topics of a text, by the names of `core.kinds`; none for most texts. Never raises."""
    text = text[:_LONGEST]
    language = latin_language(text)
    bare = LINK.sub(" ", text)
    words = plain(bare, language or Language.RU).text
    found = {FILE} if (_NAMED.search(bare) and not _RECEIVED.search(words)) or _shares(text) else set()
    # English words among Latin-letter Russian or Bulgarian are heard as they stand.
    readings = (words, bare.lower()) if language else (words,)
    for sentence in (sentence for reading in readings for sentence in _SENTENCE.split(reading)):
        found |= {topic for topic in STEMS if topic not in found and _is_heard(topic, sentence)}
    return frozenset(found - ({BUG} if _TOLD.search(words) else set()))


@cache
def _pattern(topic: str) -> re.Pattern[str]:
    """The stems of a topic as one pattern; compiled at the first message, for it would be a sixth of the start."""
    return loose(rf"(?<!\w){either(STEMS[topic])}")


def _is_heard(topic: str, sentence: str) -> bool:
    return any(_is_meant(topic, hit) for hit in _pattern(topic).finditer(sentence))


def _is_meant(topic: str, hit: re.Match[str]) -> bool:
    """Whether the clause around a stem lets it stand."""
    before = _CLAUSE.split(hit.string[max(0, hit.start() - _CLAUSE_ROOM) : hit.start()])[-1]
    after = _CLAUSE.split(hit.string[hit.end() : hit.end() + _CLAUSE_ROOM], maxsplit=1)[0]
    if topic in _DECLINED and _NOT_WANTED.search(before):
        return False
    denied = _DENIED.get(topic)
    return denied is None or denied.search(f"{before}{hit.group()}{after}") is None


def _shares(text: str) -> bool:
    return any(_SHARED.search(link) for link in LINK.findall(text))
