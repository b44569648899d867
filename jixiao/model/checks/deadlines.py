"""Dates against dates (part of T1): the goal's and the payment plan's beside 时效指标."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jixiao.model.checks.findings import CellRef, Note
from jixiao.model.checks.numbers_in_text import goal_places
from jixiao.model.checks.view import Line, View, short
from jixiao.model.numbers import percent_of
from jixiao.model.numerals import Deadline, deadlines


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COMMON = _words("""
    完成 时间 工作 年底 项目 任务 全部 及时 按时 月底 之前 所有 各项 年度 进度 期限 开展 实施 组织
""")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_ISO = re.compile(r"(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})日?")
_BEFORE = re.compile(r"前|以内|之内")
_PAYMENT = re.compile(r"支付|拨付|付款|资金|支出|兑付")
_MONTH = re.compile(r"(1[0-2]|0?[1-9])月")
_MONTH_UNITS = frozenset({"月", "月份"})


def check_deadlines(view: View) -> Iterator[Note]:
    """T1 for dates: a 时效指标 that says another date than the goal or the payment plan."""
    dated: list[tuple[Line, Deadline]] = []
    for line in view.lines:
        if line.kind == "time" and line.number is None and line.row.value:
            found = _deadlines_of(line.row.value)
            if len(found) == 1:
                dated.append((line, found[0]))
    if dated:
        yield from _against_goals(view, dated)
    if view.table.payment_schedule:
        yield from _against_schedule(view, dated)


def _deadlines_of(value: str) -> list[Deadline]:
    """The deadlines of a cell, where a bare date (2026-12-31) is one too."""
    text = _ISO.sub(r"\1年\2月\3日", value).strip()
    return deadlines(text if _BEFORE.search(text) else f"{text}前")


def _subjects(text: str) -> set[str]:
    return {run[i : i + 2] for run in _HAN.findall(text) for i in range(len(run) - 1)} - _COMMON


def _against_goals(view: View, dated: list[tuple[Line, Deadline]]) -> Iterator[Note]:
    """6月底前 in the goal beside 12月31日前 in the only such 时效指标 about the same thing."""
    stated = [(place, d) for place in goal_places(view) for d in deadlines(place.text)]
    for line, deadline in dated:
        about = [pair for pair in stated if _subjects(pair[1].around) & _subjects(line.name)]
        if len(about) != 1:
            continue
        place, due = about[0]
        if (due.month, due.day) != (deadline.month, deadline.day):
            said = short(due.text + due.around)
            message = f"目标写“{said}”，时效指标{line.title}写“{short(line.row.value)}”。"
            hint = "请核对期限，使目标与指标一致。"
            yield line.note("value", message, hint, matter="goal", cells=(place.cell,))


def _against_schedule(view: View, dated: list[tuple[Line, Deadline]]) -> Iterator[Note]:
    """资金支出计划 12月底 100% beside a 支付 indicator of 10月底前; paid early is paid in time."""
    paid = _paid_by(view)
    if paid is None:
        return
    by, month = paid
    months = {id(line): deadline.month for line, deadline in dated}
    for line in view.lines:
        if line.kind != "time" or not _PAYMENT.search(line.name):
            continue
        stated = months.get(id(line))
        if stated is None and line.unit in _MONTH_UNITS and line.number is not None:
            stated = int(line.number)
        exact = line.row.comparator in {"=", "≥"}
        if stated is not None and (stated < month or (exact and stated != month)):
            message = f"资金支出计划到{by}才是 100%，时效指标{line.title}写“{line.target}”。"
            hint = "请核对支付时间，使指标与资金支出计划一致。"
            cells = (CellRef(None, None, "payment_schedule"),)
            yield line.note("value", message, hint, matter="schedule", cells=cells)


def _paid_by(view: View) -> tuple[str, int] | None:
    """By when the plan has everything paid, as written and as a month; None if it is not said."""
    total = Decimal()
    for share in view.table.payment_schedule:
        percent = percent_of(share.percent) if share.percent.strip() else None
        month = _MONTH.search(share.by)
        if percent is None or month is None:
            continue
        total += percent
        if 100 in (percent, total):
            return share.by, int(month[1])
    return None
