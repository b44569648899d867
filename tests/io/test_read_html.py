"""What web systems and browsers save: HTML, also named .xls, web archives, XML of 2003, tabs."""

from pathlib import Path

import pytest

from jixiao.io.files.read.door import read_grids, sniff
from jixiao.model.errors import RefusedFileError

DATA = Path(__file__).parents[1] / "data"
SHEET = "urn:schemas-microsoft-com:office:spreadsheet"


def save(tmp_path, content, name="导出.xls"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def texts(grid):
    return {grid.address(cell.row, cell.col): cell.text for cell in grid.cells if cell.text}


def test_a_sheet_saved_as_html_says_what_the_workbook_says():
    [page] = read_grids(DATA / "files/lukou2026-project-3.html")
    [sheet] = read_grids(DATA / "drafts/lukou2026-project-3.xlsx")
    spans = [(c.rowspan, c.colspan, "".join(c.text.split())) for c in page.cells if c.text]
    assert spans == [(c.rowspan, c.colspan, "".join(c.text.split())) for c in sheet.cells if c.text]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "gb18030"),
        ("", "utf-16"),
        ("<meta charset=gb2312>", "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gbk"),
        ("<meta charset=gb2312>", "utf-8"),
        ("<meta charset=big5>", "big5"),
        ("<meta charset=nonsense>", "gb18030"),
    ],
)
def test_encodings(tmp_path, head, encoding):
    page = f"<html><head>{head}</head><table><tr><td>一級指標<td>數量</table>"
    path = save(tmp_path, page.encode(encoding))
    assert sniff(path) == "html"
    [grid] = read_grids(path)
    assert texts(grid) == {"A1": "一級指標", "B1": "數量"}
    assert grid.sheet == ""


def test_spans_breaks_and_hidden_rows(tmp_path):
    page = (
        "<table><tr><td rowspan=2>产出<td colspan=2>数量<br>指标"
        '<tr style="display:none"><td>a<td>b'
        "<tr><td>c<script>var d</script><del>e</del>f</table>"
    )
    [grid] = read_grids(save(tmp_path, page))
    assert [(c.row, c.col, c.rowspan, c.colspan, c.text) for c in grid.cells] == [
        (0, 0, 2, 1, "产出"), (0, 1, 1, 2, "数量\n指标"),
        (1, 1, 1, 1, "a"), (1, 2, 1, 1, "b"), (2, 0, 1, 1, "cf"),
    ]  # fmt: skip
    assert [row.hidden for row in grid.rows] == [False, True, False]


def test_fields_of_a_web_form(tmp_path):
    page = (
        "<html><form><table><tr><td>项目名称<td><input value='会议 费'><input type=hidden value=x>"
        "<tr><td>类别<td><select><option>延续<option selected>新增</select>"
        "<button>保存</button><input type=submit value=提交>"
        "<tr><td>目标<td><textarea>一\r\n二</textarea>"
        "<tr><td>属性<td><input type=radio checked>经常<input type=checkbox>一次"
        "<tr><td>默认<td><select><option>甲<option>乙</select></table>"
    )
    [grid] = read_grids(save(tmp_path, page))
    assert texts(grid) == {
        "A1": "项目名称", "B1": "会议 费", "A2": "类别", "B2": "新增", "A3": "目标", "B3": "一\n二",
        "A4": "属性", "B4": "☑经常□一次", "A5": "默认", "B5": "甲",
    }  # fmt: skip


def test_tables_for_layout_give_way_to_the_tables_in_them(tmp_path):
    rows = "".join(f"<tr><td>指标{n}<td>{n}" for n in range(5))
    small = "<table><tr><td>甲<td>乙</table>"
    page = f"<table><tr><td>菜单<td>前<table>{rows}</table>后<tr><td>{small}</table>"
    [grid] = read_grids(save(tmp_path, page))
    assert list(texts(grid).values()) == [
        "菜单", "前后", "甲 乙", *(t for n in range(5) for t in (f"指标{n}", str(n))),
    ]  # fmt: skip
    assert texts(grid)["B7"] == "4"


@pytest.mark.parametrize("page", ["<html><p>没有表", "<html><table></table>", "<!DOCTYPE html>"])
def test_pages_without_a_table_are_refused(tmp_path, page):
    with pytest.raises(RefusedFileError, match="网页里没有表格"):
        read_grids(save(tmp_path, page))


