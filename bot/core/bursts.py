"""Bursts: consecutive messages of a client that are one item, judged and answered together."""

from dataclasses import replace
from datetime import datetime

from bot.core.alarms import raise_alarm, recent, spend
from bot.core.client_notices import Reacted, Sign, WhatAsked
from bot.core.decision import Decision
from bot.core.desk import Desk
from bot.core.events import GESTURES, Filed, Kind, Message, MessageEdited, MessageReceived
from bot.core.ledger import Fact
from bot.core.owner_notices import MessagesShown
from bot.core.promises import acknowledge
from bot.core.strangers import (
    goes_aside,
    in_their_words,
    is_plain,
    is_stranger,
    set_aside,
    show_again,
    suspected,
    tells,
)
from bot.core.thread import (
    PARTS_KEPT,
    TEXT_KEPT,
    Alarm,
    Asking,
    Gathering,
    Held,
    Part,
    Thread,
    first_words,
    hold,
    joined,
)
from bot.core.verdict import Because, Label, Verdict

UNJUDGED = Verdict(Label.ROUTINE, 0.0, because=(Because("unjudged"),))
# From here on a text tells its language well enough to speak against what the client wrote before (C2).
FLUENT = 0.6


def text_to_judge(desk: Desk, thread: Thread, event: MessageReceived | MessageEdited, now: datetime) -> str:
    """What triage has to read for this event: the whole burst, with the new or changed message in it."""
    burst, message = thread.gathering, event.message
    match event:
        case MessageReceived() if burst is not None and now < burst.closes_at(desk):
            return joined((burst.text, message.text))
        case MessageEdited(item=item) if burst is not None and item == burst.item:
            return _changed(burst, event).text
        case _:
            return message.text


def receive(desk: Desk, decision: Decision, event: MessageReceived, now: datetime) -> Decision:
    """Take in a message: it joins the burst or begins one; what is urgent does not wait for the burst to end."""
    burst = decision.thread.gathering
    if burst is not None and now >= burst.closes_at(desk):
        decision = close(desk, decision, now)
        burst = None
    message = event.message
    verdict = suspected(desk, decision.thread, event.verdict or UNJUDGED)
    part = Part(message.id, message.kind, message.text[:TEXT_KEPT], message.album)
    if burst is None:
        burst = Gathering(decision.thread.items + 1, now, now, (part,), verdict)
        decision = decision.note(Fact.ITEM_RECEIVED, now, item=burst.item, detail=message.kind).why("burst_opened")
    else:
        verdict = replace(verdict, topics=tuple(sorted({*verdict.topics, *burst.verdict.topics})))
        burst = replace(burst, latest=now, parts=(*burst.parts, part)[-PARTS_KEPT:], verdict=verdict)
        decision = decision.why("burst_joined")
    decision = remember_language(decision, verdict)
    decision = decision.turn(items=burst.item, gathering=burst, blocked=False, judged=verdict).file(
        Filed(burst.item, message)
    )
    if burst.raised:
        shown = MessagesShown(decision.thread.client, (message.id,), rings=True)
        return decision.say(shown).why("alarm_joined")
    return ring(desk, decision, now)


def edit(desk: Desk, decision: Decision, event: MessageEdited, now: datetime) -> Decision:
    """A changed message takes the place of the old one and is judged again; it is never acknowledged."""
    if event.item == 0:
        return receive(desk, decision, MessageReceived(event.id, event.person, event.message, event.verdict), now)
    thread, message = decision.thread, event.message
    verdict = suspected(desk, thread, event.verdict or UNJUDGED)
    decision = decision.file(Filed(event.item, message)).note(Fact.ITEM_EDITED, now, item=event.item).why("edited")
    decision = decision.turn(held=_mended(thread.held, message), judged=verdict)
    if thread.aside is not None:
        decision = decision.turn(aside=replace(thread.aside, held=_mended(thread.aside.held, message)))
    burst = thread.gathering
    if burst is not None and burst.item == event.item:
        return ring(desk, decision.turn(gathering=replace(_changed(burst, event), verdict=verdict)), now)
    if thread.aside is not None and event.item >= thread.aside.held.first and is_plain(verdict, message.text):
        decision = show_again(decision, now)
        if verdict.label is not Label.URGENT:
            # Not the edit is acknowledged but the item, which never was.
            return acknowledge(desk, decision, now, item=event.item, message=message.id)
    waits = 0 < decision.thread.held.first <= event.item
    if verdict.label is not Label.URGENT or not waits or thread.alarm is not None:
        return decision
    decision = decision.note(Fact.ITEM_JUDGED, now, item=event.item, detail=Label.URGENT)
    return raise_alarm(desk, decision, _alarm(event.item, message.text, verdict, now), now, message=message.id)


