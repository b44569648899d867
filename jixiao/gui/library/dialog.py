"""The dialog in which an entry of the library is written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from jixiao.gui.dialog_parts import fit_dialog, ok_cancel
from jixiao.model.library import Entry
from jixiao.model.vocabulary import LEVELS

_COMPARATORS = ("", "≥", "≤", "=", ">", "<", "定性")


class EntryDialog(QDialog):
    """Writes an entry; a name is all that it needs."""

    def __init__(
        self,
        title: str,
        entry: Entry,
        categories: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.name = QLineEdit(entry.name, self)
        self.category = _box(self, categories, entry.category)
        self.level1 = _box(self, _firsts(), entry.level1)
        self.level2 = _box(self, _seconds(entry.level1), entry.level2)
        self.level1.currentTextChanged.connect(self._offer_seconds)
        self.comparator = QComboBox(self)
        self.comparator.addItems(list(_COMPARATORS))
        self.comparator.setCurrentIndex(max(0, self.comparator.findText(entry.comparator)))
        self.value = QLineEdit(entry.value, self)
        self.unit = QLineEdit(entry.unit, self)
        self.explanation = QPlainTextEdit(entry.explanation, self)
        self.explanation.setTabChangesFocus(True)
        self.source = entry.source
        self.buttons = ok_cancel(self, "保存")
        self.name.textChanged.connect(self._check)
        self._arrange()
        self._check()
        fit_dialog(self, 30, 20)

    def _arrange(self) -> None:
        target = QHBoxLayout()
        target.addWidget(self.comparator)
        target.addWidget(self.value, 2)
        target.addWidget(self.unit, 1)
        self.value.setPlaceholderText("建议值")
        self.unit.setPlaceholderText("单位")
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow("三级指标：", self.name)
        form.addRow("一级指标：", self.level1)
        form.addRow("二级指标：", self.level2)
        form.addRow("类别：", self.category)
        form.addRow("指标值：", target)
        form.addRow("说明：", self.explanation)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.buttons)

    def entry(self) -> Entry:
        """The entry as it was written."""
        return Entry(
            category=self.category.currentText().strip(),
            level1=self.level1.currentText().strip(),
            level2=self.level2.currentText().strip(),
            name=self.name.text().strip(),
            comparator=self.comparator.currentText(),
            value=self.value.text().strip(),
            unit=self.unit.text().strip(),
            source=self.source,
            explanation=self.explanation.toPlainText().strip(),
        )

    def _check(self) -> None:
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(self.name.text().strip()))

    def _offer_seconds(self, first: str) -> None:
        written = self.level2.currentText()
        self.level2.clear()
        self.level2.addItems(_seconds(first))
        self.level2.setEditText(written if written in _seconds(first) else "")


def _box(parent: QWidget, texts: Sequence[str], text: str) -> QComboBox:
    box = QComboBox(parent)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.addItems(list(texts))
    box.setEditText(text)
    return box


def _firsts() -> list[str]:
    return list(dict.fromkeys(first for levels in LEVELS.values() for first in levels))


def _seconds(first: str) -> list[str]:
    seconds = (second for levels in LEVELS.values() for second in levels.get(first, ()))
    return list(dict.fromkeys(seconds))
