"""The printable report of a check: a Word document with a chapter for each agency and year."""

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
from jixiao.io.report import Report, ReportPart, ReportRow, ReportTable
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
    from jixiao.io.report import write_report

    years = [
        (agency.name, ids)
        for agency in session.book.tree()
        for year in agency.years
        if (ids := {e.id for e in year.tables if table_ids is None or e.id in table_ids})
    ]
    parts: list[ReportPart] = []
    found: list[TableFinding] = []
    for number, (agency, ids) in enumerate(years):
        progress(number, len(years), agency)
        own = check_around(session, ids)
        found += own
        parts += report_parts(session, own, ids)
    # Nobody is to take silence for praise.
    notes = [note for note in (silenced_text(options_of(session)),) if note]
    when = f"{datetime.now().astimezone():%Y-%m-%d %H:%M}"
    summary = f"检查时间：{when}    {_counted(found)}"
    write_report(Report(_TITLE, summary, parts, notes), path)
    return len(found)


def report_parts(
    session: Session, found: Sequence[TableFinding], table_ids: Collection[int] | None = None
) -> list[ReportPart]:
    """What is reported of tables, for each agency and year, also where nothing was found."""
    entries = list(session.book.tables(table_ids))
    parts: list[ReportPart] = []
    for (agency, year), group in groupby(entries, lambda e: (e[1].agency, e[1].year)):
        tables = dict(group)
        own = [one for one in found if one.table_id in tables]
        by_table = {id_: list(some) for id_, some in groupby(own, lambda one: one.table_id)}
        year_text = f"{year} 年度" if year is not None else "年度未定"
        parts.append(
            ReportPart(
                f"{agency or '单位未定'}  {year_text}",
                f"共 {len(tables)} 张表。{_counted(own)}。",
                [_table(session, some) for some in by_table.values()],
                [name_of(table) for id_, table in tables.items() if id_ not in by_table],
            )
        )
    return parts


def _counted(found: Sequence[TableFinding]) -> str:
    parts = [f"{SEVERITIES[name]} {count}" for name, count in counts(found).items() if count]
    ignored = sum(not one.open for one in found)
    parts += [f"已忽略 {ignored}"] if ignored else []
    return "，".join(parts) or "没有发现问题"


def _table(session: Session, found: Sequence[TableFinding]) -> ReportTable:
    table = found[0].table
    page = session.page_of(table)
    rows = [_row(page, entry) for section in arrange(found) for entry in section.entries]
    return ReportTable(name_of(table), _counted(found), rows)


def _row(page: Grid, entry: TableFinding | Group) -> ReportRow:
    members = entry.members if isinstance(entry, Group) else (entry,)
    one = members[0]
    finding = one.finding
    return ReportRow(
        "\n".join(_ranges([cell_of(page, one.finding) for one in members])),
        finding.message if isinstance(entry, TableFinding) else _said(entry),
        finding.hint,
        finding.dimension,
        SEVERITIES[finding.severity],
        one.ignored,
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
