"""The page in pixels: edges of rows and columns, broken lines of text, and the drawn borders."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from PySide6.QtCore import QRect

from jixiao.gui.page.fonts import PageFonts
from jixiao.io.paper.edit.clipboard import Rect
from jixiao.io.paper.page.grid import Cell, Grid
from jixiao.io.paper.page.layout import Layout, layout

SCREEN_SCALE = 96.0 / 72.0
"""Screen pixels for one point at 100 %."""
MARGIN = 27.0
"""Points of white around the cells on the screen; the paper's own margins are wider."""
_THICKNESS = {"medium": 2, "thick": 3, "double": 2}
_Run = tuple[int, int, int, str]  # a line between rows or columns, first, last, style
_Edges = tuple[list[_Run], list[_Run]]  # across and down
_DASHED = frozenset({"dotted", "dashed", "hair", "dashDot", "mediumDashed"})


@dataclass(frozen=True)
class Line:
    """A border line: a filled rectangle of pixels; ``faint`` for dotted and dashed ones."""

    rect: QRect
    faint: bool


class PageGeometry:
    """Where everything of a page stands at a zoom (1.0 is 100 %)."""

    def __init__(
        self,
        grid: Grid,
        fonts: PageFonts,
        zoom: float = 1.0,
        columns: tuple[float, ...] | None = None,
        before: PageGeometry | None = None,
    ) -> None:
        """Lay a page out.

        Args:
            grid: The page.
            fonts: The fonts by which its texts are measured.
            zoom: 1.0 is 100 %.
            columns: Widths in points on this screen, None for those of the form.
            before: The page as it was, whose lines are taken over where nothing moved.
        """
        self.lines: list[Line] = []
        self._edges: _Edges | None = None
        self.grid = grid
        self.columns = grid.columns if columns is None else columns
        shown = grid if self.columns == grid.columns else replace(grid, columns=self.columns)
        self._shown = shown
        known = None if before is None else (before._shown, before.layout)
        self.layout: Layout = layout(shown, fonts.width, before=known)
        self._measure(zoom, before)

    def set_zoom(self, zoom: float) -> None:
        """Change the zoom; the lines of text stay broken where they are."""
        self._measure(zoom, None)

    def _measure(self, zoom: float, before: PageGeometry | None) -> None:
        self.zoom = zoom
        self.scale = SCREEN_SCALE * zoom
        self.xs = [round(x * self.scale) for x in accumulate(self.columns, initial=0.0)]
        heights = self.layout.row_heights
        self.ys = [round(y * self.scale) for y in accumulate(heights, initial=0.0)]
        same = before is not None and (before.xs, before.ys) == (self.xs, self.ys)
        if before is None or not _same_frames(before.grid, self.grid):
            edges = self._edges = self._edges or _edges(self.grid)
            self.lines = _lines(edges, self.xs, self.ys)
        else:
            edges = self._edges = before._edges or _edges(self.grid)
            self.lines = before.lines if same else _lines(edges, self.xs, self.ys)

    @property
    def widths(self) -> list[int]:
        """Column widths in pixels."""
        return [right - left for left, right in pairwise(self.xs)]

    @property
    def heights(self) -> list[int]:
        """Row heights in pixels."""
        return [bottom - top for top, bottom in pairwise(self.ys)]

    def rect(self, cell: Cell) -> QRect:
        """The rectangle of a cell."""
        return self.area(Rect(cell.row, cell.col, cell.bottom, cell.right))

    def area(self, rect: Rect) -> QRect:
        """The rectangle of a block of positions."""
        left, top = self.xs[rect.left], self.ys[rect.top]
        return QRect(left, top, self.xs[rect.right] - left, self.ys[rect.bottom] - top)

    def row_at(self, y: int) -> int:
        """The row at a height, the nearest one above and below the page."""
        return min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)

    def column_at(self, x: int) -> int:
        """The column at a distance from the left, the nearest one beside the page."""
        return min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)


def _same_frames(one: Grid, other: Grid) -> bool:
    return len(one.cells) == len(other.cells) and all(
        a is b
        or (a.row, a.col, a.rowspan, a.colspan, a.style)
        == (b.row, b.col, b.rowspan, b.colspan, b.style)
        for a, b in zip(one.cells, other.cells, strict=True)
    )


def _edges(grid: Grid) -> _Edges:
    """Each edge once: where two cells meet the stronger of their borders is drawn."""
    horizontal: dict[tuple[int, int], str] = {}
    vertical: dict[tuple[int, int], str] = {}
    for cell in grid.cells:
        border = cell.style.border
        if border.empty:
            continue
        for col in range(cell.col, cell.right):
            _strengthen(horizontal, (cell.row, col), border.top)
            _strengthen(horizontal, (cell.bottom, col), border.bottom)
        for row in range(cell.row, cell.bottom):
            _strengthen(vertical, (cell.col, row), border.left)
            _strengthen(vertical, (cell.right, row), border.right)
    return _runs(horizontal), _runs(vertical)


def _lines(edges: _Edges, xs: list[int], ys: list[int]) -> list[Line]:
    across, down = edges
    lines = [
        _line(style, xs[first], ys[row], xs[last + 1], ys[row], across=True)
        for (row, first, last, style) in across
    ]
    lines += [
        _line(style, xs[col], ys[first], xs[col], ys[last + 1], across=False)
        for (col, first, last, style) in down
    ]
    return lines


def _strengthen(edges: dict[tuple[int, int], str], at: tuple[int, int], style: str) -> None:
    if style and _THICKNESS.get(style, 1) >= _THICKNESS.get(edges.get(at, ""), 0):
        edges[at] = style


def _runs(edges: dict[tuple[int, int], str]) -> list[_Run]:
    """Neighbouring edges of one style as (line, first, last, style)."""
    runs: list[_Run] = []
    for (line, at), style in sorted(edges.items()):
        if runs and runs[-1][0] == line and runs[-1][2] == at - 1 and runs[-1][3] == style:
            runs[-1] = (line, runs[-1][1], at, style)
        else:
            runs.append((line, at, at, style))
    return runs


def _line(style: str, left: int, top: int, right: int, bottom: int, *, across: bool) -> Line:
    """An edge between two sections is the last pixel of the first; the outer ones the first."""
    thick = _THICKNESS.get(style, 1)
    if across:
        y = max(0, top - 1 - thick // 2)
        rect = QRect(max(0, left - 1), y, right - max(0, left - 1), thick)
    else:
        x = max(0, left - 1 - thick // 2)
        rect = QRect(x, max(0, top - 1), thick, bottom - max(0, top - 1))
    return Line(rect, style in _DASHED)
