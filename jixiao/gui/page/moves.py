"""Where the keys go on a page: from cell to cell as in Excel, skipping labels where one types."""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.io.paper.edit.edit import can_edit
from jixiao.io.paper.page.grid import Binding, Cell, Grid


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


def _nearest_beyond(grid: Grid, row: int, col: int, step: int) -> Cell | None:
    """The cell to type in that is nearest to a column, in the next rows that have one."""
    here = grid.at(row, col)
    at = row + step if here is None else (here.bottom if step > 0 else here.row - 1)
    while 0 <= at < len(grid.rows):
        cells = [cell for cell in grid.row_cells(at) if is_editable(cell)]
        if cells:
            return min(cells, key=lambda cell: abs(cell.col - col))
        at += step
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


def end_of_band(grid: Grid, row: int, col: int, step: int) -> Cell | None:
    """The last cell to type in of the same band above or below; at its end the next one beyond."""
    found = editable_below(grid, row, col, step)
    here = grid.rows[row].band if 0 <= row < len(grid.rows) else ""
    while found is not None:
        beyond = editable_below(grid, found.row, col, step)
        if beyond is None or grid.rows[beyond.row].band != here:
            return found
        if grid.rows[found.row].band != here:
            return found
        found = beyond
    return None


_ARROWS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}


@dataclass
class Cursor:
    """Where the keyboard is: a position that keeps its row and column across merged cells.

    After Tabs, Enter goes back to the column where they began, one row down. A click and every
    other way of moving ends the run of Tabs.
    """

    row: int = 0
    col: int = 0
    _tab_column: int | None = None

    @property
    def enter_column(self) -> int:
        """The column to which Enter goes: where a run of Tabs began, else the cursor's."""
        return self.col if self._tab_column is None else self._tab_column

    def end_run(self) -> None:
        """Forget where a run of Tabs began: Enter goes down from where the cursor is."""
        self._tab_column = None

    def put(self, cell: Cell, row: int, col: int) -> None:
        """Go where the mouse or the program pointed; within the same cell nothing changes."""
        if not (cell.row <= self.row < cell.bottom and cell.col <= self.col < cell.right):
            self.row, self.col = row, col

    def go(self, grid: Grid, how: str) -> Cell | None:
        """Move: up, down, left, right, enter, back_enter, tab, backtab, home, end, first, last.

        "top" and "bottom" go to the end of the band, and from there to the next one.

        Returns:
            The cell that it came to, None when it stays.
        """
        if how in _ARROWS:
            self._tab_column = None
            self.row, self.col = neighbour(grid, self.row, self.col, *_ARROWS[how])
            return grid.at(self.row, self.col)
        if how in {"tab", "backtab"}:
            if self._tab_column is None:
                self._tab_column = self.col
            here = grid.at(self.row, self.col)
            row, col = (self.row, self.col) if here is None else (here.row, here.col)
            cell = next_editable(grid, row, col, 1 if how == "tab" else -1)
        else:
            cell = self._target(grid, how)
            self._tab_column = None
        if cell is not None:
            self.row, self.col = max(cell.row, min(self.row, cell.bottom - 1)), cell.col
        return cell

    def _target(self, grid: Grid, how: str) -> Cell | None:
        if how in {"enter", "back_enter"}:
            at, step = (self.row, self.enter_column), 1 if how == "enter" else -1
            return editable_below(grid, *at, step) or _nearest_beyond(grid, *at, step)
        if how in {"home", "end"}:
            return edge_of_row(grid, self.row, last=how == "end")
        if how in {"top", "bottom"}:
            return end_of_band(grid, self.row, self.col, -1 if how == "top" else 1)
        if how == "first":
            return next_editable(grid, -1, -1, 1)
        return next_editable(grid, len(grid.rows), 0, -1)
