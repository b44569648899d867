"""Tables for which no form is there: kept, shown as such, given back, and not exported empty."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from jixiao.app.checking.checking import check_book
from jixiao.app.collecting.collect import collect, plan_collecting
from jixiao.app.exporting import dump_book, export_tables
from jixiao.app.importing.drafts import import_files, load_files
from jixiao.app.search import find
from jixiao.app.session import Session
from jixiao.app.summary import write_summary
from jixiao.io.paper.form.fill import unshown
from jixiao.io.paper.form.stand_in import is_stand_in

ROWS = [{"收入/项目": "一、拨款", "收入/预算数": "896.28"}, {"收入/项目": "二、非税"}]
BUDGET = {
    "kind": "budget", "form": "biao01", "agency": "甲局", "year": 2024, "title": "收支总表",
    "money_unit": "万元", "rows": ROWS,
}  # fmt: skip
REVIEWED = {
    "stage": "self_evaluation", "kind": "project", "agency": "甲局", "year": 2024,
    "fields": {"project_name": "渡船"}, "results": {"total_score": "89"},
    "indicators": [
        {"level1": "产出指标", "level2": "数量指标", "level3": "渡船", "comparator": "≥",
         "value": "5", "unit": "艘", "weight": "50", "actual": "4"},
    ],
}  # fmt: skip


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.open(tmp_path / "账本.jxb") as session:
        yield session


def exchange(path: Path, *tables: object) -> Path:
    content = {"format": "jixiao-exchange", "version": 1, "tables": list(tables)}
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return path


@pytest.mark.parametrize("take", [load_files, import_files])
def test_a_book_gives_back_what_it_does_not_know(session: Session, tmp_path: Path, take) -> None:
    (report,) = take(session, [exchange(tmp_path / "甲.json", BUDGET, REVIEWED)])
    assert len(report.table_ids) == 2
    text = dump_book(session)
    budget, reviewed = json.loads(text)["tables"]
    assert budget["rows"] == ROWS
    assert reviewed["results"] == REVIEWED["results"]
    assert reviewed["indicators"][0]["actual"] == "4"
    again = tmp_path / "又.json"
    again.write_text(text, "utf-8")
    with Session.open(tmp_path / "二.jxb") as second:
        load_files(second, [again])
        assert dump_book(second) == text


def test_a_kind_that_is_unknown_is_refused_by_name(session: Session, tmp_path: Path) -> None:
    (report,) = load_files(session, [exchange(tmp_path / "甲.json", {**BUDGET, "kind": "invoice"})])
    assert "invoice" in report.reason
    assert not report.table_ids


def test_it_is_shown_as_a_table_without_a_form(session: Session, tmp_path: Path) -> None:
    load_files(session, [exchange(tmp_path / "甲.json", BUDGET)])
    ((_, table),) = session.book.tables()
    form, page = session.form_of(table), session.page_of(table)
    assert is_stand_in(form)
    assert not list(page.bound())
    assert next(cell.text for cell in page.cells) == "收支总表"
    told = {lost.label: lost.text for lost in unshown(form, table)}
    assert "896.28" in told["rows"]


def test_export_says_so_and_writes_no_empty_file(session: Session, tmp_path: Path) -> None:
    load_files(session, [exchange(tmp_path / "甲.json", BUDGET, REVIEWED)])
    report = export_tables(session, tmp_path / "出")
    assert [one.table for one in report.written] == ["渡船", "渡船"]
    assert "没有这种表的表样" in report.failed[0]
    assert len(report.failed) == 1
    told = {lost.label: lost.text for lost in report.written[0].unshown}
    assert told["results"] == "total_score 89"
    assert next(text for label, text in told.items() if label.endswith("第1行 actual")) == "4"


def test_the_rest_of_the_program_gets_on_with_it(session: Session, tmp_path: Path) -> None:
    load_files(session, [exchange(tmp_path / "甲.json", BUDGET)])
    assert not check_book(session)
    write_summary(session, tmp_path / "汇总.xlsx")
    (hit,) = find(session, "收支")
    assert hit.binding.name == "title"


def test_collecting_sees_that_they_differ(session: Session, tmp_path: Path) -> None:
    load_files(session, [exchange(tmp_path / "甲.json", BUDGET)])
    newer = exchange(tmp_path / "乙.json", {**BUDGET, "rows": ROWS[:1]})
    plan = plan_collecting(session, [newer])
    assert plan.count("conflict") == 1
    collect(session, plan, otherwise="theirs")
    assert json.loads(dump_book(session))["tables"][0]["rows"] == ROWS[:1]
