"""The window's frame: its parts, menus, toolbar and colours, without what they do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMenu,
    QSplitter,
    QStackedWidget,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jixiao.gui import icons
from jixiao.gui.actions import ACTIONS, MENUS, TOOLBAR, ActionSpec, make_actions
from jixiao.gui.desk import Desk, UnshownStrip
from jixiao.gui.dock import Dock
from jixiao.gui.find_bar import FindBar
from jixiao.gui.notice import NoticeBar
from jixiao.gui.page_fonts import PageFonts
from jixiao.gui.page_model import PageModel
from jixiao.gui.page_view import PageView
from jixiao.gui.start_page import StartPage
from jixiao.gui.status import StatusBar
from jixiao.gui.theme import LIGHT, Theme, style_sheet, theme_of
from jixiao.gui.tree_filter import FilterBox
from jixiao.gui.tree_model import TreeModel
from jixiao.gui.tree_view import TreeView

_TREE_WIDTH = 260
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
        self.page = PageModel(self)
        self.tree_model = TreeModel(self)
        self.actions_by_id = make_actions(self, self)
        self._build_parts()
        self._build_menus()
        self._build_toolbar()
        self._apply_theme()

    def run_action(self, spec: ActionSpec) -> None:
        """Do what an action says."""
        raise NotImplementedError(spec.id)

    def _build_parts(self) -> None:
        self.view = PageView(self.page, PageFonts())
        self.desk = Desk(self.view)
        self.strip = UnshownStrip()
        self.tree = TreeView(self.tree_model)
        self.start_page = StartPage()
        self.notice = NoticeBar()
        self.offer = NoticeBar()
        self.find_bar = FindBar()
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.offer)
        column.addWidget(self.find_bar)
        column.addWidget(self.desk, 1)
        column.addWidget(self.strip)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._left_side())
        self.splitter.addWidget(centre)
        self.dock = Dock()
        self.splitter.addWidget(self.dock)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([_TREE_WIDTH, 1000, self.dock.wanted_width])
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start_page)
        self.stack.addWidget(self.splitter)
        self.setCentralWidget(self.stack)
        self.status = StatusBar(self)
        self.setStatusBar(self.status)

    def _left_side(self) -> QWidget:
        self.filter_box = FilterBox()
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filter_box)
        column.addWidget(self.tree, 1)
        return side

    def _build_menus(self) -> None:
        self.recent_menu = QMenu("最近使用(&R)", self)
        for name, key in MENUS.items():
            menu = self.menuBar().addMenu(f"{name}(&{key})")
            group = 0
            for spec in ACTIONS:
                if spec.menu != name:
                    continue
                if spec.group != group:
                    menu.addSeparator()
                    group = spec.group
                if spec.id == "recent":
                    menu.addMenu(self.recent_menu)
                else:
                    menu.addAction(self.actions_by_id[spec.id])

        places = {"tree": self.tree, "page": self.view}
        for spec in ACTIONS:
            if spec.scope:
                places[spec.scope].addAction(self.actions_by_id[spec.id])

    def _build_toolbar(self) -> None:
        self.toolbar = QToolBar("工具栏", self)
        self.toolbar.setObjectName("toolbar")
        self.toolbar.setMovable(False)
        self.toolbar.setIconSize(QSize(18, 18))
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toolbar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        primary = {spec.id for spec in ACTIONS if spec.primary}
        for name in TOOLBAR:
            if name == "|":
                self.toolbar.addSeparator()
                continue
            action = self.actions_by_id[name]
            if name in primary:
                self.toolbar.addWidget(self._primary_button(action))
                continue
            self.toolbar.addAction(action)
            self.toolbar.widgetForAction(action).setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.addToolBar(self.toolbar)

    def _primary_button(self, action: QAction) -> QToolButton:
        """A button in the accent colour; it has an icon of its own, the menu keeps the dark one."""
        button = self.primary_button = QToolButton()
        button.setProperty("primary", "true")
        button.setText(action.iconText())
        button.setToolTip(action.toolTip())
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(self.toolbar.iconSize())
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(action.trigger)
        action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
        return button

    def _apply_theme(self) -> None:
        theme = self.theme = theme_of(QApplication.palette())
        self.setStyleSheet(style_sheet(theme))
        self.view.set_theme(theme)
        self.status.set_theme(theme)
        self.start_page.set_theme(theme)
        self.tree.set_theme(theme)
        self.find_bar.set_theme(theme)
        self.dock.set_theme(theme)
        kinds = {name: icons.icon(name, theme, theme.muted) for name in _KIND_ICONS}
        self.tree_model.set_icons(kinds)
        for spec in ACTIONS:
            if spec.icon and spec.id in self.actions_by_id:
                self.actions_by_id[spec.id].setIcon(icons.icon(spec.icon, theme))
                if spec.primary:
                    self.primary_button.setIcon(icons.icon(spec.icon, theme, theme.accent_text))
        self.recent_menu.setIcon(icons.icon("recent", theme))

    def refresh_looks(self) -> None:
        """Take over another size of the letters."""
        self._apply_theme()

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            palette = QApplication.palette()
            if theme_of(palette) is not self.theme:
                self._apply_theme()
