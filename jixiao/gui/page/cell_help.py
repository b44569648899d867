"""Help under the cell that is being edited: texts to choose from, and how a text is understood.

It never takes the keyboard: it is a plain part of the desk, so input methods go on undisturbed,
and Enter and Tab always take what stands in the cell. The list is entered by the Down key (or
Alt+Down, which opens it everywhere) and left by Esc; what is marked in it stands in the cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QVBoxLayout, QWidget

from jixiao.gui.guard import guarded
from jixiao.gui.page.editors import CellEditor, LineEditor, PartsEditor, TextEditor
from jixiao.gui.theme import Theme
from jixiao.io.paper.page.grid import Binding
from jixiao.model.syllables import pinyin_pattern, spelled

_MOST_ROWS = 9
_KEYS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_SHORT = {"level1", "level2", "comparator", "unit", "money_unit", "project_category", "basis"}
_GAP = 2
_SIDE, _ABOVE = 8, 2
_PINYIN = re.compile(r"[A-Za-z]")

Field = LineEditor | TextEditor


@dataclass(frozen=True)
class Hint:
    """What is said about a text; ``odd`` when it looks wrong in its place."""

    text: str = ""
    odd: bool = False


class CellHelp(QFrame):
    """The help of a page. ``offers_for`` and ``hint_for`` tell what it says of a text.

    ``chosen`` is emitted when a text was chosen with the mouse: it stands in the cell.
    """

    chosen = Signal()

    def __init__(self, desk: QWidget) -> None:
        super().__init__(desk)
        self.offers_for: Callable[[Binding, str], Sequence[str]] = lambda _binding, _text: ()
        self.hint_for: Callable[[Binding, str], Hint] = lambda _binding, _text: Hint()
        self._theme: Theme | None = None
        self._editor: CellEditor | None = None
        self._bindings: tuple[Binding, ...] = ()
        self._open = False  # the whole list was asked for
        self._typed: str | None = None  # what stood in the cell before the list was entered
        self._seen = False  # typing has brought up a list in this cell
        self.setObjectName("cellHelp")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hint = QLabel(self)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setAccessibleName("可选内容")
        self.list.itemPressed.connect(lambda _: self._take())
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.list)
        column.addWidget(self.hint)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        if theme is self._theme:
            return
        self._theme = theme
        self.setStyleSheet(
            f"#cellHelp {{ background: {theme.window}; border: 1px solid {theme.page_edge};"
            f" border-radius: 4px; }}"
            f"QListWidget {{ background: transparent; color: {theme.text}; outline: 0; }}"
            f"QListWidget::item {{ padding: 3px 8px; border: 0;"
            f" background: transparent; }}"
            f"QListWidget::item:hover {{ background: {theme.hover}; }}"
            f"QListWidget::item:selected {{ background: {theme.accent_soft};"
            f" color: {theme.text}; }}"
            f"QLabel {{ color: {theme.muted}; padding: {_ABOVE}px {_SIDE}px; }}"
            f"QLabel[odd='true'] {{ color: {theme.warning}; }}"
        )

    # Beginning and ending

    def begin(self, editor: CellEditor, bindings: tuple[Binding, ...], *, typed: bool) -> None:
        """Help with an editor.

        Args:
            editor: The editor, its texts in it.
            bindings: What its parts stand for, in order.
            typed: It was opened by typing; otherwise short lists are shown at once, and in an
                empty cell every list.
        """
        self._editor, self._bindings = editor, bindings
        self._typed = None
        self._seen = False
        for field in _fields(editor):
            field.textChanged.connect(self._changed)
            field.installEventFilter(self)
        if editor not in _fields(editor):
            editor.installEventFilter(self)
        self._open = not typed and (self._binding().name in _SHORT or not _text(self._field()))
        self._refresh()

    def end(self) -> None:
        """The editor is closed."""
        self._editor = None
        self._open = False
        self._typed = None
        self.hide()

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the editor as it grows, and its parts as they get the keyboard."""
        if self._editor is not None and self._is_own(watched):
            if event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
                self.place()
            elif event.type() == QEvent.Type.FocusIn:
                self._open = self._seen = False
                self._refresh()
        return super().eventFilter(watched, event)

    def _is_own(self, watched: QObject) -> bool:
        return watched is self._editor or watched in _fields(self._editor)

    # What is edited

    def _field(self) -> Field:
        assert self._editor is not None
        return self._editor.current() if isinstance(self._editor, PartsEditor) else self._editor

    def _binding(self) -> Binding:
        editor = self._editor
        number = editor.fields.index(editor.current()) if isinstance(editor, PartsEditor) else 0
        return self._bindings[number]

    @property
    def taken(self) -> str:
        """What stands in the cell when it was chosen from the list, else ""."""
        return _text(self._field()) if self._editor is not None and self._typed is not None else ""

    # Showing

    def _changed(self) -> None:
        self._open = False
        self._typed = None
        self._refresh()

    def _refresh(self) -> None:
        if self._editor is None:
            return
        text = _text(self._field())
        offers = list(self.offers_for(self._binding(), "" if self._open else text))
        if not self._open:
            offers = matching(offers, text)
        self._fill(offers, text)
        self._seen = self._seen or bool(offers)
        self._show_hint(text, may_become=bool(offers))
        self.list.setVisible(self.list.count() > 0)
        self.setVisible(self.list.count() > 0 or bool(self.hint.text()))
        self.place()

    def _show_hint(self, text: str, *, may_become: bool = False) -> None:
        hint = self.hint_for(self._binding(), text)
        if hint.odd and may_become:  # half a word is odd, but on its way to one of the offers
            hint = Hint()
        self._say(hint, self._count(text))

    def _say(self, hint: Hint, count: str = "") -> None:
        words = [hint.text, count]
        self.hint.setText("　".join(word for word in words if word))
        self.hint.setProperty("odd", "true" if hint.odd else "false")
        self.hint.style().polish(self.hint)
        self.hint.setVisible(bool(self.hint.text()))

    def _count(self, text: str) -> str:
        long = isinstance(self._editor, TextEditor) and (len(text) > 20 or "\n" in text)
        return f"{sum(not char.isspace() for char in text)} 字" if long else ""

    def _fill(self, offers: Sequence[str], text: str) -> None:
        self.list.clear()
        self.list.addItems([_one_line(offer) for offer in offers])
        for number, offer in enumerate(offers):
            self.list.item(number).setData(Qt.ItemDataRole.UserRole, offer)
        if text in offers and self._open:
            self.list.setCurrentRow(list(offers).index(text))

    def place(self) -> None:
        """Stand under the editor, or above it where there is no room below."""
        editor, desk = self._editor, self.parentWidget()
        if editor is None or desk is None or not self.isVisible():
            return
        size = self._size(editor.width(), desk.width())
        at = editor.mapTo(desk.window(), QPoint(0, 0))
        at = desk.mapFrom(desk.window(), at)
        below, above = at.y() + editor.height() + _GAP, at.y() - size.height() - _GAP
        fits = below + size.height() <= desk.height() or above < 0
        left = max(0, min(at.x(), desk.width() - size.width()))
        self.setGeometry(left, below if fits else above, size.width(), size.height())
        self.raise_()

    def _size(self, least: int, most: int) -> QSize:
        for widget in (self, self.list, self.hint):
            widget.ensurePolished()  # the style's room around a line counts
        metrics = self.list.fontMetrics()
        em = metrics.horizontalAdvance("国")
        rows = self.list.count()
        texts = (self.list.item(n).text() for n in range(min(rows, 60)))
        need = max((metrics.horizontalAdvance(text) for text in texts), default=0) + 3 * em
        if rows:
            need = max(need, min(least, 12 * em), 6 * em)
        hint = self.hint.fontMetrics()
        if self.hint.text():
            need = max(need, min(hint.horizontalAdvance(self.hint.text()) + 2 * em, 24 * em))
        wide = min(need, most, 32 * em)
        high = 2
        if rows:
            line = self.list.visualItemRect(self.list.item(0)).height()
            high += line * min(rows, _MOST_ROWS) + _GAP
        if self.hint.text():
            room = QRect(0, 0, wide - 2 - 2 * _SIDE, 1000)
            words = hint.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.hint.text())
            self.hint.setFixedHeight(words.height() + 2 * _ABOVE)  # else it takes from a short list
            high += words.height() + 2 * _ABOVE + 2
        return QSize(wide, high)

    # Keys

    def open_list(self) -> None:
        """Show everything that there is to choose from."""
        self._open = True
        self._refresh()

    def take_key(self, event: QKeyEvent) -> bool:
        """Take the keys that are for the list; True when one was."""
        if self._editor is None:
            return False
        step = _KEYS.get(Qt.Key(event.key()))
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if step == 1 and modifiers == Qt.KeyboardModifier.AltModifier:
            self.open_list()
            return True
        if event.key() == Qt.Key.Key_Escape and self._typed is not None:
            typed, self._typed = self._typed, None
            self._put(typed)
            self._open = False
            self._refresh()
            return True
        if step is None or modifiers:
            return False
        if not self.list.isVisibleTo(self) or not self.isVisible():
            return step == 1 and self._hold()
        return self._step(step)

    def _hold(self) -> bool:
        """Keep Down, once, from leaving a cell whose list letters have just emptied.

        Who types pinyin and then Down means the list, and would otherwise go on typing in the
        row below without seeing it. Words that are no pinyin leave the cell as in Excel.
        """
        text = _text(self._field())
        if not self._seen or not _PINYIN.search(text):
            return False
        if text.strip() in self.offers_for(self._binding(), text):
            return False
        self._seen = False
        self._say(Hint(f"没有找到“{_one_line(text)}”。按 Alt+↓ 列出全部，按 Enter 就写这些字。"))
        self.setVisible(True)
        self.place()
        return True

    def _step(self, step: int) -> bool:
        """Go into the list, on in it, or above its first line back to what was typed."""
        at = self.list.currentRow() + step
        if self._typed is None:
            if step < 0:
                return False
            self._typed = _text(self._field())
        if at < 0:
            typed, self._typed = self._typed, None
            self.list.setCurrentRow(-1)
            self.list.clearSelection()
            self._put(typed)
        else:
            self.list.setCurrentRow(min(at, self.list.count() - 1))
            self._put(self.list.currentItem().data(Qt.ItemDataRole.UserRole))
        self._show_hint(_text(self._field()))
        self.place()
        return True

    def _take(self) -> None:
        self._typed = _text(self._field())
        self._put(self.list.currentItem().data(Qt.ItemDataRole.UserRole))
        self.chosen.emit()

    def _put(self, text: str) -> None:
        """Put a text into the cell as if it had been typed, without a new search for it."""
        field = self._field()
        with QSignalBlocker(field):
            if isinstance(field, QLineEdit):
                field.selectAll()
                field.insert(text)
            else:
                cursor = field.textCursor()
                cursor.select(QTextCursor.SelectionType.Document)
                cursor.insertText(text)


