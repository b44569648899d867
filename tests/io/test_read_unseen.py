"""What is seen is what is read; what is not seen, or not certain, is told."""

import zipfile
from pathlib import Path

import pytest
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from jixiao.io.files.read.door import read_grids, read_pages, sniff
from tests.io.unseen import HIDDEN, ods, xlsx, xml2003, xml_row


def texts(grid):
    return {grid.address(cell.row, cell.col): cell.text for cell in grid.cells if cell.text}


def told(grid):
    return [(remark.kind, remark.cell, remark.text) for remark in grid.remarks]


@pytest.mark.parametrize("kind", sorted(HIDDEN))
def test_hidden_sheets_rows_and_columns(tmp_path, kind):
    path = HIDDEN[kind](tmp_path)
    seen, unseen = read_pages(path)
    assert not seen.hidden
    assert (unseen.sheet, unseen.hidden) == ("备份", True)
    assert read_grids(path) == [seen]
    assert texts(seen) == {
        "A1": "甲1", "C1": "丙1", "A2": "甲2", "C2": "丙2", "A3": "甲3", "C3": "丙3", "C4": "合并",
    }  # fmt: skip
    assert told(seen) == [
        ("hidden_rows", "A3", "3"),
        ("hidden_text", "B1", "乙1"),
        ("hidden_text", "B2", "乙2"),
        ("hidden_text", "B3", "乙3"),
    ]


def test_runs_of_hidden_rows_are_told_once(tmp_path):
    def fill(book):
        for row in range(1, 8):
            book.active.cell(row, 1, f"行{row}")
        for row in (2, 3, 4, 6):
            book.active.row_dimensions[row].hidden = True

    [grid] = read_grids(xlsx(tmp_path, fill))
    assert told(grid) == [("hidden_rows", "A2", "2–4"), ("hidden_rows", "A6", "6")]


def test_a_sheet_may_hide_its_zeros(tmp_path):
    def fill(book):
        book.active.append(["甲", 0, 5])
        book.active.sheet_view.showZeros = False

    [grid] = read_grids(xlsx(tmp_path, fill))
    assert texts(grid) == {"A1": "甲", "C1": "5"}


def test_a_format_may_hide_a_number_or_a_text_and_add_words(tmp_path):
    def fill(book):
        sheet = book.active
        for row, (value, code) in enumerate(
            [("甲", "General"), (5, ";;;"), ("乙", ";;;"), ("丙", '"第"@"号"'), (0, ";;;")], 1
        ):
            sheet.cell(row, 1, value).number_format = code

    [grid] = read_grids(xlsx(tmp_path, fill))
    assert texts(grid) == {"A1": "甲", "A4": "第丙号"}
    assert told(grid) == [("hidden_text", "A2", "5"), ("hidden_text", "A3", "乙")]


def test_numbers_that_are_not_what_they_seem(tmp_path):
    def fill(book):
        sheet = book.active
        for row, (value, code) in enumerate(
            [
                (1234500, "0\\.0,"),
                (1234500, '0\\.0,"万"'),
                (430105241000000000000, "General"),
                (430105199001011, "0"),
                (-5, "0.00_);(0.00)"),
            ],
            1,
        ):
            sheet.cell(row, 1, value).number_format = code

    [grid] = read_grids(xlsx(tmp_path, fill))
    assert list(texts(grid).values()) == [
        "123.5", "123.5万", "430105241000000000000", "430105199001011", "-5.00",
    ]  # fmt: skip
    assert [(r.kind, r.cell, r.text, r.shown) for r in grid.remarks] == [
        ("other_size", "A1", "1234500", "123.5"),
        ("digits_lost", "A3", "430105241000000000000", "430105241000000000000"),
    ]


def formula_xlsx(folder):
    def fill(book):
        book.active.append(["甲", "=40+60", "乙"])

    return xlsx(folder, fill)


def formula_xls(folder):
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write(0, 0, "甲")
    sheet.write(0, 1, xlwt.Formula("40+60"))
    sheet.write(0, 2, "乙")
    path = folder / "book.xls"
    book.save(str(path))
    return path


def formula_xml2003(folder):
    row = (
        '<Row><Cell><Data ss:Type="String">甲</Data></Cell><Cell ss:Formula="=40+60"/>'
        '<Cell><Data ss:Type="String">乙</Data></Cell></Row>'
    )
    return xml2003(folder, [("表", row, False)])


