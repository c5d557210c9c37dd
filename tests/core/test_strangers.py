"""Strangers: who is one, what rings for them, what is set aside and how it comes back, as tables and properties."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.aside import row_of
from bot.core.client_notices import Acknowledged, PassedOn, Reacted, SentenceAsked, TapHeard, WhatAsked
from bot.core.digest import waiting
from bot.core.events import ButtonTapped, CommandGiven, Kind, MessageEdited, OwnerTapped, ThreadEvent
from bot.core.ledger import Fact
from bot.core.owner_notices import AlarmRaised, TapDone
from bot.core.strangers import is_stranger
from bot.core.verdict import Because, Label, Language, Verdict
from tests.core.desks import CLAIMED, CLIENT, INTRODUCED, IVAN, NOW, ROUTINE, SOCIAL, SPAM, URGENT, desk, said
from tests.core.test_decide import QUIET, Life, happenings, owner_says, spans

LINK_ALONE = Verdict(Label.ROUTINE, 0.0, because=(Because("no_words"),))
LOUD_SPAM = replace(URGENT, spam=SPAM.spam)
OFFER = "Предлагаем продвижение сайтов, выведем в топ-10"
INSISTS = ButtonTapped("b1", IVAN, "insist", "", "8", "5")
BRINGS_BACK = OwnerTapped("t", "bring_back", tap="9")


def taps(what: str = "outage") -> ButtonTapped:
    return ButtonTapped("b2", IVAN, "happened", what, "9", "5")


def offered() -> Life:
    return Life().meets(said(1, SPAM, OFFER)).lives(QUIET)


@pytest.mark.parametrize(
    ("events", "stranger"),
    [
        ([], True),
        ([said(1)], True),
        ([said(1), ButtonTapped("b", IVAN, "agree", "", "1", "2")], True),
        ([CommandGiven("s", IVAN, "start")], True),
        ([CommandGiven("s", IVAN, "rules", "shop")], True),
        ([said(1, URGENT)], True),
        ([said(1), OwnerTapped("t", "open")], True),
        ([said(1), OwnerTapped("t", "snooze")], True),
        ([said(1, URGENT), OwnerTapped("t", "not_urgent")], True),
        ([OwnerTapped("t", "done")], True),
        ([INTRODUCED], False),
        ([said(1), owner_says()], False),
        ([said(1), OwnerTapped("t", "done")], False),
        ([said(1), OwnerTapped("t", "urgent")], False),
        ([said(1, URGENT), OwnerTapped("t", "on_it", "30")], False),
        ([said(1, SPAM, OFFER), BRINGS_BACK], False),
    ],
)
def test_who_is_unknown(events: list[ThreadEvent], stranger: bool) -> None:
    life = Life()
    for event in events:
        life.meets(event).lives(QUIET)
    assert is_stranger(life.thread) is stranger


def test_an_answer_that_waits_for_the_morning_makes_known_as_well() -> None:
    life = Life(desk(hold_answers=True))
    life.now = NOW.replace(hour=20)
    life.meets(said(1)).lives(QUIET).meets(owner_says())
    assert life.thread.kept is not None
    assert not is_stranger(life.thread)


# What rings


def test_a_stranger_who_says_what_happens_rings_like_anybody() -> None:
    assert Life().meets(said(1, URGENT, "сайт лежит, заказы не идут")).heard(AlarmRaised)


def test_a_strangers_tap_is_answered_by_a_request_for_words_which_then_are_passed_on() -> None:
    life = Life().meets(said(1)).lives(QUIET).meets(INSISTS).meets(taps("outage"))
    assert life.heard(AlarmRaised) == []
    assert life.heard(SentenceAsked) == [SentenceAsked()]
    life.meets(said(2, ROUTINE, "касса не печатает чеки")).lives(QUIET)
    alarm = life.heard(AlarmRaised)[0]
    assert isinstance(alarm, AlarmRaised)
    assert alarm.because[0] == Because("client_says_outage")
    assert alarm.text == "касса не печатает чеки"
    assert life.heard(PassedOn)
    assert len(life.thread.alarms_spent) == 1


def test_words_are_asked_for_once_however_often_a_stranger_taps() -> None:
    life = Life().meets(said(1, CLAIMED, "срочно!")).lives(QUIET).meets(taps()).meets(taps("payment")).meets(taps())
    assert len(life.heard(SentenceAsked)) == 1
    assert life.heard(TapHeard)[1:] == [TapHeard("9", "sentence_asked")] * 2
    assert life.heard(AlarmRaised) == []
    life.lives(timedelta(minutes=11))
    assert [type(notice) for notice in life.heard(WhatAsked, Acknowledged)] == [WhatAsked, Acknowledged]


@pytest.mark.parametrize(
    "empty",
    [
        said(2, CLAIMED, "СРОЧНО ответьте!!!"),
        said(2, SOCIAL, "здравствуйте"),
        said(2, LINK_ALONE, "https://example.com"),
        said(2, ROUTINE, "", kind=Kind.VOICE),
        said(2, ROUTINE, "", kind=Kind.DOCUMENT),
        said(2, CLAIMED, "срочно", kind=Kind.PHOTO),
        said(2, ROUTINE, "", kind=Kind.STICKER),
    ],
    ids=["claim", "greeting", "link", "voice", "file", "photo", "sticker"],
)
def test_what_says_nothing_does_not_ring_for_a_stranger_and_the_sentence_after_it_does(empty: ThreadEvent) -> None:
    life = Life().meets(said(1)).lives(QUIET).meets(INSISTS).meets(taps())
    life.meets(empty).lives(QUIET)
    assert life.heard(AlarmRaised) == []
    life.meets(said(3, ROUTINE, "касса не печатает чеки")).lives(QUIET)
    assert len(life.heard(AlarmRaised)) == 1


def test_a_known_client_reaches_the_owner_by_a_tap_as_before() -> None:
    life = Life().meets(INTRODUCED).meets(said(1)).lives(QUIET).meets(INSISTS).meets(taps())
    assert len(life.heard(AlarmRaised)) == 1
    assert life.heard(SentenceAsked) == []


# What is set aside


@pytest.mark.parametrize("verdict", [SPAM, LOUD_SPAM], ids=["routine", "urgent"])
def test_spam_is_set_aside_without_a_sound_and_kept_whole(verdict: Verdict) -> None:
    life = Life().meets(said(1, verdict, OFFER)).lives(timedelta(days=8))
    assert life.notices == []
    assert life.facts == [Fact.ITEM_RECEIVED, Fact.ITEM_SET_ASIDE]
    assert waiting(life.thread) is None
    row = row_of(life.thread)
    assert row is not None
    assert (row.client, row.count, row.lines[0].text) == (CLIENT, 1, OFFER)
    assert row.because == SPAM.spam
    assert [because.code for because in life.thread.because] == ["mass_offer", "set_aside"]


@pytest.mark.parametrize(
    "after",
    [
        said(2, SPAM, "и реклама в каналах"),
        said(2, ROUTINE, "Вам интересно?"),
        said(2, CLAIMED, "ответьте срочно"),
        said(2, SOCIAL, "спасибо за внимание"),
        said(2, LINK_ALONE, "https://example.com"),
        said(2, ROUTINE, "", kind=Kind.DOCUMENT),
        said(2, ROUTINE, "", kind=Kind.STICKER),
    ],
)
def test_what_follows_spam_and_does_not_speak_for_itself_stays_aside(after: ThreadEvent) -> None:
    life = offered().meets(after).lives(QUIET)
    assert life.notices == []
    assert life.thread.aside is not None
    assert life.thread.aside.held.count == 2


def test_a_plain_message_after_spam_is_treated_normally_and_shows_the_earlier_ones() -> None:
    life = offered().meets(said(2, ROUTINE, "Извините, это было не вам. Сделаете нам логотип?")).lives(QUIET)
    assert len(life.heard(Acknowledged)) == 1
    assert life.thread.aside is None
    assert (life.thread.held.first, life.thread.held.count) == (1, 2)
    assert [line.message for line in life.thread.held.lines] == ["1", "2"]
    assert Life().meets(said(1, SPAM, OFFER)).lives(QUIET).meets(said(2, URGENT, "сайт лежит")).heard(AlarmRaised)


def test_who_has_something_held_was_taken_for_a_client() -> None:
    life = Life().meets(said(1)).lives(QUIET).meets(said(2, SPAM, OFFER)).lives(QUIET)
    assert life.thread.aside is None
    assert life.thread.held.count == 2


def test_a_desk_can_do_without() -> None:
    life = Life(desk(spam=False)).meets(said(1, SPAM, OFFER)).lives(QUIET)
    assert len(life.heard(Acknowledged)) == 1


def test_an_edit_that_makes_it_plain_brings_it_into_view_and_one_that_does_not_changes_its_words() -> None:
    def edited(text: str, verdict: Verdict) -> Life:
        return offered().meets(MessageEdited("x", IVAN, said(1, text=text).message, 1, verdict))

    life = edited("Предлагаем продвижение и рекламу", SPAM)
    assert life.notices == []
    row = row_of(life.thread)
    assert row is not None
    assert row.lines[0].text == "Предлагаем продвижение и рекламу"
    assert len(edited("Добрый день, нужен сайт для пекарни", ROUTINE).heard(Acknowledged)) == 1
    assert edited("у нас лежит сайт", URGENT).heard(AlarmRaised)


# How it comes back


def test_one_tap_brings_it_back_and_the_client_is_promised_an_answer_from_now() -> None:
    life = offered().lives(timedelta(days=1)).meets(BRINGS_BACK)
    told = life.heard(Acknowledged)
    assert len(told) == 1
    assert life.thread.promise is not None
    assert life.thread.promise.said_at == life.now
    assert life.thread.held.count == 1
    assert life.heard(TapDone) == [TapDone("9", "brought_back")]
    life.meets(BRINGS_BACK)
    assert life.heard(TapDone)[1:] == [TapDone("9", "back_before")]
    assert len(life.heard(Acknowledged)) == 1
    life.meets(said(2, SPAM, OFFER)).lives(QUIET)
    assert life.thread.aside is None
    assert life.heard(Reacted)


def test_the_owners_link_brings_back_as_well() -> None:
    life = offered().meets(INTRODUCED)
    assert life.heard(Acknowledged)
    assert life.thread.held.count == 1


# Properties

strangers_doings = st.one_of(
    st.builds(
        said,
        st.integers(1, 40),
        st.sampled_from([SOCIAL, CLAIMED, LINK_ALONE]),
        st.sampled_from(["", "ок", "срочно!"]),
        kind=st.sampled_from(Kind),
        album=st.sampled_from(["", "a"]),
    ),
    st.builds(said, st.integers(1, 40), st.just(SPAM), st.just(OFFER), kind=st.sampled_from(Kind)),
    st.builds(said, st.integers(1, 40), st.sampled_from([ROUTINE, LOUD_SPAM]), st.just("Когда макет?")),
    st.sampled_from([INSISTS, taps(), taps("other"), ButtonTapped("b", IVAN, "can_wait", "", "1", "2")]),
    st.just(CommandGiven("s", IVAN, "start")),
    st.just(ButtonTapped("b", IVAN, "agree", "", "1", "2")),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(strangers_doings, spans), max_size=20))
def test_a_strangers_alarm_always_holds_words_that_say_what_happens(
    events: list[tuple[ThreadEvent, timedelta]],
) -> None:
    life = Life()
    for event, span in events:
        life.meets(event).lives(span)
    for alarm in life.heard(AlarmRaised):
        assert isinstance(alarm, AlarmRaised)
        assert "Когда макет?" in alarm.text or OFFER in alarm.text
    assert life.thread.aside is None or life.thread.held.count == 0


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(happenings, spans), max_size=20))
def test_nothing_that_a_known_client_sends_is_ever_set_aside_and_nothing_is_lost(
    events: list[tuple[ThreadEvent, timedelta]],
) -> None:
    life = Life().meets(INTRODUCED)
    for event, span in events:
        life.meets(event).lives(span)
    assert Fact.ITEM_SET_ASIDE not in life.facts
    assert life.thread.aside is None


def test_the_language_of_a_client_who_is_brought_back_is_that_of_their_words() -> None:
    bulgarian = Verdict(Label.ROUTINE, 0.1, Language.BG, 0.9, spam=SPAM.spam)
    life = Life().meets(said(1, bulgarian, "Предлагаме реклама")).lives(QUIET).meets(BRINGS_BACK)
    assert life.thread.speaks(life.desk) is Language.BG
