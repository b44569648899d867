"""The blocks of a page: its indicators by their structure, its other lists by heads and rows."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.io.recognise.draft import Page
from jixiao.io.recognise.heads import Header, indicator_header
from jixiao.io.recognise.kinds import kind_of
from jixiao.io.recognise.labels import Labels
from jixiao.io.recognise.listed import list_header
from jixiao.io.recognise.seeds import seed_groups
from jixiao.io.recognise.structure import Shape, is_head_text, shape_below, shape_of
from jixiao.io.recognise.upright import levels_across, levels_as_heads


class Blocks:
    """The blocks of one page, by the row in which their heads begin."""

    def __init__(self, page: Page, labels: Labels) -> None:
        self.page = page
        self.labels = labels
        self._found: dict[int, Header | None] = {}
        self._taken: set[int] = set()
        self.unread: list[tuple[int, int]] = []
        """First and last rows of what looks like indicators and was not understood."""
        for seeds in seed_groups(page, labels):
            shape = shape_of(page, labels, seeds)
            if self._taken.intersection(seeds):
                continue
            near = range(max(0, seeds[0] - 2), seeds[-1] + 1)
            levels = sum(kind_of(page.text(c)).level for r in near for c in page.row(r))
            like = levels > 1 and (len(seeds) > 1 or _is_datum_row(page, seeds[0]))
            if (shape is None or not self._keep(shape)) and like:
                self.unread.append((self._top(seeds[0], shape), self._bottom(seeds[-1], shape)))
        for row in range(len(page.grid.rows)):
            if row in self._taken:
                continue
            if levels_across(page, row) or levels_as_heads(page, row):
                self.unread.append((row, len(page.grid.rows) - 1))
                break
        for row in range(len(page.grid.rows)):
            if row not in self._taken and _heads_known(page, labels, row):
                shape = shape_below(page, labels, row, ())
                if shape is not None:
                    self._keep(shape)

    def _top(self, first: int, shape: Shape | None) -> int:
        """The first row of what is not read: its heads go with it."""
        page = self.page
        if shape is not None:
            first = min(first, shape.top)
            return first - 1 if first and levels_as_heads(page, first - 1) else first
        while (
            first
            and len(page.row(first - 1)) > 2
            and all(
                is_head_text(self.labels, page.text(c), page.key(c)) for c in page.row(first - 1)
            )
        ):
            first -= 1
        return first

    def _bottom(self, last: int, shape: Shape | None) -> int:
        """The last row of what is not read: with the rows that fill the same columns."""
        return max((last, *(shape.rows if shape is not None else ())))

    def _keep(self, shape: Shape) -> bool:
        header = indicator_header(self.page, self.labels, shape)
        if header is not None and not _is_sound(self.page, header):
            return False
        if header is not None:
            self._found[shape.top] = header
            self._taken.update(range(shape.top, shape.bottom + 1), header.rows)
        return header is not None

    def at(self, row: int) -> Header | None:
        """The block whose heads begin in a row, if one does."""
        if row not in self._found:
            found = None
            if row not in self._taken:
                found = list_header(self.page, self.labels, row, self._taken)
            self._found[row] = found
        return self._found[row]


def _is_datum_row(page: Page, row: int) -> bool:
    """True for a row with a sign, a number or a value besides its words."""
    return any(kind_of(page.text(c)).datum for c in page.row(row))


def _is_sound(page: Page, header: Header) -> bool:
    """False for columns that do not make sense of their rows.

    Levels are heads of columns, or stand side by side in columns that are no levels, or names have
    neither a level nor a value in all of the block.
    """
    if any(levels_as_heads(page, row) for row in range(max(0, header.top - 1), header.first_row)):
        return False
    level_columns = {c.col for c in header.columns if c.name in {"level1", "level2", "level3"}}
    for row in header.rows:
        cells = [c for c in page.row(row) if c.col not in level_columns]
        if sum(kind_of(page.text(c)).level for c in cells) > 1:
            return False
    names = set(header.names)
    told = names & {"level1", "level2", "value", "target", "named"}
    return bool(told) or len(header.rows) < 2


def _heads_known(page: Page, labels: Labels, row: int) -> bool:
    """True when enough known heads of indicators stand in a row to be a block without rows."""
    cells = page.row(row)
    if len(cells) < 2 or row in page.grid.paragraph_rows:
        return False
    known = _known([labels.column_of("indicators", page.key(cell)) for cell in cells])
    return ("level3" in known and len(known) >= 3) or {"level1", "level2"} <= known


def _known(names: Sequence[str]) -> set[str]:
    return {name for name in names if name}
