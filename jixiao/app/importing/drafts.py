"""Taking drafts and exchange files into the book."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.importing.accept import Accepted, Outcome, accept
from jixiao.app.importing.other_book import read_book
from jixiao.app.importing.remarks import recognised
from jixiao.app.importing.sources import SUFFIXES, Source, expand, open_sources
from jixiao.app.log import fault, file_facts, logged
from jixiao.app.progress import Progress, silent
from jixiao.app.review.index import book_index, refuse_own_book
from jixiao.app.review.items import Item, ReviewFile
from jixiao.app.review.review import Existing, Review
from jixiao.app.session import Session
from jixiao.io.files.read.door import read_pages, sniff
from jixiao.io.files.read.exchange import read_entries
from jixiao.io.paper.form.choose import choose_form
from jixiao.io.recognise import Labels, Reading
from jixiao.model.errors import KnownError, RefusedFileError
from jixiao.model.table import Table, shown_name

__all__ = [
    "FAULT", "SUFFIXES", "Existing", "FileReport", "ImportOptions", "Source", "TableReport",
    "expand", "import_files", "load_files", "open_sources", "read_draft", "read_file",
    "read_parts", "report_json",
]  # fmt: skip

_SHOWN = 20
FAULT = "读这个文件时程序出了错，没有导入；请用 Excel、Word 或 WPS 打开它，另存一份再导入"

_NAMES = {"sample.json": "示例"}  # what a step calls a file of the program's own


@dataclass(frozen=True)
class TableReport:
    """What became of one table.

    Attributes:
        reading: The table as it was read, with agency and year where those were given.
        sure: Whether nothing had to be asked about it.
        table_id: Its table of the book, None when it was not taken.
        reason: In Chinese why it was not taken.
        remark: In Chinese what else is to be known, such as that it was in the book already.
        refused: It was to be taken and could not be.
    """

    reading: Reading
    sure: bool
    table_id: int | None = None
    reason: str = ""
    remark: str = ""
    refused: bool = False

    @property
    def message(self) -> str:
        """The reason or the remark as a sentence; empty where there is nothing to say."""
        text = f"没有导入：{self.reason}" if self.table_id is None else self.remark
        loose = self.reading.table.unplaced
        if self.table_id is None and loose:  # they are in no table of the book
            first = " ".join(loose[0].text.split())[:_SHOWN]
            text += f"；原稿里还有 {len(loose)} 处文字不在表里，从“{first}”起，也没有导入"
        return f"“{shown_name(self.reading.table.name)}”{text}。" if text else ""


@dataclass(frozen=True)
class FileReport:
    """What became of one file: its tables, or the reason why it could not be read.

    ``unread`` are sentences about parts of it in which no table was found.
    """

    file: Path
    tables: tuple[TableReport, ...] = ()
    reason: str = ""
    unread: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """True when the file could not be read."""
        return bool(self.reason)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The tables as they were read."""
        return tuple(one.reading for one in self.tables)

    @property
    def table_ids(self) -> tuple[int, ...]:
        """The tables of the book that were added or changed."""
        return tuple(one.table_id for one in self.tables if one.table_id is not None)

    @property
    def messages(self) -> tuple[str, ...]:
        """What is to be known of it and its tables, a sentence each."""
        return (*self.unread, *(one.message for one in self.tables if one.message))


@dataclass(frozen=True)
class ImportOptions:
    """How tables are taken in.

    ``agency`` and ``year`` hold for tables whose draft does not tell them; ``existing`` says what
    happens to a table that is in the book already (same agency, year, kind and name).
    """

    agency: str = ""
    year: int | None = None
    existing: Existing = "keep"


@logged(
    "read",
    given=lambda *args, **_: file_facts(args[1]),
    result=lambda parts: {
        "tables": len(parts[0]),
        "doubts": sum(len(reading.doubts) for reading in parts[0]),
        "unplaced": sum(len(reading.unplaced) for reading in parts[0]),
    },
)
def read_parts(
    forms: FormLibrary, path: Path, name: str = "", labels: Labels | None = None
) -> tuple[tuple[Reading, ...], tuple[str, ...]]:
    """As ``read_draft``, and in Chinese the parts of the file in which no table was found.

    Raises:
        RefusedFileError: it cannot be read, or no table is found in it.
    """
    try:
        readings, unread = _read(path, labels or forms.labels, name or path.name)
    except KnownError:
        raise
    except Exception as error:
        # A fault of the program must not keep the other files out; the log has it.
        fault(type(error), error.__traceback__)
        raise RefusedFileError(FAULT) from error
    return tuple(_with_form(forms, reading) for reading in readings), unread


def _read(path: Path, labels: Labels, name: str) -> tuple[list[Reading], tuple[str, ...]]:
    kind = sniff(path)
    if kind not in ("json", "book"):
        return recognised(read_pages(path, kind), labels, PurePath(name).name)
    entries = read_entries(path) if kind == "json" else [(t, "") for t in read_book(path)]
    if not entries:
        raise RefusedFileError("文件里没有表，没有什么可以导入")
    return [_certain(table, state) for table, state in entries], ()


def read_draft(
    forms: FormLibrary, path: Path, name: str = "", labels: Labels | None = None
) -> tuple[Reading, ...]:
    """The tables of one draft, exchange file or other book, each with its form.

    Needs no book and writes nothing, so it may run in any thread.

    Args:
        forms: The forms at hand.
        path: Where the file lies.
        name: What the file is called, where that is not the name of ``path``.
        labels: The labels to recognise by, where they are not those of the forms and the user.

    Raises:
        RefusedFileError: it cannot be read, or no table is found in it.
    """
    return read_parts(forms, path, name, labels)[0]


