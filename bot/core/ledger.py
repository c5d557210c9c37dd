"""What happened, written once: the entries of a client's ledger."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Fact(StrEnum):
    """The kinds of entries. Past tense: an entry is never changed, only followed by another."""

    ITEM_RECEIVED = "item_received"
    ITEM_EDITED = "item_edited"
    ITEMS_DONE = "items_done"
    ITEMS_SNOOZED = "items_snoozed"
    PROMISE_MADE = "promise_made"
    PROMISE_KEPT = "promise_kept"
    PROMISE_MOVED = "promise_moved"
    PROMISE_MISSED = "promise_missed"
    PROMISE_WITHDRAWN = "promise_withdrawn"
    ALARM_RAISED = "alarm_raised"
    ALARM_TOUCHED = "alarm_touched"
    ALARM_DISMISSED = "alarm_dismissed"
    OWNER_ANSWERED = "owner_answered"
    RULES_AGREED = "rules_agreed"
    LANGUAGE_CHOSEN = "language_chosen"
    CLIENT_LEFT = "client_left"


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact about one client. `due` is the promised moment where the fact is about a promise."""

    fact: Fact
    at: datetime
    item: int = 0
    due: datetime | None = None
    detail: str = ""
