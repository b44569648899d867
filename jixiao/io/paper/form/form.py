"""An official form as plain data, and what follows from how it is drawn.

A form is drawn in Excel (``load_form`` reads it); here it is cells with words and slots. The
rules of the braces that concern the drawing alone stand here: bands, pre-printed rows, labels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from jixiao.io.paper.form.names import Piece, Slot
from jixiao.io.paper.page.grid import Page, RowFormat, Style
from jixiao.model.check_settings import NO_WISHES, Wishes
from jixiao.model.table import Kind

_MONEY = r"((?:百万|千万|百|千|万|亿)?元)"
_UNIT = re.compile(
    rf"[(（]\s*(?:(?:金额)?单位\s*[:：]?\s*)?{_MONEY}\s*[)）]|单位\s*[:：]\s*{_MONEY}"
)


@dataclass(frozen=True, slots=True)
class FormCell:
    """A drawn cell with its span; rows and columns count from 0."""

    row: int
    col: int
    rowspan: int
    colspan: int
    pieces: tuple[Piece, ...]
    style: Style

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The slots in the cell, in order."""
        return tuple(piece.slot for piece in self.pieces if piece.slot is not None)

    @property
    def words(self) -> str:
        """The printed words, without the slots."""
        return "".join(piece.words for piece in self.pieces)

    @property
    def bottom(self) -> int:
        """The row after the last one covered."""
        return self.row + self.rowspan


@dataclass(frozen=True, slots=True)
class BandRow:
    """One drawn row of a band; ``level1`` and ``level2`` are its pre-printed words, or empty."""

    row: int
    level1: str = ""
    level2: str = ""

    @property
    def printed(self) -> bool:
        """True when the form itself names a level of this row."""
        return bool(self.level1 or self.level2)


@dataclass(frozen=True, slots=True)
class Band:
    """Adjacent drawn rows that repeat for the rows of one list.

    ``level_columns`` are the columns of the first- and second-level cells, -1 where there is none.
    """

    list: str
    rows: tuple[BandRow, ...]
    level_columns: tuple[int, int] = (-1, -1)

    @property
    def start(self) -> int:
        """Its first drawn row."""
        return self.rows[0].row

    @property
    def end(self) -> int:
        """The drawn row after its last one."""
        return self.rows[-1].row + 1

    @property
    def printed(self) -> bool:
        """True when some of its rows are pre-printed."""
        return any(row.printed for row in self.rows)


