"""A new table: which form, for which agency and year, with which name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from jixiao.app.new_tables import FormPage
from jixiao.gui.dialog_parts import fit_dialog, ok_cancel
from jixiao.gui.tree.dialogs import agency_box, is_year, year_of
from jixiao.gui.tree.form_picker import FormPicker
from jixiao.io.paper.form.form import Form


@dataclass(frozen=True)
class NewTable:
    """What was chosen; ``year`` None is 年度未定."""

    form: Form
    agency: str
    year: int | None
    name: str


class NewTableDialog(QDialog):
    """Pictures of the forms above, where the table goes below."""

    def __init__(
        self,
        pages: Sequence[FormPage],
        agencies: Sequence[str],
        *,
        agency: str = "",
        year: int | None = None,
        form_id: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("新建表")
        self.picker = FormPicker(pages, self)
        self.agency = agency_box(agencies, agency, self)
        self.year = QLineEdit(str(year or QDate.currentDate().year() + 1), self)
        self.year.setMaxLength(4)
        self.year.textChanged.connect(self._check)
        self.name = QLineEdit(self)
        self.name_label = QLabel("项目名称：", self)
        self.hint = QLabel(self)
        self.hint.setObjectName("muted")
        rows = QFormLayout()
        place = QHBoxLayout()
        place.addWidget(self.agency, 1)
        place.addSpacing(12)
        place.addWidget(QLabel("年度：", self))
        place.addWidget(self.year)
        self.year.setFixedWidth(self.fontMetrics().horizontalAdvance("2026") * 2)
        rows.addRow("填报单位：", place)
        rows.addRow(self.name_label, self.name)
        self.buttons = ok_cancel(self, "新建")
        column = QVBoxLayout(self)
        column.addWidget(self.picker, 1)
        column.addLayout(rows)
        column.addWidget(self.hint)
        column.addWidget(self.buttons)
        self.picker.chosen.connect(self._form_changed)
        self.picker.taken.connect(self._take)
        self.picker.choose(form_id)
        fit_dialog(self, 52, 36, wide=self.picker.width_of_columns + 30)
        self.picker.list.setFocus()

    def choice(self) -> NewTable:
        """What was chosen."""
        form = self.picker.form
        assert form is not None
        year = year_of(self.year.text())
        return NewTable(form, self.agency.currentText().strip(), year, self.name.text().strip())

    def _form_changed(self) -> None:
        form = self.picker.form
        department = form is not None and form.kind == "department"
        self.name_label.setText("部门名称：" if department else "项目名称：")
        self.name.setPlaceholderText(
            "空着就用填报单位的名称" if department else "也可以以后在表里填"
        )
        self._check()

    def _take(self) -> None:
        button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        if button.isEnabled():
            self.accept()

    def _check(self) -> None:
        text = self.year.text().strip()
        year_ok = is_year(text)
        self.hint.setText("" if year_ok else "年度要写四位数字，例如 2026；空着是“年度未定”。")
        ok = year_ok and self.picker.form is not None
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(ok)


class EmptyFormDialog(QDialog):
    """Which form to write as an empty file, and in which format."""

    def __init__(
        self, pages: Sequence[FormPage], form_id: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("导出空表")
        words = QLabel(
            "把空表样存成文件，在别的电脑上用 Excel、WPS 或 Word 填好，再“导入草稿”。", self
        )
        words.setWordWrap(True)
        self.picker = FormPicker(pages, self)
        self.format = QComboBox(self)
        self.format.addItem("Excel（.xlsx）", "xlsx")
        self.format.addItem("Word（.docx）", "docx")
        rows = QFormLayout()
        rows.addRow("格式：", self.format)
        self.buttons = ok_cancel(self, "导出…")
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addWidget(self.picker, 1)
        column.addLayout(rows)
        column.addWidget(self.buttons)
        self.picker.chosen.connect(self._check)
        self.picker.taken.connect(self.accept)
        self.picker.choose(form_id)
        fit_dialog(self, 52, 34, wide=self.picker.width_of_columns + 30)
        self.picker.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _check(self, form: Form | None) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(form is not None)

    def choice(self) -> tuple[Form, str]:
        """The form, and the ending of the file."""
        form = self.picker.form
        assert form is not None
        return form, str(self.format.currentData())
