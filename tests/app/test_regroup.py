"""Another year or agency for whole groups of tables, each as one step."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.app import regroup, tree
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.session import Session
from jixiao.model.errors import KnownError
from jixiao.model.step import LockedTableError
from jixiao.model.table import Table

FORMS = FormLibrary(folders=[])
PROJECT = Table(agency="甲局", agency_code="101", year=2026, form="lukou2026-xiangmu")


@pytest.fixture
def session(tmp_path: Path):
    with Session.open(tmp_path / "b.jxb", FORMS) as session:
        yield session


def project(name: str, **changes: object) -> Table:
    return replace(PROJECT, fields={"project_name": name}, **changes)


def add(session: Session, *tables: Table) -> list[int]:
    with session.book.step("添加") as step:
        return [session.add_table(step, table) for table in tables]


def shape(session: Session) -> dict[str, dict[int | None, list[str]]]:
    return {
        agency.name: {year.year: [t.name for t in year.tables] for year in agency.years}
        for agency in session.book.tree()
    }


def year_id(session: Session, agency: str, year: int | None) -> int:
    years = [y for a in session.book.tree() if a.name == agency for y in a.years]
    return next(node.id for node in years if node.year == year)


def agency_id(session: Session, name: str) -> int:
    return next(agency.id for agency in session.book.tree() if agency.name == name)


def test_a_year_is_corrected_with_its_tables_and_taken_back(session: Session) -> None:
    one, two = add(session, project("一", title="2026年项目支出绩效目标表"), project("二"))
    regroup.change_year(session, year_id(session, "甲局", 2026), 2027)
    assert shape(session) == {"甲局": {2027: ["一", "二"]}}
    assert session.book.table(one).year == session.book.table(two).year == 2027
    assert session.book.table(one).title == "2027年项目支出绩效目标表"
    session.book.undo()
    assert shape(session) == {"甲局": {2026: ["一", "二"]}}
    assert session.book.table(one).title == "2026年项目支出绩效目标表"
    session.book.redo()
    assert shape(session) == {"甲局": {2027: ["一", "二"]}}


@pytest.mark.parametrize(("before", "after"), [(None, 2026), (2026, None)])
def test_an_unknown_year_becomes_known_and_the_other_way(
    session: Session, before: int | None, after: int | None
) -> None:
    (one,) = add(session, project("一", year=before))
    regroup.change_year(session, year_id(session, "甲局", before), after)
    assert shape(session) == {"甲局": {after: ["一"]}}
    assert session.book.table(one).year == after


def test_a_year_that_is_there_takes_the_tables_in(session: Session) -> None:
    add(session, project("旧"), project("甲", year=None), project("乙", year=None))
    unknown = year_id(session, "甲局", None)
    found = regroup.year_taken(session.book.tree(), unknown, 2026)
    assert found is not None
    assert found[1].name == "甲局"
    assert regroup.year_taken(session.book.tree(), unknown, 2030) is None
    regroup.change_year(session, unknown, 2026)
    assert shape(session) == {"甲局": {2026: ["旧", "甲", "乙"]}}
    session.book.undo()
    assert shape(session) == {"甲局": {2026: ["旧"], None: ["甲", "乙"]}}


def test_a_year_made_by_hand_goes_when_it_is_merged(session: Session) -> None:
    add(session, project("旧"))
    made = tree.new_year(session, agency_id(session, "甲局"), 2027)
    regroup.change_year(session, made, 2026)
    assert shape(session) == {"甲局": {2026: ["旧"]}}


def test_tables_keep_the_name_with_which_they_were_printed(session: Session) -> None:
    (one,) = add(session, project("一"))
    tree.rename_agency(session, agency_id(session, "甲局"), "甲新局", [])
    regroup.change_year(session, year_id(session, "甲新局", 2026), 2025)
    assert shape(session) == {"甲新局": {2025: ["一"]}}
    assert session.book.table(one).agency == "甲局"


def test_a_reported_table_keeps_the_whole_year_as_it_is(session: Session) -> None:
    _, two = add(session, project("一"), project("二"))
    tree.set_state(session, [two], "已报")
    with pytest.raises(LockedTableError, match="二"):
        regroup.change_year(session, year_id(session, "甲局", 2026), 2027)
    assert shape(session) == {"甲局": {2026: ["一", "二"]}}


def test_versions_go_with_their_year(session: Session) -> None:
    add(session, project("一"), project("二", year=2025))
    with session.book.step("存") as step:
        step.versions.freeze(year_id(session, "甲局", 2026), "一上")
        step.versions.freeze(year_id(session, "甲局", 2025), "一上")
        step.versions.freeze(year_id(session, "甲局", 2025), "二上")
    regroup.change_year(session, year_id(session, "甲局", 2025), 2026)
    assert [(v.year, v.name) for v in session.book.versions()] == [
        (2026, "一上"),
        (2026, "二上"),
        (2025, "一上"),
    ]


def test_an_agency_goes_into_another_one(session: Session) -> None:
    one, two = add(
        session, project("一", agency="", year=2026), project("二", agency="", year=None)
    )
    add(session, project("旧"))
    regroup.merge_agency(session, agency_id(session, ""), agency_id(session, "甲局"))
    assert shape(session) == {"甲局": {2026: ["旧", "一"], None: ["二"]}}
    assert {session.book.table(i).agency for i in (one, two)} == {"甲局"}
    assert {session.book.table(i).agency_code for i in (one, two)} == {"101"}
    session.book.undo()
    assert shape(session) == {"": {2026: ["一"], None: ["二"]}, "甲局": {2026: ["旧"]}}


def test_an_agency_made_by_hand_goes_when_it_is_merged(session: Session) -> None:
    add(session, project("旧"))
    made = tree.new_agency(session, "乙局")
    regroup.merge_agency(session, made, agency_id(session, "甲局"))
    assert shape(session) == {"甲局": {2026: ["旧"]}}
    with pytest.raises(KnownError, match="找不到"):
        regroup.merge_agency(session, made, agency_id(session, "甲局"))


def test_tables_move_to_an_agency_and_year_that_are_made(session: Session) -> None:
    one, _ = add(session, project("一", agency="", year=None), project("二"))
    regroup.move_to(session, [one], " 乙局 ", 2030)
    assert shape(session) == {"甲局": {2026: ["二"]}, "乙局": {2030: ["一"]}}
    assert session.book.table(one).agency == "乙局"
    assert session.book.table(one).year == 2030
