"""Importing from the window: read, look when there is something to look at, take in as one step."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QMessageBox

from jixiao.app.importing.accept import Accepted, accept
from jixiao.app.importing.drafts import FileReport, reports_of
from jixiao.app.importing.sources import Source
from jixiao.app.progress import Progress
from jixiao.app.review.index import BookIndex, book_index
from jixiao.app.review.review import Review
from jixiao.app.session import Session
from jixiao.gui.dialogs import DetailsDialog
from jixiao.gui.jobs import LongJob
from jixiao.gui.review.reader import Found, ReviewReader, put
from jixiao.gui.workbench import Workbench
from jixiao.io.paper.form.form import Form
from jixiao.model.errors import KnownError
from jixiao.model.table import Table

if TYPE_CHECKING:
    from jixiao.gui.review.window import ReviewWindow

_FEW = 3


class ReviewFlow(QObject):
    """The way of drafts into the book. ``window`` is the review, while one is open."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self.window: ReviewWindow | None = None
        self.details: DetailsDialog | None = None
        self._reader: ReviewReader | None = None
        self._review = Review(BookIndex())
        self._forms: list[Form] = []
        bench.document.opened.connect(self._leave)

    def start(self, paths: Sequence[Path]) -> None:
        """Read files and folders; the book must be open and writable."""
        if self._reader is not None:
            self._bench.tell("上一批草稿还在导入。")
            return
        document = self._bench.document
        assert document.path is not None
        reader = ReviewReader(
            document.forms, document.path, synchronous=self._bench.worker.synchronous
        )
        self._reader = reader

        def look(session: Session) -> tuple[BookIndex, list[Form]]:
            return book_index(session), list(session.forms.by_id.values())

        def begin(found: tuple[BookIndex, list[Form]]) -> None:
            index, self._forms = found
            self._review = Review(index)
            if self._bench.settings.always_review or not _are_few(paths):
                self._open()
            else:
                self._bench.tell("正在读取草稿…")
                reader.listed.connect(self._list)
                reader.read.connect(self._put)
                reader.ended.connect(self._read_few)
            reader.start(paths)

        document.run(look, begin, self._failed)

    def wait(self) -> None:
        """Return when what is being read and taken in is done."""
        self._bench.worker.wait()
        if self._reader is not None:
            self._reader.wait()
            self._bench.worker.wait()

    # A few files: only looked at when there is something to ask

    def _list(self, sources: list[Source]) -> None:
        self._review.set_sources(sources)

    def _put(self, number: int, found: Found) -> None:
        put(self._review, number, found)

    def _read_few(self) -> None:
        counts = self._review.counts()
        if counts["tables"] and counts["sure"] == counts["tables"]:
            self._take(only_sure=False)
        elif counts["tables"]:
            self._open()
        else:
            self._close()
            self._tell("没有导入。", self._refusals())

    def _refusals(self) -> list[str]:
        return [f"{f.path.name}：没有导入。{f.reason}" for f in self._review.files if f.reason]

    def _read_all(self) -> None:
        """Where nothing can be taken there is nothing to look at but the reasons."""
        counts = self._review.counts()
        if self.window is None or counts["tables"] or counts["waiting"] or not counts["files"]:
            return
        self._close()
        self._tell("没有导入。", self._refusals())

    # Looking

    def _open(self) -> None:
        from jixiao.gui.review.window import ReviewWindow

        reader = self._reader
        assert reader is not None
        window = self.window = ReviewWindow(self._review, reader, self._forms, self._bench.frame)
        window.always.setChecked(self._bench.settings.always_review)
        window.decided.connect(lambda only_sure: self._take(only_sure=only_sure))
        window.old_wanted.connect(self._load_old)
        window.always_toggled.connect(self._set_always)
        window.finished.connect(self._closed)
        reader.ended.connect(self._read_all)
        window.begin()
        window.open()

    def _load_old(self, table_id: int) -> None:
        def loaded(table: Table) -> None:
            item = self.window.item if self.window is not None else None
            if self.window is not None and item is not None and table_id in item.there:
                self.window.pane.set_old(table)

        self._bench.document.run(lambda session: session.book.table(table_id), loaded)

    def _set_always(self, on: bool) -> None:
        self._bench.settings.always_review = on

    def _leave(self) -> None:
        """The book is another one, or none: what was compared with it goes."""
        path = self._bench.document.path
        if self._reader is not None and path != self._reader.book:
            self._close()

    def _closed(self) -> None:
        """The review is gone; its reader ends by itself."""
        self.window = None
        self._reader = None

    def _close(self) -> None:
        if self.window is not None:
            self.window.done(QDialog.DialogCode.Accepted)
        elif self._reader is not None:
            self._reader.close()
            self._reader = None

    # Taking in

    def _take(self, *, only_sure: bool) -> None:
        taken = self._review.taken(only_sure=only_sure)
        decisions = self._review.decisions(only_sure=only_sure)

        def work(session: Session, progress: Progress) -> Accepted:
            return accept(session, decisions, progress)

        def done(accepted: Accepted | None) -> None:
            if accepted is None:
                self._bench.tell("已停止，什么都没有导入。")
            else:
                self._taken(accepted, reports_of(self._review, accepted, taken))

        parent = self.window or self._bench.frame
        LongJob("导入草稿", parent).start(self._bench.document, work, done, self._failed)

    def _taken(self, accepted: Accepted, reports: Sequence[FileReport]) -> None:
        self._close()
        self._bench.document.reload(next(iter(accepted.table_ids), None))
        lines = [f"{one.file.name}：没有读。{one.reason}" for one in reports if one.refused]
        lines += [f"{one.file.name}：{sentence}" for one in reports for sentence in one.messages]
        self._tell(summary_of(reports), [*lines, *accepted.faults])

    def _failed(self, error: KnownError) -> None:
        """Tell it; what was put right in the review stays there."""
        if self.window is None:
            self._close()
            self._bench.tell_error(error)
            return
        box = QMessageBox(QMessageBox.Icon.Information, "没有导入", str(error), parent=self.window)
        box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _tell(self, headline: str, lines: Sequence[str]) -> None:
        self._bench.tell(headline)
        if lines:
            self.details = DetailsDialog("导入结果", headline, lines, self._bench.frame)
            self.details.open()


def summary_of(reports: Sequence[FileReport]) -> str:
    """How many tables were taken in and how many not, so that the numbers add up."""
    tables = sum(len(report.tables) for report in reports)
    taken = sum(table.table_id is not None for report in reports for table in report.tables)
    refused = sum(report.refused for report in reports)
    text = f"导入了 {taken} 张表"
    if taken < tables:
        text = f"认出 {tables} 张表，{text}，{tables - taken} 张没有导入"
    if refused:
        text += f"，{refused} 个文件没有读"
    return text + "。可以整步撤销。"


def _are_few(paths: Sequence[Path]) -> bool:
    """True for one or a few files named by themselves; folders and archives hold more."""
    plain = all(path.suffix.lower() != ".zip" and not path.is_dir() for path in paths)
    return plain and len(paths) <= _FEW
