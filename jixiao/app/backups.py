"""Backups of a book: which file is one, of which book, and going back to it."""

from __future__ import annotations

from pathlib import Path

from jixiao.app.session import Session
from jixiao.model.book import Book
from jixiao.model.errors import BookError
from jixiao.model.storage import backup_made, backups_of, book_of_backup

__all__ = ["backups_of", "home_of", "name_for_copy", "replace_by_backup"]


def home_of(path: Path) -> Path:
    """The book of which a backup was made; any other book is its own."""
    return path if backup_made(path) is None else book_of_backup(path)


def name_for_copy(path: Path) -> Path:
    """Where a copy of a book would lie: that of a backup beside its book, with its day."""
    made = backup_made(path)
    if made is None:
        return path.with_name(f"{path.stem} 副本{path.suffix}")
    home = book_of_backup(path)
    return home.with_name(f"{home.stem} {made:%Y-%m-%d %H%M}{home.suffix}")


def replace_by_backup(session: Session) -> Path:
    """Put the open backup in the place of its book, which is backed up before; returns the book.

    Raises:
        BookError: The book is open elsewhere or cannot be written; then it stays as it is.
    """
    home = book_of_backup(session.book.path)
    if home.exists():
        with Book.open(home, create=False) as book:
            if book.read_only:
                raise BookError(f"不能替换“{home.name}”。{book.refusal}")
            book.backup_beside("换成备份前")
    session.book.backup(home)
    return home
