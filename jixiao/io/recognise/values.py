"""Where the value of a label stands: right of it, beyond a gap, or below."""

from __future__ import annotations

import re

from jixiao.io.paper.page.clean import squeeze
from jixiao.io.paper.page.grid import Cell
from jixiao.io.recognise.draft import Draft, Page
from jixiao.io.recognise.inline import AMONG, inline_pairs
from jixiao.io.recognise.kinds import kind_of
from jixiao.io.recognise.labels import WEAK, Labels
from jixiao.model.fields import META_KEYS, MONEY_KEYS
from jixiao.model.numbers import decimal_of

LABEL_LIKE = re.compile(
    r"^(?!.*[0-9０-９，。；：、？！])(?=.*[一-鿿])[^\W\d_](?:\w|[()（）/]){1,13}$"
)


_YEAR_BEFORE = re.compile(r"^20\d\d(?=年度?\D{2})")


class ValueFinder:
    """Tells labels from values on one page."""

    def __init__(self, page: Page, labels: Labels) -> None:
        self.page = page
        self.labels = labels

    def is_label(self, cell: Cell | None) -> bool:
        """True when a cell is surely a label, or begins with one and a colon."""
        if cell is None:
            return False
        key = self.page.key(cell)
        return bool(key) and (self.labels.is_label(key) or bool(self.inline(cell)))

    def is_value(self, cell: Cell) -> bool:
        """True when a label stands left of a cell, so that it need not be a label itself."""
        left = self.page.grid.at(cell.row, cell.col - 1)
        return left is not None and bool(self.labels.field_of(self.page.key(left)))

    def inline(self, cell: Cell, draft: Draft | None = None) -> list[tuple[str, str]]:
        """``label：value`` pairs in one cell; inside a table any short words may be a label."""
        inside = draft is not None and draft.has_body
        line = cell.row in self.page.grid.paragraph_rows
        unknown = not line if inside else draft is not None and len(self.page.text(cell)) <= 60
        return inline_pairs(self.labels, self.page.text(cell), unknown=unknown)

    def value_of(self, label: Cell, right_edge: int, name: str) -> Cell | None:
        """The value of a label: right of it in one of its rows, else below it.

        Below counts only where the label's right neighbour is a label too, or where there is
        none: the head of a matrix. A blank right of it is a blank value.
        """
        grid, page = self.page.grid, self.page
        if name in MONEY_KEYS and (below := self.amount_below(label)) is not None:
            beside = page.text(grid.at(label.row, label.right))
            if beside and not any(char.isdigit() for char in beside):
                return below
        for row in range(label.row, label.bottom):
            cell = grid.at(row, label.right)
            if cell is None or not page.text(cell) or page.is_used(cell):
                continue
            if self.is_label(cell) and not self._is_value_too(name, label, cell, right_edge):
                continue
            if name not in MONEY_KEYS and self._labels_number(cell):
                continue
            if row == label.row or not self._heads(grid.at(cell.row - 1, cell.col), cell):
                return cell
        right = grid.at(label.row, label.right)
        if label.right < right_edge and not self.is_label(right):
            amount = self.amount_below(label) if name in MONEY_KEYS else None
            return self._beyond_gap(label) or amount
        if label.rowspan > 1 and name not in MONEY_KEYS and self.is_label(right):
            return None
        return self._below(label)

    def _labels_number(self, cell: Cell) -> bool:
        """True for words with an amount or a sentence beside: they are its label, whatever."""
        text = self.page.text(self.page.grid.at(cell.row, cell.right))
        told = decimal_of(text) is not None or kind_of(text).long
        return told and self.may_label(cell)

    def _below(self, label: Cell) -> Cell | None:
        """The text right below a head, no wider than it, that is neither label nor head itself."""
        page = self.page
        if label.row in page.grid.paragraph_rows:
            return None
        below = self.next_below(label)
        if below is None or page.is_used(below) or self.is_label(below):
            return None
        if below.col != label.col or below.colspan > label.colspan:
            return None
        return None if self.labels.meaning(page.key(below)).names_column else below

    def next_below(self, label: Cell) -> Cell | None:
        """The text below a cell, also below one row in which no text begins."""
        page = self.page
        row = label.bottom
        if row < len(page.grid.rows) and not page.row(row):
            row += 1
        below = page.grid.at(row, label.col)
        return below if below is not None and page.text(below) else None

    def amount_below(self, label: Cell) -> Cell | None:
        """The number below a head as wide as it, None when there is none.

        A blank may lie between: where nothing is merged, a head of two rows has one below it.
        """
        page = self.page
        below = self.next_below(label) or page.grid.at(label.bottom + 1, label.col)
        if below is None or page.is_used(below) or below.col != label.col:
            return None
        wide = below.colspan > label.colspan
        return None if wide or decimal_of(page.text(below)) is None else below

    def _beyond_gap(self, label: Cell) -> Cell | None:
        """The value of a label with a spacer column between: the row's next text, if no label."""
        page = self.page
        after = [c for c in page.row(label.row) if c.col >= label.right and not page.is_used(c)]
        if not after or after[0].col > label.right + 2 or self.is_label(after[0]):
            return None
        value = after[0]
        beside = page.grid.at(value.row, value.right)
        paired = beside is not None and page.text(beside) and not self.is_label(beside)
        return None if paired and self.may_label(value) else value

    def _is_value_too(self, name: str, label: Cell, cell: Cell, right_edge: int) -> bool:
        """True when the words right of a label are a label elsewhere, but here its value.

        A goal may begin with 总体目标：, and a category be 其他: then nothing stands beside or
        below that it could be the label of.
        """
        if name in MONEY_KEYS or name in META_KEYS or label.row != cell.row or label.rowspan > 1:
            return False
        grid, page = self.page.grid, self.page
        beside = grid.at(cell.row, cell.right)
        if cell.right < right_edge and not self.is_label(beside):
            return False
        inline = self.inline(cell)
        if inline:
            own = inline[0][0] in MONEY_KEYS or inline[0][0] in META_KEYS
            return not own and bool(inline[0][1]) and not self._inline_beside(beside)
        key = page.key(cell)
        if not (
            key in WEAK or self.labels.heads_part(key) or self.labels.field_of(key) in MONEY_KEYS
        ):
            return False
        below = grid.at(cell.bottom, cell.col)
        return below is None or decimal_of(page.text(below)) is None

    def _inline_beside(self, cell: Cell | None) -> bool:
        return cell is not None and bool(self.inline(cell))

    def _heads(self, label: Cell | None, cell: Cell) -> bool:
        """True when a label stands right above a cell, as wide as it: then it is its label."""
        return (
            label is not None
            and self.is_label(label)
            and (label.col, label.colspan) == (cell.col, cell.colspan)
        )

    def may_label(self, cell: Cell) -> bool:
        """True for a label, and for words that have a label's looks."""
        words = AMONG.sub("", squeeze(self.page.text(cell))).rstrip("：:")
        words = _YEAR_BEFORE.sub("", words)
        return self.is_label(cell) or bool(LABEL_LIKE.match(words))
