"""The verbs as an operator or a script meets them: lines in, lines out, one clear line when something is wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import promise_lines
from tests.stories.gate import DESK, desk_of

ROOT = Path(__file__).parents[1]


def run(*words: str, told: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in {"BOT_TOKEN", "OWNER_ID", "PORT"}}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        input=told,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=clean | environment,
        timeout=60,
        check=False,
    )


def test_promises_are_answered_line_by_line_and_a_bad_line_stops_nothing() -> None:
    lines = ['{"at":"2026-11-24T11:20+03:00"}', "nonsense", '{"at":5}', '{"at":"2026-11-27T18:20"}']
    answers = [json.loads(line) for line in promise_lines(lines, desk_of(DESK, "1"))]
    assert answers[0] == {
        "due": "2026-11-24T14:30:00+03:00",
        "text": {"ru": "Анна ответит сегодня до 14:30.", "bg": "Анна ще отговори днес до 14:30 ч."},
    }
    assert "error" in answers[1]
    assert "error" in answers[2]
    assert answers[3]["due"] == "2026-11-30T11:00:00+03:00"


def test_the_verb_promise_reads_a_desk_file() -> None:
    ended = run("promise", "--desk", "config/desk.toml", told='{"at":"2026-11-24T11:20+03:00"}\n')
    assert json.loads(ended.stdout)["due"] == "2026-11-24T14:30:00+03:00"


def test_the_verb_triage_answers_in_order() -> None:
    told = '{"id":"a","text":"Сайт лежит, заказы не проходят"}\n{"id":"b"}\n{"id":"c","text":"Благодаря!"}\n'
    answers = [json.loads(line) for line in run("triage", told=told).stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", "c"]
    assert (answers[0]["label"], answers[0]["lang"]) == ("urgent", "ru")
    assert "error" in answers[1]
    assert (answers[2]["label"], answers[2]["lang"]) == ("social", "bg")


def test_check_says_whether_a_machine_listens() -> None:
    bot = {"BOT_TOKEN": "123456789:AAEabcdefghijklmnopqrstuvwxyz012345", "OWNER_ID": "42"}
    assert "transcription is off" in run("check", **bot).stdout
    listening = run("check", **bot, TRANSCRIPTION_URL="http://127.0.0.1:8000/v1", TRANSCRIPTION_KEY="sk-hidden").stdout
    assert "http://127.0.0.1:8000/v1 (whisper-1)" in listening
    assert "sk-hidden" not in listening


@pytest.mark.parametrize(
    ("words", "environment", "named"),
    [
        (["poll"], {}, "BOT_TOKEN is missing"),
        (["poll"], {"BOT_TOKEN": "123:short"}, "BOT_TOKEN is (secret)"),
        (["play"], {"PORT": "many"}, "PORT is 'many'"),
        (["promise", "--desk", "nowhere.toml"], {}, "nowhere.toml"),
    ],
    ids=["no token", "bad token", "bad port", "no desk file"],
)
def test_what_is_wrong_is_one_clear_line_and_exit_code_2(
    words: list[str], environment: dict[str, str], named: str
) -> None:  # fmt: skip
    ended = run(*words, **environment)
    assert ended.returncode == 2
    assert named in ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
