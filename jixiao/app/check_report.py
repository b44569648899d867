"""The printable report of a check: a Word document with a page for each agency and year."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from jixiao.app.checking import (
    DEFAULT_OPTIONS,
    SEVERITIES,
    CheckOptions,
    TableFinding,
    cell_of,
    check,
    counts,
)
from jixiao.app.session import Session
from jixiao.io.grid import Grid
from jixiao.io.report import ReportRow, report_grid
from jixiao.model.table import Table

_TITLE = "绩效目标检查报告"


def write_check_report(
    session: Session,
    path: Path,
    table_ids: Collection[int] | None = None,
    options: CheckOptions = DEFAULT_OPTIONS,
) -> int:
    """Check tables and write what was found as a Word document.

    Args:
        session: The open book.
        path: The document; an existing file is replaced.
        table_ids: Which tables; None: all.
        options: Switches and thresholds.

    Returns:
        How many findings stand in it, ignored ones included.

    Raises:
        BookError: The book cannot be read.
        ExportError: The document cannot be written.
    """
    from jixiao.io.write_docx import write_docx

    found = check(session, table_ids, options)
    write_docx(report_pages(session, found, table_ids), path)
    return len(found)


def report_pages(
    session: Session, found: Sequence[TableFinding], table_ids: Collection[int] | None = None
) -> list[Grid]:
    """The pages of a report, one for each agency and year, also where nothing was found."""
    entries = list(session.book.tables(table_ids))
    pages: list[Grid] = []
    for (agency, year), group in groupby(entries, lambda e: (e[1].agency, e[1].year)):
        ids = {table_id for table_id, _ in group}
        own = [one for one in found if one.table_id in ids]
        year_text = f"{year} 年度" if year is not None else "年度未定"
        subtitle = f"{agency or '单位未定'}  {year_text}  共 {len(ids)} 张表"
        pages.append(report_grid(_TITLE, subtitle, _summary(own), _rows(session, own)))
    return pages or [report_grid(_TITLE, "", _summary(()), ())]


def _summary(found: Sequence[TableFinding]) -> str:
    parts = [f"{SEVERITIES[name]} {count}" for name, count in counts(found).items() if count]
    ignored = sum(not one.open for one in found)
    parts += [f"已忽略 {ignored}"] if ignored else []
    when = f"{datetime.now().astimezone():%Y-%m-%d %H:%M}"
    return "    ".join([*(["，".join(parts)] if parts else []), f"检查时间 {when}"])


def _rows(session: Session, found: Sequence[TableFinding]) -> list[ReportRow]:
    rows: list[ReportRow] = []
    for _, group in groupby(found, lambda one: one.table_id):
        own = list(group)
        page = session.page_of(own[0].table)
        rows += [_row(page, one) for one in own]
    return rows


def _row(page: Grid, one: TableFinding) -> ReportRow:
    finding = one.finding
    return ReportRow(
        name_of(one.table),
        cell_of(page, finding),
        finding.dimension,
        SEVERITIES[finding.severity],
        finding.message,
        finding.hint,
        "未处理" if one.ignored is None else f"已忽略：{one.ignored}",
    )


def name_of(table: Table) -> str:
    """How a list calls a table: the department's table by its kind, others by their name."""
    if table.kind == "department":
        return "部门整体支出绩效目标表"
    return " ".join(table.name.split()) or "未命名的表"
