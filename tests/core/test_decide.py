"""The decision: what follows from each event, as tables and as properties over whole lives of a thread."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.calendar import window_at
from bot.core.client_notices import (
    Acknowledged,
    AnswerRelayed,
    BeingHandled,
    BudgetSpent,
    PassedOn,
    PromiseMoved,
    Reacted,
    Sign,
    WhatAsked,
    ZoneAsked,
    ZoneChosen,
)
from bot.core.decide import decide
from bot.core.decision import Decision
from bot.core.desk import Away, Desk
from bot.core.events import (
    ButtonTapped,
    CommandGiven,
    DoorClosed,
    Filed,
    Kind,
    Message,
    MessageEdited,
    MessageReceived,
    OwnerAnswered,
    OwnerTapped,
    SendFailed,
    ThreadEvent,
    TimePassed,
    Transcribed,
)
from bot.core.ledger import Fact
from bot.core.notices import Notice
from bot.core.owner_notices import (
    AlarmEscalated,
    AlarmHandedOver,
    AlarmRaised,
    AnswerHeld,
    MessagesShown,
    PromiseLapsed,
    Undelivered,
)
from bot.core.strangers import is_stranger
from bot.core.thread import Thread, wakes_at
from bot.core.verdict import Label, Language, Verdict
from tests.core.desks import CLAIMED, CLIENT, DESK, INTRODUCED, IVAN, NOW, ROUTINE, SOCIAL, SPAM, URGENT, desk, said


class Life:
    """A thread that lives through events, time passing whenever it asks to be woken."""

    def __init__(self, desk: Desk = DESK) -> None:
        self.desk, self.now, self.thread = desk, NOW, Thread(desk.id, CLIENT)
        self.notices: list[Notice] = []
        self.facts: list[Fact] = []
        self.last = Decision(self.thread)

    def meets(self, event: ThreadEvent) -> "Life":
        self.last = decide(self.desk, self.thread, event, self.now)
        self.thread = self.last.thread
        self.notices += self.last.notices
        self.facts += [entry.fact for entry in self.last.entries]
        assert self.last.because, "every decision says why"
        return self

    def lives(self, span: timedelta) -> "Life":
        until = self.now + span
        while (wake := wakes_at(self.desk, self.thread)) is not None and wake <= until:
            self.now = max(self.now, wake)
            self.meets(TimePassed(f"wake{self.now}"))
            again = wakes_at(self.desk, self.thread)
            assert again is None or again > self.now, "a tick leaves nothing due"
        self.now = until
        return self

    def heard(self, *kinds: type) -> list[Notice]:
        return [notice for notice in self.notices if isinstance(notice, kinds)]


QUIET = timedelta(seconds=8)
SECOND = timedelta(seconds=1)


def owner_says(number: int = 900, album: str = "") -> OwnerAnswered:
    return OwnerAnswered(f"o{number}", Message(str(number), Kind.TEXT, "Готово", NOW, album=album))


def test_a_burst_is_one_item_with_one_acknowledgement() -> None:
    life = Life()
    for number in range(3):
        life.meets(said(number)).lives(3 * SECOND)
    life.lives(QUIET)
    assert len(life.notices) == 1
    assert isinstance(life.notices[0], Acknowledged)
    assert life.thread.items == life.thread.held.count == 1
    assert [line.message for line in life.thread.held.lines] == ["0", "1", "2"]


def test_a_burst_that_never_pauses_ends_after_45_seconds() -> None:
    life = Life()
    for number in range(12):
        life.meets(said(number)).lives(5 * SECOND)
    assert life.facts.count(Fact.PROMISE_MADE) == 1
    assert life.thread.items == 2


def test_later_items_get_a_sign_until_the_promise_is_kept() -> None:
    life = Life().meets(said(1)).lives(QUIET).meets(said(2)).lives(QUIET)
    assert life.heard(Acknowledged, Reacted)[1:] == [Reacted("2", Sign.SEEN)]
    life.meets(owner_says()).lives(timedelta(minutes=11)).meets(said(3)).lives(QUIET)
    assert len(life.heard(Acknowledged)) == 2


def test_the_urgent_goes_on_at_once_and_the_rest_of_the_burst_follows() -> None:
    life = Life().meets(said(1)).meets(said(2, URGENT, "сайт лежит"))
    assert [type(notice) for notice in life.notices] == [Acknowledged, AlarmRaised]
    told = life.heard(Acknowledged)[0]
    assert isinstance(told, Acknowledged)
    assert (told.passed_on, told.may_insist) == (True, False)
    alarm = life.heard(AlarmRaised)[0]
    assert isinstance(alarm, AlarmRaised)
    assert alarm.text == "Когда макет?\nсайт лежит"
    life.meets(said(3, URGENT, "и касса")).lives(QUIET)
    assert life.heard(MessagesShown) == [MessagesShown(CLIENT, ("3",), rings=True)]
    assert len(life.heard(AlarmRaised)) == 1


def test_an_urgent_album_is_passed_on_whole() -> None:
    life = Life()
    life.meets(said(1, URGENT, "вот так выглядит", kind=Kind.PHOTO, album="a"))
    life.meets(said(2, URGENT, "", kind=Kind.PHOTO, album="a"))
    assert life.notices == []
    life.lives(timedelta(seconds=2))
    assert life.heard(MessagesShown) == [MessagesShown(CLIENT, ("1", "2"))]


def test_an_alarm_rings_at_5_15_and_30_minutes_until_it_is_touched() -> None:
    life = Life().meets(said(1, URGENT))
    life.lives(timedelta(hours=3))
    assert [alarm.repeat for alarm in life.notices if isinstance(alarm, AlarmRaised)] == [0, 1, 2, 3]
    touched = Life().meets(said(1, URGENT)).meets(OwnerTapped("t", "on_it", "30")).lives(timedelta(minutes=29))
    assert len(touched.heard(AlarmRaised)) == 1


def test_on_it_tells_the_client_and_becomes_the_promise() -> None:
    life = Life().meets(said(1, URGENT)).meets(OwnerTapped("t", "on_it", "30"))
    assert life.heard(BeingHandled) == [BeingHandled(NOW + timedelta(minutes=30))]
    assert life.thread.promise is not None
    assert life.thread.promise.due == NOW + timedelta(minutes=30)
    life.lives(timedelta(minutes=30))
    assert len(life.heard(PromiseMoved)) == 1


def test_social_gets_a_sign_and_waits_for_nobody() -> None:
    life = Life().meets(said(1, SOCIAL, "спасибо!")).lives(QUIET)
    assert life.notices == [Reacted("1", Sign.HEARD)]
    assert life.thread.held.count == 0


def test_a_bare_claim_is_asked_and_judged_by_what_comes_back() -> None:
    life = Life().meets(said(1, CLAIMED, "срочно!!!")).lives(QUIET)
    assert life.notices == [WhatAsked(insisted=False)]
    life.meets(said(2, URGENT, "корзина пустая у всех"))
    assert life.heard(AlarmRaised)
    again = Life().meets(said(1, CLAIMED, "срочно!!!")).lives(QUIET).meets(said(2, CLAIMED, "СРОЧНО")).lives(QUIET)
    assert len(again.heard(WhatAsked)) == 1
    assert len(again.heard(Acknowledged)) == 1


def test_a_bare_claim_that_nobody_explains_is_promised_like_the_rest() -> None:
    life = Life().meets(said(1, CLAIMED, "срочно!!!")).lives(timedelta(minutes=11))
    assert [type(notice) for notice in life.notices] == [WhatAsked, Acknowledged]


@pytest.mark.parametrize(
    "explanation", [said(2, ROUTINE, "надо сегодня"), ButtonTapped("b", IVAN, "happened", "outage", "9", "5")]
)
def test_who_insists_reaches_the_owner_within_the_weeks_budget(explanation: ThreadEvent) -> None:
    life = Life().meets(INTRODUCED).meets(said(1)).lives(QUIET)
    life.meets(ButtonTapped("b1", IVAN, "insist", "", "8", "5")).meets(explanation).lives(QUIET)
    assert len(life.heard(AlarmRaised)) == 1
    assert life.heard(PassedOn)
    assert len(life.thread.alarms_spent) == 1


def test_a_spent_budget_is_said_courteously_and_comes_back_after_a_week() -> None:
    life = Life(desk(weekly_alarms=1)).meets(INTRODUCED).meets(said(1)).lives(QUIET)
    insist = ButtonTapped("b", IVAN, "insist", "", "8", "5")
    happened = ButtonTapped("b", IVAN, "happened", "other", "9", "5")
    life.meets(insist).meets(happened).meets(OwnerTapped("t", "not_urgent")).meets(insist)
    assert len(life.heard(BudgetSpent)) == 1
    life.lives(timedelta(days=7)).meets(insist)
    assert len(life.heard(WhatAsked)) == 2


def test_while_the_owner_talks_the_gate_is_silent_and_afterwards_it_promises() -> None:
    life = Life().meets(owner_says()).lives(timedelta(minutes=5)).meets(said(1)).lives(QUIET)
    assert life.heard(Acknowledged) == []
    assert life.thread.held.count == 1
    life.lives(timedelta(minutes=5))
    assert len(life.heard(Acknowledged)) == 1


def test_an_answer_keeps_the_promise_and_an_album_goes_whole() -> None:
    life = Life().meets(said(1)).lives(QUIET).meets(owner_says(900, "a")).meets(owner_says(901, "a"))
    assert life.heard(AnswerRelayed) == []
    life.lives(timedelta(seconds=2)).lives(timedelta(days=2))
    assert life.heard(AnswerRelayed) == [AnswerRelayed("tg:1", ("900", "901"))]
    assert Fact.PROMISE_KEPT in life.facts
    assert Fact.PROMISE_MISSED not in life.facts


def test_a_lapsed_promise_is_moved_once_told_and_then_a_day_apart() -> None:
    life = Life().meets(said(1)).lives(timedelta(hours=3, minutes=11))
    assert len(life.heard(PromiseMoved)) == len(life.heard(PromiseLapsed)) == 1
    life.lives(timedelta(days=2))
    assert len(life.heard(PromiseMoved)) == 4  # Tue 14:30, Tue 18:00, Wed 11:00, Thu 11:00


def test_a_vacation_moves_the_running_promise_before_it_lapses() -> None:
    life = Life().meets(said(1)).lives(QUIET)
    today = NOW.date()
    life.desk = replace(life.desk, away=(Away(today, today + timedelta(days=5)),))
    life.meets(TimePassed("roused"))
    moved = life.heard(PromiseMoved)[0]
    assert isinstance(moved, PromiseMoved)
    assert not moved.late
    assert moved.due.moment.date() == today + timedelta(days=6)


def test_snoozing_moves_a_promise_that_would_lapse() -> None:
    life = Life().meets(said(1)).lives(QUIET)
    life.now = NOW + timedelta(hours=2, minutes=50)  # 14:10, in the window
    life.meets(OwnerTapped("t", "snooze"))
    assert len(life.heard(PromiseMoved)) == 1
    assert life.thread.snoozed_until == NOW + timedelta(hours=6, minutes=10)


def test_an_edit_is_judged_again_and_never_acknowledged() -> None:
    life = Life().meets(said(1)).lives(QUIET)
    before = len(life.notices)
    life.meets(MessageEdited("x", IVAN, said(1, text="Когда логотип?").message, 1, ROUTINE))
    assert len(life.notices) == before
    assert life.thread.held.lines[0].text == "Когда логотип?"
    life.meets(MessageEdited("y", IVAN, said(1, text="сайт лежит").message, 1, URGENT))
    assert life.heard(AlarmRaised)
    assert len(life.heard(Acknowledged)) == 1


def test_who_blocks_the_bot_is_owed_nothing_and_the_owner_hears_once() -> None:
    life = Life().meets(said(1)).lives(QUIET)
    for number in range(2):
        life.meets(SendFailed(f"f{number}", "e", blocked=True))
    assert len(life.heard(Undelivered)) == 1
    assert life.thread.promise is None
    assert life.meets(said(2)).thread.blocked is False


def test_a_desk_without_windows_says_so_instead_of_promising() -> None:
    life = Life(replace(DESK, windows=((),) * 7)).meets(said(1)).lives(QUIET)
    assert life.heard(Acknowledged)[0] == Acknowledged(None, switch_to=Language.BG)
    assert life.thread.promise is None


def test_what_a_client_chose_is_stronger_than_what_they_write() -> None:
    bulgarian = Verdict(Label.ROUTINE, 0.1, Language.BG, 0.95)
    life = Life().meets(said(1, bulgarian))
    assert life.thread.speaks(DESK) is Language.BG
    life.meets(ButtonTapped("b", IVAN, "language", "ru", "1", "2")).meets(said(2, bulgarian))
    assert life.thread.speaks(DESK) is Language.RU


def test_an_unsure_text_does_not_speak_against_the_memory() -> None:
    life = Life().meets(said(1, ROUTINE)).meets(said(2, Verdict(Label.ROUTINE, 0.1, Language.BG, 0.3)))
    assert life.thread.speaks(DESK) is Language.RU


def test_an_alarm_that_nobody_touches_goes_to_the_backup_contact_once() -> None:
    life = Life(replace(DESK, owner=replace(DESK.owner, backup="tg:9", backup_name="Олег")))
    life.meets(said(1, URGENT, "сайт лежит")).lives(timedelta(hours=3))
    assert len(life.heard(AlarmEscalated)) == 1
    assert life.heard(AlarmHandedOver) == [AlarmHandedOver(CLIENT, "Иван", "Олег")]


def test_an_answer_of_the_night_goes_out_when_the_next_window_opens_or_by_a_tap() -> None:
    night = NOW.replace(hour=20)  # 23:00 in Moscow

    def held() -> Life:
        life = Life(desk(hold_answers=True)).meets(said(1)).lives(QUIET)
        life.lives(night - life.now)
        return life.meets(owner_says(900)).meets(owner_says(901))

    life = held()
    until = datetime(2026, 11, 25, 7, tzinfo=UTC)
    assert [notice.until for notice in life.notices if isinstance(notice, AnswerHeld)] == [until, until]
    assert life.thread.promise is not None
    life.lives(until - life.now)
    assert life.heard(AnswerRelayed) == [AnswerRelayed("tg:1", ("900", "901"))]
    assert life.thread.promise is None
    tapped = held().meets(OwnerTapped("t", "send_now"))
    assert tapped.heard(AnswerRelayed)


def test_an_answer_to_something_urgent_is_never_kept_back() -> None:
    life = Life(desk(hold_answers=True))
    life.now = NOW.replace(hour=20)
    life.meets(said(1, URGENT)).meets(owner_says())
    assert life.heard(AnswerRelayed)


def test_the_zone_is_asked_once_of_a_client_whose_language_suggests_another_clock() -> None:
    agree = ButtonTapped("b", IVAN, "agree", "", "1", "2")
    life = Life().meets(agree)
    assert life.heard(ZoneAsked) == []
    bulgarian = Life().meets(said(1, Verdict(Label.ROUTINE, 0.1, Language.BG, 0.9))).meets(agree).meets(agree)
    assert len(bulgarian.heard(ZoneAsked)) == 1
    bulgarian.meets(ButtonTapped("z", IVAN, "zone", "Europe/Sofia", "1", "2"))
    assert bulgarian.thread.zone == "Europe/Sofia"
    assert bulgarian.heard(ZoneChosen) == [ZoneChosen("Europe/Sofia")]
    bulgarian.meets(ButtonTapped("z", IVAN, "zone", "../etc/passwd", "1", "2"))
    assert bulgarian.thread.zone == "Europe/Sofia"


def test_the_command_for_the_zone_takes_a_place_or_asks() -> None:
    life = Life().meets(CommandGiven("c", IVAN, "timezone"))
    life.meets(CommandGiven("c", IVAN, "timezone", "Атлантида"))
    assert life.heard(ZoneAsked) == [ZoneAsked(), ZoneAsked(misread="Атлантида")]
    life.meets(CommandGiven("c", IVAN, "timezone", "Берлин", zone="Europe/Berlin"))
    assert life.thread.zone == "Europe/Berlin"


def heard(event: MessageReceived, item: int, words: str = "сайт лежит") -> Transcribed:
    message = replace(event.message, transcript=words)
    return Transcribed(f"heard:{event.id}", item, message, (Filed(item, event.message),), event.verdict)


messages = st.builds(
    said,
    st.integers(1, 40),
    st.sampled_from([URGENT, ROUTINE, SOCIAL, CLAIMED, SPAM, replace(URGENT, spam=SPAM.spam)]),
    st.sampled_from(["", "ок", "Когда макет?"]),
    kind=st.sampled_from(Kind),
    album=st.sampled_from(["", "", "a"]),
)
happenings = st.one_of(
    messages,
    messages,
    messages.map(lambda event: MessageEdited(event.id, IVAN, event.message, int(event.message.id) % 5, event.verdict)),
    st.builds(
        ButtonTapped,
        st.just("b"),
        st.just(IVAN),
        st.sampled_from(["insist", "happened", "can_wait", "agree", "language", "zone", "nonsense"]),
        st.sampled_from(["", "outage", "other", "ru", "bg", "en"]),
        st.just("1"),
        st.just("2"),
    ),
    st.builds(
        CommandGiven,
        st.just("c"),
        st.just(IVAN),
        st.sampled_from(["start", "status", "digest", "language", "what"]),
        st.sampled_from(["", "", "shop"]),
    ),
    st.builds(DoorClosed, st.just("d"), st.just(IVAN), st.booleans()),
    st.builds(owner_says, st.integers(900, 950), st.sampled_from(["", "a", "b"])),
    st.builds(
        OwnerTapped,
        st.just("t"),
        st.sampled_from(
            ["open", "answer", "done", "snooze", "not_urgent", "urgent", "send_now", "bring_back", "nonsense"]
        ),
        st.just(""),
        st.just("7"),
        st.just((Filed(1, said(1).message),)),
    ),
    st.builds(OwnerTapped, st.just("t"), st.just("on_it"), st.sampled_from(["15", "30", "60", "", "x"])),
    st.builds(SendFailed, st.just("f"), st.just("e"), st.booleans()),
    messages.map(lambda event: heard(event, int(event.message.id) % 5)),
)
spans = st.sampled_from([0, 1, 9, 50, 400, 4000, 40_000, 400_000]).map(lambda seconds: timedelta(seconds=seconds))
OWED = {Fact.PROMISE_KEPT, Fact.PROMISE_WITHDRAWN}


@settings(max_examples=150, deadline=None)
@given(st.booleans(), st.lists(st.tuples(happenings, spans), max_size=25))
def test_no_life_of_a_thread_breaks_the_rules_of_the_gate(
    holds: bool, events: list[tuple[ThreadEvent, timedelta]]
) -> None:  # fmt: skip
    life = Life(desk(hold_answers=holds))
    for event, span in events:
        life.meets(event)
        _check(life, life.now)
        life.lives(span)
    made = life.facts.count(Fact.PROMISE_MADE)
    ended = sum(life.facts.count(fact) for fact in OWED)
    assert made == ended + (life.thread.promise is not None), "every promise ends, or is still open"
    assert life.thread.items == life.facts.count(Fact.ITEM_RECEIVED)


def _check(life: Life, now: datetime) -> None:
    aside = Fact.ITEM_SET_ASIDE in {entry.fact for entry in life.last.entries}
    assert not aside or is_stranger(life.thread), "nothing of a known client is set aside"
    assert life.thread.aside is None or life.thread.held.count == 0, "what is set aside stands alone"
    for notice in life.last.notices:
        if isinstance(notice, Acknowledged | PromiseMoved) and notice.due is not None:
            assert notice.due.moment > now
            assert window_at(life.desk, notice.due.moment - timedelta(seconds=1)) is not None
    promise = life.thread.promise
    assert promise is None or promise.said_at <= now
    assert life.thread.held.count > 0 or life.thread.alarm is None


def test_thanks_with_a_file_still_wait_for_the_owner() -> None:
    life = Life().meets(said(1, SOCIAL, "спасибо", kind=Kind.DOCUMENT)).lives(QUIET)
    assert life.thread.held.count == 1
    assert Life().meets(said(1, CLAIMED, "схема", kind=Kind.PHOTO)).lives(QUIET).heard(WhatAsked) == []
    assert Life().meets(said(1, ROUTINE, "", kind=Kind.STICKER)).lives(QUIET).thread.held.count == 0
