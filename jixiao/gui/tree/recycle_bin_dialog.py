"""The recycle bin: deleted tables, to be put back or removed for good."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from jixiao.app.tree import KIND_NAMES
from jixiao.gui.dialog_parts import close_button, fit_dialog
from jixiao.model.table import UNNAMED
from jixiao.model.tree import DeletedEntry


class RecycleBinDialog(QDialog):
    """Lists what was deleted; ``restore_wanted`` and ``empty_wanted`` name the tables' ids.

    Emptying cannot be undone, so its button asks once more, in its own place.
    """

    restore_wanted = Signal(object)
    empty_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("回收站")
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.list = QTreeWidget(self)
        self.list.setHeaderLabels(["名称", "单位", "年度", "删除时间"])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setAccessibleName("已删除的表")
        self.list.itemSelectionChanged.connect(self._check)
        self.list.itemDoubleClicked.connect(lambda *_: self._restore())
        self.restore = QPushButton("恢复(&R)", self)
        self.restore.setDefault(True)  # also for Enter in the list
        self.restore.clicked.connect(self._restore)
        self.empty = QPushButton(self)
        self.empty.setAutoDefault(False)
        self.empty.clicked.connect(self._empty)
        below = QHBoxLayout()
        below.addWidget(self.restore)
        below.addWidget(self.empty)
        below.addStretch(1)
        below.addWidget(close_button(self))
        column = QVBoxLayout(self)
        column.addWidget(self.words)
        column.addWidget(self.list, 1)
        column.addLayout(below)
        fit_dialog(self, 46, 22)
        head = self.list.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        em = self.fontMetrics().horizontalAdvance("国")
        for column_number, wide in ((1, 12), (2, 5), (3, 10)):
            self.list.setColumnWidth(column_number, wide * em)
        self.show_entries([])

    def show_entries(self, entries: Sequence[DeletedEntry]) -> None:
        """List what lies in the bin now."""
        self.list.clear()
        for entry in entries:
            year = "未定" if entry.year is None else str(entry.year)
            name = entry.name or KIND_NAMES.get(entry.kind, UNNAMED)
            when = entry.deleted.replace("T", " ")[:16]
            item = QTreeWidgetItem(self.list, [name, entry.agency or "未定", year, when])
            item.setData(0, Qt.ItemDataRole.UserRole, entry.id)
            item.setToolTip(0, name)
            item.setToolTip(1, entry.agency)
        if entries:
            self.list.setCurrentItem(self.list.topLevelItem(0))
        text = f"{len(entries)} 张已删除的表。恢复后回到原来的单位和年度。"
        self.words.setText(text if entries else "回收站是空的。")
        self.list.setHeaderHidden(not entries)
        self._check()

    def chosen(self) -> list[int]:
        """The ids of the selected tables."""
        items = self.list.selectedItems()
        return [int(item.data(0, Qt.ItemDataRole.UserRole)) for item in items]

    def _check(self) -> None:
        self.restore.setEnabled(bool(self.chosen()))
        self.empty.setProperty("sure", False)
        few = 0 < len(self.chosen()) < self.list.topLevelItemCount() and len(self.chosen()) > 1
        self.empty.setText("彻底删除选中的…" if few else "清空回收站…")
        self.empty.setEnabled(self.list.topLevelItemCount() > 0)

    def _restore(self) -> None:
        ids = self.chosen()
        if ids:
            self.list.clearSelection()  # they are on their way: nothing may ask for them again
            self.restore_wanted.emit(ids)

    def _empty(self) -> None:
        if not self.empty.property("sure"):
            self.empty.setProperty("sure", True)
            self.empty.setText("确定彻底删除（先自动备份）")
            return
        few = 1 < len(self.chosen()) < self.list.topLevelItemCount()
        self.empty_wanted.emit(self.chosen() if few else None)
