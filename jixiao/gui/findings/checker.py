"""Checks again what has changed, on the book's thread and a year at a time, after a pause."""

from __future__ import annotations

from itertools import islice
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from jixiao.app.checking.checking import TableFinding, check
from jixiao.app.checking.groups import Totals, sum_of, totals_of
from jixiao.gui.changes import ChangeFeed
from jixiao.gui.document import Document
from jixiao.model.errors import KnownError
from jixiao.model.history import Change

_AFTER_MS = 60
_NEXT_MS = 5
_AT_ONCE = 40  # tables of other years checked by one job, so that typing never waits long
_TOLD_AFTER = 1.0  # seconds
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
        self.everything = False
        self._found: dict[int, list[TableFinding]] = {}
        self._totals: dict[int, Totals] = {}
        self._tree: object = None
        self._years: list[Ids] = []
        self._told = 0.0
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

    def of(self, table_ids: Ids | None, most: int | None = None) -> list[TableFinding]:
        """The findings of tables in the order of the tree, at most so many of them.

        Args:
            table_ids: Which tables; None: all that were checked.
            most: How many findings; None: all.
        """
        found = (
            one
            for agency in self._document.tree
            for year in agency.years
            for entry in year.tables
            if table_ids is None or entry.id in table_ids
            for one in self._found.get(entry.id, ())
        )
        return list(islice(found, most))

    def totals(self, table_ids: Ids | None) -> Totals:
        """How many findings tables have; None: all that were checked."""
        there = {entry.id for a in self._document.tree for y in a.years for entry in y.tables}
        wanted = there if table_ids is None else there & table_ids
        return sum_of(self._totals[i] for i in wanted if i in self._totals)

    def knows(self, table_ids: Ids) -> bool:
        """True when the findings of these tables are those of now."""
        known = {table_id for ids in self._fresh for table_id in ids}
        return table_ids <= known and not self._working

    def years(self) -> list[Ids]:
        """The ids of the tables of each agency and year, in the order of the tree."""
        if self._tree is not self._document.tree:
            self._tree = self._document.tree
            self._years = [
                frozenset(entry.id for entry in year.tables)
                for agency in self._tree
                for year in agency.years
                if year.tables
            ]
        return self._years

    def year_here(self) -> Ids:
        """The tables of the agency and year of the table on the screen."""
        shown = self._document.shown
        return self._document.index.year_of(None if shown is None else shown.table_id)

    # What has changed

    def forget(self) -> None:
        """Begin anew with another book, or with none."""
        self._found.clear()
        self._totals.clear()
        self.check_again()
        self.changed.emit()

    def check_again(self) -> None:
        """Check everything anew, as by other rules; what is known stays until then."""
        self._number += 1
        self._working = False
        self._fresh.clear()
        self._later(_NEXT_MS)

    def _book_changed(self, change: Change) -> None:
        if change.settings or change.forms:  # they say by which rules
            self.check_again()
            return
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
        years = self._next_years()
        if not years or self._working or not self._document.is_open:
            return
        ids = frozenset[int]().union(*years)
        number, shown = self._number, self._document.shown
        typed = {shown.table_id: shown.table} if shown and shown.table_id in ids else {}
        self._fresh.update(years)
        self._working = True

        def done(found: list[TableFinding]) -> None:
            if number == self._number:
                self._take(ids, found)

        def failed(error: KnownError) -> None:
            if number == self._number:
                self._working = False
                self.failed.emit(str(error))

        self._document.run(lambda session: check(session, ids, instead=typed), done, failed)

    def _take(self, ids: Ids, found: list[TableFinding]) -> None:
        self._working = False
        for table_id in ids:
            self._found[table_id] = []
        for one in found:
            self._found[one.table_id].append(one)
        for table_id in ids:
            self._totals[table_id] = totals_of(self._found[table_id])
        more = bool(self._next_years())
        shown = self._document.shown
        here = shown is not None and shown.table_id in ids
        # A large book is listed now and then while it is being checked, not after every few tables.
        if here or not more or monotonic() - self._told > _TOLD_AFTER:
            self._told = monotonic()
            self.changed.emit()
        if more:
            self._later(_NEXT_MS)

    def _next_years(self) -> list[Ids]:
        """What is checked next: the year on the screen, then others, some tables at once."""
        here = self.year_here()
        if here and here not in self._fresh:
            return [here]
        chosen: list[Ids] = []
        tables = 0
        for ids in self.years() if self.everything else ():
            if ids not in self._fresh:
                chosen.append(ids)
                tables += len(ids)
                if tables >= _AT_ONCE:
                    break
        return chosen
