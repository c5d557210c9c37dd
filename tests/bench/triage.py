"""judging a message: a keyword filter, the letters alone, and what ships, on files that no table has seen."""

import re
from collections.abc import Callable, Sequence
from random import Random
from time import perf_counter, process_time

from bot.core.verdict import Label
from bot.triage.judge import Judge
from bot.triage.model import Model
from bot.triage.training.corpus import HELD_OUT, Sample, held_out, read_corpus
from tests.bench.figures import median, show, spread

# The words that help desks' filters are set up with (TRIAGE.md), in both languages.
KEYWORDS = re.compile(
    r"\b(?:срочн|горит|горим|asap|urgent|немедленн|помогите|авари|критич|спешн|веднага|незабавн|помощ|гори\b|sos)",
    re.IGNORECASE,
)
Says = Callable[[Sample], bool]
# How often a desk meets a message of each label, over that in the held-out files: chosen (one in eight urgent, one in
# four small talk), not measured.
SHARES = {Label.URGENT: 0.3, Label.ROUTINE: 1.4, Label.SOCIAL: 3.4, Label.CLAIMED: 0.5}


async def measure() -> None:
    samples = read_corpus()
    began = perf_counter(), process_time()
    whole = Judge.load()
    print(f"  load {(perf_counter() - began[0]) * 1000:.0f} ms ({(process_time() - began[1]) * 1000:.0f} ms of CPU)")
    letters = Judge(Model.load())
    filters: dict[str, Says] = {
        "keywords": lambda sample: KEYWORDS.search(sample.text) is not None,
        "letters": lambda sample: _is_urgent(letters, sample),
        "shipped": lambda sample: _is_urgent(whole, sample),
    }
    groups = {group: held_out(samples, group) for group in HELD_OUT}
    unseen = [sample for group in groups.values() for sample in group]
    groups["everyday"] = tuple(Random(1).choices(unseen, [SHARES[sample.label] for sample in unseen], k=1000))
    for group, messages in groups.items():
        first = 0.0
        for name, says in filters.items():
            spent, said = zip(*(_timed(says, sample) for sample in messages), strict=True)
            first = first or median(spent)
            print(f"  {group}, {name}: {_rates(said, messages)}")
            show("  a message", spread(spent), median(spent) / first, "keywords")


def _is_urgent(judge: Judge, sample: Sample) -> bool:
    return judge.judge(sample.text, sent_at=sample.sent_at).label is Label.URGENT


def _timed(says: Says, sample: Sample) -> tuple[float, bool]:
    """Seconds that the verdict took, and whether it is urgent."""
    began = perf_counter()
    said = says(sample)
    return perf_counter() - began, said


def _rates(said: Sequence[bool], samples: Sequence[Sample]) -> str:
    true = [sample.label is Label.URGENT for sample in samples]
    right = sum(one and other for one, other in zip(said, true, strict=True))
    harmony = 2 * right / max(1, sum(said) + sum(true))
    return f"F1 {harmony:.3f}, precision {right / max(1, sum(said)):.3f}, recall {right / max(1, sum(true)):.3f}"
