"""What happens when the program itself is at fault: a log file and one calm dialog."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QMessageBox

from jixiao.app import log
from jixiao.gui.files.unsaved import Standing


class FaultReporter(QObject):
    """Writes faults to the log and shows a dialog: each fault once, never two dialogs at a time.

    ``standing`` tells what is in the book and what is not, ``copy`` puts the latter on the
    clipboard; before there is a window nothing can be unsaved.
    """

    _happened = Signal(str)

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self.standing: Callable[[], Standing] = lambda: Standing("", unsaved=False)
        self.copy: Callable[[], None] = lambda: None
        self.shown = 0
        self._seen: set[str] = set()
        self._open = False
        self._log = log.start(folder)
        self._happened.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the hook for every fault that nobody catches, on any thread."""
        sys.excepthook = self.report
        threading.excepthook = lambda args: self.report(
            args.exc_type, args.exc_value, args.exc_traceback
        )

    def report(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Log a fault and have it told; may be called from any thread and from within painting."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.exit(130)
            return
        where = traceback.extract_tb(trace)[-1:]
        key = f"{kind.__name__} {where}"
        if key in self._seen:
            return
        self._seen.add(key)
        log.fault(kind, trace)
        self._happened.emit(f"{kind.__name__}: {error}")

    @Slot(str)
    def _show(self, what: str) -> None:
        if self._open or QApplication.instance() is None:
            return
        self._open = True
        self.shown += 1
        try:
            self._exec(what, self._now())
        finally:
            self._open = False

    def _now(self) -> Standing:
        try:
            return self.standing()
        except Exception:  # noqa: BLE001 - the fault may be in the very thing that is asked
            log.LOGGER.error("standing failed")
            return Standing(
                "不能确定最后的修改是否已写进账本，请先复制屏幕上的内容。", unsaved=False
            )

    def _exec(self, what: str, standing: Standing) -> None:
        box = QMessageBox(QApplication.activeWindow())
        box.setIcon(QMessageBox.Icon.Information)
        box.setWindowTitle("程序出了点问题")
        box.setText(f"程序出了点问题。{standing.text}")
        box.setInformativeText(
            "可以继续使用；如果画面不对，请关闭后重新打开。"
            + (f"问题的详情记在日志里：\n{self._log}" if self._log else "")
        )
        box.setDetailedText(what)
        box.setStandardButtons(QMessageBox.StandardButton.Ok)
        box.button(QMessageBox.StandardButton.Ok).setText("知道了")
        if standing.unsaved:
            button = box.addButton("复制没有保存的内容", QMessageBox.ButtonRole.ActionRole)
            button.clicked.connect(lambda _=False: self.copy())
        box.exec()
