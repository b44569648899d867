"""Handing tables over: Word and Excel files in the official form, exchange files, empty forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jixiao.app.progress import Progress, silent
from jixiao.app.session import Session
from jixiao.io.files.exchange import dump_tables
from jixiao.io.paper.form.fill import Unshown, fill, unshown
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Grid
from jixiao.model.errors import ExportError, KnownError
from jixiao.model.table import Table

FORMATS = ("xlsx", "docx")
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Exported:
    """One written file: its table, and what the form had no place for."""

    path: Path
    table: str
    unshown: tuple[Unshown, ...] = ()


@dataclass(frozen=True)
class ExportReport:
    """The files written, and for those that were not the reason."""

    written: tuple[Exported, ...]
    failed: tuple[str, ...] = ()


def export_tables(
    session: Session,
    folder: Path,
    formats: Sequence[str] = FORMATS,
    *,
    table_ids: Iterable[int] | None = None,
    form_id: str = "",
    progress: Progress = silent,
) -> ExportReport:
    """Write one file for each table and format into a folder.

    Args:
        session: The open book.
        folder: Made when it does not exist.
        formats: Of "xlsx" and "docx".
        table_ids: Which tables, None for all.
        form_id: A form of the folders to use for every table of its kind; "" for each its own.
        progress: Told before each table.

    Raises:
        KnownError: when the form is not there or the folder cannot be made.
        CancelledError: from ``progress``; the files written so far stay.
    """
    forced = _forced_form(session, form_id)
    tables = _tables(session, table_ids)
    names = _Names()
    written: list[Exported] = []
    failed: list[str] = []
    for number, table in enumerate(tables):
        progress(number, len(tables), table.name)
        form = forced if forced and forced.kind == table.kind else session.form_of(table)
        grid = fill(form, table)
        stem = names.unique(file_stem(table, form))
        for suffix in formats:
            path = folder / f"{stem}.{suffix}"
            try:
                write_grid(grid, path, sheet_name=table.name or form.name)
            except ExportError as error:
                failed.append(str(error))
                continue
            written.append(Exported(path, table.name, tuple(unshown(form, table))))
    progress(len(tables), len(tables), "")
    return ExportReport(tuple(written), tuple(failed))


def write_grid(grid: Grid, path: Path, *, sheet_name: str = "Sheet1") -> None:
    """Write one page in the format of the path's ending.

    Raises:
        ExportError: when the file cannot be written.
    """
    if path.suffix.lower() == ".docx":
        from jixiao.io.files.write.write_docx import write_docx

        write_docx([grid], path)
    else:
        from jixiao.io.files.write.write_xlsx import write_xlsx

        write_xlsx([(sheet_name, grid)], path)


def write_empty_form(form: Form, path: Path) -> None:
    """Write an empty form, to be filled in Excel or Word and imported back.

    Raises:
        ExportError: when the file cannot be written.
    """
    if path.suffix.lower() == ".docx":
        write_grid(fill(form, Table(kind=form.kind)), path)
    else:
        from jixiao.io.files.write import empty_form

        empty_form.write_empty_form(form, path)


def dump_book(session: Session) -> str:
    """The exchange file's text for all tables of the book."""
    return dump_tables([table for _, table in session.book.tables()])


def _forced_form(session: Session, form_id: str) -> Form | None:
    if not form_id:
        return None
    form = session.forms.current(form_id)
    if form is None:
        known = "、".join(sorted(session.forms.by_id))
        raise KnownError(f"没有编号为“{form_id}”的表样。可用的有：{known}。")
    return form


def _tables(session: Session, table_ids: Iterable[int] | None) -> list[Table]:
    if table_ids is None:
        return [table for _, table in session.book.tables()]
    return [session.book.table(table_id) for table_id in table_ids]


def file_stem(table: Table, form: Form) -> str:
    """The name of a table's file without its ending: year, agency and name."""
    year = f"{table.year}年" if table.year is not None else ""
    what = "部门整体" if table.kind == "department" else (table.name or form.name)
    parts = [part for part in (year + table.agency, what) if part]
    name = _NOT_IN_NAMES.sub(" ", "-".join(parts)).strip(" .")
    return name[:_LONGEST_NAME].rstrip(" .") or "绩效目标表"


class _Names:
    """File names that do not meet, also where upper and lower case are the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def unique(self, stem: str) -> str:
        name, number = stem, 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{stem}({number})"
        self._taken.add(name.casefold())
        return name
