"""The words of time in Russian and Bulgarian: one set of tables for both.

Every word stands here as `letters.plain` gives it: small letters, no ё, no ь. The conventions (morning is 10:00, the
end of a day is 18:00 …) are those that clients were found to mean: the latest moment that still satisfies them.
"""

import re
from collections.abc import Iterable
from datetime import time
from enum import StrEnum

_FORGIVEN = re.compile(r"\[[^\]]*\]|[ъйь]")
_ALIKE = {"ъ": "ъауы", "й": "йиы", "ь": ""}


def forgive(pattern: str) -> str:
    """The pattern, forgiving what Latin spellings do not keep apart: ъ as а, у or ы, й as и or ы."""

    def spread(match: re.Match[str]) -> str:
        found = match.group()
        if len(found) > 1:
            return "".join(_ALIKE.get(letter, letter) for letter in found)
        return f"[{_ALIKE[found]}]" if _ALIKE[found] else ""

    return _FORGIVEN.sub(spread, pattern)


def loose(pattern: str) -> re.Pattern[str]:
    """The pattern compiled as `forgive` has it."""
    return re.compile(forgive(pattern))


def either(keys: Iterable[str]) -> str:
    """The keys, words or patterns, as one group of a pattern, longest first; plain words share their beginnings, which
    makes the pattern a third as long to compile.
    """
    ordered = sorted(keys, key=len, reverse=True)
    if all(key.replace(" ", "").isalpha() for key in ordered):
        return _share(ordered)
    return "(?:" + "|".join(ordered) + ")"


def _share(words: Iterable[str]) -> str:
    """The words as one group, letter by letter; of two that fit the longer is taken."""
    after: dict[str, list[str]] = {}
    for word in words:
        after.setdefault(word[:1], []).append(word[1:])
    ends = "" in after
    after.pop("", None)
    branches = [first + (_share(rest) if any(rest) else "") for first, rest in after.items()]
    if not branches:
        return ""
    if len(branches) == 1 and not ends:
        return branches[0]
    return "(?:" + "|".join(branches) + ")" + ("?" if ends else "")


# Numbers in words, 1..24 where a clock may name them, in every case that follows до, к, в, за, към.
_NUMBER_FORMS: dict[int, str] = {
    1: "один одного одну одна одному един една едно",
    2: "два две двух двум двумя двама",
    3: "три трех трем тремя трима",
    4: "четыре четырех четырем четырмя четири",
    5: "пят пяти пятю пет",
    6: "шест шести шестю",
    7: "сем семи семю седем",
    8: "восем восми восеми восемю осем",
    9: "девят девяти девятю девет",
    10: "десят десяти десятю десет",
    11: "одиннадцат одиннадцати единадцат единайсет единадесет единайс",
    12: "двенадцат двенадцати дванайсет дванадесет дванайс",
    13: "тринадцат тринадцати тринайсет тринадесет",
    14: "четырнадцат четырнадцати четиринайсет четиринадесет",
    15: "пятнадцат пятнадцати петнайсет петнадесет",
    16: "шестнадцат шестнадцати шестнайсет шестнадесет",
    17: "семнадцат семнадцати седемнайсет седемнадесет",
    18: "восемнадцат восемнадцати осемнайсет осемнадесет",
    19: "девятнадцат девятнадцати деветнайсет деветнадесет",
    20: "двадцат двадцати двайсет двадесет",
    25: "двадцат_пят",
    30: "тридцат тридцати трийсет тридесет",
    40: "сорок сорока четирийсет четиридесет",
    45: "сорок_пят",
    50: "пятдесят петдесет",
}
NUMBERS: dict[str, int] = {
    form.replace("_", " "): number for number, forms in _NUMBER_FORMS.items() for form in forms.split()
}
HOUR_WORDS: dict[str, int] = {form: number for form, number in NUMBERS.items() if number <= 24}

# «половина пятого», «полпятого»: half an hour before the hour named.
HALF_TO: dict[str, int] = {
    "первого": 12, "второго": 1, "третего": 2, "четвертого": 3, "пятого": 4, "шестого": 5, "седмого": 6,
    "восмого": 7, "девятого": 8, "десятого": 9, "одиннадцатого": 10, "двенадцатого": 11,
}  # fmt: skip

