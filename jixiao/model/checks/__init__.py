"""Checks: what a finance bureau would send back, each a pure function of tables.

A rule's id, severity and exact test come from the catalogue of review rules (``catalogue.RULES``);
each finding names the cell, says in one sentence what is wrong with its own words and numbers,
what to do about it, and where possible what one click would write (``apply_fix``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jixiao.model.checks.catalogue import RULE_BY_ID, RULES
from jixiao.model.checks.findings import (
    DEFAULT_PROFILE,
    SEVERITIES,
    SEVERITY_RANK,
    Certainty,
    Dimension,
    Finding,
    Fix,
    Profile,
    Settings,
    Severity,
    apply_fix,
)
from jixiao.model.checks.rule import Rule
from jixiao.model.checks.view import View
from jixiao.model.checks.weaker import without_weaker
from jixiao.model.table import Table

__all__ = [
    "DEFAULT_PROFILE",
    "RULES",
    "RULE_BY_ID",
    "SEVERITIES",
    "SEVERITY_RANK",
    "Certainty",
    "Dimension",
    "Finding",
    "Fix",
    "Profile",
    "Rule",
    "Settings",
    "Severity",
    "apply_fix",
    "check_table",
    "check_tables",
]


def check_table(table: Table, profile: Profile = DEFAULT_PROFILE) -> list[Finding]:
    """Check one table by itself, without regard to its neighbours."""
    return _check_view(View(table, profile))


def _check_view(view: View) -> list[Finding]:
    off = view.profile.switched_off
    return without_weaker(
        [
            rule.finding(note)
            for rule in RULES
            if rule.check is not None and rule.id not in off
            for note in rule.check(view)
        ]
    )


def check_tables(
    tables: Sequence[Table], profiles: Mapping[str, Profile] | None = None
) -> list[tuple[int, Finding]]:
    """Check tables by themselves, and those of one agency and year against each other.

    Args:
        tables: The tables, of any agencies and years.
        profiles: The profiles of the forms, by form id; the default where one is missing.

    Returns:
        (position in ``tables``, finding), in the order of the tables.
    """
    known = profiles or {}
    views = [View(table, known.get(table.form, DEFAULT_PROFILE)) for table in tables]
    found = [(index, finding) for index, view in enumerate(views) for finding in _check_view(view)]
    for indexes in _agency_years(tables):
        group = [views[index] for index in indexes]
        for rule in RULES:
            if rule.check_group is None:
                continue
            for position, note in rule.check_group(group):
                if rule.id not in group[position].profile.switched_off:
                    found.append((indexes[position], rule.finding(note)))
    return sorted(found, key=lambda pair: pair[0])


def _agency_years(tables: Sequence[Table]) -> list[list[int]]:
    """The positions of tables of one agency and year, where both are told and there are several."""
    groups: dict[tuple[str, int], list[int]] = {}
    for index, table in enumerate(tables):
        if table.agency and table.year is not None:
            groups.setdefault((table.agency, table.year), []).append(index)
    return [indexes for indexes in groups.values() if len(indexes) > 1]
