"""Many texts put into cells of a page at once: from positions on a page to one changed table.

Typing goes through ``edit``, one part of one cell at a time. Here the indexes of rows must not
shift while texts are put, so rows are gathered and go into the table together.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from jixiao.io.paper.edit.carried import LEVELS, PARTS, level_depths
from jixiao.io.paper.edit.clipboard import Rect
from jixiao.io.paper.edit.edit import edit, replace_rows, set_column, settle_levels
from jixiao.io.paper.edit.spread import may_spread, spread
from jixiao.io.paper.form.categories import Category, category_of
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.clean import key as text_key
from jixiao.io.paper.page.grid import Binding, Cell, Grid, Part
from jixiao.model.table import LIST_NAMES, ROW_TYPES, Indicator, ListName, Row, Table
from jixiao.model.vocabulary import level_key

Place = tuple[str, int, str]
"""The target, row (-1 for fields) and name of a binding."""
_CODED = re.compile(r"\s*([0-9A-Za-z]*)\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class NotPlaced:
    """A text that found no place: the row and column of the page it was meant for, and why.

    The column is -1 where there is none.
    """

    row: int
    col: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """A table after many cells were written at once.

    ``written`` counts cells that changed; ``not_placed`` are texts that found no cell, with
    the reason in Chinese; ``rect`` are the positions of the page that were aimed at. ``places``
    are the places of the changed table that now hold what was put, also where it stood there
    before. ``moved`` are the categories to which rows went with the levels put into them.
    """

    table: Table
    written: int
    not_placed: tuple[NotPlaced, ...]
    rect: Rect
    places: frozenset[Place] = frozenset()
    moved: tuple[Category, ...] = ()


@dataclass(slots=True)
class _Row:
    """A table row being changed; ``index`` is -1 for one that does not exist yet.

    ``given`` are the columns in which a text was put, ``aimed`` the bindings of all that was put.
    """

    list: ListName
    index: int
    insert_at: int
    row: Row
    touched: bool = False
    given: set[str] = field(default_factory=set[str])
    aimed: set[str] = field(default_factory=set[str])


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
        self._fields: set[Place] = set()
        self._moved: dict[Category, None] = {}
        self._depths = level_depths(form)

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
            self._aim(row, cell, template)
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
        self._aim(row, cell, template)
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
        entry.aimed |= new.keys()
        if changed != entry.row:
            entry.row = changed
            # A row with nothing but inherited levels is none.
            if template is None:
                entry.touched = True
                self.written += 1
                self._moved[category_of(changed)] = None

    def put_parts(
        self,
        row: int,
        parts: Mapping[str, str],
        columns: Collection[str],
        template: int | None = None,
    ) -> None:
        """Give the indicator of a page row another comparator, value or unit, exactly.

        Args:
            row: The page row, or the number of a new row.
            parts: The new texts by column, and what was ``written`` in a joined cell.
            columns: The columns of the page that show them.
            template: The page row that tells what a new row is.
        """
        entry = self._row_at(row, template)
        if entry is None or not isinstance(entry.row, Indicator):
            return
        entry.aimed |= set(columns)
        old, new = entry.row, replace(entry.row, **{"written": "", **parts})
        if new == old:
            return
        entry.row = new
        entry.touched = entry.touched or entry.index >= 0 or any(parts.values())
        for column in columns:
            shown = (
                [PARTS[c] for c in column.removeprefix("target:")] if ":" in column else [column]
            )
            self.written += any(getattr(old, name) != getattr(new, name) for name in shown)

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

    def no_column(self, row: int, label: str, text: str) -> None:
        """Note a text for whose meaning the page has no column."""
        if text.strip():
            self._refuse(row, -1, text, f"本表样没有“{label}”这一栏")

    def pasted(self, rect: Rect) -> Pasted:
        """The table with everything that was put, and what is to be said about it."""
        table = self._changed()
        places = frozenset(self._places())
        return Pasted(table, self.written, tuple(self.not_placed), rect, places, tuple(self._moved))

    def _places(self) -> Iterator[Place]:
        """Where what was put stands now; of rows that got more than levels only the rest."""
        aims = [entry for entry in self._rows.values() if entry.aimed and entry.index >= 0]
        only_levels = all(entry.aimed <= set(LEVELS) for entry in aims)
        yield from self._fields
        for entry in aims:
            names = entry.aimed if only_levels else entry.aimed.difference(LEVELS)
            yield from ((entry.list, entry.index, name) for name in names)

    def _changed(self) -> Table:
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
        own = [(row, entry) for row, entry in self._rows.items() if entry.list == name]
        owners: list[_Row | None] = [None] * len(rows)
        for _, entry in own:
            if entry.index >= 0:
                owners[entry.index] = entry
        entries = [entry for _, entry in sorted(own, key=_first) if entry.touched]
        for entry in entries:
            entry.row = self._spread(entry)
            if entry.index >= 0:
                rows[entry.index] = entry.row
        new = [entry for entry in entries if entry.index < 0]
        # From the last place to the first, so that no place shifts before it is used.
        by_place = sorted(enumerate(new), key=lambda pair: (pair[1].insert_at, pair[0]))
        for _, entry in reversed(by_place):
            at = entry.insert_at if 0 <= entry.insert_at <= len(table.rows(name)) else len(rows)
            rows.insert(at, entry.row)
            owners.insert(at, entry)
        for index, owner in enumerate(owners):
            if owner is not None:
                owner.index = index
        return rows

    def _aim(self, row: int, cell: Cell, template: int | None) -> None:
        """Note which places of the table a text was put into."""
        for binding in cell.bindings:
            if binding.target in ROW_TYPES:
                entry = self._row_at(row, template)
                if entry is not None:
                    entry.aimed.add(binding.name)
            elif binding.target in {"field", "share"} and template is None:
                self._fields.add((binding.target, -1, binding.name))

    def _spread(self, entry: _Row) -> Row:
        """The row with a target value that was put into one cell in its own columns."""
        if not isinstance(entry.row, Indicator) or not any(map(may_spread, entry.given)):
            return entry.row
        columns = self.form.columns_of.get(entry.list, frozenset())
        row = spread(entry.row, columns, entry.given)
        changed = {
            name for name in PARTS.values() if getattr(row, name) != getattr(entry.row, name)
        }
        entry.aimed |= changed & columns
        return row

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
        if text.strip():
            entry.given.add(binding.name)
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
