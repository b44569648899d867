"""Keeps the counts of findings in the tree up to date, a year at a time, while nothing else waits.

Only years that are open in the tree are checked, so a book of thousands of tables costs no more
than what is seen of it.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from jixiao.app.checking.badges import Badge, badges_of
from jixiao.gui.changes import ChangeFeed
from jixiao.gui.document import Document
from jixiao.gui.tree.view import TreeView
from jixiao.model.history import Change

_AFTER_MS = 400
_NEXT_MS = 10


class TreeBadges(QObject):
    """Checks the open years again after changes."""

    def __init__(self, document: Document, view: TreeView, feed: ChangeFeed) -> None:
        super().__init__(view)
        self._document = document
        self._view = view
        self._stale: set[int] = set()
        self._known: set[int] = set()
        self._working = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._check_next)
        feed.changed.connect(self._changed)
        document.opened.connect(self._forget)
        document.tree_changed.connect(lambda _: self._later(_AFTER_MS))
        view.shown_years_changed.connect(lambda: self._later(_AFTER_MS))

    def _forget(self) -> None:
        self._stale.clear()
        self._known.clear()
        self._view.tree.badges.clear()

    def _changed(self, change: Change) -> None:
        self._stale |= change.table_ids
        if change.settings or change.forms:  # they say by which rules
            self._known.clear()
        self._later(_AFTER_MS)

    def _later(self, after: int) -> None:
        if self._document.is_open and not self._working:
            self._timer.start(after)

    def check_now(self) -> None:
        """Do not wait for a pause."""
        self._timer.stop()
        self._check_next()

    def _check_next(self) -> None:
        ids = self._next_year()
        if not ids or self._working:
            return
        self._stale -= ids
        self._known |= ids
        self._working = True

        def done(badges: dict[int, Badge]) -> None:
            self._working = False
            self._view.tree.set_badges(badges)
            self._later(_NEXT_MS)

        def failed(_: Exception) -> None:  # told where it matters: at the next edit
            self._working = False

        self._document.run(lambda session: badges_of(session, ids), done, failed)

    def _next_year(self) -> frozenset[int]:
        """The tables of the next year to be checked: first that of the table on the screen."""
        years = [node.tables for node in self._view.open_years()]
        shown = self._document.shown
        here = None if shown is None else shown.table_id
        years.sort(key=lambda tables: here not in tables)
        for tables in years:
            ids = frozenset(tables)
            if ids & self._stale or not ids <= self._known:
                return ids  # as a whole, however large: its tables are compared
        return frozenset()
