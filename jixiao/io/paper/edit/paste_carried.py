"""Pasting copied cells of a list by their meaning.

The rules, for cells that this program has copied from a list:

1. They are put by meaning where the cell at which the paste begins has the meaning of one of
   them (or of a part of one: 指标值及单位 and 度量单位), or a whole row is selected. Each text then
   goes to the column that means the same, also to the left of that cell, and a joined cell is
   split or made as the page needs it.
2. Elsewhere (a name pasted into a value column) they are put by position, as Excel does; one
   single cell always is.
3. The levels of a row change only when its level cells were copied too.
4. One level cell is one value: copied alone it goes to one level cell, however many rows either
   of them covers.
5. A text whose meaning the page has no column for is told, not put somewhere else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from jixiao.io.paper.edit.carried import LEVELS, PARTS, Carried
from jixiao.io.paper.edit.clipboard import Rect, Selection, bounds, last_row
from jixiao.io.paper.edit.put import Pasted, Putter
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Cell, Grid
from jixiao.model.columns import column_label
from jixiao.model.table import Table

_INDICATORS = {"indicators", "period_indicators"}


def fits(form: Form, table: Table, grid: Grid, selection: Selection, carried: Carried) -> bool:
    """True when copied cells are to be put by meaning at a selection."""
    target = bounds(selection)
    band = grid.rows[target.top].band if target.top < target.bottom else ""
    same_list = band == carried.list or {band, carried.list} <= _INDICATORS
    if not same_list or len(carried.rows) == len(carried.columns) == 1:
        return False
    columns = _columns(Putter(form, table, grid), target.top)
    anchor = grid.at(target.top, target.left)
    here = {name for name, cell in columns.items() if cell == anchor}
    if here & set(LEVELS) and not set(carried.columns) & set(LEVELS):
        own = [cell for name, cell in columns.items() if name not in LEVELS]
        return all(target.left <= cell.col < target.right for cell in own)  # the whole row
    if carried.only_levels:
        return bool(here & set(LEVELS))
    return any(_meet(one, other) for one in here for other in carried.columns)


def _meet(one: str, other: str) -> bool:
    """True when two columns mean the same, or have a part in common."""
    return one == other or bool(_parts(one) & _parts(other))


def _parts(column: str) -> set[str]:
    """The parts of a target value that a column shows."""
    if column.startswith("target:"):
        return {PARTS[letter] for letter in column.removeprefix("target:")}
    return {column} & set(PARTS.values())


def paste_carried(
    form: Form, table: Table, grid: Grid, selection: Selection, carried: Carried
) -> Pasted:
    """Put copied cells by meaning from the selection's first row on (see ``fits``).

    They are repeated where the selection is a multiple of their rows; below the list's last row
    it grows.
    """
    target = bounds(selection)
    putter = Putter(form, table, grid)
    if carried.only_levels:
        _put_level_cells(putter, target, carried)
        return putter.pasted(target)
    last = last_row(grid, target.top)
    height = target.bottom - target.top
    times = height // len(carried.rows) if height % len(carried.rows) == 0 else 1
    rows = carried.rows * max(times, 1)
    for number, texts in enumerate(rows):
        row = target.top + number
        template = None
        if row > last:
            row, template = len(grid.rows) + number, last
        _put_row(putter, row, template, carried.columns, texts)
    return putter.pasted(target)


def _columns(putter: Putter, row: int) -> dict[str, Cell]:
    """The columns of a page row by the names that bindings have, with its cells."""
    grid = putter.grid
    band = grid.rows[row].band
    found: dict[str, Cell] = {}
    for cell in grid.row_cells(row):
        depth = putter.depth_of(row, cell)
        if depth >= 0:
            found[LEVELS[depth]] = cell
        for binding in cell.bindings if depth < 0 else ():
            if binding.target == band:
                found[binding.name] = cell
    return found


def _put_row(
    putter: Putter,
    row: int,
    template: int | None,
    columns: Collection[str],
    texts: Mapping[str, str],
) -> None:
    here = _columns(putter, row if template is None else template)
    levels = [texts.get(name) if name in columns and name in here else None for name in LEVELS]
    if any(level is not None for level in levels):
        putter.put_levels(row, levels[0], levels[1], template)
    for name in columns:
        if name in LEVELS or _parts(name):
            continue
        if name in here:
            putter.put(row, here[name], texts.get(name, ""), template)
        else:
            _refuse(putter, row, name, texts.get(name, ""))
    _put_target(putter, row, template, columns=columns, texts=texts)


def _put_target(
    putter: Putter,
    row: int,
    template: int | None,
    *,
    columns: Collection[str],
    texts: Mapping[str, str],
) -> None:
    """Put comparator, value and unit into the columns that the page has for them."""
    stated = {part for name in columns for part in _parts(name)}
    here = _columns(putter, row if template is None else template)
    aimed = [name for name in here if _parts(name) & stated]
    places = {part for name in aimed for part in _parts(name)}
    for part in sorted(stated - places):
        _refuse(putter, row, part, texts.get(part, ""))
    # What was not copied goes from a joined cell, as from every cell that is pasted over.
    new = {part: texts.get(part, "") if part in stated else "" for part in places}
    if any(name in columns and name.startswith("target:") for name in aimed):
        new["written"] = texts.get("written", "")
    if aimed:
        putter.put_parts(row, new, aimed, template)


def _refuse(putter: Putter, row: int, name: str, text: str) -> None:
    putter.no_column(row, column_label(name), text)


def level_cells_only(
    form: Form, table: Table, grid: Grid, target: Rect, matrix: Sequence[Sequence[str]]
) -> Pasted | None:
    """Texts of another program put into level cells, one into one; None where that is not meant.

    It is where they would go to level columns only, and are no levels told row by row: none is
    blank and none the same as the one above it.
    """
    putter = Putter(form, table, grid)
    deepest = [row[-1].strip() for row in matrix]
    if not all(deepest) or any(one == other for one, other in pairwise(deepest)):
        return None
    cells = [grid.at(target.top, target.left)]
    if len(matrix[0]) == 2 and cells[0] is not None:
        cells.append(grid.at(target.top, cells[0].right))
    depths = [-1 if cell is None else putter.depth_of(target.top, cell) for cell in cells]
    if len(matrix[0]) != len(cells) or depths not in ([0], [1], [0, 1]):
        return None
    columns = tuple(LEVELS[depth] for depth in depths)
    rows = tuple(dict(zip(columns, row, strict=True)) for row in matrix)
    _put_level_cells(putter, target, Carried("indicators", columns, rows))
    return putter.pasted(target)


def _put_level_cells(putter: Putter, target: Rect, carried: Carried) -> None:
    """Put level cells into level cells, one into one, from the selection's first one on."""
    depth = LEVELS.index(carried.columns[-1])
    cells = _level_cells(putter, target.top, depth)
    for texts in carried.rows:
        cell = next(cells, None)
        if cell is None:
            putter.refuse(target.bottom, target.left, texts.get(carried.columns[-1], ""))
            continue
        if not cell.bindings:
            putter.put_run(cell, depth, texts.get(carried.columns[-1], ""))  # printed: only told
            continue
        levels = [texts.get(name) or None for name in LEVELS]
        for row in range(cell.row, cell.bottom):
            putter.put_levels(row, levels[0], levels[1])


def _level_cells(putter: Putter, row: int, depth: int) -> Iterator[Cell]:
    """The level cells of a list from a row on, downwards."""
    last = last_row(putter.grid, row)
    while row <= last:
        cell = _columns(putter, row).get(LEVELS[depth])
        if cell is None:
            return
        yield cell
        row = cell.bottom
