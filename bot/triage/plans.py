"""Times that bind the client, not the desk: what the client will do, wants put off, chooses from or waits out."""

import re

from bot.triage.lexicon import loose
from bot.triage.moments import Frame
from bot.triage.values import Weekday

_WEEKDAY = r"(?:понедел|вторн|сред[аыуе]|сряд|четв|пятниц|петък|субб|събот|воскр|недел)\w*"  # short, quick to compile
# «Вторник и четверг», „понеделник или сряда": days to choose from or of a timetable.
_DAY_BEFORE = loose(rf"\b{_WEEKDAY}(?:,| и| или)\s(?:\w{{1,3}}\s)?$")
_DAY_AFTER = loose(rf"^(?:,| и| или)\s(?:\w{{1,3}}\s)?{_WEEKDAY}\b")
# What the client will do, or would have us put off or book: a day without an hour then binds nobody.
_PROMISE = loose(
    r"\b(?:скину|скинем|пришлю|пришлем|перешлю|дошлю|отправлю|отправим|оплачу|оплатим|заплачу|заплатим|переведу|"
    r"переведем|верну|вернем|вернус|напишу|напишем|найду|сделаю|сделаем|принесу|привезу|заеду|зайду|подойду|приеду|"
    r"доплачу|обсудим|созвонимся|наберу|позвоню|отпишус|ще (?:ти |ви |го |я |ги |се |ме )*(?:пратя|пратим|изпратя|"
    r"изпратим|пиша|напиша|дам|дадем|платя|платим|донеса|преведа|преведем|обсъдим|чуем|дойда|дойдем|мина|минем|"
    r"направя|направим|върна|върнем|обадя|звънна)|плащаме|плащам|пращам(?! ми)|да се чуем|да се видим)\b"
)
_MOVED_BY_US = loose(
    r"\b(?:перенести|перенесите|перенеси|передвинте|передвинут|перепиши\w*|перезапиши\w*|запиши(?:те)?|записатся|"
    r"преместете|премести(?:м|ш|те)|(?<!няма )да стане|запиш(?:ете|и)|запазим час|записан с\w+|(?:часът|час) ми)\b"
)
# «не могу ждать до», „не пиши до": how long it is quiet.
_PATIENCE = loose(
    r"\b(?:не (?:мога|може|можем) да (?:чака\w*|изчака\w*)|може да (?:по|из)чака|потерп\w+|подожд\w+|терпит|"
    r"не могу ждат|не хочу ждат|боюс забыт|забуду)\s*$"
)
_LEFT_ALONE = loose(r"^\W*(?:\w+\W+)?не (?:отвеча\w+|пиши\w*|звон\w+|отговаря\w+|трево\w+|буди\w*)")
# „днес или утре?": the desk may choose.
_CHOICE_AFTER = loose(r"^,?\s?(?:или|либо)\s[^.!\n]{0,40}\?")
_COMMA = re.compile(r"[,:()|]")


def segment(before: str, after: str) -> str:
    """What stands with the moment between two commas."""
    return " ".join(between_commas(before, after))


def between_commas(before: str, after: str) -> tuple[str, str]:
    """What stands before and after the moment, each up to a comma."""
    return _COMMA.split(before)[-1], _COMMA.split(after)[0]


def is_own_plan(frame: Frame, before: str, after: str) -> bool:
    """A day on which the client will do something, that is to be moved or that is one of several."""
    if any(isinstance(part.value, Weekday) for part in frame.days) and (
        _DAY_BEFORE.search(before) or _DAY_AFTER.search(after)
    ):
        return True
    beside = segment(before, after)
    if _MOVED_BY_US.search(beside):
        return True
    return not frame.is_precise and _PROMISE.search(beside) is not None


def is_quiet(before: str, after: str) -> bool:
    """«До утра не отвечайте», „не мога да чакам до утре": how long nothing happens, not by when something must."""
    return _PATIENCE.search(before) is not None or _LEFT_ALONE.search(after) is not None


def is_choice(after: str) -> bool:
    """«До обеда или после?»: one of two."""
    return _CHOICE_AFTER.search(after) is not None
