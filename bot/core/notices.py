"""What is to be said, to whom, as data. The words come later, in the reader's language (`wording`).

Every notice is one act of a channel: one message sent, edited or copied, one reaction, one toast. `TO_OWNER` notices go
to the owner, all others to the client whom the decision is about.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import get_args

from bot.core.calendar import Due
from bot.core.thread import Line
from bot.core.verdict import Because, Language


class Sign(StrEnum):
    """What a reaction says: seen and kept (the promise stands), or heard (nothing to answer)."""

    SEEN = "seen"
    HEARD = "heard"


# To the client


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Received and saved; the answer comes by `due` (None: the desk has no window within a year).

    `passed_on`: the owner was told at once. `may_insist`: with the button "it can't wait".
    """

    due: Due | None
    passed_on: bool = False
    may_insist: bool = True
    switch_to: Language | None = None


@dataclass(frozen=True, slots=True)
class Reacted:
    message: str
    sign: Sign


@dataclass(frozen=True, slots=True)
class WhatAsked:
    """A bare "urgent!!!": what happens? With answers to tap."""

    insisted: bool


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
class OwnerOnly:
    """A client tried a command of the owner's."""


@dataclass(frozen=True, slots=True)
class TapHeard:
    """The toast that ends the spinner of a client's button; `code` names its words, empty for none."""

    tap: str
    code: str = ""


# To the owner


@dataclass(frozen=True, slots=True)
class AlarmRaised:
    """Something cannot wait. `repeat` counts the rings before this one."""

    client: str
    name: str
    item: int
    at: datetime
    text: str
    because: tuple[Because, ...]
    deadline: datetime | None
    due: datetime | None
    earlier: tuple[Line, ...] = ()
    repeat: int = 0


@dataclass(frozen=True, slots=True)
class MessagesShown:
    """Messages of a client, copied whole into the owner's chat; `rings` when they belong to an open alarm."""

    client: str
    messages: tuple[str, ...]
    rings: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """One client's row of the digest."""

    client: str
    name: str
    count: int
    since: datetime | None
    lines: tuple[Line, ...]
    due: datetime | None
    alarm_at: datetime | None = None
    deadline: datetime | None = None
    snoozed_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DigestShown:
    """A page of the digest, asked for or `by_itself` at a window's start; in place of message `edits` when turning."""

    at: datetime
    rows: tuple[Waiting, ...]
    page: int
    pages: int
    clients: int
    items: int
    edits: str = ""
    by_itself: bool = False


@dataclass(frozen=True, slots=True)
class AlarmsShown:
    """The open urgent items, oldest first."""

    at: datetime
    rows: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class FolderOpened:
    """What waits in one client's folder, with times and words; media follow as copies."""

    client: str
    name: str
    lines: tuple[Line, ...]
    due: datetime | None
    language: Language


@dataclass(frozen=True, slots=True)
class AnswerPrompted:
    """Write the answer as a reply to this."""

    client: str
    name: str


@dataclass(frozen=True, slots=True)
class WhomAsked:
    """The owner wrote without replying to anything: for whom is it?"""

    message: str
    choices: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class AnswerTaken:
    """A quiet tick on the owner's answer: it is on its way, and by its `sign` nothing more is owed."""

    message: str


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Something could not reach the client: they blocked the bot, or the channel refused it."""

    client: str
    name: str
    blocked: bool


@dataclass(frozen=True, slots=True)
class PromiseLapsed:
    """A promise passed unanswered and was moved; the client was told."""

    client: str
    name: str
    due: datetime
    count: int


@dataclass(frozen=True, slots=True)
class AwaySet:
    """The owner reads nothing from `start` to `end`, both inclusive."""

    start: date
    end: date
    reason: str
    moved: int


@dataclass(frozen=True, slots=True)
class AwayEnded:
    """Back; `was_away` False where there was nothing to end."""

    was_away: bool


@dataclass(frozen=True, slots=True)
class CommandMisread:
    """A command could not be understood: `code` says what was wrong, `detail` quotes it."""

    command: str
    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Helped:
    """What the owner can say to the gate."""


@dataclass(frozen=True, slots=True)
class LetterBuried:
    """An update could not be handled and was set aside in its raw form."""

    event: str


@dataclass(frozen=True, slots=True)
class TapDone:
    """The toast under the owner's button; `code` names its words, `until` a moment that they mention."""

    tap: str
    code: str
    until: datetime | None = None
    detail: str = ""


ClientNotice = (
    Acknowledged | Reacted | WhatAsked | PassedOn | BudgetSpent | PromiseMoved | BeingHandled | AnswerRelayed
    | Welcomed | RulesAgreed | LanguageAsked | LanguageChosen | StatusTold | OwnerOnly | TapHeard
)  # fmt: skip
OwnerNotice = (
    AlarmRaised | MessagesShown | DigestShown | AlarmsShown | FolderOpened | AnswerPrompted | WhomAsked | AnswerTaken
    | Undelivered | PromiseLapsed | AwaySet | AwayEnded | CommandMisread | Helped | LetterBuried | TapDone
)  # fmt: skip
Notice = ClientNotice | OwnerNotice
TO_OWNER: tuple[type, ...] = get_args(OwnerNotice)

# What goes before everything else on its way out.
URGENT: tuple[type, ...] = (AlarmRaised, TapHeard, TapDone)
# What must not be said twice when it is unknown whether the first try arrived; answers and alarms are worth the risk.
SAID_ONCE: tuple[type, ...] = (Acknowledged, PassedOn, WhatAsked, BudgetSpent, PromiseMoved, BeingHandled, Reacted)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A notice on its way. `id` (`<event>:<n>`) never changes; `to` is an address; `client` is whom it is about."""

    id: str
    desk: str
    to: str
    notice: Notice
    client: str = ""

    @property
    def urgent(self) -> bool:
        return isinstance(self.notice, URGENT)

    @property
    def lane(self) -> str:
        """What is paced and ordered together: a chat. Toasts cost nothing and wait for nobody."""
        return f"{self.to}!{self.id}" if isinstance(self.notice, TapHeard | TapDone) else self.to
