"""The rules about ourselves."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "bot").rglob("*.py"))
# Tables of words and patterns read better in one piece; docs/architecture.md says why each is here.
TABLES: set[str] = set()
LIMIT = 400
BANNED_NAMES = re.compile(r"(Manager|Service|Helper|Util|Processor)$")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_room_grows_too_large_and_every_one_says_what_it_is_for(module: Path) -> None:
    text = module.read_text()
    if str(module.relative_to(ROOT)) not in TABLES:
        assert len(text.splitlines()) <= LIMIT
    assert not text.strip() or ast.get_docstring(ast.parse(text)), "a module says what it knows"


def test_names_say_what_a_thing_is() -> None:
    for module in MODULES:
        assert module.stem not in {"utils", "helpers", "common", "base", "misc"}
        for node in ast.walk(ast.parse(module.read_text())):
            if isinstance(node, ast.ClassDef):
                assert not BANNED_NAMES.search(node.name), f"{module}: {node.name}"


def test_the_top_level_holds_what_was_prescribed() -> None:
    tracked = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - {"var", "dist"}
    prescribed = {"bot", "locales", "config", "Procfile", "pyproject.toml", "tests"}
    assert prescribed <= tracked
    assert tracked - prescribed <= {"README.md", "Makefile", "CHANGELOG.md", "CONTRIBUTING.md", "docs"}


def test_every_setting_is_documented() -> None:
    readme = (ROOT / "README.md").read_text() + (ROOT / "docs" / "running.md").read_text()
    from bot.settings import _READERS

    for name in _READERS:
        assert f"`{name}`" in readme, name


def test_every_target_of_the_makefile_is_listed_by_help() -> None:
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    for target in phony[1].split():
        assert re.search(rf"^{target}:.*## ", makefile, re.MULTILINE), target


def test_nothing_names_a_package_registry_or_this_machine() -> None:
    for path in (ROOT / "config" / "constraints.txt", ROOT / "pyproject.toml", ROOT / "Makefile"):
        assert "://" not in path.read_text().replace("http://127.0.0.1", ""), path
