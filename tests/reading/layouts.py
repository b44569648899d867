"""Layouts drawn at random from a seed: the same figures in ever other papers.

``draw(seed)`` gives a draft with its expectation; ``grids(draft)`` of tests.reading.write gives its
pages without a file. With hypothesis: ``st.integers(0, 9999).map(draw)``. What cannot be told from
the paper is never drawn: a column whose cells do not tell its role always has a telling head.

``strange`` is the share of heads over telling cells (levels, sign, number, unit) that are words
without any meaning.
"""

import random
from dataclasses import dataclass, field, replace

from tests.reading.figures import OFFICES, PLACES, figures, number_near
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
    Draft,
    Page,
    block,
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
        shape=rng.choice(("single", "single", "breaks", "stacked", "stacked", "beside", "list")),
        header=rng.choice(("pairs", "rows", "above", "colon")),
        label=rng.choice((None, "绩效指标", "年\n度\n绩\n效\n指\n标")),
        group=group,
    )


def column(role, signs):
    cell = CELLS[role]
    return drawn(cell, **signs) if role in {"sign", "joined", "sign_value"} else cell


def enrich(rng, table, roles):
    """The table with what its extra columns hold."""
    rest, shares = 90, []
    for left in range(len(table.indicators), 0, -1):
        shares.append(rest if left == 1 else max(1, rest // left))
        rest -= shares[-1]
    changed = []
    for one, weight in zip(table.indicators, shares, strict=True):
        quantity = one.comparator != "定性"
        told = {"weight": str(weight), "office": rng.choice(("办公室", "财务科", "业务科"))}
        before = number_near(rng, one.value) if quantity else ""
        unit = (one.unit or "") if quantity and "unit" not in roles else ""
        told |= {"last": before + unit, "half": before + unit}
        texts = {
            "explanation": f"反映{one.level3}的完成情况",
            "basis": rng.choice(("行业标准", "历史标准", "计划标准", "年度工作要点")),
            "remark": rng.choice(("", "", "含上年结转部分")),
        }
        own = {key: text or None for key, text in texts.items() if key in roles}
        kept = {key: text for key, text in told.items() if key in roles}
        changed.append(replace(one, **own, extra=kept))
    return replace(table, indicators=changed)


# --- drawing ---------------------------------------------------------------------------------


def draw(seed, strange=0.15):
    """A draft of one to three projects, drawn as the seed says."""
    rng = random.Random(seed)
    how, words = plan(rng), Words(rng, strange)
    roles = {role for role, _ in how.columns}
    count = {"stacked": rng.choice((2, 3)), "list": rng.choice((2, 3)), "beside": 2}
    agency = rng.choice(PLACES) + rng.choice(OFFICES)
    title = rng.choice(TITLES)
    told = {"agency": agency, "title": title, "year": 2026}
    tables = [
        replace(enrich(rng, figures(rng, n), roles), **told, either={})
        for n in range(count.get(how.shape, 1))
    ]
    width = max(sum(how.spans) + (how.label is not None), 4)
    page = Page(width, left=rng.choice((0, 0, 0, 1)), next=rng.choice((0, 0, 0, 2)))
    SHAPES[how.shape](rng, page, how, words, tables)
    finish(tables, words)
    return Draft(f"layout-{seed:04}.xlsx", how.tell(), [page], tables)


def finish(tables, words):
    """Heads in place of roles, and what may be read another way."""
    for table in tables:
        table.indicators = [
            replace(one, extra={words.head(key): text for key, text in one.extra.items()})
            for one in table.indicators
        ]


def top(rng, page, table):
    """Title, agency and money unit in one of the usual ways."""
    page.line(table.title)
    unit = rng.choice(("单位：万元", "金额单位：万元", "（单位：万元）"))
    if rng.random() < 0.6:
        half = page.width // 2
        page.row((f"填报单位：{table.agency}", half), (unit, page.width - half))
    else:
        page.line(f"填报单位（盖章）：{table.agency}　　　　{unit}")


def header(rng, page, how, words, table):
    """Name, amount and goal."""
    name, amount, goal = (words.label(key) for key in LABELS)
    values = [table[key] for key in LABELS]
    width, half = page.width, page.width // 2
    if how.header == "pairs":
        page.row(name, (values[0], half - 1), amount, (values[1], width - half - 1))
        page.row(goal, (values[2], width - 1))
    elif how.header == "rows":
        for label, value in zip((name, amount, goal), values, strict=True):
            page.row(label, (value, width - 1))
    elif how.header == "above":
        page.row((name, half), (amount, width - half))
        page.row((values[0], half), (values[1], width - half))
        page.line(goal).line(values[2])
    else:
        page.row((f"{name}：{values[0]}", half), (f"{amount}：{values[1]}万元", width - half))
        page.line(f"{goal}：{values[2]}")


def body(page, how, words, indicators, note=None):
    """Heads and rows of the indicators; the last column is widened to fill the page.

    A note, where there is one, stands over the whole width before the last first-level class.
    """
    spans = list(how.spans)
    spans[-1] += page.width - sum(spans) - (how.label is not None)
    columns = [(word(words, role), cell) for role, cell in how.columns]
    if how.group:
        group_head(page, how, words, columns, spans, len(indicators))
    if note is None or how.label is not None or how.group:
        label = None if how.group else how.label
        block(page, indicators, columns, how.levels, label, not how.group, spans)
        return
    last = [one for one in indicators if one.level1 == indicators[-1].level1]
    block(page, indicators[: -len(last)], columns, how.levels, spans=spans)
    page.line(note)
    block(page, last, columns, how.levels, heads=False, spans=spans)


def group_head(page, how, words, columns, spans, count):
    """A row of heads with one over sign, number and unit."""
    at = [role for role, _ in how.columns].index("sign")
    label = [(how.label, 1, count + 1)] if how.label is not None else []
    heads = [(head, span) for (head, _), span in zip(columns, spans, strict=True)]
    heads[at : at + 3] = [(words.head("value"), sum(spans[at : at + 3]))]
    page.row(*label, *heads)


def word(words, role):
    return words.head("value" if role in {"joined", "sign_value", "value_unit"} else role)


def single(rng, page, how, words, tables):
    (table,) = tables
    top(rng, page, table)
    header(rng, page, how, words, table)
    if rng.random() < 0.2:
        page.line("项目绩效指标明细")
    body(page, how, words, table.indicators, rng.choice(NOTES) if rng.random() < 0.2 else None)
    tail(rng, page, how)


def breaks(rng, page, how, words, tables):
    """A table over two pages: the head again, sometimes with the title; levels cut at the break."""
    (table,) = tables
    at = rng.randint(2, len(table.indicators) - 1)
    top(rng, page, table)
    header(rng, page, how, words, table)
    body(page, how, words, table.indicators[:at])
    marks = (("续表",), (f"{table.title}（续表）",), ("第1页",), ())
    for line in rng.choice(marks):
        page.line(line)
    body(page, how, words, table.indicators[at:])
    tail(rng, page, how)


def stacked(rng, page, how, words, tables):
    repeat, gap = rng.random() < 0.5, rng.randint(0, 2)
    for number, table in enumerate(tables):
        if repeat or number == 0:
            top(rng, page, table)
        header(rng, page, how, words, table)
        body(page, how, words, table.indicators)
        page.gap(gap)
    tail(rng, page, how)


def beside(rng, page, how, words, tables):
    whole, left, bottom = page.width, page.left, []
    page.width = 2 * whole + 1
    top(rng, page, tables[0])
    page.width, first = whole, page.next
    for number, table in enumerate(tables):
        page.next, page.left = first, left + number * (whole + 1)
        header(rng, page, how, words, table)
        body(page, how, words, table.indicators)
        bottom.append(page.next)
    page.next, page.left, page.width = max(bottom), left, 2 * whole + 1


def listed(rng, page, how, words, tables):
    """A list of projects: name, amount and goal stand on the left of their indicators."""
    front = [words.label(key) for key in LABELS]
    how.label, how.group = None, False
    page.width = sum(how.spans) + len(front)
    top(rng, page, tables[0])
    columns = [(word(words, role), cell) for role, cell in how.columns]
    heads = [(head, span) for (head, _), span in zip(columns, how.spans, strict=True)]
    page.row(*front, *heads)
    for table in tables:
        count = len(table.indicators)
        for col, key in enumerate(LABELS):
            page.put(page.next, page.left + col, table[key], 1, count)
        block(page, table.indicators, columns, how.levels, heads=False, spans=how.spans)


def tail(rng, page, how):
    """A sum of weights, a note, a signature line; each now and then."""
    roles = [role for role, _ in how.columns]
    if "weight" in roles and rng.random() < 0.5:
        before = roles.index("weight")
        cells = [("合计", 1)] + [("", 1)] * (sum(how.spans[:before]) + (how.label is not None) - 1)
        if sum(how.spans[:before]) + (how.label is not None) > 0:
            page.row(*cells, "90")
    if rng.random() < 0.35:
        page.line(rng.choice(NOTES))
    if rng.random() < 0.3:
        half = page.width // 2
        page.row(("单位负责人（签字）：", half), ("填报日期：    年  月  日", page.width - half))


SHAPES = {
    "single": single,
    "breaks": breaks,
    "stacked": stacked,
    "beside": beside,
    "list": listed,
}
