"""What the owner's taps teach: a verdict leans towards what the owner said of items that are alike.

A lesson is data, and nothing is computed from it beforehand: forgetting one restores what was before it. `lean` is
bounded: what is clear stays as triage has it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil, exp, fsum, log
from typing import NamedTuple
from zlib import crc32

from bot.core.verdict import Because, Label, Verdict

# All lessons together move a verdict by so much at most, in log-odds: from a threshold of 0.4 a score above 0.75 or
# below 0.12 is out of reach. On messages that no table was trained on a third of the needless alarms lie within this
# distance of the threshold, and one in thirty of the right ones (docs/triage.md).
BOUND = 1.5
# A desk keeps so many, the newest: some years of taps.
KEPT = 200
# What one lesson weighs by what it has in common with an item, in log-odds; all three together are 0.8.
WEIGHTS = {"words": 0.4, "harm": 0.2, "client": 0.2}
# So many words in common are the same matter.
ENOUGH_WORDS = 2
# A year-old lesson would weigh a sixteenth, and counts no more.
HALF_LIFE, LASTS = timedelta(days=90), timedelta(days=365)
# Harms against which nothing counts but this many lessons about the very same one, of as many items.
GUARDED = frozenset(("outage", "payment", "security", "safety"))
ENOUGH_ITEMS = 3
# Words are alike by their beginning: so many letters of it, and this share of the longer word.
ROOT, SHARE = 4, 0.6
WORDS_SHOWN = 3


class Word(NamedTuple):
    """A word by which the owner would know a matter: `key` as triage spells it, `form` as the client wrote it."""

    key: str
    form: str


@dataclass(frozen=True, slots=True)
class Matter:
    """What an item is about, as far as lessons compare it: the harms it tells of (`night.HARMS`), and telling words."""

    harms: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()


UNKNOWN = Matter()


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one tap taught: that this item of a client, called `name`, was urgent or was not. One lesson an item."""

    client: str
    item: int
    urgent: bool
    at: datetime
    matter: Matter = UNKNOWN
    name: str = ""

    @property
    def key(self) -> str:
        return f"{self.item}|{self.client}"


@dataclass(frozen=True, slots=True)
class Learned:
    """Lessons that have something in common, as the owner is told of them: `words`, a `harm`, or a client's `name`.

    `mark` names exactly these lessons, so that a button forgets what was shown and nothing else.
    """

    mark: str
    urgent: bool
    count: int
    words: tuple[str, ...] = ()
    harm: str = ""
    name: str = ""


# Leaning


def is_open(verdict: Verdict) -> bool:
    """Whether lessons could turn this verdict; all others they leave alone.

    Only between urgent and routine: small talk stays small talk, and a bare claim is asked what happens, always.
    """
    if verdict.label not in (Label.URGENT, Label.ROUTINE) or not 0 < verdict.score < 1:
        return False
    return abs(_odds(verdict.score) - _odds(verdict.threshold)) <= BOUND


def lean(verdict: Verdict, matter: Matter, client: str, lessons: Collection[Lesson], now: datetime) -> Verdict:
    """The verdict as the lessons have it, with a reason where they changed its label."""
    if not is_open(verdict):
        return verdict
    fitting = list(_fitting(matter, client, lessons, now))
    pull = max(-BOUND, min(BOUND, fsum(fit.pull for fit in fitting)))
    if not pull:
        return verdict
    score = round(1 / (1 + exp(-_odds(verdict.score) - pull)), 4)
    is_urgent = verdict.label is Label.URGENT
    turns = (pull < 0) is is_urgent and (score >= verdict.threshold) is not is_urgent
    if not turns:
        return replace(verdict, score=score)
    why = _why([fit for fit in fitting if fit.pull and (fit.pull > 0) is (pull > 0)], matter)
    told = tuple(reason for reason in verdict.because if reason.code != "model")
    return replace(verdict, label=Label.ROUTINE if is_urgent else Label.URGENT, score=score, because=(why, *told))


def _odds(chance: float) -> float:
    return log(chance / (1 - chance))


class _Fit(NamedTuple):
    """What a lesson has in common with an item: words of the item's, and how much of each kind, 0..1."""

    lesson: Lesson
    words: frozenset[str]
    common: dict[str, float]
    fades: float

    def weighs(self, kind: str) -> float:
        return WEIGHTS[kind] * self.common[kind] * self.fades

    @property
    def pull(self) -> float:
        pull = fsum(self.weighs(kind) for kind in WEIGHTS)
        return pull if self.lesson.urgent else -pull


