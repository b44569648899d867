"""Recall on published tables whose mistakes are known, and silence on correct ones."""

from __future__ import annotations

import sys
from collections import Counter

import pytest

from jixiao.io.paper.form.load_form import load_form
from jixiao.model.checks import RULE_BY_ID, Profile, check_table
from tests.model.checks.instances import INSTANCES, Instance
from tests.model.checks.samples import DATA, correct, findings_of_truths

FORMS = DATA.parents[1] / "jixiao" / "resources" / "forms"
WANTED = 0.8


def is_found(instance: Instance) -> bool:
    return any(
        name == instance.table
        and (f.rule, f.rows, f.index, f.field)
        == (instance.rule, instance.rows, instance.index, instance.field)
        for name, f in findings_of_truths()
    )


@pytest.mark.parametrize(
    "instance",
    [entry for entry in INSTANCES if RULE_BY_ID[entry.rule].certainty == "sure"],
    ids=lambda entry: f"{entry.number}-{entry.rule}",
)
def test_sure_mistakes_are_found(instance: Instance) -> None:
    assert is_found(instance)


def test_most_heuristic_mistakes_are_found() -> None:
    heuristic = [e for e in INSTANCES if RULE_BY_ID[e.rule].certainty == "heuristic"]
    missed = [(e.number, e.rule) for e in heuristic if not is_found(e)]
    assert len(missed) <= (1 - WANTED) * len(heuristic), missed


def test_recall_by_rule(capsys: pytest.CaptureFixture[str]) -> None:
    listed = Counter(e.rule for e in INSTANCES)
    hit = Counter(e.rule for e in INSTANCES if is_found(e))
    told = Counter(
        f.rule for n, f in findings_of_truths() if n.startswith(("lukou2026", "shifeng"))
    )
    lines = (
        f"{rule:4} {listed[rule]:5} {hit[rule]:5} {told[rule]:5}"
        for rule in RULE_BY_ID
        if listed[rule] or told[rule]
    )
    report = "\n".join(("", "规则  列出  找到  全部提示", *lines, ""))
    with capsys.disabled():
        sys.stdout.write(report)
    assert hit.total() >= 0.9 * listed.total()


def test_a_right_product_is_not_told() -> None:
    """187 people at 3000 元 are 56.10 万元 (number 47)."""
    told = [f for name, f in findings_of_truths() if name == "shifeng2023-project-2"]
    assert not [f for f in told if f.rule == "M5"]


@pytest.mark.parametrize("name", sorted(correct()))
def test_correct_tables_have_no_error(name: str) -> None:
    table = correct()[name]
    form = load_form(FORMS / f"{table.form}.xlsx")
    for profile in (Profile(), Profile(form.required, form.levels, form.vintage)):
        told = check_table(table, profile)
        assert not [f for f in told if f.severity == "error"]
        assert len([f for f in told if f.severity == "warning"]) <= 1


def test_there_are_twelve_correct_tables() -> None:
    assert len(correct()) == 12
    assert len({table.form for table in correct().values()}) >= 6
    assert len({table.agency for table in correct().values()}) == 12


def test_messages_are_one_calm_sentence() -> None:
    for name, finding in findings_of_truths():
        assert finding.message.endswith("。"), (name, finding)
        assert finding.hint.endswith("。"), (name, finding)
        assert len(finding.message) <= 160, (name, finding)
        assert "！" not in finding.message + finding.hint
