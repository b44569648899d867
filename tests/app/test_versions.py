"""Versions as a user has them: frozen, compared with what is, restored whole or cell by cell."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.app.forms.at_hand import BUILT_IN, FormLibrary
from jixiao.app.session import Session
from jixiao.app.tree import delete_tables, delete_year, rename_agency, set_state
from jixiao.app.versions import versions
from jixiao.io.paper.page.grid import Binding
from jixiao.model.errors import KnownError
from jixiao.model.table import Indicator, Table
from tests.strategies import tables

TABLE = Table(
    agency="渌口区人大办",
    year=2026,
    form="tongyong-xiangmu",
    fields={"project_name": "代表活动经费", "annual_goal": "组织代表视察3次。"},
    indicators=(
        Indicator("产出指标", "数量指标", "视察次数", "≥", "3", "次"),
        Indicator("产出指标", "质量指标", "参加率", "≥", "95", "%"),
    ),
)
OTHER = replace(TABLE, fields={"project_name": "会议经费"})


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.open(tmp_path / "b.jxb") as session:
        yield session


def add(session: Session, *some: Table) -> list[int]:
    with session.book.step("添加") as step:
        return [session.add_table(step, table) for table in some]


def year_id(session: Session) -> int:
    return session.book.tree()[0].years[0].id


def now(session: Session) -> list[Table]:
    return [table for _, table in session.book.tables()]


def put(session: Session, table_id: int, table: Table) -> None:
    with session.book.step("改") as step:
        step.put_table(table_id, table)


def test_freezing_listing_renaming_and_deleting_are_undoable_steps(session: Session) -> None:
    add(session, TABLE)
    version_id = versions.freeze(session, year_id(session), "  一上 ")
    assert session.book.undo_name == "存为版本 一上"
    [version] = versions.versions_of(session, year_id(session))
    assert (version.id, version.name, version.tables) == (version_id, "一上", 1)
    versions.rename_version(session, version_id, "一上（报送）")
    change = versions.delete_version(session, version_id)
    assert change is not None
    assert change.versions
    assert session.book.versions() == []
    for name in ("一上（报送）", "一上"):
        session.book.undo()
        assert [v.name for v in session.book.versions()] == [name]
    session.book.undo()
    assert session.book.versions() == []
    session.book.redo()
    assert session.book.version_tables(version_id)[0].table == TABLE
    with pytest.raises(KnownError, match="不能为空"):
        versions.freeze(session, year_id(session), " ")
    with pytest.raises(KnownError, match="找不到这个版本"):
        versions.delete_version(session, 99)


def test_a_version_is_shown_in_the_form_of_its_time(session: Session) -> None:
    add(session, TABLE)
    old = session.book.form("tongyong-xiangmu")
    version_id = versions.freeze(session, year_id(session), "一上")
    with session.book.step("更新表样") as step:
        other = (BUILT_IN / "tongyong-bumen.xlsx").read_bytes()
        step.put_form("tongyong-xiangmu", "新表样", other)
    table = session.book.version_tables(version_id)[0].table
    assert old is not None
    assert versions.form_of_version(session, version_id, table).kind == "project"
    assert session.form_of(table).kind == "department"


def test_a_version_against_what_is(session: Session) -> None:
    [one, two, _] = add(session, TABLE, OTHER, replace(TABLE, fields={"project_name": "不变"}))
    version_id = versions.freeze(session, year_id(session), "一上")
    put(session, one, replace(TABLE, fields={"project_name": "改了名的经费"}))
    delete_tables(session, [two])
    add(session, replace(TABLE, fields={"project_name": "龘靐齉"}))
    left, right = (
        versions.version_side(session, version_id),
        versions.year_side(session, year_id(session)),
    )
    assert (left.label, right.label) == ("2026年 一上", "2026年 现在的表")
    pairs = versions.compare_sides(left, right)
    assert [(pair.name, pair.kind) for pair in pairs] == [
        ("改了名的经费", "changed"),
        ("不变", None),
        ("龘靐齉", "added"),
        ("会议经费", "removed"),
    ]
    draft = versions.draft_side("导入的草稿", [replace(OTHER, title="草稿")])
    [pair, *_] = versions.compare_sides(left, draft)
    assert (pair.left, pair.kind) == (1, "changed")


def test_restoring_a_version_brings_back_tables_and_order(session: Session) -> None:
    [one, two] = add(session, TABLE, OTHER)
    version_id = versions.freeze(session, year_id(session), "一上")
    put(session, one, replace(TABLE, title="改了", indicators=()))
    delete_tables(session, [two])
    [new] = add(session, replace(TABLE, fields={"project_name": "新项目"}))
    with session.book.step("移动") as step:
        step.move_table(new, 0)
    before = session.book.dump_sql()
    outcome = versions.restore_version(session, version_id)
    assert outcome.skipped == ()
    assert now(session)[:2] == [TABLE, OTHER]
    assert [table_id for table_id, _ in session.book.tables()] == [one, two, new]
    session.book.undo()
    assert session.book.dump_sql() == before
    versions.restore_version(session, version_id, others="bin")
    assert now(session) == [TABLE, OTHER]
    assert [entry.id for entry in session.book.deleted()] == [new]
    assert versions.restore_version(session, version_id).change is None


def test_restoring_makes_tables_again_that_are_gone_for_good(session: Session) -> None:
    add(session, TABLE, OTHER)
    version_id = versions.freeze(session, year_id(session), "一上")
    delete_year(session, year_id(session))
    session.book.purge()
    assert session.book.tree() == []
    versions.restore_version(session, version_id)
    assert now(session) == [TABLE, OTHER]
    versions.restore_version(session, version_id)
    assert now(session) == [TABLE, OTHER]


def test_locked_tables_are_left_and_told(session: Session) -> None:
    [one, two] = add(session, TABLE, OTHER)
    version_id = versions.freeze(session, year_id(session), "一上")
    changed = replace(TABLE, title="改了")
    put(session, one, changed)
    put(session, two, replace(OTHER, title="也改了"))
    [extra] = add(session, replace(TABLE, fields={"project_name": "新项目"}))
    set_state(session, [one, extra], "已报")
    outcome = versions.restore_version(session, version_id, others="bin")
    assert len(outcome.skipped) == 2
    assert "代表活动经费" in outcome.skipped[0]
    assert now(session)[:2] == [changed, OTHER]
    before = session.book.dump_sql()
    with pytest.raises(KnownError, match="已报"):
        versions.restore_frozen(session, version_id, 0)
    assert session.book.dump_sql() == before
    set_state(session, [one], "退回")
    versions.restore_frozen(session, version_id, 0)
    assert now(session)[0] == TABLE
    with pytest.raises(KnownError, match="没有这张表"):
        versions.restore_frozen(session, version_id, 7)


def test_what_was_checked_is_a_draft_again_when_it_changes(session: Session) -> None:
    [one, two, three, four] = add(session, TABLE, OTHER, replace(TABLE, title="三"), TABLE)
    set_state(session, [two], "已核")
    version_id = versions.freeze(session, year_id(session), "一上")
    for table_id in (one, two, three):
        put(session, table_id, replace(session.book.table(table_id), money_unit="元"))
    set_state(session, [one], "已核")
    set_state(session, [three], "退回")
    set_state(session, [four], "已核")
    before = session.book.dump_sql()
    versions.restore_version(session, version_id)
    states = {e.id: e.state for e in session.book.tree()[0].years[0].tables}
    # Changed; checked in the version; sent back stays so; the same stays checked.
    assert states == {one: "草稿", two: "已核", three: "退回", four: "已核"}
    session.book.undo()
    assert session.book.dump_sql() == before


def test_notes_that_came_later_stay_when_a_version_is_restored(session: Session) -> None:
    [one] = add(session, TABLE)
    version_id = versions.freeze(session, year_id(session), "一上")
    note = "退回意见（区财政局 2026-01-05）：请修改。"
    put(session, one, replace(TABLE, money_unit="元", notes=(note,)))
    versions.restore_version(session, version_id)
    assert session.book.table(one) == replace(TABLE, notes=(note,))


def test_a_draft_is_compared_without_notes(session: Session) -> None:
    [one] = add(session, replace(TABLE, notes=("改正了一处",)))
    right = versions.year_side(session, year_id(session))
    [pair] = versions.compare_sides(versions.draft_side("草稿", [TABLE]), right)
    assert pair.kind is None
    left = versions.draft_side("草稿", [replace(TABLE, money_unit="元")])
    [pair] = versions.compare_sides(left, right)
    assert pair.difference is not None
    versions.restore_places(session, one, pair.difference, pair.difference.changes)
    assert session.book.table(one) == replace(TABLE, money_unit="元", notes=("改正了一处",))


def test_restoring_under_a_renamed_agency_stays_in_its_year(session: Session) -> None:
    add(session, TABLE, OTHER)
    version_id = versions.freeze(session, year_id(session), "一上")
    agency = session.book.tree()[0]
    rename_agency(session, agency.id, "新名称", [year_id(session)])
    versions.restore_version(session, version_id)
    [again] = session.book.tree()
    assert (again.id, again.name) == (agency.id, "新名称")
    assert now(session) == [TABLE, OTHER]


def test_restoring_a_cell_or_a_row(session: Session) -> None:
    [one] = add(session, TABLE)
    version_id = versions.freeze(session, year_id(session), "一上")
    rows = (replace(TABLE.indicators[0], value="9"),)
    changed = replace(TABLE, fields={**TABLE.fields, "annual_goal": "别的。"}, indicators=rows)
    put(session, one, changed)
    [pair] = versions.compare_sides(
        versions.version_side(session, version_id), versions.year_side(session, year_id(session))
    )
    difference = pair.difference
    assert difference is not None
    cell = difference.at(Binding("indicators", "value", (0,)))
    assert cell is not None
    versions.restore_places(session, one, difference, [cell])
    assert session.book.undo_name == "恢复 指标 指标值"
    assert session.book.table(one).indicators == TABLE.indicators[:1]
    with pytest.raises(KnownError, match="又有改动"):
        versions.restore_places(session, one, difference, [cell])
    session.book.undo()
    versions.restore_places(session, one, difference, difference.changes)
    assert session.book.table(one) == TABLE


LIBRARY = FormLibrary([])


@settings(max_examples=30)
@given(st.lists(tables(st.just("甲办"), st.just(2026)), min_size=1, max_size=3), st.data())
def test_whatever_is_edited_restoring_gives_the_identical_tables(
    old: list[Table], data: st.DataObject
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Session.open(Path(folder) / "b.jxb", LIBRARY) as session,
    ):
        ids = add(session, *old)
        kept = now(session)
        version_id = versions.freeze(session, year_id(session), "一上")
        for table_id in ids:
            match data.draw(st.sampled_from(["put", "delete", "leave", "purge"])):
                case "put":
                    put(session, table_id, data.draw(tables(st.just("甲办"), st.just(2026))))
                case "delete":
                    delete_tables(session, [table_id])
                case "purge":
                    delete_tables(session, [table_id])
                    session.book.purge([table_id])
        if data.draw(st.booleans()):
            add(session, data.draw(tables(st.just("甲办"), st.just(2026))))
        before = session.book.dump_sql()
        change = versions.restore_version(session, version_id, others="bin").change
        assert now(session) == kept
        if change is not None:
            session.book.undo()
        assert session.book.dump_sql() == before
