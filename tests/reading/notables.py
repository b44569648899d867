"""Files without any performance table: each must be named as not taken, whole."""

from tests.reading.paper import Draft, Number, Page


def money(value):
    return Number(value, "0.00")


def sheet(file, what, title, *lines, above=()):
    """A page with a title, lines above its table and rows of equal width."""
    width = max(len(line) for line in lines)
    page = Page(width)
    page.line(title)
    for text in above:
        page.line(text)
    for line in lines:
        page.row(*line)
    return Draft(file, what, [page], [], [title])


def expenditure():
    return sheet(
        "61-not-expenditure.xlsx", "budget sheet: functional subjects with amounts and shares",
        "2026年一般公共预算支出表",
        ("科目编码", "科目名称", "本年合计", "基本支出", "项目支出", "占比"),
        ("2050202", "小学教育", money("1820.4"), money("1600.4"), money("220"), "86.5%"),
        ("2050299", "其他普通教育支出", money("284.1"), money("0"), money("284.1"), "13.5%"),
        ("", "合计", money("2104.5"), money("1600.4"), money("504.1"), "100%"),
        above=("单位：东湖区实验小学　　　　单位：万元",),
    )  # fmt: skip


def purchases():
    return sheet(
        "62-not-purchases.xlsx", "purchase list: names, numbers and units, no goal",
        "2026年政府采购预算表",
        ("序号", "采购项目", "品目", "数量", "单位", "单价（元）", "金额（万元）", "方式", "备注"),
        ("1", "办公设备", "台式计算机", Number("24"), "台", Number("4800"), money("11.52"), "", ""),
        ("2", "办公设备", "打印机", Number("6"), "台", Number("1900"), money("1.14"), "", ""),
        ("3", "物业管理", "保洁服务", Number("1"), "项", "186000", "18.6", "公开招标", "含绿化"),
        ("", "合计", "", "", "", "", money("31.26"), "", ""),
        above=("采购单位：海门区信访局",),
    )  # fmt: skip


def projects():
    return sheet(
        "63-not-projects.xlsx", "list of projects with amounts only",
        "2026年部门预算项目支出明细表",
        ("项目名称", "项目单位", "项目类别", "合计", "一般公共预算", "政府性基金", "其他资金"),
        ("城市绿地养护", "园林处", "特定目标类", "860", "860", "", ""),
        ("公园免费开放补助", "园林处", "特定目标类", "120", "100", "", "20"),
        ("苗圃运行", "苗木中心", "其他运转类", "45.5", "", "", "45.5"),
        ("合计", "", "", "1025.5", "960", "", "65.5"),
        above=("部门：海陵区园林绿化服务中心　　单位：万元",),
    )  # fmt: skip


def contacts():
    return sheet(
        "64-not-contacts.xlsx", "list of offices and rooms",
        "2026年绩效管理工作联络表",
        ("序号", "单位名称", "职务", "办公室", "邮箱", "备注"),
        ("1", "区教育局", "财务科长", "行政中心3楼", "jy@example.org", ""),
        ("2", "区民政局", "办公室主任", "行政中心5楼", "mz@example.org", "兼"),
        ("3", "区水务局", "会计", "水务大厦2楼", "sw@example.org", ""),
    )  # fmt: skip


def three_public():
    return sheet(
        "65-not-three-public.xls", "三公 budget of two years with rates",
        "“三公”经费预算财政拨款情况对比表",
        ("项目", "2025年预算", "2026年预算", "增减额", "增减率", "变化原因"),
        ("因公出国（境）费", "0", "0", "0", "0%", "无"),
        ("公务接待费", "5.2", "4.6", "-0.6", "-11.5%", "厉行节约"),
        ("公务用车运行维护费", "18", "16.5", "-1.5", "-8.3%", "≤上年90%执行"),
        ("合计", "23.2", "21.1", "-2.1", "-9.1%", ""),
        above=("单位：万元",),
    )  # fmt: skip


def measuring():
    return sheet(
        "66-not-breakdown.xlsx", "breakdown of an amount with rules of calculation",
        "项目支出测算明细表",
        ("支出内容", "测算依据", "数量", "单位", "标准（元）", "金额（万元）"),
        ("授课费", "≥30场，每场800元", "30", "场", "800", "2.4"),
        ("教材印制", "600人×1册", "600", "册", "25", "1.5"),
        ("场地租赁", "按合同", "12", "天", "1500", "1.8"),
        ("合计", "", "", "", "", "5.7"),
        above=("项目名称：社区家长学校　　单位：万元",),
    )  # fmt: skip


def notice():
    p = Page(3)
    p.say("关于做好2026年部门预算绩效目标编制工作的通知").say("各预算单位：")
    p.say("一、编制范围。所有项目支出均须设置绩效目标，产出指标不少于3个，满意度指标≥90%。")
    p.say("二、时间安排见下表。")
    p.row("阶段", "工作内容", "完成时间").row("布置", "印发通知", "9月10日前")
    p.row("编报", "填报绩效目标", "10月15日前").row("审核", "集中审核", "11月20日前")
    p.say("桐川市财政局").say("2025年9月3日")
    what = "a notice about goals with a table of dates: the words are there, the table is not"
    return Draft(
        "67-not-notice.docx", what, [p], [], ["关于做好2026年部门预算绩效目标编制工作的通知"]
    )


def assets():
    return sheet(
        "68-not-assets.xlsx", "list of assets with states and shares that look like targets",
        "国有资产占用情况表",
        ("资产类别", "一级分类", "二级分类", "计量单位", "数量", "完好率", "备注"),
        ("房屋", "办公用房", "自有", "平方米", "3260", "100%", ""),
        ("车辆", "公务用车", "执法执勤", "辆", "7", "95%", "2辆待报废"),
        ("设备", "专用设备", "检测仪器", "台", "48", "≥90%", ""),
        above=("单位名称：澄江县市场监督管理局　　截至2025年12月31日",),
    )  # fmt: skip


ALL = (expenditure, purchases, projects, contacts, three_public, measuring, notice, assets)
