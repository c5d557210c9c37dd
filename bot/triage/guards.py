"""What looks like a deadline and is none: the past, habits, opening hours, farewells, greetings, lengths of media.

A guard sees a frame among its neighbours in the clause. These are the largest gain of the whole grammar: naive parsers
take "Вы работаете до 18:00?" and "До завтра!" for deadlines.
"""

import re
from datetime import datetime, timedelta
from enum import IntEnum

from bot.core.verdict import Language
from bot.triage.letters import Plain
from bot.triage.lexicon import HOUR_WORDS, WEEKDAYS, DayPart, either, loose
from bot.triage.moments import Frame
from bot.triage.plans import is_choice, is_own_plan, is_quiet, segment
from bot.triage.values import Clock, Dated, DaysOn, Elapsed, Period, Weekday


class Strength(IntEnum):
    """How much the words around a moment bind the client to it."""

    NONE = 0
    LOOSE = 1  # something happens then
    FIRM = 2  # до, к, за, не позже
    BOUND = 3  # and words of need: срок, нужно, жду, трябва


_BY = frozenset(["до", "к", "ко", "към", "за", "преди", "перед"])
_SINCE = frozenset(["с", "со", "после", "след", "из"])
_CLAUSE_END = re.compile(r"[!?\n;]|\.(?=\s|$)")
_ABBREVIATION = re.compile(r"(?:^|[\s\d])(?:ч|г|мин|т|ул|тел|гр|н|е|р|стр|лв|бл|чл|ал|св)$")

