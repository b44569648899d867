"""Several tables on a page: stacked, side by side, broken over pages; lines that are no table."""

from dataclasses import replace

from tests.reading.paper import Draft, Number, Page, Table, block, cols, rows
from tests.reading.shapes import MERGED
from tests.reading.values import head, table

HEADER = ("project_name", "project_amount", "annual_goal")


def stacked():
    base = Table(
        agency="凤栖区文化旅游体育局", year=2026, money_unit="万元", title="项目支出绩效目标表"
    )
    names = (
        ("公共体育场免费开放", "60", "体育场全年免费开放330天以上。", """
            产出指标|数量指标|开放天数|≥|330|天
            "|质量指标|器材完好率|≥|95|%
            满意度指标|服务对象满意度指标|群众满意度|≥|90|%"""),
        ("戏曲进乡村", "32.5", "演出130场。", """
            产出指标|数量指标|演出场次|≥|130|场
            "|成本指标|每场补助|=|2500|元/场
            效益指标|社会效益指标|观众|≥|2.6|万人次"""),
        ("全民健身路径更新", "48", "更新健身路径16条。", """
            产出指标|数量指标|更新路径|=|16|条
            "|时效指标|完成时间|定性|9月底前|"""),
    )  # fmt: skip
    p = Page(5)
    p.line("凤栖区文化旅游体育局2026年部门预算公开表（十二）").line("单位：万元")
    found = []
    for name, amount, goal, lines in names:
        fields = {"project_name": name, "project_amount": amount, "annual_goal": goal}
        t = replace(base, fields=fields, indicators=rows(lines), either={})
        p.line("项目支出绩效目标表")
        p.row("项目名称", (name, 2), "项目金额", Number(amount))
        p.row("年度绩效目标", (goal, 4))
        block(p, t.indicators, cols(MERGED))
        found.append(t)
    p.row("合计", "", "", "", Number("140.5"))
    what = "three projects without a gap; agency and year only in the sheet's heading; a sum of all"
    return Draft("41-sports-stacked.xlsx", what, [p], found)


def untitled_stack():
    base = Table(
        agency="石岭镇人民政府", year=2026, money_unit="万元", title="石岭镇2026年项目绩效目标"
    )
    lists = (
        ("村道保洁", "28", """
            产出指标|数量指标|保洁村道|≥|64|公里
            "|质量指标|垃圾清运率|=|100|%
            满意度指标|村民满意度|满意率|≥|90|%"""),
        ("山塘加固", "45.6", """
            产出指标|数量指标|加固山塘|=|5|口
            效益指标|经济效益|新增灌溉|≥|380|亩"""),
        ("文明创建", "9", """
            产出指标|数量指标|评选文明户|≥|120|户"""),
    )  # fmt: skip
    p = Page(5)
    p.line(base.title).line("编制单位：石岭镇人民政府　　　　　　　单位：万元")
    found = []
    for number, (name, amount, lines) in enumerate(lists, start=1):
        fields = {"project_name": name, "project_amount": amount}
        either = {"fields.project_name": [f"{name}（{amount}万元）"]}
        t = replace(base, fields=fields, indicators=rows(lines), either=either)
        p.line(f"{number}.{name}（{amount}万元）")
        block(p, t.indicators, cols("一级指标=1|二级指标=2|三级指标=3|指标值=j|完成时限=-"))
        found.append(t)
        p.gap()
    what = (
        "the name and the amount of each project in one line over its block: 1.村道保洁（28万元）"
    )
    return Draft("42-town-names-in-lines.xlsx", what, [p], found)


