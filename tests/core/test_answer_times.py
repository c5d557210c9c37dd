"""Answers that take their time, and windows that are full: what the decision makes of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.calendar import Cause
from bot.core.client_notices import Acknowledged, PromiseMoved
from bot.core.desk import AnswerTime, Away, Desk
from bot.core.events import Kind, Message, MessageReceived, TimePassed
from bot.core.kinds import LONG_TEXT, THINGS, kinds_of
from bot.core.thread import Promise
from bot.core.verdict import Verdict
from tests.core.desks import DESK, IVAN, NOW, ROUTINE, URGENT, said
from tests.core.test_calendar import at
from tests.core.test_decide import Life

ESTIMATES = AnswerTime(("estimate",), working_days=2)
IVANS = AnswerTime(client="Иван", working_time=timedelta(hours=4))
SOON, ON_THURSDAY = at("2026-11-24 14:30"), at("2026-11-26 18:00")


def taking_time(*answers: AnswerTime) -> Desk:
    return replace(DESK, answers=answers)


def about(*topics: str, of: Verdict = ROUTINE) -> Verdict:
    return replace(of, topics=topics)


def promise(life: Life) -> Promise:
    assert life.thread.promise is not None
    return life.thread.promise


def test_an_estimate_is_promised_by_the_end_of_the_second_working_day() -> None:
    life = Life(taking_time(ESTIMATES)).meets(said(1, about("estimate"))).lives(timedelta(seconds=10))
    assert promise(life).due == ON_THURSDAY
    (told,) = (notice for notice in life.notices if isinstance(notice, Acknowledged))
    assert told.due is not None
    assert (told.due.moment, told.due.delay.cause) == (ON_THURSDAY, Cause.NONE)


def test_anything_else_is_promised_as_ever() -> None:
    life = Life(taking_time(ESTIMATES)).meets(said(1, about("bug"))).lives(timedelta(seconds=10))
    assert promise(life).due == SOON


def test_a_client_with_an_answer_time_of_their_own() -> None:
    life = Life(taking_time(IVANS)).meets(said(1)).lives(timedelta(seconds=10))
    assert promise(life).due == at("2026-11-24 18:00")  # 11:20 and four hours between 10:00 and 18:00
    stranger = MessageReceived("e1", replace(IVAN, name="Олег"), Message("1", Kind.TEXT, "Когда?", NOW), ROUTINE)
    assert promise(Life(taking_time(IVANS)).meets(stranger).lives(timedelta(seconds=10))).due == SOON


def test_every_message_of_a_burst_counts() -> None:
    life = Life(taking_time(ESTIMATES)).meets(said(1, about("estimate"))).meets(said(2, about("file")))
    assert life.thread.judged is not None
    assert life.thread.judged.topics == ("estimate", "file")
    assert promise(life.lives(timedelta(seconds=10))).due == ON_THURSDAY


def test_what_rings_does_not_take_its_time() -> None:
    life = Life(taking_time(ESTIMATES)).meets(said(1, about("estimate", of=URGENT))).lives(timedelta(seconds=10))
    assert promise(life).due == SOON


def test_a_vacation_moves_a_slow_promise_by_its_own_measure() -> None:
    life = Life(taking_time(ESTIMATES)).meets(said(1, about("estimate"))).lives(timedelta(seconds=10))
    thursday = ON_THURSDAY.date()
    life.desk = replace(life.desk, away=(Away(thursday, thursday + timedelta(days=3)),))
    life.now += timedelta(minutes=1)
    life.meets(TimePassed("away"))
    assert promise(life).due == at("2026-11-30 18:00")  # Wednesday and Monday are the two days


def test_a_slow_promise_that_lapsed_is_owed_by_the_next_window() -> None:
    life = Life(taking_time(ESTIMATES)).meets(said(1, about("estimate"))).lives(ON_THURSDAY - NOW)
    moved = [notice for notice in life.notices if isinstance(notice, PromiseMoved)]
    assert [notice.due.moment for notice in moved] == [at("2026-11-27 11:00")]
    assert promise(life).answer is None


def test_a_full_window_is_passed_over_and_the_client_is_told_why() -> None:
    life = Life(replace(DESK, full=frozenset({SOON}))).meets(said(1)).lives(timedelta(seconds=10))
    assert promise(life).due == at("2026-11-24 18:00")
    (told,) = (notice for notice in life.notices if isinstance(notice, Acknowledged))
    assert told.due is not None
    assert told.due.delay.cause is Cause.BUSY


@pytest.mark.parametrize(
    ("kind", "text", "kinds"),
    [
        (Kind.TEXT, "Когда макет?", set()),
        (Kind.TEXT, "а" * LONG_TEXT, {"long"}),
        (Kind.PHOTO, "", set()),
        (Kind.DOCUMENT, "а" * LONG_TEXT, {"file", "long"}),
        (Kind.VIDEO, "", {"file"}),
        (Kind.VOICE, "", {"voice"}),
        (Kind.VIDEO_NOTE, "", {"voice"}),
        (Kind.STICKER, "", set()),
    ],
)
def test_the_form_of_a_message_tells_some_kinds(kind: Kind, text: str, kinds: set[str]) -> None:
    assert kinds_of(kind, text) == kinds <= set(THINGS)
