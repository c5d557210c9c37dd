"""The second stage: a small transformer that reads a text as a whole, for what the letters leave open.

A fine-tuned intfloat/multilingual-e5-small (MIT), six layers in 8 bits, run by onnxruntime on one core. Where
onnxruntime is not installed the first stage judges alone.
"""

import json
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
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])


def spell(text: str) -> str:
    """The text as the encoder reads it: small letters, Latin spelling read as Cyrillic, one line."""
    read = plain(text, hear(text).language or Language.RU).text if is_latin(text) else text.lower()
    return " ".join(read.split())


class Session(Protocol):
    """What onnxruntime gives (it has no types of its own)."""

    def run(self, outputs: None, feed: dict[str, NDArray[np.generic]]) -> list[NDArray[np.float32]]:
        """The outputs of the network."""
        ...


@dataclass(frozen=True, slots=True)
class Encoder:
    """The loaded network. `vectors` are the pieces' vectors in blocks of 4 bits."""

    session: Session
    pieces: Pieces
    vectors: NDArray[np.uint8]
    heat: float

    @classmethod
    def load(cls) -> "Encoder | None":
        """The encoder, or None where onnxruntime is not installed."""
        if find_spec("onnxruntime") is None:
            return None
        runtime = import_module("onnxruntime")
        options = runtime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session: Session = runtime.InferenceSession(NETWORK, options, providers=["CPUExecutionProvider"])
        with np.load(VOCABULARY) as data:
            vocabulary = json.loads(data["text"].tobytes().decode())
            pieces = Pieces.of(
                vocabulary["pieces"], data["scores"].tolist(), vocabulary["alike"], vocabulary["penalty"]
            )
            return cls(session, pieces, data["vectors"], vocabulary["heat"])

    def chances(self, text: str) -> NDArray[np.float32]:
        """The probability of each label in the order of `model.LABELS`.

        A text too long to be read at once is read in pieces, and the most urgent of them speaks for it.
        """
        read = spell(text)
        chances = [
            self._read(read[at : at + _WINDOW]) for at in range(0, max(1, len(read) - _OVERLAP), _WINDOW - _OVERLAP)
        ]
        return max(chances, key=lambda row: float(row[0]))

    def _read(self, spelled: str) -> NDArray[np.float32]:
        cut = self.pieces.cut(spelled, LONGEST)
        feed: dict[str, NDArray[np.generic]] = {
            "vectors": self._widen(cut)[None],
            "places": np.arange(len(cut), dtype=np.int64),
            "mask": np.ones((1, len(cut)), np.float32),
        }
        odds = self.session.run(None, feed)[0][0] / self.heat
        powers = np.exp(odds - odds.max())
        return np.asarray(powers / powers.sum(), dtype=np.float32)

    def _widen(self, cut: list[int]) -> NDArray[np.float32]:
        read = self.vectors[cut].view(_BLOCK)
        values = np.concatenate([read["nibbles"] & 15, read["nibbles"] >> 4], axis=-1).astype(np.float32) - 8
        return (values * read["scale"].astype(np.float32)[..., None]).reshape(len(cut), -1)
