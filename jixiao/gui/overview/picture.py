"""The overview as a picture: which cards there are and what they show."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont

from jixiao.app.overview.numbers import Fullness, LevelCount, Overview, RuleCount
from jixiao.gui.findings.style import mark_color
from jixiao.gui.overview.groups import groups_card
from jixiao.gui.overview.money import money_card
from jixiao.gui.overview.parts import MOST_BARS, Column, Piece, money_text, shades
from jixiao.gui.overview.sheet import Sheet
from jixiao.gui.theme import Theme
from jixiao.model.checks import SEVERITIES
from jixiao.model.schema import CHECKED, DRAFT, REPORTED, RETURNED
from jixiao.model.table import shown_name

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
    _title(head, title)
    if not overview.tables.count:
        head.begin("还没有表")
        head.note("新建一张表，或把去年的草稿拖进窗口。")
        head.end()
        sheet.height = head.y
        return sheet
    _tiles(head, overview)
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
        groups_card(foot, overview)
        bottom = foot.y
    sheet.height = bottom
    return sheet


def _title(column: Column, title: str) -> None:
    sheet, em, t = column.sheet, column.sheet.em, column.sheet.theme
    size = 1.35 if sheet.width_of(title, 1.35, bold=True) <= column.width else 1.1
    fits = sheet.width_of(title, size, bold=True) <= column.width
    for line in [title] if fits else title.split(" ", 1):
        rect = QRectF(column.left, column.y, column.width, em * 1.8)
        sheet.words(rect, line, t.text, size=size, bold=True)
        column.y += round(em * 1.8)
    column.y += round(em * 0.5)


def _tiles(column: Column, overview: Overview) -> None:
    t = column.sheet.theme
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
                _large_money(shown.amount),
                shown.table_ids,
                tip=f"{shown.label}：{money_text(shown.amount)} 万元",
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


def _large_money(amount: Decimal | None) -> str:
    """A sum as a large number; one of many digits without decimals."""
    if amount is not None and amount >= 10_000:
        return money_text(amount.quantize(Decimal(1)))
    return money_text(amount)


# How full


def _fullness(column: Column, overview: Overview) -> None:
    t = column.sheet.theme
    column.begin("填报完整度", f"平均 {overview.mean_fullness:.0%}")
    if overview.tables.count > 1:
        column.stacked("状态", "", _states(column, overview))
    shown: Sequence[Fullness] = overview.fullness
    rest: Sequence[Fullness] = ()
    if len(shown) > MOST_BARS:
        ordered = sorted(shown, key=lambda one: one.share)
        shown, rest = ordered[:MOST_BARS], ordered[MOST_BARS:]
        column.note("最不完整的排在前面")
    soft = shades(dark=t.dark)[2]  # what is done is quiet
    bars = [
        Piece(
            shown_name(one.name),
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


def _states(column: Column, overview: Overview) -> list[Piece]:
    t = column.sheet.theme
    colors = {DRAFT: t.faint, CHECKED: t.accent, REPORTED: t.ok, RETURNED: t.error}
    return [
        Piece(one.label, one.count, str(one.count), one.table_ids, colors[one.key])
        for one in overview.states
        if one.count
    ]


def _missing(one: Fullness) -> str:
    head = f"{shown_name(one.name)}：{one.share:.0%}"
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
    colors = {severity: mark_color(severity, t) for severity in SEVERITIES}
    total = sum(count.count for count in found.by_severity)
    column.begin("检查发现", f"{total} 处")
    if total:
        pieces = [
            Piece(one.label, one.count, str(one.count), one.table_ids, colors[severity])
            for severity, one in zip(SEVERITIES, found.by_severity, strict=True)
        ]
        clean = f"没有问题的表 {found.clean.count} 张"
        column.stacked("按轻重", clean, pieces)
        rules = _shown_rules(found.by_rule)
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
        rest = [rule for rule in found.by_rule if rule not in rules]
        if rest:
            tip = "\n".join(f"{rule.title}：{rule.count} 处" for rule in rest)
            column.note(f"另有 {len(rest)} 类问题，{sum(rule.count for rule in rest)} 处", tip=tip)
    else:
        column.note("没有发现问题。", t.ok)
    column.end()


def _shown_rules(rules: Sequence[RuleCount]) -> list[RuleCount]:
    """The rules that have a bar: some of the errors, and whatever is found most often."""
    errors = [rule for rule in rules if rule.severity == "error"][: MOST_BARS // 2]
    often = sorted((rule for rule in rules if rule not in errors), key=lambda rule: -rule.count)
    chosen = [*errors, *often[: MOST_BARS - len(errors)]]
    return [rule for rule in rules if rule in chosen]


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
                _level_name(one, numbers.by_level2),
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


def _level_name(one: LevelCount, every: Sequence[LevelCount]) -> str:
    """The second level, with the first where another one has a second level of this name."""
    name = one.level2 or one.level1 or "未定"
    if one.level2 and sum(other.level2 == one.level2 for other in every) > 1:
        return f"{name}（{one.level1.removesuffix('指标') or '未定'}）"
    return name
