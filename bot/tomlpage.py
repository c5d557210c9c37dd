"""A TOML file read with care: every problem is kept with its line, and reading goes on.

`tomllib` tells what is written but not where, so places are looked up in the text.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

T = TypeVar("T")
# Where something stands: table, number in a list of tables, key.
Place = tuple[str | int, ...]


class Wrong(Exception):
    """A value is not what its key accepts: what was expected, with an example. `culprit` is the part to look for."""

    def __init__(self, expected: str, culprit: str = "") -> None:
        self.culprit = culprit
        super().__init__(expected)


class Page:
    """One reading of a text that has the sections of `keys`, each with these keys.

    Raises tomllib.TOMLDecodeError for what is no TOML; all else that is wrong is collected and told by `problems`.
    """

    def __init__(self, text: str, keys: Mapping[str, Iterable[str]]) -> None:
        self._tables = tomllib.loads(text)
        self._keys = {section: tuple(known) for section, known in keys.items()}
        self._lines = _Lines(text)
        self._problems: list[tuple[int, str]] = []
        self._refuse_unknown((), self._tables, tuple(keys))

    def __contains__(self, section: str) -> bool:
        return section in self._tables

    @property
    def problems(self) -> list[str]:
        """What is wrong, in the order of the lines."""
        return [f"line {line}: {problem}" for line, problem in sorted(self._problems)]

    def refuse(self, place: Place, problem: str, culprit: str = "") -> None:
        self._problems.append((self._lines.find(place, culprit), problem))

    def section(self, name: str) -> "Section":
        """The table [name], empty where it is missing."""
        return self._section((name,), self._tables.get(name, {}), f"[{name}]")

    def entries(self, name: str) -> list["Section"]:
        """The tables [[name]] in their order."""
        listed = self._tables.get(name, [])
        if not isinstance(listed, list):
            self.refuse((name,), f"{name} is written [[{name}]], with two pairs of brackets, as often as needed")
            return []
        return [self._section((name, n), table, f"[[{name}]]") for n, table in enumerate(listed)]

    def _section(self, place: Place, table: object, header: str) -> "Section":
        if not isinstance(table, dict):
            self.refuse(place, f"{_dotted(place)} is a section, written {header} with its keys below")
            return Section(self, place, {}, header)
        self._refuse_unknown(place, table, self._keys[str(place[0])])
        return Section(self, place, table, header)

    def _refuse_unknown(self, place: Place, table: Mapping[str, object], known: tuple[str, ...]) -> None:
        for key in table.keys() - set(known):
            close = get_close_matches(key, known, n=1)
            hint = f"did you mean {close[0]}?" if close else "known here: " + ", ".join(known)
            self.refuse((*place, key), f"unknown key {_dotted((*place, key))}; {hint}")


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a page. A value that cannot be read is refused on the page and replaced by a stopgap."""

    page: Page
    place: Place
    table: Mapping[str, object]
    header: str

    def get(self, key: str, check: Callable[[object], T], default: T) -> T:
        """The value of a key as `check` reads it; `check` raises Wrong."""
        if key not in self.table:
            return default
        try:
            return check(self.table[key])
        except Wrong as wrong:
            self.refuse(key, f"{_dotted((*self.place, key))}: expected {wrong}", wrong.culprit)
            return default

    def need(self, key: str, check: Callable[[object], T], stopgap: T) -> T:
        """Like `get`, for a key that must be there."""
        if key not in self.table:
            self.page.refuse(self.place, f"{self.header} {key} is missing")
        return self.get(key, check, stopgap)

    def refuse(self, key: str, problem: str, culprit: str = "") -> None:
        self.page.refuse((*self.place, key), problem, culprit)


def _dotted(place: Place) -> str:
    return ".".join(part for part in place if isinstance(part, str))


_NAME = r"(?:[\w-]+|\"[^\"]*\"|'[^']*')"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*\]")
_KEY = re.compile(rf"\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=")


class _Lines:
    """On which line which place begins."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._starts: dict[Place, int] = {}
        table: Place = ()
        counts: dict[Place, int] = {}
        quoted = False  # within a text over several lines
        for number, line in enumerate(self._lines, 1):
            within, quoted = quoted, quoted ^ bool((line.count('"""') + line.count("'''")) % 2)
            if within:
                continue
            if header := _HEADER.match(line):
                table = _path(header[2])
                self._starts.setdefault(table, number)
                if header[1] == "[[":
                    counts[table] = counts.get(table, -1) + 1
                    table = (*table, counts[table])
                    self._starts[table] = number
            elif key := _KEY.match(line):
                path = _path(key[1])
                for depth in range(1, len(path) + 1):
                    self._starts.setdefault((*table, *path[:depth]), number)

    def find(self, place: Place, culprit: str) -> int:
        """The line of a place, or of the nearest one around it; within a long value, the line with the culprit."""
        while place and place not in self._starts:
            place = place[:-1]
        first = self._starts.get(place, 1)
        end = min((line for line in self._starts.values() if line > first), default=len(self._lines) + 1)
        return next((number for number in range(first, end) if culprit in self._lines[number - 1]), first)


def _path(dotted: str) -> Place:
    return tuple(part.strip("\"'") for part in re.findall(_NAME, dotted))
