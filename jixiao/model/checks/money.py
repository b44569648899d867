"""The money rules M1, M3, M6 and M7: sums that must agree to the last cent.

All sums are Decimal, in the money unit of the table that a finding belongs to. A blank part of a
sum, or a dash, counts as nothing; a cell that is no amount leaves its sum undecided, since M8
speaks about such a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from jixiao.model.checks.findings import CellRef, Fix, Note
from jixiao.model.checks.rule import Rule
from jixiao.model.checks.view import View
from jixiao.model.fields import label_of
from jixiao.model.numbers import amount_of, decimal_of, in_unit, percent_of, plain
from jixiao.model.table import Indicator, Table
from jixiao.model.vocabulary import (
    canonical_level1,
    canonical_level2,
    fold_width,
    is_money_unit,
)

_COST_LEVEL = "成本指标"
_ECONOMIC_COST = "经济成本指标"
_EXPENDITURE = ("basic_expenditure", "project_expenditure")
_INCOME = ("general_public_budget", "government_fund", "fiscal_special_account", "other_funds")
_FUNDING = ("fiscal_funds", "other_funds")
_MONEY_UNIT = re.compile(r"(?:百万|千万|百|千|万|亿)?元")
UNIT_PRICE = re.compile(
    r"[人户亩次件处台村校车站点]均(?!衡)|平均|单价|(?<!高)标准(?!化)|^每|/"
    r"|单(?:位[^名]|[站处座个台套件辆户间栋所村家次场期盏口孔株人亩])"
)
"""Names of cost rows that tell the price of one thing, not what all of it may cost."""


class Sum(NamedTuple):
    """An amount with the name that a message gives it; ``text`` is it as written or as summed."""

    label: str
    amount: Decimal
    text: str


def money_unit(table: Table) -> str:
    """The unit in which a table's amounts count; 万元, as all known forms have it, if not told."""
    found = _MONEY_UNIT.search(fold_width(table.money_unit))
    return found[0] if found else "万元"


def says_none(text: str) -> bool:
    """Whether a money cell is blank, or says with a dash that there is no such money."""
    return fold_width(text.strip()) in {"", "-", "--", "—", "——", "/", "无"}


def _total(texts: Iterable[str], unit: str) -> Decimal | None:
    """The sum of the amounts; None if none is told or one of them cannot be read."""
    amounts = [amount_of(text, unit) for text in texts if not says_none(text)]
    read = [amount for amount in amounts if amount is not None]
    return sum(read, Decimal()) if read and len(read) == len(amounts) else None


def _sum_of(label: str, texts: Iterable[str], unit: str) -> Sum | None:
    amount = _total(texts, unit)
    return None if amount is None else Sum(label, amount, plain(amount))


def field_sum(table: Table, key: str, label: str = "") -> Sum | None:
    """The amount in a header field, with its label; None if there is none."""
    text = table.fields.get(key, "").strip()
    amount = amount_of(text, money_unit(table))
    if amount is None:
        return None
    shown = text if decimal_of(text) is not None else plain(amount)
    return Sum(label or label_of(key), amount, shown)


def differ(first: Sum, second: Sum, unit: str) -> str:
    """One sentence about two sums that should be equal."""
    gap = first.amount - second.amount
    word = "多" if gap > 0 else "少"
    return (
        f"{first.label} {first.text} {unit}，比{second.label} {second.text} {unit}"
        f"{word} {plain(abs(gap))} {unit}。"
    )


# --- M1: the total is what it is made of -----------------------------------------------------


