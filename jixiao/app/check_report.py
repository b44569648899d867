"""The printable report of a check: a Word document with a page for each agency and year."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from jixiao.app.check_options import options_of, silenced_text
from jixiao.app.checking import SEVERITIES, TableFinding, cell_of, check_around, counts, name_of
from jixiao.app.finding_groups import Group, arrange
from jixiao.app.progress import Progress, silent
from jixiao.app.session import Session
from jixiao.io.grid import Grid
from jixiao.io.report import ReportRow, report_grid
from jixiao.model.checks import RULE_BY_ID

_TITLE = "绩效目标检查报告"


def write_check_report(
    session: Session,
    path: Path,
    table_ids: Collection[int] | None = None,
    progress: Progress = silent,
) -> int:
    """Check tables and write what was found as a Word document.

    Args:
        session: The open book.
        path: The document; an existing file is replaced.
        table_ids: Which tables; None: all.
        progress: Told before each agency and year.

    Returns:
        How many findings stand in it, ignored ones included.

    Raises:
        BookError: The book cannot be read.
        ExportError: The document cannot be written.
        CancelledError: ``progress`` stopped it; then nothing has been written.
    """
    from jixiao.io.write_docx import write_docx

    years = [
        (agency.name, ids)
        for agency in session.book.tree()
        for year in agency.years
        if (ids := {e.id for e in year.tables if table_ids is None or e.id in table_ids})
    ]
    pages: list[Grid] = []
    count = 0
    for number, (agency, ids) in enumerate(years):
        progress(number, len(years), agency)
        found = check_around(session, ids)
        count += len(found)
        pages += report_pages(session, found, ids)
    write_docx(pages or report_pages(session, [], ()), path)
    return count


def report_pages(
    session: Session, found: Sequence[TableFinding], table_ids: Collection[int] | None = None
) -> list[Grid]:
    """The pages of a report, one for each agency and year, also where nothing was found."""
    entries = list(session.book.tables(table_ids))
    # Nobody is to take silence for praise.
    foot = silenced_text(options_of(session))
    pages: list[Grid] = []
    for (agency, year), group in groupby(entries, lambda e: (e[1].agency, e[1].year)):
        ids = {table_id for table_id, _ in group}
        own = [one for one in found if one.table_id in ids]
        year_text = f"{year} 年度" if year is not None else "年度未定"
        subtitle = f"{agency or '单位未定'}  {year_text}  共 {len(ids)} 张表"
        pages.append(report_grid(_TITLE, subtitle, _summary(own), _rows(session, own), foot))
    return pages or [report_grid(_TITLE, "", _summary(()), (), foot)]


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
        for section in arrange(own):
            rows += [_row(page, entry) for entry in section.entries]
    return rows


def _row(page: Grid, entry: TableFinding | Group) -> ReportRow:
    members = entry.members if isinstance(entry, Group) else (entry,)
    one = members[0]
    finding = one.finding
    return ReportRow(
        name_of(one.table),
        "\n".join(_ranges([cell_of(page, one.finding) for one in members])),
        finding.dimension,
        SEVERITIES[finding.severity],
        finding.message if isinstance(entry, TableFinding) else _said(entry),
        finding.hint,
        "未处理" if one.ignored is None else f"已忽略：{one.ignored}",
    )


def _ranges(cells: Sequence[str]) -> list[str]:
    """Addresses of cells, those below each other from the first to the last."""
    ranges: list[list[tuple[str, int]]] = []
    for cell in dict.fromkeys(filter(None, cells)):
        column = cell.rstrip("0123456789")
        at = (column, int(cell[len(column) :]))
        if ranges and ranges[-1][-1] == (column, at[1] - 1):
            ranges[-1].append(at)
        else:
            ranges.append([at])
    texts = [[f"{column}{row}" for column, row in one] for one in ranges]
    return [one[0] if len(one) == 1 else f"{one[0]}—{one[-1]}" for one in texts]


def _said(group: Group) -> str:
    """What is said of several cells, and of which; each by itself where it differs."""
    if group.title == RULE_BY_ID[group.rule].title:
        return "\n".join(one.finding.message for one in group.members)
    names = [" ".join(one.finding.indicator.split()) for one in group.members]
    return f"{group.title}共 {len(group.members)} 处：{'、'.join(filter(None, names))}。"
