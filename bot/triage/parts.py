"""The grammar of time: finds the pieces of a text that name a moment and reads each into a `Part`.

A grammar of small patterns, tried in order wherever a word begins; each gives a value or lets the next one try. Values
are joined into moments in `moments`.
"""

import re
from collections.abc import Iterator
from functools import cache

from bot.triage.lexicon import (
    DAY_PARTS,
    DAYS,
    HALF_TO,
    HOUR_WORDS,
    MINUTES,
    MONTHS,
    NUMBERS,
    ORDINALS,
    RELATIVE_DAYS,
    WEEKDAY_SHORTS,
    WEEKDAYS,
    ZONES,
    either,
    forgive,
)
from bot.triage.readers import (
    ROUGH,
    Reader,
    always,
    read_before,
    read_clock,
    read_dated,
    read_day_of_month,
    read_days_on,
    read_elapsed,
    read_half_to,
    read_hour,
    read_hour_and,
    read_hour_less,
    read_month_end,
    read_numbered,
    read_weekday,
    read_weekday_short,
)
from bot.triage.values import Clock, DaysOn, Elapsed, Gone, Part, Period, Zoned

_NUMBER = rf"(?:\d{{1,3}}|{either([*NUMBERS, *ROUGH])})"
_COUNT = rf"(?:{_NUMBER}\s*(?:-|до|или)\s*)?(?P<count>{_NUMBER})"
_SOME = (
    r"(?:(?:около|примерно|приблизително|где-то|някъде|ровно|точно|буквално|максимум|еще|още|само|толко|едва|"
    r"каких-то|някакви|най-много|не повече от|хотя бы|поне|к|към)\s+){0,3}"
)
_STOPWATCH = (
    r"(?:(?P<ninety>полтора часа|час и половина|час с половиной|час и пол)|(?P<half>пол\s?часа|половин час|полчасика)"
    rf"|{_COUNT}(?:(?<=\d)|\b)\s*-?(?P<unit>{either(MINUTES)})\b(?P<more>\s(?:и половина|с половиной))?"
    r"|(?P<one>час(?:ик)?|минут[аку]\w*|минутк\w)\b)"
)
_DAY_COUNT = (
    rf"(?:{_COUNT}\s*(?P<working>рабоч\w+\s|работн\w+\s)?\s*(?P<unit>{either(DAYS)})\b"
    r"|(?P<one>ден|денонощие|недел[юяи]|седмица|месяц|месец)\b)"
)
_HOUR = rf"(?P<hour>\d{{1,2}}|{either(HOUR_WORDS)})"
_HOUR_RANGE = rf"(?:(?:\d{{1,2}}|{either(HOUR_WORDS)})\s?(?:-|или|до)\s?)?{_HOUR}"
_HOUR_UNIT = r"(?:часов|часам|часа|час|ч|х|h)\b\.?"
_PART_OF_DAY = (
    r"(?:утра|утром|сутринта|сутрин|вечера|вечером|вечерта|довечера|дня|днем|ночи|на обяд|следобед|следобяд|"
    r"през нощта|през деня|след обяд)\b"
)
_NEXT = r"(?:следующ\w+|следващ\w+|идн\w+|идващ\w+|другата|другия)"
_LAST = r"(?:прошл\w+|минал\w+|предн(?:ия|ата)|предишн\w+|онзи|онази|позапрошл\w+|предыдущ\w+)"
_THIS = r"(?:эт[уоа]\w*|тази|този|тоя|тая|ближайш\w+|близк\w+|само|самата)"
_MONTH = rf"(?P<month>{either(MONTHS)})\b"
_SUFFIX = r"(?:\s?-?(?:го|е|му|ого|ти|ми|ви|ри|то|во|о)\b)"
_UNITS = either([*MINUTES, *DAYS, r"месец\w*", r"месяц\w*", r"годин\w+", "год", "года", "лет"])

