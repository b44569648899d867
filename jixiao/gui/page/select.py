"""What is selected on the page: a block of whole cells, whole rows, or single cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QTimer

from jixiao.gui.page.block import block, level_cells, own_cells, whole_rows
from jixiao.gui.page.cursor import CursorCanvas
from jixiao.gui.page.moves import edge_of_row, end_of_band, is_editable, neighbour, next_editable
from jixiao.io.paper.edit.clipboard import Rect, Selection, whole_cells
from jixiao.io.paper.edit.put import Place
from jixiao.io.paper.page.grid import Cell, Grid
from jixiao.model.table import ROW_TYPES

_ARROWS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
_PAGES = {"page_up": -1, "page_down": 1}
_SCROLL_MS = 40
_Flag = QItemSelectionModel.SelectionFlag
_Spots = frozenset[tuple[int, int]]


class PageSelection:
    """The selection of a page view; the cell with the cursor stays while it is extended."""

    def __init__(self, view: CursorCanvas) -> None:
        self._view = view
        self._far: tuple[int, int] | None = None
        self._spots: tuple[Grid, Cell | None, _Spots] | None = None
        self._rows: _Spots = frozenset()  # what was selected as whole rows, with their levels
        self._held = QPoint()  # where the mouse is on the screen while it selects
        self._scrolling = QTimer(view)
        self._scrolling.setInterval(_SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll_on)
        view.selected.connect(self._selection_changed)

    @property
    def _grid(self) -> Grid:
        return self._view.page.grid

    def forget(self) -> None:
        """The cursor went elsewhere: the next extension begins there."""
        self._far = None

    def _selection_changed(self) -> None:
        self._spots = None
        self.forget()
        if self._rows and self.spots() != self._rows:
            self._rows = frozenset()
            self._view.viewport().update()  # the levels beside the rows look selected no more

    # Making

    def take(self, wish: str, how: str) -> bool:
        """Do what a key asks for: "extend" and where, "rows" or "column"; False for others."""
        if wish == "extend":
            self.extend(how)
        elif wish == "rows":
            self.select_rows(self.rows())
        elif wish == "column":
            self.select_column()
        return wish in {"extend", "rows", "column"}

    def extend(self, how: str) -> None:
        """Extend the block by a key.

        Args:
            how: An arrow (up, down, left, right), "home" and "end" of the row, "top" and "bottom"
                of the band, "page_up", "page_down", the "first" or the "last" cell to type in.
        """
        if self._view.current_cell() is None or not self._inside(self._start()):
            return
        if how in _ARROWS:
            self._extend_by_arrow(*_ARROWS[how])
            return
        spot = self._spot(how)
        if spot is not None:
            self.extend_to(*spot)

    def _extend_by_arrow(self, down: int, right: int) -> None:
        before = self._block_to(self._start())
        row, col = self._start()
        while True:
            after = neighbour(self._grid, row, col, down, right)
            if after == (row, col):
                return
            row, col = after
            if self._block_to(after) != before:
                self.extend_to(row, col)
                return

    def _spot(self, how: str) -> tuple[int, int] | None:
        grid, (row, col) = self._grid, self._start()
        if how in _PAGES:
            return self._view.page_row(row, _PAGES[how]), col
        if how in {"home", "end"}:
            own = [cell for cell in own_cells(grid, row) if is_editable(cell)]  # not its levels
            cell = (
                own[-1 if how == "end" else 0] if own else edge_of_row(grid, row, last=how == "end")
            )
            return None if cell is None else (row, cell.col)
        if how in {"top", "bottom"}:
            cell = end_of_band(grid, row, col, -1 if how == "top" else 1)
            return None if cell is None else (cell.row, col)
        if how == "first":
            cell = next_editable(grid, -1, -1, 1)
        else:
            cell = next_editable(grid, len(grid.rows), 0, -1)
        return None if cell is None else (cell.row, cell.col)

    def _start(self) -> tuple[int, int]:
        return self._view.position() if self._far is None else self._far

    def _inside(self, spot: tuple[int, int]) -> bool:
        return spot[0] < len(self._grid.rows) and spot[1] < len(self._grid.columns)

    def _block_to(self, spot: tuple[int, int]) -> Rect:
        return block(self._grid, self._view.position(), spot)

    def extend_to(self, row: int, col: int) -> None:
        """Make a block from the cursor to a position."""
        self._select([self._block_to((row, col))])
        self._far = (row, col)
        cell = self._grid.at(row, col)
        if cell is not None:
            self._view.scrollTo(self._view.page.index_of(cell))

    def extend_at(self, point: QPoint) -> None:
        """Extend the block to a point of the page."""
        geometry = self._view.geometry_of_page
        if self._grid.rows:
            self.extend_to(geometry.row_at(point.y()), geometry.column_at(point.x()))

    def drag_to(self, screen: QPoint) -> None:
        """Extend the block to where the mouse is; outside of what is seen it scrolls on."""
        self._held = screen
        viewport = self._view.viewport()
        self.extend_at(viewport.mapFromGlobal(screen))
        if viewport.visibleRegion().contains(viewport.mapFromGlobal(screen)):
            self._scrolling.stop()
        elif not self._scrolling.isActive():
            self._scrolling.start()

    def drop(self) -> None:
        """The mouse has let go."""
        self._scrolling.stop()

    def _scroll_on(self) -> None:
        self.drag_to(self._held)

    def select_rows(self, rows: Iterable[int], *, keep_column: bool = False) -> None:
        """Select whole rows of lists; the cursor goes into the first of them.

        Where none of the rows belongs to a list they are selected as they stand.
        """
        rows = sorted(rows)
        chosen = [row for row in rows if own_cells(self._grid, row)]
        if not chosen:
            if rows:
                last = len(self._grid.columns) - 1
                self._select([block(self._grid, (rows[0], 0), (rows[-1], last))])
            return
        cells = own_cells(self._grid, chosen[0])
        here = self._view.position()[1]
        first = next((c for c in cells if is_editable(c)), cells[0])
        if keep_column:
            first = next((c for c in cells if c.col <= here < c.right), first)
        self._view.select(first)
        self._select(_joined(self._grid, chosen))
        self._rows = self.spots()

    def select_column(self) -> None:
        """Select the selected columns of the list in which the cursor stands."""
        grid, rect = self._grid, self.frame()
        row, col = self._view.position()
        left, right = (col, col) if rect is None else (rect.left, rect.right - 1)
        band = grid.rows[row].band if row < len(grid.rows) else ""
        if not band:
            return
        top = bottom = row
        while top > 0 and grid.rows[top - 1].band == band:
            top -= 1
        while bottom + 1 < len(grid.rows) and grid.rows[bottom + 1].band == band:
            bottom += 1
        self._select([block(grid, (top, left), (bottom, right))])
        self._far = (bottom, right)

    def select_all(self) -> None:
        """Select the whole page."""
        if self._grid.rows:
            self._select([Rect(0, 0, len(self._grid.rows), len(self._grid.columns))])

    def select_places(self, places: Collection[Place]) -> None:
        """Select just the cells that show some places of the table, the cursor in the first."""
        cells: dict[tuple[int, int], Cell] = {}
        for cell, part in self._grid.bound():
            binding = part.binding
            assert binding is not None
            rows = binding.rows if binding.target in ROW_TYPES else (-1,)
            if any((binding.target, row, binding.name) in places for row in rows):
                cells[cell.row, cell.col] = cell
        if cells:
            self._view.select(next(iter(cells.values())))
            self._select(_rects(cells.values()))

    def select_rect(self, rect: Rect) -> None:
        """Select what was filled, as far as the page goes, with the cursor in its corner."""
        grid = self._grid
        bottom, right = min(rect.bottom, len(grid.rows)), min(rect.right, len(grid.columns))
        cell = grid.at(rect.top, rect.left) if rect.top < bottom and rect.left < right else None
        if cell is not None:
            self._view.select(cell)
            far = (bottom - 1, right - 1)
            self._select([block(grid, (rect.top, rect.left), far)])
            self._far = far

    def _select(self, rects: Iterable[Rect]) -> None:
        page = self._view.page
        selection = QItemSelection()
        for rect in rects:
            top = page.index(rect.top, rect.left)
            selection.select(top, page.index(rect.bottom - 1, rect.right - 1))
        self._view.selectionModel().select(selection, _Flag.ClearAndSelect)
        self._view.viewport().update()

    # Asking

    def spots(self) -> _Spots:
        """The selected positions, every cell whole; the cursor's cell when nothing is selected."""
        cell = self._view.current_cell()
        known = self._spots
        if known is not None and known[0] is self._grid and known[1] is cell:
            return known[2]
        chosen = {
            (row, col)
            for part in list(self._view.selectionModel().selection())  # pyright: ignore[reportArgumentType]
            for row in range(part.top(), part.bottom() + 1)
            for col in range(part.left(), part.right() + 1)
        }
        if not chosen and cell is not None:
            chosen = {(cell.row, cell.col)}
        found = whole_cells(self._grid, chosen)
        self._spots = self._grid, cell, found
        return found

    def cells(self) -> list[Cell]:
        """The selected cells, each once, in reading order."""
        spots = self.spots()
        return [cell for cell in self._grid.cells if (cell.row, cell.col) in spots]

    def block(self) -> Selection:
        """What is copied and where is pasted: a rectangle where it is one.

        Rows that were selected whole have their levels with them, as they look.
        """
        spots = self.highlighted()
        rect = _rect_of(spots)
        return spots if rect is None else rect

    def highlighted(self) -> _Spots:
        """The positions that look selected: beside whole rows their part of the levels too."""
        spots = self.spots()
        return spots.union(*(_positions(rect) for rect in self.level_parts()))

    def level_parts(self) -> list[Rect]:
        """The parts of level cells beside rows that were selected whole."""
        grid, found = self._grid, list[Rect]()
        rows = sorted({row for row, _ in self._rows})
        for row in rows if self._rows == self.spots() else ():
            if grid.rows[row].band == "indicators":
                found += [Rect(row, c.col, row + 1, c.right) for c in level_cells(grid, row)]
        return found

    def rows(self) -> list[int]:
        """The rows of the page that the selection touches."""
        return sorted({row for row, _ in self.spots()})

    def rows_are_whole(self) -> bool:
        """True when the selection is one run of whole rows."""
        return whole_rows(self._grid, self.spots())

    def frame(self) -> Rect | None:
        """The rectangle of a selection of several cells, for the frame around it."""
        spots = self.spots()
        rect = _rect_of(spots)
        cell = self._view.current_cell()
        if rect is None or cell is None:
            return None
        alone = rect == Rect(cell.row, cell.col, cell.bottom, cell.right)
        return None if alone else rect

    def outline(self) -> Rect | None:
        """The rectangle around which the frame is painted: with the levels of whole rows."""
        return _rect_of(self.highlighted()) if self._rows else self.frame()


