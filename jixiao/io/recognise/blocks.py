"""Blocks: header rows of columns, and which rows below belong to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jixiao.io.clean import squeeze
from jixiao.io.grid import Cell
from jixiao.io.recognise.draft import Page
from jixiao.io.recognise.labels import Labels

TOTALS = frozenset({"合计", "总计", "小计", "合计(万元)"})
_PERIOD = re.compile(r"^(?:项目)?(?:中期|中长期|长期|实施期|总体|周期|全周期)(?:绩效)?(?:目标)?")
_ANNUAL = re.compile(r"^(?:本年度|年度|当年|本年)(?:绩效)?(?:目标)?")
_HEADER_WORDS = 24
"""A cell with more characters than this is no head of a column."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a block: what it holds and where; unknown columns are "extra:<header>".

    ``half`` is "period" or "annual" where the two stand side by side.
    """

    name: str
    col: int
    right: int
    half: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a block: its list, its columns from left to right, the first row below it.

    ``cells`` are the header's cells; ``cover`` is the label that covers the block on its left.
    """

    list: str
    columns: tuple[Column, ...]
    first_row: int
    cells: tuple[Cell, ...]
    cover: Cell | None = None

    @property
    def left(self) -> int:
        """The leftmost column of the block."""
        return self.columns[0].col

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column | None:
        """The column with this name."""
        return next((column for column in self.columns if column.name == name), None)

    def half(self, name: str) -> Header:
        """One half of a header with a mid-term and an annual side, with what both share."""
        columns = tuple(c for c in self.columns if c.half in {"", name})
        return replace(self, columns=columns)

    @property
    def has_halves(self) -> bool:
        """True when mid-term and annual columns stand side by side."""
        return {"period", "annual"} <= {column.half for column in self.columns}


def find_header(page: Page, labels: Labels, row: int) -> Header | None:
    """The block whose header begins in this row, None when none does.

    A header may run over two rows: heads that cover both, and groups with their columns below.
    """
    cells = page.row(row)
    if not cells:
        return None
    one = _match(page, labels, row, row)
    if one is not None:
        return one
    if row + 1 < len(page.grid.rows) and _groups_over(page, labels, cells, row):
        return _match(page, labels, row, row + 1)
    return None


def _groups_over(page: Page, labels: Labels, cells: Sequence[Cell], row: int) -> bool:
    """True when a row can be the upper of two header rows.

    Then every cell in it is the head of a column, a group over several, or a part's label on the
    left; a text that is none of these is a value, and the row one of header fields.
    """
    below = page.row(row + 1)
    if len(below) < 2:
        return False
    kinds = [_upper_kind(page, labels, cell) for cell in cells]
    return "" not in kinds[1:] and any(kind in {"head", "group"} for kind in kinds)


def _upper_kind(page: Page, labels: Labels, cell: Cell) -> str:
    """What a cell of an upper header row is: a head, a group, a label, or "" for none of them."""
    key = page.key(cell)
    if len(page.text(cell)) > _HEADER_WORDS:
        return ""
    if cell.rowspan > 1 and labels.column_of("indicators", key):
        return "head"
    half = bool(_half_of(key)[0])
    if cell.colspan > 1 and (half or labels.heads_part(key) or labels.column_of("indicators", key)):
        return "group"
    return "label" if half or labels.heads_part(key) or _names_column(page, labels, cell) else ""


def _match(page: Page, labels: Labels, top: int, bottom: int) -> Header | None:
    heads = [cell for cell in page.row(top) if _names_column(page, labels, cell)]
    if heads and max(cell.rowspan for cell in heads) == 2:
        bottom = top + 1
    leaves = _leaves(page, top, bottom)
    if len(leaves) < 2:
        return None
    found = {
        name: {_column_name(page, labels, name, leaf)[0] for leaf in leaves} - {""}
        for name in ("indicators", "items", "spending_details", "tasks", "other")
    }
    name = _list_of(found)
    return _header(page, labels, name, leaves, bottom) if name else None


def _names_column(page: Page, labels: Labels, cell: Cell) -> bool:
    key = page.key(cell)
    return any(labels.column_of(name, key) for name in ("indicators", "items", "tasks"))


def _list_of(found: dict[str, set[str]]) -> str:
    indicators = found["indicators"]
    if ("level3" in indicators and len(indicators) >= 3) or {"level1", "level2"} <= indicators:
        return "indicators"
    items = found["items"]
    if {"name", "amount"} <= items and {"annual_goal", "period_goal"} & items:
        return "items"
    details = found["spending_details"]
    if {"content", "amount"} <= details and len(details) >= 3:
        return "spending_details"
    if {"name", "content"} <= found["tasks"]:
        return "tasks"
    return "other" if {"name", "content"} <= found["other"] else ""


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A column's lowest head and the group above it."""

    cell: Cell
    group: Cell | None = None


