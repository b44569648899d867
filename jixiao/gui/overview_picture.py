"""The overview as a picture: which cards there are and what they show."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont

from jixiao.app.checking import SEVERITIES
from jixiao.app.overview_numbers import Fullness, Group, Overview
from jixiao.gui.overview_money import money_card
from jixiao.gui.overview_parts import MOST_BARS, Column, Piece, money_text, shades
from jixiao.gui.overview_sheet import Sheet
from jixiao.gui.theme import Theme

_TWO_COLUMNS = 52  # ems of width from which cards stand in two columns


def picture_of(
    overview: Overview, title: str, *, width: float, theme: Theme, font: QFont, em: float
) -> Sheet:
    """Draw an overview.

    Args:
        overview: The numbers.
        title: What they are about (渌口区人大 2026 年度).
        width: The width of the picture in pixels.
        theme: The colours.
        font: The family of the letters.
        em: Their size in pixels.
    """
    sheet = Sheet(theme, font, em)
    edge = round(em)
    head = Column(sheet, edge, width - 2 * edge, edge)
    _head(head, overview, title)
    wide = width - 2 * edge
    if width >= em * _TWO_COLUMNS:
        half = (wide - em) / 2
        columns = [
            Column(sheet, edge, half, head.y),
            Column(sheet, edge + half + em, half, head.y),
        ]
    else:
        columns = [Column(sheet, edge, wide, head.y)]
    for card in (money_card, _fullness, _findings, _indicators):
        card(min(columns, key=lambda column: column.y), overview)
    bottom = max(column.y for column in columns)
    if len(overview.groups) > 1:
        foot = Column(sheet, edge, wide, bottom)
        _groups(foot, overview.groups)
        bottom = foot.y
    sheet.height = bottom
    return sheet


def _head(column: Column, overview: Overview, title: str) -> None:
    sheet, em, t = column.sheet, column.sheet.em, column.sheet.theme
    size = 1.35 if sheet.width_of(title, 1.35, bold=True) <= column.width else 1.1
    fits = sheet.width_of(title, size, bold=True) <= column.width
    for line in [title] if fits else title.split(" ", 1):
        rect = QRectF(column.left, column.y, column.width, em * 1.8)
        sheet.words(rect, line, t.text, size=size, bold=True)
        column.y += round(em * 1.8)
    column.y += round(em * 0.5)
    errors = warnings = None
    if overview.findings is not None:
        by_key = {count.key: count for count in overview.findings.by_severity}
        errors, warnings = by_key["error"], by_key["warning"]
    total = overview.money.total
    projects = overview.money.projects_total
    shown = total if total.amount is not None else projects
    column.tiles(
        [
            Piece("张表", 0, str(overview.tables.count), overview.tables.table_ids),
            Piece("条绩效指标", 0, str(overview.indicators.total.count)),
            Piece(
                "万元资金" if shown is total else "万元项目",
                0,
                money_text(shown.amount),
                shown.table_ids,
            ),
            Piece("平均填报", 0, f"{overview.mean_fullness:.0%}"),
            Piece(
                "处错误",
                0,
                "…" if errors is None else str(errors.count),
                () if errors is None else errors.table_ids,
                t.error if errors is not None and errors.count else t.ok,
            ),
            Piece(
                "处提醒",
                0,
                "…" if warnings is None else str(warnings.count),
                () if warnings is None else warnings.table_ids,
                t.warning if warnings is not None and warnings.count else t.ok,
            ),
        ]
    )


# How full


def _fullness(column: Column, overview: Overview) -> None:
    t = column.sheet.theme
    column.begin("填报完整度", f"平均 {overview.mean_fullness:.0%}")
    shown: Sequence[Fullness] = overview.fullness
    rest: Sequence[Fullness] = ()
    if len(shown) > MOST_BARS:
        ordered = sorted(shown, key=lambda one: one.share)
        shown, rest = ordered[:MOST_BARS], ordered[MOST_BARS:]
        column.note("最不完整的排在前面")
    soft = shades(dark=t.dark)[2]  # what is done is quiet
    bars = [
        Piece(
            one.name or "未命名的表",
            one.share,
            f"{one.share:.0%}",
            (one.table_id,),
            soft if one.share >= 1 else t.accent,
            _missing(one),
            1.0,
        )
        for one in shown
    ]
    column.bars(bars)
    if rest:
        done = "都已填完" if rest[0].share >= 1 else f"都在 {rest[0].share:.0%} 以上"
        column.note(f"其余 {len(rest)} 张表{done}")
    if not bars:
        column.note("这里还没有表。")
    column.end()


def _missing(one: Fullness) -> str:
    head = f"{one.name or '未命名的表'}：{one.share:.0%}"
    if not one.missing:
        return f"{head}，已填完"
    more = "…" if len(one.missing) > 8 else ""
    return f"{head}\n还缺：{'、'.join(one.missing[:8])}{more}"


# Findings


def _findings(column: Column, overview: Overview) -> None:
    found, t = overview.findings, column.sheet.theme
    if found is None:
        column.begin("检查发现")
        column.note("正在检查…")
        column.end()
        return
    colors = {"error": t.error, "warning": t.warning, "hint": t.faint}
    total = sum(count.count for count in found.by_severity)
    column.begin("检查发现", f"{total} 处")
    if total:
        pieces = [
            Piece(SEVERITIES[one.key], one.count, str(one.count), one.table_ids, colors[one.key])
            for one in found.by_severity
        ]
        clean = f"没有问题的表 {found.clean.count} 张"
        column.stacked("按轻重", clean, pieces)
        rules = found.by_rule[:MOST_BARS]
        column.bars(
            [
                Piece(
                    rule.title,
                    rule.count,
                    str(rule.count),
                    rule.table_ids,
                    colors[rule.severity],
                    f"{rule.title}（{rule.dimension}，{rule.rule}）：{rule.count} 处，"
                    f"{len(rule.table_ids)} 张表",
                )
                for rule in rules
            ]
        )
        if len(found.by_rule) > len(rules):
            column.note(f"另有 {len(found.by_rule) - len(rules)} 类问题")
    else:
        column.note("没有发现问题。", t.ok)
    column.end()


# Indicators


def _indicators(column: Column, overview: Overview) -> None:
    numbers, dark = overview.indicators, column.sheet.theme.dark
    column.begin("指标分布", f"{numbers.total.count} 条")
    colors = shades(dark=dark)
    kinds = [one for one in (numbers.quantitative, numbers.qualitative, numbers.open) if one.count]
    if kinds:
        share = numbers.quantitative_share
        column.stacked(
            "指标值",
            "" if share is None else f"定量 {share:.0%}",
            [
                Piece(one.label, one.count, str(one.count), one.table_ids, color)
                for one, color in zip(kinds, (colors[0], colors[2], colors[6]), strict=False)
            ],
        )
    firsts = {one.key: number for number, one in enumerate(numbers.by_level1)}
    four = (colors[0], colors[3], colors[1], colors[5])
    if firsts:
        pieces = [
            Piece(one.label, one.count, str(one.count), one.table_ids, four[number % 4])
            for number, one in enumerate(numbers.by_level1)
        ]
        column.stacked("一级指标", "", pieces)
    column.bars(
        [
            Piece(
                one.level2 or one.level1 or "未定",
                one.count,
                str(one.count),
                one.table_ids,
                four[firsts.get(one.level1, 0) % 4],
                f"{one.level1 or '未定'} / {one.level2 or '未定'}：{one.count} 条，"
                f"{len(one.table_ids)} 张表",
            )
            for one in numbers.by_level2[: MOST_BARS + 4]
        ]
    )
    if not numbers.total.count:
        column.note("还没有绩效指标。")
    column.end()


# Agencies


def _groups(column: Column, groups: Sequence[Group]) -> None:
    """A line for each agency and year: fullness as a bar, money and findings as numbers."""
    column.begin("各单位", f"{len(groups)} 个单位年度")
    column.bars(
        [
            Piece(
                f"{group.agency or '单位未定'} {group.year or '年度未定'}",
                group.fullness,
                _group_text(group),
                group.table_ids,
                full=1.0,
                tip=f"{group.agency or '单位未定'} {group.year or '年度未定'}\n"
                f"{len(group.table_ids)} 张表，填报 {group.fullness:.0%}，"
                f"错误 {group.errors}，提醒 {group.warnings}",
            )
            for group in groups[:60]
        ]
    )
    if len(groups) > 60:
        column.note(f"另有 {len(groups) - 60} 个单位年度没有画出")
    column.end()


def _group_text(group: Group) -> str:
    total = group.total if group.total is not None else group.projects_total
    parts = [f"{len(group.table_ids)} 表", f"{group.fullness:.0%}"]
    parts += [f"{money_text(total)} 万元"] if total is not None else []
    if group.errors or group.warnings:
        parts.append(f"错误 {group.errors} 提醒 {group.warnings}")
    return " · ".join(parts)
