"""Layouts of provinces and ministries, as their public papers print them."""

from dataclasses import replace

from tests.reading.paper import (
    BASIS,
    JOINED,
    L1,
    L2,
    L3,
    SIGN,
    UNIT,
    VALUE,
    Draft,
    Number,
    Page,
    Table,
    block,
    drawn,
    extra,
    rows,
)


def school():
    t = Table(
        title="2026年项目支出绩效目标表",
        agency="榕川市第三中学",
        year=2026,
        money_unit="万元",
        fields={
            "project_name": "学生宿舍修缮",
            "project_amount": "286.5",
            "fiscal_funds": "286.5",
            "period_goal": "三年内完成6栋宿舍修缮，改善住宿条件。",
            "annual_goal": "2026年完成2栋宿舍屋面及给排水修缮。",
        },
        other={"用途范围": "校舍维修", "项目等级": "二级项目"},
        indicators=rows("""
            产出指标|数量指标|修缮宿舍|=|2|栋|实施周期指标值=＝6栋
            "|"|修缮屋面面积|≥|3600|平方米|实施周期指标值=≥11000平方米
            "|质量指标|工程验收合格率|=|100|%|实施周期指标值=＝100%
            "|时效指标|暑期前完工|定性|2026年8月20日前||实施周期指标值=2028年8月底前
            "|成本指标|单方造价|≤|620|元/平方米|实施周期指标值=≤620元/平方米
            效益指标|社会效益指标|新增标准床位|≥|160|个|实施周期指标值=≥480个
            满意度指标|服务对象满意度指标|住宿生满意度|≥|90|%|实施周期指标值=≥90%
        """),
    )
    p = Page(6)
    p.line(t.title).row(("单位名称：榕川市第三中学", 4), ("金额单位：万元", 2))
    p.row("项目名称", (t["project_name"], 3), "项目等级", t["项目等级"])
    p.row("用途范围", (t["用途范围"], 3), "预算金额", Number("286.5"))
    p.row("其中：财政拨款", (Number("286.5"), 5))
    p.row("绩效目标", ("实施周期绩效目标", 3), ("年度绩效目标", 2))
    p.row("", (t["period_goal"], 3), (t["annual_goal"], 2))
    columns = [("一级指标", L1), ("二级指标", L2), ("三级指标", L3)]
    columns += [("实施周期指标值", extra("实施周期指标值"))]
    columns += [("年度指标值", drawn(JOINED, eq="＝"))]
    block(p, t.indicators, columns, label="绩效指标")
    what = "Guangdong: goals side by side over their texts, value of the period beside the year's"
    return Draft("01-school-guangdong.xlsx", what, [p], [t])


def hospital():
    t = Table(
        title="部门预算项目支出绩效目标表（2026年度）",
        year=2026,
        agency="蜀山县中医医院",
        agency_code="512004",
        money_unit="万元",
        fields={
            "project_name": "51192226T000008-中医特色专科建设",
            "project_amount": "120",
            "fiscal_funds": "100",
            "other_funds": "20",
            "annual_goal": "建成针灸、骨伤2个特色专科，中医门诊量稳步增长。",
        },
        either={
            "fields.project_name": ["中医特色专科建设"],
            "fields.project_code": ["51192226T000008"],
            "agency": ["512004-蜀山县中医医院"],
            "agency_code": [None],
        },
        indicators=rows("""
            产出指标|数量指标|建设特色专科|=|2|个|权重=20|指标方向性=正向指标
            "|"|开展中医适宜技术|≥|15|项|权重=10|指标方向性=正向指标
            "|质量指标|甲级病案率|≥|95|%|权重=10|指标方向性=正向指标
            "|时效指标|设备到位|定性|优良中低差||权重=10|指标方向性=
            效益指标|社会效益指标|中医门诊人次|>|36000|人次|权重=20|指标方向性=正向指标
            "|可持续影响指标|人才梯队建设|定性|高中低||权重=10|指标方向性=
            满意度指标|满意度指标|患者投诉|≤|6|件|权重=10|指标方向性=反向指标
        """),
    )
    p = Page(9)
    p.line("表6-2").line(t.title).row(("", 7), ("金额单位：万元", 2))
    p.row("项目名称", (t["project_name"], 4), ("部门（单位）", 2), ("512004-蜀山县中医医院", 2))
    p.row(("项目资金（万元）", 1, 2), ("年度资金总额", 2), ("财政拨款", 3), ("其他资金", 3))
    p.row(
        (Number("120.00", "0.00"), 2), (Number("100.00", "0.00"), 3), (Number("20.00", "0.00"), 3)
    )
    p.row("总体目标", (t["annual_goal"], 8))
    t.either["fields.annual_goal"] = [None]
    t.either["fields.total_goal"] = [t["annual_goal"]]
    columns = [("一级指标", L1), ("二级指标", L2), ("三级指标", L3)]
    columns += [("指标性质", drawn(SIGN, eq="＝", gt="＞")), ("指标值", VALUE), ("度量单位", UNIT)]
    columns += [("权重", extra("权重")), ("指标方向性", extra("指标方向性"))]
    block(p, t.indicators, columns, "repeat", "绩效指标")
    what = "Sichuan: sign under 指标性质, direction in words, scales as value, code before a name"
    return Draft("02-hospital-sichuan.xlsx", what, [p], [t])


