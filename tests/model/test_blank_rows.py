"""A row in which nothing is written is no indicator for checks, papers, exchange files, counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from openpyxl import load_workbook

from jixiao.app.checking.checking import check_book
from jixiao.app.exporting import dump_book, export_tables
from jixiao.app.overview.facts import facts_of
from jixiao.app.session import Session
from jixiao.app.summary import summary_entries
from jixiao.io.files.exchange import load_tables
from jixiao.io.files.read.door import read_grids
from jixiao.model.blank_rows import without_blank_rows
from jixiao.model.checks import Profile, check_table
from jixiao.model.table import Indicator, LevelPair, Table, Task
from tests.io.forms import truth
from tests.model.checks.samples import correct, found, project, row
from tests.strategies import tables

BLANK = Indicator()
SPACES = Indicator(value=" ", explanation="\n", extra={"责任科室": ""})
LEVELS = Indicator("产出指标", "时效指标")


def test_a_table_with_nothing_but_an_empty_row_has_no_indicator() -> None:
    empty = project()
    for blank in (BLANK, SPACES):
        table = replace(empty, indicators=(blank,))
        assert check_table(table) == check_table(empty)
        assert "S3" in {f.rule for f in check_table(table)}


@pytest.mark.parametrize("name", list(correct())[:4])
def test_empty_rows_change_no_finding(name: str) -> None:
    table = correct()[name]
    rows = table.indicators
    longer = replace(table, indicators=(*rows[:2], *rows[2:], BLANK, SPACES))
    profile = Profile(levels=tuple((r.level1, r.level2) for r in rows))
    assert check_table(longer, profile) == check_table(table, profile)
    facts = facts_of(1, table)
    assert facts_of(1, replace(longer, indicators=(*rows, SPACES))) == facts


def test_a_class_with_nothing_but_levels_is_missing_and_its_row_told() -> None:
    told = project(row("数量指标", "培训期数", "≥", "4", "期"), LEVELS)
    assert "时效指标" in {f.matter for f in found(told, "S3")}
    (nameless,) = found(told, "S4")
    assert nameless.index == 1


def test_what_leaves_has_no_empty_rows_and_the_book_keeps_them(tmp_path: Path) -> None:
    whole = truth("hetang2024-project-1")
    rows = (BLANK, *whole.indicators, LEVELS, SPACES)
    with Session.open(tmp_path / "a.jxb") as session:
        with session.book.step("添加") as step:
            table_id = session.add_table(step, replace(whole, indicators=rows, tasks=(Task(),)))
        errors = [one for one in check_book(session) if one.finding.severity == "error"]
        report = export_tables(session, tmp_path / "out", ("xlsx", "docx"))
        (dumped,) = load_tables(dump_book(session))
        (entry,) = summary_entries(session)
        assert session.book.table(table_id).indicators == rows
    for written in report.written:
        (grid, *_) = read_grids(written.path)
        texts = [cell.text for cell in grid.cells]
        assert sum("时效指标" in text for text in texts) <= 1
    sheet = load_workbook(report.written[0].path).active
    assert sheet is not None
    bare = replace(whole, tasks=())
    with Session.open(tmp_path / "b.jxb") as session:
        with session.book.step("添加") as step:
            session.add_table(step, bare)
        (alone,) = export_tables(session, tmp_path / "bare", ("xlsx",)).written
        assert len([e for e in check_book(session) if e.finding.severity == "error"]) == len(errors)
    other = load_workbook(alone.path).active
    assert other is not None
    assert sheet.max_row == other.max_row
    assert dumped.indicators == whole.indicators
    assert dumped.tasks == ()
    assert entry.table.indicators == whole.indicators


def test_rows_of_levels_become_empty_levels() -> None:
    told = row("数量指标", "培训期数", "≥", "4", "期")
    twice = replace(LEVELS, level2="时效")
    table = Table(indicators=(told, LEVELS, twice, Indicator("产出指标", "数量指标")))
    left = without_blank_rows(table)
    assert left.indicators == (told,)
    assert left.empty_levels == (LevelPair("产出指标", "时效指标"),)


@given(tables())
def test_it_is_done_once_and_keeps_every_text(table: Table) -> None:
    left = without_blank_rows(table)
    assert without_blank_rows(left) == left
    assert (left == table) == (left is table)
    texts = [
        [r for r in t.indicators if r.level3.strip() or r.value.strip()] for t in (table, left)
    ]
    assert texts[0] == texts[1]
