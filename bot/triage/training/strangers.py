"""The first messages of strangers that `spam` is trained and measured on.

`corpus_spam` was written for this: offers that go out by the thousand, and genuine first words that look like them,
topic by topic. Whole topics are held out; the shipped table never sees them.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.core.verdict import Because
from bot.triage.training.corpus import Sample

FOLDER = Path(__file__).with_name("corpus_spam")
_TOPICS = ("ru", "bg", "en")  # files with topics; those of `strangers` have none
# Drawn by lot from the first thirty topics, before anything was measured.
HELD_TOPICS = frozenset((
    "adult", "counterfeit", "courses", "documents", "drugs", "followers", "gambling", "income", "loans", "prizes",
    "realestate", "support",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letter:
    """A first message of somebody unknown. `topic` is "" where none was noted, `held` whether it is only judged."""

    text: str
    spam: bool
    topic: str
    held: bool


def read_letters(folder: Path = FOLDER) -> tuple[Letter, ...]:
    """Every first message that has a topic, file by file."""
    rows = (json.loads(line) for file in _TOPICS for line in (folder / f"{file}.jsonl").read_text("utf-8").splitlines())
    return tuple(Letter(row["text"], row["spam"], row["topic"], row["topic"] in HELD_TOPICS) for row in rows)


def read_strangers(folder: Path = FOLDER) -> tuple[Letter, ...]:
    """The first messages that the table of signs was written by. Only the clients among them are learned from."""
    rows = map(json.loads, (folder / "strangers.jsonl").read_text("utf-8").splitlines())
    return tuple(Letter(row["text"], row["spam"], "", row["held"]) for row in rows)


def letters_learned_from() -> tuple[Letter, ...]:
    """What may be learned from: the letters of topics that are not held out, and the clients among the strangers."""
    clients = (each for each in read_strangers() if not each.spam)
    return tuple(each for each in (*read_letters(), *clients) if not each.held)


def check_spam(samples: Iterable[Sample], find_spam: Callable[[str], Because | None]) -> dict[str, float]:
    """The share of spam found on held-out topics, and the shares of clients and of the samples left alone."""
    held = [each for each in read_letters() if each.held]
    return {
        "found": _share(find_spam(each.text) is not None for each in held if each.spam),
        "clients_kept": _share(find_spam(each.text) is None for each in held if not each.spam),
        "corpus_kept": _share(find_spam(sample.text) is None for sample in samples),
    }


def _share(kept: Iterable[bool]) -> float:
    said = list(kept)
    return sum(said) / len(said)
