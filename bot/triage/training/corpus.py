"""The messages that triage learns from, and which of them it must never learn from."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.core.verdict import Label, Language

FOLDER = Path(__file__).with_name("corpus")
# Held out by file: other authors, other trades. The shipped tables never see them, so their figures stay checkable.
# Clients of freelancers; such whose tone hides what they mean, written by others when all the rest was there; customers
# of a telecom, a bank and a courier; bursts of freelancers' clients.
HELD_OUT = {
    "clients": ("ru_e", "bg_d"),
    "masked": ("ru_u", "bg_u"),
    "services": ("ru_s", "bg_s"),
    "bursts": ("ru_t", "bg_t"),
}
_NEVER_LEARNED = frozenset(file for files in HELD_OUT.values() for file in files)
# Written where errors clustered: alarm words beside real content, English, log lines, bursts, Latin letters, and the
# customers of a telecom, a bank and a courier.
ADDED = ("ru_f", "ru_g", "bg_e", "bg_f")
# What a reader found a message to want (`model.TOPICS`); None where nobody has looked.
Intents = frozenset[str] | None
ZONES = {Language.RU: ZoneInfo("Europe/Moscow"), Language.BG: ZoneInfo("Europe/Sofia")}


@dataclass(frozen=True, slots=True)
class Sample:
    """One message of the corpus. Times are aware, in the zone of the message's language."""

    text: str
    sent_at: datetime
    label: Label
    category: str
    deadline: datetime | None
    intents: Intents
    language: Language
    file: str


def read_corpus(folder: Path = FOLDER) -> tuple[Sample, ...]:
    """Every message, file by file in the order of their names."""
    return tuple(sample for path in sorted(folder.glob("*.jsonl")) for sample in _read_file(path))


def learned_from(samples: tuple[Sample, ...]) -> tuple[Sample, ...]:
    """The samples that may be learned from."""
    return tuple(sample for sample in samples if sample.file not in _NEVER_LEARNED)


def held_out(samples: tuple[Sample, ...], group: str = "clients") -> tuple[Sample, ...]:
    """The samples of a group of `HELD_OUT`, which may only be judged."""
    return tuple(sample for sample in samples if sample.file in HELD_OUT[group])


def _read_file(path: Path) -> list[Sample]:
    language = Language(path.stem[:2])
    samples = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        samples.append(
            Sample(
                text=row["text"],
                sent_at=_moment(row["sent_at"], language),
                label=Label(row["label"]),
                category=row["category"],
                deadline=_moment(row["deadline"], language) if row["deadline"] else None,
                intents=frozenset(row["intents"]) if "intents" in row else None,
                language=language,
                file=path.stem,
            )
        )
    return samples


def _moment(text: str, language: Language) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONES[language])