def check_funds(view: View) -> Iterator[Note]:
    """M1: 资金总额 = Σ收入性质 = 基本+项目; a project's amount = 财政资金 + 其他资金."""
    table = view.table
    if table.kind == "project":
        key, name = "project_amount", "资金来源"
    else:
        key, name = "budget_total", "按收入性质各项"
    # 财政资金 is what some forms write for the general budget and the funds together.
    sources = (
        _INCOME
        if table.fields.get(_INCOME[0]) or not table.fields.get(_FUNDING[0])
        else ((*_FUNDING, _INCOME[2]))
    )
    unit = money_unit(table)
    income = _sum_of(f"{name}合计", (table.fields.get(k, "") for k in sources), unit)
    spending = _sum_of(
        "基本支出与项目支出合计", (table.fields.get(k, "") for k in _EXPENDITURE), unit
    )
    total = field_sum(table, key)
    if total is None:
        if income and spending and income.amount != spending.amount:
            yield _m1(differ(income, spending, unit), "budget_total", None, "income", _INCOME)
        return
    if income and income.amount < total.amount and _other_sources(table):
        income = None
    wrong = [part for part in (income, spending) if part and part.amount != total.amount]
    agreed = len(wrong) == 2 and wrong[0].amount == wrong[1].amount
    if agreed:
        both = Sum("收入各项合计与支出合计", wrong[0].amount, wrong[0].text)
        keys = (*sources, *_EXPENDITURE)
        yield _m1(differ(total, both, unit), key, plain(both.amount), "total", keys)
        return
    for part in wrong:
        matter, keys = ("income", sources) if part is income else ("spending", _EXPENDITURE)
        yield _m1(differ(total, part, unit), key, None, matter, keys)


_SOURCE = re.compile(r"自有|自筹|上年结转|结余|债券|贷款|单位资金|事业收入|经营收入|上级补助|捐赠")


def _other_sources(table: Table) -> bool:
    """Whether the form names a source of money that is no field of its own (自有资金)."""
    return any(text.strip() and _SOURCE.search(key) for key, text in table.fields.items())


def _m1(message: str, key: str, fix: str | None, matter: str, parts: tuple[str, ...]) -> Note:
    hint = f"请核对{label_of(key)}与各分项，使合计相等。"
    edits = () if fix is None else (Fix(None, None, key, fix),)
    cells = tuple(CellRef(None, None, part) for part in parts)
    return Note(message, hint, key, edits=edits, matter=matter, cells=cells, certainty="heuristic")


# --- M3: the cost indicators make the project's amount ---------------------------------------


_WHOLE_COST = re.compile(r"总|合计|全部|项目成本")


def check_costs(view: View) -> Iterator[Note]:
    """M3: Σ of the cost rows in money = project amount: more is an error, less a warning."""
    table = view.table
    amount = field_sum(table, "project_amount")
    if table.kind != "project" or amount is None:
        return
    unit = money_unit(table)
    costs = [(i, row) for i, row in enumerate(table.indicators) if is_total_cost(row)]
    values = [decimal_of(row.value) for _, row in costs]
    read = [
        in_unit(value, row.unit, unit)
        for value, (_, row) in zip(values, costs, strict=True)
        if value is not None
    ]
    if not read or len(read) < len(costs):
        return
    total = sum(read, Decimal())
    # A row that repeats the sum of the others (总成本) must not count twice; two equal parts do.
    twice = len(read) > 1 and any(value * 2 == total for value in read)
    if amount.amount in ({total, total / 2} if twice else {total}):
        return
    if twice and (len(read) > 2 or any(_WHOLE_COST.search(row.level3) for _, row in costs)):
        total /= 2
    index, first = costs[0]
    label = "成本指标合计" if len(costs) > 1 else f"成本指标“{first.level3}”"
    message = differ(Sum(label, total, plain(total)), amount, unit)
    over = total > amount.amount
    hint = (
        "成本不能超过项目金额，请核对各成本指标值。"
        if over
        else "成本指标没有说明全部项目金额，请核对或补上其余成本。"
    )
    severity = "error" if over else "warning"
    cells = (
        *(CellRef("indicators", i, "value") for i, _ in costs),
        CellRef(None, None, "project_amount"),
    )
    place = ("value", "indicators", index, first.level3)
    yield Note(message, hint, *place, severity, cells=cells)


