"""What the owner does about one client: answers, takes on, puts off, dismisses, is done."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.core.alarms import dismiss, raise_by_hand, take_on
from bot.core.calendar import is_off_hours, next_window
from bot.core.client_notices import AnswerRelayed
from bot.core.decision import Decision
from bot.core.desk import Desk
from bot.core.events import Kind, OwnerAnswered, OwnerTapped, SendFailed
from bot.core.ledger import Fact
from bot.core.lessons import Lesson
from bot.core.owner_notices import (
    AnswerHeld,
    AnswerPrompted,
    AnswerTaken,
    FolderOpened,
    MessagesShown,
    TapDone,
    Undelivered,
)
from bot.core.promises import is_live, postpone, settle
from bot.core.strangers import bring_back, meet
from bot.core.thread import Alarm, Answering, Kept, Line, Thread
from bot.core.verdict import Because

# A card of the folder shows so many of the latest messages in words; all of their media follow as copies.
CARD_LINES = 30
CARD_TEXT = 600
CARD_ROOM = 3000
# Minutes within which an owner who is "on it" writes back (PRODUCT.md, O1).
ON_IT = ("15", "30", "60")
# What the owner does to something open by hand makes its writer known (C12).
_ACQUAINTS = frozenset({"done", "on_it", "urgent"})


def answer(desk: Desk, decision: Decision, event: OwnerAnswered, now: datetime) -> Decision:
    """The owner's answer goes to the client as it is and keeps the promise; an album's parts wait for each other."""
    message = event.message
    if event.tap:
        decision = decision.say(TapDone(event.tap, "answer_sent"))
    opening = _opening(desk, decision, now)
    if opening is not None:
        return _keep(decision, event, opening)
    open_album = decision.thread.answering
    decision = decision.note(Fact.OWNER_ANSWERED, now, detail=message.kind).why("owner_answered")
    if open_album is not None and open_album.album != message.album:
        decision = flush(desk, decision)
        open_album = None
    if not message.album:
        decision = decision.say(AnswerRelayed(desk.owner.address, (message.id, *event.rest)), AnswerTaken(message.id))
    else:
        before = open_album.messages if open_album else ()
        decision = decision.turn(answering=Answering(message.album, (*before, message.id), now))
    return settle(decision, now).turn(owner_wrote_at=now)


def send_kept(desk: Desk, decision: Decision, now: datetime) -> Decision:
    """What was kept back goes out, and keeps the promise."""
    kept = decision.thread.kept
    if kept is None:
        return decision
    decision = (
        decision.turn(kept=None)
        .note(Fact.OWNER_ANSWERED, now)
        .say(AnswerRelayed(desk.owner.address, kept.messages), AnswerTaken(kept.messages[0]))
        .why("kept_answer_sent")
    )
    return settle(decision, now).turn(owner_wrote_at=now)


def _opening(desk: Desk, decision: Decision, now: datetime) -> datetime | None:
    """Until when an answer is kept back, so that writing at night does not undo the boundaries (O4); None to send it.

    Never while something urgent is open, nor in a live talk.
    """
    thread = decision.thread
    if not desk.rules.hold_answers or thread.alarm is not None or is_live(desk, decision, now):
        return None
    if not is_off_hours(desk, now):
        return None
    window = next_window(desk, now)
    return window.start if window else None


def _keep(decision: Decision, event: OwnerAnswered, until: datetime) -> Decision:
    thread = decision.thread
    before = thread.kept.messages if thread.kept else ()
    decision = decision.turn(kept=Kept((*before, event.message.id, *event.rest), until)).why("answer_held")
    if thread.kept is not None and event.message.album:
        return decision
    return decision.say(AnswerHeld(thread.client, thread.name, event.message.id, until))


def flush(desk: Desk, decision: Decision) -> Decision:
    """Pass on the owner's album, now whole."""
    album = decision.thread.answering
    if album is None:
        return decision
    relayed = AnswerRelayed(desk.owner.address, album.messages)
    return decision.turn(answering=None).say(relayed, AnswerTaken(album.messages[0])).why("album_whole")


def tap(desk: Desk, decision: Decision, event: OwnerTapped, now: datetime) -> Decision:
    """A button of the owner's under something of this client's."""
    act = _TAPS.get(event.action)
    if act is None:
        return decision.say(TapDone(event.tap, "unknown")).why("unknown_button", event.action)
    before = decision.thread
    decision = act(desk, decision, event, now)
    if event.action in _ACQUAINTS and (before.held.count > 0 or before.promise is not None):
        return meet(desk, decision, now)
    return decision


def fail(decision: Decision, event: SendFailed, now: datetime) -> Decision:
    """Something could not reach the client: the owner hears of it once, and nothing is owed to who shut the door."""
    thread = decision.thread
    if event.blocked and thread.blocked:
        return decision.why("known_to_be_blocked")
    told = decision.say(Undelivered(thread.client, thread.name, event.blocked)).why("undelivered")
    return leave(told, now) if event.blocked else told


