"""A summary over agencies as lists for Excel: a row for each table, totals for each agency."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jixiao.io.files.write.list_sheet import ListColumn, ListSheet
from jixiao.model.checks.money import money_unit
from jixiao.model.fields import label_of
from jixiao.model.numbers import amount_of, in_unit, plain
from jixiao.model.table import Kind, Table
from jixiao.model.vocabulary import level_key

UNIT = "万元"
"""The money unit of the summary."""

_KINDS: dict[Kind, str] = {
    "department": "部门整体",
    "project": "项目支出",
    "summary": "汇总表",
    "narrative": "文字材料",
    "budget": "预算表",
    "region": "区域绩效",
}
_NO_LEVEL = "未分级"


@dataclass(frozen=True, slots=True)
class SummaryEntry:
    """A table with what the book knows about it.

    Attributes:
        agency: The agency as the tree names it.
        table: What it says.
        form: The name of its form.
        state: Its state of work.
        errors: How many errors the check found.
        warnings: How many warnings.
    """

    agency: str
    table: Table
    form: str
    state: str
    errors: int
    warnings: int


def table_amount(table: Table) -> tuple[Decimal | None, str]:
    """The amount of a table in 万元, and in Chinese what must be known about it.

    A project's is its 项目金额, a department's its 资金总额, a summary's the sum of its items.
    """
    unit = money_unit(table)
    if table.kind == "summary":
        labelled = [(f"“{item.name}”的金额", item.amount) for item in table.items]
    else:
        keys = ("project_amount", "budget_total")
        keys = keys if table.kind != "department" else keys[::-1]
        key = next((key for key in keys if table.fields.get(key)), keys[0])
        labelled = [(label_of(key), table.fields.get(key, ""))]
    stated = [(label, text) for label, text in labelled if text.strip()]
    amounts = [amount_of(text, unit) for _, text in stated]
    remarks = [
        f"{label}“{text}”不是数字，没有计入"
        for (label, text), amount in zip(stated, amounts, strict=True)
        if amount is None
    ]
    read = [amount for amount in amounts if amount is not None]
    if read and not table.money_unit:
        remarks.append(f"金额单位未注明，按{UNIT}计")
    total = in_unit(sum(read, Decimal()), unit, UNIT) if read else None
    return total, "；".join(remarks)


def summary_sheets(entries: Sequence[SummaryEntry]) -> list[ListSheet]:
    """The two sheets of the summary, in the order of the entries.

    Amounts are in 万元; those of departments and of projects are added up apart, since the one
    contains the other.
    """
    return [_tables_sheet(entries), _totals_sheet(entries)]


def _tables_sheet(entries: Sequence[SummaryEntry]) -> ListSheet:
    levels = _levels(entries)
    columns = [
        ListColumn("序号", 30, number=True),
        ListColumn("单位", 110, "left"),
        ListColumn("年度", 36, number=True),
        ListColumn("类型", 54),
        ListColumn("名称", 146, "left"),
        ListColumn("表样", 120, "left"),
        ListColumn("金额", 62, "right", money=True),
        *(_count(label) for label in levels.values()),
        _count("指标合计"),
        ListColumn("错误", 32, number=True, alarm=True),
        _count("提醒"),
        ListColumn("状态", 36),
        ListColumn("备注", 90, "left"),
    ]
    rows: list[list[str]] = []
    for number, entry in enumerate(entries, start=1):
        table = entry.table
        amount, remark = table_amount(table)
        keys = [level_key(row.level1) for row in table.indicators]
        rows.append(
            [
                str(number),
                entry.agency or "单位未定",
                _year(table),
                _KINDS[table.kind],
                table.name,
                entry.form,
                _money(amount),
                *(str(keys.count(key)) for key in levels),
                str(len(keys)),
                str(entry.errors),
                str(entry.warnings),
                entry.state,
                remark,
            ]
        )
    return ListSheet("各表", columns, rows, f"绩效目标表一览（金额单位：{UNIT}）", fixed=2)


def _totals_sheet(entries: Sequence[SummaryEntry]) -> ListSheet:
    states = list(dict.fromkeys(entry.state for entry in entries))
    columns = [
        ListColumn("单位", 150, "left"),
        ListColumn("年度", 40, number=True),
        _count("部门表"),
        _count("项目表"),
        _count("其他表"),
        ListColumn("部门资金总额", 80, "right", money=True),
        ListColumn("项目金额合计", 80, "right", money=True),
        _count("指标"),
        ListColumn("错误", 36, number=True, alarm=True),
        _count("提醒"),
        *(_count(state) for state in states),
        ListColumn("备注", 130, "left"),
    ]
    groups: dict[tuple[str, int | None], list[SummaryEntry]] = {}
    for entry in entries:
        groups.setdefault((entry.agency, entry.table.year), []).append(entry)
    rows = [
        [agency or "单位未定", _year(group[0].table), *_totals(group, states)]
        for (agency, _), group in groups.items()
    ]
    last = ["合计", "", *_totals(entries, states)]
    title = f"绩效目标表按单位合计（金额单位：{UNIT}）"
    return ListSheet("合计", columns, rows, title, last, fixed=2)


def _count(label: str) -> ListColumn:
    return ListColumn(label, 36, number=True)


def _totals(group: Sequence[SummaryEntry], states: Iterable[str]) -> list[str]:
    kinds = [entry.table.kind for entry in group]
    found = [table_amount(entry.table) for entry in group]
    unread = sum("没有计入" in remark for _, remark in found)
    assumed = sum("未注明" in remark for _, remark in found)
    remarks = [f"{unread} 张表的金额没有计入"] if unread else []
    remarks += [f"{assumed} 张表未注明金额单位"] if assumed else []
    sums = [
        _sum(amount for kind, (amount, _) in zip(kinds, found, strict=True) if kind == wanted)
        for wanted in ("department", "project")
    ]
    return [
        str(kinds.count("department")),
        str(kinds.count("project")),
        str(sum(kind not in {"department", "project"} for kind in kinds)),
        *sums,
        str(sum(len(entry.table.indicators) for entry in group)),
        str(sum(entry.errors for entry in group)),
        str(sum(entry.warnings for entry in group)),
        *(str(sum(entry.state == state for entry in group)) for state in states),
        "；".join(remarks),
    ]


def _sum(amounts: Iterable[Decimal | None]) -> str:
    stated = [amount for amount in amounts if amount is not None]
    return _money(sum(stated, Decimal()) if stated else None)


def _money(amount: Decimal | None) -> str:
    """With two decimals, and more where an amount in 元 needs them."""
    if amount is None:
        return ""
    cents = amount.quantize(Decimal("0.01"))
    return str(cents) if cents == amount else plain(amount)


def _year(table: Table) -> str:
    return "未定" if table.year is None else str(table.year)


def _levels(entries: Iterable[SummaryEntry]) -> dict[str, str]:
    """The first levels of all tables, by what they are compared by, as they are spelled first."""
    found: dict[str, str] = {}
    for entry in entries:
        for row in entry.table.indicators:
            found.setdefault(level_key(row.level1), row.level1.strip() or _NO_LEVEL)
    return found
