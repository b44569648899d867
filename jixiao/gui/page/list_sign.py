"""The small arrow beside the cell with the cursor: there are texts to choose from."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygon
from PySide6.QtWidgets import QWidget

from jixiao.gui.guard import guarded
from jixiao.gui.page.view import PageView

_SIZE = 15


class ListSign(QWidget):
    """Stands right of its cell, as in Excel; a click asks for the list (``clicked``)."""

    clicked = Signal()

    def __init__(self, view: PageView) -> None:
        super().__init__(view.viewport())
        self._view = view
        self.setFixedSize(_SIZE, _SIZE)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setToolTip("可选内容（Alt+↓）")
        self.setAccessibleName("可选内容")
        self.hide()

    def place(self, *, wanted: bool) -> None:
        """Stand beside the cell with the cursor, inside it at the edge of the page; or hide."""
        view, cell = self._view, self._view.current_cell()
        geometry = view.geometry_of_page
        if not wanted or cell is None or cell.bottom >= len(geometry.ys):
            self.hide()
            return
        rect = geometry.rect(cell)
        left = min(rect.right() + 2, geometry.xs[-1] - _SIZE)
        self.move(left, rect.top() + max(0, (min(rect.height(), 3 * _SIZE) - _SIZE) // 2 - 2))
        self.show()
        self.raise_()

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """An arrow down in a quiet box."""
        theme = self._view.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.page_edge), 1))
            painter.setBrush(QColor(theme.window))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 2, 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.muted))
            middle = self.rect().center()
            arrow = [QPoint(-3, -1), QPoint(4, -1), QPoint(0, 3)]
            painter.drawPolygon(QPolygon([middle + point for point in arrow]))

    @guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the list."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()
