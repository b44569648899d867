"""The money rules M4 and M5: the department's costs, prices times numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jixiao.model.checks.findings import CellRef, Note
from jixiao.model.checks.money import field_sum, is_total_cost, money_unit
from jixiao.model.checks.rule import Rule
from jixiao.model.checks.view import Line, View
from jixiao.model.numbers import amount_of, in_unit, plain

_TOTALS = (
    ("basic_expenditure", re.compile("基本支出")),
    ("project_expenditure", re.compile("项目支出")),
    ("budget_total", re.compile(r"预算数?|总额|总成本|成本控制|部门支出|支出总|整体支出|预算内")),
)
_NO_TOTAL = re.compile(r"三公|会议|培训|接待|公车|公用|办公|人均|差旅|运行")


def check_department_costs(view: View) -> Iterator[Note]:
    """M4: a department's cost row says another amount than 基本支出, 项目支出 or 资金总额."""
    if view.table.kind != "department":
        return
    unit = money_unit(view.table)
    sums = {key: field_sum(view.table, key) for key, _ in _TOTALS}
    known = {total.amount for total in sums.values() if total}
    for line in view.lines:
        if not is_total_cost(line.row) or line.number is None or _NO_TOTAL.search(line.name):
            continue
        amount = in_unit(line.number, line.row.unit, unit)
        key = next((key for key, pattern in _TOTALS if pattern.search(line.name)), "")
        total = sums.get(key)
        if not key or total is None or amount == total.amount:
            continue
        if key == "budget_total" and amount in known:
            continue
        said = f"{line.row.value}{line.row.unit}"
        message = f"成本指标{line.title}是 {said}，{total.label}是 {total.text} {unit}。"
        cells = (CellRef(None, None, key),)
        yield line.note("value", message, "请按预算表核对金额。", cells=cells)


# --- M5: n people × p yuan --------------------

_AMOUNT = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{0,8}?)(?:共|共计|合计|为|是|约)?(?<!\d)(?P<number>\d{1,12}(?:\.\d{1,6})?)(?P<unit>万元|亿元|千元|元)(?![/／每])"
)
_PRICE = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{0,10}?)(?:为|是|按)?(?<!\d)(?P<number>\d{1,12}(?:\.\d{1,6})?)(?P<unit>万元|元)(?P<per>(?:[/／每][人天次月年日台套户辆册](?:次|均)?)+)"
)
_EACH = re.compile(
    r"每(?P<of>[人户台次家村辆套亩件场期盏株座])(?:每?年)?的?(?P<noun>[\u4e00-\u9fff]{0,6}?)(?:为|是|按)?(?<!\d)(?P<number>\d{1,12}(?:\.\d{1,6})?)(?P<unit>万元|元)"
)
_HEADS = re.compile(
    r"(?<!\d)(?P<number>\d{1,12})(?P<unit>人次|人|名|户|台|家|个村|辆|套|亩|件|场次|场|期|盏|株|座|次)(?![/／均])"
)
_COUNTED = {"人": {"人", "名", "人次"}, "村": {"个村"}, "场": {"场", "场次"}}
"""What 每人, 每村 counts, where it is not called the same."""
_TIMES = re.compile(
    r"(?<!\d)(?P<number>\d{1,12})(?P<unit>人次|人|名|户|台|套|次|天|册|亩|公里|平方米|个|场|期|辆)"
    r"\s*[×xX*＊]\s*(?P<price>\d{1,12}(?:\.\d{1,6})?)(?P<money>万元|元)(?:[/／每][\u4e00-\u9fff/／]{1,5})?"
    r"\s*[=＝]\s*(?P<total>\d{1,12}(?:\.\d{1,6})?)(?P<sum>万元|元)"
)
_TAIL = re.compile(r"(?:标准|费用|经费|支出|资金|成本|一类会议)+$")


