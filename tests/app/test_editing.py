"""An edit is one step of the book with a name, told to whoever shows the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.app.editing import binding_label, choose_other_form
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.search import find, replace_all
from jixiao.app.session import Session
from jixiao.io.paper.page.grid import Binding
from jixiao.model.history import Change
from jixiao.model.table import Table
from tests.app.typed import type_text
from tests.io.forms import truth

FORMS = FormLibrary(folders=[])
NAME = "lukou2026-project-1"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.open(tmp_path / "book.jxb", FORMS) as session:
        with session.book.step("添加") as step:
            session.add_table(step, truth(NAME))
        yield session


def only(session: Session) -> tuple[int, Table]:
    return next(iter(session.book.tables()))


def test_an_edit_is_on_disk_told_and_undone(session: Session, tmp_path: Path) -> None:
    table_id, before = only(session)
    told: list[Change] = []
    session.book.subscribe(told.append)
    change = type_text(session, table_id, Binding("field", "annual_goal"), "新的目标")
    assert change is not None
    assert (change.name, change.table_ids) == ("修改 年度绩效目标", frozenset({table_id}))
    assert told == [change]
    assert session.book.undo_name == "修改 年度绩效目标"
    session.close()
    with Session.open(tmp_path / "book.jxb", FORMS) as again:
        table = again.book.table(table_id)
        assert table.fields["annual_goal"] == "新的目标"
        assert "新的目标" in [cell.text for cell in again.page_of(table).cells]
        again.book.undo()
        assert again.book.table(table_id) == before
        again.book.redo()
        assert again.book.table(table_id) == table


def shelves(session: Session) -> dict[tuple[str, int | None], list[int]]:
    return {
        (agency.name, year.year): [entry.id for entry in year.tables]
        for agency in session.book.tree()
        for year in agency.years
    }


def test_a_table_that_prints_another_agency_stays_with_its_own(session: Session) -> None:
    table_id, before = only(session)
    with session.book.step("添加") as step:
        other = session.add_table(step, replace(before, agency="别的单位"))
    own, year = before.agency, before.year
    assert year is not None
    type_text(session, table_id, Binding("field", "agency"), "别的单位")
    assert session.book.table(table_id).agency == "别的单位"
    assert shelves(session) == {(own, year): [table_id], ("别的单位", year): [other]}
    type_text(session, table_id, Binding("field", "year"), str(year + 1))
    assert shelves(session) == {(own, year + 1): [table_id], ("别的单位", year): [other]}
    type_text(session, table_id, Binding("field", "agency"), "")
    type_text(session, table_id, Binding("field", "agency"), "没见过的单位")
    assert shelves(session) == {(own, year + 1): [table_id], ("别的单位", year): [other]}
    with session.book.step("添加") as step:
        new = session.add_table(step, replace(before, agency="别的单位"))
    assert shelves(session)["别的单位", year] == [other, new]


def test_text_replaced_everywhere_moves_no_table(session: Session) -> None:
    table_id, before = only(session)
    places = shelves(session)
    replaced = replace_all(session, find(session, before.agency), "别的单位")
    assert replaced.count
    assert session.book.table(table_id).agency == "别的单位"
    assert shelves(session) == places


def test_a_table_of_no_agency_goes_to_the_one_that_is_typed(session: Session) -> None:
    table_id, before = only(session)
    with session.book.step("添加") as step:
        new = session.add_table(step, replace(before, agency="", agency_code=""))
    type_text(session, new, Binding("field", "agency"), before.agency)
    assert shelves(session) == {(before.agency, before.year): [table_id, new]}


def test_every_cell_can_be_edited_and_all_undone(session: Session) -> None:
    table_id, before = only(session)
    steps = 0
    for _, part in session.page_of(before).bound():
        assert part.binding is not None
        text = "2031" if part.binding.name == "year" else "改过"
        steps += type_text(session, table_id, part.binding, text) is not None
    assert steps > 50
    for _ in range(steps):
        session.book.undo()
    assert session.book.table(table_id) == before
    session.close()


def test_typing_what_stands_there_is_no_step(session: Session) -> None:
    table_id, table = only(session)
    name = session.book.undo_name
    goal = table.fields["annual_goal"]
    assert type_text(session, table_id, Binding("field", "annual_goal"), f" {goal} ") is None
    assert session.book.undo_name == name
    session.close()


def test_what_cannot_be_taken_leaves_the_book_alone(session: Session) -> None:
    table_id, table = only(session)
    with pytest.raises(ValueError, match="四位数字"):
        type_text(session, table_id, Binding("field", "year"), "去年")
    assert session.book.table(table_id) == table
    assert session.book.undo_name == "添加"
    session.close()


def test_another_form_keeps_the_content(session: Session) -> None:
    table_id, table = only(session)
    change = choose_other_form(session, table_id, "tongyong-xiangmu")
    assert change is not None
    assert change.name == "更换表样"
    changed = session.book.table(table_id)
    assert changed.form == "tongyong-xiangmu"
    assert changed.indicators == table.indicators
    assert "tongyong-xiangmu" in dict(session.book.forms())
    session.book.undo()
    assert session.book.table(table_id) == table
    session.close()


@pytest.mark.parametrize(
    ("binding", "label"),
    [
        (Binding("field", "project_name"), "项目名称"),
        (Binding("field", "parent_fund_name"), "所属专项名称"),
        (Binding("field", "填表人"), "填表人"),
        (Binding("share", "3月底"), "资金支出计划 3月底"),
        (Binding("other", "name"), "其他事项"),
        (Binding("indicators", "target:cvu"), "指标值及单位"),
        (Binding("indicators", "extra:权重"), "权重"),
        (Binding("indicators", "level3"), "三级指标"),
    ],
)
def test_steps_are_named_after_the_place(binding: Binding, label: str) -> None:
    assert binding_label(binding) == label
