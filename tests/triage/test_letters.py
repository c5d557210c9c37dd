"""Texts in one spelling: Latin-letter Russian and Bulgarian, links, numbers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.verdict import Language
from bot.triage.letters import fold, has_picture, has_words, is_english, is_latin, plain


@pytest.mark.parametrize(
    ("text", "language", "read"),
    [
        ("segodnya do 5", Language.RU, "сегодня до 5"),
        ("zavtra v pyatnicu", Language.RU, "завтра в пятницу"),
        ("ne rabotaet sajt", Language.RU, "не работает сайт"),
        ("dnes do 6 ve4erta", Language.BG, "днес до 6 вечерта"),
        ("6te stane li", Language.BG, "ще стане ли"),
        ("trqbwa mi wednaga", Language.BG, "трябва ми веднага"),
        ("bqgai prez noshtta", Language.BG, "бягаи през нощта"),
    ],
)
def test_latin_letters_are_read_as_cyrillic(text: str, language: Language, read: str) -> None:
    assert is_latin(text)
    assert plain(text, language).text == read


def test_a_cyrillic_text_keeps_its_latin_words() -> None:
    assert plain("Упал checkout на проде", Language.RU).text == "упал checkout на проде"


def test_a_quote_gives_the_clients_own_spelling() -> None:
    reading = plain("Trqbva mi do 6 Chasa utre", Language.BG)
    start = reading.text.index("до 6")
    assert reading.quote(start, start + len("до 6 часа")) == "do 6 Chasa"


def test_folding_levels_links_numbers_and_shouting() -> None:
    assert fold("СМОТРИ!!!!! https://example.com/a?b=1 в 15:30", Language.RU) == "смотри!! ссылка в 00:00"


def test_a_link_or_a_number_is_no_word_and_a_smile_is_a_picture() -> None:
    assert not has_words("https://example.com/x 123")
    assert has_words("ок")
    assert has_picture("👍")
    assert has_picture(":)")
    assert not has_picture("123")


@settings(deadline=None)
@given(st.text(max_size=300), st.sampled_from([Language.RU, Language.BG]))
def test_every_letter_knows_where_it_stood(text: str, language: Language) -> None:
    reading = plain(text, language)
    assert len(reading.text) == len(reading.origin)
    assert list(reading.origin) == sorted(reading.origin)
    assert all(0 <= place < len(text) for place in reading.origin)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("site down", True),
        ("the shop doesn't load", True),
        ("ConnectionError: timed out", True),
        ("sait ne raboti", False),
        ("server upal", False),
        ("do utre", False),
        ("help", False),
        ("checkout ne raboti", False),
    ],
)
def test_english_is_told_from_latin_spelling(text: str, english: bool) -> None:
    assert is_english(text) is english


def test_english_keeps_its_letters() -> None:
    assert plain("The SITE is down", Language.BG).text == "the site is down"
    assert plain("checkout ne raboti", Language.BG).text == "checkout не работи"
