"""Facts read from the text, and the reasons that come of them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.verdict import Label
from bot.triage import REASONS
from bot.triage.evidence import FACTS, HAPPENED, Evidence, explain, gather
from bot.triage.windows import end_of_next_working_day, next_reading

MOSCOW = ZoneInfo("Europe/Moscow")
SENT = datetime(2026, 11, 24, 16, 30, tzinfo=MOSCOW)


def read(text: str, sent_at: datetime = SENT) -> Evidence:
    return gather(text, sent_at, next_reading(sent_at))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("сайт не открывается", "outage"),
        ("сайтът падна", "outage"),
        ("saitat ne raboti", "outage"),
        ("оплата не проходит", "payment"),
        ("хакнаха ни", "security"),
        ("не срочно, посмотрите баннер", "not_urgent"),
        ("не е спешно", "not_urgent"),
        ("если сайт упадёт, что делать", "hypothetical"),
        ("ако сайтът падне", "hypothetical"),
        ("уже починили", "resolved"),
        ("вече работи", "resolved"),
        ("баннер «Срочная распродажа»", "alarm_quoted"),
        ("срочно!!!", "alarm_alone"),
        ("спасибо", "social_alone"),
        ("пришлите до 17:00", "due_in_two_hours"),
        ("пришлите до 17:00", "due_firmly"),
    ],
)
def test_a_fact_is_read(text: str, fact: str) -> None:
    assert fact in read(text).facts


def test_every_fact_has_its_place_in_the_model() -> None:
    assert read("срочно! сайт упал, если что, вчера тоже, сколько стоит починить до 17:00?").facts <= set(FACTS)
    assert len(set(FACTS)) == len(FACTS)


def test_reasons_quote_the_client_and_their_codes_are_listed() -> None:
    evidence = read("Добрый день! С утра оплата не проходит, пришлите ответ до 18:00")
    reasons = explain(evidence, Label.URGENT, deadline_is_near=True)
    assert [reason.code for reason in reasons] == ["deadline", "payment"]
    assert reasons[0].detail == "2026-11-24T18:00+03:00"
    assert "оплата не проходит" in reasons[1].detail
    assert {code for code, _ in HAPPENED} <= set(REASONS)


@pytest.mark.parametrize("label", list(Label))
def test_every_verdict_has_a_reason(label: Label) -> None:
    for text in ("сайт упал", "уже починили", "спасибо", "срочно", "макет к пятнице", "абв"):
        reasons = explain(read(text), label, deadline_is_near=False)
        assert reasons
        assert {reason.code for reason in reasons} <= set(REASONS)


def test_the_reading_times_are_those_of_the_corpus() -> None:
    friday_evening = datetime(2026, 11, 27, 18, 0, tzinfo=MOSCOW)
    assert next_reading(friday_evening) == datetime(2026, 11, 30, 10, 0, tzinfo=MOSCOW)
    assert next_reading(SENT) == datetime(2026, 11, 24, 17, 30, tzinfo=MOSCOW)
    assert end_of_next_working_day(friday_evening) == datetime(2026, 11, 30, 18, 0, tzinfo=MOSCOW)
