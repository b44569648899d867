"""What is done with versions: freeze, list, rename, delete, compare, restore."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog

from jixiao.app import versions
from jixiao.app.importing import SUFFIXES
from jixiao.app.session import Session
from jixiao.app.versions import Others, Outcome, Version
from jixiao.gui.compare_job import Choice, Comparison, choices_of, compare
from jixiao.gui.compare_window import CompareWindow, draft_label
from jixiao.gui.dialogs import DetailsDialog
from jixiao.gui.tree_dialogs import NameDialog
from jixiao.gui.versions_dialogs import RestoreDialog
from jixiao.gui.versions_panel import VersionsPanel
from jixiao.io.compare_sets import TablePair
from jixiao.io.differences import Difference
from jixiao.model.errors import KnownError
from jixiao.model.history import Change
from jixiao.model.tree import AgencyNode, YearNode

if TYPE_CHECKING:
    from jixiao.gui.window import MainWindow

_AFTER_MS = 60
_DRAFTS = "草稿 (" + " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES)) + ");;所有文件 (*)"


class VersionActions(QObject):
    """The versions of a window: its panel, and the window of the comparison."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._document = window.document
        self.panel = VersionsPanel()
        self.compare: CompareWindow | None = None
        self.details: DetailsDialog | None = None
        self._restoring: RestoreDialog | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self.refresh)
        panel = self.panel
        panel.freeze_wanted.connect(self.freeze)
        panel.compare_wanted.connect(self.compare_with)
        panel.rename_wanted.connect(self.ask_name)
        panel.delete_wanted.connect(self.delete)
        panel.restore_wanted.connect(self.ask_restore)
        panel.left.connect(window.view.setFocus)
        for signal in (self._document.table_shown, self._document.opened):
            signal.connect(self._timer.start)
        self._document.tree_changed.connect(lambda _: self._timer.start())
        self._document.opened.connect(self._close_compare)
        window.changes.changed.connect(self._changed)

    def _close_compare(self) -> None:
        """What was compared belongs to another book."""
        if self.compare is not None:
            self.compare.show_comparison(None)
            self.compare.hide()

    def _changed(self, change: Change) -> None:
        if change.versions or change.tree:
            self._timer.start()

    # The list

    def place(self) -> tuple[AgencyNode, YearNode] | None:
        """The agency and year of the table on the screen."""
        shown = self._document.shown
        here = None if shown is None else shown.table_id
        for agency in self._document.tree:
            for year in agency.years:
                if any(entry.id == here for entry in year.tables):
                    return agency, year
        return None

    def refresh(self) -> None:
        """List the versions of the year on the screen."""
        place = self.place()
        if place is None:
            self.panel.show_versions("", (), may_write=False)
            return
        agency, year = place
        when = "年度未定" if year.year is None else f"{year.year} 年度"
        head = f"{agency.name or '单位未定'} {when}"

        def done(found: list[Version]) -> None:
            self.panel.show_versions(head, found, may_write=not self._document.read_only)

        self._document.run(lambda session: versions.versions_of(session, year.id), done)

    # One version

    def freeze_version(self) -> None:
        """Open the panel and ask for a name."""
        self._window.dock.show_panel(self.panel)
        self.refresh()
        self.panel.name.setFocus()

    def freeze(self, name: str) -> None:
        """Keep the year on the screen as a version."""
        place = self.place()
        if place is None:
            return
        self._window.view.commit()
        count = len(place[1].tables)
        self._act(
            lambda session: versions.freeze(session, place[1].id, name),
            lambda _: f"{count} 张表已存为版本“{name}”。",
        )

    def ask_name(self, version: Version) -> None:
        """Ask for another name."""
        dialog = NameDialog("版本改名", "版本名称：", version.name, "改名", parent=self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.rename_version(version, dialog.text())
        dialog.deleteLater()

    def rename_version(self, version: Version, name: str) -> None:
        """Give a version another name."""
        self._act(
            lambda session: versions.rename_version(session, version.id, name),
            lambda _: f"版本已改名为“{name}”。",
        )

    def delete(self, version: Version) -> None:
        """Delete a version; it can be undone."""
        self._act(
            lambda session: versions.delete_version(session, version.id),
            lambda _: f"版本“{version.name}”已删除，现在的表没有变。",
        )

    def _act(self, job: Callable[[Session], object], told: Callable[[object], str]) -> None:
        def done(result: object) -> None:
            self._window.status.tell(told(result), "撤销", self._document.undo)
            self._document.refresh_tree()
            self.refresh()

        self._document.run(job, done, self._window.files.tell_error)

    # Comparing

    def compare_versions(self) -> None:
        """Compare the newest version of the year on the screen with what is now."""
        self.compare_with(None)

    def compare_with(self, version: Version | None, draft: Path | None = None) -> None:
        """Open the comparison: a version with now; without one the newest, or another year."""
        place = self.place()
        if place is None:
            self._window.status.tell("请先打开一张表。")
            return
        agency, year = place
        self._window.view.commit()

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
            window.set_choices(choices, left, now)
            self.run_compare()

        self._document.run(lambda session: choices_of(session, agency.id), done)

    def _open_compare(self) -> CompareWindow:
        if self.compare is None:
            self.compare = window = CompareWindow(self._window)
            window.wanted.connect(self.run_compare)
            window.draft_wanted.connect(self._choose_draft)
            window.restore_place.connect(self.restore_place)
            window.restore_table.connect(self.restore_table)
            window.restore_all.connect(self._restore_left)
            window.undo.clicked.connect(self._undo)
        self.compare.tell("")
        self.compare.show()
        self.compare.activateWindow()
        return self.compare

    def run_compare(self) -> None:
        """Compare the sides that are chosen in the window."""
        window = self.compare
        if window is None:
            return
        left, right = sides = window.sides()
        window.summary.setText("正在比较…")

        def done(comparison: Comparison) -> None:
            if window.sides() == sides:
                window.show_comparison(comparison, may_write=not self._document.read_only)

        def failed(error: KnownError) -> None:
            window.show_comparison(None)
            window.summary.setText("")
            window.tell(str(error))

        self._document.run(lambda session: compare(session, left, right), done, failed)

    def _choose_draft(self) -> None:
        folder = str(self._window.settings.folder("import"))
        name, _ = QFileDialog.getOpenFileName(self.compare, "和哪份草稿比较", folder, _DRAFTS)
        if name:
            self._window.settings.set_folder("import", Path(name).parent)
            self.compare_with(None, Path(name))
        elif self.compare is not None and self.compare.comparison is not None:
            self.compare.left.setCurrentIndex(0)
            self.run_compare()

    # Restoring

    def restore_place(self, pair: TablePair, change: Difference) -> None:
        """Make one place of a table what the left side says."""
        self._restore_changes(pair, [change], f"“{change.label}”已恢复。")

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

    def _restore_changes(self, pair: TablePair, changes: Collection[Difference], told: str) -> None:
        comparison, difference = self._comparison(), pair.difference
        if comparison is None or difference is None or pair.right is None:
            return
        table_id = comparison.right.ids[pair.right]
        self._restore(
            lambda session: versions.restore_places(session, table_id, difference, changes), told
        )

    def _comparison(self) -> Comparison | None:
        return None if self.compare is None else self.compare.comparison

    def _restore_left(self) -> None:
        comparison = self._comparison()
        if comparison is None or comparison.left.version_id is None:
            return
        self._ask_restore(comparison.left.version_id)

    def ask_restore(self, version: Version) -> None:
        """Ask how the whole year is to become what it was, and do it."""
        self._ask_restore(version.id)

    def _ask_restore(self, version_id: int) -> None:
        self._window.view.commit()

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
            parent = self._window
            if self.compare is not None and self.compare.isVisible():
                self._restoring = RestoreDialog(*found, self.compare)
            else:
                self._restoring = RestoreDialog(*found, parent)
            dialog = self._restoring
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
                self.details = DetailsDialog("恢复版本", headline, lines, self._window)
                self.details.open()

        self._restore(
            lambda session: versions.restore_version(session, version.id, others),
            f"整个年度已恢复成“{version.name}”。",
            skipped,
        )

    def _restore(
        self,
        job: Callable[[Session], object],
        told: str,
        then: Callable[[object], object] | None = None,
    ) -> None:
        def done(result: object) -> None:
            self._document.reload()
            self._window.status.tell(told, "撤销", self._document.undo)
            if self.compare is not None and self.compare.isVisible():
                self.compare.tell(told, undo=True)
                self.run_compare()
            if then is not None:
                then(result)

        def failed(error: KnownError) -> None:
            if self.compare is not None and self.compare.isVisible():
                self.compare.tell(str(error))
                self.run_compare()
            else:
                self._window.files.tell_error(error)

        self._document.run(job, done, failed)

    def _undo(self) -> None:
        self._document.undo()
        if self.compare is not None:
            self.compare.tell("已撤销。")
            self.run_compare()
