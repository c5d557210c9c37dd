"""What clients read about moments and promises. The tables read like the table of CALENDAR.md; a native finds nothing
to mend. Now is Tuesday, 24 November 2026, 11:20 by the owner's clock, where nothing else is said."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.almanac import load_almanac
from bot.core.calendar import Cause, Delay, Due, promise_due
from bot.core.desk import Away, Desk, Gender, Owner, Rules, Voice
from bot.core.stretches import Window
from bot.core.verdict import Language
from bot.deskfile import read_desk
from bot.wording.dating import by_when, clock, fixed, moved, relative_day, start, when

MOSCOW, SOFIA = ZoneInfo("Europe/Moscow"), ZoneInfo("Europe/Sofia")
RU, BG, EN = Language.RU, Language.BG, Language.EN
ANNA, IVAN = Owner("Анна Петрова"), Owner("Иван Георгиев", Gender.MALE, BG, "Europe/Sofia", "BG")
ANNA_BG = Owner("Анна Петрова", zone="Europe/Sofia", country="BG")
NOW = "2026-11-24 11:20"
PLAIN = Delay()


def at(text: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def due_at(moment: datetime, delay: Delay = PLAIN) -> Due:
    return Due(moment, Window(moment - timedelta(minutes=30), moment), delay)


def promised(
    lang: Language, due: str, delay: Delay = PLAIN, *, now: str = NOW, voice: Voice = Voice.OWNER, owner: Owner = ANNA
) -> str:
    zone = MOSCOW if lang is RU else SOFIA
    return by_when(
        due_at(at(due, zone), delay), at(now, zone), zone=None, owner_zone=zone, lang=lang, voice=voice, owner=owner
    )


def off(name: str, day: date, country: str = "") -> Delay:
    return Delay(Cause.HOLIDAY, day, day, name, country)


WEEKEND = Delay(Cause.WEEKEND)
VACATION = Delay(Cause.VACATION, date(2026, 11, 23), date(2026, 12, 6), "vacation")
VACATION_AHEAD = Delay(Cause.VACATION, date(2026, 11, 30), date(2026, 12, 6), "vacation")

# Case for case the table of CALENDAR.md: due, why not sooner, in the owner's name, about the owner.
RUSSIAN = [
    ("2026-11-24 12:20", PLAIN, "Отвечу в течение часа, до 12:20.", "Анна ответит в течение часа, до 12:20."),
    ("2026-11-24 15:00", PLAIN, "Отвечу сегодня до 15:00.", "Анна ответит сегодня до 15:00."),
    ("2026-11-24 20:00", PLAIN, "Отвечу сегодня вечером, до 20:00.", "Анна ответит сегодня вечером, до 20:00."),
    ("2026-11-25 11:00", PLAIN, "Отвечу завтра, в среду, до 11:00.", "Анна ответит завтра, в среду, до 11:00."),
    (
        "2026-11-26 11:00",
        PLAIN,
        "Отвечу послезавтра, в четверг, до 11:00.",
        "Анна ответит послезавтра, в четверг, до 11:00.",
    ),
    (
        "2026-12-01 11:00",
        PLAIN,
        "Отвечу во вторник, 1 декабря, до 11:00.",
        "Анна ответит во вторник, 1 декабря, до 11:00.",
    ),
    (
        "2026-11-30 11:00",
        WEEKEND,
        "Отвечу после выходных: в понедельник, 30 ноября, до 11:00.",
        "Анна ответит после выходных: в понедельник, 30 ноября, до 11:00.",
    ),
    (
        "2026-12-07 12:00",
        VACATION,
        "Я в отпуске до 6 декабря включительно. Отвечу в понедельник, 7 декабря, до 12:00.",
        "Анна в отпуске до 6 декабря включительно. Ответит в понедельник, 7 декабря, до 12:00.",
    ),
]
BULGARIAN = [
    (
        "2026-11-24 12:20",
        PLAIN,
        "Ще отговоря до един час, най-късно в 12:20 ч.",
        "Анна ще отговори до един час, най-късно в 12:20 ч.",
    ),
    ("2026-11-24 15:00", PLAIN, "Ще отговоря днес до 15:00 ч.", "Анна ще отговори днес до 15:00 ч."),
    ("2026-11-24 20:00", PLAIN, "Ще отговоря довечера, до 20:00 ч.", "Анна ще отговори довечера, до 20:00 ч."),
    ("2026-11-25 11:00", PLAIN, "Ще отговоря утре, сряда, до 11:00 ч.", "Анна ще отговори утре, сряда, до 11:00 ч."),
    (
        "2026-11-26 11:00",
        PLAIN,
        "Ще отговоря вдругиден, четвъртък, до 11:00 ч.",
        "Анна ще отговори вдругиден, четвъртък, до 11:00 ч.",
    ),
    (
        "2026-12-01 11:00",
        PLAIN,
        "Ще отговоря във вторник, 1 декември, до 11:00 ч.",
        "Анна ще отговори във вторник, 1 декември, до 11:00 ч.",
    ),
    (
        "2026-11-30 11:00",
        WEEKEND,
        "Ще отговоря след уикенда: в понеделник, 30 ноември, до 11:00 ч.",
        "Анна ще отговори след уикенда: в понеделник, 30 ноември, до 11:00 ч.",
    ),
    (
        "2026-12-07 12:00",
        VACATION,
        "В отпуск съм до 6 декември включително. Ще отговоря в понеделник, 7 декември, до 12:00 ч.",
        "Анна е в отпуск до 6 декември включително. Ще отговори в понеделник, 7 декември, до 12:00 ч.",
    ),
]


@pytest.mark.parametrize(("due", "delay", "mine", "about"), RUSSIAN, ids=[row[2] for row in RUSSIAN])
def test_russian(due: str, delay: Delay, mine: str, about: str) -> None:
    assert promised(RU, due, delay) == mine
    assert promised(RU, due, delay, voice=Voice.GATE) == about


@pytest.mark.parametrize(("due", "delay", "mine", "about"), BULGARIAN, ids=[row[2] for row in BULGARIAN])
def test_bulgarian(due: str, delay: Delay, mine: str, about: str) -> None:
    assert promised(BG, due, delay) == mine
    assert promised(BG, due, delay, voice=Voice.GATE) == about


HOLIDAY_ROWS = [
    (
        RU,
        "2026-11-03 18:10",
        "2026-11-05 11:00",
        off("holiday", date(2026, 11, 4)),
        "Завтра праздничный день. Отвечу в четверг, 5 ноября, до 11:00.",
    ),
    (
        RU,
        "2026-11-03 18:10",
        "2026-11-05 11:00",
        off("unity_day", date(2026, 11, 4)),
        "Завтра праздник — День народного единства. Отвечу в четверг, 5 ноября, до 11:00.",
    ),
    (
        RU,
        "2026-11-04 12:00",
        "2026-11-05 11:00",
        off("unity_day", date(2026, 11, 4)),
        "Сегодня праздник — День народного единства. Отвечу завтра, в четверг, до 11:00.",
    ),
    (
        RU,
        "2027-03-05 19:00",
        "2027-03-09 11:00",
        off("womens_day", date(2027, 3, 8)),
        "В понедельник праздник — Международный женский день. Отвечу во вторник, 9 марта, до 11:00.",
    ),
    (
        RU,
        "2027-11-03 19:00",
        "2027-11-08 11:00",
        off("day_off", date(2027, 11, 5)),
        "Послезавтра выходной день. Отвечу в понедельник, 8 ноября, до 11:00.",
    ),
    (
        RU,
        "2027-01-05 12:00",
        "2027-01-11 12:00",
        Delay(Cause.LONG_HOLIDAYS, date(2026, 12, 31), date(2027, 1, 10), country="RU"),
        "До 10 января праздники. Отвечу в понедельник, 11 января, до 12:00.",
    ),
    (
        RU,
        "2026-12-30 19:00",
        "2027-01-11 12:00",
        Delay(Cause.LONG_HOLIDAYS, date(2026, 12, 31), date(2027, 1, 10), country="RU"),
        "С 31 декабря по 10 января праздники. Отвечу в понедельник, 11 января, до 12:00.",
    ),
    (
        RU,
        "2027-04-30 19:00",
        "2027-05-05 11:00",
        Delay(Cause.LONG_HOLIDAYS, date(2027, 5, 2), date(2027, 5, 4), country="RU"),
        "Со 2 по 4 мая праздники. Отвечу в среду, 5 мая, до 11:00.",
    ),
    (
        BG,
        "2027-03-02 18:10",
        "2027-03-04 11:00",
        off("holiday", date(2027, 3, 3)),
        "Утре е официален празник. Ще отговоря в четвъртък, 4 март, до 11:00 ч.",
    ),
    (
        BG,
        "2027-03-02 18:10",
        "2027-03-04 11:00",
        off("liberation_day", date(2027, 3, 3), "BG"),
        "Утре е официален празник – Ден на Освобождението. Ще отговоря в четвъртък, 4 март, до 11:00 ч.",
    ),
    (
        BG,
        "2027-04-29 19:00",
        "2027-05-05 11:00",
        Delay(Cause.LONG_HOLIDAYS, date(2027, 4, 30), date(2027, 5, 4), country="BG"),
        "От 30 април до 4 май са почивни дни. Ще отговоря в сряда, 5 май, до 11:00 ч.",
    ),
    (
        BG,
        "2027-05-02 19:00",
        "2027-05-05 11:00",
        Delay(Cause.LONG_HOLIDAYS, date(2027, 4, 30), date(2027, 5, 4), country="BG"),
        "До 4 май са почивни дни. Ще отговоря в сряда, 5 май, до 11:00 ч.",
    ),
    (
        BG,
        "2026-09-04 19:00",
        "2026-09-08 11:00",
        off("day_off", date(2026, 9, 7), "BG"),
        "В понеделник е почивен ден. Ще отговоря във вторник, 8 септември, до 11:00 ч.",
    ),
    pytest.param(
        RU,
        "2027-03-02 18:10",
        "2027-03-04 11:00",
        off("liberation_day", date(2027, 3, 3), "BG"),
        "Завтра в Болгарии праздник — День освобождения. Отвечу в четверг, 4 марта, до 11:00.",
        id="a Russian client of an owner in Bulgaria",
    ),
    pytest.param(
        BG,
        "2027-01-05 12:00",
        "2027-01-11 12:00",
        Delay(Cause.LONG_HOLIDAYS, date(2026, 12, 31), date(2027, 1, 10), country="RU"),
        "До 10 януари в Русия са почивни дни. Ще отговоря в понеделник, 11 януари, до 12:00 ч.",
        id="a Bulgarian client of an owner in Russia",
    ),
]


@pytest.mark.parametrize(("lang", "now", "due", "delay", "text"), HOLIDAY_ROWS)
def test_holidays(lang: Language, now: str, due: str, delay: Delay, text: str) -> None:
    assert promised(lang, due, delay, now=now) == text


@pytest.mark.parametrize(
    ("lang", "now", "due", "delay", "mine", "about"),
    [
        pytest.param(
            RU, NOW, "2026-12-07 12:00", VACATION_AHEAD,
            "С 30 ноября по 6 декабря я в отпуске. Отвечу в понедельник, 7 декабря, до 12:00.",
            "С 30 ноября по 6 декабря Анна в отпуске. Ответит в понедельник, 7 декабря, до 12:00.",
            id="ru: a vacation ahead",
        ),
        pytest.param(
            BG, NOW, "2026-12-07 12:00", VACATION_AHEAD,
            "От 30 ноември до 6 декември съм в отпуск. Ще отговоря в понеделник, 7 декември, до 12:00 ч.",
            "От 30 ноември до 6 декември Анна е в отпуск. Ще отговори в понеделник, 7 декември, до 12:00 ч.",
            id="bg: a vacation ahead",
        ),
        pytest.param(
            RU, "2026-12-06 15:00", "2026-12-07 12:00", VACATION,
            "Сегодня я в отпуске. Отвечу завтра, в понедельник, до 12:00.",
            "Сегодня Анна в отпуске. Ответит завтра, в понедельник, до 12:00.",
            id="ru: its last day",
        ),
        pytest.param(
            BG, NOW, "2026-11-27 11:00", Delay(Cause.VACATION, date(2026, 11, 24), date(2026, 11, 26), "sick"),
            "В болнични съм до 26 ноември включително. Ще отговоря в петък, 27 ноември, до 11:00 ч.",
            "Анна е в болнични до 26 ноември включително. Ще отговори в петък, 27 ноември, до 11:00 ч.",
            id="bg: ill",
        ),
        pytest.param(
            RU, NOW, "2026-11-26 11:00", Delay(Cause.VACATION, date(2026, 11, 25), date(2026, 11, 25), "Командировка"),
            "Завтра я в командировке. Отвечу в четверг, 26 ноября, до 11:00.",
            "Завтра Анна в командировке. Ответит в четверг, 26 ноября, до 11:00.",
            id="ru: a trip, in the owner's own word",
        ),
        pytest.param(
            RU, NOW, "2026-11-27 11:00", Delay(Cause.VACATION, date(2026, 11, 24), date(2026, 11, 26), "свадьба"),
            "Я не работаю до 26 ноября включительно. Отвечу в пятницу, 27 ноября, до 11:00.",
            "Анна не работает до 26 ноября включительно. Ответит в пятницу, 27 ноября, до 11:00.",
            id="ru: a reason of one's own stays private",
        ),
        pytest.param(
            BG, NOW, "2026-11-27 11:00", Delay(Cause.VACATION, date(2026, 11, 24), date(2026, 11, 26), "сватба"),
            "Не работя до 26 ноември включително. Ще отговоря в петък, 27 ноември, до 11:00 ч.",
            "Анна не работи до 26 ноември включително. Ще отговори в петък, 27 ноември, до 11:00 ч.",
            id="bg: a reason of one's own stays private",
        ),
        pytest.param(
            RU, "2026-11-24 21:00", "2026-11-25 11:00", Delay(Cause.OFF_HOURS),
            "Сейчас нерабочее время. Отвечу завтра, в среду, до 11:00.",
            "Сейчас нерабочее время. Анна ответит завтра, в среду, до 11:00.",
            id="ru: off-hours",
        ),
        pytest.param(
            BG, "2026-11-25 03:00", "2026-11-25 11:00", Delay(Cause.OFF_HOURS),
            "В момента е извън работното време. Ще отговоря днес до 11:00 ч.",
            "В момента е извън работното време. Анна ще отговори днес до 11:00 ч.",
            id="bg: off-hours",
        ),
        pytest.param(
            RU, "2026-11-25 09:20", "2026-11-25 10:00", Delay(Cause.OFF_HOURS),
            "Отвечу в течение часа, до 10:00.",
            "Анна ответит в течение часа, до 10:00.",
            id="ru: within the hour needs no reason",
        ),
        pytest.param(
            RU, NOW, "2026-11-25 11:00", Delay(Cause.BUSY),
            "Сейчас я занята другой работой. Отвечу завтра, в среду, до 11:00.",
            "Анна сейчас занята другой работой. Ответит завтра, в среду, до 11:00.",
            id="ru: busy",
        ),
        pytest.param(
            BG, NOW, "2026-11-25 11:00", Delay(Cause.BUSY),
            "В момента съм заета с друга работа. Ще отговоря утре, сряда, до 11:00 ч.",
            "В момента Анна е заета с друга работа. Ще отговори утре, сряда, до 11:00 ч.",
            id="bg: busy",
        ),
        pytest.param(
            RU, "2026-11-29 15:00", "2026-11-30 11:00", WEEKEND,
            "Отвечу после выходных: завтра, в понедельник, до 11:00.",
            "Анна ответит после выходных: завтра, в понедельник, до 11:00.",
            id="ru: on Sunday",
        ),
    ],
)  # fmt: skip
def test_other_reasons(lang: Language, now: str, due: str, delay: Delay, mine: str, about: str) -> None:
    assert promised(lang, due, delay, now=now) == mine
    assert promised(lang, due, delay, now=now, voice=Voice.GATE) == about


def test_a_man_agrees_otherwise() -> None:
    busy = Delay(Cause.BUSY)
    assert promised(RU, "2026-11-25 11:00", busy, owner=IVAN).startswith("Сейчас я занят другой")
    assert promised(RU, "2026-11-25 11:00", busy, owner=IVAN, voice=Voice.GATE).startswith("Иван сейчас занят другой")
    assert promised(BG, "2026-11-25 11:00", busy, owner=IVAN).startswith("В момента съм зает с")
    assert promised(BG, "2026-11-25 11:00", busy, owner=IVAN, voice=Voice.GATE).startswith("В момента Иван е зает с")


@pytest.mark.parametrize(
    ("lang", "voice", "late", "text"),
    [
        (RU, Voice.OWNER, True, "Задерживаюсь: отвечу сегодня до 18:00."),
        (RU, Voice.GATE, True, "Анна задерживается: ответит сегодня до 18:00."),
        (BG, Voice.OWNER, True, "Ще се забавя: ще отговоря днес до 18:00 ч."),
        (BG, Voice.GATE, True, "Анна ще се забави: ще отговори днес до 18:00 ч."),
        (RU, Voice.OWNER, False, "Мои планы изменились. Отвечу сегодня до 18:00."),
        (RU, Voice.GATE, False, "Планы изменились. Анна ответит сегодня до 18:00."),
        (BG, Voice.OWNER, False, "Плановете ми се промениха. Ще отговоря днес до 18:00 ч."),
        (BG, Voice.GATE, False, "Плановете се промениха. Анна ще отговори днес до 18:00 ч."),
    ],
)
def test_moved(lang: Language, voice: Voice, late: bool, text: str) -> None:
    zone = MOSCOW if lang is RU else SOFIA
    due = due_at(at("2026-11-24 18:00", zone))
    told = moved(
        due, at(NOW, zone), zone=None, owner_zone=zone, lang=lang, voice=voice, owner=ANNA, late=late
    )  # fmt: skip
    assert told == text


@pytest.mark.parametrize(
    ("lang", "client", "owner", "due", "text"),
    [
        (
            RU,
            "Asia/Yekaterinburg",
            "Europe/Moscow",
            "2026-11-24 15:00",
            "Отвечу сегодня до 17:00 по вашему времени (15:00 по Москве).",
        ),
        (
            BG,
            "Europe/Paris",
            "Europe/Sofia",
            "2026-11-24 15:00",
            "Ще отговоря днес до 14:00 ч. ваше време (15:00 ч. българско време).",
        ),
        (
            BG,
            "Europe/Moscow",
            "Europe/Sofia",
            "2026-11-24 15:00",
            "Ще отговоря днес до 16:00 ч. ваше време (15:00 ч. българско време).",
        ),
        (
            BG,
            "Europe/Sofia",
            "Europe/Moscow",
            "2026-11-24 15:00",
            "Ще отговоря днес до 14:00 ч. ваше време (15:00 ч. московско време).",
        ),
        (
            RU,
            "Europe/Moscow",
            "Europe/Sofia",
            "2026-11-24 15:00",
            "Отвечу сегодня до 16:00 по вашему времени (15:00 по Софии).",
        ),
        (
            RU,
            "Europe/Moscow",
            "Europe/Berlin",
            "2026-11-24 15:00",
            "Отвечу сегодня до 17:00 по вашему времени (15:00, Берлин).",
        ),
        (
            BG,
            "Europe/Sofia",
            "Europe/Berlin",
            "2026-11-24 15:00",
            "Ще отговоря днес до 16:00 ч. ваше време (15:00 ч., Берлин).",
        ),
        (
            RU,
            "Asia/Vladivostok",
            "Europe/Moscow",
            "2026-11-24 18:00",
            "Отвечу завтра, в среду, до 01:00 по вашему времени.",
        ),
        (RU, "Europe/Minsk", "Europe/Moscow", "2026-11-24 15:00", "Отвечу сегодня до 15:00."),
    ],
)
def test_the_clients_own_zone(lang: Language, client: str, owner: str, due: str, text: str) -> None:
    zone = ZoneInfo(owner)
    told = by_when(
        due_at(at(due, zone)),
        at(NOW, zone),
        zone=ZoneInfo(client),
        owner_zone=zone,
        lang=lang,
        voice=Voice.OWNER,
        owner=ANNA,
    )
    assert told == text


def test_a_reason_that_lies_behind_on_the_clients_day_is_not_told() -> None:
    """Sunday 18:00 in Moscow is Monday 01:00 in Vladivostok: no word of the weekend, the answer comes today."""
    told = by_when(
        due_at(at("2026-11-30 11:00", MOSCOW), WEEKEND),
        at("2026-11-29 18:00", MOSCOW),
        zone=ZoneInfo("Asia/Vladivostok"),
        owner_zone=MOSCOW,
        lang=RU,
        voice=Voice.OWNER,
        owner=ANNA,
    )
    assert told == "Отвечу сегодня до 18:00 по вашему времени (11:00 по Москве)."


@pytest.mark.parametrize(
    ("due", "text"),
    [
        ("2026-11-24 18:00", "Отвечу сегодня до 18:00."),
        ("2026-11-24 18:29", "Отвечу сегодня до 18:29."),
        ("2026-11-24 18:30", "Отвечу сегодня вечером, до 18:30."),
        ("2026-11-25 00:00", "Отвечу сегодня вечером, до 24:00."),
        ("2026-11-25 00:15", "Отвечу завтра, в среду, до 00:15."),
        ("2026-11-26 00:00", "Отвечу завтра, в среду, до 24:00."),
        ("2026-11-24 12:21", "Отвечу сегодня до 12:21."),
    ],
)
def test_the_borders_of_evening_midnight_and_the_hour(due: str, text: str) -> None:
    assert promised(RU, due) == text


def test_an_hour_that_crosses_midnight_names_the_day() -> None:
    assert promised(RU, "2026-11-25 00:20", now="2026-11-24 23:40") == "Отвечу завтра, в среду, до 00:20."


@pytest.mark.parametrize(
    ("day", "ru", "bg", "en"),
    [
        ("2026-11-22", "в воскресенье, 22 ноября", "в неделя, 22 ноември", "on Sunday, 22 November"),
        ("2026-11-23", "вчера", "вчера", "yesterday"),
        ("2026-11-24", "сегодня", "днес", "today"),
        ("2026-11-25", "завтра", "утре", "tomorrow"),
        ("2026-11-26", "послезавтра", "вдругиден", "the day after tomorrow"),
        ("2026-11-27", "в пятницу, 27 ноября", "в петък, 27 ноември", "on Friday, 27 November"),
        ("2026-11-28", "в субботу, 28 ноября", "в събота, 28 ноември", "on Saturday, 28 November"),
        ("2026-11-30", "в понедельник, 30 ноября", "в понеделник, 30 ноември", "on Monday, 30 November"),
        ("2026-12-01", "во вторник, 1 декабря", "във вторник, 1 декември", "on Tuesday, 1 December"),
        ("2026-12-02", "в среду, 2 декабря", "в сряда, 2 декември", "on Wednesday, 2 December"),
        ("2026-12-03", "в четверг, 3 декабря", "в четвъртък, 3 декември", "on Thursday, 3 December"),
    ],
)
def test_days(day: str, ru: str, bg: str, en: str) -> None:
    moment, now = at(f"{day} 12:00", MOSCOW), at(NOW, MOSCOW)
    assert [relative_day(moment, now, MOSCOW, lang) for lang in (RU, BG, EN)] == [ru, bg, en]


def test_days_are_those_of_the_readers_zone() -> None:
    moment = at("2026-11-24 23:30", MOSCOW)
    assert relative_day(moment, at(NOW, MOSCOW), ZoneInfo("Asia/Vladivostok"), RU) == "завтра"


def test_moments_within_a_sentence() -> None:
    moment, now = at("2026-11-25 11:00", SOFIA), at(NOW, SOFIA)
    assert [when(moment, now, zone=None, owner_zone=SOFIA, lang=lang) for lang in (RU, BG, EN)] == [
        "завтра, в среду, до 11:00",
        "утре, сряда, до 11:00 ч.",
        "tomorrow, Wednesday, by 11:00",
    ]
    assert [clock(moment, SOFIA, lang) for lang in (RU, BG, EN)] == ["11:00", "11:00 ч.", "11:00"]


@pytest.mark.parametrize(
    ("due", "delay", "text"),
    [
        ("2026-11-24 12:20", PLAIN, "Анна will answer within the hour, by 12:20."),
        ("2026-12-01 11:00", PLAIN, "Анна will answer on Tuesday, 1 December, by 11:00."),
        (
            "2026-12-07 12:00",
            VACATION,
            "Анна is on vacation until 6 December inclusive. The answer comes on Monday, 7 December, by 12:00.",
        ),
        (
            "2026-11-26 11:00",
            off("unity_day", date(2026, 11, 25)),
            "Tomorrow there is a public holiday: National Unity Day. "
            "Анна will answer on Thursday, 26 November, by 11:00.",
        ),
    ],
)
def test_english_for_the_owners_eyes(due: str, delay: Delay, text: str) -> None:
    assert promised(EN, due, delay, voice=Voice.GATE) == text


# When something begins, and what is read later


@pytest.mark.parametrize(
    ("moment", "ru", "bg", "en"),
    [
        ("2026-11-24 14:00", "сегодня в 14:00", "днес в 14:00 ч.", "today at 14:00"),
        ("2026-11-25 10:00", "завтра, в среду, в 10:00", "утре, сряда, в 10:00 ч.", "tomorrow, Wednesday, at 10:00"),
        (
            "2026-12-01 10:00",
            "во вторник, 1 декабря, в 10:00",
            "във вторник, 1 декември, в 10:00 ч.",
            "on Tuesday, 1 December, at 10:00",
        ),
    ],
)
def test_when_something_begins(moment: str, ru: str, bg: str, en: str) -> None:
    now = at("2026-11-24 11:20", MOSCOW)
    told = [start(at(moment, MOSCOW), now, MOSCOW, language) for language in (RU, BG, EN)]
    assert told == [ru, bg, en]


@pytest.mark.parametrize("now", ["2026-11-24 11:20", "2026-11-25 13:00", "2026-12-08 09:00"])
def test_a_fixed_moment_is_told_alike_on_every_day(now: str) -> None:
    told = [
        fixed(at("2026-11-24 14:30", MOSCOW), at(now, MOSCOW), MOSCOW, language).replace("\u00a0", " ")
        for language in (RU, BG, EN)
    ]
    assert told == ["вторник, 24 ноября, 14:30", "вторник, 24 ноември, 14:30 ч.", "Tuesday, 24 November, 14:30"]


# From desk to sentence

DESK = """
[owner]
name = "Анна Петрова"
[windows]
mon = ["10:00-11:00", "14:00-14:30", "17:30-18:00"]
tue = ["10:00-11:00", "14:00-14:30", "17:30-18:00"]
wed = ["10:00-11:00", "14:00-14:30", "17:30-18:00"]
thu = ["10:00-11:00", "14:00-14:30", "17:30-18:00"]
fri = ["10:00-11:00", "14:00-14:30", "17:30-18:00"]
[[away]]
from = 2026-12-14
to = 2026-12-18
reason = "отпуск"
"""


@pytest.mark.parametrize(
    ("arrived", "text"),
    [
        ("2026-11-24 11:20", "Отвечу сегодня до 14:30."),
        ("2026-11-24 19:00", "Сейчас нерабочее время. Отвечу завтра, в среду, до 11:00."),
        ("2026-11-27 19:00", "Отвечу после выходных: в понедельник, 30 ноября, до 11:00."),
        ("2026-11-03 18:10", "Завтра праздник — День народного единства. Отвечу в четверг, 5 ноября, до 11:00."),
        ("2027-01-06 12:00", "До 10 января праздники. Отвечу в понедельник, 11 января, до 11:00."),
        ("2026-12-11 19:00", "С 14 по 18 декабря я в отпуске. Отвечу в понедельник, 21 декабря, до 11:00."),
        ("2026-12-16 12:00", "Я в отпуске до 18 декабря включительно. Отвечу в понедельник, 21 декабря, до 11:00."),
    ],
)
def test_from_the_desk_to_the_sentence(arrived: str, text: str) -> None:
    desk = read_desk(DESK, desk_id="anna", first_year=2026, last_year=2027)
    now = at(arrived, MOSCOW)
    told = by_when(
        promise_due(desk, now), now, zone=None, owner_zone=MOSCOW, lang=RU, voice=Voice.OWNER, owner=desk.owner
    )
    assert told == text


@pytest.mark.parametrize("lang", [RU, BG])
@pytest.mark.parametrize("voice", list(Voice))
@pytest.mark.parametrize("country", ["RU", "BG"])
def test_no_sentence_of_two_years_is_malformed(lang: Language, voice: Voice, country: str) -> None:
    """No placeholder left, no double stop or space, one capital letter at the start of each sentence."""
    zone = MOSCOW if country == "RU" else SOFIA
    owner = Owner("Анна Петрова", zone=zone.key, country=country)
    example = read_desk(DESK, desk_id="anna", first_year=2026, last_year=2027)
    away = (Away(date(2026, 7, 6), date(2026, 7, 19)), Away(date(2027, 8, 2), date(2027, 8, 15), "…"))
    desk = Desk("d", owner, example.windows, load_almanac(country, 2026, 2027), away=away, rules=Rules())
    now = at("2026-01-01 00:00", zone)
    while now < at("2027-12-15 00:00", zone):
        told = by_when(promise_due(desk, now), now, zone=None, owner_zone=zone, lang=lang, voice=voice, owner=owner)
        assert re.fullmatch(r"[А-Я][^{}.]*(\. [А-Я][^{}.]*)*\.", told.replace(" ч.", " ч", told.count(" ч.") - 1)), told
        assert "  " not in told
        now += timedelta(hours=7)
