"""The bar above the page to find and replace in this table, this year, or the whole book."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from jixiao.gui import icons
from jixiao.gui.guard import guarded
from jixiao.gui.theme import Theme

SCOPES = (("table", "这张表"), ("year", "本单位本年度"), ("book", "整个账本"))


class FindEdit(QLineEdit):
    """Enter goes on, Shift+Enter back, Esc closes the bar."""

    next_wanted = Signal()
    previous_wanted = Signal()
    left = Signal()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc; everything else types."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.previous_wanted if shift else self.next_wanted).emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FindBar(QFrame):
    """Only the widgets; ``Finding`` does the work."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.text = FindEdit(self)
        self.text.setPlaceholderText("查找")
        self.text.setAccessibleName("查找什么")
        self.text.setClearButtonEnabled(True)
        self.text.setMinimumWidth(7 * self.fontMetrics().horizontalAdvance("国"))
        self.with_text = FindEdit(self)
        self.with_text.setPlaceholderText("替换为")
        self.with_text.setAccessibleName("替换为什么")
        self.count = QLabel(self)
        self.count.setMinimumWidth(self.fontMetrics().horizontalAdvance("00 / 000 处"))
        self.scope = QComboBox(self)
        self.scope.setAccessibleName("在哪里查找")
        for key, text in SCOPES:
            self.scope.addItem(text, key)
        self.case = QCheckBox("大小写", self)
        self.case.setToolTip("区分大小写")
        self.whole = QCheckBox("整格", self)
        self.whole.setToolTip("整格的内容都相同才算")
        self.previous = self._button("up", "上一处")
        self.next = self._button("down", "下一处")
        self.close_button = self._button("close", "关闭（Esc）")
        self.one = QPushButton("替换", self)
        self.all = QPushButton("全部替换", self)
        self.report = QLabel(self)
        self.report.setTextFormat(Qt.TextFormat.PlainText)
        self.more = QPushButton("看一看", self)
        self.more.setObjectName("link")
        self._lay_out()
        self.text.left.connect(self.close_bar)
        self.with_text.left.connect(self.close_bar)
        self.close_button.clicked.connect(self.close_bar)
        self.set_report("", details=False)
        self.hide()

    def _button(self, icon: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("iconName", icon)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setAutoRaise(True)
        return button

    def show_keys(self, key_of: Callable[[str], str]) -> None:
        """Add the keys of the commands to the tooltips."""
        self.previous.setToolTip(f"上一处（{key_of('find_previous')}）")
        self.next.setToolTip(f"下一处（{key_of('find_next')}）")

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(6)
        for widget in (self.previous, self.next, self.count, self.scope, self.case, self.whole):
            first.addWidget(widget)
        first.addStretch(1)
        first.addWidget(self.close_button)
        self._second = QWidget(self)
        second = QHBoxLayout(self._second)
        second.setContentsMargins(0, 0, 0, 0)
        for widget in (self.one, self.all, self.report, self.more):
            second.addWidget(widget)
        second.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 6, 8, 6)
        grid.setVerticalSpacing(4)
        grid.addWidget(self.text, 0, 0)
        grid.addLayout(first, 0, 1)
        grid.addWidget(self.with_text, 1, 0)
        grid.addWidget(self._second, 1, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 5)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for button in (self.previous, self.next, self.close_button):
            button.setIcon(QIcon(icons.icon(str(button.property("iconName")), theme)))

    def open_bar(self, *, replace: bool, text: str = "") -> None:
        """Show the bar with its second line or without, and type into it."""
        self.with_text.setVisible(replace)
        self._second.setVisible(replace)
        if text:
            self.text.setText(text)
        self.show()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()

    def close_bar(self) -> None:
        """Hide the bar; the page has the keyboard again."""
        self.hide()
        self.closed.emit()

    def set_count(self, current: int, total: int, *, searched: bool, more: bool = False) -> None:
        """Show how many places there are, and which one is at hand (from 1; 0 for none).

        ``more`` tells that the search is still going on; then not everything can be replaced yet.
        """
        going_on = "…" if more else ""
        if not searched:
            self.count.setText("")
        elif not total:
            self.count.setText("正在查找…" if more else "没有找到")
        else:
            place = f"{current} / {total} 处" if current else f"{total} 处"
            self.count.setText(place + going_on)
        for button in (self.previous, self.next, self.one):
            button.setEnabled(total > 0)
        self.all.setEnabled(total > 0 and not more)

    def set_report(self, text: str, *, details: bool) -> None:
        """Tell what a replacement did, with a button to read what was left out."""
        self.report.setText(text)
        self.more.setVisible(details)
