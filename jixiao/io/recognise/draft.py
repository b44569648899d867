"""What is gathered while a page is read: one draft for each table found."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from jixiao.io.paper.page.clean import clean_text
from jixiao.io.paper.page.clean import key as text_key
from jixiao.io.paper.page.grid import Cell, Grid
from jixiao.model.checks.healed import healed_line
from jixiao.model.table import (
    Indicator,
    Item,
    LevelPair,
    ListName,
    Share,
    SpendingDetail,
    Table,
    Task,
    Unplaced,
)

Place = tuple[str, str, int]
"""Target, name and row of a binding; the row is -1 for what is in no list."""

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,9}(?:\s[^<>\n]{0,80})?/?>")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cell that was read, but not for certain: where, what, as what, and why.

    ``choices`` are what else it could be, as the user would call it, the one taken first.
    """

    cell: str
    text: str
    read_as: str
    field: str
    indicator: str
    reason: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One table found in a file, with where it stood and what is doubtful.

    ``confidence`` runs from 0 to 1; ``sheet`` and ``range`` are the source's own. ``state`` is the
    state of work (退回) that an exchange file tells, empty where none is told. ``sources`` tells
    for each place of the table the address of the cell that it was read from.
    """

    table: Table
    sheet: str
    range: str
    form: str
    confidence: float
    doubts: tuple[Doubt, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    state: str = ""
    sources: Mapping[Place, str] = field(default_factory=dict[Place, str])


class Page:
    """A grid under reading: keys and texts of its cells, and which have been accounted for."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.used: set[tuple[int, int]] = set()
        self._texts: dict[tuple[int, int], str] = {}
        self._keys: dict[tuple[int, int], str] = {}
        self._rows: dict[int, list[Cell]] = {}
        self._rows_of: dict[str, list[int]] | None = None
        self._rows_where: dict[Callable[[Page, int], bool], list[int]] = {}

    def text(self, cell: Cell | None) -> str:
        """The cleaned text of a cell, "" for none."""
        if cell is None:
            return ""
        place = (cell.row, cell.col)
        if place not in self._texts:
            self._texts[place] = clean_text(cell.text)
        return self._texts[place]

    def key(self, cell: Cell | None) -> str:
        """The text of a cell for comparing with labels."""
        if cell is None:
            return ""
        place = (cell.row, cell.col)
        if place not in self._keys:
            text = self.text(cell)
            # A label is short: what is long enough to be a goal needs no key.
            self._keys[place] = text_key(text) if len(text) <= 80 else ""
        return self._keys[place]

    def rows_of(self, key: str) -> list[int]:
        """The rows in which a cell with this key begins, ascending."""
        if self._rows_of is None:
            self._rows_of = {}
            for cell in self.grid.cells:
                self._rows_of.setdefault(self.key(cell), []).append(cell.row)
        return self._rows_of.get(key, [])

    def rows_where(self, holds: Callable[[Page, int], bool]) -> list[int]:
        """The rows of which a function says yes, ascending; each row is asked about once."""
        if holds not in self._rows_where:
            rows = range(len(self.grid.rows))
            self._rows_where[holds] = [row for row in rows if holds(self, row)]
        return self._rows_where[holds]

    def row(self, row: int) -> list[Cell]:
        """The cells with text that begin in a row, from left to right."""
        if row not in self._rows:
            cells = self.grid.row_cells(row)
            self._rows[row] = [c for c in cells if c.row == row and self.text(c)]
        return list(self._rows[row])

    def use(self, *cells: Cell | None) -> None:
        """Mark cells as accounted for."""
        self.used.update((cell.row, cell.col) for cell in cells if cell is not None)

    def is_used(self, cell: Cell) -> bool:
        """True when a cell has been accounted for."""
        return (cell.row, cell.col) in self.used

    def address(self, cell: Cell) -> str:
        """The cell's address in the file."""
        return self.grid.address(cell.row, cell.col)


@dataclass(frozen=True, slots=True)
class Pair:
    """A value beside words that no dictionary knows as a label; ``above``: above the table."""

    label: str
    key: str
    value: str
    cell: Cell
    above: bool = False


