"""The house rules that no linter knows: who imports whom, how long a file is, what stands in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import jixiao

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "jixiao"
FILES = sorted(PACKAGE.rglob("*.py"))
LAYERS = ("model", "io", "app", "gui")
MOST_LINES = 400

OFFICE = frozenset({"openpyxl", "docx", "xlrd", "python_calamine", "lxml", "xlsxwriter", "xlwt"})
QT = frozenset({"PySide6", "shiboken6"})
SQL = frozenset({"sqlite3", "sqlite_utils"})
FORBIDDEN_LIBRARIES = {
    "model": QT | OFFICE,
    "io": QT | SQL,
    "app": QT | SQL | OFFICE,
    "gui": SQL | OFFICE,
    "": QT | SQL | OFFICE,
}
"""By layer; "" is what stands beside the layers (cli.py)."""

ROOMS = {"paper": {"paper"}, "files": {"files", "paper"}, "recognise": {"recognise", "paper"}}
"""The rooms of io, and which of them each may use."""

CLI_MAY_USE = frozenset({"jixiao.gui.main"})
"""A PDF needs Qt, and without a command the window opens: both inside a function."""


def ids(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def layer_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


@cache
def imports(path: Path) -> list[tuple[str, ast.stmt]]:
    """Every module that a file names in an import, wherever the import stands."""
    return list(_imports(path))


def _imports(path: Path) -> Iterator[tuple[str, ast.stmt]]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name, node
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{ids(path)}:{node.lineno} imports relatively"
            assert node.module is not None
            yield node.module, node
            for name in node.names:
                yield f"{node.module}.{name.name}", node


def test_imports_run_one_way() -> None:
    wrong: list[str] = []
    for path in FILES:
        layer = layer_of(path)
        for name, node in imports(path):
            parts = name.split(".")
            if parts[0] != "jixiao" or len(parts) < 2 or parts[1] not in LAYERS:
                continue
            place = f"{ids(path)}:{node.lineno} imports {name}"
            if layer:
                if LAYERS.index(parts[1]) > LAYERS.index(layer):
                    wrong.append(place)
            elif parts[1] == "gui":
                if name not in CLI_MAY_USE and name.rpartition(".")[0] not in CLI_MAY_USE:
                    wrong.append(place)
                if node.col_offset == 0:
                    wrong.append(f"{place} before it is needed")
    assert wrong == []


def test_rooms_of_io_know_only_what_they_may() -> None:
    for room, allowed in ROOMS.items():
        for path in sorted((PACKAGE / "io" / room).rglob("*.py")):
            for name, node in imports(path):
                parts = name.split(".")
                if parts[:2] == ["jixiao", "io"] and len(parts) > 2:
                    assert parts[2] in allowed, f"{ids(path)}:{node.lineno} imports {name}"


def module_of(path: Path) -> str:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


def needs(path: Path, modules: Mapping[str, Path]) -> set[str]:
    """The modules of ours that a file needs; naming a module of a package is not using that."""
    found: set[str] = set()
    for name, node in imports(path):
        if isinstance(node, ast.ImportFrom) and name == node.module:
            continue
        found.add(name if name in modules else name.rpartition(".")[0])
    return (found & modules.keys()) - {module_of(path)}


def test_nothing_is_imported_in_a_circle_also_not_for_a_type() -> None:
    modules = {module_of(path): path for path in FILES}
    graph = {module: needs(path, modules) for module, path in modules.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        raise AssertionError(" → ".join(error.args[1])) from None


def test_features_do_not_know_the_window() -> None:
    knows = {
        ids(path)
        for path in FILES
        for name, _ in imports(path)
        if name == "jixiao.gui.window" or name.startswith("jixiao.gui.window.")
    }
    assert knows == {"jixiao/gui/main.py"}


def test_libraries_stay_in_their_layer() -> None:
    wrong = [
        f"{ids(path)}:{node.lineno} imports {name}"
        for path in FILES
        for name, node in imports(path)
        if name.partition(".")[0] in FORBIDDEN_LIBRARIES[layer_of(path)] | {"tests"}
    ]
    assert wrong == []


def test_a_file_has_one_subject() -> None:
    lines = {ids(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}
    assert "jixiao/model/book.py" in lines


# Written in two halves, so that this file is none of those it looks for.
FORBIDDEN_WORDS = re.compile(
    "|".join(
        (
            "/wo" + r"rk/(?:main|shared)",
            "/tmp" + "/w/",
            "pypi" + r"\.org",
            "pythonhosted" + r"\.org",
            "registry" + r"\.npmjs",
            "tsinghua" + r"\.edu",
            r"mirrors?\.ali" + "yun",
            "extra-index" + "-url",
        )
    )
)


NOT_OURS = frozenset({".git", ".venv", "__pycache__", "dist", "out", "work", "jixiao.egg-info"})
OURS_HIDDEN = frozenset({".ci", ".gitignore", ".github", ".pre-commit-config.yaml"})


def text_files(folder: Path = ROOT) -> Iterator[Path]:
    """The text files of the repository; without git, which may not be there or refuse."""
    for path in sorted(folder.iterdir()):
        if path.name in NOT_OURS or (path.name.startswith(".") and path.name not in OURS_HIDDEN):
            continue
        if path.is_dir():
            yield from text_files(path)
        elif b"\0" not in path.read_bytes()[:4096]:
            yield path


def test_no_file_names_a_place_of_one_machine() -> None:
    found: list[str] = []
    for path in text_files():
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{ids(path)}: {match.group()}" for match in FORBIDDEN_WORDS.finditer(text)]
    assert found == []
    assert ROOT / "Makefile" in text_files()


def test_version_has_one_source() -> None:
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'dynamic = ["version"]' in pyproject
    assert 'version = { attr = "jixiao.__version__" }' in pyproject
    assert re.fullmatch(r"\d+\.\d+\.\d+", jixiao.__version__)
