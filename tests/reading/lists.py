"""One project a row: lists whose columns hold goals and indicators."""

from dataclasses import replace

from tests.reading.paper import Draft, Ind, Number, Page, Table, rows
from tests.reading.values import table


def named_columns():
    base = Table(
        title="2026年镇级项目绩效目标一览表", agency="罗溪镇人民政府", year=2026, money_unit="万元"
    )
    lines = (
        (
            "道路硬化",
            "120",
            "硬化村道6.2公里。",
            "硬化里程≥6.2公里",
            "验收合格率=100%",
            "8月底前完工",
            "受益人口≥3100人",
            "满意度≥90%",
        ),
        (
            "路灯安装",
            "36",
            "安装路灯210盏。",
            "安装路灯≥210盏",
            "亮灯率≥98%",
            "5月底前完工",
            "受益人口≥1800人",
            "满意度≥92%",
        ),
        (
            "垃圾分类",
            "18.6",
            "覆盖12个村。",
            "覆盖村=12个",
            "分类准确率≥85%",
            "每日清运",
            "减量≥20%",
            "满意度≥88%",
        ),
    )
    heads = (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标"),
             ("效益指标", "社会效益指标"), ("满意度指标", "服务对象满意度指标"))  # fmt: skip
    p = Page(9)
    p.line(base.title).row(("填报单位：罗溪镇人民政府", 6), ("单位：万元", 3))
    p.row(("序号", 1, 2), ("项目名称", 1, 2), ("金额", 1, 2), ("绩效目标", 1, 2),
          ("产出指标", 3), "效益指标", "满意度指标")  # fmt: skip
    p.row(*(level2 for _, level2 in heads))
    found = []
    for number, (name, amount, goal, *texts) in enumerate(lines, start=1):
        p.row(str(number), name, Number(amount), goal, *texts)
        indicators = [split(level, text) for level, text in zip(heads, texts, strict=True)]
        fields = {"project_name": name, "project_amount": amount, "annual_goal": goal}
        found.append(replace(base, fields=fields, indicators=indicators, either={}))
        for n, one in enumerate(indicators):
            if one.comparator is None:
                found[-1].either |= {
                    f"indicators.{n}.comparator": ["定性"],
                    f"indicators.{n}.value": [one.level3],
                    f"indicators.{n}.level3": [None],
                }
    p.row("", "合计", Number("174.6"), "", "", "", "", "", "")
    what = "one project a row, classes as heads in two rows, name, sign, value and unit in one cell"
    return Draft("49-town-one-row.xlsx", what, [p], found)


def split(level, text):
    """An indicator whose name and target are one text; without a sign it is all name."""
    for sign in "≥≤=":
        if sign in text:
            name, _, target = text.partition(sign)
            value = "".join(c for c in target if c in "0123456789.")
            return Ind(*level, name, sign, value, target[len(value) :])
    return Ind(*level, text)


def pairs_of_columns():
    base = Table(title="县级专项资金绩效目标公开表", year=2026, money_unit="万元")
    lines = (
        (
            "县残联",
            "阳光家园托养",
            "40",
            "托养残疾人130名",
            "托养人数",
            "130",
            "人",
            "合格率",
            "95",
            "%",
            "满意度",
            "92",
            "%",
        ),
        (
            "县林业局",
            "退耕还林抚育",
            "75.5",
            "抚育0.9万亩",
            "抚育面积",
            "0.9",
            "万亩",
            "成活率",
            "85",
            "%",
            "满意度",
            "90",
            "%",
        ),
    )
    levels = (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("满意度指标", None))
    p = Page(13)
    p.line(base.title).row(("2026年度", 7), ("单位：万元", 6))
    p.row(
        ("项目单位", 1, 3),
        ("项目名称", 1, 3),
        ("预算安排", 1, 3),
        ("总体目标", 1, 3),
        ("产出指标", 6),
        ("满意度指标", 3, 2),
    )
    p.row(("数量指标", 3), ("质量指标", 3))
    p.row(*("指标内容", "指标值", "单位") * 3)
    found = []
    for agency, name, amount, goal, *cells in lines:
        p.row(agency, name, amount, goal, *cells)
        groups = [cells[n : n + 3] for n in (0, 3, 6)]
        indicators = [
            Ind(*level, one, None, value, unit)
            for level, (one, value, unit) in zip(levels, groups, strict=True)
        ]
        fields = {"project_name": name, "project_amount": amount, "total_goal": goal}
        either = {"fields.total_goal": [None], "fields.annual_goal": [goal]}
        either |= {f"indicators.{n}.comparator": ["≥"] for n in range(3)}
        found.append(
            replace(base, agency=agency, fields=fields, indicators=indicators, either=either)
        )
    p.line("备注：指标值均为不低于。")
    what = "one project a row, three head rows: class, second class, then name, value, unit"
    return Draft("50-county-three-heads.xlsx", what, [p], found)


