"""Copied rows pasted by meaning, on pages that order or join their columns otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.app.clipboard import Clip, ClipTexts, paste, read_clipboard
from jixiao.app.clipboard import copy as copy_cells
from jixiao.io.paper.edit.carried import Carried, carry, from_bytes, to_bytes
from jixiao.io.paper.edit.clipboard import Rect, bounds
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Cell, Grid
from jixiao.model.table import Indicator, Table
from tests.io.row_samples import PAIRS, form_of, table_of

VALUE_FIRST = "lukou2026-xiangmu"  # level3 | value | unit | comparator | remark
SIGN_FIRST = "lukou2026-bumen"  # level3 | comparator | value | unit | explanation | remark
JOINED = "shifeng2023-fubiao3"  # level3 | value and unit | basis
WITH_BASIS = "lunan2025-xiangmu"  # level3 | explanation | value and unit | basis

ROW = Indicator("产出指标", "数量指标", "甲", "≥", "10", "次", remark="注")
OTHER = Indicator("产出指标", "质量指标", "乙", "=", "100", "%")


def table(form_id: str, *rows: Indicator) -> Table:
    return replace(table_of(form_id), indicators=rows, empty_levels=())


def cell(grid: Grid, column: str, row: int = 0) -> Cell:
    return next(
        c
        for c, part in grid.bound()
        if part.binding is not None
        and (part.binding.target, part.binding.name) == ("indicators", column)
        and row in part.binding.rows
    )


def block(grid: Grid, first: str, last: str, rows: int = 1) -> Rect:
    one, other = cell(grid, first), cell(grid, last, rows - 1)
    return Rect(one.row, one.col, other.bottom, other.right)


def copied(form: Form, source: Table, rect: Rect) -> Clip:
    spots = {(r, c) for r in range(rect.top, rect.bottom) for c in range(rect.left, rect.right)}
    return read_clipboard(copy_cells(form, source, fill(form, source), rect, spots))


def pasted(clip: Clip, form_id: str, onto: Table, column: str, row: int = 0) -> Table:
    form = form_of(form_id)
    grid = fill(form, onto)
    at = cell(grid, column, row)
    return paste(form, onto, grid, {(at.row, at.col)}, clip).table


def target(row: Indicator) -> tuple[str, str, str]:
    return row.comparator, row.value, row.unit


@pytest.mark.parametrize("anchor", ["value", "unit", "comparator"])
def test_columns_in_another_order_are_found(anchor: str) -> None:
    form, source = form_of(VALUE_FIRST), table(VALUE_FIRST, ROW)
    clip = copied(form, source, block(fill(form, source), "value", "comparator"))
    row = pasted(clip, SIGN_FIRST, table(SIGN_FIRST, OTHER), anchor).indicators[0]
    assert target(row) == ("≥", "10", "次")
    assert row.level3 == "乙"


def test_a_joined_cell_is_split_and_separate_ones_are_joined() -> None:
    form, source = form_of(VALUE_FIRST), table(VALUE_FIRST, ROW)
    clip = copied(form, source, block(fill(form, source), "level3", "comparator"))
    joined = pasted(clip, JOINED, table(JOINED, OTHER), "level3")
    assert "≥10次" in [c.text for c in fill(form_of(JOINED), joined).cells]
    form = form_of(JOINED)
    source = table(JOINED, replace(OTHER, value="95", written="95%以上", comparator="≥"))
    clip = copied(form, source, block(fill(form, source), "level3", "target:cvu"))
    row = pasted(clip, VALUE_FIRST, table(VALUE_FIRST, ROW), "level3").indicators[0]
    assert (row.level3, *target(row), row.remark) == ("乙", "≥", "95", "%", "注")
    same = pasted(clip, WITH_BASIS, table(WITH_BASIS, ROW), "level3").indicators[0]
    assert same.written == "95%以上"


def test_a_part_alone_is_all_that_a_joined_cell_then_says() -> None:
    form, source = form_of(VALUE_FIRST), table(VALUE_FIRST, ROW)
    clip = copied(form, source, block(fill(form, source), "level3", "value"))
    row = pasted(clip, JOINED, table(JOINED, OTHER), "level3").indicators[0]
    assert (row.level3, *target(row)) == ("甲", "", "10", "")


def test_what_the_page_has_no_column_for_is_told() -> None:
    form, source = form_of(VALUE_FIRST), table(VALUE_FIRST, ROW)
    clip = copied(form, source, block(fill(form, source), "level3", "remark"))
    form, onto = form_of(JOINED), table(JOINED, OTHER)
    grid = fill(form, onto)
    at = cell(grid, "level3")
    edit = paste(form, onto, grid, {(at.row, at.col)}, clip)
    assert [(n.text, n.reason) for n in edit.not_placed] == [("注", "本表样没有“备注”这一栏")]
    assert edit.table.indicators[0].remark == ""


def test_levels_change_only_when_they_were_copied_and_that_is_told() -> None:
    form, source = form_of(VALUE_FIRST), table(VALUE_FIRST, ROW)
    grid, onto = fill(form, source), table(VALUE_FIRST, OTHER)
    own = copied(form, source, block(grid, "level3", "remark"))
    page = fill(form, onto)
    at = cell(page, "level3")
    edit = paste(form, onto, page, {(at.row, at.col)}, own)
    assert edit.table.indicators[0] == replace(ROW, level2="质量指标")
    assert "分类" not in edit.message
    whole = copied(form, source, block(grid, "level1", "remark"))
    edit = paste(form, onto, page, {(at.row, at.col)}, whole)
    assert edit.table.indicators == (ROW,)
    assert "分类随贴来的改为“数量指标”" in edit.message


def test_by_position_where_the_meaning_is_another_one() -> None:
    form, source = form_of(VALUE_FIRST), table(VALUE_FIRST, ROW)
    grid = fill(form, source)
    clip = copied(form, source, block(grid, "level3", "value"))
    row = pasted(clip, VALUE_FIRST, table(VALUE_FIRST, OTHER), "unit").indicators[0]
    assert (row.value, row.unit) == ("100", "甲")
    one = copied(form, source, block(grid, "level3", "level3"))
    row = pasted(one, VALUE_FIRST, table(VALUE_FIRST, OTHER), "remark").indicators[0]
    assert (row.level3, row.remark) == ("乙", "甲")


def test_rows_below_the_last_one_and_a_pattern() -> None:
    form = form_of(VALUE_FIRST)
    source = table(VALUE_FIRST, ROW, replace(ROW, level3="丙"))
    clip = copied(form, source, block(fill(form, source), "level3", "remark", 2))
    onto = pasted(clip, VALUE_FIRST, table(VALUE_FIRST, OTHER), "level3")
    assert [(r.level2, r.level3) for r in onto.indicators] == [
        ("质量指标", "甲"),
        ("质量指标", "丙"),
    ]
    onto = table(VALUE_FIRST, *[OTHER] * 4)
    grid = fill(form, onto)
    edit = paste(form, onto, grid, block(grid, "level3", "level3", 4), clip)
    assert [r.level3 for r in edit.table.indicators] == ["甲", "丙", "甲", "丙"]


@pytest.mark.parametrize("copied_rows", [2, 6])
@pytest.mark.parametrize("pasted_rows", [1, 2, 3])
@pytest.mark.parametrize("own", [True, False])
def test_one_level_cell_is_one_value(copied_rows: int, pasted_rows: int, own: bool) -> None:
    form, source = form_of(VALUE_FIRST), table(VALUE_FIRST, *[ROW] * copied_rows, OTHER)
    grid = fill(form, source)
    clip = copied(form, source, block(grid, "level2", "level2"))
    if not own:  # as another program would have copied it
        clip = replace(clip, carried=None)
    onto = table(VALUE_FIRST, *[replace(ROW, level2="时效指标")] * pasted_rows, *[OTHER] * 4)
    after = pasted(clip, VALUE_FIRST, onto, "level2").indicators
    assert [r.level2 for r in after] == ["数量指标"] * pasted_rows + ["质量指标"] * 4


@pytest.mark.parametrize("own", [True, False])
def test_two_level_cells_are_two_values(own: bool) -> None:
    form = form_of(VALUE_FIRST)
    source = table(VALUE_FIRST, *[ROW] * 3, *[OTHER] * 2)
    clip = copied(form, source, block(fill(form, source), "level2", "level2", 5))
    clip = clip if own else replace(clip, carried=None)
    onto = table(
        VALUE_FIRST,
        *[replace(ROW, level2="a")] * 2,
        *[replace(ROW, level2="b")],
        replace(ROW, level2="c"),
    )
    after = pasted(clip, VALUE_FIRST, onto, "level2").indicators
    assert [r.level2 for r in after] == ["数量指标", "数量指标", "质量指标", "c"]


def test_where_what_was_pasted_stands_now() -> None:
    form = form_of("lukougov2026-xiangmu")  # printed categories: rows go to their own
    source = table_of("lukougov2026-xiangmu")
    grid = fill(form, source)
    first = source.indicators[0]
    rows = [r for r, f in enumerate(grid.rows) if f.band == "indicators"]
    spots = {(rows[0], c) for c in range(1, len(grid.columns))}
    clip = read_clipboard(copy_cells(form, source, grid, spots, spots))
    last = len(source.indicators) - 1
    at = cell(grid, "level3", last)
    edit = paste(form, source, grid, {(at.row, at.col)}, clip)
    (index,) = {row for _, row, _ in edit.places}
    moved = edit.table.indicators[index]
    assert (moved.level1, moved.level2, moved.level3) == (
        first.level1,
        first.level2,
        first.level3,
    )
    assert not {name for _, _, name in edit.places} & {"level1", "level2"}


@settings(max_examples=60, deadline=None)
@given(data=st.data(), form_id=st.sampled_from(sorted(PAIRS)))
def test_rows_pasted_where_they_were_copied_change_nothing(
    data: st.DataObject, form_id: str
) -> None:
    form, source = form_of(form_id), table_of(form_id)
    grid = fill(form, source)
    bands = sorted({r.band for r in grid.rows if r.band})
    band = data.draw(st.sampled_from(bands))
    rows = [n for n, r in enumerate(grid.rows) if r.band == band]
    top = data.draw(st.sampled_from(rows))
    bottom = data.draw(st.integers(top + 1, rows[-1] + 1))
    left = data.draw(st.integers(0, len(grid.columns) - 1))
    right = data.draw(st.integers(left + 1, len(grid.columns)))
    spots = {(r, c) for r in range(top, bottom) for c in range(left, right)}
    carried = carry(form, source, grid, spots)
    if carried is None or grid.rows[top].band != band:
        return
    assert from_bytes(to_bytes(carried)) == carried
    clip = read_clipboard(copy_cells(form, source, grid, bounds(spots), spots))
    if clip.by_meaning(form, source, grid, bounds(spots)):
        edit = paste(form, source, grid, bounds(spots), clip)
        assert edit.table == source
        assert edit.written == 0


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([VALUE_FIRST, SIGN_FIRST, JOINED, WITH_BASIS]),
    st.sampled_from([VALUE_FIRST, SIGN_FIRST, JOINED, WITH_BASIS]),
    st.lists(
        st.builds(
            Indicator,
            st.just("产出指标"),
            st.just("数量指标"),
            st.sampled_from(["甲", "乙\n丙", "= 丁"]),
            st.sampled_from(["≥", "≤", "=", ">", "<", "定性", ""]),
            st.sampled_from(["10", "1,234.5", "年底前", "1次", ""]),
            st.sampled_from(["次", "%", "无", ""]),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_any_target_value_comes_through_any_form(
    one: str, other: str, rows: list[Indicator]
) -> None:
    form, source = form_of(one), table(one, *rows)
    grid = fill(form, source)
    last = "target:cvu" if one in {JOINED, WITH_BASIS} else "unit"
    last = "comparator" if one == VALUE_FIRST else last
    clip = copied(form, source, block(grid, "level3", last, len(rows)))
    after = pasted(clip, other, table(other, OTHER), "level3").indicators
    blank = [target(r) for r in rows]
    assert [(r.level3, *target(r)) for r in after] == [
        (row.level3, *parts) for row, parts in zip(rows, blank, strict=True)
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"version": 2, "list": "indicators", "columns": ["value"], "rows": [{}]}',
        b'{"version": 1, "list": "fields", "columns": ["value"], "rows": [{}]}',
        b'{"version": 1, "list": [], "columns": ["value"], "rows": [{}]}',
        b'{"version": 1, "list": "indicators", "columns": [1], "rows": [{}]}',
        b'{"version": 1, "list": "indicators", "columns": ["value"], "rows": [{"value": 1}]}',
        b'{"version": 1, "list": "indicators", "columns": ["value"], "rows": [[]]}',
        b'{"version": 1, "list": "indicators", "columns": ["value"], "rows": []}',
    ],
)
def test_foreign_bytes_are_no_cells(data: bytes) -> None:
    assert from_bytes(data) is None
    assert read_clipboard(ClipTexts(text="x", cells=data)).carried is None


def test_what_belongs_to_no_list_is_not_carried() -> None:
    form, source = form_of(VALUE_FIRST), table_of(VALUE_FIRST)
    grid = fill(form, source)
    assert carry(form, source, grid, {(2, 1)}) is None
    assert carry(form, source, grid, set()) is None
    assert carry(form, source, grid, {(r, 3) for r in range(len(grid.rows))}) is None
    assert isinstance(carry(form, source, grid, {(7, 3)}), Carried)
