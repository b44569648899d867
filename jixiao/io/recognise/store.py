"""Values put under their fields: amounts as decimals, the agency with its code, the year."""

from __future__ import annotations

import re

from jixiao.io.paper.page.clean import digits, squeeze
from jixiao.io.paper.page.clean import key as text_key
from jixiao.io.paper.page.grid import Cell
from jixiao.io.recognise.draft import Draft, Pair
from jixiao.io.recognise.inline import MONEY_UNIT
from jixiao.io.recognise.labels import TOTAL_AMOUNTS
from jixiao.model.fields import FIELDS

CODED = re.compile(
    r"^[\[【(（]?([0-9]{3,20})[\]】)）]?[\s_\-—]*((?![年月日])[一-鿿].*)$", re.DOTALL
)
ERROR = re.compile(r"^#(?:REF!|DIV/0!|N/A|NAME\?|VALUE!|NUM!|NULL!|SPILL!)")
_AMOUNT = re.compile(r"^(-?\d+(?:\.\d+)?)\s*(亿元|亿|万元|万|千元|元)?$")
_UNIT_HINT = re.compile(r"[(（](?:金额)?单位[:：](亿元|万元|千元|元)[)）]\s*$")
_UNITS = {None: "", "万": "万元", "亿": "亿元"}
ABOVE = frozenset({"agency", "agency_code", "year"})
"""Fields that stand above a table: they are no sign that it has begun."""


def put(draft: Draft, name: str, value: str, cell: Cell) -> None:
    """Store a value under its field; a second, different value for one field is a doubt."""
    if name in {"project_name", "department_name", "agency", "project_category"}:
        value = squeeze(value)
    if name == "money_unit":
        match = MONEY_UNIT.match(value.split()[0]) if value.split() else None
        draft.money_unit = match[1] if match else draft.money_unit
        draft.tell("field", "money_unit", cell)
        return
    if not value:
        return
    hint = _UNIT_HINT.search(value)
    if hint and name in {"agency", "project_name", "department_name"}:
        draft.money_unit = draft.money_unit or hint[1]
        value = value[: hint.start()].strip()
    if name == "agency":
        before = draft.agency
        put_agency(draft, value, cell)
        if before and squeeze(before) not in squeeze(value):
            draft.doubt(cell, before, name, "表上写了两个单位，先用了前一个")
            draft.leave(cell)
        return
    if name == "year":
        match = re.search(r"20\d\d", digits(value))
        if match is None:
            draft.doubt(cell, "", name, "这里应当是年度，看不出是哪一年")
            draft.leave(cell)
        draft.year = int(match[0]) if match else draft.year
        draft.tell("field", "year", cell)
        return
    if name == "agency_code":
        draft.agency_code = draft.agency_code or value
        draft.tell("field", "agency_code", cell)
        return
    spec = FIELDS.get(name)
    if ERROR.match(value) and (spec is None or spec.type != "money"):
        draft.doubt(cell, value, name, f"“{value}”是公式出错，请填写应有的内容")
    if name in TOTAL_AMOUNTS or (spec is not None and spec.type == "money"):
        value = _money(draft, name, value, cell)
    if name in draft.fields and draft.fields[name] != value:
        draft.doubt(cell, draft.fields[name], name, "同一项目写了两次，先用了前一个")
        draft.leave(cell)
        return
    draft.fields[name] = value
    draft.tell("field", name, cell)
    draft.note_markup(cell, name)
    draft.has_body = draft.has_body or name not in ABOVE


def put_unknown(draft: Draft, label: str, value: str, cell: Cell) -> None:
    """Store a value under words that are no known label."""
    above = not draft.has_body
    put(draft, label, value, cell)
    draft.has_body = draft.has_body and not above
    draft.pairs.append(Pair(label, text_key(label), draft.fields.get(label, value), cell, above))


def put_agency(draft: Draft, value: str, cell: Cell) -> None:
    """The agency, with the code that may stand before its name."""
    coded = CODED.match(value)
    if coded:
        draft.agency_code = draft.agency_code or coded[1]
        value = coded[2]
    if not draft.agency:
        draft.tell("field", "agency", cell)
    draft.agency = draft.agency or squeeze(value)


def _money(draft: Draft, name: str, value: str, cell: Cell) -> str:
    """An amount as plain decimal text; its unit goes when it is the table's own."""
    told = amount_of(value)
    if told is None:
        draft.doubt(cell, value, name, "这里应当是金额，写的不是一个数")
        return value
    number, unit = told
    if unit and draft.money_unit and unit != draft.money_unit:
        draft.doubt(cell, value, name, f"金额后面写的是{unit}，表上的金额单位是{draft.money_unit}")
        return value
    draft.money_unit = draft.money_unit or unit
    return number


def amount_of(text: str) -> tuple[str, str] | None:
    """An amount and the money unit behind it ("" where none is), None for any other text."""
    match = _AMOUNT.match(digits(text).replace(",", "").replace("，", "").strip())
    return (match[1], _UNITS.get(match[2], match[2])) if match else None
