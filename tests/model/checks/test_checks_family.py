"""The tables of one agency and year against each other: a department, its projects, a summary."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jixiao.model.checks import check_tables
from jixiao.model.table import Table
from tests.model.checks.samples import DATA, one

FAMILY = tuple(one(path) for path in sorted((DATA / "checks" / "family").glob("*.json")))
DEPARTMENT, RESERVOIRS, WATER, SUMMARY = range(4)


def told(tables: tuple[Table, ...]) -> set[tuple[int, str, str | None, int | None, str]]:
    return {(i, f.rule, f.rows, f.index, f.field) for i, f in check_tables(tables)}


def changed(place: int, table: Table) -> tuple[Table, ...]:
    return (*FAMILY[:place], table, *FAMILY[place + 1 :])


def with_row(place: int, index: int, **columns: str) -> tuple[Table, ...]:
    rows = list(FAMILY[place].indicators)
    rows[index] = replace(rows[index], **columns)
    return changed(place, replace(FAMILY[place], indicators=tuple(rows)))


def with_fields(place: int, **fields: str) -> tuple[Table, ...]:
    table = FAMILY[place]
    return changed(place, replace(table, fields={**table.fields, **fields}))


def test_tables_that_agree_are_let_pass() -> None:
    assert len(FAMILY) == 4
    assert not told(FAMILY)


def test_m2_projects_and_department() -> None:
    tables = with_fields(DEPARTMENT, project_expenditure="580", basic_expenditure="880")
    assert (DEPARTMENT, "M2", None, None, "project_expenditure") in told(tables)


def test_m2_a_project_and_its_line_in_the_summary() -> None:
    tables = with_fields(WATER, project_amount="210")
    assert (SUMMARY, "M2", "items", 1, "amount") in told(tables)
    assert (DEPARTMENT, "M2", None, None, "project_expenditure") in told(tables)


def test_s7_a_project_that_is_not_listed() -> None:
    tables = with_fields(WATER, project_name="河道治理")
    assert (WATER, "S7", None, None, "project_name") in told(tables)
    assert (SUMMARY, "S7", "items", 1, "name") in told(tables)


def test_s6_another_vintage_in_one_table() -> None:
    tables = with_row(WATER, 0, level1="产出指标", level2="成本指标")
    assert (DEPARTMENT, "S6", "indicators", 0, "level1") in told(tables)


@pytest.mark.parametrize(
    ("index", "columns", "rule", "field"),
    [
        (2, {"value": "40"}, "T9", "value"),
        (2, {"value": "40"}, "T1", "value"),
        (4, {"comparator": "≥"}, "V10", "comparator"),
        (5, {"value": "9月底前"}, "T1", "value"),
    ],
)
def test_a_project_that_says_otherwise(
    index: int, columns: dict[str, str], rule: str, field: str
) -> None:
    tables = with_row(RESERVOIRS, index, **columns)
    assert (RESERVOIRS, rule, "indicators", index, field) in told(tables)
