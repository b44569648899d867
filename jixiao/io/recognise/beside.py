"""Two tables beside each other on one sheet, cut apart before they are read."""

from __future__ import annotations

from dataclasses import replace

from jixiao.io.paper.page.grid import Grid
from jixiao.io.recognise.draft import Page


def split_beside(grid: Grid) -> list[Grid]:
    """The page as it is, or its parts from left to right where several tables stand abreast.

    They do when the heads of a block are printed twice in one row, and above them the first label
    of a row too, each time with a value: otherwise the second half is the same table's (a mid-term
    and an annual side). What stands above both
    belongs to the first, and ``share_heading`` gives it to the others.
    """
    page = Page(grid)
    for row in range(len(grid.rows)):
        keys = [page.key(cell) for cell in page.row(row)]
        half = len(keys) // 2
        if half < 3 or keys[:half] != keys[half:] or len(set(keys)) < half - 1:
            continue
        cut = page.row(row)[half].col
        if _is_twice(page, row, cut):
            left, right = _part(grid, 0, cut), _part(grid, cut, len(grid.columns))
            return [left, *split_beside(right)]
    return [grid]


def _is_twice(page: Page, heads: int, cut: int) -> bool:
    """True when all lines above heads, up to one over both sides, have the same labels twice."""
    same = 0
    for row in range(heads - 1, -1, -1):
        cells = page.row(row)
        if not cells:
            continue
        if any(cell.col < cut < cell.right for cell in cells):
            break
        left = [_label(page.text(cell)) for cell in cells if cell.col < cut]
        right = [_label(page.text(cell)) for cell in cells if cell.col >= cut]
        if left[::2] == right[::2] and left:
            same += 1
        elif not _is_twice_above(page, row, cut):
            # A line over both sides may as well be parted (填报单位 … | 单位：万元).
            return same > 0 and len(left) == len(right) == 1
    return same > 0


def _is_twice_above(page: Page, row: int, cut: int) -> bool:
    """True when the labels above a row of values are the same on both sides."""
    above = page.row(row - 1) if row else []
    left = [page.key(cell) for cell in above if cell.col < cut]
    return bool(left) and left == [page.key(cell) for cell in above if cell.col >= cut]


def _label(text: str) -> str:
    """The words of a label, which may have its value behind a colon."""
    return text.replace(":", "：").partition("：")[0].strip()


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
