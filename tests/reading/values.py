"""Values: signs drawn otherwise, units of many kinds, dates, ranges, numbers of cells."""

from tests.reading.paper import (
    L1,
    L2,
    Day,
    Draft,
    Number,
    Page,
    Table,
    block,
    cols,
    level_run,
    rows,
)


def head(p, t, amount="项目金额", goal="年度绩效目标"):
    """Title, agency, name, amount and goal as most papers have them."""
    half = p.width // 2
    p.line(t.title).row((f"填报单位：{t.agency}", half), ("单位：万元", p.width - half))
    p.row(
        "项目名称", (t["project_name"], half - 1), amount, (t["project_amount"], p.width - half - 1)
    )
    p.row(goal, (t["annual_goal"], p.width - 1))
    return p


def table(name, agency, amount, goal, indicators, **more):
    fields = {"project_name": name, "project_amount": amount, "annual_goal": goal}
    return Table(title="2026年项目支出绩效目标表", agency=agency, year=2026, money_unit="万元",
                 fields=fields, indicators=rows(indicators), **more)  # fmt: skip


def signs():
    t = table("县城供水保障", "河湾县自来水服务站", "268", "供水水质达标，管网漏损率下降。", """
        产出指标|数量指标|日供水量|≥|12000|吨|printed=》=12000吨
        "|"|检测水样|≥|480|份|printed=≧４８０份
        "|"|更换管网|≥|6.5|公里|printed=﹥=6.5公里
        "|"|抢修站点|=|4|个|printed=等于4个
        "|质量指标|水质合格率|≥|99.2|%|printed=>=99.2％
        "|"|管网漏损率|≤|9|%|printed=《=9%
        "|"|浊度|<|1|NTU|printed=小于1NTU
        "|时效指标|爆管到场|≤|30|分钟|printed=不超过30分钟
        "|成本指标|吨水成本|≤|1.86|元/吨|printed=控制在1.86元/吨以内
        效益指标|社会效益指标|受益人口|≥|8.6|万人|printed=≥８.６万人
        "|"|停水投诉|≤|20|件|printed=20件以下
        满意度指标|服务对象满意度指标|用户满意度|≥|90|%|printed=大于等于90%
    """)  # fmt: skip
    t.either = {"indicators.4.unit": ["％"]}
    p = head(Page(5), t)
    block(p, t.indicators, cols("一级指标=1|二级指标=2|三级指标=3|指标值=j|备注=r"))
    return Draft(
        "21-waterworks-signs.xlsx",
        "signs drawn 》= ≧ ﹥= 《= or told in words, full-width digits",
        [p],
        [t],
    )


ODD_UNITS = """
    产出指标|数量指标|寄宿生补助|≥|3200|生·学期
    "|"|供餐标准|=|5|元/生·餐
    "|"|新增骨灰格位|≥|860|格位
    "|"|周转托盘|≥|640|托盘
    "|"|云存储|≥|500|GB
    "|"|光缆延伸|≥|38|皮长公里
    "|质量指标|冷库温度|≤|-18|℃
    "|"|噪声|≤|55|dB(A)
    "|"|细颗粒物浓度|≤|35|μg/m³
    "|时效指标|热线接听|≤|15|秒
    "|成本指标|围栏单价|≤|318|元/米
    "|"|租金|≤|27|元/㎡·月
    "|"|服务器托管|≤|4200|元/台(套)
    效益指标|经济效益指标|节约电量|≥|21|万千瓦时
    "|生态效益指标|碳减排|≥|160|吨CO2
    "|社会效益指标|服务半径|≤|500|米
    满意度指标|服务对象满意度指标|投诉率|≤|2|‰
"""


def units_joined():
    t = table("公共服务综合保障", "石渡镇人民政府", "410", "保障镇域公共服务设施运行。", ODD_UNITS)
    p = head(Page(5), t)
    block(p, t.indicators, cols("一级指标=1|二级指标=2|三级指标=3|指标值=j|说明=e"))
    return Draft(
        "22-town-units-joined.xlsx",
        "17 odd units behind the number: 元/生·餐, 格位, dB(A), μg/m³ …",
        [p],
        [t],
    )


def units_apart():
    t = table("公共服务综合保障", "石渡镇人民政府", "410", "保障镇域公共服务设施运行。", ODD_UNITS)
    p = head(Page(7), t)
    block(
        p, t.indicators, cols("一级指标=1|二级指标=2|三级指标=3|符号=s|值=v|单位=u|说明=e"), "first"
    )
    return Draft(
        "23-town-units-apart.xlsx",
        "the same units in a column of their own, levels on first rows only",
        [p],
        [t],
    )


