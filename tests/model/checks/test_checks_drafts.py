"""Mistakes that the reading mends are told on the drafts that carry them, at the right cell."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from jixiao.app.checking.checking import cell_of
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.importing.drafts import read_draft
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.form.load_form import load_form
from jixiao.model.checks import Finding, Profile, apply_fix, check_table
from jixiao.model.table import Table
from tests.model.checks.make_drafts import DRAFTS, FOLDER, write_xlsx
from tests.model.checks.samples import DATA

FORMS = DATA.parents[1] / "jixiao" / "resources" / "forms"
SUFFIXES = ("xlsx", "docx")

Expected = tuple[str, str | None, int | None, str, str | None]
TOLD: dict[str, tuple[Expected, ...]] = {
    "conference": (
        ("T2", None, None, "annual_goal", None),
        ("S2", "indicators", 3, "level1", None),
        ("V6", "indicators", 3, "unit", ""),
        ("V4", "indicators", 3, "value", None),
        ("V2", "indicators", 1, "comparator", "≥"),
        ("V2", "indicators", 7, "comparator", "≤"),
    ),
    "training": (
        ("S2", "indicators", 2, "level1", None),
        ("S2", "indicators", 3, "level1", None),
        ("V6", "indicators", 2, "unit", ""),
        ("V2", "indicators", 0, "comparator", "≥"),
        ("V2", "indicators", 1, "comparator", "≥"),
        ("V2", "indicators", 5, "comparator", "≤"),
        ("V1", "indicators", 4, "value", "≥"),
    ),
    "joined": (
        ("T2", None, None, "period_goal", None),
        ("V1", "indicators", 0, "value", "≥"),
        ("V1", "indicators", 1, "value", "≥"),
        ("V1", "indicators", 3, "value", "≤"),
        ("V1", "indicators", 4, "comparator", "="),
        ("V1", "indicators", 5, "value", "≥"),
    ),
    "department": (
        ("T2", None, None, "annual_goal", None),
        ("T2", "tasks", 0, "content", None),
        ("T2", "tasks", 1, "content", None),
        ("V2", "indicators", 0, "comparator", "≥"),
        ("V2", "indicators", 3, "comparator", "≥"),
        ("V2", "indicators", 4, "comparator", "≥"),
        ("V2", "indicators", 5, "comparator", "≤"),
    ),
}
ABOUT_READING = {rule for expected in TOLD.values() for rule, *_ in expected}


@cache
def read(name: str) -> Table:
    (reading,) = read_draft(FormLibrary([]), FOLDER / name)
    return reading.table


def checked(table: Table) -> list[Finding]:
    form = load_form(FORMS / f"{table.form}.xlsx")
    return check_table(table, Profile(form.required, form.levels, form.vintage))


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", TOLD)
def test_what_a_draft_carries_is_told(name: str, suffix: str) -> None:
    told = {
        (f.rule, f.rows, f.index, f.field, f.fix)
        for f in checked(read(f"{name}.{suffix}"))
        if f.rule in ABOUT_READING and not (f.rule == "S2" and f.severity == "hint")
    }
    assert told == set(TOLD[name])


@pytest.mark.parametrize("name", TOLD)
def test_every_finding_has_its_cell(name: str) -> None:
    table = read(f"{name}.xlsx")
    page = fill(load_form(FORMS / f"{table.form}.xlsx"), table)
    for finding in checked(table):
        assert cell_of(page, finding), finding


@pytest.mark.parametrize("name", TOLD)
def test_fixes_of_a_draft_mend_it(name: str) -> None:
    table = read(f"{name}.xlsx")
    for rule in ("V1", "V2", "V6"):
        for finding in [f for f in checked(table) if f.rule == rule]:
            table = apply_fix(table, finding)
        assert not [f for f in checked(table) if f.rule == rule and f.fix is not None]


def test_a_row_put_right_has_its_own_first_level() -> None:
    row = read("training.xlsx").indicators[3]
    assert (row.level1, row.level2) == ("效益指标", "社会效益指标")


@pytest.mark.parametrize("name", DRAFTS)
def test_the_drafts_are_as_the_generator_writes_them(name: str, tmp_path: Path) -> None:
    write_xlsx(DRAFTS[name], tmp_path / "again.xlsx")
    (again,) = read_draft(FormLibrary([]), tmp_path / "again.xlsx")
    assert again.table == read(f"{name}.xlsx")
