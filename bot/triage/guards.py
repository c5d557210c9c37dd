"""What looks like a deadline and is none: the past, habits, opening hours, farewells, greetings, lengths of media.

A guard sees a frame among its neighbours in the clause. These are the largest gain of the whole grammar: naive parsers
take "Вы работаете до 18:00?" and "До завтра!" for deadlines.
"""

import re
from datetime import datetime, timedelta
from enum import IntEnum

from bot.core.verdict import Language
from bot.triage import cues
from bot.triage.letters import Plain
from bot.triage.lexicon import DayPart
from bot.triage.moments import Frame
from bot.triage.plans import between_commas, is_choice, is_own_plan, is_quiet, segment
from bot.triage.values import Clock, Dated, DaysOn, Elapsed, Period, Weekday


class Strength(IntEnum):
    """How much the words around a moment bind the client to it."""

    NONE = 0
    LOOSE = 1  # something happens then
    FIRM = 2  # до, к, за, не позже
    BOUND = 3  # and words of need: срок, нужно, жду, трябва


# «тысяча в час» is a rate, not one o'clock.
_AN_HOUR = Clock(1, bare=True)


# A moment that comes again only after so long was the one before, where the words leave it open.
_FEW_WORDS = 3  # a sentence of so few words beside the time is about the time
_LONG_PAST = timedelta(days=270)
_HALF_A_DAY = timedelta(hours=12)
_NIGHT = timedelta(hours=8)
_ALMOST_A_DAY = timedelta(hours=20)


def strength(frame: Frame, reading: Plain, moment: datetime, sent: datetime) -> Strength:
    """How binding the moment is; NONE where a guard says that it is no deadline at all."""
    before, after = _clause(reading.text, frame)
    told = _is_told(before[-30:] + " " + after[:30], reading.language)
    own = reading.text[frame.start : frame.end]
    if frame.is_gone or _is_quoted(frame, reading.text):
        return Strength.NONE
    if _is_guarded(frame, own, before, after, moment, sent, told=told, beside=_is_told_of(reading, frame)):
        return Strength.NONE
    if _is_day_told(frame, segment(before, after), reading.language):
        return Strength.NONE
    if cues.BY_THEN.search(after) and not told:
        return Strength.FIRM
    need = _needed(before, after)
    if frame.prepositions & cues.BY and not need and (_is_for(frame) or (told and _is_told_of(reading, frame))):
        return Strength.NONE
    if frame.prepositions & cues.BY or any(len(preposition) >= 8 for preposition in frame.prepositions):
        return Strength.BOUND if need and not _asks_whether(before, after) else Strength.FIRM
    if _is_given(frame) or any(isinstance(part.value, Elapsed) for part in frame.parts):
        return Strength.NONE if _is_told_of(reading, frame) else Strength.FIRM
    if _needed(before[-40:], after[:40]):
        return Strength.FIRM
    is_all = len((before + " " + after).split()) <= _FEW_WORDS
    says_when = _says_when(frame) or (not told and (is_all or _names_part_of_a_day(frame)))
    return Strength.LOOSE if says_when else Strength.NONE


_POINTS = (Period("today"), DayPart.NOON, DayPart.MIDNIGHT)


def _is_given(frame: Frame) -> bool:
    return any(cues.GIVEN.fullmatch(preposition) for preposition in frame.prepositions)


def _needed(before: str, after: str) -> bool:
    """Whether words beside a moment say that something is wanted."""
    return _is_need(before, after, asked="?" in after)


def _needed_beside(before: str, after: str) -> bool:
    """Whether the words between two commas do, in a sentence that may end in a question mark."""
    return _is_need(*between_commas(before, after), asked="?" in after)


def _is_need(*around: str, asked: bool) -> bool:
    return any(cues.NEED.search(text) or (asked and cues.ASKED.search(text)) for text in around)


def _is_told(around: str, language: Language) -> bool:
    return any(not cues.SAID.fullmatch(verb.group()) for verb in cues.TOLD[language].finditer(around))


def _is_for(frame: Frame) -> bool:
    """„Тестът за утре", «билеты за 12»: what something is meant for, where no clock time stands beside it."""
    return frame.prepositions == {"за"} and not any(isinstance(part.value, Clock | Dated) for part in frame.parts)


def _is_told_of(reading: Plain, frame: Frame) -> bool:
    """Whether a verb of the past stands right beside: «к утру подняли», „върна се към девет"."""
    before, after = reading.text[max(0, frame.start - 14) : frame.start], reading.text[frame.end : frame.end + 24]
    return _is_told(re.split(r"[,.!?\n]", before)[-1] + " " + re.split(r"[,.!?\n]", after)[0], reading.language)


_ONE_QUESTION = 80  # letters


def asks_about(text: str) -> bool:
    """Whether a plain text is one short question if the owner's own work will be there."""
    return text.rstrip().endswith("?") and len(text) <= _ONE_QUESTION and cues.WHETHER.search(text) is not None


