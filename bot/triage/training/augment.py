"""The same message as another client would have typed it: other letters, other case, slips of the finger, a burst.

Chance is drawn from a generator that the caller seeds, so that training gives the same tables every time.
"""

import random
import re

from bot.core.verdict import Language

_BG = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъьюяѝ",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "zh",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "h",
            "ts",
            "ch",
            "sh",
            "sht",
            "a",
            "y",
            "yu",
            "ya",
            "i",
        ],
        strict=True,
    )
)
_RU = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f h ts ch sh sch - y - e yu ya".replace("-", "'").split(),
        strict=True,
    )
) | {"ъ": "", "ь": ""}

# How people of each language spell with Latin letters, the official way first. Repeated ones are the commoner.
SPELLINGS: dict[Language, tuple[dict[str, str], ...]] = {
    Language.BG: (
        _BG,
        _BG | {"ж": "j", "й": "i", "ц": "c", "ъ": "u", "ю": "iu", "я": "ia"},
        _BG | {"ж": "j", "й": "j", "ч": "4", "ш": "6", "щ": "6t", "ъ": "y", "я": "q", "ю": "iu", "ц": "c", "в": "w"},
        _BG | {"ч": "4", "ш": "6", "щ": "6t", "ъ": "u", "я": "q", "ц": "c", "ж": "j"},
        _BG | {"ъ": "u", "я": "q", "ж": "j", "й": "i", "ц": "c"},
    ),
    Language.RU: (
        _RU,
        _RU | {"й": "j", "ц": "c", "х": "h"},
        _RU | {"ё": "yo", "ж": "j", "й": "i", "х": "kh", "ц": "c", "щ": "shch", "ы": "i", "ю": "u", "я": "ja"},
        _RU | {"ё": "jo", "й": "j", "х": "x", "ц": "c", "ч": "4", "щ": "w", "ь": "'", "ю": "ju", "я": "ja"},
    ),
}

_ROWS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {
    letter: tuple(row[at] for at in (place - 1, place + 1) if 0 <= at < len(row))
    for row in _ROWS
    for place, letter in enumerate(row)
}
_PAUSES = re.compile(r"[,;:—–-]+ ?")
_SIGNS = re.compile(r"[^\w\s@/#%+€$₽]")


def spell_latin(text: str, spelling: dict[str, str]) -> str:
    """The text in Latin letters; letters outside the spelling stay."""
    return "".join(
        spelling.get(letter, letter) if letter.islower() else spelling.get(letter.lower(), letter).capitalize()
        for letter in text
    )


def slip(text: str, chance: random.Random, rate: float) -> str:
    """The text with every so-manieth letter left out, doubled, swapped with the next or hit beside."""
    letters = list(text)
    for place, letter in enumerate(text):
        if not letter.isalpha() or chance.random() >= rate:
            continue
        kind = chance.randrange(4)
        if kind == 0:
            letters[place] = ""
        elif kind == 1:
            letters[place] = letter * 2
        elif kind == 2:
            letters[place] = chance.choice(_NEIGHBOURS.get(letter.lower(), (letter,)))
        elif place + 1 < len(text):
            letters[place], letters[place + 1] = letters[place + 1], letter
    return "".join(letters)


def retype(text: str, language: Language, chance: random.Random, *, latin: float = 0.3, slips: float = 0.4) -> str:
    """The message as it might have come from another keyboard; `latin` and `slips` are how often that is tried."""
    if chance.random() < latin:
        text = spell_latin(text, chance.choice(SPELLINGS[language]))
    if chance.random() < slips:
        text = slip(text, chance, chance.choice((0.015, 0.03, 0.05)))
    kind = chance.random()
    if kind < 0.15:
        text = _PAUSES.sub(" ", text)
    elif kind < 0.3:
        text = _SIGNS.sub("", text)
    elif kind < 0.45:
        text = text.rstrip(".!?… ")
    return text.strip() or "."


_BREAK = re.compile(r"(?<=[,.!?;:—])\s+|\s+(?=(?:и|а|но|что|как|че|ама|да|не|где|когда|та|то)\s)")


def break_up(text: str, chance: random.Random) -> str:
    """The text as a burst: cut into lines at pauses, now and then a small letter first and no sign last."""
    lines = [""]
    for piece in _BREAK.split(text):
        if lines[-1] and chance.random() < 0.6:
            lines.append(piece)
        else:
            lines[-1] = f"{lines[-1]} {piece}".strip()
    if chance.random() < 0.6:
        lines = [line.rstrip(".,;:— ") for line in lines]
    if chance.random() < 0.5:
        lines = [line[:1].lower() + line[1:] for line in lines]
    return "\n".join(line for line in lines if line)
