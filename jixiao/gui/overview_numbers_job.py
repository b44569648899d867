"""Gathers the numbers of an overview on the book's thread, a little at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from jixiao.app.checking import TableFinding, check
from jixiao.app.overview import OverviewSource
from jixiao.app.overview_numbers import Overview
from jixiao.app.session import Session
from jixiao.gui.changes import ChangeFeed
from jixiao.gui.document import Document
from jixiao.model.history import Change
from jixiao.model.table import Table

_NEXT_MS = 5
_AT_ONCE = 60  # tables read or checked by one job, so that typing never waits long behind it
_NOTHING = Table()


class OverviewNumbers(QObject):
    """Keeps what overviews ask of the tables; ``changed`` tells that they would say otherwise."""

    changed = Signal()

    def __init__(self, document: Document, feed: ChangeFeed, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._source: OverviewSource | None = None
        self._found: dict[int, tuple[TableFinding, ...]] = {}
        self._wish: tuple[tuple[int, ...], Callable[[Overview], object]] | None = None
        self._working = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_NEXT_MS)
        self._timer.timeout.connect(self._next)
        document.opened.connect(self._begin)
        feed.changed.connect(self._forget)

    def _begin(self) -> None:
        self._source = None
        self._found.clear()
        self._wish = None
        if self._document.is_open:
            self._document.run(OverviewSource, self._take_source)

    def _take_source(self, source: OverviewSource) -> None:
        self._source = source
        if self._wish is not None:
            self._timer.start()

    def _forget(self, change: Change) -> None:
        """Tables are checked against those of their agency and year: all of these are stale."""
        for agency in self._document.tree:
            for year in agency.years:
                ids = {entry.id for entry in year.tables}
                if change.tree or ids & change.table_ids:
                    for table_id in ids:
                        self._found.pop(table_id, None)
        self.changed.emit()

    def ask(self, table_ids: Sequence[int], done: Callable[[Overview], object]) -> None:
        """Give ``done`` an overview, first without findings where they are not known yet.

        Only the last wish counts.
        """
        self._wish = (tuple(table_ids), done)
        self._timer.start()

    def _next(self) -> None:
        source, wish = self._source, self._wish
        if source is None or wish is None or self._working:
            return
        ids, done = wish
        unchecked = self._unchecked(ids)
        findings = [one for i in ids for one in self._found.get(i, ())]
        self._working = True

        def job(session: Session) -> tuple[Overview | None, dict[int, tuple[TableFinding, ...]]]:
            if len(ids) > _AT_ONCE and not source.prepare(_AT_ONCE):
                return None, {}
            found = _checked(session, unchecked)
            if unchecked:
                return source.overview(ids, None), found
            return source.overview(ids, findings), found

        def ended(
            result: tuple[Overview | None, dict[int, tuple[TableFinding, ...]]],
        ) -> None:
            self._working = False
            overview, found = result
            if source is self._source:
                self._found |= found
            if self._wish is wish:
                if overview is not None:
                    done(overview)
                if overview is None or unchecked:
                    self._timer.start()
                else:
                    self._wish = None
            elif self._wish is not None:
                self._timer.start()

        def failed(_: Exception) -> None:  # told where it matters: at the next edit
            self._working, self._wish = False, None

        self._document.run(job, ended, failed)

    def _unchecked(self, ids: Sequence[int]) -> tuple[int, ...]:
        """The tables to be checked next: whole years, as many as one job may take."""
        wanted = {i for i in ids if i not in self._found}
        chosen: list[int] = []
        for agency in self._document.tree:
            for year in agency.years:
                tables = [entry.id for entry in year.tables]
                if not wanted.isdisjoint(tables):
                    chosen += tables
                    if len(chosen) >= _AT_ONCE:
                        return tuple(chosen)
        return tuple(chosen)


def _checked(session: Session, table_ids: Sequence[int]) -> dict[int, tuple[TableFinding, ...]]:
    """The open findings of tables; what they said is not kept, a large book has much of it."""
    found: dict[int, tuple[TableFinding, ...]] = dict.fromkeys(table_ids, ())
    if not table_ids:
        return found
    for one in check(session, table_ids):
        if one.open:
            found[one.table_id] = (*found[one.table_id], replace(one, table=_NOTHING))
    return found
