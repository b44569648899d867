"""Word as it is seen: numbers of lists, signs, hints, hidden and deleted words, page headers."""

import zipfile
from pathlib import Path

import pytest

from jixiao.io.files.read.door import read_grids, sniff
from tests.io.test_read_docx import W, p, tbl, tc, tr

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
PACKAGE = "http://schemas.microsoft.com/office/2006/xmlPackage"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def part(name, inside, namespace=W):
    return f'<w:{name} xmlns:w="{namespace}" xmlns:r="{RELATIONS}">{inside}</w:{name}>'


def docx(folder, body, **parts):
    """A document with parts by their kind (numbering, styles, header, footer)."""
    path = folder / "draft.docx"
    roots = {"header": "hdr", "footer": "ftr"}
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>"))
        rows = "".join(
            f'<Relationship Id="{kind}" Type="{RELATIONS}/{kind}" Target="{kind}.xml"/>'
            for kind in parts
        )
        package.writestr("word/_rels/document.xml.rels", f"<Relationships>{rows}</Relationships>")
        for kind, inside in parts.items():
            package.writestr(f"word/{kind}.xml", part(roots.get(kind, kind), inside))
    return path


def lines(path):
    [grid] = read_grids(path)
    return [cell.text for cell in grid.cells if cell.text]


def told(path):
    [grid] = read_grids(path)
    return [(remark.kind, remark.cell, remark.text) for remark in grid.remarks]


def level(number, kind, text, start=1, suffix="nothing"):
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number, *levels):
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number, of, override=""):
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'


def item(text, list_id, at=0):
    setting = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return f"<w:p><w:pPr>{setting}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_numbers_of_lists_are_words(tmp_path):
    numbering = abstract(
        0,
        level(0, "chineseCounting", "%1、"),
        level(1, "decimal", "%1.%2", suffix="tab"),
        level(2, "decimalEnclosedCircle", "%3"),
    )
    numbering += abstract(1, level(0, "bullet", "\uf06c")) + num(1, 0) + num(2, 1)
    numbering += num(3, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')
    body = (
        item("甲", 1) + item("乙", 1, 1) + item("丙", 1, 1) + item("丁", 1, 2) + item("戊", 1)
        + item("己", 1, 1) + item("点", 2) + p("无") + item("庚", 1) + item("辛", 3) + item("壬", 9)
    )  # fmt: skip
    assert lines(docx(tmp_path, body, numbering=numbering)) == [
        "一、甲", "一.1 乙", "一.2 丙", "①丁", "二、戊", "二.1 己", "点", "无", "三、庚", "五、辛",
        "壬",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("decimal", "12"),
        ("decimalZero", "12"),
        ("upperRoman", "XII"),
        ("lowerLetter", "l"),
        ("decimalFullWidth", "１２"),
        ("chineseCountingThousand", "十二"),
        ("chineseLegalSimplified", "壹拾贰"),
        ("ideographTraditional", "乙"),
        ("ideographDigital", "一二"),
        ("decimalEnclosedCircleChinese", "⑫"),
        ("unheard-of", "12"),
    ],
)
def test_numerals_of_lists(tmp_path, kind, shown):
    numbering = abstract(0, level(0, kind, "（%1）", start=12)) + num(1, 0)
    assert lines(docx(tmp_path, item("甲", 1), numbering=numbering)) == [f"（{shown}）甲"]


def test_a_list_may_belong_to_a_style(tmp_path):
    styles = (
        '<w:style w:type="paragraph" w:styleId="base"><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="child">'
        '<w:basedOn w:val="base"/></w:style>'
    )
    numbering = abstract(0, level(0, "decimal", "%1)")) + num(1, 0)
    styled = '<w:p><w:pPr><w:pStyle w:val="child"/>{}</w:pPr><w:r><w:t>甲</w:t></w:r></w:p>'
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = styled.format("") + styled.format("") + styled.format(none)
    assert lines(docx(tmp_path, body, numbering=numbering, styles=styles)) == ["1)甲", "2)甲", "甲"]


def test_a_number_alone_in_its_cell_is_its_text(tmp_path):
    numbering = abstract(0, level(0, "decimal", "%1")) + num(1, 0)
    cell = f"<w:tc>{item('', 1)}</w:tc>"
    body = tbl(tr(cell, tc("甲")), tr(cell, tc("乙")))
    assert lines(docx(tmp_path, body, numbering=numbering)) == ["1", "甲", "2", "乙"]


def run(text, setting=""):
    return f"<w:r><w:rPr>{setting}</w:rPr><w:t>{text}</w:t></w:r>"


def font(name):
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


