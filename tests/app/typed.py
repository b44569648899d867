"""Edits of a table in a book, as the page and the saver make them one after the other."""

from __future__ import annotations

from collections.abc import Callable

from jixiao.app.editing import binding_label, put_table
from jixiao.app.rows import Edit
from jixiao.app.session import Session
from jixiao.app.window_support import type_into
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Binding
from jixiao.model.history import Change
from jixiao.model.table import Table


def type_text(session: Session, table_id: int, binding: Binding, text: str) -> Change | None:
    """One edit as one step; None when the text was what already stood there."""
    table = session.book.table(table_id)
    changed = type_into(session.form_of(table), table, [(binding, text)])
    if changed == table:
        return None
    return put_table(session, table_id, changed, f"修改 {binding_label(binding)}")


def perform(
    session: Session, table_id: int, action: Callable[[Form, Table], Edit]
) -> Change | None:
    """An action on the rows of a table as one step; None when it changed nothing."""
    table = session.book.table(table_id)
    edit = action(session.form_of(table), table)
    return None if edit.table == table else put_table(session, table_id, edit.table, edit.name)
