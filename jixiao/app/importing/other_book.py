"""Another book as a source of tables: read from a copy, so that it is never changed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Generator
from contextlib import closing, contextmanager
from pathlib import Path

from jixiao.model.book import Book
from jixiao.model.errors import BookError, RefusedFileError
from jixiao.model.storage import back_up, check_file, open_existing
from jixiao.model.table import Table

_MAX_BOOK = 500 << 20


def read_book(path: Path) -> list[Table]:
    """The tables of a book, without its versions and its recycle bin.

    Raises:
        RefusedFileError: no book, made by a newer version, damaged, too large.
    """
    return [table for table, _ in read_entries(path)]


def read_entries(path: Path) -> list[tuple[Table, str]]:
    """The tables of a book, each with its state of work.

    Raises:
        RefusedFileError: as ``read_book``.
    """
    with _copy_of(path) as book:
        states = {e.id: e.state for a in book.tree() for y in a.years for e in y.tables}
        return [(table, states.get(table_id, "")) for table_id, table in book.tables()]


def forms_of(path: Path, form_ids: Collection[str]) -> list[tuple[str, str, bytes]]:
    """The book's copies of some forms: id, name and workbook of each that it has.

    Raises:
        RefusedFileError: as ``read_book``.
    """
    with _copy_of(path) as book:
        found = [(id_, name, book.form(id_)) for id_, name in book.forms() if id_ in form_ids]
    return [(id_, name, content) for id_, name, content in found if content is not None]


@contextmanager
def _copy_of(path: Path) -> Generator[Book]:
    try:
        check_file(path)
        if path.stat().st_size > _MAX_BOOK:
            raise RefusedFileError(
                "账本太大（超过 500 MB）；请用“打开”来打开它，导出需要的表再导入"
            )
        with tempfile.TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True) as folder:
            copy = Path(folder) / "copy.jxb"
            _copy(path, copy)
            with Book.open(copy, create=False) as book:
                yield book
    except (BookError, OSError) as error:
        raise RefusedFileError(str(error)) from error


def _copy(path: Path, copy: Path) -> None:
    """Copies the book as SQLite sees it, page by page.

    Where it cannot be opened for reading only (an older version, or one with a crashed step to
    be rolled back), its files are copied: the rest is done to the copy.
    """
    try:
        with closing(open_existing(path, read_only=True)) as db:
            back_up(db, copy)
    except BookError:
        shutil.copyfile(path, copy)
        journal = path.with_name(f"{path.name}-journal")
        if journal.exists():
            shutil.copyfile(journal, copy.with_name(f"{copy.name}-journal"))