# Words that make a number before them a count, a price or a size, not an hour.
_COUNTED = (
    r"(?!\s*(?:[%‰°№$€₽£×*]|\d|[.,:/]\d|-\s?\d|процент|тыс|хил|млн|милион|миллион|руб|рубл|лв|лев|евро|eur|"
    r"долл|бакс|цент|"
    r"стотинк|копе|чел|люд|гост|душ|дец|деч|дет|кил|кинт|вид[аов]|реб|бро[йяи]|бр\b|шт|штук|экз|знак|символ|слов|дум|стр|стран|"
    r"лист|кадр|фото|"
    r"снимк|слайд|ролик|клип|клас|курс|кг|грам|г\b|км|м\b|метр|см|мм|кв|куб|литр|л\b|гб|мб|кб|gb|mb|мин|мегабит|мбит|тыщ|бона|"
    r"сек|раз|пъти|път\b|"
    r"крат|лет\b|год|месец|месяц|нед|седм|дне[йв]|дни|дня|дена|ден\b|сут|позиц|товар|мест|етаж|этаж|комнат|"
    r"стаи|стая|зал|каб|верс|"
    r"вариант|колон|стълб|ред[ао]|строк|цвят|цвет|размер|ват|волт|градус|балл|точк|пункт|клиент|клиент|заказ|поръчк|"
    r"артикул|човек|жен|мъж|муж|двойк|пар|раб|отбор|шрифт|прием|файл|подход|этап|кат[аеъу]|x\b|х\d|"
    r"\w+(?:ов|ев|иков|ей)\b(?<!часов)(?<!готов)))"
)
_BY = (
    r"не позже|не позднее|непозже|не позже чем|не по-късно от|най-късно(?: до| в| към)?|максимум(?: до| к| в)?|"
    r"крайно(?: до)?|крайний срок(?: -)?|краен срок(?: -)?|срок(?: -)?|дедлайн(?: -)?|deadline|"
    r"дедлине(?: -)?|последен срок"
)
_PLACE = r"до|по|в|во|във|к|ко|към|за|на|около|с|со|от|после|след|преди|перед|през|из|вместо|между"
_COLOURED = (
    r"(?:(?:до|к|в|към|около|ровно|точно|где-то|някъде|само|толко|"
    r"примерно|максимум|най-късно|самото|самия|само до|районе)\s+){0,3}"
)
_HOUR_COLOURED = r"(?:(?:около|ровно|точно|где-то|някъде|само|към|районе)\s+){0,3}"
_LEAD = rf"(?:(?P<preposition>{_BY}|{_PLACE})\s+{_COLOURED})"
_HOUR_LEAD = (
    rf"(?:(?P<preposition>{_BY}|до|в|во|във|к|ко|към|около|от|с|после|след|преди|ровно в|точно в|вместо|между)\s+"
    rf"{_HOUR_COLOURED})"
)


_DAY_DIGITS = r"(?P<day>\d{1,2})"
_ORDINAL = rf"(?P<ordinal>{either(ORDINALS)})"
_NOT_A_RANK = r"(?!\s*(?:клас|этаж|етаж|стр|глав|урок|септември\W|мест|мяст|кат|век|отдел|корпус|ред|път|раз|сезон))"
_YEAR = r"(?:\s*(?P<year>20\d\d)(?:\s?г(?:ода|\.)?)?)?"
_WITHIN = r"в течени[ея](?: на)?|в рамките на|в рамках|до|в (?:ближайш\w+|следующ\w+|близк\w+|следващ\w+)"
_LEFT = r"остал\w*|остава\w*|имаме|имам|има|есть|ждет|чака\w*|ждем|жду|ждут|подожд\w+|изчака\w*|издърж\w+|еще|още"

# What «до» counts, and does not name: minutes, an hour or so; days.
_A_WHILE = (
    rf"(?=половин час|полчаса|час и половина|(?:\d+|{either(NUMBERS)})(?:\s*-\s*\w+)?\s*мин|един час|един-два часа|"
    r"час\b(?!\s+дня))"
)
_SOME_DAYS = (
    rf"(?=(?:{_NUMBER}\s*(?:-\s*{_NUMBER}\s*)?(?:рабоч\w+ |работн\w+ )?"
    r"(?:дни|дена|дня|дней|седмиц|недел|сутки|суток|денонощ))|седмица\b|ден\b)"
)

