"""Tree, page and dock: which of them the keys act on, how it is seen, and how to get there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from jixiao.gui.workbench import Workbench

_BY_KEY = Qt.FocusReason.ShortcutFocusReason


class FocusPlaces(QObject):
    """Marks the place of a window that has the keyboard: the property ``focused`` of its widget."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self._in_tree = False  # the tree has had the keys since the page had them
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._moved)
        bench.tree.page_wanted.connect(self._go_to_page)

    def _moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is None:  # another program, or a menu: it comes back
            return
        self._leave_tree(now)
        places: tuple[QWidget, ...] = (self._bench.tree, self._bench.dock)
        for widget in places:
            here = widget is now or widget.isAncestorOf(now)
            if widget.property("focused") != here:
                widget.setProperty("focused", here)
                for part in (widget, *widget.findChildren(QWidget, "dockTabs")):
                    part.style().unpolish(part)
                    part.style().polish(part)
                    QWidget.update(part)
                for view in widget.findChildren(QAbstractItemView):
                    view.viewport().update()  # what is selected there stands out, or no longer

    def _leave_tree(self, now: QWidget) -> None:
        """With the keys on the page, what is done in the tree is done to the page's table."""
        bench = self._bench
        if now is bench.tree:
            self._in_tree = True
        elif self._in_tree and (now is bench.view or bench.view.isAncestorOf(now)):
            self._in_tree = False
            if bench.document.shown is not None:
                bench.tree.choose_current()

    def _go_to_page(self) -> None:
        """A table was clicked: the page gets the keys, but not before it is that table's."""
        bench = self._bench

        def go(_: object) -> None:
            if bench.document.shown is not None and bench.tree.hasFocus():
                bench.view.setFocus(Qt.FocusReason.MouseFocusReason)

        bench.document.run(lambda _: None, go)

    def go_tree(self) -> None:
        """Go from the page to the tree, to the dock where it is seen, and back to the page."""
        bench = self._bench
        focus = QApplication.focusWidget() or bench.view
        if bench.dock.isAncestorOf(focus):
            target: QWidget = bench.view
        elif bench.tree.hasFocus() or bench.frame.filter_box.isAncestorOf(focus):
            target = bench.view if bench.frame.columns.folded else bench.dock.tabs
        else:
            target = bench.tree
        target.setFocus(_BY_KEY)

    def go_filter(self) -> None:
        """Go to the box above the tree."""
        edit = self._bench.frame.filter_box.edit
        edit.setFocus(_BY_KEY)
        edit.selectAll()
