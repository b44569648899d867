"""Ignored findings: lines of notes that are read back, and stop to hold when the numbers change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.io.files.exchange import dump_tables, load_tables
from jixiao.model.checks import Finding, check_table
from jixiao.model.ignored import (
    ignored_line,
    parse_ignored,
    reasons,
    with_ignored,
    without_ignored,
)
from jixiao.model.table import Indicator, Table

WORDS = st.text(st.sampled_from("次数“”〔〕：（） \n8%"), max_size=12)


def finding(message: str, **places: object) -> Finding:
    return Finding("V12", "适当性", "warning", message, "", "value", **places)  # type: ignore[arg-type]


def test_the_line_can_be_read_by_people() -> None:
    found = finding("用了“≤”。", rows="indicators", index=0, indicator="活动次数")
    line = ignored_line(found, "上级文件规定")
    assert line == "已忽略 V12 指标“活动次数”〔用了“≤”。〕：上级文件规定"
    in_field = replace(finding("太短。"), field="annual_goal")
    assert "栏目“" in ignored_line(in_field, "就这样")


@given(WORDS, WORDS, WORDS)
def test_any_words_are_read_back(message: str, indicator: str, reason: str) -> None:
    found = finding(message, rows="indicators", index=0, indicator=indicator)
    table = with_ignored(Table(notes=("另一条",)), found, reason)
    (why,) = reasons(table, [found])
    assert why == " ".join(reason.split())
    assert without_ignored(table, found) == Table(notes=("另一条",))


@given(WORDS, WORDS)
def test_a_second_reason_replaces_the_first(first: str, second: str) -> None:
    found = finding("用了“≤”。")
    twice = with_ignored(with_ignored(Table(), found, first), found, second)
    assert twice == with_ignored(Table(), found, second)


@pytest.mark.parametrize(
    "note", ["", "已忽略", "已忽略 V12：理由", "退回意见（局 2026-01-05）：改"]
)
def test_other_notes_are_left_alone(note: str) -> None:
    assert parse_ignored(note) is None
    assert with_ignored(Table(notes=(note,)), finding("x"), "r").notes[0] == note


def test_it_holds_only_while_the_words_are_the_same() -> None:
    row = Indicator("产出指标", "时效指标", "召开会议时间", "定性", "按时", "年度")
    table = Table(indicators=(row,))
    found = next(f for f in check_table(table) if f.rule == "V6")
    let_be = with_ignored(table, found, "系统自动生成")
    now = check_table(let_be)
    assert [why for f, why in zip(now, reasons(let_be, now), strict=True) if f == found] == [
        "系统自动生成"
    ]
    other = replace(let_be, indicators=(replace(row, unit="季度"),))
    now = check_table(other)
    assert "V6" in {f.rule for f in now}
    assert set(reasons(other, now)) == {None}


def test_it_travels_in_the_exchange_file() -> None:
    table = with_ignored(Table(agency="局", year=2026), finding("用了“≤”。"), "上级文件规定")
    (again,) = load_tables(dump_tables([table]))
    assert again.notes == table.notes
