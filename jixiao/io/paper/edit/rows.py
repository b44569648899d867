"""What happens to whole rows: insert, duplicate, delete, move, change category, sort.

Rows are told by the name of their list and their index in it. "Up", "down" and "before" mean the
order on the page, which for a form with pre-printed rows is not that of the list. Every function
returns the changed table (the same one when nothing changed) and where its rows stand now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from jixiao.io.paper.edit.edit import replace_rows, settle_levels
from jixiao.io.paper.form.arrange import Line, arrange
from jixiao.io.paper.form.categories import Category, CategoryOrder, category_key, category_of
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Grid
from jixiao.model.table import ROW_TYPES, Indicator, ListName, Table

_Some = TypeVar("_Some")


@dataclass(frozen=True, slots=True)
class Changed:
    """A table after an action on rows; ``rows`` are the indexes of the rows it acted on."""

    table: Table
    rows: tuple[int, ...] = ()


def selected_rows(grid: Grid, rows: Iterable[int]) -> tuple[ListName | None, tuple[int, ...]]:
    """The list and the row indexes that rows of the page show.

    When the rows belong to several lists, the first one counts. Rows that do not exist yet have
    no index; None when no row is one of a list.
    """
    name: ListName | None = None
    found: dict[int, None] = {}
    for row in rows:
        band = grid.rows[row].band
        if band not in ROW_TYPES or (name is not None and band != name):
            continue
        name = band
        for cell in grid.row_cells(row):
            for binding in cell.bindings:
                if binding.target == name and not binding.name.startswith("level"):
                    found.update(dict.fromkeys(binding.rows))
    return name, tuple(found)


def page_position(grid: Grid, name: ListName, row: int) -> int:
    """How many rows of a list stand above a row of the page: the position for a drop there."""
    return sum(format_.band == name for format_ in grid.rows[:row])


def page_rows(form: Form, table: Table, name: ListName) -> list[Line]:
    """The rows of one list from top to bottom of the page, also if the form does not show it."""
    lines = [line for line in arrange(form, table) if line.band and line.band.list == name]
    if lines:
        return lines
    rows = enumerate(table.rows(name))
    return [Line(-1, None, index, index, *category_of(row)) for index, row in rows]


def insert_row(form: Form, table: Table, name: ListName, index: int, *, below: bool) -> Changed:
    """An empty row above or below another, with its levels; at the end when ``index`` is -1."""
    rows = list(table.rows(name))
    if index < 0:
        return _inserted(form, table, name, len(rows), ("", ""))
    return _inserted(form, table, name, index + below, category_of(rows[index]))


def add_row_in_category(form: Form, table: Table, name: ListName, index: int) -> Changed:
    """An empty row at the end of the run of rows with the same levels (below, without levels)."""
    if index < 0 or name not in {"indicators", "period_indicators"}:
        return insert_row(form, table, name, index, below=True)
    lines = page_rows(form, table, name)
    at = next(number for number, line in enumerate(lines) if line.index == index)
    pair = (lines[at].level1, lines[at].level2)
    while at + 1 < len(lines) and (lines[at + 1].level1, lines[at + 1].level2) == pair:
        if lines[at + 1].index < 0:
            break
        at += 1
    last = lines[at].index
    return _inserted(form, table, name, last + 1, category_of(table.rows(name)[last]))


def add_category(form: Form, table: Table, level1: str, level2: str) -> Changed:
    """An empty indicator with these levels where the form's order puts it.

    Nothing changes where the category stands already, filled or as a pre-printed row.
    """
    key = category_key(level1, level2)
    lines = page_rows(form, table, "indicators")
    if any(category_key(line.level1, line.level2) == key for line in lines):
        return Changed(table)
    order = CategoryOrder(form, table, table.indicators)
    at = order.place(table.indicators, (level1, level2))
    return _inserted(form, table, "indicators", at, (level1, level2))


def _inserted(form: Form, table: Table, name: ListName, at: int, pair: Category) -> Changed:
    rows = list(table.rows(name))
    row = ROW_TYPES[name]()
    rows.insert(at, _with_levels(row, pair))
    return Changed(_put(form, table, name, rows), (at,))


def duplicate_rows(form: Form, table: Table, name: ListName, indexes: Iterable[int]) -> Changed:
    """A copy of each row, below the last of its neighbours that are copied with it."""
    old, chosen = table.rows(name), sorted(set(indexes))
    rows: list[Any] = []
    copies: list[int] = []
    run: list[Any] = []
    for index, row in enumerate(old):
        rows.append(row)
        if index not in chosen:
            continue
        run.append(row)
        goes_on = index + 1 in chosen and category_of(old[index + 1]) == category_of(row)
        if not goes_on:
            copies += range(len(rows), len(rows) + len(run))
            rows += run
            run = []
    return Changed(_put(form, table, name, rows), tuple(copies))


def delete_rows(form: Form, table: Table, name: ListName, indexes: Iterable[int]) -> Changed:
    """The table without these rows; a pre-printed category left empty shows its empty row.

    ``rows`` is the row that took the place of the first one deleted, for the cursor.
    """
    chosen = set(indexes)
    rows = [row for index, row in enumerate(table.rows(name)) if index not in chosen]
    near = min(min(chosen, default=0), len(rows) - 1)
    return Changed(_put(form, table, name, rows), (near,) if near >= 0 else ())


def move_rows(
    form: Form, table: Table, name: ListName, indexes: Iterable[int], *, up: bool
) -> Changed:
    """Move rows one place on the page.

    Over the border of a category a row takes the levels of that category and stays where it is:
    it has become the category's last (first) row. A row at the end of the page stays.
    """
    mover = _Mover(form, table, name)
    chosen = set(indexes)
    stuck: set[int] = set()
    lines = page_rows(form, table, name)
    order = [line.index for line in lines if line.index in chosen]
    for key in order if up else reversed(order):
        if not mover.move(key, up=up, stuck=stuck):
            stuck.add(key)
    return Changed(mover.table(), tuple(mover.keys.index(key) for key in order))


class _Mover:
    """Rows being moved; ``keys`` are their old indexes in the new order."""

    def __init__(self, form: Form, table: Table, name: ListName) -> None:
        self._form = form
        self._old = table
        self._name: ListName = name
        self._rows: list[Any] = list(table.rows(name))
        self.keys = list(range(len(self._rows)))

    def table(self) -> Table:
        """The table with the rows as they stand now."""
        return _put(self._form, self._old, self._name, self._rows)

    def move(self, key: int, *, up: bool, stuck: set[int]) -> bool:
        """Move one row; False when it cannot."""
        table = replace_rows(self._old, self._name, self._rows)
        lines = page_rows(self._form, table, self._name)
        index = self.keys.index(key)
        at = next(number for number, line in enumerate(lines) if line.index == index)
        beside = at - 1 if up else at + 1
        if not 0 <= beside < len(lines):
            return False
        other = lines[beside]
        if other.index < 0:
            if not (other.level1 or other.level2):
                return False
        elif self.keys[other.index] in stuck:
            return False
        if not _same(lines[at], other):
            self._join(index, other, up=up)
        elif other.index >= 0:
            self._swap(index, other.index)
        return True

    def _swap(self, one: int, other: int) -> None:
        for things in (self._rows, self.keys):
            things[one], things[other] = things[other], things[one]

    def _join(self, index: int, other: Line, *, up: bool) -> None:
        """Give a row the category of the line beside it, and the place next to it."""
        pair = _pair_of(self._rows, other)
        target = other.index + up if other.index >= 0 else other.insert_at
        if target > index:
            target -= 1
        row, key = self._rows.pop(index), self.keys.pop(index)
        self._rows.insert(target, _with_levels(row, pair))
        self.keys.insert(target, key)


def move_rows_to(
    form: Form, table: Table, name: ListName, indexes: Iterable[int], position: int
) -> Changed:
    """Drop rows before the ``position``-th row of their list on the page (see page_position).

    Dropped in another category they take its levels. On the border of two the rows stay in their
    own category when it is one of them; otherwise they go to the upper one.
    """
    lines = page_rows(form, table, name)
    chosen = set(indexes)
    moved = [line for line in lines if line.index in chosen]
    above = [line for line in lines[:position] if line.index < 0 or line.index not in chosen]
    below = [line for line in lines[position:] if line.index < 0 or line.index not in chosen]
    host = _host(moved, above[-1:], below[:1])
    if host is None:
        return Changed(table, tuple(sorted(chosen)))
    old = table.rows(name)
    pair = _pair_of(old, host)
    dropped = [
        old[line.index] if _same(line, host) else _with_levels(old[line.index], pair)
        for line in moved
    ]
    target = host.insert_at if host.index < 0 else host.index + (host in above)
    target -= sum(index < target for index in chosen)
    rows = [row for index, row in enumerate(old) if index not in chosen]
    rows[target:target] = dropped
    return Changed(_put(form, table, name, rows), tuple(range(target, target + len(dropped))))


def _host(moved: Sequence[Line], above: Sequence[Line], below: Sequence[Line]) -> Line | None:
    """The line beside the drop whose category takes the rows, None when nothing can."""
    if not moved:
        return None
    for line in (*above, *below):
        if all(_same(line, other) for other in moved) and line.index >= 0:
            return line
    # An empty row that no category claims is no place to go to.
    hosts = [line for line in (*above, *below) if line.index >= 0 or line.level1 or line.level2]
    return hosts[0] if hosts else None


def _same(one: Line, other: Line) -> bool:
    return (one.level1, one.level2) == (other.level1, other.level2)


def _pair_of(rows: Sequence[Any], line: Line) -> Category:
    return category_of(rows[line.index]) if line.index >= 0 else (line.level1, line.level2)


def change_category(
    form: Form,
    table: Table,
    indexes: Iterable[int],
    level1: str,
    level2: str,
    *,
    name: ListName = "indicators",
) -> Changed:
    """Move these rows only to the end of a category, which stands where the form puts it."""
    old, pair = table.rows(name), (level1, level2)
    chosen = [index for index in sorted(set(indexes)) if category_of(old[index]) != pair]
    if not chosen:
        return Changed(table, tuple(sorted(set(indexes))))
    rows = [row for index, row in enumerate(old) if index not in chosen]
    at = CategoryOrder(form, table, old).place(rows, pair)
    rows[at:at] = [_with_levels(old[index], pair) for index in chosen]
    return Changed(_put(form, table, name, rows), tuple(range(at, at + len(chosen))))


def to_their_categories(
    form: Form, table: Table, name: ListName, indexes: Iterable[int]
) -> tuple[Table, tuple[int, ...]]:
    """Rows put where their categories stand, as after their levels were written over.

    A row stays where it is beside a row of its category that is not one of them.

    Returns:
        The table, and the rows by their indexes before in the order in which they stand now.
    """
    old, loose = table.rows(name), set(indexes)
    keys = [category_key(*category_of(row)) for row in old]
    for index in (*sorted(loose), *sorted(loose, reverse=True)):
        beside = (at for at in (index - 1, index + 1) if 0 <= at < len(old) and at not in loose)
        if any(keys[at] == keys[index] for at in beside):
            loose.discard(index)
    order = [index for index in range(len(old)) if index not in loose]
    places = CategoryOrder(form, table, old)
    for index in sorted(loose):
        at = places.place([old[other] for other in order], category_of(old[index]))
        order.insert(at, index)
    return _put(form, table, name, [old[index] for index in order]), tuple(order)


def sort_by_category(form: Form, table: Table, name: ListName = "indicators") -> Changed:
    """Rows in the form's order of categories; within one they keep their order."""
    rows = table.rows(name)
    order = CategoryOrder(form, table, rows)
    ranked = sorted(rows, key=lambda row: order.rank(category_of(row)))
    return Changed(_put(form, table, name, ranked))


def _with_levels(row: _Some, pair: Category) -> _Some:
    return replace(row, level1=pair[0], level2=pair[1]) if isinstance(row, Indicator) else row


def _put(form: Form, table: Table, name: ListName, rows: list[Any]) -> Table:
    return settle_levels(form, table, replace_rows(table, name, rows))
