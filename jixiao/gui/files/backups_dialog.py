"""The backups of a book: when they were made, why, and a button to open one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
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

from jixiao.gui.dialog_parts import close_button, fit_dialog


class BackupsDialog(QDialog):
    """``backup_chosen`` names the file to be opened."""

    backup_chosen = Signal(object)

    def __init__(self, backups: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("打开备份")
        words = QLabel(self)
        words.setWordWrap(True)
        words.setText(
            "备份打开后只能查看；可以“另存为”接着用，也可以用它替换现在的账本。"
            if backups
            else "还没有备份。清空回收站、恢复版本等操作之前会自动备份。"
        )
        self.list = QTreeWidget(self)
        self.list.setHeaderLabels(["时间", "原因", "大小"])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        for path in backups:
            when, why = describe(path)
            size = f"{max(1, path.stat().st_size // 1024)} KB" if path.exists() else "已不在"
            item = QTreeWidgetItem(self.list, [when, why, size])
            item.setData(0, Qt.ItemDataRole.UserRole, str(path))
            item.setToolTip(0, str(path))
        em = self.fontMetrics().horizontalAdvance("国")
        self.list.setColumnWidth(0, 12 * em)
        head = self.list.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.list.setColumnWidth(2, 6 * em)
        self.list.setHeaderHidden(not backups)
        self.list.itemActivated.connect(lambda *_: self._open())
        self.open_button = QPushButton("打开(&O)", self)
        self.open_button.setDefault(True)
        self.open_button.setEnabled(bool(backups))
        self.open_button.clicked.connect(self._open)
        below = QHBoxLayout()
        below.addWidget(self.open_button)
        below.addStretch(1)
        below.addWidget(close_button(self))
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addWidget(self.list, 1)
        column.addLayout(below)
        if backups:
            self.list.setCurrentItem(self.list.topLevelItem(0))
        fit_dialog(self, 36, 18)

    def _open(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.accept()
            self.backup_chosen.emit(Path(str(item.data(0, Qt.ItemDataRole.UserRole))))


def describe(path: Path) -> tuple[str, str]:
    """When and why a backup was made, from its name 20261121-044512 清空回收站前.jxb."""
    stamp, _, why = path.stem.partition(" ")
    day, _, time = stamp.partition("-")
    if len(day) != 8 or len(time) != 6:
        return path.stem, ""
    return f"{day[:4]}-{day[4:6]}-{day[6:]} {time[:2]}:{time[2:4]}", why
