"""Trains the model of triage and measures it on files it has never seen."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.core.verdict import Label, Language
from bot.triage.evidence import gather
from bot.triage.letters import fold
from bot.triage.model import (
    BITS,
    FACT_VALUE,
    LABELS,
    ROWS,
    TABLE,
    TOPICS,
    Model,
    chances_of,
    facts_of,
    letters_of,
    spread_of,
)
from bot.triage.topics import topics
from bot.triage.training.augment import break_up, retype
from bot.triage.training.corpus import ADDED, Intents, Sample
from bot.triage.windows import next_reading

_SEED = 11
_COPIES = 2
_FOLDS = 5  # of whole files; every second or third of a language's
_STRENGTH = 20.0
ALARMS = {
    Language.RU: (
        "срочно",
        "Срочно!",
        "СРОЧНО!!!",
        "горит",
        "asap",
        "помогите",
        "очень срочно",
        "это срочно",
        "help",
        "URGENT",
        "горим",
    ),
    Language.BG: (
        "спешно",
        "Спешно!",
        "СПЕШНО!!!",
        "веднага",
        "asap",
        "помощ",
        "много е спешно",
        "спешно е",
        "help",
        "URGENT",
        "гори",
    ),
}
_URGENT = LABELS.index(Label.URGENT)


@dataclass(frozen=True, slots=True)
class Row:
    """What the model sees of one text, and what it is to say; `intents` is None where nobody has told."""

    folded: str
    facts: frozenset[str]
    label: Label
    intents: Intents


def read_row(text: str, sent_at: datetime, label: Label, intents: Intents) -> Row:
    """The row of a text as the judge would see it."""
    evidence = gather(text, sent_at, next_reading(sent_at))
    return Row(fold(text, evidence.reading.language), evidence.facts | topics(text), label, intents)


def grow(samples: Sequence[Sample], chance: random.Random) -> Iterator[Row]:
    """The rows of the samples and of what other clients would have made of them.

    Copies come from other keyboards. Urgent and routine messages alike come with alarm words too, so that such words
    beside real content say nothing; and as bursts that begin with a greeting or with talk of something else.
    """
    openings = {
        language: [sample for sample in samples if sample.language is language and sample.label is Label.SOCIAL]
        for language in (Language.RU, Language.BG)
    }
    talk = {
        language: [sample for sample in samples if sample.language is language and sample.label is Label.ROUTINE]
        for language in (Language.RU, Language.BG)
    }
    for sample in samples:
        sent_at, label, intents = sample.sent_at, sample.label, sample.intents
        yield read_row(sample.text, sent_at, label, intents)
        for _ in range(_COPIES):
            yield read_row(retype(sample.text, sample.language, chance), sent_at, label, intents)
        if label in (Label.URGENT, Label.ROUTINE) and chance.random() < 0.3:
            alarm = chance.choice(ALARMS[sample.language])
            text = f"{alarm} {sample.text}" if chance.random() < 0.5 else f"{sample.text} {alarm}"
            yield read_row(text, sent_at, label, intents)
        if chance.random() < 0.1:
            yield read_row(break_up(sample.text, chance), sent_at, label, intents)
        if chance.random() < 0.15:
            others = openings if label is not Label.URGENT or chance.random() < 0.5 else talk
            other = chance.choice(others[sample.language])
            parts = [other.text, sample.text]
            if label is Label.URGENT:
                chance.shuffle(parts)
            if label is Label.SOCIAL:
                label = other.label
            yield read_row("\n".join(parts), sent_at, label, both(intents, other.intents))


def both(one: Intents, other: Intents) -> Intents:
    """What two messages want that are read as one."""
    return None if one is None or other is None else one | other


def rarity(rows: Sequence[Row]) -> NDArray[np.float32]:
    """How rare each bucket is: 1 + log of the share of rows without it (inverse document frequency)."""
    seen = np.zeros(1 << BITS)
    for row in rows:
        seen[np.unique(spread_of(row.folded))] += 1
    return (np.log((1 + len(rows)) / (1 + seen)) + 1).astype(np.float16).astype(np.float32)


def matrix(rows: Sequence[Row], rare: NDArray[np.float32]) -> csr_matrix:
    """Rows by buckets and facts."""
    places, values, ends = [], [], [0]
    for row in rows:
        found, weights = letters_of(row.folded, rare)
        facts = np.array(facts_of(row.facts), dtype=np.int64)
        places += [found, facts]
        values += [weights, np.full(len(facts), FACT_VALUE, np.float32)]
        ends.append(ends[-1] + len(found) + len(facts))
    return csr_matrix((np.concatenate(values), np.concatenate(places), ends), (len(rows), ROWS))


def fit(rows: Sequence[Row], heat: float = 1.0, threshold: float = 0.5) -> Model:
    """A model of the rows."""
    rare = rarity(rows)
    read = matrix(rows, rare)
    regression = LogisticRegression(C=_STRENGTH, max_iter=200, tol=1e-3)
    regression.fit(read, np.array([LABELS.index(row.label) for row in rows]))
    told = [at for at, row in enumerate(rows) if row.intents is not None]
    columns = [
        regression,
        *(_fit_topic(read[told], [topic in (rows[at].intents or ()) for at in told]) for topic in TOPICS),
    ]
    weights = np.concatenate([column.coef_ for column in columns]).T.astype(np.float32)
    bias = np.concatenate([column.intercept_ for column in columns]).astype(np.float32)
    return Model(weights, np.ones(len(bias), np.float32), bias, rare, heat, threshold)


def _fit_topic(read: csr_matrix, wanted: Sequence[bool]) -> LogisticRegression:
    return LogisticRegression(C=_STRENGTH, solver="liblinear", tol=1e-3).fit(read, wanted)


def odds_of(model: Model, rows: Iterable[Row]) -> NDArray[np.float32]:
    """The log-odds of each row's labels and topics."""
    return np.stack([model.odds(row.folded, row.facts) for row in rows])


