"""Long work with a progress dialog that can stop it; the result is told quietly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from jixiao.app.progress import CancelledError, Progress
from jixiao.app.session import Session
from jixiao.gui.document import Document
from jixiao.model.errors import KnownError
from jixiao.model.shorten import shorten

if TYPE_CHECKING:
    from jixiao.app.exporting import ExportReport

T = TypeVar("T")
_SHOW_AFTER_MS = 400
_LONGEST_TEXT = 36


class LongJob(QObject):
    """One piece of long work on the book's thread."""

    _progressed = Signal(int, int, str)

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._stop = Event()
        self._dialog = QProgressDialog("正在准备…", "停止", 0, 0, parent)
        self._dialog.setWindowTitle(title)
        self._dialog.setWindowModality(Qt.WindowModality.WindowModal)
        self._dialog.setMinimumWidth(parent.fontMetrics().horizontalAdvance("国") * 24)
        self._dialog.setAutoClose(False)
        self._dialog.setAutoReset(False)
        self._dialog.setMinimumDuration(_SHOW_AFTER_MS)
        self._dialog.canceled.connect(self._stop.set)
        self._progressed.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        document: Document,
        job: Callable[[Session, Progress], T],
        done: Callable[[T | None], object],
        failed: Callable[[KnownError], object],
    ) -> None:
        """Do the work; ``done`` gets None when it was stopped."""

        def work(session: Session) -> T | None:
            try:
                return job(session, self._progress)
            except CancelledError:
                return None

        def finished(result: T | None) -> None:
            self._end()
            done(result)

        def refused(error: KnownError) -> None:
            self._end()
            failed(error)

        self._dialog.setValue(0)
        document.run(work, finished, refused)

    def _progress(self, done: int, total: int, text: str) -> None:
        if self._stop.is_set():
            raise CancelledError
        self._progressed.emit(done, total, text)

    def _show(self, done: int, total: int, text: str) -> None:
        if self._stop.is_set():
            return
        self._dialog.setLabelText(shorten(text, _LONGEST_TEXT) or "即将完成…")
        self._dialog.setMaximum(max(total, 1))
        self._dialog.setValue(done)

    def _end(self) -> None:
        self._stop.set()
        self._dialog.canceled.disconnect(self._stop.set)
        self._dialog.close()
        self._dialog.deleteLater()
        self.deleteLater()


def export_summary(report: ExportReport, folder: Path) -> tuple[str, list[str]]:
    """One sentence about an export, and the lines worth reading (failures, what is not shown)."""
    from jixiao.app.exporting import export_warnings

    text = f"导出了 {len(report.written)} 个文件到 {folder}"
    replaced = sum(one.replaced for one in report.written)
    text += f"（替换了 {replaced} 个）" if replaced else ""
    text += f"，{len(report.not_written)} 个没有写成" if report.not_written else ""
    text += f"，跳过 {len(report.skipped)} 个" if report.skipped else ""
    return text + "。", export_warnings(report)
