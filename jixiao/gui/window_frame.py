"""The window's frame: its parts, menus, toolbar and colours, without what they do."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from jixiao.gui import icons
from jixiao.gui.columns import Columns
from jixiao.gui.commands import MENUS, Command, Commands
from jixiao.gui.dock import Dock
from jixiao.gui.empty_page import EmptyPage
from jixiao.gui.find.bar import FindBar
from jixiao.gui.notice import NoticeBar
from jixiao.gui.page.desk import Desk, UnshownStrip
from jixiao.gui.page.fonts import PageFonts
from jixiao.gui.page.model import PageModel
from jixiao.gui.page.view import PageView
from jixiao.gui.status import StatusBar
from jixiao.gui.theme import LIGHT, Theme, style_sheet, theme_of
from jixiao.gui.toolbar import Toolbar
from jixiao.gui.tree.filter import FilterBox
from jixiao.gui.tree.model import TreeModel
from jixiao.gui.tree.view import TreeView

if TYPE_CHECKING:
    from jixiao.gui.files.start_page import StartPage

_KIND_ICONS = ("agency", "year", "department", "project", "summary", "narrative", "budget")


class WindowFrame(QMainWindow):
    """Tree on the left, page in the middle, menu and toolbar above, status bar below."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("绩效目标表编辑器")
        self.setAcceptDrops(True)
        room = self.screen().availableGeometry()
        self.resize(min(1280, room.width()), min(720, room.height() - 40))
        self.theme: Theme = LIGHT
        self._let_go: tuple[int, int] | None = None  # the last key, and when
        self.page = PageModel(self)
        self.tree_model = TreeModel(self)
        self.commands = Commands(self)
        self._submenus: dict[str, QMenu] = {}
        self._build_parts()

    def open_book(self, path: Path) -> None:
        """Open a book."""
        raise NotImplementedError(path)

    def _build_parts(self) -> None:
        self.view = PageView(self.page, PageFonts())
        self.desk = Desk(self.view)
        self.strip = UnshownStrip()
        self.tree = TreeView(self.tree_model)
        self.notice = NoticeBar()
        self.offer = NoticeBar()
        self.left_over = NoticeBar()
        self.find_bar = FindBar()
        self.empty_page = EmptyPage()
        self.empty_page.hide()
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.offer)
        column.addWidget(self.left_over)
        column.addWidget(self.find_bar)
        column.addWidget(self.empty_page, 1)
        column.addWidget(self.desk, 1)
        column.addWidget(self.strip)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.dock = Dock()
        left = self._left_side()
        for part in (left, centre, self.dock):
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(1, 1)
        self.columns = Columns(self.splitter, left, self.dock)
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())  # nothing, while a book is being opened
        self.stack.addWidget(self.splitter)
        self.setCentralWidget(self.stack)
        self.status = StatusBar(self)
        self.setStatusBar(self.status)
        self.status.dock_wanted.connect(self.columns.show_dock)
        self.columns.folded_changed.connect(lambda _: self._show_folded())
        self.dock.title_changed.connect(lambda _: self._show_folded())
        self._show_folded()

    @cached_property
    def start_page(self) -> StartPage:
        """What is seen while no book is open; made when it is first to be seen."""
        from jixiao.gui.files.start_page import StartPage

        page = StartPage()
        page.set_theme(self.theme)
        page.chosen.connect(self.commands.run)
        page.book_chosen.connect(self.open_book)
        self.stack.addWidget(page)
        return page

    def _show_folded(self) -> None:
        """What is folded away can be had with a click, and tells how much there is."""
        self.status.set_folded(self.dock.title if self.columns.folded else "")

    def _left_side(self) -> QWidget:
        self.filter_box = FilterBox()
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filter_box)
        column.addWidget(self.tree, 1)
        return side

    def show_commands(self) -> None:
        """Build the menus and the toolbar from the commands, which are all there now."""
        for name, key in MENUS.items():
            menu = self.menuBar().addMenu(f"{name}(&{key})")
            group = 0
            for command in self.commands.of_menu(name):
                if command.group != group:
                    menu.addSeparator()
                    group = command.group
                if command.fill is not None:
                    self._add_submenu(menu, command, command.fill)
                else:
                    menu.addAction(self.commands.actions[command.id])
        places = {"tree": self.tree, "page": self.view}
        for command in self.commands:
            if command.scope:
                places[command.scope].addAction(self.commands.actions[command.id])
        primary = next(command.id for command in self.commands if command.primary)
        self.toolbar = Toolbar(self.commands.actions, primary, self)
        self.addToolBar(self.toolbar)
        for part in (self.empty_page, self.find_bar, self.status):
            part.show_keys(self.commands.key_of)
        self._apply_theme()

    def _add_submenu(self, menu: QMenu, command: Command, fill: Callable[[QMenu], object]) -> None:
        submenu = menu.addMenu(command.text)
        submenu.setObjectName(command.id)
        submenu.aboutToShow.connect(lambda: fill(submenu))
        self._submenus[command.icon] = submenu

    def _apply_theme(self) -> None:
        theme = self.theme = theme_of(QApplication.palette())
        self.setStyleSheet(style_sheet(theme))
        self.view.set_theme(theme)
        self.status.set_theme(theme)
        if "start_page" in vars(self):
            self.start_page.set_theme(theme)
        self.empty_page.set_theme(theme)
        self.tree.set_theme(theme)
        self.find_bar.set_theme(theme)
        self.dock.set_theme(theme)
        kinds = {name: icons.icon(name, theme, theme.muted) for name in _KIND_ICONS}
        self.tree_model.set_icons(kinds)
        for command_id, action in self.commands.actions.items():
            command = self.commands[command_id]
            if command.icon:
                action.setIcon(icons.icon(command.icon, theme))
            if command.primary:
                self.toolbar.set_theme(theme, command.icon)
        for name, submenu in self._submenus.items():
            submenu.setIcon(icons.icon(name, theme))

    def refresh_looks(self) -> None:
        """Take over another size of the letters."""
        self._apply_theme()
        self.columns.arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            palette = QApplication.palette()
            if theme_of(palette) is not self.theme:
                self._apply_theme()

    def _hear_key(self, event: QKeyEvent) -> None:
        """X11 may tell a repeated key as let go and pressed at one moment."""
        press = (event.key(), event.timestamp())
        if event.type() == QEvent.Type.KeyRelease:
            self._let_go = press if event.timestamp() else None
        again = event.isAutoRepeat() or press == self._let_go
        if again and event.type() == QEvent.Type.ShortcutOverride:
            self.commands.hold()  # its shortcut follows at once

    def event(self, event: QEvent) -> bool:
        """A sharper screen wants sharper icons; a key that is held down is told."""
        if isinstance(event, QKeyEvent):
            self._hear_key(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._apply_theme()
        return super().event(event)
