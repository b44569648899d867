"""What typing into a cell means for the table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jixiao.io.paper.edit.edit import can_edit, edit, with_empty_levels
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Binding
from jixiao.model.table import Indicator, LevelPair, Share, Table
from tests.io.forms import built_in, truth

FORM = built_in("lukou2026-xiangmu")
PRINTED = built_in("lukougov2026-xiangmu")
JOINED = built_in("shifeng2023-fubiao3")
GENERAL = built_in("tongyong-xiangmu")
SHARES = built_in("lunan2025-xiangmu")


def binding_of(form: Form, table: Table, target: str, name: str, row: int = 0) -> Binding:
    """The binding of a place that is on the page."""
    found = [
        part.binding
        for _, part in fill(form, table).bound()
        if part.binding
        and (part.binding.target, part.binding.name) == (target, name)
        and (not part.binding.rows or row in part.binding.rows)
    ]
    return found[0]


def test_fields_keep_the_dictionary_order_and_go_when_blank() -> None:
    table = Table(fields={"project_amount": "3", "填表人": "张三"})
    named = edit(FORM, table, Binding("field", "project_name"), " 代表活动 ")
    assert list(named.fields) == ["project_name", "project_amount", "填表人"]
    assert named.fields["project_name"] == "代表活动"
    assert edit(FORM, named, Binding("field", "project_name"), "  ") == table


def test_the_forms_own_title_is_not_stored() -> None:
    table = Table(year=2026)
    own = "2026年项目支出方向绩效目标表"
    title = Binding("field", "title")
    other = edit(FORM, table, title, "另一个标题")
    assert other.title == "另一个标题"
    assert edit(FORM, other, title, own) == table
    assert edit(FORM, other, title, "") == table
    assert edit(FORM, Table(), title, "年项目支出方向绩效目标表") == Table()


@pytest.mark.parametrize("text", ["二〇二六", "26", "20267", "1234", "9999", "2026年"])
def test_a_year_is_four_digits_that_the_exchange_file_takes(text: str) -> None:
    with pytest.raises(ValueError, match="2026"):
        edit(FORM, Table(), Binding("field", "year"), text)


def test_years() -> None:
    assert edit(FORM, Table(), Binding("field", "year"), "２０２６").year == 2026
    assert edit(FORM, Table(year=2026), Binding("field", "year"), "").year is None


@pytest.mark.parametrize(
    ("typed", "percent", "shown"),
    [("35", "35", "35%"), ("35%", "35", "35%"), ("35％", "35", "35%"), ("待定", "待定", "待定")],
)
def test_shares(typed: str, percent: str, shown: str) -> None:
    table = Table(payment_schedule=(Share("12月底", "10"),))
    place = Binding("share", "3月底")
    changed = edit(SHARES, table, place, typed)
    assert changed.payment_schedule == (Share("3月底", percent), Share("12月底", "10"))
    page = fill(SHARES, changed)
    assert shown in [part.text for _, part in page.bound() if part.binding == place]
    assert edit(SHARES, changed, place, "") == table


def test_a_joined_cell_is_kept_as_typed_and_parsed_beside() -> None:
    table = Table(indicators=(Indicator("产出指标", "数量指标", "次数"),))
    place = binding_of(JOINED, table, "indicators", "target:cvu")
    row = edit(JOINED, table, place, "90%以上").indicators[0]
    assert (row.comparator, row.value, row.unit, row.written) == ("≥", "90", "%", "90%以上")
    row = edit(JOINED, table, place, "持续督促").indicators[0]
    assert (row.comparator, row.value, row.unit) == ("定性", "持续督促", "")


def test_a_comparator_is_made_canonical_and_an_odd_one_kept() -> None:
    table = Table(
        indicators=(Indicator("产出指标", "数量指标", "次数", "≥", "1", "次", written="x"),)
    )
    place = binding_of(FORM, table, "indicators", "comparator")
    assert edit(FORM, table, place, "不低于") == replace(
        table, indicators=(replace(table.indicators[0], comparator="≥"),)
    )
    assert edit(FORM, table, place, "＜＝").indicators[0].comparator == "≤"
    assert edit(FORM, table, place, "定量").indicators[0].comparator == "定量"


def test_a_level_cell_changes_its_whole_run_and_no_other() -> None:
    rows = tuple(
        Indicator(one, two, name)
        for one, two, name in (
            ("产出指标", "数量指标", "甲"),
            ("产出指标", "数量指标", "乙"),
            ("效益指标", "社会效益", "丙"),
            ("产出指标", "数量指标", "丁"),
        )
    )
    table = Table(indicators=rows)
    place = binding_of(FORM, table, "indicators", "level2", 1)
    assert place.rows == (0, 1)
    changed = edit(FORM, table, place, "质量指标")
    assert [row.level2 for row in changed.indicators] == [
        "质量指标",
        "质量指标",
        "社会效益",
        "数量指标",
    ]


def test_a_new_row_stands_where_it_was_typed_with_its_levels() -> None:
    table = with_empty_levels(PRINTED, truth("lukougov2026-project-1"))
    page = fill(PRINTED, table)
    place = next(
        part.binding
        for _, part in page.bound()
        if part.binding and part.binding.name == "level3" and not part.binding.rows
    )
    pair = LevelPair(place.level1, place.level2)
    assert pair in table.empty_levels
    changed = edit(PRINTED, table, place, "新指标")
    row = changed.indicators[place.insert_at]
    assert (row.level1, row.level2, row.level3) == (place.level1, place.level2, "新指标")
    assert pair not in changed.empty_levels
    assert len(fill(PRINTED, changed).rows) == len(page.rows)
    shown = binding_of(PRINTED, changed, "indicators", "level3", place.insert_at)
    assert shown.rows == (place.insert_at,)


def test_further_fields_of_a_general_form() -> None:
    table = Table()
    name = Binding("other", "name")
    named = edit(GENERAL, table, name, "绩效联系人")
    assert named.fields == {"绩效联系人": ""}
    filled = edit(GENERAL, named, Binding("field", "绩效联系人"), "张三")
    assert filled.fields == {"绩效联系人": "张三"}
    assert edit(GENERAL, table, name, "总体绩效目标").fields == {"total_goal": ""}
    assert edit(GENERAL, table, name, " ") == table
    for taken in ("绩效联系人", "项目名称", "填报单位"):
        with pytest.raises(ValueError, match=taken):
            edit(GENERAL, filled, name, taken)


def test_a_running_number_cannot_be_typed() -> None:
    number = Binding("computed", "number")
    assert not can_edit(number)
    with pytest.raises(ValueError, match="computed"):
        edit(FORM, Table(), number, "一")


def test_extra_columns() -> None:
    table = Table(indicators=(Indicator(level3="次数"),))
    place = Binding("indicators", "extra:权重", (0,))
    changed = edit(FORM, table, place, "10")
    assert changed.indicators[0].extra == {"权重": "10"}
    assert edit(FORM, changed, place, "") == table
