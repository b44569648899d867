"""The printable report of a check: a Word document with a chapter for each agency and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from jixiao.app.checking.checking import SEVERITIES, TableFinding, check_around, counts, name_of
from jixiao.app.checking.groups import Group, arrange
from jixiao.app.checking.options import options_of, silenced_text
from jixiao.app.progress import Progress, silent
from jixiao.app.session import Session
from jixiao.io.files.write.report import Report, ReportPart, ReportRow, ReportTable
from jixiao.model.checks import Finding
from jixiao.model.checks.view import short
from jixiao.model.columns import ROW_WORDS, column_label
from jixiao.model.fields import SCHEDULE_NAME, label_of
from jixiao.model.notes import row_name
from jixiao.model.table import Indicator, Table

_TITLE = "绩效目标检查报告"
_NAMES = frozenset({"level3", "name", "detail", "content"})
_NAME_COLUMN = "名称"
_LISTS = {**ROW_WORDS, "payment_schedule": SCHEDULE_NAME, "details_total": "支出明细"}


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
    from jixiao.io.files.write.report import write_report

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
                [_table(some) for some in by_table.values()],
                [name_of(table) for id_, table in tables.items() if id_ not in by_table],
            )
        )
    return parts


def _counted(found: Sequence[TableFinding]) -> str:
    parts = [f"{SEVERITIES[name]} {count}" for name, count in counts(found).items() if count]
    ignored = sum(not one.open for one in found)
    parts += [f"已忽略 {ignored}"] if ignored else []
    return "，".join(parts) or "没有发现问题"


def _table(found: Sequence[TableFinding]) -> ReportTable:
    rows = [_row(entry) for section in arrange(found) for entry in section.entries]
    return ReportTable(name_of(found[0].table), _counted(found), rows)


def _row(entry: TableFinding | Group) -> ReportRow:
    one = entry.members[0] if isinstance(entry, Group) else entry
    finding = one.finding
    return ReportRow(
        place_of_entry(entry),
        finding.message if isinstance(entry, TableFinding) else _said(entry),
        finding.hint,
        finding.dimension,
        SEVERITIES[finding.severity],
        one.ignored,
    )


def place_of_entry(entry: TableFinding | Group) -> str:
    """Where it is, as a clerk finds it on the paper: the row's name and the column's label.

    Of a group whose text names its rows only the columns are told, with how often each.
    """
    members = entry.members if isinstance(entry, Group) else (entry,)
    if isinstance(entry, TableFinding) or not _names_rows(entry):
        places = (place_in_words(one.table, one.finding) for one in members)
        return "\n".join(dict.fromkeys(filter(None, places)))
    columns = Counter((_column(one.finding) or _NAME_COLUMN, one.finding.rows) for one in members)
    return "\n".join(
        f"{label}（{count} 处）" if rows or count > 1 else label
        for (label, rows), count in columns.items()
    )


def place_in_words(table: Table, finding: Finding) -> str:
    """The place of a finding: 出席会议人数 · 指标值; empty for the table as a whole."""
    rows, index = finding.rows, finding.index
    if rows == "empty_levels":
        return finding.levels[1] or finding.levels[0]
    if rows is None or index is None:
        return _column(finding)
    row = table.rows(rows)[index]
    name = row_name(row, index)
    if isinstance(row, Indicator) and row.level2:
        # A name that several rows bear does not tell which of them is meant.
        alike = sum(row_name(other, at) == name for at, other in enumerate(table.rows(rows)))
        if alike > 1 or not row.level3.strip():
            name = f"{' '.join(row.level2.split())} · {name}"
    column = _column(finding)
    return f"{short(name)} · {column}" if column else short(name)


def _column(finding: Finding) -> str:
    """The label of a finding's column or header field, empty where the row's name stands."""
    if finding.rows is None:
        label = _LISTS.get(finding.field) or label_of(finding.field)
    else:
        label = "" if finding.field in _NAMES else column_label(finding.field)
    return "" if label.isascii() else label


def _names_rows(group: Group) -> bool:
    """True where the text of a group tells its rows apart by their names."""
    names = {one.finding.indicator for one in group.members}
    alone = len(names) == len(group.members) and "" not in names
    named = all(one.finding.said for one in group.members)
    return group.alike or (alone and named)


def _said(group: Group) -> str:
    """What is said of several cells, and of which; each by itself where it differs."""
    if not group.alike:
        return "\n".join(one.finding.message for one in group.members)
    names = [" ".join(one.finding.indicator.split()) for one in group.members]
    return f"{group.title}共 {len(group.members)} 处：{'、'.join(filter(None, names))}。"
