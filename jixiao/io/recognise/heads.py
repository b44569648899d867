"""Headers of blocks: which columns a block has, once or in two halves, and how sure each is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from jixiao.io.paper.page.clean import squeeze
from jixiao.io.paper.page.grid import Cell
from jixiao.io.recognise.draft import Page
from jixiao.io.recognise.fit import fit
from jixiao.io.recognise.halves import Told, half_of, is_years, sides_of
from jixiao.io.recognise.kinds import kind_of
from jixiao.io.recognise.labels import Labels
from jixiao.io.recognise.likeness import bare, most_alike
from jixiao.io.recognise.roles import (
    INDICATOR_RULES,
    NONE,
    TEXT_ROLES,
    Assignment,
    Scores,
    assign,
    head_scores,
    indicator_content,
    names_with_values,
    score,
)
from jixiao.io.recognise.roles import Column as Shown
from jixiao.io.recognise.seeds import is_band, is_total_row
from jixiao.io.recognise.structure import Leaf, Shape, cell_in_column
from jixiao.model.columns import COLUMNS
from jixiao.model.fields import FIELDS
from jixiao.model.vocabulary import is_unit

_YEAR_HEAD = re.compile(r"^(20\d\d)年?度?(?!\d)")
_BRACKETS = re.compile(r"[(（]([^()（）]{1,6})[)）]$")
_RUNNING = frozenset({"序号", "编号", "行号", "行次"})
ROLE_NAMES = {
    **{spec.column: spec.label for spec in COLUMNS if spec.list == "indicators"},
    "named": "三级指标和指标值",
    "period_indicators": "中期指标值",
    "": "另外一列",
}
"""What the user calls the roles of columns."""
FLAT_KEYS = ("project_name", "department_name", "project_code", "agency", "agency_code", "year")
"""Fields by which a flat list, that repeats them in every row, is parted into tables."""
PERIOD = "period_indicators"
SURE = 1.5
"""A column whose margin is smaller is asked about."""


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
class Unsure:
    """A column that may be another: its head, what it was read as, and what else it could be."""

    cell: Cell
    role: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a block: its list, its columns from left to right, and its rows.

    ``cells`` are the header's cells; ``cover`` is the label that covers the block on its left and
    ``side`` the half that it tells; ``guessed``: nothing says which of two halves is which.
    """

    list: str
    columns: tuple[Column, ...]
    first_row: int
    cells: tuple[Cell, ...]
    rows: tuple[int, ...] = ()
    cover: Cell | None = None
    side: str = ""
    guessed: bool = False
    unsure: tuple[Unsure, ...] = field(default=())
    unit: str = ""

    @property
    def left(self) -> int:
        """The leftmost column of the block."""
        return self.columns[0].col

    @property
    def right(self) -> int:
        """The column after the last of the block."""
        return self.columns[-1].right

    @property
    def top(self) -> int:
        """The first row of the head."""
        return min(cell.row for cell in self.cells)

    @property
    def end(self) -> int:
        """The row after the last one."""
        return max(self.rows, default=self.first_row - 1) + 1

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


def cell_of(page: Page, row: int, column: Column) -> Cell | None:
    """The cell of a row in a column."""
    return cell_in_column(page, row, column.col, column.right)


def indicator_header(page: Page, labels: Labels, shape: Shape) -> Header | None:
    """The columns of a block of indicators, None when no name is among them."""
    told = [_told(page, labels, shape, number) for number in range(len(shape.leaves))]
    sides, guessed = sides_of(page, labels, told)
    flat = _flat_fields(page, labels, told)
    roles, unsure = _roles(page, labels, told, sides, flat)
    if not {"level3", "named"} & set(roles) and not {"level1", "level2"} <= set(roles):
        return None
    first = next(i for i, role in enumerate(roles) if role)
    if first and page.key(told[first - 1].leaf.cell) in _RUNNING:
        first -= 1
    columns: list[Column] = []
    for one, role, side in zip(told[first:], roles[first:], sides[first:], strict=True):
        name = role or "extra:" + _extra_name(page, labels, one, bool(role))
        columns.append(Column(name, one.leaf.col, one.leaf.right, side, one.year))
    side = half_of(labels, page.key(shape.cover))[0] if shape.cover is not None else ""
    rows = tuple(shape.rows)
    return Header("indicators", tuple(columns), shape.bottom + 1, shape.heads, rows, shape.cover,
                  side, guessed, tuple(unsure), _unit_in_head(page, told, roles))  # fmt: skip


