"""Lists of indicators that do not stand upright, laid out as a row for each indicator.

Three ways of drawing say the same as a plain list: a table on its side, one project a row with the
levels as heads, and levels alone on rows of their own. They are told by where names of levels stand
and by what stands beside and below them, and are laid out anew before anything is read.
"""

from __future__ import annotations

from itertools import pairwise

from jixiao.io.paper.page.grid import Cell, Grid
from jixiao.io.recognise.draft import Page
from jixiao.io.recognise.kinds import kind_of
from jixiao.io.recognise.layout import Laid, relaid
from jixiao.io.recognise.seeds import is_levels_only, is_seed
from jixiao.io.recognise.wide import widely

_STEPS = 3


def upright(grid: Grid) -> Grid:
    """The page with its lists of indicators upright; the page itself where they are already."""
    page = Page(grid)
    for row in range(len(grid.rows)):
        across = levels_across(page, row)
        turned = _turned(page, row) if across else None
        turned = turned or (widely(page, row) if across or levels_as_heads(page, row) else None)
        if turned is not None:
            return turned
    return _joined_steps(page) or grid


def levels_across(page: Page, row: int) -> bool:
    """True for levels side by side: a table on its side, or with levels as heads of columns."""
    kinds = [kind_of(page.text(cell)) for cell in page.row(row)]
    return sum(k.level for k in kinds) > 2 or sum(k.first and not k.second for k in kinds) > 1


def levels_as_heads(page: Page, row: int) -> bool:
    """True for a row of levels side by side that stand over columns."""
    cells = [cell for cell in page.row(row) if kind_of(page.text(cell)).level]
    kinds = [kind_of(page.text(cell)) for cell in cells]
    wide = len(cells) > 1 and any(cell.colspan > 1 for cell in cells)
    return wide or sum(kind.first and not kind.second for kind in kinds) > 1


def _turned(page: Page, top: int) -> Grid | None:
    """The page with a table that lies on its side from ``top`` on set upright.

    Each row holds things of one kind behind its head: levels, names, then signs or values.
    """
    cells = page.row(top)
    left = cells[0].col
    if any(kind_of(page.text(c)).level != (c is not cells[0]) for c in cells):
        return None
    first, right = cells[1].col, max(c.right for c in cells)
    bottom = top
    while bottom < len(page.grid.rows) and _lies(page, bottom, left, first, right):
        bottom += 1
    rows = range(top, bottom)
    kinds = [[kind_of(page.text(c)) for c in page.row(r)[1:]] for r in rows]
    data = any(len(ks) > 1 and all(k.datum for k in ks) for ks in kinds)
    names = any(len(ks) > 1 and all(k.words for k in ks) for ks in kinds)
    crossing = any(c.row < top < c.bottom for c in page.grid.cells)
    if not (data and names) or crossing:
        return None
    laid: list[Laid] = []
    for number, row in enumerate(rows):
        head, *others = page.row(row)
        laid.append(Laid(head, 0, left + number))
        laid += [Laid(c, 1 + c.col - first, left + number, c.colspan) for c in others]
    return relaid(page.grid, top, bottom, [top] * (1 + right - first), laid)


def _lies(page: Page, row: int, left: int, first: int, right: int) -> bool:
    cells = page.row(row)
    return (
        len(cells) > 1
        and row not in page.grid.paragraph_rows
        and (cells[0].col, cells[1].col) == (left, first)
        and all(c.rowspan == 1 and c.right <= right for c in cells)
        and not (kind_of(page.text(cells[0])).level or kind_of(page.text(cells[0])).datum)
    )


def _joined_steps(page: Page) -> Grid | None:
    """The page with levels that stand alone on rows of their own put beside what they hold for."""
    filled = [row for row in range(len(page.grid.rows)) if page.row(row)]
    below = dict(pairwise(filled))
    steps = [r for r in filled if is_levels_only(page, r) and _is_step(page, r, below)]
    seeds = [r for r in filled if is_seed(page, r)]
    columns = {cell.col for row in steps for cell in page.row(row)}
    if len(steps) < _STEPS or len(columns) < 2 or not seeds:
        return None
    top, bottom = steps[0], max(seeds) + 1
    while (above := max((r for r in filled if r < top), default=-1)) >= 0:
        if not _is_step(page, above, below):
            break
        top = above
    if any(c.rowspan > 1 and c.bottom > top and c.row < bottom for c in page.grid.cells):
        return None
    rows: list[int] = []
    placed: list[tuple[Cell, int]] = []
    leading: set[Cell] = set()
    waiting: list[Cell] = []
    for row in (r for r in filled if top <= r < bottom):
        waiting += page.row(row)
        if _is_step(page, row, below) and row + 1 < bottom:
            leading.update(page.row(row))
            continue
        placed += [(cell, len(rows)) for cell in waiting]
        rows.append(row)
        waiting = []
    laid = [
        Laid(c, at, c.col, _reach(c, at, placed, len(rows)) if c in leading else 1,
             c.colspan)
        for c, at in placed
    ]  # fmt: skip
    return relaid(page.grid, top, bottom, rows, laid)


def _reach(cell: Cell, at: int, placed: list[tuple[Cell, int]], rows: int) -> int:
    """How many rows a step holds for: to the next one no farther right."""
    ends = [row for other, row in placed if row > at and other.col <= cell.col]
    return min(ends, default=rows) - at


def _is_step(page: Page, row: int, below: dict[int, int]) -> bool:
    """True when all of a row stands left of all of the next one, in columns of their own."""
    under = page.row(below[row]) if row in below else []
    cells = page.row(row)
    return bool(under) and row not in page.grid.paragraph_rows and cells[-1].right <= under[0].col
