"""Recall and silence on tables of other offices and places (schools, clinics, roads, systems)."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from jixiao.io.paper.form.load_form import load_form
from jixiao.model.checks import RULE_BY_ID, Finding, Profile, check_table
from jixiao.model.table import Table
from tests.model.checks.elsewhere import MISTAKES as FIRST_MISTAKES
from tests.model.checks.elsewhere_more import MORE_MISTAKES
from tests.model.checks.samples import DATA, one

MISTAKES = FIRST_MISTAKES | MORE_MISTAKES
FORMS = DATA.parents[1] / "jixiao" / "resources" / "forms"
FOLDER = DATA / "checks"
CORRECT = sorted(path.stem for path in (FOLDER / "correct").glob("*.json"))
NOISE = 3
"""So many findings more than a reviewer listed are borne in a table full of mistakes."""


def checked(table: Table) -> list[Finding]:
    """The findings of a table by the profile of its form."""
    form = load_form(FORMS / f"{table.form}.xlsx")
    return check_table(table, Profile(form.required, form.levels, form.vintage))


def place(finding: Finding) -> str:
    """A finding as the list names it: its rule, and the field or the row's column."""
    if finding.rows is None or finding.rule == "S3":
        return f"{finding.rule} {finding.field}"
    index = "" if finding.index is None else f"[{finding.index}]"
    return f"{finding.rule} {finding.rows}{index}.{finding.field}"


@cache
def places(name: str) -> tuple[str, ...]:
    return tuple(place(f) for f in checked(one(FOLDER / "faulty" / f"{name}.json")))


@pytest.mark.parametrize("name", MISTAKES)
def test_sure_mistakes_are_found(name: str) -> None:
    sure = {m for m in MISTAKES[name] if RULE_BY_ID[m.split()[0]].certainty == "sure"}
    assert sure <= set(places(name))


def test_most_heuristic_mistakes_are_found() -> None:
    missed: Counter[str] = Counter()
    total = 0
    for name, listed in MISTAKES.items():
        heuristic = [m for m in listed if RULE_BY_ID[m.split()[0]].certainty == "heuristic"]
        total += len(heuristic)
        missed.update(m for m in heuristic if m not in places(name))
    assert missed.total() <= 0.1 * total, missed


@pytest.mark.parametrize("name", MISTAKES)
def test_little_is_told_beside_them(name: str) -> None:
    assert len(set(places(name)) - set(MISTAKES[name])) <= NOISE


@pytest.mark.parametrize("name", CORRECT)
def test_correct_tables_are_let_pass(name: str) -> None:
    told = checked(one(FOLDER / "correct" / f"{name}.json"))
    assert not [f for f in told if f.severity == "error"]
    assert len([f for f in told if f.severity == "warning"]) <= 1


def test_there_are_enough_tables() -> None:
    assert len(MISTAKES) >= 10
    assert len(CORRECT) >= 10
    assert {path.stem for path in (FOLDER / "faulty").glob("*.json")} == set(MISTAKES)
