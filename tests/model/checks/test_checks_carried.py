"""Mistakes that the reading heals, on tables that still carry them, and drafts that do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.importing.drafts import read_draft
from jixiao.model.checks import Finding, Profile, check_table
from jixiao.model.checks.healed import healed_line
from jixiao.model.table import Indicator
from tests.model.checks.samples import DATA, found, project, row, truths


def at(findings: list[Finding]) -> list[tuple[int | None, str]]:
    return [(f.index, f.field) for f in findings]


def test_1_html_tags() -> None:
    table = truths()["lukou2026-department"]
    tasks = tuple(replace(task, content=f"<p>{task.content}</p>") for task in table.tasks)
    goal = f"<p>{table.fields['annual_goal']}</p>"
    bad = replace(table, tasks=tasks, fields=table.fields | {"annual_goal": goal})
    told = found(bad, "T2")
    assert [(f.rows, f.index, f.field) for f in told] == [
        (None, None, "annual_goal"),
        *(("tasks", i, "content") for i in range(4)),
    ]
    assert told[0].fix == table.fields["annual_goal"]


SHIFTED = {
    "12": Indicator("时效指标", "", "召开会议时间", "定性", "2026年1月", "年度"),
    "12b": Indicator("时效指标", "召开会议天数", "4", "≤", "", "天"),
    "14": Indicator("时效指标", "时间", "", "定性", "2026年度", "年度"),
    "15": Indicator("社会效益", "代表票选民生实事项", "", "=", "10", "件"),
}


@pytest.mark.parametrize("number", SHIFTED)
def test_12_14_15_shifted_rows(number: str) -> None:
    for profile in (Profile(), Profile(levels=truths_levels())):
        (finding,) = found(project(SHIFTED[number]), "S2", profile)
        assert (finding.rows, finding.index, finding.field) == ("indicators", 0, "level1")
        assert finding.severity == "error"
        assert finding.fix in {"产出指标", "效益指标"}


def truths_levels() -> tuple[tuple[str, str], ...]:
    rows = truths()["lukou2026-project-1"].indicators
    return tuple(dict.fromkeys((entry.level1, entry.level2) for entry in rows))


@pytest.mark.parametrize(
    ("written", "sign"),
    [("≧", "≥"), ("≦", "≤"), ("\\geq", "≥"), ("\\leq", "≤"), ("$\\leq$", "≤"), (">=", "≥"),
     ("&ge;", "≥"), ("不少于", "≥"), ("不少于500人", "≥"), ("≧500人", "≥"), ("控制在", "≤"),
     ("大于等于", "≥")],
)  # fmt: skip
def test_16_21_odd_comparators(written: str, sign: str) -> None:
    table = project(row("数量指标", "接待人次", sign, "500", "人", written=written))
    (finding,) = found(table, "V2")
    assert at([finding]) == [(0, "comparator")]
    assert finding.fix == sign
    assert sign in finding.message


@pytest.mark.parametrize(
    ("written", "sign", "value", "unit"),
    [
        ("90%以上", "≥", "90", "%"),
        ("95％及以上", "≥", "95", "%"),
        ("30万元以内", "≤", "30", "万元"),
    ],
)
def test_31_comparators_as_suffix(written: str, sign: str, value: str, unit: str) -> None:
    table = project(row("质量指标", "合格率", sign, value, unit, written=written))
    (finding,) = found(table, "V1")
    assert at([finding]) == [(0, "value")]
    assert finding.severity == "error"


@pytest.mark.parametrize("written", ["", "≥", "≥500人", "＝500", "500人", "95%", "≥ 95 %"])
def test_usual_writing_is_not_odd(written: str) -> None:
    table = project(row("数量指标", "接待人次", "≥", "500", "人", written=written))
    told = {f.rule for f in check_table(table)}
    assert not told & {"V1", "V2", "V3"}


def test_a_type_that_is_no_comparator() -> None:
    table = project(row("社会成本指标", "社会成本", "定性", "无", "", written="定量"))
    (finding,) = found(table, "V3")
    assert finding.severity == "error"
    assert "定量" in finding.message


@pytest.mark.parametrize(
    ("draft", "rule", "names"),
    [
        ("messy-1-lukou2026-project-1", "V2", {"出席会议人数", "主席团会议次数", "伙食费"}),
        ("messy-2-lukou2026-projects-3-4", "V2", {"民事实事事项征集意见建议", "民生实事项目经费"}),
        ("shifeng2023-department", "V1", {"服务对象满意度"}),
    ],
)  # fmt: skip
def test_16_21_31_in_drafts_that_were_read(draft: str, rule: str, names: set[str]) -> None:
    readings = read_draft(FormLibrary([]), DATA / "drafts" / f"{draft}.xlsx")
    told = {f.indicator for reading in readings for f in found(reading.table, rule)}
    assert names <= told


def test_what_the_reading_mended_is_told_from_the_notes() -> None:
    table = truths()["lukou2026-project-1"]
    notes = (
        healed_line("S2", "level1", "时效指标", "indicators", 8),
        healed_line("T2", "annual_goal", "<p>"),
        healed_line("S2", "level1", "时效指标", "indicators", 99),
        "别的说明",
    )
    table = replace(table, notes=notes)
    (level,) = found(table, "S2")
    assert (level.rows, level.index, level.field) == ("indicators", 8, "level1")
    assert level.message == "原稿“召开会议时间”的级次写作“时效指标”，读入时已经改正。"
    (markup,) = found(table, "T2")
    assert (markup.rows, markup.index, markup.field) == (None, None, "annual_goal")
    assert markup.message == "原稿“年度绩效目标”里夹有网页标记“<p>”，读入时已经去掉。"
    table = replace(table, notes=(healed_line("T2", "explanation", "<br>", "indicators", 8),))
    (row,) = found(table, "T2")
    assert row.message == "原稿“召开会议时间”的指标值说明里夹有网页标记“<br>”，读入时已经去掉。"