def grow_files(samples: Sequence[Sample]) -> dict[str, list[Row]]:
    """The rows of each file, grown from its own samples alone: no word of a file gets into the rows of another."""
    files = sorted({sample.file for sample in samples})
    return {
        file: list(grow([sample for sample in samples if sample.file == file], random.Random(f"{_SEED} {file}")))
        for file in files
    }


def judge_unseen(samples: Sequence[Sample], grown: Mapping[str, Sequence[Row]]) -> dict[Sample, NDArray[np.float32]]:
    """The log-odds of each sample from a model that saw no message of its file; none for the files of `ADDED`."""
    odds: dict[Sample, NDArray[np.float32]] = {}
    files = [file for file in grown if file not in ADDED]
    for number in range(_FOLDS):
        hidden = frozenset(files[number::_FOLDS])
        model = fit([row for file, rows in grown.items() if file not in hidden for row in rows])
        own = [sample for sample in samples if sample.file in hidden]
        rows = [read_row(sample.text, sample.sent_at, sample.label, sample.intents) for sample in own]
        odds |= dict(zip(own, odds_of(model, rows), strict=True))
    return odds


def calibrate(unseen: Mapping[Sample, NDArray[np.float32]]) -> tuple[float, float]:
    """Heat and threshold from what `judge_unseen` gives."""
    every, truth = (
        np.stack(list(unseen.values()))[:, : len(LABELS)],
        np.array([LABELS.index(sample.label) for sample in unseen]),
    )
    heat = calibrated_heat(every, truth)
    urgent = chances_of(every, heat)[:, _URGENT]
    steps = np.linspace(0.2, 0.6, 41)
    return heat, float(max(steps, key=lambda step: f1(urgent >= step, truth == _URGENT)))


def calibrated_heat(odds: NDArray[np.float32], truth: NDArray[np.int_]) -> float:
    """The heat at which the odds surprise the least."""

    def surprise(heat: float) -> float:
        return -float(np.log(chances_of(odds, heat)[np.arange(len(truth)), truth] + 1e-9).mean())

    return float(minimize_scalar(surprise, bounds=(0.2, 5.0), method="bounded").x)


def f1(said: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    """The harmonic mean of precision and recall."""
    return float(2 * (said & true).sum() / max(1, said.sum() + true.sum()))


def train_triage(samples: Sequence[Sample], table: Path = TABLE) -> None:
    """Writes the model learned from the samples, calibrated on files that it had not seen."""
    grown = grow_files(samples)
    heat, threshold = calibrate(judge_unseen(samples, grown))
    model = fit([row for rows in grown.values() for row in rows])
    scale = np.abs(model.weights).max(axis=0) / 127
    steps = np.rint(model.weights / scale).astype(np.int8)
    steps[:, len(LABELS) :][np.abs(steps[:, len(LABELS) :]) <= 1] = 0  # of the topics' weights, a tenth of the file
    np.savez_compressed(
        table,
        weights=steps,
        scale=scale,
        bias=model.bias,
        rarity=model.rarity.astype(np.float16),
        heat=np.float32(heat),
        threshold=np.float32(threshold),
    )
