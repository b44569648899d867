"""Fixes: each mends its finding, changes only the cells it names, and nothing when done twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.model.checks import RULES, Finding, Profile, apply_fix, check_table, check_tables
from jixiao.model.table import LIST_NAMES, Indicator, SpendingDetail, Table
from tests.model.checks.samples import correct, found, project, row, truths

FAULTS: tuple[dict[str, str], ...] = (
    {"unit": "百分比"},
    {"unit": "万"},
    {"unit": ""},
    {"comparator": ""},
    {"comparator": "≧"},
    {"comparator": "定量"},
    {"comparator": "定性"},
    {"comparator": "定性", "value": "≥95%"},
    {"comparator": "定性", "value": "良好"},
    {"written": "90%以上", "comparator": "≥", "value": "90", "unit": "%"},
    {"written": "≧", "comparator": "≥"},
    {"written": "\\geq", "comparator": "≥"},
    {"comparator": "≥", "value": "95%", "unit": ""},
    {"comparator": "≥", "value": "100", "unit": "%"},
    {"value": "3-5"},
    {"level3": "<p>培训&nbsp;次数</p>"},
    {"level3": "会体会议次数"},
    {"level3": "群众满意度", "level1": "产出指标", "level2": "质量指标"},
    {"level1": "时效指标", "level2": "", "level3": "完成时间"},
    {"level1": "社会效益", "level2": "受益人数", "level3": ""},
    {"level1": "产出指标", "level2": "社会效益指标"},
    {"explanation": "2026支援"},
)


def fixable(table: Table, rule: str = "") -> list[Finding]:
    return [f for f in check_table(table) if f.fix is not None and rule in ("", f.rule)]


def fix_all(table: Table, rule: str) -> Table:
    """Click on the fix of each finding of a rule, as the check now tells them."""
    for _ in range(50):
        todo = fixable(table, rule)
        if not todo:
            return table
        table = apply_fix(table, todo[0])
    raise AssertionError(f"fixes of {rule} never end")


def changed_cells(before: Table, after: Table) -> set[tuple[str | None, int | None, str]]:
    cells: set[tuple[str | None, int | None, str]] = set()
    for key in before.fields.keys() | after.fields.keys():
        if before.fields.get(key, "") != after.fields.get(key, ""):
            cells.add((None, None, key))
    if before.title != after.title:
        cells.add((None, None, "title"))
    for name in LIST_NAMES:
        old, new = before.rows(name), after.rows(name)
        assert len(old) == len(new)
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            for column in type(one).__slots__:
                if getattr(one, column) != getattr(other, column):
                    cells.add((name, index, column))
    return cells


def assert_fixes_hold(table: Table) -> None:
    for finding in fixable(table):
        once = apply_fix(table, finding)
        assert apply_fix(once, finding) == once
        named = {(edit.rows, edit.index, edit.field) for edit in finding.edits}
        typed = {(rows, index, "written") for rows, index, _ in named if rows}
        assert changed_cells(table, once) <= named | typed
        assert once != table
    for rule in {finding.rule for finding in fixable(table)}:
        mended = fix_all(table, rule)
        assert not fixable(mended, rule)
        assert fix_all(mended, rule) == mended


@st.composite
def faulty(draw: st.DrawFn) -> Table:
    table = draw(st.sampled_from([*correct().values(), *truths().values()]))
    rows = list(table.indicators)
    for _ in range(draw(st.integers(0, 4))):
        if rows:
            index = draw(st.integers(0, len(rows) - 1))
            rows[index] = replace(rows[index], **draw(st.sampled_from(FAULTS)))
    fields = dict(table.fields)
    if draw(st.booleans()):
        fields["annual_goal"] = f"<p>{fields.get('annual_goal', '')}</p><p>布署2026工作</p>"
    if draw(st.booleans()) and table.spending_details:
        fields["details_total"] = "1"
    return replace(table, indicators=tuple(rows), fields=fields)


@given(faulty())
@settings(max_examples=60, deadline=None)
def test_fixes_mend_and_are_idempotent(table: Table) -> None:
    assert_fixes_hold(table)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_every_fault_is_told(fault: dict[str, str]) -> None:
    base = correct()["04-culture"]
    index = 2
    bad = replace(base.indicators[index], **fault)
    table = replace(base, indicators=(*base.indicators[:index], bad, *base.indicators[index + 1 :]))
    assert check_table(table) != check_table(base)
    assert_fixes_hold(table)


def test_fixes_of_truths_hold_across_tables() -> None:
    tables = list(truths().values())
    for index, finding in check_tables(tables):
        once = apply_fix(tables[index], finding)
        assert apply_fix(once, finding) == once
        assert (once != tables[index]) == (finding.fix is not None)


def test_a_fix_is_what_stands_in_the_cell_afterwards() -> None:
    for table in truths().values():
        for finding in fixable(table):
            after = apply_fix(table, finding)
            if finding.rows is None:
                assert after.fields.get(finding.field, "") == finding.fix
            else:
                assert finding.index is not None
                cell = getattr(after.rows(finding.rows)[finding.index], finding.field)
                assert cell == finding.fix


def test_a_stale_fix_does_no_harm() -> None:
    table = project(row("数量指标", "培训期数", "≥", "4", "万"))
    (finding,) = found(table, "V7")
    assert apply_fix(replace(table, indicators=()), finding) == replace(table, indicators=())


def test_fixing_a_target_forgets_how_it_was_typed() -> None:
    table = project(row("质量指标", "合格率", "≥", "90", "%", written="90%以上"))
    (finding,) = found(table, "V1")
    assert apply_fix(table, finding).indicators[0].written == ""


def test_satisfaction_moves_as_the_form_spells_it() -> None:
    table = project(row("质量指标", "学员满意度", "≥", "90", "%"))
    (finding,) = found(table, "C4")
    moved = apply_fix(table, finding).indicators[0]
    assert (moved.level1, moved.level2) == ("满意度指标", "服务对象满意度指标")
    (finding,) = found(table, "C4", Profile(levels=(("满意度", "服务对象满意度"),)))
    moved = apply_fix(table, finding).indicators[0]
    assert (moved.level1, moved.level2) == ("满意度", "服务对象满意度")


def test_a_wrong_sum_is_mended() -> None:
    lines = (SpendingDetail(amount="4"), SpendingDetail(amount="6"))
    table = replace(project(), spending_details=lines)
    table = replace(table, fields=table.fields | {"details_total": "11"})
    (finding,) = found(table, "M6")
    assert apply_fix(table, finding).fields["details_total"] == "10"


def test_a_shifted_row_is_put_right() -> None:
    shifted = Indicator("时效指标", "召开会议天数", "4", "≤", "", "天")
    (finding,) = found(project(shifted), "S2")
    mended = apply_fix(project(shifted), finding).indicators[0]
    assert mended == Indicator("产出指标", "时效指标", "召开会议天数", "≤", "4", "天")


def test_rules_are_listed_once() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    groups = {"S": 7, "V": 17, "C": 7, "D": 1, "M": 8, "T": 9}
    assert set(ids) == {f"{g}{n}" for g, last in groups.items() for n in range(1, last + 1)}
