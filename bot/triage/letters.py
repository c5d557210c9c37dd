"""Texts as triage reads them: small letters, one spelling, and Cyrillic even where the client typed Latin.

Clients write Russian and Bulgarian with Latin letters in many conventions (translit, шльокавица with 4, 6, q, w, y).
One reading of them all is enough: the model is trained on texts that went through the same reading, and the grammar of
deadlines is forgiving about the letters that no convention keeps apart (ь, ъ, й).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.verdict import Language

# Longest first: a reading takes the first key that fits. One table a language; where a convention is ambiguous the
# commoner one wins; `j` and `y` that close a syllable are й everywhere.
_SHARED = {
    "zh": "ж", "ch": "ч", "sh": "ш", "ts": "ц", "yu": "ю", "ju": "ю", "ya": "я", "ja": "я", "kh": "х",
    "a": "а", "b": "б", "v": "в", "g": "г", "d": "д", "e": "е", "z": "з", "i": "и", "k": "к", "l": "л", "m": "м",
    "n": "н", "o": "о", "p": "п", "r": "р", "s": "с", "t": "т", "u": "у", "f": "ф", "h": "х", "c": "ц", "x": "х",
    "4": "ч", "6": "ш", "q": "я",
}  # fmt: skip
READINGS: dict[Language, dict[str, str]] = {
    Language.BG: _SHARED | {"sht": "щ", "6t": "щ", "iu": "ю", "j": "ж", "y": "ъ", "w": "в"},
    Language.RU: _SHARED
    | {"shch": "щ", "sch": "щ", "yo": "е", "jo": "е", "ye": "е", "j": "ж", "y": "ы", "w": "щ", "'": ""},
}
_LONGEST = 4
_VOWELS = tuple("aeiouyq")

_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
# A word that Latin letters may spell: 4 and 6 are letters only between or beside at least two of them.
_LATIN_WORD = re.compile(r"(?=[46]*[A-Za-z][46]*[A-Za-z])[A-Za-z46](?:[A-Za-z46]|'(?=[A-Za-z]))*|[A-Za-z]")
_PICTURE = re.compile(r"[\u2600-\u27bf\u2b50\u2764\U0001f300-\U0001faff]|[:;=]-?[)(DPp]|^\s*[)(]+\s*$")
# Bounded, so that no text makes it slow.
LINK = re.compile(r"(?:https?://|www\.|t\.me/)\S+|[\w.+-]{1,64}@[\w-]{1,64}\.\S+", re.IGNORECASE)

# Abbreviations that keep their Latin shape in every text, so that tables can name them once; and English words that no
# Russian or Bulgarian word is spelled like.
_KEPT = frozenset((
    "eod", "cob", "eow", "asap", "msk", "utc", "gmt", "cet", "eet", "am", "pm",
    "down", "checkout", "payment", "payments", "broken", "error", "errors", "please", "pls", "urgent", "page",
    "website",
    "working", "crash", "crashed", "timeout", "failed", "failing", "everyone", "users", "customers", "hacked", "fix",
))  # fmt: skip
# The commonest words of English messages to a freelancer. A text with many of them is left in its own letters. Words
# that a Latin spelling of Russian or Bulgarian shares (do, on, no, site, server) do not count.
_ENGLISH_WORDS = """
the is are you your and of in it for that this with was have has not be can hello when what how why will would could
should there here from our they if but get got any all an does did been more just about hi hey thanks thank thx
please sorry see tomorrow today week next time now right again back still since everything nobody someone every
doesn't don't can't isn't won't i'm we're it's let's need needs want call send sent look looks great good perfect
most recent last fine got sounds morning day meeting button color change update live wrong price order orders people
buy buying lose losing money cost much work works open login after before connection refused exception traceback
unreachable critical fatal unavailable internal upstream resolved recovered warning deprecated backup finished
monitor emergency help happens going rush
"""
ENGLISH = _KEPT.union(_ENGLISH_WORDS.split())
_ENGLISH_SHARE = 0.4
# What machines write is English whatever its words.
_OF_A_MACHINE = re.compile(
    r"\b(?:ERROR|FATAL|CRITICAL|WARN|WARNING|INFO|Traceback|HTTP/\d|npm ERR|InstanceDown|Alertmanager|UptimeRobot)\b|"
    r"\w(?:Error|Exception|Warning)\b"
)
_ENGLISH_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in one spelling. `origin[i]` is where the letter `text[i]` stood in the client's own text."""

    text: str
    origin: tuple[int, ...]
    source: str
    language: Language

    def quote(self, start: int, end: int) -> str:
        """The client's own words behind `text[start:end]`, on one line."""
        if start >= end:
            return ""
        stop = self.origin[end] if end < len(self.origin) else len(self.source)
        return " ".join(self.source[self.origin[start] : stop].split())


