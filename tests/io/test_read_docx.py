"""Word documents: real drafts against the truth of their cells, and small ones by hand."""

import zipfile
from pathlib import Path

import docx
import pytest

from jixiao.io.files.read.door import read_grids
from jixiao.model.errors import RefusedFileError

DRAFTS = Path(__file__).parents[1] / "data/drafts"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def by_hand(tmp_path, body, namespace=W):
    path = tmp_path / "hand.docx"
    xml = (
        f'<w:document xmlns:w="{namespace}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{body}</w:body></w:document>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", xml)
    return path


def read(tmp_path, body, namespace=W):
    [grid] = read_grids(by_hand(tmp_path, body, namespace))
    return grid


def p(*runs):
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def tc(text, setting=""):
    return f"<w:tc><w:tcPr>{setting}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells, setting=""):
    return f"<w:tr><w:trPr>{setting}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows, widths=()):
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def layout(grid):
    return [(c.row, c.col, c.rowspan, c.colspan, c.text) for c in grid.cells]


@pytest.mark.parametrize("path", sorted(DRAFTS.glob("*.docx")), ids=lambda path: path.stem)
def test_draft_has_every_text_once_and_no_overlap(path):
    document = docx.Document(path)
    expected = [
        par.text.strip(" ").replace("\t", "") for par in document.paragraphs if par.text.strip()
    ]
    for table in document.tables:
        for element in table._tbl.iter(f"{{{W}}}tc"):
            lines = [
                "".join(t.text for t in par.iter(f"{{{W}}}t")) for par in element.iter(f"{{{W}}}p")
            ]
            if any(line.strip() for line in lines):
                expected.append("\n".join(lines))
    [grid] = read_grids(path)
    found = [cell.text for cell in grid.cells if cell.parts and cell.row not in grid.paragraph_rows]
    found += [
        "".join(cell.text for cell in grid.row_cells(row)) for row in sorted(grid.paragraph_rows)
    ]
    assert sorted(t.replace("\n", "") for t in found) == sorted(
        t.replace("\n", "") for t in expected
    )
    assert len(grid.covered) == sum(cell.rowspan * cell.colspan for cell in grid.cells)
    assert {col for _, col in grid.covered} <= set(range(len(grid.columns)))


def test_form_in_word_has_the_spans_of_the_form_in_excel():
    [paper] = read_grids(DRAFTS / "lukou2026-project-2.docx")
    [sheet] = read_grids(DRAFTS / "lukou2026-project-2.xlsx")
    of_paper = {(r, c, rs, cs, t) for r, c, rs, cs, t in layout(paper) if r > 1 and t}
    of_sheet = {(r, c, rs, cs, t) for r, c, rs, cs, t in layout(sheet) if r > 1 and t}
    assert of_paper == of_sheet


def test_paragraphs_and_tables_in_order(tmp_path):
    body = (
        p("标题")
        + p()
        + p(" ")
        + "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>填报单位：甲</w:t><w:tab/>"
        "<w:tab/><w:t>单位：万元</w:t></w:r></w:p>"
        + tbl(tr(tc("a"), tc("b"), tc("c"), tc("d")))
        + p("签字")
    )
    grid = read(tmp_path, body)
    assert layout(grid) == [
        (0, 0, 1, 4, "标题"),
        (2, 0, 1, 2, "填报单位：甲"),
        (2, 2, 1, 2, "单位：万元"),
        (3, 0, 1, 1, "a"),
        (3, 1, 1, 1, "b"),
        (3, 2, 1, 1, "c"),
        (3, 3, 1, 1, "d"),
        (4, 0, 1, 4, "签字"),
    ]
    assert grid.paragraph_rows == {0, 2, 4}


def test_spans_gaps_and_widths(tmp_path):
    restart, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    wide = '<w:gridSpan w:val="2"/>'
    body = tbl(
        tr(tc("一", restart), tc("二", wide)),
        tr(tc("", goes_on), tc("三"), tc("四", restart)),
        tr(tc("五"), tc("六", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>")),
        tr(tc("七"), setting='<w:gridBefore w:val="2"/>'),
        tr(tc("删"), setting="<w:del/>"),
        widths=(1440, 720, 720),
    )
    grid = read(tmp_path, body)
    assert layout(grid) == [
        (0, 0, 2, 1, "一"),
        (0, 1, 1, 2, "二"),
        (1, 1, 1, 1, "三"),
        (1, 2, 1, 1, "四"),
        (2, 0, 1, 1, "五"),
        (2, 1, 1, 2, "六"),
        (3, 2, 1, 1, "七"),
    ]
    assert grid.columns == (72.0, 36.0, 36.0)


def test_a_merge_does_not_reach_into_the_next_table(tmp_path):
    body = tbl(tr(tc("一", '<w:vMerge w:val="restart"/>'))) + tbl(
        tr(tc("", "<w:vMerge/>"), tc("二"))
    )
    assert layout(read(tmp_path, body)) == [(0, 0, 1, 1, "一"), (1, 1, 1, 1, "二")]


def test_revisions_controls_breaks_and_symbols(tmp_path):
    paragraph = (
        "<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r>"
        "</w:del><w:moveFrom><w:r><w:t>走</w:t></w:r></w:moveFrom><w:sdt><w:sdtPr/><w:sdtContent>"
        "<w:r><w:t>控</w:t><w:tab/><w:br/><w:t>件</w:t></w:r></w:sdtContent></w:sdt>"
        '<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>5</w:t></w:r>'
        "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" + p("框") + "</w:txbxContent>"
        "</mc:Choice><mc:Fallback><w:t>框</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    cell = f"<w:tc>{p('上')}{paragraph}{p()}</w:tc>"
    body = f"<w:sdt><w:sdtContent>{tbl(f'<w:sdt><w:sdtContent>{tr(cell)}</w:sdtContent></w:sdt>')}"
    body += "</w:sdtContent></w:sdt>"
    assert layout(read(tmp_path, body)) == [(0, 0, 1, 1, "上\n新控 \n件≥5\n框")]


def test_nested_tables(tmp_path):
    small = tbl(tr(tc("甲"), tc("乙")))
    large = tbl(*(tr(tc(f"{i}左"), tc(f"{i}右")) for i in range(4)))
    body = tbl(f"<w:tr><w:tc>{p('外')}{small}{large}{p()}</w:tc></w:tr>")
    assert layout(read(tmp_path, body)) == [
        (0, 0, 1, 1, "外\n甲 乙"),
        *((i + 1, col, 1, 1, f"{i}{side}") for i in range(4) for col, side in enumerate("左右")),
    ]


def test_numbered_main_part(tmp_path):
    path = by_hand(tmp_path, p("一"))
    other = tmp_path / "other.docx"
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(other, "w") as numbered:
        numbered.writestr("word/document2.xml", package.read("word/document.xml"))
    assert layout(read_grids(other)[0]) == [(0, 0, 1, 1, "一")]


def test_strict_document(tmp_path):
    assert layout(read(tmp_path, tbl(tr(tc("一"))), STRICT)) == [(0, 0, 1, 1, "一")]


@pytest.mark.parametrize("body", ["", p(), tbl(tr(tc(""), tc("")))])
def test_document_without_text_is_refused(tmp_path, body):
    with pytest.raises(RefusedFileError, match="没有任何文字"):
        read_grids(by_hand(tmp_path, body))


def test_absurd_span_is_refused(tmp_path):
    with pytest.raises(RefusedFileError, match="内容太多"):
        read_grids(by_hand(tmp_path, tbl(tr(tc("一", '<w:gridSpan w:val="9999999"/>')))))
