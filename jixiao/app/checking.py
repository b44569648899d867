"""Checking the tables of a book: what the finance bureau would send back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jixiao.app.session import Session
from jixiao.io.grid import Grid
from jixiao.model.checks import Finding, check_tables
from jixiao.model.table import Table

_TARGET_COLUMNS = frozenset({"comparator", "value", "unit"})


@dataclass(frozen=True)
class TableFinding:
    """A finding with the table it concerns."""

    table_id: int
    table: Table
    finding: Finding


def check_book(session: Session) -> list[TableFinding]:
    """The findings of all tables, in the order of the tree."""
    entries = list(session.book.tables())
    found = check_tables([table for _, table in entries])
    return [TableFinding(*entries[index], finding) for index, finding in found]


def has_errors(findings: Sequence[TableFinding]) -> bool:
    """True when one of them marks a table as not ready."""
    return any(found.finding.severity == "error" for found in findings)


def findings_json(session: Session, findings: Sequence[TableFinding]) -> dict[str, Any]:
    """The report of ``check --json``."""
    pages: dict[int, Grid] = {}
    result: list[dict[str, Any]] = []
    for found in findings:
        table, finding = found.table, found.finding
        if found.table_id not in pages:
            pages[found.table_id] = session.page_of(table)
        result.append(
            {
                "rule": finding.rule,
                "dimension": finding.dimension,
                "severity": finding.severity,
                "agency": table.agency or None,
                "year": table.year,
                "kind": table.kind,
                "table": table.name or None,
                "field": finding.field or None,
                "indicator": finding.indicator or None,
                "cell": cell_of(pages[found.table_id], finding) or None,
                "message": finding.message,
                "fix": finding.fix,
            }
        )
    return {"findings": result}


def cell_of(page: Grid, finding: Finding) -> str:
    """The address on the form's page of the cell a finding concerns, "" where there is none."""
    for cell, part in page.bound():
        binding = part.binding
        assert binding is not None
        if finding.rows is None:
            hit = binding.target in {"field", "share"} and (
                binding.name == finding.field
                or (binding.target == "share" and finding.field == "payment_schedule")
            )
        else:
            hit = (
                binding.target == finding.rows
                and (finding.index is None or finding.index in binding.rows)
                and (
                    binding.name == finding.field
                    or (binding.name.startswith("target:") and finding.field in _TARGET_COLUMNS)
                )
            )
        if hit:
            return page.address(cell.row, cell.col)
    return ""
