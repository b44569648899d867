"""What the bureau does with the tables of many agencies: collect them, and sum them up."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from jixiao.app.progress import Progress
from jixiao.app.session import Session
from jixiao.gui.dialog_parts import ask_target
from jixiao.gui.dialogs import DetailsDialog
from jixiao.gui.jobs import LongJob
from jixiao.gui.workbench import Workbench

if TYPE_CHECKING:  # what collecting needs is loaded when it is first asked for
    from jixiao.app.collecting.collect import CollectPlan, CollectReport, Decision
    from jixiao.gui.collect.detail import PlanForms
    from jixiao.gui.collect.dialog import CollectDialog

_SOURCES = "账本和交换文件 (*.jxb *.json *.zip);;所有文件 (*)"
_EXCEL = "Excel 工作簿 (*.xlsx)"
_EXCHANGE = "交换文件 (*.json)"


class CollectActions(QObject):
    """Collecting into the book of a window."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self._document = bench.document
        self.dialog: CollectDialog | None = None
        self.details: DetailsDialog | None = None
        self._plan: CollectPlan | None = None

    # Collecting

    def choose_collected(self) -> None:
        """Ask for books and exchange files, and plan."""
        folder = str(self._bench.settings.folder("import"))
        names, _ = QFileDialog.getOpenFileNames(
            self._bench.frame, "合并哪些账本和交换文件", folder, _SOURCES
        )
        if names:
            self._bench.settings.set_folder("import", Path(names[0]).parent)
            self.plan([Path(name) for name in names])

    def plan(self, paths: Sequence[Path]) -> None:
        """Read files and show what they mean for the book."""
        from jixiao.app.collecting.collect import plan_collecting

        self._bench.view.commit()

        def work(session: Session, progress: Progress) -> tuple[CollectPlan, PlanForms]:
            from jixiao.gui.collect.detail import forms_of_plan

            plan = plan_collecting(session, paths, progress)
            return plan, forms_of_plan(session, plan)

        def done(found: tuple[CollectPlan, PlanForms] | None) -> None:
            if found is None:
                self._bench.tell("已停止，没有合并。")
            else:
                self._ask(*found)

        LongJob("读取上报的文件", self._bench.frame).start(
            self._document, work, done, self._bench.tell_error
        )

    def _ask(self, plan: CollectPlan, forms: PlanForms) -> None:
        from jixiao.gui.collect.dialog import CollectDialog

        if not plan.tables:
            lines = [f"{one.source.name}：{one.reason}" for one in plan.refused]
            self._show_details("没有可以合并的表。", lines)
            return
        self._plan = plan
        self.dialog = dialog = CollectDialog(plan, forms, self._bench.frame)
        dialog.joined_changed.connect(self._replan)
        dialog.accepted.connect(lambda: self.carry_out(dialog.plan, dialog.decisions()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _replan(self, joined: Collection[str]) -> None:
        """Other agencies are taken for one: find again what each table meets."""
        from jixiao.app.collecting.collect import replan
        from jixiao.gui.collect.detail import forms_of_plan

        dialog, plan = self.dialog, self._plan
        if dialog is None or plan is None:
            return
        dialog.setEnabled(False)

        def job(session: Session) -> tuple[CollectPlan, PlanForms]:
            again = replan(session, plan, joined)
            return again, forms_of_plan(session, again)

        def done(found: tuple[CollectPlan, PlanForms]) -> None:
            self._plan = found[0]
            dialog.setEnabled(True)
            dialog.show_plan(*found)

        self._document.run(job, done, self._bench.tell_error)

    def carry_out(self, plan: CollectPlan, decisions: Mapping[int, Decision]) -> None:
        """Do what was decided, as one step."""
        from jixiao.app.collecting.collect import collect

        def work(session: Session, progress: Progress) -> CollectReport:
            return collect(session, plan, decisions, progress=progress)

        def done(report: CollectReport | None) -> None:
            if report is None:
                self._bench.tell("已停止，账本没有变。")
            else:
                self._report(report)

        LongJob("合并", self._bench.frame).start(self._document, work, done, self._bench.tell_error)

    def _report(self, report: CollectReport) -> None:
        changed = (*report.noted, *report.added, *report.replaced, *report.doubled)
        self._document.reload(next(iter(changed), None))
        headline = collect_text(report)
        if report.change is not None:
            self._bench.tell(headline, undo=True)
        else:
            self._bench.tell(headline)
        lines = [*report.skipped]
        lines += [f"{one.source.name}：没有读。{one.reason}" for one in report.refused]
        if lines:
            self._show_details(headline, lines)

    def _show_details(self, headline: str, lines: list[str]) -> None:
        self.details = DetailsDialog("合并结果", headline, lines, self._bench.frame)
        self.details.open()

    # Summary and exchange

    def export_summary(self) -> None:
        """Ask where to, and write the summary over agencies."""
        path = self._ask_file("导出汇总表", "汇总表.xlsx", _EXCEL)
        if path is not None:
            self.write_summary(path)

    def write_summary(self, path: Path) -> None:
        """Write the summary over agencies."""
        from jixiao.app.summary import write_summary

        self._bench.view.commit()

        def work(session: Session, progress: Progress) -> int:
            return write_summary(session, path, progress=progress)

        def done(count: int | None) -> None:
            if count is None:
                self._bench.tell("已停止，没有写汇总表。")
            else:
                self._bench.tell_written(f"{count} 张表的汇总已写到 {path}", path)

        LongJob("导出汇总表", self._bench.frame).start(
            self._document, work, done, self._bench.tell_error
        )

    def export_exchange(self) -> None:
        """Ask where to, and write the tables of the year on the screen as an exchange file."""
        path = self._ask_file("导出交换文件", "交换文件.json", _EXCHANGE)
        if path is not None:
            self.write_exchange(path)

    def write_exchange(self, path: Path) -> None:
        """Write the tables of the year on the screen, notes included, as an exchange file."""
        from jixiao.io.files.exchange import dump_tables
        from jixiao.io.files.write.safe_write import write_bytes

        self._bench.view.commit()
        ids = self._year_ids()
        tree = self._document.tree
        states = {entry.id: entry.state for a in tree for y in a.years for entry in y.tables}

        def job(session: Session) -> int:
            tables = dict(session.book.tables(ids))
            own_states = [states.get(table_id, "") for table_id in tables]
            write_bytes(path, dump_tables(list(tables.values()), own_states).encode())
            return len(tables)

        self._document.run(
            job,
            lambda count: self._bench.tell_written(f"{count} 张表已写到 {path}", path),
            self._bench.tell_error,
        )

    def export_returned(self) -> None:
        """Ask for a folder, and write what was returned, a file for each agency."""
        folder = str(self._bench.settings.folder("export"))
        found = QFileDialog.getExistingDirectory(
            self._bench.frame, "退回的表写到哪个文件夹", folder
        )
        if found:
            self._bench.settings.set_folder("export", Path(found))
            self.write_returned(Path(found))

    def write_returned(self, folder: Path) -> None:
        """Write what was returned, a file for each agency."""
        from jixiao.app.collecting.giving_back import write_returned

        self._bench.view.commit()

        def work(session: Session, progress: Progress) -> list[Path]:
            return write_returned(session, folder, progress)

        def done(files: list[Path] | None) -> None:
            if files is None:
                self._bench.tell("已停止。")
            else:
                message = f"{len(files)} 个单位的退回文件已写到 {folder}"
                self._bench.tell_written(message, folder)

        LongJob("导出退回的表", self._bench.frame).start(
            self._document, work, done, self._bench.tell_error
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
        proposed = self._bench.settings.folder("export") / name
        path = ask_target(self._bench.frame, title, proposed, kinds, [proposed.suffix])
        if path is not None:
            self._bench.settings.set_folder("export", path.parent)
        return path


def collect_text(report: CollectReport) -> str:
    """One sentence about what collecting did."""
    parts = [
        (len(report.added), "新增 {} 张"),
        (len(report.replaced), "替换 {} 张"),
        (len(report.doubled), "并列 {} 张"),
        (len(report.noted), "收下意见 {} 张"),
        (len(report.restated), "更新状态 {} 张"),
        (report.kept, "保留原有 {} 张"),
        (report.same, "相同 {} 张"),
        (len(report.skipped), "已报未动 {} 张"),
    ]
    message = "，".join(text.format(count) for count, text in parts if count)
    backup = f"合并前已备份到 {report.backup.name}" if report.backup is not None else "账本没有变"
    return f"{message or '没有表要合并'}。{backup}。"
