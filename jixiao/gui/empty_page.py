"""What stands in place of the page while no table is shown: how to get one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from jixiao.gui.cards import Cards, card_sheet
from jixiao.gui.theme import Theme

_CHOICES = (
    ("new_table", "plus", "新建表", "按图选一个表样，从空表填起"),
    ("import", "import", "导入草稿", "去年的 Excel、Word 表，拖进来也行"),
)


class EmptyPage(QWidget):
    """``chosen`` gives the id of a command."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = QLabel(self)
        self.words.setObjectName("muted")
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.words.setWordWrap(True)
        self.cards = Cards(_CHOICES, 1, self)
        self.cards.chosen.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(2)
        column.addWidget(self.words)
        column.addWidget(self.cards, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def show_for(self, *, tables: int, read_only: bool) -> None:
        """Say what fits a book with this many tables; one that is only read offers nothing."""
        if tables:
            self.words.setText("在左边选一张表。")
        elif read_only:
            self.words.setText("这个账本里还没有表。")
        else:
            self.words.setText("这个账本还是空的。")
        self.cards.setVisible(not tables and not read_only)

    def show_keys(self, key_of: Callable[[str], str]) -> None:
        """Add the keys of the commands to the words of the cards."""
        for (command_id, _, title, _), card in zip(_CHOICES, self.cards.cards, strict=True):
            card.set_title(f"{title}（{key_of(command_id)}）")

    def take_focus(self) -> None:
        """Let the keyboard choose."""
        if self.cards.isVisible():
            self.cards.cards[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.cards.set_theme(theme)
        self.setStyleSheet(card_sheet(theme))
