"""Putting tables of a version back into the year they came from."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from jixiao.app.session import Session
from jixiao.app.tree import locked_text
from jixiao.model.errors import KnownError
from jixiao.model.notes import send_back_notes, with_notes
from jixiao.model.schema import CHECKED, DRAFT, REPORTED
from jixiao.model.step import Step
from jixiao.model.tree import TableEntry, YearNode
from jixiao.model.versions import FrozenTable, Version


class Restorer:
    """Puts tables of a version back into its year, within a step.

    Attributes:
        skipped: In Chinese what was left out because it was handed in.
        year_id: The year of the version, made again when it was gone.
    """

    def __init__(self, session: Session, step: Step, version: Version) -> None:
        self._session, self._step = session, step
        self.skipped: list[str] = []
        self.year_id = step.year(version.agency, version.agency_code, version.year)
        self._binned = {entry.id for entry in session.book.deleted()}
        self._entries = {entry.id: entry for entry in self._in_year()}
        self._taken: set[int] = set()
        self._copied = {one.table_id for one in session.book.version_tables(version.id)}

    def _in_year(self) -> Sequence[TableEntry]:
        return year_of(self._session, self.year_id).tables

    def restore(self, frozen: FrozenTable) -> int:
        """Put one table back; returns its id."""
        table_id = self._found(frozen)
        if table_id is None:
            table_id = self._step.add_table(frozen.table, year_id=self.year_id)
        elif self._is_locked(table_id):
            self.skipped.append(locked_text(frozen.table.name, frozen.table.year))
        else:
            self._put(table_id, frozen)
        self._taken.add(table_id)
        return table_id

    def _put(self, table_id: int, frozen: FrozenTable) -> None:
        entry = self._entries.get(table_id)
        table = frozen.table
        if entry is not None:
            now = self._session.book.table(table_id)
            table = with_notes(table, [note for _, note in send_back_notes(now)])
            if table == now:
                return
        self._step.put_table(table_id, table, stay=True)
        if frozen.state == CHECKED:
            self._step.set_state(table_id, CHECKED)
        elif entry is None or entry.state == CHECKED:  # what was checked is not there any more
            self._step.set_state(table_id, DRAFT)

    def remove_others(self, kept: Collection[int]) -> None:
        """Put the other tables of the year into the recycle bin, unless they were handed in."""
        for entry in self._entries.values():
            if entry.id in kept:
                continue
            if entry.state == REPORTED:
                year = year_of(self._session, self.year_id).year
                self.skipped.append(locked_text(entry.name, year))
            else:
                self._step.delete_table(entry.id)

    def _found(self, frozen: FrozenTable) -> int | None:
        """The table that a frozen one is to replace; None when there is none any more."""
        if frozen.table_id in self._entries:
            return frozen.table_id
        if frozen.table_id in self._binned:
            self._step.restore_table(frozen.table_id)
            self._step.place_tables([frozen.table_id], self.year_id, len(self._entries))
            return frozen.table_id
        key = frozen.table.kind, frozen.table.name
        free = self._entries.keys() - self._taken - self._copied
        same = (i for i in self._entries if i in free and _key(self._entries[i]) == key)
        return next(same, None)

    def _is_locked(self, table_id: int) -> bool:
        entry = self._entries.get(table_id)
        return entry is not None and entry.state == REPORTED


def _key(entry: TableEntry) -> tuple[str, str]:
    return entry.kind, entry.name


def year_of(session: Session, year_id: int) -> YearNode:
    """A year of the tree.

    Raises:
        KnownError: There is no such year.
    """
    for agency in session.book.tree():
        for year in agency.years:
            if year.id == year_id:
                return year
    raise KnownError("账本里找不到这个年度，它可能已随撤销消失。")
