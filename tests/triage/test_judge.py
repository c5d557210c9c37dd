"""The door of triage: verdicts that a freelancer would give, and that nothing breaks it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.verdict import Label, Language
from bot.triage import REASONS
from bot.triage.judge import Judge

MOSCOW = ZoneInfo("Europe/Moscow")
AFTERNOON = datetime(2026, 11, 24, 16, 30, tzinfo=MOSCOW)
MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=MOSCOW)
JUDGE = Judge.load()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("форма с 16:00 не отправляется", Label.URGENT),
        ("оплата не проходит, клиенты жалуются", Label.URGENT),
        ("сайт лежит, срочно почините", Label.URGENT),
        ("сайтът падна, оправи го веднага", Label.URGENT),
        ("плащането с карта не минава от сутринта", Label.URGENT),
        ("saitut padna, klientite zvunqt", Label.URGENT),
        ("Привет!\nсайт не открывается\nклиенты звонят", Label.URGENT),
        ("баннер «Срочная распродажа» нужен к пятнице", Label.ROUTINE),
        ("вчера сайт падал, уже всё починили", Label.ROUTINE),
        ("Если сайт упадёт, что делать?", Label.ROUTINE),
        ("не срочно, но посмотрите баннер", Label.ROUTINE),
        ("изпратете ми фактурата, когато можете", Label.ROUTINE),
        ("ne srochno, posmotri kogda budet vremya", Label.ROUTINE),
        ("https://example.com/brief", Label.ROUTINE),
        ("12345", Label.ROUTINE),
        ("спасибо!", Label.SOCIAL),
        ("благодаря, приятен ден", Label.SOCIAL),
        ("👍", Label.SOCIAL),
        ("СРОЧНО!!!", Label.CLAIMED),
        ("помогите", Label.CLAIMED),
        ("спасибо за помощь!", Label.SOCIAL),
        ("спешно ми трябва помощ!", Label.CLAIMED),
    ],
)
def test_a_verdict(text: str, label: Label) -> None:
    assert JUDGE.judge(text, sent_at=AFTERNOON).label is label


def test_the_same_deadline_is_urgent_only_when_it_is_near() -> None:
    text = "Пришлите, пожалуйста, договор до 18:00"
    assert JUDGE.judge(text, sent_at=AFTERNOON).label is Label.URGENT
    assert JUDGE.judge(text, sent_at=MORNING).label is Label.ROUTINE


def test_the_desks_own_window_counts() -> None:
    text = "Пришлите, пожалуйста, договор до 18:00"
    evening = datetime(2026, 11, 24, 17, 0, tzinfo=MOSCOW)
    assert JUDGE.judge(text, sent_at=MORNING, next_window_end=evening).label is Label.URGENT


def test_a_verdict_says_what_it_read() -> None:
    verdict = JUDGE.judge("Спешно! До 17:00 трябва да подам офертата, а файлът ти не се отваря", sent_at=AFTERNOON)
    assert verdict.label is Label.URGENT
    assert verdict.language is Language.BG
    assert verdict.fluency > 0.9
    assert verdict.deadline == datetime(2026, 11, 24, 17, 0, tzinfo=MOSCOW)
    assert verdict.because[0].code == "deadline"


def test_nothing_to_read_is_routine_and_says_so() -> None:
    verdict = JUDGE.judge("  \n ", sent_at=AFTERNOON)
    assert verdict.label is Label.ROUTINE
    assert [reason.code for reason in verdict.because] == ["no_words"]


def test_the_same_text_gives_the_same_verdict() -> None:
    text = "Касата не работи, чакат десет човека"
    assert JUDGE.judge(text, sent_at=AFTERNOON) == JUDGE.judge(text, sent_at=AFTERNOON)


ODD = st.text(st.characters(codec=None), max_size=200) | st.text(
    "до в 18:00 сайт упал срочно 🔥\n\x00\ud800", max_size=400
)


@settings(max_examples=60, deadline=None)
@given(ODD, st.integers(1, 20))
def test_no_text_breaks_it(text: str, times: int) -> None:
    verdict = JUDGE.judge((text * times)[:4000], sent_at=AFTERNOON)
    assert 0 <= verdict.score <= 1
    assert 0 <= verdict.fluency <= 1
    assert verdict.because
    assert {reason.code for reason in verdict.because} <= set(REASONS)
    assert verdict.deadline is None or verdict.deadline >= AFTERNOON


@given(st.text("до в 18:00 сайт упал срочно 🔥\n", min_size=3900, max_size=4000))
@settings(max_examples=5, deadline=None)
def test_a_text_of_four_thousand_letters_is_judged(text: str) -> None:
    assert JUDGE.judge(text, sent_at=AFTERNOON).because


def test_harm_at_the_end_of_a_very_long_text_is_seen() -> None:
    talk = "Обсуждали цвета и шрифты. " * 400
    harm = JUDGE.judge(talk + "Сайт упал, заказы не идут, покупатели звонят!", sent_at=AFTERNOON)
    assert harm.score > JUDGE.judge(talk, sent_at=AFTERNOON).score


@pytest.mark.parametrize(
    "text",
    [
        "спасибо, буду в 19",
        "вчера сайт падал, уже всё починили. разбор в 19:00",
    ],
)
def test_small_talk_and_tales_are_never_due(text: str) -> None:
    verdict = JUDGE.judge(text, sent_at=MORNING)
    assert verdict.deadline is None
    assert not {"deadline", "far_deadline"} & {because.code for because in verdict.because}
