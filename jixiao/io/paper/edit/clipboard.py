"""The clipboard as data: which cells of a page are copied, and a matrix of texts as a page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from jixiao.io.paper.edit.clipboard_html import Piece, to_html
from jixiao.io.paper.edit.tsv import to_tsv
from jixiao.io.paper.page.clean import key
from jixiao.io.paper.page.grid import Cell, Grid, Part, RowFormat


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle of positions; ``bottom`` and ``right`` are the row and column after it."""

    top: int
    left: int
    bottom: int
    right: int


Selection = Rect | Collection[tuple[int, int]]
"""A rectangle, or any positions (row, column)."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What goes to the clipboard; ``rows`` are the texts, blank where a merged cell goes on."""

    tsv: str
    html: str
    rows: tuple[tuple[str, ...], ...]


def bounds(selection: Selection) -> Rect:
    """The smallest rectangle around a selection; empty for no positions."""
    if isinstance(selection, Rect):
        return selection
    if not selection:
        return Rect(0, 0, 0, 0)
    rows = [row for row, _ in selection]
    cols = [col for _, col in selection]
    return Rect(min(rows), min(cols), max(rows) + 1, max(cols) + 1)


def whole_cells(grid: Grid, selection: Selection) -> frozenset[tuple[int, int]]:
    """The selection with every cell that it touches taken whole, as Excel selects merged cells."""
    rect = bounds(selection)
    spots = (
        ((row, col) for row in range(rect.top, rect.bottom) for col in range(rect.left, rect.right))
        if isinstance(selection, Rect)
        else iter(selection)
    )
    found = (cell for row, col in spots if (cell := grid.at(row, col)) is not None)
    cells = {(cell.row, cell.col): cell for cell in found}  # by place: to hash a cell is slow
    return frozenset(
        (row, col)
        for cell in cells.values()
        for row in range(cell.row, cell.bottom)
        for col in range(cell.col, cell.right)
    )


def copy_block(grid: Grid, selection: Selection, *, headers: bool = False) -> Copied:
    """The selected cells as TSV and HTML.

    A merged cell gives its text once, at the first of its selected positions; in HTML it keeps
    the part of its span that is selected. With ``headers`` the label rows above the first
    selected band row go along.
    """
    rect = bounds(selection)
    chosen = None if isinstance(selection, Rect) else frozenset(selection)
    rows = list(range(rect.top, rect.bottom))
    if chosen is not None:  # rows picked here and there stand below each other, as in Excel
        rows = sorted({row for row, _ in chosen})
    if headers:
        rows = _header_rows(grid, rect) + rows
    pieces = (
        _pieces_of_rect(grid, rows, rect) if chosen is None else _pieces(grid, rows, rect, chosen)
    )
    width = rect.right - rect.left
    matrix = [[""] * width for _ in rows]
    for piece in pieces:
        matrix[piece.row][piece.col] = piece.cell.text
    html = to_html(pieces, len(rows), grid.columns[rect.left : rect.right])
    return Copied(to_tsv(matrix), html, tuple(tuple(row) for row in matrix))


def _header_rows(grid: Grid, rect: Rect) -> list[int]:
    """The rows above the band of the first selected row that only hold labels of its columns."""
    first = next((row for row in range(rect.top, rect.bottom) if grid.rows[row].band), None)
    if first is None or first != rect.top:
        return []
    return header_rows(grid, first)


def header_rows(grid: Grid, row: int) -> list[int]:
    """The rows with the header words of the band in which a row stands."""
    while row > 0 and grid.rows[row - 1].band == grid.rows[row].band:
        row -= 1
    top = row - 1
    cells = [cell for cell in grid.row_cells(top) if cell.row == top] if row else []
    if len(cells) < 2 or not all(cell.is_label for cell in cells):
        return []
    return [top]


def last_row(grid: Grid, row: int) -> int:
    """The last row of the band in which a row stands; outside bands the page's last."""
    band = grid.rows[row].band
    if not band:
        return len(grid.rows) - 1
    while row + 1 < len(grid.rows) and grid.rows[row + 1].band == band:
        row += 1
    return row


def may_be_form(grid: Grid, top: int, matrix: Sequence[Sequence[str]]) -> bool:
    """True when texts pasted at a row may be a form of their own, not just rows of the page's list.

    They are when they are large enough, and do not begin with the header words above the row.
    """
    if len(matrix) < 2 or len(matrix[0]) < 2:
        return False
    if not grid.rows[top].band:
        return True
    words = {key(cell.text) for row in header_rows(grid, top) for cell in grid.row_cells(row)}
    return not {key(text) for text in matrix[0] if text.strip()} <= words


def _pieces_of_rect(grid: Grid, rows: Sequence[int], rect: Rect) -> list[Piece]:
    """The cells of a rectangle and of a header row above it, cut to them, in reading order."""
    pieces: list[Piece] = []
    shown: set[int] = set()  # cells of the header that go on in the rectangle are there already
    for number, row in enumerate(rows):
        header = row < rect.top
        for cell in grid.row_cells(row):
            begins = header or row in (cell.row, rect.top)
            if not begins or cell.col >= rect.right or cell.right <= rect.left:
                continue
            if header:
                shown.add(id(cell))
            elif id(cell) in shown:
                continue
            left, right = max(cell.col, rect.left), min(cell.right, rect.right)
            inside = min(cell.bottom, rect.bottom) - max(row, rect.top)
            high = max(inside, 0) + header
            pieces.append(Piece(number, left - rect.left, high, right - left, cell))
    return pieces


def _pieces(
    grid: Grid, rows: Sequence[int], rect: Rect, chosen: Collection[tuple[int, int]]
) -> list[Piece]:
    """The cells under the selected positions, cut to them, in reading order."""
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    cells: dict[tuple[int, int], Cell] = {}
    for number, row in enumerate(rows):
        for col in range(rect.left, rect.right):
            cell = grid.at(row, col)
            header = row < rect.top
            if cell is None or (not header and (row, col) not in chosen):
                continue
            place = (cell.row, cell.col)
            cells[place] = cell
            found.setdefault(place, []).append((number, col - rect.left))
    pieces: list[Piece] = []
    for place, spots in found.items():
        top, left = spots[0]
        bottom = max(row for row, _ in spots) + 1
        right = max(col for _, col in spots) + 1
        if (bottom - top) * (right - left) != len(spots):  # picked in an odd pattern
            bottom, right = top + 1, left + 1
        pieces.append(Piece(top, left, bottom - top, right - left, cells[place]))
    return sorted(pieces, key=lambda piece: (piece.row, piece.col))


def grid_of(matrix: Sequence[Sequence[str]]) -> Grid:
    """A matrix of texts as a page without spans, for recognition."""
    cells = tuple(
        text_cell(row, col, text)
        for row, texts in enumerate(matrix)
        for col, text in enumerate(texts)
        if text
    )
    width = max((len(row) for row in matrix), default=0)
    return Grid(cells, tuple(RowFormat() for _ in matrix), (60.0,) * width, sheet="剪贴板")


def text_cell(row: int, col: int, text: str, rowspan: int = 1, colspan: int = 1) -> Cell:
    """A cell with plain text."""
    return Cell(row, col, rowspan, colspan, (Part(text),) if text else ())
