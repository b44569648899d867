"""The counts of findings that the tree shows beside its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from jixiao.app.checking.checking import check
from jixiao.app.session import Session


@dataclass(frozen=True, slots=True)
class Badge:
    """How many errors and warnings the checks found in a table."""

    errors: int = 0
    warnings: int = 0

    @property
    def total(self) -> int:
        """Errors and warnings together; hints do not count."""
        return self.errors + self.warnings


def badges_of(session: Session, table_ids: Collection[int]) -> dict[int, Badge]:
    """Check tables by themselves and against each other, as those of one agency and year.

    What the user ignored does not count.

    Raises:
        BookError: The book cannot be read.
    """
    number: Counter[tuple[int, str]] = Counter()
    for found in check(session, table_ids):
        if found.open:
            number[found.table_id, found.finding.severity] += 1
    return {i: Badge(number[i, "error"], number[i, "warning"]) for i in table_ids}