def summary():
    t = Table(
        kind="summary",
        title="2026年区级专项资金绩效目标汇总表",
        agency="澄湖区生态环境分局",
        year=2026,
        money_unit="万元",
        fields={"budget_total": "402.6"},
        items=[
            {
                "name": "噪声自动监测站建设",
                "amount": "180",
                "period_goal": "三年建成9座。",
                "annual_goal": "建成3座噪声监测站。",
            },
            {
                "name": "入河排污口溯源",
                "amount": "142.6",
                "period_goal": "全部溯源。",
                "annual_goal": "溯源排污口210个。",
            },
            {
                "name": "环境应急物资",
                "amount": "80",
                "period_goal": "配齐物资库。",
                "annual_goal": "更新物资46类。",
            },
        ],
    )
    p = Page(7)
    p.line("附表2").line(t.title).row(("填报单位：澄湖区生态环境分局", 5), ("金额单位：万元", 2))
    p.row("序号", "责任科室", "专项（项目）名称", "资金额度", "长期目标", "当年目标", "备注")
    p.row("", "", "合    计", Number("402.60", "0.00"), "", "", "")
    offices = ("监测科", "水科", "应急科")
    for mark, office, one in zip("一二三", offices, t.items, strict=True):
        amount = Number(one["amount"], "0.00")
        p.row(mark, office, one["name"], amount, one["period_goal"], one["annual_goal"], "")
    p.row(*[""] * 7)
    what = "summary with other words: 资金额度, 长期目标, 当年目标; an office column, the sum first"
    return Draft("51-environment-summary.xlsx", what, [p], [t])


def goals_with_blocks():
    t = table("县域商业体系建设", "沙河县商务局", "260", "", """
        产出指标|数量指标|改造乡镇商贸中心|=|8|个|对应目标=目标1
        "|"|建设村级便民店|≥|46|家|对应目标=目标1
        "|质量指标|验收合格率|=|100|%|对应目标=目标1
        效益指标|经济效益指标|农产品网络零售额增长|≥|12|%|对应目标=目标2
        "|社会效益指标|快递进村覆盖率|≥|95|%|对应目标=目标2
        满意度指标|服务对象满意度指标|村民满意度|≥|90|%|对应目标=目标2
    """)  # fmt: skip
    goal = "目标1：改造8个乡镇商贸中心和46家便民店。\n目标2：打通农产品上行和快递进村。"
    t.fields["annual_goal"] = goal
    t.either = {"fields.annual_goal": [goal.replace("\n", ""), goal.replace("\n", "；")]}
    p = Page(7)
    p.line(t.title).row((f"填报单位：{t.agency}", 4), ("单位：万元", 3))
    p.row("项目名称", (t["project_name"], 3), "项目金额", ("260", 2))
    first, second = goal.split("\n")
    p.row(("年度目标", 1, 2), (first, 6)).row((second, 6))
    p.row("对应目标", "一级指标", "二级指标", "三级指标", "方向", "目标", "单位")
    before = set()
    for one in t.indicators:
        aim = one.extra["对应目标"]
        front = [] if aim in before else [(aim, 1, 3)]
        before.add(aim)
        p.row(*front, one.level1, one.level2, one.level3, one.comparator, one.value, one.unit)
    what = "the goal in two cells below each other; a merged column 对应目标 before the levels"
    return Draft("52-commerce-goals.xlsx", what, [p], [t])


def self_evaluation():
    t = Table(
        stage="self_evaluation",
        title="2025年度项目支出绩效自评表",
        agency="紫荆区特殊教育学校",
        year=2025,
        money_unit="万元",
        fields={"project_name": "特教学生交通补助", "annual_goal": "补助学生96名，按学期发放。"},
        other={"主管部门": "紫荆区教育局", "实际完成情况": "补助学生94名，按学期发放到位。"},
        indicators=rows("""
            产出指标|数量指标|补助学生|=|96|名|分值=20|实际完成值=94名|得分=19.6|偏差原因分析及改进措施=2名学生转学
            "|质量指标|发放准确率|=|100|%|分值=15|实际完成值=100%|得分=15|偏差原因分析及改进措施=
            "|时效指标|发放及时性|定性|学期末前||分值=15|实际完成值=按期发放|得分=15|偏差原因分析及改进措施=
            效益指标|社会效益指标|到校率|≥|98|%|分值=30|实际完成值=98.5%|得分=30|偏差原因分析及改进措施=
            满意度指标|服务对象满意度指标|家长满意度|≥|95|%|分值=10|实际完成值=97%|得分=10|偏差原因分析及改进措施=
        """),
    )
    t.either = {"fields.annual_goal": [None], "fields.project_amount": ["38.4", "37.6", None],
                "fields.fiscal_funds": ["38.4", "37.6", None]}  # fmt: skip
    p = Page(8)
    p.line(t.title).row("项目名称", (t["project_name"], 7))
    p.row("主管部门", (t["主管部门"], 3), "实施单位", (t.agency, 3))
    p.row(
        ("项目资金\n（万元）", 1, 3),
        "",
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "分值",
        "执行率",
        "得分",
    )
    p.row("年度资金总额", "38.4", "38.4", "37.6", "10", "97.92%", "9.8")
    p.row("其中：财政拨款", "38.4", "38.4", "37.6", "—", "97.92%", "—")
    p.row(("年度总体目标", 1, 2), ("预期目标", 4), ("实际完成情况", 3))
    p.row((t.fields["annual_goal"], 4), (t["实际完成情况"], 3))
    p.row(
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    )
    for one in t.indicators:
        more = [one.extra[key] for key in ("实际完成值", "分值", "得分", "偏差原因分析及改进措施")]
        p.row(one.level1, one.level2, one.level3, one.joined(), *more)
    p.row(("总分", 5), "100", "99.4", "")
    what = "self-evaluation: what was reached stands beside the target, amounts of three kinds"
    return Draft("53-special-school-selfeval.xls", what, [p], [t])


ALL = (named_columns, pairs_of_columns, summary, goals_with_blocks, self_evaluation)
