"""The page speaks three languages, each of them whole."""

import re

import bot.web.playground.app as playground

TEXTS = (playground.PAGE / "texts.js").read_text("utf-8")
SCRIPTS = "".join(path.read_text("utf-8") for path in sorted(playground.PAGE.glob("*.[jh]*")))
LANGUAGES = {
    code: dict(re.findall(r'(\w+): "([^"]+)"', block))
    for code, block in re.findall(r"^  (ru|bg|en): \{\n(.*?)^  \},", TEXTS, re.DOTALL | re.MULTILINE)
}


def test_every_language_has_every_word() -> None:
    assert set(LANGUAGES) == {"ru", "bg", "en"}
    assert LANGUAGES["ru"].keys() == LANGUAGES["bg"].keys() == LANGUAGES["en"].keys()


def test_every_word_that_is_asked_for_exists() -> None:
    asked = set(re.findall(r'\bt\("(\w+)"\)|data-(?:text|label)="(\w+)"', SCRIPTS))
    assert {word for pair in asked for word in pair if word} <= LANGUAGES["ru"].keys()


def test_no_letter_of_another_alphabet_or_language_slipped_in() -> None:
    assert not re.search("[ыэё]", "".join(LANGUAGES["bg"].values()))
    assert not re.search("[а-я]", "".join(LANGUAGES["en"].values()))
