"""Structure (S1, S3 to S6): header fields, required classes, empty rows, vintage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from jixiao.model.checks.findings import Note, Severity
from jixiao.model.checks.kinds import CLASS_NAMES, class_of, level1_of, level2_of
from jixiao.model.checks.rule import Rule
from jixiao.model.checks.view import GRID_KINDS, View, short
from jixiao.model.fields import META_KEYS, label_of
from jixiao.model.vocabulary import LEVELS

_VINTAGE_NAMES = {
    "2015": "成本指标列在产出指标之下",
    "2021": "成本指标单列为一级指标",
}


_STANDS_FOR = {"annual_goal": "total_goal", "project_amount": "budget_total"}
"""What a form from elsewhere calls a field: 总体目标 for the goal, 资金总额 for the amount."""


def _has_grid(view: View) -> bool:
    """Whether the table has an indicator grid with levels (a narrative has none)."""
    return (
        view.table.kind in GRID_KINDS
        and not view.by_dimensions
        and (not view.lines or any(line.row.level1 or line.row.level2 for line in view.lines))
    )


def check_required(view: View) -> Iterator[Note]:
    """S1: a header field that the form asks for is empty."""
    table = view.table
    for key in view.profile.required:
        text = getattr(table, key) if key in META_KEYS else table.fields.get(key, "")
        if key in _STANDS_FOR and table.kind == "project":
            text = text or table.fields.get(_STANDS_FOR[key], "")
        if text is None or not str(text).strip():
            label = label_of(key)
            yield Note(f"“{label}”没有填写。", f"请填写{label}。", key)


# --- S3 to S6 --------------------------------------------------------------------------------


def check_classes(view: View) -> Iterator[Note]:
    """S3: a required class has no indicator."""
    if not _has_grid(view):
        return
    lines = [line for line in view.lines if line.name]
    if not lines:
        yield Note(
            "还没有填写绩效指标。", "请按产出、成本、效益、满意度逐类填写。", "level3", "indicators"
        )
        return
    counts = Counter(line.kind for line in lines)
    for kind, name in CLASS_NAMES.items():
        if counts[kind] or (kind == "satisfaction" and view.profile.no_direct_beneficiaries):
            continue
        message = f"没有{name}：全表 {len(lines)} 个指标中，没有一个属于这一类。"
        hint = f"请补充至少一个{name}。"
        if kind == "satisfaction":
            hint += "没有直接服务对象的，可以关闭此项并说明理由。"
        empty = _empty_row(view, kind)
        if empty is None:
            yield Note(message, hint, "level2", "indicators", matter=name)
        else:
            pair = view.table.empty_levels[empty]
            levels = (pair.level1, pair.level2)
            place = ("level2", "empty_levels", empty)
            yield Note(message, hint, *place, levels=levels, matter=name)
    costs = [line for line in lines if line.kind == "cost"]
    if costs and not any(line.money for line in costs):
        priced = next((line for line in costs if "元" in line.unit), None)
        line = priced or costs[0]
        message = (
            f"成本指标（{'、'.join(short(c.row.level3) for c in costs[:3])}）没有一个以万元计。"
        )
        hint = "请补充一个说明资金总额的成本指标，例如“项目总成本 ≤…万元”。"
        cells = tuple(cost.cell("level3") for cost in costs)
        severity = "warning" if priced else None
        yield line.note("unit", message, hint, severity=severity, cells=cells)


def _empty_row(view: View, kind: str) -> int | None:
    """The first row of a class in which nothing but the levels stands."""
    for index, row in enumerate(view.table.empty_levels):
        if class_of(row.level1, row.level2) == kind:
            return index
    return None


def check_empty_rows(view: View) -> Iterator[Note]:
    """S4: rows with levels but without a third-level indicator, told once a table."""
    nameless = [
        line for line in view.lines if not line.name and (line.row.level1 or line.row.level2)
    ]
    if nameless:
        listed = "、".join(
            f"第 {line.index + 1} 行（{short(line.row.level2)}）" for line in nameless
        )
        first = nameless[0]
        message = f"{listed}没有写三级指标名称。"
        hint = "请补上三级指标名称，不需要的行请删去。"
        cells = tuple(line.cell("level3") for line in nameless)
        yield first.note("level3", message, hint, cells=cells)
    printed = {(level1_of(a), level2_of(b)) for a, b in view.profile.levels}
    stated = {
        (i, (level1_of(r.level1), level2_of(r.level2)))
        for i, r in enumerate(view.table.empty_levels)
    }
    own = sorted(i for i, pair in stated if printed and pair not in printed)
    if own:
        hint = "请补上指标；不适用的请删去这些行。"
        yield _without_indicators(view, own, hint, "warning")
    # A printed row stays in the form, so that an empty one is only asked about.
    # A class without any indicator is S3's matter.
    used = {line.kind for line in view.lines if line.name}
    rest = [
        i
        for i, row in enumerate(view.table.empty_levels)
        if i not in own and class_of(row.level1, row.level2) in used
    ]
    if rest and view.lines:
        yield _without_indicators(view, rest, "请核对是不是都不适用；不适用的可以空着。", "hint")


def _without_indicators(view: View, indexes: list[int], hint: str, severity: Severity) -> Note:
    rows = [view.table.empty_levels[index] for index in indexes]
    listed = "、".join(short(row.level2 or row.level1) for row in rows)
    message = f"{listed}只有级次，没有三级指标。"
    levels = (rows[0].level1, rows[0].level2)
    index = indexes[0]
    return Note(message, hint, "level2", "empty_levels", index, severity=severity, levels=levels)


def check_count(view: View) -> Iterator[Note]:
    """S5: very few indicators in a table, or very many of one class; the limits are settings."""
    lines = [line for line in view.lines if line.name]
    settings = view.settings
    if not _has_grid(view) or not lines:
        return
    if len(lines) < settings.min_indicators:
        message = f"全表只有 {len(lines)} 个指标，不足 {settings.min_indicators} 个。"
        yield Note(message, "请补充指标，使产出、成本、效益都有衡量。", "level3", "indicators")
    counts = Counter((line.level1, line.level2) for line in lines if line.level2)
    for (_, level2), count in counts.items():
        if count > settings.max_per_class:
            message = f"“{level2}”有 {count} 个指标，超过 {settings.max_per_class} 个。"
            hint = "请只保留最能说明目标的指标。"
            first = next(line for line in lines if line.level2 == level2)
            cells = tuple(line.cell("level3") for line in lines if line.level2 == level2)
            yield first.note("level2", message, hint, matter=level2, cells=cells)


def check_one_vintage(view: View) -> Iterator[Note]:
    """S6: cost stands below 产出指标 in one row and as a first level of its own in another."""
    old = next((x for x in view.lines if x.level1 == "产出指标" and x.level2 == "成本指标"), None)
    new = next(
        (
            x
            for x in view.lines
            if x.level1 == "成本指标" and x.level2 in LEVELS["2021"]["成本指标"]
        ),
        None,
    )
    if old and new:
        message = (
            f"{old.title}的成本指标在产出指标之下，{new.title}的成本指标又单列为一级指标，"
            "两种年版混在一张表里。"
        )
        meant = "2015" if view.profile.vintage == "2015" else "2021"
        hint = f"请统一为一种写法（表样：{_VINTAGE_NAMES[meant]}）。"
        wrong, right = (new, old) if meant == "2015" else (old, new)
        yield wrong.note("level1", message, hint, cells=(right.cell("level1"),))


def check_vintages(views: Sequence[View]) -> Iterator[tuple[int, Note]]:
    """S6 across tables: the department's table and a project's belong to different vintages."""
    used: list[tuple[int, View, str]] = []
    for position, view in enumerate(views):
        vintage = view.vintage if view.lines else ""
        if vintage and view.table.kind in GRID_KINDS:
            used.append((position, view, vintage))
    department = next((entry for entry in used if entry[1].table.kind == "department"), None)
    if department is None:
        return
    position, view, vintage = department
    other = next((v for _, v, its in used if its != vintage), None)
    if other is None:
        return
    message = (
        f"部门表的{_VINTAGE_NAMES[vintage]}，项目“{short(other.table.name)}”的"
        f"{_VINTAGE_NAMES[other.vintage]}，同一年度用了两种年版。"
    )
    cost = next((line for line in view.lines if line.kind == "cost"), view.lines[0])
    hint = "请统一为财政部门当年下发的表样。"
    yield position, cost.note("level1", message, hint, matter="tables")


RULES = (
    Rule("S1", "必填栏目为空", "完整性", "error", "sure", "form", check_required),
    Rule("S3", "缺少必设的指标类别", "完整性", "error", "sure", "custom", check_classes),
    Rule("S4", "留有没有三级指标的行", "完整性", "warning", "sure", "seen", check_empty_rows),
    Rule("S5", "指标过少或过多", "完整性", "warning", "sure", "custom", check_count),
    Rule(
        "S6",
        "新旧年版混用",
        "完整性",
        "warning",
        "sure",
        "published",
        check_one_vintage,
        check_vintages,
    ),
)
