"""Hypothesis strategies for tables, in words of real forms and in words of none."""

from __future__ import annotations

from hypothesis import strategies as st

from jixiao.model.table import (
    KINDS,
    Indicator,
    Item,
    LevelPair,
    Measure,
    Share,
    SpendingDetail,
    Table,
    Task,
    Unplaced,
)

_PHRASES = [
    "",
    "代表活动经费",
    "组织代表视察、调研、执法检查≥10次",
    "第一行\n第二行\t制表",
    "=1+1",
    "'引号\"“”<&>{}｛｝",
    "㎡ 𠮷 👨‍👩‍👧 é é",
    "56.10",
]
_LEVELS = ["", "产出指标", "效益指标", "满意度指标", "数量指标", "质量指标", "经济效益"]

# Everything that UTF-8 can hold, NUL and private characters among it.
wild = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
long = st.integers(1000, 3000).map(lambda length: "长" * length)
texts = st.sampled_from(_PHRASES) | wild | long
levels = st.sampled_from(_LEVELS) | wild
amounts = st.decimals(0, 10**9, places=2).map(str) | st.sampled_from(["", "0", "56.10", "约5万"])
years = st.none() | st.integers(2019, 2030)
agencies = st.sampled_from(["", "渌口区人大办", "石峰区政府办", "荷塘区财政局"]) | wild
labels = st.sampled_from(["填表人", "联系电话", "审核意见"]) | wild

others = st.sampled_from(
    ["", '{"stage": "goal"}', '{"weight": "50", "rows": [{"甲/乙": "1"}, {}]}']
)

indicators = st.builds(
    Indicator,
    level1=levels,
    level2=levels,
    level3=texts,
    comparator=st.sampled_from(["", "≥", "≤", "=", ">", "<", "定性"]),
    value=texts,
    unit=st.sampled_from(["", "次", "%", "元/人"]),
    explanation=texts,
    basis=texts,
    remark=texts,
    task=texts,
    written=texts,
    extra=st.dictionaries(labels, texts, max_size=2),
    other=others,
)
fields = st.dictionaries(
    st.sampled_from(["project_name", "department_name", "annual_goal", "amount"]) | labels,
    texts,
    max_size=5,
)


def _some(rows: st.SearchStrategy[object], most: int = 3) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(rows, max_size=most).map(tuple)


def tables(
    agency: st.SearchStrategy[str] = agencies, year: st.SearchStrategy[int | None] = years
) -> st.SearchStrategy[Table]:
    """Tables of every kind, with everything that a table can hold."""
    return st.builds(
        Table,
        agency=agency,
        agency_code=st.sampled_from(["", "101001"]),
        year=year,
        kind=st.sampled_from(KINDS),
        title=texts,
        money_unit=st.sampled_from(["", "元", "万元"]),
        form=st.sampled_from(["", "通用项目"]),
        vintage=st.sampled_from(["", "2021"]),
        fields=fields,
        payment_schedule=_some(st.builds(Share, texts, amounts)),
        tasks=_some(st.builds(Task, texts, texts, texts, others)),
        indicators=_some(indicators, 5),
        period_indicators=_some(indicators, 2),
        spending_details=_some(st.builds(SpendingDetail, texts, texts, amounts, texts)),
        items=_some(st.builds(Item, texts, amounts, texts, texts, others)),
        measures=_some(st.builds(Measure, texts, texts)),
        empty_levels=_some(st.builds(LevelPair, levels, levels)),
        notes=_some(texts),
        other=others,
        unplaced=_some(st.builds(Unplaced, texts, texts, st.just("B7"), texts)),
    )