def formula_ods(folder):
    return ods(
        folder,
        '<t:table t:name="表"><t:table-row><t:table-cell><x:p>甲</x:p></t:table-cell>'
        '<t:table-cell t:formula="of:=40+60"/><t:table-cell><x:p>乙</x:p></t:table-cell>'
        "</t:table-row></t:table>",
    )


@pytest.mark.parametrize("make", [formula_xlsx, formula_xls, formula_xml2003, formula_ods])
def test_a_formula_without_a_result_is_told(tmp_path, make):
    [grid] = read_grids(make(tmp_path))
    assert texts(grid) == {"A1": "甲", "C1": "乙"}
    [remark] = grid.remarks
    assert (remark.kind, remark.cell) == ("no_result", "B1")


def test_a_formula_whose_result_is_blank_is_right(tmp_path):
    path = formula_xlsx(tmp_path)
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c>'
        '<c r="B1" t="str"><f>IF(A1="","",1)</f><v></v></c><c r="C1"><f>1+1</f><v>2</v></c></row>'
        "</sheetData></worksheet>"
    )
    changed = tmp_path / "changed.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    [grid] = read_grids(changed)
    assert texts(grid) == {"A1": "甲", "C1": "2"}
    assert grid.remarks == ()


def test_parts_may_lie_anywhere_in_the_package(tmp_path):
    def fill(book):
        book.active.append(["甲", 0.95])
        book.active["B1"].number_format = "0%"

    path = xlsx(tmp_path, fill)
    moved = tmp_path / "moved.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(moved, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "_rels/.rels":
                content = content.replace(b"xl/workbook.xml", b"book/main.xml")
            elif name.endswith("workbook.xml.rels"):
                content = content.replace(b"/xl/", b"/book/")
            target = name.replace("xl/workbook.xml", "xl/main.xml").replace(
                "workbook.xml.rels", "main.xml.rels"
            )
            new.writestr(target.replace("xl/", "book/"), content)
    assert sniff(moved) == "xlsx"
    [grid] = read_grids(moved)
    assert texts(grid) == {"A1": "甲", "B1": "95%"}


def test_raised_digits_are_characters_of_their_own(tmp_path):
    high = InlineFont(vertAlign="superscript")

    def fill(book):
        book.active["A1"] = CellRichText("1200m", TextBlock(high, "2"))
        book.active["A2"] = CellRichText("10", TextBlock(high, "-4"), "以下")
        book.active["A3"] = CellRichText("甲", TextBlock(high, "注"))

    [grid] = read_grids(xlsx(tmp_path, fill))
    assert list(texts(grid).values()) == ["1200m²", "10⁻⁴以下", "甲注"]


def test_raised_digits_of_the_older_workbooks(tmp_path):
    book = xlwt.Workbook()
    plain, high = xlwt.Font(), xlwt.Font()
    high.escapement = xlwt.Font.ESCAPEMENT_SUPERSCRIPT
    book.add_sheet("表").write_rich_text(0, 0, (("1200m", plain), ("2", high)))
    path = tmp_path / "book.xls"
    book.save(str(path))
    assert list(texts(read_grids(path)[0]).values()) == ["1200m²"]


def test_a_cell_of_the_xml_workbook_has_the_format_of_its_row_column_or_table(tmp_path):
    styles = (
        '<Style ss:ID="p"><NumberFormat ss:Format="0%"/></Style>'
        '<Style ss:ID="d"><NumberFormat ss:Format="0.00"/></Style>'
    )
    number = '<Cell{}><Data ss:Type="Number">0.95</Data></Cell>'
    bare, own = number.format(""), number.format(' ss:StyleID="p"')
    rows = (
        '<Column ss:Index="2" ss:StyleID="p"/>'
        f'<Row>{bare}{bare}</Row><Row ss:StyleID="d">{bare}{bare}{own}</Row>'
    )
    [grid] = read_grids(xml2003(tmp_path, [("表", rows, False)], styles))
    assert list(texts(grid).values()) == ["0.95", "95%", "0.95", "0.95", "95%"]


def test_words_with_a_line_through_them_are_a_doubt(tmp_path):
    def fill(book):
        book.active.append(["甲", "≥95%", "乙"])
        book.active["B1"].font = Font(strike=True)
        book.active["C1"] = CellRichText("90", TextBlock(InlineFont(strike=True), "80"))

    [grid] = read_grids(xlsx(tmp_path, fill))
    assert told(grid) == [("struck", "B1", "≥95%"), ("struck", "C1", "9080")]


