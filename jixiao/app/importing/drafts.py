"""Taking drafts and exchange files into the book."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.importing.other_book import forms_of, read_book
from jixiao.app.importing.sources import SUFFIXES, Source, expand, open_sources
from jixiao.app.progress import Progress, silent
from jixiao.app.session import Session
from jixiao.io.files.read.door import read_grids, sniff
from jixiao.io.files.read.exchange import read_entries
from jixiao.io.paper.form.choose import choose_form
from jixiao.io.recognise import Labels, Reading, is_sure, recognise
from jixiao.model.book import Book
from jixiao.model.errors import RefusedFileError
from jixiao.model.step import LockedTableError, Step
from jixiao.model.table import Table

__all__ = [
    "SUFFIXES", "Existing", "FileReport", "ImportOptions", "Source", "expand", "import_files",
    "load_files", "open_sources", "read_draft", "read_file", "report_json", "take_in",
]  # fmt: skip

Existing = Literal["replace", "skip", "keep"]
_NO_TABLE = "里面没有找到绩效目标表。请确认文件里有“一级指标、二级指标、三级指标”这样的表头。"

_NAMES = {"sample.json": "示例"}  # what a step calls a file of the program's own


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


_Name = tuple[str, int | None, str, str]


@dataclass
class _Taken:
    """What was taken of one file, and which tables were in the book before by their name.

    The book is asked once for each name: with thousands of tables of one name every further
    question would go through all that have been put there since.
    """

    ids: list[int] = field(default_factory=list[int])
    told: list[str] = field(default_factory=list[str])
    _before: dict[_Name, list[int]] = field(default_factory=dict["_Name", list[int]])

    def there(self, book: Book, table: Table) -> list[int]:
        """The tables of the book with this one's name that no table of the file has replaced."""
        key = (table.agency, table.year, table.kind, table.name)
        if key not in self._before:
            self._before[key] = book.find(*key)
        return self._before[key]


def read_draft(
    forms: FormLibrary, path: Path, name: str = "", labels: Labels | None = None
) -> tuple[Reading, ...]:
    """The tables of one draft, exchange file or other book, each with its form.

    Needs no book and writes nothing, so it may run in any thread.

    Args:
        forms: The forms at hand.
        path: Where the file lies.
        name: What the file is called, where that is not the name of ``path``.
        labels: The labels to recognise by, where they are not those of the forms alone.

    Raises:
        RefusedFileError: it cannot be read, or no table is found in it.
    """
    kind = sniff(path)
    if kind in ("json", "book"):
        entries = read_entries(path) if kind == "json" else [(t, "") for t in read_book(path)]
        if not entries:
            raise RefusedFileError("文件里没有表，没有什么可以导入")
        readings = [_told(table, state) for table, state in entries]
    else:
        readings = recognise(read_grids(path, kind), labels or forms.labels, name or path.name)
        if not readings:
            raise RefusedFileError(_NO_TABLE)
    return tuple(_with_form(forms, reading) for reading in readings)


def read_file(session: Session, path: Path) -> tuple[Reading, ...]:
    """As ``read_draft``, with the forms of a session; its own book is refused.

    Raises:
        RefusedFileError: it cannot be read, or no table is found in it.
    """
    _refuse_own_book(session, path)
    return read_draft(session.forms, path)


def _refuse_own_book(session: Session, path: Path) -> None:
    if path.suffix.lower() == session.book.path.suffix.lower() and (
        path.resolve() == session.book.path.resolve()
    ):
        raise RefusedFileError("这就是现在打开的账本，里面的表已经在这里，不用导入")


def _told(table: Table, state: str) -> Reading:
    """A table from a file that leaves no doubt, with its state of work where that is told."""
    return Reading(table, "", "", table.form, 1.0, state=state)


def _with_form(forms: FormLibrary, reading: Reading) -> Reading:
    if reading.table.form:
        return reading
    form = choose_form(list(forms.by_id.values()), reading.table)
    if form is None:
        return reading
    return replace(reading, form=form.id, table=replace(reading.table, form=form.id))


