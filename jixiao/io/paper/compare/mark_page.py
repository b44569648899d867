"""Where the differences of a table stand on its page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from jixiao.io.paper.compare.differences import Difference, DifferenceKind, Side, TableDifference
from jixiao.io.paper.compare.row_texts import LEVELS
from jixiao.io.paper.page.grid import Binding, Cell, Grid
from jixiao.io.paper.page.spans import Span, Spans

_TARGET = frozenset({"comparator", "value", "unit"})


@dataclass(frozen=True, slots=True)
class CellMark:
    """What is different in one cell.

    Attributes:
        kind: "added" or "removed" when all of its content came or went, else "changed".
        spans: The characters of the cell's own text that the other table does not have.
        differences: What is different, for the tooltip and for taking it back.
    """

    kind: DifferenceKind
    spans: Spans
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class PageMarks:
    """The differences on a page.

    Attributes:
        cells: By row and column of each cell in which something is different.
        absent: Rows that only the other table has, by the row of the page above which they
            stood; the number of rows means below the page's last.
        moved: Rows of the page whose table row stood elsewhere, or under a pre-printed category
            of another name.
        unshown: Differences for which the page has no place.
    """

    cells: dict[tuple[int, int], CellMark]
    absent: tuple[tuple[int, Difference], ...]
    moved: frozenset[int]
    unshown: tuple[Difference, ...]


def mark_page(grid: Grid, difference: TableDifference, side: Side = "new") -> PageMarks:
    """Find the differences of a table on its page.

    Args:
        grid: The filled page of one of the two tables.
        difference: What ``compare_tables`` found.
        side: Whether it is the page of the old or of the new table.
    """
    cells = {
        (cell.row, cell.col): mark
        for cell in grid.cells
        if (mark := _mark(cell, difference, side)) is not None
    }
    page = _Page(grid)
    absent: list[tuple[int, Difference]] = []
    moved: set[int] = set()
    unshown: list[Difference] = []
    for change in difference.changes:
        here, there = change.place, change.old_place
        if side == "old":
            here, there = there, here
        if not page.shows(here or there):
            unshown.append(change)
        elif change.is_row and here is None:
            assert there is not None
            after = change.after if side == "new" else _row_above(difference, there)
            absent.append((page.below(there.target, after), change))
        elif here is not None and (
            change.kind == "moved" if change.is_row else not page.has_cell(here)
        ):
            moved |= page.rows_of(here)
    return PageMarks(cells, tuple(absent), frozenset(moved), tuple(unshown))


class _Page:
    """What stands where on a page."""

    def __init__(self, grid: Grid) -> None:
        self._tops: dict[str, int] = {}
        for number, row in enumerate(grid.rows):
            self._tops.setdefault(row.band, number)
        self._names: set[tuple[str, str]] = set()
        self._places: dict[tuple[str, int], set[int]] = defaultdict(set)
        self._cells: set[tuple[str, str, int]] = set()
        for cell, part in grid.bound():
            place = part.binding
            assert place is not None
            name = _column(place.name)
            self._names.add((place.target, name))
            for row in place.rows:
                self._cells.add((place.target, name, row))
                if not name.startswith("level") or name == "level3":
                    self._places[place.target, row].add(cell.row)

    def shows(self, place: Binding | None) -> bool:
        """Whether a page like this has a cell for a place, or a row for one of a band."""
        assert place is not None
        if place.rows and (not place.name or place.name in LEVELS):
            return place.target in self._tops
        return (place.target, _column(place.name)) in self._names

    def has_cell(self, place: Binding) -> bool:
        """Whether the row of a place has a cell of its own for it; a pre-printed level has not."""
        return not place.rows or all(
            (place.target, _column(place.name), row) in self._cells for row in place.rows
        )

    def rows_of(self, place: Binding) -> set[int]:
        """The rows of the page that show the rows of a place."""
        return {at for row in place.rows for at in self._places[place.target, row]}

    def below(self, name: str, row: int) -> int:
        """The row of the page below a row of a list, where its band begins if there is none."""
        return max(self._places[name, row], default=self._tops[name] - 1) + 1


def _column(name: str) -> str:
    """The parts of a target value count as one column."""
    return "target" if name.startswith("target:") or name in _TARGET else name


def _row_above(difference: TableDifference, place: Binding) -> int:
    """The row of the old list below which a row of the new one was put in, -1 at the top."""
    old_of = difference.old_of[place.target]
    above = (old_of[row] for row in range(place.rows[0] - 1, -1, -1) if row in old_of)
    return next(above, -1)


def _mark(cell: Cell, difference: TableDifference, side: Side) -> CellMark | None:
    found: list[Difference] = []
    spans: list[Span] = []
    kept = False
    start = 0
    for part in cell.parts:
        change = None if part.binding is None else difference.at(part.binding, side)
        if change is not None:
            found.append(change)
            own = change.new_spans if side == "new" else change.old_spans
            end = len(part.text)
            spans += [(start + min(b, end), start + min(e, end)) for b, e in own]
        elif part.binding is not None and part.text:
            kept = True
        start += len(part.text)
    if not found:
        return None
    first = found[0].kind
    alike = not kept and all(change.kind == first for change in found)
    kind: DifferenceKind = first if alike else "changed"
    return CellMark(kind, tuple(spans), tuple(found))
