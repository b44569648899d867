"""Putting tables under another year or agency: a corrected year, two agencies that are one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from jixiao.app.session import Session
from jixiao.model.carry import move_years
from jixiao.model.errors import KnownError
from jixiao.model.history import Change
from jixiao.model.step import Step
from jixiao.model.tree import AgencyNode, YearNode


def year_taken(
    agencies: Iterable[AgencyNode], year_id: int, number: int | None
) -> tuple[YearNode, AgencyNode] | None:
    """The other year of the same agency that has this number, with the agency; None if none has."""
    for agency in agencies:
        if any(year.id == year_id for year in agency.years):
            found = [y for y in agency.years if y.year == number and y.id != year_id]
            return (found[0], agency) if found else None
    return None


def change_year(session: Session, year_id: int, number: int | None) -> Change | None:
    """Give an agency's year another number; its tables, their titles and its versions follow.

    Where the agency has that year already, the tables are put behind those that are there.

    Args:
        session: The open book.
        year_id: The year in the tree.
        number: The year it is to be; None is 年度未定.

    Raises:
        KnownError: One of its tables was handed in (then nothing changes), there is no such year,
            or the book cannot be written.
    """
    with session.book.step(f"年度改为{number or '未定'}") as step:
        before = step.printed(year_id)[2]
        table_ids = step.tables_of_year(year_id)
        step.change_year(year_id, number)
        if before is not None and number is not None:
            _move_titles(session, step, table_ids, before, number)
    return step.change


def _move_titles(
    session: Session, step: Step, table_ids: Collection[int], before: int, number: int
) -> None:
    """Write the new year into titles that a table keeps as its own words."""
    for table_id in table_ids:
        table = session.book.table(table_id)
        title = move_years(table.title, before, number - before).text
        if title != table.title:
            step.put_table(table_id, replace(table, title=title), stay=True)


def merge_agency(session: Session, agency_id: int, into_id: int) -> Change | None:
    """Put all tables of an agency under another one, year by year, behind those that are there.

    They are printed with the other agency's name from then on.

    Raises:
        KnownError: One of its tables was handed in (then nothing changes), there is no such
            agency, or the book cannot be written.
    """
    nodes = {agency.id: agency for agency in session.book.tree()}
    if agency_id not in nodes or into_id not in nodes:
        raise KnownError("账本里找不到这个单位，它可能已随撤销消失。")
    agency, into = nodes[agency_id], nodes[into_id]
    with session.book.step(f"单位并入 {into.name or '单位未定'}") as step:
        for year in agency.years:
            target = step.year(into.name, into.code, year.year)
            ids = [entry.id for entry in year.tables]
            step.place_tables(ids, target, len(step.tables_of_year(target)))
        if agency.id in {node.id for node in session.book.tree()}:
            step.delete_agency(agency_id)
    return step.change


def move_to(
    session: Session, table_ids: Sequence[int], agency: str, year: int | None
) -> Change | None:
    """Put tables, in this order, behind those of an agency and year, both made when missing.

    They take over the agency's name and the year.

    Raises:
        KnownError: One of them was handed in, or the book cannot be written.
    """
    agency = " ".join(agency.split())
    with session.book.step(f"移动 {len(table_ids)} 张表") as step:
        target = step.year(agency, "", year)
        step.place_tables(table_ids, target, len(step.tables_of_year(target)))
    return step.change


def move_to_agency(session: Session, table_ids: Sequence[int], agency_id: int) -> Change | None:
    """Put tables under another agency, each behind those of its own year there.

    Raises:
        KnownError: One of them was handed in, there is no such agency, or the book cannot be
            written.
    """
    agency = next((node for node in session.book.tree() if node.id == agency_id), None)
    if agency is None:
        raise KnownError("账本里找不到这个单位，它可能已随撤销消失。")
    with session.book.step(f"移动 {len(table_ids)} 张表") as step:
        for table_id in table_ids:
            year = session.book.table(table_id).year
            target = step.year(agency.name, agency.code, year)
            step.place_tables([table_id], target, len(step.tables_of_year(target)))
    return step.change
