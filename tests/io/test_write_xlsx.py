from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.io.files.write.opc import xml_text
from jixiao.io.files.write.write_docx import write_docx
from jixiao.io.files.write.write_xlsx import write_xlsx
from jixiao.io.files.write.xlsx_values import number_format, sheet_names
from jixiao.io.paper.page.grid import Grid, Page, Style, column_letters
from jixiao.model.errors import ExportError
from tests.io.grids import cell, grid, grids, project_page

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
EDGES = ("left", "right", "top", "bottom")


def written(page: Grid, folder: Path, name: str = "表") -> Path:
    path = folder / "out.xlsx"
    write_xlsx([(name, page)], path)
    return path


def sheet_of(path: Path) -> Worksheet:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def raw_borders(path: Path) -> dict[str, dict[str, str]]:
    """The lines of every cell as they stand in the file; openpyxl mends those of merged cells."""
    with zipfile.ZipFile(path) as package:
        styles = etree.fromstring(package.read("xl/styles.xml"))
        sheet = etree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    lines = [
        {edge: border.find(f"m:{edge}", NS).get("style", "") for edge in EDGES}
        for border in styles.iterfind("m:borders/m:border", NS)
    ]
    xfs = [lines[int(xf.get("borderId"))] for xf in styles.iterfind("m:cellXfs/m:xf", NS)]
    return {c.get("r"): xfs[int(c.get("s"))] for c in sheet.iterfind(".//m:c", NS)}


def shown(value: object, code: str) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if code == "General":
        return str(value)
    comma = "," if "," in code else ""
    return f"{value:{comma}.{len(code.partition('.')[2])}f}"


def check(page: Grid, path: Path) -> None:
    """Texts, spans, looks and borders of every covered cell."""
    sheet = sheet_of(path)
    lines = raw_borders(path)
    merged = {str(area) for area in sheet.merged_cells.ranges}
    for one in page.cells:
        first = f"{column_letters(one.col)}{one.row + 1}"
        last = f"{column_letters(one.right - 1)}{one.bottom}"
        assert first == last or f"{first}:{last}" in merged
        read = sheet[first]
        clean = xml_text(one.text).replace("&lt;", "<").replace("&gt;", ">")
        clean = clean.replace("&quot;", '"').replace("&amp;", "&")
        assert shown(read.value, read.number_format) == clean
        assert (read.font.name, read.font.sz) == (one.style.font, one.style.size)
        marks = (read.font.b, read.font.i, read.font.u == "single")
        assert marks == (one.style.bold, one.style.italic, one.style.underline)
        align = read.alignment
        assert (align.horizontal, align.vertical) == (one.style.halign, one.style.valign)
        shrunk = isinstance(read.value, int | float) and bool(align.shrink_to_fit)
        assert bool(align.wrap_text) == ((one.style.wrap or "\n" in one.text) and not shrunk)
        assert align.indent == one.style.indent
        assert (read.fill.fgColor.rgb if one.style.fill else "FF") == "FF" + one.style.fill
        for row in range(one.row, one.bottom):
            for col in range(one.col, one.right):
                here = lines[f"{column_letters(col)}{row + 1}"]
                outer = {
                    "left": col == one.col,
                    "right": col == one.right - 1,
                    "top": row == one.row,
                    "bottom": row == one.bottom - 1,
                }
                for edge in (edge for edge in EDGES if outer[edge]):
                    assert here[edge] == getattr(one.style.border, edge)
    spans = sum(one.rowspan * one.colspan > 1 for one in page.cells)
    assert len(merged) == spans


def test_a_page_reads_back(tmp_path: Path) -> None:
    path = written(project_page(), tmp_path)
    check(project_page(), path)
    sheet = sheet_of(path)
    assert sheet["D5"].value == 56.1
    assert sheet["D5"].number_format == "0.00"
    assert (sheet["C6"].value, sheet["C6"].data_type) == ("=1+1", "s")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(page=grids())
def test_any_page_reads_back(page: Grid, tmp_path: Path) -> None:
    check(page, written(page, tmp_path))


def test_every_part_is_well_formed_and_named(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    write_xlsx([("一", project_page()), ("二", project_page())], path)
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        types = etree.fromstring(package.read("[Content_Types].xml"))
        for name in names:
            etree.fromstring(package.read(name))
    declared = {child.get("PartName") for child in types if child.get("PartName")}
    assert declared == {"/" + n for n in names if not n.endswith((".rels", "_Types].xml"))}
    assert openpyxl.load_workbook(path).sheetnames == ["一", "二"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0", "General"),
        ("48.4", "General"),
        ("56.10", "0.00"),
        ("-3", "General"),
        ("-0.5", "General"),
        ("0.00", "0.00"),
        ("1000000000", "General"),
        ("13812345678", "0"),
        ("12345678.123", "0.000"),
        ("123456789012345", "0"),
        ("1234567890123456", None),
        ("123456789012.1234", None),
        ("001", None),
        ("-0", None),
        ("-0.00", None),
        ("1.", None),
        (".5", None),
        ("+5", None),
        ("1e5", None),
        ("5%", None),
        ("1,000", "#,##0"),
        ("1,234.50", "#,##0.00"),
        ("-1,234,567.8", "#,##0.0"),
        ("1,2345", None),
        ("12345,678", None),
        ("0,123", None),
        ("1,000,000,000,000,000", None),
        ("١٢٣", None),
        ("２０", None),
        ("5\n", None),
        ("", None),
    ],
)
def test_numbers_show_as_typed(text: str, code: str | None) -> None:
    assert number_format(text) == code


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@a", "001", "1e5", "2026年1月", "3/4", "'a"])
def test_what_excel_would_reinterpret_stays_text(text: str, tmp_path: Path) -> None:
    sheet = sheet_of(written(grid(cell(0, 0, text, bound=True)), tmp_path))
    assert (sheet["A1"].value, sheet["A1"].data_type) == (text, "s")
    assert sheet["A1"].quotePrefix


