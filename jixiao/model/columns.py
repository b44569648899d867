"""The columns of the row lists: attribute ↔ name in braces ↔ header words.

The other half of the field dictionary (see ``jixiao.model.fields``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from types import MappingProxyType
from typing import Literal

from jixiao.model.table import ROW_TYPES, ListName

ROW_WORDS: dict[ListName, str] = {
    "indicators": "指标",
    "period_indicators": "实施期指标",
    "tasks": "任务",
    "spending_details": "支出明细",
    "items": "项目",
    "measures": "保障措施",
}
"""What a row of each list is called."""


ColumnKind = Literal["text", "long", "level", "target", "money"]


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column of a row list.

    Attributes:
        list: The list's name.
        column: The attribute of its rows; one that no row has is only a name in braces.
        name: The name in braces; empty where no form can show the column.
        label: What people call it, in full.
        kind: text is a line, long may be several, level is merged over a run of rows, target is
            part of a target value, money is decimal text in the table's money unit.
        synonyms: Header words by which it is recognised.
        short: What it is called beside the name of its list, if not by its label.
    """

    list: str
    column: str
    name: str
    label: str
    kind: ColumnKind = "text"
    synonyms: tuple[str, ...] = ()
    short: str = ""


COLUMNS: tuple[ColumnSpec, ...] = (
    ColumnSpec(
        "tasks",
        "name",
        "任务.名称",
        "任务名称",
        "text",
        ("任务名称", "事项", "主要任务", "工作任务", "重点工作", "任务"),
        short="名称",
    ),
    ColumnSpec(
        "tasks",
        "owner",
        "任务.责任单位",
        "责任单位",
        "text",
        ("责任单位/科室", "责任单位", "责任科室", "牵头科室"),
    ),
    ColumnSpec(
        "tasks",
        "content",
        "任务.内容",
        "任务内容",
        "long",
        ("主要内容", "工作目标", "任务内容", "工作内容"),
        short="内容",
    ),
    ColumnSpec(
        "indicators",
        "level1",
        "指标.一级",
        "一级指标",
        "level",
        ("一级指标", "一级绩效指标", "一级"),
    ),
    ColumnSpec(
        "indicators",
        "level2",
        "指标.二级",
        "二级指标",
        "level",
        ("二级指标", "二级绩效指标", "二级"),
    ),
    ColumnSpec(
        "indicators",
        "level3",
        "指标.三级",
        "三级指标",
        "long",
        (
            "三级指标",
            "三级指标名称",
            "三级绩效指标",
            "指标名称",
            "绩效指标名称",
            "指标内容",
            "具体指标",
            "三级",
        ),
    ),
    ColumnSpec(
        "indicators",
        "comparator",
        "指标.类型",
        "指标值类型",
        "target",
        (
            "指标值类型",
            "指标性质",
            "计算符号",
            "内容(性质)",
            "性质",
            "指标类型",
            "符号",
            "运算符号",
            "比较符",
            "比较符号",
            "指标符号",
            "指标方向",
        ),
    ),
    ColumnSpec(
        "indicators",
        "value",
        "指标.值",
        "指标值",
        "target",
        (
            "指标值",
            "目标值",
            "年度指标值",
            "绩效指标值",
            "预期指标值",
            "计划指标值",
            "年度目标值",
            "预期值",
            "计划值",
            "数值",
            "指标数值",
            "计划水平",
        ),
    ),
    ColumnSpec(
        "indicators",
        "unit",
        "指标.单位",
        "度量单位",
        "target",
        ("度量单位", "计量单位", "单位", "指标值单位", "指标单位"),
    ),
    ColumnSpec(
        "indicators",
        "target",
        "指标.值及单位",
        "指标值及单位",
        "target",
        ("指标值及单位", "指标值(含单位)", "目标值及单位", "指标值及计量单位", "指标值和单位"),
    ),
    ColumnSpec(
        "indicators",
        "explanation",
        "指标.说明",
        "指标值说明",
        "long",
        (
            "指标值说明",
            "指标值说明(指标解释)",
            "指标解释",
            "指标值内容",
            "绩效指标描述",
            "指标描述",
            "指标说明",
            "说明",
        ),
    ),
    ColumnSpec(
        "indicators",
        "basis",
        "指标.依据",
        "绩效标准",
        "long",
        (
            "绩效标准",
            "指标值确定依据",
            "指标值设定依据",
            "确定依据",
            "设定依据",
            "指标依据",
            "评价标准",
        ),
    ),
    ColumnSpec("indicators", "remark", "指标.备注", "备注", "long", ("备注", "附注")),
    ColumnSpec(
        "spending_details",
        "content",
        "明细.内容",
        "支出内容",
        "long",
        ("支出内容简介", "支出内容"),
        short="内容",
    ),
    ColumnSpec(
        "spending_details",
        "detail",
        "明细.明细",
        "支出明细",
        "long",
        ("支出明细", "明细项目", "明细"),
    ),
    ColumnSpec(
        "spending_details", "amount", "明细.金额", "金额", "money", ("金额", "支出金额", "预算金额")
    ),
    ColumnSpec(
        "spending_details",
        "basis",
        "明细.依据",
        "测算依据",
        "long",
        (
            "支出测算依据及过程说明",
            "测算依据及过程说明",
            "测算依据及说明",
            "测算依据",
            "测算过程",
            "测算说明",
        ),
    ),
    ColumnSpec("items", "number", "项目.序号", "序号", "text", ("序号",)),
    ColumnSpec(
        "items",
        "name",
        "项目.名称",
        "项目名称",
        "text",
        ("名称", "项目名称", "专项名称", "专项资金名称"),
        short="名称",
    ),
    ColumnSpec(
        "items", "amount", "项目.金额", "金额", "money", ("金额", "项目金额", "预算金额", "预算数")
    ),
    ColumnSpec(
        "items",
        "period_goal",
        "项目.实施期目标",
        "实施期绩效目标",
        "long",
        ("实施期绩效目标", "实施期目标", "中期绩效目标", "总体目标"),
    ),
    ColumnSpec(
        "items",
        "annual_goal",
        "项目.年度目标",
        "年度绩效目标",
        "long",
        ("年度绩效目标", "年度目标", "本年度绩效目标"),
    ),
    ColumnSpec("other", "name", "其他.名称", "名称", "text", ("事项名称",)),
    ColumnSpec("other", "content", "其他.内容", "内容", "text", ("事项内容",)),
)
"""Every column that a form can show."""

