"""The text of each table that is searched: always that of the table as it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.model.book import Book
from jixiao.model.search import rebuild, search_key, search_text
from jixiao.model.table import Indicator
from tests.model.book_samples import TABLE, add


@pytest.fixture
def book(tmp_path: Path):
    with Book.open(tmp_path / "b.jxb") as book:
        yield book


def test_case_and_width_do_not_matter() -> None:
    assert search_key("ＡＢＣ（１）") == search_key("abc(1)")
    assert search_key("㎡") == "m2"


def test_every_text_stands_once_and_none_runs_into_the_next() -> None:
    text = search_text(TABLE)
    assert text.count("产出指标") == 1
    assert "活动次数≥" not in text
    assert "≥10次" in text


@pytest.mark.parametrize("text", ["代表活动", "≥95%", "权重", "101001", "2026", "35%", "a%b_'"])
def test_texts_are_found_literally(book: Book, text: str) -> None:
    [one] = add(book, TABLE)
    [two] = add(book, replace(TABLE, notes=("A%B_'",), indicators=(), fields={}, year=2025))
    expected = {
        "代表活动": {one},
        "≥95%": {one},
        "权重": set(),  # the header of a column is no text of the table
        "101001": {one, two},
        "2026": {one},
        "35%": {one, two},
        "a%b_'": {two},
    }
    assert book.tables_with(text) == expected[text]


def test_found_is_what_stands_there_now(book: Book) -> None:
    [one] = add(book, TABLE)
    with book.step("改") as step:
        step.put_table(one, replace(TABLE, indicators=(Indicator(level3="新指标"),)))
    assert (book.tables_with("新指标"), book.tables_with("活动次数")) == ({one}, set())
    book.undo()
    assert (book.tables_with("新指标"), book.tables_with("活动次数")) == (set(), {one})
    with book.step("删") as step:
        step.delete_table(one)
    assert book.tables_with("活动次数") == set()
    book.undo()
    assert book.tables_with("活动次数") == {one}
    with pytest.raises(ZeroDivisionError), book.step("失败") as step:  # noqa: PT012
        step.put_table(one, replace(TABLE, title="没有成的"))
        _ = 1 / 0
    assert book.tables_with("没有成的") == set()


def test_many_tables_at_once(book: Book) -> None:
    ids = add(book, *(replace(TABLE, title=f"第{n}张表") for n in range(1100)))
    assert len(book.tables_with("张表")) == 1100
    assert book.tables_with("第1099张") == {ids[-1]}
    with book._db.atomic():
        book._db.conn.execute("DELETE FROM texts")
        rebuild(book._db.conn)
    assert book.tables_with("第7张") == {ids[7]}
