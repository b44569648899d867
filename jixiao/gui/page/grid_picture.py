"""Small pictures of pages, painted from the same grid and geometry as the page itself."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from jixiao.gui.page.fonts import PageFonts
from jixiao.gui.page.geometry import MARGIN, SCREEN_SCALE, PageGeometry
from jixiao.gui.theme import Theme
from jixiao.io.paper.page.grid import Cell, Grid
from jixiao.io.paper.page.layout import LINE_HEIGHT, SIDE_PADDING, VERTICAL_PADDING

_ASCENT = 0.88  # of an em: where Chinese fonts have their baseline


def picture_of(grid: Grid, fonts: PageFonts, theme: Theme, size: QSize, ratio: float) -> QPixmap:
    """A page painted as wide as ``size``; what is longer is cut off, what is shorter has a desk.

    Args:
        grid: The page.
        fonts: The fonts of pages.
        theme: The colours.
        size: In device-independent pixels.
        ratio: Device pixels for one of them.
    """
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(theme.page))
    geometry = PageGeometry(grid, fonts)
    wide = geometry.xs[-1] + 2 * MARGIN * SCREEN_SCALE
    scale = size.width() / max(wide, 1.0)
    painter = QPainter(picture)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    painter.translate(MARGIN * SCREEN_SCALE, MARGIN * SCREEN_SCALE * 0.6)
    for cell in grid.cells:
        _paint_cell(painter, geometry, cell, fonts, theme)
    line = QColor(theme.form_line)
    for border in geometry.lines:
        rect = QRectF(border.rect)
        # A hairline stays visible however small the picture is.
        painter.fillRect(
            rect.adjusted(0, 0, max(0.0, 0.7 / scale - rect.width()), 0)
            if rect.width() < rect.height()
            else rect.adjusted(0, 0, 0, max(0.0, 0.7 / scale - rect.height())),
            line,
        )
    painter.resetTransform()
    painter.setPen(QColor(theme.page_edge))
    painter.drawRect(QRectF(0.5, 0.5, size.width() - 1, size.height() - 1))
    painter.end()
    return picture


def _paint_cell(
    painter: QPainter, geometry: PageGeometry, cell: Cell, fonts: PageFonts, theme: Theme
) -> None:
    rect = QRectF(geometry.rect(cell))
    if not cell.style.border.empty and cell.text.strip() and not cell.bindings:
        painter.fillRect(rect, QColor(theme.label_fill))
    lines = geometry.layout.lines.get((cell.row, cell.col))
    if not lines:
        return
    style, scale = cell.style, geometry.scale
    size = style.size * scale
    pitch, side = size * LINE_HEIGHT, SIDE_PADDING * scale
    top = rect.top() + VERTICAL_PADDING * scale / 2
    free = rect.height() - pitch * len(lines) - VERTICAL_PADDING * scale
    top += {"center": free / 2, "bottom": free}.get(style.valign, 0.0)
    painter.setFont(fonts.font(style, scale))
    painter.setPen(QColor(theme.ink))
    for number, text in enumerate(lines):
        rest = rect.width() - 2 * side - fonts.width(text, style) * scale
        share = {"center": 0.5, "right": 1.0}.get(style.halign, 0.0)
        baseline = top + number * pitch + (pitch - size) / 2 + size * _ASCENT
        painter.drawText(QPointF(rect.left() + side + rest * share, baseline), text)


def plain_picture(size: QSize, ratio: float, color: str) -> QPixmap:
    """An empty picture, until the real one is painted."""
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(color) if color else Qt.GlobalColor.transparent)
    return picture
