"""What the bureau does: collect, sum up, send back; and the agency with what was sent back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout, QDialog, QFileDialog

from jixiao.app.collecting import (
    CollectPlan,
    CollectReport,
    Decision,
    collect,
    plan_collecting,
)
from jixiao.app.notes import new_note, send_back, settle_notes
from jixiao.app.progress import Progress
from jixiao.app.session import Session
from jixiao.app.summary import write_summary
from jixiao.gui.collect_dialog import CollectDialog
from jixiao.gui.collect_notes import NoteDialog, NotesStrip
from jixiao.gui.dialogs import DetailsDialog
from jixiao.gui.jobs import LongJob
from jixiao.io.grid import Cell
from jixiao.model.errors import KnownError
from jixiao.model.fields import label_of
from jixiao.model.notes import SendBackNote, place_of, send_back_notes

if TYPE_CHECKING:
    from jixiao.gui.window import MainWindow

_SOURCES = "账本和交换文件 (*.jxb *.json *.zip);;所有文件 (*)"
_EXCEL = "Excel 工作簿 (*.xlsx)"
_EXCHANGE = "交换文件 (*.json)"


class CollectActions(QObject):
    """Collecting and notes of a window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._document = window.document
        self.dialog: CollectDialog | None = None
        self.details: DetailsDialog | None = None
        self.strip = NotesStrip()
        self._place_strip()
        self.strip.done.connect(lambda index: self.settle([index]))
        self.strip.all_done.connect(self._settle_all)
        self.strip.place_wanted.connect(self.show_place)
        for signal in (self._document.table_shown, self._document.page_changed):
            signal.connect(self._show_notes)
        self._document.tree_changed.connect(lambda _: self._show_notes())

    def _place_strip(self) -> None:
        """Above the page, below what is said about the table."""
        centre = self._window.desk.parentWidget()
        column = centre.layout() if centre is not None else None
        assert isinstance(column, QBoxLayout)
        column.insertWidget(column.indexOf(self._window.desk), self.strip)

    # Collecting

    def choose_collected(self) -> None:
        """Ask for books and exchange files, and plan."""
        folder = str(self._window.settings.folder("import"))
        names, _ = QFileDialog.getOpenFileNames(
            self._window, "合并哪些账本和交换文件", folder, _SOURCES
        )
        if names:
            self._window.settings.set_folder("import", Path(names[0]).parent)
            self.plan([Path(name) for name in names])

    def plan(self, paths: Sequence[Path]) -> None:
        """Read files and show what they mean for the book."""
        self._window.view.commit()

        def work(session: Session, progress: Progress) -> CollectPlan:
            return plan_collecting(session, paths, progress)

        def done(plan: CollectPlan | None) -> None:
            if plan is not None:
                self._ask(plan)

        LongJob("读取上报的文件", self._window).start(
            self._document, work, done, self._window.files.tell_error
        )

    def _ask(self, plan: CollectPlan) -> None:
        if not plan.tables:
            lines = [f"{one.source.name}：{one.reason}" for one in plan.refused]
            self._show_details("没有可以合并的表。", lines)
            return
        self.dialog = dialog = CollectDialog(plan, self._window)
        dialog.accepted.connect(lambda: self.carry_out(plan, dialog.decisions()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def carry_out(self, plan: CollectPlan, decisions: Mapping[int, Decision]) -> None:
        """Do what was decided, as one step."""
        self._window.status.tell("正在合并…")

        def done(report: CollectReport) -> None:
            first = next(iter((*report.added, *report.replaced, *report.doubled)), None)
            self._document.reload(first)
            headline = collect_text(report)
            if report.change is not None:
                self._window.status.tell(headline, "撤销", self._document.undo)
            else:
                self._window.status.tell(headline)
            lines = [*report.skipped]
            lines += [f"{one.source.name}：没有读。{one.reason}" for one in report.refused]
            if lines:
                self._show_details(headline, lines)

        def failed(error: KnownError) -> None:
            self._window.status.tell("")
            self._window.files.tell_error(error)

        self._document.run(lambda session: collect(session, plan, decisions), done, failed)

    def _show_details(self, headline: str, lines: list[str]) -> None:
        self.details = DetailsDialog("合并结果", headline, lines, self._window)
        self.details.open()

    # Summary and exchange

    def export_summary(self) -> None:
        """Ask where to, and write the summary over agencies."""
        path = self._ask_file("导出汇总表", "汇总表.xlsx", _EXCEL)
        if path is not None:
            self.write_summary(path)

    def write_summary(self, path: Path) -> None:
        """Write the summary over agencies."""
        self._window.view.commit()
        self._window.status.tell("正在汇总…")
        self._document.run(
            lambda session: write_summary(session, path),
            lambda count: self._window.status.tell(f"{count} 张表的汇总已写到 {path}"),
            self._window.files.tell_error,
        )

    def export_exchange(self) -> None:
        """Ask where to, and write the tables of the year on the screen as an exchange file."""
        path = self._ask_file("导出交换文件", "交换文件.json", _EXCHANGE)
        if path is not None:
            self.write_exchange(path)

    def write_exchange(self, path: Path) -> None:
        """Write the tables of the year on the screen, notes included, as an exchange file."""
        from jixiao.io.exchange import dump_tables
        from jixiao.io.write import write_bytes

        self._window.view.commit()
        ids = self._year_ids()

        def job(session: Session) -> int:
            tables = [table for _, table in session.book.tables(ids)]
            write_bytes(path, dump_tables(tables).encode())
            return len(tables)

        self._document.run(
            job,
            lambda count: self._window.status.tell(f"{count} 张表已写到 {path}"),
            self._window.files.tell_error,
        )

    def _year_ids(self) -> Collection[int] | None:
        shown = self._document.shown
        here = None if shown is None else shown.table_id
        for agency in self._document.tree:
            for year in agency.years:
                ids = [entry.id for entry in year.tables]
                if here in ids:
                    return ids
        return None

    def _ask_file(self, title: str, name: str, kinds: str) -> Path | None:
        proposed = self._window.settings.folder("export") / name
        found, _ = QFileDialog.getSaveFileName(self._window, title, str(proposed), kinds)
        if not found:
            return None
        path = Path(found)
        if path.suffix.lower() != proposed.suffix:
            path = path.with_name(path.name + proposed.suffix)
        self._window.settings.set_folder("export", path.parent)
        return path

    # Notes

    def _show_notes(self) -> None:
        shown = self._document.shown
        notes = [] if shown is None else send_back_notes(shown.table)
        may_write = not self._document.read_only and not self._document.locked
        self.strip.show_notes(notes, may_write=may_write)

    def write_note(self) -> None:
        """Ask for a note about the current place or the whole table."""
        shown = self._document.shown
        if shown is None:
            self._window.status.tell("请先打开要退回的表。")
            return
        self._window.view.commit()
        field, indicator = self._current_place()
        place = f"指标“{indicator}”" if indicator else f"栏目“{field}”" if field else ""
        dialog = NoteDialog(
            shown.table.name or shown.form.name,
            place,
            self._window.settings.author,
            reported=self._document.locked,
            parent=self._window,
        )
        if dialog.exec() == QDialog.DialogCode.Accepted:
            author = dialog.author.text().strip()
            self._window.settings.author = author
            text = dialog.text.toPlainText()
            if not dialog.about_place:
                field = indicator = ""
            note = new_note(text, author, field=field, indicator=indicator)
            self.send_back(note, returned=dialog.returned.isChecked())
        dialog.deleteLater()

    def _current_place(self) -> tuple[str, str]:
        """The label of the field, or the name of the indicator, in which the cursor stands."""
        shown, cell = self._document.shown, self._window.view.current_cell()
        for binding in cell.bindings if shown is not None and cell is not None else ():
            if shown is not None and binding.target == "indicators" and len(binding.rows) == 1:
                return "", shown.table.indicators[binding.rows[0]].level3
            if binding.target == "field":
                return label_of(binding.name), ""
        return "", ""

    def send_back(self, note: SendBackNote, *, returned: bool = True) -> None:
        """Write a note on the table on the screen."""
        shown = self._document.shown
        if shown is None:
            return
        table_id = shown.table_id
        self._step(
            lambda session: send_back(session, table_id, [note], returned=returned),
            "退回意见已写在这张表上。",
        )

    def settle(self, indexes: Collection[int]) -> None:
        """Take notes off the table on the screen."""
        shown = self._document.shown
        if shown is None:
            return
        table_id = shown.table_id
        self._step(
            lambda session: settle_notes(session, table_id, indexes),
            f"{len(indexes)} 条退回意见已处理。",
        )

    def _settle_all(self) -> None:
        shown = self._document.shown
        if shown is not None:
            self.settle([index for index, _ in send_back_notes(shown.table)])

    def _step(self, job: object, told: str) -> None:
        self._window.view.commit()

        def done(_: object) -> None:
            self._document.reload()
            self._window.status.tell(told, "撤销", self._document.undo)

        self._document.run(job, done, self._window.files.tell_error)  # type: ignore[arg-type]

    def show_place(self, note: SendBackNote) -> None:
        """Put the cursor where a note belongs."""
        cell = self._cell_of(note)
        if cell is None:
            self._window.status.tell("这条意见说的地方在表里已经找不到了。")
            return
        self._window.view.select(cell)
        self._window.view.setFocus()

    def _cell_of(self, note: SendBackNote) -> Cell | None:
        shown = self._document.shown
        place = None if shown is None else place_of(shown.table, note)
        if place is None:
            return None
        for cell, part in self._window.page.grid.bound():
            binding = part.binding
            assert binding is not None
            if place.rows is None:
                if binding.target == "field" and binding.name == place.field:
                    return cell
            elif (binding.target, binding.name) == (place.rows, "level3") and (
                place.index in binding.rows
            ):
                return cell
        return None


def collect_text(report: CollectReport) -> str:
    """One sentence about what collecting did."""
    parts = [
        (len(report.added), "新增 {} 张"),
        (len(report.replaced), "替换 {} 张"),
        (len(report.doubled), "并列 {} 张"),
        (report.kept, "保留原有 {} 张"),
        (report.same, "相同 {} 张"),
        (len(report.skipped), "已报未动 {} 张"),
    ]
    told = "，".join(text.format(count) for count, text in parts if count)
    backup = f"合并前已备份到 {report.backup.name}" if report.backup is not None else "账本没有变"
    return f"{told or '没有表要合并'}。{backup}。"