def test_the_header_of_a_printed_sheet_is_told(tmp_path):
    def fill(book):
        book.active["A1"] = "甲"
        book.active.oddHeader.center.text = "2026年项目支出绩效目标表"
        book.active.oddHeader.center.size = 16
        book.active.oddFooter.center.text = "第 &P 页，共 &N 页"

    [grid] = read_grids(xlsx(tmp_path, fill))
    assert told(grid) == [("page_edge", "", "2026年项目支出绩效目标表")]


@pytest.fixture
def odd_xls(tmp_path):
    book = xlwt.Workbook()
    for name in ("表一", "表二"):
        sheet = book.add_sheet(name)
        for row in range(30):
            sheet.write(row, 0, f"{name}第{row}行")
    path = tmp_path / "book.xls"
    book.save(str(path))
    return path


@pytest.mark.parametrize("count", [0, 5, 65, 2_000_000_000])
def test_a_wrong_count_of_strings_does_no_harm(odd_xls, count):
    content = bytearray(odd_xls.read_bytes())
    place = content.find(b"\xfc\x00", 512)
    while content[place + 8 : place + 12] != (60).to_bytes(4, "little"):
        place = content.find(b"\xfc\x00", place + 1)
    content[place + 8 : place + 12] = count.to_bytes(4, "little")
    odd_xls.write_bytes(content)
    one, two = read_grids(odd_xls)
    assert len(texts(one)) == len(texts(two)) == 30
    assert texts(two)["A30"] == "表二第29行"


def test_rows_of_no_text_need_no_remark(tmp_path):
    path = xml2003(tmp_path, [("表", xml_row("甲") + '<Row ss:Hidden="1"/>', False)])
    assert read_grids(path)[0].remarks == ()


def test_a_flat_spreadsheet_is_read_as_its_package():
    data = Path(__file__).parents[1] / "data"
    [one] = read_grids(data / "files/messy-1-lukou2026-project-1.fods")
    [other] = read_grids(data / "files/messy-1-lukou2026-project-1.ods")
    assert one.cells == other.cells


def test_raised_digits_of_open_document_sheets(tmp_path):
    style = '<s:style s:name="up"><s:text-properties s:text-position="super 58%"/></s:style>'
    cell = '<t:table-cell><x:p>m<x:span x:style-name="up">2</x:span></x:p></t:table-cell>'
    [grid] = read_grids(
        ods(tmp_path, f'<t:table t:name="表"><t:table-row>{cell}</t:table-row></t:table>', style)
    )
    assert texts(grid) == {"A1": "m²"}


def test_a_ledger_in_an_open_document_sheet_holds_numbers(tmp_path):
    cells = "".join(
        f'<t:table-cell o:value-type="float" o:value="{value}"><x:p>{shown}</x:p></t:table-cell>'
        for value, shown in [(0, "-"), (-5, "(5.00)"), (1234500, "123.5"), (0.95, "95%")]
    )
    [grid] = read_grids(
        ods(tmp_path, f'<t:table t:name="表"><t:table-row>{cells}</t:table-row></t:table>')
    )
    assert list(texts(grid).values()) == ["0", "-5.00", "123.5", "95%"]
    assert told(grid) == [("other_size", "C1", "1234500")]


def test_sectors_that_two_streams_share_do_no_harm(odd_xls):
    content = bytearray(odd_xls.read_bytes())
    # Another stream of the directory begins where the workbook does, and is as long.
    directory = 512 + 512 * int.from_bytes(content[48:52], "little")
    entries = range(directory, directory + 512, 128)
    book = next(n for n in entries if content[n : n + 8] == "Work".encode("utf-16-le"))
    other = next(n for n in entries if content[n + 66] == 0)
    content[other : other + 128] = content[book : book + 128]
    content[other : other + 2] = b"V\0"
    odd_xls.write_bytes(content)
    assert len(read_grids(odd_xls)) == 2


@pytest.mark.parametrize("kind", [0x001C, 0x005D, 0x01B6, 0x00EC, 0x01B0, 0x0041])
def test_records_that_no_page_shows_may_be_odd(odd_xls, kind):
    content = odd_xls.read_bytes()
    # The record of the window's look, in each sheet, becomes another one of that size.
    mark = b"\x3e\x02\x12\x00"
    assert mark in content
    odd_xls.write_bytes(content.replace(mark, kind.to_bytes(2, "little") + b"\x12\x00"))
    assert len(read_grids(odd_xls)) == 2
