"""Second levels typed below a first level to which they do not belong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jixiao.io.paper.edit.typed_level import typed_level2
from jixiao.io.paper.form.categories import category_of
from jixiao.io.paper.page.grid import Binding
from jixiao.model.table import Indicator, Table
from tests.io.row_samples import form_of, table_of

LUKOU = "lukou2026-xiangmu"


def make(*names: str) -> Table:
    """Indicators told as "level1/level2/level3"."""
    rows = (name.split("/") for name in names)
    indicators = tuple(Indicator(one, two, three) for one, two, three in rows)
    return replace(table_of(LUKOU), indicators=indicators, empty_levels=())


def told(table: Table) -> list[str]:
    return [f"{i.level1}/{i.level2}/{i.level3}" for i in table.indicators]


def type_level2(table: Table, index: int, text: str, form_id: str = LUKOU) -> Table | None:
    row = table.indicators[index]
    binding = Binding("indicators", "level2", (index,), index, row.level1, row.level2)
    return typed_level2(form_of(form_id), table, binding, text)


def test_a_second_level_of_another_first_level_takes_its_rows_there() -> None:
    table = make("产出指标/数量指标/a", "产出指标/质量指标/b", "效益/社会效益/c")
    moved = type_level2(table, 0, " 社会效益指标")
    assert moved is not None
    assert told(moved) == ["产出指标/质量指标/b", "效益/社会效益/c", "效益/社会效益指标/a"]


def test_a_first_level_that_is_not_there_yet_is_spelt_as_the_form_does() -> None:
    moved = type_level2(make("产出指标/数量指标/a", "产出指标/质量指标/b"), 0, "社会效益")
    assert moved is not None
    assert told(moved)[0] == "产出指标/质量指标/b"
    one, two, name = told(moved)[1].split("/")
    assert category_of(Indicator(one, two)) == ("效益指标", "社会效益")
    assert name == "a"


@pytest.mark.parametrize("text", ["质量指标", "时效", "自拟指标", "", "  "])
def test_every_other_second_level_is_simply_taken(text: str) -> None:
    assert type_level2(make("产出指标/数量指标/a", "效益指标/自拟指标/b"), 0, text) is None


def test_without_a_first_level_nothing_moves() -> None:
    assert type_level2(make("/数量指标/a"), 0, "社会效益") is None
