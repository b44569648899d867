"""More layouts of provinces and ministries: north, west, and the centre."""

from dataclasses import replace

from tests.reading.paper import (
    Day,
    Draft,
    Number,
    Page,
    Table,
    block,
    cols,
    rows,
)


def museum():
    t = Table(
        title="项目支出绩效目标申报表",
        agency="燕北区博物馆",
        year=2026,
        money_unit="万元",
        fields={
            "project_name": "馆藏纺织品文物保护修复",
            "project_amount": "158.32",
            "fiscal_funds": "158.32",
            "other_funds": "0",
            "annual_goal": "完成清代服饰类文物修复22件（套），库房温湿度稳定。",
        },
        other={"主管部门": "燕北区文化和旅游局", "业务处室": "公共服务科"},
        indicators=rows("""
            成本指标|经济成本指标|单件修复费用|≤|6.5|万元/件（套）
            产出指标|数量指标|修复文物|=|22|件（套）
            "|质量指标|修复验收通过率|=|100|%
            "|时效指标|方案论证完成时间|≤|4|月
            效益指标|社会效益指标|库房温度波动|≤|2|℃
            "|可持续影响指标|修复档案建档|定性|一物一档|
            满意度指标|服务对象满意度指标|专家认可度|≥|95|%
        """),
    )
    p = Page(8)
    p.say("附件2").line(t.title).line("（2026年度）")
    p.row("项目名称", (t["project_name"], 3), "业务处室", (t["业务处室"], 3))
    p.row("主管部门", (t["主管部门"], 3), "实施单位", (t.agency, 3))
    p.row(("项目资金（万元）", 1, 3), ("年度资金总额", 3), (Number("158.32", "0.00"), 4))
    p.row(("其中：财政拨款", 3), (Number("158.32", "0.00"), 4))
    p.row(("其他资金", 3), (Number("0", "0.00"), 4))
    p.row("年度绩效目标", (t["annual_goal"], 7))
    columns = cols(
        "一级指标=1|二级指标=2|三级指标=3|绩效指标性质=s|绩效指标值=v|绩效度量单位=u|备注=r"
    )
    block(p, t.indicators, columns, label="绩效指标")
    return Draft(
        "07-museum-beijing.xlsx", "Beijing: units with brackets, ℃, a deadline as ≤4月", [p], [t]
    )


def community():
    t = Table(
        title="财政项目支出绩效目标表",
        agency="申江区绿藤街道办事处",
        year=2026,
        money_unit="元",
        fields={
            "project_name": "老旧小区加装电梯补贴",
            "project_amount": "4200000",
            "annual_goal": "补贴加装电梯28台，改善老年居民出行条件。",
        },
        other={
            "计划开始日期": "2026-01-01",
            "计划完成日期": "2026-12-31",
            "项目类别": "经常性专项业务费",
        },
        indicators=rows("""
            投入与管理|投入管理|预算执行率|=|100|%
            "|财务管理|资金使用合规性|定性|合规|
            产出目标|数量|加装电梯|=|28|台
            "|质量|安装监督检验合格率|=|100|%
            "|时效|补贴审核时限|≤|20|个工作日
            效果目标|社会效益|受益居民|≥|1300|户
            "|满意度|居民满意度|≥|85|%
            影响力目标|长效管理|维保合同签订率|=|100|%
        """),
    )
    t.fields["project_category"] = t.other.pop("项目类别")
    t.either["fields.project_category"] = [None]
    t.either["fields.implementation_period"] = ["2026-01-01至2026-12-31", "2026-01-01~2026-12-31"]
    p = Page(5)
    p.line(t.title).line("（2026年度）").row(("申报单位（主管部门）：申江区绿藤街道办事处", 5))
    p.row("项目名称：", (t["project_name"], 2), "项目类别：", t["project_category"])
    p.row("计划开始日期：", (Day("2026-01-01", "yyyy-mm-dd", "2026-01-01"), 2),
          "计划完成日期：", Day("2026-12-31", "yyyy-mm-dd", "2026-12-31"))  # fmt: skip
    p.row(
        "项目总预算（元）：",
        (Number("4200000", "#,##0"), 2),
        "项目当年预算（元）：",
        Number("4200000", "#,##0"),
    )
    p.row("年度总目标", (t["annual_goal"], 4))
    columns = cols("一级目标=1|二级目标=2|绩效指标=3|指标目标值=j", eq="＝")
    block(p, t.indicators, columns, label="绩效目标分解")
    what = "Shanghai: its own classes (投入与管理, 影响力目标), levels called 目标, Excel dates"
    return Draft("08-community-shanghai.xlsx", what, [p], [t])


