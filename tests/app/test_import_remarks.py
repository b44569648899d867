"""What a file shows is what comes in; what it hides, or does not tell for certain, is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.importing.drafts import read_draft, read_parts
from jixiao.io.recognise import Reading
from jixiao.model.errors import RefusedFileError

FORMS = FormLibrary(folders=[])
ROWS: list[list[object]] = [
    ["2026年项目支出绩效目标表"],
    ["填报单位：某区图书馆", None, None, None, "金额单位：万元"],
    ["项目名称", "读者活动经费", None, None, "项目金额", 100],
    ["项目编码", "000123"],
    ["年度绩效目标", "办好读者活动。"],
    ["一级指标", "二级指标", "三级指标", "指标值", "度量单位", "备注"],
    ["产出指标", "数量指标", "活动场次", "≥12", "场", None],
    ["产出指标", "质量指标", "活动完成率", "≥95", "%", None],
    ["满意度指标", "服务对象满意度", "读者满意度", "≥90", "%", None],
]


def table(sheet: Worksheet) -> None:
    for row in ROWS:
        sheet.append(row)


def saved(folder: Path, change: Callable[[openpyxl.Workbook], None]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "申报表"
    table(sheet)
    change(book)
    path = folder / "draft.xlsx"
    book.save(path)
    return path


def read(folder: Path, change: Callable[[openpyxl.Workbook], None]) -> Reading:
    (reading,) = read_draft(FORMS, saved(folder, change))
    assert len(reading.table.indicators) == 3
    return reading


def reasons(reading: Reading) -> dict[str, str]:
    return {doubt.cell: doubt.reason for doubt in reading.doubts}


def test_a_plain_draft_leaves_no_doubt(tmp_path: Path) -> None:
    reading = read(tmp_path, lambda book: None)
    assert not reading.doubts
    assert not reading.unplaced


def test_a_formula_without_a_result_is_a_doubt(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["申报表"]["F3"] = "=40+60"

    assert "公式没有算出结果" in reasons(read(tmp_path, change))["F3"]


def test_an_amount_shown_in_another_size_is_read_as_shown_and_a_doubt(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["申报表"]["F3"] = 1234500
        book["申报表"]["F3"].number_format = "0\\.0,"

    reading = read(tmp_path, change)
    assert reading.table.fields["project_amount"] == "123.5"
    assert "1234500" in reasons(reading)["F3"]


def test_a_code_too_long_for_a_number_is_a_doubt(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["申报表"]["B4"] = 430105241234567890123

    assert "数字太长" in reasons(read(tmp_path, change))["B4"]


def test_a_hidden_row_is_read_and_told(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["申报表"].row_dimensions[8].hidden = True

    reading = read(tmp_path, change)
    assert [row.level3 for row in reading.table.indicators][1] == "活动完成率"
    assert "第 8 行" in reasons(reading)["A8"]


def test_a_hidden_column_is_left_out_and_listed(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book["申报表"]
        sheet["G6"], sheet["G7"] = "内部掌握", "10"
        sheet.column_dimensions["G"].hidden = True

    reading = read(tmp_path, change)
    assert {(u.cell, u.text) for u in reading.table.unplaced} == {
        ("G6", "内部掌握"),
        ("G7", "10"),
    }
    assert reading.table.unplaced == reading.unplaced


def test_hidden_sheets_are_left_out_and_told(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        last_year, lists = book.create_sheet("去年"), book.create_sheet("字典")
        table(last_year)
        last_year["B3"] = "去年的项目"
        last_year.sheet_state = "hidden"
        lists["A1"] = "产出指标"
        lists.sheet_state = "veryHidden"

    (reading,), unread = read_parts(FORMS, saved(tmp_path, change))
    assert reading.table.fields["project_name"] == "读者活动经费"
    assert unread == ("隐藏的工作表“去年”、“字典”没有导入；要导入，请先在 Excel 里取消隐藏。",)
    assert not reading.unplaced


def test_a_file_whose_tables_are_all_hidden_is_refused_with_the_way_out(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.create_sheet("说明")["A1"] = "填写说明"
        book["申报表"].sheet_state = "hidden"

    with pytest.raises(RefusedFileError, match=r"隐藏的工作表“申报表”.*取消隐藏"):
        read_draft(FORMS, saved(tmp_path, change))


def test_a_ledger_holds_numbers(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book["申报表"]
        sheet.insert_rows(5)
        for col, value in enumerate(["政府性基金", 0, None, None, "其他资金", -5], 1):
            sheet.cell(5, col, value)
        for cell in ("B5", "F5"):
            sheet[cell].number_format = '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"_);_(@_)'

    reading = read(tmp_path, change)
    assert not reading.doubts
    fields = reading.table.fields
    assert (fields["government_fund"], fields["other_funds"]) == ("0", "-5.00")
