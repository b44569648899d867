"""The summary over agencies: which tables there are, what they cost, and how far they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from pathlib import Path

from jixiao.app.checking.checking import check
from jixiao.app.progress import Progress, silent
from jixiao.app.session import Session
from jixiao.io.files.write.summary import SummaryEntry, summary_sheets
from jixiao.model.blank_rows import without_blank_rows


def summary_entries(
    session: Session, table_ids: Collection[int] | None = None, progress: Progress = silent
) -> list[SummaryEntry]:
    """What the summary tells of each table, in the order of the tree.

    Args:
        session: The open book.
        table_ids: Which tables, None for all.
        progress: Told of each agency.

    Raises:
        CancelledError: From ``progress``.
    """
    entries: list[SummaryEntry] = []
    agencies = session.book.tree()
    for number, agency in enumerate(agencies):
        progress(number, len(agencies), agency.name)
        own = {entry.id for year in agency.years for entry in year.tables}
        wanted = own if table_ids is None else own & set(table_ids)
        if not wanted:
            continue
        found_tables = session.book.tables(only=wanted)
        tables = {table_id: without_blank_rows(table) for table_id, table in found_tables}
        open_ones = (f for f in check(session, own) if f.open)
        found = Counter((f.table_id, f.finding.severity) for f in open_ones)
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


def write_summary(
    session: Session,
    path: Path,
    table_ids: Collection[int] | None = None,
    progress: Progress = silent,
) -> int:
    """Write the summary as an Excel workbook; returns how many tables it tells of.

    Raises:
        ExportError: The file cannot be written.
        CancelledError: From ``progress``; then nothing is written.
    """
    from jixiao.io.files.write.list_sheet import write_lists

    entries = summary_entries(session, table_ids, progress)
    write_lists(summary_sheets(entries), path)
    return len(entries)
