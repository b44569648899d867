"""Duplicates (D1): two indicators of a table that say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jixiao.model.checks.contents import NONE
from jixiao.model.checks.findings import Note, Rule
from jixiao.model.checks.similar import is_within, similarity
from jixiao.model.checks.view import Line, View

_ORDER = re.compile(r"[0-9一二三四五六七八九十上下]")


def check_duplicates(view: View) -> Iterator[Note]:
    """D1: two indicators of a table that say the same."""
    seen: dict[str, Line] = {}
    for line in view.lines:
        if not line.name or NONE.fullmatch(line.name):
            continue
        earlier = seen.setdefault(line.name, line)
        if earlier is not line:
            message = f"{line.title}与第 {earlier.index + 1} 行指标重名。"
            same = earlier.row.task == line.row.task
            yield line.note(
                "level3",
                message,
                "请保留一个，或在名称里写明区别。",
                severity=None if same else "hint",
            )
    lines = [line for line in seen.values() if line.number is not None and len(line.name) >= 5]
    by_target: dict[tuple[Decimal | None, str], list[Line]] = {}
    for line in lines:
        for earlier in by_target.setdefault((line.number, line.unit), []):
            if earlier.row.task == line.row.task and _nearly_same(earlier.name, line.name):
                message = (
                    f"{line.title}与第 {earlier.index + 1} 行{earlier.title}名称相近，指标值相同。"
                )
                yield line.note("level3", message, "如果说的是一回事，请保留一个。")
        by_target[line.number, line.unit].append(line)


def _nearly_same(first: str, second: str) -> bool:
    """Whether one name only leaves out or reorders words of the other.

    A word in the place of another (综合事务 beside 综合业务, 第一期 beside 第二期) tells
    of two things.
    """
    shorter, longer = sorted((first, second), key=len)
    if _ORDER.search(first + second) or similarity(first, second) < Decimal("0.8"):
        return False
    return is_within(shorter, longer) or sorted(first) == sorted(second)


RULES = (Rule("D1", "指标重复", "完整性", "warning", "heuristic", "seen", check_duplicates),)
