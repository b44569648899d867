"""The page of a comparison: the form with its marks, to be looked at and clicked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from jixiao.gui.compare.colors import CompareColors, colors_of
from jixiao.gui.compare.marks import Marked, MarkedPage, Run, Tone
from jixiao.gui.guard import guarded
from jixiao.gui.page.fonts import PageFonts
from jixiao.gui.page.geometry import PageGeometry
from jixiao.gui.page.paint import paint_borders
from jixiao.gui.theme import Theme, theme_of
from jixiao.io.paper.compare.differences import Difference
from jixiao.io.paper.page.grid import Cell, Grid, Style
from jixiao.io.paper.page.layout import LINE_HEIGHT, SIDE_PADDING, VERTICAL_PADDING

_ASCENT = 0.88  # of an em: where Chinese fonts have their baseline
_EMPTY = MarkedPage(Grid((), (), ()), {})


class ComparePage(QWidget):
    """Shows a marked page at a zoom; ``picked`` gives the difference that was clicked."""

    picked = Signal(object)

    def __init__(self, fonts: PageFonts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self._fonts = fonts
        self.page = _EMPTY
        self.zoom = 1.0
        self._geometry = PageGeometry(_EMPTY.grid, fonts)
        self._current: list[Cell] = []

    def show_page(self, page: MarkedPage) -> None:
        """Show another page."""
        self.page = page
        self._current = []
        self._geometry = PageGeometry(page.grid, self._fonts, self.zoom)
        self._resize()

    def set_zoom(self, zoom: float) -> None:
        """Show the page at a zoom."""
        self.zoom = zoom
        self._geometry.set_zoom(zoom)
        self._resize()

    def _resize(self) -> None:
        self.setFixedSize(QSize(self._geometry.xs[-1] + 1, self._geometry.ys[-1] + 1))
        self.update()

    def show_change(self, change: Difference) -> QRect | None:
        """Frame the cells of a difference; returns where it is, None if the page has no place."""
        self._current = self.page.cells_of(change)
        self.update()
        return self._frame()

    def _frame(self) -> QRect | None:
        frame = QRect()
        for cell in self._current:
            frame = frame.united(self._geometry.rect(cell))
        return None if frame.isNull() else frame

    # Painting

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint cells, lines, and the frame of the current one."""
        with QPainter(self) as painter:
            theme = theme_of(QApplication.palette())
            colors = colors_of(theme)
            for cell in self.page.grid.cells:
                rect = self._geometry.rect(cell)
                if rect.intersects(event.rect()):
                    self._paint_cell(painter, cell, rect, theme, colors)
            paint_borders(painter, self._geometry, theme, event.rect())
            for row in self.page.moved:
                top, bottom = self._geometry.ys[row], self._geometry.ys[row + 1]
                painter.fillRect(QRect(0, top, 3, bottom - top), QColor(theme.accent))
            frame = self._frame()
            if frame is not None:
                painter.setPen(QPen(QColor(theme.accent), 2))
                painter.drawRect(frame.adjusted(0, 0, -2, -2))

    def _paint_cell(
        self, painter: QPainter, cell: Cell, rect: QRect, theme: Theme, colors: CompareColors
    ) -> None:
        mark = self.page.marks.get((cell.row, cell.col))
        ground = colors.ground(mark.kind) if mark is not None else theme.page
        if mark is None and _is_heading(cell):
            ground = theme.label_fill
        painter.fillRect(rect, QColor(ground))
        lines = self._geometry.layout.lines.get((cell.row, cell.col))
        if not lines:
            return
        style, scale = cell.style, self._geometry.scale
        size = style.size * scale
        pitch, side = size * LINE_HEIGHT, SIDE_PADDING * scale
        top = rect.top() + VERTICAL_PADDING * scale / 2
        free = rect.height() - pitch * len(lines) - VERTICAL_PADDING * scale
        top += {"center": free / 2, "bottom": free}.get(style.valign, 0.0)
        painter.setFont(self._fonts.font(style, scale, float(self.logicalDpiY())))
        runs = mark.runs if mark is not None else (Run(cell.text),)
        for number, pieces in enumerate(_pieces(lines, runs)):
            rest = rect.width() - 2 * side - self._fonts.width(lines[number], style) * scale
            share = {"center": 0.5, "right": 1.0}.get(style.halign, 0.0)
            x = rect.left() + side + rest * share
            y = top + number * pitch
            self._paint_pieces(painter, pieces, QRectF(x, y, 0, pitch), style, colors)

    def _paint_pieces(
        self,
        painter: QPainter,
        pieces: Sequence[Run],
        start: QRectF,
        style: Style,
        colors: CompareColors,
    ) -> None:
        """Paint the runs of a line, all grounds first: they must not cover letters beside them.

        Letters stand one by one where the layout has them, however the device rounds their widths.
        """
        scale = self._geometry.scale
        size, x = style.size * scale, start.left()
        boxes: list[tuple[Run, QRectF]] = []
        for piece in pieces:
            length = self._fonts.width(piece.text, style) * scale
            boxes.append((piece, QRectF(x, start.top(), length, start.height())))
            x += length
        for piece, box in boxes:
            _paint_ground(painter, piece, box, size, colors)
        baseline = start.top() + (start.height() - size) / 2 + size * _ASCENT
        for piece, box in boxes:
            painter.setPen(QColor(_ink(piece, colors)))
            at = box.left()
            for char in piece.text:
                painter.drawText(QPointF(at, baseline), char)
                at += self._fonts.width(char, style) * scale
            if piece.tone in {"gone", "old"}:
                thick = max(1.0, size / 15)
                line = QRectF(box.left(), box.center().y(), box.width(), thick)
                painter.fillRect(line, painter.pen().color())

    # The mouse

    def _mark_at(self, point: QPointF) -> tuple[Cell, Marked] | None:
        for cell in self.page.grid.cells:
            mark = self.page.marks.get((cell.row, cell.col))
            if mark is not None and self._geometry.rect(cell).contains(point.toPoint()):
                return cell, mark
        return None

    @guarded(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what was different in the cell under the mouse."""
        found = self._mark_at(event.position())
        if found is None or not found[1].differences:
            QToolTip.hideText()
            return
        text = "\n".join(describe(change) for change in found[1].differences)
        QToolTip.showText(
            event.globalPosition().toPoint(), text, self, self._geometry.rect(found[0])
        )

    @guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a difference."""
        found = self._mark_at(event.position())
        if found is not None and found[1].differences:
            self._current = [found[0]]
            self.update()
            self.picked.emit(found[1].differences[0])


def describe(change: Difference) -> str:
    """A difference in words."""
    old, new = change.old.strip() or "（空）", change.new.strip() or "（空）"
    match change.kind:
        case "added":
            return f"{change.label}：新增 {new}"
        case "removed":
            return f"{change.label}：删去 {old}"
        case "moved":
            return f"{change.label}：换了位置"
        case _:
            return f"{change.label}：原为 {old}，现为 {new}"


def _is_heading(cell: Cell) -> bool:
    """Printed words inside the frame, and level names, which head their rows."""
    if cell.style.border.empty or not cell.text.strip():
        return False
    bindings = cell.bindings
    return not bindings or bindings[0].name in {"level1", "level2"}


def _paint_ground(
    painter: QPainter, run: Run, box: QRectF, size: float, colors: CompareColors
) -> None:
    if run.tone in {"gone", "came"} and run.text.strip():
        fill = colors.gone_fill if run.tone == "gone" else colors.came_fill
        painter.fillRect(box.adjusted(0, size * 0.1, 0, -size * 0.08), QColor(fill))


def _ink(run: Run, colors: CompareColors) -> str:
    inks = {"gone": colors.gone, "old": colors.old, "came": colors.came}
    return inks.get(run.tone, colors.ink)


def _pieces(lines: tuple[str, ...], runs: tuple[Run, ...]) -> list[list[Run]]:
    """The runs of each line; blanks that a line break swallowed are left out."""
    text = "".join(run.text for run in runs)
    tones: list[Tone] = [run.tone for run in runs for _ in run.text]
    result: list[list[Run]] = []
    at = 0
    for line in lines:
        begin = max(at, text.find(line, at))
        at = begin + len(line)
        pieces: list[Run] = []
        for char, tone in zip(text[begin:at], tones[begin:at], strict=True):
            if pieces and pieces[-1].tone == tone:
                pieces[-1] = Run(pieces[-1].text + char, tone)
            else:
                pieces.append(Run(char, tone))
        result.append(pieces)
    return result
