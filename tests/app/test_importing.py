"""Files come into the book: whole or not at all, each told what became of it."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.importing.drafts import (
    ImportOptions,
    expand,
    import_files,
    load_files,
    report_json,
)
from jixiao.app.progress import CancelledError
from jixiao.app.session import Session
from jixiao.io.files.exchange import dump_tables
from tests.io.forms import truth

DRAFTS = Path(__file__).parents[1] / "data" / "drafts"
FORMS = FormLibrary(folders=[])
ONE = DRAFTS / "lukou2026-project-1.xlsx"


def opened(folder: Path) -> Session:
    return Session.open(folder / "book.jxb", FORMS)


def test_a_draft_becomes_tables_with_their_form(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        (report,) = import_files(session, [DRAFTS / "lukou2026-all.xlsx"])
        assert not report.refused
        assert len(report.table_ids) == 5
        table = session.book.table(report.table_ids[1])
        assert table.form == "lukou2026-xiangmu"
        assert table.fields == truth("lukou2026-project-1").fields
        assert len(session.book.forms()) == 2
        assert session.book.undo() is not None
        assert list(session.book.tables()) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("text.xlsx", "这不是表格".encode()),
        ("empty.xlsx", b""),
        ("broken.docx", b"PK\x03\x04broken"),
        ("bad.json", b'{"format": "jixiao-exchange"'),
        ("none.csv", "姓名,电话\n张三,123\n".encode()),
    ],
)
def test_a_bad_file_is_refused_and_the_others_are_taken(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    with opened(tmp_path) as session:
        bad, missing, good = import_files(session, [tmp_path / name, tmp_path / "no.xlsx", ONE])
        assert bad.refused
        assert missing.refused
        assert bad.reason
        assert "\n" not in bad.reason
        assert len(good.table_ids) == 1
        assert len(list(session.book.tables())) == 1


@pytest.mark.parametrize(("existing", "number"), [("keep", 2), ("skip", 1), ("replace", 1)])
def test_a_table_that_is_there_already(tmp_path: Path, existing: str, number: int) -> None:
    options = ImportOptions(existing=existing)  # type: ignore[arg-type]
    with opened(tmp_path) as session:
        import_files(session, [ONE], options)
        (report,) = import_files(session, [ONE], options)
        assert len(list(session.book.tables())) == number
        assert len(report.messages) == 1
        assert truth("lukou2026-project-1").fields["project_name"] in report.messages[0]


def test_agency_and_year_for_drafts_that_do_not_tell_them(tmp_path: Path) -> None:
    options = ImportOptions(agency="别的单位", year=2031)
    with opened(tmp_path) as session:
        untold = tmp_path / "draft.xlsx"
        shutil.copy(DRAFTS / "lunan2025-project-1.xlsx", untold)
        reports = import_files(session, [untold, ONE], options)
        lunan, lukou = (session.book.table(report.table_ids[0]) for report in reports)
        assert lunan.year == 2031
        assert lunan.agency == truth("lunan2025-project-1").agency
        assert (lukou.agency, lukou.year) == (truth("lukou2026-project-1").agency, 2026)


def test_a_folder_is_its_readable_files(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "deep"
    folder.mkdir(parents=True)
    for name in ("b.XLSX", "a.docx", "~$a.docx", ".x.xlsx", "read.txt", "c.json"):
        (folder / name).write_bytes(b"x")
    (folder / "c.json").write_text(dump_tables([]), encoding="utf-8")
    assert [path.name for path in expand([tmp_path / "in", tmp_path / "z.txt"])] == [
        "a.docx",
        "b.XLSX",
        "c.json",
        "z.txt",
    ]


def test_exchange_files_keep_what_they_say(tmp_path: Path) -> None:
    tables = [truth("shifeng2023-project-1"), truth("lunan2025-narrative")]
    file = tmp_path / "a.json"
    file.write_text("\ufeff" + dump_tables(tables), encoding="utf-8")
    with opened(tmp_path) as session:
        (report,) = load_files(session, [file])
        first, second = (session.book.table(table_id) for table_id in report.table_ids)
        assert first.indicators == tables[0].indicators
        assert first.form == "shifeng2023-fubiao3"
        assert second.measures == tables[1].measures
        (refused,) = load_files(session, [ONE])
        assert "import" in refused.reason


def test_progress_and_cancel(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []

    def stop_at_the_second(done: int, total: int, text: str) -> None:
        told.append((done, total, text))
        if done == 1:
            raise CancelledError

    with opened(tmp_path) as session:
        with pytest.raises(CancelledError):
            import_files(session, [ONE, ONE], progress=stop_at_the_second)
        assert told == [(0, 2, ONE.name), (1, 2, ONE.name)]
        assert not list(session.book.tables())


def test_the_report(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"")
    with opened(tmp_path) as session:
        report = report_json(import_files(session, [ONE, tmp_path / "x.xlsx"]))
    good, bad = json.loads(json.dumps(report, ensure_ascii=False))["files"]
    assert (good["status"], good["reason"], bad["status"]) == ("read", None, "refused")
    assert bad["tables"] == []
    (table,) = good["tables"]
    assert table["form"] == "lukou2026-xiangmu"
    assert (table["kind"], table["year"], table["unplaced"]) == ("project", 2026, [])
    assert table["range"].startswith("A1:")
    assert 0 <= table["confidence"] <= 1


def test_a_locked_table_is_not_replaced_and_hinders_no_other(tmp_path: Path) -> None:
    drafts = [DRAFTS / "lukou2026-project-3.xlsx", DRAFTS / "lukou2026-project-4.xlsx"]
    with Session.open(tmp_path / "b.jxb") as session:
        first = import_files(session, drafts)
        with session.book.step("上报") as step:
            step.set_state(first[0].table_ids[0], "已报")
        again = import_files(session, drafts, ImportOptions(existing="replace"))
        assert not again[0].table_ids
        assert "已报" in again[0].messages[0]
        assert again[1].table_ids == first[1].table_ids


def test_a_table_that_was_sent_back_replaces_its_own_with_its_state(tmp_path: Path) -> None:
    table = truth("lukou2026-project-1")
    file = tmp_path / "退回.json"
    with opened(tmp_path) as session:
        with session.book.step("添加") as step:
            table_id = session.add_table(step, table)
        returned = replace(table, notes=(*table.notes, "退回意见（区财政局 2026-01-05）：请补充。"))
        file.write_text(dump_tables([returned], ["退回"]), encoding="utf-8")
        (report,) = import_files(session, [file], ImportOptions(existing="replace"))
        assert report.table_ids == (table_id,)
        assert session.book.table(table_id).notes == returned.notes
        assert states(session) == {table_id: "退回"}
        file.write_text(dump_tables([table]), encoding="utf-8")
        import_files(session, [file], ImportOptions(existing="replace"))
        assert states(session) == {table_id: "退回"}, "a file that tells no state changes none"
        assert session.book.table(table_id).notes == returned.notes
        session.book.undo()
        assert states(session) == {table_id: "草稿"}


def states(session: Session) -> dict[int, str]:
    return {e.id: e.state for a in session.book.tree() for y in a.years for e in y.tables}
