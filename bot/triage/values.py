"""What a piece of a text may say about time: the vocabulary between `parts` and `moments`."""

from dataclasses import dataclass

from bot.triage.lexicon import DayPart


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time. `bare` means that morning and afternoon are both possible; `digital` that it is written 6:10."""

    hour: int
    minute: int = 0
    bare: bool = False
    digital: bool = False


@dataclass(frozen=True, slots=True)
class Elapsed:
    """So many minutes from now, as a stopwatch counts."""

    minutes: int


@dataclass(frozen=True, slots=True)
class DaysOn:
    """So many days or months from today; `working` leaves out Saturdays and Sundays."""

    days: int = 0
    months: int = 0
    working: bool = False


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, Monday 0; `weeks` is 1 for that of the next calendar week, 0 for the coming one."""

    number: int
    weeks: int = 0


NEXT_MONTH = -1


@dataclass(frozen=True, slots=True)
class Dated:
    """A date; a month or a year that the text leaves out is 0 and means the next such day."""

    day: int
    month: int = 0
    year: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """The end of a stretch of days, by name: see `moments.PERIODS`."""

    name: str


@dataclass(frozen=True, slots=True)
class Zoned:
    """Whose clock the time is read on (IANA)."""

    zone: str


@dataclass(frozen=True, slots=True)
class Before:
    """So many minutes before an event that the text names elsewhere."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Gone:
    """Words that place what stands beside them in the past, or make it a habit."""


Value = Clock | Elapsed | DaysOn | Weekday | Dated | Period | DayPart | Zoned | Before | Gone


@dataclass(frozen=True, slots=True)
class Part:
    """A piece `text[start:end]` of a plain text and what it says; `preposition` is the word that leads it in."""

    start: int
    end: int
    value: Value
    preposition: str = ""