def test_labels_stay_text(tmp_path: Path) -> None:
    sheet = sheet_of(written(grid(cell(0, 0, "2026")), tmp_path))
    assert sheet["A1"].value == "2026"


def test_a_number_wider_than_its_cell_is_a_number_that_shrinks(tmp_path: Path) -> None:
    texts = ("123456789012", "1,234,567.50", "9.50")
    page = grid(*(cell(0, n, text, bound=True) for n, text in enumerate(texts)), width=30)
    sheet = sheet_of(written(page, tmp_path))
    assert [c.value for c in sheet[1]] == [123456789012, 1234567.5, 9.5]
    assert [c.number_format for c in sheet[1]] == ["0", "#,##0.00", "0.00"]
    assert [bool(c.alignment.shrink_to_fit) for c in sheet[1]] == [True, True, False]


@pytest.mark.parametrize("write", [lambda page, path: write_xlsx([("表", page)], path),
                                   lambda page, path: write_docx([page], path)])  # fmt: skip
def test_a_page_that_has_not_changed_is_the_same_file(
    write: Callable[[Grid, Path], None], tmp_path: Path
) -> None:
    write(project_page(), tmp_path / "一")
    write(project_page(), tmp_path / "二")
    assert (tmp_path / "一").read_bytes() == (tmp_path / "二").read_bytes()
    with zipfile.ZipFile(tmp_path / "一") as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in package.namelist():
            assert b"W3CDTF" not in package.read(name)


def test_long_texts(tmp_path: Path) -> None:
    text = "长" * 16384
    assert sheet_of(written(grid(cell(0, 0, text)), tmp_path))["A1"].value == text
    with pytest.raises(ExportError, match=r"“部门表”的 B2 格有 32768 个字"):
        written(grid(cell(0, 0, "短"), cell(1, 1, "长" * 32768)), tmp_path, "部门表")
    with pytest.raises(ExportError, match="A1"):
        written(grid(cell(0, 0, "𠮷" * 20000)), tmp_path)
    assert sheet_of(tmp_path / "out.xlsx")["A1"].value == text


def test_a_row_higher_than_excel_allows_becomes_several(tmp_path: Path) -> None:
    page = grid(
        cell(0, 0, "职责"), cell(0, 1, "长\n" * 40), cell(1, 0, "完", span=(1, 2)), header=0
    )
    sheet = sheet_of(written(page, tmp_path))
    heights = [sheet.row_dimensions[row].height for row in range(1, 4)]
    assert max(heights) <= 409.5
    assert sum(heights[:2]) >= 41 * 10.5 * 1.3
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:A2", "B1:B2", "A3:B3"}
    assert sheet["A3"].value == "完"
    assert sheet.print_title_rows == "$1:$2"


def test_page_set_up(tmp_path: Path) -> None:
    wide = Page(width=841.9, height=595.3, left=36, fit_width=True, center=True)
    page = replace(project_page(), page=wide)
    path = written(page, tmp_path, "项目'1")
    sheet = sheet_of(path)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_options.horizontalCentered
    assert sheet.page_margins.left == 0.5
    assert sheet.print_title_rows == "$4:$4"
    assert not sheet.print_area  # a row added in Excel is printed as well
    assert not sheet.sheet_view.showGridLines
    assert sheet.column_dimensions["A"].width == pytest.approx(60 / 5.25, abs=0.01)
    a3 = replace(page, page=Page(width=841.9, height=1190.6, fit_width=False, center=False))
    sheet = sheet_of(written(a3, tmp_path))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "portrait")
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    assert not sheet.print_options.horizontalCentered


def test_scattered_header_rows_are_not_repeated(tmp_path: Path) -> None:
    page = project_page()
    rows = tuple(replace(row, header=n in {0, 3}) for n, row in enumerate(page.rows))
    sheet = sheet_of(written(replace(page, rows=rows), tmp_path))
    assert not sheet.print_title_rows


def test_sheet_names() -> None:
    wanted = ["a/b:c", "", "'x'", "AB", "ab", "长" * 40, "长" * 41, "[]"]
    names = sheet_names(wanted)
    assert names[:5] == ["abc", "表2", "x", "AB", "ab(2)"]
    assert names[5:] == ["长" * 31, "长" * 28 + "(2)", "表8"]
    assert sheet_names(["甲\u202e乙\u200b", "History"]) == ["甲乙", "History(2)"]


def test_styles_are_shared(tmp_path: Path) -> None:
    same = [cell(row, 0, "字", style=Style(size=9.0)) for row in range(20)]
    with zipfile.ZipFile(written(grid(*same), tmp_path)) as package:
        styles = etree.fromstring(package.read("xl/styles.xml"))
    assert styles.find("m:cellXfs", NS).get("count") == "2"
