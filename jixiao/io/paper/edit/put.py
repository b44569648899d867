"""Many texts put into cells of a page at once: from positions on a page to one changed table.

Typing goes through ``edit``, one part of one cell at a time. Here the indexes of rows must not
shift while texts are put, so rows are gathered and go into the table together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from jixiao.io.paper.edit.clipboard import Rect
from jixiao.io.paper.edit.edit import edit, replace_rows, set_column, settle_levels
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.clean import key as text_key
from jixiao.io.paper.page.grid import Binding, Cell, Grid, Part
from jixiao.model.table import LIST_NAMES, ROW_TYPES, Indicator, ListName, Row, Table
from jixiao.model.vocabulary import level_key

_CODED = re.compile(r"\s*([0-9A-Za-z]*)\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class NotPlaced:
    """A text that found no place: the row and column of the page it was meant for, and why."""

    row: int
    col: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """A table after many cells were written at once.

    ``written`` counts cells that changed; ``not_placed`` are texts that found no cell, with
    the reason in Chinese; ``rect`` are the positions of the page that were aimed at.
    """

    table: Table
    written: int
    not_placed: tuple[NotPlaced, ...]
    rect: Rect


@dataclass(slots=True)
class _Row:
    """A table row being changed; ``index`` is -1 for one that does not exist yet."""

    list: ListName
    index: int
    insert_at: int
    row: Row
    touched: bool = False


class Putter:
    """Gathers texts for cells of a page; ``table`` gives the changed table at the end.

    A page row is told by its number; numbers from the page's end on are new rows, each of the
    kind of a page row of the same band (``template``).
    """

    def __init__(self, form: Form, table: Table, grid: Grid) -> None:
        self.form = form
        self.grid = grid
        self.written = 0
        self.not_placed: list[NotPlaced] = []
        self._before = table
        self._table = table
        self._rows: dict[int, _Row] = {}
        self._others: dict[int, dict[str, str]] = {}
        self._depths = {
            column: depth
            for band in form.bands
            for depth, column in enumerate(band.level_columns)
            if column >= 0
        }

    def depth_of(self, row: int, cell: Cell) -> int:
        """0 or 1 for a cell of a first or second level (a pre-printed one too), else -1."""
        is_band = row < len(self.grid.rows) and self.grid.rows[row].band == "indicators"
        return self._depths.get(cell.col, -1) if is_band else -1

    def put(self, row: int, cell: Cell, text: str, template: int | None = None) -> None:
        """Put a text into a cell that is no level cell; labels leave it unplaced.

        Args:
            row: The page row, or the number of a new row.
            cell: The cell, for a new row that of its template.
            text: The text as it stands in the source.
            template: The page row that tells what a new row is.
        """
        text = text.strip()
        shown = cell.text.strip() if template is None else ""
        if text == shown:
            return
        parts = [p for p in cell.parts if p.binding and p.binding.target != "computed"]
        if not parts:
            if cell.is_label and cell.bindings:
                return  # a running number counts by itself
            self._put_on_label(row, cell, text)
            return
        texts = split_parts(cell.parts, text)
        if texts is None:
            self._refuse(row, cell.col, text, "这一格有几项内容，分不清哪段是哪项")
            return
        changed = False
        for part, piece in zip(parts, texts, strict=True):
            if part.binding and (template is not None or piece.strip() != part.text.strip()):
                changed |= self._put_part(row, cell, part.binding, piece, template)
        self.written += changed

    def put_levels(
        self, row: int, level1: str | None, level2: str | None, template: int | None = None
    ) -> None:
        """Give the indicator of a page row other levels; None leaves one as it is."""
        entry = self._row_at(row, template)
        if entry is None or not isinstance(entry.row, Indicator):
            return
        new: dict[str, str] = {}
        if level1 is not None:
            new["level1"] = level1.strip()
        if level2 is not None:
            new["level2"] = level2.strip()
        changed: Row = replace(entry.row, **new)
        if changed != entry.row:
            entry.row = changed
            # A row with nothing but inherited levels is none.
            if template is None:
                entry.touched = True
                self.written += 1

    def put_run(self, cell: Cell, depth: int, text: str) -> None:
        """Type a text into a merged level cell: its whole run changes."""
        if all(part.binding is None for part in cell.parts):
            self._put_on_label(cell.row, cell, text)
            return
        for row in range(cell.row, cell.bottom):
            self.put_levels(row, *((text, None) if depth == 0 else (None, text)))

    def refuse(self, row: int, col: int, text: str) -> None:
        """Note a text for which there is no cell."""
        if text.strip():
            self._refuse(row, col, text, "超出了表的范围")

    def table(self) -> Table:
        """The table with everything that was put."""
        table = self._table
        for others in self._others.values():
            name = others.get("name", "")
            if name:
                fields = {**table.fields, name: others.get("content", table.fields.get(name, ""))}
                table = replace(table, fields=fields)
        for name in LIST_NAMES:
            table = replace_rows(table, name, self._new_rows(table, name))
        return settle_levels(self.form, self._before, table)

    def _new_rows(self, table: Table, name: ListName) -> list[Any]:
        rows: list[Any] = list(table.rows(name))
        touched = ((row, entry) for row, entry in self._rows.items() if entry.touched)
        entries = [entry for _, entry in sorted(touched, key=_first) if entry.list == name]
        for entry in entries:
            if entry.index >= 0:
                rows[entry.index] = entry.row
        new = [entry for entry in entries if entry.index < 0]
        # From the last place to the first, so that no place shifts before it is used.
        by_place = sorted(enumerate(new), key=lambda pair: (pair[1].insert_at, pair[0]))
        for _, entry in reversed(by_place):
            at = entry.insert_at if 0 <= entry.insert_at <= len(table.rows(name)) else len(rows)
            rows.insert(at, entry.row)
        return rows

    def _put_part(
        self, row: int, cell: Cell, binding: Binding, text: str, template: int | None
    ) -> bool:
        if binding.target == "other" and template is None:
            self._others.setdefault(row, {})[binding.name] = text.strip()
            return bool(text.strip())
        if binding.target not in ROW_TYPES:
            if template is not None:
                self.refuse(row, cell.col, text)
                return False
            try:
                self._table = edit(self.form, self._table, binding, text)
            except ValueError as error:
                self._refuse(row, cell.col, text, str(error))
                return False
            return True
        entry = self._row_at(row, template)
        assert entry is not None
        changed = set_column(entry.row, binding.name, text.strip())
        if changed == entry.row:
            return False
        entry.row = changed
        entry.touched = entry.touched or entry.index >= 0 or bool(text.strip())
        return True

    def _row_at(self, row: int, template: int | None) -> _Row | None:
        """The table row behind a page row, made when it does not exist yet."""
        if row not in self._rows:
            binding = self._row_binding(row if template is None else template)
            if binding is None:
                return None
            self._rows[row] = self._entry(binding, is_new=template is not None)
        return self._rows[row]

    def _row_binding(self, row: int) -> Binding | None:
        for cell in self.grid.row_cells(row):
            for binding in cell.bindings:
                if binding.target in ROW_TYPES and binding.name not in {"level1", "level2"}:
                    return binding
        return None

    def _entry(self, binding: Binding, *, is_new: bool) -> _Row:
        assert binding.target in ROW_TYPES
        name = binding.target
        old: Sequence[Any] = self._before.rows(name)
        if binding.rows and not is_new:
            index = binding.rows[0]
            return _Row(name, index, index, old[index])
        made = ROW_TYPES[name]()
        if isinstance(made, Indicator):
            donor = old[binding.rows[0]] if binding.rows else binding
            made = replace(made, level1=donor.level1, level2=donor.level2)
        at = binding.rows[0] + 1 if binding.rows else binding.insert_at
        return _Row(name, -1, at, made)

    def _put_on_label(self, row: int, cell: Cell, text: str) -> None:
        label = cell.text
        same = text_key(text) == text_key(label) or level_key(text) == level_key(label)
        if text and not same:
            self._refuse(row, cell.col, text, "这里是表样印好的文字，不能改")

    def _refuse(self, row: int, col: int, text: str, reason: str) -> None:
        self.not_placed.append(NotPlaced(row, col, text, reason))


def _first(pair: tuple[int, _Row]) -> int:
    return pair[0]


def split_parts(parts: Sequence[Part], text: str) -> list[str] | None:
    """The text of each editable part of a cell, found between the cell's printed words.

    A text without any of the words is the content of the only part. None when a text cannot be
    told apart.
    """
    bound = [p for p in parts if p.binding and p.binding.target != "computed"]
    words = [p.text.strip() for p in parts if p.binding is None and p.text.strip()]
    if len(bound) == 1 and not any(word in text for word in words):
        return [text]
    if not text:
        return [""] * len(bound)
    found: list[str] = []
    pending: list[Part] = []
    at = 0
    for part in parts:
        if part.binding is not None:
            pending.append(part)
        elif word := part.text.strip():
            start = text.find(word, at)
            pieces = _share_out(pending, text[at:start]) if start >= 0 else None
            if pieces is None:
                return None
            found += pieces
            pending, at = [], start + len(word)
    pieces = _share_out(pending, text[at:])
    return None if pieces is None else found + pieces


def _share_out(parts: Sequence[Part], text: str) -> list[str] | None:
    """A text for parts that stand without words between them: a code, then a name."""
    if not text.strip():
        return [""] * len(parts)
    if not parts:
        return None
    if len(parts) == 1:
        return [text.strip()]
    first = parts[0].binding
    match = _CODED.fullmatch(text)
    if len(parts) == 2 and first is not None and first.name.endswith("code") and match:
        return [match[1], match[2].strip()]
    return None
