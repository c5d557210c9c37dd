"""One event asks once, of what is in doubt; and whatever happens out there, the first verdict stands."""

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.clock import TurnableClock
from bot.consultation import Consultation
from bot.core.opinion import Opinion
from bot.core.verdict import Because, Label, Verdict
from bot.endpoint.line import open_line
from bot.endpoint.opinion import Adviser
from bot.ports import NoAnswer
from tests.endpoint.fake import Endpoint, Reply, opinion, serving

NOW = datetime(2026, 11, 24, 8, 20, tzinfo=UTC)
TEXT = "В корзине почему-то пусто, посмотрите?"
DOUBTED = Verdict(Label.ROUTINE, 0.2, because=(Because("model"),))


@dataclass
class Oracle:
    """`ports.SecondOpinion` that holds everything urgent, or fails as it is told to."""

    error: Exception | None = None
    asked: list[str] = field(default_factory=list)

    async def ask(
        self, text: str, *, sent_at: datetime, next_window_end: datetime | None, deadline: datetime | None
    ) -> Opinion:
        self.asked.append(text)
        if self.error:
            raise self.error
        return Opinion(Label.URGENT, 0.9, "outage")


async def review(consultation: Consultation, verdict: Verdict = DOUBTED, text: str = TEXT) -> Verdict:
    return await consultation.review(verdict, text, sent_at=NOW, next_window_end=None)


async def test_an_event_asks_once_however_often_its_decision_is_made_again() -> None:
    oracle = Oracle()
    consultation = Consultation(oracle, "tg:1:1")
    heard = [await review(consultation) for _ in range(3)]
    assert {verdict.label for verdict in heard} == {Label.URGENT}
    assert oracle.asked == [TEXT]


async def test_an_opinion_on_another_text_counts_for_nothing() -> None:
    oracle = Oracle()
    consultation = Consultation(oracle, "tg:1:1")
    await review(consultation)
    assert await review(consultation, text=f"Добрый день!\n{TEXT}") == DOUBTED
    assert oracle.asked == [TEXT]


async def test_an_event_that_was_not_answered_does_not_ask_again() -> None:
    oracle = Oracle(NoAnswer("timeout"))
    consultation = Consultation(oracle, "tg:1:1")
    assert [await review(consultation) for _ in range(3)] == [DOUBTED] * 3
    assert len(oracle.asked) == 1


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (Verdict(Label.SOCIAL, 0.3), "Спасибо!"),
        (DOUBTED, " \n "),
        (Verdict(Label.URGENT, 0.99), TEXT),
        (Verdict(Label.ROUTINE, 0.01), TEXT),
        (Verdict(Label.URGENT, 0.7, certain=True), "Пришлите до 18:00"),
    ],
    ids=["small talk", "no words", "urgent for sure", "routine for sure", "bound to a near deadline"],
)
async def test_what_is_not_in_doubt_is_not_asked_about(verdict: Verdict, text: str) -> None:
    oracle = Oracle()
    assert await review(Consultation(oracle, "tg:1:1"), verdict, text) == verdict
    assert oracle.asked == []


async def test_without_an_adviser_nothing_is_asked() -> None:
    assert await review(Consultation(None, "tg:1:1")) == DOUBTED


@pytest.mark.parametrize("error", [NoAnswer("timeout"), RuntimeError(f"stumbled over {TEXT}")])
async def test_whatever_goes_wrong_the_first_verdict_stands_and_no_word_is_logged(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert await review(Consultation(Oracle(error), "tg:1:1")) == DOUBTED
    assert "tg:1:1" in caplog.text
    assert TEXT not in caplog.text


@pytest.mark.parametrize(
    "reply",
    [Reply(500), Reply(held=True), Reply(body=b"x" * 50, cut=True), Reply(302, location="http://127.0.0.1:9/v1")],
    ids=["500", "slow", "cut", "redirect"],
)
async def test_an_endpoint_that_fails_by_real_http_changes_nothing(reply: Reply) -> None:
    async with serving(Endpoint([reply])) as url, open_line(url, TurnableClock(NOW), budget=0.1) as line:
        assert await review(Consultation(Adviser(line, "m"), "tg:1:1")) == DOUBTED


async def test_an_endpoint_that_answers_by_real_http_is_heard() -> None:
    endpoint = Endpoint([opinion("urgent", "outage")])
    async with serving(endpoint) as url, open_line(url, TurnableClock(NOW)) as line:
        heard = await review(Consultation(Adviser(line, "m"), "tg:1:1"))
    assert (heard.label, heard.because) == (Label.URGENT, (Because("second_opinion_urgent", "outage"),))
