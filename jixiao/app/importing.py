"""Taking drafts and exchange files into the book."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from jixiao.app.progress import Progress, silent
from jixiao.app.session import Session
from jixiao.io.choose import choose_form
from jixiao.io.exchange import load_tables
from jixiao.io.read import read_grids, sniff
from jixiao.io.recognise import Reading, recognise
from jixiao.model.errors import KnownError, RefusedFileError
from jixiao.model.step import Step
from jixiao.model.table import Table

Existing = Literal["replace", "skip", "keep"]
SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".et", ".ods", ".docx", ".csv", ".json"})
"""Endings of the files that are taken from a folder; a file named by itself is always tried."""


@dataclass(frozen=True)
class FileReport:
    """What became of one file: its readings, or the reason why it was refused.

    ``told`` are remarks for the user, such as that a table was in the book already.
    """

    file: Path
    readings: tuple[Reading, ...] = ()
    reason: str = ""
    table_ids: tuple[int, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """True when nothing of the file was taken."""
        return bool(self.reason)


@dataclass(frozen=True)
class ImportOptions:
    """How tables are taken in.

    ``agency`` and ``year`` hold for tables whose draft does not tell them; ``existing`` says what
    happens to a table that is in the book already (same agency, year, kind and name).
    """

    agency: str = ""
    year: int | None = None
    existing: Existing = "keep"


@dataclass
class _Taken:
    ids: list[int] = field(default_factory=list[int])
    told: list[str] = field(default_factory=list[str])


def expand(paths: Iterable[Path]) -> list[Path]:
    """Files as given, and in place of a folder every readable file in it and below, by name."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(
                child
                for child in path.rglob("*")
                if child.is_file()
                and child.suffix.lower() in SUFFIXES
                and not child.name.startswith(("~$", "."))
            )
        else:
            files.append(path)
    return files


def read_file(session: Session, path: Path) -> tuple[Reading, ...]:
    """The tables of one draft or exchange file, each with its form; nothing is written.

    Raises:
        RefusedFileError: when it cannot be read, or no table is found in it.
    """
    if sniff(path) == "json":
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        return tuple(_exchanged(table) for table in load_tables(text))
    readings = recognise(read_grids(path), session.forms.labels, path.name)
    if not readings:
        raise RefusedFileError(
            "里面没有找到绩效目标表。请确认文件里有“一级指标、二级指标、三级指标”这样的表头。"
        )
    return tuple(_with_form(session, reading) for reading in readings)


def _exchanged(table: Table) -> Reading:
    return Reading(table, "", "", table.form, 1.0)


def _with_form(session: Session, reading: Reading) -> Reading:
    form = choose_form(list(session.forms.by_id.values()), reading.table)
    if form is None:
        return reading
    return replace(reading, form=form.id, table=replace(reading.table, form=form.id))


def take_in(
    session: Session, path: Path, readings: Sequence[Reading], options: ImportOptions
) -> FileReport:
    """Put the tables of one file into the book, as one step; all of them or none."""
    taken = _Taken()
    with session.book.step(f"导入 {path.name}") as step:
        for reading in readings:
            _take_table(session, step, _completed(reading.table, options), options, taken)
    return FileReport(path, tuple(readings), "", tuple(taken.ids), tuple(taken.told))


def _completed(table: Table, options: ImportOptions) -> Table:
    return replace(
        table,
        agency=table.agency or options.agency,
        year=table.year if table.year is not None else options.year,
    )


def _take_table(
    session: Session, step: Step, table: Table, options: ImportOptions, taken: _Taken
) -> None:
    there = session.book.find(table.agency, table.year, table.kind, table.name)
    name = table.name or "未命名的表"
    if there and options.existing == "skip":
        taken.told.append(f"“{name}”已在账本里，已跳过。")
        return
    if there and options.existing == "replace":
        if table.form:
            session.forms.keep_copy(session.book, step, table.form)
        step.put_table(there[0], table)
        taken.ids.append(there[0])
        taken.told.append(f"“{name}”已在账本里，已用新的替换。")
        return
    if there:
        taken.told.append(f"“{name}”已在账本里，又添了一份。")
    taken.ids.append(session.add_table(step, table))


def import_files(
    session: Session,
    paths: Iterable[Path],
    options: ImportOptions | None = None,
    progress: Progress = silent,
) -> list[FileReport]:
    """Import files and folders; a file that is refused does not hinder the others.

    Raises:
        BookError: when the book cannot be written.
        CancelledError: from ``progress``; the files done so far stay in the book.
    """
    options = options or ImportOptions()
    files = expand(paths)
    reports: list[FileReport] = []
    for number, path in enumerate(files):
        progress(number, len(files), path.name)
        try:
            readings = read_file(session, path)
        except RefusedFileError as error:
            reports.append(FileReport(path, reason=str(error)))
            continue
        reports.append(take_in(session, path, readings, options))
    progress(len(files), len(files), "")
    return reports


def load_files(session: Session, paths: Iterable[Path]) -> list[FileReport]:
    """Load exchange files only; anything else is refused."""
    reports: list[FileReport] = []
    for path in paths:
        try:
            if sniff(path) != "json":
                raise RefusedFileError("不是交换文件；Excel 和 Word 草稿请用 import 导入。")
            reports.append(take_in(session, path, read_file(session, path), ImportOptions()))
        except RefusedFileError as error:
            reports.append(FileReport(path, reason=str(error)))
        except KnownError:
            raise
    return reports


def report_json(reports: Iterable[FileReport]) -> dict[str, Any]:
    """The report of ``import --json``."""
    return {
        "files": [
            {
                "file": str(report.file),
                "status": "refused" if report.refused else "read",
                "reason": report.reason or None,
                "tables": [_reading_json(reading) for reading in report.readings],
            }
            for report in reports
        ]
    }


def _reading_json(reading: Reading) -> dict[str, Any]:
    table = reading.table
    return {
        "sheet": reading.sheet or None,
        "range": reading.range or None,
        "form": table.form or None,
        "confidence": reading.confidence,
        "agency": table.agency or None,
        "year": table.year,
        "kind": table.kind,
        "table": table.name or None,
        "doubts": [
            {
                "cell": doubt.cell,
                "text": doubt.text,
                "read_as": doubt.read_as or None,
                "field": doubt.field or None,
                "indicator": doubt.indicator or None,
                "reason": doubt.reason,
            }
            for doubt in reading.doubts
        ],
        "unplaced": [{"cell": u.cell, "text": u.text} for u in reading.unplaced],
    }
