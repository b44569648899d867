"""Blocks of cells on a page: whole merged cells, whole rows, the numbers in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from jixiao.gui.page.moves import is_editable
from jixiao.io.paper.edit.clipboard import Rect
from jixiao.io.paper.page.grid import Binding, Cell, Grid
from jixiao.model.numbers import decimal_of, plain
from jixiao.model.table import ROW_TYPES

_LEVELS = {"level1", "level2"}


def block(grid: Grid, one: tuple[int, int], other: tuple[int, int]) -> Rect:
    """The smallest rectangle around two positions that cuts no merged cell."""
    rect = Rect(
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[0], other[0]) + 1,
        max(one[1], other[1]) + 1,
    )
    while True:
        cells = [
            cell
            for row in range(rect.top, rect.bottom)
            for cell in grid.row_cells(row)
            if cell.col < rect.right and cell.right > rect.left
        ]
        wider = Rect(
            min([rect.top, *(cell.row for cell in cells)]),
            min([rect.left, *(cell.col for cell in cells)]),
            max([rect.bottom, *(cell.bottom for cell in cells)]),
            max([rect.right, *(cell.right for cell in cells)]),
        )
        if wider == rect:
            return rect
        rect = wider


def own_binding(grid: Grid, row: int) -> Binding | None:
    """The first binding of a band row to a column of its own: not a level, not a number."""
    band = grid.rows[row].band if 0 <= row < len(grid.rows) else ""
    if not band:
        return None
    for cell in grid.row_cells(row):
        for binding in cell.bindings:
            if binding.target == band and binding.name not in _LEVELS:
                return binding
    return None


def own_cells(grid: Grid, row: int) -> list[Cell]:
    """The cells of a band row that are its alone: neither levels nor words nor what it shares."""
    band = grid.rows[row].band if 0 <= row < len(grid.rows) else ""
    return [cell for cell in grid.row_cells(row) if band and _is_own(cell, band)]


def _is_own(cell: Cell, band: str) -> bool:
    return cell.rowspan == 1 and any(
        b.name not in _LEVELS and (b.target in {band, "computed"} or band == "other")
        for b in cell.bindings
    )


def rows_of(grid: Grid, name: str, indexes: Iterable[int]) -> list[int]:
    """The rows of the page that show these rows of a list."""
    wanted = set(indexes)
    found: list[int] = []
    for row, format_ in enumerate(grid.rows):
        binding = own_binding(grid, row) if format_.band == name else None
        if binding is not None and wanted & set(binding.rows):
            found.append(row)
    return found


def band_end(grid: Grid, row: int) -> int:
    """The row after the last one of the band in which a row stands."""
    band = grid.rows[row].band
    while row < len(grid.rows) and grid.rows[row].band == band:
        row += 1
    return row


def row_spots(grid: Grid, rows: Iterable[int]) -> frozenset[tuple[int, int]]:
    """The positions that are selected when whole rows are: those of their own cells."""
    return frozenset(
        (row, col)
        for row in rows
        for cell in own_cells(grid, row)
        for col in range(cell.col, cell.right)
    )


def whole_rows(grid: Grid, spots: Collection[tuple[int, int]]) -> bool:
    """True when a selection is one run of whole rows of one list: all their own cells."""
    rows = sorted({row for row, _ in spots})
    if not rows or rows[-1] - rows[0] + 1 != len(rows) or row_spots(grid, rows) != set(spots):
        return False
    return all(grid.rows[row].band == grid.rows[rows[0]].band for row in rows)


def level_cells(grid: Grid, row: int) -> list[Cell]:
    """The two cells left of a band row's own ones: its levels, printed or not."""
    own = own_cells(grid, row)
    left = min((cell.col for cell in own), default=0)
    return [cell for cell in grid.row_cells(row) if cell.right <= left][-2:]


def wants_next_row(grid: Grid, cell: Cell, how: str) -> bool:
    """True when a key that leaves a cell should add a row below: at the end of a band, once filled.

    Args:
        grid: The page.
        cell: The cell that is left.
        how: enter or tab; Tab leaves only from the last cell to type in.
    """
    row = cell.bottom - 1
    binding = own_binding(grid, row)
    if how not in {"enter", "tab"} or binding is None or binding.target not in ROW_TYPES:
        return False
    own = own_cells(grid, row)
    if cell not in own or band_end(grid, row) != row + 1:
        return False
    if how == "tab" and any(c.col > cell.col and is_editable(c) for c in grid.row_cells(row)):
        return False
    return bool(binding.rows) and any(c.text.strip() for c in own if is_editable(c))


def placeholders(grid: Grid) -> dict[tuple[int, int], str]:
    """Faint words for rows that wait to be filled: each pre-printed one, else a band's first."""
    found: dict[tuple[int, int], str] = {}
    seen: set[tuple[str, str, str]] = set()
    for row, format_ in enumerate(grid.rows):
        cell, binding = _invites(grid, row) if format_.band else (None, None)
        if cell is None or binding is None:
            continue
        place = (binding.target, binding.level1, binding.level2)
        if place not in seen:
            seen.add(place)
            found[cell.row, cell.col] = "更多事项" if binding.target == "other" else "在此填写"
    return found


def _invites(grid: Grid, row: int) -> tuple[Cell | None, Binding | None]:
    band = grid.rows[row].band
    for cell in grid.row_cells(row):
        for binding in cell.bindings:
            if binding.name in {"level3", "name", "content"} and _is_own(cell, band):
                return (None, None) if binding.rows or cell.text.strip() else (cell, binding)
    return None, None


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many of some cells hold numbers, and their sum."""

    cells: int
    numbers: int
    total: Decimal

    @property
    def text(self) -> str:
        """What the status bar says; nothing of a single cell."""
        if self.cells < 2:
            return ""
        if not self.numbers:
            return f"选中 {self.cells} 格"
        return f"选中 {self.cells} 格　数值 {self.numbers}　求和 {plain(self.total)}"


def numbers_in(cells: Iterable[Cell]) -> Numbers:
    """Count some cells, and add the plain numbers among them; printed words hold none."""
    chosen = list(cells)
    found = [decimal_of(cell.text) for cell in chosen if not cell.is_label]
    amounts = [amount for amount in found if amount is not None]
    return Numbers(len(chosen), len(amounts), sum(amounts, Decimal(0)))