def units_in_names():
    t = table("退化草原修复", "查干淖尔旗草原工作站", "1250", "修复退化草原8万亩。", """
        产出指标|数量指标|围栏封育（万亩）|≥|8|
        "|"|补播草种（吨）|≥|120|
        "|质量指标|出苗率（%）|≥|75|
        "|成本指标|围栏造价（元/米）|≤|26|
        效益指标|生态效益指标|植被盖度提高（百分点）|≥|6|
        满意度指标|服务对象满意度指标|牧民满意度（%）|≥|90|
    """)  # fmt: skip
    for number, one in enumerate(t.indicators):
        bare, _, unit = one.level3.rstrip("）").partition("（")
        t.either[f"indicators.{number}.unit"] = [unit]
        t.either[f"indicators.{number}.level3"] = [bare]
    p = head(Page(6), t)
    block(p, t.indicators, cols("一级指标=1|二级指标=2|三级指标=3|性质=s|指标值=v|备注=r"))
    return Draft(
        "24-grassland-unit-in-name.xlsx", "the unit stands in brackets behind the name", [p], [t]
    )


def unit_below():
    t = table("残疾儿童康复救助", "双桥区康复中心", "96.4", "救助残疾儿童150名。", """
        产出指标|数量指标|救助儿童|≥|150|名
        "|"|康复训练|≥|9000|课时
        "|质量指标|康复有效率|≥|80|%
        "|成本指标|救助标准|≤|2000|元/人·月
        满意度指标|服务对象满意度指标|家长满意度|≥|92|%
    """)  # fmt: skip
    p = head(Page(5), t)
    p.row("一级指标", "二级指标", "三级指标", "指标值及单位", "备注")
    for number, one in enumerate(t.indicators):
        levels = [
            cell(one) if level_run(t.indicators, number, cell)[1] else "" for cell in (L1, L2)
        ]
        p.row(*levels, one.level3, one.comparator + one.value, "")
        p.row("", "", "", one.unit, "")
    return Draft("25-rehab-unit-below.xlsx", "the unit alone in a row below its number", [p], [t])


def money():
    t = table("公办幼儿园生均公用经费", "榆林路幼儿园", "218.4", "保障3所园区正常运转。", """
        成本指标|经济成本指标|生均公用经费|=|600|元/生·年
        "|"|维修费|≤|35.5|万元
        产出指标|数量指标|在园幼儿|≥|1120|人
        "|质量指标|食堂食品抽检合格率|=|100|%
        "|时效指标|经费拨付|≤|15|日
        效益指标|社会效益指标|普惠率|≥|95|%
        满意度指标|服务对象满意度指标|家长满意度|≥|95|%
    """)  # fmt: skip
    t.fields |= {"fiscal_funds": "180", "other_funds": "38.4"}
    p = Page(6)
    p.line("项目支出绩效目标表").line("预算年度：2026年").line(f"用款单位：{t.agency}")
    t.title = "项目支出绩效目标表"
    p.row("项目名称", (t["project_name"], 5))
    p.row(("资金安排", 1, 2), "合计", "财政拨款", "事业收入", ("其他资金", 2))
    p.row("218.4万元", "180万元", "—", ("38.4万元", 2))
    p.row("年度目标", (t["annual_goal"], 5))
    block(p, t.indicators, cols("一级指标=1|二级指标=2|三级指标=3|比较符=s|目标=v|单位=u"))
    return Draft(
        "26-kindergarten-money.xlsx",
        "money unit only behind the amounts; total and parts; 用款单位",
        [p],
        [t],
    )


def yuan():
    t = table("乡镇卫生院设备购置", "东坪县卫生健康局", "1830500", "为6所卫生院购置设备。", """
        成本指标|经济成本指标|设备单价|≤|460000|元/台
        产出指标|数量指标|购置彩超|=|3|台
        "|"|购置DR|=|2|台
        "|质量指标|验收合格率|=|100|%
        效益指标|社会效益指标|县域内就诊率|≥|90|%
        满意度指标|服务对象满意度指标|患者满意度|≥|90|%
    """)  # fmt: skip
    t.money_unit = "元"
    t.fields |= {
        "general_public_budget": "1500000",
        "government_fund": "330500",
        "other_funds": "0",
    }
    t.title = "项目支出绩效目标申报表"
    p = Page(8)
    p.line(t.title).row(("2026年度", 4), ("单位：元", 4)).row("申报单位", (t.agency, 7))
    p.row("项目名称", (t["project_name"], 3), "项目类别", ("新增一次性项目", 3))
    t.fields["project_category"] = "新增一次性项目"
    t.either["fields.project_category"] = [None]
    t.other = {"上年安排": "1612300"}
    form = "#,##0.00"
    p.row(("年度预算", 1, 3), ("本年安排", 3), ("上年安排", 2), ("增减%", 2))
    p.row(
        "总额",
        (Number("1830500", form), 2),
        (Number("1612300", form), 2),
        (Number("0.1353", "0.00%"), 2),
    )
    p.row("其中：一般公共预算", (Number("1500000", form), 2), (Number("1612300", form), 2), ("", 2))
    p.row("", "政府性基金", (Number("330500", form), 2), ("", 2), ("", 2))
    p.row("", "其他资金", (Number("0", form), 2), ("", 2), ("", 2))
    p.row("绩效目标", (t["annual_goal"], 7))
    columns = cols("一级指标=1|二级指标=2|三级指标=3|指标方向=s|指标值=v|单位=u|备注=r")
    block(p, t.indicators, columns, label="指标")
    what = "元 with thousands separators; this year's amounts beside last year's and a change in %"
    return Draft("27-health-yuan.xlsx", what, [p], [t])


