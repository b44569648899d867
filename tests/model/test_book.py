"""What a book keeps, finds, refuses and copies."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from jixiao.model.book import Book
from jixiao.model.errors import BookError
from jixiao.model.history import Change
from jixiao.model.schema import APPLICATION_ID, CONTENT, MAJOR, MINOR, VERSION_PARTS
from jixiao.model.step import StepError
from jixiao.model.table import LIST_NAMES, ROW_TYPES, Share, Table
from tests.model.book_samples import TABLE, add
from tests.strategies import tables

TRUTHS = sorted((Path(__file__).parents[1] / "data" / "truth").glob("*.json"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "账本 1.jxb"


def from_truth(file: Path) -> Table:
    """A table with the rows and fields of a truth file (what the exchange reader will do well)."""
    told = json.loads(file.read_text(encoding="utf-8"))
    schedule = told["fields"].pop("payment_schedule", None) or ()
    lists = {
        name: tuple(
            ROW_TYPES[name](**{key: value for key, value in row.items() if value is not None})
            for row in told.get(name, ())
        )
        for name in LIST_NAMES
    }
    return Table(
        agency=told["agency"],
        agency_code=told["agency_code"] or "",
        year=told["year"],
        kind=told["kind"],
        title=told["title"],
        money_unit=told["money_unit"],
        fields={key: value for key, value in told["fields"].items() if value is not None},
        payment_schedule=tuple(Share(**share) for share in schedule),
        notes=tuple(told["notes"]),
        **lists,
    )


def shape(book: Book) -> list[tuple[str, list[tuple[int | None, list[int]]]]]:
    return [
        (agency.name, [(year.year, [t.id for t in year.tables]) for year in agency.years])
        for agency in book.tree()
    ]


# What it keeps


@pytest.mark.parametrize("file", TRUTHS, ids=lambda file: file.stem)
def test_real_tables_come_back_equal(path: Path, file: Path) -> None:
    table = from_truth(file)
    with Book.open(path) as book:
        [table_id] = add(book, table)
    with Book.open(path) as book:
        assert book.table(table_id) == table
        assert list(book.table(table_id).fields) == list(table.fields)
        assert list(book.tables()) == [(table_id, table)]


@settings(max_examples=40, deadline=None)
@given(first=tables(), second=tables())
def test_any_table_comes_back_equal(
    tmp_path_factory: pytest.TempPathFactory, first: Table, second: Table
) -> None:
    with Book.open(tmp_path_factory.mktemp("book") / "b.jxb") as book:
        [table_id] = add(book, first)
        assert book.table(table_id) == first
        with book.step("改") as step:
            step.put_table(table_id, second)
        assert book.table(table_id) == second
        assert book.find(second.agency, second.year, second.kind, second.name) == [table_id]
        assert list(book.tables()) == [(table_id, second)]


def test_half_a_surrogate_pair_is_kept_as_far_as_a_file_can(path: Path) -> None:
    with Book.open(path) as book:
        [table_id] = add(book, Table(title="吉\ud842\udfb7", notes=("半\ud842",)))
        assert book.table(table_id).title == "吉𠮷"
        assert book.table(table_id).notes == ("半�",)


def test_schema_has_a_column_for_everything_that_a_table_says(path: Path) -> None:
    with Book.open(path):
        pass
    with sqlite3.connect(path) as db:
        for table in CONTENT.values():
            info = db.execute(f"PRAGMA table_info({table.name})").fetchall()
            assert tuple(row[1] for row in info) == table.columns
            assert sum(row[5] > 0 for row in info) == table.key
        strict = dict(db.execute("SELECT name, strict FROM pragma_table_list"))
        version = db.execute("PRAGMA user_version").fetchone()[0]
        assert db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.close()
    assert all(strict[name] for name in [*CONTENT, "history"])
    assert (version >> 16, version & 0xFFFF) == (MAJOR, MINOR)
    kept = {
        "agency",
        "agency_code",
        "year",
        "kind",
        "title",
        "money_unit",
        "form",
        "vintage",
        "other",
    }
    assert {field.name for field in fields(Table)} == kept | {*CONTENT} - {
        *("agencies", "years", "tables", "forms", "settings", *VERSION_PARTS)
    }


def test_forms_are_kept_as_they_are(path: Path) -> None:
    with Book.open(path) as book:
        with book.step("表样") as step:
            step.put_form("通用项目", "通用项目支出绩效目标表", b"PK\0\xff")
            step.put_form("a", "另一个", b"")
        assert step.change is not None
        assert step.change.forms == {"通用项目", "a"}
        assert book.form("通用项目") == b"PK\0\xff"
        assert book.form("没有") is None
        assert book.forms() == [("a", "另一个"), ("通用项目", "通用项目支出绩效目标表")]
        with book.step("更新表样") as step:
            step.put_form("a", "新的", b"2")
        book.undo()
        assert (book.form("a"), book.forms()[0]) == (b"", ("a", "另一个"))


# The tree


def test_tree_orders_agencies_as_they_came_and_years_newest_first(path: Path) -> None:
    with Book.open(path) as book:
        ids = add(
            book,
            TABLE,
            replace(TABLE, year=None),
            replace(TABLE, year=2027),
            replace(TABLE, agency="", agency_code="", year=None),
            replace(TABLE, agency_code="别的", kind="department", fields={"department_name": "办"}),
        )
        assert shape(book) == [
            ("渌口区人大办", [(2027, [ids[2]]), (2026, [ids[0], ids[4]]), (None, [ids[1]])]),
            ("", [(None, [ids[3]])]),
        ]
        agency = book.tree()[0]
        assert agency.code == "101001"
        entry = agency.years[1].tables[1]
        assert (entry.name, entry.kind, entry.form, entry.title, entry.state, entry.position) == (
            *("办", "department", "", "项目支出绩效目标表", "草稿", 1),
        )
        assert [table_id for table_id, _ in book.tables()] == [
            *(ids[2], ids[0], ids[4], ids[1], ids[3])
        ]
        assert book.find("渌口区人大办", None, "project", "代表活动经费") == [ids[1]]
        assert book.find("渌口区人大办", 2025, "project", "代表活动经费") == []


def test_a_table_moves_with_its_agency_and_year(path: Path) -> None:
    with Book.open(path) as book:
        one, two = add(book, TABLE, TABLE)
        with book.step("年度") as step:
            step.put_table(one, replace(TABLE, year=2027))
        assert shape(book) == [("渌口区人大办", [(2027, [one]), (2026, [two])])]
        with book.step("单位") as step:
            step.put_table(one, replace(TABLE, agency="新单位"))
            step.put_table(two, replace(TABLE, agency="新单位"))
        assert shape(book) == [("新单位", [(2026, [one, two])])]
        assert step.change is not None
        assert step.change.tree


def test_a_corrected_agency_keeps_its_place(path: Path) -> None:
    with Book.open(path) as book:
        one, two = add(book, replace(TABLE, agency="渌囗区人大办"), replace(TABLE, agency="后"))
        with book.step("改字") as step:
            step.put_table(one, TABLE)
        assert shape(book) == [("渌口区人大办", [(2026, [one])]), ("后", [(2026, [two])])]
        with book.step("合并") as step:
            step.put_table(one, replace(TABLE, agency="后", year=2025))
        assert shape(book) == [("后", [(2026, [two]), (2025, [one])])]


def test_tables_move_within_their_year(path: Path) -> None:
    with Book.open(path) as book:
        ids = add(book, TABLE, TABLE, TABLE)
        with book.step("移动") as step:
            step.move_table(ids[2], 0)
        assert shape(book)[0][1] == [(2026, [ids[2], ids[0], ids[1]])]
        with book.step("移动") as step:
            step.move_table(ids[2], 99)
            new = step.add_table(TABLE, position=1, state="完成")
        assert shape(book)[0][1] == [(2026, [ids[0], new, ids[1], ids[2]])]
        entry = book.tree()[0].years[0].tables[1]
        assert (entry.state, entry.position) == ("完成", 1)
        with book.step("状态") as step:
            step.set_state(new, "草稿")
        assert book.tree()[0].years[0].tables[1].state == "草稿"


def test_deleted_tables_wait_in_the_recycle_bin(path: Path) -> None:
    with Book.open(path) as book:
        [table_id] = add(book, TABLE)
        with book.step("删除") as step:
            step.delete_table(table_id)
        assert book.tree() == []
        assert list(book.tables()) == []
        assert book.find(TABLE.agency, TABLE.year, TABLE.kind, TABLE.name) == []
        assert book.table(table_id) == TABLE
        [entry] = book.deleted()
        assert (entry.id, entry.name, entry.agency, entry.year) == (
            *(table_id, TABLE.name, TABLE.agency, 2026),
        )
        with pytest.raises(BookError, match="回收站"), book.step("改") as step:
            step.put_table(table_id, Table())
        with book.step("恢复") as step:
            step.restore_table(table_id)
        assert shape(book) == [("渌口区人大办", [(2026, [table_id])])]
        assert book.deleted() == []
        with pytest.raises(BookError, match="不在回收站"), book.step("恢复") as step:
            step.restore_table(table_id)


def test_an_unknown_table_is_said_so(path: Path) -> None:
    with Book.open(path) as book:
        with pytest.raises(BookError, match="找不到这张表"):
            book.table(7)
        with pytest.raises(BookError, match="找不到这张表"), book.step("改") as step:
            step.put_table(7, TABLE)


# Steps


def test_only_changed_rows_are_written(path: Path) -> None:
    with Book.open(path) as book:
        [table_id] = add(book, TABLE)
        second = replace(TABLE.indicators[1], value="96")
        changed = replace(TABLE, indicators=(TABLE.indicators[0], second))
        statements: list[str] = []
        book._db.conn.set_trace_callback(statements.append)  # what SQLite really does
        with book.step("修改 指标值", table_id=table_id) as step:
            step.put_table(table_id, changed)
        book._db.conn.set_trace_callback(None)
        assert book.table(table_id) == changed
    writes = [s for s in statements if s.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [s.split()[2] for s in writes if "history" not in s] == ["indicators", "texts"]


def test_a_failed_step_leaves_nothing(path: Path) -> None:
    told: list[Change] = []
    with Book.open(path) as book:
        [table_id] = add(book, TABLE)
        before = book.dump_sql()
        book.subscribe(told.append)
        with pytest.raises(ZeroDivisionError), book.step("坏") as step:  # noqa: PT012
            step.put_table(table_id, replace(TABLE, agency="x", notes=()))
            step.add_table(TABLE)
            _ = 1 / 0
        assert book.dump_sql() == before
        assert book.undo_name == "添加"
        assert (step.change, told) == (None, [])
        add(book, TABLE)
    assert len(told) == 1


def test_a_step_without_change_leaves_no_history(path: Path) -> None:
    with Book.open(path) as book:
        [table_id] = add(book, TABLE)
        book.undo()
        book.redo()
        add(book, TABLE)
        book.undo()
        before = path.read_bytes()
        with book.step("空") as step:
            step.put_table(table_id, TABLE)
            step.move_table(table_id, 0)
        assert step.change is None
        assert path.read_bytes() == before
        with book.step("来回") as step:
            step.put_table(table_id, Table())
            step.put_table(table_id, TABLE)
        assert step.change is None
        assert (book.undo_name, book.redo_name) == ("添加", "添加")


def test_writing_needs_an_open_step(path: Path) -> None:
    with Book.open(path) as book:
        with book.step("一") as step:
            [table_id] = [step.add_table(TABLE)]
            with pytest.raises(StepError), book.step("二"):
                pass
            with pytest.raises(StepError):
                book.undo()
            with pytest.raises(StepError):
                book.save_copy(path.with_name("c.jxb"))
            with pytest.raises(StepError):
                book.close()
        for write in (
            lambda: step.add_table(TABLE),
            lambda: step.put_table(table_id, Table()),
            lambda: step.delete_table(table_id),
            lambda: step.put_form("a", "b", b""),
        ):
            with pytest.raises(StepError):
                write()
        assert book.table(table_id) == TABLE


def test_changes_are_told(path: Path) -> None:
    told: list[Change] = []
    with Book.open(path) as book:
        stop = book.subscribe(told.append)
        one, two = add(book, TABLE, TABLE)
        with book.step("改", table_id=two) as step:
            step.put_table(two, replace(TABLE, notes=()))
        book.undo()
        book.redo()
        stop()
        book.undo()
    text = Change("改", frozenset({two}), tree=False, forms=frozenset(), focus=two)
    both = Change("添加", frozenset({one, two}), tree=True, forms=frozenset(), focus=one)
    assert told == [both, text, text, text]
    assert step.change == text


def test_some_tables_come_in_the_order_of_the_tree(path: Path) -> None:
    with Book.open(path) as book:
        ids = add(book, *(replace(TABLE, year=year) for year in (2024, 2026, 2025)))
        with book.step("删除") as step:
            step.delete_table(ids[2])
        assert book.table_ids() == [ids[1], ids[0]]
        assert [i for i, _ in book.tables({*ids, 99})] == [ids[1], ids[0]]
        assert [i for i, _ in book.tables({ids[0]})] == [ids[0]]
        assert list(book.tables(())) == []
        assert [i for i, _ in book.tables(range(1000))] == [ids[1], ids[0]]


def test_a_book_is_read_without_the_tools_for_writing(path: Path) -> None:
    with Book.open(path) as book:
        add(book, TABLE)
    script = (
        "import sys\nfrom pathlib import Path\nfrom jixiao.model.book import Book\n"
        "with Book.open(Path(sys.argv[1])) as book:\n    assert list(book.tables())\n"
        "print('sqlite_utils' in sys.modules)"
    )
    command = [sys.executable, "-c", script, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"