def leave(decision: Decision, now: datetime) -> Decision:
    """The client shut the door: a promise to them is withdrawn; what they wrote stays in the digest."""
    promise = decision.thread.promise
    if promise is not None:
        decision = decision.note(Fact.PROMISE_WITHDRAWN, now, item=promise.item, due=promise.due)
    return decision.turn(blocked=True, promise=None, asking=None, quiet_until=None).note(Fact.CLIENT_LEFT, now)


def _open(desk: Desk, decision: Decision, event: OwnerTapped, now: datetime) -> Decision:
    thread = decision.thread
    lines = tuple(
        Line(
            filed.item,
            filed.message.id,
            filed.message.sent_at,
            filed.message.kind,
            filed.message.words[:CARD_TEXT],
            heard=bool(filed.message.transcript),
        )
        for filed in event.folder[-CARD_LINES:]
    )
    due = thread.promise.due if thread.promise else None
    decision = decision.say(
        TapDone(event.tap, ""), FolderOpened(thread.client, thread.name, lines, due, thread.speaks(desk))
    )
    # Media, and texts that the card has no room for, follow as they were sent.
    too_much = sum(len(line.text) for line in lines) > CARD_ROOM or len(event.folder) > CARD_LINES
    whole = tuple(
        filed.message.id
        for filed in event.folder
        if too_much or filed.message.kind is not Kind.TEXT or len(filed.message.text) > CARD_TEXT
    )
    return (decision.say(MessagesShown(thread.client, whole)) if whole else decision).why("opened")


def _prompt(desk: Desk, decision: Decision, event: OwnerTapped, now: datetime) -> Decision:
    thread = decision.thread
    return decision.say(TapDone(event.tap, ""), AnswerPrompted(thread.client, thread.name)).why("prompted")


def _done(desk: Desk, decision: Decision, event: OwnerTapped, now: datetime) -> Decision:
    if decision.thread.held.count == 0 and decision.thread.promise is None:
        return decision.say(TapDone(event.tap, "nothing_open")).why("nothing_open")
    return settle(decision, now).note(Fact.ITEMS_DONE, now).say(TapDone(event.tap, "done")).why("done_says_owner")


def _snooze(desk: Desk, decision: Decision, event: OwnerTapped, now: datetime) -> Decision:
    if decision.thread.held.count == 0:
        return decision.say(TapDone(event.tap, "nothing_open")).why("nothing_open")
    decision = postpone(desk, decision, now)
    return decision.say(TapDone(event.tap, "snoozed", until=decision.thread.snoozed_until))


def _on_it(desk: Desk, decision: Decision, event: OwnerTapped, now: datetime) -> Decision:
    if event.argument not in ON_IT:
        return decision.say(TapDone(event.tap, "unknown")).why("unknown_button", event.argument)
    # Rounded up to a whole minute: the client is told a clock time.
    until = now + timedelta(minutes=int(event.argument))
    if until.second or until.microsecond:
        until = until.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return take_on(decision, now, until).say(TapDone(event.tap, "on_it", until=until))


def _not_urgent(desk: Desk, decision: Decision, event: OwnerTapped, now: datetime) -> Decision:
    alarm = decision.thread.alarm
    if alarm is None:
        return dismiss(decision, now).say(TapDone(event.tap, "not_urgent"))
    lesson = _lesson(decision.thread, event, now, item=alarm.item, urgent=False)
    return dismiss(decision, now).learn(lesson).say(TapDone(event.tap, "learned_calm"))


def _urgent(desk: Desk, decision: Decision, event: OwnerTapped, now: datetime) -> Decision:
    thread = decision.thread
    if thread.held.count == 0:
        return decision.say(TapDone(event.tap, "nothing_open")).why("nothing_open")
    text = "\n".join(line.text for line in thread.held.lines if line.text)
    alarm = Alarm(thread.held.first, now, (Because("owner_says_urgent"),), 1.0, text=text, touched=True)
    lesson = _lesson(thread, event, now, item=alarm.item, urgent=True)
    return raise_by_hand(decision, alarm, now).learn(lesson).say(TapDone(event.tap, "learned_urgent"))


def item_meant(thread: Thread, action: str) -> int:
    """The item whose words tell what a tap of "urgent" or "not urgent" is about.

    0 where nothing is open, and where several items wait: which one is urgent is not known then, only whose they are.
    """
    if action == "not_urgent":
        return thread.alarm.item if thread.alarm else 0
    return thread.held.first if thread.held.count == 1 else 0


def _lesson(thread: Thread, event: OwnerTapped, now: datetime, *, item: int, urgent: bool) -> Lesson:
    return Lesson(thread.client, item, urgent, now, event.matter, thread.name)


def _send_now(desk: Desk, decision: Decision, event: OwnerTapped, now: datetime) -> Decision:
    if decision.thread.kept is None:
        return decision.say(TapDone(event.tap, "nothing_open")).why("nothing_open")
    return send_kept(desk, decision, now).say(TapDone(event.tap, "sent_now"))


_TAPS: dict[str, Callable[[Desk, Decision, OwnerTapped, datetime], Decision]] = {
    "open": _open,
    "answer": _prompt,
    "done": _done,
    "snooze": _snooze,
    "on_it": _on_it,
    "not_urgent": _not_urgent,
    "urgent": _urgent,
    "send_now": _send_now,
    "bring_back": bring_back,
}
