"""Cells of a list as they are carried between pages: by what they mean, not by where they stand.

Another program gets texts (``clipboard.copy_block``); this one also gets the list and the columns
to which the copied cells belong, so that they find their columns on a page that has them in
another order, or has comparator, value and unit in one cell.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any, cast

from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Binding, Cell, Grid
from jixiao.model.table import ROW_TYPES, Indicator, ListName, Row, Table

FORMAT = "application/x-jixiao-cells"
"""The MIME type under which they are on the clipboard."""
LEVELS = ("level1", "level2")
PARTS = {"c": "comparator", "v": "value", "u": "unit"}
"""The letters of a joined column (target:cvu) and the columns of an indicator they stand for."""
_VERSION = 1
_MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Carried:
    """Copied cells of one list.

    ``columns`` are the copied columns from left to right, as bindings name them (level1, value,
    target:cvu, extra:…). ``rows`` hold the text of each; with a joined column also those of
    comparator, value and unit, and what was ``written`` in it.
    """

    list: ListName
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]

    @property
    def only_levels(self) -> bool:
        """True when nothing but level cells was copied, each of them one row."""
        return set(self.columns) <= set(LEVELS)


def level_depths(form: Form) -> dict[int, int]:
    """The columns of the page that hold first (0) and second (1) levels."""
    return {
        column: depth
        for band in form.bands
        for depth, column in enumerate(band.level_columns)
        if column >= 0
    }


def carry(
    form: Form, table: Table, grid: Grid, spots: Collection[tuple[int, int]]
) -> Carried | None:
    """The cells at some positions by their meaning; None unless all belong to rows of one list.

    Printed words beside the rows (本年度绩效指标) do not count.

    Args:
        form: The form the page is drawn by.
        table: The table it shows.
        grid: The page, ``fill(form, table)``.
        spots: The positions that are highlighted; a level goes along for each row at which it is.
    """
    band = grid.rows[min(row for row, _ in spots)].band if spots else ""
    if band not in ROW_TYPES or any(grid.rows[row].band != band for row, _ in spots):
        return None
    name: ListName = band
    carrier = _Carrier(name, table, level_depths(form) if name == "indicators" else {})
    columns: dict[str, int] = {}
    rows: dict[int, dict[str, str]] = {}
    starts: dict[int, int] = {}  # where the deepest level cell of a row begins
    for row, col in sorted(spots):
        cell = grid.at(row, col)
        if cell is None:
            continue
        found = carrier.texts(grid, row, cell)
        for column in found:
            if not column.startswith("."):
                columns.setdefault(column, cell.col)
        rows.setdefault(row, {}).update(found)
        if cell.col in carrier.depths:
            starts[row] = cell.row
    if not columns:
        return None
    ordered = tuple(sorted(columns, key=lambda column: columns[column]))
    if set(ordered) <= set(LEVELS):
        firsts = {start: row for row, start in reversed(starts.items())}
        rows = {row: rows[row] for row in sorted(firsts.values())}
    texts = tuple({key.lstrip("."): text for key, text in row.items()} for row in rows.values())
    return Carried(name, ordered, texts)


@dataclass(frozen=True, slots=True)
class _Carrier:
    list: ListName
    table: Table
    depths: Mapping[int, int]

    def texts(self, grid: Grid, row: int, cell: Cell) -> dict[str, str]:
        """What a cell says in a row of the page; the parts of a joined column begin with a dot."""
        depth = self.depths.get(cell.col, -1)
        if depth >= 0:
            shown = self._row(row_binding(grid, row, self.list))
            level = cell.text if shown is None else getattr(shown, LEVELS[depth])
            return {LEVELS[depth]: level}
        found: dict[str, str] = {}
        for part in cell.parts:
            binding = part.binding
            if binding is None or binding.target != self.list:
                continue
            found[binding.name] = part.text
            shown = self._row(binding)
            if isinstance(shown, Indicator):
                found |= _target_texts(binding.name, shown)
        return found

    def _row(self, binding: Binding | None) -> Row | None:
        if binding is None or not binding.rows:
            return None
        rows: tuple[Any, ...] = self.table.rows(self.list)
        return rows[binding.rows[0]]


def _target_texts(column: str, row: Indicator) -> dict[str, str]:
    if column in PARTS.values():
        return {column: getattr(row, column)}
    if not column.startswith("target:"):
        return {}
    names = [PARTS[letter] for letter in column.removeprefix("target:")]
    return {"." + name: getattr(row, name) for name in names} | {".written": row.written}


def row_binding(grid: Grid, row: int, name: str) -> Binding | None:
    """The first binding of a page row to a column of a list that is no level."""
    for cell in grid.row_cells(row):
        for binding in cell.bindings:
            if binding.target == name and binding.name not in LEVELS:
                return binding
    return None


def to_bytes(carried: Carried) -> bytes:
    """Copied cells as they are put on the clipboard."""
    return json.dumps({"version": _VERSION, **asdict(carried)}, ensure_ascii=False).encode()


def from_bytes(data: bytes) -> Carried | None:
    """Copied cells from the clipboard; None for what no version of this program wrote."""
    try:
        found: Any = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    stated = cast("dict[str, Any]", found)
    name, columns, rows = stated.get("list"), stated.get("columns"), stated.get("rows")
    if stated.get("version") != _VERSION or name not in list(ROW_TYPES):
        return None
    if not _are_texts(columns) or not columns or not isinstance(rows, list):
        return None
    texts = cast("list[Any]", rows)
    good = 0 < len(texts) <= _MOST_ROWS and all(
        isinstance(row, dict) and _are_texts(list(cast("dict[Any, Any]", row).values()))
        for row in texts
    )
    return Carried(name, tuple(columns), tuple(texts)) if good else None


def _are_texts(found: object) -> bool:
    return isinstance(found, list) and all(
        isinstance(text, str) for text in cast("list[Any]", found)
    )
