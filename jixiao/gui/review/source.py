"""The source of a table as a grid: texts, spans, row numbers and column letters as in Excel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from jixiao.gui.guard import guarded
from jixiao.gui.page.model import Index
from jixiao.gui.theme import LIGHT, Theme
from jixiao.io.paper.page.clean import clean_text
from jixiao.io.paper.page.grid import Cell, Grid, Spot, column_letters

CELL_TEXT = "application/x-jixiao-text"
"""A text that may be dropped on a cell of a form."""
_EMPTY = Grid((), (), ())
_MOST_ROWS = 3000
_MOST_COLUMNS = 120
_NARROWEST, _WIDEST = 24, 320
_LEAST_SCALE = 0.55
_HIGHEST_ROW = 160
_PAD = 5
_NO_INDEX = QModelIndex()
_Role = Qt.ItemDataRole


class SourceModel(QAbstractTableModel):
    """A grid as it was read; what is far below or right of the tables is not shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid = _EMPTY
        self.marks: Mapping[Spot, str] = {}
        self._rows = self._columns = 0
        self._texts: dict[Spot, str] = {}

    def set_grid(self, grid: Grid) -> None:
        """Show another sheet."""
        self.beginResetModel()
        self.grid = grid
        self._rows = min(len(grid.rows), _MOST_ROWS)
        self._columns = min(len(grid.columns), _MOST_COLUMNS)
        self._texts = {(c.row, c.col): clean_text(c.text) for c in grid.cells}
        self.marks = {}
        self.endResetModel()

    def set_marks(self, marks: Mapping[Spot, str]) -> None:
        """Colour cells: "ask", "note" or "loose" by position."""
        self.marks = marks
        if self._rows and self._columns:
            last = self.index(self._rows - 1, self._columns - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def text(self, cell: Cell | None) -> str:
        """The cleaned text of a cell."""
        return "" if cell is None else self._texts.get((cell.row, cell.col), "")

    def cell(self, index: Index) -> Cell | None:
        """The cell that covers an index."""
        return self.grid.at(index.row(), index.column()) if index.isValid() else None

    def position(self, index: Index) -> Spot:
        """Where the cell at an index begins."""
        cell = self.cell(index)
        return (cell.row, cell.col) if cell is not None else (index.row(), index.column())

    @guarded(0)
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Rows that are shown."""
        return 0 if parent.isValid() else self._rows

    @guarded(0)
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Columns that are shown."""
        return 0 if parent.isValid() else self._columns

    @guarded(None)
    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:  # noqa: ANN401
        """Text and marks."""
        if not index.isValid():
            return None
        if role == _Role.DisplayRole:
            return self._texts.get((index.row(), index.column()), "")
        if role == _Role.ToolTipRole:
            text = self.text(self.cell(index))
            return text if len(text) > 40 else None
        return None

    @guarded(None)
    def headerData(  # noqa: D102
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:  # noqa: ANN401
        grid = self.grid
        if orientation == Qt.Orientation.Vertical:
            hidden = section < len(grid.rows) and grid.rows[section].hidden
            if role == _Role.DisplayRole:
                number = grid.row_numbers[section] if grid.row_numbers else section
                return f"{number + 1} 隐" if hidden else str(number + 1)
            if role == _Role.ToolTipRole and hidden:
                return "这一行在原文件里是隐藏的，也读进来了"
        elif role == _Role.DisplayRole:
            return column_letters(grid.column_numbers[section] if grid.column_numbers else section)
        return None

    @guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything can be selected and dragged, nothing edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsDragEnabled

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The text of the cell that is dragged."""
        return text_mime(self.text(self.cell(indexes[0])) if indexes else "")


def text_mime(text: str) -> QMimeData:
    """A text to be dropped on a cell."""
    data = QMimeData()
    data.setData(CELL_TEXT, text.encode())
    data.setText(text)
    return data


class _SourceDelegate(QStyledItemDelegate):
    def __init__(self, parent: SourceView) -> None:
        super().__init__(parent)
        self._view = parent

    @guarded(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, theme = self._view.source, self._view.theme
        cell = model.cell(index)
        rect = option.rect  # type: ignore[attr-defined]
        state: Any = option.state  # type: ignore[attr-defined]
        kind = model.marks.get(model.position(index), "")
        hidden = model.grid.rows[index.row()].hidden
        painter.fillRect(rect, QColor(theme.label_fill if hidden else theme.page))
        if kind:
            painter.fillRect(rect, mark_color(theme, kind))
        if state & QStyle.StateFlag.State_Selected:
            chosen = QColor(theme.accent_soft)
            chosen.setAlphaF(0.45)
            painter.fillRect(rect, chosen)
        text = model.text(cell)
        if not text:
            return
        painter.setFont(self._view.font())
        painter.setPen(QColor(theme.muted if hidden else theme.text))
        box = rect.adjusted(_PAD, 2, -_PAD, -2)
        flags = int(Qt.TextFlag.TextWordWrap) | int(Qt.TextFlag.TextWrapAnywhere)
        need = painter.fontMetrics().boundingRect(0, 0, box.width(), 10_000, flags, text).height()
        # A text that is higher than its cell begins at the top: its first line tells what it is.
        middle = need <= box.height()
        flags |= int(Qt.AlignmentFlag.AlignVCenter if middle else Qt.AlignmentFlag.AlignTop)
        painter.drawText(box, flags, text)


def mark_color(theme: Theme, kind: str) -> QColor:
    """The tint of a marked cell."""
    colors = {"ask": theme.error, "note": theme.warning, "loose": theme.faint}
    color = QColor(colors[kind])
    color.setAlphaF(0.22 if theme.dark else 0.14)
    return color


class SourceView(QTableView):
    """Shows the sheet; ``chosen`` tells the position of the cell the cursor came to."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source = SourceModel(self)
        self.theme: Theme = LIGHT
        self._area = (0, 0, 0, 0)
        self._quiet = False
        self.setModel(self.source)
        self.setItemDelegate(_SourceDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("原文件")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setCornerButtonEnabled(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setMinimumSectionSize(12)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
            header.setHighlightSections(True)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.theme = theme
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(theme.page))
        self.setPalette(palette)
        self.viewport().update()

    # Filling

    def set_sheet(self, grid: Grid, area: tuple[int, int, int, int]) -> None:
        """Show a sheet; ``area`` (top, left, bottom, right) is the table in it."""
        same = self.source.grid is grid
        self._area = area
        if not same:
            self.clearSpans()
            self.source.set_grid(grid)
            rows, columns = self.source.rowCount(), self.source.columnCount()
            for cell in grid.cells:
                high = min(cell.bottom, rows) - cell.row
                wide = min(cell.right, columns) - cell.col
                if high > 0 and wide > 0 and high * wide > 1:
                    self.setSpan(cell.row, cell.col, high, wide)
        self._fit()
        self._go_to_top()

    def _go_to_top(self) -> None:
        top, left, _, _ = self._area
        if top < self.source.rowCount():
            self.scrollTo(self.source.index(top, left), QAbstractItemView.ScrollHint.PositionAtTop)
            self.horizontalScrollBar().setValue(self.columnViewportPosition(left))

    def _fit(self) -> None:
        """Column widths as in the file, made narrower where the table would not fit."""
        grid = self.source.grid
        if not self.source.columnCount():
            return
        _, left, _, right = self._area
        widths = [min(_WIDEST, max(_NARROWEST, w * 96 / 72)) for w in grid.columns]
        wide = sum(widths[left:right]) or sum(widths)
        free = self.viewport().width() - 2
        scale = max(_LEAST_SCALE, min(1.25, free / wide)) if free > 50 else 1.0
        for column in range(self.source.columnCount()):
            self.setColumnWidth(column, max(_NARROWEST, int(widths[column] * scale)))
        self._fit_rows()

    def _fit_rows(self) -> None:
        metrics = self.fontMetrics()
        least = metrics.height() + 8
        rows = [least] * self.source.rowCount()
        flags = int(Qt.TextFlag.TextWordWrap) | int(Qt.TextFlag.TextWrapAnywhere)
        for cell in self.source.grid.cells:
            text = self.source.text(cell)
            if not text or cell.row >= len(rows) or cell.rowspan > 1:
                continue
            columns = range(cell.col, min(cell.right, self.source.columnCount()))
            wide = sum(self.columnWidth(column) for column in columns) - 2 * _PAD - 1
            if "\n" not in text and metrics.horizontalAdvance(text) <= wide:
                continue
            box = metrics.boundingRect(0, 0, max(wide, 10), 10_000, flags, text)
            rows[cell.row] = max(rows[cell.row], min(_HIGHEST_ROW, box.height() + 6))
        for row, height in enumerate(rows):
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the table in the width there is."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    # The cursor

    def show_position(self, position: Spot) -> None:
        """Put the cursor on a cell without telling so."""
        if position[0] < self.source.rowCount() and position[1] < self.source.columnCount():
            self._quiet = True
            index = self.source.index(*position)
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self._quiet = False

    def show_nothing(self) -> None:
        """Take the cursor away."""
        self._quiet = True
        self.setCurrentIndex(QModelIndex())
        self.clearSelection()
        self._quiet = False

    @guarded(None)
    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell where the cursor came to."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid() and not self._quiet:
            self.chosen.emit(self.source.position(current))

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame the table and the current cell."""
        super().paintEvent(event)
        current = self.currentIndex()
        cell = self.source.cell(current)
        begin = self.source.index(cell.row, cell.col) if cell is not None else current
        if begin.isValid():
            with QPainter(self.viewport()) as painter:
                pen = QPen(QColor(self.theme.accent), 2)
                pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
                painter.setPen(pen)
                painter.drawRect(self.visualRect(begin).adjusted(0, 0, -1, -1))

    def sizeHint(self) -> QSize:
        """Half of a usual window."""
        return QSize(480, 400)
