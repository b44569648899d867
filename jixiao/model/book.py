"""The book: one file with all tables of one or many agencies, always saved, with undo."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from sqlite3 import Connection
from types import TracebackType
from typing import TYPE_CHECKING

from jixiao.model import history, search, tree
from jixiao.model.ahead import Ahead, ahead
from jixiao.model.errors import BookError
from jixiao.model.history import Change
from jixiao.model.lock import WriterLock
from jixiao.model.purge import purge
from jixiao.model.rows import load_tables
from jixiao.model.schema import dump
from jixiao.model.step import Step, StepError
from jixiao.model.storage import (
    back_up,
    back_up_beside,
    backups_of,
    check_file,
    check_folder,
    database,
    known_errors,
    make_new,
    open_existing,
    refusal_of_backup,
    save_compact,
)
from jixiao.model.table import Table
from jixiao.model.tree import TREE_ORDER, AgencyNode, DeletedEntry, TableHead
from jixiao.model.versions import (
    FrozenTable,
    Version,
    read_frozen,
    read_frozen_form,
    read_versions,
)

if TYPE_CHECKING:
    from sqlite_utils import Database

_CHUNK = 500  # tables loaded by one round of queries

_LIVE_IDS = (
    "SELECT t.id FROM tables t JOIN years y ON y.id = t.year_id "  # noqa: S608 - own words
    f"JOIN agencies a ON a.id = y.agency_id {{where}} ORDER BY {TREE_ORDER}"
)


class Book:
    """An open book, for one thread at a time. Close it, or use it in a with-block.

    Attributes:
        path: Its file.
        read_only: Whether it can only be read.
        refusal: Why it can only be read, in Chinese; empty when it can be written.
    """

    def __init__(self, path: Path, connection: Connection, lock: WriterLock) -> None:
        """For ``Book.open``."""
        self.path = path
        self.refusal = lock.refusal
        self.read_only = bool(lock.refusal)
        self._connection = connection
        self._lock = lock
        self._step: Step | None = None
        self._listeners: list[Callable[[Change], object]] = []
        self._found = self.newest_step  # when it was opened; 0 once undo went beyond

    @classmethod
    def open(cls, path: Path | str, *, create: bool = True) -> Book:
        """Open the book at ``path``; where none is, make an empty one if ``create``.

        The first to open it may write; who comes later, also from another computer, reads. A
        backup can only be read where it lies. A file that is no book or comes from a newer
        program is left untouched.

        Raises:
            BookError: No book, newer, damaged, missing, in a missing folder, or no permission.
        """
        path = Path(path).absolute()
        if create and not os.path.lexists(path):  # exists() raises without permission
            check_folder(path)
        else:
            check_file(path)
        lock = WriterLock(path, refusal_of_backup(path))
        try:
            if not os.path.lexists(path):
                if lock.refusal:
                    raise BookError(f"不能在“{path.parent}”里新建账本。请检查权限，或换一个位置。")
                make_new(path)
            read_only = bool(lock.refusal)
            return cls(path, open_existing(path, read_only=read_only), lock)
        except BaseException:
            lock.release()
            raise

    @cached_property
    def _db(self) -> Database:
        return database(self._connection)

    def close(self) -> None:
        """Close the file and let others write it."""
        if self._step is not None:
            raise StepError("a book cannot be closed inside a step")
        self._connection.close()
        self._lock.release()

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Reading

    def tree(self) -> list[AgencyNode]:
        """Agencies, their years and tables, without what the tables say."""
        with known_errors():
            return tree.read_tree(self._connection)

    def heads(self) -> list[TableHead]:
        """By what each table is known from elsewhere, in the order of the tree."""
        with known_errors():
            return tree.read_heads(self._connection)

    def deleted(self) -> list[DeletedEntry]:
        """The recycle bin, the newest first."""
        with known_errors():
            return tree.read_deleted(self._connection)

    def table(self, table_id: int) -> Table:
        """One table, also a deleted one.

        Raises:
            BookError: The book has no such table.
        """
        with known_errors():
            for _, table in load_tables(self._connection, [table_id]):
                return table
        raise BookError("账本里找不到这张表，它可能已随撤销消失。")

    def table_ids(self) -> list[int]:
        """The ids of all tables in the order of the tree, without the deleted ones."""
        return self._live_ids("")

    def tables(self, only: Collection[int] | None = None) -> Iterator[tuple[int, Table]]:
        """All tables with their ids in the order of the tree, without the deleted ones.

        Args:
            only: The ids to leave it at; None: all.
        """
        ids = self._ids_in_order(only) if only is not None else self.table_ids()
        for start in range(0, len(ids), _CHUNK):
            with known_errors():
                chunk = list(load_tables(self._connection, ids[start : start + _CHUNK]))
            yield from chunk

    def _ids_in_order(self, only: Collection[int]) -> list[int]:
        """Those of these tables that are in the tree, in its order."""
        if len(only) > _CHUNK:
            return [table_id for table_id in self.table_ids() if table_id in only]
        return self._live_ids(f"WHERE t.id IN ({', '.join('?' * len(only))})", *only)

    def _live_ids(self, where: str, *values: object) -> list[int]:
        with known_errors():
            found = self._connection.execute(_LIVE_IDS.format(where=where), values)
            return [row[0] for row in found]

    def find(self, agency: str, year: int | None, kind: str, name: str) -> list[int]:
        """The ids of the tables with this agency, year, kind and name, in the order of the tree."""
        where = "WHERE t.name = ? AND t.agency = ? AND t.year IS ? AND t.kind = ?"
        return self._live_ids(where, name, agency, year, kind)

    def tables_with(self, text: str) -> set[int]:
        """The ids of the tables in which a text stands, whatever its case and width."""
        with known_errors():
            return search.tables_with(self._connection, text)

    def versions(self) -> list[Version]:
        """The named versions, in the order of the tree, those of a year as they were frozen."""
        with known_errors():
            return read_versions(self._connection)

    def version_tables(self, version_id: int) -> list[FrozenTable]:
        """The tables of a version, in their order.

        Raises:
            BookError: The book has no such version.
        """
        with known_errors():
            tables = read_frozen(self._connection, version_id)
        if not tables:
            raise BookError("账本里找不到这个版本，它可能已随撤销消失。")
        return tables

    def version_form(self, version_id: int, form_id: str) -> bytes | None:
        """The workbook of a form as it was when a version was frozen, None when it has none."""
        with known_errors():
            return read_frozen_form(self._connection, version_id, form_id)

    def form(self, form_id: str) -> bytes | None:
        """The workbook of the book's copy of a form, None when it has none."""
        with known_errors():
            found = self._connection.execute(
                "SELECT content FROM forms WHERE id = ?", [form_id]
            ).fetchone()
        return None if found is None else found[0]

    def forms(self) -> list[tuple[str, str]]:
        """The (id, name) of the book's copies of forms, by id."""
        with known_errors():
            return self._connection.execute("SELECT id, name FROM forms ORDER BY id").fetchall()

    def settings(self) -> dict[str, dict[str, str]]:
        """The settings that travel with the book: by scope ("" or the id of a form), by key."""
        found: dict[str, dict[str, str]] = {}
        with known_errors():
            for scope, key, value in self._connection.execute(
                "SELECT scope, key, value FROM settings ORDER BY scope, key"
            ):
                found.setdefault(scope, {})[key] = value
        return found

    # Writing

    @contextmanager
    def step(self, name: str, *, table_id: int | None = None) -> Generator[Step]:
        """Open a step: all of it is saved when the with-block ends, or nothing if it raises.

        Args:
            name: What undo calls it ("修改 指标值").
            table_id: Where it happens, shown after an undo; None: the first table it changes.

        Raises:
            BookError: The book is read-only, or the step could not be saved.
        """
        self._check_writable()
        step = self._step = Step(self._connection, name, table_id)
        try:
            with known_errors(), self._db.atomic():
                yield step
                step.finish()
                if step.change is not None:
                    search.refresh(self._connection, step.change.table_ids)
        finally:
            step.close()
            self._step = None
        if step.change is not None:
            self._tell(step.change)

    @property
    def newest_step(self) -> int:
        """The number of the step that ``undo`` would take back, 0 when there is none."""
        with known_errors():
            return history.last_done(self._connection)

    @property
    def undo_name(self) -> str | None:
        """Its name."""
        with known_errors():
            return history.undo_name(self._connection)

    @property
    def redo_name(self) -> str | None:
        """The name of the step that ``redo`` would do again, None when there is none."""
        with known_errors():
            return history.redo_name(self._connection)

    def ahead(self, *, undo: bool) -> Ahead | None:
        """What ``undo``, or else ``redo``, would do; None when there is nothing."""
        with known_errors():
            return ahead(self._connection, self._found, undo=undo)

    def undo(self) -> Change | None:
        """Take the newest step back; None when there is none.

        Raises:
            BookError: The book is read-only, or it could not be saved.
        """
        change = self._replay(history.undo)
        if change is not None and self.newest_step < self._found:
            self._found = 0
        return change

    def redo(self) -> Change | None:
        """Do the step again that was undone last; None when there is none.

        Raises:
            BookError: The book is read-only, or it could not be saved.
        """
        return self._replay(history.redo)

    def forget_steps(self) -> None:
        """Begin with an empty history: nothing that was done before can be undone or redone.

        Raises:
            BookError: The book is read-only, or it could not be saved.
        """
        self._check_writable()
        with known_errors(), self._db.atomic():
            history.forget(self._connection)
        self._found = 0

    def subscribe(self, callback: Callable[[Change], object]) -> Callable[[], None]:
        """Have ``callback`` called after every change, once it is on disk.

        Returns:
            A function that ends this.
        """
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    # Copies

    def backup(self, path: Path | str) -> None:
        """Copy the book to ``path``, page by page and verified; a file there is replaced.

        Raises:
            BookError: The target cannot be written or is an open book.
        """
        self._check_between_steps()
        back_up(self._connection, Path(path).absolute())

    def backup_beside(self, why: str) -> Path:
        """Back the book up into the folder 〈名称〉.备份 beside it, before something risky.

        Args:
            why: What is about to happen, a part of the file's name ("清空回收站前").

        Returns:
            The backup, a book that can only be read where it lies; the last ten are kept.

        Raises:
            BookError: It cannot be written.
        """
        self._check_between_steps()
        return back_up_beside(self._connection, self.path, why)

    def backups(self) -> list[Path]:
        """The backups beside the book, the newest first."""
        return backups_of(self.path)

    def purge(self, table_ids: Collection[int] | None = None) -> Change | None:
        """Remove deleted tables for good, all of them when None; undo cannot take this back.

        Back the book up before. Steps of the history that would need the tables are dropped.

        Raises:
            BookError: The book is read-only, or it could not be saved.
        """
        try:
            return self._replay(lambda db: purge(db, table_ids))
        finally:
            self._found = min(self._found, self.newest_step)

    def save_copy(self, path: Path | str) -> None:
        """Save the book under another name, as small as it can be; see ``backup``."""
        self._check_between_steps()
        save_compact(self._connection, Path(path).absolute())

    def dump_sql(self) -> str:
        """All content, also deleted tables, as text to compare; without history."""
        with known_errors():
            return dump(self._connection)

    def _check_between_steps(self) -> None:
        if self._step is not None:
            raise StepError("not possible inside a step")

    def _check_writable(self) -> None:
        self._check_between_steps()
        if self.read_only:
            raise BookError(self.refusal)

    def _replay(self, replay: Callable[[Connection], Change | None]) -> Change | None:
        self._check_writable()
        with known_errors(), self._db.atomic():
            change = replay(self._connection)
            if change is not None:
                search.refresh(self._connection, change.table_ids)
        if change is not None:
            self._tell(change)
        return change

    def _tell(self, change: Change) -> None:
        for listener in tuple(self._listeners):
            listener(change)
