"""Checks: what a finance bureau would send back, each a pure function of tables.

A rule's id, severity and exact test come from the catalogue of review rules; each finding names
the cell, says in one sentence what is wrong with its own words and numbers, and what to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jixiao.model.checks.findings import DEFAULT_PROFILE, Dimension, Finding, Profile, Severity
from jixiao.model.checks.money import check_agency_year, check_money
from jixiao.model.table import Table

__all__ = [
    "DEFAULT_PROFILE",
    "Dimension",
    "Finding",
    "Profile",
    "Severity",
    "check_table",
    "check_tables",
]


def check_table(table: Table, profile: Profile = DEFAULT_PROFILE) -> list[Finding]:
    """Check one table by itself, without regard to its neighbours."""
    return [f for f in check_money(table) if f.rule not in profile.switched_off]


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
    found: list[tuple[int, Finding]] = []
    for index, table in enumerate(tables):
        profile = known.get(table.form, DEFAULT_PROFILE)
        found += [(index, finding) for finding in check_table(table, profile)]
    for index, finding in check_agency_year(tables):
        profile = known.get(tables[index].form, DEFAULT_PROFILE)
        if finding.rule not in profile.switched_off:
            found.append((index, finding))
    return sorted(found, key=lambda pair: pair[0])
