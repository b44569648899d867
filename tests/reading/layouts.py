"""Layouts drawn at random from a seed: the same figures in ever other papers.

``draw(seed)`` gives a draft with its expectation; ``grids(draft)`` of tests.reading.write gives its
pages without a file. With hypothesis: ``st.integers(0, 9999).map(draw)``. What cannot be told from
the paper is never drawn: a column whose cells do not tell its role always has a telling head.

``strange`` is the share of heads over telling cells (levels, sign, number, unit) that are words
without any meaning.
"""

import random
from dataclasses import replace

from tests.reading.figures import OFFICES, PLACES, figures, number_near
from tests.reading.paper import JOINED, L1, L2, L3, Draft, Page, block, drawn
from tests.reading.plans import DRAWN, LABELS, NOTES, TITLES, Words, plan


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


def draw(seed, strange=0.15, suffix=".xlsx"):
    """A draft of one to three projects, drawn as the seed says; also as .xls or .docx."""
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
    return Draft(f"layout-{seed:04}{suffix}", how.tell(), [page], tables)


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


def bands(rng, page, how, words, tables):
    """First levels as lines over the whole width, above the rows of their class."""
    (table,) = tables
    how.columns, how.spans = zip(
        *[two for two in zip(how.columns, how.spans, strict=True) if two[0][0] != "level1"],
        strict=True,
    )
    how.label, how.group, spans = None, False, list(how.spans)
    page.width = max(sum(spans), 4)
    spans[-1] += page.width - sum(spans)
    top(rng, page, table)
    header(rng, page, how, words, table)
    columns = [(word(words, role), cell) for role, cell in how.columns]
    page.row(*((head, span) for (head, _), span in zip(columns, spans, strict=True)))
    marks = rng.choice(("一二三", None))
    for number, level1 in enumerate(dict.fromkeys(one.level1 for one in table.indicators)):
        page.line(f"{marks[number]}、{level1}" if marks else level1)
        mine = [one for one in table.indicators if one.level1 == level1]
        block(page, mine, columns, how.levels, heads=False, spans=spans)
    tail(rng, page, how)


def halves(rng, page, how, words, tables):
    """Mid-term and annual halves side by side: goals, then indicators."""
    (table,) = tables
    bare = [replace(one, explanation=None, basis=None, remark=None, extra={})
            for one in table.indicators]  # fmt: skip
    table.indicators = bare
    table.period_indicators = [
        replace(one, value=f"{3 * float(one.value):.6g}") if one.unit not in {"%", None} else one
        for one in bare
    ]
    table.fields["period_goal"] = f"到2028年，{table['annual_goal']}"
    how.label, how.group, page.width = None, False, 9
    top(rng, page, table)
    name, amount = (words.label(key) for key in ("project_name", "project_amount"))
    page.row(name, (table["project_name"], 4), (amount, 2), (table["project_amount"], 2))
    years = rng.choice(("中期目标", "2026年—2028年", "实施期目标（2026—2028年）"))
    page.row(("总体目标", 1, 2), (years, 4), (rng.choice(("年度目标", "2026年度目标")), 4))
    page.row((table["period_goal"], 4), (table["annual_goal"], 4))
    roles = ("level1", "level2", "level3", "joined")
    cell = drawn(JOINED, **rng.choice(DRAWN))
    columns = [
        (word(words, role), one) for role, one in zip(roles, (L1, L2, L3, cell), strict=True)
    ]
    heads = [head for head, _ in columns]
    page.row(("绩效指标", 1, len(table.indicators) + 1), *heads, *heads)
    first, left = page.next, page.left
    for at, half in ((1, table.period_indicators), (5, table.indicators)):
        page.next, page.left = first, left + at
        block(page, half, columns, how.levels, heads=False)
    page.left = left


SHAPES = {
    "bands": bands,
    "halves": halves,
    "single": single,
    "breaks": breaks,
    "stacked": stacked,
    "beside": beside,
    "list": listed,
}
