"""What of a draft belongs to no table that was read: whole sheets, and long texts beside tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jixiao.app.review.places import parse_range
from jixiao.io.paper.page.grid import Cell, Grid
from jixiao.io.recognise import Reading

_LONG = 300  # characters; less is a heading, a signature, a remark
_MOST = 30
_SHOWN = 20


def unread_parts(grids: Sequence[Grid], readings: Sequence[Reading]) -> tuple[str, ...]:
    """In Chinese the parts of a file in which no table was found, so that none is lost unsaid.

    Args:
        grids: The pages of the file.
        readings: What was read from them.
    """
    stated = {reading.sheet for reading in readings}
    sheets = [grid.sheet for grid in grids if grid.sheet not in stated and any(_texts(grid))]
    parts: list[str] = []
    if sheets:
        more = "等" if len(sheets) > _MOST else ""
        names = "、".join(sheets[:_MOST])
        parts.append(f"有 {len(sheets)} 个工作表里没有认出绩效目标表：{names}{more}。")
    for grid in grids:
        if grid.sheet in stated:
            parts += _beside(grid, [one for one in readings if one.sheet == grid.sheet])
    return tuple(parts)


def _texts(grid: Grid) -> Iterator[Cell]:
    return (cell for cell in grid.cells if cell.text.strip())


def _beside(grid: Grid, readings: Sequence[Reading]) -> Iterator[str]:
    """Long texts outside of all tables of a sheet, other than those listed as not placed."""
    areas = [parse_range(grid, reading.range) for reading in readings]
    listed = {unplaced.cell for reading in readings for unplaced in reading.unplaced}
    left = [
        cell
        for cell in _texts(grid)
        if not any(top <= cell.row < bottom for top, _, bottom, _ in areas)
        and grid.address(cell.row, cell.col) not in listed
    ]
    if sum(len(cell.text.strip()) for cell in left) > _LONG:
        first = " ".join(left[0].text.split())[:_SHOWN]
        where = f"工作表“{grid.sheet}”里" if grid.sheet else ""
        yield f"{where}表格以外有 {len(left)} 段文字没有读，从“{first}…”起。"
