"""The context menu of the page: the same actions as in the menus, with their keys."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from jixiao.gui.page.moves import is_editable
from jixiao.gui.page.rows import PageRows, by_level1
from jixiao.gui.workbench import Workbench
from jixiao.io.paper.form.categories import Category

_CELLS = ("cut", "copy", "copy_headers", "paste", "clear", "fill_down", "fill_right")
_ROWS = ("row_add", "row_above", "row_below", "row_duplicate", "row_delete", "|")
_ROWS += ("row_up", "row_down", "@category", "@missing", "row_sort")


class PageMenu(QObject):
    """Opens the menu on the page; ``menu`` is the one that was made last."""

    def __init__(self, bench: Workbench, rows: PageRows) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self._rows = rows
        self.menu: QMenu | None = None
        bench.view.menu_wanted.connect(self.open)
        if sys.platform != "win32":  # there Qt asks for the menu itself
            keys = QShortcut(QKeySequence("Shift+F10"), bench.view)
            keys.setContext(Qt.ShortcutContext.WidgetShortcut)
            keys.activated.connect(self.open_at_cursor)

    def open(self, point: QPoint) -> None:
        """Show the menu at a point of the screen."""
        menu = self.make()
        menu.popup(point)

    def open_at_cursor(self) -> None:
        """Show the menu below the cell with the cursor."""
        view = self._bench.view
        cell = view.current_cell()
        if cell is not None:
            rect = view.geometry_of_page.rect(cell)
            self.open(view.viewport().mapToGlobal(rect.bottomLeft()))

    def make(self) -> QMenu:
        """The menu for what is selected now."""
        bench = self._bench
        menu = self._new_menu()
        cell = bench.view.current_cell()
        if is_editable(cell):
            edit = menu.addAction("编辑这一格")
            edit.setShortcut(QKeySequence("F2"))
            edit.triggered.connect(bench.view.start_editing)
            menu.addSeparator()
        for name in _CELLS:
            menu.addAction(bench.commands.actions[name])
        name, _ = self._rows.chosen()
        if name is not None:
            menu.addSeparator()
            for action in _ROWS:
                self._add(menu, action)
        if name != "indicators":
            self._add(menu, "@missing")
        menu.addSeparator()
        menu.addAction(bench.commands.actions["send_back"])
        return menu

    def choose_category(self) -> None:
        """Show the categories to which the selected rows can go, below the cursor."""
        rows = self._rows
        self._bench.view.commit()
        self._flat(rows.other_categories(), rows.change_category, "请先把光标放在一行指标里。")

    def choose_missing(self) -> None:
        """Show the categories that the table does not have yet, below the cursor."""
        rows = self._rows
        self._bench.view.commit()
        self._flat(rows.missing_categories(), rows.add_category, "表样的分类都已经有了。")

    def _flat(
        self, pairs: Sequence[Category], do: Callable[[Category], None], nothing: str
    ) -> None:
        bench = self._bench
        why_not = bench.document.why_not
        cell = bench.view.current_cell()
        if why_not or not pairs or cell is None:
            bench.tell(why_not or nothing)
            return
        menu = self._new_menu()
        before = pairs[0][0]
        for pair in pairs:
            if pair[0] != before:
                menu.addSeparator()
                before = pair[0]
            action = menu.addAction(" · ".join(word for word in pair if word))
            action.triggered.connect(lambda _=False, pair=pair: do(pair))
        menu.setActiveAction(menu.actions()[0])
        rect = bench.view.geometry_of_page.rect(cell)
        menu.popup(bench.view.viewport().mapToGlobal(rect.bottomLeft()))

    def _new_menu(self) -> QMenu:
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = QMenu(self._bench.frame)
        return self.menu

    def _add(self, menu: QMenu, name: str) -> None:
        rows = self._rows
        if name == "|":
            menu.addSeparator()
        elif name == "@category":
            self._categories(menu, "移到分类", rows.other_categories(), rows.change_category)
        elif name == "@missing":
            self._categories(menu, "增加分类", rows.missing_categories(), rows.add_category)
        else:
            menu.addAction(self._bench.commands.actions[name])

    def _categories(
        self,
        menu: QMenu,
        title: str,
        pairs: Sequence[Category],
        do: Callable[[Category], None],
    ) -> None:
        """A menu of categories, each first level with its second levels."""
        if not pairs:
            return
        main = menu.addMenu(title)
        main.setEnabled(not self._bench.page.read_only)
        for level1, own in by_level1(pairs).items():
            place = main if len(own) == 1 and not own[0][1] else main.addMenu(level1)
            for pair in own:
                action = place.addAction(pair[1] or pair[0])
                action.triggered.connect(lambda _=False, pair=pair: do(pair))
