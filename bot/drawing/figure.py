"""What a picture of the statistics shows: every word is finished, every number is counted."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How a part of a whole is meant; `bot.drawing.picture` has the colours."""

    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the whole: what it is called, and how many there are of it."""

    label: str
    number: int
    tone: Tone


@dataclass(frozen=True, slots=True)
class Figure:
    """Two panels: bars by hour of the day, and the parts of a whole under one large figure.

    `hours` are 24 numbers. `windows` are stretches of the day in hours (10.0 to 11.5), shaded and explained by
    `windows_label`. `share` is the large figure («94 %»), `share_label` says of what; where there are no parts,
    `no_parts` says so.
    """

    title: str
    subtitle: str
    hours_title: str
    hours: tuple[int, ...]
    windows: tuple[tuple[float, float], ...]
    windows_label: str
    parts_title: str
    parts: tuple[Part, ...]
    share: str
    share_label: str
    no_parts: str