MONTHS: dict[str, int] = {
    "январ[яеи]?": 1, "януари": 1, "феврал[яеи]?": 2, "февруари": 2, "март[ае]?": 3, "апрел[яеи]?": 4, "април": 4,
    "мая|май|мае|маи": 5, "июн[яеи]?": 6, "юни": 6, "июл[яеи]?": 7, "юли": 7, "август[ае]?": 8, "сентябр[яеи]?": 9,
    "септември": 9, "октябр[яеи]?": 10, "октомври": 10, "ноябр[яеи]?": 11, "ноември": 11, "декабр[яеи]?": 12,
    "декември": 12, "янв": 1, "фев": 2, "апр": 4, "авг": 8, "сент": 9, "септ": 9, "окт": 10, "ноя": 11, "ноем": 11,
    "дек": 12,
}  # fmt: skip

# Monday is 0. The short ones count only beside a preposition or a clock time.
WEEKDAYS: dict[str, int] = {
    "понеделник(?:а|у|ом|е)?": 0, "вторник(?:а|у|ом|е)?": 1, "сред(?:а|у|ы|е|ой)|сряда(?:та)?|сриада": 2,
    "четверг(?:а|у|е)?|четвъртък": 3, "пятниц(?:а|у|ы|е)|петък": 4, "суббот(?:а|у|ы|е)|събота(?:та)?": 5,
    "воскресен(?:е|я|ю)|неделя(?:та)?": 6,
}  # fmt: skip
WEEKDAY_SHORTS: dict[str, int] = {
    "пн": 0, "пон": 0, "вт": 1, "ср": 2, "чт": 3, "четв": 3, "пт": 4, "сб": 5, "суб": 5,
    "съб": 5, "вс": 6, "нед": 6,
}  # fmt: skip

# Days counted from the day of sending.
RELATIVE_DAYS: dict[str, int] = {
    "сегодня(?:шн\\w+)?|севодня|сегоня|седня|днес(?:ка|ш\\w+)?|тази вечер|тая вечер|тоз ден": 0,
    "(?:завтра-)?послезавтра|(?:утре-)?вдругиден|в други ден|други ден": 2,
    "завтра(?:шн\\w+)?|утре(?:шн\\w+)?": 1,
}

# Days of the month in words, as a Russian or Bulgarian date says them («к двадцать первому сентября», „на първи юни“).
_ENDINGS = "(?:ое|ого|ому)"
_UNITS: tuple[tuple[str, str], ...] = (
    (f"перв{_ENDINGS}", "първ[ио]"), (f"втор{_ENDINGS}", "втор[ио]"), ("трет(?:е|его|ему|ее)", "трет[ио]"),
    (f"четверт{_ENDINGS}", "четвърт[ио]"), (f"пят{_ENDINGS}", "пет[ио]"), (f"шест{_ENDINGS}", "шест[ио]"),
    (f"седм{_ENDINGS}", "седм[ио]"), (f"восм{_ENDINGS}", "осм[ио]"), (f"девят{_ENDINGS}", "девет[ио]"),
)  # fmt: skip
_TEENS: tuple[tuple[str, str], ...] = (
    ("десят", "десет[ио]"), ("одиннадцат", "едина(?:йс|дес)ет[ио]"), ("двенадцат", "двана(?:йс|дес)ет[ио]"),
    ("тринадцат", "трина(?:йс|дес)ет[ио]"), ("четырнадцат", "четирина(?:йс|дес)ет[ио]"),
    ("пятнадцат", "петна(?:йс|дес)ет[ио]"),
    ("шестнадцат", "шестна(?:йс|дес)ет[ио]"), ("семнадцат", "седемна(?:йс|дес)ет[ио]"),
    ("восемнадцат", "осемна(?:йс|дес)ет[ио]"), ("девятнадцат", "деветна(?:йс|дес)ет[ио]"),
    ("двадцат", "два(?:йс|дес)ет[ио]"),
)  # fmt: skip
ORDINALS: dict[str, int] = {
    **{f"{ru}|{bg}": number for number, (ru, bg) in enumerate(_UNITS, start=1)},
    **{f"{ru}{_ENDINGS}|{bg}": number for number, (ru, bg) in enumerate(_TEENS, start=10)},
    **{f"двадцат {ru}|два(?:йс|дес)ет и {bg}": number for number, (ru, bg) in enumerate(_UNITS, start=21)},
    f"тридцат{_ENDINGS}|три(?:йс|дес)ет[ио]": 30,
    f"тридцат перв{_ENDINGS}|три(?:йс|дес)ет и първ[ио]": 31,
}


