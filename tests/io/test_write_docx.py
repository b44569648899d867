from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from lxml import etree

from jixiao.io.files.write.write_docx import write_docx
from jixiao.io.paper.page.grid import Border, Grid, Page, Style
from tests.io.grids import BOX, cell, grid, grids, project_page

LINES = {"": "", "thin": "single", "medium": "single", "double": "double"}
EDGES = ("left", "right", "top", "bottom")


@dataclass
class ReadCell:
    row: int
    col: int
    rowspan: int
    colspan: int
    text: str
    borders: list[dict[str, str]]


def opened(*pages: Grid, folder: Path) -> Any:
    path = folder / "out.docx"
    write_docx(pages, path)
    return docx.Document(str(path))


def read_table(table: Any) -> list[ReadCell]:
    """The cells of a table with their spans, as Word counts them."""
    cells: list[ReadCell] = []
    above: dict[int, ReadCell] = {}
    for row, tr in enumerate(table.iterchildren(qn("w:tr"))):
        col = 0
        for tc in tr.iterchildren(qn("w:tc")):
            merge = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            span = tc.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            width = 1 if span is None else int(span.get(qn("w:val")))
            edges = tc.find(f"{qn('w:tcPr')}/{qn('w:tcBorders')}")
            lines = {
                edge: ""
                if edges is None or (e := edges.find(qn(f"w:{edge}"))) is None
                else e.get(qn("w:val"))
                for edge in EDGES
            }
            text = "\n".join(docx.text.paragraph.Paragraph(p, None).text for p in tc.p_lst)
            if merge is not None and merge.get(qn("w:val")) != "restart":
                above[col].rowspan += 1
                above[col].borders.append(lines)
                assert text == ""
            else:
                above[col] = ReadCell(row, col, 1, width, text, [lines])
                cells.append(above[col])
            col += width
    return cells


def check(page: Grid, table: Any) -> None:
    """Texts, spans and borders; columns at which no cell begins or ends are not there."""
    edges = sorted({edge for one in page.cells for edge in (one.col, one.right)})
    read = {(one.row, one.col): one for one in read_table(table)}
    assert len(read) == len(page.cells)
    for one in page.cells:
        found = read[one.row, edges.index(one.col)]
        assert found.rowspan == one.rowspan
        assert found.colspan == edges.index(one.right) - edges.index(one.col)
        clean = one.text.replace("\r\n", "\n").replace("\r", "\n")
        clean = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", clean)
        assert found.text == clean
        expected = {edge: LINES[getattr(one.style.border, edge)] for edge in EDGES}
        assert found.borders == [expected] * one.rowspan


def body(document: Any) -> list[str]:
    return [etree.QName(child).localname for child in document.element.body]


def test_a_page_becomes_paragraphs_and_tables(tmp_path: Path) -> None:
    document = opened(project_page(), folder=tmp_path)
    assert body(document) == ["p", "p", "tbl", "p", "tbl", "p", "p", "sectPr"]
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts == [
        "项目支出绩效目标表",
        "填报单位：人大办\t金额单位：万元",
        "",
        "填表人：\t联系电话：",
        "",
    ]
    title = document.paragraphs[0]
    assert str(title.alignment).startswith("CENTER")
    run = title.runs[0]
    assert (run.font.size.pt, run.bold) == (18, True)
    fonts = run._element.rPr.rFonts
    assert {fonts.get(qn(f"w:{s}")) for s in ("ascii", "hAnsi", "eastAsia")} == {"黑体"}
    stop = document.paragraphs[1].paragraph_format.tab_stops[0]
    assert (str(stop.alignment).split()[0], stop.position.pt) == ("RIGHT", 60 * 4 + 120.95 - 0.0)
    first, second = document.tables
    assert [c.text for c in read_table(first._element)][-1] == "第一行\n第二行"
    assert [c.colspan for c in read_table(second._element)] == [1, 1]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(page=grids())
def test_any_table_reads_back(page: Grid, tmp_path: Path) -> None:
    document = opened(page, folder=tmp_path)
    assert body(document) == ["tbl", "p", "sectPr"]
    check(page, document.element.body[0])


def test_every_run_names_its_fonts(tmp_path: Path) -> None:
    document = opened(project_page(), folder=tmp_path)
    runs = list(document.element.body.iter(qn("w:r")))
    assert runs
    for run in runs:
        fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        assert fonts.get(qn("w:eastAsia")) in {"宋体", "黑体"}
        assert fonts.get(qn("w:eastAsia")) == fonts.get(qn("w:ascii")) == fonts.get(qn("w:hAnsi"))


def test_parts_are_well_formed(tmp_path: Path) -> None:
    opened(project_page(), project_page(), folder=tmp_path)
    with zipfile.ZipFile(tmp_path / "out.docx") as package:
        roots = {name: etree.fromstring(package.read(name)) for name in package.namelist()}
    types = roots["[Content_Types].xml"]
    declared = {child.get("PartName") for child in types if child.get("PartName")}
    assert declared == {"/" + n for n in roots if not n.endswith((".rels", "_Types].xml"))}


