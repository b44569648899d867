"""A page with its differences written into it: what was there struck out, what is new marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from jixiao.io.differences import Difference, DifferenceKind, TableDifference
from jixiao.io.fill import fill
from jixiao.io.form import Form
from jixiao.io.grid import Binding, Cell, Grid, Part, RowFormat
from jixiao.io.mark_page import PageMarks, mark_page
from jixiao.io.spans import Spans
from jixiao.model.table import Table

Tone = Literal["same", "old", "gone", "came"]
"""How characters are shown: as they are, struck out, struck out and marked, marked as new."""

_LONG = 18  # characters from which old and new text are woven into one, as 修订 does


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one tone."""

    text: str
    tone: Tone = "same"


@dataclass(frozen=True, slots=True)
class Marked:
    """What is different in a cell: what happened to it, its text in runs, and the differences."""

    kind: DifferenceKind
    runs: tuple[Run, ...]
    differences: tuple[Difference, ...]
    strip: bool = False


@dataclass(frozen=True)
class MarkedPage:
    """A page to look at, with its marks by the row and column of each cell.

    ``unshown`` are the differences for which the form has no place.
    """

    grid: Grid
    marks: dict[tuple[int, int], Marked]
    moved: frozenset[int] = frozenset()
    unshown: tuple[Difference, ...] = ()

    def cell_of(self, change: Difference) -> Cell | None:
        """The cell in which a difference is to be seen."""
        for (row, col), mark in self.marks.items():
            if mark.strip and change in mark.differences:
                return self.grid.at(row, col)
        place = change.place or change.old_place
        if place is None:
            return None
        found: Cell | None = None
        for cell, part in self.grid.bound():
            if part.binding is None or not _same_place(part.binding, place):
                continue
            if (cell.row, cell.col) in self.marks:
                return cell
            found = found or cell
        return found


def compared_page(form: Form, difference: TableDifference) -> MarkedPage:
    """The page of the new table with all that was different in the old one."""
    grid = fill(form, difference.new)
    found = mark_page(grid, difference)
    marks: dict[tuple[int, int], Marked] = {}
    cells: list[Cell] = []
    for cell in grid.cells:
        if (cell.row, cell.col) not in found.cells:
            cells.append(cell)
            continue
        mark = _marked(cell, difference, found)
        marks[cell.row, cell.col] = mark
        text = "".join(run.text for run in mark.runs)
        binding = next(iter(cell.bindings), None)
        cells.append(replace(cell, parts=(Part(text, binding),)))
    page = MarkedPage(replace(grid, cells=tuple(cells)), marks, found.moved, found.unshown)
    return _with_strips(page, found)


def whole_page(form: Form, table: Table, kind: DifferenceKind) -> MarkedPage:
    """The page of a table that came or went as a whole."""
    grid = fill(form, table)
    tone: Tone = "came" if kind == "added" else "old"
    marks = {
        (cell.row, cell.col): Marked(kind, (Run(cell.text, tone),), ())
        for cell in grid.cells
        if cell.bindings and cell.text.strip()
    }
    return MarkedPage(grid, marks)


def _marked(cell: Cell, difference: TableDifference, found: PageMarks) -> Marked:
    mark = found.cells[cell.row, cell.col]
    runs: list[Run] = []
    alone = len(cell.parts) == 1
    for part in cell.parts:
        change = None if part.binding is None else difference.at(part.binding)
        if change is None:
            runs.append(Run(part.text))
        else:
            runs += runs_of(change.old, part.text, change.old_spans, change.new_spans, alone=alone)
    return Marked(mark.kind, tuple(run for run in runs if run.text), mark.differences)


def runs_of(
    old: str, new: str, old_spans: Spans, new_spans: Spans, *, alone: bool = True
) -> list[Run]:
    """Old and new text as runs: short ones below each other, long ones woven into one text.

    Args:
        old: The old text.
        new: The new text.
        old_spans: The characters only the old one has.
        new_spans: The characters only the new one has.
        alone: Whether nothing else stands in the cell, so that there may be two lines.
    """
    if not old.strip():
        return [Run(new, "came")]
    if not new.strip():
        return [Run(old, "gone")]
    if max(len(old), len(new)) > _LONG and _rest(old, old_spans) == _rest(new, new_spans):
        return _woven(old, new, old_spans, new_spans)
    before = _cut(old, old_spans, "old", "gone")
    return [*before, Run("\n" if alone else " "), *_cut(new, new_spans, "same", "came")]


