"""The decision about one client: an event in, what follows out. Pure; never raises on any event."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.core import alarms, answers, bursts, promises, requests
from bot.core.decision import Decision
from bot.core.desk import Desk
from bot.core.events import (
    ButtonTapped,
    ClientEvent,
    CommandGiven,
    DoorClosed,
    MessageEdited,
    MessageReceived,
    OwnerAnswered,
    OwnerTapped,
    SendFailed,
    ThreadEvent,
    TimePassed,
    Transcribed,
)
from bot.core.ledger import IllegalTransition, replay
from bot.core.thread import Thread
from bot.core.wordless import wordless


def decide(desk: Desk, thread: Thread, event: ThreadEvent, now: datetime) -> Decision:
    """What follows from `event` for this client of this desk at `now` (aware UTC)."""
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    decision = _consider(desk, Decision(_met(thread, event)), event, now)
    before, after = (each.promise.due if each.promise else None for each in (thread, decision.thread))
    if replay(decision.entries, before) != after:
        raise IllegalTransition(f"the ledger of {event.id} does not tell the thread's promise")
    return decision.turn(because=decision.because)


def _consider(desk: Desk, decision: Decision, event: ThreadEvent, now: datetime) -> Decision:
    match event:
        case MessageReceived():
            return bursts.receive(desk, decision, event, now)
        case MessageEdited():
            return bursts.edit(desk, decision, event, now)
        case CommandGiven():
            return requests.command(desk, decision, event, now)
        case ButtonTapped():
            return requests.tap(desk, decision, event, now)
        case DoorClosed(closed=True):
            return answers.leave(decision, now).why("client_left")
        case DoorClosed():
            return decision.turn(blocked=False).why("client_came_back")
        case OwnerAnswered():
            return answers.answer(desk, decision, event, now)
        case OwnerTapped():
            return answers.tap(desk, decision, event, now)
        case SendFailed():
            return answers.fail(decision, event, now)
        case Transcribed():
            return bursts.hear(desk, decision, event, now)
        case TimePassed():
            return pass_time(desk, decision, now)
        case _:
            assert_never(event)


def pass_time(desk: Desk, decision: Decision, now: datetime) -> Decision:
    """Everything that is due at `now`, in the order in which it fell due. Afterwards nothing due is left."""
    decision = bursts.ring(desk, decision, now)
    burst = decision.thread.gathering
    if burst is not None and burst.closes_at(desk) <= now:
        decision = bursts.close(desk, decision, now)
    # Each step looks at the thread as the step before has left it: the condition is read late.
    for is_due, act in (
        (_album_is_whole, lambda d: answers.flush(desk, d)),
        (_asked_in_vain, lambda d: promises.acknowledge(desk, d.turn(asking=None), now, item=d.thread.items)),
        (_talk_is_over, lambda d: _after_talk(desk, d, now)),
        (_alarm_rings, lambda d: alarms.repeat(desk, d, now)),
        (_alarm_escalates, lambda d: alarms.escalate(desk, d, now)),
        (_answer_goes_out, lambda d: answers.send_kept(desk, d, now)),
        (_snooze_is_over, lambda d: d.turn(snoozed_until=None).why("snooze_over")),
        (_promise_lapses, lambda d: promises.lapse(desk, d, now)),
    ):
        if is_due(desk, decision.thread, now):
            decision = act(decision)
    decision = promises.follow_desk(desk, decision, now)
    return decision if decision.because else decision.why("nothing_due")


def _album_is_whole(desk: Desk, thread: Thread, now: datetime) -> bool:
    return thread.answering is not None and thread.answering.whole_at() <= now


def _asked_in_vain(desk: Desk, thread: Thread, now: datetime) -> bool:
    return thread.asking is not None and thread.asking.until() <= now


def _talk_is_over(desk: Desk, thread: Thread, now: datetime) -> bool:
    return thread.quiet_until is not None and thread.quiet_until <= now


def _alarm_rings(desk: Desk, thread: Thread, now: datetime) -> bool:
    rings_at = thread.alarm.rings_at(desk) if thread.alarm else None
    return rings_at is not None and rings_at <= now


def _alarm_escalates(desk: Desk, thread: Thread, now: datetime) -> bool:
    escalates_at = thread.alarm.escalates_at(desk) if thread.alarm else None
    return escalates_at is not None and escalates_at <= now


def _answer_goes_out(desk: Desk, thread: Thread, now: datetime) -> bool:
    return thread.kept is not None and thread.kept.until <= now


def _snooze_is_over(desk: Desk, thread: Thread, now: datetime) -> bool:
    return thread.snoozed_until is not None and thread.snoozed_until <= now


def _promise_lapses(desk: Desk, thread: Thread, now: datetime) -> bool:
    return thread.promise is not None and thread.promise.due <= now


def _after_talk(desk: Desk, decision: Decision, now: datetime) -> Decision:
    """The owner stopped talking and left something unanswered: now it is promised like anything else."""
    decision = decision.turn(quiet_until=None)
    if decision.thread.held.count == 0:
        return decision.why("talk_over")
    thread = decision.thread
    silent = wordless(thread.held.lines)
    return promises.acknowledge(desk, decision, now, item=thread.items, wordless=silent).why("talk_over")


def _met(thread: Thread, event: ThreadEvent) -> Thread:
    """The client as they show themselves today."""
    if not isinstance(event, ClientEvent):
        return thread
    person = event.person
    return replace(thread, name=person.name or thread.name, app_language=person.language or thread.app_language)
