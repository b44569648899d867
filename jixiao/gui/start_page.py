"""The calm page before a book is open: sample, new, import, recent books."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from jixiao.gui import icons
from jixiao.gui.theme import Theme

_CHOICES = (
    ("open_sample", "sample", "打开示例", "几个单位真实的表，随便看、随便改"),
    ("new_book", "new-book", "新建账本", "一个账本放一个或多个单位的全部表"),
    ("choose_drafts", "import", "导入草稿", "去年的 Excel、Word 表，拖进来也行"),
    ("choose_book", "open", "打开账本", "打开已有的 .jxb 账本"),
)
_MOST_RECENT = 6


class StartPage(QWidget):
    """``chosen`` names the window's method to call, ``book_chosen`` a recent book."""

    chosen = Signal(str)
    book_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._cards: list[tuple[QToolButton, str]] = []
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        title = QLabel("绩效目标表编辑器", self)
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 2)
        title.setFont(font)
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        self._hint = QLabel("像填纸表一样填写，每次修改都自动保存。", self)
        self._hint.setObjectName("muted")
        column.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(18)
        column.addWidget(self._make_cards(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(14)
        self._recent = QWidget(self)
        self._recent_column = QVBoxLayout(self._recent)
        self._recent_column.setSpacing(0)
        column.addWidget(self._recent, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def _make_cards(self) -> QWidget:
        holder = QFrame(self)
        grid = QGridLayout(holder)
        grid.setSpacing(12)
        for number, (method, icon, text, tip) in enumerate(_CHOICES):
            card = QToolButton(holder)
            card.setObjectName("card")
            card.setText(f"  {text}\n  {tip}")
            card.setIconSize(QSize(26, 26))
            card.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            card.setAccessibleName(text)
            metrics = card.fontMetrics()
            card.setFixedSize(metrics.horizontalAdvance("国") * 22, metrics.lineSpacing() * 4)
            card.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            card.clicked.connect(lambda _=False, method=method: self.chosen.emit(method))
            grid.addWidget(card, number // 2, number % 2)
            self._cards.append((card, icon))
        return holder

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for card, icon in self._cards:
            card.setIcon(icons.icon(icon, theme, theme.accent))
        self.setStyleSheet(
            f"QToolButton#card {{ background: {theme.page}; border: 1px solid {theme.page_edge};"
            f" border-radius: 8px; padding: 8px 12px; text-align: left; }}"
            f"QToolButton#card:hover, QToolButton#card:focus {{ border-color: {theme.accent}; }}"
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
            self._recent_column.addWidget(head)
        for book in books[:_MOST_RECENT]:
            there = book.exists()
            button = QToolButton(self._recent)
            button.setObjectName("recent")
            button.setAutoRaise(True)
            button.setText(f"{book.name}    {book.parent}" + ("" if there else "（已不在原处）"))
            button.setEnabled(there)
            button.clicked.connect(lambda _=False, book=book: self.book_chosen.emit(book))
            self._recent_column.addWidget(button)
