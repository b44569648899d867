"""The library: entries, merging, and searching with a ranking for the current row."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.io.files.library_file import read_shipped
from jixiao.model.library import (
    Entry,
    OwnLibrary,
    combined,
    entry_from,
    entry_key,
    merged,
    pair_key,
    tidy,
    with_entry,
    without_entries,
)
from jixiao.model.library_search import Index, Place, Query, search, suitable_categories
from jixiao.model.library_usage import Usage
from jixiao.model.table import Indicator, Table, Task
from tests.io.forms import truth

SHIPPED = read_shipped()
INDEX = Index(SHIPPED)
OWN = Entry("会议", "产出指标", "数量指标", "主席团会议次数", "≥", "3", "次")


def names(query: str, place: Place | None = None, **filters: str) -> list[str]:
    wanted = Query(query, **filters)  # type: ignore[arg-type]
    return [hit.entry.name for hit in search([INDEX], wanted, place or Place())]


def test_the_shipped_list_is_sound() -> None:
    assert len(SHIPPED) == 125
    assert len({entry_key(entry) for entry in SHIPPED}) == 125
    assert all(tidy(entry) == entry for entry in SHIPPED)
    assert {entry.comparator for entry in SHIPPED} <= {"≥", "≤", "=", "定性"}
    assert all(entry.name and entry.level2 and entry.value for entry in SHIPPED)


def test_one_class_in_every_vintage() -> None:
    assert pair_key("产出指标", "成本指标") == pair_key("成本指标", "经济成本指标")
    assert pair_key("满意度", "服务对象满意度") == pair_key("效益指标", "满意度指标")
    assert pair_key("产出指标", "数量指标") != pair_key("产出指标", "质量指标")
    assert pair_key("效益", "") == "效益指标"


def test_an_entry_from_an_indicator_is_canonical() -> None:
    row = Indicator("满意度", "服务对象 满意度", " 代表\n满意率 ", "≥", "90", "%", "问卷")
    assert entry_from(row, "人大政协") == Entry(
        "人大政协",
        "满意度指标",
        "服务对象满意度指标",
        "代表 满意率",
        "≥",
        "90",
        "%",
        explanation="问卷",
    )


def test_own_entries_take_the_place_of_shipped_ones() -> None:
    changed = replace(SHIPPED[0], value="6")
    own = with_entry(OwnLibrary(), changed, SHIPPED[0])
    shown = combined(SHIPPED, own)
    assert len(shown) == 125
    assert shown[0].value == "6"
    assert shown[0].origin == "own"
    renamed = with_entry(own, replace(changed, name="会议次数"), changed)
    assert [e.name for e in renamed.entries] == ["会议次数"]


def test_what_was_deleted_is_not_shown_until_it_is_added_again() -> None:
    own = without_entries(SHIPPED, with_entry(OwnLibrary(), OWN), [SHIPPED[3], OWN])
    assert own.entries == ()
    assert own.hidden == {entry_key(SHIPPED[3])}
    assert SHIPPED[3] not in combined(SHIPPED, own)
    back = with_entry(own, SHIPPED[3])
    assert len(combined(SHIPPED, back)) == 125


def test_taking_entries_in_merges_and_counts() -> None:
    own = with_entry(OwnLibrary(), OWN)
    new = [
        replace(OWN, value="5"),
        replace(OWN, value="", comparator="", unit="", explanation="按会议通知计数"),
        replace(SHIPPED[0], source=""),
        replace(SHIPPED[1], value="300"),
        replace(OWN, name="预备会议次数"),
    ]
    done = merged(SHIPPED, own, new)
    assert (done.added, done.changed, done.same, done.repeated) == (1, 2, 1, 1)
    kept = {entry.name: entry for entry in done.own.entries}
    assert kept[OWN.name] == replace(OWN, value="5", explanation="按会议通知计数")
    assert kept["参会人次"].explanation == SHIPPED[1].explanation
    assert len(combined(SHIPPED, done.own)) == 127


words = st.sampled_from(["会议", "培训", "次数", "满意率", "天", ""])
entries = st.builds(
    Entry,
    category=words,
    level1=st.sampled_from(["产出指标", "效益指标", ""]),
    level2=st.sampled_from(["数量指标", "社会效益指标", ""]),
    name=words.filter(bool),
    value=words,
    explanation=words,
)


@given(st.lists(entries, max_size=8), st.lists(entries, max_size=8))
def test_merging_twice_changes_nothing(before: list[Entry], new: list[Entry]) -> None:
    own = merged(SHIPPED, OwnLibrary(), before).own
    once = merged(SHIPPED, own, new)
    twice = merged(SHIPPED, once.own, new)
    assert twice.own == once.own
    assert (twice.added, twice.changed) == (0, 0)
    keys = [entry_key(entry) for entry in combined(SHIPPED, once.own)]
    assert len(keys) == len(set(keys))
    assert {entry_key(entry) for entry in (*before, *new)} <= set(keys)


def test_search_by_text_pinyin_and_initials() -> None:
    for query in ("会议召开", "会议 次数", "hyzk", "huiyizhaokai", "HUIYI 次数", "召开 hy"):
        assert names(query)[0] == "会议召开次数", query
    assert "媒体发稿数量" in names("刊发")  # in the explanation
    assert names("％") == names("%")
    assert names("没有这样的") == []
    assert len(names("")) == 125


def test_filters() -> None:
    assert set(names("", category="会议")) == {e.name for e in SHIPPED if e.category == "会议"}
    costs = names("", level1="产出", level2="成本指标")
    assert costs == []
    assert "会议费总额" in names("", level2="成本指标")
    assert all(e.level1 == "效益指标" for e in SHIPPED if e.name in names("", level1="效益"))


def test_the_current_row_comes_first() -> None:
    place = Place("满意度", "服务对象满意度", ("培训",))
    found = search([INDEX], Query(), place)
    assert found[0].entry.name == "学员满意度"
    satisfied = [hit.entry.level2 == "服务对象满意度指标" for hit in found]
    assert satisfied == sorted(satisfied, reverse=True)
    output = search([INDEX], Query("培训"), Place("产出指标", "质量指标"))
    levels = [hit.entry.level2 for hit in output]
    assert levels[:3] == ["质量指标"] * 3
    assert levels.index("数量指标") < levels.index("经济成本指标")


def test_what_the_table_has_already_comes_last() -> None:
    used = frozenset({INDEX.keys[0]})
    found = search([INDEX], Query("会议"), Place("产出指标", "数量指标", used=used))
    assert found[-1].entry == SHIPPED[0]
    assert [hit.used for hit in found].count(True) == 1


def test_suitable_categories_by_name_and_by_indicators() -> None:
    assert suitable_categories(SHIPPED, Table(fields={"project_name": "2026年培训经费"})) == (
        "培训",
    )
    rows = tuple(Indicator(e.level1, e.level2, e.name) for e in SHIPPED if e.category == "物业")
    table = Table(fields={"project_name": "培训中心"}, indicators=rows)
    assert suitable_categories(SHIPPED, table)[:2] == ("物业", "培训")


def test_usage_counts_and_forgets() -> None:
    usage = Usage()
    table = truth("lukou2026-project-1")
    usage.put(1, table)
    usage.put(2, table)
    one = usage.learned()
    assert set(one.counts.values()) >= {2}
    assert len(one.entries) == len(one.counts)
    assert all(entry.value == "" and entry.origin == "book" for entry in one.entries)
    assert one.words["project"] == (table.name,)
    usage.put(2, replace(table, indicators=table.indicators[:1], tasks=(Task("会议", "办公室"),)))
    first = table.indicators[0]
    changed = usage.learned()
    assert changed.entries[0].name == "".join(first.level3.split())
    assert changed.words["owner"] == ("办公室",)
    usage.drop(1)
    usage.drop(2)
    usage.drop(3)
    assert usage.learned().entries == ()
    assert usage.learned().words == {}


def test_the_spelling_used_most_is_learned_and_counts_rank() -> None:
    usage = Usage()
    rows = [Indicator("产出", "数量", "会议  天数", "≤", "3", "日")] + [
        Indicator("产出指标", "数量指标", "会议天数", "≤", str(n), "天") for n in range(3)
    ]
    usage.put(1, Table(indicators=tuple(rows)))
    learned = usage.learned()
    assert [(e.name, e.unit) for e in learned.entries] == [("会议天数", "天")]
    found = search([Index(SHIPPED, learned.counts), Index(learned.entries)], Query("会议天数"))
    assert [(hit.entry.origin, hit.count) for hit in found] == [("shipped", 4)]
    ranked = search([Index(SHIPPED, learned.counts)], Query("会议"), Place("产出指标", "数量指标"))
    assert ranked[0].entry.name == "会议天数"


@pytest.mark.parametrize("limit", [0, 1, 7])
def test_no_more_than_asked_for(limit: int) -> None:
    assert len(search([INDEX], Query(), limit=limit)) == limit
