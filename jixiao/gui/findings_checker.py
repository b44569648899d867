"""Checks again what has changed, on the book's thread and a year at a time, after a pause."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from jixiao.app.checking import DEFAULT_OPTIONS, CheckOptions, TableFinding, check
from jixiao.gui.changes import ChangeFeed
from jixiao.gui.document import Document
from jixiao.model.errors import KnownError
from jixiao.model.history import Change

_AFTER_MS = 200
_NEXT_MS = 5
Ids = frozenset[int]


class FindingsChecker(QObject):
    """Keeps the findings of the table on the screen and of its agency and year up to date.

    With ``everything`` the other years follow, one job each, so that typing never waits long.
    ``changed`` tells that findings are other ones; ``failed`` says in Chinese why there are none.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(self, document: Document, feed: ChangeFeed, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self.options: CheckOptions = DEFAULT_OPTIONS
        self.everything = False
        self._found: dict[int, list[TableFinding]] = {}
        self._fresh: set[Ids] = set()
        self._number = 0
        self._working = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._check_next)
        feed.changed.connect(self._book_changed)
        document.opened.connect(self.forget)
        document.tree_changed.connect(lambda _: self._later(_AFTER_MS))
        document.table_shown.connect(lambda: self._later(_NEXT_MS))
        document.page_changed.connect(self._page_changed)

    # What is known

    def of(self, table_ids: Ids | None) -> list[TableFinding]:
        """The findings of tables in the order of the tree; None: of all that were checked."""
        order = (i for ids in self.years() for i in self._ordered(ids))
        wanted = [i for i in order if table_ids is None or i in table_ids]
        return [found for table_id in wanted for found in self._found.get(table_id, ())]

    def knows(self, table_ids: Ids) -> bool:
        """True when the findings of these tables are those of now."""
        known = {table_id for ids in self._fresh for table_id in ids}
        return table_ids <= known and not self._working

    def years(self) -> list[Ids]:
        """The ids of the tables of each agency and year, in the order of the tree."""
        return [
            frozenset(entry.id for entry in year.tables)
            for agency in self._document.tree
            for year in agency.years
            if year.tables
        ]

    def _ordered(self, ids: Ids) -> list[int]:
        entries = (e for a in self._document.tree for y in a.years for e in y.tables)
        return [entry.id for entry in entries if entry.id in ids]

    def year_here(self) -> Ids:
        """The tables of the agency and year of the table on the screen."""
        shown = self._document.shown
        here = None if shown is None else shown.table_id
        return next((ids for ids in self.years() if here in ids), frozenset())

    # What has changed

    def forget(self) -> None:
        """Begin anew with another book, or with none."""
        self._found.clear()
        self.check_again()
        self.changed.emit()

    def check_again(self) -> None:
        """Check everything anew, as by other rules; what is known stays until then."""
        self._number += 1
        self._working = False
        self._fresh.clear()
        self._later(_NEXT_MS)

    def _book_changed(self, change: Change) -> None:
        self._fresh = {ids for ids in self._fresh if not ids & change.table_ids}
        self._later(_AFTER_MS)

    def _page_changed(self) -> None:
        here = self.year_here()
        self._fresh = {ids for ids in self._fresh if not ids & here}
        self._later(_AFTER_MS)

    def _later(self, after: int) -> None:
        if self._document.is_open:
            self._timer.start(after)

    def check_now(self) -> None:
        """Do not wait for a pause."""
        self._timer.stop()
        self._check_next()

    # Checking

    def _check_next(self) -> None:
        ids = self._next_year()
        if not ids or self._working or not self._document.is_open:
            return
        number, shown, options = self._number, self._document.shown, self.options
        typed = {shown.table_id: shown.table} if shown and shown.table_id in ids else {}
        self._fresh.add(ids)
        self._working = True

        def done(found: list[TableFinding]) -> None:
            if number == self._number:
                self._take(ids, found)

        def failed(error: KnownError) -> None:
            if number == self._number:
                self._working = False
                self.failed.emit(str(error))

        self._document.run(
            lambda session: check(session, ids, options, instead=typed), done, failed
        )

    def _take(self, ids: Ids, found: list[TableFinding]) -> None:
        self._working = False
        for table_id in ids:
            self._found[table_id] = []
        for one in found:
            self._found[one.table_id].append(one)
        self.changed.emit()
        if self._next_year():
            self._later(_NEXT_MS)

    def _next_year(self) -> Ids:
        here = self.year_here()
        years = [here, *self.years()] if self.everything else [here]
        return next((ids for ids in years if ids and ids not in self._fresh), frozenset())
