"""What an exchange file tells under unknown keys stays in the book, with its row."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.model.book import Book
from jixiao.model.table import Indicator, LevelPair, Table, Task

BOOKS = Path(__file__).parents[1] / "data" / "books"
TABLE = Table(
    agency="甲局",
    year=2025,
    fields={"project_name": "渡船"},
    tasks=(Task("更新", other='{"amount": "60"}'),),
    indicators=(
        Indicator(level3="渡船", extra={"权重": "50"}, other='{"weight": "50"}'),
        Indicator(level3="事故"),
    ),
    empty_levels=(LevelPair("满意度指标", other='{"filled_with": "/"}'),),
    other='{"stage": "self_evaluation"}',
)


def test_they_stay_with_table_and_row(tmp_path: Path) -> None:
    moved = replace(TABLE, indicators=TABLE.indicators[::-1], other="")
    with Book.open(tmp_path / "b.jxb") as book:
        with book.step("添") as step:
            table_id = step.add_table(TABLE)
        with book.step("换位") as step:
            step.put_table(table_id, moved)
        assert book.table(table_id) == moved
        book.undo()
        assert book.table(table_id) == TABLE
    with Book.open(tmp_path / "b.jxb") as book:
        assert book.table(table_id) == TABLE


def test_a_version_keeps_them(tmp_path: Path) -> None:
    with Book.open(tmp_path / "b.jxb") as book:
        with book.step("添") as step:
            step.add_table(TABLE)
            year_id = book.tree()[0].years[0].id
        with book.step("存") as step:
            version_id = step.versions.freeze(year_id, "一上")
        assert [one.table for one in book.version_tables(version_id)] == [TABLE]


@pytest.mark.parametrize("name", ["book-1.0.db", "book-2.0.db", "book-3.0.db", "book-3.1.db"])
def test_an_older_book_can_keep_them(tmp_path: Path, name: str) -> None:
    path = tmp_path / "旧.jxb"
    shutil.copy(BOOKS / name, path)
    path.chmod(0o600)
    with Book.open(path) as book:
        before = list(book.tables())
        assert all(not table.other for _, table in before)
        table_id, table = before[0]
        with book.step("添") as step:
            step.put_table(table_id, replace(table, other='{"stage": "goal"}'))
        while book.undo():  # steps that were recorded when the columns were not there
            pass
        while book.redo():
            pass
        assert book.table(table_id).other == '{"stage": "goal"}'
