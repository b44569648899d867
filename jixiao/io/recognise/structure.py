"""The shape of a block: its head above its rows, the cells of each column, where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from jixiao.io.paper.page.grid import Cell
from jixiao.io.recognise.draft import Page
from jixiao.io.recognise.inline import begins_with_label
from jixiao.io.recognise.kinds import kind_of
from jixiao.io.recognise.labels import Labels
from jixiao.io.recognise.likeness import bare
from jixiao.io.recognise.seeds import head_again, is_levels_only, is_page_line, is_total_row

_HEAD_WORDS = 24
"""A cell with more characters than this is no head of a column."""
_FAR = 14
_ODD = 2


@dataclass(frozen=True, slots=True)
class Leaf:
    """A column of a block from ``col`` to ``right``: its lowest head and the group above it.

    ``own`` is False where the head is shared with other columns.
    """

    col: int
    right: int
    cell: Cell | None
    group: Cell | None = None
    own: bool = True


@dataclass(frozen=True)
class Shape:
    """Head rows from ``top`` to ``bottom``, the columns, the body's rows and the label beside."""

    top: int
    bottom: int
    leaves: tuple[Leaf, ...]
    rows: tuple[int, ...]
    cover: Cell | None
    heads: tuple[Cell, ...]

    @property
    def left(self) -> int:
        """The leftmost column."""
        return self.leaves[0].col

    @property
    def right(self) -> int:
        """The column after the last."""
        return self.leaves[-1].right


def shape_of(page: Page, labels: Labels, seeds: Sequence[int]) -> Shape | None:
    """The block around rows that belong together, None where they have no head."""
    first = seeds[0]
    counts: dict[int, int] = {}
    for row in seeds:
        for cell in page.row(row):
            counts[cell.col] = counts.get(cell.col, 0) + 1
    starts = sorted(col for col, n in counts.items() if n > 1 or n * 3 >= len(seeds))
    at = _head_row(page, labels, first, starts)
    return None if at is None else shape_below(page, labels, at, seeds)


def shape_below(page: Page, labels: Labels, at: int, seeds: Sequence[int]) -> Shape | None:
    """The block whose heads stand in a row, with rows that are known to be its own."""
    first = seeds[0] if seeds else _below_heads(page, labels, at)
    top, bottom = _head_rows(page, at, first, labels)
    heads = [
        cell
        for row in range(top, bottom + 1)
        for cell in page.row(row)
        if cell.bottom <= max(first, bottom + 1)
    ]
    leaves = leaves_of(heads)
    leaves = _parted(page, leaves, seeds)
    leaves, cover = _without_cover(page, labels, leaves, seeds, top)
    if len(leaves) < 2:
        return None
    rows = _rows(Frame(page, labels, leaves, cover), bottom, seeds)
    inside = tuple(c for c in heads if c.right > leaves[0].col)
    return Shape(top, bottom, tuple(leaves), tuple(rows), cover, inside)


def _below_heads(page: Page, labels: Labels, at: int) -> int:
    """The row below the known heads of a row."""
    known = [c for c in page.row(at) if labels.column_of("indicators", page.key(c))]
    return max((cell.bottom for cell in known), default=at + 1)


def _head_row(page: Page, labels: Labels, first: int, starts: Sequence[int]) -> int | None:
    """The row of the heads: the nearest above of short texts over most columns.

    A farther one only where it is alike to known heads while the near one is not.
    """
    near: int | None = None
    skipped = 0
    for row in range(first - 1, max(-1, first - 1 - _FAR), -1):
        cells = [c for c in page.grid.row_cells(row) if page.text(c) and c.bottom <= first]
        if not any(c.row == row for c in cells):
            continue
        if _heads_row(page, labels, row, cells, starts):
            if _known_heads(page, labels, cells) >= 2:
                return row
            near = row if near is None else near
        skipped += not (is_levels_only(page, row) or len(cells) == 1)
        if skipped > _ODD + 1:
            break
    return near


def _heads_row(
    page: Page, labels: Labels, row: int, cells: Sequence[Cell], starts: Sequence[int]
) -> bool:
    if len(cells) < 2 or row in page.grid.paragraph_rows:
        return False
    if not all(is_head_text(labels, page.text(c), page.key(c)) for c in cells):
        return False
    under = [s for s in starts if any(c.col <= s < c.right for c in cells)]
    return len(under) * 5 >= len(starts) * 3


