"""Learning from the open book while nothing else is done with it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from jixiao.app.library.learning import LearnedState, Learner
from jixiao.app.library.library import Library
from jixiao.app.session import Session
from jixiao.gui.changes import ChangeFeed
from jixiao.gui.document import Document

_AFTER_MS = 1500
_NEXT_MS = 30
_AT_ONCE = 60  # tables counted by one job, so that typing never waits long behind it


class LibraryLearning(QObject):
    """Counts the tables of the open book a few at a time; ``learned`` when all are counted.

    It begins when the library is first asked for something, or the book is changed: who only
    looks at a large book need not wait, nor pay, for what it teaches.
    """

    learned = Signal()

    def __init__(
        self, document: Document, feed: ChangeFeed, library: Library, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._library = library
        self._learner: Learner | None = None
        self._working = False
        self._again = False
        self._wanted = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._learn)
        document.opened.connect(self._begin)
        feed.changed.connect(lambda _: self._want(_AFTER_MS))
        library.asked = self._want

    def _begin(self) -> None:
        """Another book is open, or none."""
        self._learner = None
        self._wanted = False
        self._timer.stop()
        self._library.forget_book()
        if self._document.is_open:
            self._document.run(Learner, self._start)
        self.learned.emit()

    def _start(self, learner: Learner) -> None:
        self._learner = learner
        if self._wanted:
            self._later(_NEXT_MS)

    def _want(self, after: int = _NEXT_MS) -> None:
        """Somebody begins to work with the book: learn from it, if that is still to be done."""
        if not self._wanted or after > _NEXT_MS:
            self._wanted = True
            self._later(after)

    def _later(self, after: int) -> None:
        if self._working:
            self._again = True
        elif self._learner is not None:
            self._timer.start(after)

    def _learn(self) -> None:
        learner = self._learner
        if learner is None or self._working:
            return
        if self._document.worker.busy:
            self._timer.start(_NEXT_MS)
            return
        self._working = True

        def some(_: Session) -> LearnedState | None:
            return learner.state() if learner.more(_AT_ONCE) else None

        def done(state: LearnedState | None) -> None:
            again, self._working, self._again = self._again, False, False
            if learner is not self._learner:
                self._later(_NEXT_MS)
                return
            if state is not None:
                self._library.take_learned(state)
                self.learned.emit()
            if state is None or again:
                self._later(_NEXT_MS if state is None else _AFTER_MS)

        def failed(_: Exception) -> None:  # told where it matters: at the next edit
            self._working = self._again = False

        self._document.run(some, done, failed)
