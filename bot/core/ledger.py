"""What happened, written once: the entries of a client's ledger."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType


class Fact(StrEnum):
    """The kinds of entries. Past tense: an entry is never changed, only followed by another."""

    ITEM_RECEIVED = "item_received"
    ITEM_JUDGED = "item_judged"
    ITEM_EDITED = "item_edited"
    ITEM_HEARD = "item_heard"
    ITEM_SET_ASIDE = "item_set_aside"
    ITEMS_BROUGHT_BACK = "items_brought_back"
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
    """One fact about one client. `due` is the promised moment where the fact is about a promise.

    `detail` of ITEM_JUDGED is the verdict's label (the last one of an item counts), of ALARM_RAISED "owner" where they
    raised it themselves and were not interrupted, of ITEM_SET_ASIDE the code of the reason, of messages their kind.
    """

    fact: Fact
    at: datetime
    item: int = 0
    due: datetime | None = None
    detail: str = ""


class IllegalTransition(ValueError):
    """The ledger would tell what cannot have happened: a promise kept that was never made, say. Our own bug."""


# What may happen to a promise: is one open before, and is one open after? A missed one is still owed, and moved or
# withdrawn in the same breath.
TRANSITIONS: Mapping[tuple[bool, Fact], bool] = MappingProxyType(
    {
        (False, Fact.PROMISE_MADE): True,
        (True, Fact.PROMISE_MOVED): True,
        (True, Fact.PROMISE_MISSED): True,
        (True, Fact.PROMISE_KEPT): False,
        (True, Fact.PROMISE_WITHDRAWN): False,
    }
)
_OF_PROMISES = frozenset(fact for _, fact in TRANSITIONS)


def replay(entries: Iterable[Entry], due: datetime | None = None) -> datetime | None:
    """When the open promise is due after these entries, None when there is none; `due` is the one open before.

    Raises `IllegalTransition`.
    """
    for entry in entries:
        if entry.fact not in _OF_PROMISES:
            continue
        is_open = TRANSITIONS.get((due is not None, entry.fact))
        if is_open is None:
            raise IllegalTransition(f"{entry.fact} with {'an' if due else 'no'} open promise")
        due = entry.due if is_open else None
    return due
