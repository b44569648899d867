"""Levels (S2): names missing, in the wrong column, unknown, or not spelled as in the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jixiao.model.checks.findings import Note
from jixiao.model.checks.healed import healed
from jixiao.model.checks.kinds import level1_of, level2_of
from jixiao.model.checks.rule import Rule
from jixiao.model.checks.view import GRID_KINDS, Line, View, known_pair, short
from jixiao.model.numbers import decimal_of
from jixiao.model.table import ListName
from jixiao.model.vocabulary import level_key

_SERVED = "服务对象满意度指标"
_LISTS: tuple[ListName, ...] = ("indicators", "period_indicators")


def check_levels(view: View) -> Iterator[Note]:
    """S2: a level name is missing, in the wrong column, unknown, or not spelled as in the form."""
    yield from healed(view, "S2")
    if view.by_dimensions:
        return
    stated: set[ListName] = {
        line.rows for line in view.all_lines if line.row.level1 or line.row.level2
    }
    if stated or (view.profile.levels and view.table.kind in GRID_KINDS):
        yield from _no_levels(view, stated)
    exact = frozenset(view.profile.levels)
    for line in view.all_lines:
        row = line.row
        if line.rows not in stated:
            continue
        if _as_benefit(line):
            yield _satisfaction_apart(view, line)
            continue
        if (row.level1, row.level2) in exact:
            continue
        note = _shifted(view, line) or _wrong_pair(view, line) or _spelling(view, line)
        if note:
            yield note


def _no_levels(view: View, stated: set[ListName]) -> Iterator[Note]:
    """Lists of indicators without any level; ``told`` are the lists that have some."""
    for rows in _LISTS:
        bare = [line for line in view.all_lines if line.rows == rows and line.name]
        if rows in stated or not bare:
            continue
        numbers = _listed([line.index + 1 for line in bare])
        half = "实施期指标" if rows == "period_indicators" else ""
        message = f"{half}第 {numbers} 行没有写一级、二级指标。"
        hint = "请按表样为每个指标选择一级、二级指标。"
        cells = tuple(line.cell("level3") for line in bare)
        yield bare[0].note("level1", message, hint, matter="none", cells=cells)


def _listed(numbers: list[int]) -> str:
    """Rising numbers as a message lists them, long runs shortened: 1、3—8."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] + 1 == number:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{r[0]}—{r[-1]}" if len(r) > 2 else "、".join(map(str, r)) for r in runs]
    return "、".join(parts)


def _as_benefit(line: Line) -> bool:
    """Whether 服务对象满意度 stands below 效益指标 (社会公众及服务对象满意度 belongs there)."""
    return line.level1 == "效益指标" and level_key(line.row.level2) == level_key(_SERVED)


def _satisfaction_apart(view: View, line: Line) -> Note:
    """服务对象满意度 below 效益指标, though 满意度指标 is a first level of its own."""
    row = line.row
    printed = any(
        (level1_of(first), level2_of(second)) == (line.level1, line.level2)
        for first, second in view.profile.levels
    )
    message = f"“{short(row.level2)}”列在“{short(row.level1)}”之下，满意度应当单列为一级指标。"
    if printed:
        hint = "表样如此印制的可以忽略；同年其他表单列一级的，请向财政部门核对。"
        return line.note("level1", message, hint, severity="hint")
    first, second = view.spelling("满意度指标", _SERVED)
    if level_key(first) == level_key(row.level1):
        first, second = "满意度指标", _SERVED
    changes = [("level1", first)] + [("level2", second)] * (second != row.level2)
    severity = None if view.profile.levels else "warning"
    hint = f"一级指标请写“{first}”。"
    return line.note("level1", message, hint, *changes, severity=severity)


def _shifted(view: View, line: Line) -> Note | None:
    """A second-level name in the first column, the row shifted one column to the left."""
    row = line.row
    found = level2_of(row.level1)
    if not found or level1_of(row.level1) or line.level2 == found:
        return None
    parent = view.parent(found)
    if line.level2:
        return None
    first, second = view.spelling(parent, found)
    if found == _SERVED and row.level3:
        message = f"“{short(row.level1)}”是二级指标，写在了一级指标栏。"
        hint = f"一级指标请写“{first}”，二级指标请写“{second}”。"
        changes = (("level1", first), ("level2", second))
        return line.note("level1", message, hint, *changes, severity="warning")
    message = f"二级指标“{short(row.level1)}”写在一级指标栏，这一行向左错了一栏。"
    hint = f"请把“{short(row.level1)}”移到二级指标栏，一级指标写“{first}”。"
    changes = [("level1", first), ("level2", second)]
    if row.level2:
        value_too = not row.value and decimal_of(row.level3) is not None
        if row.level3 and not value_too:
            return line.note("level1", message, hint + "其余各栏也请向右核对。")
        changes.append(("level3", row.level2))
        if value_too:
            changes.append(("value", row.level3))
    return line.note("level1", message, hint, *changes)


def _wrong_pair(view: View, line: Line) -> Note | None:
    """Levels that no vintage has, or a second level below a first to which it does not belong."""
    row = line.row
    if not row.level1 and not row.level2:
        return line.note("level2", f"{line.title}没有填一级和二级指标。", "请选择所属的指标类别。")
    if line.level2 and (line.level1 or not row.level1):
        return None if known_pair(row.level1, row.level2) else _wrong_parent(view, line)
    known = {(level_key(a), level_key(b)) for a, b in view.profile.levels}
    if (level_key(row.level1), level_key(row.level2)) in known:
        return None
    column, word = ("level2", "二级") if line.level1 else ("level1", "一级")
    text = row.level2 if line.level1 else row.level1
    if not text:
        return line.note(column, f"{line.title}没有填{word}指标。", f"请选择所属的{word}指标。")
    hint = "请改为表样里的级次名称。"
    return line.note(column, f"“{short(text)}”不是{word}指标的名称。", hint)


def _wrong_parent(view: View, line: Line) -> Note:
    """A second level without its first level, or below another."""
    row = line.row
    first, _ = view.spelling(view.parent(line.level2), line.level2)
    if row.level1:
        message = f"二级指标“{short(row.level2)}”不属于一级指标“{short(row.level1)}”。"
    else:
        message = f"{line.title}没有填一级指标。"
    return line.note("level1", message, f"一级指标请写“{first}”。", ("level1", first))


def _spelling(view: View, line: Line) -> Note | None:
    """The right pair, but not as the form spells it."""
    row = line.row
    pair = next(
        (
            p
            for p in view.profile.levels
            if (level1_of(p[0]), level2_of(p[1])) == (line.level1, line.level2)
        ),
        None,
    )
    if pair is None or pair == (row.level1, row.level2):
        return None
    column, written, meant = (
        ("level1", row.level1, pair[0])
        if row.level1 != pair[0]
        else ("level2", row.level2, pair[1])
    )
    changes = [
        (name, text)
        for name, text, old in (("level1", pair[0], row.level1), ("level2", pair[1], row.level2))
        if text != old
    ]
    message = f"级次名称“{short(written)}”，表样里写作“{meant}”。"
    note = line.note(column, message, f"请写“{meant}”。", *changes, severity="hint")
    return replace(note, about=(written, meant), said=message)


RULES = (Rule("S2", "级次名称不对或错栏", "完整性", "error", "sure", "form", check_levels),)
