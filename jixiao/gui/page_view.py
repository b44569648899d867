"""The page: a table view that looks and behaves like the printed form in Excel."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from jixiao.gui.guard import guarded
from jixiao.gui.page_delegate import PageDelegate
from jixiao.gui.page_editors import CellEditor, TextEditor, editor_of
from jixiao.gui.page_fonts import PageFonts
from jixiao.gui.page_geometry import PageGeometry
from jixiao.gui.page_model import Index, PageModel
from jixiao.gui.page_moves import Cursor, editable_bindings, is_editable, next_editable
from jixiao.gui.theme import LIGHT, Theme
from jixiao.io.grid import Cell

_Trigger = QAbstractItemView.EditTrigger
_ENSURE_VISIBLE = QAbstractItemView.ScrollHint.EnsureVisible
_KEYS = {
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Home: "home",
    Qt.Key.Key_End: "end",
    Qt.Key.Key_Return: "enter",
    Qt.Key.Key_Enter: "enter",
    Qt.Key.Key_Tab: "tab",
    Qt.Key.Key_Backtab: "backtab",
}
_WITH_SHIFT = {"enter": "back_enter", "tab": "backtab", "backtab": "backtab"}
_WITH_CTRL = {"home": "first", "end": "last"}


class PageView(QTableView):
    """Shows a whole page at a zoom; the desk around it scrolls."""

    zoom_wanted = Signal(int)
    """Ctrl and the wheel: one step in (1) or out (-1)."""
    reveal = Signal(QRect)
    """A part of the page that should be brought into sight."""
    resized = Signal()
    """The page has become wider, higher or smaller."""

    def __init__(self, model: PageModel, fonts: PageFonts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = model
        self.fonts = fonts
        self.theme: Theme = LIGHT
        self.zoom = 1.0
        self.geometry_of_page = PageGeometry(model.grid, fonts)
        self.delegate = PageDelegate(fonts, self)
        self._cursor = Cursor()
        self._clicked = QPoint()
        self._set_up()
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.delegate.left.connect(self.go)
        self.delegate.grow_wanted.connect(self._grow_editor)
        model.structure_changed.connect(self._apply_structure)
        model.content_changed.connect(self._relayout)

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

    def _apply_structure(self) -> None:
        self.clearSpans()
        for cell in self.page.grid.cells:
            if cell.rowspan > 1 or cell.colspan > 1:
                self.setSpan(cell.row, cell.col, cell.rowspan, cell.colspan)

    def _relayout(self) -> None:
        self.geometry_of_page = PageGeometry(self.page.grid, self.fonts, self.zoom)
        self._apply_geometry()

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
        """Paint the cells, then the borders over them, then the frame of the current cell."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        try:
            self._paint_lines(painter, event.rect())
        finally:
            painter.end()

    def _paint_lines(self, painter: QPainter, exposed: QRect) -> None:
        line, faint = QColor(self.theme.form_line), QColor(self.theme.faint)
        to_device = painter.deviceTransform()
        from_device, _ = to_device.inverted()
        for border in self.geometry_of_page.lines:
            if border.rect.intersects(exposed):
                # On whole device pixels, so that all lines are equally thick at 125 and 150 %.
                exact = to_device.mapRect(QRectF(border.rect))
                thick = max(1, int(min(exact.width(), exact.height())))
                across = exact.width() > exact.height()
                snapped = QRectF(
                    ceil(exact.left() - 0.01),
                    ceil(exact.top() - 0.01),
                    round(exact.width()) if across else thick,
                    thick if across else round(exact.height()),
                )
                painter.fillRect(from_device.mapRect(snapped), faint if border.faint else line)
        cell = self.current_cell()
        if cell is not None:
            rect = self.geometry_of_page.rect(cell).adjusted(-1, -1, 0, 0)
            rect = rect.intersected(self.viewport().rect()).adjusted(1, 1, -1, -1)
            active = self.hasFocus() or self.is_editing
            pen = QPen(QColor(self.theme.accent if active else self.theme.faint), 2)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            if not is_editable(cell) or not active:
                pen.setWidth(1)
            painter.setPen(pen)
            painter.drawRect(rect)

    # The current cell

    def current_cell(self) -> Cell | None:
        """The cell in which the cursor stands."""
        return self.page.cell(self.currentIndex())

    def select(self, cell: Cell) -> None:
        """Put the cursor into a cell."""
        self.setCurrentIndex(self.page.index_of(cell))

    def select_first(self) -> None:
        """Put the cursor into the first cell to type in."""
        grid = self.page.grid
        inside = (c for c in grid.cells if is_editable(c) and not c.style.border.empty)
        cell = next(inside, next_editable(grid, -1, -1, 1))
        if cell is not None:
            self.select(cell)

    @guarded(None)
    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Remember where the cursor came to, and repaint its frame."""
        super().currentChanged(current, previous)
        here = self.page.cell(current)
        if here is not None:
            self._cursor.put(here, current.row(), current.column())
        self.viewport().update()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = _ENSURE_VISIBLE,  # noqa: ARG002
    ) -> None:
        """Never scrolls itself: asks the desk to."""
        cell = self.page.cell(index)
        if cell is not None and cell.bottom < len(self.geometry_of_page.ys):
            self.reveal.emit(self.geometry_of_page.rect(cell))

    # Keys

    @property
    def is_editing(self) -> bool:
        """True while an editor is open."""
        return self.state() == QAbstractItemView.State.EditingState

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys as in Excel; everything else begins to type."""
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        how = _KEYS.get(key)
        shift = Qt.KeyboardModifier.ShiftModifier
        control = Qt.KeyboardModifier.ControlModifier
        if key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and not modifiers:
            self.clear_selected()
        elif how in _WITH_SHIFT and modifiers == shift:
            self.go(_WITH_SHIFT[how])
        elif how in _WITH_CTRL and modifiers == control:
            self.go(_WITH_CTRL[how])
        elif how is not None and (not modifiers or how == "backtab"):
            self.go(how)
        else:
            super().keyPressEvent(event)

    def go(self, how: str) -> None:
        """Move the cursor: up, down, left, right, enter, tab, home, first … as in Excel."""
        cell = self._cursor.go(self.page.grid, how)
        if cell is not None:
            self.selectionModel().setCurrentIndex(
                self.page.index_of(cell), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def selected_cells(self) -> list[Cell]:
        """The selected cells, each once, in reading order."""
        found = {self.page.cell(index) for index in self.selectedIndexes()}
        cells = [cell for cell in found if cell is not None]
        return sorted(cells, key=lambda cell: (cell.row, cell.col))

    def clear_selected(self) -> None:
        """Empty what can be typed in the selected cells; rows stay."""
        if self.page.read_only:
            return
        cells = self.selected_cells() or [c for c in [self.current_cell()] if c is not None]
        edits = [(binding, "") for cell in cells for binding in editable_bindings(cell)]
        self.page.edit(edits)

    # Editing

    def edit(self, *args: object) -> object:
        """Open an editor; remembers how, since typing and F2 differ in what arrow keys do."""
        result = super().edit(*args)  # type: ignore[call-overload]
        if len(args) > 1 and result:
            self.delegate.entered = args[1] == _Trigger.AnyKeyPressed
            editor = self.open_editor()
            if args[1] == _Trigger.EditKeyPressed and editor is not None:
                editor.cursor_to_end()
            if args[1] == _Trigger.DoubleClicked and editor is not None:
                editor.start_at(editor.mapFrom(self.viewport(), self._clicked))
        return result

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Remember which part of a cell was meant."""
        self._clicked = event.position().toPoint()
        super().mouseDoubleClickEvent(event)

    def open_editor(self) -> CellEditor | None:
        """The editor that is open."""
        if not self.is_editing:
            return None
        return editor_of(self.indexWidget(self.currentIndex()))

    def commit(self) -> None:
        """Take what is being typed and close the editor."""
        editor = self.open_editor()
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, PageDelegate.EndEditHint.NoHint)

    def _grow_editor(self, text: str, position: int) -> None:
        editor = self.open_editor()
        if editor is None:
            return
        entered = self.delegate.entered
        self.closeEditor(editor, PageDelegate.EndEditHint.NoHint)
        self.edit(self.currentIndex(), _Trigger.AllEditTriggers, None)
        roomy = self.open_editor()
        self.delegate.entered = entered
        if isinstance(roomy, TextEditor):
            roomy.setPlainText(text[:position] + "\n" + text[position:])
            cursor = roomy.textCursor()
            cursor.setPosition(position + 1)
            roomy.setTextCursor(cursor)

    @guarded(None)
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take a text that an input method commits without composing it first.

        Qt opens the editor then, but drops the text (some input methods, handwriting, emoji).
        """
        text = event.commitString()
        if text and not event.preeditString() and not self.is_editing:
            if self.edit(self.currentIndex(), _Trigger.AnyKeyPressed, None):
                editor = self.open_editor()
                if editor is not None:
                    editor.insert(text)
            event.accept()
            return
        super().inputMethodEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl zooms; otherwise the desk scrolls."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_wanted.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            event.ignore()
