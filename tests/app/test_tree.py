"""What a user does in the tree, and that all of it can be taken back."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from jixiao.app import tree
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.session import Session
from jixiao.io.paper.page.grid import Binding
from jixiao.model import search, storage
from jixiao.model.book import Book
from jixiao.model.errors import BookError, KnownError
from jixiao.model.step import LockedTableError
from jixiao.model.table import Table
from tests.app.typed import type_text

FORM = "lukou2026-xiangmu"
FORMS = FormLibrary(folders=[])
PROJECT = Table(agency="甲局", agency_code="101", year=2026, form=FORM)


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
    return next(
        node.id
        for found in session.book.tree()
        if found.name == agency
        for node in found.years
        if node.year == year
    )


def agency_id(session: Session, name: str) -> int:
    return next(found.id for found in session.book.tree() if found.name == name)


def state_of(session: Session, table_id: int) -> str:
    return next(
        entry.state
        for agency in session.book.tree()
        for year in agency.years
        for entry in year.tables
        if entry.id == table_id
    )


# Making


def test_an_agency_and_a_year_may_be_empty_and_stay(session: Session) -> None:
    agency = tree.new_agency(session, " 甲  局 ")
    assert shape(session) == {"甲 局": {}}
    year = tree.new_year(session, agency, 2026)
    table_id = tree.new_table(session, year, FORM, "会议经费")
    assert shape(session) == {"甲 局": {2026: ["会议经费"]}}
    tree.delete_tables(session, [table_id])
    assert shape(session) == {"甲 局": {2026: []}}
    names = []
    while change := session.book.undo():
        names.append(change.name)
    assert names == ["删除 会议经费", "新建表 会议经费", "新建年度 2026", "新建单位 甲 局"]
    assert shape(session) == {}


def test_a_new_table_has_its_form_and_prints_where_it_stands(session: Session) -> None:
    add(session, project("旧"))
    new = tree.new_table(session, year_id(session, "甲局", 2026), "lukou2026-bumen", "")
    table = session.book.table(new)
    assert (table.kind, table.form, table.vintage) == ("department", "lukou2026-bumen", "2021")
    assert (table.agency, table.agency_code, table.year) == ("甲局", "101", 2026)
    assert (table.money_unit, table.name) == ("万元", "甲局")
    assert session.book.form("lukou2026-bumen") is not None
    assert [part.text for _, part in session.page_of(table).bound() if part.text] != []


def test_names_that_cannot_be_are_refused(session: Session) -> None:
    agency = tree.new_agency(session, "甲局")
    year = tree.new_year(session, agency, None)
    before = session.book.dump_sql()
    with pytest.raises(BookError, match="已经有单位“甲局”"):
        tree.new_agency(session, "甲局")
    with pytest.raises(BookError, match="已经有“年度未定”"):
        tree.new_year(session, agency, None)
    with pytest.raises(BookError, match="找不到这个单位"):
        tree.new_year(session, 99, 2026)
    with pytest.raises(KnownError, match="不能为空"):
        tree.new_table(session, year, FORM, "  ")
    with pytest.raises(KnownError, match="没有编号"):
        tree.new_table(session, year, "没有", "名")
    assert session.book.dump_sql() == before


# Renaming


def test_renaming_an_agency_leaves_what_other_years_print(session: Session) -> None:
    department = Table(
        agency="甲局", year=2026, kind="department", fields={"department_name": "甲局"}
    )
    ids = add(session, project("一"), department, project("二", year=2025))
    outcome = tree.rename_agency(
        session, agency_id(session, "甲局"), "甲委", [year_id(session, "甲局", 2026)]
    )
    assert outcome.skipped == ()
    assert shape(session) == {"甲委": {2026: ["一", "甲委"], 2025: ["二"]}}
    assert [session.book.table(i).agency for i in ids] == ["甲委", "甲委", "甲局"]
    # What comes with the old name, or into the old year, finds its agency.
    [again] = add(session, project("三", year=2025))
    new = tree.new_table(session, year_id(session, "甲委", 2025), FORM, "四")
    tree.delete_tables(session, [ids[2]])
    tree.restore_tables(session, [ids[2]])
    assert shape(session)["甲委"][2025] == ["二", "三", "四"]
    assert {session.book.table(i).agency for i in (again, new)} == {"甲局"}
    for _ in range(4):
        session.book.undo()
    session.book.undo()
    assert shape(session) == {"甲局": {2026: ["一", "甲局"], 2025: ["二"]}}
    assert session.book.table(ids[0]).agency == "甲局"


def test_renaming_skips_what_was_handed_in_and_refuses_a_taken_name(session: Session) -> None:
    one, two = add(session, project("一"), project("二"))
    add(session, project("三", agency="乙局"))
    tree.set_state(session, [one], "已报")
    outcome = tree.rename_agency(
        session, agency_id(session, "甲局"), "丙", [year_id(session, "甲局", 2026)]
    )
    assert outcome.skipped == ("“一”（2026年）已报，没有改动。",)
    assert [session.book.table(i).agency for i in (one, two)] == ["甲局", "丙"]
    with pytest.raises(BookError, match="已经有单位"):
        tree.rename_agency(session, agency_id(session, "丙"), "乙局", [])


@pytest.mark.parametrize(
    ("table", "key"),
    [
        (project("旧"), "project_name"),
        (replace(PROJECT, kind="department", form=""), "department_name"),
        (replace(PROJECT, kind="summary", form=""), "title"),
    ],
)
def test_a_table_is_renamed_by_its_field(session: Session, table: Table, key: str) -> None:
    [table_id] = add(session, table)
    change = tree.rename_table(session, table_id, "新名")
    assert change is not None
    assert (change.name, change.focus, change.tree) == ("改名为 新名", table_id, True)
    renamed = session.book.table(table_id)
    assert renamed.name == "新名"
    assert (renamed.title if key == "title" else renamed.fields[key]) == "新名"
    assert tree.rename_table(session, table_id, "新名") is None


# Copying and moving


def test_copies_stand_behind_their_originals(session: Session) -> None:
    one, two = add(session, project("一"), project("二"))
    tree.set_state(session, [one], "已报")
    copies = tree.duplicate_tables(session, [one, two])
    assert shape(session) == {"甲局": {2026: ["一", "一（副本）", "二", "二（副本）"]}}
    assert [state_of(session, copy) for copy in copies] == ["草稿", "草稿"]
    assert session.book.undo_name == "复制 2 张表"


def test_tables_move_to_other_years_and_agencies(session: Session) -> None:
    ids = add(session, project("一"), project("二"), project("三"), project("四", agency="乙局"))
    target = year_id(session, "乙局", 2026)
    tree.move_tables(session, [ids[2], ids[0]], target, 0)
    assert shape(session) == {"甲局": {2026: ["二"]}, "乙局": {2026: ["三", "一", "四"]}}
    assert session.book.table(ids[0]).agency == "乙局"
    tree.move_tables(session, [ids[3]], target, 1)
    assert shape(session)["乙局"][2026] == ["三", "四", "一"]
    tree.move_tables(session, [ids[1]], target, 99)
    assert shape(session) == {"乙局": {2026: ["三", "四", "一", "二"]}}
    session.book.undo()
    session.book.undo()
    session.book.undo()
    assert shape(session) == {"甲局": {2026: ["一", "二", "三"]}, "乙局": {2026: ["四"]}}


def test_tables_move_up_and_down_together(session: Session) -> None:
    ids = add(session, *(project(name) for name in "一二三四"))
    tree.shift_tables(session, [ids[1], ids[2]], -1)
    assert shape(session)["甲局"][2026] == list("二三一四")
    assert tree.shift_tables(session, [ids[1], ids[2]], -1) is None
    tree.shift_tables(session, [ids[2]], 1)
    assert shape(session)["甲局"][2026] == list("二一三四")
    tree.shift_tables(session, [ids[0], ids[3]], 1)
    assert shape(session)["甲局"][2026] == list("二三一四")


# Deleting


def test_years_and_agencies_go_and_their_tables_come_back(session: Session) -> None:
    ids = add(session, project("一"), project("二", year=2025), project("三", agency="乙局"))
    before = session.book.dump_sql()
    tree.delete_year(session, year_id(session, "甲局", 2025))
    assert shape(session) == {"甲局": {2026: ["一"]}, "乙局": {2026: ["三"]}}
    tree.delete_agency(session, agency_id(session, "甲局"))
    assert shape(session) == {"乙局": {2026: ["三"]}}
    empty = tree.new_agency(session, "空")
    tree.new_year(session, empty, 2026)
    tree.delete_agency(session, empty)
    assert {entry.id for entry in session.book.deleted()} == set(ids[:2])
    tree.restore_tables(session, ids[:2])
    assert shape(session) == {"乙局": {2026: ["三"]}, "甲局": {2026: ["一"], 2025: ["二"]}}
    for _ in range(6):
        session.book.undo()
    assert session.book.dump_sql() == before


def test_the_bin_is_emptied_after_a_backup_and_undo_stays_safe(session: Session) -> None:
    one, two = add(session, project("一"), project("二"))
    tree.rename_table(session, two, "二改")
    tree.delete_tables(session, [one])
    tree.rename_table(session, two, "二再改")
    backup = tree.empty_bin(session)
    assert backup is not None
    assert backup.parent.name == "b.备份"
    assert session.book.deleted() == []
    with pytest.raises(BookError, match="找不到"):
        session.book.table(one)
    assert "'一'" not in session.book.dump_sql()
    assert session.book.undo_name == "改名为 二再改"
    session.book.undo()
    assert session.book.undo() is None
    assert shape(session) == {"甲局": {2026: ["二改"]}}
    with Book.open(backup) as old:
        assert [entry.name for entry in old.deleted()] == ["一"]
        assert old.undo_name == "改名为 二再改"
    assert tree.empty_bin(session) is None


def test_only_the_last_backups_are_kept(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "KEPT_BACKUPS", 2)
    made = [session.book.backup_beside(f"第{n}次前") for n in range(3)]
    others = made[0].parent / "我的.jxb"
    others.write_bytes(b"mine")
    made.append(session.book.backup_beside("第3次前"))
    assert sorted(path.exists() for path in made) == [False, False, True, True]
    assert others.exists()
    assert session.book.backups() == made[:1:-1]


# States


def test_a_table_that_was_handed_in_is_locked_until_taken_back(session: Session) -> None:
    [table_id] = add(session, project("一"))
    name = Binding("field", "project_name")
    type_text(session, table_id, name, "一改")
    tree.set_state(session, [table_id], "已报")
    before = session.book.dump_sql()
    other = tree.new_year(session, agency_id(session, "甲局"), 2027)
    session.book.undo()
    for write in (
        lambda: type_text(session, table_id, name, "二"),
        lambda: tree.rename_table(session, table_id, "二"),
        lambda: tree.delete_tables(session, [table_id]),
        lambda: tree.delete_year(session, year_id(session, "甲局", 2026)),
        lambda: tree.delete_agency(session, agency_id(session, "甲局")),
    ):
        with pytest.raises(LockedTableError, match="已报，内容已锁定"):
            write()
        assert session.book.dump_sql() == before
    session.book.redo()
    with pytest.raises(LockedTableError):
        tree.move_tables(session, [table_id], other, 0)
    session.book.undo()
    session.book.undo()
    assert state_of(session, table_id) == "草稿"
    session.book.undo()
    assert session.book.table(table_id).name == "一"
    session.book.redo()
    session.book.redo()
    tree.set_state(session, [table_id], "退回")
    type_text(session, table_id, name, "二")
    assert session.book.table(table_id).name == "二"


# All of it, at random


class Clerk(RuleBasedStateMachine):
    """A clerk rearranging the tree; afterwards everything is undone and done again."""

    @initialize()
    def open_book(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.session = Session.open(Path(self.folder.name) / "b.jxb", FORMS)
        self.start = self.session.book.dump_sql()
        add(self.session, project("会议"), project("设备"), project("维修", agency="乙"))

    def years(self) -> list[int]:
        return [year.id for agency in self.session.book.tree() for year in agency.years]

    def tables(self) -> list[int]:
        return [table_id for table_id, _ in self.session.book.tables()]

    def attempt(self, work: object, *args: object) -> None:
        before = self.session.book.dump_sql()
        try:
            work(self.session, *args)  # type: ignore[operator]
        except KnownError:
            assert self.session.book.dump_sql() == before

    @rule(name=st.sampled_from(["甲", "乙", "丙"]))
    def new_agency(self, name: str) -> None:
        self.attempt(tree.new_agency, name)

    @rule(data=st.data(), year=st.sampled_from([None, 2025, 2026]))
    def new_year(self, data: st.DataObject, year: int | None) -> None:
        if agencies := self.session.book.tree():
            self.attempt(tree.new_year, data.draw(st.sampled_from(agencies)).id, year)

    @rule(data=st.data(), name=st.sampled_from(["会议", "设备", "会议"]))
    def new_table(self, data: st.DataObject, name: str) -> None:
        if years := self.years():
            self.attempt(tree.new_table, data.draw(st.sampled_from(years)), FORM, name)

    @rule(agency=st.sampled_from(["甲", "乙", "丁"]), year=st.sampled_from([2025, 2026]))
    def import_table(self, agency: str, year: int) -> None:
        add(self.session, project("导入", agency=agency, year=year))

    @rule(data=st.data(), name=st.sampled_from(["甲", "乙", "戊"]))
    def rename_agency(self, data: st.DataObject, name: str) -> None:
        if agencies := self.session.book.tree():
            agency = data.draw(st.sampled_from(agencies))
            years = data.draw(st.sets(st.sampled_from([y.id for y in agency.years] or [0])))
            self.attempt(tree.rename_agency, agency.id, name, years)

    @rule(data=st.data(), position=st.integers(0, 3))
    def move(self, data: st.DataObject, position: int) -> None:
        if tables := self.tables():
            some = data.draw(st.lists(st.sampled_from(tables), min_size=1, max_size=3, unique=True))
            self.attempt(tree.move_tables, some, data.draw(st.sampled_from(self.years())), position)

    @rule(
        data=st.data(),
        work=st.sampled_from([tree.duplicate_tables, tree.delete_tables]),
    )
    def copy_or_delete(self, data: st.DataObject, work: object) -> None:
        if tables := self.tables():
            some = data.draw(st.lists(st.sampled_from(tables), min_size=1, max_size=2, unique=True))
            self.attempt(work, some)

    @rule(data=st.data(), by=st.sampled_from([-1, 1]))
    def shift(self, data: st.DataObject, by: int) -> None:
        if tables := self.tables():
            some = data.draw(st.sets(st.sampled_from(tables), min_size=1, max_size=3))
            self.attempt(tree.shift_tables, some, by)

    @rule(data=st.data())
    def delete_year_or_agency(self, data: st.DataObject) -> None:
        if agencies := self.session.book.tree():
            agency = data.draw(st.sampled_from(agencies))
            if agency.years and data.draw(st.booleans()):
                self.attempt(tree.delete_year, data.draw(st.sampled_from(agency.years)).id)
            else:
                self.attempt(tree.delete_agency, agency.id)

    @rule()
    def restore(self) -> None:
        if deleted := self.session.book.deleted():
            self.attempt(tree.restore_tables, [entry.id for entry in deleted[:2]])

    @rule(data=st.data(), state=st.sampled_from(["草稿", "已报"]))
    def set_state(self, data: st.DataObject, state: str) -> None:
        if tables := self.tables():
            self.attempt(tree.set_state, [data.draw(st.sampled_from(tables))], state)

    @rule()
    def undo(self) -> None:
        self.session.book.undo()

    @rule()
    def redo(self) -> None:
        self.session.book.redo()

    @invariant()
    def each_live_table_stands_once_in_its_year(self) -> None:
        if not hasattr(self, "session"):
            return
        found = []
        for agency in self.session.book.tree():
            for year in agency.years:
                for entry in year.tables:
                    assert self.session.book.table(entry.id).year == year.year
                    found.append(entry.id)
        assert found == self.tables()
        assert len(set(found)) == len(found)

    @invariant()
    def the_search_texts_are_those_of_the_live_tables(self) -> None:
        if hasattr(self, "session"):
            db = self.session.book._db.conn
            texts = dict(db.execute("SELECT table_id, text FROM texts"))
            tables = self.session.book.tables()
            assert texts == {i: search.search_text(table).encode() for i, table in tables}

    def teardown(self) -> None:
        if not hasattr(self, "session"):
            return
        book = self.session.book
        end = book.dump_sql()
        steps = 0
        while book.undo():
            steps += 1
        assert book.dump_sql() == self.start
        for _ in range(steps):
            book.redo()
        assert book.dump_sql() == end
        assert book._db.conn.execute("PRAGMA foreign_key_check").fetchall() == []
        self.session.close()
        self.folder.cleanup()


TestClerk = Clerk.TestCase
TestClerk.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
