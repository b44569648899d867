"""What the overview asks of one table, worked out once for each state of the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from jixiao.io.paper.form.form import Form
from jixiao.model.checks import DEFAULT_PROFILE
from jixiao.model.checks.kinds import Class
from jixiao.model.checks.money import money_unit
from jixiao.model.checks.view import View
from jixiao.model.fields import META_KEYS, label_of
from jixiao.model.numbers import amount_of, in_unit
from jixiao.model.table import Indicator, Kind, Table
from jixiao.model.vocabulary import QUALITATIVE, canonical_level1, canonical_level2

UNIT = "万元"
"""The money unit of all amounts in an overview."""

INCOME = (
    "general_public_budget",
    "government_fund",
    "fiscal_special_account",
    "fiscal_funds",
    "other_funds",
)
SPENDING = ("basic_expenditure", "project_expenditure")
CLASSES: Mapping[Class, str] = {
    "quantity": "数量指标",
    "quality": "质量指标",
    "time": "时效指标",
    "cost": "成本指标",
    "benefit": "效益指标",
    "satisfaction": "满意度指标",
}
"""The classes of which a project's or department's table should have an indicator."""

_REQUIRED: Mapping[Kind, tuple[str, ...]] = {
    "department": ("department_name", "annual_goal", "budget_total"),
    "project": ("project_name", "project_amount", "annual_goal"),
}
"""What must be filled where the form does not say."""

_TOTALS: Mapping[Kind, str] = {"project": "project_amount"}


@dataclass(frozen=True, slots=True)
class TableFacts:
    """One table in numbers; amounts in ``UNIT``.

    Attributes:
        table_id: Its id.
        agency: Its agency, or department.
        year: Its year.
        kind: Its kind.
        name: What the tree calls it.
        total: Its 资金总额 or 项目金额; None where it is blank or no amount.
        amounts: Parts by field key, those that are written.
        unreadable: Labels of money fields whose text is no amount.
        filled: How many of the things it needs are there.
        needed: How many it needs.
        missing: What is not there, in Chinese.
        levels: How many indicators of each (level 1, level 2), canonical where known.
        quantitative: Indicators with a number as target.
        qualitative: Indicators marked 定性 or with a text as target.
        open: Indicators without a target value.
    """

    table_id: int
    agency: str
    year: int | None
    kind: Kind
    name: str
    total: Decimal | None = None
    amounts: Mapping[str, Decimal] = field(default_factory=dict[str, Decimal])
    unreadable: tuple[str, ...] = ()
    filled: int = 0
    needed: int = 0
    missing: tuple[str, ...] = ()
    levels: Mapping[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    quantitative: int = 0
    qualitative: int = 0
    open: int = 0

    @property
    def fullness(self) -> float:
        """How full it is, from 0 to 1."""
        return self.filled / self.needed if self.needed else 1.0


def facts_of(table_id: int, table: Table, form: Form | None = None) -> TableFacts:
    """A table in numbers.

    Args:
        table_id: Its id.
        table: The table.
        form: The form it is shown in, which tells what must be filled.
    """
    indicators = [row for row in table.indicators if row.level3.strip()]
    sorts = Counter(_sort_of(row) for row in indicators)
    amounts, unreadable = _amounts(table)
    present, missing = _completeness(table, form, indicators)
    return TableFacts(
        table_id=table_id,
        agency=table.agency or table.fields.get("department_name", ""),
        year=table.year,
        kind=table.kind,
        name=table.name,
        total=amounts.pop(_TOTALS.get(table.kind, "budget_total"), None),
        amounts=amounts,
        unreadable=unreadable,
        filled=present,
        needed=present + len(missing),
        missing=missing,
        levels=Counter(_pair(row.level1, row.level2) for row in indicators),
        quantitative=sorts["number"],
        qualitative=sorts["text"],
        open=sorts[""],
    )


def _sort_of(row: Indicator) -> str:
    if row.comparator == QUALITATIVE:
        return "text"
    if not row.value:
        return "text" if row.written else ""
    return "number" if row.value[0].isdecimal() or row.comparator else "text"


@lru_cache(maxsize=4096)
def _pair(level1: str, level2: str) -> tuple[str, str]:
    return (
        canonical_level1(level1) or " ".join(level1.split()),
        canonical_level2(level2) or " ".join(level2.split()),
    )


@lru_cache(maxsize=4096)
def _class_of(level1: str, level2: str) -> Class:
    """The class as the checks see it."""
    row = Indicator(level1, level2, "某事")
    return View(Table(indicators=(row,)), DEFAULT_PROFILE).lines[0].kind


def _amounts(table: Table) -> tuple[dict[str, Decimal], tuple[str, ...]]:
    """The money fields that are written, in ``UNIT``, and the labels of those that are none."""
    unit = money_unit(table)
    keys = (_TOTALS.get(table.kind, "budget_total"), *INCOME, *SPENDING)
    amounts: dict[str, Decimal] = {}
    unreadable: list[str] = []
    for key in keys:
        text = table.fields.get(key, "").strip()
        if not text:
            continue
        amount = amount_of(text, unit)
        if amount is None:
            unreadable.append(label_of(key))
        else:
            amounts[key] = in_unit(amount, unit, UNIT)
    return amounts, tuple(unreadable)


def _completeness(
    table: Table, form: Form | None, indicators: list[Indicator]
) -> tuple[int, tuple[str, ...]]:
    """How many of the things that a table needs are there, and the names of the others."""
    required = form.required if form is not None and form.required else None
    wanted = _REQUIRED.get(table.kind, ()) if required is None else required
    missing = [label_of(key) for key in wanted if not _text(table, key)]
    present = len(wanted) - len(missing)
    if table.kind in {"project", "department"}:
        classes = {_class_of(row.level1, row.level2) for row in indicators}
        absent = [name for kind, name in CLASSES.items() if kind not in classes]
        present += len(CLASSES) - len(absent)
        missing += absent
    elif table.kind == "summary":
        missing += () if table.items else ("项目",)
        present += bool(table.items)
    elif table.kind == "narrative":
        parts = {"总体目标": _text(table, "total_goal"), "绩效指标": indicators}
        missing += [name for name, there in parts.items() if not there]
        present += sum(bool(there) for there in parts.values())
    return present, tuple(missing)


def _text(table: Table, key: str) -> str:
    if key == "year":
        return str(table.year or "")
    return (getattr(table, key) if key in META_KEYS else table.fields.get(key, "")).strip()
