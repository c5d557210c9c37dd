"""A small desk, and one or more samples of every notice that the gate can send."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.core.calendar import Cause, Delay, Due
from bot.core.client_notices import (
    Acknowledged,
    AnswerRelayed,
    BeingHandled,
    BudgetSpent,
    LanguageAsked,
    LanguageChosen,
    OwnerOnly,
    PassedOn,
    PrivacyTold,
    PromiseMoved,
    Reacted,
    RulesAgreed,
    SentenceAsked,
    Sign,
    StatusTold,
    TapHeard,
    Welcomed,
    WhatAsked,
    WordsAsked,
    ZoneAsked,
    ZoneChosen,
)
from bot.core.desk import Almanac, Desk, Gender, Owner, Preference, Rules, Span, Voice
from bot.core.events import Kind
from bot.core.lessons import Learned
from bot.core.notices import Notice
from bot.core.opinion import Outside
from bot.core.owner_notices import (
    AlarmEscalated,
    AlarmHandedOver,
    AlarmRaised,
    AlarmsShown,
    AnswerHeld,
    AnswerPrompted,
    AnswerTaken,
    AsideShown,
    AwayEnded,
    AwaySet,
    BoardPinned,
    BoardShown,
    CommandMisread,
    DigestShown,
    FolderOpened,
    Helped,
    LetterBuried,
    MessagesShown,
    PromiseLapsed,
    PromisesEnding,
    SetAside,
    StatisticsShown,
    TapDone,
    Undelivered,
    Waiting,
    WhomAsked,
)
from bot.core.statistics import Period, Statistics
from bot.core.stretches import Window
from bot.core.thread import Line
from bot.core.verdict import Because, Label, Language
from bot.core.wordless import Wordless
from bot.wording.wordless import THINGS

MOSCOW, SOFIA = ZoneInfo("Europe/Moscow"), ZoneInfo("Europe/Sofia")
SPANS = tuple(
    Span(time(*start), time(*end)) for start, end in (((10, 0), (11, 0)), ((14, 0), (14, 30)), ((17, 30), (18, 0)))
)
WEEK = (*((SPANS,) * 5), (), ())
ALMANAC = Almanac("RU", date(2026, 1, 1), date(2027, 12, 31))

ANNA = Desk(
    id="anna",
    owner=Owner("Анна Петрова", Gender.FEMALE, Language.RU, "Europe/Moscow", "RU", "tg:1"),
    windows=WEEK,
    almanac=ALMANAC,
    preferences=(
        Preference(
            "email",
            "anna@example.com",
            ("file", "brief", "invoice"),
            MappingProxyType(
                {
                    Language.RU: "Так файлы не теряются в переписке.",
                    Language.BG: "Така файловете не се губят в чата.",
                }
            ),
        ),
        Preference("Tracker", "https://example.com/bugs", ("bug",)),
    ),
)
IVAN = replace(
    ANNA,
    id="ivan",
    owner=Owner("Иван Георгиев", Gender.MALE, Language.BG, "Europe/Sofia", "BG", "tg:2"),
    rules=Rules(voice=Voice.OWNER),
)


def moscow(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 by the clock of Moscow, as aware UTC."""
    return datetime(2026, 11, day, hour, minute, tzinfo=MOSCOW).astimezone(UTC)


NOW = moscow(24, 11, 20)  # a Tuesday


def due(moment: datetime, cause: Cause = Cause.NONE) -> Due:
    """A promise that ends a window of half an hour."""
    return Due(moment, Window(moment - timedelta(minutes=30), moment), Delay(cause))


TODAY, TOMORROW = due(moscow(24, 14, 30)), due(moscow(25, 11), Cause.OFF_HOURS)


def line(text: str, kind: Kind = Kind.TEXT, at: datetime = NOW - timedelta(minutes=56), item: int = 1) -> Line:
    return Line(item, f"m{item}", at, kind, text)