_UNNAMED = (
    ColumnSpec("indicators", "task", "", "所属任务"),
    ColumnSpec("measures", "name", "", "保障措施", short="名称"),
    ColumnSpec("measures", "content", "", "保障措施", "long", short="内容"),
)
_ALL = (*COLUMNS, *_UNNAMED)

KEPT: Mapping[ListName, tuple[ColumnSpec, ...]] = MappingProxyType(
    {
        rows: tuple(
            spec
            for spec in _ALL
            if spec.list == ("indicators" if rows == "period_indicators" else rows)
            and spec.column in {column.name for column in fields(row_type)}
        )
        for rows, row_type in ROW_TYPES.items()
    }
)
"""The columns of each list that its rows keep, in their order; an indicator's ``written`` and
``extra`` belong to others."""


@cache
def spec_of(rows: str, column: str) -> ColumnSpec | None:
    """A column by its list and attribute; None for one that only the form has."""
    known = "indicators" if rows == "period_indicators" else rows
    return next((s for s in _ALL if (s.list, s.column) == (known, column)), None)


@cache
def column_label(column: str, rows: str = "") -> str:
    """What a column is called.

    Args:
        column: The attribute, ``target:cvu`` for a joined target value or ``extra:`` and a label.
        rows: Its list, for a full name (任务名称); "" beside the name of the list (名称).
    """
    if column.startswith("target:"):
        column = "value"
    if column == "other":  # what an exchange file tells under keys of its own
        return "其他内容"
    specs = [s for s in _ALL if s.column == column and s.list != "other"]
    own = spec_of(rows, column) if rows else None
    if own is not None:
        return own.label
    if not specs:
        return column.removeprefix("extra:")
    return specs[0].short or specs[0].label


def texts_of(rows: ListName) -> tuple[str, ...]:
    """The columns of a list that hold words, as against levels, target values and amounts."""
    return tuple(spec.column for spec in KEPT[rows] if spec.kind in {"text", "long"})
