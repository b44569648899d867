"""Rows of a page laid out anew, every cell still with its place in the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jixiao.io.paper.page.grid import Cell, Grid, Part


@dataclass(frozen=True, slots=True)
class Laid:
    """A cell put in another place: its new row (within the new rows), column and spans.

    ``text`` is what is shown there, None for the cell's own; ``of`` is the cell it comes from.
    """

    of: Cell
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    text: str | None = None


def relaid(grid: Grid, top: int, bottom: int, rows: Sequence[int], laid: Sequence[Laid]) -> Grid:
    """The page with rows from ``top`` to before ``bottom`` replaced.

    Args:
        grid: The page.
        top: The first row that is replaced.
        bottom: The row after the last.
        rows: For each new row the old one that it comes from.
        laid: The cells of the new rows; what is in none of them is no longer on the page.
    """
    shift = len(rows) - (bottom - top)
    cells, moved = list[Cell](), dict[tuple[int, int], tuple[int, int]]()
    for cell in grid.cells:
        if top <= cell.row < bottom:
            continue
        new = replace(cell, row=cell.row + shift) if cell.row >= bottom else cell
        cells.append(new)
        if (cell.row, cell.col) in grid.moved:
            moved[new.row, new.col] = grid.moved[cell.row, cell.col]
    for one in laid:
        parts = one.of.parts if one.text is None else (Part(one.text),)
        cells.append(
            replace(one.of, row=top + one.row, col=one.col, rowspan=one.rowspan,
                    colspan=one.colspan, parts=parts)
        )  # fmt: skip
        moved[top + one.row, one.col] = grid.own_place(one.of.row, one.of.col)
    cells.sort(key=lambda c: (c.row, c.col))
    more = max(0, max((c.right for c in cells), default=0) - len(grid.columns))
    numbers = grid.column_numbers or tuple(range(len(grid.columns)))
    old_rows = grid.row_numbers or tuple(range(len(grid.rows)))
    order = [*range(top), *rows, *range(bottom, len(grid.rows))]
    return replace(
        grid,
        cells=tuple(cells),
        rows=tuple(grid.rows[r] for r in order),
        row_numbers=tuple(old_rows[r] for r in order),
        columns=(*grid.columns, *grid.columns[-1:] * more),
        column_numbers=(*numbers, *numbers[-1:] * more),
        paragraph_rows=frozenset(
            r + shift if r >= bottom else r for r in grid.paragraph_rows if not top <= r < bottom
        ),
        moved=moved,
    )