def _cut(text: str, spans: Spans, outside: Tone, inside: Tone) -> list[Run]:
    runs: list[Run] = []
    at = 0
    for begin, end in spans:
        runs += [Run(text[at:begin], outside), Run(text[begin:end], inside)]
        at = end
    return [run for run in (*runs, Run(text[at:], outside)) if run.text]


def _rest(text: str, spans: Spans) -> str:
    return "".join(run.text for run in _cut(text, spans, "same", "gone") if run.tone == "same")


def _woven(old: str, new: str, old_spans: Spans, new_spans: Spans) -> list[Run]:
    """One text in which what went is struck out where it stood, before what came there."""
    runs: list[Run] = []
    gone, came = list(old_spans), list(new_spans)
    here = there = 0
    while here < len(old) or there < len(new):
        if gone and gone[0][0] == here:
            runs.append(Run(old[here : gone[0][1]], "gone"))
            here = gone.pop(0)[1]
        elif came and came[0][0] == there:
            runs.append(Run(new[there : came[0][1]], "came"))
            there = came.pop(0)[1]
        else:
            until = min(
                (gone[0][0] if gone else len(old)) - here,
                (came[0][0] if came else len(new)) - there,
            )
            runs.append(Run(old[here : here + until]))
            here, there = here + until, there + until
    return [run for run in runs if run.text]


def _with_strips(page: MarkedPage, found: PageMarks) -> MarkedPage:
    """Rows that are gone as strips between the rows where they stood."""
    for row, change in sorted(found.absent, key=lambda one: one[0], reverse=True):
        page = _with_strip(page, row, change)
    return page


def _with_strip(page: MarkedPage, at: int, change: Difference) -> MarkedPage:
    grid = page.grid
    cells: list[Cell] = []
    marks: dict[tuple[int, int], Marked] = {}
    taken: set[int] = set()
    for cell in grid.cells:
        mark = page.marks.get((cell.row, cell.col))
        moved = cell
        if cell.row >= at:
            moved = replace(cell, row=cell.row + 1)
        elif cell.bottom > at:
            moved = replace(cell, rowspan=cell.rowspan + 1)
            taken |= set(range(cell.col, cell.right))
        cells.append(moved)
        if mark is not None:
            marks[moved.row, moved.col] = mark
    first, last = _free_columns(taken, len(grid.columns))
    style = next((c.style for c in grid.row_cells(min(at, len(grid.rows)) - 1) if c.bindings), None)
    strip = Cell(at, first, 1, last - first, (Part(change.old),))
    if style is not None:
        strip = replace(strip, style=replace(style, halign="left", wrap=True, color="", fill=""))
    marks[at, first] = Marked("removed", (Run(change.old, "gone"),), (change,), strip=True)
    cells.append(strip)
    cells.sort(key=lambda cell: (cell.row, cell.col))
    rows = (*grid.rows[:at], RowFormat(), *grid.rows[at:])
    moved_rows = frozenset(row + (row >= at) for row in page.moved)
    return MarkedPage(replace(grid, cells=tuple(cells), rows=rows), marks, moved_rows, page.unshown)


def _free_columns(taken: set[int], count: int) -> tuple[int, int]:
    """The longest run of columns that no cell from above covers."""
    best = (0, 0)
    begin = 0
    for col in range(count + 1):
        if col == count or col in taken:
            if col - begin > best[1] - best[0]:
                best = (begin, col)
            begin = col + 1
    return best if best[1] > best[0] else (0, count)


_TARGET = frozenset({"comparator", "value", "unit"})


def _column(name: str) -> str:
    return "target" if name.startswith("target:") or name in _TARGET else name


def _same_place(here: Binding, place: Binding) -> bool:
    if here.target != place.target:
        return False
    if not place.rows:
        return here.name == place.name
    if place.rows and not set(place.rows) & set(here.rows):
        return False
    return _column(here.name) == _column(place.name or "level3") or (
        not place.name and here.name not in {"level1", "level2"}
    )


def changes_of(difference: TableDifference | None) -> Sequence[Difference]:
    """The differences of a table, none for one that came or went."""
    return () if difference is None else difference.changes
