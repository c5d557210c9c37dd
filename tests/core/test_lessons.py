"""What taps teach: bounded, monotone, whatever the order, and as if it had never been once it is forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.answers import item_meant
from bot.core.decide import decide
from bot.core.events import OwnerTapped, ThreadEvent, TimePassed
from bot.core.lessons import (
    BOUND,
    ENOUGH_ITEMS,
    GUARDED,
    HALF_LIFE,
    LASTS,
    Learned,
    Lesson,
    Matter,
    Word,
    lean,
    learned,
    meant_by,
)
from bot.core.thread import Thread
from bot.core.verdict import Because, Label, Verdict
from tests.core.desks import CLIENT, DESK, NOW, ROUTINE, URGENT, said

DAY = timedelta(days=1)
IVAN, KALINA = "tg:5", "tg:6"
LABELS = st.sampled_from(Label)


def about(*words: str, harms: tuple[str, ...] = ()) -> Matter:
    return Matter(harms, tuple(Word(word, word) for word in words))


MEETING = about("встреча", "переносится", harms=("meeting",))
LEGAL = about(harms=("legal",))
TILL = about("касса", "терминал")


def urgent(score: float = 0.6) -> Verdict:
    return Verdict(Label.URGENT, score, because=(Because("meeting", "встреча"),))


def routine(score: float = 0.4) -> Verdict:
    return Verdict(Label.ROUTINE, score, because=(Because("model"),))


def taps(count: int, matter: Matter, *, urgent: bool, client: str = IVAN, age: timedelta = DAY) -> list[Lesson]:
    return [Lesson(client, item, urgent, NOW - age, matter, "Иван") for item in range(1, count + 1)]


# What a tap does


@pytest.mark.parametrize(
    ("verdict", "matter", "lessons", "label"),
    [
        pytest.param(urgent(), MEETING, [], Label.URGENT, id="nobody has taught anything"),
        pytest.param(urgent(), MEETING, taps(1, MEETING, urgent=False), Label.ROUTINE, id="one tap, near by"),
        pytest.param(urgent(0.75), MEETING, taps(1, MEETING, urgent=False), Label.URGENT, id="one tap, farther off"),
        pytest.param(urgent(0.75), MEETING, taps(2, MEETING, urgent=False), Label.ROUTINE, id="two taps"),
        pytest.param(urgent(0.9), MEETING, taps(99, MEETING, urgent=False), Label.URGENT, id="what is clear stays"),
        pytest.param(routine(), TILL, taps(1, TILL, urgent=True), Label.URGENT, id="urgent after all"),
        pytest.param(routine(0.1), TILL, taps(99, TILL, urgent=True), Label.ROUTINE, id="clearly routine stays"),
        pytest.param(urgent(), TILL, taps(9, MEETING, urgent=False, client=KALINA), Label.URGENT, id="something else"),
        pytest.param(urgent(), MEETING, taps(1, MEETING, urgent=False, age=LASTS), Label.URGENT, id="a year ago"),
        pytest.param(
            urgent(), MEETING, taps(1, MEETING, urgent=False, age=2 * HALF_LIFE), Label.URGENT, id="half a year ago"
        ),
        pytest.param(urgent(0.51), about(), taps(1, about(), urgent=False), Label.ROUTINE, id="the client alone"),
        pytest.param(
            urgent(0.55), about("встречу"), taps(1, about("встреча"), urgent=False), Label.ROUTINE, id="a word's form"
        ),
    ],
)
def test_a_later_verdict_leans(verdict: Verdict, matter: Matter, lessons: list[Lesson], label: Label) -> None:
    assert lean(verdict, matter, IVAN, lessons, NOW).label is label


@pytest.mark.parametrize("harm", sorted(GUARDED))
def test_a_grave_harm_is_calmed_only_by_three_taps_about_that_harm(harm: str) -> None:
    matter = about("касса", "терминал", harms=(harm,))
    few, enough = (taps(count, matter, urgent=False) for count in (ENOUGH_ITEMS - 1, ENOUGH_ITEMS))
    assert lean(urgent(), matter, IVAN, few, NOW) == urgent()
    assert lean(urgent(), matter, IVAN, taps(9, TILL, urgent=False), NOW) == urgent(), "the words and the client alone"
    assert lean(urgent(), matter, IVAN, enough, NOW).label is Label.ROUTINE
    assert lean(urgent(0.9), matter, IVAN, taps(99, matter, urgent=False), NOW).label is Label.URGENT
    both = replace(matter, harms=tuple(sorted(GUARDED)))
    assert lean(urgent(), both, IVAN, enough, NOW) == urgent(), "the other harms were never called calm"


@pytest.mark.parametrize("label", [Label.SOCIAL, Label.CLAIMED])
@pytest.mark.parametrize("is_urgent", [True, False])
def test_small_talk_and_bare_claims_stay_what_they_are(label: Label, is_urgent: bool) -> None:
    verdict = Verdict(label, 0.49)
    assert lean(verdict, TILL, IVAN, taps(9, TILL, urgent=is_urgent), NOW) == verdict


@pytest.mark.parametrize("score", [0.0, 1.0])
def test_what_is_beyond_doubt_is_left_alone(score: float) -> None:
    assert lean(routine(score), TILL, IVAN, taps(9, TILL, urgent=True), NOW).score == score


# Which taps teach, and about what


def tapped(action: str, *happened: ThreadEvent) -> tuple[Thread, Lesson | None]:
    """What the owner's tap finds, and what it teaches."""
    thread = Thread("1", CLIENT)
    for event in happened:
        thread = decide(DESK, thread, event, NOW).thread
        thread = decide(DESK, thread, TimePassed("w"), NOW + timedelta(seconds=10)).thread
    return thread, decide(DESK, thread, OwnerTapped("t", action, "", "7", matter=TILL), NOW + DAY / 24).lesson


