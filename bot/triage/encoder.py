"""The second stage: a small transformer that reads a text as a whole, for what the letters leave open.

A fine-tuned intfloat/multilingual-e5-small (MIT), twelve layers in 8 bits, run by onnxruntime on one core. Where
onnxruntime is not installed the first stage judges alone.
"""

import json
import re
from collections.abc import Set
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.core.verdict import Language
from bot.triage.language import hear
from bot.triage.letters import is_latin, plain
from bot.triage.pieces import Pieces

NETWORK = Path(__file__).with_name("encoder.onnx")
VOCABULARY = Path(__file__).with_name("encoder.npz")
LONGEST = 256
_WINDOW, _OVERLAP = 1000, 200  # letters; so many make fewer than 256 pieces nearly always
_LEAST = 1e-9
LINE_END = re.compile(r"\s*\n\s*")
# A clock time means nothing to a reader who does not know the hour: the grammar of deadlines tells the encoder.
HINTS: tuple[tuple[str, str], ...] = (
    ("due_in_two_hours", "срок сейчас: "),
    ("due_before_window", "срок скоро: "),
    ("due_half_a_day_on", "срок сегодня: "),
    ("due_next_working_day", "срок завтра: "),
    ("due_later", "срок потом: "),
)
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])


def spell(text: str) -> str:
    """The text as the encoder reads it: small letters, Latin spelling read as Cyrillic, lines parted by a stroke."""
    text = LINE_END.sub(" | ", text.strip())
    read = plain(text, hear(text).language or Language.RU).text if is_latin(text) else text.lower()
    return " ".join(read.split())


def hint_of(facts: Set[str]) -> str:
    """What the encoder is told of time before the text: how near the deadline is; nothing where there is none."""
    return next((hint for fact, hint in HINTS if fact in facts), "")


class Session(Protocol):
    """What onnxruntime gives (it has no types of its own)."""

    def run(self, outputs: None, feed: dict[str, NDArray[np.generic]]) -> list[NDArray[np.float32]]:
        """The outputs of the network."""
        ...


@dataclass(frozen=True, slots=True)
class Mix:
    """How much the encoder's and the first stage's logarithms weigh, and from which chance on a text is urgent."""

    encoder: float
    letters: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Encoder:
    """The loaded network. `vectors` are the pieces' vectors in blocks of 4 bits."""

    session: Session
    pieces: Pieces
    vectors: NDArray[np.uint8]
    heat: float
    mix: Mix

    @classmethod
    def load(cls) -> "Encoder | None":
        """The encoder, or None where onnxruntime is not installed."""
        if find_spec("onnxruntime") is None:
            return None
        runtime = import_module("onnxruntime")
        options = runtime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Training has joined the graph's steps already (`_write_network`): looking again costs 30 ms of the start.
        options.graph_optimization_level = runtime.GraphOptimizationLevel.ORT_DISABLE_ALL
        session: Session = runtime.InferenceSession(NETWORK, options, providers=["CPUExecutionProvider"])
        with np.load(VOCABULARY) as data:
            vocabulary = json.loads(data["text"].tobytes().decode())
            pieces = Pieces.of(
                vocabulary["pieces"], data["scores"].tolist(), vocabulary["alike"], vocabulary["penalty"]
            )
            return cls(session, pieces, data["vectors"], vocabulary["heat"], Mix(*vocabulary["mix"]))

    def odds(self, text: str, hint: str = "") -> NDArray[np.float32]:
        """The calibrated log-odds of each label in the order of `model.LABELS`; `hint` is what `hint_of` gives.

        A text too long to be read at once is read in pieces, and the most urgent of them speaks for it.
        """
        read = spell(text)
        odds = [
            self._read(hint + read[at : at + _WINDOW])
            for at in range(0, max(1, len(read) - _OVERLAP), _WINDOW - _OVERLAP)
        ]
        return max(odds, key=lambda row: float(row[0] - np.logaddexp.reduce(row)))

    def chances(self, text: str, hint: str = "") -> NDArray[np.float32]:
        """The probabilities that `odds` come to."""
        odds = self.odds(text, hint)
        return np.asarray(np.exp(odds - np.logaddexp.reduce(odds)), dtype=np.float32)

    def mixed(self, read: NDArray[np.float32], letters: NDArray[np.float32]) -> NDArray[np.float32]:
        """What the network's chances `read` and the first stage's `letters` come to together."""
        logs = self.mix.encoder * np.log(read + _LEAST) + self.mix.letters * np.log(letters + _LEAST)
        powers = np.exp(logs - logs.max())
        return np.asarray(powers / powers.sum(), dtype=np.float32)

    def _read(self, spelled: str) -> NDArray[np.float32]:
        cut = self.pieces.cut(spelled, LONGEST)
        feed: dict[str, NDArray[np.generic]] = {
            "vectors": self._widen(cut)[None],
            "places": np.arange(len(cut), dtype=np.int64),
            "mask": np.ones((1, len(cut)), np.float32),
        }
        return np.asarray(self.session.run(None, feed)[0][0] / self.heat, dtype=np.float32)

    def _widen(self, cut: list[int]) -> NDArray[np.float32]:
        read = self.vectors[cut].view(_BLOCK)
        values = np.concatenate([read["nibbles"] & 15, read["nibbles"] >> 4], axis=-1).astype(np.float32) - 8
        return (values * read["scale"].astype(np.float32)[..., None]).reshape(len(cut), -1)
