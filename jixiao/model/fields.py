"""The field dictionary: canonical key ↔ name in braces ↔ label ↔ synonyms ↔ type.

Reading has one path: labels and header words of any draft are recognised with this dictionary,
to which every form adds its own labels. Synonyms are those seen in published forms.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from jixiao.model.columns import COLUMNS, ROW_WORDS, spec_of
from jixiao.model.table import ListName

FieldType = Literal["text", "long", "money", "period"]


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A header field: its key in the exchange file, its name in braces, label and synonyms.

    ``type`` is money (decimal text in the table's money unit), period (dates as written),
    long (paragraphs) or text. ``context`` is the label that must stand before an ambiguous one.
    """

    key: str
    name: str
    label: str
    type: FieldType = "text"
    synonyms: tuple[str, ...] = ()
    context: str = ""


META_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("title", "标题", "标题"),
    FieldSpec(
        "year", "年度", "年度", "text", ("预算年度", "编制年度", "申报年度", "填报年度", "年份")
    ),
    FieldSpec(
        "agency",
        "单位",
        "填报单位",
        "text",
        (
            "填报单位(盖章)",
            "填报单位:(盖章)",
            "申报单位",
            "申报单位(盖章)",
            "编报单位",
            "编制单位",
            "编制单位(盖章)",
            "申报部门",
            "编报部门",
            "报送单位",
            "填报部门",
            "填报单位名称",
            "填表单位",
            "单位名称",
            "预算单位",
        ),
    ),
    FieldSpec("agency_code", "单位代码", "单位代码", "text", ("单位编码", "预算单位编码")),
    FieldSpec("money_unit", "金额单位", "金额单位"),
)
"""What stands beside ``fields`` in a table: where it comes from and in what unit it counts."""

