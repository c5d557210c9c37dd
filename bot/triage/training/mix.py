"""Fits how much each stage's word weighs, on messages that neither stage had seen."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.triage.encoder import Mix
from bot.triage.model import LABELS
from bot.triage.training.corpus import Sample
from bot.triage.training.triage import chances_of, f1

Odds = NDArray[np.float32]
# What the weights are drawn to where few messages speak: more of the encoder's word than of the letters'.
_PRIOR, _PULL = np.array([0.8, 0.4]), 0.02
_STEPS = np.linspace(0.25, 0.5, 26)


def fit_mix(first: Mapping[Sample, Odds], second: Sequence[tuple[Sample, Odds]]) -> Mix:
    """The weights that surprise the least, and the lowest threshold that loses at most 0.01 of F1: a missed harm costs
    more than a look. Below a quarter an alarm would be wrong three times of four.

    `first` and `second` are calibrated log-odds; only messages that both hold count.
    """
    both = [(first[sample], odds, LABELS.index(sample.label)) for sample, odds in second if sample in first]
    letters, read = (log_chances(np.stack([pair[place] for pair in both])) for place in (0, 1))
    truth = np.array([pair[2] for pair in both])

    def mixed(weights: NDArray[np.float64]) -> NDArray[np.float32]:
        return chances_of(np.asarray(weights[0] * read + weights[1] * letters, np.float32), 1.0)

    def surprise(weights: NDArray[np.float64]) -> float:
        said = mixed(weights)[np.arange(len(truth)), truth]
        return -float(np.log(said + 1e-9).mean()) + _PULL * float(((weights - _PRIOR) ** 2).sum())

    weights = minimize(surprise, _PRIOR, method="Nelder-Mead").x
    urgent = mixed(weights)[:, 0]
    scores = np.array([f1(urgent >= step, truth == 0) for step in _STEPS])
    threshold = float(_STEPS[scores >= scores.max() - 0.01][0])
    print(f"mix {weights.round(3)}, threshold {threshold:.3f}, F1 {scores.max():.3f} of {len(truth)} messages")
    return Mix(float(weights[0]), float(weights[1]), threshold)


def log_chances(odds: Odds) -> NDArray[np.float32]:
    """Log-odds as logarithms of probabilities, row by row."""
    return np.asarray(np.log(chances_of(odds, 1.0) + 1e-9), dtype=np.float32)
