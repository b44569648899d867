"""One cause is told once, at each cell that has it; and what is no fault is let be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jixiao.model.checks import Profile, apply_fix, check_table
from jixiao.model.table import Indicator, Share, SpendingDetail
from tests.model.checks.samples import found, project, row

Row = tuple[str, str, str, str, str]


@pytest.mark.parametrize(
    ("cells", "told", "left_out"),
    [
        (("时效指标", "重点工作督查完成量", "≥", "98", "%"), "V15", "C3"),
        (("时效指标", "补助发放完成时间", "≤", "100", "%"), "V15", "V10"),
        (("生态环境成本指标", "资金拨付进度", "=", "1", "年"), "C5", "V13"),
        (("社会成本指标", "无", "定性", "无", "/"), "V14", "V7"),
        (("数量指标", "群众满意度", "≥", "90", "%"), "C4", "C2"),
        (("生态效益指标", "发放宣传资料", "≥", "500", "份"), "C6", "C7"),
    ],
)
def test_the_weaker_of_one_cause_is_left_out(cells: Row, told: str, left_out: str) -> None:
    table = project(row(*cells))
    assert found(table, told)
    assert not found(table, left_out)


def test_what_needs_two_actions_is_told_twice() -> None:
    table = project(row("社会成本指标", "信息被采用数", "≥", "0.5", "条"))
    assert {"V11", "C6"} <= {f.rule for f in check_table(table)}


def test_another_row_keeps_its_own() -> None:
    first = row("时效指标", "督查完成量", "≥", "98", "%")
    second = row("时效指标", "工作覆盖率", "≥", "98", "%")
    assert [f.index for f in found(project(first, second), "C3")] == [1]


@pytest.mark.parametrize(
    ("explanation", "name", "told"),
    [
        ("", "活动次数", True),
        ("每季度组织一次", "活动次数", False),
        ("", "每月巡查次数", False),
        ("全年组织一次", "活动次数", True),
    ],
)
def test_a1_knows_the_times_of_a_year(explanation: str, name: str, told: bool) -> None:
    only = row("数量指标", name, "≥", "1", "次", explanation=explanation)
    assert bool(found(project(only, project_amount="40"), "A1")) == told


@pytest.mark.parametrize(("weak", "told"), [(3, False), (4, True)])
def test_v13_empty_bases_only_where_they_are_most(weak: int, told: bool) -> None:
    rows = [
        replace(row("数量指标", f"{c}项工作次数", "≥", "4", "次"), basis=basis)
        for c, basis in zip(
            "甲乙丙丁戊己庚", ["工作安排"] * weak + ["区政府文件"] * (7 - weak), strict=True
        )
    ]
    bases = [f for f in found(project(*rows), "V13") if f.field == "basis"]
    assert [f.index for f in bases] == [0] * told


def test_v13_copied_explanations_are_told_once() -> None:
    names = ("组织培训", "编印资料", "走访农户")
    rows = [row("数量指标", name, "≥", "4", "次", explanation=name) for name in names]
    (note,) = (f for f in found(project(*rows), "V13") if f.field == "explanation")
    assert (note.index, note.severity) == (0, "hint")
    assert not [f for f in found(project(*rows[:2]), "V13") if f.field == "explanation"]


def test_t3_an_explanation_that_breaks_off_in_its_unit() -> None:
    cut = row(
        "数量指标", "起草各类文稿", "≥", "3", "万字", explanation="政府工作报告等各类文稿起草字"
    )
    (note,) = found(project(cut), "T3")
    assert (note.field, note.severity) == ("explanation", "hint")
    for whole in ("政府工作报告等各类文稿起草字数", "全部文稿的总字数按版面计每页一千字"):
        assert not found(project(replace(cut, explanation=whole)), "T3")


def test_t3_a_verb_that_wants_its_object() -> None:
    others = (
        row("质量指标", "对口支援工作达标率", "=", "100", "%"),
        row("服务对象满意度", "对口支援地区群众满意度", "≥", "90", "%"),
    )
    name = "帮助当地群众解决困难，巩固对口支援"
    cut = row("社会效益指标", name, "定性", "巩固", "")
    assert [f.index for f in found(project(cut, *others), "T3")] == [0]
    whole = replace(cut, level3=f"{name}成果")
    assert not found(project(whole, *others), "T3")
    # 服务质量 is a thing of its own, though another name goes on with it.
    quality = replace(cut, level3="规范窗口服务行为，提升服务质量")
    again = [replace(one, level3="服务质量达标率") for one in others]
    assert not found(project(quality, *again), "T3")


def test_d1_two_completion_rates_of_one_thing() -> None:
    first = row("质量指标", "会议事项完成率", "=", "100", "%")
    again = row("时效指标", "会议进程完成率", "=", "100", "%")
    assert [f.index for f in found(project(first, again), "D1")] == [1]
    # As two of one class, or by the day, they tell of two things.
    assert not found(project(first, replace(again, level2="质量指标")), "D1")
    assert not found(project(first, replace(again, level3="会议进程按期完成率")), "D1")


def test_d1_a_satisfaction_under_two_words() -> None:
    first = row("服务对象满意度", "参训人员满意度", "≥", "95", "%")
    again = row("服务对象满意度", "参训人员满意率", "≥", "90", "%")
    assert [f.index for f in found(project(first, again), "D1")] == [1]


def test_t5_says_all_the_words_it_would_write() -> None:
    goal = "为推进我区治理体系和治理能力提供支撑，完成培训4期。"
    (note,) = found(project(goal=goal), "T5")
    assert "“治理体系和治理能力现代化提供”" in note.message
    assert note.fix is not None
    assert "治理能力现代化提供支撑" in note.fix


def test_t5_names_the_row_of_the_cell() -> None:
    slip = row("数量指标", "项目成本内", "≥", "4", "次", explanation="反应项目成本情况")
    (note,) = found(project(slip), "T5")
    assert (note.field, note.indicator) == ("explanation", "项目成本内")


def test_s2_satisfaction_below_benefit() -> None:
    stray = Indicator("效益指标", "服务对象满意度指标", "群众满意度", "≥", "90", "%")
    known = Profile(levels=(("满意度指标", "服务对象满意度指标"),))
    (note,) = found(project(stray), "S2", known)
    assert (note.severity, note.fix) == ("error", "满意度指标")
    assert not found(apply_fix(project(stray), note), "S2", known)
    printed = Profile(levels=(("效益指标", "服务对象满意度指标"),))
    assert [f.severity for f in found(project(stray), "S2", printed)] == ["hint"]
    joined = replace(stray, level2="社会公众及服务对象满意度指标")
    assert not found(project(joined), "S2")


def test_m5_a_product_beside_its_amount() -> None:
    line = SpendingDetail("农资储备", "贴息", "40.00", "1200吨×300元/吨")
    (note,) = found(replace(project(), spending_details=(line,)), "M5")
    assert (note.index, note.field) == (0, "basis")
    assert "36 万元" in note.message
    for right in ("1200吨×300元/吨+2台×2万元/台", "按合同", "800人×5天×100元/人天"):
        table = replace(project(), spending_details=(replace(line, basis=right),))
        assert not found(table, "M5"), right


def test_v5_separated_thousands() -> None:
    (note,) = found(project(row("数量指标", "接入事项", "≥", "1,200", "项")), "V5")
    assert (note.severity, note.fix) == ("warning", "1200")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        *((text, True) for text in ("干净整洁", "安全可控", "及时到位", "热情周到", "基本控制")),
        *((text, True) for text in ("全年完成", "年内完成", "严格审核", "避免经济损失", "按期")),
        *((text, False) for text in ("检测合格", "通过三级测评", "按时完成", "6月底前完成")),
        *((text, False) for text in ("已建立台账", "形成评估报告", "有效控制", "无安全事故")),
    ],
)
def test_v13_opinions_and_results(value: str, told: bool) -> None:
    one = row("质量指标", "补贴对象审核按期情况", "定性", value, "", explanation="按办法评定")
    assert bool(found(project(one), "V13")) == told


@pytest.mark.parametrize(
    ("goal", "name", "unit", "told"),
    [
        ("为320名重度残疾人提供居家托养服务", "居家托养残疾人人数", "人", True),
        ("每人减免800元", "人均减免标准", "元/人", True),
        ("走访慰问重点优抚对象五百户", "走访慰问优抚对象户数", "户", True),
        ("组织社会体育指导员培训4期、320人", "社会体育指导员培训人数", "人", True),
        ("接入事项1200项", "接入政务服务事项", "项", True),
        ("服务千家万户", "服务居民户数", "户", False),
        ("每人减免800元", "人均培训标准", "元/人", False),
    ],
)
def test_t1_other_words_for_one_thing(goal: str, name: str, unit: str, told: bool) -> None:
    table = project(row("数量指标", name, "≥", "300", unit), goal=f"{goal}。")
    assert bool([f for f in found(table, "T1") if f.severity == "warning"]) == told


@pytest.mark.parametrize(
    ("rule", "cells", "told"),
    [
        ("V12", ("时效指标", "故障响应时间", "≥", "2", "小时"), True),
        ("V12", ("时效指标", "预警信号提前时间", "≥", "25", "分钟"), False),
        ("V12", ("社会效益指标", "火灾起数", "≥", "20", "起"), True),
        ("V12", ("数量指标", "扑救火灾", "≥", "150", "起"), False),
        ("V15", ("社会效益指标", "消防知识知晓率", "≥", "85", "分"), True),
        ("V15", ("社会效益指标", "新增就业岗位", "≥", "300", "%"), True),
        ("V8", ("社会效益指标", "查阅时间缩短", "≥", "50", "%"), False),
        ("C1", ("质量指标", "场馆开放天数", "≥", "330", "天"), True),
        ("C1", ("质量指标", "获得奖牌数", "≥", "30", "枚"), False),
        ("C5", ("经济效益指标", "引进县外资金", "≥", "12", "亿元"), False),
        ("C7", ("生态效益指标", "引进项目环评通过率", "=", "100", "%"), False),
        ("V14", ("生态效益指标", "生态效益", "定性", "无生态效益", ""), True),
        ("V14", ("生态效益指标", "施工对周边环境影响", "定性", "无影响", ""), False),
        ("V10", ("服务对象满意度", "学员满意度", "≥", "110", "%"), False),
    ],
)
def test_more_single_cells(rule: str, cells: Row, told: bool) -> None:
    assert bool(found(project(row(*cells)), rule)) == told


@pytest.mark.parametrize(
    ("agency", "told"),
    [("株洲市醴陵市公安局", True), ("湖南省教育厅", False), ("长沙市教育局", True)],
)
def test_t4_a_city_that_speaks_of_its_province(agency: str, told: bool) -> None:
    table = replace(project(goal="我省形势平稳，完成培训4期。"), agency=agency)
    assert bool(found(table, "T4")) == told


def test_t1_a_plan_that_pays_after_the_promise() -> None:
    paid = Indicator("产出指标", "时效指标", "资金支付及时率", "≤", "6", "月份")
    plan = (Share("6月底", "50%"), Share("12月底", "50%"))
    table = replace(project(paid), payment_schedule=plan)
    assert [f.index for f in found(table, "T1") if f.severity == "warning"] == [0]


@pytest.mark.parametrize(
    ("goal", "value", "unit", "said"),
    [
        ("服务居民1.2万户", "12000", "户", None),
        ("服务居民1.2万户", "9000", "户", "12000"),
        ("服务居民60万户", "60", "户", "600000"),
        ("服务居民9000户", "1.2", "万户", "0.9"),
    ],
)
def test_t1_counts_by_ten_thousands(goal: str, value: str, unit: str, said: str | None) -> None:
    table = project(row("数量指标", "服务居民户数", "≥", value, unit), goal=f"{goal}。")
    told = [f for f in found(table, "T1") if f.severity == "warning"]
    assert [f.about for f in told] == [(said, value)] * (said is not None)


def test_t1_a_price_in_another_unit() -> None:
    price = row("经济成本指标", "人均补助标准", "=", "12000", "元/人")
    assert not found(project(price, goal="每人补助1.2万元，完成培训4期。"), "T1")[1:]
    (note, *_) = found(project(price, goal="每人补助1.5万元。"), "T1")
    assert note.about == ("15000", "12000")


def test_m3_two_equal_parts_are_no_repeated_sum() -> None:
    parts = [row("经济成本指标", name, "≤", "18", "万元") for name in ("补助支出", "培训支出")]
    assert not found(project(*parts, project_amount="36"), "M3")
    whole = replace(parts[0], level3="项目总成本")
    assert not found(project(whole, parts[1], project_amount="18"), "M3")
    (note,) = found(project(*parts, project_amount="30"), "M3")
    assert "36 万元" in note.message


@pytest.mark.parametrize(
    ("rule", "cells", "told"),
    [
        ("V13", ("时效指标", "疫情报告", "定性", "及时上报", ""), True),
        ("V13", ("质量指标", "裁决文书", "定性", "按规定上网公开", ""), False),
        ("V12", ("社会效益指标", "重大动物疫情发生次数", "≥", "1", "次"), True),
        ("C6", ("社会效益指标", "化解权属纠纷", "≥", "60", "起"), False),
        ("C7", ("生态效益指标", "病死羊无害化处理率", "=", "100", "%"), False),
        ("C3", ("时效指标", "班次准点率", "≥", "90", "%"), False),
        ("V10", ("质量指标", "伙食标准执行率", "≥", "100", "%"), True),
        ("V10", ("经济效益指标", "产值增长率", "≥", "100", "%"), False),
    ],
)
def test_still_more_single_cells(rule: str, cells: Row, told: bool) -> None:
    assert bool(found(project(row(*cells)), rule)) == told