def water():
    two_years = "近两年指标值"
    t = Table(
        title="2026年项目申报表绩效目标",
        agency="江汉区排水事务中心",
        year=2026,
        money_unit="万元",
        fields={
            "project_name": "排水管网清淤疏浚",
            "project_amount": "735.2",
            "period_goal": "三年内完成全区管网轮疏，消除积水点。",
            "annual_goal": "疏浚管网180公里，消除积水点9处。",
        },
        other={"项目主管部门": "江汉区水务局"},
        period_indicators=rows("""
            产出指标|数量指标|疏浚管网|≥|540|公里|basis=管网普查
            "|质量指标|清淤合格率|=|100|%|basis=行业标准
            效益指标|社会效益指标|消除积水点|≥|25|处|basis=防汛预案
        """),
        indicators=rows(f"""
            产出指标|数量指标|疏浚管网|≥|180|公里|{two_years}·前年=165公里|{two_years}·上年=172公里|basis=年度计划
            "|"|清掏检查井|≥|9200|座|{two_years}·前年=8800座|{two_years}·上年=9050座|basis=年度计划
            "|质量指标|清淤合格率|=|100|%|{two_years}·前年=98%|{two_years}·上年=100%|basis=行业标准
            效益指标|社会效益指标|消除积水点|≥|9|处|{two_years}·前年=6处|{two_years}·上年=8处|basis=防汛预案
            满意度指标|服务对象满意度指标|居民满意度|≥|88|%|{two_years}·前年=|{two_years}·上年=85%|basis=问卷
        """),
    )
    p = Page(8)
    p.line(t.title).row(("申报单位：江汉区排水事务中心", 6), ("单位：万元", 2))
    p.row("项目名称", (t["project_name"], 3), ("项目主管部门", 2), (t["项目主管部门"], 2))
    p.row("项目总预算", ("2205.6", 3), ("项目当年预算", 2), (Number("735.2"), 2))
    t.other["项目总预算"] = "2205.6"
    p.row("长期绩效目标1", (t["period_goal"], 7)).row("年度绩效目标1", (t["annual_goal"], 7))
    columns = [("一级指标", L1), ("二级指标", L2), ("指标名称", L3), ("指标值", JOINED)]
    columns += [("指标值确定依据", BASIS)]
    block(p, t.period_indicators, columns, label="长期绩效指标", spans=[1, 1, 1, 2, 2])
    n = len(t.indicators)
    p.row(("年度绩效指标", 1, n + 2), ("一级指标", 1, 2), ("二级指标", 1, 2), ("指标名称", 1, 2),
          ("近两年指标值", 2), ("预期当年实现值", 1, 2), ("指标值确定依据", 1, 2))  # fmt: skip
    p.row("前年", "上年")
    columns = [("", L1), ("", L2), ("", L3), ("", extra(f"{two_years}·前年"))]
    columns += [("", extra(f"{two_years}·上年")), ("", JOINED), ("", BASIS)]
    block(p, t.indicators, columns, heads=False)
    what = "Hubei: long-term block above the year's; two years before under a group head"
    return Draft("03-water-hubei.xlsx", what, [p], [t])


