"""The overview of an agency-year or a whole book: plain numbers, each with the tables behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from jixiao.app.overview.facts import INCOME, SPENDING, TableFacts
from jixiao.app.overview.numbers import (
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
from jixiao.model.checks import RULE_BY_ID, SEVERITIES, Severity
from jixiao.model.fields import label_of
from jixiao.model.schema import STATES
from jixiao.model.table import shown_name
from jixiao.model.vocabulary import LEVELS

_K = TypeVar("_K")


Tally = Mapping[tuple[str, Severity], int]
"""How many open findings a table has, by rule and severity."""


def overview_of(
    facts: Sequence[TableFacts],
    states: Mapping[int, str],
    tallies: Mapping[int, Tally] | None = None,
) -> Overview:
    """The overview of tables.

    Args:
        facts: The tables in numbers, in the order of the tree.
        states: The state of work of each table id.
        tallies: What the checks found, of these or more tables; None: not checked.
    """
    ids = tuple(f.table_id for f in facts)
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
        findings=None if tallies is None else _findings(tallies, ids),
        indicators=_indicators(facts),
        states=tuple(_count(state, state, by_state.get(state, ())) for state in STATES),
        groups=_groups(facts, tallies or {}),
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
            Amount(str(f.table_id), shown_name(f.name), f.total, (f.table_id,)) for f in amounts
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
    stated = [(f.table_id, amount) for f in facts if (amount := amount_of(f)) is not None]
    total = sum((amount for _, amount in stated), Decimal()) if stated else None
    return Amount(key, label, total, tuple(table_id for table_id, _ in stated))


# --- findings --------------------------------------------------------------------------------


def _findings(tallies: Mapping[int, Tally], ids: Ids) -> Findings:
    own: list[tuple[int, str, Severity, int]] = [
        (i, *key, number) for i in ids for key, number in tallies.get(i, {}).items()
    ]
    order = list(SEVERITIES)
    by_rule: dict[str, list[tuple[int, Severity, int]]] = defaultdict(list)
    for table_id, rule, severity, number in own:
        by_rule[rule].append((table_id, severity, number))
    rules = [
        RuleCount(
            rule=rule,
            title=RULE_BY_ID[rule].title,
            dimension=RULE_BY_ID[rule].dimension,
            severity=min((severity for _, severity, _ in some), key=order.index),
            count=sum(number for *_, number in some),
            table_ids=tuple(dict.fromkeys(table_id for table_id, *_ in some)),
        )
        for rule, some in by_rule.items()
    ]
    rules.sort(key=lambda r: (order.index(r.severity), -r.count, r.rule))
    wrong = {table_id for table_id, *_ in own}

    def counted(key: Severity, label: str) -> Count:
        some = [(i, number) for i, _, severity, number in own if severity == key]
        ids = tuple(dict.fromkeys(i for i, _ in some))
        return Count(key, label, sum(number for _, number in some), ids)

    return Findings(
        tuple(counted(key, label) for key, label in SEVERITIES.items()),
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
    stated = [(f.table_id, number(f)) for f in facts if number(f)]
    return Count(key, label, sum(n for _, n in stated), tuple(table_id for table_id, _ in stated))


def _official_order() -> dict[tuple[str, str], int]:
    """The place of each first level (with "") and of each pair, the newer vintage first."""
    order: dict[tuple[str, str], int] = {}
    for vintage in reversed(tuple(LEVELS)):
        for first, seconds in LEVELS[vintage].items():
            for second in ("", *seconds):
                order.setdefault((first, second), len(order))
    return order


# --- agencies and years ----------------------------------------------------------------------


def _groups(facts: Sequence[TableFacts], tallies: Mapping[int, Tally]) -> tuple[Group, ...]:
    number: Counter[tuple[int, Severity]] = Counter()
    for table_id, counts in tallies.items():
        for (_, severity), count in counts.items():
            number[table_id, severity] += count
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
            errors=sum(number[f.table_id, "error"] for f in group),
            warnings=sum(number[f.table_id, "warning"] for f in group),
            table_ids=tuple(f.table_id for f in group),
        )
        for (agency, year), group in found.items()
    )
