"""Comparing tables: exactly what was edited is found, shown where it stands, and taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jixiao.io.files.exchange import table_from_json
from jixiao.io.paper.compare.compare_sets import WHOLE_TABLE, compare_sets, listed
from jixiao.io.paper.compare.differences import compare_tables
from jixiao.io.paper.compare.mark_page import mark_page
from jixiao.io.paper.compare.row_texts import LISTS, row_text, rows_of, text_at
from jixiao.io.paper.compare.take_back import take_back
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.form.load_form import load_form
from jixiao.io.paper.page.grid import Binding
from jixiao.io.paper.page.spans import changed_spans
from jixiao.model.checks.healed import healed_line
from jixiao.model.table import Indicator, Item, Share, SpendingDetail, Table, Task
from tests.conftest import TRUTH
from tests.strategies import tables, texts

TRUTHS = sorted(TRUTH.glob("*.json"))


def truth(name: str) -> Table:
    return table_from_json(json.loads((TRUTH / f"{name}.json").read_text(encoding="utf-8")))


def said(table: Table) -> object:
    """All that a page shows of a table."""
    fields = {key: text for key, text in table.fields.items() if text}
    meta = (table.agency, table.agency_code, table.year, table.title, table.money_unit, table.form)
    shares = [(share.by, share.percent) for share in table.payment_schedule if share.percent]
    rows = {name: [row_text(row) for row in rows_of(table, name)] for name in LISTS}
    return meta, fields, shares, rows


@given(tables())
def test_a_table_is_the_same_as_itself(table: Table) -> None:
    assert compare_tables(table, table).same


@given(tables(), tables())
def test_all_differences_taken_back_give_the_old_table(old: Table, new: Table) -> None:
    for table in (old, new):
        bys = [share.by for share in table.payment_schedule]
        assume(len(set(bys)) == len(bys))
        assume(all(share.percent for share in table.payment_schedule))
    difference = compare_tables(old, new)
    assert said(take_back(difference, difference.changes)) == said(old)
    assert take_back(difference, ()) == new
    for change in difference.changes:
        for place, text, table in (
            (change.place, change.new, new),
            (change.old_place, change.old, old),
        ):
            if place is not None and place.name and not place.name.startswith("target"):
                assert text_at(table, place) == text


@given(tables(), tables())
def test_one_difference_taken_back_leaves_the_others(old: Table, new: Table) -> None:
    difference = compare_tables(old, new)
    for change in difference.changes:
        if change.is_row and change.place is None:
            assert change.old_place is not None
            name = change.old_place.target
            back = take_back(difference, [change])
            assert len(rows_of(back, name)) == len(rows_of(new, name)) + 1
            assert [row_text(row) for row in rows_of(back, name)].count(change.old) >= 1


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.stem)
@settings(max_examples=15)
@given(data=st.data())
def test_exactly_the_edits_are_found(path, data: st.DataObject) -> None:
    old = table_from_json(json.loads(path.read_text(encoding="utf-8")))
    new = old
    expected: set[tuple[str, str, str]] = set()
    if old.fields:
        key = data.draw(st.sampled_from(sorted(old.fields)))
        new = replace(new, fields={**new.fields, key: new.fields[key] + "改"})
        expected.add(("changed", "field", key))
    if old.indicators:
        rows = list(old.indicators)
        count = data.draw(st.integers(0, min(2, len(rows) - 1)))
        gone = set(data.draw(st.permutations(range(len(rows))))[:count])
        left = [at for at in range(len(rows)) if at not in gone]
        edited = data.draw(st.sampled_from(left))
        column = data.draw(st.sampled_from(["level3", "explanation", "basis", "unit", "remark"]))
        assume(getattr(rows[edited], column))
        text = getattr(rows[edited], column) + "（修改）"
        rows[edited] = replace(rows[edited], **{column: text}, written="")
        expected.add(("changed", "row", "target:cvu" if column == "unit" else column))
        expected |= {("removed", "row", str(at)) for at in gone}
        rows = [row for at, row in enumerate(rows) if at not in gone]
        at = data.draw(st.integers(0, len(rows)))
        rows.insert(at, Indicator("自拟指标", "自拟类", "龘靐齉", "≥", "3", "爩", "麤麤", "驫驫"))
        expected.add(("added", "row", str(at)))
        new = replace(new, indicators=tuple(rows))
    found: set[tuple[str, str, str]] = set()
    for change in compare_tables(old, new).changes:
        place = change.place or change.old_place
        assert place is not None
        if place.target == "field":
            found.add((change.kind, "field", place.name))
        else:
            assert place.target == "indicators"
            found.add((change.kind, "row", place.name or str(place.rows[0])))
    assert found == expected


def test_an_inserted_row_changes_nothing_below_it() -> None:
    old = truth("lukou2026-project-1")
    rows = list(old.indicators)
    rows.insert(1, replace(rows[1], level3="新增的一项指标", value="77", written=""))
    difference = compare_tables(old, replace(old, indicators=tuple(rows)))
    [change] = difference.changes
    assert (change.kind, change.is_row, change.place) == (
        *("added", True, Binding("indicators", "", (1,))),
    )
    assert "新增的一项指标" in change.new
    assert change.label == "指标“新增的一项指标”"


def test_a_row_that_is_gone_is_listed_where_it_stood() -> None:
    old = truth("lukou2026-project-1")
    new = replace(old, indicators=(old.indicators[0], *old.indicators[2:]))
    [change] = compare_tables(old, new).changes
    assert (change.kind, change.after, change.place) == ("removed", 0, None)
    assert change.old_place == Binding("indicators", "", (1,))
    assert take_back(compare_tables(old, new), [change]).indicators == old.indicators


def test_a_moved_row_is_moved_and_not_gone_and_new() -> None:
    rows = tuple(Task(name, "办公室", name + "的内容") for name in ("甲事", "乙事", "丙事", "丁事"))
    old, new = Table(tasks=rows), Table(tasks=(*rows[1:], rows[0]))
    difference = compare_tables(old, new)
    [change] = difference.changes
    assert (change.kind, change.place, change.old_place) == (
        *("moved", Binding("tasks", "", (3,)), Binding("tasks", "", (0,))),
    )
    assert take_back(difference, [change]) == old


def test_a_level_that_changed_for_a_group_is_one_difference() -> None:
    rows = [
        Indicator("产出指标", "数量指标", name) for name in ("会议次数", "调研次数", "报告篇数")
    ]
    old = Table(indicators=tuple(rows))
    new = Table(indicators=tuple(replace(row, level2="数量") for row in rows))
    difference = compare_tables(old, new)
    [change] = difference.changes
    assert change.place == Binding("indicators", "level2", (0, 1, 2))
    assert (change.old, change.new) == ("数量指标", "数量")
    at = difference.at(Binding("indicators", "level2", (0, 1, 2)))
    assert at is not None
    assert (at.kind, at.old, at.old_spans) == ("changed", "数量指标", ((2, 4),))
    assert take_back(difference, [at]) == old


def test_a_target_is_one_place_however_a_form_divides_it() -> None:
    old = Table(indicators=(Indicator("", "", "会议次数", "≥", "10", "次", written="10次以上"),))
    row = replace(old.indicators[0], value="12", written="≥12次")
    difference = compare_tables(old, Table(indicators=(row,)))
    [change] = difference.changes
    assert (change.label, change.old, change.new) == ("指标“会议次数” 指标值", "10次以上", "≥12次")
    assert take_back(difference, [change]) == old
    value = difference.at(Binding("indicators", "value", (0,)))
    assert value is not None
    assert (value.old, value.new, value.new_spans) == ("10", "12", ((0, 2),))
    assert take_back(difference, [value]) == old
    assert difference.at(Binding("indicators", "unit", (0,))) is None
    divided = replace(old.indicators[0], comparator="", value="10次以上", unit="", written="")
    [change] = compare_tables(old, Table(indicators=(divided,))).changes
    assert (change.old, change.new) == ("≥ | 10 | 次", " | 10次以上 | ")


def test_shares_and_what_stands_beside_the_fields() -> None:
    old = Table(year=2025, payment_schedule=(Share("3月底", "35"), Share("6月底", "65")))
    new = Table(
        year=2026, title="新", payment_schedule=(Share("6月底", "70"), Share("9月底", "30"))
    )
    difference = compare_tables(old, new)
    assert [(c.label, c.kind, c.old, c.new) for c in difference.changes] == [
        ("标题", "added", "", "新"),
        ("年度", "changed", "2025", "2026"),
        ("资金支出计划 3月底", "removed", "35%", ""),
        ("资金支出计划 6月底", "changed", "65%", "70%"),
        ("资金支出计划 9月底", "added", "", "30%"),
    ]
    assert take_back(difference, difference.changes) == old


# Characters


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("≥[10]次", "≥[12]次"),
        ("代表视察[3]次、调研4次", "[人大]代表视察[5]次、调研4次[，检查1次]"),
        ("年度监督[工作]计划", "年度监督计划"),
        ("[保障机关正常运转]", "[推动高质量发展，促进和谐稳定]"),
        ("", "[全新的]"),
        ("[1,234.50]元", "[1,234.55]元"),
        ("[2025].1.1-[2025].12.31", "[2026].1.1-[2026].12.31"),
        ("一样", "一样"),
    ],
)
def test_differing_characters_read_well(old: str, new: str) -> None:
    plain = [text.replace("[", "").replace("]", "") for text in (old, new)]
    spans = changed_spans(plain[0], plain[1])
    assert [_marked(text, part) for text, part in zip(plain, spans, strict=True)] == [old, new]


def _marked(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    for begin, end in reversed(spans):
        text = f"{text[:begin]}[{text[begin:end]}]{text[end:]}"
    return text


def _rest(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    for begin, end in reversed(spans):
        text = text[:begin] + text[end:]
    return text


@given(
    texts | st.text("12ab，。甲乙丙", max_size=40), texts | st.text("12ab，。甲乙丙", max_size=40)
)
def test_without_the_differing_characters_both_texts_are_the_same(old: str, new: str) -> None:
    olds, news = changed_spans(old, new)
    assert _rest(old, olds) == _rest(new, news)
    assert (not olds and not news) == (old == new)
    for text, spans in ((old, olds), (new, news)):
        assert all(0 <= begin < end <= len(text) for begin, end in spans)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))


# Pages


@pytest.fixture
def form():
    from jixiao.app.forms.at_hand import BUILT_IN

    return load_form(BUILT_IN / "tongyong-xiangmu.xlsx")


def test_marks_stand_on_the_cells_of_the_page(form) -> None:
    old = truth("lukou2026-project-1")
    rows = list(old.indicators)
    rows[2] = replace(rows[2], level3=rows[2].level3 + "（改）")
    del rows[0]
    rows.append(Indicator("满意度指标", "服务对象满意度", "龘靐齉", "≥", "95", "%"))
    new = replace(old, fields={**old.fields, "annual_goal": "全新"}, indicators=tuple(rows))
    difference = compare_tables(old, new)
    page = fill(form, new)
    marks = mark_page(page, difference)
    marked = {page.at(*at).text: mark for at, mark in marks.cells.items()}
    assert marked["全新"].kind == "changed"
    text = rows[1].level3
    assert (marked[text].kind, marked[text].spans) == ("changed", ((len(text) - 3, len(text)),))
    assert (marked["龘靐齉"].kind, marked["龘靐齉"].spans) == ("added", ((0, 3),))
    [(row, gone)] = marks.absent
    assert gone.old_place == Binding("indicators", "", (0,))
    band = [number for number, line in enumerate(page.rows) if line.band == "indicators"]
    assert row == band[0]
    old_page = fill(form, old)
    old_marks = mark_page(old_page, difference, "old")
    removed = {old_page.at(*at).text for at, m in old_marks.cells.items() if m.kind == "removed"}
    assert old.indicators[0].level3 in removed
    [(_, added)] = old_marks.absent
    assert added.kind == "added"


@settings(max_examples=12)
@given(tables(), tables())
def test_every_difference_is_somewhere_on_the_page(old: Table, new: Table) -> None:
    from jixiao.app.forms.at_hand import BUILT_IN

    form = load_form(BUILT_IN / "tongyong-xiangmu.xlsx")
    difference = compare_tables(old, new)
    for side, table in (("new", new), ("old", old)):
        page = fill(form, table)
        marks = mark_page(page, difference, side)
        assert all(0 <= row <= len(page.rows) for row, _ in marks.absent)
        for at, mark in marks.cells.items():
            length = len(page.at(*at).text)
            assert all(0 <= begin <= end <= length for begin, end in mark.spans)


# Sets


def test_tables_are_paired_by_name_and_listed() -> None:
    def project(name: str, amount: str, kind: str = "project") -> Table:
        return Table(kind=kind, fields={"project_name": name, "project_amount": amount})

    left = [
        Table(kind="department", fields={"department_name": "甲办"}),
        project("2025年代表活动经费", "1"),
        project("会议费", "2"),
        project("旧事", "3"),
    ]
    right = [
        project("会议费", "2"),
        project("2026年代表活动经费", "5"),
        project("龘靐", "9"),
        Table(kind="department", fields={"department_name": "乙办公室"}),
    ]
    pairs = compare_sets(left, right)
    assert [(p.left, p.right, p.kind) for p in pairs] == [
        (2, 0, None),
        (1, 1, "changed"),
        (None, 2, "added"),
        (0, 3, "changed"),
        (3, None, "removed"),
    ]
    lines = [(line.table, line.label, line.kind) for line in listed(pairs)]
    assert ("龘靐", WHOLE_TABLE, "added") in lines
    assert ("旧事", WHOLE_TABLE, "removed") in lines
    assert ("2026年代表活动经费", "项目金额", "changed") in lines
    assert compare_sets(left, right, {2: 3})[2].left == 3


def test_two_tables_of_one_name_are_told_apart_by_what_they_say() -> None:
    one = Table(fields={"project_name": "经费"}, items=(Item("甲"),))
    two = Table(
        fields={"project_name": "经费"}, spending_details=(SpendingDetail("乙", "丙", "1.00"),)
    )
    assert [pair.kind for pair in compare_sets([one, two], [two, one])] == [None, None]


def test_what_a_reading_mended_is_no_difference() -> None:
    mended = healed_line("T2", "annual_goal", "<p></p>")
    old = replace(truth("lukou2026-project-1"), notes=("甲说明",))
    for there, here in (((), (mended,)), ((mended,), ()), ((mended, "甲说明"), ("甲说明", mended))):
        found = compare_tables(replace(old, notes=there), replace(old, notes=here))
        assert found.same
    found = compare_tables(replace(old, notes=(mended, "甲说明")), replace(old, notes=("乙说明",)))
    assert {text for one in found.changes for text in (one.old, one.new)} <= {
        "甲说明",
        "乙说明",
        "",
    }
    (place,) = {one.old_place.rows for one in found.changes if one.old_place is not None}
    assert place == (1,)
