"""M8: what stands in a money cell is told where it is no amount, or no plain one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.model.checks import Finding, apply_fix
from jixiao.model.checks.amounts import amount_in_words
from jixiao.model.table import Item, SpendingDetail
from tests.model.checks.samples import correct, found, project


def told(amount: str, **fields: str) -> list[Finding]:
    return found(project(project_amount=amount, **fields), "M8")


@pytest.mark.parametrize(
    ("amount", "fix"),
    [
        ("abc", None),
        ("1,2,3.5.6", None),
        ("=-5", None),
        ("约5", None),
        ("10-20", None),
        ("/", None),
        ("一百五万元", None),
        ("五万三元", None),
        ("叁拾", None),
        ("￥30", None),
        ("叁拾万元", "30"),
        ("三十万", "30"),
        ("人民币壹佰贰拾万零伍仟元整", "120.5"),
        ("伍万叁仟元", "5.3"),
        ("壹亿元", "10000"),
        ("30万元整", "30"),
        ("7.6（万元）", "7.6"),
        ("￥300,000.00元", "30"),
    ],
)
def test_what_cannot_be_read_as_an_amount_is_an_error(amount: str, fix: str | None) -> None:
    (finding,) = told(amount)
    assert (finding.severity, finding.field, finding.fix) == ("error", "project_amount", fix)
    assert f"“项目金额”写作“{amount}”，看不出是多少钱" in finding.message
    assert "万元" in finding.hint


@pytest.mark.parametrize(
    ("amount", "fix"),
    [
        ("30万元", "30"),
        ("300000元", "30"),
        ("1,200.5", "1200.5"),
        ("1,200.50", "1200.50"),
        ("１２", "12"),
        ("+5", "5"),
    ],
)
def test_what_is_not_a_plain_number_is_a_hint(amount: str, fix: str) -> None:
    (finding,) = told(amount)
    assert (finding.severity, finding.fix) == ("hint", fix)
    mended = apply_fix(project(project_amount=amount), finding)
    assert mended.fields["project_amount"] == fix
    assert not found(mended, "M8")


@pytest.mark.parametrize("amount", ["", " ", "10", "48.40", "12.", " 7.6 "])
def test_a_plain_amount_and_an_empty_cell_are_not_told(amount: str) -> None:
    assert not told(amount)


def test_less_than_nothing_is_an_error_and_nothing_a_warning() -> None:
    (finding,) = told("-5")
    assert (finding.severity, finding.fix) == ("error", None)
    assert "负数" in finding.message
    (finding,) = told("0.00")
    assert finding.severity == "warning"
    assert not told("10", government_fund="0")


def test_every_money_field_and_no_other_is_looked_at() -> None:
    fields = {"general_public_budget": "abc", "parent_fund_amount": "x", "project_code": "abc"}
    findings = told("10", **fields)
    assert [f.field for f in findings] == ["general_public_budget", "parent_fund_amount"]
    assert "所属专项金额" in findings[1].message


@pytest.mark.parametrize("none", ["-", "—", "——", "/", "／", "无"])
def test_a_dash_says_that_there_is_no_such_money(none: str) -> None:
    fields = {"general_public_budget": "8", "government_fund": none}
    assert not told("8", **fields)
    assert found(project(project_amount="10", **fields), "M1")


def test_rows_of_details_and_items() -> None:
    lines = (SpendingDetail("会议费", amount="4"), SpendingDetail("餐费", amount="陆万元"))
    table = replace(project(), spending_details=lines)
    (finding,) = found(table, "M8")
    place = (finding.rows, finding.index, finding.field, finding.severity, finding.fix)
    assert place == ("spending_details", 1, "amount", "error", "6")
    assert "第 2 行" in finding.message
    assert "餐费" in finding.message
    assert not found(apply_fix(table, finding), "M6")
    items = (Item("甲", "-3"), Item("乙", "abc"), Item("丙", "0"), Item("丁", ""))
    findings = found(replace(project(), kind="summary", items=items), "M8")
    assert [(f.index, f.severity) for f in findings] == [(0, "error"), (1, "error"), (2, "warning")]


def test_the_unit_of_the_table_counts() -> None:
    table = replace(project(project_amount="叁拾万元"), money_unit="元")
    (finding,) = found(table, "M8")
    assert finding.fix == "300000"
    assert "（元）" in finding.hint


def test_correct_tables_have_no_odd_amount() -> None:
    assert not [f for table in correct().values() for f in found(table, "M8") if f.fix is None]


_CAPITALS = "零壹贰叁肆伍陆柒捌玖"


def capitals(number: int) -> str:
    """A number of 1 to 99,999,999 as it is written on a cheque."""
    text, zero = "", False
    for place in range(7, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += (
                ("零" if zero and text else "")
                + _CAPITALS[digit]
                + ("", "拾", "佰", "仟")[place % 4]
            )
            zero = False
        else:
            zero = True
        if place == 4 and number >= 10_000:
            text += "万"
    return text


@given(st.integers(1, 99_999_999))
def test_amounts_in_words_are_read(number: int) -> None:
    assert amount_in_words(capitals(number) + "元整", "元") == number