def excel_cells():
    t = table("桥梁安全检测", "江心洲大桥管理处", "133.7", "检测桥梁36座，及时处置隐患。", """
        产出指标|数量指标|检测桥梁|=|36|座
        "|"|静载试验|=|4|座
        "|质量指标|检测报告合格率|≥|95|%
        "|"|隐患整改率|≥|98.5|%
        "|时效指标|报告提交时间|定性|2026年11月30日|
        "|成本指标|检测费用|≤|1337000|元
        效益指标|社会效益指标|因桥梁病害封闭|≤|2|次
        满意度指标|服务对象满意度指标|公众满意度|≥|90|%
    """)  # fmt: skip
    t.either = {"indicators.4.value": ["2026-11-30"], "indicators.4.comparator": [None]}
    shown = {"%": "0%", "元": "#,##0"}

    def number(one):
        if one.comparator == "定性":
            return Day("2026-11-30", 'yyyy"年"m"月"d"日"', one.value)
        value = str(float(one.value) / 100) if one.unit == "%" else one.value
        return Number(value, "0.0%" if "." in one.value else shown.get(one.unit, "General"))

    p = head(Page(7), t)
    columns = cols("一级指标=1|二级指标=2|三级指标=3|条件=s")
    columns += [("数值", number), ("单位", lambda one: "" if one.unit == "%" else one.unit or "")]
    block(p, t.indicators, [*columns, *cols("备注=r")])
    what = "percents as Excel percents with a blank unit, an Excel date, thousands separators"
    return Draft("28-bridge-excel-cells.xlsx", what, [p], [t])


def texts():
    t = table("非遗传承人补助", "锦溪县文化馆", "24", "补助传承人48名，开展传承活动。", """
        产出指标|数量指标|补助传承人||48|名
        "|"|传习活动|定性|20—30场|
        "|"|进校园|定性|每校至少1次，共12校|
        "|质量指标|传承人年度考核|定性|合格及以上|
        "|时效指标|补助发放|定性|2026年6月30日前|
        "|"|活动周期|定性|2026.03-2026.11|
        "|成本指标|补助标准||5000|元/人
        "|"|活动成本|定性|约3万元|
        效益指标|社会效益指标|非遗知晓度|定性|显著提高|
        "|可持续影响指标|后继人才|定性|无断档|
        满意度指标|服务对象满意度指标|传承人满意度|≥|95|%
    """)  # fmt: skip
    p = head(Page(5), t)
    block(p, t.indicators, cols("一级指标=1|二级指标=2|三级指标=3|指标值=j|备注=r"))
    return Draft(
        "29-heritage-texts.xlsx",
        "ranges, dates, estimates and sentences stay as written; bare numbers have a unit",
        [p],
        [t],
    )


def percent_head():
    t = table("税收协同共治", "青石镇财政所", "19.5", "提升税收征管质效。", """
        产出指标|质量指标|涉税信息采集率|≥|95|%
        "|时效指标|信息推送及时率|≥|98|%
        效益指标|经济效益指标|税收增长率|≥|6|%
        满意度指标|服务对象满意度指标|纳税人满意度|≥|90|%
    """)  # fmt: skip
    p = head(Page(5), t)
    block(
        p, t.indicators, cols("一级指标=1|二级指标=2|三级指标=3|目标值（%）=sv|得分（满分100分）=-")
    )
    what = "the unit of all values stands in the head: 目标值（%）"
    return Draft("30-tax-unit-in-head.xlsx", what, [p], [t])


ALL = (
    signs,
    units_joined,
    units_apart,
    units_in_names,
    unit_below,
    money,
    yuan,
    excel_cells,
    texts,
    percent_head,
)