def beside():
    title = "2026年项目支出绩效目标表"
    base = Table(title=title, agency="碧螺区房屋征收服务中心", year=2026, money_unit="万元")
    one = replace(
        base,
        fields={
            "project_name": "征收评估服务",
            "project_amount": "66",
            "annual_goal": "评估房屋420户。",
        },
        indicators=rows("""
            产出指标|数量指标|评估房屋|≥|420|户
            "|质量指标|报告合格率|=|100|%
            "|时效指标|报告时限|≤|15|天
            效益指标|社会效益指标|信访量|≤|5|件
        """),
        either={},
    )
    two = replace(
        base,
        fields={
            "project_name": "安置房维修",
            "project_amount": "130.4",
            "annual_goal": "维修安置房960套。",
        },
        indicators=rows("""
            产出指标|数量指标|维修房屋|≥|960|套
            "|成本指标|每套费用|≤|1358|元
            满意度指标|服务对象满意度指标|住户满意度|≥|88|%
        """),
        either={},
    )
    p = Page(11)
    p.line(title).row((f"填报单位：{base.agency}", 6), ("单位：万元", 5))
    top = p.next
    for t, left in ((one, 0), (two, 6)):
        p.next, p.left = top, left
        p.row("项目名称", (t["project_name"], 2), "金额", t["project_amount"])
        p.row("目标", (t["annual_goal"], 4))
        block(p, t.indicators, cols("一级=1|二级=2|三级=3|指标值=j|备注=r"))
    p.next, p.left = max(box.row + box.rows for box in p.boxes), 0
    p.line("说明：两个项目分别由评估科、工程科负责。")
    what = "two projects beside each other under one title; of different heights; a note below both"
    return Draft("43-housing-beside.xlsx", what, [p], [one, two])


LONG = """
    产出指标|数量指标|巡护林地|≥|36|万亩
    "|"|设置卡口|≥|28|处
    "|"|维护监控|=|41|套
    "|"|聘用护林员|=|165|名
    "|质量指标|巡护到位率|≥|98|%
    "|"|监控在线率|≥|95|%
    "|时效指标|火情处置|≤|2|小时
    "|成本指标|护林员补助|=|800|元/人·月
    效益指标|生态效益指标|火灾受害率|≤|0.8|‰
    "|社会效益指标|吸纳就业|≥|165|人
    "|可持续影响指标|管护机制|定性|健全|
    满意度指标|服务对象满意度指标|护林员满意度|≥|95|%
    "|"|群众满意度|≥|90|%
"""


def page_breaks():
    t = table("天然林管护", "青峰林业管理局", "412.8", "管护天然林36万亩，不发生重大火灾。", LONG)
    p = head(Page(7), t)
    columns = cols("一级指标=1|二级指标=2|三级指标=3|指标值类型=s|指标值=v|度量单位=u|备注=r")
    block(p, t.indicators[:5], columns, "repeat")
    p.line("第 1 页 共 3 页").line(f"{t.title}（续表）").row(
        (f"填报单位：{t.agency}", 3), ("单位：万元", 4)
    )
    block(p, t.indicators[5:9], columns, "repeat")
    p.line("第 2 页 共 3 页").line("续表")
    block(p, t.indicators[9:], columns, "repeat")
    p.line("第 3 页 共 3 页")
    p.row(("单位负责人：", 2), ("填表人：", 3), ("填报日期：   年   月   日", 2))
    what = "heads, title and agency again at two page breaks (续表), page numbers, a signature line"
    return Draft("44-forest-page-breaks.xlsx", what, [p], [t])


def continued():
    t = table("天然林管护", "青峰林业管理局", "412.8", "管护天然林36万亩，不发生重大火灾。", LONG)
    t.title = "项目绩效目标申报表"
    p = Page(6)
    p.say("附件5").say(t.title).say("（2026年）").say(f"申报单位：{t.agency}    金额单位：万元")
    p.row("项目名称", (t["project_name"], 2), "申报金额", ("412.80", 2))
    p.row("绩效目标", (t["annual_goal"], 5))
    block(p, t.indicators[:7], cols("一级=1|二级=2|三级=3|比较=s|目标=v|单位=u"))
    p.say("（续上表）")
    block(p, t.indicators[7:], cols("一级=1|二级=2|三级=3|比较=s|目标=v|单位=u"))
    p.say("审核意见：同意申报。")
    what = (
        "docx: the table goes on as a second one after a paragraph 续上表, levels cut at the break"
    )
    return Draft("45-forest-continued.docx", what, [p], [t])