def _asks_whether(before: str, after: str) -> bool:
    """Whether the sentence only asks if the owner's own work will be there by then."""
    return "?" in after and cues.WHETHER.search(before + " " + after) is not None


def _says_when(frame: Frame) -> bool:
    """Whether a frame without words of need still names a moment that something hangs on: a clock time or a date."""
    return any(
        isinstance(part.value, Clock | Elapsed)
        or (isinstance(part.value, Dated) and part.value.day > 0)
        or part.value in _POINTS
        for part in frame.parts
    )


def _names_part_of_a_day(frame: Frame) -> bool:
    """«Завтра днём», „петък следобед“."""
    return frame.has_day and any(isinstance(part.value, DayPart) for part in frame.parts)


def _is_quoted(frame: Frame, text: str) -> bool:
    """Inside quotation marks stands what others say: titles, notices, error texts."""
    if text.count('"', 0, frame.start) % 2 and '"' in text[frame.end :]:
        return True
    opened = max(text.rfind(mark, 0, frame.start) for mark in "«„“")
    return (
        opened > 0
        and not any(mark in text[opened + 1 : frame.start] for mark in "»“”")
        and any(mark in text[frame.end :] for mark in "»“”")
    )


def _clause(text: str, frame: Frame) -> tuple[str, str]:
    """What stands before and after the frame in its sentence."""
    start = 0
    for mark in cues.CLAUSE_END.finditer(text, 0, frame.start):
        if not cues.ABBREVIATION.search(text[max(0, mark.start() - 5) : mark.start()]):
            start = mark.end()
    mark_after = cues.CLAUSE_END.search(text, frame.end)
    return text[start : frame.start], text[frame.end : mark_after.start() + 1 if mark_after else len(text)]


def _is_guarded(
    frame: Frame, own: str, before: str, after: str, moment: datetime, sent: datetime, *, told: bool, beside: bool
) -> bool:
    tail = before[-48:]
    need = _needed(before[-40:], after[:40])
    return (
        _is_number(frame, own, tail, after)
        or bool(cues.TIL_WE_MEET.search(tail) or cues.AT_LEAST.search(tail))
        or (not cues.NEED.search(before + after) and _is_range(frame, own, tail))
        or _is_greeting(frame, tail)
        or _is_farewell(frame, own, before, after)
        or _is_opening(frame, before, after, moment, sent)
        or _is_since(frame, after, sent)
        or _is_past(
            frame,
            before,
            moment,
            sent,
            told=told,
            beside=beside,
            asked=need and ("?" in after or cues.TERM.search(before[-24:]) is not None or _is_given(frame)),
        )
        or (not frame.prepositions & cues.BY and is_own_plan(frame, before, after))
        or (not frame.is_precise and (is_quiet(tail, after) or is_choice(after)))
        or bool(cues.HABIT.search(before[-30:] + " " + after[:20]))
        or "вместо" in frame.prepositions
        or (frame.parts[0].value == _AN_HOUR and cues.RATE.search(tail) is not None)
        or (_is_bare(frame) and not _is_wanted_bare(own, before, after))
        or _is_span(own, before, after)
        or _is_state(frame, before, after)
        or bool(cues.INSTEAD.search(tail) and not cues.NOT_LATER.search(tail))
        or bool(cues.RENEWED.search(after))
        or (_is_digital(frame) and bool(cues.MEASURE.search(tail)))
        or (any(isinstance(part.value, Dated) for part in frame.parts) and not need and bool(cues.NAME.search(tail)))
        or (
            frame.has_clock
            and not frame.has_day
            and not frame.prepositions & cues.BY
            and bool((not frame.parts[0].preposition and cues.PLACE.search(tail)) or cues.PRICE.search(tail))
        )
        or (not frame.prepositions - {"до", "на"} and bool(cues.MEDIA.search(tail)) and not cues.NEED.search(before))
    )


def _is_digital(frame: Frame) -> bool:
    first = frame.parts[0].value
    return isinstance(first, Clock) and first.digital


def _is_number(frame: Frame, own: str, before: str, after: str) -> bool:
    """A count of things, a piece of a telephone number or the stamp of a log line."""
    first = frame.parts[0]
    if cues.LOG.match(after) or cues.PHONE.search(before):
        return True
    if not isinstance(first.value, Clock) or first.value.digital or len(frame.parts) > 1:
        return False
    if first.preposition != "в":
        return False
    return bool(
        cues.THINGS_AFTER.match(after)
        or (cues.THINGS.search(own) and after[:1] == " ")
        or (cues.ONE_THING.search(own) and not after.startswith(" час"))
    )


def _is_range(frame: Frame, own: str, before: str) -> bool:
    """«С девяти до часу я на месте»: from when to when something holds."""
    return bool(cues.RANGE.match(own) or (frame.parts[0].preposition == "до" and cues.RANGE_START.search(before)))


def _is_greeting(frame: Frame, before: str) -> bool:
    first = frame.parts[0].value
    if isinstance(first, Weekday):
        return bool(cues.NAMED_DAY.search(before))
    if isinstance(first, Dated):
        return bool(cues.FEAST.search(before))
    return isinstance(first, DayPart | Period) and bool(cues.GREETING.search(before))


