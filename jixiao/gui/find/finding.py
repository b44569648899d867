"""Finds and replaces: runs the search on the book's thread and goes from hit to hit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from jixiao.app.session import Session
from jixiao.gui.dialogs import DetailsDialog
from jixiao.gui.find.marks import FindMarks, cell_of_place
from jixiao.gui.jobs import LongJob
from jixiao.gui.workbench import Workbench
from jixiao.model.errors import KnownError
from jixiao.model.history import Change

if TYPE_CHECKING:
    from jixiao.app.search import Hit, Replaced

_TYPING_MS = 120
_CHANGED_MS = 250
_AT_ONCE = 100  # tables that are read before an edit gets its turn
_MANY = 300  # places whose replacement shows how far it is, and can be stopped


class Finding(QObject):
    """What the find bar of a window does."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self._document = bench.document
        self._bar = bench.frame.find_bar
        self._number = 0
        self._then: int | None = None
        self.hits: list[Hit] = []
        self.current = -1
        self.more = False
        """Whether a search is still going on."""
        self._anchor: Hit | None = None
        self._wanted_step = 0
        self.details: DetailsDialog | None = None
        self._skipped: tuple[str, ...] = ()
        self.marks = FindMarks(bench.view)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.search)
        self._connect()

    def _connect(self) -> None:
        bar = self._bar
        bar.text.textChanged.connect(lambda: self._later(_TYPING_MS))
        bar.scope.currentIndexChanged.connect(lambda _: self.search())
        for box in (bar.case, bar.whole):
            box.toggled.connect(lambda _: self.search())
        for edit in (bar.text, bar.with_text):
            edit.previous_wanted.connect(self.find_previous)
        bar.text.next_wanted.connect(self.find_next)
        bar.with_text.next_wanted.connect(self.replace_one)
        bar.next.clicked.connect(self.find_next)
        bar.previous.clicked.connect(self.find_previous)
        bar.one.clicked.connect(self.replace_one)
        bar.all.clicked.connect(self.replace_everything)
        bar.more.clicked.connect(self._show_skipped)
        bar.closed.connect(self._closed)
        self._document.table_shown.connect(self._table_shown)
        self._document.page_changed.connect(self._mark)
        self._document.opened.connect(bar.hide)
        self._bench.changes.changed.connect(self._book_changed)

    # The bar

    def open_find(self) -> None:
        """Open the bar with what is selected on the page."""
        self._open(replace=False)

    def open_replace(self) -> None:
        """Open the bar with its line for the replacement."""
        self._open(replace=True)

    def _open(self, *, replace: bool) -> None:
        bench = self._bench
        bench.view.commit()
        cell = bench.view.current_cell()
        inside = bench.view.hasFocus() and cell is not None and not self._bar.isVisible()
        text = cell.text.strip() if inside and cell is not None else ""
        self._bar.set_report("", details=False)
        self._bar.open_bar(
            replace=replace, text=text if text and len(text) <= 12 and "\n" not in text else ""
        )
        self.search()

    def _closed(self) -> None:
        self._number += 1
        self.hits, self.current, self.more = [], -1, False
        self._then, self._wanted_step = None, 0
        self.marks.mark((), None)
        self._bench.view.setFocus()

    # Searching

    def _later(self, after: int) -> None:
        self._timer.start(after)

    def _book_changed(self, _: Change) -> None:
        if self._bar.isVisible():
            self._later(_CHANGED_MS)

    def _table_shown(self) -> None:
        if self._bar.isVisible() and self._bar.scope.currentData() != "book":
            self.search()
        self._mark()

    def search(self) -> None:
        """Search again; only the newest search tells what it found.

        It reads some tables at a time, so that an edit never waits for the whole book.
        """
        from jixiao.app.search import places_to_look

        self._timer.stop()
        self._number += 1
        number, text = self._number, self._bar.text.text()
        self._anchor = self.hits[self.current] if 0 <= self.current < len(self.hits) else None
        self.more = bool(text)
        if not text:
            self._take([], first=True)
            return
        scope = self._scope_ids()

        def look(session: Session) -> list[int]:
            return places_to_look(session, text, scope) if number == self._number else []

        def looked(ids: list[int]) -> None:
            if number == self._number:
                self._search_on(number, text, ids, first=True)

        self._document.run(look, looked)

    def _search_on(self, number: int, text: str, ids: list[int], *, first: bool) -> None:
        from jixiao.app.search import find_in

        now, rest = ids[:_AT_ONCE], ids[_AT_ONCE:]
        case, whole = self._bar.case.isChecked(), self._bar.whole.isChecked()

        def job(session: Session) -> list[Hit]:
            if number != self._number:
                return []
            return find_in(session, text, now, case=case, whole=whole)

        def done(hits: list[Hit]) -> None:
            if number != self._number:
                return
            self.more = bool(rest)
            self._take(hits, first=first)
            if rest and number == self._number:
                self._search_on(number, text, rest, first=False)

        self._document.run(job, done)

    def _scope_ids(self) -> list[int] | None:
        shown = self._document.shown
        scope = self._bar.scope.currentData()
        if scope == "book":
            return None
        if shown is None:
            return []
        if scope == "table":
            return [shown.table_id]
        years = [year for agency in self._document.tree for year in agency.years]
        ids = ([entry.id for entry in year.tables] for year in years)
        return next((year for year in ids if shown.table_id in year), [shown.table_id])

    def _take(self, hits: list[Hit], *, first: bool) -> None:
        """Take what was found, in place of what an earlier search found, or behind it."""
        if first:
            self.hits, self.current = [], -1
        if self._anchor in hits:
            self.current = len(self.hits) + hits.index(self._anchor)
        self.hits = [*self.hits, *hits]
        then, step = self._then, self._wanted_step
        if then is not None and self.hits and (then < len(self.hits) or not self.more):
            self._then = None
            self._go(min(then, len(self.hits) - 1))
        elif step and (self.hits or not self.more):
            self._wanted_step = 0
            self._step(step)
        else:
            self._show_count()
            self._mark()

    def _show_count(self) -> None:
        searched = bool(self._bar.text.text())
        self._bar.set_count(self.current + 1, len(self.hits), searched=searched, more=self.more)

    # Going from hit to hit

    def find_next(self) -> None:
        """Go to the next hit, from the last one on to the first."""
        self._step(1)

    def find_previous(self) -> None:
        """Go to the hit before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if not self._bar.isVisible():
            self._bar.open_bar(replace=False)
            self._then = 0
            self.search()
            return
        if self._timer.isActive():  # what was typed last has not been looked for yet
            self._wanted_step = by
            self.search()
        elif self.hits:
            start = self.current if self.current >= 0 else self._before_here(by)
            self._go((start + by) % len(self.hits))

    def _before_here(self, by: int) -> int:
        """The place in the list from which the first step leads into the table on the screen."""
        shown = self._document.shown
        here = [n for n, hit in enumerate(self.hits) if shown and hit.table_id == shown.table_id]
        if not here:
            return -1 if by > 0 else 0
        return here[0] - 1 if by > 0 else here[-1] + 1

    def _go(self, number: int) -> None:
        self.current = number
        hit = self.hits[number]
        self._show_count()
        shown = self._document.shown
        if shown is None or shown.table_id != hit.table_id:
            self._document.show_table(hit.table_id)
        else:
            self._mark()

    def _mark(self) -> None:
        """Mark the hits in the table on the screen, and put the cursor on the current one."""
        shown = self._document.shown
        if shown is None or not self._bar.isVisible():
            self.marks.mark((), None)
            return
        places = list(dict.fromkeys(h.binding for h in self.hits if h.table_id == shown.table_id))
        hit = self.hits[self.current] if 0 <= self.current < len(self.hits) else None
        here = hit is not None and hit.table_id == shown.table_id
        self.marks.mark(places, hit.binding if here and hit is not None else None)
        if here and hit is not None:
            self._select(hit)

    def _select(self, hit: Hit) -> None:
        view = self._bench.view
        cell = cell_of_place(view.page.grid, hit.binding)
        if cell is None:
            self._bench.frame.strip.open_list()
            self._bench.tell("这一处不在表样上，在下面的“本表样未列”里。")
        elif view.current_cell() != cell:
            view.select(cell)
            view.scrollTo(view.page.index_of(cell))

    # Replacing

    def replace_one(self) -> None:
        """Replace the current hit and go to the next."""
        if not 0 <= self.current < len(self.hits):
            self.find_next()
            return
        self._replace([self.hits[self.current]], go_on=self.current)

    def replace_everything(self) -> None:
        """Replace all hits as one step."""
        self._replace(self.hits, go_on=None)

    def _replace(self, hits: Sequence[Hit], go_on: int | None) -> None:
        from jixiao.app.search import replace_all

        if self._document.read_only:
            self._bench.tell(self._document.refusal)
            return
        text = self._bar.with_text.text()

        def done(result: Replaced | None) -> None:
            if result is None:
                self._bar.set_report("已停止，没有替换。", details=False)
                return
            self._report(result, go_on)
            self._document.reload()
            self.search()

        def failed(error: KnownError) -> None:
            self._bar.set_report(str(error), details=False)

        if len(hits) > _MANY:
            LongJob("全部替换", self._bench.frame).start(
                self._document,
                lambda s, progress: replace_all(s, hits, text, progress),
                done,
                failed,
            )
        else:
            self._document.run(lambda session: replace_all(session, hits, text), done, failed)

    def _report(self, result: Replaced, go_on: int | None) -> None:
        self._skipped = result.skipped
        skipped = f"，{len(result.skipped)} 处跳过" if result.skipped else ""
        only = f"：{result.skipped[0]}" if len(result.skipped) == 1 else ""
        self._bar.set_report(
            f"替换了 {result.count} 处{skipped}{only}", details=len(result.skipped) > 1
        )
        if go_on is not None:  # what was replaced is no hit any more, so the next has its number
            self._then = go_on if result.count else go_on + 1

    def _show_skipped(self) -> None:
        headline = "这些没有替换："
        self.details = DetailsDialog("全部替换", headline, self._skipped, self._bench.frame)
        self.details.open()