def sports():
    t = Table(
        title="浦溪区体育事业发展中心2026年度项目绩效目标申报表",
        agency="浦溪区体育事业发展中心",
        year=2026,
        money_unit="元",
        fields={
            "project_name": "社区运动场地嵌入式建设",
            "project_amount": "1860000",
            "implementation_period": "2026年3月至11月",
            "annual_goal": "新建嵌入式运动场地12片，免费低收费开放。",
        },
        indicators=rows("""
            产出指标|数量指标|新建场地|≥|12|片|权重(%)=15|半年目标值=5|上年实际=9
            "|"|开展健身指导|≥|60|场次|权重(%)=10|半年目标值=25|上年实际=48
            "|质量指标|场地检测合格率|=|100|%|权重(%)=10|半年目标值=100|上年实际=100
            "|时效指标|建设完成率|=|100|%|权重(%)=10|半年目标值=40|上年实际=100
            "|成本指标|单片场地建设成本|≤|150000|元/片|权重(%)=15|半年目标值=150000|上年实际=152000
            效益指标|社会效益指标|年服务健身人次|≥|8.5|万人次|权重(%)=20|半年目标值=3|上年实际=6.2
            满意度指标|服务对象满意度指标|健身群众满意度|≥|92|%|权重(%)=20|半年目标值=90|上年实际=91
        """),
    )
    p = Page(9)
    p.line(t.title)
    p.row("项目名称", (t["project_name"], 3), "起止时间", (t["implementation_period"], 4))
    p.row("项目预算（元）", (Number("1860000", "#,##0.00"), 3), "年度目标", (t["annual_goal"], 4))
    columns = [("一级指标", L1), ("二级指标", L2), ("指标名称", L3), ("权重(%)", extra("权重(%)"))]
    columns += [("上年实际", extra("上年实际")), ("运算符号", drawn(SIGN, eq="＝"))]
    columns += [("半年目标值", extra("半年目标值")), ("全年目标值", VALUE), ("计量单位", UNIT)]
    block(p, t.indicators, columns)
    p.row(("合计", 3), "100", "", "", "", "", "")
    what = "Zhejiang: last year, half year and whole year side by side; agency in the title"
    d = Draft("04-sports-zhejiang.xlsx", what, [p], [t])
    t.either["agency"] = [None]
    return d


def road():
    annual = rows("""
        产出指标|数量指标|养护里程|≥|312|公里
        "|"|修补坑槽|≥|8600|平方米
        "|质量指标|优良路率|≥|86|%
        "|时效指标|灾毁抢通|≤|24|小时
        "|成本指标|养护标准|≤|10500|元/公里
        效益指标|社会效益|通车安全率|≥|99|%
        "|可持续影响|路况指数PQI|≥|88|分
        满意度指标|服务对象满意度|司乘人员满意度|≥|90|%
    """)
    values = ("936", "25000", "88", "24", "10500", "99", "90", "92")
    period = [replace(one, value=value) for one, value in zip(annual, values, strict=True)]
    t = Table(
        title="项目支出绩效目标申报表",
        agency="岱阳县公路事业发展中心",
        money_unit="万元",
        year=2026,
        fields={
            "project_name": "县道日常养护",
            "implementation_period": "3年",
            "project_amount": "327.6",
            "fiscal_funds": "300",
            "other_funds": "27.6",
            "period_goal": "县道路网保持良好技术状况。",
            "annual_goal": "完成312公里县道日常养护。",
        },
        other={
            "主管部门及代码": "[214]岱阳县交通运输局",
            "项目属性": "延续项目",
            "中期资金总额": "982.8",
            "中期财政拨款": "900",
            "中期其他资金": "82.8",
        },
        indicators=annual,
        period_indicators=period,
    )
    p = Page(9)
    p.line(t.title).line("（2026年度）")
    p.row(("项目名称", 2), (t["project_name"], 7))
    p.row(("主管部门及代码", 2), (t["主管部门及代码"], 3), ("实施单位", 2), (t.agency, 2))
    p.row(("项目属性", 2), (t["项目属性"], 3), ("项目期", 2), (t["implementation_period"], 2))
    p.row(
        ("项目资金\n（万元）", 2, 3),
        ("中期资金总额：", 2),
        "982.8",
        ("年度资金总额：", 2),
        (Number("327.6"), 2),
    )
    p.row(("其中：财政拨款", 2), "900", ("其中：财政拨款", 2), (Number("300"), 2))
    p.row(("其他资金", 2), "82.8", ("其他资金", 2), (Number("27.6"), 2))
    p.row(("总体目标", 1, 2), ("2026年—2028年", 4), ("年度目标", 4))
    p.row((t["period_goal"], 4), (t["annual_goal"], 4))
    heads = ("一级指标", "二级指标", "三级指标", "指标值")
    p.row(("绩效指标", 1, 9), *heads, *heads)
    top = p.next
    block(p, period, list(zip(heads, (L1, L2, L3, JOINED), strict=True)), heads=False)
    p.next, p.left = top, 5
    block(p, annual, list(zip(heads, (L1, L2, L3, JOINED), strict=True)), heads=False)
    what = "Shandong: years as the head of the mid-term half; both halves of all"
    return Draft("05-road-shandong.xlsx", what, [p], [t])


