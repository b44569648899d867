"""A comparison as a file: the list of all differences, to be printed or sent along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from jixiao.app.versions.versions import Side
from jixiao.io.paper.compare.compare_sets import TablePair, listed
from jixiao.io.paper.compare.difference_report import difference_grid


def write_comparison(left: Side, right: Side, pairs: Sequence[TablePair], path: Path) -> int:
    """Write the differences of two sides as Excel (.xlsx) or else as Word; returns how many.

    Raises:
        ExportError: The file cannot be written.
    """
    rows = list(listed(pairs))
    tables = len({row.pair for row in rows})
    when = f"{datetime.now().astimezone():%Y-%m-%d %H:%M}"
    summary = f"{tables} 张表，共 {len(rows)} 处不同    {when}"
    agencies = dict.fromkeys(table.agency for table in (*right.tables, *left.tables))
    agency = next((name for name in agencies if name), "单位未定")
    grid = difference_grid(agency, left.label, right.label, rows, summary)
    if path.suffix.lower() == ".xlsx":
        from jixiao.io.files.write.write_xlsx import write_xlsx

        write_xlsx([("对比清单", grid)], path, fixed_columns=0)
    else:
        from jixiao.io.files.write.write_docx import write_docx

        write_docx([grid], path)
    return len(rows)
