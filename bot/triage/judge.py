"""The door of triage: a text in, a verdict out. Pure but for the tables that `load` reads once."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from bot.core.verdict import Because, Label, Language, Verdict
from bot.triage.encoder import Encoder, hint_of
from bot.triage.evidence import HALF_A_WORKING_DAY, Evidence, explain, gather
from bot.triage.language import hear
from bot.triage.letters import fold, has_picture, has_words
from bot.triage.model import LABELS, Model
from bot.triage.topics import topics
from bot.triage.windows import next_reading

# A text longer than a Telegram message can be is judged by its beginning and its end.
LONGEST = 4000
_HALF = LONGEST // 2

# What the first stage says outside these bounds stands; the encoder is asked of the rest.
_UNSURE = (0.04, 0.95)

# From so many letters on one sentence may drown. One that the first stage hears alone makes the encoder read the whole;
# one that both are all but sure of speaks for the text, unless the text tells of what is over, supposed or others'. Of
# 128 calm long texts of the corpus 6 hold such a sentence.
_LONG = 250
_LOUD, _VERY_LOUD, _OF_A_SENTENCE = 0.6, 0.95, 0.5
_TOLD = frozenset(("resolved", "hypothetical", "elsewhere", "of_others", "not_urgent"))
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\s*\n\s*")

# Below this the text does not tell which language it is in.
_LEAST_FLUENCY = 0.05

# A request bound to a near deadline is urgent and one bound to a later one is not, whatever the letters suggest, unless
# the text itself says otherwise. The scores are what the held-in files showed for such messages.
_BOUND_NEAR = 0.7
_BOUND_LATER = 0.2
_OF_A_FAREWELL = 0.02
_A_BARE_ALARM = frozenset(("alarm", "alarm_alone"))  # «помогите» is no small talk
_SAID_OTHERWISE = frozenset(("not_urgent", "hypothetical", "resolved"))


# A greeting and a bare claim are never due; nor does a time that nothing binds make a long tale due, or one of what is
# over. Of 22 such moments of the held-in files 5 were right.
_NEVER_DUE = frozenset((Label.SOCIAL, Label.CLAIMED))
_OF_A_TALE = frozenset(("resolved", "elsewhere", "long"))

# A short plain request ("посмотрите, пожалуйста, макет") looks like a bare claim to a model of letters. Without
# an alarm word it has to be surer; of the held-out files this costs 0.2 points of the four labels.
_CLAIMED_FROM = 0.65

# What a text without a word is: an emoji is a greeting, a number or a link waits.
_WORDLESS = {
    True: Verdict(Label.SOCIAL, 0.0, because=(Because("greeting"),)),
    False: Verdict(Label.ROUTINE, 0.0, because=(Because("no_words"),)),
}


Chances = dict[Label, float]
Read = NDArray[np.float32]  # the encoder's chances, in the order of LABELS


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges texts with the loaded tables; without an `encoder` the first stage judges alone."""

    model: Model
    encoder: Encoder | None = None

    @classmethod
    def load(cls) -> "Judge":
        """A judge with the shipped tables; they are read from disk here and never again."""
        hear("ready")
        return cls(Model.load(), Encoder.load())

    def judge(self, text: str, *, sent_at: datetime, next_window_end: datetime | None = None) -> Verdict:
        """The verdict on a text sent at `sent_at`, aware, in the zone where the text's clock times are read.

        `next_window_end` is when the owner will have read it without being called; without it the owner is taken to
        read at 10:00, 14:00 and 17:30, Monday to Friday. Never raises on any text; ValueError on a naive time.
        """
        if sent_at.tzinfo is None:
            raise ValueError("sent_at must be aware")
        text = text.encode("utf-8", "replace").decode("utf-8")
        about = tuple(sorted(topics(text)))
        if not has_words(text):
            return replace(_WORDLESS[has_picture(text)], topics=about)
        if len(text) > LONGEST:
            text = f"{text[:_HALF]}\n{text[-_HALF:]}"
        window = next_window_end or next_reading(sent_at)
        heard = hear(text)
        evidence = gather(text, sent_at, window, heard.language)
        chances, threshold, read = self._mixed(text, evidence, self._letters(text, evidence))
        if len(text) >= _LONG:
            chances |= {Label.URGENT: max(chances[Label.URGENT], self._loudest(text, sent_at, window, evidence, read))}
        near = evidence.deadline is not None and evidence.deadline.moment <= window + HALF_A_WORKING_DAY
        score = bound_by_time(chances[Label.URGENT], evidence, near=near)
        if "asks_whether" in evidence.facts and evidence.deadline and evidence.deadline.moment >= window:
            score = min(score, _BOUND_LATER)  # the owner reads before that and can still answer
        label = choose_label(chances | {Label.URGENT: score}, threshold)
        if "farewell" in evidence.facts:
            label, score = Label.SOCIAL, min(score, _OF_A_FAREWELL)
        if label is Label.SOCIAL and evidence.facts >= _A_BARE_ALARM and "social_start" not in evidence.facts:
            label = Label.CLAIMED
        elif label is Label.CLAIMED and "alarm" not in evidence.facts and chances[label] < _CLAIMED_FROM:
            label = Label.ROUTINE
        if not is_due(evidence, label):
            evidence, near = replace(evidence, deadline=None), False
        return Verdict(
            label=label,
            score=round(score, 4),
            language=heard.language if heard.fluency >= _LEAST_FLUENCY else None,
            fluency=round(heard.fluency, 4),
            deadline=evidence.deadline.moment if evidence.deadline else None,
            because=explain(evidence, label, near),
            certain=label is Label.URGENT and near and is_bound(evidence),
            threshold=threshold,
            topics=about,
        )

    def _loudest(self, text: str, sent_at: datetime, window: datetime, evidence: Evidence, read: Read | None) -> float:
        """How urgent the loudest sentence makes a long text: the first stage finds it, the encoder judges.

        `read` are the encoder's chances of the whole text, where it was asked already.
        """
        if self.encoder is None:
            return 0.0
        loudest = 0.0
        for sentence in _SENTENCE.split(text):
            own = gather(sentence, sent_at, window, evidence.reading.language)
            first = self._letters(sentence, own)
            if first[Label.URGENT] < _LOUD:
                continue
            read = self.encoder.chances(text, hint_of(evidence.facts)) if read is None else read
            loudest = float(read[0])
            if not evidence.facts & _TOLD and self._mixed(sentence, own, first)[0][Label.URGENT] >= _VERY_LOUD:
                return max(loudest, _OF_A_SENTENCE)
        return loudest

    def _letters(self, text: str, evidence: Evidence) -> Chances:
        """What the first stage says."""
        return self.model.chances(fold(text, evidence.reading.language), evidence.facts)

    def _mixed(self, text: str, evidence: Evidence, first: Chances) -> tuple[Chances, float, Read | None]:
        """The probability of each label, from which of urgent on the label is urgent, and what the encoder read, if it
        was asked about what the first stage left open.
        """
        if self.encoder is None or not _UNSURE[0] <= first[Label.URGENT] <= _UNSURE[1]:
            return first, self.model.threshold, None
        letters = np.array([first[label] for label in LABELS], np.float32)
        read = self.encoder.chances(text, hint_of(evidence.facts))
        mixed = self.encoder.mixed(read, letters)
        return dict(zip(LABELS, mixed.tolist(), strict=True)), self.encoder.mix.threshold, read


