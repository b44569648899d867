"""Header fields: labels beside, above or before their values."""

from __future__ import annotations

import re

from jixiao.io.clean import digits, squeeze
from jixiao.io.grid import Cell
from jixiao.io.recognise.draft import Draft, Page
from jixiao.io.recognise.inline import AMONG, MONEY_UNIT, ZONE, inline_pairs
from jixiao.io.recognise.labels import (
    EXPECTED_GOAL,
    TOTAL_AMOUNTS,
    WEAK,
    Labels,
    is_month,
    money_unit_in,
    variants,
)
from jixiao.model.fields import FIELDS, META_KEYS, MONEY_KEYS
from jixiao.model.numbers import decimal_of
from jixiao.model.table import Share

YEAR_LINE = re.compile(r"^[(（]?\s*(20\d\d)\s*年?\s*度?\s*[)）]?$")
_CODED = re.compile(
    r"^[\[【(（]?([0-9]{3,20})[\]】)）]?[\s_\-—]*((?![年月日])[一-鿿].*)$", re.DOTALL
)
_ERROR = re.compile(r"^#(?:REF!|DIV/0!|N/A|NAME\?|VALUE!|NUM!|NULL!|SPILL!)")
_GOALS = frozenset({"annual_goal", "period_goal", "total_goal"})
_LABEL_LIKE = re.compile(r"^(?!.*[0-9０-９，。；：、？！])[^\W\d_](?:\w|[()（）/]){1,13}$")
_ABOVE = frozenset({"agency", "agency_code", "year"})
"""Fields that stand above a table: they are no sign that it has begun."""
_BODY_SUFFIX = re.compile(
    r"(?:办公室|委员会|委员会本级|政府|局|院|处|所|站|中心|部|协会|联合会|总工会|学校|中学|小学|医院|党校|馆|队|厅|署|公司|社|会|本级|机关)$"
)


