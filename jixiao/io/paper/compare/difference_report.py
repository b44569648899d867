"""The differences of two sets of tables as a page: a list for Word or Excel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jixiao.io.paper.compare.compare_sets import ListedDifference
from jixiao.io.paper.page.grid import Border, Cell, Grid, HAlign, Page, Part, RowFormat, Style
from jixiao.io.paper.page.spans import Spans

KIND_WORDS = {"added": "新增", "removed": "删去", "changed": "改动", "moved": "移动"}

_WIDTHS = (34.0, 118.0, 150.0, 40.0, 207.0, 207.0)
_ALIGN: tuple[HAlign, ...] = ("center", "left", "left", "center", "left", "left")
_A4_ACROSS = Page(width=841.9, height=595.3, left=42.5, right=42.5, top=48.0, bottom=48.0)
_TITLE = Style(font="黑体", size=18.0)
_LINE = Border("thin", "thin", "thin", "thin")
_HEADING = Style(font="黑体", size=10.5, border=_LINE, fill="F2F4F7")
_BODY = Style(font="宋体", size=10.0, border=_LINE)
_PLAIN = Style(font="宋体", size=10.5, halign="left")
_GONE, _CAME = "B42318", "0F6B3A"
_LONG = 18  # characters from which one has to look for the difference


def difference_grid(
    subtitle: str, left: str, right: str, rows: Sequence[ListedDifference], summary: str = ""
) -> Grid:
    """A list of differences in A4 across; all rows above the differences repeat on each page.

    Args:
        subtitle: Whose tables.
        left: What the old side is called.
        right: What the new side is called.
        rows: The differences, table by table.
        summary: How many they are.
    """
    last = len(_WIDTHS) - 1
    headings = ("序号", "表", "位置", "情况", left, right)
    cells = [
        Cell(0, 0, 1, last + 1, (Part("绩效目标表对比清单"),), _TITLE),
        Cell(1, 0, 1, 4, (Part(subtitle),), _PLAIN),
        Cell(1, 4, 1, last - 3, (Part(summary),), replace(_PLAIN, halign="right")),
    ]
    cells += [Cell(2, col, 1, 1, (Part(text),), _HEADING) for col, text in enumerate(headings)]
    if not rows:
        cells.append(Cell(3, 0, 1, last + 1, (Part("两边完全一样。"),), _BODY))
    for number, row in enumerate(rows):
        cells += _row_cells(number, row)
    formats = [RowFormat(36.0, header=True), RowFormat(20.0, header=True)]
    formats += [RowFormat(22.0, header=True)]
    formats += [RowFormat(20.0) for _ in range(max(1, len(rows)))]
    return Grid(tuple(cells), tuple(formats), _WIDTHS, _A4_ACROSS, "对比清单")


def _texts(row: ListedDifference) -> tuple[str, str]:
    """Both texts; in long ones what is different stands in 【】, also where nothing is coloured."""
    if row.kind == "moved":
        return row.old, "（换了位置）"
    one = row.difference
    if one is None or max(len(row.old), len(row.new)) <= _LONG or not (row.old and row.new):
        return row.old, row.new
    return _bracketed(row.old, one.old_spans), _bracketed(row.new, one.new_spans)


def _bracketed(text: str, spans: Spans) -> str:
    if spans in ((), ((0, len(text)),)):
        return text
    pieces: list[str] = []
    at = 0
    for begin, end in spans:
        pieces += [text[at:begin], "【", text[begin:end], "】"]
        at = end
    return "".join([*pieces, text[at:]])


def _row_cells(number: int, row: ListedDifference) -> list[Cell]:
    texts = (str(number + 1), row.table, row.label, KIND_WORDS[row.kind], *_texts(row))
    colors = ("", "", "", "", _GONE, "" if row.kind == "moved" else _CAME)
    return [
        Cell(
            number + 3,
            col,
            1,
            1,
            (Part(text),) if text else (),
            replace(_BODY, halign=_ALIGN[col], color=colors[col]),
        )
        for col, text in enumerate(texts)
    ]
