"""An empty form filled by every gesture of Excel comes back whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.io.files.read.door import read_grids
from jixiao.io.files.write.empty_form import write_empty_form
from jixiao.io.paper.form.blank import blank_page, blank_table
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.form.form import Form
from jixiao.io.recognise import recognise
from jixiao.model.table import Indicator, SpendingDetail, Table, Task
from tests.io.excel_rows import copy_row_below, insert_rows
from tests.io.forms import FORM_IDS, all_labels, built_in

META = ("agency", "year", "money_unit")
LISTS = ("tasks", "indicators", "spending_details")
LEVELS = ("产出指标", "数量指标")
HEAD = Table(
    agency="渌口区某局",
    year=2026,
    money_unit="万元",
    fields={
        "department_name": "渌口区某局",
        "project_name": "会议费",
        "project_amount": "48.4",
        "budget_total": "48.4",
        "annual_goal": "全年召开会议四次，形成决议，印发文件并督促落实。",
    },
)


def rows_of(form: Form, name: str) -> tuple[int, int]:
    """The first and the last row of a list on the empty form, as Excel counts."""
    rows = [n for n, row in enumerate(blank_page(form).rows, start=1) if row.band == name]
    return rows[0], rows[-1]


def columns_of(form: Form, name: str) -> dict[str, int]:
    first = rows_of(form, name)[0]
    page = blank_page(form)
    return {
        binding.name: cell.col + 1
        for cell in page.row_cells(first - 1)
        for binding in cell.bindings
        if binding.target == name
    }


def texts(name: str, number: int) -> dict[str, str]:
    """What is typed into a row of a list, by column."""
    mark = "甲乙丙丁戊己庚辛壬癸子丑寅"[number]
    if name == "tasks":
        told = {
            "name": f"任务{mark}",
            "content": f"按照计划完成{mark}项工作。",
            "owner": f"{mark}股",
        }
    elif name == "indicators":
        told = {
            "level1": LEVELS[0],
            "level2": LEVELS[1],
            "level3": f"{mark}类会议次数",
            "value": f"{number + 1}",
            "unit": "次",
            "comparator": "≥",
            "target:cvu": f"≥{number + 1}次",
            "target:vu": f"{number + 1}次",
            "target:cu": "≥次",
            "target:cv": f"≥{number + 1}",
            "explanation": f"{mark}类会议的次数",
            "basis": f"{mark}计划",
        }
    else:
        told = {
            "content": f"{mark}会议",
            "detail": f"{mark}会议的场租",
            "amount": f"{number + 1}.5",
            "basis": f"{mark}标准",
        }
    return told


def type_row(sheet: Worksheet, form: Form, name: str, row: int, number: int) -> None:
    typed = texts(name, number)
    for column, col in columns_of(form, name).items():
        if column in typed:
            sheet.cell(row, col).value = typed[column]


def said(row: Task | Indicator | SpendingDetail) -> str:
    if isinstance(row, Indicator):
        return f"{row.level3} {row.value}"
    return row.name + row.content if isinstance(row, Task) else f"{row.content} {row.amount}"


def imported(sheet: Worksheet, path: Path) -> Table:
    sheet.parent.save(path)
    (reading,) = recognise(read_grids(path), all_labels())
    assert reading.unplaced == ()
    return reading.table


def fill_head(sheet: Worksheet, form: Form) -> None:
    """Type what stands beside the lists, in its place."""
    fields = {key: text for key, text in HEAD.fields.items() if form.has("field", key)}
    table = replace(
        blank_table(form), **{name: getattr(HEAD, name) for name in META}, fields=fields
    )
    page = fill(form, table)
    for cell in page.cells:
        if not cell.is_label and not page.rows[cell.row].band:
            sheet.cell(cell.row + 1, cell.col + 1).value = cell.text


Gesture = Callable[[Worksheet, Form, str], int]
"""Fills a list by a gesture and tells how many rows there are."""


def every_row(sheet: Worksheet, form: Form, name: str) -> int:
    first, last = rows_of(form, name)
    for row in range(first, last + 1):
        type_row(sheet, form, name, row, row - first)
    return last - first + 1


def some_rows(sheet: Worksheet, form: Form, name: str) -> int:
    first, _ = rows_of(form, name)
    for number in range(2):
        type_row(sheet, form, name, first + number, number)
    return 2


def rows_above(sheet: Worksheet, form: Form, name: str) -> int:
    first, _ = rows_of(form, name)
    insert_rows(sheet, first, 2)
    for number in range(3):
        type_row(sheet, form, name, first + number, number)
    return 3


def rows_between(sheet: Worksheet, form: Form, name: str) -> int:
    first, _ = rows_of(form, name)
    insert_rows(sheet, first + 1, 2)
    for number in range(4):
        type_row(sheet, form, name, first + number, number)
    return 4


def rows_below_the_last(sheet: Worksheet, form: Form, name: str) -> int:
    first, last = rows_of(form, name)
    insert_rows(sheet, last + 1, 2)
    for row in range(first, last + 3):
        type_row(sheet, form, name, row, row - first)
    return last - first + 3


def rows_copied(sheet: Worksheet, form: Form, name: str) -> int:
    first, _ = rows_of(form, name)
    type_row(sheet, form, name, first, 0)
    copy_row_below(sheet, first)
    type_row(sheet, form, name, first + 1, 1)
    return 2


def the_last_copied(sheet: Worksheet, form: Form, name: str) -> int:
    first, last = rows_of(form, name)
    for row in range(first, last + 1):
        type_row(sheet, form, name, row, row - first)
    copy_row_below(sheet, last)
    type_row(sheet, form, name, last + 1, last + 1 - first)
    return last - first + 2


GESTURES: tuple[Gesture, ...] = (
    every_row, some_rows, rows_above, rows_between, rows_below_the_last, rows_copied,
    the_last_copied,
)  # fmt: skip
CASES = [
    pytest.param(form_id, name, gesture, id=f"{form_id}-{name}-{gesture.__name__}")
    for form_id in FORM_IDS
    for name in LISTS
    if any(band.list == name for band in built_in(form_id).bands)
    for gesture in GESTURES
]


@pytest.mark.parametrize(("form_id", "name", "gesture"), CASES)
def test_it_comes_back_whole(tmp_path: Path, form_id: str, name: str, gesture: Gesture) -> None:
    form = built_in(form_id)
    write_empty_form(form, tmp_path / "空表.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "空表.xlsx").worksheets[0]
    fill_head(sheet, form)
    count = gesture(sheet, form, name)
    table = imported(sheet, tmp_path / "填好.xlsx")
    expected = []
    for number in range(count):
        typed = texts(name, number)
        match name:
            case "tasks":
                expected.append(typed["name"] + typed["content"])
            case "indicators":
                expected.append(f"{typed['level3']} {typed['value']}")
            case _:
                expected.append(f"{typed['content']} {typed['amount']}")
    assert [said(row) for row in getattr(table, name)] == expected
    assert table.fields == {k: text for k, text in HEAD.fields.items() if form.has("field", k)}


FILLED = Path(__file__).parents[1] / "data" / "filled"
SAVED = json.loads((FILLED / "manifest.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("wanted", SAVED, ids=[one["file"] for one in SAVED])
def test_a_saved_file_with_rows_below_the_last_tells_all_of_them(wanted: dict[str, Any]) -> None:
    (reading,) = recognise(read_grids(FILLED / wanted["file"]), all_labels())
    assert reading.doubts == reading.unplaced == ()
    assert reading.table.fields == wanted["fields"]
    told = [
        {name: text for name, text in asdict(task).items() if text} for task in reading.table.tasks
    ]
    assert told == wanted["tasks"]
