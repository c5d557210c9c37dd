"""Strangers (PRODUCT.md, C12): urgent only in words, their mass offers set aside, and one tap that brings them back."""

from dataclasses import replace
from datetime import datetime

from bot.core.client_notices import SentenceAsked, TapHeard
from bot.core.decision import Decision
from bot.core.desk import Desk
from bot.core.events import ButtonTapped, OwnerTapped
from bot.core.ledger import Fact
from bot.core.owner_notices import TapDone
from bot.core.promises import acknowledge
from bot.core.thread import Aside, Asking, Gathering, Held, Thread
from bot.core.verdict import Because, Label, Verdict

# A text of fewer words than this («Ну что?», «Вам интересно?») does not speak for its writer, unless it is urgent.
FEW_WORDS = 4
_SIGNS = ".,;:!?…—–-()«»„“”\"'"


def is_stranger(thread: Thread) -> bool:
    """Whether nobody on the owner's side has ever had to do with this client.

    Known is whom the owner has answered (also by an answer that still waits for the morning), who came by a link that
    carried a name or a project, and whose item the owner took on, marked urgent, called done or brought back. Agreeing
    to the rules makes nobody known: it is one tap under a text that everybody is shown, and spammers tap too. Nor does
    a promise, which the gate makes to all.
    """
    return thread.known_at is None and thread.owner_wrote_at is None and thread.kept is None


def may_go_aside(desk: Desk, thread: Thread) -> bool:
    """Whether spam of this client's would be set aside. Who has something held was taken for a client before."""
    return desk.rules.spam and is_stranger(thread) and thread.held.count == 0 and thread.alarm is None


def suspected(desk: Desk, thread: Thread, verdict: Verdict) -> Verdict:
    """The verdict as it counts for this client: only who may be set aside can be suspected of spam."""
    return verdict if verdict.spam is None or may_go_aside(desk, thread) else replace(verdict, spam=None)


def goes_aside(desk: Desk, thread: Thread, burst: Gathering) -> bool:
    """Whether the burst is set aside: spam, and after spam what does not speak for itself (a nod, a link, «ну?»)."""
    if not may_go_aside(desk, thread):
        return False
    return burst.verdict.spam is not None or (thread.aside is not None and not is_plain(burst.verdict, burst.text))


def is_plain(verdict: Verdict, text: str) -> bool:
    """Whether a text is plainly no spam."""
    if verdict.spam is not None or not tells(verdict):
        return False
    words = sum(word.strip(_SIGNS).isalpha() for word in text.split())
    return verdict.label is Label.URGENT or words >= FEW_WORDS


def tells(verdict: Verdict) -> bool:
    """Whether the text says something: more than a greeting, a bare claim, a link, a number."""
    wordless = any(because.code == "no_words" for because in verdict.because)
    return verdict.label in (Label.URGENT, Label.ROUTINE) and not wordless


def set_aside(decision: Decision, burst: Gathering, now: datetime) -> Decision:
    """Keep the burst without a sound: no sign, no promise, no row of the digest. The folder has it whole."""
    before = decision.thread.aside
    held = (before.held if before else Held()).plus(burst.lines(now), burst.item, now, burst.verdict.topics)
    because = burst.verdict.spam or (before.because if before else Because("set_aside"))
    return (
        replace(decision, because=(*decision.because, because))
        .turn(aside=Aside(held, now, because))
        .note(Fact.ITEM_SET_ASIDE, now, item=burst.item, detail=because.code)
        .why("set_aside")
    )


def show_again(decision: Decision, now: datetime) -> Decision:
    """What was set aside waits for the owner like anything else."""
    aside = decision.thread.aside
    if aside is None:
        return decision
    # Nothing is held beside it: who has something held is not set aside, and what is held next comes after this.
    shown = decision.turn(held=aside.held, aside=None)
    return shown.note(Fact.ITEMS_BROUGHT_BACK, now, item=aside.held.first).why("came_into_view")


def meet(desk: Desk, decision: Decision, now: datetime) -> Decision:
    """From now on the client is known; what was set aside of theirs comes into view and is answered."""
    aside = decision.thread.aside
    decision = decision.turn(known_at=decision.thread.known_at or now)
    if aside is None:
        return decision
    decision = show_again(decision, now)
    if decision.thread.blocked:
        return decision.why("known_to_be_blocked")
    return acknowledge(desk, decision, now, item=aside.held.first)


def bring_back(desk: Desk, decision: Decision, event: OwnerTapped, now: datetime) -> Decision:
    """The owner's tap: this is a client."""
    if decision.thread.aside is None:
        return meet(desk, decision, now).say(TapDone(event.tap, "back_before")).why("back_before")
    return meet(desk, decision, now).say(TapDone(event.tap, "brought_back")).why("brought_back")


def ask_for_words(decision: Decision, event: ButtonTapped, now: datetime) -> Decision:
    """A stranger answered "what happens?" by a tap, which costs nothing: one sentence is asked for, once."""
    asking = decision.thread.asking
    if asking is not None and asking.happened:
        return (
            decision.turn(asking=replace(asking, happened=event.argument))
            .say(TapHeard(event.tap, "sentence_asked"))
            .why("words_awaited")
        )
    return (
        decision.turn(asking=Asking(now, insisted=True, happened=event.argument))
        .say(TapHeard(event.tap), SentenceAsked())
        .why("sentence_asked")
    )


def in_their_words(burst: Gathering, asking: Asking) -> Gathering:
    """The burst with what its writer did first among its reasons: tapped what happens, or pressed the button."""
    first = Because(f"client_says_{asking.happened}" if asking.happened else "client_insists")
    return replace(burst, verdict=replace(burst.verdict, because=(first, *burst.verdict.because)))