# Feasts by which clients reckon: (month, day), of every year; Easter, which moves, is (0, 0).
FEASTS: dict[str, tuple[int, int]] = {
    "татяниного дня": (1, 25), "трифон зарезан": (2, 14), "(?:дня )?святого валентина|св(?:ети)? валентин": (2, 14),
    "двадцать третего февраля": (2, 23), "баба марта": (3, 1), "трети март": (3, 3), "осми март": (3, 8),
    "благовещени[ея]": (3, 25), "майских(?: праздников)?|майским(?: праздникам)?": (5, 1), "гергьовден": (5, 6),
    "(?:дня|дню) победы": (5, 9), "еньовден": (6, 24), "петровден": (6, 29), "илинден": (7, 20),
    "голяма богородица": (8, 15), "(?:дня|дню) знаний": (9, 1), "кръстовден": (9, 14), "димитровден": (10, 26),
    "хэллоуин\\w*|хеллоуин\\w*|хелоуин": (10, 31), "архангеловден": (11, 8), "никулден": (12, 6),
    "бъдни вечер": (12, 24), "сочелник\\w*": (1, 6), "васильовден": (1, 1), "йордановден": (1, 6), "ивановден": (1, 7),
    "пасх[иеуа]|великден": (0, 0),
}  # fmt: skip


class DayPart(StrEnum):
    """A part of the day that a client may name; what it ends at depends on the language and the preposition."""

    EARLY = "early"
    MORNING = "morning"
    NOON = "noon"
    LUNCH_RU = "lunch_ru"
    LUNCH_BG = "lunch_bg"
    DAY = "day"
    AFTERNOON = "afternoon"
    BEFORE_EVENING = "before_evening"
    UNTIL_EVENING_BG = "until_evening_bg"
    EVENING = "evening"
    LATE = "late"
    NIGHT = "night"
    MIDNIGHT = "midnight"
    END = "end"


# What a part of the day means when no clock time stands beside it. Midnight is 24:00 of the day named.
DAY_PART_ENDS: dict[DayPart, time | None] = {
    DayPart.EARLY: time(9),
    DayPart.MORNING: time(10),
    DayPart.NOON: time(12),
    DayPart.LUNCH_RU: time(13),
    DayPart.LUNCH_BG: time(12),
    DayPart.DAY: time(15),
    DayPart.AFTERNOON: time(16),
    DayPart.BEFORE_EVENING: time(18),
    DayPart.UNTIL_EVENING_BG: time(19),
    DayPart.EVENING: time(20),
    DayPart.LATE: time(22),
    DayPart.NIGHT: time(22),
    DayPart.MIDNIGHT: None,
    DayPart.END: time(18),
}

