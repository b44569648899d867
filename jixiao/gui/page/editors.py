"""The editors that stand in a cell: one line, roomy text, and several parts among words.

A cell with words beside its content (填表人：…  联系电话：…) gets one field for each part that can
be edited, with the words as labels between them; Tab goes on inside, and then leaves the cell.
"""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from jixiao.app.editing import binding_label
from jixiao.gui.guard import guarded
from jixiao.io.paper.edit.edit import can_edit
from jixiao.io.paper.page.grid import Cell

_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}
_MIN_FIELD_WIDTH = 48
_PAGE_KEYS = {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
FRAME = 2
"""The width of a roomy editor's own frame: it may be larger than its cell."""


class LineEditor(QLineEdit):
    """An editor of one line; its text is one part of a cell."""

    def __init__(self, parent: QWidget, font: QFont, halign: str) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setFont(font)
        self.setAlignment(_ALIGN[halign] | Qt.AlignmentFlag.AlignVCenter)
        self.setTextMargins(1, 0, 1, 0)

    def texts(self) -> list[str]:
        """What is typed, line breaks of a paste made blanks."""
        return [" ".join(self.text().replace("\t", " ").splitlines())]

    def set_texts(self, texts: list[str]) -> None:
        """Put a text in, all of it selected."""
        self.setText(texts[0] if texts else "")
        self.selectAll()

    def insert(self, text: str) -> None:
        """Type a text in place of the selection."""
        super().insert(text)

    def cursor_to_end(self) -> None:
        """Go on after the last character."""
        self.setCursorPosition(len(self.text()))

    def start_at(self, point: QPoint) -> None:
        """Put the cursor where a point of this editor is."""
        self.setCursorPosition(self.cursorPositionAt(point))

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go to the ends of the text; no key moves the page below the editor."""
        key = Qt.Key(event.key())
        marked = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key == Qt.Key.Key_Up:
            self.home(marked)
        elif key == Qt.Key.Key_Down:
            self.end(marked)
        elif key not in _PAGE_KEYS:
            super().keyPressEvent(event)
        event.accept()


class TextEditor(QPlainTextEdit):
    """A roomy editor for long text, over its cell and growing downwards as lines come."""

    def __init__(self, parent: QWidget, font: QFont, halign: str) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(font)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        option = QTextOption(_ALIGN[halign])
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document = self.document()
        document.setDefaultTextOption(option)
        document.setDocumentMargin(1)
        self.room = 0
        self.top = 0
        document.documentLayout().documentSizeChanged.connect(self.grow)

    def texts(self) -> list[str]:
        """What is typed, with its line breaks."""
        return [self.toPlainText()]

    def set_texts(self, texts: list[str]) -> None:
        """Put a text in, all of it selected."""
        self.setPlainText(texts[0] if texts else "")
        self.selectAll()

    def insert(self, text: str) -> None:
        """Type a text in place of the selection."""
        self.insertPlainText(text)

    def cursor_to_end(self) -> None:
        """Go on after the last character."""
        self.moveCursor(QTextCursor.MoveOperation.End)

    def start_at(self, point: QPoint) -> None:
        """Put the cursor where a point of this editor is."""
        self.setTextCursor(self.cursorForPosition(point))

    def break_line(self, text: str, position: int) -> None:
        """Put a text in with a line break at a position, the cursor behind it."""
        self.setPlainText(text[:position] + "\n" + text[position:])
        cursor = self.textCursor()
        cursor.setPosition(position + 1)
        self.setTextCursor(cursor)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """At its first and last line too no key moves the page below the editor."""
        super().keyPressEvent(event)
        event.accept()

    def grow(self) -> None:
        """Be as high as the text, never less than the cell; at the end of the page upwards."""
        document = self.document()
        block, high = document.begin(), 2 * document.documentMargin()
        while block.isValid():
            high += self.blockBoundingRect(block).height()
            block = block.next()
        need = ceil(high)
        parent = self.parentWidget()
        most = parent.height() if parent is not None else self.room
        need += 2 * FRAME + 1
        height = min(max(self.room, need), max(most, self.room))
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if need > height:
            policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(policy)
        top = max(0, min(self.top, most - height))
        if (top, height) != (self.y(), self.height()):
            self.setGeometry(self.x(), top, self.width(), height)
        if policy == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break elsewhere at another width; where all fit none stays scrolled away."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.grow()
        if self.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            self.verticalScrollBar().setValue(0)


class PartsEditor(QFrame):
    """Several fields among the words of a cell."""

    def __init__(self, parent: QWidget, font: QFont, cell: Cell) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.fields: list[LineEditor] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(0)
        for part in cell.parts:
            if part.binding is not None and can_edit(part.binding):
                row.addWidget(self._field(font, part.text, binding_label(part.binding)))
            else:
                label = QLabel(part.text, self)
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setFont(font)
                row.addWidget(label)
        if cell.style.halign == "center":
            row.insertStretch(0, 1)
        if cell.style.halign == "right":
            row.insertStretch(0, 2)
        row.addStretch(0 if cell.style.halign == "right" else 1)
        self.setFocusProxy(self.fields[0])
        self.start_in(0)

    def _field(self, font: QFont, text: str, name: str) -> LineEditor:
        field = LineEditor(self, font, "left")
        field.setObjectName("partField")
        field.setToolTip(name)
        field.setAccessibleName(name)
        field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        field.textChanged.connect(lambda: self._fit(field))
        field.setText(text.strip())
        self._fit(field)
        self.fields.append(field)
        return field

    def _fit(self, field: LineEditor) -> None:
        metrics = field.fontMetrics()
        wide = metrics.horizontalAdvance(field.text() or "　　　　") + metrics.averageCharWidth()
        field.setFixedWidth(max(_MIN_FIELD_WIDTH, wide + 8))

    def start_in(self, number: int) -> None:
        """Make a field the one that has the focus first."""
        self.setFocusProxy(self.fields[number])
        self.fields[number].selectAll()

    def start_at(self, point: QPoint) -> None:
        """Begin in the field at or nearest to a point of this editor."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
        centres = [abs(field.geometry().center().x() - point.x()) for field in self.fields]
        self.start_in(centres.index(min(centres)))
        self.setFocus()

    def texts(self) -> list[str]:
        """What is typed in each field."""
        return [field.texts()[0] for field in self.fields]

    def set_texts(self, texts: list[str]) -> None:
        """Put the texts into the fields."""
        for field, text in zip(self.fields, texts, strict=False):
            field.setText(text)

    def current(self) -> LineEditor:
        """The field that has the focus, else the one that gets it first."""
        focused = next((field for field in self.fields if field.hasFocus()), None)
        proxy = self.focusProxy()
        return focused or (proxy if isinstance(proxy, LineEditor) else self.fields[0])

    def insert(self, text: str) -> None:
        """Type a text in place of the selection."""
        self.current().insert(text)

    def cursor_to_end(self) -> None:
        """Go on after the last character."""
        self.current().cursor_to_end()

    def step(self, by: int) -> bool:
        """Go to the next or previous field; False when there is none."""
        at = self.fields.index(self.current()) + by
        if not 0 <= at < len(self.fields):
            return False
        self.setFocusProxy(self.fields[at])
        self.fields[at].setFocus(Qt.FocusReason.TabFocusReason)
        self.fields[at].selectAll()
        return True


CellEditor = LineEditor | TextEditor | PartsEditor


def editor_of(widget: object) -> CellEditor | None:
    """The cell editor that a widget is or belongs to."""
    if isinstance(widget, LineEditor) and isinstance(widget.parent(), PartsEditor):
        parent = widget.parent()
        assert isinstance(parent, PartsEditor)
        return parent
    return widget if isinstance(widget, LineEditor | TextEditor | PartsEditor) else None
