"""Which cell of a page a send-back note is about, and what a note calls the place of a cell."""

from __future__ import annotations

from jixiao.io.paper.compare.row_texts import place_label
from jixiao.io.paper.page.grid import Binding, Cell, Grid
from jixiao.model.columns import ROW_WORDS, column_label
from jixiao.model.notes import FIELD, SendBackNote, place_of, row_name
from jixiao.model.table import Table

Place = tuple[str, str, str]
"""What a note is about, its name and its column, as ``SendBackNote`` has them."""

NOWHERE: Place = ("", "", "")
_NAMES = ("level3", "name", "detail", "content")
_QUOTES = str.maketrans("“”", "‘’")


def place_of_cell(table: Table, cell: Cell | None) -> Place:
    """What a note would call the place of a cell; empty for a label."""
    for binding in cell.bindings if cell is not None else ():
        if binding.target in {"field", "share"}:
            return FIELD, place_label(binding), ""
        for rows, word in ROW_WORDS.items():
            if rows == binding.target and binding.rows:
                index = binding.rows[0]
                name = row_name(table.rows(rows)[index], index)
                column = "" if binding.name in _NAMES[:2] else column_label(binding.name)
                return word, name, column
    return NOWHERE


def cell_of_note(grid: Grid, table: Table, note: SendBackNote) -> Cell | None:
    """The cell of a page that a note is about; None for the whole table, or if it is gone."""
    if note.what == FIELD:
        for cell, part in grid.bound():
            binding = part.binding
            assert binding is not None
            if binding.target in {"field", "share"} and _called(binding) == note.name:
                return cell
        return None
    place = place_of(table, note)
    if place is None or place.rows is None:
        return None
    found: dict[str, Cell] = {}
    for cell, part in grid.bound():
        binding = part.binding
        assert binding is not None
        if binding.target == place.rows and place.index in binding.rows:
            found.setdefault(column_label(binding.name), cell)
            found.setdefault(binding.name, cell)
    wanted = (*([note.column] if note.column else ()), *_NAMES)
    return next((found[name] for name in wanted if name in found), None)


def _called(binding: Binding) -> str:
    return place_label(binding).translate(_QUOTES)
