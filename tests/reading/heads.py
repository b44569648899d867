"""Words over columns and beside fields that are in nobody's list; hints, stars, group heads."""

from dataclasses import replace

from tests.reading.paper import L1, L2, L3, Draft, Number, Page, Table, block, cols, rows


def federation():
    t = Table(
        title="部门预算项目绩效目标申报表",
        agency="洛溪县残疾人联合会",
        year=2026,
        money_unit="万元",
        fields={
            "project_name": "残疾人辅助器具适配",
            "project_code": "HN26-0417",
            "project_amount": "46.8",
            "implementation_period": "2026年1月—12月",
            "annual_goal": "为620名残疾人免费适配辅助器具，适配率达到90%以上。",
        },
        indicators=rows("""
            产出指标|数量指标|适配轮椅|≥|210|辆
            "|"|适配助听器|≥|135|台
            "|质量指标|器具合格率||100|%
            "|时效指标|评估到配发时限|≤|45|天
            效益指标|社会效益指标|有需求残疾人适配率|≥|90|%|printed=90%以上
            满意度指标|服务对象满意度指标|残疾人及亲属满意度|≥|93|%|printed=不低于93%
        """),
    )
    p = Page(4)
    p.say(t.title).say("（二〇二六年度）")
    p.row((f"项目名称：{t['project_name']}", 2), (f"项目编号：{t['project_code']}", 2))
    p.row((f"实施单位：{t.agency}", 2), (f"起止时间：{t['implementation_period']}", 2))
    p.row(("申请资金总额：46.8万元", 2), ("其中：县级财政：46.8万元", 2))
    p.row((f"年度绩效目标：{t['annual_goal']}", 4))
    columns = cols("一级=1|二级=2|指标内容=3|绩效标准值=j")
    block(p, t.indicators, columns)
    p.say("填表日期：2026年1月9日")
    t.other = {"填表日期": "2026年1月9日", "县级财政": "46.8"}
    t.either["fields.general_public_budget"] = ["46.8"]
    t.either["fields.fiscal_funds"] = ["46.8"]
    what = (
        "docx: label：value in one cell, two pairs a row; year in Chinese digits; amounts with 万元"
    )
    return Draft("12-federation-pairs.docx", what, [p], [t])


def warehouse():
    t = Table(
        title="2026年度预算项目绩效管控表",
        agency="通海市粮食储备调控中心",
        year=2026,
        money_unit="万元",
        fields={
            "project_name": "应急成品粮储备",
            "project_amount": "512",
            "annual_goal": "储备应急成品粮4000吨，满足主城区15天供应。",
        },
        indicators=rows("""
            产出指标|数量指标|储备面粉|≥|2600|吨|考核办法=查台账|责任科室=仓储科
            "|"|周转托盘|≥|640|托盘|考核办法=实地清点|责任科室=仓储科
            "|质量指标|入库抽检合格率|=|100|%|考核办法=检验报告|责任科室=质检科
            "|时效指标|轮换间隔|≤|6|个月|考核办法=查台账|责任科室=仓储科
            "|成本指标|保管费用|≤|92|元/吨·年|考核办法=合同|责任科室=财务科
            效益指标|社会效益指标|应急保供天数|≥|15|天|考核办法=测算|责任科室=调控科
            满意度指标|服务对象满意度指标|承储企业满意度|≥|90|%|考核办法=问卷|责任科室=办公室
        """),
    )
    p = Page(9)
    p.line(t.title)
    p.row("承担单位", (t.agency, 3), "预算批复数", (Number("512"), 2), "计价单位", "万元")
    p.row("事项", (t["project_name"], 8)).row("本年要达到的效果", (t["annual_goal"], 8))
    columns = cols("大类=1|中类=2|考核点=3|界限=s|刻度=v|计数口径=u|考核办法=x|责任科室=x|附注=r")
    block(p, t.indicators, columns)
    what = "no head or label is a usual word: only the cells tell the columns"
    return Draft("13-grain-strange-words.xlsx", what, [p], [t])


