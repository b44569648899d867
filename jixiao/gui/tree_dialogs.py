"""The small dialogs of the tree: which years a new agency name is printed in, where to move."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from jixiao.gui.dialog_parts import fit_dialog, ok_cancel
from jixiao.model.tree import AgencyNode, YearNode


class NameDialog(QDialog):
    """Asks for one line: the name of a new agency, or a year."""

    def __init__(
        self,
        title: str,
        label: str,
        text: str = "",
        ok: str = "新建",
        *,
        year: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._year = year
        self.edit = QLineEdit(text, self)
        self.edit.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * 22)
        self.edit.selectAll()
        rows = QFormLayout()
        rows.addRow(label, self.edit)
        self.buttons = ok_cancel(self, ok)
        column = QVBoxLayout(self)
        column.addLayout(rows)
        column.addWidget(self.buttons)
        self.edit.textChanged.connect(self._check)
        self._check()

    def text(self) -> str:
        """What was typed, on one line."""
        return " ".join(self.edit.text().split())

    def year(self) -> int | None:
        """The year that was typed; None for 年度未定."""
        return int(self.text()) if self.text() else None

    def _check(self) -> None:
        text = self.text()
        year_ok = not text or (text.isascii() and text.isdecimal() and 1900 < int(text) < 2200)
        ok = year_ok if self._year else bool(text)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(ok)


class AgencyYearsDialog(QDialog):
    """Asks in which years' tables an agency is printed with its new name."""

    def __init__(self, agency: AgencyNode, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("单位改名")
        words = QLabel(
            f"“{agency.name or '单位未定'}”改名为“{name}”。\n哪些年度的表也印新名称？", self
        )
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        self.list = QListWidget(self)
        for number, year in enumerate(agency.years):
            text = "年度未定" if year.year is None else f"{year.year} 年度"
            item = QListWidgetItem(f"{text}（{len(year.tables)} 张表）", self.list)
            item.setData(Qt.ItemDataRole.UserRole, year.id)
            # The newest year is the one that is being worked on; older ones were handed in so.
            checked = Qt.CheckState.Checked if number == 0 else Qt.CheckState.Unchecked
            item.setCheckState(checked)
        self.list.setCurrentRow(0)
        self.buttons = ok_cancel(self, "改名")
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addWidget(self.list, 1)
        column.addWidget(self.buttons)
        fit_dialog(self, 28, 14)

    def year_ids(self) -> list[int]:
        """The ids of the chosen years."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [
            int(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        ]


class MoveDialog(QDialog):
    """Asks for the agency and year into which tables go."""

    def __init__(
        self, agencies: Sequence[AgencyNode], count: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("移到其他单位或年度")
        self.place = QComboBox(self)
        self.place.setEditable(True)
        self.place.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.place.setMinimumContentsLength(28)
        for agency in agencies:
            for year in agency.years:
                self.place.addItem(f"{agency.name or '单位未定'}　{_title(year)}", year.id)
        completer = self.place.completer()
        assert completer is not None
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        rows = QFormLayout()
        rows.addRow(f"把 {count} 张表移到：", self.place)
        hint = QLabel("表里的填报单位和年度会跟着改。", self)
        hint.setEnabled(False)
        self.buttons = ok_cancel(self, "移动")
        column = QVBoxLayout(self)
        column.addLayout(rows)
        column.addWidget(hint)
        column.addWidget(self.buttons)
        self.place.editTextChanged.connect(self._check)
        self._check()

    def year_id(self) -> int:
        """The id of the year that was chosen."""
        return int(self.place.itemData(self.place.findText(self.place.currentText())))

    def _check(self) -> None:
        known = self.place.findText(self.place.currentText()) >= 0
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(known)


def _title(year: YearNode) -> str:
    return "年度未定" if year.year is None else f"{year.year} 年度"