def forestry():
    one = Table(
        title="2026年项目支出绩效目标表",
        agency="云岭县林业和草原局",
        year=2026,
        fields={
            "project_name": "森林防火专项经费",
            "annual_goal": "森林火灾受害率控制在0.9‰以内，组建扑火队14支。",
        },
        indicators=rows("""
            产出指标|数量指标|组建专业扑火队|>=|14|支|指标属性=定量指标|explanation=反映扑火队组建情况
            "|质量指标|队伍培训合格率|=|100|%|指标属性=定量指标|explanation=反映培训质量
            "|时效指标|火情处置时间|<=|24|小时|指标属性=定量指标|explanation=反映处置速度
            效益指标|生态效益|森林火灾受害率|<=|0.9|‰|指标属性=定量指标|explanation=反映防火成效
            满意度指标|服务对象满意度|林区群众满意度|>=|90|%|指标属性=定量指标|explanation=问卷
        """),
    )
    two = replace(
        one,
        fields={"project_name": "古树名木保护补助", "annual_goal": "挂牌保护古树320株。"},
        indicators=rows("""
            产出指标|数量指标|挂牌保护株数|=|320|株|指标属性=定量指标|explanation=反映挂牌数量
            效益指标|生态效益|古树长势|定性|明显好转||指标属性=定性指标|explanation=现场核查
        """),
    )
    p = Page(10)
    p.line("预算05-2表").line(one.title).line("单位名称：云岭县林业和草原局")
    heads = (
        "单位名称、项目名称|项目年度绩效目标|一级指标|二级指标|三级指标|指标性质|指标值|度量单位"
    )
    p.row(*heads.split("|"), "指标属性", "指标内容")
    p.row(*(str(number) for number in range(1, 11)))
    p.row(one.agency, *[""] * 9)
    for t in (one, two):
        p.row(t["project_name"], t["annual_goal"], *[""] * 8)
        staircase(p, t.indicators)
        signs = {">=": "≥", "<=": "≤"}
        t.indicators = [
            replace(i, comparator=signs.get(i.comparator, i.comparator)) for i in t.indicators
        ]
    for t in (one, two):
        t.either = {f"indicators.{n}.explanation": [None] for n in range(len(t.indicators))}
    two.either["indicators.1.comparator"] = ["="]
    what = "Yunnan: levels alone on rows of their own (a staircase), numbered columns, a list"
    return Draft("06-forestry-yunnan.xlsx", what, [p], [one, two])


def staircase(p, indicators):
    before = (None, None)
    for i in indicators:
        if i.level1 != before[0]:
            p.row("", "", i.level1, *[""] * 7)
        if (i.level1, i.level2) != before:
            p.row("", "", "", i.level2, *[""] * 6)
        before = (i.level1, i.level2)
        sign = "" if i.comparator == "定性" else i.comparator
        p.row(
            "",
            "",
            "",
            "",
            i.level3,
            sign or "=",
            i.value,
            i.unit or "",
            i.extra["指标属性"],
            i.explanation,
        )


ALL = (school, hospital, water, sports, road, forestry)