@pytest.mark.parametrize(
    ("action", "happened", "item", "is_known"),
    [
        ("not_urgent", [said(1, URGENT)], 1, True),
        ("not_urgent", [said(1, ROUTINE), said(2, URGENT)], 2, True),
        ("urgent", [said(1, ROUTINE)], 1, True),
        # Which of several is meant nobody knows; the client is learned all the same.
        ("urgent", [said(1, ROUTINE), said(2, ROUTINE)], 1, False),
        ("not_urgent", [said(1, ROUTINE)], 0, False),
        ("urgent", [], 0, False),
        ("done", [said(1, URGENT)], 0, False),
        ("answer", [said(1, URGENT)], 0, False),
        ("on_it", [said(1, URGENT)], 0, False),
        ("snooze", [said(1, URGENT)], 0, False),
    ],
)
def test_what_a_tap_teaches(action: str, happened: list[ThreadEvent], item: int, is_known: bool) -> None:
    thread, lesson = tapped(action, *happened)
    if action in ("urgent", "not_urgent"):
        assert item_meant(thread, action) == (item if is_known else 0)
    taught = Lesson(CLIENT, item, action == "urgent", NOW + DAY / 24, TILL, "Иван")
    assert lesson == (taught if item else None)


# Why


@pytest.mark.parametrize(
    ("lessons", "matter", "because"),
    [
        (taps(2, TILL, urgent=True), about("кассу", "терминалы"), Because("learned_urgent", "кассу, терминалы", 2)),
        (taps(3, about(), urgent=True), about("макет"), Because("learned_urgent_client", "", 3)),
        (taps(3, LEGAL, urgent=True, client=KALINA), LEGAL, Because("learned_urgent", "", 3)),
    ],
    ids=["words", "client", "harm"],
)
def test_the_owner_is_told_why(lessons: list[Lesson], matter: Matter, because: Because) -> None:
    assert lean(routine(0.45), matter, IVAN, lessons, NOW).because == (because,)


def test_a_calmed_alarm_still_says_what_had_spoken_for_it() -> None:
    calmed = lean(urgent(), MEETING, IVAN, taps(1, MEETING, urgent=False), NOW)
    assert [reason.code for reason in calmed.because] == ["learned_calm", "meeting"]


# Properties

words = st.sampled_from(["касса", "кассу", "касата", "встреча", "переносится", "макет", "логотип", "счёт"])
matters = st.builds(
    lambda words, harms: about(*words, harms=tuple(harms)),
    st.lists(words, max_size=4, unique=True),
    st.lists(st.sampled_from(["outage", "payment", "meeting", "legal"]), max_size=2, unique=True),
)
lesson = st.builds(
    Lesson,
    client=st.sampled_from([IVAN, KALINA]),
    item=st.integers(1, 40),
    urgent=st.booleans(),
    at=st.integers(-1, 500).map(lambda days: NOW - days * DAY),
    matter=matters,
    name=st.just("Иван"),
)
lessons_of_a_desk = st.lists(lesson, max_size=12, unique_by=lambda each: each.key)
verdicts = st.builds(
    Verdict, label=LABELS, score=st.floats(0, 1).map(lambda score: round(score, 4)), threshold=st.floats(0.2, 0.8)
).map(
    lambda verdict: (
        replace(verdict, label=Label.URGENT if verdict.score >= verdict.threshold else Label.ROUTINE)
        if verdict.label in (Label.URGENT, Label.ROUTINE)
        else verdict
    )
)


def without(lessons: list[Lesson], key: str) -> list[Lesson]:
    return [each for each in lessons if each.key != key]


