"""The printable report: every finding, by agency, year and table, as a Word document."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from jixiao.app.checking.checking import check
from jixiao.app.checking.mending import ignore_rule
from jixiao.app.checking.options import silence_rule
from jixiao.app.checking.report import place_in_words, report_parts, write_check_report
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.session import Session
from jixiao.io.files.read.door import read_grids
from jixiao.model.errors import ExportError
from jixiao.model.table import Table
from tests.io.forms import truth

FORMS = FormLibrary(folders=[])
MEETING = "lukou2026-project-1"


def book_of(folder: Path, *tables: Table) -> Session:
    session = Session.open(folder / "book.jxb", FORMS)
    with session.book.step("添加") as step:
        for table in tables:
            session.add_table(step, table)
    return session


def texts_of(path: Path) -> list[str]:
    return [cell.text for grid in read_grids(path) for cell in grid.cells]


def test_the_report_has_a_chapter_for_each_agency_and_year(tmp_path: Path) -> None:
    tables = (truth(MEETING), truth("lukou2026-project-2"), truth("hetang2024-project-1"))
    path = tmp_path / "报告.docx"
    with book_of(tmp_path, *tables) as session:
        found = check(session)
        parts = report_parts(session, found)
        assert write_check_report(session, path) == len(found)
        one = write_check_report(session, tmp_path / "one.docx", [found[0].table_id])
    assert one == sum(f.table_id == found[0].table_id for f in found)
    assert [part.title.split()[-2:] for part in parts] == [["2026", "年度"], ["2024", "年度"]]
    paragraphs = docx.Document(str(path)).paragraphs
    chapters = [p.text for p in paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert chapters == [part.title for part in parts]
    texts = texts_of(path)
    groups = [text for text in texts if "百分比" in text and "处：" in text]
    assert len(groups) == 2  # what repeats itself in a table is one line that names all places
    for one in found:
        told = any(one.finding.message in text for text in texts)
        assert told or any(one.finding.indicator in text for text in groups)


def test_a_report_says_what_was_not_asked_and_why(tmp_path: Path) -> None:
    path = tmp_path / "r.docx"
    with book_of(tmp_path, truth(MEETING)) as session:
        silence_rule(session, "V7", "系统这样打印")
        write_check_report(session, path)
    texts = texts_of(path)
    assert "这个账本不检查：度量单位写法特殊（系统这样打印）。" in texts
    assert not [text for text in texts if "通行写法是“%”" in text]


def test_what_was_let_be_is_told_with_its_reason(tmp_path: Path) -> None:
    with book_of(tmp_path, truth(MEETING)) as session:
        ((table_id, _),) = session.book.tables()
        ignore_rule(session, "V7", table_id, "系统这样打印")
        (part,) = report_parts(session, check(session))
        write_check_report(session, tmp_path / "r.docx")
    rows = [row for table in part.tables for row in table.rows if row.ignored]
    assert {row.ignored for row in rows} == {"系统这样打印"}
    assert f"已忽略 {len(rows)}" in part.tables[0].summary
    assert [t for t in texts_of(tmp_path / "r.docx") if t.endswith("已忽略：系统这样打印")]


def test_places_are_named_as_a_clerk_finds_them(tmp_path: Path) -> None:
    first, second, *rest = truth(MEETING).indicators
    first = replace(first, comparator="大约")
    second = replace(second, level3="无", comparator="大约")
    rows = (first, second, replace(second, level2="质量指标"), *rest)
    with book_of(tmp_path, replace(truth(MEETING), indicators=rows)) as session:
        found = check(session)
    places = [place_in_words(one.table, one.finding) for one in found]
    assert f"{first.level3} · 指标值类型" in places
    assert f"{second.level2} · 无 · 指标值类型" in places
    assert "质量指标 · 无 · 指标值类型" in places
    assert "年度绩效目标" in places
    assert not [place for place in places if re.search(r"[A-Z]\d|[a-z]_", place)]


def test_a_group_that_names_its_rows_tells_only_the_column(tmp_path: Path) -> None:
    with book_of(tmp_path, truth("lukou2026-department")) as session:
        (part,) = report_parts(session, check(session))
    places = {row.place for table in part.tables for row in table.rows}
    assert [place for place in places if re.fullmatch(r"[^·\n]+（\d+ 处）", place)]


def test_tables_without_findings_are_named(tmp_path: Path) -> None:
    with book_of(tmp_path, truth(MEETING)) as session:
        (part,) = report_parts(session, [])
        assert part.tables == []
        assert part.faultless == [" ".join(truth(MEETING).name.split())]
        assert "没有发现问题" in part.summary


def test_a_report_of_nothing_says_so(tmp_path: Path) -> None:
    with book_of(tmp_path) as session:
        assert write_check_report(session, tmp_path / "r.docx") == 0
    assert "没有发现问题。" in texts_of(tmp_path / "r.docx")


def test_a_target_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "r.docx").mkdir()
    with book_of(tmp_path) as session, pytest.raises(ExportError, match="文件夹"):
        write_check_report(session, tmp_path / "r.docx")
