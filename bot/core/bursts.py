"""Bursts: consecutive messages of a client that are one item, judged and answered together."""

from dataclasses import replace
from datetime import datetime

from bot.core.alarms import raise_alarm, recent, spend
from bot.core.client_notices import Reacted, Sign, WhatAsked
from bot.core.decision import Decision
from bot.core.desk import Desk
from bot.core.events import GESTURES, Filed, Kind, Message, MessageEdited, MessageReceived, Transcribed
from bot.core.hearing import ask_transcript, words_of_item
from bot.core.ledger import Fact
from bot.core.owner_notices import MessagesShown
from bot.core.promises import acknowledge, is_live
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
from bot.core.wordless import wordless

UNJUDGED = Verdict(Label.ROUTINE, 0.0, because=(Because("unjudged"),))
# From here on a text tells its language well enough to speak against what the client wrote before (C2).
FLUENT = 0.6


def text_to_judge(
    desk: Desk, thread: Thread, event: MessageReceived | MessageEdited | Transcribed, now: datetime
) -> str:  # fmt: skip
    """What triage has to read for this event: the whole burst, with the new or changed message in it."""
    burst, message = thread.gathering, event.message
    match event:
        case MessageReceived() if burst is not None and now < burst.closes_at(desk):
            return joined((burst.text, message.words))
        case MessageEdited(item=item) if burst is not None and item == burst.item:
            return _changed(burst, message).text
        case Transcribed():
            return words_of_item(event)
        case _:
            return message.words


def was_passed_on(desk: Desk, thread: Thread, now: datetime) -> bool:
    """Whether the open burst is with the owner already: what joins it goes there too, whatever it says."""
    burst = thread.gathering
    return burst is not None and burst.raised and now < burst.closes_at(desk)


def receive(desk: Desk, decision: Decision, event: MessageReceived, now: datetime) -> Decision:
    """Take in a message: it joins the burst or begins one; what is urgent does not wait for the burst to end."""
    burst = decision.thread.gathering
    if burst is not None and now >= burst.closes_at(desk):
        decision = close(desk, decision, now)
        burst = None
    message = event.message
    verdict = suspected(desk, decision.thread, event.verdict or UNJUDGED)
    part = _part(message)
    if burst is None:
        burst = Gathering(decision.thread.items + 1, now, now, (part,), verdict)
        decision = decision.note(Fact.ITEM_RECEIVED, now, item=burst.item, detail=message.kind).why("burst_opened")
    else:
        verdict = replace(verdict, topics=tuple(sorted({*verdict.topics, *burst.verdict.topics})))
        burst = replace(burst, latest=now, parts=(*burst.parts, part)[-PARTS_KEPT:], verdict=verdict)
        decision = decision.why("burst_joined")
    decision = remember_language(decision, verdict)
    decision = (
        decision.turn(items=burst.item, gathering=burst, blocked=False, judged=verdict)
        .file(Filed(burst.item, message))
        .send(*ask_transcript(burst.item, message, now))
    )
    if burst.raised:
        shown = MessagesShown(decision.thread.client, (message.id,), rings=True)
        return decision.say(shown).why("alarm_joined")
    return ring(desk, decision, now)


def edit(desk: Desk, decision: Decision, event: MessageEdited, now: datetime) -> Decision:
    """A changed message takes the place of the old one and is judged again; it is never acknowledged."""
    if event.item == 0:
        return receive(desk, decision, MessageReceived(event.id, event.person, event.message, event.verdict), now)
    decision = decision.note(Fact.ITEM_EDITED, now, item=event.item).why("edited")
    return _reread(desk, decision, event, event.message.words, now)


def hear(desk: Desk, decision: Decision, event: Transcribed, now: datetime) -> Decision:
    """A machine has heard a recording: its words are kept, shown and judged like an edit, and never acknowledged."""
    if event.message.id not in {filed.message.id for filed in event.folder}:
        return decision.why("recording_gone")
    text, verdict = words_of_item(event), event.verdict or UNJUDGED
    burst = decision.thread.gathering
    if burst is not None and burst.item == event.item:
        # What came along is still of its kind.
        verdict = replace(verdict, topics=tuple(sorted({*verdict.topics, *burst.verdict.topics})))
        event = replace(event, verdict=verdict)
    decision = remember_language(decision, verdict).note(Fact.ITEM_HEARD, now, item=event.item).why("heard")
    alarm = decision.thread.alarm
    if alarm is not None and alarm.item == event.item:
        # Rings that are yet to come, and the backup contact, tell what was heard.
        told = joined((alarm.text, event.message.transcript))
        decision = decision.turn(alarm=replace(alarm, text=told, because=_heard(alarm.because)))
    decision = _reread(desk, decision, event, text, now)
    thread = decision.thread
    if verdict.label is not Label.CLAIMED or thread.gathering is not None or not _waits(thread, event.item):
        return decision
    if thread.alarm is not None or thread.asking is not None or is_live(desk, decision, now):
        return decision
    if not _may_ask(desk, thread, now):
        return decision
    decision = decision.note(Fact.ITEM_JUDGED, now, item=event.item, detail=Label.CLAIMED)
    return decision.turn(asking=Asking(now, insisted=False)).say(WhatAsked(insisted=False)).why("claimed")


