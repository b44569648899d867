"""One text into many cells: fill down, fill right, clear, and a single text pasted."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.io.paper.edit.clipboard import Rect, Selection, bounds
from jixiao.io.paper.edit.put import Pasted, Putter
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Cell, Grid
from jixiao.model.table import Table


def fill_down(form: Form, table: Table, grid: Grid, rect: Rect) -> Pasted:
    """The first row's texts into the rows below; one row alone takes those of the row above."""
    source, first = rect.top, rect.top + 1
    if rect.bottom - rect.top == 1:
        source, first = rect.top - 1, rect.top
    putter = Putter(form, table, grid)
    band = grid.rows[rect.top].band
    if source >= 0 and band and grid.rows[source].band == band:
        for row in range(first, rect.bottom):
            for col in range(rect.left, rect.right):
                _copy_text(putter, (source, col), (row, col))
    return putter.pasted(rect)


def fill_right(form: Form, table: Table, grid: Grid, rect: Rect) -> Pasted:
    """The first column's texts into the cells right of it; one column takes those of its left."""
    putter = Putter(form, table, grid)
    for row in range(rect.top, rect.bottom):
        first = grid.at(row, rect.left)
        if first is None:
            continue
        source = rect.left if first.right < rect.right else first.col - 1
        for col in range(first.right if source == rect.left else first.col, rect.right):
            _copy_text(putter, (row, source), (row, col))
    return putter.pasted(rect)


def clear(form: Form, table: Table, grid: Grid, selection: Selection) -> Pasted:
    """Blank the selected cells; rows stay, labels too."""
    return put_everywhere(form, table, grid, selection, "")


def _copy_text(putter: Putter, source: tuple[int, int], target: tuple[int, int]) -> None:
    """The text at one position into the cell at another, where both can hold one."""
    one = putter.grid.at(*source)
    if one is not None and (one.bindings or putter.depth_of(source[0], one) >= 0):
        put_text(putter, one, target, one.text)


def put_text(putter: Putter, source: Cell, target: tuple[int, int], text: str) -> None:
    """A text that comes from a cell into the cell at a position, where that can hold one.

    A level takes it for its one row; another merged cell only at the first of its positions.
    """
    row, col = target
    cell = putter.grid.at(row, col)
    if cell is None or cell.col != col:
        return
    depth = putter.depth_of(row, cell)
    if depth >= 0:
        if cell.row != source.row or cell.col != source.col:
            putter.put_levels(row, *_levels(depth, text))
    elif not cell.is_label and cell.row == row:
        putter.put(row, cell, text)


def _levels(depth: int, text: str) -> tuple[str | None, str | None]:
    return (text, None) if depth == 0 else (None, text)


def put_everywhere(form: Form, table: Table, grid: Grid, selection: Selection, text: str) -> Pasted:
    """One text into every selected cell that can be edited."""
    putter = Putter(form, table, grid)
    spots: dict[tuple[int, int], list[int]] = {}
    cells: dict[tuple[int, int], Cell] = {}
    for row, col in _positions(selection):
        cell = grid.at(row, col)
        if cell is not None:
            cells[cell.row, cell.col] = cell
            spots.setdefault((cell.row, cell.col), []).append(row)
    alone = len(cells) == 1
    for place, rows in spots.items():
        cell = cells[place]
        depth = putter.depth_of(cell.row, cell)
        if depth < 0:
            if alone or not cell.is_label:
                putter.put(cell.row, cell, text)
        elif alone or (cell.bindings and len(set(rows)) == cell.rowspan):
            putter.put_run(cell, depth, text)
        elif cell.bindings and text:  # a part of a merged cell is not blanked
            for row in sorted(set(rows)):
                putter.put_levels(row, *_levels(depth, text))
    if not text:
        putter.not_placed.clear()
    return putter.pasted(bounds(selection))


def _positions(selection: Selection) -> Iterator[tuple[int, int]]:
    if isinstance(selection, Rect):
        for row in range(selection.top, selection.bottom):
            for col in range(selection.left, selection.right):
                yield row, col
    else:
        yield from sorted(selection)
