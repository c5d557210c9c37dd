"""A second opinion is asked of what is in doubt, and may only choose among three labels."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.opinion import OPINION_REASONS, UNSURE, Opinion, is_unsure, weigh
from bot.core.verdict import Because, Label, Verdict
from bot.triage import REASONS

LOW, HIGH = UNSURE
MIDDLE = (LOW + HIGH) / 2
DUE = datetime(2026, 11, 24, 15, tzinfo=UTC)
DOUBTED = Verdict(Label.ROUTINE, MIDDLE, deadline=DUE, because=(Because("model"),), topics=("bug",))

verdicts = st.builds(
    Verdict,
    st.sampled_from(Label),
    st.floats(0, 1),
    because=st.just((Because("model"),)),
    certain=st.booleans(),
)
opinions = st.builds(Opinion, st.sampled_from(Label), st.floats(0, 1), st.sampled_from(OPINION_REASONS))


@pytest.mark.parametrize(
    ("verdict", "unsure"),
    [
        (DOUBTED, True),
        (replace(DOUBTED, label=Label.URGENT, score=HIGH), True),
        (replace(DOUBTED, label=Label.CLAIMED, score=LOW), True),
        (replace(DOUBTED, score=LOW / 2), False),
        (replace(DOUBTED, label=Label.URGENT, score=1.0), False),
        (replace(DOUBTED, label=Label.SOCIAL), False),
        (replace(DOUBTED, label=Label.URGENT, certain=True), False),
    ],
    ids=["middle", "upper bound", "lower bound", "clear", "clearly urgent", "small talk", "bound to a near deadline"],
)
def test_what_is_in_doubt(verdict: Verdict, unsure: bool) -> None:
    assert is_unsure(verdict) is unsure


@pytest.mark.parametrize(
    ("label", "opinion", "becomes", "because"),
    [
        (Label.ROUTINE, Opinion(Label.URGENT, 0.9, "outage"), Label.URGENT,
         [Because("second_opinion_urgent", "outage")]),
        (Label.URGENT, Opinion(Label.ROUTINE, 0.9, "model"), Label.ROUTINE, [Because("second_opinion_routine")]),
        (Label.URGENT, Opinion(Label.CLAIMED, 0.9, "bare_claim"), Label.CLAIMED,
         [Because("second_opinion_claimed", "bare_claim")]),
        (Label.URGENT, Opinion(Label.SOCIAL, 1.0, "greeting"), Label.ROUTINE,
         [Because("second_opinion_routine", "greeting")]),
        (Label.ROUTINE, Opinion(Label.SOCIAL, 1.0, "greeting"), Label.ROUTINE,
         [Because("model"), Because("second_opinion")]),
        (Label.URGENT, Opinion(Label.URGENT, 0.1, "outage"), Label.URGENT,
         [Because("model"), Because("second_opinion")]),
        (Label.URGENT, Opinion(Label.ROUTINE, 0.6, "resolved"), Label.URGENT,
         [Because("model"), Because("second_opinion_unsure")]),
        (Label.ROUTINE, Opinion(Label.URGENT, 0.6, "outage"), Label.URGENT,
         [Because("second_opinion_urgent", "outage")]),
    ],
    ids=["raised", "lowered", "claimed", "small talk only lowers", "small talk never silences", "agrees",
         "lowering needs more", "raising needs less"],
)  # fmt: skip
def test_what_an_opinion_changes(label: Label, opinion: Opinion, becomes: Label, because: list[Because]) -> None:
    weighed = weigh(replace(DOUBTED, label=label), opinion)
    assert weighed == replace(DOUBTED, label=becomes, because=tuple(because))


@given(verdicts, opinions)
def test_an_opinion_chooses_among_three_labels_and_does_no_more(verdict: Verdict, opinion: Opinion) -> None:
    weighed = weigh(verdict, opinion)
    if not is_unsure(verdict):
        assert weighed == verdict
    assert replace(weighed, label=verdict.label, because=verdict.because) == verdict
    assert weighed.label in {verdict.label, Label.URGENT, Label.ROUTINE, Label.CLAIMED}
    assert not (verdict.certain and weighed.label is not verdict.label)
    assert {reason.code for reason in weighed.because} <= {"model"} | {
        f"second_opinion{how}" for how in ("", "_unsure", "_urgent", "_routine", "_claimed")
    }


def test_its_reasons_are_those_of_triage() -> None:
    assert set(OPINION_REASONS) <= set(REASONS)
