"""The cells of a page as they are painted: their ground and their lines of text.

The view paints all cells itself: asking Qt's delegate for each of some hundred cells takes three
times as long, and a page is painted anew whenever it scrolls.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QRegion

from jixiao.gui.page.fonts import PageFonts
from jixiao.gui.page.geometry import PageGeometry
from jixiao.gui.theme import LIGHT, Theme
from jixiao.io.paper.edit.clipboard import Rect
from jixiao.io.paper.page.grid import Cell, Spot, Style
from jixiao.io.paper.page.layout import LINE_HEIGHT, SIDE_PADDING, VERTICAL_PADDING

_ASCENT = 0.88  # of an em: where Chinese fonts have their baseline
_KEPT = 4000  # texts whose place in their cells is remembered
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}

_Key = tuple[int, tuple[str, ...], int, int]
_Line = tuple[float, float, QFont, str]  # from the corner of its cell to the baseline


class CellPainter:
    """Paints the cells of a page.

    Attributes:
        geometry: The page.
        theme: Its colours.
        dpi: The device's, by which the sizes of fonts are turned into pixels.
        placeholders: Faint words for cells that wait to be filled, by row and column; not shown
            while the page can only be read.
        active: Keys act on the page: what is selected there stands out.
    """

    def __init__(self, fonts: PageFonts, geometry: PageGeometry) -> None:
        self.geometry = geometry
        self.theme: Theme = LIGHT
        self.dpi = 96.0
        self.placeholders: Mapping[Spot, str] = {}
        self.active = False
        self._fonts = fonts
        self._drawn: dict[int, tuple[Style, QFont, QFontMetricsF]] = {}
        self._lines: dict[_Key, list[_Line]] = {}
        self._drawn_at = (0.0, 0.0)
        self._colors: dict[str, QColor] = {}

    def paint(
        self,
        painter: QPainter,
        exposed: QRegion,
        selected: Sequence[Rect],
        current: Cell | None,
        *,
        parts: Sequence[Rect] = (),
        read_only: bool,
    ) -> None:
        """Paint the cells that meet a region.

        Args:
            painter: Paints on the page, clipped to the region.
            exposed: The region, in pixels of the page.
            selected: The blocks of positions that are selected.
            current: The cell with the cursor, which never looks selected.
            parts: The parts of merged cells that look selected.
            read_only: Nothing can be typed: no placeholders.
        """
        self._forget_other_sizes()
        for cell in self._cells_in(exposed):
            rect = self.geometry.rect(cell)
            chosen = cell is not current and any(_holds(block, cell) for block in selected)
            painter.fillRect(rect, self._color(self._ground(cell, chosen=chosen)))
            for part in parts:
                if cell.col == part.left and cell.row <= part.top < cell.bottom:
                    painter.fillRect(self.geometry.area(part), self._color(self._chosen()))
            lines = self.geometry.layout.lines.get((cell.row, cell.col))
            if lines:
                self._paint_lines(painter, rect, cell.style, lines)
            elif not read_only and (words := self.placeholders.get((cell.row, cell.col))):
                self._paint_placeholder(painter, rect, cell.style, words)

    def _cells_in(self, exposed: QRegion) -> list[Cell]:
        """The cells that meet a region, each once, in reading order."""
        xs, ys, grid = self.geometry.xs, self.geometry.ys, self.geometry.grid
        found: dict[Spot, Cell] = {}
        for rect in exposed:  # pyright: ignore[reportGeneralTypeIssues]
            first, last = (
                max(bisect_right(ys, rect.top()) - 1, 0),
                bisect_left(ys, rect.bottom() + 1),
            )
            left, right = rect.left(), rect.right()
            for row in range(first, min(last, len(grid.rows))):
                for cell in grid.row_cells(row):
                    if xs[cell.col] <= right and xs[cell.right] > left:
                        found[cell.row, cell.col] = cell
        return [found[place] for place in sorted(found)]

    def _color(self, name: str) -> QColor:
        color = self._colors.get(name)
        if color is None:
            color = self._colors[name] = QColor(name)
        return color

    def _chosen(self) -> str:
        return self.theme.accent_soft if self.active else self.theme.line

    def _ground(self, cell: Cell, *, chosen: bool) -> str:
        if chosen:
            return self._chosen()
        if cell.style.fill and not self.theme.dark:
            return "#" + cell.style.fill
        return self.theme.label_fill if _is_heading(cell) else self.theme.page

    def _paint_placeholder(self, painter: QPainter, rect: QRect, style: Style, words: str) -> None:
        scale = self.geometry.scale
        painter.setFont(self._fonts.font(style, scale, self.dpi))
        color = QColor(self.theme.faint)
        color.setAlphaF(0.75)
        painter.setPen(color)
        side = round(SIDE_PADDING * scale)
        painter.drawText(
            rect.adjusted(side, 0, -side, 0),
            int(Qt.AlignmentFlag.AlignVCenter) | int(_ALIGN[style.halign]),
            words,
        )

    def _paint_lines(
        self, painter: QPainter, rect: QRect, style: Style, lines: tuple[str, ...]
    ) -> None:
        dark = self.theme.dark
        painter.setPen(
            self._color("#" + style.color if style.color and not dark else self.theme.ink)
        )
        key = (id(style), lines, rect.width(), rect.height())
        placed = self._lines.get(key)
        if placed is None:
            placed = self._lines[key] = self._placed(rect, style, lines)
        left, top = rect.left(), rect.top()
        for right, down, font, line in placed:
            painter.setFont(font)
            painter.drawText(QPointF(left + right, top + down), line)

    def _placed(self, rect: QRect, style: Style, lines: tuple[str, ...]) -> list[_Line]:
        """Where the lines of a cell stand, from its corner, and their fonts."""
        scale = self.geometry.scale
        size = style.size * scale
        pitch = size * LINE_HEIGHT
        pad, side = VERTICAL_PADDING * scale / 2, SIDE_PADDING * scale
        free = rect.height() - pitch * len(lines) - 2 * pad
        top = pad + {"center": free / 2, "bottom": free}.get(style.valign, 0.0)
        font, metrics = self._font(style, scale)
        indent = style.indent * size
        placed: list[_Line] = []
        for number, line in enumerate(lines):
            baseline = top + number * pitch + (pitch - size) / 2 + size * _ASCENT
            wide = self._fonts.width(line, style) * scale
            excess = metrics.horizontalAdvance(line) - wide
            used = font
            if excess > 1:
                # Small letters are rounded to whole pixels; a full line must not cross its border.
                used = QFont(font)
                used.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -excess / len(line))
            x = side + indent
            if style.halign != "left":
                rest = rect.width() - 2 * side - wide
                x = side + (rest / 2 if style.halign == "center" else rest - indent)
            placed.append((x, baseline, used, line))
        return placed

    def _forget_other_sizes(self) -> None:
        now = (self.geometry.scale, self.dpi)
        if now != self._drawn_at:
            self._drawn_at = now
            self._drawn.clear()
            self._lines.clear()
        elif len(self._lines) > _KEPT:
            self._lines.clear()

    def _font(self, style: Style, scale: float) -> tuple[QFont, QFontMetricsF]:
        """The font of a style at a scale, made once: a page has few styles and many cells.

        The style is kept with it, so that its id belongs to no other one meanwhile.
        """
        found = self._drawn.get(id(style))
        if found is None:
            font = self._fonts.font(style, scale, self.dpi)
            found = self._drawn[id(style)] = (style, font, QFontMetricsF(font))
        return found[1:]


def _holds(block: Rect, cell: Cell) -> bool:
    return block.top <= cell.row < block.bottom and block.left <= cell.col < block.right


def _is_heading(cell: Cell) -> bool:
    """True for printed words inside the frame, and for level names, which head their rows."""
    if cell.style.border.empty or not cell.text.strip():
        return False
    bindings = cell.bindings
    return not bindings or bindings[0].name in {"level1", "level2"}
