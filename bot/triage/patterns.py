"""The patterns of time: phrases of Russian and Bulgarian, each with the reader of its value; the first that fits."""

from bot.triage.lexicon import (
    DAY_PARTS,
    DAYS,
    HALF_TO,
    HOUR_WORDS,
    NUMBERS,
    RELATIVE_DAYS,
    WEEKDAY_SHORTS,
    WEEKDAYS,
    ZONES,
    either,
    forgive,
)
from bot.triage.phrases import (
    A_WHILE,
    BY,
    COUNT,
    COUNTED,
    DAY_COUNT,
    DAY_DIGITS,
    FEAST,
    GIVEN,
    HOUR,
    HOUR_LEAD,
    HOUR_RANGE,
    HOUR_UNIT,
    LAST,
    LEAD,
    LEFT,
    MONTH,
    NEXT,
    NO_NOUN,
    NOT_A_RANK,
    NUMBER,
    ORDINAL,
    PART_OF_DAY,
    PLACE,
    SOME,
    SOME_DAYS,
    STOPWATCH,
    SUFFIX,
    THIS,
    UNITS,
    WITHIN,
    YEAR,
)
from bot.triage.readers import (
    Reader,
    always,
    read_before,
    read_clock,
    read_dated,
    read_day_of_month,
    read_day_of_next_month,
    read_days_after,
    read_days_on,
    read_days_term,
    read_elapsed,
    read_feast,
    read_half_to,
    read_hour,
    read_hour_and,
    read_hour_less,
    read_mid_month,
    read_month_end,
    read_numbered,
    read_quarter_past,
    read_weekday,
    read_weekday_short,
)
from bot.triage.values import Clock, DaysOn, Elapsed, Gone, Period, Zoned

