"""Cells out as TSV and HTML, and clipboards of other programs in."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.io.files.read.html import parse_html
from jixiao.io.paper.edit.clipboard import Rect, copy_block, grid_of, whole_cells
from jixiao.io.paper.edit.tsv import ClipboardError, parse_tsv, to_tsv
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.page.grid import Cell, Grid, Part, RowFormat
from tests.io.row_samples import PAIRS, form_of, table_of

# --- TSV -----------------------------------------------------------------------------------

texts = st.text(st.sampled_from(list('ab"\t\n ,中文=')), max_size=8)
matrices = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(texts, min_size=width, max_size=width), min_size=1, max_size=5)
)


@settings(max_examples=150, deadline=None)
@given(matrices)
def test_tsv_round_trip(matrix: list[list[str]]) -> None:
    assert parse_tsv(to_tsv(matrix)) == matrix


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a", [["a"]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\tb\nc", [["a", "b"], ["c", ""]]),
        ("a\t", [["a", ""]]),
        ("\r\n", [[""]]),
        ("a\r\n\r\nb\r\n", [["a"], [""], ["b"]]),
        ('"a\nb"\tc', [["a\nb", "c"]]),
        ('"a\r\nb"\r\n', [["a\nb"]]),
        ('"he said ""x"""\ty', [['he said "x"', "y"]]),
        # A quote that is none: Excel writes cells without tab or line end as they are.
        ('"优秀"的服务\t90%', [['"优秀"的服务', "90%"]]),
        ('5" 管\t"x', [['5" 管', '"x']]),
        ("a\rb\r", [["a"], ["b"]]),
    ],
)
def test_tsv_of_other_programs(text: str, expected: list[list[str]]) -> None:
    assert parse_tsv(text) == expected


def test_too_much_is_refused() -> None:
    with pytest.raises(ClipboardError, match="太多"):
        parse_tsv("a\tb\tc\n" * 100_000)
    with pytest.raises(ClipboardError, match="太多"):
        parse_tsv("\t" * 1000 + "\n" + "a\n" * 10_000)
    with pytest.raises(ClipboardError, match="太多"):
        parse_html("<table>" + "<tr>" + "<td colspan=1000 rowspan=1>x" * 300 + "</table>")


# --- copying -------------------------------------------------------------------------------


def test_merged_cells_give_their_text_once() -> None:
    grid = fill(form_of("lukou2026-xiangmu"), table_of("lukou2026-xiangmu"))
    copied = copy_block(grid, Rect(7, 1, 10, 4))
    assert copied.rows[0] == ("产出指标", "数量指标", "出席会议人数")
    assert [row[:2] for row in copied.rows[1:]] == [("", ""), ("", "")]
    assert copied.html.count('rowspan="3"') == 2
    # From the middle of a run: what is selected still says where it belongs.
    assert copy_block(grid, Rect(9, 1, 10, 4)).rows == (("产出指标", "数量指标", "主席团会议次数"),)


def test_headers_go_along() -> None:
    grid = fill(form_of("lukou2026-xiangmu"), table_of("lukou2026-xiangmu"))
    copied = copy_block(grid, Rect(9, 3, 10, 6), headers=True)
    assert copied.rows == (("三级指标", "指标值", "度量单位"), ("主席团会议次数", "4", "次"))
    assert copy_block(grid, Rect(2, 0, 3, 2), headers=True).rows[0][0] == "项目名称"


def test_single_positions() -> None:
    grid = fill(form_of("lukou2026-xiangmu"), table_of("lukou2026-xiangmu"))
    copied = copy_block(grid, {(7, 3), (9, 4)})
    assert copied.rows == (("出席会议人数", ""), ("", "4"))  # as Excel copies rows apart
    assert copy_block(grid, set()).rows == ()


def test_merged_cells_are_selected_whole() -> None:
    grid = fill(form_of("lukou2026-xiangmu"), table_of("lukou2026-xiangmu"))
    cell = grid.at(13, 2)  # 质量指标
    assert cell is not None
    assert cell.rowspan == 2
    assert whole_cells(grid, {(14, 2), (14, 3)}) == {(13, 2), (14, 2), (14, 3)}
    assert whole_cells(grid, Rect(13, 2, 14, 4)) == {(13, 2), (14, 2), (13, 3)}


def page_with(*texts: str) -> Grid:
    cells = tuple(Cell(0, n, parts=(Part(text),)) for n, text in enumerate(texts))
    return Grid(cells, (RowFormat(),), (50.0,) * len(texts))


