"""The shipped tables are as good on the held-out files as the committed figures say."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.core.verdict import Label
from bot.triage.judge import Judge
from bot.triage.model import Model
from bot.triage.training.corpus import HELD_OUT, held_out, learned_from, read_corpus

FIGURES = Path(__file__).parents[2] / "bot" / "triage" / "training" / "figures.json"
KEPT = json.loads(FIGURES.read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["ru", "bg"])
@pytest.mark.parametrize("stage", ["letters", "both"])
def test_urgent_messages_of_unseen_authors_are_told_apart(stage: str, language: str) -> None:
    judge = Judge.load() if stage == "both" else Judge(Model.load())
    samples = [sample for sample in held_out(read_corpus()) if sample.language == language]
    said = [judge.judge(sample.text, sent_at=sample.sent_at).label is Label.URGENT for sample in samples]
    true = [sample.label is Label.URGENT for sample in samples]
    both = sum(one and other for one, other in zip(said, true, strict=True))
    assert 2 * both / (sum(said) + sum(true)) >= KEPT[f"{stage}, clients"][f"urgent_f1_{language}"] - 0.001


def test_what_clients_want_is_heard() -> None:
    judge = Judge.load()
    samples = held_out(read_corpus())
    heard = [{*judge.judge(sample.text, sent_at=sample.sent_at).topics} for sample in samples]
    right = sum(len(topics & (sample.intents or set())) for topics, sample in zip(heard, samples, strict=True))
    said, there = sum(map(len, heard)), sum(len(sample.intents or ()) for sample in samples)
    assert right / said >= KEPT["both, clients"]["topics_precision"] - 0.001
    assert right / there >= KEPT["both, clients"]["topics_recall"] - 0.001


def test_no_held_out_file_is_learned_from() -> None:
    samples = read_corpus()
    for group, files in HELD_OUT.items():
        assert {sample.file for sample in held_out(samples, group)} == set(files)
        assert not {sample.file for sample in learned_from(samples)} & set(files)


def test_the_gate_runs_without_the_packages_of_training() -> None:
    script = (
        "import sys; from bot.triage.judge import Judge; from bot.triage.lines import answer_lines; Judge.load();"
        "sys.exit(bool({'sklearn', 'scipy', 'torch', 'bot.triage.training'} & set(sys.modules)))"
    )
    root = FIGURES.parents[3]
    assert subprocess.run([sys.executable, "-c", script], cwd=root, env=dict(os.environ), check=False).returncode == 0
