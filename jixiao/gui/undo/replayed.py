"""Undo and redo in the window: what must be written comes first, and where it happened is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from jixiao.app import window_support
from jixiao.app.session import Session
from jixiao.app.window_support import BookState, HistoryNames
from jixiao.gui.worker import BookWorker
from jixiao.model.ahead import Ahead
from jixiao.model.history import Change
from jixiao.model.table import shown_name

if TYPE_CHECKING:
    from jixiao.io.paper.compare.differences import TableDifference

T = TypeVar("T")
_MANY = 2
_UNWRITTEN = "刚才的修改还没有写进账本，所以先不撤销。请先点“再试一次”。"


@dataclass(frozen=True)
class Replayed:
    """What an undo or a redo did.

    Attributes:
        step: What was known of it before.
        change: What changed in the book.
        names: What undo and redo would do now.
        state: The tree, where it changed.
        difference: What the table where it happened says differently, where it was there before.
    """

    step: Ahead
    change: Change
    names: HistoryNames
    state: BookState | None
    difference: TableDifference | None


class Replayable(Protocol):
    """A document, as far as taking its steps back goes."""

    @property
    def has_draft(self) -> bool:
        """True while the page shows something that is not to be written by itself."""
        ...

    @property
    def worker(self) -> BookWorker:
        """The book's thread."""
        ...

    def drop_draft(self) -> None:
        """Show the table again without its draft."""

    def settle(self) -> bool:
        """Write what waits; False when that failed."""
        ...

    def tell(self, text: str) -> None:
        """Say something in the status line."""

    def run(self, job: Callable[[Session], T], done: Callable[[T], object]) -> None:
        """Do something with the session on the book's thread."""

    def set_names(self, names: HistoryNames) -> None:
        """Take what undo and redo would do now."""

    def take_state(self, state: BookState) -> None:
        """Take the tree as it is now."""

    def show_change(self, change: Change) -> None:
        """Show where something changed."""


class Replays(QObject):
    """Takes steps of a document's book back, and does them again.

    ``asked`` gives a step that is not taken back without a question; ``held_back`` one at which a
    key that is held down stops; ``went`` gives the ``TableDifference`` once its page is shown.
    """

    asked = Signal(object)
    held_back = Signal(object)
    went = Signal(object)

    def __init__(self, document: Replayable, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document

    def by_key(self, *, undo: bool, held: bool) -> None:
        """Undo or redo, but never past what should be asked about.

        A key that is held down goes through edits of single tables only, and not beyond the time
        at which the book was opened.
        """

        def stop(step: Ahead) -> bool:
            if held:
                return not step.is_edit or step.was_found
            return undo and (step.is_bulk or step.was_found)

        def look(session: Session) -> Ahead | Replayed | None:
            step = session.book.ahead(undo=undo)
            return step if step is None or stop(step) else _replay(session, step, undo=undo)

        self._run(look, undo=undo, held=held)

    def replay(self, *, undo: bool, only: int | None = None) -> None:
        """Undo or redo whatever it is; with ``only``, no other step than that one."""

        def job(session: Session) -> Replayed | None:
            step = session.book.ahead(undo=undo)
            if step is None or only not in {None, step.number}:
                return None
            return _replay(session, step, undo=undo)

        self._run(job, undo=undo)

    def _run(
        self,
        job: Callable[[Session], Ahead | Replayed | None],
        *,
        undo: bool,
        held: bool = False,
    ) -> None:
        document = self._document
        if document.has_draft:
            document.drop_draft()
            document.tell("刚加的空行已去掉。")
            return
        if not document.settle():  # else what was typed last would vanish with the step before it
            document.tell(_UNWRITTEN)
            return

        def done(result: Ahead | Replayed | None) -> None:
            if isinstance(result, Ahead):
                (self.held_back if held else self.asked).emit(result)
            elif result is not None:
                self._show(result, undo=undo)

        document.run(job, done)
        # Typing goes on only when the page is the one after the undo; keys pressed now are kept.
        document.worker.wait()

    def _show(self, result: Replayed, *, undo: bool) -> None:
        document = self._document
        if result.state is None:
            document.set_names(result.names)
        else:
            document.take_state(result.state)
        document.tell(replayed_text(result, undone=undo))
        document.show_change(result.change)
        difference = result.difference
        if difference is not None:  # behind the job that brings the page
            document.run(lambda _: None, lambda _: self.went.emit(difference))


def _replay(session: Session, step: Ahead, *, undo: bool) -> Replayed | None:
    book = session.book
    focus = step.focus
    old = book.table(focus) if focus is not None and focus in step.staying else None
    change = book.undo() if undo else book.redo()
    if change is None:
        return None
    difference = None
    if old is not None and focus is not None:
        from jixiao.io.paper.compare.differences import compare_tables  # seldom needed

        difference = compare_tables(old, book.table(focus))
    state = window_support.book_state(session) if change.tree else None  # takes a while to read
    return Replayed(step, change, window_support.history_names(session), state, difference)


def replayed_text(result: Replayed, *, undone: bool) -> str:
    """One line: 已撤销 修改 指标值 · 表的名称 · 指标“会议次数” 指标值.

    An undo that takes whole tables with it also says how they come back.
    """
    step, change = result.step, result.change
    count = len(step.table_ids)
    many = f"（{count} 张表）" if count >= _MANY and "张表" not in change.name else ""
    text = f"{'已撤销' if undone else '已重做'} {change.name}{many}"
    if undone and len(step.leaving) >= _MANY:
        return f"{text}，可以重做恢复"
    return " · ".join((text, *_place(result)))


def _place(result: Replayed) -> list[str]:
    """The table, and where in it, of a step that changed one table."""
    found = result.difference
    if found is None or len(result.step.table_ids) >= _MANY:
        return []
    labels = list(dict.fromkeys(change.label for change in found.changes))
    where = labels if len(labels) <= 1 else [f"{len(labels)} 处"]
    return [shown_name(found.new.name), *where]
