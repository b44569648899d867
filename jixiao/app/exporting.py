"""Handing tables over: Word and Excel files in the official form, exchange files, empty forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from jixiao.app.file_names import free_name, is_there, same_name, stems_of_book
from jixiao.app.log import logged
from jixiao.app.progress import Progress, silent
from jixiao.app.session import Session
from jixiao.io.files.exchange import dump_tables
from jixiao.io.paper.form.blank import blank_page
from jixiao.io.paper.form.fill import Unshown, fill, unshown
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.form.stand_in import is_stand_in
from jixiao.io.paper.page.grid import Grid
from jixiao.model.blank_rows import without_blank_rows
from jixiao.model.checks.units import unit_clash
from jixiao.model.errors import ExportError, KnownError, RefusedFileError
from jixiao.model.shorten import shorten
from jixiao.model.table import Table

_SHOWN = 60


@dataclass(frozen=True)
class Format:
    """A format in which a table is handed over.

    Attributes:
        name: What people call it.
        write: Writes one page to a path; the text is the name of the sheet, where there are any.
    """

    name: str
    write: Callable[[Grid, Path, str], None]


def _write_xlsx(grid: Grid, path: Path, sheet_name: str) -> None:
    from jixiao.io.files.write.write_xlsx import write_xlsx

    write_xlsx([(sheet_name, grid)], path)


def _write_docx(grid: Grid, path: Path, _: str) -> None:
    from jixiao.io.files.write.write_docx import write_docx

    write_docx([grid], path)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {"xlsx": Format("Excel", _write_xlsx), "docx": Format("Word", _write_docx)}
)
"""The formats by the ending of their files; window and command line offer all of them."""
USUAL = ("xlsx", "docx")
"""Those that are written unless something else is asked for; they can be imported back whole."""

ExistingFile = Literal["keep", "replace", "skip"]
"""What becomes of a file that is there: both stay, the new one takes its place, or it stays."""


@dataclass(frozen=True)
class Exported:
    """One written file.

    Attributes:
        path: Where it is.
        table: The name of its table.
        unshown: What the form had no place for.
        unit_clash: One sentence where its amounts stand under a wrong money unit, or none.
        instead_of: The path that it would have had, where another file is and was kept.
        replaced: Whether it took the place of a file.
    """

    path: Path
    table: str
    unshown: tuple[Unshown, ...] = ()
    instead_of: Path | None = None
    replaced: bool = False
    unit_clash: str = ""


@dataclass(frozen=True)
class NotWritten:
    """A file that could not be written: why, and what hinders its neighbours as well, if any."""

    path: Path
    reason: str
    cause: str = ""


@dataclass(frozen=True)
class ExportReport:
    """The files written, those left as they were, and those that could not be written."""

    written: tuple[Exported, ...]
    not_written: tuple[NotWritten, ...] = ()
    skipped: tuple[Path, ...] = ()

    @property
    def failed(self) -> tuple[str, ...]:
        """Why files could not be written, each cause once."""
        by_cause: dict[str, list[NotWritten]] = {}
        for one in self.not_written:
            by_cause.setdefault(one.cause or one.reason, []).append(one)
        return tuple(_told_once(group) for group in by_cause.values())


@dataclass(frozen=True)
class _Job:
    """A table to be written: its form, and the files that it would become."""

    table: Table
    form: Form
    paths: tuple[Path, ...]


@logged("export", result=lambda r: {"files": len(r.written), "failed": len(r.failed)})
def export_tables(
    session: Session,
    folder: Path,
    formats: Sequence[str] = USUAL,
    *,
    table_ids: Iterable[int] | None = None,
    form_id: str = "",
    existing: ExistingFile = "keep",
    progress: Progress = silent,
) -> ExportReport:
    """Write one file for each table and format into a folder.

    Args:
        session: The open book.
        folder: Made when it does not exist.
        formats: Keys of ``FORMATS``.
        table_ids: Which tables, None for all.
        form_id: A form of the folders to use for every table of its kind; "" for each its own.
        existing: What becomes of a file that is there.
        progress: Told before each table.

    Raises:
        KnownError: when the form is not there.
        CancelledError: from ``progress``; the files written so far stay.
    """
    forced = _forced_form(session, form_id)
    stems = stems_of_book(session)
    ids = session.book.table_ids() if table_ids is None else list(table_ids)
    taken = frozenset(same_name(f"{stem}.{end}") for stem in stems.values() for end in formats)
    writer = _Writer(existing, taken)
    for number, (table_id, table) in enumerate(session.book.tables(ids)):
        progress(number, len(ids), table.name)
        form = forced if forced and forced.kind == table.kind else session.form_of(table)
        paths = tuple(folder / f"{stems[table_id]}.{suffix}" for suffix in formats)
        if is_stand_in(form):
            writer.leave(table, paths)
        else:
            writer.write(_Job(without_blank_rows(table), form, paths))
    progress(len(ids), len(ids), "")
    return writer.report()


class _Writer:
    """Writes the files of tables and notes what became of each."""

    def __init__(self, existing: ExistingFile, taken: frozenset[str]) -> None:
        self._existing: ExistingFile = existing
        self._taken = taken
        self._written: list[Exported] = []
        self._not_written: list[NotWritten] = []
        self._skipped: list[Path] = []

    def write(self, job: _Job) -> None:
        """Write the files of one table."""
        grid = fill(job.form, job.table)
        lost = tuple(unshown(job.form, job.table))
        prints = bool(job.form.printed_unit)
        clash = unit_clash(job.table, job.form.money_unit, prints=prints)
        for path in job.paths:
            there = is_there(path)
            if there and self._existing == "skip":
                self._skipped.append(path)
                continue
            keeps = there and self._existing == "keep"
            target = free_name(path, self._taken) if keeps else path
            try:
                write_grid(grid, target, sheet_name=job.table.name or job.form.name)
            except ExportError as error:
                self._not_written.append(NotWritten(target, str(error), error.cause))
                continue
            instead_of = path if keeps else None
            name, replaced = job.table.name, there and not keeps
            self._written.append(Exported(target, name, lost, instead_of, replaced, clash))

    def leave(self, table: Table, paths: Sequence[Path]) -> None:
        """Note that a table has no form; an empty file would say that it has no content."""
        reason = f"“{table.name}”没有导出：还没有这种表的表样。它在交换文件里原样给出。"
        self._not_written.append(NotWritten(paths[0], reason))

    def report(self) -> ExportReport:
        """What became of the files."""
        return ExportReport(tuple(self._written), tuple(self._not_written), tuple(self._skipped))


def existing_files(
    session: Session,
    folder: Path,
    formats: Sequence[str] = USUAL,
    *,
    table_ids: Iterable[int] | None = None,
) -> list[Path]:
    """The files in a folder that an export of these tables would meet.

    Raises:
        BookError: The book cannot be read.
    """
    stems = stems_of_book(session)
    ids = session.book.table_ids() if table_ids is None else table_ids
    paths = (folder / f"{stems[i]}.{suffix}" for i in ids if i in stems for suffix in formats)
    return [path for path in paths if is_there(path)]


def export_warnings(report: ExportReport) -> list[str]:
    """What an export lost or could not do, a line each, the gravest first."""
    lines = list(report.failed)
    lines += [f"{one.path.stem}：{one.unit_clash}" for one in report.written if one.unit_clash]
    lines += [
        f"{one.path.stem}：本表样未列 {item.label}：{shorten(item.text, _SHOWN)}"
        for one in report.written
        for item in one.unshown
    ]
    return list(dict.fromkeys(lines))  # Word and Excel lack the same


def existing_lines(report: ExportReport) -> list[str]:
    """What became of the files that were there, a line each."""
    lines = [f"替换了原有的 {one.path.name}" for one in report.written if one.replaced]
    lines += [
        f"已有 {one.instead_of.name}，这次另存为 {one.path.name}"
        for one in report.written
        if one.instead_of is not None
    ]
    return [*lines, *(f"已有 {path.name}，跳过" for path in report.skipped)]


def _told_once(group: Sequence[NotWritten]) -> str:
    if len(group) == 1:
        return group[0].reason
    return f"{group[0].reason}（{len(group)} 个文件没有写成。）"


def write_grid(grid: Grid, path: Path, *, sheet_name: str = "Sheet1") -> None:
    """Write one page in the format of the path's ending.

    Raises:
        ExportError: when the file cannot be written.
    """
    FORMATS[path.suffix.lower().removeprefix(".")].write(grid, path, sheet_name)


def write_empty_form(form: Form, path: Path) -> None:
    """Write an empty form, to be filled in Excel or Word and imported back.

    Raises:
        ExportError: when the file cannot be written.
    """
    if path.suffix.lower() == ".xlsx":
        from jixiao.io.files.write import empty_form

        empty_form.write_empty_form(form, path)
    else:
        write_grid(blank_page(form), path)


def dump_book(session: Session) -> str:
    """The exchange file's text for all tables of the book."""
    return dump_tables([table for _, table in session.book.tables()])


def write_dump(session: Session, path: Path) -> bool:
    """Write the exchange file for all tables of the book.

    Returns:
        Whether it took the place of an exchange file that was there.

    Raises:
        ExportError: The file cannot be written, or another kind of file is there; it stays.
    """
    from jixiao.io.files.write.safe_write import write_bytes

    there = path.is_file() and path.stat().st_size > 0
    if there and not _is_exchange(path):
        raise ExportError(f"“{path.name}”已经在那里，不是交换文件，没有替换它。请换一个文件名。")
    write_bytes(path, dump_book(session).encode("utf-8"))
    return there


def _is_exchange(path: Path) -> bool:
    from jixiao.io.files.read.exchange import read_exchange

    try:
        read_exchange(path)
    except RefusedFileError:
        return False
    return True


def _forced_form(session: Session, form_id: str) -> Form | None:
    if not form_id:
        return None
    form = session.forms.current(form_id)
    if form is None:
        known = "、".join(sorted(session.forms.by_id))
        raise KnownError(f"没有编号为“{form_id}”的表样。可用的有：{known}。")
    return form