def banner():
    base = Table(title="项目支出绩效表", agency="乌兰淖尔旗农牧局", year=2026, money_unit="元")
    one = replace(
        base,
        fields={
            "project_name": "高标准农田建后管护",
            "annual_goal": "管护高标准农田21万亩。",
            "project_amount": "630000",
        },
        indicators=rows("""
            成本指标|经济成本指标|亩均管护费|小于等于|3|元/亩|指标方向=反向
            产出指标|数量指标|管护面积|大于等于|210000|亩|指标方向=正向
            "|质量指标|设施完好率|大于等于|90|%|指标方向=正向
            效益指标|经济效益指标|亩均增产|大于等于|35|公斤|指标方向=正向
            满意度指标|服务对象满意度指标|农牧民满意度|大于等于|90|%|指标方向=正向
        """),
        other={"项目类型": "其他运转类"},
    )
    two = replace(
        base,
        fields={
            "project_name": "包虫病防控",
            "annual_goal": "犬只驱虫全覆盖。",
            "project_amount": "184500.5",
        },
        indicators=rows("""
            产出指标|数量指标|驱虫犬只|等于|9600|只|指标方向=正向
            "|时效指标|投药频次|等于|1|次/月|指标方向=正向
            效益指标|社会效益指标|犬感染率|小于|1.5|%|指标方向=反向
        """),
        other={"项目类型": "特定目标类"},
    )
    p = Page(11, "绩效")
    p.line(base.title).row(("部门：乌兰淖尔旗农牧局", 8), ("2026年  单位：元", 3))
    p.row(
        "项目名称",
        "项目类型",
        "年初预算",
        "绩效目标",
        "一级指标",
        "二级指标",
        "三级指标",
        "运算符",
        "目标值",
        "计量单位",
        "指标方向",
    )
    words = {"小于等于": "≤", "大于等于": "≥", "等于": "=", "小于": "<"}
    for t in (one, two):
        top, n = p.next, len(t.indicators)
        heads = (
            t["project_name"],
            t["项目类型"],
            Number(t["project_amount"], "#,##0.00"),
            t["annual_goal"],
        )
        for col, text in enumerate(heads):
            p.put(top, col, text, 1, n)
        p.left = 0
        block(p, t.indicators, cols("=1|=2|=3|=s|=v|=u|指标方向=x"), heads=False)
        t.indicators = [replace(i, comparator=words[i.comparator]) for i in t.indicators]
        t.either["fields.project_category"] = [t["项目类型"]]
    p.row("合计", "", Number("814500.5", "#,##0.00"), *[""] * 8)
    what = "Inner Mongolia: projects merged over their rows, signs in words, a sum row below"
    return Draft("09-farming-innermongolia.xlsx", what, [p], [one, two])


