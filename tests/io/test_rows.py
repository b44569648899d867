"""Rows inserted, moved and deleted, against a plain list model."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.io.paper.edit import rows
from jixiao.io.paper.edit.edit import edit
from jixiao.io.paper.form.categories import CategoryOrder, categories, category_of
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.page.grid import Binding
from jixiao.model.table import Indicator, LevelPair, SpendingDetail, Table, Task
from jixiao.model.vocabulary import level_key
from tests.io.row_samples import PAIRS, form_of, table_of

LUKOU = "lukou2026-xiangmu"
PRINTED = "lukougov2026-xiangmu"
HETANG = "hetang2024-xiangmu"


def make(*names: str) -> Table:
    """Indicators told as "level1/level2/level3"."""
    return replace(
        table_of(LUKOU),
        indicators=tuple(Indicator(*name.split("/")) for name in names),
        empty_levels=(),
    )


def told(table: Table) -> list[str]:
    return [f"{i.level1}/{i.level2}/{i.level3}" for i in table.indicators]


def page(form_id: str, table: Table) -> list[str]:
    """Levels and names of the indicator rows as the page shows them, from top to bottom."""
    form = form_of(form_id)
    return [
        "/".join(
            (
                line.level1,
                line.level2,
                table.indicators[line.index].level3 if line.index >= 0 else "-",
            )
        )
        for line in rows.page_rows(form, table, "indicators")
    ]


def test_insert_inherits_levels() -> None:
    table = make("产出指标/数量指标/a", "产出指标/质量指标/b")
    form = form_of(LUKOU)
    below = rows.insert_row(form, table, "indicators", 0, below=True)
    assert told(below.table) == ["产出指标/数量指标/a", "产出指标/数量指标/", "产出指标/质量指标/b"]
    assert below.rows == (1,)
    above = rows.insert_row(form, table, "indicators", 1, below=False)
    assert told(above.table)[1] == "产出指标/质量指标/"
    assert above.rows == (1,)


def test_insert_into_other_lists_and_into_an_empty_one() -> None:
    form = form_of("shifeng2023-fubiao3")
    table = replace(table_of("shifeng2023-fubiao3"), spending_details=())
    done = rows.insert_row(form, table, "spending_details", -1, below=True)
    assert done.table.spending_details == (SpendingDetail(),)
    done = rows.insert_row(form, done.table, "spending_details", 0, below=True)
    assert done.rows == (1,)
    tasks = replace(table, tasks=(Task("a"), Task("b")))
    assert rows.insert_row(form, tasks, "tasks", 1, below=False).table.tasks[1] == Task()


def test_ctrl_enter_adds_at_the_end_of_the_category() -> None:
    table = make("产出指标/数量指标/a", "产出指标/数量指标/b", "产出指标/质量指标/c")
    done = rows.add_row_in_category(form_of(LUKOU), table, "indicators", 0)
    assert done.rows == (2,)
    assert told(done.table)[2] == "产出指标/数量指标/"


def test_duplicates_stand_below_their_run() -> None:
    table = make("产出指标/数量指标/a", "产出指标/数量指标/b", "产出指标/质量指标/c")
    done = rows.duplicate_rows(form_of(LUKOU), table, "indicators", [0, 1, 2])
    assert [name[-1] for name in told(done.table)] == ["a", "b", "a", "b", "c", "c"]
    assert done.rows == (2, 3, 5)


def test_moving_over_a_border_takes_the_category() -> None:
    form = form_of(LUKOU)
    table = make("产出指标/数量指标/a", "产出指标/质量指标/b", "产出指标/质量指标/c")
    once = rows.move_rows(form, table, "indicators", [1], up=True)
    assert told(once.table) == ["产出指标/数量指标/a", "产出指标/数量指标/b", "产出指标/质量指标/c"]
    assert once.rows == (1,)
    twice = rows.move_rows(form, once.table, "indicators", once.rows, up=True)
    assert told(twice.table)[:2] == ["产出指标/数量指标/b", "产出指标/数量指标/a"]
    top = rows.move_rows(form, twice.table, "indicators", [0], up=True)
    assert top.table == twice.table


def test_moving_several_keeps_them_together() -> None:
    form = form_of(LUKOU)
    table = make(*(f"产出指标/数量指标/{name}" for name in "abcd"))
    up = rows.move_rows(form, table, "indicators", [2, 3], up=True)
    assert [name[-1] for name in told(up.table)] == ["a", "c", "d", "b"]
    assert up.rows == (1, 2)
    down = rows.move_rows(form, table, "indicators", [2, 3], up=False)
    assert down.table == table
    blocked = rows.move_rows(form, table, "indicators", [0, 1], up=True)
    assert blocked.table == table


def test_moving_into_an_empty_printed_category_and_back() -> None:
    form = form_of(PRINTED)
    table = replace(
        table_of(PRINTED),
        indicators=(Indicator("产出指标", "数量指标", "a"), Indicator("产出指标", "数量指标", "b")),
        empty_levels=(),
    )
    down = rows.move_rows(form, table, "indicators", [1], up=False)
    assert page(PRINTED, down.table)[:3] == [
        "产出指标/数量指标/a",
        "产出指标/质量指标/b",
        "产出指标/时效指标/-",
    ]
    back = rows.move_rows(form, down.table, "indicators", down.rows, up=True)
    assert page(PRINTED, back.table) == page(PRINTED, table)


def test_deleting_the_last_of_a_printed_category_leaves_its_row() -> None:
    form, table = form_of(PRINTED), table_of(PRINTED)
    quantity = [i for i, row in enumerate(table.indicators) if level_key(row.level2) == "数量"]
    assert quantity
    assert LevelPair("产出指标", "数量指标") not in table.empty_levels
    done = rows.delete_rows(form, table, "indicators", quantity)
    assert LevelPair("产出指标", "数量指标") in done.table.empty_levels
    assert "产出指标/数量指标/-" in page(PRINTED, done.table)
    filled = rows.change_category(form, done.table, [0], "产出指标", "数量指标")
    assert LevelPair("产出指标", "数量指标") not in filled.table.empty_levels


def test_empty_levels_of_another_form_stay() -> None:
    pair = LevelPair("产出指标", "社会效益指标")
    table = replace(make("产出指标/数量指标/a"), empty_levels=(pair,))
    assert rows.delete_rows(form_of(LUKOU), table, "indicators", [0]).table.empty_levels == (pair,)


def test_drop_in_another_category() -> None:
    form = form_of(LUKOU)
    table = make(
        "产出指标/数量指标/a", "产出指标/数量指标/b", "效益指标/社会效益/c", "效益指标/社会效益/d"
    )
    done = rows.move_rows_to(form, table, "indicators", [0], 3)
    assert told(done.table) == [
        "产出指标/数量指标/b",
        "效益指标/社会效益/c",
        "效益指标/社会效益/a",
        "效益指标/社会效益/d",
    ]
    assert done.rows == (2,)
    border = rows.move_rows_to(form, table, "indicators", [3], 2)  # stays in its own category
    assert [name[-1] for name in told(border.table)] == ["a", "b", "d", "c"]
    assert border.table.indicators[2].level1 == "效益指标"
    border = rows.move_rows_to(form, table, "indicators", [0], 2)
    assert [name[-1] for name in told(border.table)] == ["b", "a", "c", "d"]
    assert border.table.indicators[1].level2 == "数量指标"


def test_drop_of_tasks() -> None:
    form = form_of("lukou2026-bumen")
    table = replace(table_of("lukou2026-bumen"), tasks=tuple(Task(name) for name in "abcd"))
    done = rows.move_rows_to(form, table, "tasks", [0, 2], 4)
    assert [task.name for task in done.table.tasks] == ["b", "d", "a", "c"]
    assert rows.move_rows_to(form, table, "tasks", [3], 0).table.tasks[0] == Task("d")


def test_change_category_places_rows_in_the_forms_order() -> None:
    form = form_of(LUKOU)  # 产出, 效益, 满意度, 成本
    table = make("产出指标/数量指标/a", "效益指标/社会效益/b", "成本指标/经济成本指标/c")
    done = rows.change_category(form, table, [2], "满意度", "服务对象满意度")
    assert told(done.table)[2] == "满意度/服务对象满意度/c"
    done = rows.change_category(form, table, [0], "效益指标", "社会效益")
    assert told(done.table)[:2] == ["效益指标/社会效益/b", "效益指标/社会效益/a"]
    done = rows.change_category(form, table, [2], "产出指标", "时效指标")
    assert told(done.table)[1] == "产出指标/时效指标/c"
    assert rows.change_category(form, table, [0], "产出指标", "数量指标").table == table


def test_add_category() -> None:
    form = form_of(LUKOU)
    table = make("产出指标/数量指标/a", "成本指标/经济成本指标/c")
    done = rows.add_category(form, table, "效益指标", "社会效益")
    assert told(done.table)[1] == "效益指标/社会效益/"
    assert done.rows == (1,)
    assert rows.add_category(form, done.table, "效益", "社会效益指标").table == done.table


def test_sort_as_the_form_orders() -> None:
    form = form_of(LUKOU)
    table = make(
        "成本指标/经济成本指标/a", "怪/异/b", "产出指标/数量/c", "产出指标/质量指标/d", "/ /e"
    )
    done = rows.sort_by_category(form, table)
    assert [name[-1] for name in told(done.table)] == ["c", "d", "a", "b", "e"]


def test_categories_offer_the_forms_first() -> None:
    form = form_of(LUKOU)
    found = categories(form, make("自创/一类/a"))
    assert tuple(found[: len(form.levels)]) == form.levels
    assert found[-1] == ("自创", "一类")
    assert len(found) == len(set(found))


def test_selected_rows_of_a_page() -> None:
    table = table_of("lukou2026-bumen")
    grid = fill(form_of("lukou2026-bumen"), table)
    band = [row for row, format_ in enumerate(grid.rows) if format_.band == "indicators"]
    assert rows.selected_rows(grid, band[1:3]) == ("indicators", (1, 2))
    assert rows.selected_rows(grid, [0]) == (None, ())
    assert rows.page_position(grid, "indicators", band[2]) == 2


def test_typing_keeps_a_row_of_other_fields() -> None:
    form = form_of("tongyong-xiangmu")
    table = replace(table_of("tongyong-xiangmu"), fields={"项目背景": "很好"})
    assert edit(form, table, Binding("field", "项目背景"), "").fields == {"项目背景": ""}


LEVELS = [
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("产出", "数量"),
    ("效益指标", "社会效益"),
    ("满意度", "服务对象满意度"),
    ("成本指标", ""),
    ("", ""),
    ("自创", "一类"),
]


@st.composite
def some_rows(draw: st.DrawFn) -> tuple[Indicator, ...]:
    pairs = draw(st.lists(st.sampled_from(LEVELS), min_size=1, max_size=9))
    return tuple(Indicator(*pair, f"n{number}") for number, pair in enumerate(pairs))


ACTIONS = ["up", "down", "drop", "delete", "double", "sort", "change"]
form_ids = st.sampled_from([LUKOU, PRINTED, HETANG])


@settings(max_examples=150, deadline=None)
@given(form_ids, some_rows(), st.data())
def test_actions_against_a_list(
    form_id: str, start: tuple[Indicator, ...], data: st.DataObject
) -> None:
    form = form_of(form_id)
    table = replace(table_of(form_id), indicators=start, empty_levels=())
    for _ in range(data.draw(st.integers(1, 4))):
        count = len(table.indicators)
        if not count:
            return
        chosen = sorted(data.draw(st.sets(st.integers(0, count - 1), min_size=1)))
        before = table
        names = [row.level3 for row in before.indicators]
        match data.draw(
            st.sampled_from(["up", "down", "drop", "delete", "double", "sort", "change"])
        ):
            case "up" | "down" as way:
                done = rows.move_rows(form, table, "indicators", chosen, up=way == "up")
                expected = sorted(names)
            case "drop":
                place = data.draw(st.integers(0, len(page(form_id, table))))
                done = rows.move_rows_to(form, table, "indicators", chosen, place)
                expected = sorted(names)
                stay = [n for i, n in enumerate(names) if i not in chosen]
                after = [row.level3 for row in done.table.indicators]
                assert [n for n in after if n in stay] == stay or len(set(names)) < len(names)
            case "delete":
                done = rows.delete_rows(form, table, "indicators", chosen)
                expected = sorted(n for i, n in enumerate(names) if i not in chosen)
            case "double":
                done = rows.duplicate_rows(form, table, "indicators", chosen)
                expected = sorted(names + [names[i] for i in chosen])
            case "sort":
                done = rows.sort_by_category(form, table)
                expected = sorted(names)
                order = CategoryOrder(form, table, table.indicators)
                ranks = [order.rank(category_of(row)) for row in done.table.indicators]
                assert ranks == sorted(ranks)
            case _:
                pair = data.draw(st.sampled_from(LEVELS[:5]))
                done = rows.change_category(form, table, chosen, *pair)
                expected = sorted(names)
                assert all(category_of(done.table.indicators[i]) == pair for i in done.rows)
        table = done.table
        assert sorted(row.level3 for row in table.indicators) == expected
        filled = {(level_key(r.level1), level_key(r.level2)) for r in table.indicators}
        empty = {(level_key(p.level1), level_key(p.level2)) for p in table.empty_levels}
        assert not filled & empty
        grid = fill(form, table)
        shown = [
            p.text for _, p in grid.bound() if p.binding and p.binding.name == "level3" and p.text
        ]
        assert sorted(shown) == expected


@pytest.mark.parametrize("form_id", [LUKOU, PRINTED])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_moving_up_then_down_shows_the_row_where_it_was(form_id: str, data: st.DataObject) -> None:
    """Inside a category a move is undone by its opposite."""
    count = data.draw(st.integers(2, 6))
    table = replace(
        table_of(form_id),
        indicators=tuple(Indicator("产出指标", "数量指标", f"n{i}") for i in range(count)),
        empty_levels=(),
    )
    form = form_of(form_id)
    chosen = [data.draw(st.integers(1, count - 1))]
    up = rows.move_rows(form, table, "indicators", chosen, up=True)
    assert rows.move_rows(form, up.table, "indicators", up.rows, up=False).table == table


@pytest.mark.parametrize("form_id", sorted(PAIRS))
def test_every_form_takes_every_action(form_id: str) -> None:
    form, table = form_of(form_id), table_of(form_id)
    for name in ("tasks", "indicators", "spending_details", "items", "period_indicators"):
        if not table.rows(name):
            table = rows.insert_row(form, table, name, -1, below=True).table
        added = rows.add_row_in_category(form, table, name, 0)
        assert len(added.table.rows(name)) == len(table.rows(name)) + 1
        doubled = rows.duplicate_rows(form, table, name, [0])
        assert doubled.table.rows(name)[doubled.rows[0]] == table.rows(name)[0]
        gone = rows.delete_rows(form, doubled.table, name, doubled.rows)
        assert gone.table.rows(name) == table.rows(name)
        fill(form, added.table)


@given(
    st.lists(
        st.sampled_from(["产出指标/数量指标/", "效益指标/社会效益/", "甲/乙/", "//"]), max_size=8
    ),
    st.lists(
        st.sampled_from(["产出指标/质量指标/", "效益指标/社会效益/", "丙/丁/", "//"]), max_size=5
    ),
)
def test_rows_put_in_together_stand_where_each_would(old: list[str], new: list[str]) -> None:
    table, more = make(*old), make(*new).indicators
    order = CategoryOrder(form_of(LUKOU), table, (*table.indicators, *more))
    found = list(table.indicators)
    for row in more:
        pair = category_of(row)
        found.insert(order.place(found, pair) if any(pair) else len(found), row)
    assert order.insert(table.indicators, more) == found
