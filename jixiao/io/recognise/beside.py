"""Two tables beside each other on one sheet, cut apart before they are read."""

from __future__ import annotations

from dataclasses import replace

from jixiao.io.paper.page.grid import Grid
from jixiao.io.recognise.draft import Page
from jixiao.io.recognise.labels import Labels

_NAMES = frozenset({"project_name", "department_name"})


def split_beside(grid: Grid, labels: Labels) -> list[Grid]:
    """The page as it is, or its parts from left to right where several tables stand abreast.

    They do when one header row has two first-level heads and each side names its own project or
    department; otherwise the second half is the same table's (a mid-term and an annual side).
    """
    page = Page(grid)
    for row in range(len(grid.rows)):
        heads = [
            cell
            for cell in page.row(row)
            if labels.column_of("indicators", page.key(cell)) == "level1"
        ]
        if len(heads) < 2:
            continue
        cut = _cut(page, labels, row, heads[1].col)
        left, right = _part(grid, 0, cut), _part(grid, cut, len(grid.columns))
        if _names_one(left, labels) and _names_one(right, labels):
            return [left, *split_beside(right, labels)]
    return [grid]


def _cut(page: Page, labels: Labels, row: int, col: int) -> int:
    """The first column of the right-hand table: its head, or the label that covers it."""
    before = page.grid.at(row, col - 1)
    if before is not None and page.text(before) and labels.heads_part(page.key(before)):
        return before.col
    return col


def _part(grid: Grid, start: int, end: int) -> Grid:
    """The columns from ``start`` to ``end``; a cell that lies across belongs to the left."""
    numbers = grid.column_numbers or tuple(range(len(grid.columns)))
    cells = tuple(
        replace(cell, col=cell.col - start, colspan=min(cell.right, end) - cell.col)
        for cell in grid.cells
        if start <= cell.col < end
    )
    return replace(
        grid, cells=cells, columns=grid.columns[start:end], column_numbers=numbers[start:end]
    )


def _names_one(grid: Grid, labels: Labels) -> bool:
    page = Page(grid)
    return any(labels.field_of(page.key(cell)) in _NAMES for cell in grid.cells if page.text(cell))
