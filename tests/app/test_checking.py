"""Findings of a book: in the order of the tree, at the cell the user sees."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.app.checking.checking import (
    cell_of,
    check,
    check_around,
    check_book,
    findings_json,
    has_errors,
)
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.session import Session
from jixiao.io.paper.form.fill import fill
from jixiao.model.checks import Finding
from jixiao.model.table import Indicator, Table
from tests.io.forms import built_in, truth

FORMS = FormLibrary(folders=[])


def book_of(folder: Path, *tables: Table) -> Session:
    session = Session.open(folder / "book.jxb", FORMS)
    with session.book.step("添加") as step:
        for table in tables:
            session.add_table(step, table)
    return session


def with_total(table: Table, total: str) -> Table:
    return replace(table, fields={**table.fields, "budget_total": total})


def test_a_wrong_sum_is_found_where_it_stands(tmp_path: Path) -> None:
    wrong = with_total(truth("lukou2026-department"), "1.00")
    with book_of(tmp_path, wrong) as session:
        findings = check_book(session)
        assert has_errors(findings)
        report = json.loads(json.dumps(findings_json(session, findings)))["findings"]
    sums = [entry for entry in report if entry["field"] == "budget_total"]
    assert sums
    first = sums[0]
    assert first["severity"] == "error"
    assert first["rule"].startswith("M")
    assert (first["agency"], first["year"], first["kind"]) == (wrong.agency, 2026, "department")
    assert first["table"] == wrong.name
    assert "1.00" in first["message"]
    cells = {entry["cell"] for entry in sums}
    page = fill(built_in("lukou2026-bumen"), wrong)
    place = next(cell for cell in page.cells if cell.text == "1.00")
    assert page.address(place.row, place.col) in cells


def test_the_keys_of_the_report(tmp_path: Path) -> None:
    with book_of(tmp_path, with_total(truth("lukou2026-department"), "1.00")) as session:
        report = findings_json(session, check_book(session))["findings"]
    keys = "rule dimension severity agency year kind table field indicator cell message fix"
    assert all(set(keys.split()) <= set(entry) for entry in report)
    assert {entry["severity"] for entry in report} <= {"error", "warning", "hint"}


def finding(field: str, rows: str | None, index: int | None) -> Finding:
    return Finding(
        rule="V6",
        dimension="规范性",
        severity="error",
        message="",
        hint="",
        field=field,
        rows=rows,  # type: ignore[arg-type]
        index=index,
    )


@pytest.mark.parametrize(
    ("field", "rows", "index", "cell"),
    [
        ("annual_goal", None, None, "C8"),
        ("payment_schedule", None, None, "C7"),
        ("title", None, None, "A1"),
        ("value", "indicators", 0, "I11"),
        ("unit", "indicators", 1, "I12"),
        ("level3", "indicators", 1, "D12"),
        ("basis", "indicators", 0, "K11"),
        ("explanation", "indicators", 0, "F11"),
        ("level1", "indicators", 0, "A11"),
        ("duties", None, None, ""),
        ("remark", "indicators", 0, ""),
        ("value", "indicators", 99, ""),
    ],
)
def test_the_cell_of_a_finding(field: str, rows: str | None, index: int | None, cell: str) -> None:
    page = fill(built_in("lunan2025-xiangmu"), truth("lunan2025-project-1"))
    assert cell_of(page, finding(field, rows, index)) == cell


def test_a_book_without_tables_has_no_findings(tmp_path: Path) -> None:
    with book_of(tmp_path) as session:
        assert check_book(session) == []
        assert not has_errors([])


def test_one_table_is_compared_with_its_neighbours(tmp_path: Path) -> None:
    tables = (truth("lukou2026-department"), truth("lukou2026-project-1"))
    with book_of(tmp_path, *tables) as session:
        department = next(i for i, t in session.book.tables() if t.kind == "department")
        alone = {one.finding.rule for one in check(session, [department])}
        around = check_around(session, [department])
        assert "M2" not in alone
        assert "M2" in {one.finding.rule for one in around}
        assert {one.table_id for one in around} == {department}
        every = [one for one in check_around(session) if one.table_id == department]
        assert [one.finding for one in every] == [one.finding for one in around]


@pytest.mark.parametrize(
    ("form", "written", "rules"),
    [
        ("lukou2026-xiangmu", "不超过12万元", set[str]()),
        ("lukou2026-xiangmu", "不超过", set[str]()),
        ("lukou2026-xiangmu", "12万元以内", set[str]()),
        ("lunan2025-xiangmu", "不超过12万元", {"V2"}),
        ("lunan2025-xiangmu", "12万元以内", {"V1"}),
        ("lunan2025-xiangmu", "不超过", set[str]()),
    ],
)
def test_an_odd_sign_is_told_where_the_page_shows_it(
    tmp_path: Path, form: str, written: str, rules: set[str]
) -> None:
    """A form with its own cell for the sign shows ≤, whatever the draft wrote."""
    row = Indicator("成本指标", "经济成本指标", "会议费", "≤", "12", "万元", written=written)
    with book_of(tmp_path, Table(kind="project", form=form, indicators=(row,))) as session:
        told = {found.finding.rule for found in check_book(session)}
    assert told & {"V1", "V2"} == rules
