"""Fixes made on a page: what a finding proposes is written, and a row that changes its class moves.

The checks know what is to be written; where a row of another class belongs, the form tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jixiao.io.paper.edit.edit import settle_levels
from jixiao.io.paper.edit.rows import to_their_categories
from jixiao.io.paper.form.categories import category_key, category_of
from jixiao.io.paper.form.form import Form
from jixiao.model.checks import Finding, apply_fix
from jixiao.model.checks.findings import CellRef
from jixiao.model.table import ListName, Table


@dataclass(frozen=True, slots=True)
class Fixed:
    """A table after fixes.

    Attributes:
        table: The table.
        findings: Those of which the fix was made.
        order: The rows of lists in which some moved: their indexes before, as they stand now.
    """

    table: Table
    findings: tuple[Finding, ...]
    order: Mapping[ListName, tuple[int, ...]] = field(
        default_factory=dict[ListName, tuple[int, ...]]
    )

    def index_now(self, rows: ListName | None, index: int) -> int:
        """Where a row stands that stood at an index before."""
        order = self.order.get(rows) if rows else None
        return index if order is None else order.index(index)


def fixed(form: Form, table: Table, findings: Iterable[Finding]) -> Fixed:
    """The table with the fixes of findings of one check of it.

    A fix that would write a cell that another one has just written is left out. A row that
    belongs to another class afterwards stands at the end of that class.
    """
    written: set[CellRef] = set()
    made: list[Finding] = []
    after = table
    for finding in findings:
        cells = {edit.cell for edit in finding.edits}
        if cells and not cells & written:
            written |= cells
            made.append(finding)
            after = apply_fix(after, finding)
    moving = _reclassed(table, after)
    after = settle_levels(form, table, after)
    order: dict[ListName, tuple[int, ...]] = {}
    for rows, indexes in moving.items():
        after, order[rows] = to_their_categories(form, after, rows, indexes)
    return Fixed(after, tuple(made), order)


def _reclassed(before: Table, after: Table) -> dict[ListName, list[int]]:
    """The rows whose levels name another class than before."""
    lists: tuple[ListName, ...] = ("indicators", "period_indicators")
    found: dict[ListName, list[int]] = {}
    for name in lists:
        for index, pair in enumerate(zip(before.rows(name), after.rows(name), strict=True)):
            old, new = (category_key(*category_of(row)) for row in pair)
            if old != new:
                found.setdefault(name, []).append(index)
    return found
