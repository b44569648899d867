"""The summary over agencies: which tables there are, what they cost, and how far they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from pathlib import Path

from jixiao.app.checking import check_book
from jixiao.app.session import Session
from jixiao.io.summary import SummaryEntry, summary_grids


def summary_entries(
    session: Session, table_ids: Collection[int] | None = None
) -> list[SummaryEntry]:
    """What the summary tells of each table, in the order of the tree.

    Args:
        session: The open book.
        table_ids: Which tables, None for all.
    """
    found = Counter((f.table_id, f.finding.severity) for f in check_book(session))
    tables = dict(session.book.tables(only=table_ids))
    entries: list[SummaryEntry] = []
    for agency in session.book.tree():
        for year in agency.years:
            for entry in year.tables:
                if entry.id not in tables:
                    continue
                table = tables[entry.id]
                errors, warnings = found[entry.id, "error"], found[entry.id, "warning"]
                form = session.form_of(table).name
                entries.append(
                    SummaryEntry(agency.name, table, form, entry.state, errors, warnings)
                )
    return entries


def write_summary(session: Session, path: Path, table_ids: Collection[int] | None = None) -> int:
    """Write the summary as an Excel workbook; returns how many tables it tells of.

    Raises:
        ExportError: The file cannot be written.
    """
    from jixiao.io.write_xlsx import write_xlsx

    entries = summary_entries(session, table_ids)
    write_xlsx(summary_grids(entries), path)
    return len(entries)
