"""The deadline that a text names, if any: the door of the grammar of time.

`parts` finds the pieces, `moments` says what they mean, `guards` throws out prices, opening hours, farewells, the past
and the rest. Of the moments left the one with the strongest words wins, then the earliest.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from bot.core.verdict import Language
from bot.triage.guards import Strength, strength
from bot.triage.language import hear
from bot.triage.letters import Plain, plain
from bot.triage.moments import Frame, after, fits, resolve
from bot.triage.parts import find_parts
from bot.triage.values import Before, Part, Period

# What may stand between two parts of one moment.
_JOINT = re.compile(
    r"[\s,(«„\"]*(?:(?:-|г\.|г|го|около|примерно|где-то|някъде|обязательно|ровно|точно|самое|само|хотя бы|най-късно|"
    r"еще|още|уже|вече|някъде към|числа|не позже|максимум|включително|включителн\w|это|то ест|е|съм|сме|там)[\s,]+)*"
)
_LONGEST_JOINT = 24
_LONGEST_TEXT = 4000
_LONGEST_REACH = 70
_MOST_PARTS = 120  # a timetable, not a message, names more
_SENTENCE_END = re.compile(r"[!?\n]|\.(?=\s)")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment by which the client needs something, aware, in the zone of the send time.

    `phrase` is the piece of the client's text that names it. `firm` where words like «до», «через» or «нужно» bind it,
    not merely a time at which something happens; `bound` where both do.
    """

    moment: datetime
    phrase: str
    firm: bool
    bound: bool


def find_deadline(text: str, sent_at: datetime, language: Language | None = None) -> Deadline | None:
    """The deadline that the text names, read as sent at `sent_at` (aware, in the zone whose clock the client means).

    Never a moment before `sent_at`. `language` only says how Latin letters are read; it is heard where not given.
    """
    if sent_at.tzinfo is None:
        raise ValueError("sent_at must be aware")
    cut = text[:_LONGEST_TEXT]
    reading = plain(cut, language or hear(cut).language or Language.RU)
    return choose(reading, sent_at)


def choose(reading: Plain, sent_at: datetime) -> Deadline | None:
    """The deadline of a text already read into one spelling."""
    frames = join(tuple(islice(find_parts(reading.text), _MOST_PARTS)), reading.text)
    if any(frame.days and not _is_last_day(frame) for frame in frames):
        frames = tuple(frame for frame in frames if not _is_last_day(frame))
    offset = next((part.value.minutes for frame in frames for part in frame.parts if isinstance(part.value, Before)), 0)
    best: tuple[int, datetime, Frame, Strength] | None = None
    for frame in _with_days(frames, reading.text):
        moment = resolve(frame, sent_at)
        if moment is None or moment < sent_at:
            continue
        force = strength(frame, reading, moment, sent_at)
        if force is Strength.NONE:
            continue
        rank = -force - frame.is_precise
        if best is None or (rank, moment) < best[:2]:
            best = (rank, moment, frame, force)
    if best is None:
        return None
    _, moment, frame, force = best
    if offset and after(moment, -offset) >= sent_at:
        moment = after(moment, -offset)
    own = [part for part in frame.parts if part.start >= frame.start]
    return Deadline(moment, reading.quote(own[0].start, own[-1].end), force >= Strength.FIRM, force is Strength.BOUND)


def _is_last_day(frame: Frame) -> bool:
    """«Последний день»: today, where the text names no other."""
    return len(frame.parts) == 1 and frame.parts[0].value == Period("today")


def _with_days(frames: tuple[Frame, ...], text: str) -> Iterator[Frame]:
    """The frames; a clock time without a day takes the day named before it in the same sentence."""
    named: Frame | None = None
    for frame in frames:
        if named and _SENTENCE_END.search(text, named.end, frame.start):
            named = None
        if named and frame.has_clock and not frame.has_day and frame.start - named.end <= _LONGEST_REACH:
            yield Frame((*named.days, *frame.parts))
            continue
        if frame.has_day and not frame.is_gone:
            named = frame
        yield frame


def join(parts: tuple[Part, ...], text: str) -> tuple[Frame, ...]:
    """The parts in groups that name one moment each."""
    frames: list[Frame] = []
    for part in parts:
        if frames and fits(frames[-1].parts, part) and _near(frames[-1].end, part.start, text):
            frames[-1] = Frame((*frames[-1].parts, part))
        else:
            frames.append(Frame((part,)))
    return tuple(frames)


def _near(end: int, start: int, text: str) -> bool:
    gap = text[end:start]
    return len(gap) <= _LONGEST_JOINT and "\n" not in gap and _JOINT.fullmatch(gap) is not None