_NEED = loose(
    r"\b(?:срок\w*|крайн\w+|крайния|дедлайн\w*|дедлине|deadline|нужн\w+|нужен|надо|нада|необходимо|обязательно|жду|"
    r"ждем|ждут|ждет|ждат|чакам\w*|чака\w*|чакаме|трябва(?!ше|ха\b|ло)\w*|тряа|пришл\w+|скин\w+|присл\w+|"
    r"отправ[ьи]\w*|отвеч\w+|ответ\w*|ответите|отговор\w+|пригот\w+|пращ\w+|прат[иея]\w*|изпрат\w+|изпращ\w+|успе\w+|"
    r"сдел\w+|сдат\w*|сдаем|сдаю|сдача|предав\w+|направ\w+|готов\w+|искам|хоч(?:у|ем|ет|ете|ут|еш)\b|должн\w+(?! был)|"
    r"закрыв\w+|закро\w+|затвар\w+|изтича\w*|истека\w+|приключ\w+|последн\w+ (?:срок|ден|шанс|момент|возможн)|"
    r"последен|иначе|иначе|край\w*)"
)
# Verbs of the past: Russian endings; Bulgarian ones that no noun shares, and the commonest of the rest.
_TOLD = {
    Language.RU: re.compile(
        r"\b(?!\w*(?:материал|журнал|сигнал|персонал|терминал|оригинал|портал|квартал|филиал|канал|профил|автомобил|"
        r"отдел|раздел|предел|модел|недел|кабел|мебел|апрел|пятниц)\w{0,2}\b)(?:был[аио]?\b|\w{2,}(?:ал|ил|ел|ул|ыл|"
        r"ял|ала|ила|ела|ула|яла|али|или|ели|ули|яли|ало|ило|ело|уло|алас|илас|елас|улас|ался|ился|алис|илис|лос|ошел|"
        r"ошла|ошли|ехал|ехала))\b"
    ),
    Language.BG: loose(
        r"\b(?:\w{3,}(?:ах|ох|ях)\b|\w{2,}(?:ахме|ихме|яхме|ахте|ихте|аха|иха|яха|нах|сах|зах|дях|тих|них|чих|лих)|"
        r"беше|бях|стана|тръгна|падна|появи|вървеше|стартира|отпадна|спря|дойде|каза|реши|оказа|направи|получи|върна|"
        r"събра|мина|(?!терминал|сигнал|журнал|оригинал|персонал|регионал)\w{3,}(?:нал|чил|рил|вил|тил|дил)|"
        r"\w{2,}(?:ил|ал|ял)[аои]? (?:съм|си|е|сме|сте|са))\b"
    ),
}
_GREETING = loose(
    r"(?:добр\w+|хорош\w+|хубав\w+|приятн\w+|спокойн\w+|лек\w?|удачн\w+|прекрасн\w+|чудесн\w+|весел\w+|отличн\w+|"
    r"поздравл\w+|наступающ\w+|честит\w*|весел\w+|успешн\w+|ползотворн\w+|с|със)\s+(?:и \w+ )?$"
)
_FEAST = loose(r"\b(?:честит\w*|поздравля\w+|с наступающ\w+|с|със)\s+$")
_NAMED_DAY = loose(r"\b(?:черн|велик|чист|страстн)\w*\s+$")  # «чёрная пятница»
_PARTING = frozenset((
    "все", "ну", "ок", "окей", "ладно", "тогда", "спасибо", "благодаря", "мерси", "чао", "хаиде", "хайде",
    "айде", "аиде",
    "пока", "увидимся", "тогава", "значи", "лека", "вечер", "добре", "супер", "чудесно", "отлично", "обнимаю",
    "приятна", "хорошего", "вечера", "и", "до", "встречи", "скоро", "скорого", "ще", "се", "видим", "чуваме",
    "чуем", "созвонимся", "на", "связи", "виждаме", "бай", "bye", "целую", "давай", "давайте", "ясно", "понял",
    "поняла", "разбрах", "договорихме", "хороших", "выходных", "хубав", "хубави", "уикенд", "приятных", "почивни",
    "дни",
    "нощ", "ден", "спокойной", "ночи", "договорились",
))  # fmt: skip
_WORD = re.compile(r"\w+")
_LASTS = loose(
    r"\b(?:закрыт\w*|затворен\w*|уез\w+|уеха\w+|взял\w*|аренд\w*|ждат|подожд\w+|не отвечай\w*|валид\w*|платен\w*|"
    r"оплачен\w*|разреш\w+|отпуск\w*|отпуска|каникул\w*|почива\w*|нет|няма|длит\w*|затянул\w*|остан\w+|"
    r"пипа\w*)\W+(?:\w+\W+){0,3}$"
)
# «тысяча в час» is a rate, not one o'clock.
_AN_HOUR = Clock(1, bare=True)
# Words that tell of a wish or a promise are no past: «просил к пяти», „обеща за утре".
_SAID = loose(
    r"\b(?:сказал\w*|просил\w*|попросил\w*|обещал\w*|велел\w*|договорилис\w*|назначил\w*|дал[аи]?|поставил\w*|ждал\w*|"
    r"хотел\w*|написал\w*|записал\w*|перенес\w*|подвинул\w*|сдвинул\w*|отложи\w*|премести\w*|каза\w*|помоли\w*|"
    r"обеща\w*|искаше|насрочи\w*|даде|дадоха|разбрахме)\b"
)
# «в трёх экземплярах», „в три действия": a number of things, not an hour.
_THINGS = re.compile(
    r"(?:двух|трех|четырех|пяти|шести|семи|восми|девяти|десяти|одном|одной|една|едно|одну|одно|один|един)$"
)
_THINGS_AFTER = loose(
    r"^\s(?:екземпляр|экземпляр|действ|град|город|част|вариант|точк|дум[аи]|слов|посок|език|язык|цвят|цвет|стъпк|шаг|"
    r"ред[ае]\b|строк|сеси|файл|аудитор|фамили|этап|комнат|стаи|мест|ръце|рук)"
)
_RANGE_START = loose(
    rf"\b(?:от|с|со)\s+(?:\d{{1,2}}(?:[:.]\d\d)?|утра|обеда|полудня|обяд|днес|сегодня|завтра|утре|{either(HOUR_WORDS)}|"
    rf"{either(WEEKDAYS)}|\w+то)\s*(?:ч\w*\.?|утра|сутринта)?\s*$"
)
_RANGE = loose(r"(?:от|с|со|между)\s.+\s(?:до|и)\s")
_LOG = re.compile(r"^[t\s]?\d\d:\d\d:\d\d")
_PHONE = re.compile(r"\d{3}-(?:\d\d-)?$")
_TIL_WE_MEET = loose(r"(?:до встречи|до скоро|до скорого|увидимся|ще се видим|до виждане)\s*$")
_AT_LEAST = loose(r"(?:хот|хоть|макар|ако ще)\s*$")
_STAYS_SHUT = loose(r"^\W*(?:\w+\W+){0,2}(?:закрыт[оаы]\b|затворен\w*|не работ\w*|в отпуск\w*|почива\w*)")
_RATE = loose(r"(?:тыс\w*|руб\w*|лев[аи]?|лв|евро|раз\w*|км|человек|заяв\w+|заказ\w*|штук|[\d€₽$])\W*$")
_COUNTS_ON = frozenset(("через", "след", "подир", "чрез"))
_WORKS = loose(
    r"\b(?:работ(?:ает|ают|аем|аете|аеш|ала|им|ите|иш|и|ят|я)|открыт\w*|отворен\w*|приемн\w+ врем\w+|график|"
    r"часы работы|работно време|режим)\b"
)
_OURS = loose(
    r"\b(?:работ(?:аю|аем|аете|аеш|я|им|ите|иш)\b|на (?:\w+ )?смене|смена|смяна|график|часы работы|работно време|"
    r"режим|приемн\w+ часы)\b"
)
_HABIT = loose(
    r"\b(?:кажд\w+|всек\w+|всяк\w+|ежедневн\w*|обычно|обикновено|всегда|винаги|без выходн\w+|без почив\w+|по будням|"
    r"делнич\w+|круглосуточно|как правило)\b"
)
_MEDIA = loose(
    r"\b(?:длител\w+|длин\w+|дължин\w+|продължител\w+|хронометраж\w*|ролик\w*|видео\w*|клип\w*|аудио\w*|запис(?:и|ей|"
    r"ите|ят)?\b|голосов\w+|трек\w*|подкаст\w*)\b[^.!?]{0,24}$"
)
_PLACE = loose(
    r"(?:\b(?:кабинет\w*|каб|аудитори\w+|зал[аеу]?\w*|стая|стаи|етаж\w*|этаж\w*|ул|улица|улиц[еуы]|дом[ае]?|кв|"
    r"квартир\w+|корпус\w*|вход\w*|подъезд\w*|офис\w*|блок|бл|пакет\w*|школ\w+|училище|маршрут\w*|автобус\w*|трамвай|"
    r"тролей|тел|телефон\w*|верси\w+|версия|номер\w*|пункт\w*|глава|част|част[ьи]|раздел\w*|страниц\w+|стр|слайд\w*|"
    r"кадр\w*|№|n|v)\W{0,3})$"
)
_PRICE = loose(
    r"\b(?:цен[аыуе]\w*|бюджет\w*|скидк\w+|отстъпк\w+|стоимост\w*|струва\w*|ставк\w+|оценк\w+|оценка|рейтинг\w*|обем|"
    r"объем\w*|гарант?\w+|намален\w+)\b[^.!?]{0,16}$"
)
_INSTEAD = loose(
    r"(?:\bвместо|\bа не|\bа не\s+\w{1,3}|\bне\s+(?:в|на|от|к|до|за|към|с)|\bне|\bвъв?место|\bане)\s*(?:в\s|на\s|от\s|"
    r"за\s)?$"
)
_NOT_LATER = loose(r"\bне (?:позже|позднее|по-късно)")
_RENEWED = loose(r"^\W{0,3}(?:назад|тому|подред|поред|подряд|вчера|миналата|на прошлой|прошлого)")


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
    need = _NEED.search(before) or _NEED.search(after)
    if frame.prepositions & _BY and not need and (_is_for(frame) or (told and _is_told_of(reading, frame))):
        return Strength.NONE
    if frame.prepositions & _BY or any(len(preposition) > 8 for preposition in frame.prepositions):
        return Strength.BOUND if need and not _asks_whether(before, after) else Strength.FIRM
    if any(isinstance(part.value, Elapsed) for part in frame.parts):
        return Strength.NONE if _is_told_of(reading, frame) else Strength.FIRM
    if _NEED.search(before[-40:]) or _NEED.search(after[:40]):
        return Strength.FIRM
    is_all = len((before + " " + after).split()) <= _FEW_WORDS
    return Strength.LOOSE if _says_when(frame) or (is_all and not told) else Strength.NONE


