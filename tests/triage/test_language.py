"""Russian or Bulgarian: sure where the text tells, unsure where it does not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.verdict import Language
from bot.triage.language import hear
from bot.triage.training.corpus import held_out, read_corpus


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Добрый день! Пришлите, пожалуйста, счёт", Language.RU),
        ("Здравейте, изпратете ми фактурата, моля", Language.BG),
        ("когда будет готово", Language.RU),
        ("кога ще е готово", Language.BG),
        ("сайт не открывается", Language.RU),
        ("сайтът не се отваря", Language.BG),
        ("в пятницу", Language.RU),
        ("в петък", Language.BG),
        ("ne rabotaet sajt, pomogite", Language.RU),
        ("sajtat ne raboti, pomagaite", Language.BG),
        ("moje li da se chuem utre", Language.BG),
        ("mozhno sozvonitsya zavtra", Language.RU),
        ("6te mi pratite li fakturata", Language.BG),
    ],
)
def test_a_text_of_a_few_words_is_heard_rightly(text: str, language: Language) -> None:
    heard = hear(text)
    assert heard.language is language
    assert heard.fluency > 0.5


@pytest.mark.parametrize("text", ["", "123", "👍", "https://example.com/ru/page", "hello, the site is down again"])
def test_a_text_in_neither_language_says_so(text: str) -> None:
    assert hear(text).language is None
    assert hear(text).fluency == 0


def test_a_whole_sentence_leaves_less_doubt_than_a_word_both_languages_have() -> None:
    assert hear("ok").fluency < hear("Сайтът не се отваря от сутринта").fluency


def test_messages_of_unseen_authors_are_heard_rightly() -> None:
    samples = [sample for sample in held_out(read_corpus()) if len(sample.text.split()) >= 3]
    right = sum(hear(sample.text).language is sample.language for sample in samples)
    assert right / len(samples) >= 0.99


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_can_be_heard(text: str) -> None:
    heard = hear(text)
    assert 0 <= heard.fluency <= 1
    assert heard.language in (None, Language.RU, Language.BG)
