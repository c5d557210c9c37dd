"""What cannot wait: an item is passed on to the owner at once, and rings again until the owner touches it."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.client_notices import BeingHandled
from bot.core.decision import Decision
from bot.core.desk import Desk
from bot.core.ledger import Fact
from bot.core.night import may_ring
from bot.core.owner_notices import AlarmEscalated, AlarmHandedOver, AlarmRaised, MessagesShown
from bot.core.promises import acknowledge
from bot.core.thread import ALARM_REPEATS, Alarm, Promise, Thread
from bot.core.wordless import unexplained

# The weekly budget of "it can't wait" is counted over this time (C4).
BUDGET_TIME = timedelta(days=7)


def raise_alarm(
    desk: Desk, decision: Decision, alarm: Alarm, now: datetime, *, message: str, media: tuple[str, ...] = ()
) -> Decision:
    """Tell the owner now, and the client that the owner was told. `message` is what a sign may be put under.

    `media` are shown along with it, and so is what came before without a word and is held: this may be about that.
    """
    shown_before = decision.thread.alarm.item if decision.thread.alarm else 0
    held = unexplained(line for line in decision.thread.held.lines if line.item > shown_before)
    media = (*(each for each in held if each not in media), *media)
    decision = (
        decision.turn(alarm=alarm, asking=None, snoozed_until=None)
        .note(Fact.ALARM_RAISED, now, item=alarm.item)
        .why("passed_on")
    )
    decision = acknowledge(desk, decision, now, item=alarm.item, message=message, passed_on=True)
    decision = decision.say(show(desk, decision.thread, alarm, now))
    return decision.say(MessagesShown(decision.thread.client, media)) if media else decision


def raise_by_hand(decision: Decision, alarm: Alarm, now: datetime) -> Decision:
    """The owner marks an item urgent: it joins the open alarms, and nobody is rung."""
    return (
        decision.turn(alarm=replace(alarm, touched=True))
        .note(Fact.ALARM_RAISED, now, item=alarm.item, detail="owner")
        .why("owner_says_urgent")
    )


def spend(decision: Decision, now: datetime) -> Decision:
    """Count one "it can't wait" against this week's budget."""
    return decision.turn(alarms_spent=(*recent(decision.thread, now), now))


def recent(thread: Thread, now: datetime) -> tuple[datetime, ...]:
    """The times of this week's "it can't wait"."""
    return tuple(moment for moment in thread.alarms_spent if now - moment < BUDGET_TIME)


def repeat(desk: Desk, decision: Decision, now: datetime) -> Decision:
    """Ring again: nobody has touched the alarm."""
    alarm = decision.thread.alarm
    if alarm is None:
        return decision
    # After a time without power several rings are overdue: they are one.
    again = replace(alarm, rung=sum(alarm.raised_at + span <= now for span in ALARM_REPEATS), rung_at=now)
    shown = show(desk, decision.thread, again, now)
    return decision.turn(alarm=again).say(shown).why("alarm_repeated", str(again.rung))


def escalate(desk: Desk, decision: Decision, now: datetime) -> Decision:
    """Nobody touched the alarm however often it rang: it goes to the backup contact, and the owner is told."""
    thread = decision.thread
    alarm = thread.alarm
    if alarm is None:
        return decision
    escalated = AlarmEscalated(thread.name, alarm.raised_at, alarm.text, alarm.because, alarm.deadline)
    handed_over = AlarmHandedOver(thread.client, thread.name, desk.owner.backup_name)
    return decision.turn(alarm=replace(alarm, escalated=True)).say(escalated, handed_over).why("escalated")


def touch(decision: Decision, now: datetime) -> Decision:
    """The owner has seen the alarm: it rings no more, and stays open until it is answered or done."""
    alarm = decision.thread.alarm
    if alarm is None or alarm.touched:
        return decision
    return decision.turn(alarm=replace(alarm, touched=True)).note(Fact.ALARM_TOUCHED, now, item=alarm.item)


def take_on(decision: Decision, now: datetime, until: datetime) -> Decision:
    """The owner is on it: the client is told, and `until` becomes the promise."""
    decision = touch(decision, now)
    promise = decision.thread.promise or Promise(now, until, decision.thread.items)
    fact = Fact.PROMISE_MOVED if decision.thread.promise else Fact.PROMISE_MADE
    owed = replace(promise, said_at=now, due=until, own=True)
    return (
        decision.turn(promise=owed)
        .note(fact, now, item=owed.item, due=until)
        .say(BeingHandled(until))
        .why("owner_on_it", until.isoformat())
    )


def dismiss(decision: Decision, now: datetime) -> Decision:
    """Not urgent after all: the item waits for the digest like the others, and its promise stands."""
    alarm = decision.thread.alarm
    if alarm is None:
        return decision.why("no_alarm")
    return decision.turn(alarm=None).note(Fact.ALARM_DISMISSED, now, item=alarm.item).why("not_urgent_says_owner")


def show(desk: Desk, thread: Thread, alarm: Alarm, now: datetime) -> AlarmRaised:
    """The alarm as the owner reads it, with what this client wrote before and still waits for."""
    return AlarmRaised(
        client=thread.client,
        name=thread.name,
        item=alarm.item,
        at=alarm.raised_at,
        text=alarm.text,
        because=alarm.because,
        deadline=alarm.deadline,
        due=thread.promise.due if thread.promise else None,
        earlier=tuple(line for line in thread.held.lines if line.item < alarm.item),
        repeat=alarm.rung,
        silent=not may_ring(desk, alarm.because, alarm.deadline, now),
        topics=alarm.topics,
    )
