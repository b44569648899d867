"""Where the keys go on a page: from cell to cell as in Excel, skipping labels where one types."""

from __future__ import annotations

from jixiao.io.edit import can_edit
from jixiao.io.grid import Binding, Cell, Grid


def editable_bindings(cell: Cell) -> tuple[Binding, ...]:
    """The bindings of a cell that text can be typed into, in order."""
    return tuple(binding for binding in cell.bindings if can_edit(binding))


def is_editable(cell: Cell | None) -> bool:
    """True when something can be typed into the cell."""
    return cell is not None and any(can_edit(binding) for binding in cell.bindings)


def next_editable(grid: Grid, row: int, col: int, step: int) -> Cell | None:
    """The next (``step`` 1) or previous (-1) cell to type in, in reading order."""
    cells = [cell for cell in grid.cells if is_editable(cell)]
    if step > 0:
        return next((cell for cell in cells if (cell.row, cell.col) > (row, col)), None)
    return next((cell for cell in reversed(cells) if (cell.row, cell.col) < (row, col)), None)


def editable_below(grid: Grid, row: int, col: int, step: int) -> Cell | None:
    """The nearest cell to type in below (1) or above (-1) a position, in the same column."""
    here = grid.at(row, col)
    at = row + step if here is None else (here.bottom if step > 0 else here.row - 1)
    while 0 <= at < len(grid.rows):
        cell = grid.at(at, col)
        if is_editable(cell):
            return cell
        at = at + step if cell is None else (cell.bottom if step > 0 else cell.row - 1)
    return None


def neighbour(grid: Grid, row: int, col: int, down: int, right: int) -> tuple[int, int]:
    """The position one cell further, covered positions skipped; the same one at the edge."""
    here = grid.at(row, col)
    if here is None:
        at = (row + down, col + right)
    elif down:
        at = (here.bottom if down > 0 else here.row - 1, col)
    else:
        at = (row, here.right if right > 0 else here.col - 1)
    inside = 0 <= at[0] < len(grid.rows) and 0 <= at[1] < len(grid.columns)
    return at if inside else (row, col)


def edge_of_row(grid: Grid, row: int, *, last: bool) -> Cell | None:
    """The first or last cell to type in of a row."""
    cells = [cell for cell in grid.row_cells(row) if is_editable(cell)]
    if not cells:
        return None
    return cells[-1] if last else cells[0]
