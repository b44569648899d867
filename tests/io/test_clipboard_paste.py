"""Pasting, filling and clearing: blocks of texts onto pages of real forms."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.app.paste_block import recognise_block
from jixiao.io.files.read.html import parse_html
from jixiao.io.paper.edit.clipboard import Rect, copy_block, grid_of
from jixiao.io.paper.edit.fill_cells import clear, fill_down, fill_right
from jixiao.io.paper.edit.paste import paste
from jixiao.io.paper.edit.put import Pasted
from jixiao.io.paper.edit.tsv import parse_tsv
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.page.grid import Grid
from jixiao.io.recognise import build_labels
from jixiao.model.table import Indicator, Item, LevelPair, SpendingDetail, Table
from tests.io.row_samples import PAIRS, form_of, table_of

LUKOU = "lukou2026-xiangmu"  # columns: 1 level1, 2 level2, 3 level3, 4 value, 5 unit, 6 comparator
PRINTED = "lukougov2026-xiangmu"
LUNAN = "lunan2025-xiangmu"  # its cells cover several columns of the page
TOP = 7


def at(row: int, col: int, rows: int = 1, cols: int = 1) -> Rect:
    return Rect(row, col, row + rows, col + cols)


def lukou(*names: str) -> Table:
    """Indicators told as "level1/level2/level3"."""
    return replace(table_of(LUKOU), indicators=tuple(Indicator(*name.split("/")) for name in names))


def done(form_id: str, table: Table, rect: Rect, text: str) -> Pasted:
    form = form_of(form_id)
    return paste(form, table, fill(form, table), rect, parse_tsv(text))


def band_of(grid: Grid, name: str) -> int:
    return next(row for row, format_ in enumerate(grid.rows) if format_.band == name)


# --- copying ---------------------------------------------------------------------------------


@given(data=st.data(), form_id=st.sampled_from(sorted(PAIRS)), headers=st.booleans())
@settings(max_examples=60)
def test_a_rectangle_is_copied_as_its_positions_are(
    data: st.DataObject, form_id: str, headers: bool
) -> None:
    grid = fill(form_of(form_id), table_of(form_id))
    top = data.draw(st.integers(0, len(grid.rows) - 1))
    left = data.draw(st.integers(0, len(grid.columns) - 1))
    bottom = data.draw(st.integers(top + 1, len(grid.rows)))
    right = data.draw(st.integers(left + 1, len(grid.columns)))
    spots = {(row, col) for row in range(top, bottom) for col in range(left, right)}
    whole = copy_block(grid, Rect(top, left, bottom, right), headers=headers)
    assert whole == copy_block(grid, spots, headers=headers)


# --- a block onto itself ---------------------------------------------------------------------


@pytest.mark.parametrize("form_id", sorted(PAIRS))
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_block_pasted_onto_itself_changes_nothing(form_id: str, data: st.DataObject) -> None:
    form, table = form_of(form_id), table_of(form_id)
    grid = fill(form, table)
    top = data.draw(st.integers(0, len(grid.rows) - 1))
    bottom = data.draw(st.integers(top + 1, len(grid.rows)))
    left = data.draw(st.integers(0, len(grid.columns) - 1))
    right = data.draw(st.integers(left + 1, len(grid.columns)))
    rect = Rect(top, left, bottom, right)
    copied = copy_block(grid, rect)
    if data.draw(st.booleans()):
        matrix = parse_tsv(copied.tsv)
    else:
        block = parse_html(copied.html)
        assert block is not None
        matrix = block.matrix
    if len(matrix) == len(matrix[0]) == 1 and (bottom - top, right - left) != (1, 1):
        return  # one text fills the selection
    assert paste(form, table, grid, rect, matrix).table == table


@pytest.mark.parametrize("form_id", sorted(PAIRS))
def test_the_indicator_block_into_an_empty_form(form_id: str) -> None:
    form, table = form_of(form_id), table_of(form_id)
    if not table.indicators or not any(band.list == "indicators" for band in form.bands):
        return
    grid = fill(form, table)
    rows = [row for row, format_ in enumerate(grid.rows) if format_.band == "indicators"]
    left = min(c for band in form.bands for c in band.level_columns if c >= 0)
    for headers in (False, True):
        copied = copy_block(
            grid, Rect(rows[0], left, rows[-1] + 1, len(grid.columns)), headers=headers
        )
        empty = replace(table, indicators=(), empty_levels=())
        blank = fill(form, empty)
        start = band_of(blank, "indicators")
        result = paste(form, empty, blank, at(start, left), parse_tsv(copied.tsv))
        assert [replace(i, written="") for i in result.table.indicators] == [
            replace(i, written="") for i in table.indicators
        ]
        assert not result.not_placed
        after = fill(form, result.table)
        assert [(c.row, c.col, c.rowspan, c.text) for c in after.cells] == [
            (c.row, c.col, c.rowspan, c.text) for c in grid.cells
        ]


# --- rows and columns ------------------------------------------------------------------------


def test_rows_grow_and_nothing_below_the_band_is_touched() -> None:
    form_id = "shifeng2023-fubiao3"
    table = table_of(form_id)
    grid = fill(form_of(form_id), table)
    last = band_of(grid, "spending_details") - 2  # the row above the header of the details
    assert grid.rows[last].band == "indicators"
    result = done(form_id, table, at(last, 3), "甲\t≥1次\n乙\t2项\n丙\t定性描述\n")
    names = [row.level3 for row in result.table.indicators]
    assert names[-3:] == ["甲", "乙", "丙"]
    assert len(names) == len(table.indicators) + 2
    new = result.table.indicators[-2]
    assert (new.comparator, new.value, new.unit, new.written) == ("", "2", "项", "2项")
    assert new.level2 == table.indicators[-1].level2
    assert result.table.spending_details == table.spending_details
    assert result.table.fields == table.fields


def test_merged_levels_of_excel_reach_every_row() -> None:
    text = "产出指标\t数量指标\ta\n\t\tb\n\t质量指标\tc\n效益指标\t社会效益\td\n\t\te\n"
    result = done(LUKOU, lukou("x/y/z"), at(TOP, 1), text)
    assert [(i.level1, i.level2, i.level3) for i in result.table.indicators] == [
        ("产出指标", "数量指标", "a"),
        ("产出指标", "数量指标", "b"),
        ("产出指标", "质量指标", "c"),
        ("效益指标", "社会效益", "d"),
        ("效益指标", "社会效益", "e"),
    ]


def test_pasted_levels_find_their_printed_category() -> None:
    form = form_of(PRINTED)
    table = replace(table_of(PRINTED), indicators=(), empty_levels=())
    grid = fill(form, table)
    start = band_of(grid, "indicators")
    text = "效益指标\t社会效益\t甲\n产出指标\t数量指标\t乙\n"
    result = paste(form, table, grid, at(start, 1), parse_tsv(text))
    shown = fill(form, result.table)
    found = {
        part.text: [c.text for c in shown.row_cells(cell.row) if c.col in (1, 2)]
        for cell, part in shown.bound()
        if part.binding is not None and part.binding.name == "level3" and part.text
    }
    assert found == {"甲": ["效益指标", "社会效益"], "乙": ["产出指标", "数量指标"]}


def test_comparators_and_joined_cells_are_read() -> None:
    result = done(LUKOU, lukou("a/b/x", "a/b/y"), at(TOP, 4), "95\t%\t不低于\n1\t次\t＝\n")
    assert [(i.value, i.unit, i.comparator) for i in result.table.indicators] == [
        ("95", "%", "≥"),
        ("1", "次", "="),
    ]


def test_a_sheet_without_our_merged_columns() -> None:
    """Each column of the source is one cell of the page, however wide that is."""
    table = table_of(LUNAN)
    result = done(LUNAN, table, at(10, 3), "名称\t描述\t≥3次\t依据\n")
    row = result.table.indicators[0]
    assert (row.level3, row.explanation, row.value, row.basis) == ("名称", "描述", "3", "依据")
    blank = done(LUNAN, table, at(10, 3), "名称\t\t≥3次\n").table.indicators[0]
    assert (blank.level3, blank.explanation, blank.value) == ("名称", "", "3")


def test_empty_rows_of_a_band_are_filled_in_order() -> None:
    table = replace(table_of("shifeng2023-fubiao2"), items=(Item("甲"),))
    form = form_of("shifeng2023-fubiao2")
    grid = fill(form, table)
    start = band_of(grid, "items")
    text = "".join(f"n{number}\t{number}\n" for number in range(8))
    result = paste(form, table, grid, at(start, 1), parse_tsv(text))
    assert [(item.name, item.amount) for item in result.table.items] == [
        (f"n{number}", str(number)) for number in range(8)
    ]
    later = paste(form, table, grid, at(start + 2, 1), parse_tsv("x\t1\ny\t2\n"))
    assert [item.name for item in later.table.items] == ["甲", "x", "y"]


def test_blank_rows_of_the_source_make_no_rows() -> None:
    result = done(LUKOU, lukou("a/b/c"), at(TOP, 3), "x\t1\n\t\n\t\n")
    assert [i.level3 for i in result.table.indicators] == ["x"]


# --- labels and cells of several parts ---------------------------------------------------------


def test_labels_stay_and_other_words_for_them_are_told() -> None:
    table = table_of(LUKOU)
    result = done(LUKOU, table, at(2, 0), "项目名称\t新名称\n项目 金额\t50\n")
    assert result.table.fields["project_name"] == "新名称"
    assert result.table.fields["project_amount"] == "50"
    assert (result.written, result.not_placed) == (2, ())
    result = done(LUKOU, table, at(2, 0), "别的\t新名称\n项目金额\t50\n")
    assert [(n.row, n.col, n.text) for n in result.not_placed] == [(2, 0, "别的")]
    assert "印好" in result.not_placed[0].reason


def test_texts_beyond_the_page_are_told() -> None:
    result = done(LUKOU, lukou("a/b/c"), at(TOP, 6), "≥\t备注\t多\n")
    assert [n.text for n in result.not_placed] == ["多"]
    assert result.table.indicators[0].remark == "备注"


def test_cells_with_label_and_value() -> None:
    table = table_of(LUKOU)
    assert done(LUKOU, table, at(1, 0), "填报单位：新单位").table.agency == "新单位"
    assert done(LUKOU, table, at(1, 0), "新单位").table.agency == "新单位"
    table = table_of(LUNAN)
    result = done(LUNAN, table, at(1, 0), "101009某某局").table
    assert (result.agency_code, result.agency) == ("101009", "某某局")
    form_id = "shifeng2023-fubiao3"
    grid = fill(form_of(form_id), table_of(form_id))
    last = len(grid.rows) - 1
    result = done(form_id, table_of(form_id), at(last, 0), "填表人：张三   联系电话：123").table
    assert (result.fields["填表人"], result.fields["联系电话"]) == ("张三", "123")
    unclear = done(form_id, table_of(form_id), at(last, 0), "张三 123")
    assert unclear.table == table_of(form_id)
    assert len(unclear.not_placed) == 1


def test_a_year_that_is_none_is_told_not_raised() -> None:
    form = form_of("shifeng2023-fubiao3")
    table = replace(table_of("shifeng2023-fubiao3"), year=None)
    grid = fill(form, table)
    spots = [cell for cell, part in grid.bound() if part.binding and part.binding.name == "title"]
    result = paste(form, table, grid, at(spots[0].row, spots[0].col), [["新标题"]])
    assert result.table.title == "新标题"


# --- one value, patterns -----------------------------------------------------------------------


def test_one_value_into_many_cells() -> None:
    table = lukou("a/b/1", "a/b/2", "a/b/3")
    result = done(LUKOU, table, at(TOP, 5, 3), "次")
    assert [i.unit for i in result.table.indicators] == ["次"] * 3
    assert result.written == 3
    form = form_of(LUKOU)
    result = paste(form, table, fill(form, table), {(TOP, 4), (TOP + 2, 5), (2, 0)}, [["7"]])
    assert [(i.value, i.unit) for i in result.table.indicators] == [("7", ""), ("", ""), ("", "7")]
    assert not result.not_placed  # the label was only swept over


def test_a_pattern_is_repeated() -> None:
    table = lukou(*(f"a/b/{n}" for n in range(4)))
    result = done(LUKOU, table, at(TOP, 4, 4, 2), "1\t次\n2\t项\n")
    assert [(i.value, i.unit) for i in result.table.indicators] == [("1", "次"), ("2", "项")] * 2
    once = done(LUKOU, table, at(TOP, 4, 3, 2), "1\t次\n2\t项\n")
    assert [i.value for i in once.table.indicators] == ["1", "2", "", ""]
    across = done(LUKOU, table, at(TOP, 4, 1, 2), "9\n8\n")
    assert [(i.value, i.unit) for i in across.table.indicators][:2] == [("9", "9"), ("8", "8")]


def test_one_value_into_a_merged_level_changes_its_run() -> None:
    table = lukou("a/b/1", "a/b/2", "c/d/3")
    result = done(LUKOU, table, at(TOP, 1), "产出指标")
    assert [i.level1 for i in result.table.indicators] == ["产出指标", "产出指标", "c"]
    partly = done(LUKOU, table, at(TOP, 1, 1, 2), "产出指标")
    assert [i.level1 for i in partly.table.indicators] == ["产出指标", "a", "c"]


# --- fill and clear ----------------------------------------------------------------------------


def test_fill_down_and_right() -> None:
    form = form_of(LUKOU)
    table = lukou("a/b/1", "a/c/2", "d/e/3")
    first = replace(table.indicators[0], value="5", unit="次", comparator="≥")
    table = replace(table, indicators=(first, *table.indicators[1:]))
    grid = fill(form, table)
    result = fill_down(form, table, grid, at(TOP, 4, 3, 3))
    assert [(i.value, i.unit, i.comparator) for i in result.table.indicators] == [
        ("5", "次", "≥")
    ] * 3
    assert [i.level3 for i in result.table.indicators] == ["1", "2", "3"]
    levels = fill_down(form, table, grid, at(TOP, 1, 3, 2)).table.indicators
    assert [(i.level1, i.level2) for i in levels] == [("a", "b")] * 3
    above = fill_down(form, table, grid, at(TOP + 1, 4)).table.indicators
    assert [i.value for i in above] == ["5", "5", ""]
    assert fill_down(form, table, grid, at(TOP, 4)).table == table  # the header stands above
    right = fill_right(form, table, grid, at(TOP, 3, 2, 2)).table.indicators
    assert [i.value for i in right] == ["1", "2", ""]
    left = fill_right(form, table, grid, at(TOP, 4)).table.indicators
    assert left[0].value == "1"


def test_clear_blanks_cells_and_keeps_rows() -> None:
    form, table = form_of(LUKOU), table_of(LUKOU)
    grid = fill(form, table)
    result = clear(form, table, grid, Rect(TOP, 3, len(grid.rows), len(grid.columns)))
    assert len(result.table.indicators) == len(table.indicators)
    assert all(i == Indicator(i.level1, i.level2) for i in result.table.indicators)
    everything = clear(form, table, grid, Rect(0, 0, len(grid.rows), len(grid.columns))).table
    assert len(everything.indicators) == len(table.indicators)
    assert not any(everything.fields.values())
    assert clear(form, table, grid, at(2, 0)).table == table
    row = clear(form, table, grid, Rect(TOP, 0, TOP + 1, len(grid.columns))).table
    assert row.indicators[0] == Indicator("产出指标", "数量指标")
    assert row.indicators[1:] == table.indicators[1:]


def test_clear_in_a_printed_form_keeps_empty_levels_true() -> None:
    form, table = form_of(PRINTED), table_of(PRINTED)
    grid = fill(form, table)
    result = clear(form, table, grid, Rect(0, 0, len(grid.rows), len(grid.columns))).table
    assert len(result.indicators) == len(table.indicators)
    assert result.empty_levels == table.empty_levels


def test_details_total_is_pasted_by_its_own_cell() -> None:
    form_id = "shifeng2023-fubiao3"
    table = replace(table_of(form_id), spending_details=(SpendingDetail("a"),))
    form = form_of(form_id)
    grid = fill(form, table)
    start = band_of(grid, "spending_details")
    result = paste(form, table, grid, at(start, 1), parse_tsv("x\ty\t\t10\n合计\t\t\t20\n"))
    assert len(result.table.spending_details) == 2
    assert result.table.fields.get("details_total", "") == table.fields.get("details_total", "")


# --- against a plain list ------------------------------------------------------------------------

COLUMNS = ("level3", "value", "unit")


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, 5),
    st.integers(0, 4),
    st.integers(0, 2),
    st.integers(1, 3).flatmap(
        lambda width: st.lists(
            st.lists(st.sampled_from(["", "x", "12", '"', "a\nb"]), min_size=width, max_size=width),
            min_size=1,
            max_size=5,
        )
    ),
)
def test_pasting_against_a_list(count: int, row: int, col: int, matrix: list[list[str]]) -> None:
    row, width = min(row, max(count - 1, 0)), min(len(matrix[0]), 3 - col)
    matrix = [texts[:width] for texts in matrix]
    model = [[f"n{number}", "", ""] for number in range(count)]
    table = lukou(*(f"a/b/{name}" for name, _, _ in model))
    for number, texts in enumerate(matrix, start=row):
        if number < len(model):
            model[number][col : col + width] = texts
        elif any(texts):
            new = ["", "", ""]
            new[col : col + width] = texts
            model.append(new)
    form = form_of(LUKOU)
    result = paste(form, table, fill(form, table), at(TOP + row, 3 + col), matrix)
    found = [[getattr(i, name) for name in COLUMNS] for i in result.table.indicators]
    blank_between = count == 0 or any(not any(texts) for texts in matrix)
    if not blank_between:
        assert found == model
    else:
        assert [texts for texts in found if any(texts)] == [t for t in model if any(t)]
    assert all(i.level1 in {"a", ""} for i in result.table.indicators)


# --- whole blocks --------------------------------------------------------------------------------

LABELS = build_labels([form_of(form_id) for form_id in PAIRS])


def test_a_block_with_header_words_is_recognised() -> None:
    form, table = form_of("shifeng2023-fubiao3"), table_of("shifeng2023-fubiao3")
    source = fill(form_of(LUKOU), table_of(LUKOU))
    copied = copy_block(source, Rect(6, 1, len(source.rows), len(source.columns)))
    block = parse_html(copied.html)
    assert block is not None
    bare_rows = grid_of(parse_tsv(copied.tsv)[1:4])
    assert recognise_block(bare_rows, LABELS, form, table) is None
    found = recognise_block(block.grid, LABELS, form, table)
    assert found is not None
    pasted = table_of(LUKOU).indicators
    assert [i.level3 for i in found.replaced.indicators] == [i.level3 for i in pasted]
    assert len(found.appended.indicators) == len(table.indicators) + len(pasted)
    assert found.appended.fields == table.fields
    quantity = [i.level3 for i in found.appended.indicators if i.level2 == "数量指标"]
    assert quantity == [i.level3 for i in (*table.indicators, *pasted) if i.level2 == "数量指标"]


def test_a_whole_sheet_fills_an_empty_table() -> None:
    source = fill(form_of(LUKOU), table_of(LUKOU))
    copied = copy_block(source, Rect(0, 0, len(source.rows), len(source.columns)))
    empty = Table(kind="project", form=LUKOU, empty_levels=(LevelPair("产出指标", "数量指标"),))
    found = recognise_block(grid_of(parse_tsv(copied.tsv)), LABELS, form_of(LUKOU), empty)
    assert found is not None
    told = table_of(LUKOU)
    assert found.replaced.fields == told.fields
    assert found.replaced.agency == told.agency
    assert found.replaced.money_unit == "万元"
    assert found.replaced.indicators == told.indicators
    assert found.replaced.empty_levels == ()


def test_plain_text_is_no_table() -> None:
    assert recognise_block(grid_of([["随便", "写写"]]), LABELS, form_of(LUKOU), Table()) is None


def test_the_sheet_of_another_project_is_known_and_keeps_the_fields_that_are_filled() -> None:
    told = table_of(LUKOU)
    source = fill(form_of(LUKOU), told)
    block = grid_of(
        parse_tsv(copy_block(source, Rect(0, 0, len(source.rows), len(source.columns))).tsv)
    )
    mine = replace(told, fields={"project_name": "另外一个", "annual_goal": "自己的目标"})
    found = recognise_block(block, LABELS, form_of(LUKOU), mine)
    assert found is not None
    assert found.another
    assert found.appended.fields == {**told.fields, **mine.fields}
    assert found.replaced.fields == told.fields
    spaced = replace(told, fields={"project_name": f" {told.name}\n"})
    for same in (told, spaced, replace(told, fields={})):
        again = recognise_block(block, LABELS, form_of(LUKOU), same)
        assert again is not None
        assert not again.another
    department = recognise_block(block, LABELS, form_of(LUKOU), Table(kind="department"))
    assert department is not None
    assert department.another
