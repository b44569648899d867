"""The report of a check as a Word document: what was found, where, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jixiao.io.files.write.docx_text import text_content
from jixiao.io.files.write.opc import legal_text
from jixiao.io.files.write.safe_write import write_beside
from jixiao.io.files.write.word_paper import (
    HEAD,
    LEFT,
    MIDDLE,
    NOTE_NAME,
    TEXT_WIDTH,
    WORD,
    word_paper,
)
from jixiao.io.paper.form.names import running_number

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

_COLUMNS = (
    ("序号", 567, MIDDLE),
    ("位置", 1900, LEFT),
    ("问题", 3260, LEFT),
    ("建议", 1814, LEFT),
    ("方面", 851, MIDDLE),
    ("级别", 680, MIDDLE),
)
"""Head, width in twentieths of a point, style of its texts."""
assert sum(width for _, width, _ in _COLUMNS) == TEXT_WIDTH
_LINES = ("top", "left", "bottom", "right", "insideH", "insideV")
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One finding, in words.

    Attributes:
        place: The names of row and column, one place a line, or empty for the whole table.
        message: What is wrong.
        hint: What to do about it.
        dimension: Which side of the review it belongs to.
        severity: 错误, 提醒 or 提示.
        ignored: Why it was let be; None while it is open.
    """

    place: str
    message: str
    hint: str
    dimension: str
    severity: str
    ignored: str | None = None


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table with its findings: its name, how many there are in words, and each."""

    name: str
    summary: str
    rows: Sequence[ReportRow]


@dataclass(frozen=True, slots=True)
class ReportPart:
    """The tables of one agency and year: those with findings, and the names of the others."""

    title: str
    summary: str
    tables: Sequence[ReportTable]
    faultless: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report; ``notes`` stand at its end."""

    title: str
    summary: str
    parts: Sequence[ReportPart]
    notes: Sequence[str] = ()


def write_report(report: Report, path: Path) -> None:
    """Write a report in A4; its headings are those of Word's navigation pane.

    Raises:
        ExportError: The target cannot be written.
    """
    document = word_paper()
    document.core_properties.title = legal_text(report.title)
    document.core_properties.language = "zh-CN"
    # python-docx builds tables cell by cell, which takes minutes for those of a whole county.
    body = cast("Any", document).element.body
    document.add_heading(legal_text(report.title), 0)
    _add_note(document, report.summary, centred=True)
    for part in report.parts:
        heading = document.add_heading(legal_text(part.title), 1)
        heading.paragraph_format.page_break_before = part is not report.parts[0]
        _add_note(document, part.summary)
        for number, table in enumerate(part.tables, start=1):
            name = f"{running_number(number, '（一）')}{table.name}（{table.summary}）"
            document.add_heading(legal_text(name), 2)
            body.sectPr.addprevious(_table(table.rows))
        if part.faultless:
            _add_note(document, f"没有发现问题的表：{'、'.join(part.faultless)}。")
    for note in report.notes:
        _add_note(document, note)
    if not report.parts:
        _add_note(document, "没有发现问题。")
    write_beside(path, lambda beside: document.save(str(beside)))


def _add_note(document: Document, text: str, *, centred: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = document.add_paragraph(legal_text(text), NOTE_NAME)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _table(rows: Sequence[ReportRow]) -> BaseOxmlElement:
    """The element of a table whose head is repeated on every page."""
    from docx.oxml import parse_xml

    lines = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0"/>' for edge in _LINES)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for _, width, _ in _COLUMNS)
    head = "".join(
        f"<w:tc>{_cell(width, _SHADE)}{_paragraphs(HEAD, text)}</w:tc>"
        for text, width, _ in _COLUMNS
    )
    body = "".join(_row(number, row) for number, row in enumerate(rows, start=1))
    return parse_xml(
        f'<w:tbl xmlns:w="{WORD}"><w:tblPr><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{body}</w:tbl>"
    )


def _row(number: int, row: ReportRow) -> str:
    let_be = row.ignored is not None
    hint = f"{row.hint}\n已忽略：{row.ignored}".strip() if let_be else row.hint
    severity = f"{row.severity}\n已忽略" if let_be else row.severity
    texts = (str(number), row.place or "—", row.message, hint, row.dimension, severity)
    cells = "".join(
        f"<w:tc>{_cell(width)}{_paragraphs(style, text)}</w:tc>"
        for text, (_, width, style) in zip(texts, _COLUMNS, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell(width: int, shade: str = "") -> str:
    return f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>'


def _paragraphs(style: str, text: str) -> str:
    return "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{text_content(line)}</w:r></w:p>'
        for line in legal_text(text).split("\n")
    )
