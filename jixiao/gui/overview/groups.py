"""The card of the overview that shows agencies, or the years of one, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QRectF

from jixiao.app.overview.numbers import Group, Overview
from jixiao.gui.overview.parts import Column, money_text, shades
from jixiao.gui.overview.sheet import Sheet, Side

_UNKNOWN = "单位未定"
_MOST = 300
_NARROW = 44  # ems of width below which money has no room of its own


def groups_card(column: Column, overview: Overview) -> None:
    """A line for each agency and year: tables, fullness, money, errors and warnings."""
    groups = overview.groups
    column.begin("各单位", f"{len(groups)} 个单位年度")
    lines = _Lines(column, groups, years=len({group.year for group in groups}) > 1)
    lines.head()
    for group in groups[:_MOST]:
        lines.line(group, checked=overview.findings is not None)
    if len(groups) > _MOST:
        column.note(f"另有 {len(groups) - _MOST} 个单位年度没有画出")
    column.end()


class _Lines:
    """Draws lines of the same columns."""

    def __init__(self, column: Column, groups: Sequence[Group], *, years: bool) -> None:
        self._column = column
        self._sheet: Sheet = column.sheet
        self._years = years
        self._most = max((float(_money(group) or 0) for group in groups), default=0.0) or 1.0
        em, inner = self._sheet.em, column.inner
        self._wide = inner >= em * _NARROW
        self._step = round(em * 1.85)
        agencies = [group.agency or _UNKNOWN for group in groups]
        self._common = 0 if self._wide else _common_beginning(agencies)
        number, share = (em * 3.2, em * 3.2) if self._wide else (em * 2.6, em * 3.0)
        self._right = inner - 2 * number  # where errors and warnings begin
        self._number = number
        names = max(self._sheet.width_of(self._name(group)) for group in groups) + em
        if self._wide:
            self._tables = em * 3.0
            self._name_wide = min(names, inner * 0.4)
            rest = self._right - self._name_wide - self._tables - 2 * share - em * 4
            self._bar = max(em * 3, rest / 2)
        else:
            self._tables = self._bar = 0.0
            self._name_wide = self._right - share
        self._share = share

    def _name(self, group: Group) -> str:
        agency = (group.agency or _UNKNOWN)[self._common :]
        return f"{agency} {group.year or '年度未定'}" if self._years else agency

    def head(self) -> None:
        """The names of the columns."""
        t = self._sheet.theme
        if self._wide:
            self._words(self._name_wide, self._tables, "表", t.muted)
        side: Side = "left" if self._wide else "right"
        self._words(self._full_at, self._bar + self._share, "填报", t.muted, side=side)
        if self._wide:
            self._words(self._money_at, self._money_wide, "资金 万元", t.muted, side="left")
        self._words(self._right, self._number, "错误", t.muted)
        self._words(self._right + self._number, self._number, "提醒", t.muted)
        self._column.y += self._step

    def line(self, group: Group, *, checked: bool) -> None:
        """One agency and year."""
        column, sheet = self._column, self._sheet
        t, y = sheet.theme, column.y
        name = self._name(group)
        gap = sheet.em * 0.6
        self._words(0, self._name_wide - gap, name, t.text, side="left")
        if self._wide:
            self._words(self._name_wide, self._tables, str(len(group.table_ids)), t.text)
        soft = shades(dark=t.dark)[2]
        color = soft if group.fullness >= 1 else t.accent
        if self._bar:
            self._draw_bar(self._full_at, group.fullness, color, y, ground=True)
        share_at = self._full_at + self._bar
        self._words(share_at, self._share, f"{group.fullness:.0%}", t.text)
        if self._wide:
            self._draw_money(group, y)
        for at, number, color in (
            (self._right, group.errors, t.error),
            (self._right + self._number, group.warnings, t.warning),
        ):
            text = str(number) if checked else "…"
            self._words(at, self._number, text, color if checked and number else t.faint)
        sheet.zone(QRectF(column.x, y, column.inner, self._step), _tip(group), group.table_ids)
        column.y += self._step

    @property
    def _full_at(self) -> float:
        return self._name_wide + self._tables + (self._sheet.em * 1.2 if self._wide else 0)

    @property
    def _money_at(self) -> float:
        return self._full_at + self._bar + self._share + self._sheet.em * 1.4

    @property
    def _money_wide(self) -> float:
        return self._right - self._money_at

    def _draw_money(self, group: Group, y: float) -> None:
        amount = _money(group)
        sheet = self._sheet
        text = money_text(amount)
        room = max(0.0, self._money_wide - sheet.em * 5.6)
        size = max(0.0, float(amount or 0)) / self._most
        color = shades(dark=sheet.theme.dark)[3]
        self._draw_bar(self._money_at, size, color, y, wide=room)
        self._words(self._money_at + room, self._money_wide - room, text, sheet.theme.text)

    def _draw_bar(
        self,
        at: float,
        size: float,
        color: str,
        y: float,
        *,
        wide: float | None = None,
        ground: bool = False,
    ) -> None:
        sheet = self._sheet
        room = self._bar if wide is None else wide
        thick = round(sheet.em * 0.7)
        rect = QRectF(self._column.x + at, round(y + (self._step - thick) / 2), room, thick)
        if ground:
            sheet.box(rect, sheet.theme.hover, 2)
        if size > 0:
            sheet.box(QRectF(rect.left(), rect.top(), max(2.0, room * size), thick), color, 2)

    def _words(
        self, at: float, wide: float, text: str, color: str, *, side: Side = "right"
    ) -> None:
        rect = QRectF(self._column.x + at, self._column.y, wide, self._step)
        self._sheet.words(rect, text, color, side=side)


def _common_beginning(names: Sequence[str]) -> int:
    """How many letters agencies of one place begin with alike; 0 where that says little."""
    first, last = min(names), max(names)
    common = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), 0)
    return common if len(set(names)) > 2 else 0


def _money(group: Group) -> Decimal | None:
    return group.total if group.total is not None else group.projects_total


def _tip(group: Group) -> str:
    amount = _money(group)
    return (
        f"{group.agency or _UNKNOWN} {group.year or '年度未定'}\n"
        f"{len(group.table_ids)} 张表，填报 {group.fullness:.0%}，"
        f"资金 {money_text(amount)} 万元，错误 {group.errors}，提醒 {group.warnings}"
    )
