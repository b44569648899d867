"""The thin strip left of the page by which rows are selected and dragged."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from jixiao.gui.guard import guarded
from jixiao.gui.page.block import own_binding, own_cells
from jixiao.gui.page.view import PageView

WIDTH = 18
_DOT = 2
_SCROLL_MS = 40


class RowGutter(QWidget):
    """Click selects a row, Shift and Ctrl several; dragging selected rows moves them.

    ``dropped`` gives the row of the page before which the selected rows were dropped.
    """

    dropped = Signal(int)

    def __init__(self, view: PageView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._hover = -1
        self._anchor = -1
        self._pressed = -1
        self._alone = -1
        self._painted = False  # something is seen here
        self._held = QPoint()  # where the mouse is on the screen while it drags
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(_SCROLL_MS)
        self._scrolling.timeout.connect(self._drag)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolTip("单击选中一行，按住拖动可以移动")
        self.setAccessibleName("行手柄")
        view.selected.connect(self._follow)
        view.focus_changed.connect(self._follow)

    def row_at(self, y: int) -> int:
        """The band row at a height, -1 where there is none."""
        view = self._view
        if not view.page.grid.rows or not 0 <= y < view.height():
            return -1
        row = view.geometry_of_page.row_at(y)
        return row if own_cells(view.page.grid, row) else -1

    def _rect(self, row: int) -> QRect:
        ys = self._view.geometry_of_page.ys
        return QRect(0, ys[row], self.width(), ys[row + 1] - ys[row])

    # Painting

    def _chosen(self) -> set[int]:
        block = self._view.block
        return set(block.rows()) if block.rows_are_whole() else set()

    def _follow(self) -> None:
        if self._painted or self._chosen():
            self.update()

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """A bar beside rows that are selected whole, dots under the mouse."""
        with QPainter(self) as painter:
            theme, active = self._view.theme, self._view.has_keys
            chosen = self._chosen()
            self._painted = bool(chosen)
            rows = len(self._view.geometry_of_page.ys) - 1
            for row in sorted(chosen | {self._hover}):
                if not 0 <= row < rows or not self._rect(row).intersects(event.rect()):
                    continue
                rect = self._rect(row)
                if row in chosen:
                    ground = theme.accent_soft if active else theme.line
                    painter.fillRect(rect.adjusted(0, 0, 0, -1), QColor(ground))
                strong = active and row in chosen
                self._paint_dots(painter, rect, theme.accent if strong else theme.faint)

    def _paint_dots(self, painter: QPainter, rect: QRect, color: str) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        middle = rect.center()
        for down in (-5, 0, 5):
            for right in (-3, 2):
                painter.drawEllipse(middle.x() + right, middle.y() + down, _DOT, _DOT)

    # The mouse

    @guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select a row, several with Shift or Ctrl; one of several stays with them."""
        view, row = self._view, self.row_at(event.position().toPoint().y())
        if event.button() != Qt.MouseButton.LeftButton or row < 0:
            return
        view.commit()
        view.setFocus(Qt.FocusReason.MouseFocusReason)
        chosen = set(view.block.rows()) if view.block.rows_are_whole() else set[int]()
        self._alone = -1
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._anchor >= 0:
            first, last = sorted((self._anchor, row))
            self._select(range(first, last + 1))
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._select(chosen ^ {row} or {row})
        elif row in chosen:
            self._alone = row
        else:
            self._select({row})
            self._anchor = row
        self._pressed = event.position().toPoint().y()

    def _select(self, rows: Iterable[int]) -> None:
        self._view.block.select_rows(rows)

    @guarded(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show handles under the mouse; while the button is held, where rows would drop."""
        y = event.position().toPoint().y()
        if self._pressed >= 0 and event.buttons() & Qt.MouseButton.LeftButton:
            if abs(y - self._pressed) > 6 or self._view.drop_row is not None:
                self._alone = -1
                self._held = event.globalPosition().toPoint()
                self._drag()
            return
        row = self.row_at(y)
        shape = Qt.CursorShape.ArrowCursor if row < 0 else Qt.CursorShape.OpenHandCursor
        self.setCursor(shape)
        if row != self._hover:
            self._hover = row
            self.update()

    def _drag(self) -> None:
        """Show where rows would drop; outside of what is seen the page scrolls on."""
        y = self.mapFromGlobal(self._held).y()
        self._show_drop(self._drop_at(y))
        self._view.reveal.emit(QRect(0, y - 20, 10, 40))
        seen = self.visibleRegion().boundingRect()
        if seen.top() <= self.mapFromGlobal(self._held).y() <= seen.bottom():
            self._scrolling.stop()
        elif not self._scrolling.isActive():
            self._scrolling.start()

    def _drop_at(self, y: int) -> int | None:
        """The row before which the selected rows would go; only among rows of their own list."""
        view = self._view
        grid, geometry = view.page.grid, view.geometry_of_page
        rows = view.block.rows()
        binding = own_binding(grid, rows[0]) if rows else None
        if binding is None or not binding.rows or view.page.read_only:
            return None
        at = geometry.row_at(y)
        if y - geometry.ys[at] > geometry.ys[at + 1] - y:
            at += 1
        band = grid.rows[rows[0]].band
        places = [n for n, row in enumerate(grid.rows) if row.band == band]
        edges = sorted({*places, *(n + 1 for n in places)})
        return min(edges, key=lambda edge: abs(edge - at))

    def _show_drop(self, row: int | None) -> None:
        if row != self._view.drop_row:
            self._view.drop_row = row
            self._view.viewport().update()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    @guarded(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        """Drop the rows, or end the click."""
        self._scrolling.stop()
        row, self._view.drop_row = self._view.drop_row, None
        alone, self._alone, self._pressed = self._alone, -1, -1
        self._view.viewport().update()
        if row is not None:
            self.dropped.emit(row)
        elif alone >= 0:
            self._select({alone})
            self._anchor = alone

    @guarded(None)
    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002
        """No row is under the mouse any more."""
        self._hover = -1
        self.update()
