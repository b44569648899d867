"""Mixtures: tables among other things, several years or quarters, fillers, crowded cells."""

from dataclasses import replace

from tests.reading.paper import Draft, Ind, Number, Page, Table, block, cols, extra, joined, rows
from tests.reading.shapes import MERGED
from tests.reading.values import head, table


def among_lists():
    t = table("校园食堂改造", "麓山区第五小学", "74", "改造食堂1处，满足900名学生就餐。", """
        产出指标|数量指标|改造食堂|=|1|处
        "|"|购置蒸箱|≥|6|台
        "|质量指标|验收合格率|=|100|%
        效益指标|社会效益指标|受益学生|≥|900|人
        满意度指标|服务对象满意度指标|学生满意度|≥|90|%
    """)  # fmt: skip
    p = Page(6)
    p.line("一、2026年支出预算表").row(
        "科目编码", "科目名称", "合计", "基本支出", "项目支出", "备注"
    )
    p.row("2050202", "小学教育", Number("874"), Number("800"), Number("74"), "").gap()
    head(p, t)
    block(p, t.indicators, cols("一级指标=1|二级指标=2|三级指标=3|符号=s|指标值=v|单位=u"))
    p.gap().line("三、2026年政府采购清单")
    p.row("品目名称", "规格", "数量", "单位", "单价", "金额（元）")
    p.row("双门蒸箱", "24盘", "6", "台", "5800", "34800").row(
        "消毒柜", "≥1000L", "2", "台", "4100", "8200"
    )
    t.either = {"title": ["二、" + t.title]}
    p.boxes = [replace(b, text="二、" + t.title) if b.text == t.title else b for b in p.boxes]
    what = "a budget table above and a purchase list below the real table on one sheet"
    refused = ["2026年支出预算表", "2026年政府采购清单"]
    return Draft("54-canteen-among-lists.xlsx", what, [p], [t], refused)


def only_department():
    t = Table(
        title="转移支付项目绩效目标表",
        year=2026,
        money_unit="万元",
        fields={
            "project_name": "农村危房改造补助",
            "project_amount": "1260",
            "annual_goal": "完成改造450户，确保住房安全。",
        },
        other={"主管部门": "怀川市住房和城乡建设局", "联系电话": "见通讯录"},
        either={"agency": ["怀川市住房和城乡建设局"], "fields.other_funds": ["260"]},
        indicators=rows("""
            产出指标|数量指标|改造户数|≥|450|户
            "|质量指标|改造验收合格率|=|100|%
            "|时效指标|当年开工率|=|100|%
            "|成本指标|户均补助|≤|2.8|万元
            效益指标|社会效益指标|住房安全保障率|=|100|%
            满意度指标|服务对象满意度指标|改造户满意度|≥|92|%
        """),
    )
    t.fields["other_funds"] = "260"
    t.either["fields.other_funds"] = [None]
    t.other["中央补助"] = "1000"
    p = Page(5)
    p.say(t.title).say("2026年度")
    p.row("专项（项目）名称", (t["project_name"], 4))
    p.row("主管部门", (t["主管部门"], 2), "联系电话", "见通讯录")
    p.row(("资金情况（万元）", 1, 3), ("年度金额：", 2), ("1260", 2))
    p.row(("其中：中央补助", 2), ("1000", 2)).row(("      其他资金", 2), ("260", 2))
    p.row("年度目标", (t["annual_goal"], 4))
    block(p, t.indicators, cols("一级指标=1|二级指标=2|三级指标=3|指标值=j"), label="绩效指标")
    what = "a transfer's table: no reporting unit, only a 主管部门; central and other money"
    return Draft("55-housing-transfer.docx", what, [p], [t])


def quarters():
    t = table("城市公交运营补贴", "锦江市公共交通服务中心", "3600", "保障线路62条正常运营。", """
        产出指标|数量指标|运营线路|=|62|条|一季度=62|二季度=62|三季度=62|四季度=62
        "|"|客运量|≥|5200|万人次|一季度=1200|二季度=1350|三季度=1300|四季度=1350
        "|质量指标|准点率|≥|92|%|一季度=90|二季度=91|三季度=92|四季度=92
        效益指标|生态效益指标|新能源车占比|≥|85|%|一季度=80|二季度=82|三季度=84|四季度=85
        满意度指标|服务对象满意度指标|乘客满意度|≥|88|%|一季度=|二季度=86|三季度=|四季度=88
    """)  # fmt: skip
    p = head(Page(10), t)
    heads = ("一级指标", "二级指标", "三级指标", "运算符", "单位")
    p.row(*((one, 1, 2) for one in heads), ("分季度目标", 4), ("年度目标值", 1, 2))
    names = ("一季度", "二季度", "三季度", "四季度")
    p.row(*names)
    columns = cols("=1|=2|=3|=s|=u") + [(one, extra(one)) for one in names] + cols("=v")
    block(p, t.indicators, columns, heads=False)
    return Draft(
        "56-bus-quarters.xlsx", "four quarters under a group before the year's value", [p], [t]
    )


