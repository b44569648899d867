"""The open book and the table on the screen: every edit goes through here.

An edit is shown at once and written behind the clerk's back, in order. What could not be written
stays on the screen and in memory, and is tried again with the next edit of the table or on demand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from jixiao.app import window_support
from jixiao.app.editing import binding_label
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.rows import Edit
from jixiao.app.session import Session
from jixiao.app.window_support import BookState, HistoryNames, OpenedTable
from jixiao.gui.saving import Saver
from jixiao.gui.tree.index import TreeIndex
from jixiao.gui.undo.replayed import Replays
from jixiao.gui.worker import BookWorker, known_only
from jixiao.io.paper.form.fill import Filled, Unshown, filled, unshown
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.form.stand_in import WHY_NOT, is_stand_in
from jixiao.io.paper.page.grid import Binding, Grid
from jixiao.model.errors import KnownError
from jixiao.model.history import Change
from jixiao.model.schema import REPORTED
from jixiao.model.table import Table

T = TypeVar("T")
E = TypeVar("E", bound=Edit)
LOCKED = "这张表已报，内容已锁定。要修改，请先退回修改。"


@dataclass(frozen=True)
class Shown:
    """The table on the screen: what it says, its form, its page and what the page cannot show."""

    table_id: int
    table: Table
    form: Form
    filled: Filled
    unshown: tuple[Unshown, ...]

    @property
    def grid(self) -> Grid:
        """Its page."""
        return self.filled.grid


class Document(QObject):
    """A book at work.

    Signals: ``opened`` (a book is open, or none is), ``tree_changed`` (agency nodes),
    ``table_shown`` (another table is on the screen), ``page_changed`` (the same table changed),
    ``names_changed`` (undo and redo), ``told`` (for the status line). ``saver`` tells of writing.
    """

    opened = Signal()
    leaving = Signal()
    """The table on the screen is about to go: what is being typed must be handed in now."""
    tree_changed = Signal(object)
    table_shown = Signal()
    page_changed = Signal()
    names_changed = Signal(object)
    edited = Signal()
    """The table on the screen is about to say something else: what was told before is old."""
    acted = Signal(str)
    """Something was done to rows or cells, by the name of its step."""
    message_wanted = Signal(str)

    def __init__(self, worker: BookWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.worker = worker
        self.saver = Saver(worker, self)
        self.replays = Replays(self, self)
        self.path: Path | None = None
        self.read_only = False
        self.refusal = ""
        self.shown: Shown | None = None
        self.names = HistoryNames()
        self.tree: tuple[window_support.AgencyNode, ...] = ()
        self.index = TreeIndex(())
        self.forms = FormLibrary()
        self._session: Session | None = None
        self._wanted: int | None = None
        self._edits = 0
        self._undrafted: Shown | None = None

    # Books

    @property
    def is_open(self) -> bool:
        """True when a book is open."""
        return self.path is not None

    def open(
        self,
        path: Path,
        *,
        create: bool = False,
        table_id: int | None = None,
        failed: Callable[[KnownError], object] | None = None,
    ) -> None:
        """Open a book in place of the one that is open, and show a table of it.

        When it cannot be opened, the one that is open stays.
        """
        if path == self.path:
            return

        def job() -> tuple[Session, BookState]:
            session = Session.open(path, self.forms, create=create)
            return session, window_support.book_state(session)

        def done(result: tuple[Session, BookState]) -> None:
            self.close_book()
            self._take_session(path, *result)
            self.show_table(table_id if self._has(table_id) else self._first_table())

        self.worker.submit(job, done, known_only(failed or self._tell_error))

    def _take_session(self, path: Path, session: Session, state: BookState) -> None:
        self._session, self.path = session, path
        self.read_only, self.refusal = state.read_only, state.refusal
        self.opened.emit()
        self.take_state(state)

    def close_book(self) -> None:
        """Close the book that is open, after everything that waits has been written."""
        session = self._session
        if session is None:
            return
        self.leaving.emit()
        self._session, self.path, self.shown, self._wanted = None, None, None, None
        self._undrafted, self.read_only, self.refusal = None, False, ""
        self.saver.forget()
        self.tree, self.index = (), TreeIndex(())
        self.worker.submit(session.close)
        self.names = HistoryNames()
        self.table_shown.emit()
        self.opened.emit()

    def _first_table(self) -> int | None:
        return next(iter(self.index.entries), None)

    @property
    def locked(self) -> bool:
        """True while the table on the screen is one that was handed in."""
        return self.shown is not None and self._is_locked(self.shown.table_id)

    def _is_locked(self, table_id: int) -> bool:
        entry = self.index.entries.get(table_id)
        return entry is not None and entry.state == REPORTED

    def _has(self, table_id: int | None) -> bool:
        return table_id in self.index.entries

    # Showing

    def show_table(self, table_id: int | None) -> None:
        """Put a table on the screen; of several wishes in a row only the last one counts."""
        self._wanted = table_id
        if table_id is None:
            self.leaving.emit()
            self.shown = None
            self.table_shown.emit()
            return
        unsaved = self.saver.unsaved(table_id)
        if unsaved is not None:
            self._loaded(_shown(unsaved))
            return
        edits = self._edits

        def done(shown: Shown) -> None:
            if edits == self._edits:
                self._loaded(shown)
            elif self._wanted == table_id:  # typed meanwhile: what was read is older than that
                self.show_table(table_id)

        self.run(lambda session: _load(session, table_id), done)

    def _loaded(self, shown: Shown) -> None:
        if shown.table_id != self._wanted:
            return
        same = self.shown is not None and self.shown.table_id == shown.table_id
        kept = same and self.shown is not None and self.shown.form is shown.form
        if not kept:
            edits = self._edits
            self.leaving.emit()
            if same and edits != self._edits:  # what was being typed is newer than what was read
                self.show_table(shown.table_id)
                return
        self.shown, self._undrafted = shown, None
        (self.page_changed if kept else self.table_shown).emit()

    # Editing

    @property
    def why_not(self) -> str:
        """Why the table on the screen cannot be changed, in Chinese; "" when it can."""
        if self.shown is None:
            return "没有打开的表。"
        if self.read_only:
            return self.refusal
        if is_stand_in(self.shown.form):
            return WHY_NOT
        return LOCKED if self.locked else ""

    def act(self, action: Callable[[Form, Table], E]) -> E | None:
        """Do something to rows or cells of the table on the screen, as one step.

        What is being typed is handed in first. None when the table cannot be changed; the reason
        is told.
        """
        self.leaving.emit()
        shown, refusal = self.shown, self.why_not
        if shown is None or refusal:
            self.message_wanted.emit(refusal)
            return None
        edit = action(shown.form, shown.table)
        if edit.table != shown.table:
            self._change_table(shown, edit.table, edit.name)
            self.acted.emit(edit.name)
        return edit

    def draft(self, action: Callable[[Form, Table], E]) -> E | None:
        """Show an edit without writing it: the next edit writes both as one step.

        For a row that comes by itself, and goes by itself when nothing is typed in it.
        """
        shown = self.shown
        if shown is None or self.why_not:
            return None
        edit = action(shown.form, shown.table)
        self._undrafted = self._undrafted or shown
        self.shown = _shown(OpenedTable(shown.table_id, edit.table, shown.form), shown)
        self.page_changed.emit()
        return edit

    @property
    def has_draft(self) -> bool:
        """True while the page shows something that is not to be written by itself."""
        return self._undrafted is not None

    def drop_draft(self) -> None:
        """Show the table again without its draft."""
        if self._undrafted is not None:
            self.shown, self._undrafted = self._undrafted, None
            self.page_changed.emit()

    def edit(self, edits: Sequence[tuple[Binding, str]]) -> str:
        """Type texts into the table on the screen; "" or, in Chinese, why they cannot be taken."""
        shown, refusal = self.shown, self.why_not
        if shown is None or refusal:
            return refusal
        try:
            table = window_support.type_into(shown.form, shown.table, edits)
        except ValueError as error:
            return str(error)
        if table != shown.table:
            self._change_table(shown, table, _step_name(edits))
        return ""

    def _change_table(self, shown: Shown, table: Table, name: str) -> None:
        self._edits += 1
        self._undrafted = None
        self.edited.emit()
        opened = OpenedTable(shown.table_id, table, shown.form)
        if self._session is not None:  # first: the disk works while the page is filled and painted
            self.saver.write(self._session, opened, name, self._wrote)
        self.shown = _shown(opened, shown)
        self.page_changed.emit()

    def _wrote(self, change: Change | None, names: HistoryNames) -> None:
        self.set_names(names)
        if change is not None and change.tree:
            self.refresh_tree()

    def retry(self) -> None:
        """Try again to write what could not be written."""
        if self._session is not None:
            self.saver.retry(self._session, self._wrote)

    # Undo and redo

    def undo(self) -> None:
        """Take the last step back, whatever it was, and show where it happened."""
        self.replays.replay(undo=True)

    def redo(self) -> None:
        """Do the step again that was undone last, and show where it happened."""
        self.replays.replay(undo=False)

    def settle(self) -> bool:
        """Have everything written that waits, also what failed; False where it fails again."""
        self.worker.wait()
        if self.saver.unsaved_tables:
            self.retry()
            self.worker.wait()
        return not self.saver.unsaved_tables

    def show_change(self, change: Change) -> None:
        """Show the page anew after an undo or a redo, where it happened."""
        here = self.shown.table_id if self.shown is not None else None
        if change.focus is not None and self._has(change.focus):
            self.show_table(change.focus)
        elif here is not None and not self._has(here):
            self.show_table(self._first_table())
        elif here is None or here in change.table_ids or change.forms:
            self.show_table(here if here is not None else self._first_table())

    # What others do to the book

    def run(
        self,
        job: Callable[[Session], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[KnownError], object] | None = None,
    ) -> None:
        """Do something with the session on the book's thread; known errors go to ``failed``."""
        session = self._session
        if session is not None:
            self.worker.submit(lambda: job(session), done, known_only(failed or self._tell_error))

    def reload(self, then: int | None = None, *, first: bool = True) -> None:
        """Read tree and page again after tables came or changed; show table ``then`` if given.

        Where the table on the screen has gone, the ``first`` of the book is shown, else none.
        """

        def done(state: BookState) -> None:
            self.take_state(state)
            here = self.shown.table_id if self.shown is not None else None
            wanted = then if self._has(then) else here
            other = self._first_table() if first else None
            self.show_table(wanted if self._has(wanted) else other)

        self.run(window_support.book_state, done)

    def refresh_tree(self) -> None:
        """Read the tree again."""
        self.run(window_support.book_state, self.take_state)

    def take_state(self, state: BookState) -> None:
        """Show this tree and these names of undo and redo."""
        if state.tree != self.tree:
            self.tree, self.index = state.tree, TreeIndex(state.tree)
            self.tree_changed.emit(state.tree)
        self.set_names(state.names)

    def set_names(self, names: HistoryNames) -> None:
        """Tell what undo and redo would do now."""
        self.names = names
        self.names_changed.emit(names)

    def tell(self, text: str) -> None:
        """Say something in the status line."""
        self.message_wanted.emit(text)

    def _tell_error(self, error: KnownError) -> None:
        self.tell(str(error))


def _load(session: Session, table_id: int) -> Shown:
    return _shown(window_support.open_table(session, table_id))


def _shown(opened: OpenedTable, before: Shown | None = None) -> Shown:
    """A table with its page; what it has in common with the one before is not made again."""
    form, table = opened.form, opened.table
    page = filled(form, table, None if before is None else before.filled)
    return Shown(opened.table_id, table, form, page, tuple(unshown(form, table)))


def _step_name(edits: Sequence[tuple[Binding, str]]) -> str:
    if len(edits) == 1:
        return f"修改 {binding_label(edits[0][0])}"
    if all(not text for _, text in edits):
        return f"清除 {len(edits)} 格"
    return f"修改 {len(edits)} 格"
