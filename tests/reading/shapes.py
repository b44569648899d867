"""Shapes: where fields stand, how levels run, spacers, standing words, a table on its side."""

from tests.reading.paper import SIX, Draft, Number, Page, Table, block, cols, rows
from tests.reading.values import head, table

MERGED = "一级指标=1|二级指标=2|三级指标=3|指标值=j|备注=r"


def labels_above():
    t = table("城区道路照明运维", "锦官区路灯管理所", "463.5", "保障2.1万盏路灯正常照明。", """
        产出指标|数量指标|运维路灯|≥|2.1|万盏
        "|质量指标|亮灯率|≥|98.5|%
        "|时效指标|故障修复|≤|24|小时
        "|成本指标|单灯运维费|≤|210|元/盏·年
        效益指标|生态效益指标|节能灯占比|≥|92|%
        满意度指标|服务对象满意度指标|市民满意度|≥|90|%
    """)  # fmt: skip
    t.fields |= {"fiscal_funds": "463.5", "implementation_period": "2026年全年"}
    p = Page(5)
    p.line(t.title)
    p.row(("填报单位", 2), "项目名称", ("项目实施期", 2))
    p.row((t.agency, 2), t["project_name"], (t["implementation_period"], 2))
    p.row(("项目金额（万元）", 2), "其中：财政拨款（万元）", ("其他资金（万元）", 2))
    p.row((Number("463.5"), 2), Number("463.5"), ("", 2))
    p.line("年度绩效目标").line(t["annual_goal"]).line("绩 效 指 标")
    block(p, t.indicators, cols(MERGED))
    return Draft(
        "31-lights-labels-above.xlsx",
        "labels over their values in three rows, the goal below its head over the whole width",
        [p],
        [t],
    )


def band_rows():
    t = table("森林病虫害防治", "云溪县国有林场", "57", "防治松材线虫病疫木0.8万株。", """
        产出指标|数量指标|清理疫木|≥|0.8|万株
        产出指标|质量指标|疫木除治合格率|≥|95|%
        产出指标|时效指标|清理完成|定性|3月底前|
        效益指标|生态效益指标|疫情面积|≤|1200|亩
        效益指标|可持续影响指标|森林覆盖率|≥|71.3|%
        满意度指标|服务对象满意度指标|林农满意度|≥|88|%
    """)  # fmt: skip
    p = head(Page(4), t)
    p.row("指标类别", "指标名称", "目标值", "备注")
    before, marks = None, iter("一二三四")
    for one in t.indicators:
        if one.level1 != before:
            p.line(f"{next(marks)}、{one.level1}")
            before = one.level1
        p.row(one.level2, one.level3, one.joined(), "")
    return Draft(
        "32-forest-band-rows.xlsx", "first levels as lines over the whole width, numbered", [p], [t]
    )


def joined_levels():
    t = table("农村公厕管护", "梅岭乡人民政府", "16.2", "管护公厕54座，保持整洁。", """
        产出指标|数量指标|管护公厕|=|54|座
        产出指标|质量指标|保洁达标率|≥|95|%
        产出指标|时效指标|粪污清运|≤|7|天
        成本指标|经济成本指标|单座管护费|≤|3000|元/年
        效益指标|社会效益指标|受益村民|≥|9200|人
        满意度指标|服务对象满意度指标|村民满意度|≥|90|%
    """)  # fmt: skip
    p = head(Page(5), t)
    columns = [("指标类型", lambda one: f"{one.level1}-{one.level2}")]
    block(p, t.indicators, [*columns, *cols("指标名称=3|指标值=j|权重=-|备注=r")])
    return Draft(
        "33-toilets-joined-levels.xlsx", "both levels in one cell: 产出指标-数量指标", [p], [t]
    )


def second_level_only():
    t = table("村级活动场所维修", "清江镇人民政府", "21", "维修村级活动场所6处。", """
        |数量指标|维修场所|=|6|处
        |"|更换门窗|≥|84|樘
        |质量指标|验收合格率|=|100|%
        |时效指标|完工时间|定性|10月前|
        |社会效益指标|服务党员群众|≥|4300|人
        |满意度指标|群众满意度|≥|95|%
    """)  # fmt: skip
    names = ["产出指标"] * 4 + ["效益指标", "满意度指标"]
    t.either = {f"indicators.{n}.level1": [name] for n, name in enumerate(names)}
    p = head(Page(4), t)
    block(p, t.indicators, cols("指标=2|内容=3|目标=j|说明=e"))
    return Draft(
        "34-village-second-level.xlsx",
        "a township's own table: one level only, three plain head words",
        [p],
        [t],
    )