def _reread(
    desk: Desk, decision: Decision, event: MessageEdited | Transcribed, text: str, now: datetime
) -> Decision:  # fmt: skip
    """A message says something else than before: it takes the old one's place, and what is urgent now is passed on."""
    thread, message = decision.thread, event.message
    verdict = suspected(desk, thread, event.verdict or UNJUDGED)
    decision = decision.file(Filed(event.item, message)).turn(held=_mended(thread.held, message), judged=verdict)
    if thread.aside is not None:
        decision = decision.turn(aside=replace(thread.aside, held=_mended(thread.aside.held, message)))
    burst = thread.gathering
    if burst is not None and burst.item == event.item:
        return ring(desk, decision.turn(gathering=replace(_changed(burst, message), verdict=verdict)), now)
    if thread.aside is not None and event.item >= thread.aside.held.first and is_plain(verdict, text):
        decision = show_again(decision, now)
        if verdict.label is not Label.URGENT:
            # Not the edit is acknowledged but the item, which never was.
            return acknowledge(desk, decision, now, item=event.item, message=message.id)
    # An open alarm of an earlier item does not tell of this one.
    told = thread.alarm is not None and thread.alarm.item >= event.item
    if verdict.label is not Label.URGENT or not _waits(decision.thread, event.item) or told:
        return decision
    decision = decision.note(Fact.ITEM_JUDGED, now, item=event.item, detail=Label.URGENT)
    alarm = _alarm(event.item, text, verdict, now, heard=bool(message.transcript))
    media = (message.id,) if message.kind is not Kind.TEXT else ()
    return raise_alarm(desk, decision, alarm, now, message=message.id, media=media)


def _waits(thread: Thread, item: int) -> bool:
    return 0 < thread.held.first <= item


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
    label, silent = _label(burst), wordless(burst.parts)
    decision = replace(decision, because=decision.because + burst.verdict.because)
    decision = decision.note(Fact.ITEM_JUDGED, now, item=burst.item, detail=label)
    stranger = is_stranger(decision.thread)
    if asking is not None and asking.insisted:
        # Asked what happens, one may answer by voice or with a picture as well; of strangers words are wanted.
        if (burst.text and tells(burst.verdict)) if stranger else (burst.text or silent):
            burst = in_their_words(burst, asking)
            return _pass_on(desk, spend(decision, now), burst, now).why("client_insists")
        if stranger and label in (Label.CLAIMED, Label.ROUTINE):
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
            return acknowledge(desk, decision, now, item=burst.item, message=last, wordless=silent)


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
    alarm = _alarm(burst.item, burst.text, burst.verdict, now, heard=any(part.heard for part in burst.parts))
    media = tuple(part.message for part in burst.parts if part.kind is not Kind.TEXT)
    return raise_alarm(desk, decision, alarm, now, message=burst.parts[-1].message, media=media)


def _alarm(item: int, text: str, verdict: Verdict, now: datetime, *, heard: bool) -> Alarm:
    """The alarm of an item; that a machine heard it, and may have misheard, is the first thing to know."""
    because = _heard(verdict.because) if heard else verdict.because
    return Alarm(item, now, because, verdict.score, verdict.deadline, text, topics=verdict.topics)


def _heard(because: tuple[Because, ...]) -> tuple[Because, ...]:
    return tuple(dict.fromkeys((Because("heard"), *because)))


def _hold(decision: Decision, burst: Gathering, now: datetime) -> Decision:
    decision = show_again(decision, now)
    topics = burst.verdict.topics
    return replace(decision, thread=hold(decision.thread, burst.lines(now), burst.item, now, topics))


def _mended(held: Held, message: Message) -> Held:
    """With the new words of a message that was changed or heard."""
    words, heard = first_words(message.words), bool(message.transcript)
    return replace(
        held,
        lines=tuple(
            replace(line, text=words, heard=heard) if line.message == message.id else line for line in held.lines
        ),
    )


def _part(message: Message) -> Part:
    heard = bool(message.transcript)
    return Part(message.id, message.kind, message.words[:TEXT_KEPT], message.album, heard)


def _changed(burst: Gathering, message: Message) -> Gathering:
    changed = _part(message)
    return replace(
        burst, parts=tuple(changed if part.message == message.id else part for part in burst.parts)
    )  # fmt: skip


def _label(burst: Gathering) -> Label:
    """The verdict on the words, and on what came along: a sticker is a nod, a file is there to be seen."""
    kinds = {part.kind for part in burst.parts}
    if not burst.text and kinds <= GESTURES:
        return Label.SOCIAL
    label = burst.verdict.label
    carries = {part.kind for part in burst.parts if not part.heard} - GESTURES - {Kind.TEXT}
    # Of words that a machine heard a claim is asked about, but thanks may be a mishearing: the owner listens.
    misheard = label is Label.SOCIAL and any(part.heard for part in burst.parts)
    return Label.ROUTINE if (carries and label is not Label.URGENT) or misheard else label


def _may_ask(desk: Desk, thread: Thread, now: datetime) -> bool:
    return len(recent(thread, now)) < desk.rules.weekly_alarms