LINES = (
    line("Добрый день! Посмотрите, пожалуйста, новый макет главной."),
    line("макет-3", Kind.DOCUMENT, item=2),
    line("", Kind.VOICE, item=3),
)
HEARD = replace(line("плащането не минава от сутринта, клиентите се обаждат", Kind.VOICE, item=4), heard=True)
MARIA = Waiting(
    "tg:101", "Мария Иванова", 3, NOW - timedelta(minutes=56), LINES, TODAY.moment, topics=("brief", "call", "invoice")
)
GEORGI = Waiting(
    "tg:102",
    "Георги",
    1,
    NOW - timedelta(days=1),
    (line("Не минава плащането на сайта.", at=NOW - timedelta(days=1)),),
    NOW - timedelta(minutes=20),
    alarm_at=NOW - timedelta(minutes=25),
    deadline=moscow(24, 18),
)
PROMOTER = SetAside(
    "tg:201",
    "Мега Промо",
    1,
    NOW - timedelta(days=2),
    (line("Предлагаме реклама с гаранция, безплатна консултация!"),),
    Because("mass_offer", "Предлагаме"),
)
GAMBLER = SetAside(
    "tg:202",
    "",
    4,
    NOW - timedelta(minutes=12),
    (line("", Kind.PHOTO), line("казино, бонус 500%")),
    Because("easy_money", "казино, бонус"),
)
ALARM = AlarmRaised(
    client="tg:102",
    name="Георги",
    item=4,
    at=NOW,
    text="Не минава плащането на сайта, клиентите се обаждат.",
    because=(
        Because("payment", "Не минава плащането"),
        Because("deadline", moscow(24, 18).astimezone(MOSCOW).isoformat()),
    ),
    deadline=moscow(24, 18),
    due=TODAY.moment,
    earlier=(line("Здравейте, пращам фактурата.", at=NOW - timedelta(days=1)), line("фактура", Kind.DOCUMENT)),
)

LEARNED = (
    Learned("0a1b2c3d", urgent=False, count=3, words=("встреча", "переносится")),
    Learned("1a1b2c3d", urgent=True, count=2, name="Иван Кузнецов"),
    Learned("2a1b2c3d", urgent=False, count=1, harm="published"),
)

WEEK_TOLD = Statistics(
    start=NOW - timedelta(days=7),
    end=NOW,
    made=33,
    kept=30,
    kept_moved=3,
    moved=4,
    missed=2,
    withdrawn=1,
    items=86,
    passed=5,
    spared=81,
    verdicts={Label.URGENT: 4, Label.CLAIMED: 2, Label.ROUTINE: 69, Label.SOCIAL: 11},
    median=timedelta(hours=2, minutes=10),
    ninetieth=timedelta(hours=5, minutes=40),
    hours=(0, 0, 0, 0, 0, 0, 0, 1, 3, 9, 14, 8, 5, 4, 7, 6, 11, 8, 4, 3, 2, 0, 1, 0),
    busiest=(("Иван Кузнецов", 21), ("Калина", 17), ("Мария Иванова", 9)),
)
WEEK_BEFORE = replace(
    WEEK_TOLD,
    start=NOW - timedelta(days=14),
    end=NOW - timedelta(days=7),
    items=74,
    kept=22,
    missed=3,
    median=timedelta(hours=3),
    ninetieth=timedelta(days=2, hours=5),
    busiest=(),
)