def group_heads():
    t = Table(
        title="2026年市级部门预算项目绩效目标表",
        agency="衡溪市城市管理监督评价中心",
        year=2026,
        money_unit="万元",
        fields={
            "project_name": "环卫设施更新",
            "project_amount": "890",
            "annual_goal": "更新果皮箱2400个、中转站5座。",
        },
        indicators=rows("""
            产出指标|数量指标|更新果皮箱|≥|2400|个|上年度·计划=1800|上年度·实际=1795|explanation=不含社区自管
            "|"|改造中转站|=|5|座|上年度·计划=3|上年度·实际=3
            "|质量指标|设施完好率|≥|98|%|上年度·计划=97|上年度·实际=97.6
            "|时效指标|损坏修复|≤|24|小时|上年度·计划=48|上年度·实际=36
            效益指标|生态效益指标|餐厨垃圾处理量|≥|86|吨/日|上年度·计划=80|上年度·实际=82
            满意度指标|服务对象满意度指标|市民满意度|≥|88|%|上年度·计划=85|上年度·实际=86.4
        """),
    )
    p = Page(9)
    p.line(t.title).row((f"填报单位：{t.agency}", 6), ("金额单位：万元", 3))
    p.row(("项目名称", 2), (t["project_name"], 3), ("项目金额", 2), (Number("890"), 2))
    p.row(("年度绩效目标", 2), (t["annual_goal"], 7))
    p.row(("绩效指标", 3), ("上年度", 2), ("本年度目标", 3), ("说明", 1, 2))
    p.row("一级", "二级", "三级", "计划", "实际", "符号", "数值", "单位")
    columns = [("", L1), ("", L2), ("", L3), *cols("=x上年度·计划|=x上年度·实际")]
    columns += cols("=s|=v|=u|=e", eq="＝")
    block(p, t.indicators, columns, heads=False)
    what = "two head rows: 上年度 over plan and result, 本年度目标 over sign, number, unit"
    return Draft("14-city-group-heads.xlsx", what, [p], [t])


def one_head_three_columns():
    t = Table(
        title="项目支出绩效目标表",
        agency="青屿县气象局",
        year=2026,
        fields={
            "project_name": "人工影响天气作业",
            "project_amount": "73.2",
            "annual_goal": "开展增雨防雹作业40次。",
        },
        money_unit="万元",
        indicators=rows("""
            产出指标|数量指标|作业次数|≥|40|次
            "|"|购置火箭弹|=|300|枚
            "|质量指标|弹药存储合规率|=|100|%
            "|时效指标|指令到发射|≤|10|分钟
            效益指标|经济效益指标|减少雹灾损失|≥|860|万元
            "|生态效益指标|增加降水|≥|1200|万立方米
            满意度指标|服务对象满意度指标|农户满意度|≥|90|%
        """),
    )
    p = Page(7)
    p.line("2026年部门预算公开附表").line(t.title)
    p.row(f"单位：{t.agency}", ("", 5), "单位：万元")
    p.row("项目名称", (t["project_name"], 3), "申请金额", ("73.2万", 2))
    p.row("绩效目标", (t["annual_goal"], 6))
    p.row("一级指标", "二级指标", "三级指标", ("指标值", 3), "备注")
    block(p, t.indicators, cols("=1|=2|=3|=s|=v|=u|=r"), heads=False)
    what = (
        "指标值 stands once over sign, number and unit; 单位： means the agency and the money unit"
    )
    return Draft("15-weather-one-head.xlsx", what, [p], [t])


def hints():
    t = Table(
        title="2026年专项资金项目绩效目标表",
        agency="金滩区妇幼保健院",
        year=2026,
        money_unit="万元",
        fields={
            "project_name": "免费婚前孕前健康检查",
            "project_amount": "65",
            "annual_goal": "检查2600对夫妇，降低出生缺陷发生率。",
        },
        indicators=rows("""
            产出指标|数量指标|检查夫妇|≥|2600|对|basis=上年完成2510对
            "|质量指标|检查项目完成率|≥|98|%|basis=技术规范
            "|时效指标|报告出具时间|≤|7|个工作日|basis=服务承诺
            成本指标|经济成本指标|人均检查费|≤|250|元/人|basis=省定价
            效益指标|社会效益指标|目标人群覆盖率|≥|85|%|basis=上年83%
            满意度指标|服务对象满意度指标|受检者满意度|≥|92|%|basis=问卷
        """),
    )
    p = Page(7)
    p.line(t.title + "★").row(
        (f"填报单位（盖章）：{t.agency}", 5), ("（单位：万元，保留两位小数）", 2)
    )
    p.row("项目名称*（与预算一致）", (t["project_name"], 3), "预算金额①（万元）", ("65.00", 2))
    p.row("年度绩效目标\n（不超过200字）", (t["annual_goal"], 6))
    heads = (
        "一级指标*=1|二级指标*=2|三级指标★（必填，不超过30字）=3|指标性质②\n（≥、≤、＝、定性）=s"
    )
    heads += "|年度指标值③\n（只填数字）=v|计量单位（如：%、人）=u|指标值确定依据（注明来源）④=b"
    block(p, t.indicators, cols(heads))
    p.line("注：①预算金额按二上数填列；②定性指标选“定性”；③不得带单位；④可为历史标准、行业标准。")
    what = "hints, stars and circled footnote marks in heads, labels and the title; footnotes below"
    t.either["title"] = [t.title + "★"]
    return Draft("16-maternity-hints.xlsx", what, [p], [t])