def ring(desk: Desk, decision: Decision, now: datetime) -> Decision:
    """Pass an urgent burst on to the owner, if its moment has come."""
    burst = decision.thread.gathering
    rings_at = burst.rings_at() if burst else None
    if burst is None or rings_at is None or rings_at > now:
        return decision
    decision = decision.turn(gathering=replace(burst, raised=True)).note(
        Fact.ITEM_JUDGED, now, item=burst.item, detail=Label.URGENT
    )
    return _pass_on(desk, decision, burst, now)


def close(desk: Desk, decision: Decision, now: datetime) -> Decision:
    """The burst has ended: its verdict decides what is said."""
    burst, asking = decision.thread.gathering, decision.thread.asking
    if burst is None:
        return decision
    decision = decision.turn(gathering=None)
    if burst.raised:
        return decision.why("burst_was_passed_on")
    if goes_aside(desk, decision.thread, burst):
        return set_aside(decision, burst, now)
    label = _label(burst)
    decision = replace(decision, because=decision.because + burst.verdict.because)
    decision = decision.note(Fact.ITEM_JUDGED, now, item=burst.item, detail=label)
    stranger = is_stranger(decision.thread)
    if asking is not None and asking.insisted and burst.text and (tells(burst.verdict) or not stranger):
        return _pass_on(desk, spend(decision, now), in_their_words(burst, asking), now).why("client_insists")
    if asking is not None and asking.insisted and stranger and label in (Label.CLAIMED, Label.ROUTINE):
        return _hold(decision, burst, now).why("words_awaited")
    last = burst.parts[-1].message
    match label:
        case Label.URGENT:
            return _pass_on(desk, decision, burst, now)
        case Label.SOCIAL:
            return decision.say(Reacted(last, Sign.HEARD)).why("social")
        case Label.CLAIMED if asking is None and decision.thread.alarm is None and _may_ask(desk, decision.thread, now):
            decision = _hold(decision, burst, now).turn(asking=Asking(now, insisted=False))
            return decision.say(WhatAsked(insisted=False)).why("claimed")
        case Label.CLAIMED | Label.ROUTINE:
            decision = _hold(decision, burst, now).turn(asking=None)
            return acknowledge(desk, decision, now, item=burst.item, message=last)


def remember_language(decision: Decision, verdict: Verdict) -> Decision:
    """Learn the client's language from what they write, unless they have chosen one (C2)."""
    thread = decision.thread
    if thread.chosen or verdict.language is None:
        return decision
    if verdict.language is thread.language:
        return decision.turn(fluency=max(thread.fluency, verdict.fluency))
    # An unsure text does not speak against what was surer before; a fluent one always does.
    if verdict.fluency >= FLUENT or verdict.fluency > thread.fluency:
        return decision.turn(language=verdict.language, fluency=verdict.fluency)
    return decision


def _pass_on(desk: Desk, decision: Decision, burst: Gathering, now: datetime) -> Decision:
    decision = _hold(decision, burst, now)
    alarm = _alarm(burst.item, burst.text, burst.verdict, now)
    decision = raise_alarm(desk, decision, alarm, now, message=burst.parts[-1].message)
    media = tuple(part.message for part in burst.parts if part.kind is not Kind.TEXT)
    return decision.say(MessagesShown(decision.thread.client, media)) if media else decision


def _alarm(item: int, text: str, verdict: Verdict, now: datetime) -> Alarm:
    return Alarm(item, now, verdict.because, verdict.score, verdict.deadline, text)


def _hold(decision: Decision, burst: Gathering, now: datetime) -> Decision:
    decision = show_again(decision, now)
    return replace(decision, thread=hold(decision.thread, burst.lines(now), burst.item, now))


def _mended(held: Held, message: Message) -> Held:
    """With the new words of a message that was changed."""
    return replace(
        held,
        lines=tuple(
            replace(line, text=first_words(message.text)) if line.message == message.id else line for line in held.lines
        ),
    )


def _changed(burst: Gathering, event: MessageEdited) -> Gathering:
    return replace(
        burst,
        parts=tuple(
            replace(part, text=event.message.text[:TEXT_KEPT]) if part.message == event.message.id else part
            for part in burst.parts
        ),
    )


def _label(burst: Gathering) -> Label:
    """The verdict on the words, and on what came along: a sticker is a nod, a file is there to be seen."""
    kinds = {part.kind for part in burst.parts}
    if not burst.text and kinds <= GESTURES:
        return Label.SOCIAL
    carries = kinds - GESTURES - {Kind.TEXT}
    return Label.ROUTINE if carries and burst.verdict.label is not Label.URGENT else burst.verdict.label


def _may_ask(desk: Desk, thread: Thread, now: datetime) -> bool:
    return len(recent(thread, now)) < desk.rules.weekly_alarms