def _yuan(number: str, unit: str) -> Decimal:
    return in_unit(Decimal(number), unit, "元")


def check_products(view: View) -> Iterator[Note]:
    """M5: number × price is not the amount, in the reckoning of a detail or between indicators."""
    for index, row in enumerate(view.table.spending_details):
        note = _in_text(row.content, row.detail, row.basis) or _bare_products(
            row.basis, row.amount, money_unit(view.table)
        )
        if note:
            message, column = note
            hint = "请核对人数、天数、标准和金额，写明算式。"
            yield Note(message, hint, column, "spending_details", index)
    yield from _in_goals(view)
    yield from _between_indicators(view)


def _in_goals(view: View) -> Iterator[Note]:
    """450名学生，每人600元 in the goal: the product against the sum told there, or the amount."""
    for key in ("annual_goal", "funds_purpose"):
        text = view.table.fields.get(key, "")
        found = _heads_times_each(text, key) if _EACH.search(text) else None
        if found:
            yield Note(found[0], "请核对数量、标准和金额。", key)


def _in_text(content: str, detail: str, basis: str) -> tuple[str, str] | None:
    """What is wrong with the reckoning of one line of details, and in which column."""
    for column, text in (("basis", basis), ("detail", detail), ("content", content)):
        for match in _TIMES.finditer(text):
            product = Decimal(match["number"]) * _yuan(match["price"], match["money"])
            total = _yuan(match["total"], match["sum"])
            if product != total:
                shown = plain(in_unit(product, "元", match["sum"]))
                return (
                    f"“{match[0]}”算得 {shown}{match['sum']}，不是写的得数。",
                    column,
                )
    found = _heads_times_each(content, "content") or _heads_times_each(basis, "basis")
    return found or _days_from_prices(f"{content}，{detail}", basis)


_FACTORS = r"\d{1,9}(?:\.\d{1,6})?(?:[\u4e00-\u9fff㎡]{1,4})?(?:[/／][\u4e00-\u9fff]{1,3})*"
_PRODUCT = re.compile(rf"{_FACTORS}(?:[×xX*＊]{_FACTORS}){{1,3}}")
_SUM_OF_PRODUCTS = re.compile(rf"{_PRODUCT.pattern}(?:[+＋；;，,、]{_PRODUCT.pattern})*")
_FACTOR = re.compile(r"(?P<number>\d{1,9}(?:\.\d{1,6})?)(?P<money>万元|元)?")


def _bare_products(basis: str, amount: str, unit: str) -> tuple[str, str] | None:
    """1200吨×300元/吨 and nothing else in the basis: it must come to the line's amount."""
    text = re.sub(r"\s", "", basis).rstrip("。")
    stated = amount_of(amount, unit)
    if stated is None or not _SUM_OF_PRODUCTS.fullmatch(text):
        return None
    total = Decimal()
    for product in _PRODUCT.findall(text):
        factors = [_FACTOR.match(part) for part in re.split(r"[×xX*＊]", product)]
        money = [factor["money"] for factor in factors if factor and factor["money"]]
        if len(money) != 1:
            return None
        result = Decimal(1)
        for factor in factors:
            result *= Decimal(factor["number"]) if factor else 1
        total += in_unit(result, money[0], unit)
    if total == stated:
        return None
    message = (
        f"测算依据“{text}”算得 {plain(total)} {unit}，这一行的金额写 {amount.strip()} {unit}。"
    )
    return message, "basis"