@pytest.mark.parametrize(
    ("runs", "shown"),
    [
        (run("\uf0b3", font("Symbol")) + run("12场"), "≥12场"),
        (run("\uf0a3") + run("12"), "≤12"),  # no font told: Symbol, as in plain text
        (run("³", font("Symbol")) + run("95%"), "≥95%"),
        (run("\uf0fe", font("Wingdings")) + run("是"), "☑是"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run("90%"), "≥90%"),
        (run("1200m") + run("2", '<w:vertAlign w:val="superscript"/>'), "1200m²"),
        (run("甲") + run("密", "<w:vanish/>"), "甲"),
        (run("甲") + run("乙", '<w:vanish w:val="0"/>'), "甲乙"),
        (run("甲") + run("乙", '<w:rStyle w:val="secret"/>'), "甲"),
        (run("甲") + f"<w:del>{run('乙')}</w:del><w:ins>{run('丙')}</w:ins>", "甲丙"),
    ],
)
def test_words_are_read_as_they_look(tmp_path, runs, shown):
    styles = '<w:style w:type="character" w:styleId="secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    assert lines(docx(tmp_path, f"<w:p>{runs}</w:p>", styles=styles)) == [shown]


def test_what_is_left_out_is_told(tmp_path):
    body = tbl(tr(tc("甲"), f"<w:tc><w:p>{run('乙')}{run('内部', '<w:vanish/>')}</w:p></w:tc>"))
    assert told(docx(tmp_path, body)) == [("hidden_text", "B1", "内部")]
    body = f"<w:p>{run('甲')}{run('乙', '<w:strike/>')}</w:p>"
    assert told(docx(tmp_path, body)) == [("struck", "A1", "乙")]
    body = f"<w:p>{run('甲')}<w:del>{run('旧')}</w:del></w:p>"
    assert told(docx(tmp_path, body)) == [("revisions", "", "")]
    body = f"<w:p>{run(chr(0xF0F0), font('Wingdings 2'))}</w:p>"
    [(kind, cell, _)] = told(docx(tmp_path, body))
    assert (kind, cell) == ("unreadable", "A1")


def control(inside, setting="<w:showingPlcHdr/>"):
    return f"<w:sdt><w:sdtPr>{setting}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    "cell",
    [
        f"<w:tc><w:p>{control(run('选一项'))}</w:p></w:tc>",
        f"<w:tc>{control(p('请填写'))}</w:tc>",
        control(tc("请填写")),
        tc("单击或点击此处输入文字。"),
    ],
)
def test_hints_are_no_words(tmp_path, cell):
    body = tbl(tr(tc("项目名称"), cell, tc("甲")))
    [grid] = read_grids(docx(tmp_path, body))
    assert [(c.col, c.text) for c in grid.cells if c.text] == [(0, "项目名称"), (2, "甲")]


def test_a_filled_control_is_read(tmp_path):
    assert lines(docx(tmp_path, f"<w:p>{control(run('甲'), '<w:text/>')}</w:p>")) == ["甲"]


def mark(kind, data=""):
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{data}</w:fldChar></w:r>'


CHOICE = (
    '<w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList>'
)


@pytest.mark.parametrize(
    ("data", "result", "shown"),
    [
        ('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>', "", "☑是"),
        ('<w:checkBox><w:default w:val="0"/></w:checkBox>', "", "□是"),
        (CHOICE, "甲", "乙是"),
        ("<w:textInput/>", "填了", "填了是"),
    ],
)
def test_form_fields_show_what_was_chosen(tmp_path, data, result, shown):
    field = mark("begin", f"<w:ffData>{data}</w:ffData>")
    field += "<w:r><w:instrText>FORM</w:instrText></w:r>" + mark("separate") + run(result)
    body = f"<w:p>{field}{mark('end')}{run('是')}</w:p>"
    assert lines(docx(tmp_path, body)) == [shown]


SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="header"/>'
    '<w:footerReference w:type="default" r:id="footer"/></w:sectPr>'
)


def test_page_headers_and_footers_stand_around_their_section(tmp_path):
    path = docx(
        tmp_path,
        p("甲") + f"<w:p><w:pPr>{SECTION}</w:pPr></w:p>" + p("乙") + SECTION,
        header=p("2026年项目支出绩效目标表"),
        footer=p("第 1 页 共 3 页") + p("填表人：张某"),
    )
    title = "2026年项目支出绩效目标表"
    assert lines(path) == [title, "甲", "填表人：张某", "乙"]


def test_a_large_table_in_a_text_box_is_a_table(tmp_path):
    table = tbl(*[tr(tc(f"甲{i}"), tc(f"乙{i}")) for i in range(5)])
    box = f"<w:p><w:r><w:pict><w:txbxContent>{p('题')}{table}</w:txbxContent></w:pict></w:r></w:p>"
    [grid] = read_grids(docx(tmp_path, p("前") + box + p("后")))
    assert [(c.row, c.col, c.text) for c in grid.cells if c.text.startswith("乙")] == [
        (2 + i, 1, f"乙{i}") for i in range(5)
    ]


