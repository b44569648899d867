"""Reads drafts in the background, on a thread of its own; the book's queue stays free."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.importing.drafts import Source, open_sources, read_parts
from jixiao.app.importing.profiles import Profile, apply_profile, load_profile
from jixiao.app.review.index import refuse_own_book
from jixiao.app.review.review import Review
from jixiao.gui.worker import BookWorker
from jixiao.io.files.read.door import read_grids, sniff
from jixiao.io.paper.page.grid import Grid
from jixiao.io.recognise import Labels, Reading
from jixiao.model.errors import KnownError

_KEPT = 8
_NO_PAGE = frozenset({"json", "book"})
Found = tuple[tuple[Reading, ...], tuple[str, ...]] | str
"""The tables of a file and what is in none of them, or why it was refused."""


def put(review: Review, number: int, found: Found) -> None:
    """Give a review what was read."""
    if isinstance(found, str):
        review.put(number, found)
    else:
        review.put(number, *found)


class ReviewReader(QObject):
    """Reads the files one after another; ``stop`` ends it after the file at hand.

    Signals: ``listed`` (the sources), ``read`` (number of the file, what was found), ``ended``.
    """

    listed = Signal(object)
    read = Signal(int, object)
    ended = Signal()

    def __init__(self, forms: FormLibrary, book: Path, *, synchronous: bool = False) -> None:
        super().__init__()
        self._forms, self.book = forms, book
        self._worker = BookWorker(self, synchronous=synchronous)
        self._stack = ExitStack()
        self._grids: OrderedDict[int, list[Grid]] = OrderedDict()
        self._sources: list[Source] = []
        self._next = self._done = 0
        self._pumping = False
        self._stopped = False
        self._closed = False
        self.profile = Profile()
        self.labels: Labels | None = None

    @property
    def running(self) -> bool:
        """True while files wait to be read, or one is being read."""
        return not self._stopped and self._done < len(self._sources)

    def start(self, paths: Sequence[Path]) -> None:
        """List the files (folders and archives opened up) and read them."""

        def prepare() -> list[Source] | str:
            self.profile = load_profile()
            self.labels = self._forms.labels
            try:
                return self._stack.enter_context(open_sources(paths))
            except KnownError as error:
                return str(error)

        def listed(found: list[Source] | str) -> None:
            self._sources = (
                [Source(path, path, found) for path in paths] if isinstance(found, str) else found
            )
            self.listed.emit(self._sources)
            self._pump()

        self._worker.submit(prepare, listed)

    def stop(self) -> None:
        """Read no further files."""
        if not self._stopped:
            self._stopped = True
            self.ended.emit()

    def close(self) -> None:
        """End the reading and remove what was unpacked, without waiting for it."""
        self._stopped = self._closed = True

        def closed(_: object) -> None:
            self._worker.close()
            self.deleteLater()

        self._worker.submit(self._stack.close, closed)

    def wait(self) -> None:
        """Return when everything is read and delivered."""
        self._worker.wait()

    def _pump(self) -> None:
        """Put one file in the queue; the next when it is done, so that others get in between."""
        if self._pumping:
            return
        self._pumping = True
        while not self._stopped and self._next < len(self._sources) and not self._worker.busy:
            number = self._next
            self._next += 1
            if self._sources[number].reason:
                self._deliver(number, self._sources[number].reason)
                continue
            self._submit(number)
        self._pumping = False

    def _submit(self, number: int) -> None:
        def done(found: Found) -> None:
            if not self._stopped:
                self._deliver(number, found)
                self._pump()

        self._worker.submit(lambda: self._read(self._sources[number]), done)

    def _deliver(self, number: int, found: Found) -> None:
        self._done += 1
        self.read.emit(number, found)
        if not self.running and not self._stopped:
            self._stopped = True
            self.ended.emit()

    def _read(self, source: Source) -> Found:
        try:
            refuse_own_book(self.book, source.path)
            return read_parts(self._forms, source.path, source.name.name, self.labels)
        except KnownError as error:
            return str(error)

    def read_again(self, number: int, profile: Profile, done: Callable[[Found], object]) -> None:
        """Read a file once more with what the user has taught; later files are read so too."""

        def job() -> Found:
            self.profile = profile
            # Also what could not be written down, so that it holds for this review.
            self.labels = apply_profile(self._forms.untaught_labels, profile)
            return self._read(self._sources[number])

        self._queue(job, done)

    def grids(self, number: int, done: Callable[[list[Grid]], object]) -> None:
        """The pages of a file; none for one that has no pages (an exchange file)."""
        kept = self._grids.get(number)
        if kept is not None:
            self._grids.move_to_end(number)
            done(kept)
            return

        def job() -> list[Grid]:
            path = self._sources[number].path
            try:
                kind = sniff(path)
                return [] if kind in _NO_PAGE else read_grids(path, kind)
            except KnownError:
                return []  # it was readable before: told when it is taken in, not here

        def keep(grids: list[Grid]) -> None:
            self._grids[number] = grids
            while len(self._grids) > _KEPT:
                self._grids.popitem(last=False)
            done(grids)

        self._queue(job, keep)

    def _queue(self, job: Callable[[], object], done: Callable[..., object]) -> None:
        def finished(result: object) -> None:
            if not self._closed:
                done(result)
                self._pump()

        if not self._closed:
            self._worker.submit(job, finished)
