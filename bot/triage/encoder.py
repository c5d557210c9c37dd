"""The second stage: a small transformer that reads a text as a whole, for what the letters leave open.

A fine-tuned intfloat/multilingual-e5-small (MIT), twelve layers in 8 bits, run by onnxruntime on one core. Where
onnxruntime is not installed the first stage judges alone.
"""

import json
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.core.kinds import BRIEF, BUG
from bot.core.verdict import Language
from bot.triage.language import hear
from bot.triage.letters import is_latin, plain
from bot.triage.model import LABELS, TOPICS, Guess, Numbers, chance_of, chances_of
from bot.triage.pieces import Pieces

NETWORK = Path(__file__).with_name("encoder.onnx")
VOCABULARY = Path(__file__).with_name("encoder.npz")
LONGEST = 256
_WINDOW, _OVERLAP = 1000, 200  # letters; so many make fewer than 256 pieces nearly always
_LEAST = 1e-9
# The network's columns: the labels, the topics, and how much the text is a mass offer.
COLUMNS = len(LABELS) + len(TOPICS) + 1
_TOPICS = slice(len(LABELS), -1)
# From this chance on a text asks for work or reports a fault, whatever it sounds like. Of 401 genuine first words 3
# were taken for spam without it and none with it; of 91 offers on topics nobody had learned from 55 and 45 were found.
_ASKS = 0.7
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

    def run(self, outputs: None, feed: dict[str, NDArray[np.generic]]) -> list[Numbers]:
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

    def guess(self, text: str, hint: str = "") -> Guess:
        """What the network makes of a text; `hint` is what `hint_of` gives.

        A text too long to be read at once is read in pieces, and the most urgent of them speaks for its label.
        """
        rows = np.stack([self._read(hint + piece) for piece in _pieces(spell(text))])
        labels = chances_of(rows[:, : len(LABELS)], self.heat)
        return Guess(labels[labels[:, 0].argmax()], chance_of(rows[:, _TOPICS].max(axis=0)))

    def spam(self, text: str) -> float:
        """The probability that the beginning of a text is that of a mass offer; 0 where it asks for work or reports a
        fault, for a client that trades in what spammers praise must not be lost.
        """
        row = self._read(next(_pieces(spell(text))))
        asks = chance_of(row[_TOPICS][[TOPICS.index(BRIEF), TOPICS.index(BUG)]]).max() >= _ASKS
        return 0.0 if asks else float(chance_of(row[-1:])[0])

    def mixed(self, read: Guess, letters: Guess) -> Guess:
        """What the network and the first stage make of a text together."""
        logs = self.mix.encoder * np.log(read.labels + _LEAST) + self.mix.letters * np.log(letters.labels + _LEAST)
        topics = np.asarray((read.topics + letters.topics) / 2, dtype=np.float32)
        return Guess(chances_of(logs, 1.0), topics)

    def _read(self, spelled: str) -> Numbers:
        cut = self.pieces.cut(spelled, LONGEST)
        feed: dict[str, NDArray[np.generic]] = {
            "vectors": self._widen(cut)[None],
            "places": np.arange(len(cut), dtype=np.int64),
            "mask": np.ones((1, len(cut)), np.float32),
        }
        row: Numbers = self.session.run(None, feed)[0][0]
        return row

    def _widen(self, cut: list[int]) -> Numbers:
        read = self.vectors[cut].view(_BLOCK)
        values = np.concatenate([read["nibbles"] & 15, read["nibbles"] >> 4], axis=-1).astype(np.float32) - 8
        return (values * read["scale"].astype(np.float32)[..., None]).reshape(len(cut), -1)


def _pieces(spelled: str) -> Iterator[str]:
    """A spelled text in pieces that the network can read at once, which overlap."""
    for at in range(0, max(1, len(spelled) - _OVERLAP), _WINDOW - _OVERLAP):
        yield spelled[at : at + _WINDOW]
