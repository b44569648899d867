"""What an overview consists of: plain numbers, each with the ids of the tables behind it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jixiao.model.checks import Severity

Ids = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things and the tables behind it; ``key`` tells it apart, ``label`` is shown."""

    key: str
    label: str
    count: int
    table_ids: Ids


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money in 万元 and the tables behind it; None where no table tells it."""

    key: str
    label: str
    amount: Decimal | None
    table_ids: Ids


@dataclass(frozen=True, slots=True)
class Money:
    """The money of all tables looked at, in 万元.

    Attributes:
        total: 资金总额 of the departments.
        income: Its parts by source; those that no table tells are left out.
        spending: 基本支出 and 项目支出.
        projects: The amount of each project, the largest first, unknown ones last.
        projects_total: Their sum, to be compared with 项目支出.
        unreadable: Tables in which a money field is no amount.
        doubled: Departments' tables beyond the first of an agency and year; all are in the sums.
    """

    total: Amount
    income: tuple[Amount, ...]
    spending: tuple[Amount, ...]
    projects: tuple[Amount, ...]
    projects_total: Amount
    unreadable: Ids
    doubled: Ids


@dataclass(frozen=True, slots=True)
class Fullness:
    """How full one table is (0 to 1), and what is missing, in Chinese."""

    table_id: int
    name: str
    agency: str
    year: int | None
    share: float
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleCount:
    """The findings of one rule."""

    rule: str
    title: str
    dimension: str
    severity: Severity
    count: int
    table_ids: Ids


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings by severity (each of them, also 0) and by rule (most first).

    ``clean`` are the tables without any finding.
    """

    by_severity: tuple[Count, ...]
    by_rule: tuple[RuleCount, ...]
    clean: Count


@dataclass(frozen=True, slots=True)
class LevelCount:
    """The indicators of a pair of levels."""

    level1: str
    level2: str
    count: int
    table_ids: Ids


@dataclass(frozen=True, slots=True)
class Indicators:
    """The indicators by level (official order, others behind) and by the kind of their target."""

    total: Count
    by_level1: tuple[Count, ...]
    by_level2: tuple[LevelCount, ...]
    quantitative: Count
    qualitative: Count
    open: Count

    @property
    def quantitative_share(self) -> float | None:
        """The share of numbers among all targets that are told; None where none is."""
        stated = self.quantitative.count + self.qualitative.count
        return self.quantitative.count / stated if stated else None


@dataclass(frozen=True, slots=True)
class Group:
    """One agency and year in a larger overview; ``fullness`` is the mean, ``errors`` findings."""

    agency: str
    year: int | None
    total: Decimal | None
    projects_total: Decimal | None
    fullness: float
    errors: int
    warnings: int
    table_ids: Ids


@dataclass(frozen=True, slots=True)
class Overview:
    """All numbers of an overview. ``years`` has more than one when money of years is summed."""

    tables: Count
    years: tuple[int | None, ...]
    money: Money
    fullness: tuple[Fullness, ...]
    mean_fullness: float
    findings: Findings | None
    indicators: Indicators
    states: tuple[Count, ...]
    groups: tuple[Group, ...]