def _joined(grid: Grid, rows: list[int]) -> list[Rect]:
    """The own cells of rows as few rectangles: equal neighbours are one."""
    found: dict[tuple[int, int], Rect] = {}
    done: list[Rect] = []
    for row in rows:
        spans: list[tuple[int, int]] = []
        for cell in own_cells(grid, row):
            if spans and spans[-1][1] == cell.col:
                spans[-1] = (spans[-1][0], cell.right)
            else:
                spans.append((cell.col, cell.right))
        before, found = found, {}
        for left, right in spans:
            above = before.pop((left, right), None)
            top = above.top if above is not None and above.bottom == row else row
            if above is not None and above.bottom != row:
                done.append(above)
            found[left, right] = Rect(top, left, row + 1, right)
        done += before.values()
    return [*done, *found.values()]


def _rects(cells: Iterable[Cell]) -> list[Rect]:
    """The rectangles that some cells in reading order fill, those side by side in one."""
    found: list[Rect] = []
    for cell in cells:
        last = found[-1] if found else None
        if last is not None and (last.top, last.bottom, last.right) == (
            cell.row,
            cell.bottom,
            cell.col,
        ):
            found[-1] = Rect(last.top, last.left, last.bottom, cell.right)
        else:
            found.append(Rect(cell.row, cell.col, cell.bottom, cell.right))
    return found


def _positions(rect: Rect) -> _Spots:
    return frozenset(
        (row, col) for row in range(rect.top, rect.bottom) for col in range(rect.left, rect.right)
    )


def _rect_of(spots: frozenset[tuple[int, int]]) -> Rect | None:
    """The rectangle that some positions fill; None when they do not fill one."""
    if not spots:
        return None
    rows, cols = [row for row, _ in spots], [col for _, col in spots]
    rect = Rect(min(rows), min(cols), max(rows) + 1, max(cols) + 1)
    full = (rect.bottom - rect.top) * (rect.right - rect.left) == len(spots)
    return rect if full else None
