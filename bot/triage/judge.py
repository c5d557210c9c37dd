"""The door of triage: a text in, a verdict out. Pure but for the tables that `load` reads once."""

import re
from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from bot.core.verdict import Because, Label, Language, Verdict
from bot.triage.encoder import Encoder, hint_of
from bot.triage.evidence import HALF_A_WORKING_DAY, Evidence, explain, gather
from bot.triage.language import hear
from bot.triage.letters import fold, has_picture, has_words
from bot.triage.model import LABELS, TOPICS, Guess, Model
from bot.triage.spam import find_spam
from bot.triage.topics import topics
from bot.triage.windows import next_reading

# A text longer than a Telegram message can be is judged by its beginning and its end.
LONGEST = 4000
_HALF = LONGEST // 2

# The encoder is asked where the first stage hears so much urgency, or is so little sure of its likeliest label: a
# needless alarm costs the owner more than the milliseconds.
_MAY_BE_URGENT, _SURE = 0.06, 0.7

# From so many letters on one sentence drowns in a text to a reader of letters. One that sounds urgent by itself then
# speaks for the whole to the first stage, and the encoder, which reads the whole, has its say.
LONG = 250
_LOUD = 0.6
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

# What a text without a word is: an emoji is a greeting, a number or a link waits.
_WORDLESS = {
    True: Verdict(Label.SOCIAL, 0.0, because=(Because("greeting"),)),
    False: Verdict(Label.ROUTINE, 0.0, because=(Because("no_words"),)),
}

# From this chance on a topic is heard, the second where words name it. A doubtful one is left out: what is missed is
# answered like any other message.
_HEARD, _NAMED = 0.5, 0.2

Chances = dict[Label, float]


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges texts with the loaded tables; without an `encoder` the first stage judges alone."""

    model: Model
    encoder: Encoder | None = None

    @classmethod
    def load(cls) -> Self:
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
        named = topics(text)
        if not has_words(text):
            return replace(_WORDLESS[has_picture(text)], topics=tuple(sorted(named)))
        if len(text) > LONGEST:
            text = f"{text[:_HALF]}\n{text[-_HALF:]}"
        window = next_window_end or next_reading(sent_at)
        spoken = hear(text)
        evidence = gather(text, sent_at, window, spoken.language)
        guess, threshold = self._guess(text, sent_at, window, evidence, named)
        chances = dict(zip(LABELS, guess.labels.tolist(), strict=True))
        near = evidence.deadline is not None and evidence.deadline.moment <= window + HALF_A_WORKING_DAY
        score = bound_by_time(chances[Label.URGENT], evidence, near=near)
        if "asks_whether" in evidence.facts and evidence.deadline and evidence.deadline.moment >= window:
            score = min(score, _BOUND_LATER)  # the owner reads before that and can still answer
        label = choose_label(chances | {Label.URGENT: score}, threshold)
        if "farewell" in evidence.facts:
            label, score = Label.SOCIAL, min(score, _OF_A_FAREWELL)
        if label is Label.SOCIAL and evidence.facts >= _A_BARE_ALARM and "social_start" not in evidence.facts:
            label = Label.CLAIMED
        if not is_due(evidence, label):
            evidence, near = replace(evidence, deadline=None), False
        return Verdict(
            label=label,
            score=round(score, 4),
            language=spoken.language if spoken.fluency >= _LEAST_FLUENCY else None,
            fluency=round(spoken.fluency, 4),
            deadline=evidence.deadline.moment if evidence.deadline else None,
            because=explain(evidence, label, near),
            certain=label is Label.URGENT and near and is_bound(evidence),
            threshold=threshold,
            topics=choose_topics(guess, named),
        )

    def find_spam(self, text: str) -> Because | None:
        """Why a stranger's text is a mass offer or link spam; None for all others. Never raises."""
        return find_spam(text, self.encoder.spam if self.encoder else None)

    def _letters(self, text: str, evidence: Evidence, named: Set[str] = frozenset()) -> Guess:
        """What the first stage says of a text in which words name these topics."""
        return self.model.guess(fold(text, evidence.reading.language), evidence.facts | named)

    def _loudest(self, text: str, sent_at: datetime, window: datetime, evidence: Evidence, whole: Guess) -> Guess:
        """What the first stage says of a long text: the labels of its loudest sentence, if that is loud."""
        language = evidence.reading.language
        sentences = _SENTENCE.split(text)
        labels = [self._letters(each, gather(each, sent_at, window, language)).labels for each in sentences]
        loudest = max((whole.labels, *labels), key=lambda chances: float(chances[0]))
        return Guess(loudest, whole.topics) if loudest[0] >= _LOUD else whole

    def _guess(
        self, text: str, sent_at: datetime, window: datetime, evidence: Evidence, named: Set[str]
    ) -> tuple[Guess, float]:
        """What both stages make of a text, and from which chance of urgent on its label is urgent."""
        first = self._letters(text, evidence, named)
        if self.encoder is None:
            return first, self.model.threshold
        if len(text) >= LONG:
            first = self._loudest(text, sent_at, window, evidence, first)
        if not is_open(first):
            return first, self.model.threshold
        read = self.encoder.guess(text, hint_of(evidence.facts))
        return self.encoder.mixed(read, first), self.encoder.mix.threshold


def is_open(first: Guess) -> bool:
    """Whether the first stage leaves it to the second to decide."""
    return bool(first.labels[0] >= _MAY_BE_URGENT or first.labels.max() < _SURE)


def choose_topics(guess: Guess, named: Set[str]) -> tuple[str, ...]:
    """The topics of a text in which words name these, in the order of the alphabet."""
    chances = zip(TOPICS, guess.topics.tolist(), strict=True)
    return tuple(sorted(topic for topic, chance in chances if chance >= (_NAMED if topic in named else _HEARD)))


def choose_label(chances: Chances, threshold: float) -> Label:
    """Urgent from the threshold on, else the likeliest of the others."""
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
