"""A page with its differences written into it: what was there struck out, what is new marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from jixiao.io.paper.compare.both_page import fill_both
from jixiao.io.paper.compare.differences import Difference, DifferenceKind, TableDifference
from jixiao.io.paper.compare.mark_page import PageMarks, mark_page
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Binding, Cell, Grid, Part
from jixiao.io.paper.page.spans import Spans
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


@dataclass(frozen=True)
class MarkedPage:
    """A page to look at, with its marks by the row and column of each cell.

    ``unshown`` are the differences for which the form has no place.
    """

    grid: Grid
    marks: dict[tuple[int, int], Marked]
    moved: frozenset[int] = frozenset()
    unshown: tuple[Difference, ...] = ()

    def cells_of(self, change: Difference) -> list[Cell]:
        """The cells in which a difference is to be seen: one, or those of a whole row."""
        place = change.place or change.old_place
        if place is None:
            return []
        if change.place is None and change.is_row:
            marked = (at for at, mark in self.marks.items() if change in mark.differences)
            found = [self.grid.at(*at) for at in marked]
            return [cell for cell in found if cell is not None]
        there = [
            cell
            for cell, part in self.grid.bound()
            if part.binding is not None and _same_place(part.binding, place)
        ]
        if not change.is_row:
            there.sort(key=lambda cell: (cell.row, cell.col) not in self.marks)
            return there[:1]
        return list({(cell.row, cell.col): cell for cell in there}.values())


def compared_page(form: Form, difference: TableDifference) -> MarkedPage:
    """The page of the new table with all that was different in the old one."""
    both = fill_both(form, difference)
    grid = both.grid
    found = mark_page(grid, difference)
    marks: dict[tuple[int, int], Marked] = {}
    cells: list[Cell] = []
    for cell in grid.cells:
        at = (cell.row, cell.col)
        if at in both.gone:
            change = both.gone[at]
            runs = (Run(cell.text, "gone"),) if cell.text else ()
            marks[at] = Marked("removed", runs, () if change is None else (change,))
        if at not in found.cells:
            cells.append(cell)
            continue
        mark = _marked(cell, difference, found)
        marks[at] = mark
        text = "".join(run.text for run in mark.runs)
        binding = next(iter(cell.bindings), None)
        cells.append(replace(cell, parts=(Part(text, binding),)))
    return MarkedPage(replace(grid, cells=tuple(cells)), marks, found.moved, found.unshown)


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


_TARGET = frozenset({"comparator", "value", "unit"})


def _column(name: str) -> str:
    return "target" if name.startswith("target:") or name in _TARGET else name


def _same_place(here: Binding, place: Binding) -> bool:
    if here.target != place.target:
        return False
    if not place.rows:
        return here.name == place.name
    if not set(place.rows) & set(here.rows):
        return False
    if not place.name:  # the whole row, without the levels that it shares with others
        return here.name not in {"level1", "level2"}
    return _column(here.name) == _column(place.name)


def changes_of(difference: TableDifference | None) -> Sequence[Difference]:
    """The differences of a table, none for one that came or went."""
    return () if difference is None else difference.changes
