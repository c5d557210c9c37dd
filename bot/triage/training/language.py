"""Trains the table that tells Russian from Bulgarian."""

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.core.verdict import Language
from bot.triage.language import BITS, TABLE, hear, runs, shape
from bot.triage.letters import is_english
from bot.triage.training.augment import SPELLINGS, slip, spell_latin
from bot.triage.training.corpus import Sample

_SEED = 7
_ROUNDS = 3  # each cuts and spells the texts otherwise


def train_language(samples: tuple[Sample, ...], table: Path = TABLE) -> None:
    """Writes the table learned from pieces of 1 to 12 words of the samples, in both alphabets."""
    rows, labels = [], []
    for piece, language in _pieces(samples, random.Random(_SEED)):
        rows.append(runs(shape(piece)))
        labels.append(language is Language.RU)
    model = LogisticRegression(C=30.0, max_iter=400, tol=1e-4)
    model.fit(_matrix(rows), np.array(labels))
    np.savez_compressed(table, weights=model.coef_[0].astype(np.float16), bias=np.float32(model.intercept_[0]))


def check_language(samples: tuple[Sample, ...]) -> dict[str, float]:
    """How often the language of held-out texts is heard rightly: whole, and cut into pieces of three words."""
    whole = [hear(sample.text).language is sample.language for sample in samples if len(sample.text.split()) >= 3]
    threes, latin = [], []
    for sample in samples:
        words = sample.text.split()
        for at in range(0, len(words) - 2, 3):
            piece = " ".join(words[at : at + 3])
            if sum("а" <= letter <= "я" for letter in piece.lower()) > 8:
                threes.append(hear(piece).language is sample.language)
                spelling = SPELLINGS[sample.language][at % len(SPELLINGS[sample.language])]
                latin.append(hear(spell_latin(piece, spelling)).language is sample.language)
    return {"messages": float(np.mean(whole)), "three words": float(np.mean(threes)), "latin": float(np.mean(latin))}


def _pieces(samples: tuple[Sample, ...], chance: random.Random) -> Iterator[tuple[str, Language]]:
    for sample in samples * _ROUNDS:
        if is_english(sample.text):
            continue
        words = sample.text.split()
        at = 0
        while at < len(words):
            size = chance.choice((1, 2, 3, 3, 4, 6, 9, 12))
            piece = " ".join(words[at : at + size])
            at += size
            kind = chance.random()
            if kind < 0.35:
                piece = spell_latin(piece, chance.choice(SPELLINGS[sample.language]))
            elif kind < 0.5:
                piece = slip(piece, chance, 0.04)
            if shape(piece):
                yield piece, sample.language


def _matrix(rows: list[np.ndarray]) -> csr_matrix:
    """Counts over the square root of their number, as `hear` weighs them."""
    sizes = np.array([len(row) for row in rows])
    values = np.repeat(1 / np.sqrt(sizes), sizes).astype(np.float32)
    return csr_matrix((values, np.concatenate(rows), np.concatenate([[0], np.cumsum(sizes)])), (len(rows), 1 << BITS))