def _leaves(page: Page, top: int, bottom: int) -> list[_Leaf]:
    """The lowest header cell of each column in the header's rows, from left to right."""
    upper = page.row(top)
    if bottom == top:
        return [_Leaf(cell) for cell in upper]
    lower = page.row(bottom)
    leaves: list[_Leaf] = []
    for cell in upper:
        under = [c for c in lower if cell.col <= c.col < cell.right and cell.bottom <= c.row]
        leaves += [_Leaf(c, cell) for c in under] or [_Leaf(cell)]
    known = {leaf.cell for leaf in leaves}
    leaves += [_Leaf(c) for c in lower if c not in known]
    leaves.sort(key=lambda leaf: leaf.cell.col)
    return leaves


def _half_of(key: str) -> tuple[str, str]:
    """Which half a head tells, and the rest of its words (中期指标值 → period, 指标值)."""
    for half, pattern in (("period", _PERIOD), ("annual", _ANNUAL)):
        match = pattern.match(key)
        if match:
            return half, key[match.end() :]
    return "", key


def _column_name(page: Page, labels: Labels, name: str, leaf: _Leaf) -> tuple[str, str]:
    """The column and the half that a head names; both may be ""."""
    key = page.key(leaf.cell)
    column = labels.column_of(name, key)
    if name != "indicators":
        return column, ""
    half, rest = _half_of(key)
    if not column and half:
        column = labels.column_of(name, rest) if rest.strip("()") else "value"
    if leaf.group is not None:
        group = page.key(leaf.group)
        half = half or _half_of(group)[0]
        column = column or labels.column_of(name, group)
    return column, half


def _header(page: Page, labels: Labels, name: str, leaves: Sequence[_Leaf], bottom: int) -> Header:
    told = [_column_name(page, labels, name, leaf) for leaf in leaves]
    first = next(i for i, (column, _) in enumerate(told) if column)
    halves = {half for column, half in told if column in {"value", "target", "level3"}}
    both = {"period", "annual"} <= halves
    columns: list[Column] = []
    taken: set[tuple[str, str]] = set()
    for leaf, (column, half) in zip(leaves[first:], told[first:], strict=True):
        side = half if both else ""
        known = bool(column) and (column, side) not in taken
        own = column if known else "extra:" + squeeze(page.text(leaf.cell))
        taken.add((own, side))
        columns.append(Column(own, leaf.cell.col, leaf.cell.right, side))
    top = leaves[first].cell.row
    cells = [leaf.cell for leaf in leaves]
    cells += [leaf.group for leaf in leaves if leaf.group is not None]
    left = columns[0].col
    cover = page.grid.at(top, left - 1) if left else None
    end = max([bottom + 1, *(leaf.cell.bottom for leaf in leaves[first:])])
    return Header(name, tuple(columns), end, tuple(dict.fromkeys(cells)), cover)


def cell_in(page: Page, header: Header, row: int, name: str) -> Cell | None:
    """The cell of a row in a column of the block."""
    column = header.column(name)
    return page.grid.at(row, column.col) if column else None


def block_rows(page: Page, labels: Labels, header: Header, end: int) -> Iterator[int]:
    """The rows of a block: until a label, another header or a line over its whole width.

    The block's own header repeated on a new page is passed over.
    """
    skip_to = header.first_row
    for row in range(header.first_row, end):
        cells = page.row(row)
        if row < skip_to or (not cells and not any(page.text(c) for c in page.grid.row_cells(row))):
            continue
        if cells and row not in page.grid.paragraph_rows:
            again = find_header(page, labels, row)
            if again is not None and again.list == header.list and again.names == header.names:
                page.use(*again.cells)
                skip_to = again.first_row
                continue
            if again is not None:
                return
        if cells and _ends_block(page, labels, header, row, cells):
            return
        yield row


def _ends_block(page: Page, labels: Labels, header: Header, row: int, cells: list[Cell]) -> bool:
    first = cells[0]
    if row in page.grid.paragraph_rows:
        return True
    key = page.key(first)
    if first.col < header.left or (header.cover is None and first.col == header.left):
        if header.cover is not None and key == page.key(header.cover):
            return False
        if labels.is_label(key) and not labels.column_of("indicators", key) and key not in TOTALS:
            return True
    if first.col < header.left and header.cover is not None and row >= header.cover.bottom:
        # Another label stands where the block's own ended.
        return header.cover.rowspan > 1
    if len(header.columns) < 3 or len(cells) > 1 or first.col > header.left:
        return False
    before_last, last = header.columns[-2:]
    return first.right > before_last.col and last.col > first.col