def _is_farewell(frame: Frame, own: str, before: str, after: str) -> bool:
    """«До завтра!»: a day or an evening, and nothing in the sentence but words of parting."""
    first = frame.parts[0]
    if first.preposition != "до" or "?" in after or frame.is_precise:
        return False
    match first.value:
        case (
            Weekday()
            | DaysOn(days=0 | 1 | 2, working=False)
            | DayPart.EVENING
            | DayPart.BEFORE_EVENING
            | DayPart.MORNING
        ):
            rest = own[first.end - frame.start :]
            return cues.PARTING.issuperset(cues.WORD.findall(f"{before} {rest} {after}"))
        case _:
            return False


def _is_opening(frame: Frame, before: str, after: str, moment: datetime, sent: datetime) -> bool:
    """Opening hours: ours or yours always; those of a third party unless it closes today and before long."""
    if not any(isinstance(part.value, Clock) for part in frame.parts):
        return False
    around = before + " " + after
    beside = segment(before, after)
    if cues.NEED.search(beside) and not cues.OURS.search(beside):
        return False
    if cues.OURS.search(around):
        return True
    if not cues.WORKS.search(around):
        return False
    return moment - sent > timedelta(hours=9)


def _is_since(frame: Frame, after: str, sent: datetime) -> bool:
    """«с понедельника», "от 9": since then. A clock time of today that is still to come is a beginning."""
    leading = frame.parts[0].preposition
    first = frame.parts[0].value
    if any(isinstance(part.value, Clock) and part.preposition in ("после", "след") for part in frame.parts):
        return not cues.TOO_LATE.search(after)
    if frame.prepositions & cues.BY or leading not in (*cues.SINCE, "от"):
        return False
    if isinstance(first, Elapsed) or (leading in cues.COUNTS_ON and isinstance(first, DaysOn)):
        return False
    if leading == "от" and isinstance(first, Clock):
        return (first.hour, first.minute) <= (sent.hour, sent.minute)
    return True


def _is_bare(frame: Frame) -> bool:
    """A weekday or a part of the day that no preposition leads in and nothing else joins: „вечер", „събота е"."""
    if len(frame.parts) > 1 or frame.parts[0].preposition:
        return False
    value = frame.parts[0].value
    return isinstance(value, DayPart) or (isinstance(value, Weekday) and not value.weeks)


def _is_wanted_bare(own: str, before: str, after: str) -> bool:
    """„Привечер чакам резултата“, «утром гляну, пришлите до этого»: bare, and yet by when something is wanted."""
    if cues.BY_THEN.search(after):
        return True
    return not cues.IN_PASSING.fullmatch(own) and _needed_beside(before, after)


def _is_span(own: str, before: str, after: str) -> bool:
    """„За два дни“: how long something takes, where nobody is asked to manage it."""
    if not cues.A_SPAN.match(own):
        return False
    return not _needed_beside(before, after) and not cues.CAN.search(segment(before, after))


def _is_state(frame: Frame, before: str, after: str) -> bool:
    """«закрыто до понедельника», «взяли до утра»: how long something lasts."""
    if frame.prepositions & cues.COUNTS_ON:
        return False
    return not any(isinstance(part.value, Clock) for part in frame.parts) and bool(
        cues.LASTS.search(before) or cues.STAYS_SHUT.search(after)
    )


def _is_day_told(frame: Frame, beside: str, language: Language) -> bool:
    """«Сдал часы 12-го»: a day of the month without a month, beside a verb of the past."""
    is_day = any(isinstance(part.value, Dated) and not part.value.month for part in frame.parts)
    return is_day and not frame.has_clock and not frame.prepositions & cues.BY and _is_told(beside, language)


def _is_past(
    frame: Frame, before: str, moment: datetime, sent: datetime, *, told: bool, beside: bool, asked: bool
) -> bool:
    """A time that the sentence speaks of in the past tense, or a date that was, and comes again only next year."""
    again = moment - sent
    firm = bool(frame.prepositions & cues.BY)
    for part in frame.parts:
        match part.value:
            case Dated(year=0) if part.value.month and again > _LONG_PAST:
                return part.preposition not in ("до", "к", "преди", "към")
            case Weekday(number, weeks) if not firm and not frame.has_clock and len(frame.days) == 1:
                return (told and not cues.NEED.search(before)) or (number == sent.weekday() and not weeks and not asked)
            case Weekday() if not firm and beside:
                return True
            case DayPart.NOON | DayPart.MIDNIGHT if told and not firm and not frame.has_day:
                return True
            case Clock() if not firm and not frame.has_day and moment.date() != sent.date():
                in_the_morning = any(isinstance(other.value, DayPart) for other in frame.parts)
                return (
                    again > _ALMOST_A_DAY or (again > _HALF_A_DAY and not in_the_morning) or (told and again > _NIGHT)
                )
            case _:
                continue
    return False