def read_file(session: Session, path: Path) -> tuple[Reading, ...]:
    """As ``read_draft``, with the forms of a session; its own book is refused.

    Raises:
        RefusedFileError: it cannot be read, or no table is found in it.
    """
    refuse_own_book(session.book.path, path)
    return read_draft(session.forms, path)


def _certain(table: Table, state: str) -> Reading:
    """A table from a file that leaves no doubt, with its state of work where that is told."""
    return Reading(table, "", "", table.form, 1.0, state=state)


def _with_form(forms: FormLibrary, reading: Reading) -> Reading:
    if reading.table.form:
        return reading
    form = choose_form(list(forms.by_id.values()), reading.table)
    if form is None:
        return reading
    return replace(reading, form=form.id, table=replace(reading.table, form=form.id))


@logged(
    "import",
    result=lambda reports: {
        "files": len(reports),
        "refused": sum(report.refused for report in reports),
        "tables": sum(len(report.table_ids) for report in reports),
    },
)
def import_files(
    session: Session,
    paths: Iterable[Path],
    options: ImportOptions | None = None,
    progress: Progress = silent,
) -> list[FileReport]:
    """Import files and folders, as one step; a file that is refused does not hinder the others.

    The same as a review in which everything is ticked, but of every table only the most certain
    copy.

    Raises:
        BookError: when the book cannot be written; then nothing is taken.
        CancelledError: from ``progress``; then nothing is taken.
    """
    options = options or ImportOptions()
    labels = session.forms.labels
    review = Review(book_index(session))
    with open_sources(paths) as sources:
        review.set_sources(sources)
        for number, source in enumerate(sources):
            progress(number, len(sources), source.name.name)
            if not source.reason:
                _put(review, number, session, labels, options)
        progress(len(sources), len(sources), "")
        review.decide(options.existing)
        # Before the unpacked files go: another book among them may have forms of its own.
        return _taken_in(session, review)


def _put(
    review: Review, number: int, session: Session, labels: Labels, options: ImportOptions
) -> None:
    """Read a file of a review."""
    source = review.files[number].source
    try:
        refuse_own_book(session.book.path, source.path)
        readings, unread = read_parts(session.forms, source.path, source.name.name, labels)
    except RefusedFileError as error:
        review.put(number, str(error))
        return
    completed = [replace(one, table=_completed(one.table, options)) for one in readings]
    review.put(number, completed, unread)


def _completed(table: Table, options: ImportOptions) -> Table:
    return replace(
        table,
        agency=table.agency or options.agency,
        year=table.year if table.year is not None else options.year,
    )


def _taken_in(session: Session, review: Review) -> list[FileReport]:
    name = ""
    if len(review.files) == 1:
        path = review.files[0].path
        name = f"导入 {_NAMES.get(path.name, path.stem)}"
    accepted = accept(session, review.decisions(), name=name)
    return reports_of(review, accepted, review.taken())


def reports_of(
    review: Review, accepted: Accepted, taken: Sequence[tuple[ReviewFile, Item]]
) -> list[FileReport]:
    """What became of every file and table of a review.

    Args:
        review: The review.
        accepted: What became of those that were to be taken.
        taken: The tables that were to be taken, in the order of their decisions.
    """
    outcomes = {
        id(item): outcome for (_, item), outcome in zip(taken, accepted.outcomes, strict=True)
    }
    reports: list[FileReport] = []
    for file in review.files:
        tables = tuple(_report(item, outcomes.get(id(item))) for item in file.items)
        reason = file.reason if file.state != "waiting" else "还没有读到，读取已经停止"
        reports.append(FileReport(file.path, tables, reason, file.unread))
    return reports


def _report(item: Item, outcome: Outcome | None) -> TableReport:
    reading = replace(item.reading, table=item.table)
    if outcome is None:
        return TableReport(reading, item.sure, reason=item.why_not())
    refused = outcome.table_id is None
    return TableReport(
        reading, item.sure, outcome.table_id, outcome.reason, outcome.remark, refused
    )


def load_files(session: Session, paths: Iterable[Path]) -> list[FileReport]:
    """Load exchange files only, as one step; anything else is refused.

    Every table is added as it stands, also one that is in the book already.

    Raises:
        BookError: when the book cannot be written.
    """
    review = Review(book_index(session))
    sources = [Source(path, path) for path in paths]
    review.set_sources(sources)
    for number, source in enumerate(sources):
        try:
            if sniff(source.path) != "json":
                raise RefusedFileError("不是交换文件；Excel 和 Word 草稿请用 import 导入。")
            review.put(number, [_certain(*entry) for entry in read_entries(source.path)])
        except RefusedFileError as error:
            review.put(number, str(error))
    for _, item in review.items:
        item.ticked, item.taking = True, "keep"
    return _taken_in(session, review)


def report_json(reports: Iterable[FileReport]) -> dict[str, Any]:
    """The report of ``import --json``."""
    return {
        "files": [
            {
                "file": str(report.file),
                "status": "refused" if report.refused else "read",
                "reason": report.reason or None,
                "unread": list(report.unread),
                "tables": [_table_json(table) for table in report.tables],
            }
            for report in reports
        ]
    }


def _table_json(report: TableReport) -> dict[str, Any]:
    reading = report.reading
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
        "sure": report.sure,
        "taken": report.table_id is not None,
        "reason": report.reason or None,
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
