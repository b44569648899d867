"""Lists with one project a row and the levels as heads of columns, laid out as plain lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.io.paper.page.grid import Cell, Grid
from jixiao.io.recognise.draft import Page
from jixiao.io.recognise.kinds import kind_of
from jixiao.io.recognise.layout import Laid, relaid
from jixiao.io.recognise.targets import split_named

_LINE_NUMBER = re.compile(r"^\s*(?:\d{1,2}[.、．](?!\d)|[①-⑳]|[(（]\d{1,2}[)）])\s*")
_HEADS = ("一级指标", "二级指标", "三级指标")


@dataclass(frozen=True)
class _Class:
    """The columns under one level: its cells, and the heads below them from left to right."""

    levels: Sequence[Cell]
    heads: tuple[Cell, ...]

    @property
    def columns(self) -> tuple[int, ...]:
        """Where its cells begin."""
        return tuple(cell.col for cell in self.heads or self.levels[-1:])


@dataclass(frozen=True)
class _Head:
    """Rows of heads up to before ``bottom``: classes, and columns of the project's own fields."""

    top: int
    bottom: int
    classes: tuple[_Class, ...]
    before: tuple[Cell, ...]
    after: tuple[Cell, ...]


def widely(page: Page, top: int) -> Grid | None:
    """The page with such a list, whose levels begin in a row, as one row for each indicator."""
    head = _head(page, top)
    if head is None:
        return None
    body: list[int] = []
    for row in range(head.bottom, len(page.grid.rows)):
        if row in page.grid.paragraph_rows or not _is_body(page, head, row):
            break
        body.append(row)
    crossing = any(c.row < top < c.bottom for c in page.grid.cells)
    if not body or crossing:
        return None
    return _laid_out(page, head, body)


def _head(page: Page, top: int) -> _Head | None:
    cells = page.row(top)
    levels = [c for c in cells if kind_of(page.text(c)).level]
    left, right = levels[0].col, levels[-1].right
    bottom = max(c.bottom for c in cells)
    while bottom < len(page.grid.rows) and _goes_on(page, bottom, left, right):
        bottom = max(c.bottom for c in page.row(bottom))
    inside = [c for r in range(top, bottom) for c in page.row(r) if left <= c.col < right]
    lowest = [c for c in inside if not any(_is_above(c, o) for o in inside)]
    lowest.sort(key=lambda c: c.col)
    classes: dict[tuple[Cell, ...], list[Cell]] = {}
    for cell in lowest:
        over = tuple(o for o in inside if o is cell or _is_above(o, cell))
        own = tuple(o for o in over if kind_of(page.text(o)).level)
        if not own:
            return None
        heads = classes.setdefault(tuple(sorted(own, key=lambda c: c.row)), [])
        if cell not in own:
            heads.append(cell)
    found = tuple(_Class(own, tuple(heads)) for own, heads in classes.items())
    named = [[page.key(c) for c in one.heads] for one in found]
    if any(keys != named[0] for keys in named) or len(found) < 2:
        return None
    before = tuple(c for c in cells if c.col < left)
    after = tuple(c for c in cells if c.col >= right)
    texts = [page.text(c) for c in (*before, *after)]
    even = len({c.bottom for c in (*before, *after)}) == 1
    if not (before and even) or any(kind_of(t).datum or len(t) > 20 for t in texts):
        return None
    return _Head(top, bottom, found, before, after)


def _is_above(upper: Cell, lower: Cell) -> bool:
    return upper.bottom <= lower.row and upper.col <= lower.col < upper.right


def _goes_on(page: Page, row: int, left: int, right: int) -> bool:
    """True for a further row of heads: levels, or the same words again under each level."""
    cells = page.row(row)
    if not cells or any(not left <= c.col < right for c in cells):
        return False
    kinds = [kind_of(page.text(c)) for c in cells]
    keys = [page.key(c) for c in cells]
    return all(k.level for k in kinds) or (
        len(set(keys)) * 2 <= len(keys) and not any(k.datum for k in kinds)
    )


def _is_body(page: Page, head: _Head, row: int) -> bool:
    """True for a row of a project: texts under its fields and under levels, each in its column."""
    cells = page.row(row)
    starts = {c.col for one in head.classes for c in (*one.heads, *one.levels[-1:])}
    fields = {c.col for c in (*head.before, *head.after)}
    return (
        any(c.col in starts for c in cells)
        and all(c.col in starts | fields for c in cells)
        and 2 * sum(kind_of(page.text(c)).level for c in cells) < len(cells)
    )


def _laid_out(page: Page, head: _Head, body: Sequence[int]) -> Grid:
    left = max(c.right for c in head.before)
    width = max(1, len(head.classes[0].heads))
    laid = [Laid(c, 0, c.col, colspan=c.colspan) for c in head.before]
    over = head.classes[0].levels[0]
    laid += [Laid(over, 0, left + n, text=text) for n, text in enumerate(_HEADS[:2])]
    heads = head.classes[0].heads
    laid += [Laid(c, 0, left + 2 + n) for n, c in enumerate(heads)]
    if not heads:
        laid.append(Laid(over, 0, left + 2, text=_HEADS[2]))
    right = left + 2 + width
    laid += [Laid(c, 0, right + n) for n, c in enumerate(head.after)]
    rows, starts = [head.top], dict[int, int]()
    for row in body:
        starts[row] = len(rows)
        for one in head.classes:
            for cells in _entries(page, one, row):
                laid += _levels(page, one, len(rows), left)
                laid += [
                    Laid(cell, len(rows), left + 2 + n, text=text)
                    for n, (cell, text) in enumerate(cells)
                    if text
                ]
                rows.append(row)
        if starts[row] == len(rows):
            rows.append(row)
    starts[body[-1] + 1] = len(rows)
    places = {c.col: c.col for c in head.before} | {c.col: right + n for n, c in
                                                     enumerate(head.after)}  # fmt: skip
    for row in body:
        for cell in page.row(row):
            if cell.col in places:
                end = starts[min(cell.bottom, body[-1] + 1)]
                laid.append(Laid(cell, starts[row], places[cell.col], end - starts[row]))
    return relaid(page.grid, head.top, body[-1] + 1, rows, laid)


def _levels(page: Page, one: _Class, row: int, left: int) -> list[Laid]:
    """The levels of a class, each in its column."""
    if len(one.levels) > 1:
        return [Laid(one.levels[0], row, left), Laid(one.levels[-1], row, left + 1)]
    (level,) = one.levels
    return [Laid(level, row, left if kind_of(page.text(level)).first else left + 1)]


def _entries(page: Page, one: _Class, row: int) -> list[list[tuple[Cell, str]]]:
    """The indicators of a project under one class: several where a cell holds some lines of them.

    The cells begin in the row; what is merged from above belongs to the row it begins in.
    """
    own = {c.col: c for c in page.row(row)}
    cells = [own[col] for col in one.columns if col in own]
    if not cells or all(kind_of(page.text(c)).none for c in cells):
        return []
    if one.heads:
        blank = cells[0]
        return [[(own.get(col, blank), page.text(own.get(col))) for col in one.columns]]
    return [[(cells[0], line)] for line in _lines(page.text(cells[0]))]


def _lines(text: str) -> list[str]:
    """The indicators in one cell: its lines where each is numbered or has a name and a value."""
    lines = [line for part in text.split("\n") if (line := part.strip())]
    parts = [_LINE_NUMBER.sub("", line) for line in lines]
    numbered = all(part != line for part, line in zip(parts, lines, strict=True))
    if numbered or all(all(split_named(part)) for part in parts):
        return parts
    return [text]
