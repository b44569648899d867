"""Handing over: one file for each table, official and complete."""

from __future__ import annotations

import errno
import re
from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.app.exporting import (
    dump_book,
    existing_files,
    existing_lines,
    export_tables,
    write_empty_form,
)
from jixiao.app.file_names import stems_of_book
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.importing.drafts import import_files
from jixiao.app.progress import CancelledError
from jixiao.app.session import Session
from jixiao.io.files.exchange import dump_tables, load_tables, table_to_json
from jixiao.io.files.read.door import read_grids
from jixiao.model.errors import KnownError
from jixiao.model.table import Table
from tests.compare import ROUND_TRIP, differences
from tests.io.forms import FORM_IDS, TABLE_IDS, built_in, truth

FORMS = FormLibrary(folders=[])


def book_of(folder: Path, *tables: Table) -> Session:
    session = Session.open(folder / "book.jxb", FORMS)
    with session.book.step("添加") as step:
        for table in tables:
            session.add_table(step, table)
    return session


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_what_is_exported_comes_back(tmp_path: Path, suffix: str) -> None:
    with book_of(tmp_path, *(truth(name) for name in TABLE_IDS)) as session:
        report = export_tables(session, tmp_path / "out", [suffix])
        assert report.failed == ()
        assert len(report.written) == len({one.path for one in report.written}) == len(TABLE_IDS)
        told = {item.label for one in report.written for item in one.unshown}
        assert told <= {"附注", "单位代码", "金额单位"}
    back = tmp_path / "back"
    back.mkdir()
    with book_of(back) as session:
        for name, one in zip(TABLE_IDS, report.written, strict=True):
            (read,) = import_files(session, [one.path])
            assert read.reason == ""
            table = session.book.table(read.table_ids[0])
            found = differences(table_to_json(truth(name)), table_to_json(table), ROUND_TRIP)
            assert found == [], name
            assert table.form == session.forms.for_table(session.book, truth(name)).id


def test_what_the_form_has_no_place_for_is_told(tmp_path: Path) -> None:
    table = replace(
        truth("lukou2026-project-1"),
        form="lukou2026-xiangmu",
        notes=(),
        fields={**truth("lukou2026-project-1").fields, "主管部门": "财政局"},
    )
    with book_of(tmp_path, table) as session:
        (written,) = export_tables(session, tmp_path, ["xlsx"]).written
    assert [(one.label, one.text) for one in written.unshown] == [("主管部门", "财政局")]


def test_another_form_for_all(tmp_path: Path) -> None:
    tables = truth("lukou2026-project-1"), truth("lukou2026-department")
    with book_of(tmp_path, *tables) as session:
        report = export_tables(session, tmp_path, ["xlsx"], form_id="tongyong-xiangmu")
        general, own = (read_grids(one.path)[0] for one in report.written)
        assert "其他事项" in [cell.text for cell in general.cells]
        assert "其他事项" not in [cell.text for cell in own.cells]
        with pytest.raises(KnownError, match="lukou2026-bumen"):
            export_tables(session, tmp_path, ["xlsx"], form_id="gone")