def has_words(text: str) -> bool:
    """Whether anything is left to read when links are left out."""
    return any(letter.isalpha() for letter in LINK.sub(" ", text))


def has_picture(text: str) -> bool:
    """Whether the text shows an emoji or a smile of signs."""
    return _PICTURE.search(text) is not None


def is_latin(text: str) -> bool:
    """Whether the words of the text are spelled with Latin letters: links aside, fewer than a tenth are Cyrillic."""
    bare = LINK.sub(" ", text)
    latin, cyrillic = len(_LATIN.findall(bare)), len(_CYRILLIC.findall(bare))
    return latin > 0 and cyrillic * 9 < latin


def is_english(text: str) -> bool:
    """Whether so many words of the text are English that no other spelling is to be read into it.

    One word alone is not enough: «help» and «urgent» are what anybody writes.
    """
    if _OF_A_MACHINE.search(text):
        return True
    words = _ENGLISH_WORD.findall(LINK.sub(" ", text.lower().replace("’", "'")))
    return len(words) > 1 and sum(word in ENGLISH for word in words) >= _ENGLISH_SHARE * len(words)


def read_latin(word: str, language: Language) -> list[tuple[str, int]]:
    """One small-lettered Latin word as Cyrillic letters, each with its place in the word."""
    table, letters, at = READINGS[language], [], 0
    while at < len(word):
        for length in range(min(_LONGEST, len(word) - at), 0, -1):
            key = word[at : at + length]
            if key not in table:
                continue
            letter = table[key]
            if key in "jy" and at and word[at - 1] in _VOWELS and word[at + 1 : at + 2] not in _VOWELS:
                letter = "й"
            letters += [(part, at) for part in letter]
            at += length
            break
        else:
            letters.append((word[at], at))
            at += 1
    return letters


def plain(text: str, language: Language) -> Plain:
    """The text in small letters, without ё, ь and stress marks; Latin spelling read as Cyrillic in that language.

    Letters of words only change places where Latin letters are read; everything else keeps its length, so that a piece
    of the client's text can be quoted.
    """
    small = _small(text)
    if is_latin(text) and not is_english(text):
        pairs = list(_read_words(text, small, language))
    else:
        pairs = [(letter, place) for place, letter in enumerate(small) if letter not in _SILENT]
    spelled = "".join([letter for letter, _ in pairs])
    if "  " in spelled:
        pairs = [pair for pair, before in zip(pairs, "\0" + spelled, strict=False) if not pair[0] == before == " "]
        spelled = "".join([letter for letter, _ in pairs])
    return Plain(spelled, tuple([place for _, place in pairs]), text, language)


def _small(text: str) -> str:
    """The text in small letters and plain signs, letter for letter."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(letter.lower()[:1] for letter in text)
    return small.translate(_SAME)


def _read_words(text: str, small: str, language: Language) -> Iterator[tuple[str, int]]:
    """The letters of a text whose Latin words are read as Cyrillic, each with its place in the text."""
    at = 0
    while at < len(text):
        word = _LATIN_WORD.match(text, at)
        end = word.end() if word else at + 1
        if word and word.group().lower() not in _KEPT:
            yield from ((letter, at + offset) for letter, offset in read_latin(word.group().lower(), language))
        else:
            yield from ((small[place], place) for place in range(at, end) if small[place] not in _SILENT)
        at = end


# What no reader misses: soft signs, stress marks, soft hyphens.
_SILENT = frozenset("ьЬ\u0301\u0300\u00ad")
_SAME = str.maketrans(
    {
        "ё": "е",
        "ѝ": "и",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "–": "-",
        "—": "-",
        "−": "-",
        "’": "'",
        "\t": " ",
        "\r": " ",
    }
)

_DIGIT = re.compile(r"\d")
_RUN = re.compile(r"(.)\1{2,}", re.DOTALL)
_SPACE = re.compile(r"\s+")


def fold(text: str, language: Language) -> str:
    """The text as the model reads it: `plain`, links as one word, digits as 0, runs of a sign cut to two."""
    folded = plain(LINK.sub(" ссылка ", text), language).text
    return _SPACE.sub(" ", _RUN.sub(r"\1\1", _DIGIT.sub("0", folded))).strip()
