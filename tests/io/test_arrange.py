"""Whatever a table holds, each row of it stands on the page once, and the page has no holes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.io.paper.form.arrange import arrange
from jixiao.io.paper.form.fill import fill, unshown
from jixiao.io.recognise import recognise
from jixiao.model.table import Indicator, Table, Task
from tests.io.forms import FORM_IDS, all_labels, built_in
from tests.strategies import tables

EACH = pytest.mark.parametrize("form_id", FORM_IDS)
PRINTED = built_in("lukougov2026-xiangmu")


@EACH
@settings(max_examples=15)
@given(table=tables())
def test_each_row_is_shown_once_and_no_place_is_left_out(form_id: str, table: Table) -> None:
    form = built_in(form_id)
    lines = arrange(form, table)
    for name in {band.list for band in form.bands} - {"other"}:
        shown = [line.index for line in lines if line.band and line.band.list == name]
        rows = getattr(table, name)
        assert sorted(index for index in shown if index >= 0) == list(range(len(rows)))
    page = fill(form, table)
    assert len(page.rows) == len(lines)
    area = sum(cell.rowspan * cell.colspan for cell in page.cells)
    assert area == len(page.covered) == len(page.rows) * len(page.columns)
    assert [(c.row, c.col) for c in page.cells] == sorted((c.row, c.col) for c in page.cells)


@EACH
@settings(max_examples=15)
@given(table=tables())
def test_what_is_not_on_the_page_is_told(form_id: str, table: Table) -> None:
    """Counting texts: each is on the page as often as the table says it, or told as unshown."""
    form = built_in(form_id)
    words = "甲乙丙丁戊己庚辛壬癸"
    table = replace(
        table,
        fields={f"栏{n}": f"{words}{n}f" for n in range(3)},
        indicators=tuple(
            replace(
                row, level3=f"{words}{n}i", basis=f"{words}{n}b", extra={"权重": f"{words}{n}x"}
            )
            for n, row in enumerate(table.indicators)
        ),
        tasks=tuple(Task(f"{words}{n}t", f"{words}{n}o") for n, _ in enumerate(table.tasks)),
    )
    told = Counter(one.text for one in unshown(form, table))
    seen = Counter(part.text for _, part in fill(form, table).bound())
    for n in range(3):
        assert told[f"{words}{n}f"] + seen[f"{words}{n}f"] == 1
    for n in range(len(table.indicators)):
        for letter in "ibx":
            assert told[f"{words}{n}{letter}"] + seen[f"{words}{n}{letter}"] == 1
    for n in range(len(table.tasks)):
        for letter in "to":
            assert told[f"{words}{n}{letter}"] + seen[f"{words}{n}{letter}"] == 1


@EACH
@settings(max_examples=10)
@given(table=tables())
def test_any_page_can_be_read_without_a_crash(form_id: str, table: Table) -> None:
    for reading in recognise([fill(built_in(form_id), table)], all_labels()):
        assert 0 <= reading.confidence <= 1


@settings(max_examples=40)
@given(levels=st.lists(st.sampled_from(["产出指标", "效益指标", "成本指标", "满意度", "别的", ""])))
def test_printed_rows_keep_the_forms_order(levels: list[str]) -> None:
    table = Table(indicators=tuple(Indicator(one, "", "名称") for one in levels))
    lines = [line for line in arrange(PRINTED, table) if line.band is not None]
    assert [line.row for line in lines] == sorted(line.row for line in lines)
    printed = [(row.level1, row.level2) for row in PRINTED.bands[0].rows]
    assert [(x.level1, x.level2) for x in lines if x.printed2] == printed
    for before, line in pairwise(lines):
        known = line.level1 in {"产出指标", "效益指标", "成本指标", "满意度"}
        if known and line.index >= 0:
            assert before.level1 == line.level1


def test_many_rows_and_long_texts() -> None:
    tasks = tuple(Task(f"任务{n}", "科室", "长" * 5000) for n in range(200))
    rows = tuple(Indicator("产出指标", "数量指标", f"指标{n}") for n in range(1000))
    form = built_in("lukou2026-bumen")
    page = fill(form, Table(kind="department", tasks=tasks, indicators=rows))
    assert len(page.rows) == len(form.rows) + 199 + 999
    level = page.at(len(page.rows) - 1, 0)
    assert level is not None
    assert level.rowspan == 1000
    (reading,) = recognise([page], all_labels())
    assert len(reading.table.indicators) == 1000
    assert [task.name for task in reading.table.tasks] == [task.name for task in tasks]
