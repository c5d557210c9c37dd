"""The phrases of `dating`: English messages of the catalogues, with the context that tells their forms apart.

To an extractor a `Phrase` is a message (first argument) with an optional context (second).
"""

from typing import NamedTuple

from bot.core.desk import Voice
from bot.core.verdict import Language


class Phrase(NamedTuple):
    """A message of the catalogues, and its gettext context where it needs one."""

    message: str
    context: str = ""


# When

WITHIN_THE_HOUR = Phrase("within the hour, by {time}")
TODAY = Phrase("today by {time}")
THIS_EVENING = Phrase("this evening, by {time}")
TOMORROW = Phrase("tomorrow, {weekday}, by {time}")
DAY_AFTER_TOMORROW = Phrase("the day after tomorrow, {weekday}, by {time}")
LATER = Phrase("{on_weekday}, {date}, by {time}")

AT_TODAY = Phrase("today at {time}")
AT_TOMORROW = Phrase("tomorrow, {weekday}, at {time}")
AT_LATER = Phrase("{on_weekday}, {date}, at {time}")

RELATIVE_DAYS = {
    -1: Phrase("yesterday", "day"),
    0: Phrase("today", "day"),
    1: Phrase("tomorrow", "day"),
    2: Phrase("the day after tomorrow", "day"),
}
OTHER_DAY = Phrase("{on_weekday}, {date}", "day")

# By date.weekday(). A context, for the preposition belongs to the weekday: во вторник, във вторник.
ON_WEEKDAY = (
    Phrase("on Monday", "weekday"),
    Phrase("on Tuesday", "weekday"),
    Phrase("on Wednesday", "weekday"),
    Phrase("on Thursday", "weekday"),
    Phrase("on Friday", "weekday"),
    Phrase("on Saturday", "weekday"),
    Phrase("on Sunday", "weekday"),
)

CLOCK = Phrase("{time}", "clock")
THEIR_CLOCK = Phrase("{time} your time", "clock")
BOTH_CLOCKS = Phrase("{time} your time ({owner_time} {place})", "clock")
OTHER_CITY = Phrase("{time} your time ({owner_time}, {city})", "clock")
# How the time of an owner's zone is called; zones without a name of their own are told by their city.
ZONE_TIMES = {
    "Europe/Moscow": Phrase("Moscow time", "clock"),
    "Europe/Sofia": Phrase("Bulgarian time", "clock"),
}

# Who answers. AFTER_NAME follows a sentence that has named the owner.

ANSWER = {Voice.OWNER: Phrase("I will answer {when}."), Voice.GATE: Phrase("{owner} will answer {when}.")}
AFTER_NAME = {Voice.OWNER: ANSWER[Voice.OWNER], Voice.GATE: Phrase("The answer comes {when}.")}
AFTER_WEEKEND = {
    Voice.OWNER: Phrase("I will answer after the weekend: {when}."),
    Voice.GATE: Phrase("{owner} will answer after the weekend: {when}."),
}
LATE = {
    Voice.OWNER: Phrase("I am running late: I will answer {when}."),
    Voice.GATE: Phrase("{owner} is running late: the answer comes {when}."),
}
CHANGED = {Voice.OWNER: Phrase("My plans have changed."), Voice.GATE: Phrase("The plans have changed.")}

# Why not sooner

OFF_HOURS = Phrase("It is outside working hours now.")
BUSY = {
    Voice.OWNER: {
        "f": Phrase("I am busy with other work at the moment.", "f"),
        "m": Phrase("I am busy with other work at the moment.", "m"),
    },
    Voice.GATE: {
        "f": Phrase("{owner} is busy with other work at the moment.", "f"),
        "m": Phrase("{owner} is busy with other work at the moment.", "m"),
    },
}

# A stretch of days, first in its sentence. "до 4 мая", "с 7 по 9 марта", «со 2 по 9 марта» ("со" before "второго").
UNTIL = Phrase("until {last}", "days")
FROM_TO = Phrase("from {first} to {last}", "days")
FROM_SECOND_TO = Phrase("from {first} to {last}", "days from the second")

