"""Marks over the page: the cells in which something was found, the one at hand stronger."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from jixiao.gui.guard import guarded
from jixiao.gui.page.view import PageView
from jixiao.io.grid import Binding, Cell, Grid

_AMBER = "#f5b301"


class FindMarks(QWidget):
    """A transparent sheet over the page; clicks go through it."""

    def __init__(self, view: PageView) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._places: Sequence[Binding] = ()
        self._current: Binding | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.viewport().installEventFilter(self)
        self.resize(view.viewport().size())
        self.hide()

    def mark(self, places: Sequence[Binding], current: Binding | None) -> None:
        """Mark the cells of these places on the page."""
        self._places, self._current = places, current
        self.setVisible(bool(places))
        self.update()

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as large as the page."""
        if event.type() == QEvent.Type.Resize:
            self.resize(self._view.viewport().size())
        return super().eventFilter(watched, event)

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """A soft colour over the cells, a frame around the current one."""
        grid, geometry = self._view.page.grid, self._view.geometry_of_page
        if geometry.grid is not grid:
            return
        painter = QPainter(self)
        try:
            self._paint(painter, event)
        finally:
            painter.end()

    def _paint(self, painter: QPainter, event: QPaintEvent) -> None:
        grid, geometry = self._view.page.grid, self._view.geometry_of_page
        color = QColor(_AMBER)
        for place in self._places:
            cell = cell_of_place(grid, place)
            if cell is None:
                continue
            rect = geometry.rect(cell).adjusted(0, 0, -1, -1)
            if not rect.intersects(event.rect()):
                continue
            soft = QColor(color)
            soft.setAlpha(70 if place == self._current else 45)
            painter.fillRect(rect, soft)
            if place == self._current:
                painter.setPen(QPen(QColor(self._view.theme.warning), 2))
                painter.drawRect(rect.adjusted(1, 1, -1, -1))


def cell_of_place(grid: Grid, place: Binding) -> Cell | None:
    """The cell of a page that shows a place of a table; None where the form has no such cell."""
    for cell, part in grid.bound():
        binding = part.binding
        if binding is None or (binding.target, binding.name) != (place.target, place.name):
            continue
        if not place.rows or place.rows[0] in binding.rows:
            return cell
    return None
