"""How much a text sounds like what is sent by the thousand, from its letters and words, whatever it is about.

One row of weights, one a bucket of letter runs (see `ngrams`), and one for the points of the table of signs; a logistic
regression, made by `python -m bot.triage.training` and read once. It hears what the table has no stem for.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.core.verdict import Language
from bot.triage.letters import fold
from bot.triage.ngrams import buckets

TABLE = Path(__file__).with_name("spam.npz")
BITS = 15
_SHORTEST, _LONGEST = 1, 5
# What the points of the table weigh beside all the letters of a text, whose weights together have the length 1.
_POINTS_VALUE, _MOST_POINTS = 0.3, 4
# A telling piece is up to so many words.
_PIECE = 4
_WORD = re.compile(r"\S+")


def spread_of(folded: str) -> NDArray[np.int64]:
    """The buckets of a folded text, repeats included."""
    return buckets(folded, shortest=_SHORTEST, longest=_LONGEST, bits=BITS, words=True)


def values_of(folded: str, points: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The rows of a folded text, the points of the table last, and their values: 1 + log of the count, of length 1."""
    found, counts = np.unique(spread_of(folded), return_counts=True)
    values = 1 + np.log(counts)
    values /= float(np.sqrt((values * values).sum())) or 1.0
    weighed = _POINTS_VALUE * min(points, _MOST_POINTS) / _MOST_POINTS
    return np.append(found, 1 << BITS), np.append(values, weighed).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Pitch:
    """The weights; `bias` has the threshold in it, so that a text of odds above 0 is spam."""

    weights: NDArray[np.float32]
    bias: float

    def odds(self, folded: str, points: int) -> float:
        """The log-odds of a folded text that has so many points of the table, counted from the threshold."""
        rows, values = values_of(folded, points)
        return float(values @ self.weights[rows]) + self.bias

    def telling(self, text: str, language: Language) -> str:
        """The words beside each other that speak loudest for spam, as they stand in the text; "" where none do."""
        words = [match.span() for match in _WORD.finditer(text)]
        weights = (float(self.weights[spread_of(fold(text[slice(*span)], language))].sum()) for span in words)
        sums = list(accumulate(weights, initial=0.0))
        runs = [(at, to) for at in range(len(words)) for to in range(at + 1, min(at + _PIECE, len(words)) + 1)]
        at, to = max(runs, key=lambda run: sums[run[1]] - sums[run[0]], default=(0, 0))
        return text[words[at][0] : words[to - 1][1]] if sums[to] > sums[at] else ""


@cache
def load_pitch() -> Pitch:
    """The table as trained; raises OSError where its file is missing."""
    with np.load(TABLE) as data:
        return Pitch(data["weights"].astype(np.float32) * data["scale"], float(data["bias"]))
