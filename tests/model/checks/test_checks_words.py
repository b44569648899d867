"""Words that say nothing, and words that do: V13 and the rules that read names and goals."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jixiao.model.checks import Profile, Settings, check_tables
from jixiao.model.table import Indicator, Item, LevelPair, Share, SpendingDetail
from tests.model.checks.samples import found, project, row

Row = tuple[str, str, str, str, str]
TWO: Row = ("数量指标", "培训期数", "≥", "4", "期")


@pytest.mark.parametrize(
    "value",
    ["持续改进", "稳步提升", "进一步健全完善", "有较大改善", "正常使用", "按进度拨付", "减少",
     "满足工作需要", "达到预期效果", "可持续发展", "促进社会和谐", "社会和谐稳定", "保障有力",
     "约30元", "完成", "显著", "良好。"],
)  # fmt: skip
def test_values_that_say_nothing(value: str) -> None:
    told = found(project(row("社会效益指标", "农村人居环境", "定性", value, "")), "V13")
    assert [(f.index, f.field, f.severity) for f in told] == [(0, "value", "warning")]
    assert value.rstrip("。") in told[0].message


@pytest.mark.parametrize(
    "value",
    ["有效提升", "明显改善", "长期", "达标", "合格", "已建立管护制度", "无重大安全事故",
     "12月31日前", "3至5个", "符合国家标准", "印发工作方案", "零火点", "按时完成"],
)  # fmt: skip
def test_values_that_can_be_judged(value: str) -> None:
    table = project(row("社会效益指标", "农村人居环境", "定性", value, ""))
    assert not [f for f in found(table, "V13") if f.severity != "hint"]


def test_a_sentence_is_no_value() -> None:
    value = "通过接待和走访群众、协助解决群众困难，使工作成效受到群众广泛认可"
    (finding,) = found(project(row("社会效益指标", "有较好的影响", "定性", value, "")), "V13")
    assert f"{len(value)} 个字" in finding.message


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("带动沿线经济发展", "带动沿线经济发展", True),
        ("保障执法用车需求", "保障", True),
        ("管护制度健全性", "健全", False),
        ("拨付及时性", "及时", True),
        ("工程质量合格", "合格", False),
        ("社会影响", "已有三家媒体报道", True),
        ("有较好的社会影响", "群众认可", True),
    ],
)
def test_values_beside_their_names(name: str, value: str, told: bool) -> None:
    assert bool(found(project(row("社会效益指标", name, "定性", value, "")), "V13")) == told


@pytest.mark.parametrize("value", ["满意", "较高", "不断提高", "90分以上的占多数者"])
def test_satisfaction_needs_a_number(value: str) -> None:
    told = found(project(row("服务对象满意度", "群众满意度", "定性", value, "")), "V13")
    assert [f.severity for f in told] == ([] if "90" in value else ["error"])


@pytest.mark.parametrize(
    ("number", "unit", "told"),
    [("1", "年", True), ("12", "个月", True), ("365", "天", True), ("6", "个月", False)],
)
def test_the_whole_year_is_no_deadline(number: str, unit: str, told: bool) -> None:
    assert bool(found(project(row("时效指标", "项目工期", "≤", number, unit)), "V13")) == told


@pytest.mark.parametrize(
    ("value", "period", "told"),
    [
        ("2026年", "2026年", True),
        ("2026年1-12月", "2026年", True),
        ("1月至12月", "2026年", True),
        ("2026年1月", "2026年1月", True),
        ("2026年11月", "2026年", False),
        ("2026年11月", "", False),
    ],
)
def test_v4_the_period_again(value: str, period: str, told: bool) -> None:
    table = project(row("时效指标", "完成时间", "定性", value, ""), implementation_period=period)
    assert bool(found(table, "V4")) == told


def test_names_and_bases_that_leave_open() -> None:
    bare = project(row("时效指标", "及时率", "≥", "90", "%"))
    assert [f.field for f in found(bare, "V13")] == ["level3"]
    copied = project(row("经济成本指标", "甲项目", "≤", "10", "万元"))
    assert [f.field for f in found(copied, "V13")] == ["level3"]
    rows = [replace(row(*TWO), level3=f"{c}类培训期数", basis="工作需要") for c in "甲乙丙"]
    (finding,) = found(project(*rows, replace(row(*TWO), basis="培训计划")), "V13")
    assert (finding.field, finding.severity) == ("basis", "hint")
    assert "“工作需要”" in finding.message


def test_one_target_for_everything() -> None:
    rows = [row("质量指标", f"{c}项任务完成率", "≥", "95", "%") for c in "甲乙丙丁戊己"]
    (finding,) = found(project(*rows), "V13")
    assert "6 个" in finding.message
    assert not found(project(*rows[:5]), "V13")


@pytest.mark.parametrize(
    ("rule", "cells", "told"),
    [
        ("V9", ("质量指标", "培训合格率", "≥", "0.95", "%"), True),
        ("V9", ("质量指标", "数据差错率", "≤", "0.5", "%"), False),
        ("V12", ("质量指标", "代表参会率", "≤", "95", "%"), True),
        ("V12", ("质量指标", "故障维修及时率", "≥", "95", "%"), False),
        ("V12", ("质量指标", "设备故障率", "≥", "2", "%"), True),
        ("V12", ("经济成本指标", "会议费", "=", "10", "万元"), True),
        ("V12", ("服务对象满意度", "群众满意度", "=", "90", "%"), True),
        ("V15", ("质量指标", "代表报到率", "≥", "98", "%"), False),
        ("C1", ("质量指标", "修补路面", "≥", "3500", "平方米"), True),
        ("C1", ("质量指标", "系统并发数", "≥", "2000", "个"), False),
        ("C1", ("质量指标", "发回改判案件", "≤", "30", "件"), False),
        ("C5", ("生态环境成本指标", "资金拨付进度", "=", "1", "年"), True),
        ("C6", ("社会效益指标", "接种中断次数", "=", "0", "次"), False),
        ("C6", ("社会效益指标", "聘用当地务工人员", "≥", "120", "人"), False),
        ("C7", ("生态效益指标", "露天焚烧火点", "=", "0", "个"), False),
        ("T3", ("数量指标", "不涉及", "定性", "无", ""), False),
        ("T3", ("数量指标", "发放人数（≥**人）", "≥", "300", "人"), True),
        ("M3", ("经济成本指标", "单站运维成本", "≤", "4.7", "万元"), False),
        ("M3", ("经济成本指标", "高标准农田建设成本", "≤", "12", "万元"), True),
    ],
)  # fmt: skip
def test_single_cells(rule: str, cells: Row, told: bool) -> None:
    assert bool(found(project(row(*cells)), rule)) == told


def test_a_misread_sign_is_mended() -> None:
    (finding,) = found(project(row("质量指标", "工程合格率", "", "292", "%")), "V9")
    assert [(e.field, e.text) for e in finding.edits] == [("value", "92"), ("comparator", "≥")]


def test_no_unit_is_told_at_each_cell_and_cleared_there() -> None:
    rows = [row("质量指标", f"{c}制度", "定性", "已建立", "无") for c in "甲乙丙"]
    told = found(project(*rows), "V7")
    assert [(f.index, f.field, f.severity, f.fix) for f in told] == [
        (index, "unit", "hint", "") for index in range(3)
    ]
    assert told[1].message == "“乙制度”是定性指标，度量单位写了“无”，此栏应当空着。"
    assert not found(project(*(replace(one, unit="") for one in rows)), "V7")


def test_d1_one_thing_under_two_names() -> None:
    first = row("数量指标", "常委会召开次数", "≥", "6", "次")
    again = row("时效指标", "常委会会议", "≥", "6", "次")
    (finding,) = found(project(first, again), "D1")
    assert (finding.index, finding.field) == (1, "level3")
    assert not found(project(first, replace(again, level3="主任会会议")), "D1")


@pytest.mark.parametrize(
    ("goal", "name", "unit", "told"),
    [
        ("为15条校车线路发放补贴", "补贴校车线路数", "条", True),
        ("对15座小型水库开展维修养护", "维修养护水库数量", "座", True),
        ("对15家企业给予技改补贴", "补贴企业数量", "家", True),
        ("完成农村公路养护15公里", "养护里程", "公里", True),
        ("慰问15户困难家庭", "走访企业数量", "户", False),
    ],
)
def test_t1_words_in_another_order(goal: str, name: str, unit: str, told: bool) -> None:
    table = project(row("数量指标", name, "≥", "18", unit), goal=f"{goal}。")
    assert bool([f for f in found(table, "T1") if f.severity == "warning"]) == told


def test_t1_a_payment_promised_before_the_plan() -> None:
    early = Indicator("产出指标", "时效指标", "资金支付时间", "定性", "3月底前")
    plan = (Share("3月底", ""), Share("6月底", "100%"), Share("12月底", ""))
    table = replace(project(early), payment_schedule=plan)
    (finding,) = (f for f in found(table, "T1") if f.severity == "warning")
    assert (finding.index, "6月底" in finding.message) == (0, True)
    # What is paid by June is paid by December too.
    for value in ("6月底前", "12月底前"):
        in_time = replace(table, indicators=(replace(early, value=value),))
        assert not [f for f in found(in_time, "T1") if f.severity == "warning"]


@pytest.mark.parametrize(
    ("agency", "goal", "told"),
    [
        ("泾县水利局", "贯彻区委、区政府部署，服务我区群众", True),
        ("泾县水利局", "服务社区和园区群众，整治开发区环境", False),
        ("合肥市包河区水利局", "推动我县水利发展", True),
        ("合肥市包河区水利局", "服务全区群众", False),
    ],
)
def test_t4_the_wrong_kind_of_place(agency: str, goal: str, told: bool) -> None:
    assert bool(found(replace(project(goal=goal), agency=agency), "T4")) == told


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("组织开区人大代表建议办理工作", "组织开展区人大代表建议办理工作"),
        ("推进治理体系和治理能力提供支撑", "推进治理体系和治理能力现代化提供支撑"),
        ("资金拔付，布署工作", "资金拨付，部署工作"),
        ("推进治理体系和治理能力现代化", None),
        ("提升基层治理体系和治理能力水平", None),
        ("组织开展活动，组织开放日", None),
    ],
)
def test_t5_slips(text: str, right: str | None) -> None:
    assert [f.fix for f in found(project(goal=text), "T5")] == ([right] if right else [])


@pytest.mark.parametrize("goal", ["数字化档案60万页", "采购物资12类", "为6所小学配备设备"])
def test_t6_anything_counted_is_a_number(goal: str) -> None:
    assert not found(project(goal=goal), "T6")


def test_t7_points_make_no_difference() -> None:
    table = project(goal="完成培训4期。", period_goal="完成培训4期")
    assert found(table, "T7")


def test_m5_in_goals() -> None:
    wrong = project(goal="更新车辆3辆，每辆18万元，共计56万元。")
    (finding,) = found(wrong, "M5")
    assert (finding.field, "54 万元" in finding.message) == ("annual_goal", True)
    assert not found(project(goal="更新车辆3辆，每辆18万元，共计54万元。"), "M5")
    lines = (SpendingDetail("", "", "", "3辆，每辆18万元，共56万元"),)
    assert found(replace(project(), spending_details=lines), "M5")


def test_m1_money_that_the_form_calls_otherwise() -> None:
    told = {"budget_total": "96.5", "fiscal_funds": "90", "自有资金": "6.5"}
    department = replace(project(), kind="department", fields=told)
    assert not found(department, "M1")
    fiscal = {"budget_total": "96.5", "fiscal_funds": "90", "other_funds": "6.5"}
    assert not found(replace(department, fields=fiscal), "M1")
    assert found(replace(department, fields=fiscal | {"other_funds": "6"}), "M1")


def test_a1_all_for_one() -> None:
    one = row("数量指标", "联系企业数量", "≥", "1", "家")
    (finding,) = found(project(one, project_amount="40"), "A1")
    assert "40 万元" in finding.message
    assert not found(project(one, project_amount="4"), "A1")
    assert not found(project(one, row(*TWO), project_amount="40"), "A1")
    high = Profile(settings=Settings(single_output=50))
    assert not found(project(one, project_amount="40"), "A1", high)


def test_s1_what_other_forms_call_it() -> None:
    wanted = Profile(required=("annual_goal", "project_amount"))
    told = {"total_goal": "培训4期", "budget_total": "10"}
    assert not found(replace(project(), fields=told), "S1", wanted)
    assert len(found(replace(project(), fields={}), "S1", wanted)) == 2


def test_s3_and_s4_point_to_the_empty_row() -> None:
    empty = (LevelPair("满意度", "服务对象满意度"), LevelPair("产出指标", "数量指标"))
    table = replace(project(row(*TWO)), empty_levels=empty)
    served = next(f for f in found(table, "S3") if "满意度" in f.message)
    assert (served.rows, served.index, served.levels[1]) == ("empty_levels", 0, "服务对象满意度")
    printed = Profile(levels=tuple((pair.level1, pair.level2) for pair in empty))
    (finding,) = found(table, "S4", printed)
    assert (finding.severity, finding.index) == ("hint", 1)


def test_departments_by_dimensions_have_their_own_levels() -> None:
    rows = (
        Indicator("履职效能", "食品安全", "抽检批次", "≥", "4", "批次"),
        Indicator("管理效率", "预算管理", "预算执行率", "≥", "95", "%"),
    )
    table = replace(project(*rows), kind="department")
    assert not found(table, "S2")
    assert not found(table, "S3")


def test_m2_an_amount_that_the_summary_writes_otherwise() -> None:
    summary = replace(project(), kind="summary", items=(Item("甲项目", "12"),))
    told = [(i, f.rows, f.field) for i, f in check_tables([summary, project()]) if f.rule == "M2"]
    assert told == [(0, "items", "amount")]


@pytest.mark.parametrize(
    ("goal", "told"),
    [
        ("2025年完成12座山塘清淤。", True),
        ("主体工程2025年12月底前完工。", True),
        ("在2024年完成12座山塘清淤。", True),
        ("2024年6月30日前竣工。", True),
        ("改造2023年底前建成的小区12个。", False),
        ("支付2025年底前完工项目的尾款。", False),
        ("2025年已完成12座，2026年再完成8座。", False),
        ("自2024年启动以来进展顺利，本年完成8座。", False),
        ("2026年12月底前完工。", False),
    ],
)
def test_t8_years_of_an_earlier_draft(goal: str, told: bool) -> None:
    table = project(row("数量指标", "山塘清淤数量", "=", "12", "座"), annual_goal=goal)
    assert bool(found(replace(table, year=2026), "T8")) == told
