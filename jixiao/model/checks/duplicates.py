"""Duplicates (D1): two indicators of a table that say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jixiao.model.checks.classes import TIMELY
from jixiao.model.checks.contents import NONE
from jixiao.model.checks.findings import Note
from jixiao.model.checks.matching import core_of
from jixiao.model.checks.rule import Rule
from jixiao.model.checks.similar import is_within, similarity
from jixiao.model.checks.view import Line, View

_TAIL = re.compile(r"(?:会议|活动|工作|任务|情况)+$")
_ORDER = re.compile(r"[0-9一二三四五六七八九十上下]")


def check_duplicates(view: View) -> Iterator[Note]:
    """D1: two indicators of a table that say the same."""
    seen: dict[str, Line] = {}
    for line in view.lines:
        if not line.name or NONE.fullmatch(line.name):
            continue
        earlier = seen.setdefault(line.name.replace("满意率", "满意度"), line)
        if earlier is not line:
            message = f"{line.title}与第 {earlier.index + 1} 行指标重名。"
            if earlier.name != line.name:
                message = f"{line.title}与第 {earlier.index + 1} 行{earlier.title}是一回事。"
            same = earlier.row.task == line.row.task or earlier.target == line.target
            yield line.note(
                "level3",
                message,
                "请保留一个，或在名称里写明区别。",
                severity=None if same else "hint",
                cells=(earlier.cell("level3"),),
            )
    lines = [line for line in seen.values() if line.number is not None and len(line.name) >= 5]
    reported: set[int] = set()
    by_target: dict[tuple[Decimal | None, str], list[Line]] = {}
    for line in lines:
        for earlier in by_target.setdefault((line.number, line.unit), []):
            if earlier.row.task == line.row.task and (
                _nearly_same(earlier.name, line.name)
                or _same_subject(earlier, line)
                or _same_completion(earlier, line)
            ):
                message = (
                    f"{line.title}与第 {earlier.index + 1} 行{earlier.title}名称相近，指标值相同。"
                )
                reported.add(line.index)
                hint = "如果说的是一回事，请保留一个。"
                yield line.note("level3", message, hint, cells=(earlier.cell("level3"),))
        by_target[line.number, line.unit].append(line)
    yield from _again_elsewhere(
        [line for line in seen.values() if line.number is not None], reported
    )


_ACTIVITY = re.compile(r"宣传|培训|演练|巡查|检查|调研|督查|走访|慰问|评议|会议|监测|抽检")


_OCCASIONS = frozenset({"次", "场", "场次", "期", "批", "批次", "班次", "轮"})
_COMPLETION = re.compile(r"(?P<subject>[\u4e00-\u9fff]{2,8})完成率")


def _same_completion(first: Line, second: Line) -> bool:
    """Two completion rates of one thing, of which one is to be a time (会议事项, 会议进程完成率).

    As a 时效指标 without a word of time it says the same as the other; two of one class may well
    be of two stages of the work.
    """
    times = [line for line in (first, second) if line.kind == "time"]
    matches = [_COMPLETION.fullmatch(line.name) for line in (first, second)]
    if len(times) != 1 or TIMELY.search(times[0].name) or not all(matches):
        return False
    one, other = (match["subject"] for match in matches if match)
    return one[:2] == other[:2] and abs(len(one) - len(other)) <= 2


def _again_elsewhere(lines: list[Line], reported: set[int]) -> Iterator[Note]:
    """The same activity so many times under two classes (宣传预警 4次, 开展宣传 4次)."""
    seen: dict[tuple[str, Decimal | None, str], Line] = {}
    for line in lines:
        activities = set[str](_ACTIVITY.findall(line.name)) if line.counts else set[str]()
        if len(activities) != 1 or not line.number or line.number < 2:
            continue
        unit = "次" if line.unit in _OCCASIONS else line.unit
        key = (activities.pop(), line.number, unit)
        earlier = seen.setdefault(key, line)
        if earlier.kind == line.kind or line.index in reported or earlier.row.task != line.row.task:
            continue
        message = (
            f"{line.title}与第 {earlier.index + 1} 行{earlier.title}都写{key[0]} {line.target}，"
            "像是同一件事列了两次。"
        )
        hint = "如果说的是一回事，请保留一个。"
        cells = (earlier.cell("level3"),)
        yield line.note("level3", message, hint, severity="hint", cells=cells)


def _nearly_same(first: str, second: str) -> bool:
    """Whether one name only leaves out or reorders words of the other.

    A word in the place of another (综合事务 beside 综合业务, 第一期 beside 第二期) tells
    of two things.
    """
    shorter, longer = sorted((first, second), key=len)
    if _ORDER.search(first + second) or similarity(first, second) < Decimal("0.8"):
        return False
    return is_within(shorter, longer) or sorted(first) == sorted(second)


def _same_subject(first: Line, second: Line) -> bool:
    """Whether two counts are of one thing under two names (常委会召开次数, 常委会会议)."""
    if not first.counts or _ORDER.search(first.name + second.name):
        return False
    one, other = (_TAIL.sub("", core_of(line.name)) for line in (first, second))
    return len(one) >= 3 and one == other


RULES = (Rule("D1", "指标重复", "完整性", "warning", "heuristic", "seen", check_duplicates),)
