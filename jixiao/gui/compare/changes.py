"""The differences of a table beside its page: where one is, the list, and what has no place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jixiao.gui.compare.list import ChangeDelegate, ChangeModel
from jixiao.io.paper.compare.differences import Difference

_NEXT_KEYS, _LAST_KEYS = ("F7", "Alt+Down"), ("Shift+F7", "Alt+Up")


class ChangesSide(QWidget):
    """Lists differences; the keys for the next and the last one work in the whole window.

    Signals: ``chosen`` (another difference is the current one), ``step_wanted`` (1 or -1, beyond
    the ends of the list), ``menu_wanted`` (where, on the screen).
    """

    chosen = Signal()
    step_wanted = Signal(int)
    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.model = ChangeModel(self)
        self.list = QListView(self)
        self.list.setAccessibleName("不同之处")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setObjectName("panelList")
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChangeDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._changed())
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._ask_menu)
        self.unshown = QLabel(self)
        self.unshown.setObjectName("muted")
        self.unshown.setWordWrap(True)
        self.unshown.setContentsMargins(12, 6, 12, 6)
        self.unshown.hide()
        self.where = QLabel(self)
        self.where.setObjectName("muted")
        self.last = self._step_button("↑", "上一处不同", _LAST_KEYS, -1)
        self.next = self._step_button("↓", "下一处不同", _NEXT_KEYS, 1)
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 8, 6)
        head.setSpacing(4)
        head.addWidget(self.where, 1)
        head.addWidget(self.last)
        head.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self.unshown)

    def _step_button(self, sign: str, text: str, keys: Sequence[str], by: int) -> QToolButton:
        button = QToolButton(self)
        button.setText(sign)
        button.setAccessibleName(text)
        shown = "、".join(keys)
        button.setToolTip(f"{text}（{shown}）")
        button.clicked.connect(lambda _=False: self.go(by))
        for key in keys:
            QShortcut(QKeySequence(key), self.window()).activated.connect(lambda: self.go(by))
        return button

    def show_changes(self, changes: Sequence[Difference], unshown: int = 0) -> None:
        """Show other differences, the first of them chosen.

        Args:
            changes: The differences.
            unshown: How many of them have no place on the page.
        """
        self.model.set_items(changes)
        self.unshown.setText(f"其中 {unshown} 处在这个表样里没有位置，只列在这里。")
        self.unshown.setVisible(bool(unshown))
        if changes:
            self.choose(0)
        else:
            self._changed()

    def choose(self, row: int) -> None:
        """Choose a difference."""
        index = self.model.index(row)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(index, flag)

    @property
    def row(self) -> int:
        """The place of the difference that is chosen, -1 for none."""
        return self.list.currentIndex().row()

    @property
    def current(self) -> Difference | None:
        """The difference that is chosen."""
        return self.model.item(self.list.currentIndex())

    def go(self, by: int) -> None:
        """Go to the next difference, or with -1 to the last one."""
        row = self.row + by
        if 0 <= row < len(self.model.items):
            self.choose(row)
        else:
            self.step_wanted.emit(by)

    def _changed(self) -> None:
        count = len(self.model.items)
        self.where.setText(f"{self.row + 1} / {count} 处不同" if count else "没有不同")
        self.chosen.emit()

    def _ask_menu(self, at: QPoint) -> None:
        if self.list.indexAt(at).isValid():
            self.menu_wanted.emit(self.list.viewport().mapToGlobal(at))