def scoring():
    t = Table(
        title="2026年项目绩效目标及评分标准表",
        agency="茶亭县供销合作社联合社",
        year=2026,
        money_unit="万元",
        fields={
            "project_name": "农资淡季储备",
            "project_amount": "38",
            "annual_goal": "储备化肥1500吨，稳定春耕供应。",
        },
        indicators=rows("""
            产出指标|数量指标|储备化肥|≥|1500|吨|权重=25|评分标准=完成得满分，每少10%扣2分，扣完为止|完成值=|得分=
            "|质量指标|化肥抽检合格率|≥|98|%|权重=15|评分标准=每降低1个百分点扣3分|完成值=|得分=
            "|时效指标|储备到位|定性|3月15日前||权重=10|评分标准=按期到位得10分，否则不得分|完成值=|得分=
            效益指标|经济效益指标|平抑价格涨幅|≤|5|%|权重=30|评分标准=超过5%不得分|完成值=|得分=
            满意度指标|服务对象满意度指标|农户满意度|≥|90|%|权重=10|评分标准=≥90%得满分，<60%不得分|完成值=|得分=
        """),
    )
    p = Page(9)
    p.line(t.title).line(f"预算单位：{t.agency}          单位：万元")
    p.row("项目名称", (t["project_name"], 4), "资金总额", ("38", 3))
    p.row("总体目标", (t["annual_goal"], 8))
    t.either = {"fields.annual_goal": [None], "fields.total_goal": [t["annual_goal"]]}
    columns = cols(
        "一级指标=1|二级指标=2|三级指标=3|权重=x|评分标准=x|目标值=j|完成值=x|得分=x|备注=r"
    )
    block(p, t.indicators, columns)
    p.row(("总分", 3), "90", "", "", "", "", "")
    p.row(("评分人签字：", 4), ("复核人签字：", 5))
    what = (
        "long rules with signs and percents before the target; empty columns for result and score"
    )
    return Draft("17-supply-scoring.xlsx", what, [p], [t])


def natures():
    t = Table(
        title="2026年部门预算项目绩效目标表",
        agency="雁门县档案馆",
        year=2026,
        money_unit="万元",
        fields={
            "project_name": "馆藏档案数字化",
            "project_amount": "54.6",
            "annual_goal": "扫描档案120万页，建成全文数据库。",
        },
        indicators=rows("""
            产出指标|数量指标|扫描档案|≥|120|万页|指标性质=定量|指标类型=共性|指标方向=越高越好
            "|"|数据存储容量|≥|900|GB|指标性质=定量|指标类型=个性|指标方向=越高越好
            "|质量指标|图像合格率|≥|99.5|%|指标性质=定量|指标类型=共性|指标方向=越高越好
            "|"|目录著录规范|定性|符合DA/T 18||指标性质=定性|指标类型=个性|指标方向=
            "|成本指标|每页加工费|≤|0.35|元/页|指标性质=定量|指标类型=共性|指标方向=越低越好
            效益指标|社会效益指标|查档等候时间|≤|15|分钟|指标性质=定量|指标类型=个性|指标方向=越低越好
            满意度指标|服务对象满意度指标|查档群众满意度|≥|96|%|指标性质=定量|指标类型=共性|指标方向=越高越好
        """),
    )
    p = Page(10)
    p.line(t.title).line(f"部门（单位）：{t.agency}    金额单位：万元")
    p.row(("项目名称", 2), (t["project_name"], 4), ("项目总额", 2), ("54.60", 2))
    p.row(("年度目标", 2), (t["annual_goal"], 8))
    heads = "一级指标=1|二级指标=2|三级指标=3|指标性质=x|指标类型=x|指标方向=x"
    columns = cols(heads + "|比较=s|数=v|量=u|备注=r", ge="≧", le="≦", q="")
    block(p, t.indicators, columns)
    t.either["indicators.3.comparator"] = [None]
    what = "three heads that promise a sign stand over words; the sign is under 比较, drawn ≧"
    return Draft("18-archive-natures.xlsx", what, [p], [t])


