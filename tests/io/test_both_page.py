"""One page for two tables: what is gone stands where it stood, what is there is bound as ever."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.app.forms.at_hand import FormLibrary
from jixiao.io.paper.compare.both_page import fill_both
from jixiao.io.paper.compare.differences import compare_tables
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Grid
from jixiao.model.table import Indicator, Item, SpendingDetail, Table, Task

LEVELS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("效益指标", "社会效益指标"),
)


@cache
def forms() -> list[Form]:
    return list(FormLibrary([]).by_id.values())


def table_of(form: Form, count: int) -> Table:
    rows = tuple(
        Indicator(*LEVELS[i * 3 // max(count, 1)], f"第{i}个指标", "≥", str(i), "次")
        for i in range(count)
    )
    return Table(
        kind=form.kind,
        form=form.id,
        indicators=rows,
        tasks=tuple(Task(f"任务{i}", "", "内容") for i in range(3)),
        spending_details=tuple(SpendingDetail(f"内容{i}", f"明细{i}", "1") for i in range(3)),
        items=tuple(Item(f"项目{i}", "1") for i in range(4)),
    )


def places(grid: Grid) -> list[tuple[object, str]]:
    """What stands where in the tables, from top to bottom, without the cells that say nothing."""
    return [
        ((part.binding.target, part.binding.name, part.binding.rows), part.text)
        for _, part in grid.bound()
        if part.binding is not None and part.text
    ]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_all_of_the_new_page_is_there_and_all_that_is_gone(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(forms()))
    old = table_of(form, 9)
    lists = {}
    for name in ("indicators", "tasks", "spending_details", "items"):
        rows = old.rows(name)  # type: ignore[arg-type]
        gone = data.draw(st.sets(st.integers(0, len(rows) - 1)), label=name)
        lists[name] = tuple(row for at, row in enumerate(rows) if at not in gone)
    new = replace(old, **lists)
    difference = compare_tables(old, new)
    both = fill_both(form, difference)
    assert sorted(map(str, places(both.grid))) == sorted(map(str, places(fill(form, new))))
    covered = [
        (row, col)
        for cell in both.grid.cells
        for row in range(cell.row, cell.bottom)
        for col in range(cell.col, cell.right)
    ]
    assert len(covered) == len(set(covered))
    shown = {change for change in both.gone.values() if change is not None}
    bands = {band.list for band in form.bands}
    wanted = [c for c in difference.changes if c.is_row and c.old_place.target in bands]
    assert {change.label for change in shown} == {change.label for change in wanted}


def indicator_form() -> Form:
    return next(form for form in forms() if form.kind == "project" and "渌口" in form.name)


@pytest.mark.parametrize("row", [0, 4, 8])
def test_a_row_stands_between_its_neighbours(row: int) -> None:
    form = indicator_form()
    old = table_of(form, 9)
    kept = tuple(one for at, one in enumerate(old.indicators) if at != row)
    both = fill_both(form, compare_tables(old, replace(old, indicators=kept)))
    names = [c.text for c in both.grid.cells if c.text.startswith("第") and "个指标" in c.text]
    assert names == [one.level3 for one in old.indicators]


def test_the_level_of_a_category_that_is_gone_is_gone() -> None:
    form = next(form for form in forms() if form.id == "tongyong-xiangmu")
    old = table_of(form, 9)
    both = fill_both(form, compare_tables(old, replace(old, indicators=old.indicators[:6])))
    gone = [both.grid.at(*at).text for at, change in both.gone.items() if change is None]
    assert gone == ["效益指标", "社会效益指标"]


def test_nothing_gone_is_the_page_of_the_new_table() -> None:
    form = indicator_form()
    old = table_of(form, 9)
    new = replace(old, fields={"project_name": "新"})
    both = fill_both(form, compare_tables(old, new))
    assert (both.grid, dict(both.gone)) == (fill(form, new), {})