PATTERNS: tuple[tuple[str, Reader], ...] = tuple(
    (forgive(pattern), reader)
    for pattern, reader in (
        # What is over, and what happens every time.
        (
            r"(?:вчера\w*|позавчера|завчера|онзи ден|оня ден|снощи|тази нощ|сегодня ночю|тази сутрин|днес сутринта|"
            r"(?:сегодня )?(?<!ник )(?<!реду )(?<!верг )(?<!ницу )(?<!боту )(?<!ене )(?<!втра )с (?:самого )?утра"
            r"(?! порань?ше)|сегодня утром|от сутринта|тая сутрин|намедни|на днях)\b",
            always(Gone()),
        ),
        (r"через ден\b", always(Gone())),
        (rf"(?:{NUMBER}\s*(?:-\s*{NUMBER}\s*)?)?{UNITS}\s+(?:назад|тому)\b|полчаса назад", always(Gone())),
        (
            rf"преди\s+(?!(?:9|1\d|2[0-3])\s?(?:ч\b|часа)){SOME}(?:{NUMBER}\s*)?(?:половин\s)?{UNITS}\b|от\s+{NUMBER}\s+{UNITS}\b",
            always(Gone()),
        ),
        (
            rf"(?:(?:в|във|на|от|с|за|до|след|после)\s+)?{LAST}\s+(?:{either(WEEKDAYS)}|недел\w+|"
            rf"седмица\w*|месец\w*|месяц\w*|год\w*|път|раз)",
            always(Gone()),
        ),
        (
            rf"(?:кажд\w+|всек[иау]\w*|всяк[ао]\w*)\s+(?:\w+\s+)?(?:{either(WEEKDAYS)}|{UNITS}|утро|утром|"
            rf"вечер\w*|сутрин|ден|раз|път)\b",
            always(Gone()),
        ),
        (
            r"по (?:понеделникам|вторникам|средам|четвергам|пятницам|субботам|воскресеням|утрам|вечерам|"
            r"будням|выходным)|ежедневно|еженедел\w+|ежемесяч\w+|седмично|ежеседмично",
            always(Gone()),
        ),
        # Stretches of time from now.
        (rf"за\s+{SOME}{STOPWATCH}\s+(?:до|перед)\b", read_before),
        (rf"{STOPWATCH}\s+(?:преди|по-рано от)\s+(?=\w)", read_before),
        (rf"{STOPWATCH}\s+(?:по-рано|раньше)\b", read_before),
        (rf"(?:{WITHIN})\s+(?:сутки|суток|денонощие\w*|24 час\w*)\b", always(Elapsed(24 * 60))),
        # „след 18 часа" is an hour of the day.
        (
            rf"(?!след\s(?:9|1\d|2[0-3])\s?(?:ч\b|часа))(?P<preposition>через|чрез|след|подир)\s+{SOME}{STOPWATCH}"
            r"(?!\s+(?:после|след|работ))",
            read_elapsed,
        ),
        (rf"(?P<preposition>через|чрез|след|подир)\s+{SOME}{DAY_COUNT}", read_days_on),
        (
            rf"(?P<preposition>в течени[ея](?: на)?|в рамките на|в рамках|в (?:ближайш\w+|следующ\w+|"
            rf"близк\w+|следващ\w+))\s+{SOME}{STOPWATCH}",
            read_elapsed,
        ),
        (
            rf"(?P<preposition>в течени[ея](?: на)?|в рамките на|в рамках|в (?:ближайш\w+|"
            rf"близк\w+))\s+{SOME}{DAY_COUNT}",
            read_days_on,
        ),
        (rf"(?P<preposition>до)\s+{SOME}{A_WHILE}{STOPWATCH}", read_elapsed),
        (rf"(?P<preposition>до)\s+{SOME}{SOME_DAYS}{DAY_COUNT}", read_days_on),
        (
            rf"(?P<preposition>{LEFT})\s+(?:ни |ми |ви |ти |им |нам |мне |вам |тебе |у нас |точно |меня |"
            rf"нас )?{SOME}(?!минут){STOPWATCH}(?!\s*(?:назад|работ))",
            read_elapsed,
        ),
        (rf"(?P<preposition>{LEFT})\s+(?P<unit>минут|часа)\s+{COUNT}\b", read_elapsed),
        (
            rf"(?P<preposition>{GIVEN})\s+"
            rf"(?:ви |ти |ни |ми |вам |тебе |нам |мне |им )?{SOME}{DAY_COUNT}",
            read_days_on,
        ),
        (rf"(?P<preposition>в)\s+(?=(?:двое|трое|четверо)\s+сут){DAY_COUNT}", read_days_on),
        (r"(?P<preposition>в)\s+(?P<count>\w+?)-?дневн\w+ срок|в (?P<bg>\w+?)-?дневен срок", read_days_term),
        (rf"{DAY_COUNT}\s+(?:ви |ти |вам |тебе )?(?P<preposition>даю|даем|давам\w?|имаш|имате)\b", read_days_on),
        (rf"{DAY_COUNT}(?=[^.!?\n]{{0,24}}\b(?:хват\w+|достаточно|стига\w*))", read_days_on),
        (rf"{DAY_COUNT}\s+(?P<preposition>максимум|най-много)", read_days_on),
        (rf"{STOPWATCH}\s+(?P<preposition>максимум|най-много)", read_elapsed),
        (rf"(?P<preposition>срок\w*)\s*(?:-|:|е|от)?\s*{SOME}{STOPWATCH}", read_elapsed),
        (rf"(?P<preposition>срок\w*)\s*(?:-|:|е|от)?\s*{SOME}{DAY_COUNT}", read_days_on),
        (rf"(?P<preposition>за)\s+{SOME}{DAY_COUNT}(?!\s+(?:до|перед|преди))", read_days_on),
        (rf"(?:{LEFT})\s+{SOME}(?:сутки|24 час\w*|денонощие)\b", always(Elapsed(24 * 60))),
        (
            rf"{STOPWATCH}\s+(?:(?:еще|още|у|вас|тебя|нас|меня|ми|ни|и|го|я|ги)\s+){{0,3}}"
            r"(?P<preposition>жду|ждем|осталос|остава\w*|имаш|имате|имаме|имам|чакам\w*|даваме?|искам)\b",
            read_elapsed,
        ),
        (
            rf"(?P<preposition>за)\s+{SOME}{STOPWATCH}"
            r"(?=[^.!?\n]{0,24}\b(?:успе\w+|справи\w+|смож\w+|можете|можеш|стига|стане)|[^.!?\n]{0,30}[еи]те\?)",
            read_elapsed,
        ),
        (r"(?P<preposition>в течени[ея])\s+(?:ближайшего |этого )?часа\b", always(Elapsed(60))),
        (rf"(?P<unit>дня|дней|дни|недел[иькю]\w*)\s+(?P<preposition>через)\s+{COUNT}\b", read_days_after),
        (rf"(?P<unit>минут|минуток|минуточек|часа|часов|часик\w*)\s+(?P<preposition>через)\s+{COUNT}\b", read_elapsed),
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
            rf"(?:(?P<preposition>до|к|в|към)\s+)?(?:кон(?:ца|цу|це)|края на|края)\s+{MONTH}",
            read_month_end,
        ),
        (
            r"(?:(?P<preposition>до|к|в|към|през)\s+)?(?:начал[аоеу]|началото на)\s+(?:следующей|другата|"
            r"следващата|идната)\s+(?:недели|седмица)",
            always(Period("next_week_start")),
        ),
        (
            rf"(?:(?P<preposition>до|на|през|в|за|към|към края на|от|с|со|след|после)\s+)?{NEXT}\s+"
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
            rf"{LEAD}?(?:\d{{1,2}}\s?-\s?)?(?:{DAY_DIGITS}{SUFFIX}?|{ORDINAL})\s+(?:число\s+)?{MONTH}{YEAR}",
            read_dated,
        ),
        (
            r"(?:(?P<preposition>до|на|за|в|к|към|от|с)\s+)?(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b",
            read_numbered,
        ),
        (
            rf"{LEAD}?{DAY_DIGITS}[./](?P<month>\d{{1,2}})[./](?P<year>20\d\d|\d\d)(?![.\d])(?:\s?г\b\.?)?",
            read_numbered,
        ),
        (
            rf"(?P<preposition>{BY}|до|к|за|на|към|от|с|преди)\s+(?!24/7){DAY_DIGITS}[./](?P<month>0\d|1[0-2]|"
            rf"\d)(?!\.?\d|%)\.?(?!\s*(?:лв|евро|руб|%|тыс|млн|кг|м\b|л\b))",
            read_numbered,
        ),
        (
            rf"{DAY_DIGITS}[.](?P<month>0\d|1[0-2])\.?(?![\d%])"
            r"(?=,?\s+(?:(?:в|във|до|к|към|с|от|около|ровно)\s+\d|(?:-\s+)?(?:край|послед|дедлайн|срок)))",
            read_numbered,
        ),
        (rf"(?<=:\d\d\s){DAY_DIGITS}[.](?P<month>0\d|1[0-2])(?![.\d%])", read_numbered),
        (rf"{ORDINAL}(?=,?\s+(?:к|ко|до|в|във)\s+(?:\d|{either(HOUR_WORDS)}))", read_day_of_month),
        (r"(?P<preposition>до)\s+(?:конца завтрашнего дня|края на утрешния ден)\b", always(DaysOn(1))),
        (
            rf"{LEAD}?(?:{DAY_DIGITS}{SUFFIX}?|{ORDINAL})\s+(?:числ\w*\s+)?(?:на\s+)?"
            r"(?:следующ\w+|другия|следващия|идния)\s+месец\w*",
            read_day_of_next_month,
        ),
        (rf"(?:(?P<preposition>до|к|в|към)\s+)?(?:середин[ыеау]|средата на)\s+{MONTH}", read_mid_month),
        (rf"(?P<preposition>{BY}|до|преди|перед|к|ко|за|на|към)\s+{FEAST}\b", read_feast),
        (r"(?P<preposition>к)\s+(?P<hour>\d{1,2})-?ти\b(?!\s*числ)", read_hour),
        (rf"{LEAD}?{DAY_DIGITS}-(?:го|ти|ви|ми|ри)\b{NOT_A_RANK}", read_day_of_month),
        (rf"{LEAD}?(?:{DAY_DIGITS}{SUFFIX}?|{ORDINAL})\s+числ[ауо]?\b", read_day_of_month),
        (
            rf"(?P<preposition>{BY}|до|к|на|за|към)\s+{DAY_DIGITS}(?:\s?-?(?:го|е|му|ти|ви|ми|ри|то|во)|-и)\b{NOT_A_RANK}",
            read_day_of_month,
        ),
        (rf"(?P<preposition>{BY}|до|к|ко|на|за|към)\s+{ORDINAL}{NO_NOUN}", read_day_of_month),
        *((rf"{LEAD}?(?:{pattern})\b", always(DaysOn(days))) for pattern, days in RELATIVE_DAYS.items()),
        (
            rf"{LEAD}?(?P<name>{either(WEEKDAYS)})\s+(?:на\s+)?(?P<next>{NEXT})\s+(?:недел\w+|седмица\w*)",
            read_weekday,
        ),
        (
            rf"(?P<name>{either(WEEKDAY_SHORTS)})\.?\s+(?:(?:е|-|это)\s+)*"
            r"(?P<preposition>(?:край\w+|последн\w+)\s+(?:ден|срок)\w*)",
            read_weekday_short,
        ),
        (
            rf"(?P<next>{NEXT}\s+)?(?P<name>{either(WEEKDAYS)})\s+(?:(?:е|-|это)\s+)*"
            r"(?P<preposition>(?:край\w+|последн\w+)\s+(?:ден|срок|вариант|момент|возможн|възможн)\w*)",
            read_weekday,
        ),
        (
            rf"{LEAD}?(?:{THIS}\s+)?(?P<next>{NEXT}\s+)?(?:{either(WEEKDAYS)}\s?-\s?)?"
            rf"(?P<name>{either(WEEKDAYS)})(?!\w)",
            read_weekday,
        ),
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
            rf"{LEAD}?(?:\d{{1,2}}[:.]\d\d\s?-\s?)?(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?![:\d])(?:\s*{HOUR_UNIT})?",
            read_clock,
        ),
        (rf"{LEAD}?(?P<hour>\d{{1,2}})\.(?P<minute>\d\d)(?![\d]|\.\d)\s*{HOUR_UNIT}", read_clock),
        (
            rf"(?P<preposition>{BY}|до|в|към|к|от|с)\s+(?:ровно |"
            rf"точно )?(?P<hour>\d{{1,2}})\.(?P<minute>00|15|[2345]\d)(?![\d]|\.\d)(?!\s*(?:лв|евро|€|%|"
            rf"руб))",
            read_clock,
        ),
        (
            rf"(?P<preposition>{BY}|в|ровно в|с)\s+(?P<hour>\d{{1,2}})\.(?P<minute>[0-5]\d)(?![\d]|"
            rf"\.\d)(?!\s*(?:лв|евро|€|%|руб))(?=\s*(?:утра|вечера|сутринта|вечерта|мск))",
            read_clock,
        ),
        (
            rf"{LEAD}?(?P<hour>\d{{1,2}})-(?P<minute>[0-5][05])(?![\d-])(?!\s*(?:{either(DAYS)}|мин|лв|"
            rf"евро|руб|чел|тыс|хил|душ|%))",
            read_clock,
        ),
        (
            rf"(?P<preposition>{PLACE})\s+(?P<hour>2[0-4]|[01]?\d)\s?ч(?:аса)?\.?\s?(?:и\s)?(?P<minute>[0-5]\d)\b",
            read_clock,
        ),
        (
            rf"(?P<preposition>между)\s+(?:\d{{1,2}}(?::\d\d)?|{either(HOUR_WORDS)})\s+и\s+{HOUR}(?![\w:])",
            read_hour,
        ),
        (rf"{HOUR_LEAD}?{HOUR}\s*(?:часа?\s)?и\s+(?P<minute>половина|пол|четвърт)\b", read_hour_and),
        (
            rf"{HOUR_LEAD}{HOUR}\s*(?:часа?\s)?и\s+(?P<minute>\d\d\b|"
            rf"{either(NUMBERS)}\b)(?!\s*(?:{UNITS}|лв|%|евро))",
            read_hour_and,
        ),
        (
            rf"{HOUR_LEAD}?{HOUR}\s+без\s+(?P<minute>четвърт|\d\d?|{either(NUMBERS)})\b(?!\s*(?:лв|%|човек))",
            read_hour_less,
        ),
        (
            rf"{HOUR_LEAD}?без\s+(?P<minute>четверти|\d\d?|{either(NUMBERS)})\s*(?:минут\w*\s)?{HOUR}\b",
            read_hour_less,
        ),
        (rf"{LEAD}?четверт\w?\s+(?P<next>{either(HALF_TO)})\b", read_quarter_past),
        (rf"{LEAD}?(?:пол[- ]?|половин[аеуы]\s+)(?P<next>{either(HALF_TO)})\b", read_half_to),
        (
            rf"{HOUR_LEAD}?{HOUR_RANGE}(?:-?(?:м|ти|и))?\b\s*(?:{HOUR_UNIT}\s*)?(?=(?:утра|вечера|ночи|"
            rf"сутринта|вечерта|на обяд|следобед|през нощта)\b)",
            read_hour,
        ),
        (rf"{HOUR_LEAD}{HOUR_RANGE}\b\s*(?:{HOUR_UNIT}\s*)?(?={PART_OF_DAY})", read_hour),
        (
            rf"(?P<preposition>{BY}|до|в|във|во|к|ко|към|около|от|с|после|след|преди|вместо|за(?!\s+(?:\w+|"
            rf"\d)\s+час(?:а|ов)?\b)|на(?!\s+[1-6]\b))\s+(?:около |ровно |точно |"
            rf"примерно )?{HOUR_RANGE}(?:(?<=\d)(?:-?(?:м|ти|и)\b)?|\b)\s*{HOUR_UNIT}(?!\s*(?:работ|видео|"
            rf"в ден|в день|в сутки|назад))",
            read_hour,
        ),
        (rf"(?P<preposition>на|за)\s+(?P<hour>1[0-9]|2[0-4])(?![\w:.,-]){COUNTED}", read_hour),
        (rf"{HOUR_LEAD}{HOUR_RANGE}(?![\w-]){COUNTED}", read_hour),
        (r"(?!10х)(?P<hour>2[0-3]|1\d|[789])\s?(?:ч|часа|h|х)\b\.?(?!\s*(?:работ|видео|назад|в ден))", read_hour),
        (r"(?P<preposition>в|к|до|около|с)\s+(?:час|часу|часа)\b(?!\s*(?:пик|ночи))", always(Clock(1, bare=True))),
        (r"(?:(?P<preposition>в|к|до|около)\s+)?час[ауе]?\s+(?=дня|ночи)", always(Clock(1, bare=True))),
        *(
            (rf"(?:(?P<preposition>до|к|в|на|за|по|през|около|към|преди|след|после)\s+)?(?:{pattern})\b", always(part))
            for pattern, part in DAY_PARTS
        ),
        *((rf"(?:{pattern})\b", always(Zoned(zone))) for pattern, zone in ZONES),
    )
)
