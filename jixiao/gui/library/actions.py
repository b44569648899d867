"""What the library panel does: searches for the current row, inserts, learns, keeps own entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog

from jixiao.app.library.insert import insert_entry
from jixiao.app.library.library import ImportReport, Library
from jixiao.app.rows import Edit
from jixiao.gui.dialog_parts import ask_target
from jixiao.gui.dialogs import DetailsDialog
from jixiao.gui.library.learn import LibraryLearning
from jixiao.gui.library.place import NO_SPOT, Spot, holds_value, spot_at, value_cell
from jixiao.gui.workbench import Workbench
from jixiao.gui.worker import known_only
from jixiao.io.paper.form.form import Form
from jixiao.model.errors import KnownError
from jixiao.model.library import Entry, entry_from
from jixiao.model.library_search import NOWHERE, Hit
from jixiao.model.table import Indicator, Table

if TYPE_CHECKING:
    from jixiao.gui.library.panel import LibraryPanel

T = TypeVar("T")
_FOLLOW_MS = 120
_EXCEL = "Excel 工作簿 (*.xlsx)"


class LibraryActions(QObject):
    """Connects the library and its panel with a window."""

    def __init__(self, bench: Workbench, library: Library | None = None) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self._document = bench.document
        self.library = library or Library()
        self.details: DetailsDialog | None = None
        self._spot = NO_SPOT
        self._shown_problem = ""
        self._busy = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_FOLLOW_MS)
        self._timer.timeout.connect(self.search)
        self.learning = LibraryLearning(bench.document, bench.changes, self.library, self)
        self._bench.view.selectionModel().currentChanged.connect(lambda *_: self._follow())
        for signal in (self._document.table_shown, self._document.page_changed):
            signal.connect(self._follow)
        self.learning.learned.connect(self._follow)

    @cached_property
    def panel(self) -> LibraryPanel:
        """The panel, made when it is first looked at."""
        from jixiao.gui.library.panel import LibraryPanel

        panel = LibraryPanel()
        panel.query_changed.connect(self.search)
        panel.chosen.connect(self.insert)
        panel.take_over_wanted.connect(self.take_over)
        panel.new_wanted.connect(self.new_entry)
        panel.edit_wanted.connect(self.edit_entry)
        panel.delete_wanted.connect(self.delete_entry)
        panel.import_wanted.connect(self.choose_import)
        panel.export_wanted.connect(self.choose_export)
        panel.restore_wanted.connect(self.restore_shipped)
        panel.left.connect(self._bench.view.setFocus)
        self._bench.dock.add_panel("指标库", panel)
        self._timer.start()
        return panel

    # Looking

    def _follow(self) -> None:
        """Rank anew for another row, after a pause, and only while somebody looks."""
        if "panel" in vars(self) and self.panel.isVisible():
            self._timer.start()

    def show_library(self) -> None:
        """Open the panel and go to its search box."""
        self._bench.dock.show_panel(self.panel)
        self.search()
        self.panel.focus_search()

    def search(self) -> None:
        """Show what the query finds, ranked for the current row."""
        self._timer.stop()
        if self._busy:
            return
        shown = self._document.shown
        spot = self.spot()
        place = NOWHERE
        if shown is not None:
            place = self.library.place_of(shown.table, spot.row, levels=spot.levels)
        hits = self.library.search(self.panel.query(), place)
        entries = self.library.entries
        seconds = dict.fromkeys(entry.level2 for entry in entries if entry.level2)
        self.panel.set_choices(self.library.categories, tuple(seconds))
        self.panel.show_hits(hits, self._place_text(spot), may_insert=self._may_insert)
        if self.library.problem and self.library.problem != self._shown_problem:
            self._shown_problem = self.library.problem
            self._bench.tell(self._shown_problem)

    def spot(self) -> Spot:
        """The current indicator of the page."""
        index = self._bench.view.currentIndex()
        return spot_at(self._bench.page.grid, index.row(), index.column())

    @property
    def _may_insert(self) -> bool:
        shown = self._document.shown
        return (
            shown is not None
            and not self._document.read_only
            and not self._document.locked
            and "indicators" in shown.form.columns_of
        )

    def _place_text(self, spot: Spot) -> str:
        shown = self._document.shown
        if shown is None:
            return ""
        if not self._may_insert:
            return "这张表现在不能插入指标。"
        if 0 <= spot.row < len(shown.table.indicators):
            row = shown.table.indicators[spot.row]
            name = row.level3 or "空行"
            return f"当前行：{row.level2 or row.level1} · {name}"
        level = spot.levels[1] or spot.levels[0]
        return f"当前行：{level}（空）" if level else "插到各自的分类末尾"

    # Inserting

    def insert(self, hit: Hit) -> None:
        """Insert an entry at the current row as one step, and go to its value cell."""
        self._bench.view.commit()
        shown = self._document.shown
        if shown is None or not self._may_insert:
            self._bench.tell("现在没有可以插入指标的表。")
            return
        row_now = self.spot().row
        suggested = ""

        def action(form: Form, table: Table) -> Edit:
            nonlocal suggested
            done = insert_entry(form, table, hit.entry, row_now)
            suggested = done.suggestion
            return done.edit

        edit = self._document.act(action)
        if edit is None:
            return
        row = edit.rows[0]
        cell = value_cell(self._bench.page.grid, row)
        if cell is not None:
            self._bench.view.select(cell)
        self._bench.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell_inserted(hit.entry, suggested, row)

    def _tell_inserted(self, entry: Entry, suggestion: str, row: int) -> None:
        tell = self._bench.status.tell
        if not suggestion:
            tell(f"已插入“{entry.name}”，请填写指标值。")
            return
        tell(
            f"已插入“{entry.name}”，建议值 {suggestion} 仅供参考。",
            f"填入 {suggestion}",
            lambda: self._take_suggestion(row, suggestion),
        )

    def _take_suggestion(self, row: int, text: str) -> None:
        """Type the suggested value, where the row's value cell is still empty."""
        cell = value_cell(self._bench.page.grid, row)
        if cell is None:
            return
        values = [binding for binding in cell.bindings if holds_value(binding)]
        if values and not cell.text.strip():
            self._bench.page.edit([(values[0], text)])

    # Own entries

    def take_over(self) -> None:
        """Put the current indicator, or all whose cells are selected, into the own library."""
        self._bench.view.commit()
        rows = self._rows_at_hand()
        category = self.panel.query().category
        entries = [self._entry_of(row, category) for row in rows if row.level3]
        if not entries:
            self._bench.tell("请先把光标放在一条有名称的指标上。")
            return
        kept = self._do(lambda: self.library.add_all(entries))
        if kept is None:
            return
        what = f"“{kept[0].name}”" if len(kept) == 1 else f"{len(kept)} 条指标"
        self._bench.tell(f"{what}已收入指标库。")

    def _rows_at_hand(self) -> list[Indicator]:
        """The indicators in whose own cells something is selected, else the current one."""
        shown, spot = self._document.shown, self.spot()
        rows = shown.table.indicators if shown is not None else ()
        selected = {
            row
            for cell in self._bench.view.selected_cells()
            for binding in cell.bindings
            if binding.target == "indicators" and binding.name not in {"level1", "level2"}
            for row in binding.rows
        }
        wanted = sorted(selected | {spot.row}) if len(selected) > 1 else [spot.row]
        return [rows[index] for index in wanted if 0 <= index < len(rows)]

    def _entry_of(self, row: Indicator, category: str) -> Entry:
        entry = entry_from(row, category)
        known = self.library.entry_for(row)
        if known is not None and known.category and not entry.category:
            return replace(entry, category=known.category)
        return entry

    def new_entry(self) -> None:
        """Write a new entry."""
        query = self.panel.query()
        proposed = Entry(category=query.category, level2=query.level2, name=query.text.strip())
        self._ask("新建指标", proposed, None)

    def edit_entry(self, hit: Hit) -> None:
        """Change an entry; a shipped one, or one of the book, becomes the user's own."""
        old = None if hit.entry.origin == "book" else hit.entry
        self._ask("修改指标", hit.entry, old)

    def _ask(self, title: str, entry: Entry, old: Entry | None) -> None:
        from jixiao.gui.library.dialog import EntryDialog

        dialog = EntryDialog(title, entry, self.library.categories, self._bench.frame)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            written = dialog.entry()
            if self._do(lambda: self.library.change(written, old)) is not None:
                self._bench.tell(f"“{written.name}”已保存到指标库。")
        dialog.deleteLater()

    def delete_entry(self, hit: Hit) -> None:
        """Delete an own entry, or show a shipped one no longer; both can be taken back."""
        entry = hit.entry
        if entry.origin == "book":
            self._bench.tell("这条指标来自账本里的表，不在指标库里，不用删除。")
            return

        def back() -> None:
            if entry.origin == "own":
                self._do(lambda: self.library.add(entry))
            else:
                self._do(self.library.restore_shipped)

        if self._do(lambda: self.library.delete([entry]) is None):
            word = "已删除" if entry.origin == "own" else "不再显示"
            offer = "撤销" if entry.origin == "own" else "恢复自带的指标"
            self._bench.status.tell(f"{word}“{entry.name}”。", offer, back)

    def restore_shipped(self) -> None:
        """Show all shipped entries again."""
        if self._do(lambda: self.library.restore_shipped() is None):
            self._bench.tell("自带的指标已全部恢复显示。")

    # Files

    def choose_import(self) -> None:
        """Ask for a workbook and import its indicators."""
        folder = str(self._bench.settings.folder("import"))
        name, _ = QFileDialog.getOpenFileName(self._bench.frame, "导入指标", folder, _EXCEL)
        if name:
            self._bench.settings.set_folder("import", Path(name).parent)
            self.import_from(Path(name))

    def import_from(self, path: Path) -> None:
        """Import the indicators of a workbook."""

        def done(report: ImportReport) -> None:
            self._bench.tell(report.text)
            if report.skipped:
                lines = [
                    f"{one.sheet} {one.cell}“{one.text}”：{one.reason}" for one in report.skipped
                ]
                self.details = DetailsDialog("导入指标", report.text, lines, self._bench.frame)
                self.details.open()

        self._work(lambda: self.library.import_file(path), done)

    def choose_export(self) -> None:
        """Ask where to, and export the library."""
        proposed = self._bench.settings.folder("export") / "指标库.xlsx"
        path = ask_target(self._bench.frame, "导出指标库", proposed, _EXCEL, [".xlsx"])
        if path is not None:
            self._bench.settings.set_folder("export", path.parent)
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the library as a workbook."""
        tell = self._bench.status.tell
        self._work(lambda: self.library.export_file(path), lambda _: tell(f"指标库已导出到 {path}"))

    def _do(self, action: Callable[[], T]) -> T | None:
        """Change the library and search again; None, and the reason told, when it cannot be."""
        try:
            result = action()
        except KnownError as error:
            self._bench.tell_error(error)
            return None
        self.search()
        return result

    def _work(self, job: Callable[[], T], done: Callable[[T], object]) -> None:
        """Something slow with the library, behind the window's back; nobody else may use it now."""
        self._busy = True
        self.panel.setEnabled(False)

        def finished() -> None:
            self._busy = False
            self.panel.setEnabled(True)
            self.search()

        def succeeded(result: T) -> None:
            finished()
            done(result)

        def failed(error: Exception) -> None:
            finished()
            known_only(self._bench.tell_error)(error)

        self._bench.worker.submit(job, succeeded, failed)