def _heads_times_each(text: str, column: str) -> tuple[str, str] | None:
    """187人，每人每年3000元，…56.10万元: one number, one price and one sum."""
    each = _EACH.findall(text)
    price = _EACH.search(text)
    if price is None:
        return None
    counted = _COUNTED.get(price["of"], {price["of"]})
    heads = [found for found in _HEADS.findall(text) if found[1] in counted]
    sums = {_yuan(m["number"], m["unit"]) for m in _AMOUNT.finditer(_EACH.sub("", text))}
    if len(each) != 1 or len(heads) != 1 or len(sums) != 1:
        return None
    product = Decimal(heads[0][0]) * _yuan(price["number"], price["unit"])
    total = sums.pop()
    if product == total:
        return None
    reckoned = plain(in_unit(product, "元", "万元"))
    said = plain(in_unit(total, "元", "万元"))
    return (
        f"{heads[0][0]}{heads[0][1]}，{price[0]}，应为 {reckoned} 万元，写的是 {said} 万元。",
        column,
    )


def _days_from_prices(amounts_text: str, basis: str) -> tuple[str, str] | None:
    """餐费10万元 at 140元/人/天: both parts must come to the same whole number of people-days."""
    prices = list(_PRICE.finditer(basis))
    if not prices:
        return None
    stated: list[tuple[str, str, Decimal]] = []
    for match in _AMOUNT.finditer(amounts_text):
        amount = _yuan(match["number"], match["unit"])
        noun = _TAIL.sub("", match["noun"])
        for price in prices:
            about = _TAIL.sub("", price["noun"])
            if noun and about and (about.endswith(noun) or _same_noun(noun, about)):
                cost = _yuan(price["number"], price["unit"])
                if cost:
                    stated.append(
                        (
                            f"{match['noun']}{match['number']}{match['unit']}按{price['number']}{price['unit']}{price['per']}",
                            "人天",
                            amount / cost,
                        )
                    )
                break
    odd = [(text, days) for text, _, days in stated if days % 1]
    if len(stated) == 1 and not odd:
        return None
    if odd or len({days for _, _, days in stated}) > 1:
        said = "，".join(
            f"{text}计为 {plain(days.quantize(Decimal('0.01')))}" for text, _, days in stated
        )
        why = "不是整数" if odd else "彼此不同"
        return f"{said}，{why}。", "basis"
    return None


def _same_noun(noun: str, about: str) -> bool:
    return noun in about or (noun.startswith("其他") and about.startswith("其他"))


def _between_indicators(view: View) -> Iterator[Note]:
    """One row of heads, one row of 元/人 and the amount (补助人数 × 人均标准 = 总额)."""
    table = view.table
    amount = field_sum(table, "project_amount")
    if table.kind != "project" or amount is None:
        return
    prices = [line for line in view.lines if _per_head(line) and line.row.comparator in {"=", ""}]
    heads = [
        line
        for line in view.lines
        if line.unit in {"人", "名"}
        and line.number
        and (line.kind == "cost" or re.search(r"补助|补贴|救助|发放|慰问|资助|代表人数", line.name))
        and line.row.comparator in {"=", ""}
    ]
    if len(prices) != 1 or len(heads) != 1:
        return
    price, head = prices[0], heads[0]
    assert price.number is not None
    assert head.number is not None
    unit = money_unit(table)
    product = in_unit(
        price.number * head.number, "万元" if price.unit.startswith("万") else "元", unit
    )
    if product == amount.amount:
        return
    message = (
        f"{head.title} {head.row.value}{head.row.unit} × "
        f"{price.title} {price.row.value}{price.row.unit}"
        f" 得 {plain(product)} {unit}，项目金额是 {amount.text} {unit}。"
    )
    cells = (head.cell("value"), CellRef(None, None, "project_amount"))
    hint = "请核对人数、标准和项目金额。"
    yield price.note("value", message, hint, cells=cells)


def _per_head(line: Line) -> bool:
    return line.unit in {"元/人", "万元/人"} and line.number is not None


RULES = (
    Rule(
        "M4",
        "成本指标与部门预算不等",
        "适当性",
        "warning",
        "sure",
        "arithmetic",
        check_department_costs,
    ),
    Rule(
        "M5", "数量乘标准不等于金额", "适当性", "warning", "heuristic", "arithmetic", check_products
    ),
)
