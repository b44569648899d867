"""The dialog that asks how a whole version is to be restored."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLabel, QRadioButton, QVBoxLayout, QWidget

from jixiao.app.versions.versions import Others, Version
from jixiao.gui.dialog_parts import ok_cancel


class RestoreDialog(QDialog):
    """Says what restoring a version does, and asks about tables that it does not have."""

    def __init__(self, version: Version, others: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("恢复版本")
        when = "年度未定" if version.year is None else f"{version.year} 年度"
        words = QLabel(
            f"{version.agency or '单位未定'} {when}的 {version.tables} 张表会变回“{version.name}”"
            "时的样子，现在的内容可以用“撤销”找回。已报的表不会动；已核的表有改动的，变回草稿。",
            self,
        )
        words.setWordWrap(True)
        words.setMinimumWidth(words.fontMetrics().horizontalAdvance("国") * 26)
        self.keep = QRadioButton("留在原处", self)
        self.keep.setChecked(True)
        self.bin = QRadioButton("放进回收站", self)
        question = QLabel(f"另有 {others} 张表是这个版本里没有的：", self)
        for widget in (question, self.keep, self.bin):
            widget.setVisible(bool(others))
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for widget in (words, question, self.keep, self.bin, ok_cancel(self, "恢复")):
            column.addWidget(widget)

    def others(self) -> Others:
        """What is to happen to the other tables."""
        return "bin" if self.bin.isChecked() else "keep"
