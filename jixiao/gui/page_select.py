"""What is selected on the page: a block of whole cells, whole rows, or single cells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from jixiao.gui.page_block import block, own_cells, whole_rows
from jixiao.gui.page_moves import is_editable, neighbour, next_editable
from jixiao.io.clipboard import Rect, Selection, whole_cells
from jixiao.io.grid import Cell, Grid

if TYPE_CHECKING:
    from jixiao.gui.page_view import PageView

_ARROWS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
_Flag = QItemSelectionModel.SelectionFlag


class PageSelection:
    """The selection of a page view; the cell with the cursor stays while it is extended."""

    def __init__(self, view: PageView) -> None:
        self._view = view
        self._far: tuple[int, int] | None = None

    @property
    def _grid(self) -> Grid:
        return self._view.page.grid

    def forget(self) -> None:
        """The cursor went elsewhere: the next extension begins there."""
        self._far = None

    # Making

    def extend(self, how: str) -> None:
        """Extend the block by an arrow (up, down, left, right), or to the "first" or "last"."""
        cell = self._view.current_cell()
        if cell is None:
            return
        if how not in _ARROWS:
            end = next_editable(self._grid, -1, -1, 1)
            if how == "last":
                end = next_editable(self._grid, len(self._grid.rows), 0, -1)
            if end is not None:
                self.extend_to(end.row, end.col)
            return
        before = self._block_to(self._start())
        row, col = self._start()
        while True:
            after = neighbour(self._grid, row, col, *_ARROWS[how])
            if after == (row, col):
                return
            row, col = after
            if self._block_to(after) != before:
                self.extend_to(row, col)
                return

    def _start(self) -> tuple[int, int]:
        return self._view.position() if self._far is None else self._far

    def _block_to(self, spot: tuple[int, int]) -> Rect:
        return block(self._grid, self._view.position(), spot)

    def extend_to(self, row: int, col: int) -> None:
        """Make a block from the cursor to a position."""
        self._far = (row, col)
        rect = self._block_to(self._far)
        self._select([rect])
        cell = self._grid.at(row, col)
        if cell is not None:
            self._view.scrollTo(self._view.page.index_of(cell))

    def select_rows(self, rows: Iterable[int], *, keep_column: bool = False) -> None:
        """Select whole rows of lists; the cursor goes into the first of them."""
        chosen = [row for row in sorted(rows) if own_cells(self._grid, row)]
        if not chosen:
            return
        cells = own_cells(self._grid, chosen[0])
        here = self._view.position()[1]
        first = next((c for c in cells if is_editable(c)), cells[0])
        if keep_column:
            first = next((c for c in cells if c.col <= here < c.right), first)
        self._view.select(first)
        self._select(
            Rect(row, cell.col, row + 1, cell.right)
            for row in chosen
            for cell in own_cells(self._grid, row)
        )

    def select_all(self) -> None:
        """Select the whole page."""
        if self._grid.rows:
            self._select([Rect(0, 0, len(self._grid.rows), len(self._grid.columns))])

    def select_rect(self, rect: Rect) -> None:
        """Select what a paste filled, as far as the page goes, with the cursor in its corner."""
        grid = self._grid
        bottom, right = min(rect.bottom, len(grid.rows)), min(rect.right, len(grid.columns))
        cell = grid.at(rect.top, rect.left) if rect.top < bottom and rect.left < right else None
        if cell is not None:
            self._view.select(cell)
            self._far = (bottom - 1, right - 1)
            self._select([block(grid, (rect.top, rect.left), self._far)])

    def _select(self, rects: Iterable[Rect]) -> None:
        page = self._view.page
        selection = QItemSelection()
        for rect in rects:
            top = page.index(rect.top, rect.left)
            selection.select(top, page.index(rect.bottom - 1, rect.right - 1))
        self._view.selectionModel().select(selection, _Flag.ClearAndSelect)
        self._view.viewport().update()

    # Asking

    def spots(self) -> frozenset[tuple[int, int]]:
        """The selected positions, every cell whole; the cursor's cell when nothing is selected."""
        chosen = {
            (row, col)
            for part in list(self._view.selectionModel().selection())  # pyright: ignore[reportArgumentType]
            for row in range(part.top(), part.bottom() + 1)
            for col in range(part.left(), part.right() + 1)
        }
        cell = self._view.current_cell()
        if not chosen and cell is not None:
            chosen = {(cell.row, cell.col)}
        return whole_cells(self._grid, chosen)

    def cells(self) -> list[Cell]:
        """The selected cells, each once, in reading order."""
        cells = {cell for spot in self.spots() if (cell := self._grid.at(*spot)) is not None}
        return sorted(cells, key=lambda cell: (cell.row, cell.col))

    def block(self) -> Selection:
        """What is copied and where is pasted: a rectangle where it is one; rows with their levels.

        A row that is selected whole is copied with the levels under which it stands.
        """
        spots = self.spots()
        rect = whole_rows(self._grid, spots) or _rect_of(spots)
        return spots if rect is None else rect

    def rows(self) -> list[int]:
        """The rows of the page that the selection touches."""
        return sorted({row for row, _ in self.spots()})

    def rows_are_whole(self) -> bool:
        """True when the selection is one run of whole rows."""
        return whole_rows(self._grid, self.spots()) is not None

    def frame(self) -> Rect | None:
        """The rectangle of a selection of several cells, for the frame around it."""
        spots = self.spots()
        rect = _rect_of(spots)
        cell = self._view.current_cell()
        if rect is None or cell is None:
            return None
        alone = rect == Rect(cell.row, cell.col, cell.bottom, cell.right)
        return None if alone else rect


def _rect_of(spots: frozenset[tuple[int, int]]) -> Rect | None:
    """The rectangle that some positions fill; None when they do not fill one."""
    if not spots:
        return None
    rows, cols = [row for row, _ in spots], [col for _, col in spots]
    rect = Rect(min(rows), min(cols), max(rows) + 1, max(cols) + 1)
    full = (rect.bottom - rect.top) * (rect.right - rect.left) == len(spots)
    return rect if full else None
