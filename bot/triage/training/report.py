"""What the shipped tables are worth, measured on the held-out files, in words and as the figures to keep."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from time import perf_counter

import numpy as np

from bot.core.lessons import is_open
from bot.core.opinion import UNSURE, is_unsure
from bot.core.verdict import Label, Language, Verdict
from bot.triage.judge import LONG, Judge
from bot.triage.model import LABELS, TOPICS
from bot.triage.training.corpus import Sample
from bot.triage.training.language import check_language
from bot.triage.training.triage import f1

Judged = Sequence[tuple[Sample, Verdict]]


def judge_all(samples: Sequence[Sample], judge: Judge) -> list[tuple[Sample, Verdict]]:
    """Each sample with what the judge says of it."""
    return [(sample, judge.judge(sample.text, sent_at=sample.sent_at)) for sample in samples]


def measure(judged: Judged) -> dict[str, float]:
    """The figures that may not fall: see `figures.json`."""
    exact, named, false, unnamed = _count_deadlines(judged)
    heard_rightly, said, wanted = (sum(counts) for counts in zip(*count_topics(judged).values(), strict=True))
    languages = {language: [pair for pair in judged if pair[0].language is language] for language in _SPOKEN}
    heard = check_language(tuple(sample for sample, _ in judged))
    return {
        "urgent_f1": _f1(judged),
        **{f"urgent_f1_{language}": _f1(pairs) for language, pairs in languages.items()},
        "accuracy": float(np.mean([verdict.label is sample.label for sample, verdict in judged])),
        "language": heard["messages"],
        "deadlines": exact / max(1, named),
        "no_false_deadlines": 1 - false / max(1, unnamed),
        "topics_precision": heard_rightly / max(1, said),
        "topics_recall": heard_rightly / max(1, wanted),
    }


def report(judged: Judged) -> Iterator[str]:
    """The report, line by line."""
    for language in _SPOKEN:
        pairs = [pair for pair in judged if pair[0].language is language]
        yield f"{language}: {len(pairs)} messages, F1 of urgent {_f1(pairs):.3f}, {_rates(pairs)}"
    yield f"both: F1 of urgent {_f1(judged):.3f}, {_rates(judged)}"
    yield ""
    yield "confusion (rows: true, columns: said)"
    yield "          " + "".join(f"{label:>9}" for label in LABELS)
    table = Counter((sample.label, verdict.label) for sample, verdict in judged)
    for true in LABELS:
        yield f"{true:<10}" + "".join(f"{table[true, said]:>9}" for said in LABELS)
    yield ""
    yield "calibration (score: messages, share that is urgent)"
    yield from _calibration(judged)
    yield ""
    yield "by category: right of all"
    yield from _categories(judged)
    yield ""
    heard = check_language(tuple(sample for sample, _ in judged))
    yield "language: " + ", ".join(f"{name} {share:.4f}" for name, share in heard.items())
    exact, named, false, unnamed = _count_deadlines(judged)
    yield f"deadlines: {exact} of {named} as the corpus has them, {false} of {unnamed} where it has none"
    long = [pair for pair in judged if len(pair[0].text) >= LONG]
    yield f"texts of {LONG} letters or more: {len(long)}" + (f", {_rates(long)}" if long else "")
    yield "topics: heard rightly, of all heard, of all that are there"
    for topic, (right, heard_so, there) in count_topics(judged).items():
        yield f"  {topic:<10} {right:>3} of {heard_so:>3}, of {there:>3}"
    yield from _unsure(judged)
    yield from _teachable(judged)


def count_topics(judged: Judged) -> dict[str, tuple[int, int, int]]:
    """Of each topic how often it was heard rightly, how often heard at all, and how often a reader has noted it."""
    noted = [(sample.intents, set(verdict.topics)) for sample, verdict in judged if sample.intents is not None]
    return {
        topic: (
            sum(topic in intents and topic in heard for intents, heard in noted),
            sum(topic in heard for _, heard in noted),
            sum(topic in intents for intents, _ in noted),
        )
        for topic in TOPICS
    }


def time_judge(samples: Sequence[Sample]) -> Iterator[str]:
    """How long loading and judging take, in milliseconds, the first messages left out."""
    began = perf_counter()
    judge = Judge.load()
    yield f"load {(perf_counter() - began) * 1000:.0f} ms"
    spent = []
    for sample in samples[:1050]:
        began = perf_counter()
        judge.judge(sample.text, sent_at=sample.sent_at)
        spent.append((perf_counter() - began) * 1000)
    low, high = np.percentile(spent[50:], (50, 95))
    yield f"median {low:.2f} ms, p95 {high:.2f} ms, slowest {max(spent[50:]):.2f} ms of {len(spent) - 50} messages"


_SPOKEN = (Language.RU, Language.BG)


def _f1(pairs: Judged) -> float:
    said = np.array([verdict.label is Label.URGENT for _, verdict in pairs])
    return f1(said, np.array([sample.label is Label.URGENT for sample, _ in pairs]))


def _rates(pairs: Judged) -> str:
    said = [sample for sample, verdict in pairs if verdict.label is Label.URGENT]
    true = [verdict for sample, verdict in pairs if sample.label is Label.URGENT]
    precision = sum(sample.label is Label.URGENT for sample in said) / max(1, len(said))
    recall = sum(verdict.label is Label.URGENT for verdict in true) / max(1, len(true))
    accuracy = np.mean([verdict.label is sample.label for sample, verdict in pairs])
    return f"precision {precision:.3f}, recall {recall:.3f}, four labels {accuracy:.3f}"


def _calibration(judged: Judged) -> Iterator[str]:
    total = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = [(s, v) for s, v in judged if low <= v.score < low + 0.1 or (low > 0.85 and v.score == 1)]
        if inside:
            share = float(np.mean([sample.label is Label.URGENT for sample, _ in inside]))
            total += len(inside) * abs(share - float(np.mean([verdict.score for _, verdict in inside])))
            yield f"  {low:.1f}-{low + 0.1:.1f}: {len(inside):4d}  {share:.2f}"
    yield f"  expected calibration error {total / len(judged):.3f}"


def _categories(judged: Judged) -> Iterator[str]:
    right = Counter(sample.category for sample, verdict in judged if verdict.label is sample.label)
    every = Counter(sample.category for sample, _ in judged)
    for category, count in sorted(every.items(), key=lambda pair: right[pair[0]] / pair[1]):
        yield f"  {category:<16} {right[category]:>3} of {count:>3}"


def _count_deadlines(judged: Judged) -> tuple[int, int, int, int]:
    """Deadlines read rightly and all that the corpus has; deadlines read where it has none, and all of those messages.

    In the corpus 23:59 stands for a day without a clock time.
    """
    exact = named = false = unnamed = 0
    for sample, verdict in judged:
        found = verdict.deadline
        if sample.deadline is None:
            unnamed += 1
            false += found is not None
            continue
        named += 1
        a_day = (sample.deadline.hour, sample.deadline.minute) == (23, 59)
        exact += found is not None and (
            abs(found - sample.deadline) < timedelta(minutes=1) or (a_day and found.date() == sample.deadline.date())
        )
    return exact, named, false, unnamed


def _unsure(judged: Judged) -> Iterator[str]:
    """What share of the messages a second opinion would be asked about, and what share of the errors lies there."""
    wrong = [(s, v) for s, v in judged if s.label is not v.label]
    about_urgency = [(s, v) for s, v in wrong if Label.URGENT in (s.label, v.label)]
    yield f"second opinion (bounds {UNSURE[0]:.2f} to {UNSURE[1]:.2f}): asked, of all errors, of errors about urgency"
    for low in sorted({0.02, 0.1, UNSURE[0]}):
        for high in sorted({0.7, 0.95, UNSURE[1]}):
            shares = (
                np.mean([is_unsure(verdict, (low, high)) for _, verdict in pairs]) if pairs else 0.0
                for pairs in (judged, wrong, about_urgency)
            )
            yield f"  {low:.2f}-{high:.2f}: " + ", ".join(f"{share:.2f}" for share in shares)


def _teachable(judged: Judged) -> Iterator[str]:
    """How many of the verdicts the owner's taps could turn at all (`core.lessons`)."""
    kinds = {
        "needless alarms": [v for s, v in judged if v.label is Label.URGENT is not s.label],
        "rightful alarms": [v for s, v in judged if v.label is Label.URGENT is s.label],
        "urgent taken for routine": [v for s, v in judged if s.label is Label.URGENT and v.label is Label.ROUTINE],
    }
    yield "within reach of lessons: " + ", ".join(
        f"{sum(map(is_open, verdicts))} of {len(verdicts)} {name}" for name, verdicts in kinds.items()
    )