# Longer phrases first: the first that fits at a place is taken.
DAY_PARTS: tuple[tuple[str, DayPart], ...] = (
    ("(?:до |към |в )?края на (?:работния )?(?:деня|ден)\\b", DayPart.END),
    ("(?:до |к |в )?кон(?:ца|цу|це) (?:рабочего )?дня", DayPart.END),
    ("(?:до )?eod|(?:до )?cob", DayPart.END),
    ("в течение (?:рабочего )?дня|в рамките на (?:работния )?деня|до изтичане на деня", DayPart.END),
    ("(?:с утра|утром) порань?ше|рано утром|рано сутринта|рано сутрин", DayPart.EARLY),
    ("до късно вечерта|късно вечерта|късно довечера|поздно вечером|до късно\\b", DayPart.LATE),
    ("до (?:поздней )?ночи|к ночи|до нощта|през нощта|ночю|ноч[ию]|в ноч\\b|нощес", DayPart.NIGHT),
    ("пол[ун]+оч[иью]*|полунощ", DayPart.MIDNIGHT),
    ("после обеда|во второй половине дня|вторую половину дня|след обяд|следобед|следобяд", DayPart.AFTERNOON),
    ("в первой половине дня|первую половину дня|до обеда|к обеду|перед обедом|в обед|обеда", DayPart.LUNCH_RU),
    ("(?:преди|до|на|по|към|около) обяд|обяд", DayPart.LUNCH_BG),
    ("полдень|полудн[юяе]|пладне", DayPart.NOON),
    ("привечер|(?:к|до|под|ближе к) вечер[ау]?|вечеру", DayPart.BEFORE_EVENING),
    ("до (?:тази )?вечерта|до довечера|до вечерта", DayPart.UNTIL_EVENING_BG),
    ("вечером|вечерком|вечера|вечерта|довечера|вечер|вечеря", DayPart.EVENING),
    ("с (?:самого )?утра|утром|утра|утру|сутринта|сутрин|сутрешн\\w+|за утрото", DayPart.MORNING),
    ("днем|через день|през деня|деня\\b|дня", DayPart.DAY),
)

# Currency of time: how many minutes, or how many days, one of them is.
MINUTES: dict[str, int] = {
    "минут(?:а|ы|у|и|ок|очек|ки)?": 1, "мин": 1, "минутк[аиу]": 1, "час(?:а|ов|ик|ика|иков|ове)?": 60,
    "ч": 60, "х": 60, "h": 60,
}  # fmt: skip
DAYS: dict[str, int] = {
    "ден": 1, "дня": 1, "дней": 1, "дни": 1, "дена": 1, "сутки|суток": 1, "денонощи[ея]": 1,
    "недел(?:я|и|ю|ь)?": 7, "седмиц[аи]": 7,
}  # fmt: skip

# Names of places whose clock a client may mean.
ZONES: tuple[tuple[str, str], ...] = (
    ("(?:по )?(?:мск|msk|москв[еы]|московск\\w+(?: врем\\w+)?|москов\\w+ време)", "Europe/Moscow"),
    ("(?:по )?(?:софийск\\w+ врем\\w+|софии|българско време|наше време|болгарск\\w+ врем\\w+)", "Europe/Sofia"),
    ("(?:по )?(?:киевск\\w+ врем\\w+|киеву|киевско)", "Europe/Kyiv"),
    ("по (?:минску|минскому)|минск\\w+ врем\\w+", "Europe/Minsk"),
    ("(?:по )?(?:екатеринбургу|екб|уральскому)|по уфе|по перми|по челябинску", "Asia/Yekaterinburg"),
    ("по (?:новосибирску|нск)", "Asia/Novosibirsk"),
    ("по (?:владивостоку|влад[уе])", "Asia/Vladivostok"),
    ("по (?:самаре|самарскому)", "Europe/Samara"),
    ("по (?:омску)", "Asia/Omsk"),
    ("по (?:красноярску)", "Asia/Krasnoyarsk"),
    ("по (?:иркутску)", "Asia/Irkutsk"),
    ("по (?:калининграду)", "Europe/Kaliningrad"),
    ("по (?:алмате?|алматы|астане)|алматинск\\w+ врем\\w+", "Asia/Almaty"),
    ("по (?:ташкенту)", "Asia/Tashkent"),
    ("по (?:тбилиси)", "Asia/Tbilisi"),
    ("по (?:еревану)", "Asia/Yerevan"),
    ("по (?:баку)", "Asia/Baku"),
    ("по (?:дубаю)|дубайско време", "Asia/Dubai"),
    ("(?:по )?(?:лондону|лондонск\\w+ врем\\w+|лондонско)", "Europe/London"),
    ("(?:по )?(?:берлину|берлинск\\w+ врем\\w+|германско време|немско време|cet|цет)", "Europe/Berlin"),
    ("(?:по )?(?:нью-йорку|нюйоркско време)", "America/New_York"),
    ("utc|gmt|по гринвичу", "UTC"),
    ("eet", "Europe/Sofia"),
)