def english():
    t = Table(
        title="项目支出绩效目标导出",
        agency="望江市图书馆",
        agency_code="305011",
        year=2026,
        fields={
            "project_name": "全民阅读推广",
            "project_code": "340800260011200001",
            "annual_goal": "举办阅读活动100场，新增读者证6000张。",
        },
        indicators=rows("""
            产出指标|数量指标|阅读活动|>=|100|场
            "|"|新增读者证|>=|6000|张
            "|质量指标|图书上架准确率|>=|98|%
            "|时效指标|新书上架|<=|30|天
            效益指标|社会效益指标|到馆人次|>|55|万人次
            满意度指标|服务对象满意度指标|读者满意度|>=|95|%
        """),
    )
    p = Page(14, "export_1")
    codes = "FISCAL_YEAR AGENCY_CODE AGENCY_NAME PRO_CODE PRO_NAME KPI_TARGET YI_NAME ER_NAME"
    p.row(
        *codes.split(),
        *["SAN_NAME", "COMPUTESIGN", "KPI_VAL", "METERUNIT", "KPI_REMARK", "IS_DELETED"],
    )
    heads = "预算年度 单位编码 单位名称 项目编码 项目名称 绩效目标 一级指标名称 二级指标名称"
    p.row(*heads.split(), *["三级指标名称", "运算符号", "指标值", "计量单位", "备注", "是否删除"])
    head = ("2026", t.agency_code, t.agency, t["project_code"], t["project_name"], t["annual_goal"])
    for one in t.indicators:
        p.row(
            *head, one.level1, one.level2, one.level3, one.comparator, one.value, one.unit, "", "2"
        )
    signs = {">=": "≥", "<=": "≤"}
    t.indicators = [
        replace(i, comparator=signs.get(i.comparator, i.comparator)) for i in t.indicators
    ]
    t.title = None
    what = "xls: a system's export, codes above the heads, all repeated on each row, a flag"
    return Draft("19-library-export.xls", what, [p], [t])


def foreign_columns():
    t = Table(
        title="2026年度项目绩效目标表",
        agency="金竹县水产技术推广站",
        year=2026,
        money_unit="万元",
        fields={
            "project_name": "稻渔综合种养示范",
            "project_amount": "88.5",
            "annual_goal": "示范稻渔综合种养2万亩。",
        },
        indicators=rows("""
            产出指标|数量指标|示范面积|≥|2|万亩|编码=010101|历史最好值=1.7万亩|行业平均=1.2万亩
            "|"|举办培训|≥|12|期|编码=010102|历史最好值=10期|行业平均=8期
            "|质量指标|苗种检疫率|=|100|%|编码=010201|历史最好值=100%|行业平均=95%
            效益指标|经济效益指标|亩均增收|≥|850|元|编码=020101|历史最好值=800元|行业平均=600元
            "|生态效益指标|化肥减量|≥|20|%|编码=020301|历史最好值=18%|行业平均=15%
            满意度指标|服务对象满意度指标|农户满意度|≥|92|%|编码=030101|历史最好值=90%|行业平均=
        """),
    )
    p = Page(8)
    p.line(t.title).row((f"单位名称（公章）：{t.agency}", 5), ("（万元）", 3))
    p.row("项目名称", (t["project_name"], 3), "预算数", (Number("88.5", "0.00"), 3))
    p.row("年度目标", (t["annual_goal"], 7))
    columns = cols(
        "指标编码=x编码|一级指标=1|二级指标=2|指标=3|历史最好值=x|行业平均=x|本年拟达到=j|备注=r"
    )
    block(p, t.indicators, columns)
    what = "best value ever and the trade's average look like targets; that is 本年拟达到"
    return Draft("20-fishery-other-values.xlsx", what, [p], [t])


ALL = (
    federation,
    warehouse,
    group_heads,
    one_head_three_columns,
    hints,
    scoring,
    natures,
    english,
    foreign_columns,
)
