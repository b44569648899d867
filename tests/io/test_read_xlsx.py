"""Workbooks: real drafts against openpyxl, and small ones written by hand."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from jixiao.io.files.read.door import read_grids, sniff

DRAFTS = Path(__file__).parents[1] / "data/drafts"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def texts(grid):
    return {grid.address(cell.row, cell.col): cell.text for cell in grid.cells if cell.text}


def spans(grid):
    return {
        f"{grid.address(c.row, c.col)}:{grid.address(c.bottom - 1, c.right - 1)}"
        for c in grid.cells
        if c.rowspan * c.colspan > 1
    }


def save(tmp_path, fill):
    book = openpyxl.Workbook()
    fill(book.active)
    path = tmp_path / "book.xlsx"
    book.save(path)
    return path


def by_hand(tmp_path, sheet, *, namespace=MAIN, extra=None, root='<sheet name="表" sheetId="1"/>'):
    """A workbook of nothing but its least parts."""
    path = tmp_path / "hand.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{namespace}"><sheets>{root}</sheets></workbook>'
        )
        package.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{namespace}">{sheet}</worksheet>'
        )
        for name, content in (extra or {}).items():
            package.writestr(name, content)
    return path


@pytest.mark.parametrize("path", sorted(DRAFTS.glob("*.xlsx")), ids=lambda path: path.stem)
def test_draft_has_the_cells_that_openpyxl_finds(path):
    book = openpyxl.load_workbook(path, data_only=True)
    filled = [s for s in book if any(str(v or "").strip() for r in s.values for v in r)]
    grids = read_grids(path)
    assert [grid.sheet for grid in grids] == [sheet.title for sheet in filled]
    for grid, sheet in zip(grids, filled, strict=True):
        found = texts(grid)
        expected = {
            cell.coordinate: cell.value
            for row in sheet.iter_rows()
            for cell in row
            if str(cell.value if cell.value is not None else "").strip()
        }
        assert found.keys() == expected.keys()
        for address, value in expected.items():
            if isinstance(value, str):
                assert found[address] == value
            elif found[address].endswith("%"):
                assert float(found[address][:-1]) == pytest.approx(value * 100)
            else:
                assert float(found[address]) == pytest.approx(value, abs=0.005)
        assert spans(grid) == {str(area) for area in sheet.merged_cells.ranges}


def test_messy_draft_shows_percents_and_cached_formulas():
    [grid] = read_grids(DRAFTS / "messy-3-lukou2026-department.xlsx")
    found = texts(grid)
    assert (found["B11"], found["C12"]) == ("697.61", "697.61")
    assert found["E22"] == "100%"
    assert found["E29"] == "95%"


def test_hidden_row_is_marked_and_kept():
    [grid] = read_grids(DRAFTS / "messy-2-lukou2026-projects-3-4.xlsx")
    [hidden] = [i for i, row in enumerate(grid.rows) if row.hidden]
    assert grid.address(hidden, 0) == "A32"
    assert any("民生实事" in cell.text for cell in grid.row_cells(hidden))


def test_values_are_shown_through_their_formats(tmp_path):
    def fill(sheet):
        for row, (value, code) in enumerate(
            [
                (0.95, "0%"),
                (56.1, "0.00"),
                (1234.5, "#,##0.00"),
                (48.4, "General"),
                (date(2026, 1, 5), 'yyyy"年"m"月"'),
                (datetime(2026, 1, 5), "mm-dd-yy"),  # noqa: DTZ001
                (True, "General"),
                ("#REF!", "General"),
                ("=1+1", "General"),
                (100, "@"),
            ],
            1,
        ):
            sheet.cell(row, 1, value).number_format = code

    [grid] = read_grids(save(tmp_path, fill))
    assert texts(grid) == {
        "A1": "95%",
        "A2": "56.10",
        "A3": "1234.50",
        "A4": "48.4",
        "A5": "2026年1月",
        "A6": "2026/1/5",
        "A7": "TRUE",
        "A8": "#REF!",
        "A10": "100",
    }


def test_dates_of_the_1904_epoch(tmp_path):
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"] = date(2026, 1, 5)
    book.active["A1"].number_format = "yyyy-mm-dd"
    book.save(tmp_path / "mac.xlsx")
    assert texts(read_grids(tmp_path / "mac.xlsx")[0]) == {"A1": "2026-01-05"}


def test_rich_text_is_joined_and_raised_digits_kept(tmp_path):
    raised = InlineFont(vertAlign="superscript")

    def fill(sheet):
        sheet["A1"] = CellRichText("面积500m", TextBlock(raised, "2"))
        sheet["A2"] = CellRichText("说明", TextBlock(raised, "注"))

    assert texts(read_grids(save(tmp_path, fill))[0]) == {"A1": "面积500m²", "A2": "说明注"}


def test_inline_strings_phonetic_hints_and_escapes(tmp_path):
    sheet = (
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><r><t>目</t></r><r><t>标</t></r>'
        "<rPh><t>mubiao</t></rPh></is></c>"
        '<c r="B1" t="str"><v>一_x000D_\n二</v></c><c r="C1" t="str"><f>A1</f><v></v></c>'
        '<c r="D1" t="s"><v>99</v></c><c r="E1"><v>1E2</v></c><c r="F1"><v>odd</v></c>'
        '<c r="G1" t="str"><v>_xD800_坏</v></c></row></sheetData>'
    )
    [grid] = read_grids(by_hand(tmp_path, sheet))
    assert texts(grid) == {"A1": "目标", "B1": "一\n二", "E1": "100", "F1": "odd", "G1": "坏"}


def test_cells_and_rows_without_addresses(tmp_path):
    sheet = (
        "<sheetData><row><c/><c><v>2</v></c><c/><c><v>4</v></c></row><row/>"
        '<row><c r="C3"><v>3</v></c><c><v>4</v></c></row>'
        '<row r="5"><c><v>1</v></c></row><row><c><v>1</v></c></row></sheetData>'
    )
    [grid] = read_grids(by_hand(tmp_path, sheet))
    assert texts(grid) == {"B1": "2", "D1": "4", "C3": "3", "D3": "4", "A5": "1", "A6": "1"}


@pytest.mark.parametrize("namespace", [MAIN, STRICT])
def test_strict_and_without_styles_or_relations(tmp_path, namespace):
    sheet = (
        '<sheetData><row r="1"><c r="A1" s="7"><v>5.5</v></c>'
        '<c r="B1" t="d"><v>2026-01-05</v></c></row></sheetData>'
    )
    [grid] = read_grids(by_hand(tmp_path, sheet, namespace=namespace))
    assert grid.sheet == "表"
    assert texts(grid) == {"A1": "5.5", "B1": "2026/1/5"}


def test_far_apart_cells_keep_their_addresses(tmp_path):
    def fill(sheet):
        sheet["A1"], sheet["C5"], sheet["XFD1048576"] = "甲", "乙", "丙"

    [grid] = read_grids(save(tmp_path, fill))
    assert texts(grid) == {"A1": "甲", "C5": "乙", "XFD1048576": "丙"}
    assert len(grid.rows) == 7
    assert len(grid.columns) == 5


def test_blank_rows_in_between_are_kept_when_few(tmp_path):
    def fill(sheet):
        sheet["B3"], sheet["B9"] = "甲", "乙"

    [grid] = read_grids(save(tmp_path, fill))
    assert len(grid.rows) == 9
    assert grid.row_numbers == ()
    assert [(cell.row, cell.col) for cell in grid.cells] == [(2, 1), (8, 1)]


def test_merges_of_blank_overlapping_and_whole_sheet_cells(tmp_path):
    merges = ("B2:C3", "C3:D4", "A5:XFD1048576", "F1:G1", "F9:G9", "A1:A1", "nonsense")
    sheet = (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="F1"><v>6</v></c></row>'
        '<row r="5"><c r="A5"><v>5</v></c></row></sheetData><mergeCells>'
        + "".join(f'<mergeCell ref="{merge}"/>' for merge in merges)
        + "</mergeCells>"
    )
    [grid] = read_grids(by_hand(tmp_path, sheet))
    assert spans(grid) == {"B2:C3", "A5:F5", "F1:G1"}
    assert len(grid.covered) == sum(cell.rowspan * cell.colspan for cell in grid.cells)


def test_column_widths_are_in_points(tmp_path):
    def fill(sheet):
        sheet["B1"] = "甲"
        sheet.column_dimensions["B"].width = 20

    [grid] = read_grids(save(tmp_path, fill))
    assert grid.columns == (54.0, 105.0)


def test_content_decides_not_the_name(tmp_path):
    path = tmp_path / "草稿.doc"
    path.write_bytes((DRAFTS / "lukou2026-project-1.xlsx").read_bytes())
    assert sniff(path) == "xlsx"
    assert read_grids(path) == read_grids(DRAFTS / "lukou2026-project-1.xlsx")
