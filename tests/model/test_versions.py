"""Versions: a frozen year stays as it was, whatever happens to the tables it was copied from."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from jixiao.model.book import Book
from jixiao.model.errors import BookError
from jixiao.model.schema import VERSION
from jixiao.model.table import Table
from jixiao.model.versions import table_of, table_text
from tests.model.book_samples import TABLE, add
from tests.strategies import tables, texts

BOOKS = Path(__file__).parents[1] / "data" / "books"
OTHER = replace(TABLE, fields={"project_name": "会议经费"})


@pytest.fixture
def book(tmp_path: Path) -> Book:
    with Book.open(tmp_path / "b.jxb") as book:
        yield book


def freeze(book: Book, name: str = "一上") -> int:
    year = book.tree()[0].years[0]
    with book.step("存为版本") as step:
        return step.versions.freeze(year.id, name)


@given(tables())
def test_a_frozen_table_is_the_same_again(table: Table) -> None:
    assert table_of(table_text(table)) == table


def test_what_a_later_program_adds_is_left_out() -> None:
    text = '{"kind":"project","colour":"红","tasks":[{"name":"a","weight":"3"}]}'
    assert table_of(text).tasks[0].name == "a"


def test_a_version_keeps_order_states_and_forms(book: Book) -> None:
    with book.step("添加") as step:
        step.put_form("f", "表样", b"first")
        one = step.add_table(replace(TABLE, form="f"))
        two = step.add_table(OTHER, position=0, state="已报")
    version_id = freeze(book)
    with book.step("都改掉") as step:
        step.put_form("f", "表样", b"second")
        step.put_table(one, replace(TABLE, title="新的", form="f"))
        step.set_state(two, "退回")
        step.move_table(one, 0)
        step.delete_table(two)
    found = book.version_tables(version_id)
    assert [(f.position, f.table_id, f.state) for f in found] == [
        (0, two, "已报"),
        (1, one, "草稿"),
    ]
    assert [f.table for f in found] == [OTHER, replace(TABLE, form="f")]
    assert book.version_form(version_id, "f") == b"first"
    assert book.version_form(version_id, "g") is None
    [version] = book.versions()
    assert (version.agency, version.year, version.name, version.tables) == (
        *(TABLE.agency, TABLE.year, "一上", 2),
    )
    assert version.year_id == book.tree()[0].years[0].id


def test_what_did_not_change_lies_there_once(book: Book) -> None:
    [one, _] = add(book, TABLE, OTHER)
    ids = [freeze(book, "一上")]
    with book.step("改") as step:
        step.put_table(one, replace(TABLE, title="新的"))
    ids += [freeze(book, "二上"), freeze(book, "批复")]
    count = "SELECT count(*) FROM frozen"
    assert book._db.conn.execute(count).fetchone() == (3,)
    for version_id, left in zip(ids, (2, 2, 0), strict=True):
        with book.step("删除版本") as step:
            step.versions.delete(version_id)
        assert book._db.conn.execute(count).fetchone() == (left,)
    assert book.versions() == []


def test_nothing_can_change_what_is_frozen(book: Book) -> None:
    add(book, TABLE)
    freeze(book)
    for change in (
        "UPDATE frozen SET content = x'00'",
        "UPDATE version_tables SET state = '草稿'",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="cannot be changed"):
            book._db.conn.execute(change)


def test_names_are_refused_when_they_are_taken_or_there_is_nothing(book: Book) -> None:
    add(book, TABLE)
    first, second = freeze(book, "一上"), freeze(book, "二上")
    with pytest.raises(BookError, match="已经有版本“一上”"):
        freeze(book, "一上")
    with pytest.raises(BookError, match="已经有版本“二上”"), book.step("改名") as step:
        step.versions.rename(first, "二上")
    with book.step("改名") as step:
        step.versions.rename(second, "批复")
        step.versions.rename(second, "批复")
    assert [version.name for version in book.versions()] == ["一上", "批复"]
    with book.step("新建") as step:
        empty = step.add_year(step.add_agency("空单位"), 2026)
    for call in (
        lambda step: step.versions.freeze(empty, "一上"),
        lambda step: step.versions.freeze(99, "一上"),
        lambda step: step.versions.rename(99, "一上"),
        lambda step: step.versions.delete(99),
    ):
        with pytest.raises(BookError), book.step("不行") as step:
            call(step)
    with pytest.raises(BookError, match="找不到这个版本"):
        book.version_tables(99)


def test_a_version_follows_its_agency_and_outlives_the_year(book: Book) -> None:
    add(book, TABLE)
    version_id = freeze(book)
    agency = book.tree()[0]
    with book.step("改名") as step:
        step.rename_agency(agency.id, "新名称")
    [version] = book.versions()
    assert (version.agency, version.year_id) == ("新名称", agency.years[0].id)
    with book.step("删除单位") as step:
        step.delete_agency(agency.id)
    [version] = book.versions()
    assert (version.agency, version.year_id) == ("新名称", None)
    book.purge()
    assert [frozen.table for frozen in book.version_tables(version_id)] == [TABLE]
    assert book._db.conn.execute("PRAGMA foreign_key_check").fetchall() == []


def test_purging_keeps_the_history_of_versions(book: Book) -> None:
    [one, _] = add(book, TABLE, OTHER)
    with book.step("删除") as step:
        step.delete_table(one)
    freeze(book)
    book.purge()
    change = book.undo()
    assert change is not None
    assert (change.name, change.versions, change.table_ids) == ("存为版本", True, frozenset())
    assert book.undo() is None


@pytest.mark.parametrize(
    ("file", "tables", "steps"),
    [
        ("book-1.0.db", 2, 4),
        ("book-2.0.db", 3, 4),
        ("book-3.0.db", 3, 4),
        ("book-3.1.db", 3, 4),
    ],
)
def test_an_older_book_gets_versions(tmp_path: Path, file: str, tables: int, steps: int) -> None:
    path = tmp_path / "旧账本.jxb"
    shutil.copy(BOOKS / file, path)
    path.chmod(0o600)
    with Book.open(path) as book:
        assert book._db.conn.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert book.versions() == []
        now = [table for _, table in book.tables()]
        assert len(now) == tables
        version_id = freeze(book)
        assert book.version_tables(version_id)[0].table == now[0]
        undone = 0
        while book.undo():
            undone += 1
        assert undone == steps + 1
        while book.redo():
            pass
        assert [table for _, table in book.tables()] == now
        assert [version.id for version in book.versions()] == [version_id]
    [backup] = (tmp_path / "旧账本.备份").iterdir()
    assert "升级前" in backup.name


class Freezing(RuleBasedStateMachine):
    """Years are frozen, changed and forgotten; ``kept`` is what each version must say."""

    @initialize(table=tables())
    def open_book(self, table: Table) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.book = Book.open(Path(self.folder.name) / "b.jxb")
        self.kept: dict[int, list[Table]] = {}
        self.names = 0
        add(self.book, table)

    @rule(data=st.data())
    def freeze(self, data: st.DataObject) -> None:
        years = [y for a in self.book.tree() for y in a.years if y.tables]
        if not years:
            return
        year = data.draw(st.sampled_from(years))
        self.names += 1
        with self.book.step("存为版本") as step:
            version_id = step.versions.freeze(year.id, str(self.names))
        self.kept[version_id] = [self.book.table(entry.id) for entry in year.tables]

    @rule(table=tables(), data=st.data())
    def edit(self, table: Table, data: st.DataObject) -> None:
        ids = [table_id for table_id, _ in self.book.tables()]
        chosen = data.draw(st.sampled_from([None, *ids]))
        with self.book.step("改") as step:
            if chosen is None:
                step.add_table(table)
            else:
                step.put_table(chosen, table)

    @rule(data=st.data())
    def delete_table(self, data: st.DataObject) -> None:
        ids = [table_id for table_id, _ in self.book.tables()]
        if ids:
            with self.book.step("删除") as step:
                step.delete_table(data.draw(st.sampled_from(ids)))

    @rule(data=st.data(), name=texts)
    def rename_agency(self, data: st.DataObject, name: str) -> None:
        agencies = self.book.tree()
        if agencies and name not in {agency.name for agency in agencies}:
            with self.book.step("改名") as step:
                step.rename_agency(data.draw(st.sampled_from(agencies)).id, name)

    @rule(data=st.data())
    def delete_version(self, data: st.DataObject) -> None:
        if self.kept:
            version_id = data.draw(st.sampled_from(sorted(self.kept)))
            with self.book.step("删除版本") as step:
                step.versions.delete(version_id)
            del self.kept[version_id]

    @rule(times=st.integers(1, 5))
    def back_and_forth(self, times: int) -> None:
        before = self.book.dump_sql()
        done = [self.book.undo() for _ in range(times)]
        for change in done:
            assert (self.book.redo() if change else None) is not None or change is None
        assert self.book.dump_sql() == before

    def teardown(self) -> None:
        if not hasattr(self, "book"):
            return
        assert {version.id for version in self.book.versions()} == self.kept.keys()
        for version_id, kept in self.kept.items():
            assert [frozen.table for frozen in self.book.version_tables(version_id)] == kept
        used = "SELECT sha FROM version_tables UNION SELECT sha FROM version_forms ORDER BY 1"
        stored = self.book._db.conn.execute("SELECT sha FROM frozen ORDER BY 1").fetchall()
        assert self.book._db.conn.execute(used).fetchall() == stored
        assert self.book._db.conn.execute("PRAGMA foreign_key_check").fetchall() == []
        self.book.close()
        self.folder.cleanup()


TestFreezing = Freezing.TestCase
TestFreezing.settings = settings(max_examples=20, stateful_step_count=15, deadline=None)
