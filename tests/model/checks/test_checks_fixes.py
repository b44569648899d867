"""Fixes: each mends its finding, changes only the cells it names, and nothing when done twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.model.checks import RULES, Finding, Profile, apply_fix, check_table, check_tables
from jixiao.model.table import LIST_NAMES, Indicator, SpendingDetail, Table
from tests.model.checks.samples import DATA, correct, found, one, project, row, truths

FAULTS: tuple[dict[str, str], ...] = (
    {"unit": "百分比"},
    {"unit": "万"},
    {"unit": ""},
    {"comparator": ""},
    {"comparator": "≧"},
    {"comparator": "定量"},
    {"comparator": "定量", "value": "95", "unit": "%", "level3": "设施合格率"},
    {"comparator": "定性"},
    {"comparator": "定性", "value": "≥95%"},
    {"comparator": "定性", "value": "良好"},
    {"written": "90%以上", "comparator": "≥", "value": "90", "unit": "%"},
    {"written": "≧", "comparator": "≥"},
    {"written": "\\geq", "comparator": "≥"},
    {"comparator": "≥", "value": "95%", "unit": ""},
    {"level3": "演出完成率", "comparator": "≥", "value": "100", "unit": "%"},
    {"value": "3-5"},
    {"level3": "<p>培训&nbsp;次数</p>"},
    {"level3": "会体会议次数"},
    {"level3": "群众满意度", "level1": "产出指标", "level2": "质量指标"},
    {"level1": "时效指标", "level2": "", "level3": "完成时间"},
    {"level1": "社会效益", "level2": "受益人数", "level3": ""},
    {"level1": "产出指标", "level2": "社会效益指标"},
    {"explanation": "2026支援"},
    {"comparator": "", "value": "292", "unit": "%", "level3": "设施合格率"},
    {"comparator": "≥", "value": "1", "unit": "次", "level3": "安全事故次数"},
    {"comparator": "=", "value": "90", "unit": "%", "level3": "学员满意度"},
    {"comparator": "≥", "value": "3", "unit": "次", "level3": "召开会议次数", "level2": "质量指标"},
    {"comparator": "定性", "value": "按期完成", "unit": "无"},
    {"level1": "服务对象满意度", "level2": "", "level3": "学员满意度"},
    {"explanation": "推进治理体系和治理能力提供保障"},
)

FIXING = {"S2", "V1", "V2", "V3", "V4", "V5", "V6", "V7", "V9", "V10", "V12", "V17"} | {
    "C1", "C4", "M1", "M6", "T2", "T5", "T8",
}  # fmt: skip
"""The rules of which a click can mend something."""


def across() -> list[Table]:
    """Tables whose faults lie in their header fields or between several cells."""
    base = correct()["04-culture"]
    sums = {"budget_total": "9", "general_public_budget": "10", "basic_expenditure": "10"}
    return [
        replace(base, title="2025年项目支出绩效目标表"),
        replace(base, kind="department", fields=sums),
        replace(
            base, spending_details=(SpendingDetail(amount="5"),), fields={"details_total": "6"}
        ),
    ]


def elsewhere() -> dict[str, Table]:
    """The tables of other places that are full of mistakes."""
    folder = DATA / "checks" / "faulty"
    return {path.stem: one(path) for path in sorted(folder.glob("*.json"))}


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
        for index, (row_before, row_after) in enumerate(zip(old, new, strict=True)):
            for column in type(row_before).__slots__:
                if getattr(row_before, column) != getattr(row_after, column):
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


@pytest.mark.parametrize("name", elsewhere())
def test_fixes_of_other_tables_hold(name: str) -> None:
    assert_fixes_hold(elsewhere()[name])


def test_fixes_of_headers_hold() -> None:
    for table in across():
        assert fixable(table)
        assert_fixes_hold(table)


def test_every_rule_with_a_fix_is_tried() -> None:
    base = correct()["04-culture"]
    faults = [
        replace(base, indicators=(replace(base.indicators[2], **fault), *base.indicators))
        for fault in FAULTS
    ]
    told = {finding.rule for table in (*faults, *across()) for finding in fixable(table)}
    published = {f.rule for table in truths().values() for f in fixable(table)}
    others = {f.rule for table in elsewhere().values() for f in fixable(table)}
    assert told == FIXING
    assert published | others <= FIXING


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
    assert len(ids) >= 50
    last = Counter(rule_id[0] for rule_id in ids)
    assert ids == [f"{letter}{n}" for letter in last for n in range(1, last[letter] + 1)]
