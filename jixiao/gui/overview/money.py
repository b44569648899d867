"""The card of the overview that shows money."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QRectF

from jixiao.app.overview.numbers import Amount, Overview
from jixiao.gui.overview.parts import MOST_BARS, Column, Piece, money_text, shades


def money_card(column: Column, overview: Overview) -> None:
    """Income and expenditure as stacked bars, projects as bars, and whether they add up."""
    money = overview.money
    column.begin("资金", "万元")
    years = [year for year in overview.years if year is not None]
    if len(years) > 1:
        column.note(f"{min(years)}—{max(years)} 年合计")
    if money.total.amount is None and money.projects_total.amount is None:
        column.note("表里还没有填写金额。")
    if money.income:
        column.stacked("收入构成", money_text(_sum(money.income)), _pieces(column, money.income))
    if money.spending:
        column.stacked(
            "支出构成", money_text(_sum(money.spending)), _pieces(column, money.spending)
        )
    stated = [one for one in money.projects if one.amount is not None]
    if stated:
        _line(column, "各项目", f"合计 {money_text(money.projects_total.amount)}")
        column.bars(_project_bars(stated, overview))
        if rest := stated[MOST_BARS:]:
            ids = tuple(i for one in rest for i in one.table_ids)
            text = f"其余 {len(rest)} 个项目共 {money_text(_sum(rest))} 万元"
            column.note(text, table_ids=ids)
        _compare_projects(column, overview)
    if money.unreadable:
        column.note(f"有 {len(money.unreadable)} 张表的金额不是数字，没有计入。")
    if money.doubled:
        column.note("同一单位同一年度有两张部门表，金额都已计入。", column.sheet.theme.warning)
    column.end()


def _line(column: Column, left: str, right: str) -> None:
    sheet, em, t = column.sheet, column.sheet.em, column.sheet.theme
    rect = QRectF(column.x, column.y, column.inner, em * 1.5)
    sheet.words(rect, left, t.muted)
    sheet.words(rect, right, t.text, bold=True, side="right")
    column.y += round(em * 1.7)


def _sum(amounts: Sequence[Amount]) -> Decimal:
    return sum((one.amount for one in amounts if one.amount is not None), Decimal())


def _pieces(column: Column, amounts: Sequence[Amount]) -> list[Piece]:
    colors = shades(dark=column.sheet.theme.dark)
    stated = [one for one in amounts if one.amount]
    return [
        Piece(
            one.label,
            max(0.0, float(one.amount or 0)),
            money_text(one.amount),
            one.table_ids,
            colors[number % len(colors)],
        )
        for number, one in enumerate(stated)
    ]


def _project_bars(stated: Sequence[Amount], overview: Overview) -> list[Piece]:
    several = len(overview.groups) > 1
    agencies = {one.table_id: one.agency for one in overview.fullness} if several else {}
    return [
        Piece(
            one.label,
            max(0.0, float(one.amount or 0)),
            money_text(one.amount),
            one.table_ids,
            tip=f"{one.label}{_of(agencies.get(one.table_ids[0]))}：{money_text(one.amount)} 万元",
        )
        for one in stated[:MOST_BARS]
    ]


def _of(agency: str | None) -> str:
    return f"（{agency}）" if agency else ""


def _compare_projects(column: Column, overview: Overview) -> None:
    """Whether the projects add up to 项目支出 of the department."""
    money, t = overview.money, column.sheet.theme
    spending = next((one for one in money.spending if one.key == "project_expenditure"), None)
    total = money.projects_total.amount
    if spending is None or spending.amount is None or total is None:
        return
    if spending.amount == total:
        column.note(f"各项目合计 = 项目支出 {money_text(total)} ✓", t.ok)
    else:
        gap = money_text(abs(spending.amount - total))
        column.note(
            f"各项目合计 {money_text(total)}，项目支出 {money_text(spending.amount)}，相差 {gap}",
            t.warning,
        )
