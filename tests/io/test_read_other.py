"""The rarer workbooks, made for the test or compared with the same draft as .xlsx."""

import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlwt

from jixiao.io.files.read.door import read_grids, sniff
from jixiao.model.errors import RefusedFileError

DRAFTS = Path(__file__).parents[1] / "data/drafts"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def layout(grid):
    return [(c.row, c.col, c.rowspan, c.colspan, c.text) for c in grid.cells]


def texts(grid):
    return {grid.address(cell.row, cell.col): cell.text for cell in grid.cells if cell.text}


def test_xls_draft_is_the_same_as_xlsx():
    [old] = read_grids(DRAFTS / "lukou2026-project-3.xls")
    [new] = read_grids(DRAFTS / "lukou2026-project-3.xlsx")
    assert layout(old) == layout(new)


def test_xls_formats_merges_and_hidden_rows(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("表一")
    shown = [(0.95, "0%"), (56.1, "0.00"), (1234.5, "#,##0.00"), (48.4, "General")]
    shown.append((date(2026, 1, 5), 'yyyy"年"m"月"'))
    for row, (value, code) in enumerate(shown):
        sheet.write(row, 0, value, xlwt.easyxf(num_format_str=code))
    sheet.write_merge(5, 6, 0, 2, "合并")
    sheet.write_merge(5, 6, 3, 4, "")
    sheet.write(7, 0, True)
    sheet.row(1).hidden = True
    book.add_sheet("空表")
    path = tmp_path / "旧.xlsx"
    book.save(str(path))
    assert sniff(path) == "xls"
    [grid] = read_grids(path)
    assert grid.sheet == "表一"
    assert list(texts(grid).values()) == [
        "95%", "56.10", "1234.50", "48.4", "2026年1月", "合并", "TRUE",
    ]  # fmt: skip
    assert [cell.text for cell in grid.cells if cell.colspan > 1] == ["合并", ""]
    assert [i for i, row in enumerate(grid.rows) if row.hidden] == [1]


def ods(tmp_path, rows, manifest=""):
    path = tmp_path / "表.ods"
    content = (
        f'<o:document-content xmlns:o="{OFFICE}:office:1.0" xmlns:t="{OFFICE}:table:1.0" '
        f'xmlns:x="{OFFICE}:text:1.0"><o:body><o:spreadsheet><t:tracked-changes><t:table-cell>'
        "<x:p>旧</x:p></t:table-cell></t:tracked-changes>"
        f'<t:table t:name="表">{rows}</t:table></o:spreadsheet></o:body></o:document-content>'
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    return path


def test_ods_shows_what_the_cells_display(tmp_path):
    rows = (
        "<t:table-header-rows><t:table-row>"
        '<t:table-cell o:value-type="percentage" o:value="0.95"><x:p>95%</x:p></t:table-cell>'
        '<t:table-cell o:value-type="float" o:value="1234.5"><x:p>1,234.50</x:p></t:table-cell>'
        '<t:table-cell o:value-type="float" o:value="48.4"/>'
        '<t:table-cell><x:p>一<x:s x:c="2"/>二<x:line-break/><x:span>三</x:span></x:p><x:p>四</x:p>'
        "<o:annotation><x:p>批注</x:p></o:annotation></t:table-cell>"
        "</t:table-row></t:table-header-rows>"
        '<t:table-row t:visibility="collapse" t:number-rows-repeated="2">'
        '<t:table-cell t:number-columns-repeated="2" o:value-type="string"><x:p>重</x:p>'
        "</t:table-cell></t:table-row>"
        '<t:table-row><t:table-cell t:number-columns-spanned="2" t:number-rows-spanned="2">'
        "<x:p>跨</x:p></t:table-cell><t:covered-table-cell/></t:table-row>"
        '<t:table-row t:number-rows-repeated="1048570"><t:table-cell '
        't:number-columns-repeated="16384"/></t:table-row>'
    )
    [grid] = read_grids(ods(tmp_path, rows))
    assert texts(grid) == {
        "A1": "95%", "B1": "1234.50", "C1": "48.4", "D1": "一  二\n三\n四",
        "A2": "重", "B2": "重", "A3": "重", "B3": "重", "A4": "跨",
    }  # fmt: skip
    assert layout(grid)[-1] == (3, 0, 2, 2, "跨")
    assert [row.hidden for row in grid.rows] == [False, True, True, False, False]


def test_ods_repeating_a_text_without_end_is_refused(tmp_path):
    rows = (
        '<t:table-row t:number-rows-repeated="1048576"><t:table-cell><x:p>重</x:p></t:table-cell>'
    )
    with pytest.raises(RefusedFileError, match="内容太多"):
        read_grids(ods(tmp_path, rows + "</t:table-row>"))


def test_encrypted_ods_is_refused(tmp_path):
    path = ods(tmp_path, "", '<manifest><encryption-data checksum="x"/></manifest>')
    with pytest.raises(RefusedFileError, match="密码"):
        read_grids(path)


def record(kind, payload=b""):
    """A record of a binary workbook: id and length in groups of seven bits."""
    head = b""
    for number in (kind, len(payload)):
        head += bytes([number & 0x7F | 0x80, number >> 7]) if number > 0x7F else bytes([number])
    return head + payload


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(tmp_path, cells):
    """A binary workbook of one sheet with numbers at (row, column)."""
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = record(131) + record(143)
    book += record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("表")) + record(144)
    book += record(132)
    sheet = record(129) + record(148, struct.pack("<IIII", 0, 0, 0, 0)) + record(145)
    for row, col, value in cells:
        sheet += record(0, struct.pack("<I", row) + bytes(21))
        sheet += record(5, struct.pack("<IId", col, 0, value))
    sheet += record(146) + record(130)
    path = tmp_path / "表.xlsb"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.bin", book)
        package.writestr("xl/worksheets/sheet1.bin", sheet)
        package.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships><Relationship Id="rId1" Type="{rels}/worksheet" '
            'Target="worksheets/sheet1.bin"/></Relationships>',
        )
    return path


