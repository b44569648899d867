"""What is done with versions: freeze, list, rename, delete."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog

from jixiao.app.session import Session
from jixiao.app.versions import versions
from jixiao.app.versions.versions import Version
from jixiao.gui.compare.actions import CompareActions
from jixiao.gui.tree.dialogs import NameDialog
from jixiao.gui.versions.panel import VersionsPanel
from jixiao.gui.versions.place import year_on_screen
from jixiao.gui.workbench import Workbench
from jixiao.model.history import Change

_AFTER_MS = 60


class VersionActions(QObject):
    """The versions of a window and their panel; ``comparing`` compares and restores them."""

    def __init__(self, bench: Workbench, comparing: CompareActions) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self._document = bench.document
        self.panel = VersionsPanel()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self.refresh)
        panel = self.panel
        panel.freeze_wanted.connect(self.freeze)
        panel.compare_wanted.connect(comparing.compare_with)
        panel.rename_wanted.connect(self.ask_name)
        panel.delete_wanted.connect(self.delete)
        panel.restore_wanted.connect(comparing.ask_restore)
        panel.left.connect(bench.view.setFocus)
        for signal in (self._document.table_shown, self._document.opened):
            signal.connect(self._timer.start)
        self._document.tree_changed.connect(lambda _: self._timer.start())
        bench.changes.changed.connect(self._changed)

    def _changed(self, change: Change) -> None:
        if change.versions or change.tree:
            self._timer.start()

    # The list

    def refresh(self, then: Callable[[], object] | None = None) -> None:
        """List the versions of the year on the screen, and do something when they are listed."""
        place = year_on_screen(self._document)
        if place is None:
            self.panel.show_versions("", (), may_write=False)
            return
        agency, year = place
        when = "年度未定" if year.year is None else f"{year.year} 年度"
        head = f"{agency.name or '单位未定'} {when}"

        def done(found: list[Version]) -> None:
            self.panel.show_versions(head, found, may_write=not self._document.read_only)
            if then is not None:
                then()

        self._document.run(lambda session: versions.versions_of(session, year.id), done)

    # One version

    def freeze_version(self) -> None:
        """Open the panel and ask for a name."""
        self._bench.dock.show_panel(self.panel)
        # It cannot be typed into before it is known that the book can be written.
        self.refresh(self.panel.name.setFocus)

    def freeze(self, name: str) -> None:
        """Keep the year on the screen as a version."""
        place = year_on_screen(self._document)
        if place is None:
            return
        self._bench.view.commit()
        count = len(place[1].tables)
        self._act(
            lambda session: versions.freeze(session, place[1].id, name),
            f"{count} 张表已存为版本“{name}”。",
        )

    def ask_name(self, version: Version) -> None:
        """Ask for another name."""
        dialog = NameDialog(
            "版本改名", "版本名称：", version.name, "改名", parent=self._bench.frame
        )
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.rename_version(version, dialog.text())
        dialog.deleteLater()

    def rename_version(self, version: Version, name: str) -> None:
        """Give a version another name."""
        self._act(
            lambda session: versions.rename_version(session, version.id, name),
            f"版本已改名为“{name}”。",
        )

    def delete(self, version: Version) -> None:
        """Delete a version; it can be undone."""
        self._act(
            lambda session: versions.delete_version(session, version.id),
            f"版本“{version.name}”已删除，现在的表没有变。",
        )

    def _act(self, job: Callable[[Session], object], text: str) -> None:
        self._bench.act(job, lambda _: text, lambda _: self.refresh())
