"""A table that is to be collected beside the one in the book: as a page, and as a list."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from jixiao.app.collecting.collect import CollectedTable, CollectPlan
from jixiao.app.session import Session
from jixiao.gui.compare.changes import ChangesSide
from jixiao.gui.compare.marks import MarkedPage, compared_page
from jixiao.gui.compare.pane import ComparePane
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.form.load_form import load_form
from jixiao.model.errors import KnownError
from jixiao.model.table import Table

PlanForms = Mapping[str, Form]
"""The forms in which the tables of a plan are shown, by the name that the tables give."""


def forms_of_plan(session: Session, plan: CollectPlan) -> PlanForms:
    """The forms of all tables of a plan; one that cannot be had is left out."""
    brought = {form_id: content for form_id, _, content in plan.forms}
    forms: dict[str, Form] = {}
    for one in plan.tables:
        if one.table.form not in forms:
            try:
                forms[one.table.form] = _form(session, one.table, brought)
            except KnownError:  # then there is only the list
                continue
    return forms


def _form(session: Session, table: Table, brought: Mapping[str, bytes]) -> Form:
    content = brought.get(table.form)
    return session.form_of(table) if content is None else load_form(content, table.form)


class CollectDetail(QWidget):
    """Shows one table of a plan."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._forms: PlanForms = {}
        self.pane = ComparePane(self)
        self.changes = ChangesSide(self)
        self.changes.chosen.connect(self._jump)
        self.pane.picked.connect(self._picked)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.pane)
        splitter.addWidget(self.changes)
        splitter.setStretchFactor(0, 1)
        em = self.fontMetrics().horizontalAdvance("国")
        splitter.setSizes([56 * em, 22 * em])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter)

    def set_forms(self, forms: PlanForms) -> None:
        """Use these forms for the tables of a plan."""
        self._forms = forms

    def show_table(self, one: CollectedTable) -> None:
        """Show a table, with its differences where it meets another one."""
        page = self._page(one)
        self.pane.show_page(page)
        self.changes.setVisible(one.difference is not None)
        changes = () if one.difference is None else one.difference.changes
        self.changes.show_changes(changes, len(page.unshown) if page is not None else 0)

    def _page(self, one: CollectedTable) -> MarkedPage | None:
        form = self._forms.get(one.table.form)
        if form is None:
            return None
        if one.difference is not None:
            return compared_page(form, one.difference)
        return MarkedPage(fill(form, one.table), {})

    def _jump(self) -> None:
        change = self.changes.current
        if change is not None:
            self.pane.show_change(change)

    def _picked(self, change: object) -> None:
        row = self.pane.row_of(change, self.changes.model.items)  # type: ignore[arg-type]
        if row is not None:
            self.changes.choose(row)
