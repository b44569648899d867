"""The cell with the cursor: where it is on the page, and putting it elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QWidget

from jixiao.gui.page.canvas import PageCanvas
from jixiao.gui.page.fonts import PageFonts
from jixiao.gui.page.model import PageModel
from jixiao.gui.page.moves import Cursor
from jixiao.io.paper.page.grid import Cell

_Flag = QItemSelectionModel.SelectionFlag


class CursorCanvas(PageCanvas):
    """A page with a cursor; ``cursor_run`` remembers the column in which a run of Tabs began."""

    def __init__(self, model: PageModel, fonts: PageFonts, parent: QWidget | None = None) -> None:
        super().__init__(model, fonts, parent)
        self.cursor_run = Cursor()

    def position(self) -> tuple[int, int]:
        """The row and column of the cursor, within a merged cell too."""
        here = self.current_cell()
        if here is not None:  # rows may have come or gone above it
            self.cursor_run.put(here, self.currentIndex().row(), self.currentIndex().column())
        return self.cursor_run.row, self.cursor_run.col

    def enter_column(self) -> int:
        """The column to which Enter goes: where a run of Tabs began, else that of the cursor."""
        return self.cursor_run.enter_column

    def current_cell(self) -> Cell | None:
        """The cell in which the cursor stands."""
        return self.page.cell(self.currentIndex())

    def select(self, cell: Cell) -> None:
        """Put the cursor into a cell, whatever keys are held down, and select only that."""
        self.cursor_run.end_run()
        self.selectionModel().setCurrentIndex(self.page.index_of(cell), _Flag.ClearAndSelect)

    def page_row(self, row: int, by: int) -> int:
        """The row one screen below (1) or above (-1) another."""
        geometry = self.geometry_of_page
        seen = self.viewport().visibleRegion().boundingRect().height()
        return geometry.row_at(geometry.ys[row] + by * max(seen - 40, 40))
