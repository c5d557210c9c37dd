"""Desks and events as the tests of the core need them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from bot.core.desk import Almanac, Desk, Owner, Rules, Span
from bot.core.events import CommandGiven, Kind, Message, MessageReceived, Person
from bot.core.verdict import Because, Label, Language, Verdict

CLIENT = "tg:5"
IVAN = Person(CLIENT, "Иван", Language.RU)
READS = (Span(time(10), time(11)), Span(time(14), time(14, 30)), Span(time(17, 30), time(18)))
DESK = Desk(
    id="1",
    owner=Owner("Анна Петрова", zone="Europe/Moscow", address="tg:1"),
    windows=(READS,) * 5 + ((), ()),
    almanac=Almanac("RU", date(2024, 1, 1), date(2027, 12, 31)),
)
# Tuesday 24 November 2026, 11:20 in Moscow.
NOW = datetime(2026, 11, 24, 8, 20, tzinfo=UTC)
URGENT = Verdict(Label.URGENT, 0.97, Language.RU, 0.9)
ROUTINE = Verdict(Label.ROUTINE, 0.05, Language.RU, 0.9)
SOCIAL = Verdict(Label.SOCIAL, 0.01, Language.RU, 0.9)
CLAIMED = Verdict(Label.CLAIMED, 0.5, Language.RU, 0.9)
SPAM = replace(ROUTINE, spam=Because("mass_offer", "выведем в топ-10"))


def desk(**rules: object) -> Desk:
    return replace(DESK, rules=replace(Rules(), **rules))  # type: ignore[arg-type]


# Came by the owner's link, which carries a project: nobody unknown.
INTRODUCED = CommandGiven("s", IVAN, "start", "shop")


def said(
    number: int, verdict: Verdict = ROUTINE, text: str = "Когда макет?", *, kind: Kind = Kind.TEXT, album: str = ""
) -> MessageReceived:
    return MessageReceived(f"e{number}", IVAN, Message(str(number), kind, text, NOW, album=album), verdict)