def formats(*texts: str) -> list[str]:
    html = copy_block(page_with(*texts), Rect(0, 0, 1, len(texts))).html
    return [
        cell.split("mso-number-format:")[1].split(">")[0].rstrip('"')
        if "mso-number-format" in cell
        else ""
        for cell in html.split("<td")[1:]
    ]


def test_numbers_stay_as_they_are_typed_in_excel() -> None:
    quote, text = "&quot;", "&quot;\\@&quot;"
    assert formats("56.10", "48", "-3.5") == [
        f"{quote}0\\.00{quote}",
        f"{quote}0{quote}",
        f"{quote}0\\.0{quote}",
    ]
    assert formats("2026年1月", "1-2", "007", "=A1", "+1", "@x", "≥10次") == [text] * 7
    assert formats("13020225000000008881") == [text]
    assert formats("持续督促", "第1条" * 100) == ["", ""]


@pytest.mark.parametrize("form_id", sorted(PAIRS))
def test_a_whole_page_comes_back_with_its_spans(form_id: str) -> None:
    grid = fill(form_of(form_id), table_of(form_id))
    copied = copy_block(grid, Rect(0, 0, len(grid.rows), len(grid.columns)))
    block = parse_html(copied.html)
    assert block is not None
    shape = [(c.row, c.col, c.rowspan, c.colspan, c.text) for c in grid.cells if c.text.strip()]
    back = [(c.row, c.col, c.rowspan, c.colspan, c.text) for c in block.grid.cells if c.text]
    assert back == shape
    assert [[t.strip() for t in row] for row in block.matrix] == [
        [t.strip() for t in row] for row in copied.rows
    ]
    assert parse_tsv(copied.tsv) == [list(row) for row in copied.rows]


words = st.text(st.sampled_from(list("ab中文 \n<>&\"'=1.")), max_size=8).map(
    lambda text: text if text.strip() and text == text.strip("\n") else "x"
)


@st.composite
def spanned_grids(draw: st.DrawFn) -> Grid:
    """A page cut into random rectangles."""
    height, width = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    pick = random.Random(draw(st.integers(0, 10**6)))
    free = {(r, c) for r in range(height) for c in range(width)}
    cells: list[Cell] = []
    for row, col in sorted(free):
        if (row, col) not in free:
            continue
        down, right = pick.randint(1, 3), pick.randint(1, 3)
        spots = {(row + r, col + c) for r in range(down) for c in range(right)}
        if not spots <= free:
            down, right, spots = 1, 1, {(row, col)}
        free -= spots
        cells.append(Cell(row, col, down, right, (Part(draw(words)),)))
    return Grid(tuple(cells), tuple(RowFormat() for _ in range(height)), (40.0,) * width)


@settings(max_examples=100, deadline=None)
@given(spanned_grids())
def test_html_round_trip_with_spans(grid: Grid) -> None:
    block = parse_html(copy_block(grid, Rect(0, 0, len(grid.rows), len(grid.columns))).html)
    assert block is not None
    told = [(c.row, c.col, c.rowspan, c.colspan, c.text) for c in grid.cells]
    assert [(c.row, c.col, c.rowspan, c.colspan, c.text) for c in block.grid.cells] == told


# --- what Excel, WPS and Word write ----------------------------------------------------------

EXCEL = """Version:1.0
StartHTML:0000000105
EndHTML:0000004000
StartFragment:0000001000
EndFragment:0000003900
<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel"
xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=ProgId content=Excel.Sheet>
<style>
<!--table
	{mso-displayed-decimal-separator:"\\.";}
.xl65
	{mso-number-format:"\\@";}
-->
</style>
<!--[if gte mso 9]><xml><x:ExcelWorkbook></x:ExcelWorkbook></xml><![endif]-->
</head>
<body link="#0563C1" vlink="#954F72">
<table border=0 cellpadding=0 cellspacing=0 width=360 style='border-collapse:
 collapse;width:270pt'>
<!--StartFragment-->
 <col width=72 span=5 style='width:54pt'>
 <tr height=19 style='height:14.25pt'>
  <td rowspan=2 height=38 class=xl65 width=72 style='border-bottom:.5pt solid black;
  height:28.5pt;width:54pt'>产出指标</td>
  <td class=xl66 width=72 style='width:54pt'>数量指标</td>
  <td class=xl66 width=72>组织视察<br>
    调研</td>
  <td class=xl66 align=right>10</td>
  <td class=xl66><span style='mso-spacerun:yes'>&nbsp;</span>次</td>
 </tr>
 <tr height=19 style='height:14.25pt'>
  <td height=19 class=xl66>质量指标</td>
  <td colspan=2 class=xl66 style='mso-ignore:colspan'>很长的文字盖过右格</td>
  <td class=xl66 x:num="0.95">95%</td>
 </tr>
 <![if supportMisalignedColumns]>
 <tr height=0 style='display:none'>
  <td width=72 style='width:54pt'></td>
  <td width=72 style='width:54pt'></td>
 </tr>
 <![endif]>
<!--EndFragment-->
</table>
</body>
</html>"""