@dataclass(frozen=True, eq=False)
class Form:
    """An official form. ``title`` may hold names in braces; ``required`` are field keys.

    ``levels`` are the level pairs as this form spells and orders them; ``start`` and ``end``
    the first and last year it is used, None where open. ``content`` is its file's,
    ``wishes`` what it asks of the checks.
    """

    id: str
    name: str
    kind: Kind
    vintage: str
    region: str
    start: int | None
    end: int | None
    title: tuple[Piece, ...]
    required: tuple[str, ...]
    levels: tuple[tuple[str, str], ...]
    cells: tuple[FormCell, ...]
    rows: tuple[RowFormat, ...]
    columns: tuple[float, ...]
    page: Page
    content: bytes = b""
    wishes: Wishes = NO_WISHES

    @property
    def general(self) -> bool:
        """True for a form that has a place for every field (a band of 其他)."""
        return any(band.list == "other" for band in self.bands)

    @cached_property
    def printed_unit(self) -> str:
        """The money unit in its printed words (预算情况（万元）), "" for none or several."""
        repeated = {band_row.row for band in self.bands for band_row in band.rows}
        words = (cell.words for cell in self.cells if cell.row not in repeated)
        found = {next(filter(None, m.groups())) for text in words for m in _UNIT.finditer(text)}
        return found.pop() if len(found) == 1 else ""

    @property
    def money_unit(self) -> str:
        """The unit that amounts on the form are read in, "" where the table says it.

        A form that neither prints one nor has a place for one is filled in 万元.
        """
        return self.printed_unit or ("" if self.has("field", "money_unit") else "万元")

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """Its bands from top to bottom (rules 1 and 4)."""
        lists = [self._list_of_row(row) for row in range(len(self.rows))]
        bands: list[Band] = []
        row = 0
        while row < len(lists):
            name = lists[row]
            end = row + 1
            while name and end < len(lists) and lists[end] == name:
                end += 1
            if name:
                bands.append(self._band(name, row, end))
            row = end
        return tuple(bands)

    @cached_property
    def slots(self) -> frozenset[Slot]:
        """Every slot that the form has."""
        return frozenset(slot for cell in self.cells for slot in cell.slots)

    @cached_property
    def own_rows(self) -> frozenset[int]:
        """The band rows whose repeated cells show a row of the table and nothing beside it."""
        return frozenset(
            band_row.row
            for band in self.bands
            for band_row in band.rows
            if all(
                slot.target == band.list != "other"
                for cell in self.band_cells[band_row.row]
                for slot in cell.slots
            )
        )

    @cached_property
    def band_cells(self) -> dict[int, tuple[FormCell, ...]]:
        """By band row: the cells that repeat with each row of the band, level cells left out."""
        found: dict[int, tuple[FormCell, ...]] = {}
        for band in self.bands:
            for band_row in band.rows:
                found[band_row.row] = tuple(
                    cell
                    for cell in self.cells
                    if cell.row == band_row.row
                    and cell.rowspan == 1
                    and cell.col not in band.level_columns
                )
        return found

    @cached_property
    def level_cells(self) -> dict[tuple[int, int], FormCell]:
        """The level cell that covers each position (band row, level column)."""
        found: dict[tuple[int, int], FormCell] = {}
        for band in self.bands:
            for cell in self.cells:
                if cell.col in band.level_columns and band.start <= cell.row < band.end:
                    found.update({((row, cell.col)): cell for row in range(cell.row, cell.bottom)})
        return found

    @cached_property
    def standing_cells(self) -> tuple[FormCell, ...]:
        """The cells drawn once; those that cover a band row stretch with it (rule 3)."""
        repeated = {cell for cells in self.band_cells.values() for cell in cells}
        levels = set(self.level_cells.values())
        return tuple(c for c in self.cells if c not in repeated and c not in levels)

    def has(self, target: str, name: str) -> bool:
        """True when the form has a place for this field or column."""
        return (target, name) in self._places

    @cached_property
    def columns_of(self) -> dict[str, frozenset[str]]:
        """The columns that the form shows of each row list."""
        columns: dict[str, set[str]] = {}
        for slot in self.slots:
            if slot.in_band:
                columns.setdefault(slot.target, set()).add(slot.name)
        for band in self.bands:
            for column, name in zip(band.level_columns, ("level1", "level2"), strict=True):
                if column >= 0:
                    columns[band.list].add(name)
        return {name: frozenset(found) for name, found in columns.items()}

    @cached_property
    def _places(self) -> frozenset[tuple[str, str]]:
        places = {(slot.target, slot.name) for slot in self.slots}
        for name, columns in self.columns_of.items():
            places.update((name, column) for column in columns)
        return frozenset(places)

    def _list_of_row(self, row: int) -> str:
        for cell in self.cells:
            if cell.row == row:
                for slot in cell.slots:
                    if slot.in_band:
                        return slot.target
        return ""

    def _band(self, name: str, start: int, end: int) -> Band:
        columns = self._level_columns(start, end) if name == "indicators" else (-1, -1)
        rows = tuple(
            BandRow(row, self._printed(row, columns[0]), self._printed(row, columns[1]))
            for row in range(start, end)
        )
        return Band(name, rows, columns)

    def _level_columns(self, start: int, end: int) -> tuple[int, int]:
        """Columns of the level cells: by their slot, else the leading cells of plain words."""
        found = [-1, -1]
        plain: list[int] = []
        for cell in self.cells:
            if not start <= cell.row < end:
                continue
            for slot in cell.slots:
                if slot.name in {"level1", "level2"}:
                    found[slot.name == "level2"] = cell.col
            if not cell.slots and cell.words.strip() and cell.col not in plain:
                plain.append(cell.col)
        for col in sorted(plain)[:2]:
            if col in found:
                continue
            if -1 in found:
                found[found.index(-1)] = col
        return found[0], found[1]

    def _printed(self, row: int, col: int) -> str:
        """The plain words of the level cell that covers a band row at a column."""
        for cell in self.cells:
            if cell.col == col and cell.row <= row < cell.bottom:
                return "" if cell.slots else squeeze_words(cell.words)
        return ""


def squeeze_words(text: str) -> str:
    """Printed words without the blanks and line feeds that only lay them out."""
    return "".join(text.split())
