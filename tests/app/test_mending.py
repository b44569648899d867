"""Mending: every sure fix as one step, nothing that needs a person, nothing that was let be."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.app.checking.checking import TableFinding, check, check_book, counts, findings_json
from jixiao.app.checking.mending import (
    ignore_findings,
    ignore_rule,
    mend,
    mend_findings,
    mend_tables,
    still_fits,
)
from jixiao.app.checking.report import write_check_report
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.progress import CancelledError
from jixiao.app.session import Session
from jixiao.io.files.exchange import load_tables
from jixiao.model.checks import DEFAULT_PROFILE, check_table
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
FORM = "lukou2026-xiangmu"


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
    profile, form = DEFAULT_PROFILE, built_in("tongyong-xiangmu")
    mended, count = mend(form, table, profile)
    assert not [f for f in check_table(mended, profile) if f.sure]
    assert (mended == table) == (count == 0)
    assert mend(form, mended, profile) == (mended, 0)
    kept = (mended.notes, mended.tasks, mended.spending_details, len(mended.indicators))
    assert kept == (table.notes, table.tasks, table.spending_details, len(table.indicators))


def test_a_text_against_a_number_is_left_to_a_person() -> None:
    mended, _ = mend(built_in(FORM), truth(MEETING), DEFAULT_PROFILE)
    places = [
        {(f.rows, f.index, f.field) for f in check_table(table) if f.rule == "T1"}
        for table in (truth(MEETING), mended)
    ]
    assert places[0]
    assert places[0] == places[1]


def test_what_was_let_be_is_left_alone(tmp_path: Path) -> None:
    with book_of(tmp_path, truth(MEETING)) as session:
        found = find(session, "V6")
        table = with_ignored(found.table, [found.finding], "系统这样打印")
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


def test_findings_of_several_tables_are_mended_as_one_step(tmp_path: Path) -> None:
    tables = (truth(MEETING), truth("lukou2026-project-2"), truth("lukou2026-department"))
    with book_of(tmp_path, *tables) as session:
        before = dict(session.book.tables())
        wanted = [one for one in check(session) if one.finding.rule == "V7"]
        mended = mend_findings(session, wanted, "改正 V7")
        assert mended.count == len(wanted)
        assert mended.tables == 3
        assert session.book.undo_name == "改正 V7"
        assert "V7" not in {one.finding.rule for one in check(session)}
        # Nothing else has changed, and nothing is left to do the second time.
        for table_id, table in session.book.tables():
            for old, new in zip(before[table_id].indicators, table.indicators, strict=True):
                assert replace(new, unit=old.unit, written=old.written) == old
        assert mend_findings(session, wanted, "again").change is None
        session.book.undo()
        assert dict(session.book.tables()) == before


def test_stopping_changes_nothing(tmp_path: Path) -> None:
    with book_of(tmp_path, truth(MEETING), truth("lukou2026-project-2")) as session:
        ids = [table_id for table_id, _ in session.book.tables()]
        before, step = session.book.dump_sql(), session.book.undo_name
        told: list[int] = []

        def stop(done: int, total: int, _: str) -> None:
            told.append(total)
            if done == 1:
                raise CancelledError

        with pytest.raises(CancelledError):
            mend_tables(session, ids, stop)
        assert told == [2, 2]
        assert (session.book.dump_sql(), session.book.undo_name) == (before, step)
        with pytest.raises(CancelledError):
            write_check_report(session, tmp_path / "r.docx", None, lambda *_: stop(1, 1, ""))
        assert not (tmp_path / "r.docx").exists()


def test_what_was_typed_since_is_not_written_over(tmp_path: Path) -> None:
    with book_of(tmp_path, truth(MEETING)) as session:
        wanted = [one for one in check(session) if one.finding.rule == "V7"]
        at = wanted[0].finding.index
        rows = list(wanted[0].table.indicators)
        rows[at] = replace(rows[at], unit="次")
        with session.book.step("改") as step:
            step.put_table(wanted[0].table_id, replace(wanted[0].table, indicators=tuple(rows)))
        assert mend_findings(session, wanted, "改正").count == len(wanted) - 1
        assert session.book.table(wanted[0].table_id).indicators[at].unit == "次"


def test_a_rule_is_let_be_in_a_table_whatever_it_finds(tmp_path: Path) -> None:
    with book_of(tmp_path, truth(MEETING), truth("lukou2026-project-2")) as session:
        first, second = (table_id for table_id, _ in session.book.tables())
        ignore_rule(session, "V7", first, "系统这样打印")
        found = [one for one in check(session) if one.finding.rule == "V7"]
        assert {one.ignored for one in found if one.table_id == first} == {"系统这样打印"}
        assert {one.ignored for one in found if one.table_id == second} == {None}
        some = [one for one in found if one.table_id == second]
        assert ignore_findings(session, some, "照旧").count == len(some)
        assert not [one for one in check_book(session) if one.finding.rule == "V7"]


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
        mended, _ = mend(built_in(FORM), found.table, DEFAULT_PROFILE)
        now = check(session, [found.table_id], instead={found.table_id: mended})
        assert "V6" not in {one.finding.rule for one in now}
        assert not still_fits(found, mended)
        assert still_fits(found, found.table)