def spacers():
    t = table("殡仪馆火化设备大修", "望山县殡仪馆", "148", "大修火化机4台。", """
        产出指标|数量指标|大修火化机|=|4|台
        "|质量指标|排放达标率|=|100|%
        "|时效指标|停机检修|≤|20|天
        效益指标|生态效益指标|二噁英浓度|≤|0.5|ngTEQ/m³
        满意度指标|服务对象满意度指标|丧属满意度|≥|95|%
    """)  # fmt: skip
    p = Page(12, "Sheet3", left=2)
    p.gap(4)
    p.line(t.title).gap()
    p.row(("填报单位：", 2), (t.agency, 6), ("单位：", 2), ("万元", 2))
    p.row(("项目名称", 2), (t["project_name"], 4), ("", 1), ("项目金额", 2), (Number("148"), 3))
    p.row(("年度绩效目标", 2), (t["annual_goal"], 10))
    columns = cols("一级指标=1|二级指标=2|三级指标=3|=-|指标值=sv|单位=u|=-|备注=r")
    block(p, t.indicators, columns, spans=[2, 2, 2, 1, 2, 1, 1, 1])
    return Draft(
        "35-funeral-spacers.xlsx",
        "begins at C5, empty spacer columns and rows, every column merged from two",
        [p],
        [t],
    )


def standing_words():
    t = table("职业技能培训", "柳林县职业中专", "92.8", "培训学员1600人，取证率85%以上。", """
        产出指标|数量指标|培训学员|≥|1600|人
        "|"|开设工种|≥|9|个
        "|质量指标|取证率|≥|85|%
        "|时效指标|补贴拨付时限|≤|30|日
        效益指标|社会效益指标|培训后就业率|≥|60|%
        满意度指标|服务对象满意度指标|学员满意度|≥|93|%
    """)  # fmt: skip
    upright = [
        ("一级\n指标", lambda one: "\n".join(one.level1)),
        ("二级\n指标", lambda one: "\n".join(one.level2)),
    ]
    p = Page(6)
    p.say(t.title).say(f"填报单位（盖章）：{t.agency}　　　　　　　　　　单位：万元")
    p.row("项目\n名称", (t["project_name"], 3), "项目\n金额", "92.80")
    p.row("年\n度\n绩\n效\n目\n标", (t["annual_goal"], 5))
    columns = [*upright, *cols("三 级 指 标=3|指 标 值=j|备  注=r")]
    top, n = p.next, len(t.indicators)
    p.row(("绩\n效\n指\n标", 1, n + 1), *(text for text, _ in columns))
    for one in t.indicators:
        cells = []
        for (_, cell), key in zip(columns[:2], ("level1", "level2"), strict=True):
            run = [
                o
                for o in t.indicators
                if (o.level1, getattr(o, key)) == (one.level1, getattr(one, key))
            ]
            if run[0] is one:
                cells.append((cell(one), 1, len(run)))
        p.row(*cells, *(cell(one) for _, cell in columns[2:]))
    assert p.next == top + n + 1
    return Draft(
        "36-vocational-standing.docx",
        "standing words with line breaks, spaced letters in heads",
        [p],
        [t],
    )


def transposed():
    t = table("社区养老服务补贴", "湖滨街道办事处", "75", "为1200名老人提供助餐助浴服务。", """
        产出指标|数量指标|服务老人|≥|1200|人
        产出指标|质量指标|服务达标率|≥|95|%
        产出指标|时效指标|补贴发放|≤|10|工作日
        效益指标|社会效益指标|助餐覆盖率|≥|80|%
        满意度指标|服务对象满意度指标|老人满意度|≥|92|%
    """)  # fmt: skip
    p = head(Page(6), t)
    labels = ("一级指标", "二级指标", "三级指标", "符号", "指标值", "计量单位")
    for label, key in zip(labels, SIX, strict=True):
        p.row(label, *(getattr(one, key) for one in t.indicators))
    return Draft(
        "37-elderly-transposed.xlsx",
        "on its side: each indicator is a column, the heads stand at the left",
        [p],
        [t],
    )


def names_first():
    t = table("河道采砂监管", "沅南县水政监察大队", "33", "巡查河道3600公里，查处非法采砂。", """
        产出指标|数量指标|巡查里程|≥|3600|公里|explanation=含夜巡
        "|质量指标|案件办结率|≥|95|%|explanation=当年立案
        "|时效指标|举报响应|≤|2|小时|explanation=接报起
        效益指标|生态效益指标|岸线违法点|≤|3|处|explanation=遥感比对
        满意度指标|服务对象满意度指标|沿岸群众满意度|≥|90|%|explanation=抽样
    """)  # fmt: skip
    p = head(Page(7), t)
    for n, one in enumerate(t.indicators):
        t.either[f"indicators.{n}.explanation"] = [None]
        t.either[f"indicators.{n}.remark"] = [one.explanation]
    block(p, t.indicators, cols("单位=u|目标值=v|方向=s|指标=3|口径=e|二级=2|一级=1"))
    return Draft(
        "38-river-reversed.xlsx",
        "columns in reverse order: unit, value, sign, name, levels",
        [p],
        [t],
    )


