"""The fill handle's texts: patterns, series, and blocks carried on over pages of real forms."""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.io.paper.edit.clipboard import Rect
from jixiao.io.paper.edit.fill_series import carried_on, fill_to, reach
from jixiao.io.paper.form.fill import fill
from jixiao.model.table import ROW_TYPES
from tests.io.row_samples import PAIRS, form_of, table_of

NUMBERS = st.decimals(-10_000, 10_000, places=2).map(lambda number: f"{number:.2f}")


@pytest.mark.parametrize(
    ("texts", "toggled", "after"),
    [
        (["次"], False, ["次", "次", "次"]),
        (["9"], False, ["9", "9", "9"]),
        (["9"], True, ["10", "11", "12"]),
        (["9.5"], True, ["10.5", "11.5", "12.5"]),
        (["1", "2"], False, ["3", "4", "5"]),
        (["1", "2"], True, ["1", "2", "1"]),
        (["10", "7.5"], False, ["5.0", "2.5", "0.0"]),
        (["1", "1"], False, ["1", "1", "1"]),
        (["1", "2", "4"], False, ["1", "2", "4"]),
        (["1", "次"], False, ["1", "次", "1"]),
        (["≥1", "≥2"], False, ["≥1", "≥2", "≥1"]),
        (["01", "02"], False, ["01", "02", "01"]),
        (["", "2"], False, ["", "2", ""]),
        (["90%", "95%"], False, ["90%", "95%", "90%"]),
        (["次"], True, ["次", "次", "次"]),
    ],
)
def test_what_comes_after(texts: list[str], toggled: bool, after: list[str]) -> None:
    found = [carried_on(texts, len(texts) + n, toggled=toggled) for n in range(3)]
    assert found == after


@given(texts=st.lists(st.text(max_size=3), min_size=1, max_size=4), toggled=st.booleans())
def test_a_block_goes_through_its_own_texts(texts: list[str], toggled: bool) -> None:
    if all(text.isascii() and text.lstrip("-").replace(".", "").isdigit() for text in texts):
        return  # numbers below
    for index in range(-8, 8):
        assert carried_on(texts, index, toggled=toggled) == texts[index % len(texts)]


@given(first=NUMBERS, second=NUMBERS, index=st.integers(-20, 20))
def test_two_numbers_are_a_straight_line(first: str, second: str, index: int) -> None:
    step = Decimal(second) - Decimal(first)
    if abs(Decimal(first)) < 1 or abs(Decimal(second)) < 1:
        return
    assert Decimal(carried_on([first, second], index)) == Decimal(first) + step * index


@given(data=st.data(), form_id=st.sampled_from(sorted(PAIRS)), toggled=st.booleans())
@settings(max_examples=150)
def test_no_block_of_any_form_fails_or_touches_other_rows(
    data: st.DataObject, form_id: str, toggled: bool
) -> None:
    form, table = form_of(form_id), table_of(form_id)
    grid = fill(form, table)
    rows, columns = len(grid.rows), len(grid.columns)
    top = data.draw(st.integers(0, rows - 1))
    left = data.draw(st.integers(0, columns - 1))
    source = Rect(
        top,
        left,
        data.draw(st.integers(top + 1, min(rows, top + 5))),
        data.draw(st.integers(left + 1, columns)),
    )
    side = data.draw(st.sampled_from(["down", "up", "right", "left"]))
    target = {
        "down": Rect(
            source.top, source.left, data.draw(st.integers(source.bottom, rows + 3)), source.right
        ),
        "up": Rect(data.draw(st.integers(0, source.top)), source.left, source.bottom, source.right),
        "right": Rect(
            source.top, source.left, source.bottom, data.draw(st.integers(source.right, columns))
        ),
        "left": Rect(
            source.top, data.draw(st.integers(0, source.left)), source.bottom, source.right
        ),
    }[side]
    done = fill_to(form, table, grid, source, target, toggled=toggled)
    if target == source:
        assert done.table == table
    after = fill(form, done.table)
    assert len(after.rows) >= len(grid.rows)
    if grid.rows[source.top].band not in ROW_TYPES and side in {"down", "up"}:
        return
    for name in ROW_TYPES:
        if name != grid.rows[source.top].band and name != "empty_levels":
            assert done.table.rows(name) == table.rows(name) or not done.written


@pytest.mark.parametrize("form_id", sorted(PAIRS))
def test_the_reach_of_a_block_is_its_list(form_id: str) -> None:
    grid = fill(form_of(form_id), table_of(form_id))
    for row, format_ in enumerate(grid.rows):
        most = reach(grid, Rect(row, 0, row + 1, 1))
        assert most.top <= row < most.bottom
        assert {grid.rows[n].band for n in range(most.top, most.bottom)} == {format_.band}
        if most.bottom < len(grid.rows):
            assert grid.rows[most.bottom].band != format_.band


def test_filling_is_quick_on_a_long_list() -> None:
    form, table = form_of("lukou2026-xiangmu"), table_of("lukou2026-xiangmu")
    first = table.indicators[0]
    long = replace(table, indicators=(first,) * 2000)
    grid = fill(form, long)
    cell = next(c for c, p in grid.bound() if p.binding is not None and p.binding.name == "unit")
    long = replace(long, indicators=(replace(first, unit="件"), *long.indicators[1:]))
    grid = fill(form, long)
    source = Rect(cell.row, cell.col, cell.bottom, cell.right)
    target = Rect(cell.row, cell.col, reach(grid, source).bottom, cell.right)
    start = time.process_time()
    done = fill_to(form, long, grid, source, target)
    assert time.process_time() - start < 1.0
    assert {row.unit for row in done.table.indicators} == {"件"}
