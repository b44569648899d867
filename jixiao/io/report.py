"""The report of a check as a page: what was found, where, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jixiao.io.grid import Border, Cell, Grid, HAlign, Page, Part, RowFormat, Style

_HEADINGS = ("表", "单元格", "方面", "程度", "问题", "建议", "处理情况")
_WIDTHS = (116.0, 58.0, 48.0, 38.0, 228.0, 176.0, 92.0)
_ALIGN: tuple[HAlign, ...] = ("left", "center", "center", "center", "left", "left", "left")
_A4_ACROSS = Page(width=841.9, height=595.3, left=42.5, right=42.5, top=48.0, bottom=48.0)
_TITLE = Style(font="黑体", size=18.0)
_LINE = Border("thin", "thin", "thin", "thin")
_HEADING = Style(font="黑体", size=10.5, border=_LINE, fill="F2F4F7")
_BODY = Style(font="宋体", size=10.0, border=_LINE)
_PLAIN = Style(font="宋体", size=10.5, halign="left")


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One finding, in words.

    Attributes:
        table: The table's name.
        cell: The address on its form, or empty.
        dimension: Which side of the review it belongs to.
        severity: 错误, 提醒 or 提示.
        message: What is wrong.
        hint: What to do about it.
        state: Whether it is open, or why it was ignored.
    """

    table: str
    cell: str
    dimension: str
    severity: str
    message: str
    hint: str
    state: str


def report_grid(
    title: str, subtitle: str, summary: str, rows: Sequence[ReportRow], foot: str = ""
) -> Grid:
    """A report as a page in A4 across; the headings are repeated on each page.

    Args:
        title: The headline.
        subtitle: Whose tables, of which year; left above the table.
        summary: How many findings, and when; right above the table.
        rows: The findings, in order. Rows of one table follow each other: its name spans them.
        foot: A line below the table.
    """
    last = len(_WIDTHS) - 1
    half = 3
    cells = [
        Cell(0, 0, 1, last + 1, (Part(title),), _TITLE),
        Cell(1, 0, 1, half + 1, (Part(subtitle),), _PLAIN),
        Cell(1, half + 1, 1, last - half, (Part(summary),), replace(_PLAIN, halign="right")),
    ]
    cells += [Cell(2, col, 1, 1, (Part(text),), _HEADING) for col, text in enumerate(_HEADINGS)]
    if not rows:
        cells.append(Cell(3, 0, 1, last + 1, (Part("没有发现问题。"),), _BODY))
    for number, row in enumerate(rows):
        cells += _row_cells(rows, number, row)
    formats = [RowFormat(36.0), RowFormat(20.0), RowFormat(22.0, header=True)]
    formats += [RowFormat(20.0) for _ in range(max(1, len(rows)))]
    if foot:
        cells.append(Cell(len(formats), 0, 1, last + 1, (Part(foot),), _PLAIN))
        formats.append(RowFormat(24.0))
    return Grid(tuple(cells), tuple(formats), _WIDTHS, _A4_ACROSS, "检查报告")


def _row_cells(rows: Sequence[ReportRow], number: int, row: ReportRow) -> list[Cell]:
    texts = (row.table, row.cell, row.dimension, row.severity, row.message, row.hint, row.state)
    cells: list[Cell] = []
    for col, text in enumerate(texts):
        style = replace(_BODY, halign=_ALIGN[col])
        if col == 0:
            style = replace(style, valign="top", border=_name_border(rows, number))
        again = col == 0 and number > 0 and rows[number - 1].table == text
        parts = (Part(text),) if text and not again else ()
        cells.append(Cell(number + 3, col, 1, 1, parts, style))
    return cells


def _name_border(rows: Sequence[ReportRow], number: int) -> Border:
    """A table's name is drawn once, without lines between its findings, so that pages can break."""
    first = number == 0 or rows[number - 1].table != rows[number].table
    last = number + 1 == len(rows) or rows[number + 1].table != rows[number].table
    return Border("thin", "thin", "thin" if first else "", "thin" if last else "")
