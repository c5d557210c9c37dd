"""What is to be said, to whom, as data. The words come later, in the reader's language (`wording`).

Every notice is one act of a channel: one message sent, edited or copied, one reaction, one toast. `TO_OWNER` notices go
to the owner, `TO_BACKUP` to the backup contact, all others to the client whom the decision is about.
"""

from dataclasses import dataclass
from typing import get_args

from bot.core.client_notices import (
    Acknowledged,
    BeingHandled,
    BudgetSpent,
    ClientNotice,
    PassedOn,
    PromiseMoved,
    Reacted,
    SentenceAsked,
    TapHeard,
    WhatAsked,
    WordsAsked,
)
from bot.core.hearing import TranscriptAsked
from bot.core.owner_notices import AlarmEscalated, AlarmRaised, BackupNotice, OwnerNotice, TapDone

Notice = ClientNotice | OwnerNotice | BackupNotice
TO_OWNER: tuple[type, ...] = get_args(OwnerNotice)
TO_BACKUP: tuple[type, ...] = (AlarmEscalated,)

# What goes before everything else on its way out.
URGENT: tuple[type, ...] = (AlarmRaised, AlarmEscalated, TapHeard, TapDone)
# What must not be said twice when it is unknown whether the first try arrived; answers and alarms are worth the risk.
SAID_ONCE: tuple[type, ...] = (
    Acknowledged,
    WordsAsked,
    PassedOn,
    WhatAsked,
    SentenceAsked,
    BudgetSpent,
    PromiseMoved,
    BeingHandled,
    Reacted,
)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A notice on its way. `id` (`<event>:<n>`) never changes; `to` is an address; `client` is whom it is about.

    An errand travels like a notice, and says nothing to anybody.
    """

    id: str
    desk: str
    to: str
    notice: Notice | TranscriptAsked
    client: str = ""

    @property
    def urgent(self) -> bool:
        return isinstance(self.notice, URGENT)

    @property
    def lane(self) -> str:
        """What is paced and ordered together: a chat. Toasts cost nothing and wait for nobody."""
        return f"{self.to}!{self.id}" if isinstance(self.notice, TapHeard | TapDone) else self.to
