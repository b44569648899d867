"""The forms at hand: the built-in ones, the user's folder, the copies in the book."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from jixiao.app.editing import adopt_new_forms, choose_other_form
from jixiao.app.exporting import export_tables
from jixiao.app.forms import at_hand as forms_module
from jixiao.app.forms.at_hand import FormLibrary, form_folders
from jixiao.app.session import Session
from jixiao.io.paper.form.choose import choose_form
from jixiao.model.errors import FormError
from jixiao.model.table import Indicator, Table
from tests.io.forms import FORM_IDS, FORMS_FOLDER, HEAD, INDICATORS, draw_form, truth

FORM = "lukou2026-xiangmu"
NAME = "lukou2026-project-1"


def changed_copy(folder: Path, name: str = FORM, label: str = "项目的名称") -> Path:
    """The user's own copy of a built-in form, with a wider column and another label."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.xlsx"
    shutil.copy(FORMS_FOLDER / f"{FORM}.xlsx", path)
    book = openpyxl.load_workbook(path)
    page = book["表样"]
    page["A3"] = label
    page.column_dimensions["A"].width = 33
    book.save(path)
    return path


def session_in(folder: Path, *folders: Path) -> Session:
    return Session.open(folder / "book.jxb", FormLibrary(folders=list(folders)))


def add(session: Session, name: str = NAME) -> int:
    with session.book.step("添加") as step:
        return session.add_table(step, truth(name))


def test_the_built_in_forms_are_there(tmp_path: Path) -> None:
    library = FormLibrary(folders=[tmp_path])
    assert sorted(library.by_id) == list(FORM_IDS)
    assert library.bad == []


def test_the_users_folder_is_looked_at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("APPDATA", str(tmp_path))
    assert form_folders()[0] == tmp_path / "jixiao" / "forms"
    folder = tmp_path / "jixiao" / "forms"
    folder.mkdir(parents=True)
    draw_form(folder / "wode.xlsx", [*HEAD, *INDICATORS])
    assert "wode" in FormLibrary().by_id


def test_a_changed_copy_is_seen_in_the_next_export(tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    changed_copy(folder)
    with session_in(tmp_path, folder) as session:
        add(session)
        report = export_tables(session, tmp_path / "out", ["xlsx"])
        sheet = openpyxl.load_workbook(report.written[0].path).worksheets[0]
    assert sheet["A3"].value == "项目的名称"
    assert sheet["B3"].value == truth(NAME).fields["project_name"]
    assert sheet.column_dimensions["A"].width == pytest.approx(33, abs=1)


def test_a_form_of_the_users_own_is_offered_and_chosen(tmp_path: Path) -> None:
    rows = [*HEAD, ("独有的一栏", "{独有的一栏}"), *INDICATORS]
    draw_form(tmp_path / "wode.xlsx", rows, ["B4:F4", "B3:F3"])
    library = FormLibrary(folders=[tmp_path])
    form = library.by_id["wode"]
    table = Table(
        fields={"project_name": "甲", "独有的一栏": "乙"},
        indicators=(Indicator("产出指标", "数量指标", "次数", "≥", "1", "次"),),
    )
    assert choose_form(list(library.by_id.values()), table) is form
    assert library.labels.field_of("独有的一栏") == "独有的一栏"


def test_a_copy_under_another_file_name_is_another_form(tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    changed_copy(folder, "wode")
    library = FormLibrary(folders=[folder])
    assert sorted(library.by_id) == sorted([*FORM_IDS, "wode"])
    own, built_in = library.by_id["wode"], library.by_id[FORM]
    assert own.content != built_in.content
    assert library.current(FORM) is built_in
    assert library.current("wode") is own
    with session_in(tmp_path, folder) as session:
        table_id = add(session)
        choose_other_form(session, table_id, "wode")
        page = session.page_of(session.book.table(table_id))
        assert "项目的名称" in [cell.text for cell in page.cells]


def test_bad_workbooks_are_told_and_do_not_hinder(tmp_path: Path) -> None:
    (tmp_path / "bad.xlsx").write_text("x", encoding="utf-8")
    (tmp_path / "~$lukou.xlsx").write_text("x", encoding="utf-8")
    openpyxl.Workbook().save(tmp_path / "zz.xlsx")
    library = FormLibrary(folders=[tmp_path, tmp_path / "missing"])
    assert sorted(library.by_id) == list(FORM_IDS)
    assert [(bad.path.name, bool(bad.reason)) for bad in library.bad] == [
        ("bad.xlsx", True),
        ("zz.xlsx", True),
    ]


def test_a_form_is_loaded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[Path] = []
    load = forms_module.load_form

    def counting(path: Path, form_id: str = "") -> object:
        loaded.append(path)
        return load(path, form_id)

    monkeypatch.setattr(forms_module, "load_form", counting)
    with session_in(tmp_path) as session:
        for _ in range(2):
            table = session.book.table(add(session))
            session.page_of(table)
            assert session.forms.labels
    assert len(loaded) == len(set(loaded)) == len(FORM_IDS)


def test_the_book_keeps_a_copy_and_an_update_is_offered_not_taken(tmp_path: Path) -> None:
    with session_in(tmp_path) as session:
        table_id = add(session)
        assert [form_id for form_id, _ in session.book.forms()] == [FORM]
        assert session.forms.updated(session.book) == []
    folder = tmp_path / "forms"
    changed_copy(folder)
    with session_in(tmp_path, folder) as session:
        assert [form.id for form in session.forms.updated(session.book)] == [FORM]
        table = session.book.table(table_id)
        assert "项目名称" in [cell.text for cell in session.page_of(table).cells]
        adopt_new_forms(session)
        assert session.forms.updated(session.book) == []
        assert "项目的名称" in [cell.text for cell in session.page_of(table).cells]


def test_a_book_travels_with_its_forms(tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    changed_copy(folder, "wode")
    book = openpyxl.load_workbook(folder / "wode.xlsx")
    book["说明"]["B1"] = "wode"
    book.save(folder / "wode.xlsx")
    with session_in(tmp_path, folder) as session:
        table_id = add(session)
        choose_other_form(session, table_id, "wode")
    with session_in(tmp_path) as session:
        table = session.book.table(table_id)
        assert table.form == "wode"
        assert session.form_of(table).id == "wode"
        assert "项目的名称" in [cell.text for cell in session.page_of(table).cells]


def test_a_form_that_is_gone_is_replaced_by_the_best_at_hand(tmp_path: Path) -> None:
    with session_in(tmp_path) as session:
        assert session.form_of(replace(truth(NAME), form="gone")).id == FORM
        narrative = truth("lunan2025-narrative")
        assert session.form_of(narrative).kind == "project"


def test_without_any_form_a_clear_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms_module, "BUILT_IN", tmp_path / "nothing")
    with session_in(tmp_path) as session, pytest.raises(FormError, match="没有可用的表样"):
        session.form_of(truth(NAME))
