"""What comes without a word: asked for one line, once in a promise, and shown along when the line cannot wait."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.client_notices import Acknowledged, PassedOn, Reacted, Sign, WhatAsked, WordsAsked
from bot.core.events import ButtonTapped, Kind, Message, OwnerAnswered, OwnerTapped
from bot.core.owner_notices import AlarmRaised, MessagesShown
from bot.core.thread import Line
from bot.core.verdict import Because, Label, Verdict
from bot.core.wordless import Wordless, wordless
from tests.core.desks import CLIENT, INTRODUCED, IVAN, NOW, ROUTINE, URGENT, desk, said
from tests.core.test_decide import QUIET, Life

MUTE = Verdict(Label.ROUTINE, 0.05, because=(Because("no_words"),))


@pytest.mark.parametrize(
    ("kinds", "asked"),
    [
        ((Kind.VOICE,), Wordless(Kind.VOICE)),
        ((Kind.VOICE, Kind.VOICE), Wordless(Kind.VOICE, several=True)),
        ((Kind.VIDEO_NOTE,), Wordless(Kind.VIDEO)),
        ((Kind.VIDEO, Kind.VIDEO_NOTE), Wordless(Kind.VIDEO, several=True)),
        ((Kind.AUDIO,), Wordless(Kind.AUDIO)),
        ((Kind.PHOTO, Kind.PHOTO, Kind.PHOTO), Wordless(Kind.PHOTO, several=True)),
        ((Kind.DOCUMENT,), Wordless(Kind.DOCUMENT)),
        ((Kind.PHOTO, Kind.DOCUMENT), Wordless(Kind.OTHER, several=True)),
        ((Kind.STICKER, Kind.PHOTO), Wordless(Kind.PHOTO)),
        ((Kind.LOCATION,), None),
        ((Kind.CONTACT,), None),
        ((Kind.OTHER,), None),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, tuple) else "",
)
def test_the_acknowledgement_asks_for_a_line_by_kind(kinds: tuple[Kind, ...], asked: Wordless | None) -> None:
    life = Life()
    for number, kind in enumerate(kinds):
        life.meets(said(number, MUTE, "", kind=kind))
    life.lives(QUIET)
    (notice,) = life.notices
    assert isinstance(notice, Acknowledged)
    assert notice.wordless == asked
    assert life.thread.promise is not None
    assert life.thread.promise.words_asked is (asked is not None)


def test_pictures_beside_words_are_asked_nothing() -> None:
    for captions in (("вот макет", ""), ("", "вот макет")):
        life = Life()
        for number, caption in enumerate(captions):
            life.meets(said(number, ROUTINE, caption, kind=Kind.PHOTO, album="a"))
        life.lives(QUIET)
        (notice,) = life.heard(Acknowledged)
        assert isinstance(notice, Acknowledged)
        assert notice.wordless is None
    line = Line(1, "1", NOW, Kind.VOICE, "")
    assert wordless((line, replace(line, kind=Kind.TEXT, text="да"))) is None
    assert wordless(()) is None


def test_under_an_open_promise_one_is_asked_once_and_then_only_signed() -> None:
    life = Life().meets(said(1)).lives(QUIET)
    life.meets(said(2, MUTE, "", kind=Kind.VOICE)).lives(QUIET)
    life.meets(said(3, MUTE, "", kind=Kind.PHOTO)).lives(QUIET)
    assert life.heard(WordsAsked, Reacted) == [WordsAsked(Wordless(Kind.VOICE)), Reacted("3", Sign.SEEN)]
    assert len(life.heard(Acknowledged)) == 1


def test_what_the_acknowledgement_asked_is_not_asked_again_but_under_the_next_promise_it_is() -> None:
    life = Life().meets(said(1, MUTE, "", kind=Kind.VOICE)).lives(QUIET)
    life.meets(said(2, MUTE, "", kind=Kind.VOICE)).lives(QUIET)
    assert life.heard(WordsAsked, Reacted) == [Reacted("2", Sign.SEEN)]
    life.meets(OwnerAnswered("o", Message("900", Kind.TEXT, "Готово", NOW))).lives(timedelta(minutes=11))
    life.meets(said(3, MUTE, "", kind=Kind.VOICE)).lives(QUIET)
    assert [notice.wordless for notice in life.heard(Acknowledged) if isinstance(notice, Acknowledged)] == [
        Wordless(Kind.VOICE)
    ] * 2


def test_a_promise_that_moves_remembers_that_it_was_asked() -> None:
    life = Life().meets(said(1, MUTE, "", kind=Kind.VOICE)).lives(timedelta(hours=4))
    assert life.thread.promise is not None
    assert (life.thread.promise.moves, life.thread.promise.words_asked) == (1, True)


def test_nobody_is_asked_while_the_owner_talks_and_afterwards_with_the_promise() -> None:
    life = Life().meets(said(1)).lives(QUIET)
    life.meets(OwnerAnswered("o", Message("900", Kind.TEXT, "Готово", NOW)))
    life.meets(said(2, MUTE, "", kind=Kind.VOICE)).lives(timedelta(minutes=5))
    assert life.heard(WordsAsked) == []
    life.lives(timedelta(minutes=6))
    assert isinstance(last := life.notices[-1], Acknowledged)
    assert last.wordless == Wordless(Kind.VOICE)


def test_nobody_is_asked_while_an_alarm_is_open() -> None:
    life = Life().meets(said(1, URGENT)).lives(QUIET).meets(said(2, MUTE, "", kind=Kind.PHOTO)).lives(QUIET)
    assert life.heard(WordsAsked) == []
    assert life.heard(Reacted) == [Reacted("2", Sign.SEEN)]


def test_where_nothing_can_be_insisted_on_the_button_is_not_spoken_of() -> None:
    life = Life(desk(weekly_alarms=0)).meets(said(1)).lives(QUIET).meets(said(2, MUTE, "", kind=Kind.VOICE))
    assert life.lives(QUIET).heard(WordsAsked) == [WordsAsked(Wordless(Kind.VOICE), may_insist=False)]


def test_a_line_that_cannot_wait_brings_along_what_was_held_without_a_word() -> None:
    life = Life().meets(said(1, MUTE, "", kind=Kind.VOICE)).lives(QUIET)
    life.meets(said(2, URGENT, "сайт лежит")).lives(QUIET)
    assert [type(notice) for notice in life.notices[1:]] == [PassedOn, AlarmRaised, MessagesShown]
    assert life.notices[-1] == MessagesShown(CLIENT, ("1",))
    # What was shown with one alarm does not come again with the next.
    life.meets(said(3, URGENT, "и касса", kind=Kind.PHOTO)).lives(QUIET)
    assert life.heard(MessagesShown)[1:] == [MessagesShown(CLIENT, ("3",))]


def test_what_was_answered_is_not_brought_along() -> None:
    life = Life().meets(said(1, MUTE, "", kind=Kind.VOICE)).lives(QUIET).meets(OwnerTapped("t", "done"))
    assert life.meets(said(2, URGENT, "сайт лежит")).lives(QUIET).heard(MessagesShown) == []


@pytest.mark.parametrize("by_tap", [True, False])
def test_who_insists_on_a_voice_is_heard_with_it(by_tap: bool) -> None:
    """The answer to "what happens?" may be a tap, or another voice message; not a stranger's."""
    life = Life().meets(INTRODUCED).meets(said(1, MUTE, "", kind=Kind.VOICE)).lives(QUIET)
    life.meets(ButtonTapped("b1", IVAN, "insist", "", "8", "5"))
    if by_tap:
        life.meets(ButtonTapped("b2", IVAN, "happened", "outage", "9", "6"))
    else:
        life.meets(said(2, MUTE, "", kind=Kind.VOICE)).lives(QUIET)
    (alarm,) = life.heard(AlarmRaised)
    assert isinstance(alarm, AlarmRaised)
    assert alarm.because[0] == Because("client_says_outage" if by_tap else "client_insists")
    assert life.heard(MessagesShown) == [MessagesShown(CLIENT, ("1",) if by_tap else ("1", "2"))]
    assert len(life.thread.alarms_spent) == 1


def test_a_bare_claim_explained_by_a_picture_is_promised_and_asked_for_a_line() -> None:
    life = Life().meets(said(1, replace(ROUTINE, label=Label.CLAIMED), "срочно!!!")).lives(QUIET)
    life.meets(said(2, MUTE, "", kind=Kind.PHOTO)).lives(QUIET)
    assert [type(notice) for notice in life.notices] == [WhatAsked, Acknowledged]
    assert isinstance(last := life.notices[-1], Acknowledged)
    assert last.wordless == Wordless(Kind.PHOTO)