_POINTS = (Period("today"), DayPart.NOON, DayPart.MIDNIGHT)


def _is_told(around: str, language: Language) -> bool:
    return any(not _SAID.fullmatch(verb.group()) for verb in _TOLD[language].finditer(around))


def _is_for(frame: Frame) -> bool:
    """„Тестът за утре", «билеты за 12»: what something is meant for, where no clock time stands beside it."""
    return frame.prepositions == {"за"} and not any(isinstance(part.value, Clock | Dated) for part in frame.parts)


def _is_told_of(reading: Plain, frame: Frame) -> bool:
    """Whether a verb of the past stands right beside: «к утру подняли», „върна се към девет"."""
    before, after = reading.text[max(0, frame.start - 14) : frame.start], reading.text[frame.end : frame.end + 24]
    return _is_told(re.split(r"[,.!?\n]", before)[-1] + " " + re.split(r"[,.!?\n]", after)[0], reading.language)


_ONE_QUESTION = 80  # letters
# «к шести будет готово?» asks how things are; «пришлёте до шести?» asks for something.
_WHETHER = loose(
    r"\b(?:будет|будут|готов\w*|успе\w+|успява\w*|ще (?:е|бъде|са|стане|стигне|го видя|сме)|дойдет|закончит\w*|"
    r"покажете|получится|става ли|стига ли)\b"
)


