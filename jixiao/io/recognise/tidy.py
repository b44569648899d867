"""A page without the columns that only make room: no text begins in them."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

from jixiao.io.paper.page.grid import Cell, Grid


def tidy(grid: Grid) -> Grid:
    """The page with neighbours side by side: spacer columns are taken out.

    A column stays when a cell with text begins in it. Blank rows stay too: a blank row below a
    row of labels is where their values would be. Addresses are still the file's own.
    """
    kept = {cell.col for cell in grid.cells if cell.text.strip()}
    if len(kept) == len(grid.columns):
        return grid
    place = [0, *accumulate(int(col in kept) for col in range(len(grid.columns)))]
    cells = tuple(moved for cell in grid.cells if (moved := _moved(cell, place)) is not None)
    numbers = grid.column_numbers or tuple(range(len(grid.columns)))
    return replace(
        grid,
        cells=cells,
        columns=tuple(grid.columns[c] for c in sorted(kept)),
        column_numbers=tuple(numbers[c] for c in sorted(kept)),
    )


def _moved(cell: Cell, place: list[int]) -> Cell | None:
    col, right = place[cell.col], place[min(cell.right, len(place) - 1)]
    return replace(cell, col=col, colspan=right - col) if right > col else None
