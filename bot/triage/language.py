"""Which of the two languages a text is written in, Cyrillic or Latin letters, and how sure that is.

Letters that only one of them has settle most Cyrillic texts; words and runs of letters settle the rest, Latin-letter
texts among them. One short word may belong to both: then the fluency is low and the thread's memory should win.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.core.verdict import Language
from bot.triage.letters import LINK, is_english, is_latin
from bot.triage.ngrams import buckets

TABLE = Path(__file__).with_name("language.npz")
BITS = 17
_WORD_WEIGHT = 3  # a whole word says more than a run of its letters
_SHORTEST, _LONGEST = 1, 5

_LETTER = re.compile(r"[A-Za-zА-Яа-яЁёЍѝ]")
_NOT_WORD = re.compile(r"[^a-zа-яёѝ46'\s]+")
_WORD = re.compile(r"[a-zа-яёѝ]+")

# Letters that the other alphabet does not have, and what one of them is worth in the log-odds of Russian. Bulgarian
# texts quote Russian names now and then, so none settles a long text alone. A ъ stands in Russian only before е ё ю я.
_ONLY_RUSSIAN = re.compile(r"[ыэё]")
_ONLY_BULGARIAN = re.compile(r"ѝ|ъ(?![еёюя])")
_LETTER_WEIGHT = 2.5


@dataclass(frozen=True, slots=True)
class Heard:
    """What a text sounds like. `fluency` is 0 where both languages are as likely and 1 where there is no doubt;
    `language` is None where the text holds no word of either.
    """

    language: Language | None
    fluency: float


SILENCE = Heard(None, 0.0)


def shape(text: str) -> str:
    """The text as the table of letter runs reads it: small letters and the signs that spell words, links left out."""
    return " ".join(_NOT_WORD.sub(" ", LINK.sub(" ", text.lower())).split())


def runs(shaped: str) -> NDArray[np.int64]:
    """The buckets of the table that a shaped text falls into."""
    letters = buckets(shaped, shortest=_SHORTEST, longest=_LONGEST, bits=BITS, words=False)
    words = buckets(shaped, shortest=1, longest=0, bits=BITS, words=True)
    return np.concatenate([letters, np.repeat(words, _WORD_WEIGHT)])


@cache
def _table() -> tuple[NDArray[np.float32], float]:
    with np.load(TABLE) as data:
        return data["weights"].astype(np.float32), float(data["bias"])


def hear(text: str) -> Heard:
    """Russian or Bulgarian, and how sure. Reads at most the first 600 letters: more do not change the answer."""
    shaped = shape(text[:600])
    words = _WORD.findall(shaped)
    if not words or not _LETTER.search(text):
        return SILENCE
    if is_latin(text) and is_english(text):
        return SILENCE
    odds = sum(_odds(shaped))
    fluency = math.tanh(abs(odds) / 2)  # 2p - 1 of the likelier language
    return Heard(Language.RU if odds > 0 else Language.BG, fluency)


def latin_language(text: str) -> Language | None:
    """In which language Latin letters are to be read; None where there are few of them, or nobody can tell."""
    return hear(text).language if is_latin(text) else None


def _odds(shaped: str) -> Iterator[float]:
    """Parts of the log-odds of Russian against Bulgarian."""
    weights, bias = _table()
    found = runs(shaped)
    yield float(weights[found].sum()) / math.sqrt(len(found)) + bias
    yield _LETTER_WEIGHT * len(_ONLY_RUSSIAN.findall(shaped))
    yield -_LETTER_WEIGHT * len(_ONLY_BULGARIAN.findall(shaped))
