"""A page without the columns and rows that only make room: no text begins in them."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

from jixiao.io.grid import Cell, Grid


def tidy(grid: Grid) -> Grid:
    """The page with neighbours side by side: spacer columns and rows are taken out.

    A column or row stays when a cell with text begins in it. Addresses are still the file's own.
    """
    texts = [cell for cell in grid.cells if cell.text.strip()]
    rows = {cell.row for cell in texts}
    cols = {cell.col for cell in texts}
    if len(rows) == len(grid.rows) and len(cols) == len(grid.columns):
        return grid
    row_at = _places(rows, len(grid.rows))
    col_at = _places(cols, len(grid.columns))
    cells = tuple(
        moved for cell in grid.cells if (moved := _moved(cell, row_at, col_at)) is not None
    )
    row_numbers = grid.row_numbers or tuple(range(len(grid.rows)))
    column_numbers = grid.column_numbers or tuple(range(len(grid.columns)))
    return replace(
        grid,
        cells=cells,
        rows=tuple(grid.rows[r] for r in sorted(rows)),
        columns=tuple(grid.columns[c] for c in sorted(cols)),
        row_numbers=tuple(row_numbers[r] for r in sorted(rows)),
        column_numbers=tuple(column_numbers[c] for c in sorted(cols)),
        paragraph_rows=frozenset(row_at[r] for r in grid.paragraph_rows if r in rows),
    )


def _places(kept: set[int], total: int) -> list[int]:
    """For each old index (and the one after the last) how many kept ones come before it."""
    return [0, *accumulate(int(i in kept) for i in range(total))]


def _moved(cell: Cell, row_at: list[int], col_at: list[int]) -> Cell | None:
    row, bottom = row_at[cell.row], row_at[min(cell.bottom, len(row_at) - 1)]
    col, right = col_at[cell.col], col_at[min(cell.right, len(col_at) - 1)]
    if bottom <= row or right <= col:
        return None
    return replace(cell, row=row, col=col, rowspan=bottom - row, colspan=right - col)
