"""All texts of the gate on one page for each language, to be read aloud by a native.

`python -m tests.wording.texts` writes the pages anew after a text was mended; what changed is read in the diff.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from bot.core.client_notices import ClientNotice
from bot.core.notices import Notice
from bot.core.verdict import Language
from bot.ports import Copy, Delivery, Edit, Pin, React, Say, Show, Toast
from bot.wording import word
from tests.wording.samples import ANNA, IVAN, NOW, SAMPLES


def page_path(language: Language) -> Path:
    return Path(__file__).parent / f"texts.{language}.txt"


def page(language: Language) -> str:
    """Every sample in words; at the end what sounds different in the owner's own mouth."""
    return "\n".join(_paragraphs(language)) + "\n"


def _paragraphs(language: Language) -> Iterator[str]:
    for notice in (notice for samples in SAMPLES.values() for notice in samples):
        yield _paragraph(notice, word(notice, desk=ANNA, language=language, now=NOW))
    yield "######## In the owner's name\n"
    for notice in (notice for kind in get_args(ClientNotice) for notice in SAMPLES[kind]):
        said = word(notice, desk=IVAN, language=language, now=NOW)
        if isinstance(said, Say):
            yield _paragraph(notice, said)


def _paragraph(notice: Notice, delivery: Delivery) -> str:
    return f"== {type(notice).__name__}\n{_shown(delivery)}\n"


def _shown(delivery: Delivery) -> str:
    match delivery:
        case Say(text=text, rows=rows) | Show(text=text, rows=rows) | Edit(text=text, rows=rows):
            labels = ("   ".join(f"[{button.label}]" for button in row) for row in rows)
            return "\n".join((text, *labels))
        case Pin():
            return "pinned"
        case Toast(text=text):
            return f"({text})"
        case React(emoji=emoji):
            return emoji
        case Copy(messages=messages, silent=silent):
            return f"{len(messages)} copied{', silently' if silent else ''}"


if __name__ == "__main__":
    for each in Language:
        page_path(each).write_text(page(each))
