"""What becomes of one table as a step of the book: a new content, another form."""

from __future__ import annotations

from dataclasses import replace

from jixiao.app.session import Session
from jixiao.io.paper.page.grid import Binding
from jixiao.model.columns import column_label
from jixiao.model.fields import label_of
from jixiao.model.history import Change
from jixiao.model.table import Table


def put_table(session: Session, table_id: int, table: Table, name: str) -> Change | None:
    """Write a changed table as one step with this name.

    It stays with its agency in the tree whatever agency it prints; in 单位未定 it goes to that one.
    """
    with session.book.step(name, table_id=table_id) as step:
        step.put_table(table_id, table, stay=True)
    return step.change


def binding_label(binding: Binding) -> str:
    """How a step names the place it changed (修改 指标值)."""
    if binding.target == "field":
        return label_of(binding.name)
    if binding.target == "share":
        return "资金支出计划 " + binding.name
    if binding.target == "other":
        return "其他事项"
    if binding.name.startswith("target:"):
        return "指标值及单位"
    return column_label(binding.name)


def choose_other_form(session: Session, table_id: int, form_id: str) -> Change | None:
    """Show a table in another form; its content stays as it is."""
    table = replace(session.book.table(table_id), form=form_id)
    with session.book.step("更换表样", table_id=table_id) as step:
        session.forms.keep_copy(session.book, step, form_id)
        step.put_table(table_id, table)
    return step.change


def adopt_new_forms(session: Session) -> Change | None:
    """Take the folders' changed forms into the book, as one step."""
    with session.book.step("更新表样") as step:
        for form in session.forms.updated(session.book):
            session.forms.renew_copy(step, form.id)
    return step.change
