"""The main window: it shows what the document says and does what the actions say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent

from jixiao.app import window_support
from jixiao.app.backups import home_of
from jixiao.gui.actions import ACTIONS, ActionSpec, tool_tip
from jixiao.gui.book_actions import BookActions
from jixiao.gui.changes import ChangeFeed
from jixiao.gui.document import Document
from jixiao.gui.find.finding import Finding
from jixiao.gui.findings.actions import FindingsActions
from jixiao.gui.focus import FocusPlaces
from jixiao.gui.guard import guarded
from jixiao.gui.help_actions import HelpActions
from jixiao.gui.page.clipboard import PageClipboard
from jixiao.gui.page.help import PageHelp
from jixiao.gui.page.look import PageLook
from jixiao.gui.page.menu import PageMenu
from jixiao.gui.page.rows import PageRows
from jixiao.gui.page.zooming import Zooming
from jixiao.gui.settings import Settings
from jixiao.gui.tree.actions import TreeActions
from jixiao.gui.tree.badges import TreeBadges
from jixiao.gui.tree.filter import TreeFiltering
from jixiao.gui.tree.menu import context_menu
from jixiao.gui.undoing import UndoActions
from jixiao.gui.unfinished import Unfinished
from jixiao.gui.window_files import FileActions
from jixiao.gui.window_frame import WindowFrame
from jixiao.gui.window_parts import BookParts
from jixiao.gui.worker import BookWorker

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
        self.files = FileActions(self)
        self.changes = ChangeFeed(self.document, self)
        self.finding = Finding(self)
        self.tree_actions = TreeActions(self)
        self.badges = TreeBadges(self.document, self.tree, self.changes)
        self.filtering = TreeFiltering(self.document, self.filter_box, self.tree, self.changes)
        self.book_actions = BookActions(self)
        self.page_rows = PageRows(self)
        self.page_clipboard = PageClipboard(self)
        self.page_menu = PageMenu(self)
        self.page_look = PageLook(self)
        self.page_help = PageHelp(self)
        self.help_actions = HelpActions(self)
        self.zooming = Zooming(self)
        self.undoing = UndoActions(self)
        self.unfinished = Unfinished(self)
        self.places = FocusPlaces(self)
        self.owners: list[object] = [
            *(self, self.tree_actions, self.tree_actions.regroup, self.files, self.finding),
            self.tree_actions.states,
            self.book_actions,
            *(self.zooming, self.help_actions, self.page_rows, self.page_clipboard, self.page_look),
            *(self.page_menu, self.places),
        ]
        self._unsaved = ""
        self._welcome_timer = QTimer(self)
        self._welcome_timer.setSingleShot(True)
        self._sums_timer = QTimer(self)
        self._sums_timer.setSingleShot(True)
        self._sums_timer.setInterval(_SUMS_AFTER_MS)
        self._connect()
        self.checks = FindingsActions(self)  # after the window itself: it shows the page first
        self.owners.append(self.checks)
        self.parts = BookParts(self)
        self.restoreGeometry(self.settings.state("geometry"))
        self.columns.restore(self.settings.columns)
        self._show_nothing_or_page()
        self.columns.folded_changed.connect(self._update_switches)
        self._update_switches()

    def _connect(self) -> None:
        document = self.document
        document.opened.connect(self._show_nothing_or_page)
        document.leaving.connect(self.view.commit)
        document.tree_changed.connect(self._show_tree)
        document.table_shown.connect(self._show_table)
        document.page_changed.connect(self._update_page)
        document.names_changed.connect(lambda _: self._update_actions())
        for signal in (self.view.editing_began, self.view.editing_ended):
            signal.connect(self._show_saved)
        document.saver.saving_changed.connect(lambda _: self._show_saved())
        document.saver.unsaved_changed.connect(self._show_unsaved)
        document.told.connect(self.status.tell)
        self.page.rejected.connect(self.status.tell)
        self.tree.table_chosen.connect(document.show_table)
        self.tree.customContextMenuRequested.connect(self._tree_menu)
        self.tree.selection_changed.connect(self._update_actions)
        self.recent_menu.aboutToShow.connect(self.files.fill_recent)
        self.desk.zoom_changed.connect(self.status.set_zoom)
        self._sums_timer.timeout.connect(self._show_sums)
        self.status.retry.connect(document.retry)
        self.empty_page.chosen.connect(self.run_method)
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
        self.view.commit()
        self.worker.wait()
        if not self.files.may_close():
            return
        self._remember_table()
        table = self.settings.last_table(path.absolute())
        self.document.open(
            path.absolute(), create=create, table_id=table, failed=self.files.tell_error
        )

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
        self._remember_table()
        path = self.document.path
        self.settings.set_last_book(None if path is None else home_of(path))
        self.settings.set_state("geometry", self.saveGeometry())
        self.settings.columns = self.columns.state
        self.settings.sync()

    def _remember_table(self) -> None:
        path, shown = self.document.path, self.document.shown
        if path is not None and shown is not None:
            self.settings.set_last_table(path, shown.table_id)

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
        self._show_saved()
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

    def select_in_tree(self, kind: str, ids: Sequence[int], *, hidden: bool = False) -> None:
        """Select lines of the tree, after the jobs that bring them; ``hidden`` ones may stay so."""

        def select(_: object) -> None:
            if not hidden and self.filtering.reveal(kind, ids):
                told = f"{self.status.told.text()}已清除筛选。"
                self.status.tell(told, "撤销", self.document.undo)
            found = [self.tree_model.find(kind, node_id) for node_id in ids]
            indexes = [index for index in found if index.isValid()]
            if indexes:
                self.tree.select_quietly(indexes)

        run = self.document.run  # twice: the page that a reload brings selects its own line
        run(lambda _: None, lambda _: run(lambda _: None, select))

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

    def _show_saved(self) -> None:
        document = self.document
        if not document.is_open:
            self.status.set_saved("", "muted")
        elif document.read_only:
            self.status.set_saved("只能查看", "warning")
        elif document.saver.unsaved_tables:
            self.status.set_saved("还没有保存", "error", retry=True)
        elif document.saver.saving:
            self.status.set_saved("正在保存…", "accent")
        elif self.view.is_editing:
            self.status.set_saved("正在编辑", "accent")
        else:
            self.status.set_saved("已保存", "ok")

    def _show_unsaved(self, message: str) -> None:
        self._show_saved()
        if message or self.status.told.text() == self._unsaved:
            self.status.tell(message)
        self._unsaved = message

    # Actions

    def run_action(self, spec: ActionSpec) -> None:
        """Do what an action says."""
        self.run_method(spec.method)
        self._update_switches()

    def run_method(self, name: str) -> None:
        """Call a method of the window, or of one of the parts that act for it."""
        self._method(name)()

    def _method(self, name: str) -> Callable[[], object]:
        owner = next(owner for owner in self.owners if hasattr(owner, name))
        return getattr(owner, name)

    def is_dock_shown(self) -> bool:
        """True while the dock can be seen."""
        return not self.columns.folded

    def _update_switches(self) -> None:
        """Tick the switches that are on."""
        for spec in ACTIONS:
            if spec.checked:
                self.actions_by_id[spec.id].setChecked(bool(self._method(spec.checked)()))

    def _update_actions(self) -> None:
        document = self.document
        is_open, shown = document.is_open, document.shown is not None
        possible = {
            "": True,
            "book": is_open,
            "table": shown,
            "free": not document.read_only,
            "write": is_open and not document.read_only,
            "node": self.tree.has_selection and not document.read_only,
            "tables": (shown or self.tree.has_selection) and not document.read_only,
        }
        for spec in ACTIONS:
            if spec.id in self.actions_by_id:
                self.actions_by_id[spec.id].setEnabled(possible[spec.needs])
        widths = self.page_look.widths
        undo, redo = (
            widths.undo_name or document.names.undo,
            widths.redo_name or document.names.redo,
        )
        for word, name in (("撤销", undo), ("重做", redo)):
            action_id = "undo" if word == "撤销" else "redo"
            self._name_step(self.actions_by_id[action_id], action_id, word, name)

    def _name_step(self, action: QAction, action_id: str, word: str, name: str | None) -> None:
        spec = next(spec for spec in ACTIONS if spec.id == action_id)
        text = f"{word} “{name}”" if name else word
        mnemonic = "(&U)" if action_id == "undo" else "(&R)"
        action.setText(text + mnemonic)
        action.setIconText(word)
        action.setToolTip(tool_tip(spec, text))
        action.setEnabled(name is not None and not self.document.read_only)

    def undo(self) -> None:
        """Take back what was done last, after a question where it was more than an edit."""
        self.undoing.undo()

    def redo(self) -> None:
        """Do again what was undone last."""
        self.undoing.redo()

    def save(self) -> None:
        """Take what is being typed; everything else is written already."""
        self.view.commit()
        if self.document.settle() and not self.document.read_only:
            self.status.tell("已保存。每次修改都会自动写入账本。")

    def _tree_menu(self, at: QPoint) -> None:
        node = self.tree_model.node(self.tree.indexAt(at))
        menu = context_menu(node, self.actions_by_id, self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.tree.viewport().mapToGlobal(at))

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
