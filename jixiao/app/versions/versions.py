"""Versions of an agency-year (一上, 二上, 批复): freeze, compare, restore; each change one step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from jixiao.app.session import Session
from jixiao.app.tree import Outcome
from jixiao.app.versions.restore import Restorer, year_of
from jixiao.io.paper.compare.compare_sets import TablePair, compare_sets
from jixiao.io.paper.compare.differences import Difference, TableDifference
from jixiao.io.paper.compare.take_back import take_back
from jixiao.io.paper.edit.edit import settle_levels
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.form.load_form import load_form
from jixiao.model.errors import KnownError
from jixiao.model.history import Change
from jixiao.model.table import Table, shown_name
from jixiao.model.versions import USUAL_NAMES, FrozenTable, Version

__all__ = ["USUAL_NAMES", "FrozenTable", "Outcome", "Side", "Version"]

Others = Literal["keep", "bin"]


@dataclass(frozen=True)
class Side:
    """One side of a comparison.

    Attributes:
        label: What it is called (2026年 一上, 现在的表).
        tables: Its tables.
        ids: The tables of the book that they are or were copied from; empty for a draft.
        version_id: The version, None where it is none.
    """

    label: str
    tables: tuple[Table, ...]
    ids: tuple[int, ...] = ()
    version_id: int | None = None


def freeze(session: Session, year_id: int, name: str) -> int:
    """Keep a copy of all tables of a year under a name; returns the id of the version.

    Raises:
        KnownError: No name, a name that the year has already, no tables, or the book cannot be
            written.
    """
    name = _name(name)
    with session.book.step(f"存为版本 {name}") as step:
        return step.versions.freeze(year_id, name)


def rename_version(session: Session, version_id: int, name: str) -> Change | None:
    """Give a version another name.

    Raises:
        KnownError: No name, a name that the year has already, or the book cannot be written.
    """
    name = _name(name)
    with session.book.step(f"版本改名为 {name}") as step:
        step.versions.rename(version_id, name)
    return step.change


def delete_version(session: Session, version_id: int) -> Change | None:
    """Remove a version; the tables of today are not touched.

    Raises:
        KnownError: No such version, or the book cannot be written.
    """
    version = _version(session, version_id)
    with session.book.step(f"删除版本 {version.name}") as step:
        step.versions.delete(version_id)
    return step.change


def versions_of(session: Session, year_id: int) -> list[Version]:
    """The versions of a year, the oldest first."""
    return [version for version in session.book.versions() if version.year_id == year_id]


def form_of_version(session: Session, version_id: int, table: Table) -> Form:
    """The form as it was when a version was frozen, to show one of its tables in.

    Raises:
        FormError: There is no form to show it in.
    """
    content = session.book.version_form(version_id, table.form)
    if content is None or content == session.book.form(table.form):
        return session.form_of(table)
    return load_form(content, table.form)


# Comparing


def version_side(session: Session, version_id: int) -> Side:
    """A version, to be compared.

    Raises:
        KnownError: No such version.
    """
    version = _version(session, version_id)
    frozen = session.book.version_tables(version_id)
    label = f"{_year_text(version.year)} {version.name}"
    tables, ids = tuple(f.table for f in frozen), tuple(f.table_id for f in frozen)
    return Side(label, tables, ids, version_id)


def year_side(session: Session, year_id: int) -> Side:
    """The tables of a year as they are now, to be compared.

    Raises:
        KnownError: No such year.
    """
    year = year_of(session, year_id)
    ids = tuple(entry.id for entry in year.tables)
    by_id = dict(session.book.tables(only=ids))
    return Side(f"{_year_text(year.year)} 现在的表", tuple(by_id[i] for i in ids), ids)


def draft_side(label: str, tables: Sequence[Table]) -> Side:
    """Tables that are not in the book, such as an imported draft, to be compared."""
    return Side(label, tuple(tables))


def compare_sides(left: Side, right: Side) -> list[TablePair]:
    """Compare two sides, each table with the one it was; copies of one table know each other.

    Notes only count between a version and what became of it: a draft or another year has others.
    """
    places = {table_id: at for at, table_id in enumerate(left.ids)}
    known = {at: places[table_id] for at, table_id in enumerate(right.ids) if table_id in places}
    of_version = left.version_id is not None
    return compare_sets(left.tables, right.tables, known, with_notes=of_version)


# Restoring


def restore_version(session: Session, version_id: int, others: Others = "keep") -> Outcome:
    """Make the tables of a year what they were in a version, as one step.

    A table that is in the recycle bin comes back; one that is gone for good is made again. Tables
    that were handed in are skipped. One that was checked becomes a draft when it changes, unless
    it was checked in the version as well. Send-back notes that came later stay.

    Args:
        session: The open book.
        version_id: The version.
        others: What happens to tables of the year that the version does not have: they stay
            behind the others, or go into the recycle bin.

    Raises:
        KnownError: No such version, or the book cannot be written.
    """
    version = _version(session, version_id)
    frozen = session.book.version_tables(version_id)
    name = f"恢复版本 {version.name}"
    with session.book.step(name) as step:
        restorer = Restorer(session, step, version)
        ids = [restorer.restore(one) for one in frozen]
        if others == "bin":
            restorer.remove_others(set(ids))
        step.place_tables(ids, restorer.year_id, 0)
    return Outcome(step.change, tuple(restorer.skipped))


def restore_frozen(session: Session, version_id: int, position: int) -> Change | None:
    """Make one table what it was in a version, as one step.

    Args:
        session: The open book.
        version_id: The version.
        position: The place of the table in it.

    Raises:
        KnownError: No such table, it was handed in, or the book cannot be written.
    """
    version = _version(session, version_id)
    frozen = session.book.version_tables(version_id)
    if not 0 <= position < len(frozen):
        raise KnownError("这个版本里没有这张表，请重新选择。")
    table = frozen[position].table
    with session.book.step(f"恢复 {shown_name(table.name)}（{version.name}）") as step:
        restorer = Restorer(session, step, version)
        restorer.restore(frozen[position])
        if restorer.skipped:
            raise KnownError(restorer.skipped[0] + "要恢复它，请先把它退回修改。")
    return step.change


def restored(form: Form, difference: TableDifference, chosen: Collection[Difference]) -> Table:
    """The new table of a comparison with some places as in the old one; nothing is written."""
    table = take_back(difference, chosen)
    return settle_levels(form, difference.new, table)


def restore_places(
    session: Session, table_id: int, difference: TableDifference, chosen: Collection[Difference]
) -> Change | None:
    """Take some differences back in a table of the book, as one step: a cell, a row, or all.

    Args:
        session: The open book.
        table_id: The table; it must say what the new table of the comparison says.
        difference: The comparison.
        chosen: Some of its changes, or what its ``at`` told of a cell.

    Raises:
        KnownError: The table has changed since, was handed in, or the book cannot be written.
    """
    now = session.book.table(table_id)
    if now != difference.new:
        raise KnownError("这张表在比较之后又有改动，没有恢复。请重新比较。")
    table = restored(session.form_of(now), difference, chosen)
    what = next(iter(chosen)).label if len(chosen) == 1 else f"{len(chosen)} 处"
    with session.book.step(f"恢复 {what}", table_id=table_id) as step:
        step.put_table(table_id, table, stay=True)
    return step.change


def _version(session: Session, version_id: int) -> Version:
    for version in session.book.versions():
        if version.id == version_id:
            return version
    raise KnownError("账本里找不到这个版本，它可能已随撤销消失。")


def _year_text(year: int | None) -> str:
    return "年度未定" if year is None else f"{year}年"


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise KnownError("版本名称不能为空，请输入名称，例如“一上”。")
    return name
