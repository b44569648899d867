"""The overview of an agency-year or a whole book: plain numbers, each with the tables behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from jixiao.app.checking import TableFinding
from jixiao.app.overview_facts import INCOME, SPENDING, TableFacts, facts_of
from jixiao.app.overview_numbers import (
    Amount,
    Count,
    Findings,
    Fullness,
    Group,
    Ids,
    Indicators,
    LevelCount,
    Money,
    Overview,
    RuleCount,
)
from jixiao.app.session import Session
from jixiao.io.form import Form
from jixiao.model.checks import RULE_BY_ID, Dimension, Severity
from jixiao.model.fields import label_of
from jixiao.model.history import Change
from jixiao.model.schema import STATES
from jixiao.model.vocabulary import LEVELS

_K = TypeVar("_K")

SEVERITIES: Mapping[Severity, str] = {"error": "错误", "warning": "警告", "hint": "提示"}
_DIMENSIONS: tuple[Dimension, ...] = ("完整性", "规范性", "相关性", "适当性", "可行性")


class OverviewSource:
    """Keeps what an overview asks of each table, and reads changed tables anew, until closed.

    On the book's thread. The first overview of a large book takes as long as reading its tables;
    ``prepare`` does that a little at a time.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._facts: dict[int, TableFacts] = {}
        self._forms: dict[str, Form | None] = {}
        self.close = session.book.subscribe(self._changed)

    def prepare(self, tables: int = 250) -> bool:
        """Read some more tables; True when every one is read."""
        missing = [i for i in self._spots() if i not in self._facts]
        self._read(missing[:tables])
        return len(missing) <= tables

    def overview(
        self,
        table_ids: Collection[int] | None = None,
        findings: Sequence[TableFinding] | None = None,
    ) -> Overview:
        """The overview of some tables (those of an agency-year) or of the whole book.

        Args:
            table_ids: Which; None: all.
            findings: What the checks found, of any tables; None: not checked.
        """
        spots = self._spots()
        chosen = [i for i in spots if table_ids is None or i in table_ids]
        self._read([i for i in chosen if i not in self._facts])
        facts = [_at(self._facts[i], *spots[i][:2]) for i in chosen if i in self._facts]
        return overview_of(facts, {i: state for i, (_, _, state) in spots.items()}, findings)

    def _spots(self) -> dict[int, tuple[str, int | None, str]]:
        """Agency and year of each table as the tree has them, and its state of work."""
        return {
            entry.id: (agency.name, year.year, entry.state)
            for agency in self._session.book.tree()
            for year in agency.years
            for entry in year.tables
        }

    def _read(self, table_ids: Collection[int]) -> None:
        if not table_ids:
            return
        for table_id, table in self._session.book.tables(set(table_ids)):
            if table.form not in self._forms:
                book, forms = self._session.book, self._session.forms
                self._forms[table.form] = forms.of_book(book, table.form) if table.form else None
            self._facts[table_id] = facts_of(table_id, table, self._forms[table.form])

    def _changed(self, change: Change) -> None:
        if change.forms:
            self._forms.clear()
            self._facts.clear()
        for table_id in change.table_ids:
            self._facts.pop(table_id, None)


def _at(facts: TableFacts, agency: str, year: int | None) -> TableFacts:
    """Facts under the agency and year where the table stands, however it is printed."""
    if (facts.agency, facts.year) == (agency, year):
        return facts
    return replace(facts, agency=agency, year=year)


def overview_of(
    facts: Sequence[TableFacts],
    states: Mapping[int, str],
    findings: Sequence[TableFinding] | None = None,
) -> Overview:
    """The overview of tables.

    Args:
        facts: The tables in numbers, in the order of the tree.
        states: The state of work of each table id.
        findings: What the checks found, of these or more tables; None: not checked.
    """
    ids = tuple(f.table_id for f in facts)
    own = set(ids)
    if findings is not None:
        findings = [found for found in findings if found.table_id in own]
    full = tuple(
        Fullness(f.table_id, f.name, f.agency, f.year, f.fullness, f.missing) for f in facts
    )
    by_state = _grouped((states.get(i, ""), i) for i in ids)
    return Overview(
        tables=Count("tables", "表", len(ids), ids),
        years=tuple(dict.fromkeys(f.year for f in facts)),
        money=_money(facts),
        fullness=full,
        mean_fullness=_mean(facts),
        findings=None if findings is None else _findings(findings, ids),
        indicators=_indicators(facts),
        states=tuple(_count(state, state, by_state.get(state, ())) for state in STATES),
        groups=_groups(facts, findings or ()),
    )


def _grouped(pairs: Iterable[tuple[_K, int]]) -> dict[_K, list[int]]:
    found: dict[_K, list[int]] = defaultdict(list)
    for key, table_id in pairs:
        found[key].append(table_id)
    return found


def _count(key: str, label: str, ids: Iterable[int]) -> Count:
    """A count of things of which each one's table is told; a table may come several times."""
    ids = tuple(ids)
    return Count(key, label, len(ids), tuple(dict.fromkeys(ids)))


def _mean(facts: Sequence[TableFacts]) -> float:
    return sum(f.fullness for f in facts) / len(facts) if facts else 0.0


# --- money -----------------------------------------------------------------------------------