def test_too_large_pages_are_refused(tmp_path):
    for page in ("<table>" + "<tr><td>x" * 70_000, "<table><tr><td>" + "<b>" * 1_100_000):
        with pytest.raises(RefusedFileError, match="内容太多"):
            read_grids(save(tmp_path, page))


def test_web_archives(tmp_path):
    page = "<html><table><tr><td>一级指标</table>".encode("gb18030").hex("=").upper()
    archive = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n'
        "--b\nContent-Type: text/html; charset=gb2312\n"
        f"Content-Transfer-Encoding: quoted-printable\n\n={page}\n"
        "--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n--b--\n"
    )
    for name in ("页.mht", "页.doc", "页.xls"):
        path = save(tmp_path, archive, name)
        assert sniff(path) == "mhtml"
        [grid] = read_grids(path)
        assert texts(grid) == {"A1": "一级指标"}


def test_archives_with_far_too_many_parts_are_refused(tmp_path):
    archive = "MIME-Version: 1.0\n" + "--b\nContent-Type: text/html\n\n<p>\n" * 3000
    with pytest.raises(RefusedFileError, match="内容太多"):
        read_grids(save(tmp_path, archive))


XML = (
    f'<?xml version="1.0" encoding="{{}}"?><?mso-application progid="Excel.Sheet"?>'
    f'<Workbook xmlns="{SHEET}" xmlns:ss="{SHEET}"><Styles>'
    '<Style ss:ID="p"><NumberFormat ss:Format="0%"/></Style>'
    '<Style ss:ID="q" ss:Parent="p"/><Style ss:ID="f"><NumberFormat ss:Format="Fixed"/></Style>'
    '<Style ss:ID="d"><NumberFormat ss:Format="yyyy&quot;年&quot;m&quot;月&quot;"/></Style>'
    "</Styles>"
    '<Worksheet ss:Name="表一"><Table><Column ss:Width="99"/>'
    '<Row><Cell ss:MergeAcross="2" ss:MergeDown="1"><Data ss:Type="String">绩效<B>目标</B>表</Data>'
    '</Cell><Cell ss:StyleID="q"><Data ss:Type="Number">0.95</Data></Cell></Row>'
    '<Row ss:Hidden="1"><Cell ss:Index="4" ss:StyleID="f"><Data ss:Type="Number">48.4</Data></Cell>'
    '</Row><Row ss:Index="9"><Cell><Data ss:Type="String">5m<Sup>2</Sup></Data></Cell>'
    '<Cell ss:Index="3" ss:StyleID="d"><Data ss:Type="DateTime">2026-01-01T00:00:00.000</Data>'
    '</Cell><Cell><Data ss:Type="Boolean">1</Data></Cell></Row></Table></Worksheet>'
    '<Worksheet ss:Name="空"/></Workbook>'
)


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "utf-16"])
def test_xml_spreadsheet_2003(tmp_path, encoding):
    path = save(tmp_path, XML.format(encoding).encode(encoding))
    assert sniff(path) == "xml2003"
    [grid] = read_grids(path)
    assert grid.sheet == "表一"
    assert texts(grid) == {
        "A1": "绩效目标表", "D1": "95%", "D2": "48.40",
        "A9": "5m²", "C9": "2026年1月", "D9": "TRUE",
    }  # fmt: skip
    assert (grid.cells[0].rowspan, grid.cells[0].colspan, grid.columns[0]) == (2, 3, 99.0)
    assert grid.rows[1].hidden


def test_damaged_xml_and_other_xml_are_refused(tmp_path):
    with pytest.raises(RefusedFileError, match="损坏"):
        read_grids(save(tmp_path, XML.format("utf-8")[:-40]))
    with pytest.raises(RefusedFileError, match="XML"):
        read_grids(save(tmp_path, '<?xml version="1.0"?><a/>'))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le"])
def test_tab_separated_text_named_xls(tmp_path, encoding):
    path = save(tmp_path, "一级指标\t指标值\r\n产出指标\t≥10次\r\n".encode(encoding))
    assert sniff(path) == "csv"
    [grid] = read_grids(path)
    assert texts(grid) == {"A1": "一级指标", "B1": "指标值", "A2": "产出指标", "B2": "≥10次"}
