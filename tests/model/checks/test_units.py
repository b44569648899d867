"""Amounts under a wrong money unit, and counting them in another one, exactly."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from jixiao.app.checking.mending import mend
from jixiao.model.checks import DEFAULT_PROFILE, Finding, apply_fix, check_table
from jixiao.model.table import Item, SpendingDetail, Table
from tests.io.forms import built_in

PRINTED = replace(DEFAULT_PROFILE, money_unit="万元", prints_unit=True)
UNSAID = replace(DEFAULT_PROFILE, money_unit="万元", prints_unit=False)


def table(**fields: str) -> Table:
    return Table(kind="department", money_unit="元", fields=fields)


def clash(table: Table, profile=PRINTED) -> Finding | None:
    found = [f for f in check_table(table, profile) if f.field == "money_unit"]
    assert len(found) <= 1
    return found[0] if found else None


def test_another_unit_than_the_form_prints_is_an_error() -> None:
    found = clash(table(budget_total="9491340"))
    assert found is not None
    assert (found.rule, found.severity, found.fix) == ("M8", "error", "万元")
    assert "表样印的金额单位是万元，这张表的金额以元计。" in found.message


def test_where_the_form_has_no_unit_it_is_a_warning() -> None:
    found = clash(table(budget_total="9491340"), UNSAID)
    assert found is not None
    assert found.severity == "warning"
    assert "不印金额单位" in found.message


def test_nothing_is_said_where_units_agree_or_nothing_is_counted() -> None:
    assert clash(replace(table(budget_total="5"), money_unit="万元")) is None
    assert clash(replace(table(budget_total="5"), money_unit="")) is None
    assert clash(table(department_name="甲局")) is None
    assert clash(table(budget_total="5"), DEFAULT_PROFILE) is None


def test_all_amounts_are_counted_anew() -> None:
    before = Table(
        kind="project",
        money_unit="元",
        fields={
            "project_name": "甲",
            "project_amount": "1,234.50",
            "other_funds": "48.4万元",
            "fiscal_funds": "-",
            "上年结转资金": "30000",
            "编制人数": "30000",
        },
        spending_details=(SpendingDetail("会议", "", "9491340"), SpendingDetail("空")),
        items=(Item("乙", "1"),),
    )
    found = clash(before)
    assert found is not None
    after = apply_fix(before, found)
    assert after.money_unit == "万元"
    assert after.fields == {
        "project_name": "甲",
        "project_amount": "0.12345",
        "other_funds": "48.4",
        "fiscal_funds": "-",
        "上年结转资金": "3",
        "编制人数": "30000",
    }
    assert [row.amount for row in after.spending_details] == ["949.134", ""]
    assert after.items[0].amount == "0.0001"
    assert clash(after) is None


def test_with_an_amount_that_cannot_be_read_nothing_is_offered() -> None:
    found = clash(table(budget_total="9491340", other_funds="约五万"))
    assert found is not None
    assert found.fix is None
    assert "约五万" in found.hint


def test_only_a_person_decides() -> None:
    before = table(budget_total="9491340")
    found = clash(before)
    assert found is not None
    assert not found.sure
    assert mend(built_in("tongyong-xiangmu"), before, PRINTED)[0] == before


@given(st.decimals(0, 10**12, places=2))
def test_there_and_back_is_the_same_amount(amount: Decimal) -> None:
    before = table(budget_total=str(amount))
    found = clash(before)
    assert found is not None
    there = apply_fix(before, found)
    back = clash(there, replace(PRINTED, money_unit="元"))
    assert back is not None
    assert Decimal(apply_fix(there, back).fields["budget_total"]) == amount
