"""Offers, explanations and hints in cells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jixiao.io.paper.form.offers import explain, offers, problem
from jixiao.io.paper.page.grid import Binding
from jixiao.model.table import Indicator, Table, Task
from tests.io.row_samples import form_of, table_of

LUKOU = "lukou2026-xiangmu"


def offered(
    name: str, target: str = "indicators", table: Table | None = None, **more: str
) -> list[str]:
    binding = Binding(target, name, (0,), **more)
    return offers(form_of(LUKOU), table or table_of(LUKOU), binding, ["库里的名称"])


def test_levels_as_the_form_spells_them() -> None:
    assert offered("level1") == ["产出指标", "效益指标", "满意度", "成本指标"]
    found = offered("level2", level1="效益指标")
    assert found[:3] == ["经济效益", "社会效益", "生态效益"]
    assert "数量指标" in found
    assert offered("level2", level1="满意度指标")[0] == "服务对象满意度"


def test_units_used_here_go_first_and_comparators_keep_their_order() -> None:
    units = offered("unit")
    assert units[0] == "百分比"
    assert {"次", "%", "万元"} <= set(units[:20])
    assert len(units) == len(set(units))
    for used in ("<", "定性", "约"):  # clerks choose by position
        table = replace(table_of(LUKOU), indicators=(Indicator(comparator=used),))
        assert offered("comparator", table=table) == ["≥", "≤", "＝", "＞", "＜", "定性"]


def test_other_offers() -> None:
    assert offered("money_unit", "field") == ["万元", "元"]
    assert offered("project_category", "field")[0] == "特定目标类"
    assert "2026年1月-12月" in offered("implementation_period", "field")
    assert offered("level3") == ["库里的名称"]
    assert offered("project_name", "field") == ["库里的名称"]
    table = replace(table_of(LUKOU), tasks=(Task("a", "办公室"), Task("b", "办公室")))
    assert offered("owner", "tasks", table) == ["办公室", "库里的名称"]
    assert "部门职责" in offered("name", "other")
    assert "项目名称" not in offered("name", "other")
    assert offered("remark") == []


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("target:cvu", "不低于10次", "≥ 10 次"),
        ("target:cvu", "90%以上", "≥ 90 %"),
        ("target:cvu", "持续督促", "定性：持续督促"),
        ("target:cvu", "", ""),
        ("comparator", "不超过", "≤"),
        ("comparator", "＝", ""),
        ("comparator", "随便", ""),
        ("level3", "10次", ""),
    ],
)
def test_how_a_cell_is_understood(name: str, text: str, expected: str) -> None:
    assert explain(Binding("indicators", name, (0,)), text) == expected


@pytest.mark.parametrize(
    ("target", "name", "text", "expected"),
    [
        ("field", "project_amount", "48.40", ""),
        ("field", "project_amount", "约5万", "应当是金额"),
        ("field", "project_amount", "484000元", "48.4（万元）"),
        ("spending_details", "amount", "餐费", "应当是金额"),
        ("items", "amount", "1,234.5", ""),
        ("field", "year", "二〇二六", "四位数字"),
        ("field", "year", "2026", ""),
        ("field", "money_unit", "美元", "金额单位"),
        ("share", "3月底", "35%", ""),
        ("share", "3月底", "135", "0 到 100"),
        ("share", "3月底", "一半", "百分数"),
        ("indicators", "comparator", "约", "不是"),
        ("indicators", "comparator", "不低于", ""),
        ("indicators", "level1", "产出", ""),
        ("indicators", "level1", "过程指标", "一级指标"),
        ("indicators", "level3", "随便", ""),
        ("field", "project_amount", " ", ""),
    ],
)
def test_hints(target: str, name: str, text: str, expected: str) -> None:
    found = problem(Binding(target, name), text, table_of(LUKOU))
    assert (expected in found) if expected else found == ""