def matching(offers: Sequence[str], text: str) -> list[str]:
    """Those of the offers that a typed text means: by its characters, or by pinyin.

    Pinyin may be whole or shortened (renci, rc); a single letter finds beginnings only.
    """
    typed = text.strip().casefold()
    if not typed:
        return []
    found = [offer for offer in offers if offer.casefold().startswith(typed)]
    found += [offer for offer in offers if typed in offer.casefold()]
    found += _spoken(offers, "".join(typed.split()))
    found = list(dict.fromkeys(found))
    return [] if found == [text.strip()] else found


def _spoken(offers: Sequence[str], letters: str) -> list[str]:
    """The offers that letters find by pinyin, those that begin so first."""
    pattern = None if letters.isdecimal() else pinyin_pattern(letters)
    if pattern is None:
        return []
    begins: list[str] = []
    inside: list[str] = []
    for offer in offers:
        spoken = spelled(offer)
        match = pattern.search(spoken)
        if match is None:
            continue
        first = ";" not in spoken[1 : match.start() + 1]
        (begins if first else inside).append(offer)
    return begins + (inside if len(letters) > 1 else [])


def _fields(editor: CellEditor | None) -> list[Field]:
    if editor is None:
        return []
    return list(editor.fields) if isinstance(editor, PartsEditor) else [editor]


def _text(field: Field) -> str:
    return field.texts()[0]


def _one_line(text: str) -> str:
    return " ".join(text.split())
