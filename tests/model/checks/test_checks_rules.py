"""Each rule on a cell that breaks it and on cells that do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jixiao.model.checks import Profile, Settings, check_tables
from jixiao.model.table import Indicator, Item, LevelPair, SpendingDetail, Task
from tests.model.checks.samples import found, project, row

Row = tuple[str, str, str, str, str]

COUNT: Row = ("数量指标", "培训期数", "≥", "4", "期")

BROKEN: tuple[tuple[str, Row], ...] = (
    ("V1", ("质量指标", "合格率", "", "95", "%")),
    ("V3", ("质量指标", "合格率", "定量", "95", "%")),
    ("V4", ("质量指标", "合格率", "定性", "≥95%", "")),
    ("V4", ("时效指标", "时间", "定性", "2026年度", "")),
    ("V5", ("数量指标", "接待人次", "≥", "约500", "人次")),
    ("V5", ("数量指标", "接待人次", "≥", "", "人次")),
    ("V6", ("数量指标", "接待人次", "≥", "500", "")),
    ("V6", ("数量指标", "接待人次", "≥", "500", "/")),
    ("V6", ("时效指标", "完成时间", "定性", "年底前", "年度")),
    ("V7", ("质量指标", "合格率", "≥", "95", "百分比")),
    ("V7", ("数量指标", "分析报告", "≥", "2", "个")),
    ("V8", ("质量指标", "系统运行稳定", "≥", "95", "%")),
    ("V8", ("质量指标", "合格率", "≥", "95", "万元")),
    ("V9", ("质量指标", "任务完成率", "≥", "120", "%")),
    ("V10", ("质量指标", "任务完成率", "≥", "100", "%")),
    ("V10", ("服务对象满意度", "群众满意度", "=", "100", "%")),
    ("V11", ("数量指标", "信息采纳数", "≥", "0.5", "条")),
    ("V12", ("经济成本指标", "会议费", "≥", "10", "万元")),
    ("V12", ("数量指标", "出席人数", "≤", "206", "人")),
    ("V12", ("服务对象满意度", "群众满意度", "≤", "90", "%")),
    ("V12", ("质量指标", "安全事故次数", "≥", "1", "次")),
    ("V13", ("社会效益指标", "代表履职能力", "定性", "有所提升", "")),
    ("V13", ("时效指标", "预算年度内", "=", "1", "年")),
    ("V13", ("社会效益指标", "提高业务水平", "定性", "业务水平提高", "")),
    ("V14", ("社会成本指标", "无", "定性", "无", "")),
    ("V14", ("生态效益指标", "无直接生态效益", "定性", "/", "")),
    ("V15", ("服务对象满意度", "群众满意度", "≥", "1", "次")),
    ("V15", ("时效指标", "支付及时率", "≤", "12", "月份")),
    ("V15", ("数量指标", "督查完成量", "≥", "98", "%")),
    ("V16", ("数量指标", "长" * 101, "≥", "1", "次")),
    ("V17", ("时效指标", "完成时间", "定性", "2026-12-31", "")),
    ("V17", ("数量指标", "培训期数", "≥", "3-5", "期")),
    ("C1", ("质量指标", "召开主任会议", "≥", "10", "次")),
    ("C2", ("数量指标", "参训率", "≥", "90", "%")),
    ("C3", ("时效指标", "主任会议", "≥", "12", "次")),
    ("C3", ("时效指标", "进程完成率", "=", "100", "%")),
    ("C4", ("社会效益指标", "群众满意度", "≥", "90", "%")),
    ("C5", ("生态效益指标", "成本总额", "=", "10", "万元")),
    ("C5", ("经济成本指标", "代表人数", "=", "187", "人")),
    ("C6", ("社会效益指标", "开展宣传", "≥", "4", "次")),
    ("C6", ("社会成本指标", "信息采纳数", "≥", "5", "条")),
    ("C7", ("生态效益指标", "推动机关高效运转", "定性", "制度已建立", "")),
    ("C7", ("生态效益指标", "营造政治生态", "定性", "制度已建立", "")),
    ("M3", ("经济成本指标", "会议费", "≤", "11", "万元")),
    ("M8", ("经济成本指标", "会议费", "≤", "200000", "万元")),
    ("T2", ("数量指标", "<p>培训期数</p>", "≥", "4", "期")),
    ("T2", ("数量指标", "培训\u200b期数", "≥", "4", "期")),
    ("T3", ("数量指标", "起草《工作报告", "≥", "4", "篇")),
    ("T3", ("数量指标", "代表培训、", "≥", "4", "期")),
    ("T5", ("数量指标", "会体会议次数", "≥", "4", "次")),
    ("T8", ("时效指标", "完成时间", "定性", "2025年12月31日前", "")),
)

SOUND: tuple[Row, ...] = (
    COUNT,
    ("质量指标", "重大安全事故次数", "=", "0", "次"),
    ("质量指标", "投诉处理及时率", "≥", "95", "%"),
    ("时效指标", "完成时间", "定性", "12月31日前完成", ""),
    ("时效指标", "完成时间", "定性", "年底前", ""),
    ("时效指标", "故障修复时间", "≤", "4", "小时"),
    ("数量指标", "公务接待批次", "≤", "20", "批次"),
    ("经济成本指标", "人均补助标准", "=", "600", "元/人"),
    ("经济成本指标", "三公经费控制率", "≤", "100", "%"),
    ("社会成本指标", "施工扰民投诉件数", "≤", "2", "件"),
    ("生态环境成本指标", "扬尘噪声超标次数", "=", "0", "次"),
    ("社会效益指标", "受益人口", "≥", "3000", "人"),
    ("生态效益指标", "新增绿地面积", "≥", "500", "平方米"),
    ("经济效益指标", "新增税收金额", "≥", "3000", "万元"),
    ("经济效益指标", "产值增长率", "≥", "120", "%"),
    ("服务对象满意度", "群众满意度", "≥", "90", "%"),
)


@pytest.mark.parametrize(("rule", "cells"), BROKEN, ids=str)
def test_broken_cells_are_told(rule: str, cells: Row) -> None:
    told = found(project(row(*cells)), rule)
    assert told
    assert told[0].rows == "indicators"
    assert told[0].index == 0
    assert told[0].indicator == cells[1]


@pytest.mark.parametrize("cells", SOUND, ids=str)
def test_sound_cells_are_not_told(cells: Row) -> None:
    table = project(row(*cells))
    rules = {rule for rule, _ in BROKEN}
    assert not [f for rule in sorted(rules) for f in found(table, rule)]


# --- structure --------------------


def test_s1_required_fields() -> None:
    profile = Profile(required=("project_category", "project_name", "agency", "year"))
    assert [f.field for f in found(project(), "S1", profile)] == ["project_category"]
    assert [f.field for f in found(replace(project(), year=None), "S1", profile)] == [
        "project_category",
        "year",
    ]


@pytest.mark.parametrize(
    ("level1", "level2", "field", "fix"),
    [
        ("效益指标", "数量指标", "level1", "产出指标"),
        ("", "数量指标", "level1", "产出指标"),
        ("产出指标", "会议指标", "level2", None),
        ("产出指标", "", "level2", None),
        ("别的", "别的", "level1", None),
        ("", "", "level2", None),
    ],
)
def test_s2_levels(level1: str, level2: str, field: str, fix: str | None) -> None:
    bad = Indicator(level1, level2, "培训期数", "≥", "4", "期")
    good = row(*COUNT)
    (finding,) = found(project(good, bad), "S2")
    assert (finding.field, finding.fix, finding.index) == (field, fix, 1)


def test_s2_the_forms_own_spelling_is_right() -> None:
    short = Indicator("满意度", "服务对象满意度", "群众满意度", "≥", "90", "%")
    long = Profile(levels=(("满意度指标", "服务对象满意度指标"),))
    assert not found(project(short), "S2")
    assert not found(project(short), "S2", Profile(levels=(("满意度", "服务对象满意度"),)))
    (finding,) = found(project(short), "S2", long)
    assert (finding.severity, finding.fix) == ("hint", "满意度指标")


def test_s2_levels_that_only_a_form_has() -> None:
    own = Indicator("履职效能", "重点工作", "培训期数", "≥", "4", "期")
    assert found(project(own), "S2")
    assert not found(project(own), "S2", Profile(levels=(("履职效能", "重点工作"),)))


def test_s2_no_levels_at_all_are_told_once_a_table() -> None:
    form = Profile(levels=(("产出指标", "数量指标"),))
    bare = [Indicator(level3=name, comparator="≥", value="4", unit="次") for name in "甲乙丙"]
    table = project(bare[0], Indicator(), *bare[1:])
    (finding,) = found(project(*bare), "S2", form)
    assert "第 1—3 行" in finding.message
    (finding,) = found(table, "S2", form)
    assert (finding.severity, finding.rows, finding.index) == ("error", "indicators", 0)
    assert finding.field == "level1"
    assert "第 1、3、4 行" in finding.message
    assert "没有写一级、二级指标" in finding.message
    assert not found(table, "S3", form)
    later = replace(project(row(*COUNT)), period_indicators=tuple(bare))
    (finding,) = found(later, "S2", form)
    assert finding.rows == "period_indicators"


def test_s2_a_table_without_level_columns_is_left_alone() -> None:
    table = project(Indicator(level3="完成率", comparator="≥", value="90", unit="%"))
    assert not found(table, "S2")
    narrative = replace(table, kind="narrative")
    assert not found(narrative, "S2", Profile(levels=(("产出指标", "数量指标"),)))


def test_s3_required_classes() -> None:
    table = project(row(*COUNT))
    assert len(found(table, "S3")) == 5
    reason = Profile(no_direct_beneficiaries="内部管理项目")
    assert len(found(table, "S3", reason)) == 4
    assert [f.field for f in found(project(), "S3")] == ["level3"]
    narrative = replace(project(Indicator(level3="完成率")), kind="narrative")
    assert not found(narrative, "S3")
    only_price = project(row("经济成本指标", "人均标准", "≤", "400", "元/人"))
    assert [f.severity for f in found(only_price, "S3") if f.field == "unit"] == ["warning"]


def test_s4_empty_rows_count_only_where_the_form_does_not_print_them() -> None:
    printed = replace(project(row(*COUNT)), empty_levels=(LevelPair("效益指标", "生态效益"),))
    assert not found(printed, "S4")
    assert not found(printed, "S4", Profile(levels=(("效益指标", "生态效益"),)))
    assert found(printed, "S4", Profile(levels=(("产出指标", "数量指标"),)))
    nameless = project(
        row(*COUNT), row("质量指标", "", "≥", "95", "%"), row("时效指标", "", "", "", "")
    )
    (finding,) = found(nameless, "S4")
    assert "第 2 行" in finding.message
    assert "第 3 行" in finding.message


def test_s5_limits_are_settings() -> None:
    few = project(row(*COUNT))
    assert found(few, "S5")
    assert not found(few, "S5", Profile(settings=Settings(min_indicators=1)))
    many = project(*(row("数量指标", f"事项{c}次数", "≥", "2", "次") for c in "甲乙丙丁戊己庚"))
    (finding,) = found(many, "S5")
    assert "7 个" in finding.message


def test_s6_two_vintages() -> None:
    new = row("经济成本指标", "会议费", "≤", "10", "万元")
    old = Indicator("产出指标", "成本指标", "印刷费", "≤", "1", "万元")
    assert found(project(new, old), "S6")
    assert not found(project(new), "S6")
    department = replace(project(old), kind="department", fields={"department_name": "甲局"})
    told = [(i, f.rule) for i, f in check_tables([department, project(new)]) if f.rule == "S6"]
    assert told == [(0, "S6")]


def test_s7_summary_and_projects() -> None:
    summary = replace(project(), kind="summary", items=(Item("甲项目经费"), Item("乙项目")))
    other = project(project_name="丙项目")
    told = [(i, f) for i, f in check_tables([summary, project(), other]) if f.rule == "S7"]
    assert [(i, f.rows, f.index, f.field) for i, f in told] == [
        (0, "items", 1, "name"),
        (2, None, None, "project_name"),
    ]


# --- settings, money --------------------


def test_percent_as_a_word_may_be_usual() -> None:
    table = project(row("质量指标", "合格率", "≥", "95", "百分比"))
    assert not found(table, "V7", Profile(settings=Settings(percent_word=True)))


def test_switched_off_rules_say_nothing() -> None:
    table = project(row("质量指标", "合格率", "", "95", "%"))
    assert not found(table, "V1", Profile(switched_off=frozenset({"V1"})))


def test_d1_duplicates() -> None:
    first = row(*COUNT)
    (finding,) = found(project(first, first), "D1")
    assert (finding.index, finding.severity) == (1, "warning")
    near = (
        row("质量指标", "区人大代表满意率", "≥", "90", "%"),
        row("质量指标", "人大代表满意率", "≥", "90", "%"),
    )
    assert found(project(*near), "D1")
    two = (
        row("质量指标", "综合事务管理工作完成率", "≥", "95", "%"),
        row("质量指标", "综合业务管理工作完成率", "≥", "95", "%"),
    )
    assert not found(project(*two), "D1")
    by_task = replace(first, task="甲"), replace(first, task="乙")
    assert [f.severity for f in found(project(*by_task), "D1")] == ["warning"]
    other = by_task[0], replace(by_task[1], value="9")
    assert [f.severity for f in found(project(*other), "D1")] == ["hint"]


def test_m4_department_costs() -> None:
    fields = {
        "department_name": "甲局",
        "budget_total": "30",
        "basic_expenditure": "20",
        "project_expenditure": "10",
    }
    cost = row("经济成本指标", "年初预算基本支出", "≤", "21", "万元")
    table = replace(project(cost), kind="department", fields=fields)
    (finding,) = found(table, "M4")
    assert "21万元" in finding.message
    assert "20 万元" in finding.message
    assert not found(replace(table, indicators=(replace(cost, value="20"),)), "M4")
    meals = replace(cost, level3="会议费", value="3")
    assert not found(replace(table, indicators=(meals,)), "M4")


@pytest.mark.parametrize(
    ("content", "detail", "basis", "wrong"),
    [
        ("", "餐费10万元，其他26万元", "餐费140元/人/天，其他费用100元/人/天", True),
        ("", "餐费14万元，其他10万元", "餐费140元/人/天，其他费用100元/人/天", False),
        ("代表187人，每人每年3000元，共56.10万元", "", "", False),
        ("代表187人，每人每年3000元，共57万元", "", "", True),
        ("", "", "240人次×400元/人次=9.60万元", False),
        ("", "", "240人次×400元/人次=96万元", True),
        ("", "会议费10万元", "按文件规定", False),
    ],
)
def test_m5_number_times_price(content: str, detail: str, basis: str, wrong: bool) -> None:
    table = replace(project(), spending_details=(SpendingDetail(content, detail, "", basis),))
    assert bool(found(table, "M5")) == wrong


def test_m5_between_indicators() -> None:
    heads = row("数量指标", "补助人数", "=", "450", "人")
    price = row("经济成本指标", "补助标准", "=", "600", "元/人")
    assert found(project(heads, price, project_amount="28"), "M5")
    assert not found(project(heads, price, project_amount="27"), "M5")


def test_m8_decimals() -> None:
    (finding,) = found(project(project_amount="949.134"), "M8")
    assert finding.severity == "hint"
    assert not found(project(project_amount="949.130"), "M8")


# --- texts --------------------


def test_t3_the_explanation_goes_on() -> None:
    cut = row("社会效益指标", "为国民经济持续健康发展和社会稳", "定性", "制度已建立", "")
    cut = replace(cut, explanation="为国民经济持续健康发展和社会稳定提供保障")
    assert found(project(cut), "T3")
    whole = row("数量指标", "听取和审查报告", "≥", "4", "份", explanation="听取和审查报告份数")
    assert not found(project(whole), "T3")


@pytest.mark.parametrize(
    ("goal", "told"),
    [
        ("促进全市经济发展", True),
        ("全面完成市十五届人大四次会议确定的任务", True),
        ("编制市级财政预算", True),
        ("贯彻《全市教育工作意见》", False),
        ("在全市考核中排名前三", False),
        ("在市级以上媒体发稿30篇", False),
        ("配合省、市人大开展执法检查", False),
        ("服务株洲市天元区群众", True),
        ("服务株洲市渌口区群众", False),
    ],
)
def test_t4_other_places(goal: str, told: bool) -> None:
    assert bool(found(project(goal=goal), "T4")) == told
    city = replace(project(goal=goal), agency="浏阳市教育局")
    assert not found(city, "T4")


def test_t4_a_district_has_no_legislation() -> None:
    table = replace(project(), agency="株洲市石峰区人民代表大会常务委员会")
    table = replace(table, tasks=(Task("监督", "", "切实做好立法工作"),))
    assert [(f.rows, f.field) for f in found(table, "T4")] == [("tasks", "content")]


@pytest.mark.parametrize(
    ("goal", "told"),
    [
        ("深入践行全过程人民民主", True),
        ("1.完成“一府两院”工作。2.运用线上、线下两个平台", True),
        ("落实第三次会议精神", True),
        ("培训4期", False),
        ("确定十个事项", False),
        ("6月底前完成", False),
        ("合格率达到95%", False),
    ],
)
def test_t6_goals_without_numbers(goal: str, told: bool) -> None:
    assert bool(found(project(goal=goal), "T6")) == told


def test_t7_same_goals() -> None:
    same = {"period_goal": "完成培训4期。"}
    long = project(**same, implementation_period="2025年-2027年")
    assert [f.severity for f in found(long, "T7")] == ["warning"]
    one_year = project(**same, implementation_period="2026年度")
    assert [f.severity for f in found(one_year, "T7")] == ["hint"]
    assert not found(project(period_goal="三年培训12期。"), "T7")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"project_name": "2025年教师培训"}, True),
        ({"project_name": "2026年教师培训"}, False),
        ({"implementation_period": "2025年1月-12月"}, True),
        ({"implementation_period": "2025年-2027年"}, False),
        ({"implementation_period": "2026.1.1-2026.12.31"}, False),
        ({"goal": "2025年开展培训4期"}, True),
        ({"goal": "审查2025年决算，表彰2025年度先进"}, False),
        ({"goal": "发案数比2025年下降5%"}, False),
        ({"goal": "落实〔2025〕10号文件，自2018年以来"}, False),
    ],
)
def test_t8_years(fields: dict[str, str], told: bool) -> None:
    assert bool(found(project(**fields), "T8")) == told


def test_t8_title() -> None:
    table = replace(project(), title="2025年项目支出绩效目标表")
    (finding,) = found(table, "T8")
    assert (finding.field, finding.fix) == ("title", "2026年项目支出绩效目标表")


def test_t9_same_thing_counted_differently() -> None:
    one = project(row("数量指标", "民生实事项目数量", "=", "10", "件"))
    other = project(row("数量指标", "民生实事项目数量", "=", "10", "项"), project_name="乙")
    told = [(i, f.field) for i, f in check_tables([one, other]) if f.rule == "T9"]
    assert told == [(1, "unit")]
    more = project(row("数量指标", "民生实事项目数量", "=", "12", "件"), project_name="乙")
    told = [(i, f.field) for i, f in check_tables([one, more]) if f.rule == "T9"]
    assert told == [(1, "value")]
    assert not [f for _, f in check_tables([one, one]) if f.rule == "T9"]


# --- T1 --------------------


@pytest.mark.parametrize(
    ("goal", "cells", "told"),
    [
        ("主席团会议3次", ("数量指标", "主席团会议次数", "≤", "4", "次"), True),
        ("主席团会议4次", ("数量指标", "主席团会议次数", "≤", "4", "次"), False),
        ("举办培训班三期", ("数量指标", "培训班期数", "≥", "4", "期"), True),
        ("评议四十二个部门", ("数量指标", "评议部门数量", "≥", "42", "个"), False),
        ("每月开展防火巡查2次", ("数量指标", "防火巡查次数", "≥", "24", "次"), False),
        ("每月开展防火巡查2次", ("数量指标", "防火巡查次数", "≥", "12", "次"), True),
        ("会议于1月28日至30日召开", ("数量指标", "会议天数", "≤", "4", "天"), True),
        ("会议于1月28日至30日召开", ("数量指标", "会议天数", "≤", "3", "天"), False),
        ("参会率达到90%以上", ("质量指标", "代表参会率", "≥", "95", "%"), True),
        ("会议费5万元", ("经济成本指标", "会议费", "≤", "50000", "元"), False),
        ("会议费6万元", ("经济成本指标", "会议费", "≤", "50000", "元"), True),
        ("主席团会议3次", ("数量指标", "会议次数", "≥", "12", "次"), False),
        ("绩效管理培训4期", ("数量指标", "培训期数", "≥", "5", "期"), True),
        ("绩效培训4期，业务培训2期", ("数量指标", "培训期数", "≥", "5", "期"), False),
        ("其中主席团会议3次", ("数量指标", "主席团会议次数", "≤", "4", "次"), False),
        ("6月30日前完成设备采购", ("时效指标", "采购完成时间", "定性", "9月底前", ""), True),
        ("6月30日前完成设备采购", ("时效指标", "采购完成时间", "定性", "6月底前", ""), False),
    ],
)  # fmt: skip
def test_t1_text_against_indicators(goal: str, cells: Row, told: bool) -> None:
    findings = [f for f in found(project(row(*cells), goal=goal), "T1") if f.severity == "warning"]
    assert bool(findings) == told
    for finding in findings:
        assert (finding.rows, finding.index, finding.field) == ("indicators", 0, "value")


def test_t1_says_both_sides() -> None:
    table = project(row("数量指标", "主席团会议次数", "≤", "4", "次"), goal="会期内主席团会议3次。")
    (finding,) = found(table, "T1")
    assert finding.message == "目标写“会期内主席团会议3次”，指标“主席团会议次数”写“≤4次”。"
    assert finding.about == ("3", "4")
    assert finding.fix is None  # which of the two is right, only a person knows


def test_t1_numbers_without_an_indicator() -> None:
    table = project(row(*COUNT), goal="培训4期，分组讨论6次，新建公厕9座。")
    (finding,) = found(table, "T1")
    assert (finding.severity, finding.field) == ("hint", "annual_goal")
    assert "“分组讨论6次”“新建公厕9座”" in finding.message
    silent = Profile(settings=Settings(report_unfounded=False))
    assert not found(table, "T1", silent)


def test_t1_amount_of_the_project() -> None:
    (finding,) = found(project(goal="培训4期，项目资金12万元。"), "T1")
    assert "12万元" in finding.message
    assert not found(project(goal="培训4期，项目资金10万元。"), "T1")


def test_v1_makes_no_satisfaction_exact() -> None:
    (finding,) = found(project(row("服务对象满意度", "学员满意度", "", "100", "%")), "V1")
    assert finding.fix == "≥"
    (finding,) = found(project(row("质量指标", "逾期发放率", "", "100", "%")), "V1")
    assert finding.fix is None


def test_v10_is_asked_and_does_not_contradict_v12() -> None:
    good = project(row("质量指标", "设施合格率", "≥", "100", "%"))
    (finding,) = found(good, "V10")
    assert (finding.fix, finding.sure) == ("=", False)
    late = project(row("时效指标", "逾期发放率", "≥", "100", "%"))
    assert not found(late, "V10")
    (finding,) = found(late, "V12")
    assert finding.fix is None


def test_a_class_that_a_move_empties_is_told() -> None:
    only = row("社会效益指标", "群众满意度", "≥", "90", "%")
    (finding,) = found(project(only), "C4")
    assert finding.leaves_empty == ("效益指标",)
    assert finding.hint.endswith("移走后效益指标就空了，请另补一个。")
    more = row("经济效益指标", "带动就业人数", "≥", "90", "人")
    (finding,) = found(project(only, more), "C4")
    assert not finding.leaves_empty