def test_one_bad_target_does_not_hinder_the_others(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with book_of(tmp_path, truth("lukou2026-project-1"), truth("lukou2026-project-2")) as session:
        first = stems_of_book(session)[1]
        (out / f"{first}.xlsx").mkdir(parents=True)
        report = export_tables(session, out, ["xlsx"], existing="replace")
    assert len(report.failed) == 1
    assert len(report.written) == 1
    assert report.failed[0].endswith("。")


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def edited_export(folder: Path) -> tuple[Session, Path]:
    """A book that was exported, and the Word file of it that somebody edited since."""
    session = book_of(folder, Table(agency="甲局", year=2026, fields={"project_name": "会议费"}))
    (one,) = export_tables(session, folder / "out", ["docx"]).written
    one.path.write_bytes(b"edited")
    return session, one.path


def test_a_file_that_is_there_is_kept_unless_asked(tmp_path: Path) -> None:
    session, path = edited_export(tmp_path)
    with session:
        for number in (2, 3):
            report = export_tables(session, tmp_path / "out", ["docx", "xlsx"])
            docx = report.written[0]
            assert docx.path.name == f"2026年甲局-会议费 ({number}).docx"
            assert docx.instead_of == path
            assert f"已有 2026年甲局-会议费.docx，这次另存为 {docx.path.name}" in existing_lines(
                report
            )
        assert path.read_bytes() == b"edited"
        assert "2026年甲局-会议费.xlsx" in names_in(tmp_path / "out")
        assert existing_files(session, tmp_path / "out", ["docx"]) == [path]
        assert existing_files(session, tmp_path / "other", ["docx"]) == []


def test_it_is_replaced_and_named_or_skipped_and_named(tmp_path: Path) -> None:
    session, path = edited_export(tmp_path)
    with session:
        report = export_tables(session, tmp_path / "out", ["docx"], existing="skip")
        assert (report.written, report.skipped) == ((), (path,))
        assert existing_lines(report) == ["已有 2026年甲局-会议费.docx，跳过"]
        assert path.read_bytes() == b"edited"
        report = export_tables(session, tmp_path / "out", ["docx"], existing="replace")
        assert existing_lines(report) == ["替换了原有的 2026年甲局-会议费.docx"]
    assert path.read_bytes()[:2] == b"PK"
    assert names_in(tmp_path / "out") == [path.name]


def test_a_kept_file_never_takes_the_name_of_another_table(tmp_path: Path) -> None:
    tables = [Table(fields={"project_name": name}) for name in ("甲", "甲 (2)")]
    with book_of(tmp_path, *tables) as session:
        ids = session.book.table_ids()
        export_tables(session, tmp_path / "out", ["xlsx"], table_ids=ids[:1])
        (again,) = export_tables(session, tmp_path / "out", ["xlsx"], table_ids=ids[:1]).written
        (other,) = export_tables(session, tmp_path / "out", ["xlsx"], table_ids=ids[1:]).written
    assert (again.path.name, other.path.name) == ("甲 (3).xlsx", "甲 (2).xlsx")


@pytest.mark.parametrize("name", ["会议费", "长" * 200, "\U00020000" * 100])
def test_tables_of_one_name_have_files_of_their_own_whatever_run_writes_them(
    tmp_path: Path, name: str
) -> None:
    tables = [Table(fields={"project_name": name + end}) for end in ("", "", "一")]
    out = tmp_path / "out"
    with book_of(tmp_path, *tables) as session:
        ids = session.book.table_ids()
        written = [
            export_tables(session, out, ["xlsx"], table_ids=[one], existing="replace").written[0]
            for one in ids
        ]
        assert not any(one.replaced for one in written)
        assert len(names_in(out)) == 3
        together = export_tables(session, out, ["xlsx"], existing="replace").written
        assert [one.path for one in together] == [one.path for one in written]
        assert all(one.replaced for one in together)


def test_what_hinders_all_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, mode: int = 0o777, **_: bool) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    tables = [Table(fields={"project_name": name}) for name in "甲乙丙"]
    with book_of(tmp_path, *tables) as session:
        monkeypatch.setattr(Path, "mkdir", refuse)
        report = export_tables(session, tmp_path / "out")
    assert len(report.not_written) == 6
    (told,) = report.failed
    assert "磁盘是只读的" in told
    assert "6 个文件没有写成" in told
    assert not re.search("[A-Z]", told.replace(str(tmp_path), ""))


def test_amounts_under_a_wrong_unit_are_told(tmp_path: Path) -> None:
    told = {}
    for form_id in ("lukougov2026-bumen", "shifeng2023-fubiao1", "lukou2026-bumen"):
        (tmp_path / form_id).mkdir()
        table = replace(
            truth("lukou2026-department"), form=form_id, money_unit="元", notes=("待核",),
            agency_code="101001",
        )  # fmt: skip
        with book_of(tmp_path / form_id, table) as session:
            (one,) = export_tables(session, tmp_path / form_id, ["xlsx"]).written
        told[form_id] = ({item.label: item.text for item in one.unshown}, one.unit_clash)
    lost, clash = told["lukougov2026-bumen"]
    assert "金额单位" not in lost  # it stands behind a label
    assert (lost["单位代码"], lost["附注"]) == ("101001", "待核")
    assert "以元计" in clash
    lost, clash = told["shifeng2023-fubiao1"]
    assert "金额单位" not in lost
    assert clash == "表样印的金额单位是万元，这张表的金额以元计。"
    assert told["lukou2026-bumen"][1] == ""


def test_only_the_tables_asked_for_with_progress(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with book_of(tmp_path, truth("lukou2026-project-1"), truth("lukou2026-project-2")) as session:
        second = [table_id for table_id, _ in session.book.tables()][1]
        report = export_tables(
            session,
            tmp_path / "out",
            ["docx"],
            table_ids=[second],
            progress=lambda done, total, _: told.append((done, total)),
        )
        assert [one.path.suffix for one in report.written] == [".docx"]
        assert told == [(0, 1), (1, 1)]

        def stop(done: int, total: int, text: str) -> None:
            raise CancelledError

        with pytest.raises(CancelledError):
            export_tables(session, tmp_path / "other", progress=stop)


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_an_empty_form_can_be_handed_out(tmp_path: Path, form_id: str) -> None:
    form = built_in(form_id)
    write_empty_form(form, tmp_path / "空表.xlsx")
    texts = [cell.text for cell in read_grids(tmp_path / "空表.xlsx")[0].cells]
    assert not [text for text in texts if "{" in text]
    words = [cell.words for cell in form.cells if cell.words.strip() and not cell.slots]
    assert set(words) <= set(texts)


def test_the_exchange_file_of_a_book(tmp_path: Path) -> None:
    with book_of(tmp_path, *(truth(name) for name in TABLE_IDS)) as session:
        text = dump_book(session)
        assert dump_tables(load_tables(text)) == text
    again = tmp_path / "again"
    again.mkdir()
    with book_of(again, *load_tables(text)) as session:
        assert dump_book(session) == text
