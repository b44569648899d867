"""The page as it looks: a table view laid out and painted like the printed form."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from jixiao.gui.guard import guarded
from jixiao.gui.page_block import placeholders
from jixiao.gui.page_borders import fitting_width, with_width
from jixiao.gui.page_delegate import PageDelegate
from jixiao.gui.page_fonts import PageFonts
from jixiao.gui.page_geometry import PageGeometry
from jixiao.gui.page_model import PageModel
from jixiao.gui.page_paint import paint_borders
from jixiao.gui.theme import LIGHT, Theme

_Trigger = QAbstractItemView.EditTrigger


class PageCanvas(QTableView):
    """Shows a whole page at a zoom, with columns as wide as the user made them."""

    resized = Signal()
    """The page has become wider, higher or smaller."""
    widths_changed = Signal(object)
    """The user set column widths: a tuple of points."""
    selected = Signal()
    """Other cells are selected, or say something else."""

    def __init__(self, model: PageModel, fonts: PageFonts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = model
        self.fonts = fonts
        self.theme: Theme = LIGHT
        self.zoom = 1.0
        self.columns: tuple[float, ...] | None = None
        self.geometry_of_page = PageGeometry(model.grid, fonts)
        self.delegate = PageDelegate(fonts, self)
        self._set_up()

    def attach(self) -> None:
        """Begin to show the model, when the view is ready to be asked about it."""
        self.setModel(self.page)
        self.setItemDelegate(self.delegate)
        self.page.structure_changed.connect(self._apply_structure)
        self.page.content_changed.connect(self._relayout)

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(True)  # hands Tab to keyPressEvent
        self.setAccessibleName("表样")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            _Trigger.AnyKeyPressed | _Trigger.EditKeyPressed | _Trigger.DoubleClicked
        )
        self.viewport().setMouseTracking(True)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(1)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    # Looks

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.theme = self.delegate.theme = theme
        self.viewport().update()

    def set_zoom(self, zoom: float) -> None:
        """Show the page at a zoom; what is being typed stays open."""
        self.zoom = zoom
        self.geometry_of_page.set_zoom(zoom)
        self._apply_geometry()

    def set_columns(self, columns: Sequence[float] | None) -> None:
        """Show columns this wide, in points; None shows them as wide as the form draws them."""
        self.columns = None if columns is None else tuple(columns)
        self._relayout()

    def fit_column(self, column: int) -> None:
        """Make a column as wide as its texts need."""
        width = fitting_width(self.page.grid, self.fonts, column)
        self.set_width(column, width)

    def set_width(self, column: int, width: float) -> None:
        """Make a column this wide, in points, and tell."""
        self.set_columns(with_width(self.geometry_of_page.columns, column, width))
        self.widths_changed.emit(self.columns)

    def _apply_structure(self) -> None:
        self.clearSpans()
        for cell in self.page.grid.cells:
            if cell.rowspan > 1 or cell.colspan > 1:
                self.setSpan(cell.row, cell.col, cell.rowspan, cell.colspan)

    def _relayout(self) -> None:
        grid = self.page.grid
        columns = self.columns
        if columns is not None and len(columns) != len(grid.columns):
            columns = None
        before = self.geometry_of_page
        self.geometry_of_page = PageGeometry(grid, self.fonts, self.zoom, columns, before)
        self.delegate.placeholders = placeholders(grid)
        self._apply_geometry()
        self.selected.emit()

    def _apply_geometry(self) -> None:
        geometry = self.geometry_of_page
        self.delegate.geometry = geometry
        self.delegate.dpi = float(self.logicalDpiY())
        for header, sizes in (
            (self.horizontalHeader(), geometry.widths),
            (self.verticalHeader(), geometry.heights),
        ):
            for section, size in enumerate(sizes):
                if header.sectionSize(section) != size:
                    header.resizeSection(section, size)
        size = QSize(geometry.xs[-1], geometry.ys[-1])
        if size != self.size():
            self.setFixedSize(size)
            self.resized.emit()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """The size of the whole page."""
        return QSize(self.geometry_of_page.xs[-1], self.geometry_of_page.ys[-1])

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells, then the borders over them, then the frame of the selection."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        try:
            self.paint_over(painter, event.rect())
        finally:
            painter.end()

    def paint_over(self, painter: QPainter, exposed: QRect) -> None:
        """Paint what lies over the cells."""
        paint_borders(painter, self.geometry_of_page, self.theme, exposed)
