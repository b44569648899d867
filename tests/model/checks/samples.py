"""Tables for the tests of the checks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jixiao.io.files.exchange import load_tables
from jixiao.model.checks import Finding, Profile, check_table, check_tables
from jixiao.model.table import Indicator, Table

DATA = Path(__file__).parents[2] / "data"


def one(path: Path) -> Table:
    """The table of an exchange file."""
    (table,) = load_tables(path.read_text(encoding="utf-8"))
    return table


@cache
def truths() -> dict[str, Table]:
    """The published tables, by the name of their file."""
    return {path.stem: one(path) for path in sorted((DATA / "truth").glob("*.json"))}


@cache
def correct() -> dict[str, Table]:
    """The tables that have no fault, by the name of their file."""
    return {path.stem: one(path) for path in sorted((DATA / "correct").glob("*.json"))}


@cache
def findings_of_truths() -> list[tuple[str, Finding]]:
    """Every finding in the published tables, each document's tables checked together."""
    names = list(truths())
    return [(names[i], finding) for i, finding in check_tables(list(truths().values()))]


def row(
    level2: str,
    level3: str,
    comparator: str,
    value: str,
    unit: str,
    *,
    written: str = "",
    explanation: str = "",
) -> Indicator:
    """An indicator of vintage 2021; its first level follows from the second."""
    first = {
        "数量指标": "产出指标",
        "质量指标": "产出指标",
        "时效指标": "产出指标",
        "经济成本指标": "成本指标",
        "社会成本指标": "成本指标",
        "生态环境成本指标": "成本指标",
        "服务对象满意度": "满意度",
    }.get(level2, "效益指标")
    return Indicator(first, level2, level3, comparator, value, unit, explanation, written=written)


def project(*indicators: Indicator, goal: str = "完成培训4期。", **fields: str) -> Table:
    """A project's table of 2026 with these indicators."""
    told = {"project_name": "甲项目", "project_amount": "10", "annual_goal": goal, **fields}
    agency = "株洲市渌口区教育局"
    return Table(agency=agency, year=2026, money_unit="万元", fields=told, indicators=indicators)


def found(table: Table, rule: str, profile: Profile | None = None) -> list[Finding]:
    """The findings of one rule in a table."""
    return [f for f in check_table(table, profile or Profile()) if f.rule == rule]
