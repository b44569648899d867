"""Gathers the numbers of an overview on the book's thread, a little at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from jixiao.app.overview.numbers import Overview
from jixiao.app.overview.source import OverviewSource
from jixiao.app.session import Session
from jixiao.gui.changes import ChangeFeed
from jixiao.gui.document import Document

_NEXT_MS = 5
_READ_AT_ONCE = 250  # tables of one job, so that typing never waits long behind it
_CHECKED_AT_ONCE = 60


@dataclass
class _Wish:
    """An overview that is asked for: of which tables, who gets it, and how far it has come."""

    table_ids: tuple[int, ...]
    done: Callable[[Overview], object]
    shown: bool = False


@dataclass(frozen=True)
class _Result:
    overview: Overview | None
    left: int
    checking: bool


class OverviewNumbers(QObject):
    """Keeps what overviews ask of the tables.

    Signals: ``changed`` (they would say otherwise), ``progress`` (what is done, how many tables
    of how many; the last two are equal at the end).
    """

    changed = Signal()
    progress = Signal(str, int, int)

    def __init__(self, document: Document, feed: ChangeFeed, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._source: OverviewSource | None = None
        self._wish: _Wish | None = None
        self._working = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_NEXT_MS)
        self._timer.timeout.connect(self._next)
        document.opened.connect(self._begin)
        feed.changed.connect(lambda _: self.changed.emit())
        self._begin()

    def _begin(self) -> None:
        self._source = None
        self._wish = None
        if self._document.is_open:
            self._document.run(OverviewSource, self._take_source)

    def _take_source(self, source: OverviewSource) -> None:
        self._source = source
        if self._wish is not None:
            self._timer.start()

    @property
    def at_work(self) -> bool:
        """True while an overview is being gathered."""
        return self._wish is not None

    def ask(self, table_ids: Sequence[int], done: Callable[[Overview], object]) -> None:
        """Give ``done`` an overview, first without findings where they are not known yet.

        Only the last wish counts.
        """
        self._wish = _Wish(tuple(table_ids), done)
        self._timer.start()

    def stop(self) -> None:
        """Nobody looks any more; what has been gathered is kept."""
        self._wish = None
        self._timer.stop()

    def _next(self) -> None:
        source, wish = self._source, self._wish
        if source is None or wish is None or self._working:
            return
        ids, first = wish.table_ids, not wish.shown
        self._working = True

        def job(_: Session) -> _Result:
            if left := source.read(ids, _READ_AT_ONCE):
                return _Result(None, left, checking=False)
            # The first picture does not wait for the checks, but a small one has them at once.
            unchecked = source.check(ids, 1 if first else _CHECKED_AT_ONCE)
            if unchecked and not first:
                return _Result(None, unchecked, checking=True)
            return _Result(source.overview(ids, checked=not unchecked), unchecked, checking=True)

        def ended(result: _Result) -> None:
            self._working = False
            if self._wish is not wish:
                if self._wish is not None:
                    self._timer.start()
                return
            what = "正在检查" if result.checking else "正在统计"
            self.progress.emit(what, len(ids) - result.left, len(ids))
            if result.overview is not None:
                wish.shown = True
                wish.done(result.overview)
            if result.left:
                self._timer.start()
            else:
                self._wish = None

        def failed(_: Exception) -> None:  # told where it matters: at the next edit
            self._working, self._wish = False, None

        self._document.run(job, ended, failed)
