"""Above the form: what the table was taken for, its year and agency, to be put right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from jixiao.app.review.index import BookIndex
from jixiao.app.review.items import Item
from jixiao.gui.review.boxes import ElidingBox
from jixiao.io.paper.form.choose import choose_form
from jixiao.io.paper.form.form import Form
from jixiao.model.table import Kind, Table

_KINDS: tuple[tuple[Kind, str], ...] = (
    ("project", "项目支出"),
    ("department", "部门整体"),
    ("summary", "汇总表"),
    ("narrative", "绩效文本"),
    ("budget", "预算表"),
    ("region", "区域绩效表"),
)
_UNTOLD = "未定"


class Choosers(QWidget):
    """Kind, form, year and agency; ``wanted`` gives the table with another choice."""

    wanted = Signal(object)

    def __init__(self, forms: Sequence[Form], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._forms = forms
        self._table = Table()
        self._filling = False
        self.kind, self.form = ElidingBox(4), ElidingBox(12)
        self.year, self.agency = ElidingBox(5, editable=True), ElidingBox(10, editable=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        head = QLabel("认成", self)
        head.setObjectName("head")
        row.addWidget(head)
        names = ("表的类别", "表样", "年度", "填报单位")
        boxes = (self.kind, self.form, self.year, self.agency)
        for box, name, stretch in zip(boxes, names, (0, 5, 0, 4), strict=True):
            box.setAccessibleName(name)
            row.addWidget(box, stretch)
        used = {form.kind for form in forms}
        for kind, text in _KINDS:
            if kind in used:
                self.kind.addItem(text, kind)
        self.kind.activated.connect(self._choose_kind)
        self.form.activated.connect(self._choose_form)
        for box in (self.year, self.agency):
            box.activated.connect(self._choose_owner)
            edit = box.lineEdit()
            assert edit is not None
            edit.editingFinished.connect(self._choose_owner)

    def show_item(self, item: Item, index: BookIndex) -> None:
        """Show what a table was taken for, and offer what the book has."""
        table = self._table = item.table
        self._filling = True
        self.kind.setCurrentIndex(self.kind.findData(table.kind))
        self.form.clear()
        for form in self._forms:
            if form.kind == table.kind:
                self.form.addItem(form.name or form.id, form.id)
        self.form.setCurrentIndex(self.form.findData(table.form))
        years = [str(year) for year in index.years]
        year = "" if table.year is None else str(table.year)
        _fill(self.year, [year, *years], year)
        _fill(self.agency, [table.agency, *index.agencies], table.agency)
        self._filling = False
        for box in (self.kind, self.form, self.year, self.agency):
            name, text = box.accessibleName(), box.currentText()
            box.setToolTip(f"{name}：{text or _UNTOLD}")

    def _choose_kind(self) -> None:
        kind = cast("Kind", self.kind.currentData())
        if kind != self._table.kind:
            table = replace(self._table, kind=kind, form="")
            form = choose_form(list(self._forms), table)
            self.wanted.emit(replace(table, form=form.id if form is not None else ""))

    def _choose_form(self) -> None:
        form_id = self.form.currentData()
        if form_id and form_id != self._table.form:
            self.wanted.emit(replace(self._table, form=form_id))

    def _choose_owner(self) -> None:
        if self._filling:
            return
        year, agency = self.year.currentText().strip(), self.agency.currentText().strip()
        stated = year.isdecimal() and len(year) == 4
        table = replace(self._table, year=int(year) if stated else None, agency=agency)
        if table != self._table:
            self._table = table
            self.wanted.emit(table)


def _fill(box: QComboBox, texts: Sequence[str], text: str) -> None:
    box.clear()
    box.addItems(list(dict.fromkeys(one for one in texts if one)))
    box.setCurrentText(text)
    edit = box.lineEdit()
    if edit is not None:
        edit.setPlaceholderText(_UNTOLD)
        edit.setCursorPosition(0)