@given(verdicts, matters, lessons_of_a_desk)
def test_no_taps_whatever_carry_a_verdict_far(verdict: Verdict, matter: Matter, lessons: list[Lesson]) -> None:
    after = lean(verdict, matter, IVAN, lessons, NOW)
    before, tenth_of_a_mille = verdict.score, 0.0001
    if 0.01 < before < 0.99:
        odds = after.score / (1 - after.score) / (before / (1 - before))
        assert 2.7182818 ** -(BOUND + 0.02) <= odds <= 2.7182818 ** (BOUND + 0.02)
    if after.label is not verdict.label:
        assert {after.label, verdict.label} == {Label.URGENT, Label.ROUTINE}
        assert after.because[0].code.startswith("learned_")
    if after.label in (Label.URGENT, Label.ROUTINE):
        is_urgent = after.score >= after.threshold
        assert (after.label is Label.URGENT) is is_urgent or abs(after.score - after.threshold) <= tenth_of_a_mille


@given(verdicts, matters, lessons_of_a_desk, lesson)
def test_one_more_urgent_tap_never_calms_and_one_more_calm_tap_never_alarms(
    verdict: Verdict, matter: Matter, lessons: list[Lesson], tap: Lesson
) -> None:
    before = lean(verdict, matter, IVAN, lessons, NOW)
    # A tap about an item that was tapped before takes the place of the earlier one, whatever it said.
    after = lean(verdict, matter, IVAN, [*without(lessons, tap.key), tap], NOW)
    replaced = {each.key: each for each in lessons}.get(tap.key)
    if replaced is not None and replaced.urgent is tap.urgent:
        return
    if tap.urgent:
        assert after.score >= before.score
        assert not (before.label is Label.URGENT and after.label is Label.ROUTINE)
    else:
        assert after.score <= before.score
        assert not (before.label is Label.ROUTINE and after.label is Label.URGENT)


@given(verdicts, matters, lessons_of_a_desk.flatmap(lambda each: st.tuples(st.just(each), st.permutations(each))))
def test_the_order_of_taps_does_not_matter(
    verdict: Verdict, matter: Matter, orders: tuple[list[Lesson], list[Lesson]]
) -> None:
    one, other = orders
    assert lean(verdict, matter, IVAN, one, NOW) == lean(verdict, matter, IVAN, other, NOW)
    assert learned(one, NOW) == learned(other, NOW)


@given(verdicts, matters, lessons_of_a_desk, matters)
def test_one_tap_never_silences_an_outage_nor_anything_clear(
    verdict: Verdict, matter: Matter, lessons: list[Lesson], tapped: Matter
) -> None:
    outage = replace(matter, harms=("outage",))
    tap = Lesson(IVAN, 99, False, NOW, replace(tapped, harms=("outage",)))
    urgent_before = [each for each in lessons if each.urgent]
    assert lean(verdict, outage, IVAN, [*urgent_before, tap], NOW) == lean(verdict, outage, IVAN, urgent_before, NOW)


@given(verdicts, matters, lessons_of_a_desk)
def test_forgetting_a_group_restores_what_was_before_it(
    verdict: Verdict, matter: Matter, lessons: list[Lesson]
) -> None:
    for group in learned(lessons, NOW):
        gone = meant_by(group.mark, lessons, NOW)
        assert len(gone) == group.count
        assert {each.urgent for each in gone} == {group.urgent}
        left = [each for each in lessons if each not in gone]
        never = [each for each in lessons if each.key not in {lesson.key for lesson in gone}]
        assert lean(verdict, matter, IVAN, left, NOW) == lean(verdict, matter, IVAN, never, NOW)
        assert meant_by(group.mark, left, NOW) == ()
    assert lean(verdict, matter, IVAN, [], NOW) == verdict


# What was learned


@given(lessons_of_a_desk)
def test_every_lesson_that_counts_is_told_once(lessons: list[Lesson]) -> None:
    groups = learned(lessons, NOW)
    assert sum(group.count for group in groups) == sum(NOW - each.at < LASTS for each in lessons)
    told = [each.key for group in groups for each in meant_by(group.mark, lessons, NOW)]
    assert len(told) == len(set(told))


def test_lessons_are_grouped_by_what_they_share() -> None:
    lessons = [
        Lesson(IVAN, 1, False, NOW - DAY, about("встреча", "переносится", "завтрак", harms=("meeting",)), "Иван"),
        Lesson(KALINA, 1, False, NOW - 2 * DAY, about("встречу", "переносим", "офис", harms=("meeting",)), "Калина"),
        Lesson(IVAN, 2, True, NOW, about("касса"), "Иван"),
        Lesson(IVAN, 3, True, NOW, about(), "Иван"),
        Lesson(KALINA, 4, False, NOW, about(harms=("published",)), "Калина"),
    ]
    told = [replace(group, mark="") for group in learned(lessons, NOW)]
    assert told == [
        Learned("", urgent=False, count=2, words=("встреча", "переносится")),
        Learned("", urgent=True, count=2, name="Иван"),
        Learned("", urgent=False, count=1, harm="published"),
    ]


def test_a_group_that_has_changed_since_is_not_forgotten_blindly() -> None:
    lessons = taps(2, TILL, urgent=True)
    (group,) = learned(lessons, NOW)
    more = [*lessons, Lesson(KALINA, 7, True, NOW, TILL, "Калина")]
    assert meant_by(group.mark, more, NOW) == ()
