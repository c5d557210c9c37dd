"""The model: how likely each label is, from the letters and words of a text and the facts found in it.

One table of weights, one row a bucket of letter runs (see `ngrams`) and one a fact; a logistic regression, calibrated.
It is made by `python -m bot.triage.training` and is read once.
"""

from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.core.verdict import Label
from bot.triage.evidence import FACTS
from bot.triage.ngrams import buckets

TABLE = Path(__file__).with_name("model.npz")
LABELS: tuple[Label, ...] = (Label.URGENT, Label.ROUTINE, Label.SOCIAL, Label.CLAIMED)
BITS = 18
_SHORTEST, _LONGEST = 2, 5
# What one fact weighs beside all the letters of a text, whose weights together have the length 1.
FACT_VALUE = 0.35
_PLACES = {name: place for place, name in enumerate(FACTS)}


def spread_of(folded: str) -> NDArray[np.int64]:
    """The buckets of a folded text, repeats included."""
    return buckets(folded, shortest=_SHORTEST, longest=_LONGEST, bits=BITS, words=True)


def letters_of(folded: str, rarity: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The buckets of a folded text and their values: 1 + log of the count, times the rarity, of length 1 together."""
    found, counts = np.unique(spread_of(folded), return_counts=True)
    values = (1 + np.log(counts)).astype(np.float32) * rarity[found]
    length = float(np.sqrt((values * values).sum()))
    return found, values / length if length else values


def facts_of(facts: Set[str]) -> list[int]:
    """The rows of facts, after those of the buckets."""
    return [(1 << BITS) + _PLACES[name] for name in sorted(facts) if name in _PLACES]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the four labels in the order of `LABELS`.

    `heat` flattens the odds so that they are honest; `threshold` is the probability from which on a text is urgent.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    rarity: NDArray[np.float32]
    heat: float
    threshold: float

    @classmethod
    def load(cls, path: Path = TABLE) -> "Model":
        """The model as trained; raises OSError where its file is missing."""
        with np.load(path) as data:
            weights = data["weights"].astype(np.float32) * data["scale"]
            return cls(
                weights, data["bias"], data["rarity"].astype(np.float32), float(data["heat"]), float(data["threshold"])
            )

    def odds(self, folded: str, facts: Set[str]) -> NDArray[np.float32]:
        """The log-odds of each label, before calibration."""
        found, values = letters_of(folded, self.rarity)
        odds = values @ self.weights[found] + self.bias
        rows = facts_of(facts)
        return np.asarray(odds + FACT_VALUE * self.weights[rows].sum(axis=0), dtype=np.float32)

    def chances(self, folded: str, facts: Set[str]) -> dict[Label, float]:
        """The calibrated probability of each label; they sum to 1."""
        odds = self.odds(folded, facts) / self.heat
        powers = np.exp(odds - odds.max())
        return dict(zip(LABELS, (powers / powers.sum()).tolist(), strict=True))
