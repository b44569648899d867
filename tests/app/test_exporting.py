"""Handing over: one file for each table, official and complete."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.app.exporting import (
    dump_book,
    export_tables,
    file_stem,
    write_empty_form,
)
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
        assert all(one.unshown == () for one in report.written)
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
    tables = truth("lukou2026-project-1"), truth("lukou2026-project-2")
    with book_of(tmp_path, *tables) as session:
        first = file_stem(tables[0], built_in("lukou2026-xiangmu"))
        (out / f"{first}.xlsx").mkdir(parents=True)
        report = export_tables(session, out, ["xlsx"])
    assert len(report.failed) == 1
    assert len(report.written) == 1
    assert report.failed[0].endswith("。")


def test_file_names() -> None:
    form = built_in("lukou2026-xiangmu")
    table = Table(agency="甲局", year=2026, fields={"project_name": 'a/b\\c:*?"<>|\n' + "长" * 200})
    stem = file_stem(table, form)
    assert not set('/\\:*?"<>|\n') & set(stem)
    assert stem.startswith("2026年甲局-a b c")
    assert len(stem) <= 80
    assert file_stem(Table(fields={"project_name": ".."}), form) == "绩效目标表"
    assert file_stem(Table(), form) == form.name


def test_tables_of_one_name_get_files_of_their_own(tmp_path: Path) -> None:
    tables = [Table(fields={"project_name": name}) for name in ("Abc", "abc", "ABC")]
    with book_of(tmp_path, *tables) as session:
        report = export_tables(session, tmp_path / "out", ["xlsx"])
    assert len({one.path.name.casefold() for one in report.written}) == 3


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
