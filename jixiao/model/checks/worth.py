"""What the money buys (A1): a ratio for a person to judge, where one thing takes it all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jixiao.model.checks.findings import Note
from jixiao.model.checks.money import field_sum, money_unit
from jixiao.model.checks.rule import Rule
from jixiao.model.checks.view import View
from jixiao.model.numbers import plain

_MANY = frozenset({"次", "家", "人", "名", "户", "人次", "期", "场", "批", "批次", "场次"})
"""Units of which a project usually does several; one building or one system may be all."""

_EVERY = re.compile(
    r"每个?(?:季度?|半年|两个月|月|周|日|天)|(?:按|分)(?:季度?|月|周)|(?:季度|月度)$"
)
"""What makes of one in the value several in the year; how many it then is V13's matter."""

_ONE = re.compile(r"大会|全会|论坛|展会|博览会|普查|换届|规划|审计|评估|方案|测评|订阅|系统|平台")


def check_worth(view: View) -> Iterator[Note]:
    """A1: the only quantity is one, so that a single 次 or 家 takes the whole amount."""
    if view.table.kind != "project":
        return
    amount = field_sum(view.table, "project_amount")
    counted = [line for line in view.lines if line.kind == "quantity" and line.name]
    if amount is None or len(counted) != 1:
        return
    line = counted[0]
    unit = money_unit(view.table)
    if line.number != 1 or line.unit not in _MANY or _ONE.search(line.name):
        return
    if any(_EVERY.search(text) for text in (line.name, line.row.explanation, line.row.written)):
        return
    if unit != "万元" or amount.amount < view.settings.single_output:
        return
    message = (
        f"项目金额 {amount.text} {unit}，数量指标只有{line.title}{line.target}，"
        f"合每{line.unit} {plain(amount.amount)} {unit}。"
    )
    yield line.note("value", message, "请核对目标是不是定得过低，或补充其他数量指标。")


RULES = (Rule("A1", "目标与金额不相称", "适当性", "hint", "heuristic", "published", check_worth),)