def three_years():
    t = table("科普场馆运行", "星河区科技馆", "216", "接待观众45万人次，更新展品60件。", """
        产出指标|数量指标|接待观众|≥|45|万人次|2027年=48|2028年=50
        "|"|更新展品|≥|60|件|2027年=40|2028年=40
        "|质量指标|展品完好率|≥|97|%|2027年=97|2028年=98
        效益指标|社会效益指标|科普课程|≥|320|场|2027年=340|2028年=360
        满意度指标|服务对象满意度指标|观众满意度|≥|94|%|2027年=95|2028年=95
    """)  # fmt: skip
    p = head(Page(9), t)
    names = ("一级指标", "二级指标", "三级指标", "指标符号")
    p.row(*((one, 1, 2) for one in names), ("指标值", 3), ("计量单位", 1, 2), ("备注", 1, 2))
    p.row("2028年", "2027年", "2026年")
    columns = cols("=1|=2|=3|=s|=x2028年|=x2027年|=v|=u|=r")
    block(p, t.indicators, columns, heads=False)
    return Draft(
        "57-science-three-years.xlsx", "three years under 指标值, the table's own last", [p], [t]
    )


def crowded_rows():
    base = Table(
        title="2026年度重点项目绩效目标表", year=2026, money_unit="万元", agency="凌河区应急管理局"
    )
    levels = (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标"))
    plans = (
        (
            "应急物资储备",
            "180",
            "储备帐篷|≥|600|顶;储备棉被|≥|2000|床",
            "物资合格率|=|100|%",
            "保障人口|≥|12|万人",
        ),
        (
            "安全生产执法",
            "46.5",
            "检查企业|≥|820|家;专项行动|≥|6|次",
            "隐患整改率|≥|98|%",
            "较大事故|≤|1|起",
        ),
    )
    p = Page(6)
    p.line(base.title).row((f"申报单位：{base.agency}", 4), ("单位：万元", 2))
    p.row(
        ("项目名称", 1, 2), ("预算金额", 1, 2), ("产出指标", 2), ("效益指标", 1, 1), ("备注", 1, 2)
    )
    p.row("数量指标", "质量指标", "社会效益指标")
    found = []
    for name, amount, *classes in plans:
        indicators, cells = [], []
        for level, text in zip(levels, classes, strict=True):
            mine = [Ind(*level, *one.split("|")) for one in text.split(";")]
            lines = (f"{n}.{one.level3}{joined(one)}" for n, one in enumerate(mine, start=1))
            cells.append("\n".join(lines))
            indicators += mine
        p.row(name, amount, *cells, "")
        fields = {"project_name": name, "project_amount": amount}
        found.append(replace(base, fields=fields, indicators=indicators, either={}))
    what = "one project a row, several numbered indicators in one cell, a line each"
    return Draft("58-emergency-crowded.xlsx", what, [p], found)


def fillers():
    t = table("退役军人服务站建设", "双柏县退役军人事务局", "39", "提升服务站12个。", """
        产出指标|数量指标|提升服务站|=|12|个
        "|质量指标|达标率|=|100|%
        "|时效指标|完成时间|定性|2026年10月底前|
        效益指标|社会效益指标|服务退役军人|≥|3400|人
        满意度指标|服务对象满意度指标|退役军人满意度|≥|95|%
    """)  # fmt: skip
    printed = (
        ("产出指标", (("数量指标", 3), ("质量指标", 2), ("时效指标", 2), ("成本指标", 2))),
        ("效益指标", (("经济效益指标", 1), ("社会效益指标", 2), ("生态效益指标", 1))),
        ("满意度指标", (("服务对象满意度指标", 2),)),
    )
    t.title = "项目支出绩效目标申报表"
    p = Page(5)
    p.line(t.title).line("（2026年度）")
    p.row("项目名称", (t["project_name"], 2), "实施单位", t.agency)
    p.row("项目资金（万元）", ("年度资金总额", 2), (Number("39"), 2))
    p.row("年度总体目标", (t["annual_goal"], 4))
    p.row("绩效指标", "一级指标", "二级指标", "三级指标", "指标值")
    filled = {one.level2: one for one in t.indicators}
    ones = []
    places = [(one, *two) for one, seconds in printed for two in seconds]
    for level1, level2, count in places:
        for n in range(1, count + 1):
            one = filled.get(level2) if n == 1 else None
            name = f"指标{n}：{one.level3 if one else ''}" if n < 3 else "……"
            ones.append(replace(one or Ind(level1, level2), level1=level1, level3=name))
    block(p, ones, cols("一级指标=1|二级指标=2|三级指标=3|指标值=j"), label="", heads=False)
    what = "a pre-printed form with fillers: 指标1：, 指标2：, ……, classes without any indicator"
    return Draft("59-veterans-fillers.xlsx", what, [p], [t])


def one_cell_header():
    t = table("农产品质量检测", "青禾县农产品检测站", "27.5", "检测农产品1500批次。", """
        产出指标|数量指标|检测批次|≥|1500|批次
        "|质量指标|抽检合格率|≥|98|%
        "|时效指标|出具报告|≤|5|工作日
        效益指标|社会效益指标|农产品安全事件|=|0|起
        满意度指标|服务对象满意度指标|企业满意度|≥|90|%
    """)  # fmt: skip
    t.title = "2026年项目绩效表"
    t.other = {"主管部门": "青禾县农业农村局"}
    lines = (
        f"项目名称：{t['project_name']}",
        f"项目单位：{t.agency}　　主管部门：{t['主管部门']}",
        f"项目金额：{t['project_amount']}万元",
        f"年度绩效目标：{t['annual_goal']}",
    )
    p = Page(5)
    p.line(t.title).line("\n".join(lines))
    block(p, t.indicators, cols(MERGED))
    what = "all header fields in one cell, a line each, two on one line"
    return Draft("60-farm-one-cell.docx", what, [p], [t])


ALL = (among_lists, only_department, quarters, three_years, crowded_rows, fillers, one_cell_header)