HEADER_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec(
        "department_name",
        "部门名称",
        "部门名称",
        "text",
        ("部门(单位)名称", "部门(单位)", "单位(部门)名称", "部门单位名称", "预算部门"),
    ),
    FieldSpec(
        "duties",
        "部门职责",
        "部门职责",
        "long",
        ("部门职责概述", "部门职能", "部门职能概述", "主要职责", "部门主要职责"),
    ),
    FieldSpec(
        "annual_goal",
        "年度目标",
        "年度绩效目标",
        "long",
        (
            "年度履职目标",
            "年履职目标",
            "本年度绩效目标",
            "绩效目标",
            "年度目标",
            "年度总体目标",
            "年度总体绩效目标",
            "本年度目标",
            "年度工作目标",
            "项目年度绩效目标",
            "项目年度目标",
            "项目绩效目标",
            "当年绩效目标",
            "本年绩效目标",
        ),
    ),
    FieldSpec(
        "period_goal",
        "实施期目标",
        "实施期绩效目标",
        "long",
        (
            "实施期目标",
            "中期目标",
            "长期目标",
            "实施期总目标",
            "中期绩效目标",
            "项目实施期绩效目标",
            "中长期目标",
            "长期绩效目标",
            "实施周期绩效目标",
            "实施周期目标",
            "实施期总体目标",
            "项目中期目标",
        ),
    ),
    FieldSpec(
        "total_goal",
        "总体目标",
        "总体绩效目标",
        "long",
        ("总体目标", "项目总体目标", "部门总体目标", "绩效总目标", "总目标", "项目总目标"),
    ),
    FieldSpec(
        "project_name",
        "项目名称",
        "项目名称",
        "text",
        (
            "支出方向(子项)",
            "支出方向",
            "支出方向名称",
            "项目(政策)名称",
            "专项名称",
            "专项资金名称",
            "子项名称",
        ),
    ),
    FieldSpec("project_code", "项目编码", "项目编码", "text", ("项目代码", "项目编号")),
    FieldSpec(
        "project_amount",
        "项目金额",
        "项目金额",
        "money",
        (
            "年度本级预算金额",
            "年度本级预算",
            "预算数",
            "预算金额",
            "项目预算",
            "项目预算金额",
            "年度资金总额",
            "年度预算金额",
            "项目资金",
            "项目资金总额",
            "本年度预算金额",
            "年度预算数",
            "项目预算数",
            "年度预算",
            "年度项目资金总额",
            "本年预算金额",
            "项目当年预算",
            "当年预算",
            "当年预算金额",
            "本年度预算",
            "本年预算数",
            "年度预算总额",
        ),
    ),
    FieldSpec(
        "project_category", "项目类别", "项目类别", "text", ("项目类型", "项目分类", "支出类别")
    ),
    FieldSpec(
        "implementation_period",
        "实施期",
        "项目实施期",
        "period",
        (
            "项目支出实施期",
            "实施期",
            "项目期",
            "实施期限",
            "项目实施期限",
            "项目起止时间",
            "起止时间",
            "项目周期",
            "实施周期",
            "实施时间",
            "项目期限",
            "项目实施时间",
            "项目实施周期",
        ),
    ),
    FieldSpec(
        "funds_purpose",
        "资金用途",
        "资金用途",
        "long",
        ("预算规模及资金用途", "资金主要用途", "项目资金用途"),
    ),
    FieldSpec(
        "budget_total",
        "预算.资金总额",
        "资金总额",
        "money",
        (
            "预算资金总额",
            "资金合计",
            "年度资金总额合计",
            "部门预算总额",
            "预算总额",
            "年度部门预算总额",
            "总额",
            "预算支出总额",
            "支出总额",
            "支出预算总额",
        ),
    ),
    FieldSpec(
        "general_public_budget",
        "预算.一般公共预算",
        "一般公共预算",
        "money",
        ("一般公共预算拨款", "一般公共预算资金", "一般公共预算财政拨款"),
    ),
    FieldSpec(
        "government_fund",
        "预算.政府性基金",
        "政府性基金",
        "money",
        ("政府性基金拨款", "政府性基金预算", "政府性基金预算拨款", "政府性基金预算资金"),
    ),
    FieldSpec(
        "fiscal_special_account",
        "预算.财政专户管理资金",
        "财政专户管理资金",
        "money",
        ("财政专户", "财政专户资金", "专户资金", "财政专户管理的资金"),
    ),
    FieldSpec(
        "other_funds", "预算.其他资金", "其他资金", "money", ("其它资金", "其他", "单位资金")
    ),
    FieldSpec(
        "fiscal_funds",
        "预算.财政资金",
        "财政资金",
        "money",
        ("财政拨款", "本年财政拨款", "财政性资金"),
    ),
    FieldSpec("basic_expenditure", "预算.基本支出", "基本支出", "money", ("基本支出预算",)),
    FieldSpec("project_expenditure", "预算.项目支出", "项目支出", "money", ("项目支出预算",)),
    FieldSpec("parent_fund_name", "所属专项.名称", "名称", "text", ("所属专项名称",), "所属专项"),
    FieldSpec(
        "parent_fund_amount", "所属专项.金额", "金额", "money", ("所属专项金额",), "所属专项"
    ),
    FieldSpec("details_total", "明细.合计", "支出明细合计", "money"),
)

FIELDS: MappingProxyType[str, FieldSpec] = MappingProxyType(
    {spec.key: spec for spec in (*META_FIELDS, *HEADER_FIELDS)}
)
META_KEYS = frozenset(spec.key for spec in META_FIELDS)
MONEY_KEYS = frozenset(spec.key for spec in HEADER_FIELDS if spec.type == "money")

SCHEDULE_NAME = "资金支出计划"
"""The payment schedule's name in braces; its entries are told by when (资金支出计划.3月底)."""


def label_of(key: str) -> str:
    """The Chinese label of a field key; a key that only one form has is its own label."""
    spec = FIELDS.get(key)
    return spec.context + spec.label if spec else key


def place_name(rows: ListName | None, column: str) -> str:
    """The lasting name of a place, for records that people read too: 指标.类型, 项目类别.

    Labels may be reworded; the names in braces, with which forms are drawn, are not.

    Args:
        rows: The list; None for a header field.
        column: The column, or the field's key.
    """
    if rows is None:
        return FIELDS[column].name if column in FIELDS else column
    spec = spec_of(rows, column)
    name = spec.name if spec is not None and spec.name else column
    return f"{ROW_WORDS.get(rows, rows)}.{name.rpartition('.')[2]}"


def names_in_braces() -> Iterable[str]:
    """Every name that a form may use, for the hint about a slip of the pen."""
    yield from (spec.name for spec in FIELDS.values())
    yield from (spec.name for spec in COLUMNS)
    yield SCHEDULE_NAME + ".3月底"
