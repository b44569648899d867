"""An empty form in Excel: it looks as every export does, helps who fills it, and is read back."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.app.exporting import write_empty_form
from jixiao.app.forms.at_hand import BUILT_IN, FormLibrary
from jixiao.app.importing.drafts import import_files, read_draft
from jixiao.app.session import Session
from jixiao.io.files.write.write_xlsx import write_xlsx
from jixiao.io.paper.form.blank import blank_name, blank_page, usual_money_unit
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import column_letters
from jixiao.model.errors import ExportError
from jixiao.model.table import Table
from tests.io.forms import FORM_IDS, built_in


def empty(form: Form, folder: Path) -> Worksheet:
    write_empty_form(form, folder / "空表.xlsx")
    return openpyxl.load_workbook(folder / "空表.xlsx").worksheets[0]


def plain(form: Form, folder: Path) -> Worksheet:
    write_xlsx([(blank_name(form), blank_page(form))], folder / "导出.xlsx")
    return openpyxl.load_workbook(folder / "导出.xlsx").worksheets[0]


def rows_of_fixed_height(path: Path) -> set[int]:
    with zipfile.ZipFile(path) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    rows = re.findall(r'<row r="(\d+)"([^>]*)>', sheet)
    return {int(number) for number, told in rows if 'customHeight="1"' in told}


def rule_of(sheet: Worksheet, address: str):
    (found,) = [rule for rule in sheet.data_validations.dataValidation if address in rule.sqref]
    return found


def edges(cell) -> list[str | None]:
    return [getattr(cell.border, side).style for side in ("left", "right", "top", "bottom")]


def address_of(form: Form, place: tuple[str, int, str]) -> str:
    cell = blank_page(form).places[place]
    return f"{column_letters(cell.col)}{cell.row + 1}"


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_it_looks_as_every_export_does(tmp_path: Path, form_id: str) -> None:
    form = built_in(form_id)
    one, other = empty(form, tmp_path), plain(form, tmp_path)
    assert one.title == other.title
    assert {str(r) for r in one.merged_cells.ranges} == {str(r) for r in other.merged_cells.ranges}
    for row in other.iter_rows():
        for cell in row:
            mate = one[cell.coordinate]
            assert mate.value == cell.value
            assert edges(mate) == edges(cell)
            if not isinstance(cell, MergedCell):
                looks = ("font", "fill", "alignment", "number_format", "quotePrefix")
                assert all(repr(getattr(mate, n)) == repr(getattr(cell, n)) for n in looks)
    heights = [
        {n: d.height for n, d in sheet.row_dimensions.items() if n <= sheet.max_row}
        for sheet in (one, other)
    ]
    assert heights[0] == heights[1]
    for letters, column in other.column_dimensions.items():
        assert one.column_dimensions[letters].width == column.width
    assert not one.print_area
    assert one.print_title_rows == other.print_title_rows
    assert one.page_margins == other.page_margins
    for name in ("orientation", "paperSize", "fitToHeight"):
        assert getattr(one.page_setup, name) == getattr(other.page_setup, name)
    assert one.sheet_properties.pageSetUpPr == other.sheet_properties.pageSetUpPr
    assert one.print_options == other.print_options
    assert not one.sheet_view.showGridLines


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_rows_to_fill_grow_and_goals_have_room(tmp_path: Path, form_id: str) -> None:
    form = built_in(form_id)
    page = blank_page(form)
    sheet = empty(form, tmp_path)
    fixed_rows = rows_of_fixed_height(tmp_path / "空表.xlsx")
    for number, row in enumerate(page.rows, start=1):
        cells = [cell for cell in page.row_cells(number - 1) if not cell.is_label]
        fixed = number in fixed_rows
        if row.band and all(cell.colspan == 1 for cell in cells):
            assert not fixed
        elif row.band:  # Excel fits no row to what stands in merged cells
            assert sheet.row_dimensions[number].height >= 36
        for cell in cells:
            if cell.bindings[0].name in {"annual_goal", "period_goal", "total_goal"}:
                assert sheet.row_dimensions[number].height >= (36 if row.band else 100)
    assert sum(row.band == "indicators" for row in page.rows) in {0, 10}
    lists = {band.list for band in form.bands}
    for name in lists & {"tasks", "spending_details"}:
        assert sum(row.band == name for row in page.rows) == 5
    write_xlsx([(form.name, fill(form, Table(kind=form.kind)))], tmp_path / "导出.xlsx")
    assert rows_of_fixed_height(tmp_path / "导出.xlsx") == set(range(1, len(form.rows) + 1))


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_help_never_hinders_and_keeps_excels_limits(tmp_path: Path, form_id: str) -> None:
    sheet = empty(built_in(form_id), tmp_path)
    rules = sheet.data_validations.dataValidation
    assert rules
    for rule in rules:
        assert not rule.showErrorMessage
        assert rule.showInputMessage
        assert 0 < len(rule.prompt) <= 255
        if rule.type == "list":
            assert rule.formula1[0] == rule.formula1[-1] == '"'
            assert not rule.showDropDown  # what hides the arrow
            texts = rule.formula1[1:-1].split(",")
            assert len(rule.formula1) <= 257
            assert len(texts) > 1
            assert all(text == text.strip() for text in texts)
    assert not sheet.protection.sheet
    covered = [address for rule in rules for area in rule.sqref.ranges for address in area.cells]
    assert len(covered) == len(set(covered))


def test_lists_hold_what_the_form_prints(tmp_path: Path) -> None:
    form = built_in("lukou2026-xiangmu")
    sheet = empty(form, tmp_path)
    at = {name: address_of(form, ("indicators", -1, name)) for name in ("comparator", "unit")}
    assert rule_of(sheet, at["comparator"]).formula1 == '"≥,≤,＝,＞,＜,定性"'
    assert rule_of(sheet, at["unit"]).formula1.startswith('"%,次,个,项,人,')
    first = rule_of(sheet, address_of(form, ("indicators", -1, "level1")))
    assert first.formula1[1:-1].split(",")[0] == form.levels[0][0]
    second = rule_of(sheet, address_of(form, ("indicators", -1, "level2"))).formula1[1:-1]
    assert second.split(",") == [level2 for _, level2 in form.levels]
    unit = rule_of(sheet, address_of(form, ("field", -1, "money_unit")))
    assert unit.formula1 == '"金额单位：万元,金额单位：元"'  # the printed word stays


def test_notes_say_what_to_write(tmp_path: Path) -> None:
    form = built_in("shifeng2023-fubiao1")
    sheet = empty(form, tmp_path)
    assert "≥10次" in rule_of(sheet, address_of(form, ("indicators", -1, "target:cvu"))).prompt
    assert "单位：万元" in rule_of(sheet, address_of(form, ("field", -1, "other_funds"))).prompt
    assert "2026" in rule_of(sheet, address_of(form, ("field", -1, "title"))).prompt
    form = built_in("lunan2025-xiangmu")
    assert "%" in rule_of(empty(form, tmp_path), address_of(form, ("share", -1, "3月底"))).prompt


def test_help_stands_beside_its_cell_below_a_row_higher_than_excel_allows(tmp_path: Path) -> None:
    form = built_in("lukou2026-xiangmu")
    rows = (replace(form.rows[0], min_height=1000), *form.rows[1:])
    sheet = empty(replace(form, rows=rows), tmp_path)
    assert sheet.max_row == len(blank_page(form).rows) + 2
    comparator = address_of(form, ("indicators", -1, "comparator"))
    below = rule_of(sheet, f"{comparator[0]}{int(comparator[1:]) + 2}")
    assert below.formula1.startswith('"≥')


def test_filled_in_excel_it_is_read_back(tmp_path: Path) -> None:
    form = built_in("lukou2026-xiangmu")
    write_empty_form(form, tmp_path / "空表.xlsx")
    book = openpyxl.load_workbook(tmp_path / "空表.xlsx")
    sheet = book.worksheets[0]
    for place, text in {
        ("field", -1, "agency"): "填报单位：甲局",
        ("field", -1, "money_unit"): "金额单位：万元",
        ("field", -1, "project_name"): "会议费",
        ("field", -1, "project_amount"): 48.4,
        ("indicators", -1, "level1"): "产出指标",
        ("indicators", -1, "level2"): "数量指标",
        ("indicators", -1, "level3"): "会议次数",
        ("indicators", -1, "comparator"): "＝",
        ("indicators", -1, "value"): 4,
        ("indicators", -1, "unit"): "次",
    }.items():
        sheet[address_of(form, place)] = text
    book.save(tmp_path / "填好.xlsx")
    with Session.open(tmp_path / "b.jxb") as session:
        (report,) = import_files(session, [tmp_path / "填好.xlsx"])
        table = session.book.table(report.table_ids[0])
    assert (table.agency, table.money_unit, table.form) == ("甲局", "万元", form.id)
    assert table.fields["project_name"] == "会议费"
    assert table.fields["project_amount"] == "48.4"
    (row,) = table.indicators
    assert (row.level1, row.level2, row.level3) == ("产出指标", "数量指标", "会议次数")
    assert (row.comparator, row.value, row.unit) == ("=", "4", "次")


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
@pytest.mark.parametrize("form_id", FORM_IDS)
def test_what_is_left_blank_is_not_told_by_the_forms_own_name(
    tmp_path: Path, form_id: str, ending: str
) -> None:
    """The year in a form's name tells when it came, not of which year the table is."""
    form = built_in(form_id)
    path = tmp_path / f"{blank_name(form)}（空表）.{ending}"
    write_empty_form(form, path)
    (reading,) = read_draft(FormLibrary([BUILT_IN]), path)
    assert reading.table.year is None
    assert reading.table.money_unit == usual_money_unit(form)


def test_a_target_that_cannot_be_written_is_told_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "空表.xlsx").mkdir()
    with pytest.raises(ExportError, match=r"“空表\.xlsx”"):
        write_empty_form(built_in(FORM_IDS[0]), tmp_path / "空表.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["空表.xlsx"]
