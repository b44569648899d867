"""Values put under their fields: amounts as decimals, the agency with its code, the year."""

from __future__ import annotations

import re

from jixiao.io.paper.page.clean import digits, squeeze
from jixiao.io.paper.page.grid import Cell
from jixiao.io.recognise.draft import Draft
from jixiao.io.recognise.inline import MONEY_UNIT
from jixiao.io.recognise.labels import TOTAL_AMOUNTS
from jixiao.model.fields import FIELDS
from jixiao.model.numbers import decimal_of

CODED = re.compile(
    r"^[\[【(（]?([0-9]{3,20})[\]】)）]?[\s_\-—]*((?![年月日])[一-鿿].*)$", re.DOTALL
)
ERROR = re.compile(r"^#(?:REF!|DIV/0!|N/A|NAME\?|VALUE!|NUM!|NULL!|SPILL!)")
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


def settle_amount(draft: Draft) -> None:
    """What a project costs as a whole is its amount, unless another one is told for the year."""
    told = [name for name in TOTAL_AMOUNTS if name in draft.fields]
    if len(told) == 1 and "project_amount" not in draft.fields:
        draft.fields["project_amount"] = draft.fields.pop(told[0])


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
    text = digits(value).replace(",", "").replace("，", "").strip()
    match = re.match(r"^(-?\d+(?:\.\d+)?)\s*(亿元|万元|千元|元)$", text)
    if match and (not draft.money_unit or match[2] == draft.money_unit):
        draft.money_unit = draft.money_unit or match[2]
        text = match[1]
    if decimal_of(text) is None:
        draft.doubt(cell, value, name, "这里应当是金额，写的不是一个数")
        return value
    return text