def _unit_in_head(page: Page, told: Sequence[Told], roles: Sequence[str]) -> str:
    """The unit of all values where the head of their column tells it: 目标值（%）."""
    if "value" not in roles or "unit" in roles:
        return ""
    hint = _BRACKETS.search(page.text(told[roles.index("value")].leaf.cell))
    return hint[1] if hint and is_unit(hint[1]) and hint[1] not in {"分", "年", "年度"} else ""


def _told(page: Page, labels: Labels, shape: Shape, number: int) -> Told:
    leaf = shape.leaves[number]
    key = page.key(leaf.cell) if leaf.own else ""
    group = page.key(leaf.group) if leaf.own else page.key(leaf.cell)
    half, rest = half_of(labels, key)
    if is_years(key):
        half, rest = "period", ""
    if leaf.group is not None or not leaf.own:
        half = half or half_of(labels, group)[0]
    year = _YEAR_HEAD.match(key)
    shown = _shown(page, shape, number, key, group)
    return Told(leaf, shown, half, rest, year[1] if year and half != "period" else "")


def _shown(page: Page, shape: Shape, number: int, key: str, group: str) -> Shown:
    leaf = shape.leaves[number]
    rows = [
        r
        for r in shape.rows
        if page.row(r) and not is_total_row(page, r, shape.left) and not is_band(page, r)
    ]
    texts: list[str] = []
    covered = 0
    for row in rows:
        cell = cell_in_column(page, row, leaf.col, leaf.right)
        if cell is None or not page.text(cell) or cell.row < shape.bottom:
            continue
        covered += 1
        if cell.row == row and cell.col >= leaf.col:
            texts.append(page.text(cell))
    before = shape.leaves[number - 1] if number else None
    runs = before is not None and _runs(page, rows, before)
    return Shown(key, group, tuple(texts), len(rows), covered, number, runs)


def _runs(page: Page, rows: Sequence[int], leaf: Leaf) -> bool:
    """True for a column of words, no levels, that run over several rows."""
    cells = {c for row in rows if (c := page.grid.at(row, leaf.col)) is not None and page.text(c)}
    kinds = [kind_of(page.text(c)) for c in cells]
    return bool(cells) and len(cells) * 2 <= len(rows) and all(k.words for k in kinds)


def _flat_fields(page: Page, labels: Labels, told: Sequence[Told]) -> dict[int, str]:
    """The header fields that a flat list repeats in its rows, by the column's number.

    Their heads are known, or alike to known ones where they stand left of the levels and run
    over rows.
    """
    found: dict[int, str] = {}
    levels = [i for i, one in enumerate(told) if one.shown.share(lambda k: k.level) > 0.5]
    for number, one in enumerate(told):
        key = page.key(one.leaf.cell)
        if labels.role_of("indicators", key) is not None or not one.shown.texts:
            continue
        name = labels.field_of(key)
        if not name and number < min(levels, default=0) and _repeats(one.shown):
            alike = most_alike(bare(key), labels.fields)
            alike = {n: s for n, s in alike.items() if fit(n, one.shown.texts[0]) > 0}
            name = max(alike, key=lambda n: alike[n], default="")
        least = 0 if name in {"agency", "department_name"} else -4
        if name in FIELDS and name not in found.values() and fit(name, one.shown.texts[0]) > least:
            found[number] = name
    if {"project_name", "department_name"} & set(found.values()):
        return found
    names = [i for i in range(min(levels, default=0)) if i not in found and _may_name(told[i])]
    return {**found, names[0]: "project_name"} if len(found) > 1 and len(names) == 1 else {}


def _may_name(one: Told) -> bool:
    return bool(one.shown.texts) and all(fit("project_name", text) > 0 for text in one.shown.texts)


def _repeats(shown: Shown) -> bool:
    """True for a column whose words run over rows, or are repeated in them."""
    few = len(set(shown.texts)) * 2 <= shown.rows
    return few and shown.covered * 2 >= shown.rows and not shown.share(lambda k: k.level)


