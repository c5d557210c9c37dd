"""What the catalogues lack: every message of the source against every language, and the other way round."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import IO, Any, NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po

from bot.core.verdict import Language
from bot.wording.catalogue import catalogue_path

SOURCE = Path(__file__).parent.parent
# Where context, message and plural stand among the arguments of what takes messages.
ARGUMENTS: Mapping[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "marked": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "Phrase": (1, 0, None),
}
# A context that is worked out at run time is the gender of a person: both forms are needed.
GENDERS = ("f", "m")
# English is the language of the source: what its catalogue lacks is said as it stands there.
TRANSLATED = (Language.RU, Language.BG)
# A day may be told by any of its names, as the language likes.
DAY_NAMES = frozenset({"weekday", "on_weekday", "date"})


class Asked(NamedTuple):
    """A message that the source asks of the catalogues, and the place where it does."""

    message: str
    context: str | None
    plural: str | None
    place: str


def missing() -> tuple[str, ...]:
    """One line for everything that is wrong with a translation; empty when the catalogues are complete."""
    asked = tuple(_asked(SOURCE))
    return tuple(complaint for language in Language for complaint in _complaints(language, asked))


def _asked(source: Path) -> Iterator[Asked]:
    for path in sorted(source.rglob("*.py")):
        with path.open("rb") as file:
            for line, function, arguments, _ in _extracted(file):
                place = f"{path.relative_to(source.parent)}:{line}"
                yield from _messages(function, (arguments,) if isinstance(arguments, str) else arguments or (), place)


def _extracted(file: IO[bytes]) -> Iterator[tuple[int, str, str | tuple[str | None, ...] | None, list[str]]]:
    """What Babel finds, as it really is: one argument bare, several in a tuple, None for what is not a literal."""
    found: Any = extract_python(file, dict.fromkeys(ARGUMENTS), (), {})
    return iter(found)


def _messages(function: str, arguments: tuple[str | None, ...], place: str) -> Iterator[Asked]:
    context_at, message_at, plural_at = ARGUMENTS[function]
    message = _argument(arguments, message_at)
    # What passes a message on from a variable has it `marked` elsewhere.
    if not message:
        return
    plural, context = _argument(arguments, plural_at), _argument(arguments, context_at)
    by_gender = context is None and context_at == 0
    for each in GENDERS if by_gender else (context,):
        yield Asked(message, each, plural, place)


def _argument(arguments: tuple[str | None, ...], place: int | None) -> str | None:
    return arguments[place] if place is not None and place < len(arguments) else None


def _complaints(language: Language, asked: tuple[Asked, ...]) -> Iterator[str]:
    with catalogue_path(language).open("rb") as po:
        catalog: Catalog = read_po(po, locale=language.value)
    wanted = {(each.context, each.message) for each in asked}
    for each in asked:
        found = catalog.get(each.message, each.context)
        where = f"{language}: {each.place}: {each.message!r}"
        if found is None:
            if language in TRANSLATED:
                yield f"{where} is not translated"
        elif found.fuzzy:
            yield f"{where} is marked as fuzzy"
        else:
            yield from (f"{where} {wrong}" for wrong in _faults(each, found, catalog.num_plurals))
    for entry in catalog:
        message = entry.id[0] if isinstance(entry.id, tuple) else entry.id
        if message and (entry.context, message) not in wanted:
            yield f"{language}: bot.po:{entry.lineno}: {message!r} is said nowhere"


def _faults(asked: Asked, found: Message, plurals: int) -> Iterator[str]:
    forms = (found.string,) if isinstance(found.string, str) else tuple(found.string or ())
    if (asked.plural is not None) != isinstance(found.id, tuple) or len(forms) != (plurals if asked.plural else 1):
        yield "has the wrong number of plural forms"
    if not all(forms):
        yield "is not translated in every form"
        return
    names = _placeholders(asked.message) | _placeholders(asked.plural or "")
    for form in forms:
        # A language may say one without a figure («одно обращение»).
        if not _agree(names, _placeholders(form), may_drop=asked.plural is not None and form is not forms[-1]):
            yield f"has other placeholders in {form!r}"


def _agree(asked: frozenset[str], given: frozenset[str], *, may_drop: bool) -> bool:
    allowed = asked | DAY_NAMES if asked & DAY_NAMES else asked
    return given <= allowed and (may_drop or asked - DAY_NAMES <= given)


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
