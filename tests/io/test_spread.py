"""A whole target value typed into one cell of a form with a column for each part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jixiao.io.paper.edit.clipboard import Rect
from jixiao.io.paper.edit.edit import edit
from jixiao.io.paper.edit.fill_cells import put_everywhere
from jixiao.io.paper.edit.paste import paste
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.page.grid import Binding
from jixiao.model.table import Indicator, Table
from tests.io.row_samples import form_of, table_of

SEPARATE = form_of("lukou2026-xiangmu")  # columns: 3 level3, 4 value, 5 unit, 6 comparator
JOINED = form_of("shifeng2023-fubiao3")
TOP = 7


def table(*rows: Indicator) -> Table:
    return replace(table_of("lukou2026-xiangmu"), indicators=rows)


def typed(row: Indicator, text: str, column: str = "value") -> tuple[str, str, str]:
    place = Binding("indicators", column, (0,))
    (row,) = edit(SEPARATE, table(row), place, text).indicators
    return row.comparator, row.value, row.unit


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("≥95", ("≥", "95", "")),
        (">=4500", ("≥", "4500", "")),
        ("≥10次", ("≥", "10", "次")),
        ("95%", ("", "95", "%")),
        ("不低于90%", ("≥", "90", "%")),
        ("3个月内", ("≤", "3", "个月")),
        ("＝100％", ("=", "100", "%")),
        # What is no such value stays as it was written.
        ("95", ("", "95", "")),
        ("９５", ("", "９５", "")),
        ("年底前", ("", "年底前", "")),
        ("1-3次", ("", "1-3次", "")),
        ("2026年", ("", "2026年", "")),
        ("=a", ("", "=a", "")),
        ("≥", ("", "≥", "")),
    ],
)
def test_parts_go_to_their_columns(text: str, read: tuple[str, str, str]) -> None:
    assert typed(Indicator("a", "b", "c"), text) == read


@pytest.mark.parametrize(
    ("old", "text", "read"),
    [
        (("=", "1", "项"), "≥95%", ("≥", "95", "%")),  # what was typed last counts
        (("≥", "1", "次"), "12", ("≥", "12", "次")),
        (("≥", "1", "次"), "12项", ("≥", "12", "项")),
        (("≥", "1", "%"), "达到95%", ("≥", "95", "%")),
        (("定性", "", ""), "1次", ("定性", "1次", "")),
        (("定性", "", ""), "≥1次", ("≥", "1", "次")),
    ],
)
def test_what_stood_there_before(
    old: tuple[str, str, str], text: str, read: tuple[str, str, str]
) -> None:
    comparator, value, unit = old
    row = Indicator("a", "b", "c", comparator=comparator, value=value, unit=unit)
    assert typed(row, text) == read


def test_a_whole_value_typed_into_the_comparator_of_an_empty_row() -> None:
    assert typed(Indicator("a", "b", "c"), "≥95%", "comparator") == ("≥", "95", "%")
    kept = Indicator("a", "b", "c", value="3")
    assert typed(kept, "≥95%", "comparator") == ("≥95%", "3", "")


def test_a_first_text_makes_the_row_with_all_its_parts() -> None:
    place = Binding("indicators", "value", (), 0, "a", "b")
    (row,) = edit(SEPARATE, table(), place, "≥95%").indicators
    assert (row.comparator, row.value, row.unit) == ("≥", "95", "%")


def test_pasted_and_filled_texts_are_read_too() -> None:
    before = table(Indicator("a", "b", "1"), Indicator("a", "b", "2", unit="次"))
    grid = fill(SEPARATE, before)
    rect = Rect(TOP, 4, TOP + 1, 5)
    pasted = paste(SEPARATE, before, grid, rect, [["≥95%"], ["≤3天"]]).table.indicators
    assert [(r.comparator, r.value, r.unit) for r in pasted] == [("≥", "95", "%"), ("≤", "3", "天")]
    filled = put_everywhere(SEPARATE, before, grid, Rect(TOP, 4, TOP + 2, 5), "≥10次").table
    assert [(r.comparator, r.value, r.unit) for r in filled.indicators] == [("≥", "10", "次")] * 2


@pytest.mark.parametrize(
    ("texts", "read"),
    [
        (["≥95%", "", ""], ("≥", "95", "%")),  # blank cells beside it take nothing away
        (["≥95%", "%", "≥"], ("≥", "95", "%")),
        (["95%", "%", "≥"], ("≥", "95", "%")),
        (["≤95%", "%", "≥"], ("≥", "≤95%", "%")),  # nothing is lost where they contradict
        (["95%", "分", "≥"], ("≥", "95%", "分")),
        (["5次", "", "定性"], ("定性", "5次", "")),
    ],
)
def test_a_row_that_is_pasted_whole(texts: list[str], read: tuple[str, str, str]) -> None:
    before = table(Indicator("a", "b", "1", comparator="=", value="1", unit="项"))
    grid = fill(SEPARATE, before)
    (row,) = paste(SEPARATE, before, grid, Rect(TOP, 4, TOP + 1, 5), [texts]).table.indicators
    assert (row.comparator, row.value, row.unit) == read


@pytest.mark.parametrize(
    ("text", "shown"), [(">=3", "≥3"), ("<= 3次", "≤ 3次"), ("≥3", "≥3"), (">=好", ">=好")]
)
def test_signs_of_a_keyboard_in_a_joined_cell(text: str, shown: str) -> None:
    before = replace(table_of("shifeng2023-fubiao3"), indicators=(Indicator("a", "b", "c"),))
    place = Binding("indicators", "target:cvu", (0,))
    page = fill(JOINED, edit(JOINED, before, place, text))
    assert shown in [cell.text for cell in page.cells]
