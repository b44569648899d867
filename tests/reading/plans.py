"""How a random paper is drawn: its words, its columns and their cells."""

import random
from dataclasses import dataclass, field

from tests.reading.paper import (
    BASIS,
    EXPLANATION,
    JOINED,
    L1,
    L2,
    L3,
    REMARK,
    SIGN,
    UNIT,
    VALUE,
    drawn,
    extra,
    sign_value,
    value_unit,
)

# --- words -----------------------------------------------------------------------------------

HEADS = {
    "level1": (("一级", "第一级", "一层", "绩效一级"), ("指标", "", "目标", "分类")),
    "level2": (("二级", "第二级", "二层", "绩效二级"), ("指标", "", "目标", "分类")),
    "level3": (("三级", "具体", "绩效", "末级"), ("指标名称", "指标", "内容", "名称")),
    "sign": (("指标", "运算", "比较", "计算", "逻辑"), ("符号", "符", "关系", "性质", "方向")),
    "value": (
        ("年度", "本年", "当年", "2026年", "预期", ""),
        ("指标值", "目标值", "计划值", "标准值"),
    ),
    "unit": (("计量", "度量", "计算", ""), ("单位", "单位名称")),
    "explanation": (("指标", "", "指标值"), ("说明", "解释", "内容说明")),
    "basis": (("指标值", "目标值", ""), ("确定依据", "设定依据", "来源依据")),
    "remark": (("",), ("备注", "附注")),
    "classes": (("指标", "绩效"), ("类型", "类别", "分类")),
    "weight": (("", "指标", "分值"), ("权重", "权重（%）", "权重（分）")),
    "last": (("上年", "上年度", "2025年"), ("实际值", "完成值", "实际完成情况")),
    "half": (("半年", "上半年", "1—6月"), ("目标值", "计划值")),
    "office": (("责任", "牵头", "实施"), ("科室", "处室")),
}  # fmt: skip
TELLING = ("level1", "level2", "level3", "sign", "value", "unit")
NONSENSE = (
    "甲栏",
    "乙栏",
    "丙栏",
    "丁栏",
    "戊栏",
    "己栏",
    "口径",
    "刻度",
    "界限",
    "类目",
    "事象",
    "要点",
)
HINTS = ("*", "★", "（必填）", "①", "（不超过30字）", "②")
LABELS = {
    "project_name": ("项目名称", "项目（政策）名称", "项目名称*"),
    "project_amount": ("项目金额", "预算金额", "年度预算金额", "项目资金"),
    "annual_goal": ("年度绩效目标", "年度目标", "本年度绩效目标"),
}
NOTES = (
    "注：指标值须可衡量、可考核。",
    "说明：本表由项目单位填报，一式两份。",
    "备注：数据来自业务台账。",
)
TITLES = (
    "2026年项目支出绩效目标表",
    "2026年度项目绩效目标申报表",
    "2026年预算项目绩效目标批复表",
)
DRAWN = (
    {},
    {"ge": "≧", "le": "≦"},
    {"ge": ">=", "le": "<="},
    {"ge": "》=", "le": "《="},
    {"eq": "＝"},
    {"ge": "大于等于", "le": "小于等于", "gt": "大于", "lt": "小于", "eq": "等于"},
)


@dataclass
class Words:
    """The words of one paper: a head is made once and used on every page."""

    rng: random.Random
    strange: float
    made: dict = field(default_factory=dict)

    def head(self, role):
        if role not in self.made:
            self.made[role] = self.make(role)
        return self.made[role]

    def make(self, role):
        rng = self.rng
        if role in TELLING and rng.random() < self.strange:
            word = rng.choice([one for one in NONSENSE if one not in self.made.values()])
        else:
            parts = HEADS[role]
            word = "".join(rng.choice(part) for part in parts)
        if role in TELLING and rng.random() < 0.15:
            word += rng.choice(HINTS)
        return word if word not in self.made.values() else word + "栏"

    def label(self, key):
        return self.made.setdefault(key, self.rng.choice(LABELS[key]))


# --- columns ---------------------------------------------------------------------------------


DRAWINGS = (
    *("single", "single", "breaks", "stacked", "stacked", "beside", "list", "halves", "bands"),
)


@dataclass
class Plan:
    """How one paper is drawn; every page and table of it alike."""

    columns: list
    spans: list
    levels: str
    shape: str
    header: str
    label: str | None
    group: bool

    def tell(self):
        roles = " ".join(role for role, _ in self.columns)
        return f"{self.shape}; {roles}; levels {self.levels}; header {self.header}"


STYLES = (
    ("joined",),
    ("joined",),
    ("sign", "value", "unit"),
    ("sign", "value", "unit"),
    ("value", "unit", "sign"),
    ("sign_value", "unit"),
    ("sign", "value_unit"),
)
CELLS = {
    "level1": L1, "level2": L2, "level3": L3, "sign": SIGN, "value": VALUE, "unit": UNIT,
    "joined": JOINED, "sign_value": sign_value, "value_unit": value_unit,
    "explanation": EXPLANATION, "basis": BASIS, "remark": REMARK,
    "weight": extra("weight"), "last": extra("last"), "half": extra("half"),
    "office": extra("office"), "classes": lambda one: f"{one.level1}-{one.level2}",
}  # fmt: skip


def plan(rng):
    style = rng.choice(STYLES)
    more = [one for one in ("weight", "last", "half", "office") if rng.random() < 0.22]
    more += [one for one in ("explanation", "basis", "remark") if rng.random() < 0.3]
    if {"half", "last"} <= set(more) and rng.random() < 0.5:
        more.remove("half")
    levels = ["level1", "level2"] if rng.random() < 0.92 else ["classes"]
    parts = [[*levels, "level3"], list(style), *([one] for one in more)]
    if rng.random() < 0.6:
        head, rest = parts[:2], parts[2:]
        rng.shuffle(rest)
        parts = [*head, *rest]
    else:
        rng.shuffle(parts)
    signs = rng.choice(DRAWN)
    roles = [role for part in parts for role in part]
    columns = [(role, column(role, signs)) for role in roles]
    spans = [2 if rng.random() < 0.12 else 1 for _ in columns]
    group = style == ("sign", "value", "unit") and rng.random() < 0.35
    if group:
        spans = [1] * len(columns)
    return Plan(
        columns=columns,
        spans=spans,
        levels=rng.choice(("merge", "merge", "repeat", "first")),
        shape=rng.choice(DRAWINGS),
        header=rng.choice(("pairs", "rows", "above", "colon")),
        label=rng.choice((None, "绩效指标", "年\n度\n绩\n效\n指\n标")),
        group=group,
    )


def column(role, signs):
    cell = CELLS[role]
    return drawn(cell, **signs) if role in {"sign", "joined", "sign_value"} else cell