SAMPLES: Mapping[type, tuple[Notice, ...]] = MappingProxyType(
    {
        Acknowledged: (
            Acknowledged(TODAY, switch_to=Language.BG),
            Acknowledged(TOMORROW),
            Acknowledged(TODAY, passed_on=True, may_insist=False),
            Acknowledged(None),
            Acknowledged(None, passed_on=True, may_insist=False),
            Acknowledged(TODAY, wordless=Wordless(Kind.VOICE)),
            Acknowledged(TOMORROW, wordless=Wordless(Kind.PHOTO, several=True)),
            Acknowledged(TODAY, may_insist=False, wordless=Wordless(Kind.DOCUMENT)),
            Acknowledged(None, wordless=Wordless(Kind.VIDEO)),
        ),
        WordsAsked: (
            *(WordsAsked(Wordless(kind, several)) for kind in (*THINGS, Kind.OTHER) for several in (False, True)),
            WordsAsked(Wordless(Kind.VOICE), may_insist=False),
        ),
        Reacted: (Reacted("5", Sign.SEEN), Reacted("5", Sign.HEARD)),
        WhatAsked: (WhatAsked(insisted=False), WhatAsked(insisted=True)),
        SentenceAsked: (SentenceAsked(),),
        PassedOn: (PassedOn(),),
        BudgetSpent: (BudgetSpent(3, TODAY.moment), BudgetSpent(1, None), BudgetSpent(0, TODAY.moment)),
        PromiseMoved: (
            PromiseMoved(TODAY, late=True),
            PromiseMoved(TODAY, late=True, moves=1),
            PromiseMoved(TOMORROW, late=False),
        ),
        BeingHandled: (BeingHandled(NOW + timedelta(minutes=30)), BeingHandled(NOW + timedelta(hours=2))),
        AnswerRelayed: (AnswerRelayed("tg:1", ("7", "8")),),
        Welcomed: (Welcomed(agreed=False, switch_to=Language.BG), Welcomed(agreed=True)),
        RulesAgreed: (RulesAgreed("9"),),
        LanguageAsked: (LanguageAsked(),),
        LanguageChosen: (LanguageChosen(),),
        ZoneAsked: (ZoneAsked(), ZoneAsked("Europe/Berlin"), ZoneAsked("Europe/Berlin", misread="Хогвартс")),
        ZoneChosen: (ZoneChosen("Asia/Yekaterinburg"), ZoneChosen("Etc/GMT-3")),
        StatusTold: (
            StatusTold(0, (), None),
            StatusTold(5, LINES, TODAY.moment),
            StatusTold(1, LINES[:1], None),
        ),
        PrivacyTold: (PrivacyTold(), PrivacyTold(tuple(Outside))),
        OwnerOnly: (OwnerOnly(),),
        TapHeard: tuple(
            TapHeard("t", code)
            for code in ("", "unknown", "agreed", "nothing_open", "passed_on", "can_wait", "sentence_asked")
        ),
        AlarmRaised: (
            ALARM,
            replace(ALARM, repeat=1, at=NOW - timedelta(minutes=5), topics=("bug", "call")),
            replace(ALARM, because=(Because("heard"), *ALARM.because), earlier=()),
            replace(ALARM, text="", because=(), earlier=(), due=None, deadline=moscow(25, 12), repeat=7),
        ),
        AlarmEscalated: (
            AlarmEscalated("Георги", NOW - timedelta(minutes=40), ALARM.text, ALARM.because, ALARM.deadline),
            AlarmEscalated("Георги", moscow(23, 22, 10), "", (), moscow(25, 12)),
        ),
        AlarmHandedOver: (
            AlarmHandedOver("tg:102", "Георги", "Олег Смирнов"),
            AlarmHandedOver("tg:102", "Георги", ""),
        ),
        MessagesShown: (MessagesShown("tg:101", ("3", "4")), MessagesShown("tg:101", ("5",), rings=True)),
        DigestShown: (
            DigestShown(NOW, (GEORGI, MARIA), 1, 1, 2, 4),
            DigestShown(NOW, (GEORGI, MARIA), 2, 3, 13, 21, by_itself=True),
            DigestShown(NOW, (MARIA,), 1, 1, 1, 3, edits="77"),
            DigestShown(NOW, (), 1, 1, 0, 0),
        ),
        PromisesEnding: (
            PromisesEnding(NOW, (MARIA,)),
            PromisesEnding(NOW, (replace(GEORGI, due=TODAY.moment), MARIA)),
        ),
        BoardShown: (
            BoardShown(1, 3, 0, TODAY.moment, moscow(24, 14), None),
            BoardShown(5, 11, 2, TOMORROW.moment, moscow(24, 10), moscow(24, 11), edits="70"),
            BoardShown(0, 0, 0, None, moscow(25, 10), None, edits="70"),
            BoardShown(0, 0, 0, None, None, None, edits="70"),
        ),
        BoardPinned: (BoardPinned("70"),),
        AlarmsShown: (
            AlarmsShown(NOW, ()),
            AlarmsShown(NOW, (GEORGI, MARIA)),
            AlarmsShown(NOW, (), LEARNED),
            AlarmsShown(NOW, (GEORGI,), LEARNED[:1], edits="77"),
        ),
        AsideShown: (
            AsideShown(NOW, (PROMOTER, GAMBLER), 1, 1, 2, by_itself=True),
            AsideShown(NOW, (GAMBLER,), 2, 3, 21, edits="77"),
            AsideShown(NOW, (), 1, 1, 0),
        ),
        FolderOpened: (
            FolderOpened("tg:101", "Мария Иванова", LINES, TODAY.moment, Language.RU),
            FolderOpened("tg:102", "", (), None, Language.BG),
            FolderOpened("tg:102", "Георги", (HEARD, replace(HEARD, kind=Kind.VIDEO_NOTE)), None, Language.BG),
        ),
        AnswerPrompted: (AnswerPrompted("tg:101", "Мария Иванова"),),
        AnswerHeld: (
            AnswerHeld("tg:101", "Мария Иванова", "12", moscow(24, 14)),
            AnswerHeld("tg:101", "Мария Иванова", "12", moscow(25, 10)),
            AnswerHeld("tg:101", "Мария Иванова", "12", moscow(30, 10)),
        ),
        WhomAsked: (WhomAsked("12", (GEORGI, MARIA)), WhomAsked("12", ())),
        AnswerTaken: (AnswerTaken("12"),),
        Undelivered: (Undelivered("tg:101", "Мария", blocked=True), Undelivered("tg:101", "Мария", blocked=False)),
        PromiseLapsed: (
            PromiseLapsed("tg:101", "Мария", TODAY.moment, 3),
            PromiseLapsed("tg:101", "Мария", TODAY.moment, 0),
        ),
        AwaySet: (
            AwaySet(date(2026, 12, 24), date(2027, 1, 8), "vacation", 3),
            AwaySet(date(2026, 12, 5), date(2026, 12, 5), "vacation", 0),
        ),
        AwayEnded: (AwayEnded(was_away=True), AwayEnded(was_away=False)),
        CommandMisread: (
            CommandMisread("away", "no_date", "когда-нибудь"),
            CommandMisread("away", "no_such_day", "31.11"),
            CommandMisread("away", "ends_before_it_starts", "2026-12-24 – 2026-12-08"),
            CommandMisread("away", "in_the_past", "2026-11-08"),
            CommandMisread("away", "too_long", "2026-12-24 – 2028-12-08"),
            CommandMisread("foo", "unknown_command", "foo"),
            CommandMisread("away", "something_new", "?"),
            CommandMisread("stats", "no_period", "год"),
            CommandMisread("stats", "no_name"),
            CommandMisread("stats", "no_client", "Олег"),
            CommandMisread("stats", "several_clients", "Иван Кузнецов, Иван Петров"),
        ),
        StatisticsShown: (
            StatisticsShown(Period.WEEK, WEEK_TOLD, WEEK_BEFORE),
            StatisticsShown(Period.WEEK, WEEK_BEFORE, replace(WEEK_TOLD, end=WEEK_BEFORE.start)),
            StatisticsShown(
                Period.MONTH,
                replace(
                    WEEK_TOLD,
                    start=NOW - timedelta(days=30),
                    busiest=(("Иван Кузнецов", 5),),
                    items=5,
                    passed=0,
                    spared=5,
                    verdicts={Label.ROUTINE: 5},
                    made=2,
                    kept=2,
                    kept_moved=0,
                    missed=0,
                    moved=0,
                    withdrawn=0,
                ),
                replace(WEEK_BEFORE, items=9),
                client="tg:101",
                name="Иван Кузнецов",
            ),
            StatisticsShown(Period.MONTH, Statistics(NOW - timedelta(days=30), NOW), WEEK_BEFORE),
        ),
        Helped: (Helped(),),
        LetterBuried: (LetterBuried("tg:1:55"),),
        TapDone: tuple(
            TapDone("t", code, until=NOW + timedelta(minutes=30))
            for code in (
                *("", "unknown", "nothing_open", "done", "snoozed", "on_it", "not_urgent", "urgent", "sent_now"),
                *("learned_calm", "learned_urgent", "forgotten", "lessons_changed"),
                *("brought_back", "back_before"),
            )
        ),
    }
)
