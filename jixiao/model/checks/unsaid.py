"""What names, bases and targets leave unsaid (part of V13): of what, by what, why just so much."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from jixiao.model.checks.findings import Note
from jixiao.model.checks.view import View, short
from jixiao.model.vocabulary import fold_width

_BARE = re.compile(
    r"(?:时间|时效性?|及时[率性]|完成[率量]|达标率|数量|次数|人数|质量|成本|金额|经费|进度|有效性|影响"
    r"|(?:社会|经济|生态)效益)"
)
_NO_BASIS = re.compile(
    r"(?:工作|实际|项目|单位|业务)(?:安排|需要|需求|要求|情况)|根据(?:实际|工作)(?:情况|需要|安排)?|自定|自行确定|经验"
)
_SAME_BASIS_ROWS = 5
_WEAK_BASIS_ROWS = 3
_SAME_TARGET_ROWS = 6
_COPIED_ROWS = 3


def check_unsaid(view: View) -> Iterator[Note]:
    """The notes of V13 about names, bases, and one target for everything."""
    yield from _bare_names(view)
    yield from _bases(view)
    yield from _same_targets(view)
    yield from _copied(view)


def _bare_names(view: View) -> Iterator[Note]:
    """A name that is only a measure (时间, 及时率), or only the project's name."""
    project = fold_width(view.table.fields.get("project_name", ""))
    for line in view.all_lines:
        if _BARE.fullmatch(line.name):
            message = f"三级指标名称只写{line.title}，没有说明是什么事项。"
            hint = f"请写全名称，如“××{line.row.level3.strip()}”。"
            yield line.note("level3", message, hint, severity="hint", matter="bare")
        elif project and line.name == project and line.kind:
            message = f"三级指标{line.title}照抄了项目名称，没有说明衡量什么。"
            hint = "请写明衡量的内容，如“项目总成本”“……数量”。"
            yield line.note("level3", message, hint, severity="hint", matter="project")


def _bases(view: View) -> Iterator[Note]:
    """The same basis in every row, or bases that are none (工作需要)."""
    stated = [line for line in view.lines if line.row.basis.strip()]
    if len(stated) < _WEAK_BASIS_ROWS:
        return
    counts = Counter(fold_width(line.row.basis) for line in stated)
    if len(counts) == 1 and len(stated) == len(view.lines) >= _SAME_BASIS_ROWS:
        text = stated[0].row.basis
        message = f"{len(stated)} 个指标的绩效标准都写“{short(text)}”，没有逐个说明依据。"
        hint = "请分别写明计划、行业、历史标准或文件依据。"
        yield Note(message, hint, "basis", "indicators")
        return
    weak = [line for line in stated if _NO_BASIS.fullmatch(fold_width(line.row.basis))]
    if len(weak) >= _WEAK_BASIS_ROWS and len(weak) * 2 > len(view.lines):
        words = "、".join(dict.fromkeys(f"“{short(line.row.basis)}”" for line in weak))
        message = f"{len(weak)} 个指标的依据只写{words}，看不出指标值从哪里来。"
        hint = "请写明文件、计划、合同或往年数据。"
        cells = tuple(line.cell("basis") for line in weak)
        yield weak[0].note("basis", message, hint, severity="hint", cells=cells)


def _same_targets(view: View) -> Iterator[Note]:
    """≥95 % for everything: nobody reckoned it."""
    percents = [line for line in view.lines if line.percent and line.number != 100]
    if len(percents) < _SAME_TARGET_ROWS:
        return
    targets = Counter((line.row.comparator, line.number) for line in percents)
    if len(targets) == 1:
        first = percents[0]
        message = f"{len(percents)} 个比率指标都写“{first.target}”，像是没有逐个测算。"
        cells = tuple(line.cell("value") for line in percents)
        hint = "请按往年完成情况分别测算。"
        yield first.note("value", message, hint, severity="hint", matter="same", cells=cells)


def _copied(view: View) -> Iterator[Note]:
    """Explanations that only copy the names: they do not explain how to count."""
    stated = [line for line in view.lines if line.name and line.row.explanation.strip()]
    copied = [line for line in stated if fold_width(line.row.explanation).rstrip("。") == line.name]
    if len(copied) >= _COPIED_ROWS and len(copied) * 3 > len(stated):
        message = f"{copied[0].title}等 {len(copied)} 个指标的说明照抄了名称，没有说明怎样计算。"
        hint = "请写明统计的口径，如“实到人数占应到人数的比例”。"
        cells = tuple(line.cell("explanation") for line in copied)
        yield copied[0].note("explanation", message, hint, severity="hint", cells=cells)