def take_in(
    session: Session,
    path: Path,
    readings: Sequence[Reading],
    options: ImportOptions,
    *,
    content: Path | None = None,
) -> FileReport:
    """Put the tables of one file into the book, as one step; all of them or none.

    Args:
        session: The open book.
        path: What the report calls the file.
        readings: What was read from it, perhaps corrected.
        options: How the tables are taken in.
        content: Where the file lies, when that is not ``path``.

    Raises:
        BookError: The book cannot be written.
        RefusedFileError: The file is another book that cannot be read any more.
    """
    readings = [replace(r, table=_completed(r.table, options)) for r in readings]
    forms = _foreign_forms(session, content or path, readings)
    taken = _Taken()
    with session.book.step(f"导入 {_NAMES.get(path.name, path.stem)}") as step:
        for form in forms:
            step.put_form(*form)
        for reading in readings:
            _take_table(session, step, reading, options, taken)
    return FileReport(path, tuple(readings), "", tuple(taken.ids), tuple(taken.told))


def _foreign_forms(
    session: Session, path: Path, readings: Sequence[Reading]
) -> list[tuple[str, str, bytes]]:
    """The forms of tables from another book that are neither at hand nor in this book."""
    missing = {
        reading.table.form
        for reading in readings
        if reading.table.form and session.forms.of_book(session.book, reading.table.form) is None
    }
    return forms_of(path, missing) if missing and sniff(path) == "book" else []


def _completed(table: Table, options: ImportOptions) -> Table:
    return replace(
        table,
        agency=table.agency or options.agency,
        year=table.year if table.year is not None else options.year,
    )


def _take_table(
    session: Session, step: Step, reading: Reading, options: ImportOptions, taken: _Taken
) -> None:
    table = reading.table
    name = table.name or "未命名的表"
    # Tables without a name are not known to be the same, and those of one file never are.
    there = taken.there(session.book, table) if table.name else []
    if there and options.existing == "skip":
        taken.told.append(f"“{name}”已在账本里，已跳过。")
        return
    if there and options.existing == "replace":
        if table.form:
            session.forms.keep_copy(session.book, step, table.form)
        table_id = there.pop(0)
        step.put_table(table_id, table, stay=True)
        if reading.state:
            step.set_state(table_id, reading.state)
        taken.ids.append(table_id)
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
    reports: list[FileReport] = []
    with open_sources(paths) as sources:
        for number, source in enumerate(sources):
            progress(number, len(sources), source.name.name)
            reports.append(_import_source(session, source, options))
        progress(len(sources), len(sources), "")
    return reports


def _import_source(session: Session, source: Source, options: ImportOptions) -> FileReport:
    if source.reason:
        return FileReport(source.name, reason=source.reason)
    try:
        _refuse_own_book(session, source.path)
        readings = read_draft(session.forms, source.path, source.name.name)
        return take_in(session, source.name, readings, options, content=source.path)
    except (RefusedFileError, LockedTableError) as error:
        return FileReport(source.name, reason=str(error))


def load_files(session: Session, paths: Iterable[Path]) -> list[FileReport]:
    """Load exchange files only; anything else is refused.

    Raises:
        BookError: when the book cannot be written.
    """
    reports: list[FileReport] = []
    for path in paths:
        try:
            if sniff(path) != "json":
                raise RefusedFileError("不是交换文件；Excel 和 Word 草稿请用 import 导入。")
            readings = [_told(table, state) for table, state in read_entries(path)]
            reports.append(take_in(session, path, readings, ImportOptions()))
        except RefusedFileError as error:
            reports.append(FileReport(path, reason=str(error)))
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
        "sure": is_sure(reading, table),
        "doubts": [
            {
                "cell": doubt.cell,
                "text": doubt.text,
                "read_as": doubt.read_as or None,
                "choices": list(doubt.choices),
                "field": doubt.field or None,
                "indicator": doubt.indicator or None,
                "reason": doubt.reason,
            }
            for doubt in reading.doubts
        ],
        "unplaced": [{"cell": u.cell, "text": u.text} for u in reading.unplaced or table.unplaced],
    }
