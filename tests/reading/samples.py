"""The drafts that have expectations: what is on their pages and what must be read from them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jixiao.io.files.read.door import read_grids
from jixiao.io.paper.page.grid import Grid
from tests.reading.layouts import draw
from tests.reading.write import grids

DATA = Path(__file__).parents[1] / "data"
GROUPS = ("clean", "messy", "drafts2", "cases", "reading", "layouts")
_NOT_READ = ("narrative",)


@dataclass(frozen=True)
class Sample:
    """One draft: its group, its file, its pages and the tables it must yield.

    ``ignored`` are paths (title, fields.annual_goal) that are not looked at; ``closed`` is False
    where header fields that no truth has are not looked at either.
    """

    group: str
    name: str
    grids: tuple[Grid, ...]
    tables: tuple[dict[str, Any], ...]
    ignored: frozenset[str] = frozenset()
    closed: bool = False
    refuse: bool = False


@cache
def samples(*groups: str) -> tuple[Sample, ...]:
    """The drafts of some groups, of all where none is told."""
    chosen = groups or GROUPS
    found: list[Sample] = []
    if {"clean", "messy"} & set(chosen):
        found += _official()
    if "drafts2" in chosen:
        found += _drawn("drafts2", closed=True)
    if "cases" in chosen:
        found += _cases("cases")
    if "reading" in chosen:
        found += _drawn("reading", closed=False)
    if "layouts" in chosen:
        found += _layouts()
    return tuple(s for s in found if s.group in chosen)


def _layouts(first: int = 0, last: int = 200) -> list[Sample]:
    found: list[Sample] = []
    for seed in range(first, last):
        draft = draw(seed)
        tables = tuple(json.loads(json.dumps(draft.expected()["tables"])))
        found.append(Sample("layouts", draft.file, tuple(grids(draft)), tables))
    return found


def _official() -> list[Sample]:
    folder = DATA / "drafts"
    found: list[Sample] = []
    for entry in _json(folder / "manifest.json"):
        if any(word in entry["file"] for word in _NOT_READ):
            continue
        names = [n for n in entry["yields"] if not any(word in n for word in _NOT_READ)]
        group = "messy" if entry["file"].startswith("messy") else "clean"
        found.append(
            _sample(group, folder, entry, [_json(DATA / "truth" / f"{n}.json") for n in names])
        )
    return found


def _cases(folder_name: str) -> list[Sample]:
    folder = DATA / folder_name
    found: list[Sample] = []
    for path in sorted(folder.glob("*.json")):
        entry = _json(path)
        if "yields" not in entry:
            continue
        truths = [_json(folder / "truth" / f"{name}.json") for name in entry["yields"]]
        found.append(_sample(folder_name, folder, entry, truths))
    return found


def _sample(
    group: str, folder: Path, entry: dict[str, Any], truths: list[dict[str, Any]]
) -> Sample:
    for name, changes in (entry.get("overrides") or {}).items():
        for pointer, value in changes.items():
            _override(truths[entry["yields"].index(name)], pointer, value)
    return Sample(
        group,
        entry["file"],
        tuple(read_grids(folder / entry["file"])),
        tuple(truths),
        frozenset(entry.get("ignore", ())),
        refuse=bool(entry.get("refuse")),
    )


def _override(table: Any, pointer: str, value: Any) -> None:
    *way, last = pointer.strip("/").split("/")
    for step in way:
        table = table[int(step)] if isinstance(table, list) else table[step]
    if isinstance(table, list):
        table[int(last)] = value
    else:
        table[last] = value


def _drawn(folder_name: str, *, closed: bool) -> list[Sample]:
    folder = DATA / folder_name
    return [
        Sample(
            folder_name,
            expected["file"],
            tuple(read_grids(folder / expected["file"])),
            tuple(expected["tables"]),
            closed=closed,
            refuse=not expected["tables"],
        )
        for expected in map(_json, sorted(folder.glob("*.json")))
    ]


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
