"""What triage says of an item, as data: a label, how sure it is, the deadline it read, and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Language(StrEnum):
    """The languages the gate speaks. Clients are spoken to in ru or bg; the owner may choose en as well."""

    RU = "ru"
    BG = "bg"
    EN = "en"


class Label(StrEnum):
    """The four verdicts of PRODUCT.md."""

    URGENT = "urgent"
    ROUTINE = "routine"
    SOCIAL = "social"
    CLAIMED = "claimed"


@dataclass(frozen=True, slots=True)
class Because:
    """One reason behind a verdict or a decision.

    `code` names the reason (`wording` has its words in every language the owner may read); `detail` is a piece of the
    client's own text or an ISO time that the words refer to, empty where they need none. `count` is how many lessons
    of the owner's stand behind it (`lessons`).
    """

    code: str
    detail: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What triage says of one item.

    `score` is the calibrated probability that the item is urgent, 0..1; from `threshold` on it counts as urgent.
    `language` is what the text is written in, ru or bg, None where the text does not tell (a number, an emoji);
    `fluency` is how sure that is, 0..1. `deadline` is an aware moment, None where the text names none. `topics` are the
    kinds of things it is (`core.kinds`), sorted. `certain`: the grammar of time binds it to a near deadline, and nobody
    else's opinion is asked. `spam` is why a stranger's text is a mass offer or link spam, None where it is none or its
    writer is known.
    """

    label: Label
    score: float
    language: Language | None = None
    fluency: float = 0.0
    deadline: datetime | None = None
    because: tuple[Because, ...] = ()
    topics: tuple[str, ...] = ()
    certain: bool = False
    threshold: float = 0.5
    spam: Because | None = None