def _fitting(matter: Matter, client: str, lessons: Iterable[Lesson], now: datetime) -> Iterator[_Fit]:
    fresh = [lesson for lesson in lessons if now - lesson.at < LASTS]
    guarded = GUARDED.intersection(matter.harms)
    calm = [lesson.matter.harms for lesson in fresh if not lesson.urgent]
    may_calm = all(sum(harm in harms for harms in calm) >= ENOUGH_ITEMS for harm in guarded)
    own = _by_root(matter.words)
    for lesson in fresh:
        if guarded and not lesson.urgent and not (may_calm and guarded.intersection(lesson.matter.harms)):
            continue
        words = frozenset(word.form for each in lesson.matter.words for word in _alike(each, own))
        least = min(ENOUGH_WORDS, len(lesson.matter.words), len(matter.words))
        common = {
            "words": min(1.0, len(words) / least) if least else 0.0,
            "harm": float(not set(matter.harms).isdisjoint(lesson.matter.harms)),
            "client": float(client == lesson.client),
        }
        # What is a little in the future was taught by a process whose clock is ahead.
        yield _Fit(lesson, words, common, 0.5 ** (max(now - lesson.at, timedelta()) / HALF_LIFE))


def _why(fits: Sequence[_Fit], matter: Matter) -> Because:
    """The reason, told by what the lessons have in common with the item most, and how many have."""
    kind = max(WEIGHTS, key=lambda kind: fsum(fit.weighs(kind) for fit in fits))
    alike = [fit for fit in fits if fit.common[kind]]
    code = "learned_urgent" if fits[0].lesson.urgent else "learned_calm"
    shared = frozenset[str]().union(*(fit.words for fit in alike)) if kind == "words" else frozenset[str]()
    words = [word.form for word in matter.words if word.form in shared]
    return Because(f"{code}_client" if kind == "client" else code, ", ".join(words[:WORDS_SHOWN]), len(alike))


# Words


def _by_root(words: Iterable[Word]) -> dict[str, list[Word]]:
    found: dict[str, list[Word]] = defaultdict(list)
    for word in words:
        found[word.key[:ROOT]].append(word)
    return found


def _alike(word: Word, others: dict[str, list[Word]]) -> Iterator[Word]:
    """Those of the others that are this word in some form: «касса», «кассу»; „срещи“, „срещата“."""
    for other in others.get(word.key[:ROOT], ()):
        length = ceil(SHARE * max(len(word.key), len(other.key)))
        if word.key[:length] == other.key[:length]:
            yield other


# What was learned


def learned(lessons: Collection[Lesson], now: datetime) -> tuple[Learned, ...]:
    """What still counts, each lesson in one group, the largest groups first."""
    return tuple(group for group, _ in _groups(lessons, now))


def meant_by(mark: str, lessons: Collection[Lesson], now: datetime) -> tuple[Lesson, ...]:
    """The lessons of the group that was shown with this mark; none where the group has changed since."""
    return next((held for group, held in _groups(lessons, now) if group.mark == mark), ())


_Trait = tuple[str, str]


def _groups(lessons: Collection[Lesson], now: datetime) -> list[tuple[Learned, tuple[Lesson, ...]]]:
    """The trait that most lessons share makes a group of them, then that of the others, and so on."""
    groups = []
    for urgent in (False, True):
        left = sorted(
            (lesson for lesson in lessons if lesson.urgent is urgent and now - lesson.at < LASTS),
            key=lambda lesson: (lesson.at, lesson.key),
            reverse=True,
        )
        traits = _traits(left)
        while left:
            bearers: dict[_Trait, list[Lesson]] = defaultdict(list)
            for lesson in left:
                for trait in traits[lesson.key]:
                    bearers[trait].append(lesson)
            # Of equals the first: a word tells more than a harm, a harm more than whose message it was.
            trait = max(bearers, key=lambda trait: (len(bearers[trait]), _RANK[trait[0]]))
            held = tuple(bearers[trait])
            shared = set.intersection(*(set(traits[lesson.key]) for lesson in held))
            groups.append((_named(trait[0], shared, held, traits), held))
            left = [lesson for lesson in left if lesson not in held]
    return sorted(groups, key=lambda group: -group[0].count)


_RANK = {kind: -place for place, kind in enumerate(WEIGHTS)}


def _traits(lessons: Iterable[Lesson]) -> dict[str, dict[_Trait, str]]:
    """The traits of each lesson, by its key, with how the owner is told of them. Forms of a word are one trait."""
    known: dict[str, list[Word]] = defaultdict(list)
    found: dict[str, dict[_Trait, str]] = {}
    for lesson in lessons:
        own: dict[_Trait, str] = {}
        for word in lesson.matter.words:
            first = next(_alike(word, known), word)
            if first is word:
                known[word.key[:ROOT]].append(word)
            own.setdefault(("words", first.key), word.form)
        own |= {("harm", harm): harm for harm in lesson.matter.harms}
        found[lesson.key] = own | {("client", lesson.client): lesson.name}
    return found


def _named(
    kind: str, shared: Collection[_Trait], held: tuple[Lesson, ...], traits: dict[str, dict[_Trait, str]]
) -> Learned:  # fmt: skip
    newest = traits[held[0].key]
    told = [form for trait, form in newest.items() if trait in shared and trait[0] == kind]
    mark = f"{crc32(' '.join(sorted(lesson.key for lesson in held)).encode()):08x}"
    group = Learned(mark, held[0].urgent, len(held))
    if kind == "words":
        return replace(group, words=tuple(told[:WORDS_SHOWN]))
    return replace(group, harm=told[0]) if kind == "harm" else replace(group, name=told[0])