class HeaderReader:
    """Reads the rows of a table that are neither title nor block."""

    def __init__(self, page: Page, labels: Labels) -> None:
        self.page = page
        self.labels = labels

    def read_row(self, draft: Draft, row: int, right_edge: int) -> None:
        """Take every label of the row with its value; what is left stays loose."""
        left = [
            cell
            for cell in self.page.row(row)
            if not self.page.is_used(cell) and not self._read_cell(draft, cell, right_edge)
        ]
        if draft.has_body and row not in self.page.grid.paragraph_rows:
            left = self._unknown_pairs(draft, left)
        draft.loose.extend(left)

    def _unknown_pairs(self, draft: Draft, cells: list[Cell]) -> list[Cell]:
        """Take short words beside a text as a field that no dictionary knows; returns the rest."""
        rest: list[Cell] = []
        queue = [cell for cell in cells if not self.page.is_used(cell)]
        while queue:
            cell = queue.pop(0)
            label = squeeze(self.page.text(cell)).rstrip("：:")
            value = queue[0] if queue and queue[0].col == cell.right else None
            if value is None or not _LABEL_LIKE.match(label):
                rest.append(cell)
                continue
            queue.pop(0)
            self.page.use(cell, value)
            self.put(draft, label, self.page.text(value), value)
        return rest

    def is_label(self, cell: Cell | None) -> bool:
        """True when a cell is surely a label, or begins with one and a colon."""
        if cell is None:
            return False
        key = self.page.key(cell)
        return bool(key) and (self.labels.is_label(key) or bool(self._inline(cell)))

    def starts_field(self, cell: Cell) -> str:
        """The field that a cell labels, alone or with its value, or ""."""
        key = self.page.key(cell)
        found = self.labels.field_of(key) if key else ""
        if found:
            return found
        inline = self._inline(cell)
        return inline[0][0] if inline else ""

    def is_value(self, cell: Cell) -> bool:
        """True when a label stands left of a cell, so that it need not be a label itself."""
        left = self.page.grid.at(cell.row, cell.col - 1)
        return left is not None and bool(self.labels.field_of(self.page.key(left)))

    def may_label(self, cell: Cell) -> bool:
        """True for a label, and for words that have a label's looks."""
        words = AMONG.sub("", squeeze(self.page.text(cell))).rstrip("：:")
        return self.is_label(cell) or bool(_LABEL_LIKE.match(words))

    def _read_cell(self, draft: Draft, cell: Cell, right_edge: int) -> bool:
        """Read one cell if it is a label; False when it is not."""
        page, key = self.page, self.page.key(cell)
        self.note_unit(draft, cell)
        inline = [] if self.labels.field_of(key) else self._inline(cell, draft)
        if inline:
            page.use(cell)
            for name, value in inline:
                text = value or (self._take_beside(cell) if len(inline) == 1 else "")
                self.put(draft, self._in_zone(draft, cell, name), text, cell)
            self._note_zone(draft, cell, key)
            return True
        name = self.field_in_context(cell, key)
        if name:
            page.use(cell)
            draft.has_body = draft.has_body or name not in _ABOVE
            value = self._value_of(cell, right_edge, name)
            if value is not None:
                page.use(value)
                self.put(draft, self._in_zone(draft, cell, name), page.text(value), value)
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
        left = self.page.grid.at(cell.row, cell.col - 1)
        for own in variants(key):
            for cover in variants(self.page.key(left)):
                found = self.labels.contexts.get((cover, own))
                if found:
                    return found
        goal = self.labels.field_of(self.page.key(left)) if key in EXPECTED_GOAL else ""
        return goal if goal in _GOALS else self.labels.field_of(key)

    def _inline(self, cell: Cell, draft: Draft | None = None) -> list[tuple[str, str]]:
        """``label：value`` pairs in one cell; inside a table any short words may be a label."""
        inside = draft is not None and draft.has_body
        unknown = inside and cell.row not in self.page.grid.paragraph_rows
        return inline_pairs(self.labels, self.page.text(cell), unknown=unknown)

    def _take_beside(self, cell: Cell) -> str:
        """The value in the next cell when a label ends with a colon."""
        beside = self.page.grid.at(cell.row, cell.right)
        if beside is None or self.page.is_used(beside) or self.is_label(beside):
            return ""
        self.page.use(beside)
        return self.page.text(beside)

    def _value_of(self, label: Cell, right_edge: int, name: str) -> Cell | None:
        """The value of a label: right of it in one of its rows, else below it.

        Below counts only where the label's right neighbour is a label too, or where there is
        none: the head of a matrix. A blank right of it is a blank value.
        """
        grid, page = self.page.grid, self.page
        for row in range(label.row, label.bottom):
            cell = grid.at(row, label.right)
            if cell is None or not page.text(cell) or page.is_used(cell):
                continue
            if self.is_label(cell) and not self._is_value_too(name, label, cell, right_edge):
                continue
            if row == label.row or not self._heads(grid.at(cell.row - 1, cell.col), cell):
                return cell
        right = grid.at(label.row, label.right)
        if label.right < right_edge and not self.is_label(right):
            return self._beyond_gap(label)
        if label.rowspan > 1 and name not in MONEY_KEYS and self.is_label(right):
            return None
        below = grid.at(label.bottom, label.col)
        if below is None or not page.text(below) or page.is_used(below) or self.is_label(below):
            return None
        if self.labels.meaning(page.key(below)).names_column:
            return None
        return below if below.col == label.col and below.colspan <= label.colspan else None

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
        inline = self._inline(cell)
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
        return cell is not None and bool(self._inline(cell))

    def _heads(self, label: Cell | None, cell: Cell) -> bool:
        """True when a label stands right above a cell, as wide as it: then it is its label."""
        return (
            label is not None
            and self.is_label(label)
            and (label.col, label.colspan) == (cell.col, cell.colspan)
        )

    def _month_head(self, cell: Cell) -> bool:
        """True when a month stands under or beside the label of the payment schedule."""
        cover = self.page.grid.at(cell.row, cell.col - 1)
        while cover is not None and is_month(self.page.key(cover)):
            cover = self.page.grid.at(cell.row, cover.col - 1)
        return cover is not None and "支出计划" in self.page.key(cover)

    def _read_share(self, draft: Draft, cell: Cell) -> None:
        """One month of the payment schedule; its share is beside it, or below where months are."""
        grid, page = self.page.grid, self.page
        value = grid.at(cell.row, cell.right)
        if value is None or not page.text(value) or is_month(page.key(value)):
            value = grid.at(cell.bottom, cell.col)
        if value is None or not page.text(value) or page.is_used(value) or self.is_label(value):
            return
        percent = digits(page.text(value)).rstrip("%").strip()
        if decimal_of(percent) is None:
            return
        page.use(value)
        draft.shares.append(Share(squeeze(page.text(cell)), percent))

    def put(self, draft: Draft, name: str, value: str, cell: Cell) -> None:
        """Store a value under its field; a second, different value for one field is a doubt."""
        if name in {"project_name", "department_name", "agency", "project_category"}:
            value = squeeze(value)
        if name == "money_unit":
            match = MONEY_UNIT.match(value.split()[0]) if value.split() else None
            draft.money_unit = match[1] if match else draft.money_unit
            return
        if not value:
            return
        if name == "agency":
            self._put_agency(draft, value)
            return
        if name == "year":
            match = re.search(r"20\d\d", digits(value))
            if match is None:
                draft.doubt(cell, "", name, "这里应当是年度，看不出是哪一年")
            draft.year = int(match[0]) if match else draft.year
            return
        if name == "agency_code":
            draft.agency_code = draft.agency_code or value
            return
        spec = FIELDS.get(name)
        if _ERROR.match(value) and (spec is None or spec.type != "money"):
            draft.doubt(cell, value, name, f"“{value}”是公式出错，请填写应有的内容")
        if name in TOTAL_AMOUNTS or (spec is not None and spec.type == "money"):
            value = self._money(draft, name, value, cell)
        if name in draft.fields and draft.fields[name] != value:
            draft.doubt(cell, draft.fields[name], name, "同一项目写了两次，先用了前一个")
            draft.loose.append(cell)
            return
        draft.fields[name] = value
        draft.has_body = draft.has_body or name not in _ABOVE

    def settle_amount(self, draft: Draft) -> None:
        """What a project costs as a whole is its amount, unless another one is told for the year."""
        told = [name for name in TOTAL_AMOUNTS if name in draft.fields]
        if len(told) == 1 and "project_amount" not in draft.fields:
            draft.fields["project_amount"] = draft.fields.pop(told[0])

    def _put_agency(self, draft: Draft, value: str) -> None:
        coded = _CODED.match(value)
        if coded:
            draft.agency_code = draft.agency_code or coded[1]
            value = coded[2]
        draft.agency = draft.agency or squeeze(value)

    def _money(self, draft: Draft, name: str, value: str, cell: Cell) -> str:
        """An amount as plain decimal text; its unit goes when it is the table's own."""
        text = digits(value).replace(",", "").replace("，", "").strip()
        match = re.match(r"^(-?\d+(?:\.\d+)?)\s*(亿元|万元|千元|元)$", text)
        if match and (not draft.money_unit or match[2] == draft.money_unit):
            draft.money_unit = draft.money_unit or match[2]
            text = match[1]
        if decimal_of(text) is None:
            draft.doubt(cell, value, name, "这里应当是金额，写的不是一个数")
            return value
        return text

    def _read_unlabelled(self, draft: Draft, cell: Cell) -> bool:
        """A line above the table without a label: code and name of the agency, or its name."""
        if draft.has_body:
            return False
        text = self.page.text(cell)
        year = YEAR_LINE.match(squeeze(text))
        coded = _CODED.match(text)
        if year:
            draft.year = draft.year or int(year[1])
        elif coded and len(text) <= 60:
            self._put_agency(draft, text)
        elif len(text) <= 60 and not draft.agency and _BODY_SUFFIX.search(text.split()[-1]):
            self._put_agency(draft, text.split()[-1])
        else:
            return False
        self.page.use(cell)
        return True
