"""Trains the table that hears mass offers of any topic; see `strangers` for what it learns from."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.triage.pitch import BITS, TABLE, values_of
from bot.triage.spam import read_signs
from bot.triage.training.corpus import Sample
from bot.triage.training.strangers import read_letters, read_strangers

_FOLDS = 5  # of whole topics and whole files
_STRENGTH = 10.0
# The corpus of conversations is large, and few of its messages are anybody's first.
_CORPUS_WEIGHT = 0.5
# Of genuine first words, at most this share may be above the threshold; of the corpus nothing.
_CLIENTS_LOST = 0.01


@dataclass(frozen=True, slots=True)
class _Row:
    folded: str
    points: int
    spam: bool
    judged: bool
    group: str
    weight: float


def train_spam(samples: tuple[Sample, ...], table: Path = TABLE) -> None:
    """Writes the table, its threshold set by cross-validation over topics and files."""
    rows = [_read(each.text, spam=False, group=each.file, weight=_CORPUS_WEIGHT) for each in samples]
    rows += [_read(each.text, spam=each.spam, group=each.topic) for each in read_letters() if not each.held]
    clients = [each for each in read_strangers() if not each.held and not each.spam]
    rows += [_read(each.text, spam=False, group=f"strangers {at % _FOLDS}") for at, each in enumerate(clients)]
    values = _matrix(rows)
    model = _fit(values, rows)
    weights = model.coef_[0]
    scale = np.abs(weights).max() / 127
    np.savez_compressed(
        table,
        weights=np.round(weights / scale).astype(np.int8),
        scale=np.float32(scale),
        bias=np.float32(model.intercept_[0] - _threshold(values, rows, model.decision_function(values))),
    )


def _read(text: str, *, spam: bool, group: str, weight: float = 1.0) -> _Row:
    read = read_signs(text)
    return _Row(read.folded, read.points, spam, read.doubtful, group, weight)


def _fit(values: csr_matrix, rows: Sequence[_Row]) -> LogisticRegression:
    model = LogisticRegression(C=_STRENGTH, max_iter=300, tol=1e-3)
    return model.fit(values, [row.spam for row in rows], sample_weight=[row.weight for row in rows])


def _threshold(values: csr_matrix, rows: Sequence[_Row], learned: NDArray[np.float64]) -> float:
    """The lowest odds that take no message of the corpus for spam, next to no genuine stranger of a topic left out, and
    none whose words were learned, with the odds `learned`.
    """
    folds = np.array([zlib.crc32(row.group.encode()) % _FOLDS for row in rows])
    odds = np.zeros(len(rows))
    for fold in range(_FOLDS):
        others = np.flatnonzero(folds != fold).tolist()
        model = _fit(values[others], [rows[at] for at in others])
        odds[folds == fold] = model.decision_function(values[folds == fold])
    judged = np.array([row.judged and not row.spam for row in rows])
    corpus = np.array([row.weight == _CORPUS_WEIGHT for row in rows])
    strangers = np.array([not row.spam for row in rows]) & ~corpus
    clients = np.sort(np.where(judged, odds, -np.inf)[strangers])
    return float(
        max(odds[corpus & judged].max(), clients[-1 - int(_CLIENTS_LOST * len(clients))], learned[judged].max())
    )


def _matrix(rows: Sequence[_Row]) -> csr_matrix:
    pairs = [values_of(row.folded, row.points) for row in rows]
    places: list[NDArray[np.int64]] = [places for places, _ in pairs]
    ends = np.concatenate([[0], np.cumsum([len(place) for place in places])])
    return csr_matrix(
        (np.concatenate([value for _, value in pairs]), np.concatenate(places), ends), (len(rows), (1 << BITS) + 1)
    )
