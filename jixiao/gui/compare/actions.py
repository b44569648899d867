"""Comparing versions, years and drafts with each other, and restoring what was."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from jixiao.app.importing.drafts import SUFFIXES
from jixiao.app.session import Session
from jixiao.app.versions import versions
from jixiao.app.versions.versions import Others, Outcome, Version
from jixiao.gui.dialog_parts import ask_target
from jixiao.gui.dialogs import DetailsDialog
from jixiao.gui.jobs import LongJob
from jixiao.gui.versions.dialogs import RestoreDialog
from jixiao.gui.versions.place import year_on_screen
from jixiao.gui.workbench import Workbench
from jixiao.io.paper.compare.compare_sets import TablePair
from jixiao.io.paper.compare.differences import Difference
from jixiao.model.errors import KnownError

if TYPE_CHECKING:  # what comparing needs is loaded when it is first asked for
    from jixiao.gui.compare.job import Choice, Comparison
    from jixiao.gui.compare.window import CompareWindow

_DRAFTS = "草稿 (" + " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES)) + ");;所有文件 (*)"
_LISTS = "Word 文档 (*.docx);;Excel 工作簿 (*.xlsx)"


class CompareActions(QObject):
    """The comparison of a window, in a ``window`` of its own."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self._document = bench.document
        self.window: CompareWindow | None = None
        self.details: DetailsDialog | None = None
        self.restoring: RestoreDialog | None = None
        self._document.opened.connect(self._close)

    def _close(self) -> None:
        """What was compared belongs to another book."""
        if self.window is not None:
            self.window.show_comparison(None)
            self.window.hide()

    # Comparing

    def compare_versions(self) -> None:
        """Compare the newest version of the year on the screen with what is now."""
        self.compare_with(None)

    def compare_with(self, version: Version | None, draft: Path | None = None) -> None:
        """Open the comparison: a version with now; without one the newest, or another year."""
        from jixiao.gui.compare.job import Choice, choices_of
        from jixiao.gui.compare.sides import draft_label

        place = year_on_screen(self._document)
        if place is None:
            self._bench.tell("请先打开一张表。")
            return
        agency, year = place
        self._bench.view.commit()

        def done(choices: list[Choice]) -> None:
            now = next(c for c in choices if c.kind == "year" and c.id == year.id)
            at = choices.index(now)
            left = choices[at + 1] if at + 1 < len(choices) else choices[0]
            if version is not None:
                found = (c for c in choices if c.kind == "version" and c.id == version.id)
                left = next(found, left)
            if draft is not None:
                left = Choice("draft", 0, draft_label(draft), draft)
            window = self._open_compare()
            window.sides.set_choices(choices, left, now)
            self.run_compare()

        self._document.run(lambda session: choices_of(session, agency.id), done)

    def _open_compare(self) -> CompareWindow:
        from jixiao.gui.compare.window import CompareWindow

        if self.window is None:
            self.window = window = CompareWindow(self._bench.frame)
            window.wanted.connect(self.run_compare)
            window.draft_wanted.connect(self._choose_draft)
            window.restore_place.connect(self.restore_place)
            window.restore_row.connect(self.restore_row)
            window.restore_table.connect(self.restore_table)
            window.export_wanted.connect(self.export_list)
            window.restore_all.connect(self._restore_left)
            window.undo.clicked.connect(self._undo)
        self.window.tell("")
        self.window.show()
        self.window.activateWindow()
        return self.window

    def run_compare(self) -> None:
        """Compare the sides that are chosen in the window."""
        from jixiao.gui.compare.job import compare

        window = self.window
        if window is None:
            return
        left, right = sides = window.sides.chosen()
        shown = self._document.shown
        prefer = None if shown is None else shown.table_id
        window.sides.summary.setText("正在比较…")

        def done(comparison: Comparison | None) -> None:
            if comparison is None:
                window.sides.summary.setText("")
                window.tell("已停止，没有比较。")
            elif window.sides.chosen() == sides:
                may_write = not self._document.read_only
                window.show_comparison(comparison, may_write=may_write, prefer=prefer)

        def failed(error: KnownError) -> None:
            window.show_comparison(None)
            window.sides.summary.setText("")
            window.tell(str(error))

        if left.kind == "draft":  # reading it may take a while
            LongJob(f"读取{left.label}", window).start(
                self._document,
                lambda session, progress: compare(session, left, right, progress),
                done,
                failed,
            )
        else:
            self._document.run(lambda session: compare(session, left, right), done, failed)

    def export_list(self) -> None:
        """Ask where to, and write the differences as a list."""
        if self.window is None:
            return
        proposed = self._bench.settings.folder("export") / "对比清单.docx"
        path = ask_target(self.window, "导出对比清单", proposed, _LISTS, [".docx", ".xlsx"])
        if path is None:
            return
        self._bench.settings.set_folder("export", path.parent)
        self.write_list(path)

    def write_list(self, path: Path) -> None:
        """Write the differences as a list for Word or Excel."""
        from jixiao.app.versions.report import write_comparison

        comparison, window = self._comparison(), self.window
        if comparison is None or window is None:
            return
        left, right, pairs = comparison.left, comparison.right, comparison.pairs
        self._document.run(
            lambda _: write_comparison(left, right, pairs, path),
            lambda count: window.tell(f"{count} 处不同已写到 {path}"),
            lambda error: window.tell(str(error)),
        )

    def _choose_draft(self) -> None:
        folder = str(self._bench.settings.folder("import"))
        name, _ = QFileDialog.getOpenFileName(self.window, "和哪份草稿比较", folder, _DRAFTS)
        if name:
            self._bench.settings.set_folder("import", Path(name).parent)
            self.compare_with(None, Path(name))
        elif self.window is not None and self.window.comparison is not None:
            self.window.sides.left.setCurrentIndex(0)
            self.run_compare()

    # Restoring

    def restore_place(self, pair: TablePair, change: Difference) -> None:
        """Make one place of a table what the left side says."""
        self._restore_changes(pair, [change], f"“{change.label}”已恢复。")

    def restore_row(self, pair: TablePair, changes: Collection[Difference]) -> None:
        """Make one row of a table what the left side says."""
        self._restore_changes(pair, changes, f"这一行的 {len(changes)} 处已恢复。")

    def restore_table(self, pair: TablePair) -> None:
        """Make one table what the left side says."""
        comparison = self._comparison()
        if comparison is None:
            return
        version_id, place = comparison.left.version_id, pair.left
        if version_id is not None and place is not None:
            self._restore(
                lambda session: versions.restore_frozen(session, version_id, place),
                f"“{pair.name}”已恢复。",
            )
        elif pair.difference is not None:
            self._restore_changes(pair, pair.difference.changes, f"“{pair.name}”已恢复。")

    def _restore_changes(
        self, pair: TablePair, changes: Collection[Difference], message: str
    ) -> None:
        comparison, difference = self._comparison(), pair.difference
        if comparison is None or difference is None or pair.right is None:
            return
        table_id = comparison.right.ids[pair.right]
        self._restore(
            lambda session: versions.restore_places(session, table_id, difference, changes), message
        )

    def _comparison(self) -> Comparison | None:
        return None if self.window is None else self.window.comparison

    def _restore_left(self) -> None:
        comparison = self._comparison()
        if comparison is None or comparison.left.version_id is None:
            return
        self._ask_restore(comparison.left.version_id)

    def ask_restore(self, version: Version) -> None:
        """Ask how the whole year is to become what it was, and do it."""
        self._ask_restore(version.id)

    def _ask_restore(self, version_id: int) -> None:
        self._bench.view.commit()

        def job(session: Session) -> tuple[Version, int]:
            version = next(v for v in session.book.versions() if v.id == version_id)
            frozen = {one.table_id for one in session.book.version_tables(version_id)}
            entries = [
                entry.id
                for agency in session.book.tree()
                for year in agency.years
                if year.id == version.year_id
                for entry in year.tables
            ]
            return version, sum(i not in frozen for i in entries)

        def ask(found: tuple[Version, int]) -> None:
            parent = self._bench.frame
            if self.window is not None and self.window.isVisible():
                self.restoring = RestoreDialog(*found, self.window)
            else:
                self.restoring = RestoreDialog(*found, parent)
            dialog = self.restoring
            dialog.accepted.connect(lambda: self.restore_whole(found[0], dialog.others()))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

        self._document.run(job, ask)

    def restore_whole(self, version: Version, others: Others) -> None:
        """Make the whole year what it was in a version."""

        def skipped(outcome: object) -> None:
            assert isinstance(outcome, Outcome)
            if outcome.skipped:
                headline = f"已恢复成“{version.name}”，有 {len(outcome.skipped)} 张表没有动。"
                lines = list(outcome.skipped)
                self.details = DetailsDialog("恢复版本", headline, lines, self._bench.frame)
                self.details.open()

        self._restore(
            lambda session: versions.restore_version(session, version.id, others),
            f"整个年度已恢复成“{version.name}”。",
            skipped,
        )

    def _restore(
        self,
        job: Callable[[Session], object],
        message: str,
        then: Callable[[object], object] | None = None,
    ) -> None:
        def done(result: object) -> None:
            self._document.reload()
            self._bench.tell(message, undo=True)
            if self.window is not None and self.window.isVisible():
                self.window.tell(message, undo=True)
                self.run_compare()
            if then is not None:
                then(result)

        def failed(error: KnownError) -> None:
            if self.window is not None and self.window.isVisible():
                self.window.tell(str(error))
                self.run_compare()
            else:
                self._bench.tell_error(error)

        self._document.run(job, done, failed)

    def _undo(self) -> None:
        self._document.undo()
        if self.window is not None:
            self.window.tell("已撤销。")
            self.run_compare()
