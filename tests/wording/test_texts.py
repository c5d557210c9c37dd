"""The pages of texts are what the gate says, word for word, and are written by the rules of their language."""

import re

import pytest

from bot.core.verdict import Language
from tests.wording.texts import page, page_path


@pytest.mark.parametrize("language", list(Language))
def test_the_gate_says_what_the_page_shows(language: Language) -> None:
    # After a text was mended: python -m tests.wording.texts
    assert page(language) == page_path(language).read_text()


@pytest.mark.parametrize(
    ("language", "slip", "wrong"),
    [
        (Language.RU, "е for ё", r"\b(еще|ждет|пришел|счет|ее|все равно|четверт\w+|придет)\b"),
        (Language.RU, "a capital Вы", r"(?<![.!?»\n] )(?<!\n)(?<!^)\b(Вы|Вас|Вам|Ваш\w*)\b"),
        (Language.RU, "Bulgarian quotation marks", "[„“]"),
        (Language.RU, "an en dash between words", r" – (?!\d)"),
        (Language.BG, "a small ви", r"\b(ви|вие|вас|вам|ваш\w*)\b"),
        (Language.BG, "Russian quotation marks", "[«»]"),
        (Language.BG, "an em dash", "—"),
        (Language.BG, "Russian letters", "[ыэё]"),
    ],
)
def test_no_text_makes_a_slip(language: Language, slip: str, wrong: str) -> None:
    text = "\n".join(
        line for line in page(language).splitlines() if "Посмотрите" not in line and "когда-нибудь" not in line
    )
    assert not re.findall(wrong, text.replace("Русский", "").replace("На каком языке вам писать?", "")), slip