PATTERNS: tuple[tuple[str, Reader], ...] = tuple(
    (forgive(pattern), reader)
    for pattern, reader in (
        # What is over, and what happens every time.
        (
            r"(?:вчера\w*|позавчера|завчера|онзи ден|оня ден|снощи|тази нощ|сегодня ночю|тази сутрин|днес сутринта|"
            r"(?:сегодня )?с (?:самого )?утра(?! порань?ше)|сегодня утром|от сутринта|тая сутрин|намедни|на днях)\b",
            always(Gone()),
        ),
        (r"через ден\b", always(Gone())),
        (rf"(?:{_NUMBER}\s*(?:-\s*{_NUMBER}\s*)?)?{_UNITS}\s+(?:назад|тому)\b|полчаса назад", always(Gone())),
        (rf"преди\s+{_SOME}(?:{_NUMBER}\s*)?(?:половин\s)?{_UNITS}\b|от\s+{_NUMBER}\s+{_UNITS}\b", always(Gone())),
        (
            rf"(?:(?:в|във|на|от|с|за|до|след|после)\s+)?{_LAST}\s+(?:{either(WEEKDAYS)}|недел\w+|"
            rf"седмица\w*|месец\w*|месяц\w*|год\w*|път|раз)",
            always(Gone()),
        ),
        (
            rf"(?:кажд\w+|всек[иау]\w*|всяк[ао]\w*)\s+(?:\w+\s+)?(?:{either(WEEKDAYS)}|{_UNITS}|утро|утром|"
            rf"вечер\w*|сутрин|ден|раз|път)\b",
            always(Gone()),
        ),
        (
            r"по (?:понеделникам|вторникам|средам|четвергам|пятницам|субботам|воскресеням|утрам|вечерам|"
            r"будням|выходным)|ежедневно|еженедел\w+|ежемесяч\w+|седмично|ежеседмично",
            always(Gone()),
        ),
        # Stretches of time from now.
        (rf"за\s+{_SOME}{_STOPWATCH}\s+(?:до|перед)\b", read_before),
        (rf"{_STOPWATCH}\s+(?:преди|по-рано от)\s+(?=\w)", read_before),
        (rf"(?:{_WITHIN})\s+(?:сутки|суток|денонощие\w*|24 час\w*)\b", always(Elapsed(24 * 60))),
        # „след 18 часа" is an hour of the day.
        (
            rf"(?!след\s(?:9|1\d|2[0-3])\s?(?:ч\b|часа))(?P<preposition>через|чрез|след|подир)\s+{_SOME}{_STOPWATCH}"
            r"(?!\s+(?:после|след|работ))",
            read_elapsed,
        ),
        (rf"(?P<preposition>через|чрез|след|подир)\s+{_SOME}{_DAY_COUNT}", read_days_on),
        (
            rf"(?P<preposition>в течени[ея](?: на)?|в рамките на|в рамках|в (?:ближайш\w+|следующ\w+|"
            rf"близк\w+|следващ\w+))\s+{_SOME}{_STOPWATCH}",
            read_elapsed,
        ),
        (
            rf"(?P<preposition>в течени[ея](?: на)?|в рамките на|в рамках|в (?:ближайш\w+|"
            rf"близк\w+))\s+{_SOME}{_DAY_COUNT}",
            read_days_on,
        ),
        (rf"(?P<preposition>до)\s+{_SOME}{_A_WHILE}{_STOPWATCH}", read_elapsed),
        (rf"(?P<preposition>до)\s+{_SOME}{_SOME_DAYS}{_DAY_COUNT}", read_days_on),
        (
            rf"(?P<preposition>{_LEFT})\s+(?:ни |ми |нам |мне |у нас |точно |меня |"
            rf"нас )?{_SOME}(?!минут){_STOPWATCH}(?!\s*(?:назад|работ))",
            read_elapsed,
        ),
        (rf"(?P<preposition>{_LEFT})\s+(?P<unit>минут|часа)\s+{_COUNT}\b", read_elapsed),
        (rf"(?P<unit>минут|часа|часов|часик\w*)\s+(?P<preposition>через)\s+{_COUNT}\b", read_elapsed),
        # Ends of days, weeks, months, years.
        (r"(?P<preposition>до)?\s*(?:нового года|новый год|нова година|новата година)\b", always(Period("new_year"))),
        (r"(?P<preposition>до|преди|к)\s+(?:рождества|рождеству|коледа)\b", always(Period("christmas"))),
        (
            r"(?P<preposition>до|преди|перед)\s+(?:края на )?(?:выходны\w+|уикенд\w*|уийкенд\w*|викенд\w*|"
            r"почивните дни|събота и неделя)",
            always(Period("before_weekend")),
        ),
        (
            r"(?P<preposition>на|в|за|през|по време на)\s+(?:эти\w* |тези |този |"
            r"ближайш\w+ )?(?:выходны\w+|уикенд\w*|уийкенд\w*|викенд\w*|почивните дни)",
            always(Period("weekend")),
        ),
        (
            r"(?:(?P<preposition>до|к|в|към)\s+)?(?:кон(?:ца|цу|це)|края на|края на тази|конца этой|"
            r"окончания)\s+(?:эт\w+\s|тази\s|текущ\w+\s|рабоч\w+\s|работната\s)?(?:недели|неделя|седмицата|"
            r"седмица)\b|до eow",
            always(Period("week")),
        ),
        (
            r"(?:(?P<preposition>до|к|в|към)\s+)?(?:кон(?:ца|цу|це)|края на)\s+(?:следующей|следващата|"
            r"другата|идната)\s+(?:недели|седмица)\b",
            always(Period("next_week")),
        ),
        (
            r"(?:(?P<preposition>до|к|в|към)\s+)?(?:кон(?:ца|цу|це)|края на|края на този)\s+(?:эт\w+\s|"
            r"този\s|текущ\w+\s)?(?:месяца|месеца|месец)\b",
            always(Period("month")),
        ),
        (
            r"(?:(?P<preposition>до|к|в|към)\s+)?(?:кон(?:ца|цу|це)|края на)\s+(?:эт\w+\s|тази\s)?(?:года|годината)\b",
            always(Period("year")),
        ),
        (
            rf"(?:(?P<preposition>до|к|в|към)\s+)?(?:кон(?:ца|цу|це)|края на|края)\s+{_MONTH}",
            read_month_end,
        ),
        (
            r"(?:(?P<preposition>до|к|в|към|през)\s+)?(?:начал[аоеу]|началото на)\s+(?:следующей|другата|"
            r"следващата|идната)\s+(?:недели|седмица)",
            always(Period("next_week_start")),
        ),
        (
            rf"(?:(?P<preposition>до|на|през|в|за|към|към края на|от|с|со|след|после)\s+)?{_NEXT}\s+"
            r"(?:недел[еюяи]|седмица)(?:та)?\b",
            always(Period("next_week")),
        ),
        (
            r"(?:(?P<preposition>до|на|през|в|за)\s+)?(?:эт(?:ой|у)|тази|тая)\s+(?:недел[еюяи]|седмица)\b",
            always(Period("week")),
        ),
        (r"(?P<preposition>до)\s+(?:следующей недели|следващата седмица)", always(Period("week"))),
        # Dates and days.
        (
            rf"{_LEAD}?(?:\d{{1,2}}\s?-\s?)?(?:{_DAY_DIGITS}{_SUFFIX}?|{_ORDINAL})\s+(?:число\s+)?{_MONTH}{_YEAR}",
            read_dated,
        ),
        (
            r"(?:(?P<preposition>до|на|за|в|к|към|от|с)\s+)?(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b",
            read_numbered,
        ),
        (
            rf"{_LEAD}?{_DAY_DIGITS}[./](?P<month>\d{{1,2}})[./](?P<year>20\d\d|\d\d)(?![.\d])(?:\s?г\b\.?)?",
            read_numbered,
        ),
        (
            rf"(?P<preposition>{_BY}|до|к|за|на|към|от|с|преди)\s+(?!24/7){_DAY_DIGITS}[./](?P<month>0\d|1[0-2]|"
            rf"\d)(?![.\d%])(?!\s*(?:лв|евро|руб|%|тыс|млн|кг|м\b|л\b))",
            read_numbered,
        ),
        (rf"{_LEAD}?{_DAY_DIGITS}-(?:го|ти|ви|ми|ри)\b{_NOT_A_RANK}", read_day_of_month),
        (rf"{_LEAD}?(?:{_DAY_DIGITS}{_SUFFIX}?|{_ORDINAL})\s+числ[ауо]?\b", read_day_of_month),
        (
            rf"(?P<preposition>{_BY}|до|к|на|за|към)\s+{_DAY_DIGITS}(?:\s?-?(?:го|е|му|ти|ви|ми|ри|то|во)|-и)\b{_NOT_A_RANK}",
            read_day_of_month,
        ),
        *((rf"{_LEAD}?(?:{pattern})\b", always(DaysOn(days))) for pattern, days in RELATIVE_DAYS.items()),
        (rf"{_LEAD}?(?:{_THIS}\s+)?(?P<next>{_NEXT}\s+)?(?P<name>{either(WEEKDAYS)})(?!\w)", read_weekday),
        (rf"(?P<preposition>в|во|във|до|к|на|за|с|от)\s+(?P<name>{either(WEEKDAY_SHORTS)})\b\.?", read_weekday_short),
        (
            rf"(?P<name>{either(WEEKDAY_SHORTS)})\b\.?(?=,?\s+(?:в |до |к |към )?\d{{1,2}}(?:[:.]\d\d|\s?ч))",
            read_weekday_short,
        ),
        (
            r"(?:днес|сегодня)\s+(?:е\s+|-\s+)?(?:край\w+|последн\w+)\s+(?:ден\w*|срок\w*)|(?:последн\w+|"
            r"крайният) ден(?:ят|я)?\b(?!\s+\d)",
            always(Period("today")),
        ),
        # Clock times.
        (
            rf"{_LEAD}?(?:\d{{1,2}}[:.]\d\d\s?-\s?)?(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?![:\d])(?:\s*{_HOUR_UNIT})?",
            read_clock,
        ),
        (rf"{_LEAD}?(?P<hour>\d{{1,2}})\.(?P<minute>\d\d)(?![\d]|\.\d)\s*{_HOUR_UNIT}", read_clock),
        (
            rf"(?P<preposition>{_BY}|до|в|към|к|от|с)\s+(?:ровно |"
            rf"точно )?(?P<hour>\d{{1,2}})\.(?P<minute>00|15|[2345]\d)(?![\d]|\.\d)(?!\s*(?:лв|евро|€|%|"
            rf"руб))",
            read_clock,
        ),
        (
            rf"(?P<preposition>{_BY}|в|ровно в|с)\s+(?P<hour>\d{{1,2}})\.(?P<minute>[0-5]\d)(?![\d]|"
            rf"\.\d)(?!\s*(?:лв|евро|€|%|руб))(?=\s*(?:утра|вечера|сутринта|вечерта|мск))",
            read_clock,
        ),
        (
            rf"{_LEAD}?(?P<hour>\d{{1,2}})-(?P<minute>[0-5][05])(?![\d-])(?!\s*(?:{either(DAYS)}|мин|лв|"
            rf"евро|руб|чел|тыс|хил|душ|%))",
            read_clock,
        ),
        (
            rf"(?P<preposition>{_PLACE})\s+(?P<hour>2[0-4]|[01]?\d)\s?ч(?:аса)?\.?\s?(?:и\s)?(?P<minute>[0-5]\d)\b",
            read_clock,
        ),
        (rf"{_HOUR_LEAD}?{_HOUR}\s*(?:часа?\s)?и\s+(?P<minute>половина|пол)\b", read_hour_and),
        (
            rf"{_HOUR_LEAD}{_HOUR}\s*(?:часа?\s)?и\s+(?P<minute>\d\d\b|"
            rf"{either(NUMBERS)}\b)(?!\s*(?:{_UNITS}|лв|%|евро))",
            read_hour_and,
        ),
        (rf"{_HOUR_LEAD}?{_HOUR}\s+без\s+(?P<minute>\d\d?|{either(NUMBERS)})\b(?!\s*(?:лв|%|човек))", read_hour_less),
        (
            rf"{_HOUR_LEAD}?без\s+(?P<minute>четверти|\d\d?|{either(NUMBERS)})\s*(?:минут\w*\s)?{_HOUR}\b",
            read_hour_less,
        ),
        (rf"{_LEAD}?(?:пол[- ]?|половин[аеуы]\s+)(?P<next>{either(HALF_TO)})\b", read_half_to),
        (
            rf"{_HOUR_LEAD}?{_HOUR_RANGE}(?:-?(?:м|ти|и))?\b\s*(?:{_HOUR_UNIT}\s*)?(?=(?:утра|вечера|ночи|"
            rf"сутринта|вечерта|на обяд|следобед|през нощта)\b)",
            read_hour,
        ),
        (rf"{_HOUR_LEAD}{_HOUR_RANGE}\b\s*(?:{_HOUR_UNIT}\s*)?(?={_PART_OF_DAY})", read_hour),
        (
            rf"(?P<preposition>{_BY}|до|в|във|во|к|ко|към|около|от|с|после|след|преди|вместо|за(?!\s+(?:\w+|"
            rf"\d)\s+час(?:а|ов)?\b)|на(?!\s+[1-6]\b))\s+(?:около |ровно |точно |"
            rf"примерно )?{_HOUR_RANGE}(?:(?<=\d)(?:-?(?:м|ти|и)\b)?|\b)\s*{_HOUR_UNIT}(?!\s*(?:работ|видео|"
            rf"в ден|в день|в сутки|назад))",
            read_hour,
        ),
        (rf"(?P<preposition>на|за)\s+(?P<hour>1[0-9]|2[0-4])(?![\w:.,-]){_COUNTED}", read_hour),
        (rf"{_HOUR_LEAD}{_HOUR_RANGE}(?![\w-]){_COUNTED}", read_hour),
        (r"(?!10х)(?P<hour>2[0-3]|1\d|[789])\s?(?:ч|часа|h|х)\b\.?(?!\s*(?:работ|видео|назад|в ден))", read_hour),
        (r"(?P<preposition>в|к|до|около|с)\s+(?:час|часу|часа)\b(?!\s*(?:пик|ночи))", always(Clock(1, bare=True))),
        (r"час\s+(?=дня|ночи)", always(Clock(1, bare=True))),
        *(
            (rf"(?:(?P<preposition>до|к|в|на|за|по|през|около|към|преди|след|после)\s+)?(?:{pattern})\b", always(part))
            for pattern, part in DAY_PARTS
        ),
        *((rf"(?:{pattern})\b", always(Zoned(zone))) for pattern, zone in ZONES),
    )
)

