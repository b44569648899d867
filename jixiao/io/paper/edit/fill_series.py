"""The fill handle: a block's texts carried on into the cells beyond it, as Excel carries them on.

One text is repeated, several are repeated as a pattern. Two or more plain numbers with one step
between them go on as a series; a toggle (Ctrl in Excel) turns a series into a pattern, and one
number into a series with the step 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from jixiao.io.paper.edit.clipboard import Rect
from jixiao.io.paper.edit.fill_cells import put_text
from jixiao.io.paper.edit.put import Pasted, Putter
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Cell, Grid
from jixiao.model.table import Table

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?")


def fill_to(
    form: Form,
    table: Table,
    grid: Grid,
    source: Rect,
    target: Rect,
    *,
    toggled: bool = False,
    only_rows: bool = False,
) -> Pasted:
    """Carry the texts of a block on into a larger one.

    Labels stay as they are, and so does what lies beyond the list in which the block stands.

    Args:
        form: The form the page is drawn by.
        table: The table it shows.
        grid: The page, ``fill(form, table)``.
        source: The block whose texts are carried on.
        target: The block with them, larger on one side: below, above, right or left.
        toggled: Repeat what would be a series, and make one of a single number.
        only_rows: Leave out rows of the page in which nothing stands yet.
    """
    putter = Putter(form, table, grid)
    if target.bottom > source.bottom or target.top < source.top:
        rows = [row for row in _rows(grid, source, target) if not only_rows or _is_row(grid, row)]
        for col in range(source.left, source.right):
            _fill_column(putter, source, col, rows, toggled=toggled)
    else:
        for row in range(source.top, source.bottom):
            _fill_row(putter, source, target, row, toggled=toggled)
    return putter.pasted(target)


def reach(grid: Grid, source: Rect) -> Rect:
    """How far a block can be carried on: to the ends of its list and the edges of the page."""
    below = [source.bottom - 1, *_rows(grid, source, Rect(source.top, 0, len(grid.rows), 0))]
    above = [source.top, *_rows(grid, source, Rect(0, 0, source.bottom, 0))]
    return Rect(above[-1], 0, below[-1] + 1, len(grid.columns))


def carried_on(texts: Sequence[str], index: int, *, toggled: bool = False) -> str:
    """The text at a place before (-1, -2 …) or after (len(texts), …) some texts in a row."""
    step = _step(texts, toggled=toggled)
    if step is None:
        return texts[index % len(texts)]
    places = max(len(text.partition(".")[2]) for text in texts)
    return f"{Decimal(texts[0]) + step * index:.{places}f}"


def _step(texts: Sequence[str], *, toggled: bool) -> Decimal | None:
    """The step of a series, None where texts are repeated."""
    if not all(_NUMBER.fullmatch(text) for text in texts) or (len(texts) > 1) == toggled:
        return None
    steps = {Decimal(after) - Decimal(before) for before, after in pairwise(texts)} or {Decimal(1)}
    return steps.pop() if len(steps) == 1 else None


def _rows(grid: Grid, source: Rect, target: Rect) -> Iterator[int]:
    """The rows beyond a block, away from it, as far as its list goes."""
    down = target.bottom > source.bottom
    band = grid.rows[source.top].band
    beyond = (
        range(source.bottom, min(target.bottom, len(grid.rows)))
        if down
        else range(source.top - 1, max(target.top, 0) - 1, -1)
    )
    if any(grid.rows[row].band != band for row in range(source.top, source.bottom)):
        return
    for row in beyond:
        if grid.rows[row].band != band:
            return
        yield row


def _is_row(grid: Grid, row: int) -> bool:
    band = grid.rows[row].band
    bindings = (binding for cell in grid.row_cells(row) for binding in cell.bindings)
    return any(b.rows and b.target == band and not b.name.startswith("level") for b in bindings)


def _fill_column(
    putter: Putter, source: Rect, col: int, rows: Sequence[int], *, toggled: bool
) -> None:
    cells = [putter.grid.at(row, col) for row in range(source.top, source.bottom)]
    known = [cell for cell in cells if cell is not None]
    if len(known) < len(cells) or not _can_give(putter, known, source.top):
        return
    texts = [cell.text.strip() for cell in known]
    for row in rows:
        text = carried_on(texts, row - source.top, toggled=toggled)
        put_text(putter, known[0], (row, col), text)


def _fill_row(putter: Putter, source: Rect, target: Rect, row: int, *, toggled: bool) -> None:
    cells = [cell for cell in putter.grid.row_cells(row) if cell.row == row or cell.rowspan > 1]
    known = [c for c in cells if c.col < source.right and c.right > source.left]
    if not known or not _can_give(putter, known, row):
        return
    texts = [cell.text.strip() for cell in known]
    if target.right > source.right:
        beyond = [c for c in cells if source.right <= c.col < target.right]
        places = range(len(known), len(known) + len(beyond))
    else:
        beyond = [c for c in reversed(cells) if target.left <= c.col < source.left]
        places = range(-1, -len(beyond) - 1, -1)
    for place, cell in zip(places, beyond, strict=True):
        text = carried_on(texts, place, toggled=toggled)
        put_text(putter, known[0], (row, cell.col), text)


def _can_give(putter: Putter, cells: Sequence[Cell], row: int) -> bool:
    """True when cells hold content, not printed words."""
    return all(cell.bindings or putter.depth_of(row, cell) >= 0 for cell in cells)
