"""Header fields: labels beside, above or before their values."""

from __future__ import annotations

import re

from jixiao.io.clean import digits, squeeze
from jixiao.io.clean import key as text_key
from jixiao.io.grid import Cell
from jixiao.io.recognise.draft import Draft, Page
from jixiao.io.recognise.labels import Labels, is_month, money_unit_in, variants
from jixiao.model.fields import FIELDS, MONEY_KEYS
from jixiao.model.numbers import decimal_of
from jixiao.model.table import Share

_SEAL = re.compile(r"^\s*[(（]\s*(?:盖章|公章|签章)\s*[)）]\s*")
_CODED = re.compile(r"^([0-9]{3,20})[\s_\-—]*([一-鿿].*)$", re.DOTALL)
_COLON = re.compile(r"[：:]")
_MONEY_UNIT = re.compile(r"^(?:人民币)?(亿元|万元|千元|元)$")
_LABEL_LIKE = re.compile(r"^(?!.*[0-9０-９，。；：、？！])[^\W\d_](?:\w|[()（）/]){1,13}$")
_ZONE = re.compile(
    r"^(?:其中:)?(中期|中长期|长期|实施期|年度|本年度|当年|本年).*(?:资金|金额|预算|拨款)"
)
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
        return bool(key) and (self.labels.is_label(key) or self._inline(cell) is not None)

    def starts_field(self, cell: Cell) -> str:
        """The field that a cell labels, alone or with its value, or ""."""
        key = self.page.key(cell)
        found = self.labels.field_of(key) if key else ""
        if found:
            return found
        inline = self._inline(cell)
        return inline[0][0] if inline else ""

    def _read_cell(self, draft: Draft, cell: Cell, right_edge: int) -> bool:
        """Read one cell if it is a label; False when it is not."""
        page, key = self.page, self.page.key(cell)
        unit = money_unit_in(key)
        if unit and not draft.money_unit and self.labels.is_label(key):
            draft.money_unit = unit
        inline = self._inline(cell)
        if inline is not None:
            page.use(cell)
            for name, value in inline:
                text = value or (self._take_beside(cell) if len(inline) == 1 else "")
                self.put(draft, self._in_zone(draft, cell, name), text, cell)
            self._note_zone(draft, cell, key)
            return True
        name = self._field_in_context(cell, key)
        if name:
            page.use(cell)
            draft.has_body = draft.has_body or name not in _ABOVE
            value = self._value_of(cell, right_edge)
            if value is not None:
                page.use(value)
                self.put(draft, self._in_zone(draft, cell, name), page.text(value), value)
            self._note_zone(draft, cell, key)
        elif is_month(key) and self._month_head(cell):
            page.use(cell)
            self._read_share(draft, cell, right_edge)
        elif self.labels.heads_part(key):
            page.use(cell)
            draft.has_body = True
        else:
            return self._read_unlabelled(draft, cell)
        return True

    def _note_zone(self, draft: Draft, cell: Cell, key: str) -> None:
        """Remember which columns stand under a mid-term amount, and which under an annual one."""
        match = _ZONE.match(key)
        if match:
            draft.zones[cell.col] = "" if "年" in match[1] else match[1]

    def _in_zone(self, draft: Draft, cell: Cell, name: str) -> str:
        """The field of a label; under a mid-term amount it is another field (中期财政拨款)."""
        zone = draft.zones.get(cell.col, "")
        if not zone or _ZONE.match(self.page.key(cell)) or name not in MONEY_KEYS:
            return name
        return zone + squeeze(self.page.text(cell)).rstrip("：:")

    def _field_in_context(self, cell: Cell, key: str) -> str:
        """The field of a label; an ambiguous one counts only beside the label that covers it."""
        left = self.page.grid.at(cell.row, cell.col - 1)
        for own in variants(key):
            for cover in variants(self.page.key(left)):
                found = self.labels.contexts.get((cover, own))
                if found:
                    return found
        return self.labels.field_of(key)

    def _inline(self, cell: Cell) -> list[tuple[str, str]] | None:
        """``label：value`` pairs in one cell, None when its text does not begin with a label.

        In a cell of a table, words of the label's length that no dictionary knows count as well.
        """
        text = self.page.text(cell)
        first = _COLON.search(text[:30])
        if first is None:
            return None
        pairs: list[tuple[str, str]] = []
        rest = text
        while True:
            colon = _COLON.search(rest)
            if colon is None:
                break
            name = self._inline_name(rest[: colon.start()], rest[colon.end() :])
            if not name:
                break
            rest = rest[colon.end() :]
            value, rest = self._until_next_label(rest)
            pairs.append((name, _SEAL.sub("", value).strip()))
        return pairs or None

    def _inline_name(self, words: str, after: str) -> str:
        key = text_key(words)
        if key in {"单位", "金额", "金额单位", "货币单位", "计量单位"}:
            first = after.split(maxsplit=1)[0] if after.split() else ""
            if _MONEY_UNIT.match(first):
                return "money_unit"
            return "agency" if key == "单位" and first else ""
        found = self.labels.field_of(key) if len(key) <= 20 else ""
        if not found and _ZONE.match(key) and "资金" in key:
            return squeeze(words)
        return found

    def _until_next_label(self, text: str) -> tuple[str, str]:
        """Split before the next ``label：`` that follows a blank."""
        for match in re.finditer(r"\s+([^\s：:]{2,14})[：:]", text):
            if self._inline_name(match[1], text[match.end() :]):
                return text[: match.start()], text[match.start(1) :]
        return text, ""

    def _take_beside(self, cell: Cell) -> str:
        """The value in the next cell when a label ends with a colon."""
        beside = self.page.grid.at(cell.row, cell.right)
        if beside is None or self.page.is_used(beside) or self.is_label(beside):
            return ""
        self.page.use(beside)
        return self.page.text(beside)

    def _value_of(self, label: Cell, right_edge: int) -> Cell | None:
        """The value of a label: right of it in one of its rows, else below it.

        Below counts only where the label's right neighbour is a label too, or where there is
        none: the head of a matrix. A blank right of it is a blank value.
        """
        grid, page = self.page.grid, self.page
        for row in range(label.row, label.bottom):
            cell = grid.at(row, label.right)
            if cell is None or not page.text(cell) or page.is_used(cell) or self.is_label(cell):
                continue
            if row == label.row or not self._heads(grid.at(cell.row - 1, cell.col), cell):
                return cell
        right = grid.at(label.row, label.right)
        if label.right < right_edge and not self.is_label(right):
            return None
        below = grid.at(label.bottom, label.col)
        if below is None or not page.text(below) or page.is_used(below) or self.is_label(below):
            return None
        return below if below.col == label.col and below.colspan <= label.colspan else None

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

    def _read_share(self, draft: Draft, cell: Cell, right_edge: int) -> None:
        value = self._value_of(cell, right_edge)
        if value is None:
            return
        self.page.use(value)
        percent = digits(self.page.text(value)).rstrip("%").strip()
        draft.shares.append(Share(squeeze(self.page.text(cell)), percent))

    def put(self, draft: Draft, name: str, value: str, cell: Cell) -> None:
        """Store a value under its field; a second, different value for one field is a doubt."""
        if name in {"project_name", "department_name", "agency", "project_category"}:
            value = squeeze(value)
        if name == "money_unit":
            match = _MONEY_UNIT.match(value.split()[0]) if value.split() else None
            draft.money_unit = match[1] if match else draft.money_unit
            return
        if not value:
            return
        if name == "agency":
            self._put_agency(draft, value)
            return
        if name == "year":
            match = re.search(r"20\d\d", digits(value))
            draft.year = int(match[0]) if match else draft.year
            return
        if name == "agency_code":
            draft.agency_code = draft.agency_code or value
            return
        spec = FIELDS.get(name)
        if spec is not None and spec.type == "money":
            value = self._money(draft, name, value, cell)
        if name in draft.fields and draft.fields[name] != value:
            draft.doubt(cell, draft.fields[name], name, "同一项目写了两次，先用了前一个")
            draft.loose.append(cell)
            return
        draft.fields[name] = value
        draft.has_body = draft.has_body or name not in _ABOVE

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
        coded = _CODED.match(text)
        if coded and len(text) <= 60:
            self._put_agency(draft, text)
        elif len(text) <= 60 and not draft.agency and _BODY_SUFFIX.search(text.split()[-1]):
            self._put_agency(draft, text.split()[-1])
        else:
            return False
        self.page.use(cell)
        return True
