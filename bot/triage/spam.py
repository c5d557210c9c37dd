"""Mass offers and link spam: what strangers send by the thousand, told from what a client might write.

Signs are added up, and what shows that somebody wants something done («нужен сайт», „колко струва“, «видела ваше
портфолио») is taken off: a client who trades in credits quotes them, a spammer asks for nothing. A doubtful text is no
spam: what is missed costs a line in the digest, what is caught by mistake costs a client up to a week.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.core.verdict import Because, Language
from bot.triage.language import latin_language
from bot.triage.letters import Plain, plain
from bot.triage.lexicon import either, loose
from bot.triage.offers import ENGLISH_WISHES, MASS_OFFER, SIGNS, WISHES

_ENOUGH, _OF_A_WISH, _OF_A_MASK = 3, -6, 2
# A word or two sound like anything.
_FEWEST_WORDS = 4
# From this chance on what sounds like a mass offer is one.
_SOUNDS = 0.75
# A mass offer says what it is in its first screens.
_LONGEST = 2000

_SIGNS = tuple((code, points, loose(rf"(?<!\w){either(stems)}")) for code, points, stems in SIGNS)
_WISH = loose(rf"(?<!\w){either(WISHES)}")
_ENGLISH_WISH = re.compile(rf"(?<!\w){either(ENGLISH_WISHES)}")

# Latin and Greek letters that stand in for Cyrillic ones to get past a filter of words.
_LIKE = "abcehikmnoprtuxyαβεικνορτυχ"
_ALIKE = str.maketrans(_LIKE, "авсенікмпоргтихуавеіквортух")
_MIXED = re.compile(rf"(?=.*[а-я])(?=.*[{_LIKE}])[а-яё{_LIKE}]+")
_HIDDEN = re.compile(r"(?<=\w)[\u200b-\u200d\u2060\ufeff](?=\w)")
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_] ){3,}[^\W\d_](?!\w)")
_WORD = re.compile(r"[^\W_]+")
_UNSEEN = frozenset(("Cf", "Mn", "Me"))


Sound = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is judged: what a reader sees, the signs in it, their points (those of a mask among them), and
    whether somebody wishes for something.
    """

    seen: str
    signs: tuple[tuple[str, int, str], ...]
    points: int
    wish: bool

    @property
    def doubtful(self) -> bool:
        """Whether its sound may decide: nobody wishes for anything, and it is no mere word or two."""
        return not self.wish and len(self.seen.split()) >= _FEWEST_WORDS


def read_signs(text: str) -> Reading:
    """Reads the first screens of a text. Never raises."""
    seen, masked = unmask(text[:_LONGEST].encode("utf-8", "replace").decode())
    reading = plain(seen, latin_language(seen) or Language.RU)
    signs = tuple(_signs(reading, seen))
    points = sum(points for _, points, _ in signs) + (_OF_A_MASK if masked else 0)
    wish = bool(_WISH.search(reading.text) or _ENGLISH_WISH.search(seen.lower()))
    return Reading(seen, signs, points, wish)


def find_spam(text: str, sound: Sound | None = None) -> Because | None:
    """Why a stranger's text is a mass offer or link spam, with the telling piece of it; None for all others.

    Where the signs do not suffice, the sound of the whole decides: `sound` gives the chance that what a reader sees is
    a mass offer. Never raises.
    """
    read = read_signs(text)
    named = max((sign for sign in read.signs if sign[0]), key=lambda sign: sign[1], default=None)
    if named and read.points + (_OF_A_WISH if read.wish else 0) >= _ENOUGH:
        return Because(named[0], named[2])
    if sound is None or not read.doubtful or sound(read.seen) < _SOUNDS:
        return None
    return Because(named[0], named[2]) if named else Because(MASS_OFFER)


def unmask(text: str) -> tuple[str, bool]:
    """The text on one line as a reader sees it, and whether words in it were masked to get past a filter.

    One word of two alphabets is a slip of the keyboard, two are none.
    """
    shown = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) not in _UNSEEN)
    shown = _SPACED.sub(lambda match: match.group().replace(" ", ""), " ".join(shown.split()))
    masked = len(_HIDDEN.findall(text))

    def bare(match: re.Match[str]) -> str:
        nonlocal masked
        word = match.group().lower()
        if not _MIXED.fullmatch(word):
            return match.group()
        masked += 1
        return word.translate(_ALIKE)

    return _WORD.sub(bare, shown), masked > 1


def _signs(reading: Plain, seen: str) -> Iterator[tuple[str, int, str]]:
    """The signs in a text: the reason, the points and the piece of each. Links and English are read as they stand."""
    low = seen.lower()
    for code, points, pattern in _SIGNS:
        if match := pattern.search(reading.text):
            yield code, points, reading.quote(*match.span())
        elif match := pattern.search(low):
            yield code, points, seen[slice(*match.span())]
