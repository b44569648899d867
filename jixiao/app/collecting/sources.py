"""The files from which is collected: books and exchange files, in folders and archives."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Generator, Iterable
from contextlib import contextmanager
from pathlib import Path, PurePath

from jixiao.app.importing.other_book import forms_of
from jixiao.app.importing.other_book import read_entries as read_book
from jixiao.app.importing.sources import Source
from jixiao.app.session import Session
from jixiao.io.files.read.door import sniff
from jixiao.io.files.read.exchange import read_entries as read_exchange
from jixiao.model.errors import RefusedFileError
from jixiao.model.table import Table

_SUFFIXES = frozenset({".jxb", ".json"})
_BACKUPS = ".备份"
_NEITHER = "不是账本，也不是交换文件；Excel 和 Word 草稿请用“导入”"


def read_source(session: Session, source: Source) -> list[tuple[Table, str]]:
    """The tables of a book or exchange file, which is only read, each with its state of work.

    The state is empty where the file does not tell it.

    Raises:
        RefusedFileError: It is neither, the open book itself, damaged, newer, or has no tables.
    """
    if source.reason:
        raise RefusedFileError(source.reason)
    if source.path.resolve() == session.book.path.resolve():
        raise RefusedFileError("这就是现在打开的账本，里面的表已经在这里")
    kind = sniff(source.path)
    if kind not in {"json", "book"}:
        raise RefusedFileError(_NEITHER)
    entries = read_book(source.path) if kind == "book" else read_exchange(source.path)
    if not entries:
        raise RefusedFileError("里面没有表")
    return entries


def missing_forms(
    session: Session, source: Source, tables: Collection[Table]
) -> list[tuple[str, str, bytes]]:
    """The forms that neither the folders nor the open book have, from the book they come from.

    Raises:
        RefusedFileError: It can no longer be read.
    """
    asked = {table.form for table in tables if table.form}
    missing = {one for one in asked if session.forms.of_book(session.book, one) is None}
    return forms_of(source.path, missing) if missing and sniff(source.path) == "book" else []


@contextmanager
def open_books(paths: Iterable[Path]) -> Generator[list[Source]]:
    """The files to read; archives are unpacked into a folder that goes at the end."""
    from jixiao.io.files.read.archive import unpack

    with tempfile.TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True) as folder:
        sources: list[Source] = []
        for number, path in enumerate(_expanded(paths)):
            if path.suffix.lower() != ".zip":
                sources.append(Source(path, path))
                continue
            place = Path(folder) / str(number)
            place.mkdir()
            try:
                members = unpack(path, place, _is_source)
            except RefusedFileError as error:
                sources.append(Source(path, path, str(error)))
                continue
            reason = "" if members else "压缩包里没有账本或交换文件"
            sources += [Source(path / m.name, m.path or path, m.reason) for m in members]
            sources += [Source(path, path, reason)] if reason else []
        yield sources


def _expanded(paths: Iterable[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = path.rglob("*")
            files += sorted(one for one in inside if _is_source(one) and one.is_file())
        else:
            files.append(path)
    return list(dict.fromkeys(files))


def _is_source(name: PurePath) -> bool:
    """True for books and exchange files; backups beside a book are not collected with it."""
    if name.name.startswith((".", "~$")) or any(p.endswith(_BACKUPS) for p in name.parts[:-1]):
        return False
    return name.suffix.lower() in {*_SUFFIXES, ".zip"}
