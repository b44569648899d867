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

from jixiao.gui.dialog_parts import fit_dialog, ok_cancel, settle
from jixiao.model.tree import AgencyNode

UNKNOWN_AGENCY = "单位未定"


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
        settle(self)

    def text(self) -> str:
        """What was typed, on one line."""
        return " ".join(self.edit.text().split())

    def year(self) -> int | None:
        """The year that was typed; None for 年度未定."""
        return year_of(self.text())

    def _check(self) -> None:
        text = self.text()
        ok = is_year(text) if self._year else bool(text)
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
    """Asks for the agency and year under which tables go; both may be new."""

    def __init__(
        self,
        agencies: Sequence[str],
        count: int,
        *,
        agency: str = "",
        year: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("移到其他单位或年度")
        head = QLabel(f"把 {count} 张表移到：", self)
        self.agency = agency_box(agencies, agency, self)
        self.agency_label = QLabel("单位：", self)
        self.year_edit = QLineEdit("" if year is None else str(year), self)
        self.year_edit.setMaxLength(4)
        self.year_edit.setPlaceholderText("空着是年度未定")
        rows = QFormLayout()
        rows.addRow(self.agency_label, self.agency)
        rows.addRow("年度：", self.year_edit)
        hint = QLabel("表里的填报单位和年度会跟着改。还没有的单位和年度会新建。", self)
        hint.setObjectName("muted")
        self.buttons = ok_cancel(self, "移动")
        column = QVBoxLayout(self)
        column.addWidget(head)
        column.addLayout(rows)
        column.addWidget(hint)
        column.addWidget(self.buttons)
        self.year_edit.textChanged.connect(self._check)
        self._check()
        line = self.agency.lineEdit()
        assert line is not None
        line.selectAll()
        settle(self)

    def place(self) -> tuple[str, int | None]:
        """The agency's name, "" for 单位未定, and the year, None for 年度未定."""
        agency = " ".join(self.agency.currentText().split())
        return ("" if agency == UNKNOWN_AGENCY else agency), year_of(self.year_edit.text())

    def _check(self) -> None:
        ok = is_year(self.year_edit.text())
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(ok)


def agency_box(agencies: Sequence[str], agency: str, parent: QWidget) -> QComboBox:
    """A box to choose an agency by a part of its name, or to type a new one."""
    box = QComboBox(parent)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setMinimumContentsLength(24)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.addItems([name for name in agencies if name])
    box.setCurrentText(agency)
    completer = box.completer()
    assert completer is not None
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    return box


def is_year(text: str) -> bool:
    """True for a year of four digits, and for nothing: 年度未定."""
    text = text.strip()
    return not text or (text.isascii() and text.isdecimal() and 1900 < int(text) < 2200)


def year_of(text: str) -> int | None:
    """The year of a text that ``is_year``."""
    return int(text) if text.strip() else None
