"""The main window: it puts the features on the workbench and shows what the document says."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent

from jixiao.app import window_support
from jixiao.app.backups import home_of
from jixiao.gui.changes import ChangeFeed
from jixiao.gui.collect import feature as collect_feature
from jixiao.gui.collect.sendback import SendBackActions
from jixiao.gui.commands import Need
from jixiao.gui.compare import feature as compare_feature
from jixiao.gui.document import Document
from jixiao.gui.files import feature as files_feature
from jixiao.gui.files.book_actions import BookActions
from jixiao.gui.files.saved_word import SavedWord
from jixiao.gui.files.unfinished import Unfinished
from jixiao.gui.files.window_files import FileActions
from jixiao.gui.find import feature as find_feature
from jixiao.gui.find.finding import Finding
from jixiao.gui.findings import feature as findings_feature
from jixiao.gui.findings.actions import FindingsActions
from jixiao.gui.focus import FocusPlaces
from jixiao.gui.guard import guarded
from jixiao.gui.help import feature as help_feature
from jixiao.gui.help.help_actions import HelpActions
from jixiao.gui.library import feature as library_feature
from jixiao.gui.library.actions import LibraryActions
from jixiao.gui.overview import feature as overview_feature
from jixiao.gui.page import feature as page_feature
from jixiao.gui.page.clipboard import PageClipboard
from jixiao.gui.page.help import PageHelp
from jixiao.gui.page.look import PageLook
from jixiao.gui.page.menu import PageMenu
from jixiao.gui.page.rows import PageRows
from jixiao.gui.page.zooming import Zooming
from jixiao.gui.settings import Settings
from jixiao.gui.tree import feature as tree_feature
from jixiao.gui.tree.actions import TreeActions
from jixiao.gui.tree.badges import TreeBadges
from jixiao.gui.tree.filter import TreeFiltering
from jixiao.gui.tree.work import TreeWork
from jixiao.gui.undo import feature as undo_feature
from jixiao.gui.undo.undoing import UndoActions
from jixiao.gui.versions import feature as versions_feature
from jixiao.gui.window_frame import WindowFrame
from jixiao.gui.workbench import Workbench
from jixiao.gui.worker import BookWorker

if TYPE_CHECKING:  # these parts load when they are first asked for
    from jixiao.gui.collect.actions import CollectActions
    from jixiao.gui.compare.actions import CompareActions
    from jixiao.gui.overview.actions import OverviewActions
    from jixiao.gui.versions.actions import VersionActions

_SUMS_AFTER_MS = 80
_BOOK_ON_ITS_WAY_MS = 30


class MainWindow(WindowFrame):
    """The program's one window."""

    def __init__(self, *, synchronous: bool = False) -> None:
        super().__init__()
        self.settings = Settings()
        self.worker = BookWorker(self, synchronous=synchronous)
        self.document = Document(self.worker, self)
        self.page.editor = self.document.edit
        self.changes = ChangeFeed(self.document, self)
        self.bench = Workbench(
            frame=self,
            settings=self.settings,
            worker=self.worker,
            document=self.document,
            changes=self.changes,
            commands=self.commands,
            view=self.view,
            page=self.page,
            desk=self.desk,
            tree=self.tree,
            dock=self.dock,
            status=self.status,
        )
        self._make_features()
        self.saved_word = SavedWord(self.bench)
        self._welcome_timer = QTimer(self)
        self._welcome_timer.setSingleShot(True)
        self._sums_timer = QTimer(self)
        self._sums_timer.setSingleShot(True)
        self._sums_timer.setInterval(_SUMS_AFTER_MS)
        self._connect()
        self._make_panels()  # after the window itself: it shows the page first
        self._add_commands()
        self.restoreGeometry(self.settings.state("geometry"))
        self.columns.restore(self.settings.columns)
        self._show_nothing_or_page()
        self.columns.folded_changed.connect(self.commands.update_switches)
        self.commands.update_switches()

    def _make_features(self) -> None:
        bench = self.bench
        self.filtering = TreeFiltering(self.document, self.filter_box, self.tree, self.changes)
        self.files = FileActions(
            bench,
            collect=lambda: self.collect,
            checks=lambda: self.checks,
        )
        self.finding = Finding(bench)
        work = TreeWork(bench, self.filtering)
        self.tree_actions = TreeActions(bench, work)
        self.badges = TreeBadges(self.document, self.tree, self.changes)
        self.book_actions = BookActions(bench, self.files, work)
        self.page_rows = PageRows(bench)
        self.page_clipboard = PageClipboard(bench)
        self.page_menu = PageMenu(bench, self.page_rows)
        self.page_look = PageLook(bench, self.page_rows)
        self.page_help = PageHelp(
            bench, lambda: self.library.library, self.page_clipboard.put_everywhere
        )
        self.help_actions = HelpActions(bench)
        self.zooming = Zooming(bench)
        self.undoing = UndoActions(bench, self.page_look, self.tree_actions.recycle_bin)
        self.unfinished = Unfinished(bench)
        self.places = FocusPlaces(bench)

    def _make_panels(self) -> None:
        self.checks = FindingsActions(self.bench)
        self.library = LibraryActions(self.bench)
        self.send_back = SendBackActions(self.bench, self.checks.marks)
        self.dock.add_later("指标库", lambda: self.library.panel)
        self.dock.add_later("版本", lambda: self.versions.panel)
        self.dock.add_later("概览", lambda: self.overview.panel)

    def _add_commands(self) -> None:
        add = self.commands.add
        add(undo_feature.commands(self.undoing))
        add(
            page_feature.commands(
                self.page_clipboard,
                self.page_rows,
                self.page_menu,
                self.page_look,
                self.zooming,
            )
        )
        add(find_feature.commands(self.finding))
        add(tree_feature.commands(self.tree_actions, self.places))
        add(files_feature.commands(self.files, self.book_actions))
        add(findings_feature.commands(self.checks))
        add(library_feature.commands(self.library))
        add(overview_feature.commands(lambda: self.overview))
        add(versions_feature.commands(lambda: self.versions))
        add(compare_feature.commands(lambda: self.comparing))
        add(collect_feature.commands(lambda: self.collect, self.send_back))
        add(help_feature.commands(self.help_actions))
        self.show_commands()

    @cached_property
    def overview(self) -> OverviewActions:
        """The overview of the table on the screen and of the book."""
        from jixiao.gui.overview.actions import OverviewActions

        made = OverviewActions(self.bench)
        self.dock.add_panel("概览", made.panel)
        return made

    @cached_property
    def comparing(self) -> CompareActions:
        """Comparing and restoring."""
        from jixiao.gui.compare.actions import CompareActions

        return CompareActions(self.bench)

    @cached_property
    def versions(self) -> VersionActions:
        """The versions of the year on the screen."""
        from jixiao.gui.versions.actions import VersionActions

        made = VersionActions(self.bench, self.comparing)
        self.dock.add_panel("版本", made.panel)
        made.refresh()
        return made

    @cached_property
    def collect(self) -> CollectActions:
        """Collecting into the book."""
        from jixiao.gui.collect.actions import CollectActions

        return CollectActions(self.bench)

    def _connect(self) -> None:
        document = self.document
        document.opened.connect(self._show_nothing_or_page)
        document.leaving.connect(self.view.commit)
        document.tree_changed.connect(self._show_tree)
        document.table_shown.connect(self._show_table)
        document.page_changed.connect(self._update_page)
        document.names_changed.connect(lambda _: self._update_actions())
        document.message_wanted.connect(self.status.tell)
        self.page.rejected.connect(self.status.tell)
        self.tree.table_chosen.connect(document.show_table)
        self.tree.selection_changed.connect(self._update_actions)
        self.desk.zoom_changed.connect(self.status.set_zoom)
        self._sums_timer.timeout.connect(self._show_sums)
        self.status.retry.connect(document.retry)
        self.empty_page.chosen.connect(self.commands.run)
        self._welcome_timer.timeout.connect(self._welcome)

    # Starting and ending

    def start(self, path: Path | None) -> None:
        """Open a book, the one opened last if none is given, else the start page."""
        if path is None:
            last = self.settings.last_book
            path = last if last is not None and last.exists() else None
        if path is not None:
            self.open_book(path, create=not path.exists())

    def open_book(self, path: Path, *, create: bool = False) -> None:
        """Open a book and the table last looked at; what is being typed is kept first."""
        self.files.open_book(path, create=create)

    @guarded(None)
    def closeEvent(self, event: QCloseEvent) -> None:
        """Take what is being typed, write everything, remember where we were."""
        event.ignore()  # a fault on the way leaves the window open
        self.view.commit()
        self.worker.wait()
        if self.files.may_close():
            self._remember()
            self.document.close_book()
            self.worker.close()
            event.accept()

    @guarded(None)
    def _remember(self) -> None:
        """Where we were, for the next start; without it the window closes all the same."""
        self.files.remember_table()
        path = self.document.path
        self.settings.set_last_book(None if path is None else home_of(path))
        self.settings.set_state("geometry", self.saveGeometry())
        self.settings.columns = self.columns.state
        self.settings.sync()

    # Showing

    def _show_nothing_or_page(self) -> None:
        document = self.document
        self.stack.setCurrentIndex(self.stack.indexOf(self.splitter) if document.is_open else 0)
        self._welcome()
        self.tree_model.read_only = document.read_only
        self._show_lock()
        if document.path is not None:
            if not self.book_actions.shows_backup:
                self.settings.add_recent(document.path)
            self.view.setFocus()
            self.setWindowTitle(f"{document.path.stem} — 绩效目标表编辑器")
        else:
            self.setWindowTitle("绩效目标表编辑器")
            self.tree_model.set_tree(())
        self._update_actions()

    def _welcome(self) -> None:
        """Show the start page, unless a book is open or about to be."""
        if self.document.is_open or not self.isVisible():
            return
        if self.worker.busy and "start_page" not in vars(self):
            self._welcome_timer.start(_BOOK_ON_ITS_WAY_MS)
            return
        self.stack.setCurrentWidget(self.start_page)
        self.start_page.set_recent(self.settings.recent)

    def showEvent(self, event: QShowEvent) -> None:
        """With nothing to show, show how to begin."""
        super().showEvent(event)
        self._welcome_timer.start(0)

    def _show_empty(self) -> None:
        tables = sum(len(y.tables) for a in self.document.tree for y in a.years)
        self.empty_page.show_for(tables=tables, read_only=self.document.read_only)
        if not self.tree.hasFocus():
            self.empty_page.take_focus()

    def _show_tree(self, agencies: tuple[window_support.AgencyNode, ...]) -> None:
        self.tree_model.set_tree(agencies)
        if self.document.shown is not None:
            self.tree.show_current(self.document.shown.table_id)
        self._show_lock()

    def _show_lock(self) -> None:
        """Whether the book or the table can be changed, and why not."""
        document = self.document
        self.page.refusal = document.why_not
        self.page.read_only = bool(document.why_not)
        if self.book_actions.shows_backup:
            self.book_actions.show_backup()
        elif document.read_only and document.is_open:
            self.notice.show_text(document.refusal)
        elif document.locked:
            take_back = self.tree_actions.states.take_back
            self.notice.show_text("这张表已报，内容已锁定。", "退回修改", take_back)
        else:
            self.notice.show_text("")

    def _show_table(self) -> None:
        shown = self.document.shown
        self.desk.setVisible(shown is not None)
        self.empty_page.setVisible(shown is None)
        if shown is None:
            self._show_empty()
            self.tree_model.set_current(None)
            self.status.set_form("")
            self.status.set_zoom(None)
            self.status.set_proofs(())
            self.strip.show_items(())
            self._update_actions()
            return
        self.page.set_page(shown.grid)
        self._show_lock()
        self.zooming.recall(shown.form.id)
        self.view.select_first()
        self.desk.verticalScrollBar().setValue(0)
        self.filtering.reveal("table", [shown.table_id])
        self.tree.show_current(shown.table_id)
        if not self.tree.hasFocus():
            self.view.setFocus()
        self.status.set_form(shown.form.name)
        self._show_facts()
        self._update_actions()

    def _update_page(self) -> None:
        shown = self.document.shown
        if shown is not None:
            self.page.update_page(shown.grid)
            self._show_facts()

    def _show_facts(self) -> None:
        shown = self.document.shown
        if shown is not None:
            self.strip.show_items(shown.unshown)
            self._sums_timer.start()

    def _show_sums(self) -> None:
        shown = self.document.shown
        self.status.set_proofs(() if shown is None else window_support.proofs(shown.table))

    # Actions

    def _update_actions(self) -> None:
        document = self.document
        is_open, shown = document.is_open, document.shown is not None
        possible: dict[Need, bool] = {
            "": True,
            "book": is_open,
            "table": shown,
            "free": not document.read_only,
            "write": is_open and not document.read_only,
            "node": self.tree.has_selection and not document.read_only,
            "tables": (shown or self.tree.has_selection) and not document.read_only,
        }
        self.commands.enable(possible)
        widths, names = self.page_look.widths, document.names
        self._name_step("undo", "撤销", widths.undo_name or names.undo)
        self._name_step("redo", "重做", widths.redo_name or names.redo)

    def _name_step(self, command_id: str, word: str, name: str | None) -> None:
        enabled = name is not None and not self.document.read_only
        self.commands.rename(command_id, f"{word} “{name}”" if name else word, enabled=enabled)

    def undo(self) -> None:
        """Take back what was done last, after a question where it was more than an edit."""
        self.undoing.undo()

    def redo(self) -> None:
        """Do again what was undone last."""
        self.undoing.redo()

    # Drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped; a book is opened."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.files.take_dropped(paths)
