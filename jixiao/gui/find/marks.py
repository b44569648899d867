"""Marks over the page: the cells in which something was found, the one at hand stronger."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPen

from jixiao.gui.page.sheet import MarkSheet
from jixiao.gui.page.view import PageView
from jixiao.io.paper.page.grid import Binding, Cell, Grid

_AMBER = "#f5b301"


class FindMarks(MarkSheet):
    """Hidden while nothing is found."""

    def __init__(self, view: PageView) -> None:
        super().__init__(view)
        self._places: Sequence[Binding] = ()
        self._current: Binding | None = None
        self.hide()

    def mark(self, places: Sequence[Binding], current: Binding | None) -> None:
        """Mark the cells of these places on the page."""
        self._places, self._current = places, current
        self.setVisible(bool(places))
        self.update()

    def paint_marks(self, painter: QPainter, area: QRect) -> None:
        """A soft colour over the cells, a frame around the current one."""
        grid, geometry = self._view.page.grid, self._view.geometry_of_page
        for place in self._places:
            cell = cell_of_place(grid, place)
            if cell is None:
                continue
            rect = geometry.rect(cell).adjusted(0, 0, -1, -1)
            if not rect.intersects(area):
                continue
            soft = QColor(_AMBER)
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