WPS = """<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta name="Generator" content="WPS Office ET"><style><!-- .et3{mso-style-name:"";} --></style>
</head><body><!--StartFragment-->
<table width="288" border="0" cellpadding="0" cellspacing="0">
<colgroup><col width="72" span="4"></colgroup><tbody>
<tr height="18"><td class="et3" height="36" width="72" rowspan="2" x:str>效益指标</td>
<td class="et3" x:str><font class="font0">社会</font><font class="font1">效益</font></td>
<td class="et3" x:str>办结率</td><td class="et3" x:num>100</td></tr>
<tr height="18"><td class="et3"></td><td class="et3">&nbsp;</td><td class="et3">≥90%</td></tr>
</tbody></table><!--EndFragment--></body></html>"""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml>
 <w:WordDocument/></xml><![endif]--></head>
<body lang=ZH-CN><!--StartFragment-->
<p class=MsoNormal align=center><b><span style='font-family:黑体'>项目支出绩
效目标表<o:p></o:p></span></b></p>
<table class=MsoTableGrid border=1 cellspacing=0>
 <tr style='mso-yfti-irow:0'>
  <td width=100 colspan=2 valign=top><p class=MsoNormal><span lang=EN-US>2026</span><span
  style='font-family:宋体'>年度目标</span></p>
  <p class=MsoNormal>第二<span style='display:none'>秘密</span>段<del>旧文</del></p></td>
  <td><p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p></td>
 </tr>
 <tr><td><p class=MsoNormal>A
 b</p></td><td><table><tr><td>内</td><td>层</td></tr></table></td><td>末</td></tr>
</table>
<!--EndFragment--></body></html>"""


def test_excel_html() -> None:
    block = parse_html(EXCEL)
    assert block is not None
    assert block.matrix == [
        ["产出指标", "数量指标", "组织视察\n调研", "10", " 次"],
        ["", "质量指标", "很长的文字盖过右格", "", "95%"],
    ]
    first = block.grid.cells[0]
    assert (first.rowspan, first.colspan) == (2, 1)


def test_wps_html() -> None:
    block = parse_html(WPS)
    assert block is not None
    assert block.matrix == [["效益指标", "社会效益", "办结率", "100"], ["", "", "", "≥90%"]]


def test_word_html() -> None:
    block = parse_html(WORD)
    assert block is not None
    assert block.matrix == [["2026年度目标\n第二段", "", ""], ["A b", "内 层", "末"]]
    assert block.grid.cells[0].text == "项目支出绩效目标表"
    assert block.grid.paragraph_rows == {0}
    assert block.grid.at(1, 1) is block.grid.at(1, 0)


@pytest.mark.parametrize("html", ["", "plain", "<p>no table</p>", "<", "<html>"])
def test_html_without_tables(html: str) -> None:
    assert parse_html(html) is None


def test_rows_without_a_table_around_them() -> None:
    block = parse_html("<!--StartFragment--><tr><td>a</td><td>b</td></tr>")
    assert block is not None
    assert block.matrix == [["a", "b"]]


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td rowspan=65535>a<td colspan=0>b</table>",
        "<table><tr><td rowspan=0>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
        "<table><tr><td rowspan=2>a<td>b<tr><td colspan=9>c<td>d<tr><td rowspan=-3>e</table>",
        "<table><tr><td>1<td rowspan=2>2<tr><td colspan=2>3</table>",
        "<div>" * 2000 + "<table><tr><td>a</table>",
        "<table><tr><td>" * 300 + "x",
        "<table><tr><td>\ud800\x00\x01b</table>",
    ],
)
def test_hostile_html_never_overlaps(html: str) -> None:
    block = parse_html(html)
    if block is None:
        return
    spots = [
        (r, c)
        for cell in block.grid.cells
        for r in range(cell.row, cell.bottom)
        for c in range(cell.col, cell.right)
    ]
    assert len(spots) == len(set(spots))
    assert all(r < len(block.grid.rows) and c < len(block.grid.columns) for r, c in spots)


def test_a_matrix_as_a_page() -> None:
    grid = grid_of([["a", ""], ["", "b"]])
    assert [(c.row, c.col, c.text) for c in grid.cells] == [(0, 0, "a"), (1, 1, "b")]
    assert (len(grid.rows), len(grid.columns)) == (2, 2)