def is_head_text(labels: Labels, text: str, key: str) -> bool:
    """True for a text that may be the head of a column: short words, no datum, no level."""
    if labels.column_of("indicators", key):
        return True
    kind = kind_of(text)
    return (
        len(bare(key)) <= _HEAD_WORDS
        and len(text) <= 2 * _HEAD_WORDS
        and not (kind.datum or kind.level)
    )


def _known_heads(page: Page, labels: Labels, cells: Sequence[Cell]) -> int:
    return sum(bool(labels.column_of("indicators", page.key(c))) for c in cells)


def _head_rows(page: Page, at: int, first: int, labels: Labels) -> tuple[int, int]:
    """The first and last row of the head: groups above, and heads under them below."""
    bottom = at
    upper = page.row(at)
    for row in range(at + 1, first):
        cells = page.row(row)
        if not cells:
            continue
        under = all(
            is_head_text(labels, page.text(c), page.key(c)) and _is_under(upper, c) for c in cells
        )
        if not under or row in page.grid.paragraph_rows or kind_of(page.text(cells[0])).level:
            break
        bottom = row
    tall = [c for c in page.grid.row_cells(at) if page.text(c) and c.bottom <= first]
    top = min([at, *(c.row for c in tall if c.row >= at - 2)])
    if bottom == at:
        bottom = max([at, *(c.bottom - 1 for c in tall)])
    return top, bottom


def _is_under(upper: Sequence[Cell], cell: Cell) -> bool:
    """True when a cell stands under a group, or beside what stands under one."""
    above = [c for c in upper if c.col <= cell.col]
    return (
        bool(above)
        and above[-1].bottom <= cell.row
        and (above[-1].col < cell.col or above[-1].colspan > 1 or cell.colspan == above[-1].colspan)
    )


def leaves_of(heads: Sequence[Cell]) -> list[Leaf]:
    """The lowest heads from left to right, each with the group above it."""

    def below(cell: Cell) -> list[Cell]:
        return [o for o in heads if o.row >= cell.bottom and cell.col <= o.col < cell.right]

    lowest = [cell for cell in heads if not below(cell)]
    lowest.sort(key=lambda c: c.col)
    leaves: list[Leaf] = []
    for number, cell in enumerate(lowest):
        above = [o for o in heads if o.bottom <= cell.row and o.col <= cell.col]
        group = max(above, key=lambda o: (o.col, o.row), default=None)
        if group is not None and not (group.right > cell.col or below(group)):
            group = None
        right = lowest[number + 1].col if number + 1 < len(lowest) else cell.right
        leaves.append(Leaf(cell.col, max(cell.right, right), cell, group))
    return leaves


