"""Where in a draft each word of a recognised table came from.

The draft and the table are compared: rows by what they say, in their order; columns by their head
and by where their texts stand; header fields by their label. What differs from its source (≥ for
大于等于) is found by its row and column.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from jixiao.io.paper.compare.row_texts import LEVELS
from jixiao.io.paper.page.clean import clean_text, digits
from jixiao.io.paper.page.clean import key as text_key
from jixiao.io.paper.page.grid import Binding, Cell, Grid
from jixiao.io.recognise import Labels
from jixiao.model.fields import META_FIELDS
from jixiao.model.table import Indicator, ListName, Table
from jixiao.model.vocabulary import level_key, read_comparator

Place = tuple[str, str, int]
"""Target, name and row of a binding; the row is -1 for what is in no list."""
Position = tuple[int, int]
"""Row and column of a source grid, from 0."""

_ADDRESS = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
_LISTS: tuple[ListName, ...] = (
    *("indicators", "period_indicators", "tasks", "spending_details", "items", "measures"),
)
_NAMES = {
    "indicators": "level3",
    "period_indicators": "level3",
    "spending_details": "content",
}
_SAME_HEADS = {"period_indicators": "indicators"}
_TARGET = ("value", "comparator", "unit")
_MOST_PAIRS = 2_000_000


@dataclass(frozen=True)
class Places:
    """The positions in a source grid of what a table says; several names may share one cell."""

    positions: Mapping[Place, Position] = field(default_factory=dict[Place, Position])

    def of(self, binding: Binding) -> list[Position]:
        """The source of what a part of a page shows, its first row first."""
        name = "value" if binding.name.startswith("target:") else binding.name
        rows = binding.rows or (-1,)
        found = (self.positions.get((binding.target, name, row)) for row in rows)
        return list(dict.fromkeys(position for position in found if position is not None))

    @cached_property
    def _places(self) -> dict[Position, list[Place]]:
        places: dict[Position, list[Place]] = defaultdict(list)
        for place, position in self.positions.items():
            places[position].append(place)
        return places

    def at(self, position: Position) -> list[Place]:
        """What came from a position."""
        return self._places.get(position, [])


def parse_address(grid: Grid, address: str) -> Position | None:
    """The position of an address (C7) in a grid, None when it has no such cell."""
    match = _ADDRESS.match(address)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row, column = int(match[2]) - 1, column - 1
    if grid.row_numbers:
        row = grid.row_numbers.index(row) if row in grid.row_numbers else -1
    if grid.column_numbers:
        column = grid.column_numbers.index(column) if column in grid.column_numbers else -1
    inside = 0 <= row < len(grid.rows) and 0 <= column < len(grid.columns)
    return (row, column) if inside else None


def parse_range(grid: Grid, text: str) -> tuple[int, int, int, int]:
    """Top, left, bottom and right (exclusive) of a range (A3:H14); the whole grid if unknown."""
    first, _, last = text.partition(":")
    start, end = parse_address(grid, first), parse_address(grid, last or first)
    if start is None or end is None:
        return 0, 0, len(grid.rows), len(grid.columns)
    return start[0], start[1], end[0] + 1, end[1] + 1


def locate(grid: Grid, area: str, table: Table, labels: Labels) -> Places:
    """Find where the words of a table stand in the sheet it was read from.

    Args:
        grid: The sheet.
        area: The range of the table in it, "" for all of it.
        table: What was read.
        labels: The labels by which it was read.
    """
    source = _Source(grid, parse_range(grid, area), labels)
    found: dict[Place, Position] = {}
    rows_used: set[int] = set()
    for name in _LISTS:
        finder = _RowFinder(source, table, name)
        found.update(finder.find())
        rows_used.update(finder.rows.values())
    found.update(_FieldFinder(source, table, rows_used).find())
    return Places(found)


def plain(text: str) -> str:
    """A text as it is compared: without markup, blanks, thousands separators."""
    return digits(text_key(clean_text(text))).replace(",", "")


class _Source:
    """The cells of a range with their compared texts."""

    def __init__(self, grid: Grid, area: tuple[int, int, int, int], labels: Labels) -> None:
        self.grid, self.area, self.labels = grid, area, labels
        top, left, bottom, right = area
        self.cells = [
            cell
            for cell in grid.cells
            if top <= cell.row < bottom and left <= cell.col < right and cell.text.strip()
        ]
        self.texts = {(cell.row, cell.col): plain(cell.text) for cell in self.cells}
        self.by_text: dict[str, list[Cell]] = defaultdict(list)
        self.by_row: dict[int, list[Cell]] = defaultdict(list)
        for cell in self.cells:
            self.by_text[self.text(cell)].append(cell)
            for row in range(cell.row, min(cell.bottom, bottom)):
                self.by_row[row].append(cell)

    def text(self, cell: Cell) -> str:
        return self.texts[cell.row, cell.col]

    def label_of(self, cell: Cell | None) -> str:
        return "" if cell is None else text_key(clean_text(cell.text))

    def with_text(self, row: int, col: int) -> Cell | None:
        cell = self.grid.at(row, col)
        return cell if cell is not None and (cell.row, cell.col) in self.texts else None


def _texts(row: object) -> dict[str, str]:
    """The columns of a row with their texts; a joined target value by its written text too."""
    names: Iterable[str] = getattr(row, "__dataclass_fields__", ())
    texts = {n: getattr(row, n) for n in names if n not in {"extra", "written", "task"}}
    if isinstance(row, Indicator):
        texts.update({"extra:" + label: text for label, text in row.extra.items()})
    return texts


class _RowFinder:
    """Finds the rows and columns of one list."""

    def __init__(self, source: _Source, table: Table, name: ListName) -> None:
        self.source, self.name = source, name
        self.items = table.rows(name)
        self.texts = [_texts(row) for row in self.items]
        self.rows: dict[int, int] = {}
        """Row of the list → row of the source."""

    def find(self) -> Iterator[tuple[Place, Position]]:
        self.rows = self._align()
        if not self.rows:
            return
        columns = self._columns()
        for index, row in self.rows.items():
            for column in self.texts[index]:
                position = self._position(index, row, column, columns)
                if position is not None:
                    yield (self.name, column, index), position

    # Rows

    def _align(self) -> dict[int, int]:
        """The rows that say most of what the list says, each once and in the list's order."""
        scores = [self._scores(index) for index in range(len(self.items))]
        rows = sorted({row for one in scores for row in one})
        if not rows or len(rows) * len(scores) > _MOST_PAIRS:
            return {}
        best: list[list[float]] = [[0.0] * (len(rows) + 1)]
        for one in scores:
            line, above = [0.0], best[-1]
            for number, row in enumerate(rows):
                score = one.get(row, 0.0)
                line.append(max(line[-1], above[number + 1], above[number] + score))
            best.append(line)
        found: dict[int, int] = {}
        at, index = len(rows), len(scores)
        while index and at:
            if best[index][at] == best[index][at - 1]:
                at -= 1
            elif best[index][at] == best[index - 1][at]:
                index -= 1
            else:
                index, at = index - 1, at - 1
                found[index] = rows[at]
        return dict(sorted(found.items()))

    def _scores(self, index: int) -> dict[int, float]:
        scores: dict[int, float] = defaultdict(float)
        name = _NAMES.get(self.name, "name")
        for column, text in self.texts[index].items():
            key = plain(text)
            if not key:
                continue
            cells = self.source.by_text.get(key, [])
            if column == name and not cells:
                # The name among other words: 指标1：…, a name and its value. The fewer the better.
                for cell in self.source.cells:
                    if key in self.source.text(cell):
                        scores[cell.row] += 4 * len(key) / len(self.source.text(cell))
            elif column not in LEVELS and column != "comparator":
                for cell in cells:
                    scores[cell.row] += 4.0 if column == name else 1.0
        return scores

    # Columns

    def _columns(self) -> dict[str, int]:
        """The source column of each column, by the texts in it and by its head."""
        votes: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
        for index, row in self.rows.items():
            for column, text in self.texts[index].items():
                for cell in self.source.by_row[row]:
                    match = max(
                        self._matches(column, text, cell), self._joined(index, column, cell)
                    )
                    if match:
                        votes[column][cell.col] += match
        weight = 0.6 * len(self.rows)
        for column, col in self._heads():
            votes[column][col] += weight
        return {
            column: max(of, key=lambda col: of[col])
            for column, of in votes.items()
            if column not in {"comparator", "unit"} or max(of.values()) >= weight
        }

    def _heads(self) -> Iterator[tuple[str, int]]:
        labels, top = self.source.labels, min(self.rows.values())
        name = _SAME_HEADS.get(self.name, self.name)
        for cell in self.source.cells:
            if top - 6 <= cell.row < top:
                key = self.source.label_of(cell)
                column = labels.column_of(name, key) or "extra:" + key
                if column == "target":
                    yield from ((part, cell.col) for part in _TARGET)
                yield column, cell.col

    def _matches(self, column: str, text: str, cell: Cell) -> float:
        """How sure it is that a cell tells a column: 1 it says the same, ½ it holds it."""
        there = self.source.text(cell)
        if column in LEVELS:
            level, other = level_key(text), level_key(clean_text(cell.text))
            return 1.0 if level and level == other else 0.5 if level and level in other else 0.0
        if column == "comparator":
            sign = text and read_comparator(clean_text(cell.text))
            return 1.0 if sign and sign == text else 0.0
        key = plain(text)
        if not key:
            return 0.0
        return 1.0 if key == there else 0.5 if key in there and len(key) * 4 > len(there) else 0.0

    def _joined(self, index: int, column: str, cell: Cell) -> float:
        """1 for the cell of a value that stands there with its sign and unit."""
        row = self.items[index]
        if column != "value" or not isinstance(row, Indicator):
            return 0.0
        there = self.source.text(cell)
        return float(there in {plain(row.value + row.unit), plain(row.written)} and bool(there))

    def _position(
        self, index: int, row: int, column: str, columns: Mapping[str, int]
    ) -> Position | None:
        text = self.texts[index][column]
        col = columns.get(column, -1)
        if column in LEVELS:
            return self._level(row, col, text) if col >= 0 and text else None
        usual = self.source.with_text(row, col) if col >= 0 else None
        if usual is not None and (not text or self._matches(column, text, usual)):
            return usual.row, usual.col
        if text and column in {"comparator", "unit"} and (usual is None or col < 0):
            beside = self._position(index, row, "value", columns)
            if beside is not None and self.source.with_text(*beside) is not None:
                return beside
        if text:
            cells = self.source.by_row[row]
            told = [(self._matches(column, text, cell), -cell.col, cell) for cell in cells]
            sure = [one for one in told if one[0] >= (1.0 if usual is not None else 0.5)]
            if sure:
                cell = max(sure, key=lambda one: one[:2])[2]
                return cell.row, cell.col
        return self._blank(row, col) if col >= 0 else None

    def _blank(self, row: int, col: int) -> Position:
        cell = self.source.grid.at(row, col)
        return (cell.row, cell.col) if cell is not None else (row, col)

    def _level(self, row: int, col: int, text: str) -> Position:
        """The cell that tells a level: here, else the nearest above, else below, in its column."""
        here = self.source.with_text(row, col)
        if here is not None and not self._matches("level1", text, here):
            inside = self.source.by_row[row]
            other = next((c for c in inside if self._matches("level1", text, c)), None)
            return (other or here).row, (other or here).col
        if here is not None:
            return here.row, here.col
        top, _, bottom, _ = self.source.area
        for rows in (range(row - 1, top - 1, -1), range(row + 1, bottom)):
            for near in rows:
                cell = self.source.with_text(near, col)
                if cell is not None:
                    if self._matches("level1", text, cell):
                        return cell.row, cell.col
                    break
        return self._blank(row, col)


