"""One page for two tables: the new one, with the rows that are gone standing where they stood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from jixiao.io.paper.compare.differences import Difference, TableDifference
from jixiao.io.paper.compare.row_texts import rows_of
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Binding, Cell, Grid, Part
from jixiao.model.table import LIST_NAMES, Table

_LISTS = frozenset(LIST_NAMES) - {"empty_levels"}


@dataclass(frozen=True, slots=True)
class BothPage:
    """The page, bound to the new table.

    Attributes:
        grid: The page. Cells of rows that are gone show their old text and are bound to nothing.
        gone: By the row and column of each such cell the row that is gone; None for a level cell
            that only covers rows that are gone.
    """

    grid: Grid
    gone: Mapping[tuple[int, int], Difference | None]


def fill_both(form: Form, difference: TableDifference) -> BothPage:
    """The page of the new table with the rows that only the old one has.

    Fields that only the old table has get a place as well, where the form lists further fields.
    """
    orders = {name: order for name in _LISTS if (order := _order(difference, name)) is not None}
    both = _both(difference, orders)
    grid = fill(form, both)
    if not orders:
        return BothPage(grid, {})
    numbers = _numbers(fill(form, difference.new))
    gone: dict[tuple[int, int], Difference | None] = {}
    for cell in grid.cells:
        change = _gone(cell, orders)
        if change is not None:
            gone[cell.row, cell.col] = None if _is_level(cell) else change
    rows_gone = {row for (row, _), change in gone.items() if change is not None}
    cells = [_bound_to_new(c, orders, numbers, in_gone_row=c.row in rows_gone) for c in grid.cells]
    return BothPage(grid.with_cells(tuple(cells)), gone)


_Order = list[tuple[int, Difference | None]]
"""The rows of a list with those that are gone: a row of the new list, or -1 and what is gone."""


def _order(difference: TableDifference, name: str) -> _Order | None:
    """The rows of a list in the order of the page; None when none is gone."""
    after: dict[int, list[Difference]] = {}
    for change in difference.changes:
        place = change.old_place
        gone = change.kind == "removed" and change.is_row
        if gone and place is not None and place.target == name:
            after.setdefault(change.after, []).append(change)
    if not after:
        return None
    order: _Order = [(-1, change) for change in after.get(-1, ())]
    for row in range(len(rows_of(difference.new, name))):
        order.append((row, None))
        order += [(-1, change) for change in after.get(row, ())]
    return order


def _both(difference: TableDifference, orders: Mapping[str, _Order]) -> Table:
    old, new = difference.old, difference.new
    lists: dict[str, Any] = {}
    for name, order in orders.items():
        before, now = rows_of(old, name), rows_of(new, name)
        lists[name] = tuple(
            now[row] if change is None else before[_old_row(change)] for row, change in order
        )
    fields = {**new.fields, **{key: "" for key in old.fields if key not in new.fields}}
    return replace(new, fields=fields, **lists)


def _old_row(change: Difference) -> int:
    assert change.old_place is not None
    return change.old_place.rows[0]


def _gone(cell: Cell, orders: Mapping[str, _Order]) -> Difference | None:
    """The row that is gone to which a cell belongs, the first of several; None if any is there."""
    first: Difference | None = None
    for binding in cell.bindings:
        order = orders.get(binding.target)
        for row in binding.rows if order is not None else ():
            change = order[row][1] if order is not None else None
            if change is None:
                return None
            first = first or change
    return first


def _is_level(cell: Cell) -> bool:
    return any(binding.name in {"level1", "level2"} for binding in cell.bindings)


def _numbers(grid: Grid) -> Iterator[str]:
    """The running numbers of a page from top to bottom."""
    texts = [part.text for _, part in grid.bound() if part.binding == _NUMBER]
    return iter(texts)


_NUMBER = Binding("computed", "number")


def _bound_to_new(
    cell: Cell, orders: Mapping[str, _Order], numbers: Iterator[str], *, in_gone_row: bool
) -> Cell:
    parts: list[Part] = []
    for part in cell.parts:
        binding = part.binding
        if binding == _NUMBER:
            parts.append(Part("" if in_gone_row else next(numbers, part.text), binding))
            continue
        order = None if binding is None else orders.get(binding.target)
        if binding is None or order is None or not binding.rows:
            parts.append(part)
            continue
        rows = tuple(row for at in binding.rows if (row := order[at][0]) >= 0)
        parts.append(Part(part.text, replace(binding, rows=rows) if rows else None))
    return replace(cell, parts=tuple(parts))