def total_and_parts():
    t = table("义务教育薄弱环节改善", "桑园县教育体育局", "1508", "改善12所学校办学条件。", """
        产出指标|数量指标|改造学校|=|12|所
        "|"|改造运动场|≥|3.6|万平方米
        "|质量指标|竣工验收合格率|=|100|%
        "|成本指标|运动场单价|≤|320|元/平方米
        效益指标|社会效益指标|受益学生|≥|9800|人
        满意度指标|服务对象满意度指标|师生满意度|≥|90|%
    """)  # fmt: skip
    t.fields |= {"fiscal_funds": "1358", "other_funds": "150"}
    t.other = {
        "中央资金": "900",
        "省级资金": "300",
        "县级资金": "158",
        "上年度资金总额": "1220",
        "占比": "90%",
    }
    p = Page(6)
    p.line(t.title).line(f"（主管部门：桑园县人民政府）　实施单位：{t.agency}　单位：万元")
    p.row("项目名称", (t["project_name"], 5))
    p.row(("资金情况", 1, 4), "年度", "资金总额", "财政资金", "占比", "其他资金")
    p.row("2025年", "1220", "1100", "90%", "120").row("2026年", "1508", "1358", "90%", "150")
    p.row("财政资金中：", "中央资金900", "省级资金300", ("县级资金158", 2))
    p.row("年度绩效目标", (t["annual_goal"], 5))
    block(p, t.indicators, cols(MERGED.replace("|备注=r", "|上年实际=-|备注=r")))
    return Draft(
        "39-schools-two-years.xlsx",
        "two years' amounts in rows, shares between them, parts with the number in a label",
        [p],
        [t],
    )


def department():
    t = Table(
        kind="department",
        title="部门整体支出绩效目标申报表",
        agency="绥阳区水务局",
        agency_code="335001",
        year=2026,
        money_unit="万元",
        fields={
            "department_name": "绥阳区水务局",
            "budget_total": "4120.36",
            "basic_expenditure": "1320.36",
            "project_expenditure": "2800",
            "annual_goal": "保障供水安全，推进河湖治理，完成投资2800万元。",
        },
        tasks=[
            {
                "name": "河道治理",
                "content": "治理河道18公里",
                "amount": "1600",
                "fiscal_funds": "1600",
            },
            {
                "name": "农村供水",
                "content": "改造水厂3座",
                "amount": "900",
                "fiscal_funds": "800",
                "other_funds": "100",
            },
            {
                "name": "水旱灾害防御",
                "content": "维护监测站点52个",
                "amount": "300",
                "fiscal_funds": "300",
            },
        ],
        indicators=rows("""
            产出指标|数量指标|治理河道|≥|18|公里
            "|"|改造水厂|=|3|座
            "|质量指标|工程验收合格率|=|100|%
            "|时效指标|汛前维护完成|定性|4月15日前|
            效益指标|社会效益指标|自来水普及率|≥|96|%
            满意度指标|服务对象满意度指标|用水户满意度|≥|90|%
        """),
    )
    coded = "[335001]绥阳区水务局"
    t.either = {"agency": [coded], "fields.department_name": [coded], "agency_code": [None]}
    p = Page(7)
    p.say("附件3").say(t.title).say(
        "（2026年度）　　　　　　　　　　　　　　　　　　金额单位：万元"
    )
    p.row(("部门（单位）名称", 2), (coded, 5))
    p.row(
        ("年度\n主要\n任务", 1, 6), ("任务名称", 1, 2), ("主要内容", 2, 2), ("预算金额（万元）", 3)
    )
    p.row("总额", "财政拨款", "其他资金")
    for one in t.tasks:
        p.row(
            one["name"],
            (one["content"], 2),
            one["amount"],
            one["fiscal_funds"],
            one.get("other_funds", ""),
        )
    p.row(("金额合计", 3), "2800", "2700", "100")
    p.row(("资金构成", 2), "总预算", "4120.36", "其中：基本支出", "1320.36", "项目支出2800")
    p.row(("年度总体目标", 2), (t["annual_goal"], 5))
    for key, value in (("fiscal_funds", "2700"), ("other_funds", "100")):
        t.either[f"fields.{key}"] = [value]
    columns = cols("一级指标=1|二级指标=2|三级指标=3|指标值=j")
    block(p, t.indicators, columns, label="年度\n绩效\n指标", spans=[1, 1, 2, 2])
    return Draft(
        "40-water-department.docx",
        "department: tasks with three amounts and their sum, code in brackets before the name",
        [p],
        [t],
    )


ALL = (labels_above, band_rows, joined_levels, second_level_only, spacers, standing_words,
       transposed, names_first, total_and_parts, department)  # fmt: skip
