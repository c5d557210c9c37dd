"""The second opinion: which verdicts are worth asking about, and how much an opinion may change.

Whoever gives it has read the client's own words, and those may be written to mislead: so an opinion only ever chooses a
label among three, for a message that triage itself was not sure of, and its reasons are for the owner to read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.core.verdict import Because, Label, Verdict

# Scores between which triage errs often: here lie 8% of the held-out messages, and 54% of the errors about urgency
# (`python -m bot.triage.training --report` prints the line, and others to choose from).
UNSURE = (0.05, 0.85)

# How sure an opinion must be of itself to change the label: a missed harm costs more than a needless look.
TRUSTED_FROM: Mapping[Label, float] = {Label.URGENT: 0.5, Label.ROUTINE: 0.7, Label.CLAIMED: 0.7}

NO_REASON = "model"
# The reasons of triage that an opinion may give; the last one stands for none of the others.
OPINION_REASONS = (
    "outage", "payment", "security", "published", "meeting", "blocked", "legal", "safety", "deadline", "far_deadline",
    "not_urgent", "hypothetical", "resolved", "urgency_topic", "bare_claim", "greeting", NO_REASON,
)  # fmt: skip
# What an opinion has changed, by the label that stands now.
CHANGED: Mapping[Label, str] = {
    Label.URGENT: "second_opinion_urgent",
    Label.ROUTINE: "second_opinion_routine",
    Label.CLAIMED: "second_opinion_claimed",
}


class Outside(StrEnum):
    """What a client's message may be handed to outside the gate, where the owner has set it up (`/privacy`)."""

    OPINION = "opinion"
    TRANSCRIPTION = "transcription"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What was answered: a label, how sure it is (0..1, by its own account), and one of `OPINION_REASONS`."""

    label: Label
    confidence: float
    reason: str = NO_REASON


def is_unsure(verdict: Verdict, bounds: tuple[float, float] = UNSURE) -> bool:
    """Whether a second opinion is worth its time. Small talk and what the grammar of time holds are never in doubt."""
    return verdict.label is not Label.SOCIAL and not verdict.certain and bounds[0] <= verdict.score <= bounds[1]


def weigh(verdict: Verdict, opinion: Opinion) -> Verdict:
    """The verdict after an opinion, and as a reason what came of it. The score stays the calibrated one.

    The reasons of a label that was changed go with it. The opinion's own is only told: it rings by no night rule.
    """
    if not is_unsure(verdict):
        return verdict
    # Small talk is answered by a sign alone; what was taken for more than that stays in the digest.
    label = Label.ROUTINE if opinion.label is Label.SOCIAL else opinion.label
    if label is verdict.label:
        return replace(verdict, because=(*verdict.because, Because("second_opinion")))
    if opinion.confidence < TRUSTED_FROM[label]:
        return replace(verdict, because=(*verdict.because, Because("second_opinion_unsure")))
    why = "" if opinion.reason == NO_REASON else opinion.reason
    return replace(verdict, label=label, because=(Because(CHANGED[label], why),))
