"""Columns made wider and narrower on the screen by dragging a border of a printed cell."""

from __future__ import annotations

from jixiao.gui.page.fonts import PageFonts
from jixiao.gui.page.geometry import PageGeometry
from jixiao.io.paper.page.grid import Grid
from jixiao.io.paper.page.layout import SIDE_PADDING

_NEAR = 3  # pixels
_NARROWEST = 14.0  # points
_WIDEST_FIT = 300.0


def border_at(geometry: PageGeometry, x: int, y: int) -> int:
    """The column whose right border is under a point, -1 when none is.

    Only beside printed words, as only there nobody wants to put the cursor between two letters.
    """
    grid = geometry.grid
    if not grid.rows:
        return -1
    for cell in grid.row_cells(geometry.row_at(y)):
        near = abs(x - geometry.xs[cell.right]) <= _NEAR
        if near and cell.is_label and cell.text.strip() and not cell.style.border.empty:
            return cell.right - 1
    return -1


def with_width(columns: tuple[float, ...], column: int, width: float) -> tuple[float, ...]:
    """The widths in points with another one for a column, never too narrow to be found again."""
    return (*columns[:column], round(max(_NARROWEST, width), 1), *columns[column + 1 :])


def fitting_width(grid: Grid, fonts: PageFonts, column: int) -> float:
    """The width in points at which no text of a column breaks; very long texts still do."""
    widest = _NARROWEST
    for cell in grid.cells:
        if cell.col == column and cell.colspan == 1:
            lines = cell.text.split("\n")
            own = max(fonts.width(line, cell.style) for line in lines)
            widest = max(widest, own + cell.style.indent * cell.style.size + 2 * SIDE_PADDING + 2)
    return min(widest, _WIDEST_FIT)
