"""The page as it looks: a table view laid out and painted like the printed form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from jixiao.gui.guard import guarded
from jixiao.gui.page.block import placeholders
from jixiao.gui.page.borders import fitting_width, with_width
from jixiao.gui.page.cells import CellPainter
from jixiao.gui.page.delegate import PageDelegate
from jixiao.gui.page.fonts import PageFonts
from jixiao.gui.page.geometry import PageGeometry
from jixiao.gui.page.model import PageModel
from jixiao.gui.page.paint import frame_area, paint_borders
from jixiao.gui.theme import LIGHT, Theme
from jixiao.io.paper.edit.clipboard import Rect
from jixiao.io.paper.page.grid import Cell, Grid

_Trigger = QAbstractItemView.EditTrigger


class PageCanvas(QTableView):
    """Shows a whole page at a zoom, with columns as wide as the user made them."""

    resized = Signal()
    """The page has become wider, higher or smaller."""
    widths_changed = Signal(object)
    """The user set column widths: a tuple of points."""
    selected = Signal()
    """Other cells are selected, or say something else."""
    focus_changed = Signal()

    def __init__(self, model: PageModel, fonts: PageFonts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = model
        self.fonts = fonts
        self.theme: Theme = LIGHT
        self.zoom = 1.0
        self.columns: tuple[float, ...] | None = None
        self.suggestions: Callable[[Grid], dict[tuple[int, int], str]] = lambda _: {}
        """Further faint words for empty cells of a page, by row and column."""
        self.geometry_of_page = PageGeometry(model.grid, fonts)
        self.delegate = PageDelegate(fonts, self)
        self.cells = CellPainter(fonts, self.geometry_of_page)
        self._all_new = True
        self._framed = QRect()  # where the frame of the selection was painted last
        self._set_up()

    def attach(self) -> None:
        """Begin to show the model, when the view is ready to be asked about it."""
        self.setModel(self.page)
        self.setItemDelegate(self.delegate)
        self.page.structure_changed.connect(self._apply_structure)
        self.page.content_changed.connect(self._relayout)
        self.page.access_changed.connect(self.viewport().update)

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
        self.theme = self.delegate.theme = self.cells.theme = theme
        self.viewport().update()

    def set_zoom(self, zoom: float) -> None:
        """Show the page at a zoom; what is being typed stays open."""
        self.zoom = zoom
        self.geometry_of_page.set_zoom(zoom)
        self._apply_geometry()
        self.viewport().update()

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
        self._all_new = True
        self.clearSpans()
        for cell in self.page.grid.cells:
            if cell.rowspan > 1 or cell.colspan > 1:
                self.setSpan(cell.row, cell.col, cell.rowspan, cell.colspan)

    @guarded(None)
    def dataChanged(
        self,
        top_left: QModelIndex,
        bottom_right: QModelIndex,  # noqa: ARG002
        roles: Sequence[int] = (),
    ) -> None:
        """Paint the cell that changed anew; for more than one position Qt would paint all."""
        super().dataChanged(top_left, top_left, list(roles))
        geometry, cell = self.geometry_of_page, self.page.cell(top_left)
        if cell is not None and cell.bottom < len(geometry.ys):
            self._paint_anew(cell)

    def _paint_anew(self, cell: Cell) -> None:
        geometry, grid = self.geometry_of_page, self.page.grid
        rect = geometry.rect(cell)
        if not all(
            c.style.wrap for row in range(cell.row, cell.bottom) for c in grid.row_cells(row)
        ):
            # A text that does not wrap may reach over its neighbours.
            rect.setLeft(0)
            rect.setRight(geometry.xs[-1])
        self.viewport().update(rect)

    def show_frame(self, cell: Cell | None, frame: Rect | None) -> None:
        """Paint the frame of a block or of the cursor's cell anew, where it was and where it is."""
        area = frame_area(self.geometry_of_page, cell, frame)
        for rect in (self._framed, area):
            self.viewport().update(rect)
        self._framed = area

    def _relayout(self) -> None:
        grid = self.page.grid
        columns = self.columns
        if columns is not None and len(columns) != len(grid.columns):
            columns = None
        before, waiting = self.geometry_of_page, self.cells.placeholders
        self.geometry_of_page = PageGeometry(grid, self.fonts, self.zoom, columns, before)
        self.cells.placeholders = self.suggestions(grid) | placeholders(grid)
        self._apply_geometry()
        self._paint_moved(before, waiting)
        self.selected.emit()

    def _apply_geometry(self) -> None:
        geometry = self.geometry_of_page
        self.delegate.geometry = self.cells.geometry = geometry
        self.cells.dpi = self.delegate.dpi = float(self.logicalDpiY())
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

    def _paint_moved(self, before: PageGeometry, waiting: Mapping[tuple[int, int], str]) -> None:
        """Paint anew what moved or waits for other words; cells that changed tell themselves."""
        geometry, view = self.geometry_of_page, self.viewport()
        if self._all_new or before.xs != geometry.xs or before.scale != geometry.scale:
            self._all_new = False
            view.update()
            return
        moved = [
            at
            for at, (old, new) in enumerate(zip(before.ys, geometry.ys, strict=True))
            if old != new
        ]
        if moved:
            row = moved[0] - 1
            view.update(0, geometry.ys[row], geometry.xs[-1], geometry.ys[-1] - geometry.ys[row])
            for cell in self.page.grid.row_cells(row):
                view.update(geometry.rect(cell))  # merged ones begin above
        elif before.lines is not geometry.lines:
            view.update()
        for at, _ in waiting.items() ^ self.cells.placeholders.items():
            cell = self.page.grid.at(*at)
            if cell is not None:
                view.update(geometry.rect(cell))

    @property
    def has_keys(self) -> bool:
        """True while keys act on the page, or on an editor in it."""
        return self.hasFocus() or self.state() == QAbstractItemView.State.EditingState

    @guarded(None)
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame and the selection strong again."""
        super().focusInEvent(event)
        self.viewport().update()
        self.focus_changed.emit()

    @guarded(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the frame and the selection faint: keys go elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()
        self.focus_changed.emit()

    def sizeHint(self) -> QSize:
        """The size of the whole page."""
        return QSize(self.geometry_of_page.xs[-1], self.geometry_of_page.ys[-1])

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells, then the borders over them, then the frame of the selection."""
        painter = QPainter(self.viewport())
        try:
            current = self.page.cell(self.currentIndex())
            selected = self._selected_blocks()
            self.cells.active = self.has_keys
            self.cells.paint(
                painter,
                event.region(),
                selected,
                current,
                parts=self.selected_parts(),
                read_only=self.page.read_only,
            )
            self.paint_over(painter, event.rect())
        finally:
            painter.end()

    def _selected_blocks(self) -> list[Rect]:
        ranges = list(self.selectionModel().selection())  # pyright: ignore[reportArgumentType]
        return [Rect(r.top(), r.left(), r.bottom() + 1, r.right() + 1) for r in ranges]

    def selected_parts(self) -> list[Rect]:
        """The parts of merged cells that look selected."""
        return []

    def paint_over(self, painter: QPainter, exposed: QRect) -> None:
        """Paint what lies over the cells."""
        paint_borders(painter, self.geometry_of_page, self.theme, exposed)
