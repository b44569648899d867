"""What is painted over the cells of a page: borders, the frame of the cursor, where rows drop."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from jixiao.gui.page.geometry import PageGeometry
from jixiao.gui.theme import Theme
from jixiao.io.paper.edit.clipboard import Rect
from jixiao.io.paper.page.grid import Cell


def paint_borders(painter: QPainter, geometry: PageGeometry, theme: Theme, exposed: QRect) -> None:
    """The lines of the form, each as thick as the others at every scaling of the screen."""
    line, faint = QColor(theme.form_line), QColor(theme.faint)
    to_device = painter.deviceTransform()
    from_device, _ = to_device.inverted()
    for border in geometry.lines:
        if border.rect.intersects(exposed):
            # On whole device pixels, so that all lines are equally thick at 125 and 150 %.
            exact = to_device.mapRect(QRectF(border.rect))
            thick = max(1, int(min(exact.width(), exact.height())))
            across = exact.width() > exact.height()
            snapped = QRectF(
                ceil(exact.left() - 0.01),
                ceil(exact.top() - 0.01),
                round(exact.width()) if across else thick,
                thick if across else round(exact.height()),
            )
            painter.fillRect(from_device.mapRect(snapped), faint if border.faint else line)


def paint_cursor(
    painter: QPainter,
    geometry: PageGeometry,
    theme: Theme,
    cell: Cell | None,
    frame: Rect | None,
    *,
    active: bool,
    strong: bool,
) -> None:
    """The frame around the cell with the cursor, or around the block that is selected.

    Args:
        painter: Paints on the page.
        geometry: The page.
        theme: Its colours.
        cell: The cell with the cursor.
        frame: The block, None for a single cell.
        active: The keyboard is here.
        strong: Something can be typed there.
    """
    if frame is not None:
        rect = geometry.area(frame)
    elif cell is not None:
        rect = geometry.rect(cell)
    else:
        return
    page = QRect(0, 0, geometry.xs[-1], geometry.ys[-1])
    rect = rect.adjusted(-1, -1, 0, 0).intersected(page).adjusted(1, 1, -1, -1)
    pen = QPen(QColor(theme.accent if active else theme.faint), 2)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if not active or not (strong or frame is not None):
        pen.setWidth(1)
    painter.setPen(pen)
    painter.drawRect(rect)


def frame_area(geometry: PageGeometry, cell: Cell | None, frame: Rect | None) -> QRect:
    """What ``paint_cursor`` paints over; empty while the page is about to have other rows."""
    if cell is None or cell.bottom >= len(geometry.ys):
        return QRect()
    rect = geometry.rect(cell) if frame is None else geometry.area(frame)
    return rect.adjusted(-2, -2, 2, 2)


def paint_drop(painter: QPainter, geometry: PageGeometry, theme: Theme, row: int) -> None:
    """A line between two rows: dragged rows would go there."""
    y = geometry.ys[row]
    painter.fillRect(QRect(0, max(0, y - 2), geometry.xs[-1], 3), QColor(theme.accent))


def paint_column_edge(painter: QPainter, theme: Theme, x: int, height: int) -> None:
    """A line where the border of a column would go."""
    painter.fillRect(QRect(x, 0, 1, height), QColor(theme.accent))
