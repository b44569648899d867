"""Header rows: which columns a block has, over one row or two, once or in two halves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jixiao.io.paper.page.clean import squeeze
from jixiao.io.paper.page.grid import Cell
from jixiao.io.recognise.draft import Page
from jixiao.io.recognise.labels import Labels
from jixiao.model.fields import FIELDS

_PERIOD = re.compile(
    r"^(?:项目)?(?:中期|中长期|长期|实施周期|实施期|总体|全周期|周期|三年)(?:绩效)?(?:目标)?"
)
_ANNUAL = re.compile(r"^(?:本年度|年度|当年度|当年|本年)(?:绩效)?(?:目标)?")
_YEAR_HEAD = re.compile(r"^(20\d\d)年?度?")
_VALUE_HEAD = re.compile(
    r"^(?!.*(?:实际|完成|执行|上年|历史|前年)).*(?:指标值|目标值|预期值|实现值|计划值|计划水平)$"
)
_NAMED_HEAD = re.compile(
    r"^(?:三级指标|具体指标|指标名称|指标内容|绩效指标)(?:名称|内容)?[及和与、].*值"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_RUNNING = frozenset({"序号", "编号", "行号", "行次"})
FLAT_KEYS = ("project_name", "department_name", "project_code", "agency", "agency_code", "year")
"""Fields by which a flat list, that repeats them in every row, is parted into tables."""
_HEADER_WORDS = 24
"""A cell with more characters than this is no head of a column."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a block: what it holds and where; unknown columns are "extra:<header>".

    A field that a flat list repeats in each row is "field:<key>"; "named" is a third-level name
    and its value in one cell. ``half`` is "period" or "annual" where the two stand side by side;
    ``year`` is the year that the head tells.
    """

    name: str
    col: int
    right: int
    half: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a block: its list, its columns from left to right, the first row below it.

    ``cells`` are the header's cells; ``cover`` is the label that covers the block on its left and
    ``side`` the half that it tells; ``guessed``: nothing says which of two halves is which.
    """

    list: str
    columns: tuple[Column, ...]
    first_row: int
    cells: tuple[Cell, ...]
    cover: Cell | None = None
    side: str = ""
    guessed: bool = False

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
    if len(below) < 2 or (len(cells) == 2 and labels.field_of(page.key(cells[0]))):
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
    half = _is_half(labels, key)
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
        name: {_column_name(page, labels, name, leaf).column for leaf in leaves} - {""}
        for name in ("indicators", "items", "spending_details", "tasks", "other")
    }
    name = _list_of(found)
    return _header(page, labels, name, leaves, bottom) if name else None


def _names_column(page: Page, labels: Labels, cell: Cell) -> bool:
    return labels.meaning(page.key(cell)).names_column


def _list_of(found: dict[str, set[str]]) -> str:
    indicators = {name for name in found["indicators"] if not name.startswith("field:")}
    if "named" in indicators and "level2" in indicators:
        return "indicators"
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


