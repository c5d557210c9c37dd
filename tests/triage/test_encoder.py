"""The second stage: cuts texts into pieces, reads them whole, and may be missing."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.verdict import Label
from bot.triage.encoder import NETWORK, Encoder, hint_of, spell
from bot.triage.judge import Judge
from bot.triage.model import LABELS, Model
from bot.triage.pieces import END, START, UNKNOWN, Pieces

AFTERNOON = datetime(2026, 11, 24, 16, 30, tzinfo=ZoneInfo("Europe/Moscow"))
SMALL = Pieces.of(
    ["<s>", "<pad>", "</s>", "<unk>", "\u2581", "\u2581query:", "\u2581са", "йт", "с", "а", "\u2581сай", "т"],
    [0, 0, 0, 0, -5, -1, -2, -2, -6, -6, -4, -4],
    {"\u00a0": " "},
    -20,
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    loaded = Encoder.load()
    assert loaded is not None
    return loaded


def test_lines_of_a_burst_stay_apart() -> None:
    assert spell("сайт лежит\n\nсрочно") == "сайт лежит | срочно"


def test_the_encoder_is_told_how_near_the_deadline_is() -> None:
    assert hint_of({"due_in_two_hours", "question_mark"}) == "срок сейчас: "
    assert hint_of({"question_mark"}) == ""


def test_the_likeliest_cut_is_taken() -> None:
    assert SMALL.cut("сайт") == [START, 5, 6, 7, END]
    assert SMALL.cut("сайт\u00a0са") == [START, 5, 6, 7, 6, END]


def test_an_unknown_letter_has_a_piece_of_its_own() -> None:
    assert SMALL.cut("я") == [START, 5, 4, UNKNOWN, END]


def test_a_long_text_is_cut_off() -> None:
    cut = SMALL.cut("сайт " * 500, 20)
    assert len(cut) == 20
    assert cut[-1] == END


def test_latin_letters_reach_the_encoder_as_cyrillic() -> None:
    assert spell("Saitut  NE raboti") == "саитут не работи"
    assert spell("Сайтът НЕ работи, ъпдейт в prod") == "сайтът не работи, ъпдейт в prod"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("у ребёнка сыпь после вашей мази, дышит с трудом", Label.URGENT),
        ("парите ги изтеглиха два пъти от всички клиенти", Label.URGENT),
        ("когда будет удобно, пришлите смету на следующий этап", Label.ROUTINE),
        ("благодаря, всичко получих", Label.SOCIAL),
        ("ответьте, очень нужно", Label.CLAIMED),
    ],
)
def test_it_tells_the_labels_apart(encoder: Encoder, text: str, label: Label) -> None:
    assert LABELS[int(encoder.guess(text).labels.argmax())] is label


@settings(max_examples=30, deadline=None)
@given(text=st.text(max_size=120), times=st.integers(1, 10))
def test_no_text_breaks_it(encoder: Encoder, text: str, times: int) -> None:
    heard = encoder.guess(text * times)
    assert np.isclose(heard.labels.sum(), 1, atol=1e-4)
    assert ((heard.topics >= 0) & (heard.topics <= 1)).all()
    assert 0 <= encoder.spam(text) <= 1


def test_harm_in_the_middle_of_a_long_text_is_seen(encoder: Encoder) -> None:
    talk = "Обсудили палитру и шрифты, в целом всем нравится, спасибо за терпение. " * 20
    text = talk + "Кстати, прямо сейчас сайт лежит, покупатели не могут оплатить заказы. " + talk
    assert encoder.guess(text).labels[0] > encoder.guess(talk).labels[0]


def test_the_first_stage_judges_alone_where_onnxruntime_is_missing() -> None:
    script = (
        "import sys; sys.modules['onnxruntime'] = None\n"
        "from datetime import datetime, UTC\n"
        "from bot.triage.judge import Judge\n"
        "judge = Judge.load(); assert judge.encoder is None\n"
        "assert judge.judge('сайт упал', sent_at=datetime(2026, 11, 24, tzinfo=UTC)).label == 'urgent'"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", script], cwd=root, env=dict(os.environ), check=False).returncode == 0


def test_both_stages_judge_together(encoder: Encoder) -> None:
    judge = Judge(Model.load(), encoder)
    verdict = judge.judge("у нас в зале сто человек, а ведущий без микрофона", sent_at=AFTERNOON)
    assert verdict.label is Label.URGENT


def test_the_shipped_files_are_small() -> None:
    shipped = [path for path in NETWORK.parent.iterdir() if path.suffix in {".npz", ".onnx"}]
    assert sum(path.stat().st_size for path in shipped) < 30_000_000