def court():
    t = Table(
        kind="department",
        title="2026年部门整体支出绩效目标表",
        agency="陇川县人民法院",
        year=2026,
        money_unit="万元",
        fields={
            "department_name": "陇川县人民法院",
            "budget_total": "1385.62",
            "basic_expenditure": "1102.4",
            "project_expenditure": "283.22",
            "annual_goal": "依法公正审判，全年审执结案件3200件以上，推进诉源治理。",
        },
        other={"联系人": "办公室", "部门职能": "审判执行工作"},
        indicators=rows("""
            部门管理|资金投入|基本支出预算执行率|=|100|%|权重=5
            "|"|“三公”经费控制率|≤|100|%|权重=5
            "|财务管理|资金使用规范性|定性|规范||权重=5
            "|业务管理|裁判文书上网率|≥|60|%|权重=5
            履职效果|部门履职目标|审执结案件|≥|3200|件|权重=20
            "|"|法定审限内结案率|≥|98|%|权重=15
            "|部门效果目标|诉前调解成功率|≥|55|%|权重=15
            "|社会影响|负面舆情|=|0|起|权重=10
            能力建设|长效管理|制度体系健全性|定性|健全||权重=5
            "|人力资源建设|法官培训|≥|40|学时/人·年|权重=5
            满意度|服务对象满意度|当事人满意度|≥|90|%|权重=10
        """),
    )
    t.fields["duties"] = t.other.pop("部门职能")
    p = Page(7)
    p.line(t.title).line("单位：万元")
    p.row(("部门（单位）名称", 2), (t.agency, 3), "联系人", "办公室")
    p.row(("部门职能", 2), (t["duties"], 5))
    p.row(("年度预算安排", 2, 2), "部门预算总额", "基本支出", ("项目支出", 3))
    p.row(Number("1385.62"), Number("1102.4", "0.00"), (Number("283.22"), 3))
    p.row(("年度绩效目标", 2), (t["annual_goal"], 5))
    number = iter(range(1, 99))
    columns = [("序号", lambda one: str(next(number)))]
    columns += cols("一级指标=1|二级指标=2|三级指标=3|指标值=j|权重=x|备注=r", eq="=")
    block(p, t.indicators, columns, "merge")
    p.row(("合  计", 5), "100", "")
    what = "Gansu: department's own dimensions as levels, running numbers, weights with their sum"
    return Draft("10-court-gansu.xlsx", what, [p], [t])


def ministry():
    t = Table(
        title="项目绩效目标表",
        agency="国家海缆观测中心",
        year=2026,
        money_unit="万元",
        fields={
            "project_name": "海底观测网运行维护",
            "project_amount": "3140.77",
            "fiscal_funds": "3100",
            "other_funds": "40.77",
        },
        other={"主管部门及代码": "[919]海洋观测总署", "执行率分值（10）": "10"},
        indicators=rows("""
            成本指标|经济成本指标|单节点年运行成本|≤|52.3|万元|分值权重（90）=10
            "|生态环境成本指标|海底扰动面积|≤|120|平方米|分值权重（90）=10
            产出指标|数量指标|在线节点|≥|60|个|分值权重（90）=15
            "|"|回传数据量|≥|480|TB|分值权重（90）=10
            "|质量指标|数据有效率|≥|97|%|分值权重（90）=10
            "|时效指标|故障响应|≤|48|小时|分值权重（90）=5
            效益指标|社会效益指标|服务预警机构|≥|11|家|分值权重（90）=10
            "|可持续影响指标|观测能力|定性|持续增强||分值权重（90）=10
            满意度指标|服务对象满意度指标|数据用户满意度|≥|95|%|分值权重（90）=10
        """),
    )
    goal = "目标1：保障60个节点全年在线。\n目标2：数据回传不少于480TB。"
    t.fields["total_goal"] = goal
    t.either = {"fields.total_goal": [None], "fields.annual_goal": [goal]}
    p = Page(7)
    p.line(t.title).line("（2026年度）").row(("", 5), ("单位：万元", 2))
    p.row(("项目名称", 2), (t["project_name"], 5))
    p.row(("主管部门及代码", 2), (t["主管部门及代码"], 2), "实施单位", (t.agency, 2))
    p.row(
        ("项目资金\n（万元）", 2, 4),
        ("年度资金总额：", 2),
        "3140.77",
        ("执行率分值（10）", 1, 4),
        ("10", 1, 4),
    )
    p.row(("其中：财政拨款", 2), "3100.00").row(("上年结转", 2), "—").row(("其他资金", 2), "40.77")
    p.row(("总体目标", 2), (goal, 5))
    columns = cols("一级指标=1|二级指标=2|三级指标=3|指标值=j|分值权重（90）=x")
    block(p, t.indicators, columns, label="绩\n效\n指\n标", spans=[1, 1, 2, 1, 1])
    return Draft(
        "11-ocean-central.docx",
        "Central ministry: weight 90 in the head, share for execution beside the funds",
        [p],
        [t],
    )


ALL = (museum, community, banner, court, ministry)