def test_xlsb(tmp_path):
    path = xlsb(tmp_path, [(1, 1, 48.4), (3, 2, 206.0)])
    assert sniff(path) == "xlsb"
    assert texts(read_grids(path)[0]) == {"B2": "48.4", "C4": "206"}


def test_xlsb_cells_far_apart_cost_nothing(tmp_path):
    [grid] = read_grids(xlsb(tmp_path, [(0, 0, 1.0), (1048575, 16383, 1.0)]))
    assert texts(grid) == {"A1": "1", "XFD1048576": "1"}
    assert len(grid.rows) * len(grid.columns) < 20


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("甲.csv", '一级指标,指标值\r\n产出指标,"5,000\n元"\r\n'.encode()),
        ("乙.csv", '\ufeff一级指标,指标值\n产出指标,"5,000\n元"'.encode()),
        ("丙.CSV", '一级指标,指标值\r\n产出指标,"5,000\n元"'.encode("gb18030")),
        ("丁.tsv", '一级指标\t指标值\n产出指标\t"5,000\n元"'.encode("utf-16")),
        ("戊.txt", '一级指标;指标值\n产出指标;"5,000\n元"'.encode()),
    ],
)
def test_delimited_text(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    [grid] = read_grids(path)
    assert texts(grid) == {"A1": "一级指标", "B1": "指标值", "A2": "产出指标", "B2": "5,000\n元"}
    assert grid.sheet == path.stem


def test_unreadable_encoding_is_refused(tmp_path):
    path = tmp_path / "坏.csv"
    path.write_bytes(b"a,b\n" * 2000 + b"\x81\xff\xff\xff")
    with pytest.raises(RefusedFileError, match="编码"):
        read_grids(path)


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(64),
        b"\xff\xd8\xff\xe0" + bytes(64),
        b"GIF89a" + bytes(64),
        b"BM\x46\0\0\0" + bytes(64),
        b"RIFF\x46\0\0\0WEBPVP8 " + bytes(64),
        b"\0\0\0\x18ftypheic" + bytes(64),
        b"II*\0" + bytes(64),
    ],
)
def test_an_image_is_told(tmp_path, content):
    path = tmp_path / "表.xlsx"
    path.write_bytes(content)
    assert sniff(path) == "image"
    with pytest.raises(RefusedFileError, match="这是图片，不是表格"):
        read_grids(path)
