"""One cause, one finding: what another finding of the same row has already said is left out.

Findings that need different actions (an impossible number in the wrong class) all stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from jixiao.model.checks.findings import Finding

_TOLD_BY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        # The unit is wrong, so that the class and the limits by that unit say nothing.
        "C2.level2": frozenset({"V15", "C4"}),
        "C3.level2": frozenset({"V15", "V13.value"}),
        "C6.level2": frozenset({"V15", "V12"}),
        "V8.level3": frozenset({"V15", "C4"}),
        "V10.comparator": frozenset({"V15"}),
        # What is to be moved to another class, or counted as money, cannot be judged here.
        "C7.level2": frozenset({"C4", "C5", "C6"}),
        "V13.value": frozenset({"C5", "V14"}),
        # The row is to be deleted.
        "V13.level3": frozenset({"V14"}),
        "V7.unit": frozenset({"V14"}),
    }
)
"""Rule and column of a finding → what makes it superfluous in that row: a rule, with a column
where only that counts."""


def without_weaker(found: Sequence[Finding]) -> list[Finding]:
    """The findings of a table without those that a more telling one of the same row covers."""
    by_row: dict[tuple[str, int], set[str]] = defaultdict(set)
    for finding in found:
        if finding.rows is not None and finding.index is not None:
            stated = by_row[finding.rows, finding.index]
            stated |= {finding.rule, f"{finding.rule}.{finding.field}"}
    return [
        finding
        for finding in found
        if finding.rows is None
        or finding.index is None
        or by_row[finding.rows, finding.index].isdisjoint(
            _TOLD_BY.get(f"{finding.rule}.{finding.field}", ())
        )
    ]
