"""The catalogues are complete, and would not be silently incomplete."""

import shutil
from pathlib import Path

import pytest

from bot.wording import catalogue, missing

LOCALES = Path(__file__).parents[2] / "locales"


def test_the_catalogues_are_complete() -> None:
    assert missing() == ()


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        (
            'msgid "Nothing urgent is open."',
            'msgid "Nothing is urgent."',
            "'Nothing urgent is open.' is not translated",
        ),
        ('msgid "Nothing urgent is open."', 'msgid "Nothing is urgent."', "'Nothing is urgent.' is said nowhere"),
        ('msgstr "Срочного ничего нет."', 'msgstr ""', "'Nothing urgent is open.' is not translated in every form"),
        ('msgstr "Срок: {time}"', 'msgstr "Срок: {tiem}"', "has other placeholders in 'Срок: {tiem}'"),
        ('msgstr "Срок: {time}"', 'msgstr "Срок"', "has other placeholders in 'Срок'"),
        ('msgstr[2] "{count} клиентов"\n', "", "'{count} client'"),
        ('msgid "Digest"', '#, fuzzy\nmsgid "Digest"', "'Digest' is marked as fuzzy"),
        ('msgctxt "m"\nmsgid "Your message is saved', 'msgctxt "n"\nmsgid "Your message is saved', "is not translated"),
    ],
)
def test_what_a_catalogue_lacks_is_named(
    before: str, after: str, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = shutil.copytree(LOCALES, tmp_path / "locales")
    page = home / "ru" / "LC_MESSAGES" / "bot.po"
    text = page.read_text()
    assert before in text
    page.write_text(text.replace(before, after))
    monkeypatch.setattr(catalogue, "_HOMES", (home,))
    assert any(line.startswith("ru: ") and complaint in line for line in missing())
