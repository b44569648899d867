"""Asks what to do with a whole form that is pasted into another one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QRadioButton, QVBoxLayout, QWidget

from jixiao.app.paste_block import Recognised
from jixiao.app.tree import KIND_NAMES
from jixiao.gui.dialog_parts import ok_cancel
from jixiao.model.table import ListName, Table

_LISTS: tuple[tuple[ListName, str], ...] = (
    ("tasks", "项任务"),
    ("indicators", "项指标"),
    ("spending_details", "条明细"),
    ("items", "个项目"),
)


_ANOTHER = {"project": "贴的是另一个项目", "department": "贴的是另一个部门的表"}


class PasteDialog(QDialog):
    """The ways to paste a block in which a form was recognised.

    The sheet of another project or kind is best a table of its own; ``new`` is hidden otherwise.
    """

    def __init__(self, found: Recognised, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("粘贴")
        read = found.readings[0].table
        counts = [f"{len(read.rows(name))} {word}" for name, word in _LISTS if read.rows(name)]
        if read.fields:
            counts.append(f"{len(read.fields)} 个填报项")
        words = f"剪贴板里像是一张表：{'、'.join(counts) or '没有内容'}。"
        if len(found.readings) > 1:
            words += (
                f"\n共认出 {len(found.readings)} 张，这里放入第一张；要全部放入请用“导入草稿”。"
            )
        if found.another:
            words = f"{_another(read, table)}\n{words}"
        label = QLabel(words, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        has_rows = any(table.rows(name) and read.rows(name) for name, _ in _LISTS)
        self.append = QRadioButton(
            "按表认，加在现有的行后面(&A)" if has_rows else "按表认(&A)", self
        )
        self.replace = QRadioButton("按表认，替换现有的行(&R)", self)
        self.replace.setVisible(has_rows)
        self.new = QRadioButton("作为新表，放在本年度里(&N)", self)
        self.new.setVisible(found.another)
        self.text = QRadioButton("只贴文字，从光标所在的格开始(&T)", self)
        (self.new if found.another else self.append).setChecked(True)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(label)
        column.addSpacing(4)
        for button in (self.new, self.append, self.replace, self.text):
            column.addWidget(button)
        column.addSpacing(8)
        column.addWidget(ok_cancel(self, "粘贴"))
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * 26)

    def choice(self) -> str:
        """What was chosen: "new", "append", "replace" or "text"."""
        if self.new.isChecked():
            return "new"
        if self.text.isChecked():
            return "text"
        return "replace" if self.replace.isChecked() else "append"


def _another(read: Table, table: Table) -> str:
    """What is said of a sheet that is not about the table on the screen."""
    words = (
        "贴的是另一种表" if read.kind != table.kind else _ANOTHER.get(read.kind, "贴的是另一张表")
    )
    name = " ".join((read.name or KIND_NAMES[read.kind]).split())
    return f"{words}：{name}。"
