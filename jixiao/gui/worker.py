"""The book's own thread: everything that touches the book waits in one ordered queue.

SQLite may be slow (a share, a sleeping disk), so nothing of it runs on the GUI thread. Jobs run
one after another in the order in which they were given; their results come back to the GUI thread.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QThread, Signal, Slot

from jixiao.model.errors import KnownError

T = TypeVar("T")
Done = Callable[[T], object]
Failed = Callable[[Exception], object]


class BookWorker(QObject):
    """Runs jobs one after another on one thread, or at once in ``synchronous`` mode (tests).

    ``busy_changed`` tells the number of jobs that wait or run.
    """

    busy_changed = Signal(int)
    _ended = Signal(object, object)

    def __init__(self, parent: QObject | None = None, *, synchronous: bool = False) -> None:
        super().__init__(parent)
        self._pool = None if synchronous else ThreadPoolExecutor(1, "book")
        self._waiting = 0
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def synchronous(self) -> bool:
        """True when jobs run at once, on the thread that submits them (tests)."""
        return self._pool is None

    @property
    def busy(self) -> bool:
        """True while a job waits or runs, or its result is still to be delivered."""
        return self._waiting > 0

    def submit(
        self,
        job: Callable[[], T],
        done: Done[T] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Put a job at the end of the queue.

        Args:
            job: Runs on the book's thread and must not touch widgets.
            done: Gets the job's result, on the GUI thread.
            failed: Gets what the job raised, on the GUI thread; without it ``sys.excepthook``.
        """
        self._waiting += 1
        self.busy_changed.emit(self._waiting)
        if self._pool is None:
            self._deliver(*_outcome(job, done, failed))
            return
        self._pool.submit(lambda: self._ended.emit(*_outcome(job, done, failed)))

    def wait(self) -> None:
        """Return when every job is done and delivered; the window is painted meanwhile."""
        flags = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
        while self._waiting:
            QCoreApplication.processEvents(flags, 50)
            QThread.msleep(1)

    def close(self) -> None:
        """Wait for the queue and end the thread."""
        self.wait()
        if self._pool is not None:
            self._pool.shutdown()

    @Slot(object, object)
    def _deliver(self, receiver: Callable[[Any], object] | None, value: object) -> None:
        # Counted down first, so that a receiver may itself wait for the jobs behind it.
        self._waiting -= 1
        self.busy_changed.emit(self._waiting)
        if receiver is not None:
            receiver(value)


def _outcome(
    job: Callable[[], T], done: Done[T] | None, failed: Failed | None
) -> tuple[Callable[[Any], object] | None, object]:
    try:
        return done, job()
    except Exception as error:  # noqa: BLE001 - handed on, to be told on the GUI thread
        return failed or _raise, error


def _raise(error: Exception) -> None:
    sys.excepthook(type(error), error, error.__traceback__)


def known_only(failed: Callable[[KnownError], object]) -> Failed:
    """A receiver that hands known errors to ``failed`` and raises every other one."""

    def receive(error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        failed(error)

    return receive
