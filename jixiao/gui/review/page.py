"""The official form filled with what was read: doubts coloured, open for mending and for drops."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QWidget

from jixiao.gui.guard import guarded
from jixiao.gui.page.fonts import PageFonts
from jixiao.gui.page.model import PageModel
from jixiao.gui.page.moves import is_editable
from jixiao.gui.page.view import PageView
from jixiao.gui.review.source import CELL_TEXT, mark_color
from jixiao.io.paper.page.grid import Cell, Spot


class ReviewPage(PageView):
    """A page of the review.

    Signals: ``dropped`` (a cell of the page, the text that was dropped on it).
    """

    dropped = Signal(object, str)

    def __init__(self, model: PageModel, fonts: PageFonts, parent: QWidget | None = None) -> None:
        super().__init__(model, fonts, parent)
        self._marks: Mapping[Spot, str] = {}
        self._target: Cell | None = None
        # The page is often small here, and what is typed must be read all the same.
        self.delegate.least_font = QApplication.font()
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)

    def set_marks(self, marks: Mapping[Spot, str]) -> None:
        """Colour cells, by the position where they begin: "ask" or "note"."""
        self._marks = marks
        self.viewport().update()

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """Tint the cells in doubt and frame the one whose source is shown."""
        super().paintEvent(event)
        with QPainter(self.viewport()) as painter:
            grid = self.page.grid
            for place, kind in self._marks.items():
                cell = grid.at(*place)
                if cell is not None and cell.bottom < len(self.geometry_of_page.ys):
                    rect = self.geometry_of_page.rect(cell)
                    if rect.intersects(event.rect()):
                        painter.fillRect(rect.adjusted(0, 0, -1, -1), mark_color(self.theme, kind))
            for cell in {self.current_cell(), self._target} - {None}:
                assert cell is not None
                pen = QPen(QColor(self.theme.accent), 3 if cell is self._target else 2)
                pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
                painter.setPen(pen)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self.geometry_of_page.rect(cell).adjusted(0, 0, -2, -2))

    # Drops

    def _cell_at(self, point: QPoint) -> Cell | None:
        cell = self.page.cell(self.indexAt(point))
        return cell if is_editable(cell) and not self.page.read_only else None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A text of the draft may come."""
        if event.mimeData().hasFormat(CELL_TEXT):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would go."""
        self._target = self._cell_at(event.position().toPoint())
        event.setAccepted(self._target is not None and event.mimeData().hasFormat(CELL_TEXT))
        self.viewport().update()

    def dragLeaveEvent(self, event: object) -> None:  # noqa: ARG002
        """It went elsewhere."""
        self._target = None
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put the text into the cell."""
        self._target = None
        self.viewport().update()
        cell = self._cell_at(event.position().toPoint())
        data = event.mimeData().data(CELL_TEXT).data()
        if cell is not None and data:
            event.acceptProposedAction()
            self.dropped.emit(cell, bytes(data).decode())
