"""Words that cannot be judged (V13)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from jixiao.model.checks.contents import NONE
from jixiao.model.checks.findings import Note, Rule
from jixiao.model.checks.similar import similarity
from jixiao.model.checks.view import Line, View, short
from jixiao.model.vocabulary import fold_width


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VAGUE = _words("""
    持续督促 持续促进 持续推动 持续推进 持续加强 持续提升 持续改善 有所提升 有所提高 有所改善
    有所增加 有所增强 有所加强 不断提高 不断提升 不断改善 不断加强 不断完善 不断增强 逐步提高
    逐步提升 逐步改善 逐步加强 展现新作为 按时间推进 间接 良好 增加 增强 巩固 提升 提高 改善
    加强 促进 推动 完善 较好 好 明显 显著 良 优 优秀 一定 较高 高 依法依规 带动地区经济发展
    有效 及时 稳定 进一步提升 进一步提高 进一步加强 进一步改善 正常 到位 较大提升 基本完成
    社会和谐稳定 和谐稳定
""")
_MOVES = re.compile(r"提升|促进|推动|提高|增强|改善|加强")
_YEAR_UNITS = frozenset({"年", "年度"})
_EVERY = re.compile(r"每个?(?:季度|季|半年|月|周)")
_SHORT = 12
_ALIKE = Decimal("0.7")


def check_vague(view: View) -> Iterator[Note]:
    """V13: a value or name that cannot be judged, that repeats, or has no basis."""
    for line in view.all_lines:
        note = _number(line) if line.number is not None else _text(line)
        if note:
            yield note
    basis = Counter(fold_width(line.row.basis) for line in view.lines if line.row.basis)
    if len(basis) == 1 and len(view.lines) >= 5 and basis.total() == len(view.lines):
        text = view.lines[0].row.basis
        message = f"{len(view.lines)} 个指标的绩效标准都写“{short(text)}”，没有逐个说明依据。"
        hint = "请分别写明计划、行业、历史标准或文件依据。"
        yield Note(message, hint, "basis", "indicators")


def _number(line: Line) -> Note | None:
    """A number that only repeats the year, or does not say for how long it counts."""
    row = line.row
    if line.unit in _YEAR_UNITS and line.number == 1 and line.kind in {"time", "cost", ""}:
        message = f"{line.title}的指标值“{row.value}{row.unit}”只重复了预算年度，没有期限或比率。"
        return line.note("value", message, "请写完成期限（如“12月31日前完成”）或及时率。")
    every = _EVERY.search(row.explanation)
    if not every or not line.counts or _EVERY.search(row.level3) or "/" in row.unit:
        return None
    if line.number is None or line.number >= 4:
        return None
    message = f"说明写“{short(row.explanation)}”，{line.target} 没有写明是{every[0]}还是全年。"
    return line.note("value", message, "请换算为全年的数量，或在名称里写明周期。")


def _text(line: Line) -> Note | None:
    """A text by which nobody can tell whether it was done."""
    row = line.row
    value = fold_width(row.value)
    if not value or NONE.fullmatch(value) or not (line.qualitative or not row.comparator):
        return None
    shown = f"{line.title}的指标值“{short(row.value)}”"
    if value.rstrip("。；;.") in _VAGUE:
        return line.note("value", f"{shown}无法判断是否完成。", "请改为数字，或写明看得见的结果。")
    if _repeats(value, line.name):
        return line.note("value", f"{shown}只重复了名称。", "请写明做到什么程度算完成。")
    moves = _MOVES.search(line.name) and _MOVES.search(value)
    if moves and not row.explanation and len(value) <= _SHORT // 2:
        hint = "请改为数字，或在指标值说明里写明判断标准。"
        return line.note("value", f"{shown}没有说明以什么衡量。", hint, severity="hint")
    return None


def _repeats(value: str, name: str) -> bool:
    if len(name) < 4 or NONE.fullmatch(name):
        return False
    return value == name or (len(value) <= _SHORT and similarity(value, name) >= _ALIKE)


RULES = (Rule("V13", "指标值含糊", "适当性", "warning", "heuristic", "published", check_vague),)