def asks_about(text: str) -> bool:
    """Whether a plain text is one short question if the owner's own work will be there."""
    return text.rstrip().endswith("?") and len(text) <= _ONE_QUESTION and _WHETHER.search(text) is not None


def _asks_whether(before: str, after: str) -> bool:
    """Whether the sentence only asks if the owner's own work will be there by then."""
    return "?" in after and _WHETHER.search(before + " " + after) is not None


def _says_when(frame: Frame) -> bool:
    """Whether a frame without words of need still names a moment that something hangs on: a clock time or a date."""
    return any(
        isinstance(part.value, Clock | Elapsed)
        or (isinstance(part.value, Dated) and part.value.day > 0)
        or part.value in _POINTS
        for part in frame.parts
    )


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
    for mark in _CLAUSE_END.finditer(text, 0, frame.start):
        if not _ABBREVIATION.search(text[max(0, mark.start() - 5) : mark.start()]):
            start = mark.end()
    mark_after = _CLAUSE_END.search(text, frame.end)
    return text[start : frame.start], text[frame.end : mark_after.start() + 1 if mark_after else len(text)]


def _is_guarded(
    frame: Frame, own: str, before: str, after: str, moment: datetime, sent: datetime, *, told: bool, beside: bool
) -> bool:
    tail = before[-48:]
    return (
        _is_number(frame, own, tail, after)
        or bool(_TIL_WE_MEET.search(tail) or _AT_LEAST.search(tail))
        or (not _NEED.search(before + after) and _is_range(frame, own, tail))
        or _is_greeting(frame, tail)
        or _is_farewell(frame, before, after)
        or _is_opening(frame, before, after, moment, sent)
        or _is_since(frame, sent)
        or _is_past(frame, before, moment, sent, told=told, beside=beside)
        or (not frame.prepositions & _BY and is_own_plan(frame, before, after))
        or (not frame.is_precise and (is_quiet(tail, after) or is_choice(after)))
        or bool(_HABIT.search(before[-30:] + " " + after[:20]))
        or "вместо" in frame.prepositions
        or (frame.parts[0].value == _AN_HOUR and _RATE.search(tail) is not None)
        or _is_bare(frame)
        or _is_state(frame, before, after)
        or bool(_INSTEAD.search(tail) and not _NOT_LATER.search(tail))
        or bool(_RENEWED.search(after))
        or (
            frame.has_clock
            and not frame.has_day
            and not frame.prepositions & _BY
            and bool(_PLACE.search(tail) or _PRICE.search(tail))
        )
        or (not frame.prepositions - {"до", "на"} and bool(_MEDIA.search(tail)) and not _NEED.search(before))
    )