def test_word_2003(tmp_path):
    path = tmp_path / "旧.doc"
    numbered = (
        '<w:p><w:pPr><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="1、"/>'
        "</w:listPr></w:pPr><w:r><w:t>办会</w:t></w:r></w:p>"
    )
    merged = tr(tc("产出", '<w:vmerge w:val="restart"/>'), tc("甲"))
    merged += tr(tc("", "<w:vmerge/>"), tc("乙"))
    body = f"<wx:sect>{numbered}<w:tbl>{merged}</w:tbl><w:sectPr><w:hdr w:type='odd'>{p('表头')}"
    body += "</w:hdr></w:sectPr></wx:sect>"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
        f'<w:wordDocument xmlns:w="{WORD_2003}" '
        f'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"><w:body>{body}'
        "</w:body></w:wordDocument>",
        encoding="utf-8",
    )
    assert sniff(path) == "word2003"
    [grid] = read_grids(path)
    assert [(c.row, c.col, c.rowspan, c.text) for c in grid.cells if c.text] == [
        (0, 0, 1, "表头"), (1, 0, 1, "1、办会"), (2, 0, 2, "产出"), (2, 1, 1, "甲"),
        (3, 1, 1, "乙"),
    ]  # fmt: skip


def test_a_package_laid_flat(tmp_path):
    numbering = part("numbering", abstract(0, level(0, "decimal", "%1、")) + num(1, 0))
    relations = f'<Relationships><Relationship Id="a" Type="{RELATIONS}/numbering" '
    relations += 'Target="numbering.xml"/></Relationships>'
    parts = {
        "/word/_rels/document.xml.rels": relations,
        "/word/document.xml": part("document", f"<w:body>{item('办会', 1)}</w:body>"),
        "/word/numbering.xml": numbering,
    }
    path = tmp_path / "平.xml"
    path.write_text(
        f'<?xml version="1.0"?><pkg:package xmlns:pkg="{PACKAGE}">'
        + "".join(
            f'<pkg:part pkg:name="{name}"><pkg:xmlData>{inside}</pkg:xmlData></pkg:part>'
            for name, inside in parts.items()
        )
        + "</pkg:package>",
        encoding="utf-8",
    )
    assert lines(path) == ["1、办会"]


OPEN_TEXT = (
    '<text:p>题</text:p><text:list text:style-name="L"><text:list-item><text:p>甲</text:p>'
    "</text:list-item><text:list-item><text:p>乙</text:p></text:list-item></text:list>"
    '<t:table><t:table-row><t:table-cell t:number-columns-spanned="2"><text:p>m'
    '<text:span text:style-name="up">2</text:span></text:p></t:table-cell><t:covered-table-cell/>'
    "</t:table-row><t:table-row><t:table-cell><text:p>丙"
    '<text:span text:style-name="no">内部</text:span></text:p></t:table-cell><t:table-cell>'
    "<text:p>\uf0b312</text:p></t:table-cell></t:table-row></t:table>"
)
OPEN_STYLES = (
    '<s:style s:name="up"><s:text-properties s:text-position="super 58%"/></s:style>'
    '<s:style s:name="no"><s:text-properties text:display="none"/></s:style>'
    '<text:list-style s:name="L"><text:list-level-style-number text:level="1" '
    's:num-format="1" s:num-suffix="、"/></text:list-style>'
)


def open_document(root):
    return (
        f'<o:{root} o:mimetype="application/vnd.oasis.opendocument.text" '
        f'xmlns:o="{ODF}:office:1.0" xmlns:t="{ODF}:table:1.0" xmlns:s="{ODF}:style:1.0" '
        f'xmlns:text="{ODF}:text:1.0"><o:automatic-styles>{OPEN_STYLES}</o:automatic-styles>'
        f"<o:body><o:text>{OPEN_TEXT}</o:text></o:body></o:{root}>"
    )


def odt(folder):
    path = folder / "文.odt"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", open_document("document-content"))
    return path


def fodt(folder):
    path = folder / "文.fodt"
    path.write_text(open_document("document"), encoding="utf-8")
    return path


@pytest.mark.parametrize("make", [odt, fodt])
def test_open_document_texts(tmp_path, make):
    path = make(tmp_path)
    [grid] = read_grids(path)
    assert [(c.row, c.col, c.colspan, c.text) for c in grid.cells if c.text] == [
        (0, 0, 2, "题"), (1, 0, 2, "1、甲"), (2, 0, 2, "2、乙"), (3, 0, 2, "m²"), (4, 0, 1, "丙"),
        (4, 1, 1, "≥12"),
    ]  # fmt: skip
    assert told(path) == [("hidden_text", "A5", "内部")]


def test_open_document_text_has_the_tables_of_the_docx():
    data = Path(__file__).parents[1] / "data"
    [one] = read_grids(data / "files/lukou2026-project-2.odt")
    [other] = read_grids(data / "drafts/lukou2026-project-2.docx")
    assert [(c.row, c.col, c.rowspan, c.colspan, c.text) for c in one.cells] == [
        (c.row, c.col, c.rowspan, c.colspan, c.text) for c in other.cells
    ]
