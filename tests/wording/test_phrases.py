"""Every phrase of `bot.wording.phrases` stands in every catalogue, with the facts that are given to it."""

import re

import pytest
from babel.messages.pofile import read_po

from bot.almanac import HOLIDAYS
from bot.core.verdict import Language
from bot.wording import phrases
from bot.wording.catalogue import catalogue, catalogue_path
from bot.wording.phrases import Phrase


def phrases_of(table: object) -> set[Phrase]:
    if isinstance(table, Phrase):
        return {table}
    if isinstance(table, dict):
        return phrases_of(tuple(table.values()))
    if isinstance(table, tuple):
        return set().union(*(phrases_of(part) for part in table))
    return set()


EVERY_PHRASE = sorted(phrases_of({name: value for name, value in vars(phrases).items() if name.isupper()}))


@pytest.mark.parametrize("lang", list(Language))
def test_every_phrase_is_translated_with_facts_that_are_given(lang: Language) -> None:
    with catalogue_path(lang).open("rb") as po:
        entries = {(entry.id, entry.context or ""): entry for entry in read_po(po)}
    given = {"weekday", "on_weekday", "date"}  # all three are given where one of them is
    for phrase in EVERY_PHRASE:
        entry = entries[phrase.message, phrase.context]
        assert entry.string, phrase
        assert not entry.fuzzy
        used, known = (set(re.findall(r"{(\w+)}", text)) for text in (str(entry.string), phrase.message))
        assert used <= known | (given if known & given else set()), phrase
        assert known - given <= used, phrase


def test_every_holiday_has_a_name() -> None:
    assert {key for keys in HOLIDAYS.values() for key in keys} == phrases.HOLIDAY_NAMES.keys()


def test_the_catalogue_of_a_language_is_read_once() -> None:
    assert catalogue(Language.RU) is catalogue(Language.RU)