def choose_label(chances: Chances, threshold: float) -> Label:
    """Urgent from the threshold on (the best balance of misses and alarms), else the likeliest of the others."""
    if chances[Label.URGENT] >= threshold:
        return Label.URGENT
    return max(LABELS[1:], key=chances.__getitem__)


def bound_by_time(score: float, evidence: Evidence, *, near: bool) -> float:
    """The score with the deadline's word: see `_BOUND_NEAR`."""
    if not is_bound(evidence):
        return score
    if near:
        return max(score, _BOUND_NEAR)
    return score if "happened_not_softened" in evidence.facts else min(score, _BOUND_LATER)


def is_bound(evidence: Evidence) -> bool:
    """Whether a request hangs on its deadline, and the text does not say otherwise."""
    return evidence.deadline is not None and evidence.deadline.bound and not evidence.facts & _SAID_OTHERWISE


def is_due(evidence: Evidence, label: Label) -> bool:
    """Whether a message of that label is due when its deadline, if it has one, says."""
    if evidence.deadline is None or label in _NEVER_DUE:
        return False
    return evidence.deadline.firm or label is Label.URGENT or not evidence.facts & _OF_A_TALE


def guess_language(verdict: Verdict, text: str) -> Language:
    """The verdict's language, or the likelier one where the text hardly tells; Russian for no words at all."""
    return verdict.language or hear(text).language or Language.RU
