"""What the overview does: follows the table on the screen, leads to tables, is exported."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from jixiao.app.overview.numbers import Overview
from jixiao.gui.dialog_parts import ask_target, fit_dialog
from jixiao.gui.overview.numbers_job import OverviewNumbers
from jixiao.gui.overview.panel import OverviewPanel, Scope
from jixiao.gui.workbench import Workbench
from jixiao.model.errors import KnownError
from jixiao.model.tree import AgencyNode, YearNode

_AFTER_MS = 500
_WAIT = "概览还没有统计完，请稍等。"
_FILES = "图片 (*.png);;PDF (*.pdf)"


class OverviewActions(QObject):
    """The overview of a window: a panel at its side, and a large window of its own."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self._document = bench.document
        self.numbers = OverviewNumbers(bench.document, bench.changes, self)
        self.panel = OverviewPanel()
        self.large: OverviewWindow | None = None
        self._shown: tuple[Overview, str] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self.refresh)
        self._connect(self.panel)
        self.panel.large_wanted.connect(self.show_overview)
        for signal in (self.numbers.changed, self._document.tree_changed):
            signal.connect(lambda *_: self._timer.start())
        self.numbers.progress.connect(self._progress)
        self._document.table_shown.connect(self._other_table)
        self._document.opened.connect(self._forget)

    def _connect(self, panel: OverviewPanel) -> None:
        panel.wanted.connect(self.refresh)
        panel.hidden.connect(self._hidden)
        panel.table_wanted.connect(self._open_table)
        panel.copy_wanted.connect(self.copy_overview)
        panel.export_wanted.connect(self.export_overview)
        panel.print_wanted.connect(self.print_overview)

    def _forget(self) -> None:
        self._shown = None
        for panel in self._panels():
            panel.show_overview(None, "")

    def _progress(self, what: str, done: int, total: int) -> None:
        for panel in self._panels():
            panel.show_progress(what, done, total)

    def _other_table(self) -> None:
        self._timer.start(0)

    def _hidden(self) -> None:
        """Nothing is gathered for nobody: another panel goes on with its own."""
        if self._looked_at is None:
            self.numbers.stop()
        else:
            self._timer.start(0)

    def _panels(self) -> list[OverviewPanel]:
        large = [] if self.large is None else [self.large.panel]
        return [self.panel, *large]

    @property
    def _looked_at(self) -> OverviewPanel | None:
        return next((p for p in reversed(self._panels()) if p.isVisible()), None)

    # Numbers

    def refresh(self) -> None:
        """Ask for the numbers of what is looked at."""
        panel = self._looked_at
        if panel is None or not self._document.is_open:
            return
        title, years = self._scope(panel.scope)
        ids = [entry.id for _, year in years for entry in year.tables]

        def done(overview: Overview) -> None:
            self._shown = (overview, title)
            panel.show_overview(overview, title)

        self.numbers.ask(ids, done)

    def _scope(self, scope: Scope) -> tuple[str, list[tuple[AgencyNode, YearNode]]]:
        """What is looked at: its title and its years."""
        every = [(agency, year) for agency in self._document.tree for year in agency.years]
        shown = self._document.shown
        here = None if shown is None else shown.table_id
        if scope == "year":
            for agency, year in every:
                if any(entry.id == here for entry in year.tables):
                    when = "年度未定" if year.year is None else f"{year.year} 年度"
                    return f"{agency.name or '单位未定'} {when}", [(agency, year)]
        path = self._document.path
        return f"账本“{path.stem if path else ''}”", every

    def _open_table(self, table_id: int) -> None:
        self._document.show_table(table_id)
        self._bench.frame.activateWindow()

    # Showing, writing, printing

    def show_overview(self) -> None:
        """Open the overview in a large window."""
        if self.large is None:
            self.large = OverviewWindow(self._bench.frame)
            self._connect(self.large.panel)
        self.large.panel.set_scope(self.panel.scope)
        self.large.show()
        self.large.activateWindow()

    def copy_overview(self) -> None:
        """Copy the overview as a picture."""
        from jixiao.gui.overview.export import copy_picture

        if self._shown is None:
            self._bench.tell(_WAIT)
            return
        copy_picture(*self._shown)
        self._bench.tell("概览已作为图片复制，可以粘贴到 Word 或 WPS 里。")

    def export_overview(self) -> None:
        """Ask where to, and write the overview as a picture."""
        if self._shown is None:
            self._bench.tell(_WAIT)
            return
        folder = self._bench.settings.folder("export")
        proposed = folder / f"{_file_name(self._shown[1])}概览.png"
        parent = (
            self.large if self.large is not None and self.large.isVisible() else self._bench.frame
        )
        path = ask_target(parent, "概览存为图片", proposed, _FILES, [".png", ".pdf"])
        if path is not None:
            self._bench.settings.set_folder("export", path.parent)
            self.write_to(path)

    def write_to(self, path: Path) -> None:
        """Write the overview that was shown last."""
        from jixiao.gui.overview.export import write_picture

        if self._shown is None:
            return
        try:
            write_picture(*self._shown, path)
        except KnownError as error:
            self._bench.tell_error(error)
            return
        self._bench.tell_written(f"概览已存到 {path}", path)

    def print_overview(self) -> None:
        """Ask for a printer and print the overview."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from jixiao.gui.overview.export import print_on

        if self._shown is None:
            self._bench.tell(_WAIT)
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self._bench.frame)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            print_on(*self._shown, printer)
            self._bench.tell("概览已送到打印机。")


class OverviewWindow(QDialog):
    """The overview in a window of its own."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("概览")
        self.setWindowFlag(parent.windowFlags().__class__.WindowMaximizeButtonHint)
        self.panel = OverviewPanel(self, large=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        fit_dialog(self, 90, 46)


def _file_name(title: str) -> str:
    return "".join(char for char in title if char not in '\\/:*?"<>|“” ')
