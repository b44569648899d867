"""Lists in Excel: numbers to reckon with, texts that stay texts, filters, and pages to print."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.io.files.read.door import read_grids
from jixiao.io.files.write.list_sheet import ListColumn, ListSheet, write_lists
from jixiao.model.errors import ExportError

COLUMNS = (
    ListColumn("名称", 100, "left"),
    ListColumn("金额", 50, "right", money=True),
    ListColumn("错误", 30, "right", number=True, alarm=True),
    ListColumn("级次", 60, choices=("甲", "乙,丙", "丁", "甲")),
)


def written(folder: Path, *rows: list[str], **more) -> Worksheet:
    path = folder / "清单.xlsx"
    write_lists([ListSheet("清单", COLUMNS, rows, **more)], path)
    return openpyxl.load_workbook(path).worksheets[0]


HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@a",
    "'a",
    "#N/A",
    "2026-01-01",
    "90%",
    "TRUE",
    " 前后 ",
    "一\n二",
    "_x0041_",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_stay_texts(tmp_path: Path, text: str) -> None:
    cell = written(tmp_path, [text, text, "", ""])["A2"]
    assert (cell.value, cell.data_type) == (text.replace("_x", "_x005F_x"), "s")
    (grid,) = read_grids(tmp_path / "清单.xlsx")
    read = grid.at(1, 0)
    assert read is not None
    assert read.text.strip() == text.strip()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "90%", "2026-01-01"])
def test_what_excel_would_retype_is_quoted(tmp_path: Path, text: str) -> None:
    sheet = written(tmp_path, [text, "", "", "甲局"])
    assert sheet["A2"].quotePrefix
    assert not sheet["D2"].quotePrefix


def test_what_no_file_can_hold_is_left_out(tmp_path: Path) -> None:
    bad = "甲\x00\x0b乙\ud800丙\uffff\r\n丁"
    sheet = written(tmp_path, [bad, bad, bad, bad], title=bad, total=[bad] * 4)
    assert sheet["A3"].value == sheet["A4"].value == "甲乙丙\n丁"
    assert sheet["A1"].value == "甲乙丙\n丁"


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("1234.5", 1234.5, "#,##0.00_ "),
        ("0.10", 0.1, "#,##0.00_ "),
        ("1,234.50", 1234.5, "#,##0.00_ "),
        ("949.134", 949.134, "#,##0.000_ "),
        ("7", 7, "#,##0.00_ "),
        ("约5万", "约5万", "General"),
        ("9" * 400, "9" * 400, "General"),
        ("1e400", "1e400", "General"),
        ("", None, "General"),
    ],
)
def test_amounts_are_numbers(tmp_path: Path, text: str, value: object, code: str) -> None:
    cell = written(tmp_path, ["甲", text, "0", ""])["B2"]
    assert (cell.value, cell.number_format) == (value, code)


def test_columns_are_wide_enough_for_their_numbers_and_heads(tmp_path: Path) -> None:
    narrow = written(tmp_path, ["甲", "7", "0", ""]).column_dimensions["B"].width
    sheet = written(tmp_path, ["甲", "12345678901.23", "123456", ""])
    assert sheet.column_dimensions["B"].width > len("12,345,678,901.23") + 1 > narrow
    assert sheet.column_dimensions["C"].width > 6


def test_a_long_head_is_broken_into_lines(tmp_path: Path) -> None:
    write_lists([ListSheet("长", (ListColumn("字" * 500, 30),), ())], tmp_path / "长.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "长.xlsx").worksheets[0]
    assert sheet.column_dimensions["A"].width < 30
    assert sheet.row_dimensions[1].height > 100


def test_a_long_text_makes_its_row_higher(tmp_path: Path) -> None:
    sheet = written(
        tmp_path, ["字" * 30, "", "", ""], ["字", "", "", ""], ["字" * 9999, "", "", ""]
    )
    assert sheet.row_dimensions[2].height > 3 * 14
    assert sheet.row_dimensions[3].height == 18.75
    assert sheet.row_dimensions[4].height == 409.5
    with pytest.raises(ExportError, match="A2 格有 40000 个字"):
        written(tmp_path, ["字" * 40000, "", "", ""])


def test_it_is_filtered_without_the_total_and_printed_in_pages(tmp_path: Path) -> None:
    rows = [["甲", "1", "2", "甲"], ["乙", "3", "0", "丁"]]
    sheet = written(tmp_path, *rows, title="一览", total=["合计", "4", "2", ""], fixed=1, spare=5)
    assert sheet.auto_filter.ref == "A2:D4"
    assert sheet.freeze_panes == "B3"
    assert sheet.print_title_rows == "$1:$2"
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A1:D1"]
    assert [cell.value for cell in sheet[5]] == ["合计", 4, 2, None]
    assert sheet["C3"].number_format == "[Red]General;General;General"
    (rule,) = sheet.data_validations.dataValidation
    assert str(rule.sqref) == "D3:D9"
    assert rule.formula1 == '"甲,丁"'
    assert not rule.showErrorMessage


def test_an_empty_list_has_its_heads(tmp_path: Path) -> None:
    sheet = written(tmp_path)
    assert [cell.value for cell in sheet[1]] == [column.label for column in COLUMNS]
    assert sheet.auto_filter.ref == "A1:D1"


def test_an_open_target_is_told(tmp_path: Path) -> None:
    (tmp_path / "清单.xlsx").mkdir()
    with pytest.raises(ExportError, match="文件夹"):
        written(tmp_path, ["甲", "", "", ""])