# How reasons of an absence are told: until its last day, and with its days ahead of the sentence.
AWAY = {
    "vacation": {
        Voice.OWNER: (Phrase("I am on vacation until {last} inclusive."), Phrase("{days} I am on vacation.")),
        Voice.GATE: (
            Phrase("{owner} is on vacation until {last} inclusive."),
            Phrase("{days} {owner} is on vacation."),
        ),
    },
    "sick": {
        Voice.OWNER: (Phrase("I am on sick leave until {last} inclusive."), Phrase("{days} I am on sick leave.")),
        Voice.GATE: (
            Phrase("{owner} is on sick leave until {last} inclusive."),
            Phrase("{days} {owner} is on sick leave."),
        ),
    },
    "trip": {
        Voice.OWNER: (
            Phrase("I am on a business trip until {last} inclusive."),
            Phrase("{days} I am on a business trip."),
        ),
        Voice.GATE: (
            Phrase("{owner} is on a business trip until {last} inclusive."),
            Phrase("{days} {owner} is on a business trip."),
        ),
    },
    "": {
        Voice.OWNER: (Phrase("I am not working until {last} inclusive."), Phrase("{days} I am not working.")),
        Voice.GATE: (
            Phrase("{owner} is not working until {last} inclusive."),
            Phrase("{days} {owner} is not working."),
        ),
    },
}
# What owners write for these reasons; anything else is private and told as "not working".
AWAY_REASONS = {
    "vacation": "vacation",
    "отпуск": "vacation",
    "отпуска": "vacation",
    "в отпуске": "vacation",
    "в отпуск": "vacation",
    "sick": "sick",
    "sick leave": "sick",
    "болею": "sick",
    "больничный": "sick",
    "на больничном": "sick",
    "болничен": "sick",
    "болнични": "sick",
    "trip": "trip",
    "business trip": "trip",
    "командировка": "trip",
    "в командировке": "trip",
    "в командировка": "trip",
}

LONG_HOLIDAYS = Phrase("{days} there are public holidays.")
NAMED_HOLIDAY = Phrase("{day} there is a public holiday: {holiday}.")
UNNAMED_HOLIDAY = Phrase("{day} there is a public holiday.")
NAMELESS_DAY_OFF = Phrase("{day} there is a day off.")
# A holiday of another country than the client's is told with the country.
PLACES = {
    ("RU", Language.BG): Phrase("{day} in Russia", "holiday"),
    ("BG", Language.RU): Phrase("{day} in Bulgaria", "holiday"),
}
HOLIDAY_NAMES = {
    "new_year_holidays": Phrase("New Year holidays", "holiday"),
    "christmas": Phrase("Christmas", "holiday"),
    "defender_day": Phrase("Defender of the Fatherland Day", "holiday"),
    "womens_day": Phrase("International Women's Day", "holiday"),
    "spring_and_labour": Phrase("Spring and Labour Day", "holiday"),
    "victory_day": Phrase("Victory Day", "holiday"),
    "russia_day": Phrase("Russia Day", "holiday"),
    "unity_day": Phrase("National Unity Day", "holiday"),
    "new_year": Phrase("New Year's Day", "holiday"),
    "liberation_day": Phrase("Liberation Day", "holiday"),
    "good_friday": Phrase("Good Friday", "holiday"),
    "holy_saturday": Phrase("Holy Saturday", "holiday"),
    "easter": Phrase("Easter", "holiday"),
    "labour_day": Phrase("Labour Day", "holiday"),
    "saint_george": Phrase("Saint George's Day", "holiday"),
    "education_day": Phrase("Day of Education, Culture and Slavonic Letters", "holiday"),
    "bg_unification": Phrase("Unification Day", "holiday"),
    "bg_independence": Phrase("Independence Day", "holiday"),
    "christmas_eve": Phrase("Christmas Eve", "holiday"),
}
