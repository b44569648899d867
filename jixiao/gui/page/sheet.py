"""A transparent sheet over the page on which marks are drawn."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from jixiao.gui.guard import guarded
from jixiao.gui.page.view import PageView
from jixiao.io.paper.page.grid import Cell, Spot


class MarkSheet(QWidget):
    """As large as the page; clicks go through it. What is marked, the classes below say."""

    def __init__(self, view: PageView) -> None:
        super().__init__(view.viewport())
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.viewport().installEventFilter(self)
        self.resize(view.viewport().size())

    def paint_marks(self, painter: QPainter, area: QRect) -> None:
        """Draw the marks that meet an area of the page."""
        raise NotImplementedError

    def tip(self, cell: Cell) -> str:  # noqa: ARG002
        """What a tooltip tells of a cell, as rich text; "" for nothing."""
        return ""

    def update_places(self, places: Iterable[Spot]) -> None:
        """Paint these cells anew; those that move are painted with the page, marks and all."""
        grid, geometry = self._view.page.grid, self._view.geometry_of_page
        for place in places:
            cell = grid.at(*place)
            if cell is not None and cell.bottom < len(geometry.ys):
                self.update(geometry.rect(cell))

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the page, and tell what is to be told where the mouse rests."""
        if event.type() == QEvent.Type.Resize:
            self.resize(self._view.viewport().size())
        elif event.type() == QEvent.Type.ToolTip:
            assert isinstance(event, QHelpEvent)
            cell = self._view.page.cell(self._view.indexAt(event.pos()))
            text = "" if cell is None else self.tip(cell)
            if cell is not None and text:
                rect = self._view.geometry_of_page.rect(cell)
                QToolTip.showText(event.globalPos(), text, self._view.viewport(), rect)
                return True
        return super().eventFilter(watched, event)

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the marks, unless the page is about to be another."""
        if self._view.geometry_of_page.grid is not self._view.page.grid:
            return
        with QPainter(self) as painter:
            self.paint_marks(painter, event.rect())