def _is_half(labels: Labels, key: str) -> bool:
    """True when a text is the name of a half and nothing more (中期目标（2026—2028年）)."""
    half, rest = _half_of(key)
    rest = _BRACKETS.sub("", rest)
    return bool(half) and (
        rest in {"", "指标", "绩效指标"} or bool(labels.column_of("indicators", rest))
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What a head tells: its column (or ""), its half and its year.

    ``field`` is set where the column is only told by a half (年度绩效目标): the header field it
    would be in a flat list.
    """

    column: str = ""
    half: str = ""
    year: str = ""
    field: str = ""


def _column_name(page: Page, labels: Labels, name: str, leaf: _Leaf) -> _Told:
    """The column, half and year that a head names; all may be ""."""
    key = page.key(leaf.cell)
    column = labels.column_of(name, key)
    if name != "indicators":
        return _Told(column)
    half, rest = _half_of(key)
    year = _YEAR_HEAD.match(key)
    if not column:
        column = _unlisted(labels, key, half, rest, year)
    if leaf.group is not None:
        group = page.key(leaf.group)
        half = half or _half_of(group)[0]
        column = column or labels.column_of(name, group)
    alone = bool(half) and not rest.strip("()") and column == "value"
    field = labels.field_of(key) if alone else ""
    return _Told(column, half, year[1] if year and column == "value" else "", field)


def _unlisted(labels: Labels, key: str, half: str, rest: str, year: re.Match[str] | None) -> str:
    """The column of an indicator head that is in no list, by its words."""
    if half:
        found = labels.column_of("indicators", rest) if rest.strip("()") else "value"
        if found:
            return found
    if _NAMED_HEAD.match(key):
        return "named"
    if year is not None and labels.column_of("indicators", key[year.end() :]) == "value":
        return "value"
    if _VALUE_HEAD.match(key):
        return "value"
    field = labels.field_of(key)
    return f"field:{field}" if field in FIELDS else ""


def _header(page: Page, labels: Labels, name: str, leaves: Sequence[_Leaf], bottom: int) -> Header:
    told = [_column_name(page, labels, name, leaf) for leaf in leaves]
    told = _flat(told)
    first = next(i for i, one in enumerate(told) if one.column)
    if first and page.key(leaves[first - 1].cell) in _RUNNING:
        first -= 1
    leaves, told = leaves[first:], told[first:]
    sides, guessed = _sides(page, leaves, told)
    columns: list[Column] = []
    taken: set[tuple[str, str]] = set()
    for leaf, one, side in zip(leaves, told, sides, strict=True):
        known = bool(one.column) and (one.column, side) not in taken
        own = one.column if known else "extra:" + _extra_name(page, labels, leaf, one)
        taken.add((own, side))
        columns.append(Column(own, leaf.cell.col, leaf.cell.right, side, one.year))
    top = leaves[0].cell.row
    cells = [leaf.cell for leaf in leaves]
    cells += [leaf.group for leaf in leaves if leaf.group is not None]
    left = columns[0].col
    cover = page.grid.at(top, left - 1) if left else None
    end = max([bottom + 1, *(leaf.cell.bottom for leaf in leaves)])
    side = _half_of(page.key(cover))[0]
    return Header(name, tuple(columns), end, tuple(dict.fromkeys(cells)), cover, side, guessed)


def _flat(told: Sequence[_Told]) -> list[_Told]:
    """Columns of header fields count only in a flat list, which names the project in its rows."""
    if not {"field:project_name", "field:department_name"} & {one.column for one in told}:
        return [_Told() if one.column.startswith("field:") else one for one in told]
    if not any(one.column in {"value", "target"} and not one.field for one in told):
        return list(told)
    return [_Told(f"field:{one.field}") if one.field else one for one in told]


def _extra_name(page: Page, labels: Labels, leaf: _Leaf, told: _Told) -> str:
    """The head's own words; below a group that says something, with the group's."""
    words = squeeze(page.text(leaf.cell))
    group = leaf.group
    if group is None or group.colspan == 1 or told.column or labels.heads_part(page.key(group)):
        return words
    return f"{squeeze(page.text(group))}·{words}"


def _sides(page: Page, leaves: Sequence[_Leaf], told: Sequence[_Told]) -> tuple[list[str], bool]:
    """The half of each column, "" for what both share; and whether the halves were guessed."""
    halves = {one.half for one in told if one.column in {"value", "target", "level3"}}
    if {"period", "annual"} <= halves:
        return [one.half for one in told], False
    names = [one.column for one in told]
    again = [i for i, name in enumerate(names) if name and name in names[:i]]
    repeated = {names[i] for i in again}
    if "level3" not in repeated or not repeated & {"value", "target"}:
        return [""] * len(told), False
    start, cut = names.index(names[again[0]]), again[0]
    above = _halves_above(page, leaves[start].cell, leaves[cut].cell)
    left, right = above or ("period", "annual")
    sides = [""] * start + [left] * (cut - start) + [right] * (len(told) - cut)
    return sides, above is None


def _halves_above(page: Page, left: Cell, right: Cell) -> tuple[str, str] | None:
    """The halves that labels over two columns tell (中期目标 … | 年度目标), the nearest first."""
    for row in range(left.row - 1, max(-1, left.row - 12), -1):
        told = {"left": "", "right": ""}
        for cell in page.row(row):
            half = _half_of(page.key(cell))[0]
            if (half and cell.col <= right.col < cell.right) or (half and cell.col > right.col - 1):
                told["right"] = told["right"] or half
            elif half and cell.right > left.col - 1:
                told["left"] = told["left"] or half
        if {*told.values()} == {"period", "annual"}:
            return told["left"], told["right"]
    return None
