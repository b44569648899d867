"""Writing edited tables to the book in order, and keeping what could not be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from jixiao.app import editing, window_support
from jixiao.app.session import Session
from jixiao.app.window_support import HistoryNames, OpenedTable
from jixiao.gui.worker import BookWorker
from jixiao.model.errors import KnownError
from jixiao.model.history import Change
from jixiao.model.table import Table

Wrote = Callable[[Change | None, HistoryNames], object]


@dataclass(frozen=True)
class _Unsaved:
    opened: OpenedTable
    name: str


class Saver(QObject):
    """Puts tables into the book on its thread.

    ``saving_changed`` tells how many writes wait; ``unsaved_changed`` tells in Chinese what could
    not be written, "" when all is.
    """

    saving_changed = Signal(int)
    unsaved_changed = Signal(str)

    def __init__(self, worker: BookWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._writing: Counter[int] = Counter()
        self._unsaved: dict[int, _Unsaved] = {}

    @property
    def saving(self) -> bool:
        """True while edits wait to be written."""
        return self.waiting > 0

    @property
    def unsaved_tables(self) -> list[Table]:
        """Tables whose last edits could not be written."""
        return [opened.table for opened in self.unsaved_opened]

    @property
    def unsaved_opened(self) -> list[OpenedTable]:
        """The same, each with its form."""
        return [unsaved.opened for unsaved in self._unsaved.values()]

    @property
    def waiting(self) -> int:
        """How many edits wait to be written."""
        return self._writing.total()

    def unsaved(self, table_id: int) -> OpenedTable | None:
        """The table as it was last typed, if that could not be written."""
        found = self._unsaved.get(table_id)
        return None if found is None else found.opened

    def forget(self, table_ids: frozenset[int] | None = None) -> None:
        """Drop what could not be written, of some tables or of all."""
        for table_id in list(self._unsaved) if table_ids is None else table_ids:
            self._unsaved.pop(table_id, None)
        if not self._unsaved:
            self.unsaved_changed.emit("")

    def write(self, session: Session, opened: OpenedTable, name: str, wrote: Wrote) -> None:
        """Put a table into the book as one step with this name."""
        table_id = opened.table_id

        def job() -> tuple[Change | None, HistoryNames]:
            change = editing.put_table(session, table_id, opened.table, name)
            return change, window_support.history_names(session)

        def done(result: tuple[Change | None, HistoryNames]) -> None:
            self._count(table_id, -1)
            if table_id in self._unsaved:
                self.forget(frozenset((table_id,)))
            wrote(*result)

        def failed(error: Exception) -> None:
            self._count(table_id, -1)
            self._unsaved[table_id] = _Unsaved(opened, name)
            self.unsaved_changed.emit(f"还没有保存：{error}内容仍在屏幕上，可以再试。")
            if not isinstance(error, KnownError):
                raise error

        self._count(table_id, 1)
        self._worker.submit(job, done, failed)

    def retry(self, session: Session, wrote: Wrote) -> None:
        """Try again to write what could not be written."""
        for table_id, unsaved in list(self._unsaved.items()):
            if not self._writing[table_id]:  # else something newer of it is on its way
                self.write(session, unsaved.opened, unsaved.name, wrote)

    def _count(self, table_id: int, by: int) -> None:
        self._writing[table_id] += by
        self.saving_changed.emit(self.waiting)
