"""Undo and redo: whatever was done can be taken back and done again, also tomorrow."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
)

from jixiao.model import history
from jixiao.model.book import Book
from jixiao.model.errors import BookError
from jixiao.model.table import Indicator, Table
from tests.strategies import tables, texts

FILLED = Table(
    agency="某局",
    year=2026,
    fields={"project_name": "项目"},
    indicators=(Indicator(level3="次数"),),
)


class Editing(RuleBasedStateMachine):
    """A clerk at work. ``dumps`` are the contents after each step, ``at`` is where we stand."""

    live = Bundle("live")
    deleted = Bundle("deleted")

    @initialize()
    def open_book(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "b.jxb"
        self.book = Book.open(self.path)
        self.dumps = [self.book.dump_sql()]
        self.at = 0
        self.ever: set[int] = set()

    def done(self, changed: object) -> None:
        dump = self.book.dump_sql()
        if changed is None:
            assert dump == self.dumps[self.at]
            return
        assert dump != self.dumps[self.at]
        self.at += 1
        self.dumps[self.at :] = [dump]

    @rule(target=live, table=tables(), position=st.none() | st.integers(0, 3))
    def add(self, table: Table, position: int | None) -> int:
        with self.book.step("添加") as step:
            table_id = step.add_table(table, position=position)
        self.done(step.change)
        self.ever.add(table_id)
        return table_id

    @rule(table_id=live, table=tables())
    def put(self, table_id: int, table: Table) -> None:
        if self.exists(table_id):
            with self.book.step("修改") as step:
                step.put_table(table_id, table)
            self.done(step.change)
            assert self.book.table(table_id) == table

    @rule(table_id=live, text=texts, at=st.integers(0, 3))
    def insert_row(self, table_id: int, text: str, at: int) -> None:
        if self.exists(table_id):
            table = self.book.table(table_id)
            rows = (*table.indicators[:at], Indicator(level3=text), *table.indicators[at:])
            with self.book.step("加行") as step:
                step.put_table(table_id, replace(table, indicators=rows))
            self.done(step.change)

    @rule(table_id=live, position=st.integers(0, 3))
    def move(self, table_id: int, position: int) -> None:
        if self.exists(table_id):
            with self.book.step("移动") as step:
                step.move_table(table_id, position)
            self.done(step.change)

    @rule(target=deleted, table_id=consumes(live))
    def delete(self, table_id: int) -> int:
        if self.exists(table_id):
            with self.book.step("删除") as step:
                step.delete_table(table_id)
            self.done(step.change)
        return table_id

    @rule(target=live, table_id=consumes(deleted))
    def restore(self, table_id: int) -> int:
        if table_id in {entry.id for entry in self.book.deleted()}:
            with self.book.step("恢复") as step:
                step.restore_table(table_id)
            self.done(step.change)
        return table_id

    @rule(table=tables(), table_id=live)
    def several_at_once(self, table: Table, table_id: int) -> None:
        with self.book.step("批量") as step:
            new = step.add_table(table)
            step.put_form("a", table.title, table.title.encode())
            if self.exists(table_id):
                step.put_table(new, replace(table, agency="合并", year=2030))
                step.delete_table(table_id)
            step.delete_table(new)
        self.done(step.change)

    @rule(table=tables())
    def fail(self, table: Table) -> None:
        with pytest.raises(ZeroDivisionError), self.book.step("失败") as step:  # noqa: PT012
            step.delete_table(step.add_table(table))
            _ = 1 / 0
        self.done(None)

    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        for _ in range(times):
            assert (self.book.undo() is not None) == (self.at > 0)
            self.at = max(0, self.at - 1)
            assert self.book.dump_sql() == self.dumps[self.at]

    @rule(times=st.integers(1, 4))
    def redo(self, times: int) -> None:
        for _ in range(times):
            last = len(self.dumps) - 1
            assert (self.book.redo() is not None) == (self.at < last)
            self.at = min(last, self.at + 1)
            assert self.book.dump_sql() == self.dumps[self.at]

    @rule()
    def reopen(self) -> None:
        self.book.close()
        self.book = Book.open(self.path)

    @invariant()
    def the_tree_holds_each_live_table_once_and_nothing_empty(self) -> None:
        found: list[int] = []
        for agency in self.book.tree():
            assert agency.years
            for year in agency.years:
                assert year.tables
                for entry in year.tables:
                    table = self.book.table(entry.id)
                    assert (agency.name, year.year, entry.name) == (
                        *(table.agency, table.year, table.name),
                    )
                    found.append(entry.id)
        assert found == [table_id for table_id, _ in self.book.tables()]
        assert len(set(found)) == len(found)

    @invariant()
    def each_table_that_ever_was_can_be_had(self) -> None:
        """In the tree, in the recycle bin, or by doing again what was undone."""
        times = 0
        while self.ever - set(self.known()):
            assert self.book.redo() is not None
            times += 1
        for _ in range(times):
            self.book.undo()

    def known(self) -> list[int]:
        live = [table_id for table_id, _ in self.book.tables()]
        return [*live, *(entry.id for entry in self.book.deleted())]

    def exists(self, table_id: int) -> bool:
        return table_id in {found for found, _ in self.book.tables()}

    def teardown(self) -> None:
        if not hasattr(self, "book"):
            return
        while self.book.undo():
            pass
        assert self.book.dump_sql() == self.dumps[0]
        while self.book.redo():
            pass
        assert self.book.dump_sql() == self.dumps[-1]
        assert self.book._db.conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert self.book._db.conn.execute("PRAGMA foreign_key_check").fetchall() == []
        self.book.close()
        self.folder.cleanup()


TestEditing = Editing.TestCase
TestEditing.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "b.jxb"


def test_history_outlives_closing_and_names_its_steps(path: Path) -> None:
    with Book.open(path) as book:
        assert (book.undo_name, book.redo_name, book.undo(), book.redo()) == (None,) * 4
        with book.step("添加 项目") as step:
            table_id = step.add_table(Table(year=2026))
        with book.step("修改 标题", table_id=table_id) as step:
            step.put_table(table_id, Table(year=2026, title="新"))
        assert (book.undo_name, book.redo_name) == ("修改 标题", None)
    with Book.open(path) as book:
        change = book.undo()
        assert change is not None
        assert (change.name, change.focus, change.table_ids) == ("修改 标题", table_id, {table_id})
        assert (book.undo_name, book.redo_name) == ("添加 项目", "修改 标题")
    with Book.open(path) as book:
        assert book.redo() == change
        assert book.table(table_id).title == "新"


def test_a_new_step_ends_redo_and_ids_are_never_given_twice(path: Path) -> None:
    with Book.open(path) as book:
        with book.step("一") as step:
            first = step.add_table(Table())
        book.undo()
        with book.step("二") as step:
            second = step.add_table(Table())
        assert second != first
        assert (book.undo_name, book.redo_name) == ("二", None)
        assert book.redo() is None
        book.undo()
        assert book.undo() is None


def test_an_undone_table_goes_to_the_bin_when_a_new_step_ends_redo(path: Path) -> None:
    with Book.open(path) as book:
        with book.step("导入") as step:
            first = step.add_table(FILLED)
            step.put_form("外来", "外来", b"workbook")
        with book.step("换表样") as step:
            step.put_table(first, replace(FILLED, form="外来"))
        with book.step("修改") as step:
            step.put_table(first, replace(FILLED, form="外来", title="改过的标题"))
        for _ in range(3):
            book.undo()
        assert book.deleted() == []
        with book.step("新建") as step:
            second = step.add_table(Table(fields={"project_name": "新"}))
        assert step.change is not None
        assert (step.change.table_ids, step.change.binned) == ({second}, {first})
        assert [entry.id for entry in book.deleted()] == [first]
        assert book.table(first) == replace(FILLED, form="外来", title="改过的标题")
        assert book.form("外来") == b"workbook"
        before = book.dump_sql()
        book.undo()
        assert book.deleted() == []
        book.redo()
        assert book.dump_sql() == before
        with book.step("恢复") as step:
            step.restore_table(first)
        assert book.table_ids() == [second, first]


def test_emptying_the_bin_keeps_what_was_undone(path: Path) -> None:
    with Book.open(path) as book:
        with book.step("添加") as step:
            old = step.add_table(FILLED)
        with book.step("删除") as step:
            step.delete_table(old)
        with book.step("导入") as step:
            new = step.add_table(FILLED)
        book.undo()
        book.purge()
        assert [entry.id for entry in book.deleted()] == [new]
        assert book.table(new) == FILLED


def test_what_an_undo_would_do_is_known_before(path: Path) -> None:
    with Book.open(path) as book:
        with book.step("导入") as step:
            one, two = step.add_table(FILLED), step.add_table(FILLED)
        found = book.ahead(undo=True)
        assert found is not None
        assert found.is_bulk
        assert found.leaving == {one, two}
        with book.step("修改") as step:
            step.put_table(one, replace(FILLED, title="新", fields={"project_name": "新名"}))
        found = book.ahead(undo=True)
        assert found is not None
        assert (found.is_edit, found.is_bulk, found.table_ids) == (True, False, {one})
        with book.step("移动") as step:
            step.move_table(two, 0)  # the others only make room
        found = book.ahead(undo=True)
        assert found is not None
        assert not found.is_bulk
        with book.step("新建") as step:
            step.add_table(Table(fields={"project_name": "空"}))
        found = book.ahead(undo=True)
        assert found is not None
        assert (found.is_edit, found.is_bulk) == (False, False)
        with book.step("删除") as step:
            step.delete_table(one)
            step.delete_table(two)
        found = book.ahead(undo=True)
        assert found is not None
        assert (found.is_edit, found.is_bulk, found.leaving) == (False, True, frozenset())
        assert book.ahead(undo=False) is None
        book.undo()
        found = book.ahead(undo=False)
        assert found is not None
        assert found.is_bulk


def test_the_first_undo_of_what_was_there_at_opening_is_known(path: Path) -> None:
    with Book.open(path) as book:
        with book.step("添加") as step:
            table_id = step.add_table(FILLED)
        with book.step("改 1") as step:
            step.put_table(table_id, replace(FILLED, title="1"))
        assert not told_as_found(book)
    with Book.open(path) as book:
        assert told_as_found(book)
        with book.step("改 2") as step:
            step.put_table(table_id, replace(FILLED, title="2"))
        assert not told_as_found(book)
        book.undo()
        assert told_as_found(book)
        book.undo()
        assert not told_as_found(book)
        with book.step("改 3") as step:
            step.put_table(table_id, replace(FILLED, title="3"))
        assert not told_as_found(book)


def told_as_found(book: Book) -> bool:
    step = book.ahead(undo=True)
    assert step is not None
    return step.was_found


def test_only_the_last_steps_are_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert history.KEPT_STEPS == 1000
    monkeypatch.setattr(history, "KEPT_STEPS", 3)
    with Book.open(path) as book:
        with book.step("添加") as step:
            table_id = step.add_table(Table())
        for number in range(1, 6):
            with book.step(f"改 {number}") as step:
                step.put_table(table_id, Table(title=str(number)))
        names = []
        while change := book.undo():
            names.append(change.name)
        assert names == ["改 5", "改 4", "改 3"]
        assert book.table(table_id).title == "2"


def test_a_step_of_a_newer_program_is_not_guessed_at(path: Path) -> None:
    with Book.open(path) as book:
        with book.step("添加") as step:
            step.add_table(Table())
        before = book.dump_sql()
        with book._db.atomic():
            book._db.execute('UPDATE history SET patch = \'{"colours":{"put":[],"delete":[]}}\'')
        with pytest.raises(BookError, match="更新的版本"):
            book.undo()
        assert book.dump_sql() == before
        assert book.undo_name == "添加"
