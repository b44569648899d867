"""The money rules, on published tables and on tables with one number changed."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.model import checks
from jixiao.model.checks import DEFAULT_PROFILE, Finding, Profile
from jixiao.model.numbers import amount_of, decimal_of, in_unit, percent_of, plain
from jixiao.model.table import Indicator, Item, Share, SpendingDetail, Table

SUMS = frozenset({"M1", "M2", "M3", "M6", "M7"})


def check_table(table: Table, profile: Profile = DEFAULT_PROFILE) -> list[Finding]:
    """What the rules about sums say about one table."""
    return [f for f in checks.check_table(table, profile) if f.rule in SUMS]


def check_tables(
    tables: list[Table], profiles: dict[str, Profile] | None = None
) -> list[tuple[int, Finding]]:
    """What the rules about sums say about several tables."""
    return [(i, f) for i, f in checks.check_tables(tables, profiles) if f.rule in SUMS]


TRUTHS = Path(__file__).parents[1] / "data" / "truth"


def rows(kind: type[Any], entries: list[dict[str, Any]]) -> tuple[Any, ...]:
    return tuple(kind(**{key: text or "" for key, text in entry.items()}) for entry in entries)


def published(name: str) -> Table:
    """A published table, with the parts that money rules look at."""
    truth = json.loads((TRUTHS / f"{name}.json").read_text(encoding="utf-8"))
    fields = dict(truth["fields"])
    schedule = fields.pop("payment_schedule", [])
    return Table(
        agency=truth["agency"],
        year=truth["year"],
        kind=truth["kind"],
        title=truth["title"],
        money_unit=truth["money_unit"],
        fields=fields,
        payment_schedule=rows(Share, schedule),
        indicators=rows(Indicator, truth["indicators"]),
        spending_details=rows(SpendingDetail, truth.get("spending_details", [])),
        items=rows(Item, truth.get("items", [])),
    )


NAMES = sorted(path.stem for path in TRUTHS.glob("*.json"))


def with_fields(table: Table, **fields: str) -> Table:
    return replace(table, fields=table.fields | fields)


def only(findings: list[Finding]) -> Finding:
    assert len(findings) == 1, findings
    return findings[0]


def test_published_tables_have_one_true_fault() -> None:
    tables = [published(name) for name in NAMES]
    found = [(NAMES[index], finding.rule) for index, finding in check_tables(tables)]
    # The document holds one of the four projects that make up 106 万元.
    assert found == [("hetang2024-department", "M2")]


# --- M1 ------------------------------------------------------------------------------------


def test_m1_total_against_income_and_expenditure() -> None:
    table = with_fields(published("lukou2026-department"), general_public_budget="690")
    finding = only(check_table(table))
    assert (finding.rule, finding.severity, finding.dimension) == ("M1", "error", "适当性")
    assert (finding.field, finding.rows, finding.fix) == ("budget_total", None, None)
    assert finding.message == ("资金总额 697.61 万元，比按收入性质各项合计 690 万元多 7.61 万元。")


def test_m1_proposes_the_total_on_which_both_sides_agree() -> None:
    finding = only(check_table(with_fields(published("lukou2026-department"), budget_total="700")))
    assert finding.fix == "697.61"
    assert "收入各项合计与支出合计 697.61 万元多 2.39 万元" in finding.message


def test_m1_without_a_total_compares_both_sides() -> None:
    table = Table(
        kind="department",
        fields={"general_public_budget": "10", "government_fund": "2", "basic_expenditure": "11"},
    )
    assert only(check_table(table)).rule == "M1"
    assert check_table(with_fields(table, project_expenditure="1.00")) == []


def test_m1_project_is_fiscal_and_other_funds() -> None:
    table = published("lunan2025-project-2")
    assert check_table(with_fields(table, fiscal_funds="8", other_funds="2.00")) == []
    finding = only(check_table(with_fields(table, other_funds="2.00")))
    assert (finding.rule, finding.field) == ("M1", "project_amount")
    assert "项目金额 10.00 万元，比资金来源合计 12 万元少 2 万元。" in finding.message


@pytest.mark.parametrize("text", ["待定", "", "10-12"])
def test_m1_says_nothing_about_what_is_no_amount(text: str) -> None:
    assert check_table(with_fields(published("lukou2026-department"), budget_total=text)) == []
    table = with_fields(published("lukou2026-department"), government_fund=text)
    assert check_table(table) == []


def test_amounts_with_a_unit_of_their_own_are_converted() -> None:
    table = published("lukou2026-department")
    assert check_table(with_fields(table, budget_total="6976100元")) == []
    assert check_table(with_fields(table, budget_total="697.61 万元")) == []


# --- M2 ------------------------------------------------------------------------------------


def lukou() -> list[Table]:
    return [published(name) for name in NAMES if name.startswith("lukou2026-")]


def test_m2_projects_against_the_department() -> None:
    tables = lukou()
    assert check_tables(tables) == []
    ((index, finding),) = check_tables(tables[:-1])
    assert (index, finding.rule, finding.field) == (0, "M2", "project_expenditure")
    assert finding.message == (
        "3 张项目表的项目金额合计 150.2 万元，比项目支出 157.8 万元少 7.6 万元。"
    )
    assert "还有项目没有填表" in finding.hint


def test_m2_converts_the_projects_money_unit() -> None:
    tables = lukou()
    last = replace(tables[-1], money_unit="元")
    amount = with_fields(last, project_amount="76000")
    assert check_tables([*tables[:-1], amount]) == []


def test_m2_keeps_agencies_and_years_apart() -> None:
    tables = lukou()
    other = replace(tables[1], agency="别的单位")
    last_year = replace(tables[1], year=2025)
    unknown = replace(tables[1], year=None)
    assert check_tables([*tables, other, last_year, unknown]) == []


def test_m2_names_projects_without_an_amount() -> None:
    tables = lukou()
    blank = with_fields(tables[-1], project_amount="")
    ((_, finding),) = check_tables([*tables[:-1], blank])
    assert blank.name in finding.hint


def test_m2_needs_both_sides() -> None:
    tables = lukou()
    assert check_tables(tables[:1]) == []
    assert check_tables(tables[1:3]) == []
    assert check_tables([with_fields(tables[0], project_expenditure="", basic_expenditure=""),
                         tables[1]]) == []  # fmt: skip


# --- M3 ------------------------------------------------------------------------------------


def with_cost(amount: str, *costs: Indicator) -> Table:
    return Table(kind="project", money_unit="万元", fields={"project_amount": amount},
                 indicators=costs)  # fmt: skip


def cost(value: str, unit: str = "万元", **parts: str) -> Indicator:
    row = Indicator("成本指标", "经济成本指标", "会议费", "≤", value, unit)
    return replace(row, **parts)


def test_m3_more_cost_than_money_is_an_error() -> None:
    table = published("lukou2026-project-1")
    at = next(i for i, row in enumerate(table.indicators) if row.level3 == "住宿费")
    more = replace(table.indicators[at], value="24.6")
    raised = (*table.indicators[:at], more, *table.indicators[at + 1 :])
    finding = only(check_table(replace(table, indicators=raised)))
    assert (finding.rule, finding.severity) == ("M3", "error")
    assert (finding.rows, finding.index, finding.field) == ("indicators", at, "value")
    assert finding.indicator == "住宿费"
    assert finding.message == "成本指标合计 49.4 万元，比项目金额 48.4 万元多 1 万元。"


def test_m3_less_cost_is_a_warning() -> None:
    finding = only(check_table(with_cost("10", cost("9.50"))))
    assert finding.severity == "warning"
    assert finding.message == "成本指标“会议费” 9.5 万元，比项目金额 10 万元少 0.5 万元。"


@pytest.mark.parametrize(
    "costs",
    [
        (cost("100000", "元"),),
        (cost("10", "万"),),
        (cost("10", comparator="="),),
        (cost("10", comparator=""),),
        (cost("10", level1="产出指标", level2="成本指标"),),
        (cost("10"), cost("3000", "元/人")),
        (cost("10"), cost("500", "元", level3="人均伙食标准")),
        (cost("10"), cost("3", level2="社会成本指标")),
        (cost("10"), cost("99", level1="效益指标", level2="经济效益指标")),
        (cost("10"), cost("5", comparator="≥")),
        (cost("10"), cost("")),
        (cost("10", level3="总成本"), cost("4"), cost("6")),
        (cost("187", "人"),),
        (cost("约10"),),
        (),
    ],
)
def test_m3_accepts(costs: tuple[Indicator, ...]) -> None:
    assert check_table(with_cost("10.00", *costs)) == []


def test_m3_is_for_projects() -> None:
    department = replace(with_cost("10", cost("9")), kind="department")
    assert check_table(department) == []


# --- M6, M7 --------------------------------------------------------------------------------


def with_details(total: str, amount: str, *lines: str) -> Table:
    fields = {"project_amount": amount, "details_total": total}
    return Table(kind="project", money_unit="万元", fields=fields,
                 spending_details=tuple(SpendingDetail(amount=line) for line in lines))  # fmt: skip


def test_m6_lines_total_and_amount_agree() -> None:
    assert check_table(with_details("36", "36.00", "10", "26", "")) == []
    assert check_table(with_details("", "36.00", "10", "26")) == []
    assert check_table(with_details("", "36.00")) == []
    assert check_table(with_details("36", "36.00", "见附件", "26")) == []


def test_m6_a_wrong_total_can_be_mended() -> None:
    finding = only(check_table(with_details("35", "36", "10", "26")))
    assert (finding.rule, finding.field, finding.fix) == ("M6", "details_total", "36")
    assert finding.message == "支出明细的合计 35 万元，比支出明细各行合计 36 万元少 1 万元。"


def test_m6_a_wrong_line() -> None:
    finding = only(check_table(with_details("36", "36", "10", "25")))
    assert finding.fix == "35"
    finding = only(check_table(with_details("", "36", "10", "25")))
    assert (finding.rows, finding.index, finding.field) == ("spending_details", 0, "amount")


def test_m6_total_and_lines_both_differ_from_the_amount() -> None:
    table = with_details("35", "40", "10", "26")
    assert [finding.rule for finding in check_table(table)] == ["M6", "M6"]


def test_m6_summary() -> None:
    table = published("shifeng2023-summary")
    finding = only(check_table(with_fields(table, budget_total="93")))
    assert (finding.field, finding.fix) == ("budget_total", "92.1")
    assert finding.message == "合计 93 万元，比各项目金额之和 92.1 万元多 0.9 万元。"


def schedule(*percents: str) -> Table:
    return Table(payment_schedule=tuple(Share(f"{i}月底", p) for i, p in enumerate(percents, 3)))


@pytest.mark.parametrize(
    "percents",
    [("100",), ("35", "35", "30"), ("35%", "65％"), ("25", "50", "100"), ("0", "100", "100"),
     ("", "100", ""), ("按进度", "40"), (), ("33.3", "33.3", "33.4")],
)  # fmt: skip
def test_m7_accepts(percents: tuple[str, ...]) -> None:
    assert check_table(schedule(*percents)) == []


@pytest.mark.parametrize("percents", [("35", "35", "35"), ("90",), ("50", "40", "100"), ("101",)])
def test_m7_refuses(percents: tuple[str, ...]) -> None:
    finding = only(check_table(schedule(*percents)))
    assert (finding.rule, finding.field) == ("M7", "payment_schedule")
    assert f"3月底 {percents[0]}%" in finding.message


def test_a_form_can_switch_a_rule_off() -> None:
    profile = Profile(switched_off=frozenset({"M7"}))
    assert check_table(schedule("90"), profile) == []
    table = replace(schedule("90"), form="a")
    assert check_tables([table], {"a": profile}) == []
    assert len(check_tables([table])) == 1


# --- numbers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [("56.10", "56.10"), (" 7.6 ", "7.6"), ("１２", "12"), ("1,234.5", "1234.5"),
     ("1，234", "1234"), ("1 234", "1234"), ("-3", "-3"), (".5", "0.5"), ("007", "7")],
)  # fmt: skip
def test_numbers(text: str, number: str) -> None:
    assert decimal_of(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", " ", "-", "1e5", "NaN", "Infinity", "5%", "10元", "1-2", "1,23", "十", "9" * 999]
)
def test_no_numbers(text: str) -> None:
    assert decimal_of(text) is None


@given(st.decimals(-(10**9), 10**9, places=3))
def test_plain_numbers_are_read_back(number: Decimal) -> None:
    assert decimal_of(plain(number)) == number
    assert in_unit(in_unit(number, "万元", "元"), "元", "万元") == number


def test_money_units() -> None:
    assert in_unit(Decimal("56.1"), "万元", "元") == 561000
    assert in_unit(Decimal(3), "亿元", "万") == 30000
    assert amount_of("3千元", "元") == 3000
    assert amount_of("1亿", "万元") == 10000
    assert amount_of("5人", "万元") is None
    assert percent_of("35%") == 35
    with pytest.raises(ValueError, match="人"):
        in_unit(Decimal(1), "人", "元")