# Prepositions that are part of a phrase («до вечера») lead it in all the same.
_INSIDE = frozenset(("до", "к", "към", "преди", "на", "по"))
# One pattern that fits wherever any of them may: most places of a text are passed over in one step. Its groups are the
# patterns, so that the last one matched is the first that fits; each of them is compiled when it first does.
# It may fit too often, which costs little, and is short, for compiling costs much: what only forbids is left out, and
# of tables of words and of words that only colour (около, ровно, сам…) little more than the beginnings is there.
_BEGINNING = r"(?:" + "|".join(sorted({word[:2] for word in (*NUMBERS, *ROUGH)})) + r")\w*(?: пят)?"
_COLOUR = r"(?:(?:до|к|в|[бгекмнопртсэ][\w-]{2,}(?: от| бы)?)\s+){0,3}"
_SHORTER = (
    (forgive(_COUNTED), ""),
    (forgive(_A_WHILE), ""),
    (forgive(_SOME_DAYS), ""),
    (forgive(_BY), r"(?:не п|непо|на[йиы]|макс|кра|срок|дедл|deadl|после)[^.!?\n]{0,18}?"),
    (forgive(_SOME), _COLOUR),
    (forgive(_COLOURED), _COLOUR),
    (forgive(_HOUR_COLOURED), _COLOUR),
    (forgive(either([*NUMBERS, *ROUGH])), _BEGINNING),
    (forgive(either(HOUR_WORDS)), _BEGINNING),
    (forgive(either(HALF_TO)), r"(?:пе|вт|тр|че|пя|ше|се|во|де|од|дв)\w+го"),
    (forgive(either(MONTHS)), r"(?:ян|фев|мар|апр|ма|ию|юн|юл|авг|сен|сеп|окт|ноя|ное|дек)\w*"),
    (forgive(either(WEEKDAYS)), r"(?:пон|вто|сре|сря|сри|чет|пят|пет|суб|с[ъауы]б|вос|нед)\w*"),
    (forgive(either(ORDINALS)), r"(?:п|вт|тр|че|ше|се|во|ос|де|дв)\w+"),
    (_UNITS, r"(?:ми|ча|ч|х|h|де|дн|су|не|се|ме|го|ле)\w*"),
    (forgive(either(MINUTES)), r"(?:ми|ча|ч|х|h)\w*"),
    (forgive(either(DAYS)), r"(?:де|дн|су|не|се)\w*"),
    (re.compile(r"\?P<\w+>"), "?:"),
)


def _shorten(pattern: str) -> str:
    for long, short in _SHORTER:
        pattern = long.sub(short, pattern) if isinstance(long, re.Pattern) else pattern.replace(long, short)
    return pattern


_ANY = re.compile(r"(?<!\w)(?:" + "|".join(f"({_shorten(pattern)})" for pattern, _ in PATTERNS) + ")")
_compile = cache(re.compile)


def find_parts(text: str) -> Iterator[Part]:
    """The parts of a plain text, left to right; they do not overlap."""
    at = 0
    while found := _ANY.search(text, at):
        part = read_part(text, found.start(), (found.lastindex or 1) - 1)
        if part is not None:
            yield part
        at = part.end if part else found.start() + 1


def read_part(text: str, at: int, first: int) -> Part | None:
    """The part that begins there, by the pattern of that number or a later one."""
    for pattern, reader in PATTERNS[first:]:
        match = _compile(pattern).match(text, at)
        if match is None or match.end() == at:
            continue
        value = reader(match)
        if value is not None:
            lead = match.group().split(maxsplit=1)[0]
            inside = lead if lead in _INSIDE else ""
            return Part(at, match.end(), value, match.groupdict().get("preposition") or inside)
    return None