def sums_inside():
    t = table("基层法律服务", "桥南区司法局", "52", "办理法律援助900件。", """
        产出指标|数量指标|援助案件|≥|900|件|分值=20
        "|质量指标|案件合格率|≥|98|%|分值=15
        "|时效指标|指派时限|≤|3|工作日|分值=15
        效益指标|社会效益指标|挽回损失|≥|1200|万元|分值=30
        满意度指标|服务对象满意度指标|受援人满意度|≥|95|%|分值=10
    """)  # fmt: skip
    p = head(Page(6), t)
    p.row("一级指标", "二级指标", "三级指标", "指标值", "分值", "备注")
    columns = cols("=1|=2|=3|=j|=x分值|=r")
    block(p, t.indicators[:3], columns, heads=False)
    p.row(("小计", 4), Number("50"), "")
    p.line("注：以上产出指标须与年度工作计划一致。")
    block(p, t.indicators[3:4], columns, heads=False)
    p.row(("小计", 4), Number("30"), "")
    block(p, t.indicators[4:], columns, heads=False)
    p.row(("小计", 4), Number("10"), "").row(("合计", 4), Number("90"), "")
    return Draft(
        "46-justice-sums-inside.xlsx",
        "subtotals and a note between the rows of the block, a sum below",
        [p],
        [t],
    )


def middle_line():
    t = table("口腔专科设备更新", "海棠市第二人民医院", "236", "更新口腔综合治疗台12台。", """
        产出指标|数量指标|治疗台|=|12|台
        "|"|口腔CT|=|1|台
        "|质量指标|验收合格率|=|100|%
        效益指标|社会效益指标|门诊量|≥|4.2|万人次
        满意度指标|服务对象满意度指标|患者满意度|≥|92|%
    """)  # fmt: skip
    p = head(Page(5), t)
    p.line("以下为项目绩效指标（由业务科室填写，财务科审核）")
    block(p, t.indicators, cols("一级指标=1|二级指标=2|三级指标=3|指标值=j|计算方法=-"))
    p.row(("主管部门意见", 1, 2), ("同意。（公章）2026年1月12日", 4)).row(("", 4))
    p.row("财政部门意见", ("", 4))
    t.other = {"主管部门意见": "同意。（公章）2026年1月12日"}
    return Draft(
        "47-dental-middle-line.xlsx",
        "a line over the whole width before the heads; approvals of two offices below",
        [p],
        [t],
    )


def sheets():
    title = "2026年项目支出绩效目标表"
    base = Table(
        title=title, agency="临河区疾病预防控制中心", year=2026, money_unit="万元", agency_code=None
    )
    names = (("免疫规划", "86", "接种率95%以上。"), ("病媒监测", "14.3", "设监测点22个。"))
    lines = (
        """
            产出指标|数量指标|接种剂次|≥|5.8|万剂次
            "|质量指标|冷链合格率|=|100|%
        """,
        """
            产出指标|数量指标|监测点|=|22|个
            效益指标|社会效益指标|报告利用|≥|12|期
        """,
    )
    one, two = (
        replace(base, fields=dict(zip(HEADER, three, strict=True)), indicators=rows(text))
        for three, text in zip(names, lines, strict=True)
    )
    cover = Page(3, "封面")
    cover.line("2026年部门预算").line(base.agency).line("报送日期：2026年2月3日")
    budget = Page(5, "支出表")
    budget.line("部门支出总表").row("科目编码", "科目名称", "合计", "基本支出", "项目支出")
    budget.row("2100401", "疾病预防控制机构", Number("612.7"), Number("512.4"), Number("100.3"))
    budget.row("", "合计", Number("612.7"), Number("512.4"), Number("100.3"))
    listed = Page(4, "项目清单")
    listed.line("项目支出预算明细表").row("序号", "项目名称", "金额", "资金来源")
    listed.row("1", "免疫规划", "86", "财政拨款").row("2", "病媒监测", "14.3", "财政拨款").row(
        "", "合计", "100.3", ""
    )
    pages = [cover, budget, listed]
    for number, t in enumerate((one, two), start=1):
        p = Page(5, f"绩效{number}")
        p.line(title).line("单位：万元")
        p.row("项目名称", (t["project_name"], 2), "预算数", Number(t["project_amount"]))
        p.row("年度绩效目标", (t["annual_goal"], 4))
        pages.append(block(p, t.indicators, cols(MERGED)))
    what = "cover, budget sheet, list of projects before two tables; the agency only on the cover"
    refused = ["部门支出总表", "项目支出预算明细表"]
    return Draft("48-cdc-workbook.xlsx", what, pages, [one, two], refused)


ALL = (stacked, untitled_stack, beside, page_breaks, continued, sums_inside, middle_line, sheets)
