"""Asks in a card why a finding is let be, and how far that goes."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from jixiao.gui.guard import guarded

Reach = Literal["here", "table", "book"]
_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_REACHES: dict[Reach, str] = {
    "table": "本表不再查这条规则",
    "book": "整个账本不再查这条规则",
}


class ReasonBox(QWidget):
    """A line for the reason, and below it how far it goes. Enter takes it, Esc leaves.

    Signals: ``taken`` (the reason and a ``Reach``), ``left``.
    """

    taken = Signal(str, str)
    left = Signal()

    def __init__(self, here: str, *, one_table: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText("理由，回车确定")
        self.line.setMaxLength(100)
        self.line.setAccessibleName("忽略的理由")
        self.reach = QComboBox(self)
        self.reach.setAccessibleName("忽略的范围")
        self.reach.addItem(here, "here")
        for name, text in _REACHES.items():
            if one_table or name == "book":
                self.reach.addItem(text, name)
        self.take = self._link("确定", self._take)
        self.leave = self._link("取消", self.left)
        for widget in (self.line, self.reach):
            widget.installEventFilter(self)
        row = QHBoxLayout()
        row.setSpacing(12)
        for link in (self.take, self.leave):
            row.addWidget(link)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 2)
        column.setSpacing(6)
        column.addWidget(self.line)
        column.addWidget(self.reach)
        column.addLayout(row)
        self.setFocusProxy(self.line)

    def _link(self, text: str, do: object) -> QPushButton:
        link = QPushButton(text, self)
        link.setObjectName("link")
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.clicked.connect(do)
        return link

    def _take(self) -> None:
        text = self.line.text().strip()
        if text:
            self.taken.emit(text, str(self.reach.currentData()))
        else:
            self.line.setPlaceholderText("请写一句理由，如：上级文件规定")
            self.line.setFocus()

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes the reason, Esc leaves it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            if event.key() in _ENTERS:
                self._take()
                return True
        return super().eventFilter(watched, event)