def _is_number(frame: Frame, own: str, before: str, after: str) -> bool:
    """A count of things, a piece of a telephone number or the stamp of a log line."""
    first = frame.parts[0]
    if _LOG.match(after) or _PHONE.search(before):
        return True
    if not isinstance(first.value, Clock) or first.value.digital or len(frame.parts) > 1:
        return False
    return first.preposition == "в" and bool(_THINGS_AFTER.match(after) or (_THINGS.search(own) and after[:1] == " "))


def _is_range(frame: Frame, own: str, before: str) -> bool:
    """«С девяти до часу я на месте»: from when to when something holds."""
    return bool(_RANGE.match(own) or (frame.parts[0].preposition == "до" and _RANGE_START.search(before)))


def _is_greeting(frame: Frame, before: str) -> bool:
    first = frame.parts[0].value
    if isinstance(first, Weekday):
        return bool(_NAMED_DAY.search(before))
    if isinstance(first, Dated):
        return bool(_FEAST.search(before))
    return isinstance(first, DayPart | Period) and bool(_GREETING.search(before))


def _is_farewell(frame: Frame, before: str, after: str) -> bool:
    """«До завтра!»: a day or an evening, and nothing in the sentence but words of parting."""
    if len(frame.parts) > 1 or frame.parts[0].preposition != "до" or "?" in after:
        return False
    match frame.parts[0].value:
        case Weekday() | DaysOn(days=0 | 1 | 2, working=False) | DayPart.EVENING | DayPart.BEFORE_EVENING:
            return _PARTING.issuperset(_WORD.findall(before + " " + after))
        case _:
            return False


def _is_opening(frame: Frame, before: str, after: str, moment: datetime, sent: datetime) -> bool:
    """Opening hours: ours or yours always; those of a third party unless it closes today and before long."""
    if not any(isinstance(part.value, Clock) for part in frame.parts):
        return False
    around = before + " " + after
    if _OURS.search(around):
        return True
    if not _WORKS.search(around):
        return False
    return moment - sent > timedelta(hours=9)


def _is_since(frame: Frame, sent: datetime) -> bool:
    """«с понедельника», "от 9": since then. A clock time of today that is still to come is a beginning."""
    leading = frame.parts[0].preposition
    first = frame.parts[0].value
    if any(isinstance(part.value, Clock) and part.preposition in ("после", "след") for part in frame.parts):
        return True
    if frame.prepositions & _BY or leading not in (*_SINCE, "от"):
        return False
    if isinstance(first, Elapsed) or (leading in _COUNTS_ON and isinstance(first, DaysOn)):
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


def _is_state(frame: Frame, before: str, after: str) -> bool:
    """«закрыто до понедельника», «взяли до утра»: how long something lasts."""
    if frame.prepositions & _COUNTS_ON:
        return False
    return not any(isinstance(part.value, Clock) for part in frame.parts) and bool(
        _LASTS.search(before) or _STAYS_SHUT.search(after)
    )


def _is_day_told(frame: Frame, beside: str, language: Language) -> bool:
    """«Сдал часы 12-го»: a day of the month without a month, beside a verb of the past."""
    is_day = any(isinstance(part.value, Dated) and not part.value.month for part in frame.parts)
    return is_day and not frame.has_clock and not frame.prepositions & _BY and _is_told(beside, language)


def _is_past(frame: Frame, before: str, moment: datetime, sent: datetime, *, told: bool, beside: bool) -> bool:
    """A time that the sentence speaks of in the past tense, or a date that was, and comes again only next year."""
    again = moment - sent
    firm = bool(frame.prepositions & _BY)
    for part in frame.parts:
        match part.value:
            case Dated(year=0) if part.value.month and again > _LONG_PAST:
                return part.preposition not in ("до", "к", "преди", "към")
            case Weekday(number) if not firm and not frame.has_clock and len(frame.days) == 1:
                return (told and not _NEED.search(before)) or number == sent.weekday()
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
