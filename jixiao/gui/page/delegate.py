"""How a cell is edited; the canvas paints it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from jixiao.gui.guard import guarded
from jixiao.gui.page.editors import (
    FRAME,
    CellEditor,
    LineEditor,
    PartsEditor,
    TextEditor,
    editor_of,
)
from jixiao.gui.page.fonts import PageFonts
from jixiao.gui.page.geometry import PageGeometry
from jixiao.gui.page.model import CELL_ROLE, PARTS_ROLE, Index
from jixiao.gui.theme import LIGHT, Theme
from jixiao.io.paper.page.grid import Binding, Cell
from jixiao.model.columns import COLUMNS
from jixiao.model.fields import FIELDS

_LONG_COLUMNS = frozenset(spec.column for spec in COLUMNS if spec.kind == "long")
_LEAST_LETTERS = 5
_ENTERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_ARROWS = {
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
}


class PageDelegate(QStyledItemDelegate):
    """Opens the editor that fits a cell.

    ``left`` is emitted when a key ends the editor: enter, back_enter, tab, backtab, up, down,
    left, right; then the text has been taken.
    """

    left = Signal(str)
    grow_wanted = Signal(str, int)
    """A line break was asked for in an editor of one line: its text and cursor position."""

    def __init__(self, fonts: PageFonts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.geometry: PageGeometry | None = None
        self.theme: Theme = LIGHT
        self.dpi = 96.0
        self.least_font: QFont | None = None
        """Editors have letters no smaller than these, and a line of them in height."""
        self.roomy = False
        """The next editor is a roomy one (Alt+Enter in one of one line)."""
        self.entered = False
        """The editor was opened by typing: arrow keys end it, as in Excel."""
        self.take_key: Callable[[QKeyEvent], bool] = lambda _: False
        """The cell help, asked first about every key in an editor."""
        self._fonts = fonts

    # Editors

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,  # noqa: ARG002
        index: Index,
    ) -> CellEditor | None:
        """The editor for a cell: fields among words, a roomy one, or one line."""
        return self._create(parent, index)

    @guarded(None)
    def _create(self, parent: QWidget, index: Index) -> CellEditor | None:
        cell: Cell | None = index.data(CELL_ROLE)
        if cell is None or self.geometry is None:
            return None
        font = self._fonts.font(cell.style, self.geometry.scale, self.dpi)
        least = self.least_font
        if least is not None and QFontMetrics(font).height() < QFontMetrics(least).height():
            font = least
        editor: CellEditor
        if len(cell.parts) > 1:
            editor = PartsEditor(parent, font, cell)
            for field in editor.fields:
                field.installEventFilter(self)
        elif self.roomy or self._is_long(cell):
            editor = TextEditor(parent, font, cell.style.halign)
        else:
            editor = LineEditor(parent, font, cell.style.halign)
        self.roomy = False
        editor.setProperty("fresh", True)
        editor.setStyleSheet(self._editor_sheet())
        return editor

    def _editor_sheet(self) -> str:
        t = self.theme
        return (
            f"QLineEdit, QPlainTextEdit, QFrame {{ background: {t.page}; color: {t.ink};"
            f" selection-background-color: {t.accent_soft}; selection-color: {t.ink}; }}"
            f"QPlainTextEdit {{ border: {FRAME}px solid {t.accent}; }}"
            f"#partField {{ border: 0; border-bottom: 1px solid {t.accent}; }}"
            f"QLabel {{ color: {t.muted}; background: transparent; }}"
        )

    def _is_long(self, cell: Cell) -> bool:
        assert self.geometry is not None
        lines = self.geometry.layout.lines.get((cell.row, cell.col), ())
        return len(lines) > 1 or any(_is_long(binding) for binding in cell.bindings)

    @guarded(None)
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill the editor, once: a page that changes meanwhile does not touch what is typed."""
        cell_editor = editor_of(editor)
        if cell_editor is None or not editor.property("fresh"):
            return
        editor.setProperty("fresh", False)
        cell_editor.set_texts(index.data(PARTS_ROLE) or [])

    @guarded(None)
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Take what was typed."""
        cell_editor = editor_of(editor)
        if cell_editor is not None:
            model.setData(index, cell_editor.texts(), PARTS_ROLE)

    @guarded(None)
    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,  # noqa: ARG002
        index: Index,
    ) -> None:
        """Lay the editor over its cell, inside the frame of the current cell."""
        cell: Cell | None = index.data(CELL_ROLE)
        if cell is None or self.geometry is None:
            return
        rect = self.geometry.rect(cell).adjusted(1, 1, -2, -2)  # inside the frame
        if self.least_font is not None:
            rect = self._readable(rect, editor)
        if isinstance(editor, TextEditor):
            rect = rect.adjusted(-FRAME, -FRAME, FRAME, FRAME)
            rect = rect.intersected(QRect(0, 0, self.geometry.xs[-1], self.geometry.ys[-1]))
            editor.room, editor.top = rect.height(), rect.top()
            editor.setGeometry(rect)
            editor.grow()
        elif isinstance(editor, PartsEditor):
            wide = max(rect.width(), editor.sizeHint().width())
            left = max(0, rect.left() - (wide - rect.width()))
            editor.setGeometry(
                left if cell.style.halign == "right" else rect.left(),
                rect.top(),
                wide,
                rect.height(),
            )
        else:
            editor.setGeometry(rect)

    def _readable(self, rect: QRect, editor: QWidget) -> QRect:
        """At least a line high and a few letters wide, on the page, around the cell's middle."""
        assert self.geometry is not None
        metrics = editor.fontMetrics()
        wide = max(rect.width(), _LEAST_LETTERS * metrics.horizontalAdvance("国"))
        high = max(rect.height(), metrics.height() + 6)
        left = min(rect.center().x() - wide // 2, self.geometry.xs[-1] - wide)
        top = min(rect.center().y() - high // 2, self.geometry.ys[-1] - high)
        return QRect(max(0, left), max(0, top), wide, high)

    # Keys in editors

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter, Tab and Esc end an editor as in Excel; leaving it otherwise takes its text."""
        editor = editor_of(watched)
        if editor is None:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(editor, event)
        if event.type() == QEvent.Type.MouseButtonPress:
            self.entered = False  # the arrow keys now belong to the text, as in Excel
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            return False
        view = self.parent()
        closed = (
            isinstance(view, QAbstractItemView)
            and view.state() != QAbstractItemView.State.EditingState
        )
        if watched is not editor and closed:
            # Qt no longer watches an editor that it has closed, but it does not know of fields.
            return False
        return super().eventFilter(editor, event)

    def _key(self, editor: CellEditor, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.take_key(event):
            return True
        if key == Qt.Key.Key_Escape:
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
            return True
        if key == Qt.Key.Key_F2:
            self.entered = not self.entered
            return True
        if key in _ENTERS:
            return self._enter(editor, modifiers, held=event.isAutoRepeat())
        if key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            back = key == Qt.Key.Key_Backtab or bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
            inside = isinstance(editor, PartsEditor) and editor.step(-1 if back else 1)
            return inside or self._leave(editor, "backtab" if back else "tab")
        leaves = key in _ARROWS and self.entered and not modifiers
        return leaves and self._leave(editor, _ARROWS[key])

    def _enter(self, editor: CellEditor, modifiers: Qt.KeyboardModifier, *, held: bool) -> bool:
        if modifiers & Qt.KeyboardModifier.AltModifier:
            return self._new_line(editor)
        if modifiers == Qt.KeyboardModifier.ControlModifier:
            if held:  # the row that has just been added needs no other
                return True
            return self._leave(editor, "add")
        back = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        return self._leave(editor, "back_enter" if back else "enter")

    def _leave(self, editor: CellEditor, how: str) -> bool:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.left.emit(how)
        return True

    def _new_line(self, editor: CellEditor) -> bool:
        if isinstance(editor, TextEditor):
            editor.insert("\n")
        elif isinstance(editor, LineEditor):
            self.roomy = True
            self.grow_wanted.emit(editor.text(), editor.cursorPosition())
        return True


def _is_long(binding: Binding) -> bool:
    if binding.target == "field":
        spec = FIELDS.get(binding.name)
        return spec is not None and spec.type == "long"
    return binding.name in _LONG_COLUMNS