def _roles(
    page: Page, labels: Labels, told: Sequence[Told], sides: Sequence[str], flat: dict[int, str]
) -> tuple[list[str], list[Unsure]]:
    """The role of each column, assigned for each half with what both share."""
    roles = [f"field:{flat[i]}" if i in flat else NONE for i in range(len(told))]
    unsure = [
        Unsure(cell, f"field:{name}", (NONE,))
        for i, name in flat.items()
        if (cell := told[i].leaf.cell) is not None and labels.field_of(page.key(cell)) != name
    ]
    scores = [_scores(labels, one) for one in told]
    for half in ("annual", "period") if any(sides) else ("",):
        own = [i for i in range(len(told)) if sides[i] in ("", half) and i not in flat]
        found = assign([scores[i] for i in own], INDICATOR_RULES)
        for place, number in enumerate(own):
            if sides[number] or half != "period":
                roles[number] = found.roles[place]
        unsure += [u for u in _unsure(labels, told, own, found, flat=bool(flat)) if u not in unsure]
    joined = "level3" in roles and not {"value"} & set(roles)
    if joined and names_with_values(told[roles.index("level3")].shown) >= 0.5:
        roles[roles.index("level3")] = "named"
    value = {labels.role_of("indicators", page.key(one.leaf.cell)) for one in told}
    if "target" in value and "unit" not in roles and "comparator" not in roles:
        roles = ["target" if role == "value" else role for role in roles]
    return roles, unsure


_TAUGHT = 100.0  # beyond whatever a column's texts may say for another role


def _scores(labels: Labels, one: Told) -> Scores:
    shown = one.shown
    words = labels.words_of("indicators")

    def meaning(key: str) -> str | None:
        role = labels.role_of("indicators", key)
        return "value" if role == "target" else role

    heads = head_scores(shown.head, shown.group, words, meaning)
    if one.half and meaning(shown.head) is None:
        rest = one.rest.strip("()")
        inner = head_scores(rest, "", words, meaning) if rest else {"value": 3.0}
        heads = {role: max(inner.get(role, 0), heads.get(role, 0)) for role in {*heads, *inner}}
    if one.year and meaning(shown.head) is None:
        rest = _YEAR_HEAD.sub("", shown.head)
        inner = head_scores(rest, "", words, meaning) if rest else {"value": 2.0}
        heads = {role: max(inner.get(role, 0), heads.get(role, 0)) for role in {*heads, *inner}}
    other_time = labels.other_time(shown.head)
    if other_time and meaning(shown.head) is None:
        heads.pop("value", None)
    found = score(shown, heads, indicator_content(shown, other_time))
    taught = labels.taught.get(shown.head)
    if taught is None:
        return found
    own = "value" if taught == "target" else taught
    return {role: _TAUGHT if role == own else -_TAUGHT for role in {*found, own}}


def _unsure(
    labels: Labels, told: Sequence[Told], own: Sequence[int], found: Assignment, *, flat: bool
) -> list[Unsure]:
    """The columns that may as well be others, and that say something."""
    doubts: list[Unsure] = []
    for place, number in enumerate(own):
        one = told[number]
        cell = one.leaf.cell
        if not one.shown.texts or cell is None:
            continue
        role, other = found.roles[place], found.others[place]
        others = (other,) if found.margins[place] < SURE else ()
        if not role and _is_unread(labels, one):
            data = one.shown.share(lambda k: k.number or k.joined) >= 0.5
            words = ("level1", "level2", *TEXT_ROLES, "level3")
            missing = (PERIOD, "value") if data else words
            if flat and fit("agency", one.shown.texts[0]) > 0:
                missing = ("field:agency", *missing)
            if found.scores[place].get("level3", 0) > 1:
                others += ("level3",)
            others += tuple(r for r in missing if r not in found.roles and r not in others)
        if others:
            doubts.append(Unsure(cell, role, others))
    return doubts


def _is_unread(labels: Labels, one: Told) -> bool:
    """True for a column of words under a head that nobody knows."""
    key = one.shown.head
    if not key or labels.role_of("indicators", key) is not None or labels.other_time(key):
        return False
    data = one.shown.share(lambda k: k.joined) >= 0.5
    return (data or one.shown.share(lambda k: k.words) >= 0.5) and not labels.is_label(key)


def _extra_name(page: Page, labels: Labels, one: Told, known: bool) -> str:
    """The head's own words; below a group that says something, with the group's."""
    words = squeeze(page.text(one.leaf.cell))
    group = one.leaf.group
    if group is None or group.colspan == 1 or known or labels.heads_part(page.key(group)):
        return words
    return f"{squeeze(page.text(group))}·{words}"
