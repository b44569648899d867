"""The calm page before a book is open: sample, new, import, recent books."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jixiao.gui.cards import Cards, card_sheet
from jixiao.gui.guard import guarded
from jixiao.gui.theme import Theme

_CHOICES = (
    ("sample", "sample", "打开示例", "几个单位真实的表，随便看、随便改"),
    ("new_book", "new-book", "新建账本", "一个账本放一个或多个单位的全部表"),
    ("import", "import", "导入草稿", "去年的 Excel、Word 表，拖进来也行"),
    ("open_book", "open", "打开账本", "打开已有的 .jxb 账本"),
)
_MOST_RECENT = 6
_LONGEST_PATH = 56


class RecentButton(QToolButton):
    """A book of the recent ones; Enter opens it as well as the space bar."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recent")
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Up and Down go on."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)


class StartPage(QScrollArea):
    """``chosen`` gives the id of a command, ``book_chosen`` a recent book."""

    chosen = Signal(str)
    book_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("desk")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget(self)
        inside.setObjectName("desk")
        self.setWidget(inside)
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(inside)
        column.setSpacing(8)
        column.addStretch(2)
        self._title = QLabel("绩效目标表编辑器", self)
        column.addWidget(self._title, 0, middle)
        self._hint = QLabel("像填纸表一样填写，每次修改都自动保存。", self)
        self._hint.setObjectName("muted")
        column.addWidget(self._hint, 0, middle)
        column.addSpacing(18)
        self.cards = Cards(_CHOICES, parent=self)
        self.cards.chosen.connect(self.chosen)
        column.addWidget(self.cards, 0, middle)
        column.addSpacing(14)
        self._recent = QWidget(self)
        self._recent_column = QVBoxLayout(self._recent)
        self._recent_column.setSpacing(0)
        column.addWidget(self._recent, 0, middle)
        column.addStretch(3)
        self._take_font()

    def changeEvent(self, event: QEvent) -> None:
        """Letters of another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._take_font()

    def _take_font(self) -> None:
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * 2)
        self._title.setFont(font)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.cards.set_theme(theme)
        self.setStyleSheet(
            card_sheet(theme)
            + "QToolButton#recent { border: 1px solid transparent; border-radius: 4px;"
            f" padding: 4px 8px; text-align: left; color: {theme.text}; }}"
            f"QToolButton#recent:hover {{ background: {theme.hover}; color: {theme.accent}; }}"
            f"QToolButton#recent:focus {{ border-color: {theme.accent}; }}"
            f"QToolButton#recent:disabled {{ color: {theme.faint}; }}"
        )

    def set_recent(self, books: Sequence[Path]) -> None:
        """List the books opened last; those that are gone are greyed."""
        while (item := self._recent_column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if books:
            head = QLabel("最近使用", self._recent)
            head.setObjectName("muted")
            head.setContentsMargins(9, 0, 0, 2)
            self._recent_column.addWidget(head)
        for book in books[:_MOST_RECENT]:
            there = book.exists()
            where = _short(str(book.parent)) if there else "已不在原处"
            button = RecentButton(f"{book.name}　{where}", self._recent)
            button.setToolTip(str(book))
            button.setEnabled(there)
            button.clicked.connect(lambda _=False, book=book: self.book_chosen.emit(book))
            self._recent_column.addWidget(button)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_PATH else "…" + text[-_LONGEST_PATH:]
