"""Who may import whom: the rooms of the house and the order of the slices."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from buurtbegroting.foundation import paths
from buurtbegroting.web.slices import ORDER

PACKAGE = paths.PACKAGE
FILES = sorted(PACKAGE.rglob("*.py"))
SLICES = sorted(path.name for path in (PACKAGE / "blueprints").iterdir() if (path / "slice.py").is_file())
# What each shared room may import of the house.
ROOMS = {
    "civic": {"civic"},
    "counting": {"counting", "civic"},
    "foundation": {"foundation", "civic", "counting", "config"},
    "web": {"web", "foundation", "civic", "counting", "config"},
}
BETWEEN_SLICES = {"models", "queries", "policy", "actions", "states", "notices", "rulebook", "standing"}
VIEW_LEVEL = {"views", "manage", "api", "forms", "figures", "exports", "slice", "shell"}


def imports(path: Path) -> Iterator[str]:
    """Yield the full names of what a file imports."""
    package = ".".join(path.relative_to(PACKAGE.parent).parent.parts)
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = package.split(".")
                base = ".".join([*parts[: len(parts) - node.level + 1], *([base] if base else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def own_imports(path: Path) -> set[tuple[str, ...]]:
    return {tuple(name.split(".")[1:]) for name in imports(path) if name.startswith("buurtbegroting.")}


@pytest.mark.parametrize("room", ROOMS)
def test_a_shared_room_imports_only_the_rooms_below_it(room: str) -> None:
    wrong = {
        f"{path.relative_to(PACKAGE)} imports {'.'.join(name)}"
        for path in (PACKAGE / room).rglob("*.py")
        for name in own_imports(path)
        if name[0] not in ROOMS[room]
    }
    assert not wrong


def test_pure_rooms_import_nothing_but_the_standard_library_and_numpy() -> None:
    allowed = sys.stdlib_module_names | {"buurtbegroting", "numpy"}
    wrong = {
        f"{path.relative_to(PACKAGE)} imports {name}"
        for room in ("civic", "counting")
        for path in (PACKAGE / room).rglob("*.py")
        for name in imports(path)
        if name.split(".")[0] not in allowed
    }
    assert not wrong


def test_a_slice_imports_only_slices_to_its_left_and_only_their_open_files() -> None:
    wrong = set()
    for path in (PACKAGE / "blueprints").rglob("*.py"):
        parts = path.relative_to(PACKAGE / "blueprints").parts
        for name in own_imports(path):
            if len(parts) < 2 or name[:1] != ("blueprints",) or len(name) < 3 or name[1] == parts[0]:
                continue
            is_api_shell = name[1] == "api" and parts[1] == "api.py"
            is_left = ORDER.index(name[1]) < ORDER.index(parts[0])
            if not is_api_shell and not (is_left and name[2] in BETWEEN_SLICES):
                wrong.add(f"{'/'.join(parts)} imports {'.'.join(name)}")
    assert not wrong


def test_every_slice_has_a_place_in_the_order() -> None:
    assert set(SLICES) <= set(ORDER)


@pytest.mark.parametrize("shell", ["admin", "api"])
def test_a_shell_imports_no_slice(shell: str) -> None:
    wrong = {
        ".".join(name)
        for path in (PACKAGE / "blueprints" / shell).rglob("*.py")
        for name in own_imports(path)
        if name[0] == "blueprints" and name[1] not in (shell, "api")
    }
    assert not wrong


def test_actions_and_queries_know_no_flask_and_no_forms() -> None:
    wrong = {
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in FILES
        if path.stem in ("actions", "queries", "models") or path.parent.name in ("actions", "queries", "models")
        for name in imports(path)
        if name.split(".")[0] in ("flask", "wtforms", "flask_wtf", "flask_babel") or ".web." in name
    }
    assert not wrong


def test_models_import_no_deed() -> None:
    wrong = {
        str(path.relative_to(PACKAGE))
        for path in FILES
        if path.stem == "models"
        for name in own_imports(path)
        if "actions" in name
    }
    assert not wrong


def calls(path: Path, *names: str) -> list[int]:
    """Return the lines on which a file calls a method with one of these names."""
    tree = ast.parse(path.read_text())
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names
    ]


def test_only_the_cellar_commits() -> None:
    allowed = {"foundation/database.py", "web/errors.py"}
    wrong = {
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in FILES
        if path.relative_to(PACKAGE).as_posix() not in allowed
        for line in calls(path, "commit", "rollback")
    }
    assert not wrong


def test_only_the_clock_asks_the_time() -> None:
    wrong = {
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in FILES
        if path.relative_to(PACKAGE).as_posix() != "foundation/clock.py"
        for line in [*calls(path, "utcnow", "today"), *_asks_now(path)]
    }
    assert not wrong


def _asks_now(path: Path) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "now"
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("datetime", "time", "date")
    ]


def test_the_request_is_touched_only_where_pages_are_made() -> None:
    wrong = set()
    for path in FILES:
        place = path.relative_to(PACKAGE)
        is_view_level = place.parts[0] == "web" or place.stem in VIEW_LEVEL or place.parent.name in VIEW_LEVEL
        text = path.read_text()
        if not is_view_level and ("flask.request" in text or "flask.session" in text or "current_user" in text):
            wrong.add(str(place))
    assert not wrong


PURE = [
    "buurtbegroting",
    "buurtbegroting.civic",
    "buurtbegroting.counting",
    *(
        f"buurtbegroting.blueprints.{name}.{part}"
        for name in SLICES
        for part in ("states", "policy")
        if (PACKAGE / "blueprints" / name / f"{part}.py").is_file()
    ),
]


@pytest.mark.parametrize("module", PURE)
def test_a_pure_room_loads_neither_flask_nor_a_database(module: str) -> None:
    code = f"import sys, {module}; sys.exit(bool({{'flask', 'sqlalchemy'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=paths.ROOT, check=False).returncode == 0


def test_there_is_no_attic() -> None:
    assert not [path for path in FILES if path.stem in ("utils", "helpers", "common", "misc")]


def test_no_file_grows_beyond_what_a_reader_holds() -> None:
    long = {str(path.relative_to(PACKAGE)): lines for path in FILES if (lines := path.read_text().count("\n")) > 300}
    assert not long
