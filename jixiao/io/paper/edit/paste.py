"""Pasting a matrix of texts into a page.

The texts are those of another program (those copied here go by ``paste_carried`` where that fits).
The matrix's columns go to the page's columns from the anchor on. Labels stay as they are. Below a
band's last row the list grows; what stands below the band is never overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from jixiao.io.paper.edit.clipboard import (
    Rect,
    Selection,
    bounds,
    copy_block,
    header_rows,
    last_row,
)
from jixiao.io.paper.edit.fill_cells import put_everywhere
from jixiao.io.paper.edit.paste_carried import level_cells_only
from jixiao.io.paper.edit.put import Pasted, Putter
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.clean import key as text_key
from jixiao.io.paper.page.grid import Cell, Grid
from jixiao.model.table import Table

Texts = Sequence[Sequence[str]]
Tick = Callable[[int, int], object]
"""Told how many rows of how many are done; what it raises ends the work."""


def paste(
    form: Form,
    table: Table,
    grid: Grid,
    selection: Selection,
    matrix: Texts,
    *,
    covered: Collection[int] = (),
    tick: Tick = lambda _done, _rows: None,
) -> Pasted:
    """Put texts into the cells from the selection's first one on.

    One text goes into every selected cell. A matrix is repeated where the selection is a multiple
    of it. Blank level cells take the level above them. In a form with pre-printed rows a row
    whose pasted levels are others goes to its own category. A first row that repeats the header
    words above the band is left out.

    Args:
        form: The form the page is drawn by.
        table: The table it shows.
        grid: The page, ``fill(form, table)``.
        selection: The selected positions; for a single cell all or one of its positions.
        matrix: Texts, all rows of one length.
        covered: Its rows in which no cell begins. They count where the page has such rows at the
            same places; elsewhere a merged cell of the source is one text.
        tick: Told of the progress.
    """
    target = bounds(selection)
    if not matrix or not matrix[0] or target.top >= target.bottom:
        return Pasted(table, 0, (), target)
    matrix = _one_text_a_cell(grid, target, matrix, covered)
    if len(matrix) == 1 and len(matrix[0]) == 1:
        return put_everywhere(form, table, grid, selection, matrix[0][0])
    if len(matrix) > 1 and _is_header(grid, target, matrix[0]):
        matrix = matrix[1:]
    wide = _tile(grid, target, matrix)
    area = Rect(target.top, target.left, target.top + len(wide), target.left + len(wide[0]))
    if _is_same(grid, area, wide):
        return Pasted(table, 0, (), area)
    levels = level_cells_only(form, table, grid, area, wide)
    if levels is not None:
        return levels
    putter = Putter(form, table, grid)
    _paste_rows(putter, target, wide, tick)
    return putter.pasted(area)


def _one_text_a_cell(grid: Grid, target: Rect, matrix: Texts, covered: Collection[int]) -> Texts:
    """The matrix without the rows that merged cells cover, unless the page has them there too."""
    own = [texts for number, texts in enumerate(matrix) if number not in covered]
    if len(own) == len(matrix) or not own:
        return matrix
    width, bottom = len(matrix[0]), target.top + len(matrix)
    alike = all(_is_covered(grid, target.top + n, target.left, width) for n in covered)
    whole = bottom >= len(grid.rows) or not _is_covered(grid, bottom, target.left, width)
    return own if len(own) == len(own[0]) == 1 or not (alike and whole) else matrix


def _is_covered(grid: Grid, row: int, left: int, width: int) -> bool:
    """True when no cell begins in a row of the page, from a column on."""
    cells = [grid.at(row, col) for col in range(left, left + width)]
    return all(cell is not None and cell.row < row for cell in cells)


def _is_same(grid: Grid, area: Rect, matrix: Texts) -> bool:
    """True when just these texts stand there already."""
    if area.bottom > len(grid.rows) or area.right > len(grid.columns):
        return False
    shown = copy_block(grid, area).rows
    return all(
        _flat(one) == _flat(other)
        for shown_row, row in zip(shown, matrix, strict=True)
        for one, other in zip(shown_row, row, strict=True)
    )


def _flat(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


# --- where each column and row goes ----------------------------------------------------------


def _visible(grid: Grid, row: int, left: int) -> list[Cell]:
    """The cells of a page row from a column on."""
    return [cell for cell in grid.row_cells(row) if cell.right > left]


def _columns(grid: Grid, row: int, left: int, *, by_column: bool) -> list[int]:
    """The page column for each column of the matrix."""
    if by_column:
        return list(range(left, len(grid.columns)))
    return [max(cell.col, left) for cell in _visible(grid, row, left)]


def _by_column(grid: Grid, target: Rect, matrix: Texts) -> bool:
    """True when the matrix has a column for each column of the page, as our own copies have.

    Then nothing stands where a cell only goes on, and the last column ends a cell. Otherwise
    (a sheet without our merged cells) each column of the matrix is one cell of the page.
    """
    right = target.left + len(matrix[0])
    if right > len(grid.columns):
        return False
    last = last_row(grid, target.top)
    for number, texts in enumerate(matrix):
        row = min(target.top + number, last)
        for col, text in enumerate(texts, start=target.left):
            cell = grid.at(row, col)
            if cell is not None and max(cell.col, target.left) < col and text.strip():
                return False
        edge = grid.at(row, right - 1)
        if edge is not None and edge.right > right:
            return False
    return True


def _is_header(grid: Grid, target: Rect, texts: Sequence[str]) -> bool:
    """True when texts repeat the header words above the band at the same columns."""
    if not grid.rows[target.top].band:
        return False
    for row in header_rows(grid, target.top):
        for by_column in (True, False):
            columns = _columns(grid, row, target.left, by_column=by_column)
            pairs = [
                (grid.at(row, c), t) for c, t in zip(columns, texts, strict=False) if t.strip()
            ]
            if pairs and all(cell and text_key(cell.text) == text_key(t) for cell, t in pairs):
                return True
    return False


def _tile(grid: Grid, target: Rect, matrix: Texts) -> list[list[str]]:
    """The matrix, repeated when the selection is a multiple of it."""
    height, width = len(matrix), len(matrix[0])
    rows = target.bottom - target.top
    cols = target.right - target.left
    if not _by_column(grid, target, matrix):
        cols = sum(cell.col < target.right for cell in _visible(grid, target.top, target.left))
    down = rows // height if rows % height == 0 else 1
    right = cols // width if cols % width == 0 else 1
    return [list(row) * max(right, 1) for _ in range(max(down, 1)) for row in matrix]


def _paste_rows(putter: Putter, target: Rect, matrix: list[list[str]], tick: Tick) -> None:
    grid = putter.grid
    by_column = _by_column(grid, target, matrix)
    last = last_row(grid, target.top)
    grows = bool(grid.rows[target.top].band)
    levels: list[str | None] = [None, None]
    for number, texts in enumerate(matrix):
        tick(number, len(matrix))
        row = target.top + number
        template = None
        if row > last:
            if not grows:
                for col, text in enumerate(texts, start=target.left):
                    putter.refuse(row, col, text)
                continue
            row, template = len(grid.rows) + number, last
        columns = _columns(
            grid, last if template is not None else row, target.left, by_column=by_column
        )
        _paste_row(putter, target, row, template, columns=columns, texts=texts, levels=levels)


def _paste_row(
    putter: Putter,
    target: Rect,
    row: int,
    template: int | None,
    *,
    columns: Sequence[int],
    texts: Sequence[str],
    levels: list[str | None],
) -> None:
    """One row of the matrix; ``levels`` are those of the row above it in the matrix."""
    grid = putter.grid
    page_row = row if template is None else template
    cells: list[tuple[Cell, str]] = []
    has_level = [False, False]
    for col, text in zip(columns, texts, strict=False):
        cell = grid.at(page_row, col)
        if cell is None or max(cell.col, target.left) != col:
            putter.refuse(row, col, text)
            continue
        depth = putter.depth_of(page_row, cell)
        if depth >= 0:
            has_level[depth] = True
            _take_level(levels, depth, text.strip())
        elif cell.rowspan > 1 and (template is not None or max(cell.row, target.top) != row):
            putter.refuse(row, col, "" if text_key(text) == text_key(cell.text) else text)
        else:
            cells.append((cell, text))
    for col, text in zip(range(len(columns), len(texts)), texts[len(columns) :], strict=True):
        putter.refuse(row, target.left + col, text)
    if any(has_level):
        new = [level if has else None for level, has in zip(levels, has_level, strict=True)]
        _put_levels(putter, row, template, new)
    for cell, text in cells:
        putter.put(row, cell, text, template)


def _take_level(levels: list[str | None], depth: int, text: str) -> None:
    """A level of the matrix; a blank one goes on, another first level ends the second."""
    if not text:
        return
    if depth == 0 and levels[0] not in {None, text}:
        levels[1] = ""
    levels[depth] = text


def _put_levels(
    putter: Putter, row: int, template: int | None, levels: Sequence[str | None]
) -> None:
    """Set those levels that are not what the page shows there already."""
    if template is None:
        shown = ["", ""]
        for cell in putter.grid.row_cells(row):
            depth = putter.depth_of(row, cell)
            if depth >= 0:
                shown[depth] = cell.text
        levels = [None if new == old else new for new, old in zip(levels, shown, strict=True)]
        levels = [
            None if new is not None and text_key(new) == text_key(old) else new
            for new, old in zip(levels, shown, strict=True)
        ]
    if any(level is not None for level in levels):
        putter.put_levels(row, levels[0], levels[1], template)