class _FieldFinder:
    """Finds the header fields by their value and the label beside, above or in the cell."""

    def __init__(self, source: _Source, table: Table, rows_used: set[int]) -> None:
        self.source, self.rows_used = source, rows_used
        self.wanted = {("field", name): text for name, text in table.fields.items()}
        for spec in META_FIELDS:
            value = getattr(table, spec.key)
            self.wanted["field", spec.key] = "" if value is None else str(value)
        for share in table.payment_schedule:
            self.wanted["share", share.by] = share.percent

    def find(self) -> Iterator[tuple[Place, Position]]:
        for (target, name), text in self.wanted.items():
            key = plain(text)
            rated = [(self._rate(target, name, key, cell), cell) for cell in self._near(key)]
            sure = [one for one in rated if one[0] > 0]
            if sure:
                cell = max(sure, key=lambda one: (one[0], -one[1].row, -one[1].col))[1]
                yield (target, name, -1), (cell.row, cell.col)

    def _near(self, key: str) -> Sequence[Cell]:
        if not key:
            return ()
        same = self.source.by_text.get(key, [])
        return same + [cell for cell in self.source.cells if key in self.source.text(cell)]

    def _rate(self, target: str, name: str, key: str, cell: Cell) -> float:
        there = self.source.text(cell)
        rate = 2.0 if there == key else 0.5
        if cell.row in self.rows_used:
            rate -= 0.4
        if any(self._names(target, name, label) for label in self._labels(cell)):
            return rate + 3
        start = there.partition(":")[0].rpartition(" ")[2]
        if (
            there != key
            and ":" in there
            and any(self._names(target, name, part) for part in _label_parts(there, start))
        ):
            return rate + 3
        alone = name in {"title", "year", "agency", "agency_code"} or len(key) > 6
        return rate if there == key or alone else rate - 0.3

    def _labels(self, cell: Cell) -> Iterator[str]:
        """The label left of a cell, and those above it."""
        left = cell.col - 1
        while left >= 0:
            beside = self.source.with_text(cell.row, left)
            if beside is not None:
                yield self.source.label_of(beside)
                break
            left -= 1
        above = self.source.with_text(cell.row - 1, cell.col) if cell.row else None
        if above is not None:
            yield self.source.label_of(above)

    def _names(self, target: str, name: str, label: str) -> bool:
        if target == "share":
            return label == text_key(name)
        if not label:
            return False
        labels = self.source.labels
        in_context = any(n == name and own == label for (_, own), n in labels.contexts.items())
        return labels.field_of(label) == name or text_key(name) == label or in_context


def _label_parts(text: str, start: str) -> Iterator[str]:
    """What may be labels within one cell: the words before each colon, from any length."""
    yield start
    for match in re.finditer(r"([^:]{2,14}):", text):
        words = match[1]
        yield from (words[at:] for at in range(len(words) - 1))
