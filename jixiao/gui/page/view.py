"""The page: a table view that looks and behaves like the printed form in Excel."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from jixiao.gui.guard import guarded
from jixiao.gui.page.block import wants_next_row
from jixiao.gui.page.borders import border_at
from jixiao.gui.page.cursor import CursorCanvas
from jixiao.gui.page.delegate import PageDelegate
from jixiao.gui.page.editors import CellEditor, TextEditor, editor_of
from jixiao.gui.page.fonts import PageFonts
from jixiao.gui.page.keys import is_typing, wish_of
from jixiao.gui.page.model import Index, PageModel
from jixiao.gui.page.moves import is_editable, next_editable
from jixiao.gui.page.paint import paint_column_edge, paint_cursor, paint_drop
from jixiao.gui.page.select import PageSelection
from jixiao.io.paper.edit.clipboard import Rect
from jixiao.io.paper.page.grid import Cell

_Trigger = QAbstractItemView.EditTrigger
_Flag = QItemSelectionModel.SelectionFlag
_ENSURE_VISIBLE = QAbstractItemView.ScrollHint.EnsureVisible
_OPENING = (_Trigger.AnyKeyPressed, _Trigger.EditKeyPressed, _Trigger.DoubleClicked)
_ON_LABEL = "这是表样印好的文字，不能修改；可以选中和复制。"


class PageView(CursorCanvas):
    """Shows a whole page at a zoom; the desk around it scrolls."""

    zoom_wanted = Signal(int)
    """Ctrl and the wheel: one step in (1) or out (-1)."""
    reveal = Signal(QRect)
    """A part of the page that should be brought into sight."""
    row_wanted = Signal(str)
    """Enter, Tab or Ctrl+Enter ("enter", "tab", "add") asks for a row below the cursor."""
    clear_wanted = Signal()
    """Delete: the selected cells should be emptied."""
    list_wanted = Signal()
    """Alt+Down: the texts to choose from should open in the cell with the cursor."""
    menu_wanted = Signal(QPoint)
    """The context menu should open at a point of the screen."""
    settling = Signal()
    """Something is about to be typed or done: a row that came by itself and was left may go."""
    editing_began = Signal()
    editing_ended = Signal()

    def __init__(self, model: PageModel, fonts: PageFonts, parent: QWidget | None = None) -> None:
        super().__init__(model, fonts, parent)
        self.drop_row: int | None = None
        self.block = PageSelection(self)
        self._clicked = QPoint()
        self._selecting = False
        self._edge: tuple[int, int] | None = None  # a column's border being dragged, and where
        self.attach()
        self.delegate.left.connect(self.go)
        self.delegate.grow_wanted.connect(self._grow_editor)

    def paint_over(self, painter: QPainter, exposed: QRect) -> None:
        """The borders, the frame of the selection, and what is being dragged."""
        super().paint_over(painter, exposed)
        geometry, theme = self.geometry_of_page, self.theme
        cell = self.current_cell()
        active = self.has_keys
        frame, strong = self.block.outline(), is_editable(cell)
        paint_cursor(painter, geometry, theme, cell, frame, active=active, strong=strong)
        if self.drop_row is not None:
            paint_drop(painter, geometry, theme, self.drop_row)
        if self._edge is not None:
            paint_column_edge(painter, theme, self._edge[1], self.height())

    def selected_parts(self) -> list[Rect]:
        """The parts of level cells that look selected beside whole rows."""
        return self.block.level_parts()

    # The current cell

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
        self.position()
        self.block.forget()
        self.show_frame(self.current_cell(), self.block.outline())

    @guarded(None)
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Repaint the frame of the selection, and tell."""
        super().selectionChanged(selected, deselected)
        self.selected.emit()
        self.show_frame(self.current_cell(), self.block.outline())

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = _ENSURE_VISIBLE,  # noqa: ARG002
    ) -> None:
        """Never scrolls itself: asks the desk to."""
        cell = self.page.cell(index)
        if cell is not None and cell.bottom < len(self.geometry_of_page.ys):
            self.reveal.emit(self.geometry_of_page.rect(cell))

    def selected_cells(self) -> list[Cell]:
        """The selected cells, each once, in reading order."""
        return self.block.cells()

    # Keys

    @property
    def is_editing(self) -> bool:
        """True while an editor is open."""
        return self.state() == QAbstractItemView.State.EditingState

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys as in Excel; everything else begins to type."""
        wish, how = wish_of(event) or ("", "")
        if wish == "go":
            self.go(how)
        elif self.block.take(wish, how):
            self.cursor_run.end_run()
        elif wish == "clear":
            self.clear_wanted.emit()
        elif wish == "list":
            self.list_wanted.emit()
        elif wish == "erase":
            self._type("")
        elif is_typing(event):
            self._tell_why_not()
            super().keyPressEvent(event)
        else:
            event.ignore()  # Qt's own keys would move and select as in a list

    def _tell_why_not(self) -> None:
        cell = self.current_cell()
        if self.page.read_only:
            self.page.rejected.emit(self.page.refusal)
        elif cell is not None and not is_editable(cell):
            self.page.rejected.emit(_ON_LABEL)

    def keyboardSearch(self, search: str) -> None:
        """Typing on a label searches nothing: the cursor stays."""

    def go(self, how: str) -> None:
        """Move the cursor: up, down, left, right, enter, tab, home, first … as in Excel."""
        here, _ = self.current_cell(), self.position()
        if how == "add" or (
            here is not None
            and self.block.frame() is None
            and not self.page.read_only
            and wants_next_row(self.page.grid, here, how)
        ):
            self.row_wanted.emit(how)
            return
        if how in {"enter", "back_enter", "tab", "backtab"} and self._go_round(how):
            return
        if how in {"page_up", "page_down"}:
            self._go_page(-1 if how == "page_up" else 1)
            return
        cell = self.cursor_run.go(self.page.grid, how)
        if cell is not None:
            self.selectionModel().setCurrentIndex(self.page.index_of(cell), _Flag.ClearAndSelect)

    def _go_round(self, how: str) -> bool:
        """Inside a selected block Enter and Tab go from cell to cell and around, as in Excel."""
        cells = [cell for cell in self.block.cells() if is_editable(cell)]
        here = self.current_cell()
        if len(cells) < 2 or here not in cells:
            return False
        if how in {"enter", "back_enter"}:
            cells.sort(key=lambda cell: (cell.col, cell.row))
        step = 1 if how in {"enter", "tab"} else -1
        cell = cells[(cells.index(here) + step) % len(cells)]
        self.selectionModel().setCurrentIndex(self.page.index_of(cell), _Flag.NoUpdate)
        self.scrollTo(self.page.index_of(cell))
        return True

    def _go_page(self, by: int) -> None:
        row, col = self.position()
        at = self.page_row(row, by)
        cell = self.page.grid.at(at, col)
        if cell is not None:
            self.cursor_run.row = at
            self.select(cell)

    # The mouse

    @guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a block, extend one with Shift, or take hold of a column's border."""
        self.cursor_run.end_run()
        point = event.position().toPoint()
        left = event.button() == Qt.MouseButton.LeftButton
        column = border_at(self.geometry_of_page, point.x(), point.y())
        if left and column >= 0:
            self._edge = (column, point.x())
            self.viewport().update()
            return
        if left and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self.block.extend_at(point)
            return
        if event.button() == Qt.MouseButton.RightButton and self._is_selected(point):
            return  # the menu is for what is selected
        super().mousePressEvent(event)
        self._selecting = left and not self.is_editing and not event.modifiers()

    def _is_selected(self, point: QPoint) -> bool:
        geometry = self.geometry_of_page
        return (geometry.row_at(point.y()), geometry.column_at(point.x())) in self.block.spots()

    @guarded(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend the block, move the border; a border under the mouse shows as one."""
        point = event.position().toPoint()
        if self._edge is not None:
            self._edge = (self._edge[0], point.x())
            self.viewport().update()
        elif self._selecting and event.buttons() & Qt.MouseButton.LeftButton:
            self.block.drag_to(event.globalPosition().toPoint())
        else:
            on_border = border_at(self.geometry_of_page, point.x(), point.y()) >= 0
            shape = Qt.CursorShape.SplitHCursor if on_border else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)

    @guarded(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End what the mouse was doing."""
        edge, self._edge, self._selecting = self._edge, None, False
        self.block.drop()
        if edge is not None:
            self.viewport().update()
            geometry = self.geometry_of_page
            column, x = edge
            if abs(x - geometry.xs[column + 1]) > 3:
                self.set_width(column, (x - geometry.xs[column]) / geometry.scale)
            return
        super().mouseReleaseEvent(event)

    @guarded(None)
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fit the column beside a border; else remember which part of a cell was meant."""
        point = self._clicked = event.position().toPoint()
        column = border_at(self.geometry_of_page, point.x(), point.y())
        if column >= 0:
            self._edge = None
            self.fit_column(column)
            return
        self._tell_why_not()
        super().mouseDoubleClickEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl zooms; otherwise the desk scrolls."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_wanted.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            event.ignore()

    @guarded(None)
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu, at the mouse or below the cell when a key asked for it."""
        point = event.globalPos()
        cell = self.current_cell()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and cell is not None:
            rect = self.geometry_of_page.rect(cell)
            point = self.viewport().mapToGlobal(rect.bottomLeft())
        self.menu_wanted.emit(point)

    # Editing

    def edit(self, *args: object) -> object:
        """Open an editor; remembers how, since typing and F2 differ in what arrow keys do."""
        if len(args) > 1 and args[1] in _OPENING and not self.is_editing:
            self.settling.emit()
            args = (self.currentIndex(), *args[1:])
        result = super().edit(*args)  # type: ignore[call-overload]
        if len(args) > 1 and result:
            self.delegate.entered = args[1] == _Trigger.AnyKeyPressed
            editor = self.open_editor()
            if args[1] == _Trigger.EditKeyPressed and editor is not None:
                editor.cursor_to_end()
            if args[1] == _Trigger.DoubleClicked and editor is not None:
                editor.start_at(editor.mapFrom(self.viewport(), self._clicked))
            self.scrollTo(self.currentIndex())
            if editor is not None:
                self.editing_began.emit()
        return result

    def start_editing(self, _: bool = False) -> bool:
        """Open the editor of the current cell as F2 does."""
        return bool(self.edit(self.currentIndex(), _Trigger.EditKeyPressed, None))

    def closeEditor(self, editor: QWidget, hint: PageDelegate.EndEditHint) -> None:
        """Close an editor, and tell."""
        super().closeEditor(editor, hint)
        self.editing_ended.emit()

    def open_editor(self) -> CellEditor | None:
        """The editor that is open."""
        return editor_of(self.indexWidget(self.currentIndex())) if self.is_editing else None

    def commit(self) -> None:
        """Take what is being typed and close the editor."""
        editor = self.open_editor()
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, PageDelegate.EndEditHint.NoHint)
        self.settling.emit()

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
            roomy.break_line(text, position)

    @guarded(None)
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take a text that an input method commits without composing it first.

        Qt opens the editor then, but drops the text (some input methods, handwriting, emoji).
        """
        text = event.commitString()
        if text and not event.preeditString() and not self.is_editing:
            self._type(text)
            event.accept()
            return
        super().inputMethodEvent(event)

    def _type(self, text: str) -> None:
        """Begin to type with a text in place of what the cell says."""
        if not self.edit(self.currentIndex(), _Trigger.AnyKeyPressed, None):
            self._tell_why_not()
        elif (editor := self.open_editor()) is not None:
            editor.insert(text)
