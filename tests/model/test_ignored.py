"""Ignored findings: lines of notes that are read back, and hold whatever else is mended."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.io.files.exchange import dump_tables, load_tables
from jixiao.model.checks import Finding, check_table
from jixiao.model.ignored import parse_ignored, reasons, with_ignored, without_ignored
from jixiao.model.table import Indicator, Table
from tests.model.checks.samples import project, row

WORDS = st.text(st.sampled_from("次数“”〔〕〈〉：（） \n8%"), max_size=12)
CAPPED = row("数量指标", "活动次数", "≤", "4", "次")


def finding(message: str = "用了“≤”。", **places: object) -> Finding:
    told = {"field": "comparator", "rows": "indicators", "index": 0, "indicator": "活动次数"}
    return Finding("V12", "适当性", "warning", message, "", **{**told, **places})  # type: ignore[arg-type]


def only(table: Table, rule: str) -> list[tuple[str, str | None]]:
    """(Name of the row, why it was let be) of each finding of a rule."""
    found = check_table(table)
    told = zip(found, reasons(table, found), strict=True)
    return [(one.indicator, why) for one, why in told if one.rule == rule]


def let_be(table: Table, rule: str, reason: str = "上级规定") -> Table:
    return with_ignored(table, [f for f in check_table(table) if f.rule == rule], reason)


def test_the_line_can_be_read_by_people() -> None:
    table = let_be(project(CAPPED), "V12", "上级文件规定")
    assert table.notes == ("已忽略 V12 〈指标.类型〉“活动次数”：上级文件规定",)
    field = replace(finding(), rule="S1", field="project_category", rows=None, index=None)
    assert with_ignored(Table(), [field], "无").notes == ("已忽略 S1 〈项目类别〉：无",)


@given(WORDS, WORDS, WORDS)
def test_any_words_are_read_back(name: str, matter: str, reason: str) -> None:
    found = finding(matter=matter)
    rows = (Indicator(level3=name), Indicator(level3=name))
    before = Table(indicators=rows, notes=("另一条",))
    table = with_ignored(before, [found], reason)
    other = replace(found, index=1)
    assert reasons(table, [found, other]) == [" ".join(reason.split()), None]
    assert without_ignored(table, [other]) == table
    assert without_ignored(table, [found]) == before


@given(WORDS, WORDS)
def test_a_second_reason_replaces_the_first(first: str, second: str) -> None:
    table = Table(indicators=(CAPPED,))
    twice = with_ignored(with_ignored(table, [finding()], first), [finding()], second)
    assert twice == with_ignored(table, [finding()], second)


@pytest.mark.parametrize(
    "note", ["", "已忽略", "已忽略 V12：理由", "退回意见（局 2026-01-05）：改"]
)
def test_other_notes_are_left_alone(note: str) -> None:
    assert parse_ignored(note) is None
    table = Table(indicators=(CAPPED,), notes=(note,))
    assert with_ignored(table, [finding()], "r").notes[0] == note


def test_it_holds_when_the_sentence_is_another() -> None:
    table = with_ignored(Table(indicators=(CAPPED,)), [finding()], "上级规定")
    assert reasons(table, [finding("“活动次数”的方向不对。")]) == ["上级规定"]


def test_it_holds_when_a_unit_is_mended_or_a_row_comes_in() -> None:
    table = let_be(project(CAPPED), "V12")
    mended = replace(table, indicators=(replace(CAPPED, unit="场"),))
    assert only(mended, "V12") == [("活动次数", "上级规定")]
    other = row("数量指标", "印发资料", "≤", "100", "份")
    longer = replace(table, indicators=(other, CAPPED))
    assert only(longer, "V12") == [("印发资料", None), ("活动次数", "上级规定")]


def test_another_row_another_column_another_matter_are_told() -> None:
    both = project(CAPPED, replace(CAPPED, level2="质量指标"))
    assert {name for name, _ in only(both, "V12")} == {"活动次数"}
    first = replace(finding(), index=0)
    table = with_ignored(both, [first], "上级规定")
    others = [replace(first, index=1), replace(first, field="value"), replace(first, matter="x")]
    assert reasons(table, others) == [None, None, None]


def test_one_missing_class_let_be_is_not_another() -> None:
    table = project(CAPPED)
    found = [f for f in check_table(table) if f.rule == "S3"]
    assert len(found) > 2
    table = with_ignored(table, found[:1], "没有")
    assert reasons(table, found) == ["没有", *[None] * (len(found) - 1)]


def test_lines_of_earlier_versions_are_read() -> None:
    now = next(f for f in check_table(project(CAPPED)) if f.rule == "V12")
    reworded = "已忽略 V12 指标“活动次数”〔“活动次数”写作“≤4次”，越少越好。〕：上级规定"
    exact = f"已忽略 V12〔{now.message}〕：照旧"
    whole = "已忽略 V12〔本表全部〕：系统这样打印"
    for note, why in ((reworded, "上级规定"), (exact, "照旧"), (whole, "系统这样打印")):
        table = replace(project(CAPPED), notes=(note,))
        assert only(table, "V12") == [("活动次数", why)]
    assert without_ignored(replace(project(CAPPED), notes=(reworded,)), [now]).notes == ()
    in_field = replace(now, rule="T6", field="annual_goal", rows=None, index=None, indicator="")
    table = Table(notes=("已忽略 T6 栏目“年度绩效目标”〔没有数字。〕：只有一件事",))
    assert reasons(table, [in_field]) == ["只有一件事"]


def test_it_travels_in_the_exchange_file() -> None:
    table = let_be(project(CAPPED), "V12")
    (again,) = load_tables(dump_tables([table]))
    assert again.notes == table.notes
    assert only(again, "V12") == [("活动次数", "上级规定")]
