"""Header fields: labels beside, above or before their values."""

from __future__ import annotations

import re

from jixiao.io.paper.page.clean import digits, squeeze
from jixiao.io.paper.page.grid import Cell
from jixiao.io.recognise.blocks import Blocks
from jixiao.io.recognise.draft import Draft, Page
from jixiao.io.recognise.fit import fit, looks_like_agency
from jixiao.io.recognise.halves import half_of, is_years
from jixiao.io.recognise.inline import AMONG, MONEY_UNIT, ZONE
from jixiao.io.recognise.kinds import kind_of
from jixiao.io.recognise.labels import (
    EXPECTED_GOAL,
    Labels,
    is_month,
    money_unit_in,
    variants,
)
from jixiao.io.recognise.store import ABOVE, CODED, put, put_agency, put_unknown
from jixiao.io.recognise.values import LABEL_LIKE, ValueFinder
from jixiao.model.fields import MONEY_KEYS
from jixiao.model.numbers import decimal_of
from jixiao.model.table import Share

_PUNCTUATION = re.compile(r"[，。；！？]")
_GOALS = frozenset({"annual_goal", "period_goal", "total_goal"})
_LABELLED = re.compile("[：:]")
YEAR_LINE = re.compile(
    r"^[(（]?\s*(?:(?:预算|编制|申报|填报)?年度?[：:])?\s*(20\d\d)\s*年?\s*度?\s*[)）]?$"
)


