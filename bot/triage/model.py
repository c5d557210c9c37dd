"""The first stage: how likely each label and each topic is, from the letters and words of a text and the facts found.

One table of weights, one row a bucket of letter runs (see `ngrams`) and one a fact or a topic that words name; logistic
regressions, calibrated. It is made by `python -m bot.triage.training` and is read once.
"""

from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.core.kinds import BRIEF, BUG, CALL, ESTIMATE, FILE, INVOICE, STATUS
from bot.core.verdict import Label
from bot.triage.evidence import FACTS
from bot.triage.ngrams import buckets

TABLE = Path(__file__).with_name("model.npz")
LABELS: tuple[Label, ...] = (Label.URGENT, Label.ROUTINE, Label.SOCIAL, Label.CLAIMED)
TOPICS: tuple[str, ...] = (CALL, FILE, BRIEF, BUG, ESTIMATE, INVOICE, STATUS)
BITS = 18
_SHORTEST, _LONGEST = 2, 5
# What one fact weighs beside all the letters of a text, whose weights together have the length 1.
FACT_VALUE = 0.35
# The topics that words name (`topics`) are facts too.
_PLACES = {name: place for place, name in enumerate((*FACTS, *TOPICS))}
ROWS = (1 << BITS) + len(_PLACES)
Numbers = NDArray[np.float32]


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
class Guess:
    """What a stage makes of a text: the probability of each of `LABELS`, which sum to 1, and of each of `TOPICS`."""

    labels: Numbers
    topics: Numbers


def chances_of(odds: Numbers, heat: float) -> Numbers:
    """The probabilities of log-odds that leave one another out, in the last axis."""
    powers = np.exp((odds - odds.max(axis=-1, keepdims=True)) / heat)
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)


def chance_of(odds: Numbers) -> Numbers:
    """The probability of each log-odds by itself."""
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the four labels in the order of `LABELS`, then of the topics in that of `TOPICS`, as they are stored:
    in steps of a size that each column has its own (`scale`).

    `heat` flattens the odds of the labels so that they are honest; `threshold` is the probability from which on a text
    is urgent.
    """

    weights: NDArray[np.int8] | Numbers
    scale: Numbers
    bias: Numbers
    rarity: Numbers
    heat: float
    threshold: float

    @classmethod
    def load(cls, path: Path = TABLE) -> "Model":
        """The model as trained; raises OSError where its file is missing."""
        with np.load(path) as data:
            rarity = data["rarity"].astype(np.float32)
            heat, threshold = float(data["heat"]), float(data["threshold"])
            return cls(data["weights"], data["scale"], data["bias"], rarity, heat, threshold)

    def odds(self, folded: str, facts: Set[str]) -> Numbers:
        """The log-odds of each label and each topic, before calibration."""
        found, values = letters_of(folded, self.rarity)
        odds = values @ self.weights[found].astype(np.float32)
        odds += FACT_VALUE * self.weights[facts_of(facts)].sum(axis=0, dtype=np.float32)
        return np.asarray(odds * self.scale + self.bias, dtype=np.float32)

    def guess(self, folded: str, facts: Set[str]) -> Guess:
        """The calibrated probabilities."""
        odds = self.odds(folded, facts)
        return Guess(chances_of(odds[: len(LABELS)], self.heat), chance_of(odds[len(LABELS) :]))
