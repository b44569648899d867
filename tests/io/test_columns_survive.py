"""Every column of every list comes through a list, a draft, a book, an exchange file and a paper.

The rows are made from the table of columns, so that a new column is tried without a word here.
"""

from __future__ import annotations

import csv
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from jixiao.app.exporting import dump_book, export_tables
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.forms.check_sample import sample_table
from jixiao.app.importing.drafts import import_files, read_draft
from jixiao.app.session import Session
from jixiao.io.files.exchange import load_tables
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.form.places import places
from jixiao.model.columns import COLUMNS, KEPT, column_label, texts_of
from jixiao.model.search import search_text
from jixiao.model.table import LIST_NAMES, ROW_TYPES, Table

LIBRARY = FormLibrary([])
FORMS = list(LIBRARY.by_id.values())


def only(path: Path) -> Table:
    (reading,) = read_draft(LIBRARY, path)
    return reading.table


def texts(table: Table, form: Form) -> dict[tuple[str, int, str], str]:
    """What a table says in the columns that a form shows."""
    return {
        (name, at, column): getattr(row, column)
        for name in LIST_NAMES
        for at, row in enumerate(table.rows(name))
        for column in (spec.column for spec in KEPT[name])
        if column in form.columns_of.get(name, ()) and getattr(row, column)
    }


def as_list(form: Form, table: Table, path: Path) -> None:
    """The page of a table as a .csv file, each merged cell once."""
    page = fill(form, table)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        for row in range(len(page.rows)):
            cells = {cell.col: cell.text for cell in page.row_cells(row) if cell.row == row}
            csv.writer(file).writerow([cells.get(col, "") for col in range(len(page.columns))])


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_column_comes_back(form: Form, suffix: str, tmp_path: Path) -> None:
    table = sample_table(form)
    wanted = texts(table, form)
    draft = tmp_path / "草稿.csv"
    as_list(form, table, draft)
    with Session.open(tmp_path / "a.jxb", LIBRARY) as session:
        report = import_files(session, [draft])
        assert not [file for file in report if file.reason], report
        (dumped,) = load_tables(dump_book(session))
        with session.book.step("表样") as step:
            ((table_id, read),) = session.book.tables()
            step.put_table(table_id, replace(read, form=form.id))
        (written,) = export_tables(session, tmp_path / "out", (suffix,)).written
    assert texts(dumped, form) == wanted
    assert texts(only(written.path), form) == wanted


def test_the_table_of_columns_is_whole() -> None:
    """Each attribute of each row has its column, and each column that holds words is found."""
    for name, row_type in ROW_TYPES.items():
        if name == "empty_levels":
            continue
        known = {spec.column for spec in KEPT[name]} | {"written", "extra", "other"}
        assert {column.name for column in fields(row_type)} <= known
        make: Any = row_type
        rows: dict[str, Any] = {name: (make(**{c: f"词{c}" for c in texts_of(name)}),)}
        table = Table(**rows)
        found = {text for _, text in places(FORMS[0], table)}
        for column in texts_of(name):
            assert f"词{column}" in found
            assert f"词{column}" in search_text(table)
    assert len({spec.name for spec in COLUMNS}) == len(COLUMNS)
    assert column_label("basis") == "绩效标准"
    assert column_label("basis", "spending_details") == "测算依据"