def test_each_grid_has_its_own_pages(tmp_path: Path) -> None:
    wide = replace(project_page(), page=Page(width=841.9, height=595.3, left=36))
    sections = opened(project_page(), wide, folder=tmp_path).sections
    assert [section.orientation for section in sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
    ]
    assert sections[1].page_width.pt == pytest.approx(841.9, abs=0.05)
    assert sections[1].left_margin.pt == 36


def test_wide_tables_shrink_to_the_page(tmp_path: Path) -> None:
    page = grid(*(cell(0, col, "字") for col in range(10)), width=100)
    room = page.page.width - page.page.left - page.page.right
    table = opened(page, folder=tmp_path).element.body[0]
    widths = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
    assert sum(widths) == pytest.approx(room * 20, abs=2)
    assert {size.get(qn("w:val")) for size in table.iter(qn("w:sz")) if size.get(qn("w:val"))} >= {
        "18"
    }
    unscaled = replace(page, page=replace(page.page, fit_width=False))
    table = opened(unscaled, folder=tmp_path).element.body[0]
    assert [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))] == [2000] * 10


def test_the_edge_of_a_table_is_no_border_of_the_row_above_it(tmp_path: Path) -> None:
    over, under = Style(border=Border(bottom="thin")), Style(border=Border(top="thin"))
    between = Style(border=Border(top="thin", bottom="thin"))
    page = grid(
        cell(0, 0, "单位：万元", style=over),
        cell(1, 0, "甲"),
        cell(2, 0, "乙", style=between),
        cell(3, 0, "丙"),
        cell(4, 0, "签字", style=under),
    )
    assert body(opened(page, folder=tmp_path)) == ["p", "tbl", "p", "tbl", "p", "p", "sectPr"]


def test_level_lines_alone_are_a_table(tmp_path: Path) -> None:
    line = Style(border=Border(top="medium", bottom="medium"))
    page = grid(cell(0, 0, "题", style=Style()), cell(2, 0, "甲", style=line))
    assert body(opened(page, folder=tmp_path)) == ["p", "p", "tbl", "p", "sectPr"]


def test_blank_rows_stand_only_between_content(tmp_path: Path) -> None:
    plain = Style()
    page = grid(
        cell(0, 0, style=plain),
        cell(1, 0, "甲", style=plain),
        cell(2, 0, style=plain),
        cell(3, 0, "乙", style=plain),
        cell(4, 0, style=plain),
    )
    texts = [paragraph.text for paragraph in opened(page, folder=tmp_path).paragraphs]
    assert texts == ["甲", "", "乙", ""]


def test_header_rows_repeat_when_they_begin_the_table(tmp_path: Path) -> None:
    cells = [cell(row, 0, "字") for row in range(3)]
    leading = opened(grid(*cells, header=0), folder=tmp_path).element.body[0]
    marks = [tr.find(f".//{qn('w:tblHeader')}") is not None for tr in leading.iter(qn("w:tr"))]
    assert marks == [True, False, False]
    inner = opened(grid(*cells, header=1), folder=tmp_path).element.body[0]
    assert not list(inner.iter(qn("w:tblHeader")))


def test_places_in_a_line(tmp_path: Path) -> None:
    page = grid(
        cell(0, 0, "甲", style=Style(halign="left")),
        cell(0, 1, "乙", style=Style(halign="center")),
        cell(0, 2, "丙", style=Style(halign="right")),
        cell(1, 2, "丁\n戊", style=Style(halign="right")),
        cell(2, 1, "己", style=Style(halign="left")),
        cell(3, 0, "庚", span=(1, 3), style=Style(border=BOX)),
        page=Page(width=180 + 2 * 56.7),
    )
    paragraphs = opened(page, folder=tmp_path).paragraphs
    assert [p.text for p in paragraphs] == ["甲\t乙\t丙", "丁", "戊", "\t己", ""]
    stops = [
        (str(s.alignment).split()[0], s.position.pt)
        for s in paragraphs[0].paragraph_format.tab_stops
    ]
    assert stops == [("CENTER", 90), ("RIGHT", 180)]
    assert str(paragraphs[1].alignment).startswith("RIGHT")
    assert paragraphs[3].paragraph_format.tab_stops[0].position.pt == 60


def test_long_text_and_odd_text(tmp_path: Path) -> None:
    text = "=1+1 <b>&\"'" + "长" * 16384
    page = grid(cell(0, 0, text), cell(0, 1, "制表\t符\n\n末"))
    read = read_table(opened(page, folder=tmp_path).element.body[0])
    assert [one.text for one in read] == [text, "制表\t符\n\n末"]
