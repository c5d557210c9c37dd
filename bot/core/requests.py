"""What a client asks of the gate by command or button: rules, language, the state of things, "it can't wait"."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.alarms import raise_alarm, recent, spend
from bot.core.client_notices import (
    BudgetSpent,
    LanguageAsked,
    LanguageChosen,
    OwnerOnly,
    PrivacyTold,
    RulesAgreed,
    StatusTold,
    TapHeard,
    Welcomed,
    WhatAsked,
    ZoneAsked,
    ZoneChosen,
)
from bot.core.decision import Decision
from bot.core.desk import Desk
from bot.core.events import ButtonTapped, CommandGiven
from bot.core.ledger import Fact
from bot.core.promises import OTHER_LANGUAGE, acknowledge
from bot.core.strangers import ask_for_words, is_stranger, meet
from bot.core.thread import Alarm, Asking, Thread
from bot.core.verdict import Because, Language

# What the owner alone may command; a client who tries is told so politely.
OWNER_COMMANDS = frozenset(
    {
        "digest",
        "urgent",
        "aside",
        "away",
        "back",
        "clients",
        "client",
        "find",
        "hours",
        "windows",
        "channels",
        "settings",
        "stats",
    }
)
# Answers to "what happens?" that can be given by a tap, as the reasons the owner will read.
HAPPENED = ("outage", "payment", "deadline", "meeting", "other")


def command(desk: Desk, decision: Decision, event: CommandGiven, now: datetime) -> Decision:
    """A command of a client's."""
    thread = decision.thread
    match event.command:
        case "start" | "rules" | "help":
            told = decision.turn(introduced_at=thread.introduced_at or now)
            told = told.say(_welcomed(desk, thread)).why("rules_told")
            # Who comes by a link that carries something was given it by the owner (C5).
            return meet(desk, told, now) if event.command == "start" and event.argument else told
        case "language":
            return decision.say(LanguageAsked()).why("language_asked")
        case "timezone":
            return _timezone(decision, event, now)
        case "status":
            due = thread.promise.due if thread.promise else None
            return decision.say(StatusTold(thread.held.count, thread.held.lines, due)).why("status_told")
        case "privacy":
            return decision.say(PrivacyTold(event.outside)).why("privacy_told")
        case name if name in OWNER_COMMANDS:
            return decision.say(OwnerOnly()).why("owner_only", name)
        case name:
            return decision.say(_welcomed(desk, thread)).why("unknown_command", name)


def _welcomed(desk: Desk, thread: Thread) -> Welcomed:
    switch_to = None if thread.chosen else OTHER_LANGUAGE.get(thread.speaks(desk))
    return Welcomed(agreed=thread.agreed_at is not None, switch_to=switch_to)


def tap(desk: Desk, decision: Decision, event: ButtonTapped, now: datetime) -> Decision:
    """A button of a client's."""
    act = _TAPS.get(event.action)
    if act is None:
        return decision.say(TapHeard(event.tap, "unknown")).why("unknown_button", event.action)
    return act(desk, decision, event, now)


def _agree(desk: Desk, decision: Decision, event: ButtonTapped, now: datetime) -> Decision:
    if decision.thread.agreed_at is not None:
        return decision.say(TapHeard(event.tap, "agreed")).why("agreed_before")
    decision = (
        decision.turn(agreed_at=now)
        .note(Fact.RULES_AGREED, now)
        .say(TapHeard(event.tap, "agreed"), RulesAgreed(event.message))
        .why("agreed")
    )
    if decision.thread.zone_asked or not _may_differ(desk, decision.thread):
        return decision
    return decision.turn(zone_asked=True).say(ZoneAsked()).why("zone_asked")


def _may_differ(desk: Desk, thread: Thread) -> bool:
    """Whether the client's language suggests another clock than the owner's: then it is worth asking, once."""
    home = {Language.BG: "BG", Language.RU: "RU"}
    return home.get(thread.speaks(desk), desk.owner.country) != desk.owner.country


def _timezone(decision: Decision, event: CommandGiven, now: datetime) -> Decision:
    """`/timezone` alone asks, with a place that is known it is taken, with another it says so and asks again."""
    if event.zone:
        return _in_zone(decision, event.zone)
    asked = ZoneAsked(decision.thread.zone, misread=event.argument)
    return decision.turn(zone_asked=True).say(asked).why("zone_misread" if event.argument else "zone_asked")


def _zone(desk: Desk, decision: Decision, event: ButtonTapped, now: datetime) -> Decision:
    if not _is_zone(event.argument):
        return decision.say(TapHeard(event.tap, "unknown")).why("unknown_button", event.argument)
    return _in_zone(decision.say(TapHeard(event.tap)), event.argument)


def _in_zone(decision: Decision, zone: str) -> Decision:
    return decision.turn(zone=zone, zone_asked=True).say(ZoneChosen(zone)).why("zone_chosen", zone)


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name).key)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return False


def _language(desk: Desk, decision: Decision, event: ButtonTapped, now: datetime) -> Decision:
    if event.argument not in {Language.RU, Language.BG}:
        return decision.say(TapHeard(event.tap, "unknown")).why("unknown_button", event.argument)
    return (
        decision.turn(language=Language(event.argument), chosen=True, fluency=1.0)
        .note(Fact.LANGUAGE_CHOSEN, now, detail=event.argument)
        .say(TapHeard(event.tap), LanguageChosen())
        .why("language_chosen", event.argument)
    )


def _insist(desk: Desk, decision: Decision, event: ButtonTapped, now: datetime) -> Decision:
    thread = decision.thread
    if thread.held.count == 0:
        return decision.say(TapHeard(event.tap, "nothing_open")).why("nothing_open")
    if thread.alarm is not None:
        return decision.say(TapHeard(event.tap, "passed_on")).why("passed_on_before")
    if len(recent(thread, now)) >= desk.rules.weekly_alarms:
        due = thread.promise.due if thread.promise else None
        return decision.say(TapHeard(event.tap), BudgetSpent(desk.rules.weekly_alarms, due)).why("budget_spent")
    return (
        decision.turn(asking=Asking(now, insisted=True))
        .say(TapHeard(event.tap), WhatAsked(insisted=True))
        .why("insists")
    )


def _happened(desk: Desk, decision: Decision, event: ButtonTapped, now: datetime) -> Decision:
    thread = decision.thread
    if event.argument not in HAPPENED or thread.asking is None or thread.held.count == 0:
        return decision.say(TapHeard(event.tap, "nothing_open")).why("nothing_asked")
    if is_stranger(thread):
        return ask_for_words(decision, event, now)
    text = "\n".join(line.text for line in thread.held.lines if line.text)
    alarm = Alarm(thread.items, now, (Because(f"client_says_{event.argument}"),), 1.0, text=text)
    decision = raise_alarm(desk, spend(decision, now), alarm, now, message="")
    return decision.say(TapHeard(event.tap)).why("client_says", event.argument)


def _can_wait(desk: Desk, decision: Decision, event: ButtonTapped, now: datetime) -> Decision:
    asked = decision.thread.asking
    decision = decision.turn(asking=None).say(TapHeard(event.tap, "can_wait")).why("client_can_wait")
    if asked is None or decision.thread.held.count == 0 or decision.thread.promise is not None:
        return decision
    return acknowledge(desk, decision, now, item=decision.thread.items)


_TAPS: dict[str, Callable[[Desk, Decision, ButtonTapped, datetime], Decision]] = {
    "agree": _agree,
    "language": _language,
    "zone": _zone,
    "insist": _insist,
    "happened": _happened,
    "can_wait": _can_wait,
}
