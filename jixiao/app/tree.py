"""What a user does in the tree: make, rename, copy, move, delete and restore; each one step."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from jixiao.app.notes import of_new_table
from jixiao.app.session import Session
from jixiao.io.paper.edit.edit import edit, with_empty_levels
from jixiao.io.paper.form.blank import usual_money_unit
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Binding
from jixiao.model.errors import KnownError
from jixiao.model.history import Change
from jixiao.model.schema import CHECKED, DRAFT, REPORTED
from jixiao.model.table import UNNAMED, Table, shown_name
from jixiao.model.tree import AgencyNode, TableEntry

State = Literal["草稿", "已核", "已报", "退回"]
_COPY = "（副本）"
KIND_NAMES = {
    "department": "部门整体支出绩效目标表",
    "project": "未命名项目",
    "summary": "汇总表",
    "narrative": "绩效文本",
    "budget": "预算表",
    "region": "区域绩效目标表",
}
"""What a table without a name is called; of a department there is only one."""


def entry_name(entry: TableEntry) -> str:
    """What a table is called in lists, on one line."""
    return listed_name(entry.kind, entry.name or entry.title)


def listed_name(kind: str, name: str) -> str:
    """What a table of a kind with this name is called in lists, on one line."""
    own = KIND_NAMES.get(kind, UNNAMED)
    return " ".join((own if kind == "department" else name or own).split())


@dataclass(frozen=True)
class Outcome:
    """What a step on many tables did: the change, and in Chinese what was left out and why."""

    change: Change | None
    skipped: tuple[str, ...] = ()


def new_agency(session: Session, name: str) -> int:
    """Make an empty agency at the end of the tree; returns its id.

    Raises:
        KnownError: The name is empty or taken, or the book cannot be written.
    """
    name = _name(name)
    with session.book.step(f"新建单位 {name}") as step:
        return step.add_agency(name)


def new_year(session: Session, agency_id: int, year: int | None) -> int:
    """Make an empty year of an agency; returns its id.

    Raises:
        KnownError: The agency has it already, or the book cannot be written.
    """
    with session.book.step(f"新建年度 {year or '未定'}") as step:
        return step.add_year(agency_id, year)


def new_table(session: Session, year_id: int, form_id: str, name: str) -> int:
    """Make an empty table in a form at the end of a year; returns its id.

    Args:
        session: The open book.
        year_id: The year in the tree.
        form_id: Its form, which also tells its kind.
        name: The project's or department's name; a department's may be empty.

    Raises:
        KnownError: No such form or year, no name, or the book cannot be written.
    """
    form = session.forms.of_book(session.book, form_id)
    if form is None:
        raise KnownError(f"没有编号为“{form_id}”的表样。请换一个表样。")
    name = " ".join(name.split()) if form.kind == "department" else _name(name)
    with session.book.step(f"新建表 {name or form.name}") as step:
        agency, code, year = step.printed(year_id)
        session.forms.keep_copy(session.book, step, form_id)
        table = empty_table(form, name or agency)
        table = replace(table, agency=agency, agency_code=code, year=year)
        return step.add_table(table, year_id=year_id)


def empty_table(form: Form, name: str) -> Table:
    """A table of a form in which nothing but its name stands."""
    unit = usual_money_unit(form)
    table = Table(kind=form.kind, form=form.id, vintage=form.vintage, money_unit=unit)
    return with_empty_levels(form, renamed(form, table, name))


def rename_agency(
    session: Session, agency_id: int, name: str, year_ids: Collection[int]
) -> Outcome:
    """Give an agency another name in the tree, and print it in the tables of the chosen years.

    Tables of other years keep the name they were printed with. A department's 部门名称 that is
    the old name changes with it. Tables that were handed in are skipped.

    Raises:
        KnownError: The name is empty or taken, or the book cannot be written.
    """
    name = _name(name)
    agency = _agency(session, agency_id)
    skipped: list[str] = []
    with session.book.step(f"单位改名为 {name}") as step:
        step.rename_agency(agency_id, name)
        for year in agency.years:
            for entry in year.tables if year.id in year_ids else ():
                if entry.state == REPORTED:
                    skipped.append(locked_text(entry.name, year.year))
                else:
                    table = session.book.table(entry.id)
                    step.put_table(entry.id, of_agency(table, name))
    return Outcome(step.change, tuple(skipped))


def locked_text(name: str, year: int | None) -> str:
    """What is told of a table that a step on many tables left as it is."""
    when = f"（{year}年）" if year is not None else ""
    return f"“{shown_name(name)}”{when}已报，没有改动。"


def of_agency(table: Table, name: str) -> Table:
    """A table printed with another agency name, also as 部门名称 where that was the old one."""
    fields = table.fields
    if fields.get("department_name", "") == table.agency != "":
        fields = {**fields, "department_name": name}
    return replace(table, agency=name, fields=fields)


def rename_table(session: Session, table_id: int, name: str) -> Change | None:
    """Rename a table: a project's name is its 项目名称, a department's its 部门名称.

    Raises:
        KnownError: The name is empty, the table was handed in, or the book cannot be written.
    """
    name = _name(name)
    table = session.book.table(table_id)
    changed = renamed(session.form_of(table), table, name)
    if changed == table:
        return None
    with session.book.step(f"改名为 {name}", table_id=table_id) as step:
        step.put_table(table_id, changed)
    return step.change


def renamed(form: Form, table: Table, name: str) -> Table:
    """A table with another name; one whose form has no place for a name is told by its title."""
    if table.kind == "project":
        key = "project_name"
    elif table.kind == "department" or table.fields.get("department_name"):
        key = "department_name"
    else:
        return replace(table, title=name)
    return edit(form, table, Binding("field", key), name)


def duplicate_tables(session: Session, table_ids: Sequence[int]) -> list[int]:
    """Copy tables, each copy behind its original and named （副本）; returns the copies' ids.

    Send-back notes and what a reading mended are about the original, and stay with it.

    Raises:
        KnownError: A table is not in the tree, or the book cannot be written.
    """
    copies: list[int] = []
    with session.book.step(_several("复制", session, table_ids)) as step:
        for table_id in table_ids:
            table = of_new_table(session.book.table(table_id), ignored=True)
            if table.kind == "project" and table.name:
                table = renamed(session.form_of(table), table, table.name + _COPY)
            year_id, position = step.place_of(table_id)
            copy = step.add_table(table, year_id=year_id, position=position + 1)
            copies.append(copy)
    return copies


def move_tables(
    session: Session, table_ids: Sequence[int], year_id: int, position: int
) -> Change | None:
    """Move tables, in this order, before the one at ``position`` in a year, also of elsewhere.

    In another year or agency a table takes over its year and its agency's name. A position beyond
    the end is the end.

    Raises:
        KnownError: A table that would change was handed in, or the book cannot be written.
    """
    with session.book.step(_several("移动", session, table_ids)) as step:
        step.place_tables(table_ids, year_id, position)
    return step.change


def shift_tables(session: Session, table_ids: Collection[int], by: Literal[-1, 1]) -> Change | None:
    """Move tables one place up (-1) or down (1) within their years, together.

    Raises:
        KnownError: A table is not in the tree, or the book cannot be written.
    """
    name = _several("上移" if by < 0 else "下移", session, list(table_ids))
    with session.book.step(name) as step:
        for year_id in dict.fromkeys(step.place_of(table_id)[0] for table_id in table_ids):
            order = _shifted(step.tables_of_year(year_id), set(table_ids), by)
            step.place_tables(order, year_id, 0)
    return step.change


def shift_agencies(
    session: Session, agency_ids: Collection[int], by: Literal[-1, 1]
) -> Change | None:
    """Move agencies one place up (-1) or down (1) in the tree, together.

    Raises:
        KnownError: The book cannot be written.
    """
    agencies = session.book.tree()
    names = [agency.name or "单位未定" for agency in agencies if agency.id in agency_ids]
    what = names[0] if len(names) == 1 else f"{len(names)} 个单位"
    with session.book.step(f"{'上移' if by < 0 else '下移'} {what}") as step:
        order = _shifted([agency.id for agency in agencies], set(agency_ids), by)
        step.order_agencies(order)
    return step.change


def _shifted(order: list[int], moved: set[int], by: int) -> list[int]:
    """The order with each of ``moved`` past its neighbour that is not among them."""
    order = order[::-by]
    for at in range(1, len(order)):
        if order[at] in moved and order[at - 1] not in moved:
            order[at - 1], order[at] = order[at], order[at - 1]
    return order[::-by]


def delete_tables(session: Session, table_ids: Sequence[int]) -> Change | None:
    """Put tables into the recycle bin; a year that becomes empty goes unless it was made by hand.

    Raises:
        KnownError: A table was handed in, or the book cannot be written.
    """
    with session.book.step(_several("删除", session, table_ids)) as step:
        for table_id in table_ids:
            step.delete_table(table_id)
    return step.change


def delete_year(session: Session, year_id: int) -> Change | None:
    """Take a year out of the tree; its tables go into the recycle bin.

    Raises:
        KnownError: One of its tables was handed in, or the book cannot be written.
    """
    with session.book.step("删除年度") as step:
        step.delete_year(year_id)
    return step.change


def delete_agency(session: Session, agency_id: int) -> Change | None:
    """Take an agency out of the tree; its tables go into the recycle bin.

    Raises:
        KnownError: One of its tables was handed in, or the book cannot be written.
    """
    name = _agency(session, agency_id).name
    with session.book.step(f"删除单位 {name or '未定'}") as step:
        step.delete_agency(agency_id)
    return step.change


def restore_tables(session: Session, table_ids: Sequence[int]) -> Change | None:
    """Put tables back from the recycle bin to their agencies and years.

    Raises:
        KnownError: A table is not in the bin, or the book cannot be written.
    """
    with session.book.step(_several("恢复", session, table_ids)) as step:
        for table_id in table_ids:
            step.restore_table(table_id)
    return step.change


def empty_bin(session: Session, table_ids: Collection[int] | None = None) -> Path | None:
    """Remove deleted tables for good (None: all), after a backup; undo cannot take it back.

    Returns:
        The backup beside the book, None when there was nothing to remove.

    Raises:
        KnownError: The backup or the book cannot be written; then nothing is removed.
    """
    gone = {entry.id for entry in session.book.deleted()}
    if table_ids is not None:
        gone &= set(table_ids)
    if not gone:
        return None
    backup = session.book.backup_beside("清空回收站前")
    session.book.purge(gone)
    return backup


def set_state(session: Session, table_ids: Iterable[int], state: State) -> Change | None:
    """Set the state of work; 已报 locks a table until it gets another state.

    Raises:
        KnownError: A table is not in the tree, or the book cannot be written.
    """
    with session.book.step(f"标为{state}") as step:
        for table_id in table_ids:
            step.set_state(table_id, state)
    return step.change


def mark_tables(session: Session, table_ids: Sequence[int], state: State) -> Outcome:
    """Set the state of work of the chosen tables; one that was handed in only 退回 unlocks.

    Raises:
        KnownError: A table is not in the tree, or the book cannot be written.
    """
    locked = locked_ids(session.book.tree()) if state in {DRAFT, CHECKED} else {}
    skipped = tuple(locked[table_id] for table_id in table_ids if table_id in locked)
    rest = [table_id for table_id in table_ids if table_id not in locked]
    return Outcome(set_state(session, rest, state) if rest else None, skipped)


def locked_ids(agencies: Iterable[AgencyNode]) -> dict[int, str]:
    """The tables that were handed in, with what is told when they are skipped."""
    return {
        entry.id: locked_text(entry.name, year.year)
        for agency in agencies
        for year in agency.years
        for entry in year.tables
        if entry.state == REPORTED
    }


def _agency(session: Session, agency_id: int) -> AgencyNode:
    for agency in session.book.tree():
        if agency.id == agency_id:
            return agency
    raise KnownError("账本里找不到这个单位，它可能已随撤销消失。")


def _several(what: str, session: Session, table_ids: Sequence[int]) -> str:
    """The name of a step on some tables: 删除 代表活动经费, 删除 3 张表."""
    if len(table_ids) == 1:
        return f"{what} {shown_name(session.book.table(table_ids[0]).name)}"
    return f"{what} {len(table_ids)} 张表"


def _name(text: str) -> str:
    """A name on one line.

    Raises:
        KnownError: It is empty.
    """
    name = " ".join(text.split())
    if not name:
        raise KnownError("名称不能为空，请输入名称。")
    return name
