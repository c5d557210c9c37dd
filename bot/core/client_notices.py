"""What is to be said to a client, as data: each is one message, one reaction, one toast."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.calendar import Due
from bot.core.opinion import Outside
from bot.core.thread import Line
from bot.core.verdict import Language
from bot.core.wordless import Wordless


class Sign(StrEnum):
    """What a reaction says: seen and kept (the promise stands), or heard (nothing to answer)."""

    SEEN = "seen"
    HEARD = "heard"


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Received and saved; the answer comes by `due` (None: the desk has no window within a year).

    `passed_on`: the owner was told at once. `may_insist`: with the button "it can't wait". `wordless`: what came
    without a word, and is asked for one.
    """

    due: Due | None
    passed_on: bool = False
    may_insist: bool = True
    switch_to: Language | None = None
    wordless: Wordless | None = None


@dataclass(frozen=True, slots=True)
class WordsAsked:
    """What came without a word is kept, the promise stands as it was said: a line of text, if it cannot wait?"""

    wordless: Wordless
    may_insist: bool = True


@dataclass(frozen=True, slots=True)
class Reacted:
    message: str
    sign: Sign


@dataclass(frozen=True, slots=True)
class WhatAsked:
    """A bare "urgent!!!": what happens? With answers to tap."""

    insisted: bool


@dataclass(frozen=True, slots=True)
class SentenceAsked:
    """A stranger answered "what happens?" by a tap: would they say it in one sentence?"""


@dataclass(frozen=True, slots=True)
class PassedOn:
    """The owner was told at once; the promise stands as it was said."""


@dataclass(frozen=True, slots=True)
class BudgetSpent:
    """This week's "it can't wait" are used up; the promise stands."""

    limit: int
    due: datetime | None


@dataclass(frozen=True, slots=True)
class PromiseMoved:
    """The answer comes later than promised: by `due`. `late` when the old time had passed, else the desk changed.

    `moves` counts the times this promise was moved before: one apologises once.
    """

    due: Due
    late: bool
    moves: int = 0


@dataclass(frozen=True, slots=True)
class BeingHandled:
    """The owner is on it and writes by `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class AnswerRelayed:
    """The owner's answer, copied whole from the owner's chat."""

    source: str
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Welcomed:
    """First contact: who the owner is, when messages are read, where things go and why; with a button to agree.

    `switch_to` is the other language, offered with one tap while the client has not chosen.
    """

    agreed: bool
    switch_to: Language | None = None


@dataclass(frozen=True, slots=True)
class RulesAgreed:
    """Thanks under the rules, in place of the button (`message` is edited)."""

    message: str


@dataclass(frozen=True, slots=True)
class ZoneAsked:
    """In which time zone are you? With a button for each likely one, and how to name another."""

    known: str = ""
    misread: str = ""


@dataclass(frozen=True, slots=True)
class ZoneChosen:
    """From now on times are said in this zone (IANA name)."""

    zone: str


@dataclass(frozen=True, slots=True)
class LanguageAsked:
    """Which language? With a button for each."""


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """From now on in this language."""


@dataclass(frozen=True, slots=True)
class StatusTold:
    """What is open, and by when the answer comes."""

    count: int
    lines: tuple[Line, ...]
    due: datetime | None


@dataclass(frozen=True, slots=True)
class PrivacyTold:
    """What is stored of a client, where, for how long, who sees it; `outside` are the services that get some of it."""

    outside: tuple[Outside, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnerOnly:
    """A client tried a command of the owner's."""


@dataclass(frozen=True, slots=True)
class TapHeard:
    """The toast that ends the spinner of a client's button; `code` names its words, empty for none."""

    tap: str
    code: str = ""


ClientNotice = (
    Acknowledged | WordsAsked | Reacted | WhatAsked | SentenceAsked | PassedOn | BudgetSpent | PromiseMoved
    | BeingHandled | AnswerRelayed | Welcomed | RulesAgreed | LanguageAsked | LanguageChosen | ZoneAsked | ZoneChosen
    | StatusTold | PrivacyTold
    | OwnerOnly | TapHeard
)  # fmt: skip