@dataclass
class Draft:
    """The table being read from rows ``start`` to ``end`` (exclusive) of a page."""

    page: Page
    start: int
    end: int = 0
    title: str = ""
    year: int | None = None
    agency: str = ""
    agency_code: str = ""
    money_unit: str = ""
    has_body: bool = False
    headings: list[str] = field(default_factory=list[str])
    fields: dict[str, str] = field(default_factory=dict[str, str])
    shares: list[Share] = field(default_factory=list[Share])
    tasks: list[Task] = field(default_factory=list[Task])
    indicators: list[Indicator] = field(default_factory=list[Indicator])
    period_indicators: list[Indicator] = field(default_factory=list[Indicator])
    details: list[SpendingDetail] = field(default_factory=list[SpendingDetail])
    items: list[Item] = field(default_factory=list[Item])
    zones: dict[int, str] = field(default_factory=dict[int, str])
    empty_levels: list[LevelPair] = field(default_factory=list[LevelPair])
    blocks: set[str] = field(default_factory=set[str])
    fields_before: int = 0
    side: str = ""
    above: list[str] = field(default_factory=list[str])
    doubts: list[Doubt] = field(default_factory=list[Doubt])
    loose: list[Cell] = field(default_factory=list[Cell])
    notes: list[str] = field(default_factory=list[str])
    flat_fields: list[tuple[str, str, int, int]] = field(
        default_factory=list[tuple[str, str, int, int]]
    )
    pairs: list[Pair] = field(default_factory=list[Pair])
    sources: dict[Place, str] = field(default_factory=dict[Place, str])
    is_sibling: bool = False
    siblings: list[Draft] = field(default_factory=list["Draft"])

    def sibling(self) -> Draft:
        """A further table from the same rows: one more project of a flat list."""
        other = Draft(
            self.page, self.start, self.end, has_body=True, blocks=set(self.blocks), is_sibling=True
        )
        self.siblings.append(other)
        return other

    def tell(self, target: str, name: str, cell: Cell | None, row: int = -1) -> None:
        """Remember the cell in which a field, or a row's column, was read."""
        if cell is not None and self.page.text(cell):
            self.sources[target, name, row] = self.page.address(cell)

    def leave(self, cell: Cell) -> None:
        """List a cell as not placed, also when it was thought to be."""
        self.page.used.discard((cell.row, cell.col))
        self.loose.append(cell)

    def keep_flat(self, column: str, value: str, row: int, col: int) -> None:
        """Remember a header field told by a column of a flat list, with a cell that tells it."""
        self.flat_fields.append((column.removeprefix("field:"), value, row, col))

    def note_markup(self, cell: Cell | None, column: str, rows: ListName | None = None) -> None:
        """Keep that a text had markup (<p>), which is taken out; its row is the list's last."""
        tags = dict.fromkeys(_TAG.findall(cell.text)) if cell is not None else {}
        if tags:
            index = len(getattr(self, rows)) - 1 if rows else 0
            self.notes.append(healed_line("T2", column, "".join(tags), rows, index))

    def doubt(
        self, cell: Cell, read_as: str, name: str, reason: str, *, indicator: str = "",
        choices: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        """Note that a cell was read with a doubt."""
        where, text = self.page.address(cell), self.page.text(cell)
        self.doubts.append(Doubt(where, text, read_as, name, indicator, reason, choices))

    def doubt_at(
        self, where: str, text: str, read_as: str, name: str, reason: str, *, indicator: str = ""
    ) -> None:
        """Note a doubt about an address, also one where the cell itself is blank."""
        self.doubts.append(Doubt(where, text, read_as, name, indicator, reason))

    @property
    def has_table(self) -> bool:
        """True when enough was found to call it a table."""
        if "indicators" in self.blocks or "items" in self.blocks:
            return True
        names = {"project_name", "department_name"} & set(self.fields)
        goals = {"annual_goal", "period_goal", "total_goal"} & set(self.fields)
        titled = bool(self.title) and len(self.fields) >= 3
        return bool(names) and (bool(goals) or titled or bool(self.tasks))
