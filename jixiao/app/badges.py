"""The counts of findings that the tree shows beside its tables."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from jixiao.app.session import Session
from jixiao.model.checks import check_tables


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

    Raises:
        BookError: The book cannot be read.
    """
    entries = list(session.book.tables(table_ids))
    errors = [0] * len(entries)
    warnings = [0] * len(entries)
    for index, finding in check_tables([table for _, table in entries]):
        if finding.severity == "error":
            errors[index] += 1
        elif finding.severity == "warning":
            warnings[index] += 1
    return {
        table_id: Badge(errors[index], warnings[index])
        for index, (table_id, _) in enumerate(entries)
    }