class HeaderReader:
    """Reads the rows of a table that are neither title nor block."""

    def __init__(self, page: Page, labels: Labels, blocks: Blocks) -> None:
        self.page = page
        self.labels = labels
        self.blocks = blocks
        self.find = ValueFinder(page, labels)
        self.known = {*labels.fields.values(), *labels.contexts.values(), "money_unit", "year"}

    def read_row(self, draft: Draft, row: int, right_edge: int) -> None:
        """Take every label of the row with its value; what is left stays loose."""
        cells = [cell for cell in self.page.row(row) if not self.page.is_used(cell)]
        cells = self._without_part(draft, cells)
        below = self._values_below(cells)
        if below:
            draft.has_body = True
            for label, value in zip(cells, below, strict=True):
                self._put_pair(draft, label, value)
            return
        left = [
            cell
            for cell in cells
            if not self.page.is_used(cell) and not self._read_cell(draft, cell, right_edge)
        ]
        if row not in self.page.grid.paragraph_rows:
            left = self._unknown_pairs(draft, left)
        draft.loose.extend(left)

    def _without_part(self, draft: Draft, cells: list[Cell]) -> list[Cell]:
        """The cells without a tall one on the left whose neighbours are labels: it heads a part."""
        if len(cells) < 2:
            return cells
        first, rest = cells[0], cells[1:]
        tall = first.bottom > max(cell.bottom for cell in rest)
        years = is_years(self.page.text(rest[0]))
        if not tall or not self.find.may_label(first):
            return cells
        if not years and not self.find.may_label(rest[0]):
            return cells
        if not self._values_below(rest):
            return cells
        self.note_unit(draft, first)
        self.page.use(first)
        return rest

    def _values_below(self, cells: list[Cell]) -> list[Cell]:
        """The cells below heads side by side, one for each; none where they are no such heads."""
        page, find = self.page, self.find
        if any(is_month(page.key(c)) for c in cells):
            return []
        if len(cells) < 2 or not all(find.may_label(c) or is_years(page.text(c)) for c in cells):
            return []
        bottom = cells[0].bottom
        below = (
            [c for c in page.row(bottom) if not page.is_used(c)]
            if bottom < len(page.grid.rows)
            else []
        )
        if [(c.col, c.right) for c in below] != [(c.col, c.right) for c in cells]:
            return []
        kinds = [kind_of(page.text(c)) for c in below]
        plain = [
            k.datum or k.date or k.long or bool(_PUNCTUATION.search(page.text(c)))
            for k, c in zip(kinds, below, strict=True)
        ]
        labelled = sum(find.is_label(c) for c in cells)
        if find.may_label(below[0]) and labelled < len(cells) and not page.text(below[0]).isdigit():
            return []
        if any(find.is_label(c) for c in below) or 2 * sum(plain) < len(cells):
            return []
        alone = [c for c in cells[1::2] if not find.is_label(c)]
        return below if labelled * 2 >= len(cells) or (all(plain) and len(alone) < 2) else []

    def _put_pair(self, draft: Draft, label: Cell, value: Cell) -> None:
        page = self.page
        name = self.field_in_context(label, page.key(label))
        half = (
            half_of(self.labels, page.key(label))[0]
            if is_years(page.text(label)) or not name
            else ""
        )
        self.note_unit(draft, label)
        page.use(label, value)
        if is_years(page.text(label)):
            name = "period_goal"
        goal = f"{half}_goal" if half and fit("annual_goal", page.text(value)) > 0 else ""
        if name or goal:
            put(draft, name or goal, page.text(value), value)
        else:
            put_unknown(draft, squeeze(page.text(label)).rstrip("：:"), page.text(value), value)

    def _unknown_pairs(self, draft: Draft, cells: list[Cell]) -> list[Cell]:
        """Take short words beside a text as a field that no dictionary knows; returns the rest."""
        rest: list[Cell] = []
        queue = [cell for cell in cells if not self.page.is_used(cell)]
        while queue:
            cell = queue.pop(0)
            label = squeeze(self.page.text(cell)).rstrip("：:")
            value = queue[0] if queue and queue[0].col == cell.right else None
            below = self.find.amount_below(cell)
            if below is not None and LABEL_LIKE.match(label) and not self._is_amount(value):
                self.page.use(cell, below)
                put_unknown(draft, label, self.page.text(below), below)
                continue
            if value is None or not LABEL_LIKE.match(label):
                rest.append(cell)
                continue
            queue.pop(0)
            self.page.use(cell, value)
            if MONEY_UNIT.match(self.page.text(value)):
                put(draft, "money_unit", self.page.text(value), value)
                continue
            put_unknown(draft, label, self.page.text(value), value)
        return rest

    def _is_amount(self, cell: Cell | None) -> bool:
        return decimal_of(self.page.text(cell)) is not None

    def starts_field(self, cell: Cell) -> str:
        """The field that a cell labels, alone or with its value, or ""."""
        key = self.page.key(cell)
        found = self.labels.field_of(key) if key else ""
        if found:
            return found
        inline = self.find.inline(cell)
        return inline[0][0] if inline else ""

    def _read_cell(self, draft: Draft, cell: Cell, right_edge: int) -> bool:
        """Read one cell if it is a label; False when it is not."""
        page, key = self.page, self.page.key(cell)
        self.note_unit(draft, cell)
        told_year = key in {"年度", "年份"} and self._year_beside(cell)
        inline = [] if told_year or self.labels.field_of(key) else self.find.inline(cell, draft)
        if inline:
            page.use(cell)
            for name, value in inline:
                text = value or (self._take_beside(cell) if len(inline) == 1 else "")
                own = self._in_zone(draft, cell, name)
                if own in self.known:
                    put(draft, own, text, cell)
                else:
                    put_unknown(draft, own, text, cell)
            self._note_zone(draft, cell, key)
            return True
        name = "year" if told_year else self.field_in_context(cell, key)
        if name:
            page.use(cell)
            draft.has_body = draft.has_body or name not in ABOVE
            value = self.find.value_of(cell, right_edge, name)
            if value is not None:
                page.use(value)
                put(draft, self._in_zone(draft, cell, name), page.text(value), value)
            self._note_zone(draft, cell, key)
        elif is_month(key) and self._month_head(cell):
            page.use(cell)
            self._read_share(draft, cell)
        elif self.labels.heads_part(key):
            page.use(cell)
            draft.has_body = True
        else:
            return self._read_unlabelled(draft, cell)
        return True

    def note_unit(self, draft: Draft, cell: Cell) -> None:
        """Take the money unit that a label carries in brackets (预算情况（万元）)."""
        key = self.page.key(cell)
        unit = money_unit_in(key)
        if unit and not draft.money_unit and (self.labels.is_label(key) or len(key) <= 16):
            draft.money_unit = unit

    def _note_zone(self, draft: Draft, cell: Cell, key: str) -> None:
        """Remember which columns stand under a mid-term amount, and which under an annual one."""
        match = ZONE.match(key)
        if match:
            draft.zones[cell.col] = "" if "年" in match[1] else match[1]

    def _in_zone(self, draft: Draft, cell: Cell, name: str) -> str:
        """The field of a label; under a mid-term amount it is another field (中期财政拨款)."""
        zone = draft.zones.get(cell.col, "")
        if not zone or ZONE.match(self.page.key(cell)) or name not in MONEY_KEYS:
            return name
        return zone + AMONG.sub("", squeeze(self.page.text(cell))).rstrip("：:")

    def field_in_context(self, cell: Cell, key: str) -> str:
        """The field of a label; an ambiguous one counts only beside the label that covers it."""
        left = self._before(cell) or self._cover_above(cell)
        for own in variants(key):
            for cover in variants(self.page.key(left)):
                found = self.labels.contexts.get((cover, own))
                if found:
                    return found
        goal = self.labels.field_of(self.page.key(left))
        if key in EXPECTED_GOAL:
            return goal if goal in _GOALS else "annual_goal"
        return self.labels.field_of(key)

    def _year_beside(self, cell: Cell) -> bool:
        beside = self.page.grid.at(cell.row, cell.right)
        return bool(YEAR_LINE.match(squeeze(self.page.text(beside))))

    def _take_beside(self, cell: Cell) -> str:
        """The value in the next cell when a label ends with a colon."""
        beside = self.page.grid.at(cell.row, cell.right)
        if beside is None or self.page.is_used(beside) or self.find.is_label(beside):
            return ""
        self.page.use(beside)
        return self.page.text(beside)

    def _month_head(self, cell: Cell) -> bool:
        """True when a month stands under or beside the label of the payment schedule."""
        cover = self._before(cell)
        while cover is not None and is_month(self.page.key(cover)):
            cover = self._before(cover)
        return cover is not None and "支出计划" in self.page.key(cover)

    def _cover_above(self, cell: Cell) -> Cell | None:
        """The label left above a cell whose own left is blank: a cover that was not merged."""
        for row in range(cell.row - 1, max(-1, cell.row - 3), -1):
            cover = self.page.grid.at(row, cell.col - 1)
            if cover is not None and self.page.text(cover):
                return cover
        return None

    def _before(self, cell: Cell) -> Cell | None:
        """The text before a cell in its row; one column may be blank between."""
        for col in range(cell.col - 1, max(-1, cell.col - 3), -1):
            before = self.page.grid.at(cell.row, col)
            if before is not None and self.page.text(before):
                return before
        return None

    def _read_share(self, draft: Draft, cell: Cell) -> None:
        """One month of the payment schedule; its share is beside it, or below where months are."""
        grid, page = self.page.grid, self.page
        value = grid.at(cell.row, cell.right)
        if value is None or not page.text(value) or is_month(page.key(value)):
            value = self.find.next_below(cell)
        if value is None or page.is_used(value):
            return
        percent = digits(page.text(value)).rstrip("%").strip()
        if decimal_of(percent) is None:
            return
        page.use(value)
        draft.shares.append(Share(squeeze(page.text(cell)), percent))
        draft.tell("share", squeeze(page.text(cell)), value)

    def _read_unlabelled(self, draft: Draft, cell: Cell) -> bool:
        """A line above the table without a label: code and name of the agency, or its name."""
        if draft.has_body:
            return False
        page = self.page
        text = page.text(cell)
        year = YEAR_LINE.match(squeeze(text))
        coded = None if "：" in text or ":" in text else CODED.match(text)
        if year:
            draft.year = draft.year or int(year[1])
        elif coded and len(text) <= 60:
            put_agency(draft, text, cell)
        elif "：" in text or ":" in text:
            return False
        elif (
            not draft.agency
            and all(_LABELLED.search(page.text(c)) for c in page.row(cell.row) if c is not cell)
            and looks_like_agency(text.split()[-1])
        ):
            put_agency(draft, text.split()[-1], cell)
        else:
            return False
        page.use(cell)
        return True
