"""Promises: made, kept, moved, missed, withdrawn. One per thread at a time; a second question joins it."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.calendar import Due, NoWindow, next_window, promise_due, window_at
from bot.core.client_notices import Acknowledged, PassedOn, PromiseMoved, Reacted, Sign, WordsAsked
from bot.core.decision import Decision
from bot.core.desk import AnswerTime, Desk
from bot.core.ledger import Fact
from bot.core.owner_notices import PromiseLapsed
from bot.core.thread import Held, Promise
from bot.core.verdict import Language
from bot.core.wordless import Wordless
from bot.core.worktime import answer_time, earliest

OTHER_LANGUAGE = {Language.RU: Language.BG, Language.BG: Language.RU}


def due_or_none(
    desk: Desk, arrived: datetime, answer: AnswerTime | None = None, *, since: datetime | None = None
) -> Due | None:
    """When an answer to what arrived then is promised; None where the desk has no window to promise.

    An answer time is counted from `since` where that was earlier.
    """
    try:
        return promise_due(desk, arrived, earliest=earliest(desk, since or arrived, answer) if answer else None)
    except NoWindow:
        return None


def is_live(desk: Desk, decision: Decision, now: datetime) -> bool:
    """Whether the owner is talking with this client at the moment (the rule of the gate, 5)."""
    wrote = decision.thread.owner_wrote_at
    return wrote is not None and now < wrote + desk.rules.live_quiet


def acknowledge(
    desk: Desk,
    decision: Decision,
    now: datetime,
    *,
    item: int,
    message: str = "",
    passed_on: bool = False,
    wordless: Wordless | None = None,
) -> Decision:
    """Answer an item that was taken in: with a promise, a sign under an open one, or silence in a live talk.

    `message` is what a sign is put under. What is `wordless` is asked for a line of words, once in a promise.
    """
    thread = decision.thread
    if is_live(desk, decision, now):
        wrote = thread.owner_wrote_at or now
        return decision.turn(quiet_until=wrote + desk.rules.live_quiet).why("live_talk")
    wordless = None if passed_on or thread.alarm is not None else wordless
    may_insist = not passed_on and desk.rules.weekly_alarms > 0
    if thread.promise is not None and wordless is not None and not thread.promise.words_asked:
        decision = decision.turn(promise=replace(thread.promise, words_asked=True)).why("promise_open")
        return decision.say(WordsAsked(wordless, may_insist)).why("words_asked")
    if thread.promise is not None:
        sign = Reacted(message, Sign.SEEN)
        said = decision.say(PassedOn()) if passed_on else decision.say(sign) if message else decision
        return said.why("promise_open")
    topics = thread.judged.topics if thread.judged else ()
    # What rings does not wait for the answer time of its kind.
    answer = None if passed_on else answer_time(desk, topics, thread.client, thread.name)
    due = due_or_none(desk, now, answer)
    first = thread.introduced_at is None
    decision = decision.turn(introduced_at=thread.introduced_at or now, quiet_until=None).say(
        Acknowledged(
            due,
            passed_on=passed_on,
            may_insist=may_insist,
            switch_to=OTHER_LANGUAGE.get(thread.speaks(desk)) if first else None,
            wordless=wordless,
        )
    )
    if due is None:
        return decision.why("no_window")
    made = Promise(said_at=now, due=due.moment, item=item, answer=answer, words_asked=wordless is not None)
    return (
        decision.turn(promise=made)
        .note(Fact.PROMISE_MADE, now, item=item, due=due.moment)
        .why("promise_made", due.moment.isoformat())
    )


def settle(decision: Decision, now: datetime, fact: Fact = Fact.PROMISE_KEPT) -> Decision:
    """Nothing is owed any more: what was held is answered, done, or (`PROMISE_WITHDRAWN`) beyond reach."""
    promise = decision.thread.promise
    if promise is not None:
        decision = decision.note(fact, now, item=promise.item, due=promise.due)
    return decision.turn(
        promise=None, held=Held(), aside=None, alarm=None, asking=None, quiet_until=None, snoozed_until=None
    )  # fmt: skip


def move(desk: Desk, decision: Decision, due: Due, now: datetime, *, late: bool) -> Decision:
    """Say a later time for an open promise, with one sentence of apology."""
    promise = decision.thread.promise
    if promise is None:
        return decision
    answer = None if late else promise.answer
    moved = replace(promise, said_at=now, due=due.moment, moves=promise.moves + 1, own=False, answer=answer)
    return (
        decision.turn(promise=moved)
        .note(Fact.PROMISE_MOVED, now, item=promise.item, due=due.moment)
        .say(PromiseMoved(due, late=late, moves=promise.moves))
        .why("promise_moved", due.moment.isoformat())
    )


def lapse(desk: Desk, decision: Decision, now: datetime) -> Decision:
    """A promise passed unanswered: the client hears the new time at once, the owner sees it.

    The first new time is the next window's; from then on a day apart, so that a long silence is not a daily flood.
    """
    thread = decision.thread
    if thread.promise is None:
        return decision
    decision = decision.note(Fact.PROMISE_MISSED, now, item=thread.promise.item, due=thread.promise.due)
    after = now if thread.promise.moves == 0 else _next_morning(desk, now)
    due = due_or_none(desk, after)
    if due is None:
        return decision.turn(promise=None).note(Fact.PROMISE_WITHDRAWN, now).why("no_window")
    return move(desk, decision, due, now, late=True).say(
        PromiseLapsed(thread.client, thread.name, due.moment, thread.held.count)
    )


def follow_desk(desk: Desk, decision: Decision, now: datetime) -> Decision:
    """Move a promise whose window the owner has taken away (vacation, other hours), before it lapses."""
    promise = decision.thread.promise
    if promise is None or promise.own or promise.due <= now:
        return decision
    if window_at(desk, promise.due - timedelta(minutes=1)) is not None:
        return decision
    due = due_or_none(desk, now, promise.answer, since=decision.thread.held.since)
    if due is None:
        return decision.turn(promise=None).note(Fact.PROMISE_WITHDRAWN, now, due=promise.due).why("no_window")
    return move(desk, decision, due, now, late=False)


def postpone(desk: Desk, decision: Decision, now: datetime) -> Decision:
    """Put what is held off to the next window; a promise that would lapse before is moved there now."""
    window = next_window(desk, now)
    if window is None:
        return decision.why("no_window")
    decision = (
        decision.turn(snoozed_until=window.start)
        .note(Fact.ITEMS_SNOOZED, now, due=window.start)
        .why("snoozed", window.start.isoformat())
    )
    promise = decision.thread.promise
    due = due_or_none(desk, window.start)
    if promise is None or due is None or promise.due >= due.moment:
        return decision
    return move(desk, decision, due, now, late=False)


def _next_morning(desk: Desk, now: datetime) -> datetime:
    """The beginning of the owner's next day, in UTC."""
    local = now.astimezone(ZoneInfo(desk.owner.zone))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return midnight.astimezone(now.tzinfo)