def _parted(page: Page, leaves: list[Leaf], seeds: Sequence[int]) -> list[Leaf]:
    """A head over several columns parted as the rows below it are; columns without a head."""
    if not seeds:
        return leaves
    enough = max(2, len(seeds) // 2) if len(seeds) > 1 else 1
    counts: dict[int, int] = {}
    for row in seeds:
        for cell in page.row(row):
            counts[cell.col] = counts.get(cell.col, 0) + 1
    found: list[Leaf] = []
    for leaf in leaves:
        starts = [c for c in range(leaf.col + 1, leaf.right) if counts.get(c, 0) >= enough]
        edges = [leaf.col, *starts, leaf.right]
        if not starts or (counts.get(leaf.col, 0) < 1 and len(starts) == 1):
            found.append(leaf)
            continue
        for start, end in pairwise(edges):
            found.append(Leaf(start, end, leaf.cell, leaf.group, own=False))
    right = found[-1].right if found else 0
    beyond = sorted(c for c, n in counts.items() if c >= right and n >= enough)
    for number, col in enumerate(beyond):
        end = beyond[number + 1] if number + 1 < len(beyond) else col + 1
        found.append(Leaf(col, end, None))
    return found


def _without_cover(
    page: Page, labels: Labels, leaves: list[Leaf], seeds: Sequence[int], top: int
) -> tuple[list[Leaf], Cell | None]:
    """The columns without the label that covers the block on its left."""
    cover: Cell | None = None
    if seeds and leaves:
        beside = page.grid.at(seeds[0], leaves[0].col - 1) if leaves[0].col else None
        if beside is not None and beside.row <= top and page.text(beside):
            cover = beside
    frame = Frame(page, labels, leaves, cover)
    while len(leaves) > 2:
        first = leaves[0]
        words = page.key(first.cell)
        empty = not any(frame.text_in(row, first) for row in seeds)
        if not empty or labels.column_of("indicators", words):
            break
        cover = first.cell
        leaves = leaves[1:]
    if cover is None and leaves and not seeds:
        before = page.grid.at(top, leaves[0].col - 1) if leaves[0].col else None
        cover = before if before is not None and page.text(before) else None
    return leaves, cover


def cell_in_column(page: Page, row: int, col: int, right: int) -> Cell | None:
    """The cell of a row in a column: the one that covers its start, else one that begins in it."""
    cell = page.grid.at(row, col)
    if cell is not None and page.text(cell):
        return cell
    for place in range(col + 1, right):
        other = page.grid.at(row, place)
        if other is not None and page.text(other) and other.col == place:
            return other
    return cell


@dataclass(frozen=True)
class Frame:
    """The columns of a block with the label that covers it: what a row must fit to belong."""

    page: Page
    labels: Labels
    leaves: Sequence[Leaf]
    cover: Cell | None

    def belongs(self, row: int) -> bool:
        """True when a row's texts stand in the block's columns, and are no label's line."""
        cells, left = self.page.row(row), self.leaves[0].col
        if not cells or self.covers(row):
            return all(cell.col >= left for cell in cells)
        first = cells[0]
        if first.col < left or cells[-1].col >= self.leaves[-1].right:
            return first.col < left and self.page.key(first) == self.page.key(self.cover)
        return is_total_row(self.page, row) or not (
            any(self._spans_two(cell) for cell in cells) or self._labels(first)
        )

    def covers(self, row: int) -> bool:
        """True for a row that the block's label covers: whatever stands in it, it is its own."""
        cover = self.cover
        return cover is not None and cover.rowspan > 1 and cover.row <= row < cover.bottom

    def text_in(self, row: int, leaf: Leaf) -> str:
        """The text of a row in a column."""
        return self.page.text(cell_in_column(self.page, row, leaf.col, leaf.right))

    def _labels(self, cell: Cell) -> bool:
        key = self.page.key(cell)
        known = self.labels.is_label(key) and not self.labels.column_of("indicators", key)
        return known or begins_with_label(self.labels, self.page.text(cell))

    def _spans_two(self, cell: Cell) -> bool:
        return sum(cell.col < leaf.right and leaf.col < cell.right for leaf in self.leaves) > 1


def _rows(frame: Frame, bottom: int, seeds: Sequence[int]) -> list[int]:
    """The block's rows: from below the head to the last that has its texts in its columns."""
    page, last = frame.page, max(seeds, default=bottom)
    filled = [
        leaf
        for leaf in frame.leaves
        if seeds and 2 * sum(bool(frame.text_in(row, leaf)) for row in seeds) >= len(seeds)
    ]
    found: list[int] = []
    for row in range(bottom + 1, len(page.grid.rows)):
        cells = page.row(row)
        if not any(page.text(c) for c in page.grid.row_cells(row)):
            continue
        if seeds and row not in seeds and head_again(page, seeds[0], row):
            if row < last:
                continue
            break
        plain = row not in page.grid.paragraph_rows
        if row in seeds or (plain and _fills(frame, row, filled)):
            found.append(row)
        elif row > last and not (cells and len(cells) < 3 and is_page_line(page.text(cells[0]))):
            break
    return found


def _fills(frame: Frame, row: int, filled: Sequence[Leaf]) -> bool:
    """True when a row belongs to a block and fills enough of the usual columns."""
    page = frame.page
    if is_total_row(page, row, frame.leaves[0].col) or is_levels_only(page, row):
        return True
    full = sum(bool(frame.text_in(row, leaf)) for leaf in filled)
    return frame.belongs(row) and (frame.covers(row) or full * 5 >= len(filled) * 3)
