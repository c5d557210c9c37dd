"""What a text is about: the words by which an owner would know the matter, and the harms it tells of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.triage.matters import WORDS, matter_of


@pytest.mark.parametrize(
    ("text", "words", "harms"),
    [
        ("Анна, здравствуйте! Касса в магазине не работает с утра", "касса магазине", {"outage", "payment"}),
        ("Встреча переносится на завтра, на 12:00", "встреча переносится", {"meeting"}),
        ("Срещата се мести за утре", "срещата мести", {"meeting"}),
        ("Здравейте, Ани! Терминалът в склада пак мига", "терминалът склада мига", {"payment"}),
        ("Kasata pak zabiva, molya", "kasata zabiva", {"outage", "payment"}),
        ("СРОЧНО!!! Помогите, СПЕШНО, asap!", "", set()),
        ("Спасибо большое, хорошего вечера!", "", set()),
        ("https://example.com/makety/otchet 12.12 в 15:00", "", set()),
        ("", "", set()),
    ],
)
def test_telling_words(text: str, words: str, harms: set[str]) -> None:
    matter = matter_of(text, owner="Анна Петрова")
    assert " ".join(word.form for word in matter.words) == words
    assert set(matter.harms) == harms


def test_latin_letters_and_cyrillic_meet() -> None:
    keys = [{word.key for word in matter_of(text).words} for text in ("Terminala v sklada", "Терминала в склада")]
    assert keys[0] == keys[1] == {"терминала", "склада"}


def test_of_many_words_the_longest_are_kept_in_their_order() -> None:
    text = "ванна плитка сантехника электрика штукатурка подоконник радиатор светильник розетка выключатель"
    words = [word.form for word in matter_of(text).words]
    assert len(words) == WORDS
    assert words == [word for word in text.split() if word in words]
    assert "ванна" not in words


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    matter = matter_of(text, owner=text)
    assert len(matter.words) <= WORDS
