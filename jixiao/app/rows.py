"""What a user does to rows. Each function gives the changed table and the name of the step.

Nothing here writes: whoever shows a change before it is on disk takes ``Edit.table`` and queues
it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jixiao.io.paper.edit import rows as io_rows
from jixiao.io.paper.form.form import Form
from jixiao.model.columns import ROW_WORDS
from jixiao.model.table import Indicator, ListName, Table


@dataclass(frozen=True, slots=True)
class Edit:
    """A changed table, the step's name, and the rows (of ``list``) to select afterwards."""

    table: Table
    name: str
    list: ListName = "indicators"
    rows: tuple[int, ...] = ()


def insert_row(form: Form, table: Table, name: ListName, index: int, *, below: bool) -> Edit:
    """An empty row above or below another one, in its category."""
    done = io_rows.insert_row(form, table, name, index, below=below)
    return _edit(done, name, "插入" + ROW_WORDS[name])


def add_row_in_category(form: Form, table: Table, name: ListName, index: int) -> Edit:
    """An empty row at the end of a row's category (Ctrl+Enter)."""
    done = io_rows.add_row_in_category(form, table, name, index)
    return _edit(done, name, "增加" + ROW_WORDS[name])


def add_category(form: Form, table: Table, level1: str, level2: str) -> Edit:
    """An empty indicator of a category that the table does not have yet."""
    done = io_rows.add_category(form, table, level1, level2)
    return _edit(done, "indicators", f"增加分类 {level2 or level1}")


def duplicate_rows(form: Form, table: Table, name: ListName, indexes: Sequence[int]) -> Edit:
    """Copies of rows, below them."""
    done = io_rows.duplicate_rows(form, table, name, indexes)
    return _edit(done, name, _counted("复制", name, indexes))


def delete_rows(form: Form, table: Table, name: ListName, indexes: Sequence[int]) -> Edit:
    """The table without these rows."""
    done = io_rows.delete_rows(form, table, name, indexes)
    return _edit(done, name, _counted("删除", name, indexes))


def move_rows(
    form: Form, table: Table, name: ListName, indexes: Sequence[int], *, up: bool
) -> Edit:
    """Rows one place up or down, over the border of a category too."""
    done = io_rows.move_rows(form, table, name, indexes, up=up)
    return _edit(done, name, _counted("上移" if up else "下移", name, indexes))


def move_rows_to(
    form: Form, table: Table, name: ListName, indexes: Sequence[int], position: int
) -> Edit:
    """Rows dropped before the ``position``-th row of their list on the page."""
    done = io_rows.move_rows_to(form, table, name, indexes, position)
    return _edit(done, name, _counted("移动", name, indexes))


def change_category(
    form: Form, table: Table, indexes: Sequence[int], level1: str, level2: str
) -> Edit:
    """Indicators moved to another category."""
    done = io_rows.change_category(form, table, indexes, level1, level2)
    return _edit(done, "indicators", f"移到 {level2 or level1}")


def write_as_typed(table: Table, index: int, before: Indicator, column: str, text: str) -> Edit:
    """A target value left in the one cell in which it was typed, the rest of the row as before."""
    rows = list(table.indicators)
    typed: dict[str, str] = {column: text.strip(), "written": ""}
    rows[index] = replace(before, **typed)
    return Edit(replace(table, indicators=tuple(rows)), "照原样写", "indicators", (index,))


def sort_by_category(form: Form, table: Table) -> Edit:
    """Indicators in the form's order of categories."""
    return _edit(io_rows.sort_by_category(form, table), "indicators", "按分类排序")


def _edit(done: io_rows.Changed, name: ListName, step: str) -> Edit:
    return Edit(done.table, step, name, done.rows)


def _counted(verb: str, name: ListName, indexes: Sequence[int]) -> str:
    count = len(set(indexes))
    return verb + ROW_WORDS[name] if count == 1 else f"{verb} {count} 行"