def is_total_cost(row: Indicator) -> bool:
    """Whether an indicator limits a sum of money of the project (not the price of one thing)."""
    level1, level2 = canonical_level1(row.level1), canonical_level2(row.level2)
    is_cost = level2 in (_COST_LEVEL, _ECONOMIC_COST) or (level1 == _COST_LEVEL and level2 is None)
    return (
        is_cost
        and is_money_unit(row.unit)
        and row.comparator in ("≤", "=", "")
        and bool(row.value.strip())
        and UNIT_PRICE.search(row.level3) is None
    )


# --- M6: the lines make the total ------------------------------------------------------------


def check_details(view: View) -> Iterator[Note]:
    """M6: Σ支出明细 = 合计 = 项目金额, and a summary's 合计 = Σ of its items."""
    yield from _details(view.table)
    yield from _items(view.table)


def _details(table: Table) -> Iterator[Note]:
    unit = money_unit(table)
    lines = _sum_of("支出明细各行合计", (row.amount for row in table.spending_details), unit)
    if lines is None:
        return
    total = field_sum(table, "details_total", "支出明细的合计")
    if total and total.amount != lines.amount:
        hint = "请核对各行金额；如果各行无误，把合计改为各行之和。"
        message = differ(total, lines, unit)
        edit = Fix(None, None, "details_total", plain(lines.amount))
        yield Note(
            message, hint, "details_total", edits=(edit,), matter="lines", certainty="heuristic"
        )
    amount = field_sum(table, "project_amount") if table.kind == "project" else None
    if amount is None or amount.amount in {lines.amount, total.amount if total else lines.amount}:
        return
    hint = "支出明细应当等于项目金额，请核对各行金额。"
    message = differ(total or lines, amount, unit)
    if total:
        yield Note(message, hint, "details_total", matter="amount")
    else:
        yield Note(message, hint, "amount", "spending_details", 0)


def _items(table: Table) -> Iterator[Note]:
    unit = money_unit(table)
    lines = _sum_of("各项目金额之和", (item.amount for item in table.items), unit)
    total = field_sum(table, "budget_total", "合计")
    if table.kind != "summary" or lines is None or total is None or lines.amount == total.amount:
        return
    hint = "请核对各项目金额；如果各行无误，把合计改为各行之和。"
    message = differ(total, lines, unit)
    edit = Fix(None, None, "budget_total", plain(lines.amount))
    yield Note(message, hint, "budget_total", edits=(edit,), certainty="heuristic")


# --- M7: the payment schedule ends at 100 % ----------------------------------------------------


def check_schedule(view: View) -> Iterator[Note]:
    """M7: the shares of 资金支出计划 add up to 100, or grow to 100 if they are cumulative."""
    table = view.table
    written = [share for share in table.payment_schedule if share.percent.strip()]
    shares = [p for p in (percent_of(share.percent) for share in written) if p is not None]
    if not shares or len(shares) < len(written):
        return
    total = sum(shares, Decimal())
    rising = all(before <= after for before, after in pairwise(shares))
    if total == 100 or (rising and shares[-1] == 100):
        return
    listed = "、".join(f"{share.by} {plain(p)}%" for share, p in zip(written, shares, strict=True))
    message = f"资金支出计划（{listed}）合计 {plain(total)}%，不是 100%，也没有逐期累计到 100%。"
    hint = "请核对各期比例，使各期合计为 100%。"
    yield Note(message, hint, "payment_schedule")


RULES = (
    Rule("M1", "资金合计不等", "适当性", "error", "sure", "arithmetic", check_funds),
    Rule("M3", "成本指标与项目金额不等", "适当性", "error", "sure", "arithmetic", check_costs),
    Rule("M6", "明细与合计不等", "适当性", "error", "sure", "arithmetic", check_details),
    Rule("M7", "资金支出计划不是 100%", "可行性", "error", "sure", "arithmetic", check_schedule),
)
