"""Mending: every sure fix as one step, nothing that needs a person, nothing that was let be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jixiao.app.check_report import report_pages, write_check_report
from jixiao.app.checking import (
    CheckOptions,
    TableFinding,
    check,
    check_book,
    counts,
    findings_json,
    profile_of,
)
from jixiao.app.forms import FormLibrary
from jixiao.app.mending import is_sure, mend, mend_tables, still_fits
from jixiao.app.session import Session
from jixiao.io.exchange import load_tables
from jixiao.io.read import read_grids
from jixiao.model.checks import Settings, check_table
from jixiao.model.ignored import with_ignored
from jixiao.model.schema import REPORTED
from jixiao.model.table import Table
from tests.io.forms import built_in, truth

FORMS = FormLibrary(folders=[])
TRUTH = Path(__file__).parent.parent / "data" / "truth"
TABLES = [
    table
    for path in sorted(TRUTH.glob("*.json"))
    for table in load_tables(path.read_text(encoding="utf-8"))
]
MEETING = "lukou2026-project-1"


def book_of(folder: Path, *tables: Table) -> Session:
    session = Session.open(folder / "book.jxb", FORMS)
    with session.book.step("添加") as step:
        for table in tables:
            session.add_table(step, table)
    return session


def find(session: Session, rule: str) -> TableFinding:
    return next(found for found in check(session) if found.finding.rule == rule)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.agency}-{table.name}"[:40])
def test_after_mending_nothing_sure_is_left(table: Table) -> None:
    profile = profile_of(None)
    mended, count = mend(table, profile)
    assert not [f for f in check_table(mended, profile) if is_sure(f)]
    assert (mended == table) == (count == 0)
    assert mend(mended, profile) == (mended, 0)
    kept = (mended.notes, mended.tasks, mended.spending_details, len(mended.indicators))
    assert kept == (table.notes, table.tasks, table.spending_details, len(table.indicators))


def test_a_text_against_a_number_is_left_to_a_person() -> None:
    mended, _ = mend(truth(MEETING), profile_of(None))
    places = [
        {(f.rows, f.index, f.field) for f in check_table(table) if f.rule == "T1"}
        for table in (truth(MEETING), mended)
    ]
    assert places[0]
    assert places[0] == places[1]


def test_what_was_let_be_is_left_alone(tmp_path: Path) -> None:
    with book_of(tmp_path, truth(MEETING)) as session:
        found = find(session, "V6")
        table = with_ignored(found.table, found.finding, "系统这样打印")
        with session.book.step("忽略") as step:
            step.put_table(found.table_id, table)
        again = find(session, "V6")
        assert again.ignored == "系统这样打印"
        assert not again.open
        assert counts([found])["error"] == 1
        assert counts([again])["error"] == 0
        assert "V6" not in {one.finding.rule for one in check_book(session)}
        report = json.dumps(findings_json(session, check_book(session)), ensure_ascii=False)
        assert found.finding.message not in report
        mend_tables(session, [found.table_id])
        assert find(session, "V6").ignored == "系统这样打印"


def test_many_tables_are_one_step_and_locked_ones_are_told(tmp_path: Path) -> None:
    with book_of(tmp_path, truth(MEETING), truth("lukou2026-project-2")) as session:
        first, second = (table_id for table_id, _ in session.book.tables())
        with session.book.step("标为已报") as step:
            step.set_state(second, REPORTED)
        before = dict(session.book.tables())
        mended = mend_tables(session, [first, second])
        assert mended.count > 0
        assert mended.tables == 1
        assert mended.locked == (before[second].name,)
        assert session.book.table(second) == before[second]
        session.book.undo()
        assert dict(session.book.tables()) == before


def test_options_reach_every_rule(tmp_path: Path) -> None:
    with book_of(tmp_path, truth(MEETING)) as session:
        rules = {one.finding.rule for one in check(session)}
        assert {"V6", "V7"} <= rules
        options = CheckOptions(frozenset({"V6"}), Settings(percent_word=True))
        assert not {"V6", "V7"} & {one.finding.rule for one in check(session, None, options)}


def test_a_forms_own_demands_are_checked(tmp_path: Path) -> None:
    form = built_in("lunan2025-xiangmu")
    table = truth("lunan2025-project-1")
    key = next(key for key in form.required if key in table.fields)
    fields = {name: text for name, text in table.fields.items() if name != key}
    with book_of(
        tmp_path, Table(**{**_parts(table), "form": form.id, "fields": fields})
    ) as session:
        missing = [one for one in check(session) if one.finding.rule == "S1"]
    assert key in {one.finding.field for one in missing}


def _parts(table: Table) -> dict[str, object]:
    return {name: getattr(table, name) for name in Table.__dataclass_fields__}


def test_what_is_typed_and_not_yet_written_is_checked(tmp_path: Path) -> None:
    with book_of(tmp_path, truth(MEETING)) as session:
        found = find(session, "V6")
        mended, _ = mend(found.table, profile_of(None))
        now = check(session, [found.table_id], instead={found.table_id: mended})
        assert "V6" not in {one.finding.rule for one in now}
        assert not still_fits(found, mended)
        assert still_fits(found, found.table)


def test_the_report_has_a_page_for_each_agency_and_year(tmp_path: Path) -> None:
    tables = (truth(MEETING), truth("lukou2026-project-2"), truth("hetang2024-project-1"))
    with book_of(tmp_path, *tables) as session:
        found = check(session)
        assert len(report_pages(session, found)) == 2
        path = tmp_path / "报告.docx"
        assert write_check_report(session, path) == len(found)
        one = write_check_report(session, tmp_path / "one.docx", [found[0].table_id])
    assert one == sum(f.table_id == found[0].table_id for f in found)
    texts = [cell.text for grid in read_grids(path) for cell in grid.cells]
    assert {f.finding.message for f in found} <= set(texts)
    assert {"未处理", "表", "程度"} <= set(texts)


def test_a_report_without_findings_says_so(tmp_path: Path) -> None:
    with book_of(tmp_path) as session:
        (page,) = report_pages(session, [])
    assert "没有发现问题。" in {cell.text for cell in page.cells}
