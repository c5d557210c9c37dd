"""The verb `triage`: JSON lines in and out."""

import json
from datetime import UTC, datetime

import pytest

from bot.core.verdict import Because, Language
from bot.triage.judge import Judge
from bot.triage.lines import answer_lines

JUDGE = Judge.load()
NOW = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)


def word(reason: Because, language: Language) -> str:
    return f"{language}:{reason.code}"


def answer(*lines: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in answer_lines(lines, JUDGE, now=NOW, word=word)]


def test_a_message_is_answered_in_the_words_of_its_language() -> None:
    [said] = answer('{"id": 7, "text": "Сайт упал, нужно до 18:00 поднять", "sent_at": "2026-11-24T16:30"}')
    assert said["id"] == 7
    assert said["label"] == "urgent"
    assert said["lang"] == "ru"
    assert said["deadline"] == "2026-11-24T18:00"
    assert said["because"] == ["ru:deadline", "ru:outage"]
    assert said["intents"] == ["bug"]


def test_what_a_client_wants_is_told_in_order_of_the_alphabet() -> None:
    said = answer(
        '{"id": 1, "text": "Давайте созвонимся, пришлите смету и выставьте счёт"}',
        '{"id": 2, "text": "https://we.tl/t-abc"}',
        '{"id": 3, "text": "спасибо!"}',
    )
    assert [line["intents"] for line in said] == [["call", "estimate", "invoice"], ["file"], []]


def test_a_deadline_is_local_to_the_zone_asked_for() -> None:
    line = {
        "id": "a",
        "text": "до 18:00 трябва да е готово",
        "sent_at": "2026-11-24T09:00+00:00",
        "zone": "Europe/Berlin",
    }
    [said] = answer(json.dumps(line))
    assert said["deadline"] == "2026-11-24T18:00"
    assert said["lang"] == "bg"


def test_without_a_time_the_message_was_sent_now() -> None:
    [said] = answer('{"id": 1, "text": "пришлите через час"}')
    assert said["deadline"] == "2026-11-24T17:30"


def test_a_burst_is_one_item() -> None:
    messages = [
        {"t": "+0s", "text": "привет"},
        {"t": "+12s", "text": "сайт не открывается"},
        {"t": "+20s", "text": "клиенты звонят"},
    ]
    [said] = answer(json.dumps({"id": "b", "messages": messages, "sent_at": "2026-11-24T16:30"}))
    assert said["label"] == "urgent"


@pytest.mark.parametrize(
    ("line", "identity"),
    [
        ("nonsense", None),
        ("[1, 2]", None),
        ('{"id": 3}', 3),
        ('{"id": 4, "text": 5}', 4),
        ('{"id": 5, "text": "а", "sent_at": "yesterday"}', 5),
        ('{"id": 6, "text": "а", "zone": "Mars/Base"}', 6),
        ('{"id": 7, "text": "а", "zone": "../etc"}', 7),
        ('{"id": 8, "messages": "а"}', 8),
        ('{"id": 9, "messages": [{"t": "+1s"}]}', 9),
    ],
)
def test_a_bad_line_is_told_and_the_rest_goes_on(line: str, identity: int | None) -> None:
    bad, good = answer(line, '{"id": "next", "text": "спасибо"}')
    assert bad["id"] == identity
    assert isinstance(bad["error"], str)
    assert good["label"] == "social"


def test_order_is_kept_and_blank_lines_are_passed_over() -> None:
    said = answer('{"id": 1, "text": "ок"}', "", '{"id": 2, "text": "ок"}')
    assert [line["id"] for line in said] == [1, 2]


def test_the_language_is_always_one_of_the_two() -> None:
    assert [line["lang"] for line in answer('{"id": 1, "text": "👍"}', '{"id": 2, "text": "ok thanks"}')] <= [
        "ru",
        "ru",
    ]
