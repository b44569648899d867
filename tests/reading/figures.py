"""Figures for random layouts: projects with indicators that might stand in a real paper."""

from tests.reading.paper import Ind, Table

PLACES = ("清源", "望江", "石桥", "云坪", "白鹭", "金沙", "枫林", "柳河")
OFFICES = (
    "县水务局", "区实验小学", "县中医院", "县林业局", "镇人民政府", "区博物馆", "县残疾人联合会",
    "市公路中心",
)  # fmt: skip
PROJECTS = (
    "河道整治", "校舍维修", "设备购置", "防火巡护", "道路养护", "文物修复", "康复救助", "惠民演出",
    "安全饮水", "技能培训", "路灯改造", "疫病防控",
)  # fmt: skip
# Second level: names with the units that they are counted in.
NAMES = {
    "数量指标": (
        ("维修渠道", "公里 米"), ("培训人员", "人 人次 学时"), ("购置设备", "台 套 台（套）"),
        ("巡护面积", "万亩 公顷"), ("演出场次", "场 场次"), ("救助对象", "人 户"),
        ("周转托盘", "托盘 个"), ("云存储", "GB TB"),
    ),
    "质量指标": (("验收合格率", "%"), ("设备完好率", "%"), ("考核通过率", "%"), ("水温", "℃")),
    "时效指标": (("故障响应", "小时 分钟"), ("报告时限", "天 个工作日"), ("资金拨付", "日 天")),
    "成本指标": (("围栏造价", "元/米"), ("补助标准", "元/人 元/生·餐"), ("设备单价", "万元/台 元")),
    "社会效益指标": (("受益群众", "人 万人 户"), ("服务覆盖率", "%"), ("投诉", "件 起")),
    "生态效益指标": (("植被盖度", "%"), ("节约用水", "万立方米 吨"), ("火灾受害率", "‰")),
    "服务对象满意度指标": (("群众满意度", "%"), ("受益对象满意度", "%"), ("学员满意度", "%")),
}  # fmt: skip
CLASSES = (
    ("产出指标", ("数量指标", "质量指标", "时效指标", "成本指标")),
    ("效益指标", ("社会效益指标", "生态效益指标")),
    ("满意度指标", ("服务对象满意度指标",)),
)
WORDS = ("明显改善", "按期完成", "12月底前", "健全", "2026年6月30日前", "持续提升")


def figures(rng, number=0):
    """A project's table with some five to twelve indicators, levels in runs."""
    indicators = []
    for level1, seconds in CLASSES:
        kept = [second for second in seconds if rng.random() < 0.75] or [seconds[0]]
        for level2 in kept:
            names = rng.sample(NAMES[level2], 1 if rng.random() < 0.6 else 2)
            indicators += [indicator(rng, level1, level2, *name) for name in names]
    what, where = rng.choice(PROJECTS), rng.randint(2, 60)
    fields = {
        "project_name": rng.choice(PROJECTS) + ("" if number == 0 else "二三四"[number - 1] + "期"),
        "project_amount": str(rng.choice((rng.randint(3, 900), rng.randint(30, 9000) / 10))),
        "annual_goal": f"完成{what}{where}处，提升公共服务水平，受益群众稳步增加。",
    }
    return Table(money_unit="万元", fields=fields, indicators=indicators)


def indicator(rng, level1, level2, name, units):
    if rng.random() < 0.12:
        return Ind(level1, level2, name, "定性", rng.choice(WORDS))
    low = level2 in {"时效指标", "成本指标"} or name in {"投诉", "火灾受害率"}
    sign = rng.choice("≤≤<=" if low else "≥≥≥=>")
    unit = rng.choice(units.split())
    value = rng.choice(("80", "90", "95", "98.5", "100")) if unit == "%" else number_near(rng)
    return Ind(level1, level2, name, sign, value, unit)


def number_near(rng, value=None):
    """A number as plans have them; with a value one that is a little below it."""
    if value is not None:
        return f"{float(value) * rng.choice((0.8, 0.9, 0.95, 1)):.4g}"
    whole = rng.choice((rng.randint(1, 40), 10 * rng.randint(5, 900)))
    return rng.choice((str(whole), f"{rng.randint(1, 99) / 10:g}"))
