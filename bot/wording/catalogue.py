"""The gettext catalogues: what is said, in every language the gate speaks. Messages are written in English.

The `.po` files are read as they are when a language is first spoken: nothing is compiled, so nothing can be stale.
Forms that agree with a person carry the context "f" or "m" (`pgettext`).
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.core.verdict import Language

# Inside the installed package, or beside it in a checkout.
_PACKAGE = Path(__file__).parents[1]
_HOMES = (_PACKAGE / "locales", _PACKAGE.parent / "locales")


def catalogue_path(lang: Language) -> Path:
    """The `.po` file of a language. Raises FileNotFoundError."""
    for home in _HOMES:
        path = home / lang / "LC_MESSAGES" / "bot.po"
        if path.is_file():
            return path
    raise FileNotFoundError(f"no catalogue for {lang!r} in {' or '.join(map(str, _HOMES))}")


@cache
def catalogue(lang: Language) -> NullTranslations:
    """The translations of a language; what has none is said in English. Raises FileNotFoundError."""
    compiled = BytesIO()
    with catalogue_path(lang).open("rb") as po:
        write_mo(compiled, read_po(po, locale=str(lang)))
    compiled.seek(0)
    return GNUTranslations(compiled)