def _money(facts: Sequence[TableFacts]) -> Money:
    departments = [f for f in facts if f.kind == "department"]
    projects = [f for f in facts if f.kind == "project"]
    parts = {
        key: _sum(departments, key, label_of(key), lambda f, key=key: f.amounts.get(key))
        for key in (*INCOME, *SPENDING)
    }
    amounts = sorted(projects, key=lambda f: (f.total is None, -(f.total or 0)))
    seen: set[tuple[str, int | None]] = set()
    doubled: list[int] = []
    for f in departments:
        if (f.agency, f.year) in seen:
            doubled.append(f.table_id)
        seen.add((f.agency, f.year))
    return Money(
        total=_sum(departments, "budget_total", label_of("budget_total"), _total),
        income=tuple(parts[key] for key in INCOME if parts[key].amount is not None),
        spending=tuple(parts[key] for key in SPENDING if parts[key].amount is not None),
        projects=tuple(
            Amount(str(f.table_id), f.name or "未命名的表", f.total, (f.table_id,)) for f in amounts
        ),
        projects_total=_sum(projects, "projects", "项目金额合计", _total),
        unreadable=tuple(f.table_id for f in facts if f.unreadable),
        doubled=tuple(doubled),
    )


def _total(facts: TableFacts) -> Decimal | None:
    return facts.total


def _sum(
    facts: Iterable[TableFacts],
    key: str,
    label: str,
    amount_of: Callable[[TableFacts], Decimal | None],
) -> Amount:
    told = [(f.table_id, amount) for f in facts if (amount := amount_of(f)) is not None]
    total = sum((amount for _, amount in told), Decimal()) if told else None
    return Amount(key, label, total, tuple(table_id for table_id, _ in told))


# --- findings --------------------------------------------------------------------------------


def _findings(findings: Sequence[TableFinding], ids: Ids) -> Findings:
    by_severity = _grouped((f.finding.severity, f.table_id) for f in findings)
    by_dimension = _grouped((f.finding.dimension, f.table_id) for f in findings)
    by_rule = _grouped((f.finding.rule, f.table_id) for f in findings)
    gravest: dict[str, Severity] = {}
    order = list(SEVERITIES)
    for found in findings:
        rule, severity = found.finding.rule, found.finding.severity
        gravest[rule] = min(gravest.get(rule, severity), severity, key=order.index)
    rules = [
        RuleCount(
            rule=rule,
            title=RULE_BY_ID[rule].title,
            dimension=RULE_BY_ID[rule].dimension,
            severity=gravest[rule],
            count=len(tables),
            table_ids=tuple(dict.fromkeys(tables)),
        )
        for rule, tables in by_rule.items()
    ]
    rules.sort(key=lambda r: (order.index(r.severity), -r.count, r.rule))
    wrong = {found.table_id for found in findings}
    return Findings(
        tuple(_count(key, label, by_severity.get(key, ())) for key, label in SEVERITIES.items()),
        tuple(_count(name, name, by_dimension.get(name, ())) for name in _DIMENSIONS),
        tuple(rules),
        _count("clean", "没有发现问题的表", (i for i in ids if i not in wrong)),
    )


# --- indicators ------------------------------------------------------------------------------


def _indicators(facts: Sequence[TableFacts]) -> Indicators:
    counts: Counter[tuple[str, str]] = Counter()
    tables: dict[tuple[str, str], list[int]] = defaultdict(list)
    firsts: dict[str, list[int]] = defaultdict(list)
    for f in facts:
        counts.update(f.levels)
        for pair in f.levels:
            tables[pair].append(f.table_id)
        for first in dict.fromkeys(first for first, _ in f.levels):
            firsts[first].append(f.table_id)
    order = _official_order()
    last = len(order)
    pairs = sorted(counts, key=lambda p: (order.get((p[0], ""), last), order.get(p, last)))
    level1: Counter[str] = Counter()
    for (first, _), count in counts.items():
        level1[first] += count
    names = dict.fromkeys(first for first, _ in pairs)
    total = sum(counts.values())
    return Indicators(
        total=Count("indicators", "绩效指标", total, tuple(f.table_id for f in facts if f.levels)),
        by_level1=tuple(
            Count(first, first or "未定", level1[first], tuple(firsts[first])) for first in names
        ),
        by_level2=tuple(LevelCount(*pair, counts[pair], tuple(tables[pair])) for pair in pairs),
        quantitative=_part(facts, "quantitative", "定量", lambda f: f.quantitative),
        qualitative=_part(facts, "qualitative", "定性", lambda f: f.qualitative),
        open=_part(facts, "open", "未填指标值", lambda f: f.open),
    )


def _part(
    facts: Sequence[TableFacts], key: str, label: str, number: Callable[[TableFacts], int]
) -> Count:
    told = [(f.table_id, number(f)) for f in facts if number(f)]
    return Count(key, label, sum(n for _, n in told), tuple(table_id for table_id, _ in told))


def _official_order() -> dict[tuple[str, str], int]:
    """The place of each first level (with "") and of each pair, the newer vintage first."""
    order: dict[tuple[str, str], int] = {}
    for vintage in reversed(tuple(LEVELS)):
        for first, seconds in LEVELS[vintage].items():
            for second in ("", *seconds):
                order.setdefault((first, second), len(order))
    return order


# --- agencies and years ----------------------------------------------------------------------


def _groups(facts: Sequence[TableFacts], findings: Sequence[TableFinding]) -> tuple[Group, ...]:
    errors = Counter(f.table_id for f in findings if f.finding.severity == "error")
    warnings = Counter(f.table_id for f in findings if f.finding.severity == "warning")
    found: dict[tuple[str, int | None], list[TableFacts]] = defaultdict(list)
    for f in facts:
        found[f.agency, f.year].append(f)
    return tuple(
        Group(
            agency=agency,
            year=year,
            total=_sum((f for f in group if f.kind == "department"), "", "", _total).amount,
            projects_total=_sum((f for f in group if f.kind == "project"), "", "", _total).amount,
            fullness=_mean(group),
            errors=sum(errors[f.table_id] for f in group),
            warnings=sum(warnings[f.table_id] for f in group),
            table_ids=tuple(f.table_id for f in group),
        )
        for (agency, year), group in found.items()
    )
