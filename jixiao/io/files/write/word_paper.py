"""An empty Word document for reports: A4, Chinese fonts in real styles, numbered pages.

The template that comes with python-docx is Japanese where Chinese is meant (its theme brings
MS Mincho) and carries a hundred styles; this one has what a plain official paper needs.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from jixiao.io.files.write.opc import PackagePart, package_bytes, relationships

if TYPE_CHECKING:
    from docx.document import Document

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
"""The namespace of the body's elements."""

TEXT_WIDTH = 9072
"""Between the margins, in twentieths of a point (160 mm)."""

NOTE_NAME = "报告说明"
"""The name of the style of plain paragraphs."""

HEAD, LEFT, MIDDLE = "ReportHead", "ReportLeft", "ReportMiddle"
"""The ids of the styles in tables: a head, a text, a centred text."""

_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word_paper() -> Document:
    """A new document with the styles Title, Heading 1, Heading 2 and those of this module."""
    from docx import Document

    return Document(BytesIO(package_bytes("word/document.xml", _parts())))


def _parts() -> dict[str, PackagePart]:
    document = (
        f'<w:document xmlns:w="{WORD}" xmlns:r="{_RELATED}"><w:body><w:sectPr>'
        '<w:footerReference w:type="default" r:id="rId3"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1701" w:right="1417" '
        'w:bottom="1531" w:left="1417" w:header="851" w:footer="907" w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>"
    )
    linked = (("styles", "styles.xml"), ("settings", "settings.xml"), ("footer", "footer1.xml"))
    return {
        "word/document.xml": PackagePart(f"{_KIND}.document.main+xml", document),
        "word/_rels/document.xml.rels": relationships(linked),
        "word/styles.xml": PackagePart(f"{_KIND}.styles+xml", _styles()),
        "word/settings.xml": PackagePart(f"{_KIND}.settings+xml", _SETTINGS),
        "word/footer1.xml": PackagePart(f"{_KIND}.footer+xml", _footer()),
    }


def _styles() -> str:
    return (
        f'<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'{_fonts("宋体")}<w:sz w:val="21"/><w:szCs w:val="21"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        f"{_style('Title', 'Title', 40, 'center', (0, 160), black=True)}"
        f"{_style('Heading1', 'heading 1', 30, 'left', (240, 80), black=True, level=0)}"
        f"{_style('Heading2', 'heading 2', 24, 'left', (200, 80), black=True, level=1)}"
        f"{_style('ReportNote', NOTE_NAME, 21, 'left', (80, 120))}"
        f"{_style(HEAD, '报告表头', 20, 'center', (40, 40), black=True)}"
        f"{_style(LEFT, '报告表文字', 20, 'left', (30, 30))}"
        f"{_style(MIDDLE, '报告表居中', 20, 'center', (30, 30))}"
        f"{_style('Footer', 'footer', 18, 'center', (0, 0))}</w:styles>"
    )


def _fonts(name: str) -> str:
    """One font for all scripts: else Word draws Chinese quotation marks in the Latin one."""
    scripts = " ".join(f'w:{script}="{name}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f"<w:rFonts {scripts}/>"


def _style(
    style_id: str,
    name: str,
    half_points: int,
    align: str,
    around: tuple[int, int],
    *,
    black: bool = False,
    level: int | None = None,
) -> str:
    """A paragraph style in 宋体, or a head in 黑体; ``level`` makes it one of the outline."""
    outline = "" if level is None else f'<w:outlineLvl w:val="{level}"/>'
    keep = "<w:keepNext/><w:keepLines/>" if black else ""
    font = _fonts("黑体") if black else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{keep}'
        f'<w:spacing w:before="{around[0]}" w:after="{around[1]}"/><w:jc w:val="{align}"/>'
        f'{outline}</w:pPr><w:rPr>{font}<w:sz w:val="{half_points}"/>'
        f'<w:szCs w:val="{half_points}"/></w:rPr></w:style>'
    )


def _footer() -> str:
    page, pages = (
        f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        for code in ("PAGE", "NUMPAGES")
    )
    first, second, last = (
        f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in ("第 ", " 页，共 ", " 页")
    )
    return (
        f'<w:ftr xmlns:w="{WORD}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f"{first}{page}{second}{pages}{last}</w:p></w:ftr>"
    )


_SETTINGS = (
    f'<w:settings xmlns:w="{WORD}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
