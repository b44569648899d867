"""Row heights and line breaks of a grid: one rule for the screen, paper and exported files.

The caller brings the measure: the fonts of the screen or the PDF, or for files the em table below.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from jixiao.io.paper.page.grid import Cell, Grid, Style

TextWidth = Callable[[str, Style], float]
"""The width in points of a run of text without line breaks."""

SIDE_PADDING = 2.5
"""Points kept free at the left and at the right edge of a cell."""

VERTICAL_PADDING = 4.0
"""Points kept free above and below the text, together."""

LINE_HEIGHT = 1.3
"""Line height as a multiple of the font size (宋体, 仿宋, 黑体)."""

_OPENING = "（《〈“‘【〔「『［｛([{≥≤＞＜＝±￥"
_CLOSING = "，。、；：？！”’）》〉】〕」』］｝％‰℃…—,.;:?!)]}%"
# A unit is what a line may not break inside: opening marks stay with what follows, closing marks
# with what precedes, a word or number stays whole. Blanks hang over the end of the line.
_UNIT = re.compile(
    rf"[{re.escape(_OPENING)}]*(?:[!-'*-Z\\^-z|~\u00c0-\u024f]+|\S)[{re.escape(_CLOSING)}]*\s*|\s+"
)
_HALF_WIDTH = re.compile("[\uff61-\uffdc\uffe8-\uffee]")
_BOLD = 1.05


@dataclass(frozen=True, slots=True)
class Layout:
    """How a grid stands on the page.

    ``row_heights`` in points, one for each row; ``lines`` has the wrapped lines of every cell with
    text, by the row and column at which the cell begins.
    """

    row_heights: tuple[float, ...]
    lines: dict[tuple[int, int], tuple[str, ...]]


def em_width(text: str, style: Style) -> float:
    """The width in points by the em table: ASCII and half-width half an em, all else one em.

    Exact for 宋体, 仿宋, 黑体 and 楷体, where the marks and symbols of GB 2312 are full width too.
    """
    if text.isascii():
        ems = len(text) / 2
    else:
        half = len(text.encode("ascii", "ignore")) + len(_HALF_WIDTH.findall(text))
        ems = len(text) - half / 2
    return ems * style.size * (_BOLD if style.bold else 1.0)


def layout(
    grid: Grid,
    text_width: TextWidth,
    line_height: float = LINE_HEIGHT,
    before: tuple[Grid, Layout] | None = None,
) -> Layout:
    """Break the texts into lines and make every row high enough for them.

    A cell over several rows that needs more than they have makes its last row higher.

    Args:
        grid: The page.
        text_width: The measure.
        line_height: From one line to the next, as a multiple of the font size.
        before: Another state of the page, laid out by the same measure: the lines of cells that
            are the very same objects there are taken over.

    Returns:
        Row heights in points and the lines of each cell.
    """
    edges = tuple(accumulate(grid.columns, initial=0.0))
    needs = [0.0] * len(grid.rows)
    spanning: list[tuple[Cell, float]] = []
    lines: dict[tuple[int, int], tuple[str, ...]] = {}
    known, known_lines = _known(before, grid)
    for cell in grid.cells:
        style = cell.style
        count = 1
        if text := cell.text:
            at = cell.row, cell.col
            if known.get(at) is cell:
                wrapped = known_lines[at]
            else:
                width = edges[cell.right] - edges[cell.col] - 2 * SIDE_PADDING
                wrapped = wrap(text, style, width - style.indent * style.size, text_width)
            lines[at] = wrapped
            count = len(wrapped)
        need = (LINE_HEIGHT + (count - 1) * line_height) * style.size + VERTICAL_PADDING
        if cell.rowspan > 1:
            spanning.append((cell, need))
        elif need > needs[cell.row]:
            needs[cell.row] = need
    blank = Style().size * LINE_HEIGHT + VERTICAL_PADDING
    heights = [
        max(row.min_height, need) or blank for row, need in zip(grid.rows, needs, strict=True)
    ]
    spanning.sort(key=lambda pair: (pair[0].bottom, pair[0].row))
    for cell, need in spanning:
        missing = need - sum(heights[cell.row : cell.bottom])
        if missing > 0:
            heights[cell.bottom - 1] += missing
    return Layout(tuple(heights), lines)


def _known(
    before: tuple[Grid, Layout] | None, grid: Grid
) -> tuple[Mapping[tuple[int, int], Cell], Mapping[tuple[int, int], tuple[str, ...]]]:
    if before is None or before[0].columns != grid.columns:
        return {}, {}
    return before[0].covered, before[1].lines


def wrap(text: str, style: Style, width: float, text_width: TextWidth) -> tuple[str, ...]:
    """The lines of a text in a cell.

    Breaks stand between any two Chinese characters, but no line begins with a closing mark or
    ends with an opening one (GB/T 15834), and no word or number is torn unless it is longer than
    a line. Blanks at a break are dropped; line breaks in the text stay.

    Args:
        text: The text as typed.
        style: Its looks; without ``wrap`` only the typed line breaks count.
        width: The room in points.
        text_width: The measure.

    Returns:
        At least one line.
    """
    if not style.wrap or width <= 0:
        return tuple(text.split("\n"))
    if "\n" not in text:
        return tuple(_wrap_paragraph(text, style, width, text_width))
    return tuple(
        line
        for paragraph in text.split("\n")
        for line in _wrap_paragraph(paragraph, style, width, text_width)
    )


def _wrap_paragraph(text: str, style: Style, width: float, text_width: TextWidth) -> list[str]:
    whole = text_width(text, style)
    if whole <= width:
        return [text]

    def fits(start: int, end: int) -> bool:
        return text_width(text[start:end].rstrip(), style) <= width

    ends = _unit_ends(text)
    typical = int(width * len(text) / whole)  # characters in a line, to begin the search with
    lines: list[str] = []
    start = unit = 0
    while start < len(text):
        after = max(unit, bisect_right(ends, start + typical))
        while after < len(ends) and fits(start, ends[after]):
            after += 1
        while after > unit and not fits(start, ends[after - 1]):
            after -= 1
        if after > unit:
            end = ends[after - 1]
        else:
            end = start + 1
            while end < ends[unit] and fits(start, end + 1):
                end += 1
            after += end == ends[unit]
        lines.append(text[start:end].rstrip())
        start, unit = end, after
    return lines


@lru_cache(maxsize=4096)
def _unit_ends(text: str) -> tuple[int, ...]:
    return tuple(match.end() for match in _UNIT.finditer(text))
