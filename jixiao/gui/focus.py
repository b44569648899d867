"""Tree, page and dock: which of them the keys act on, how it is seen, and how to get there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from jixiao.gui.window import MainWindow

_BY_KEY = Qt.FocusReason.ShortcutFocusReason


class FocusPlaces(QObject):
    """Marks the place of a window that has the keyboard: the property ``focused`` of its widget."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._moved)
        window.tree.page_wanted.connect(self._go_to_page)

    def _moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is None:  # another program, or a menu: it comes back
            return
        places: tuple[QWidget, ...] = (self._window.tree, self._window.dock)
        for widget in places:
            here = widget is now or widget.isAncestorOf(now)
            if widget.property("focused") != here:
                widget.setProperty("focused", here)
                for part in (widget, *widget.findChildren(QWidget, "dockTabs")):
                    part.style().unpolish(part)
                    part.style().polish(part)
                    QWidget.update(part)

    def _go_to_page(self) -> None:
        """A table was clicked: the page gets the keys, but not before it is that table's."""
        window = self._window

        def go(_: object) -> None:
            if window.document.shown is not None and window.tree.hasFocus():
                window.view.setFocus(Qt.FocusReason.MouseFocusReason)

        window.document.run(lambda _: None, go)

    def go_tree(self) -> None:
        """Go from the page to the tree, to the dock where it is seen, and back to the page."""
        window = self._window
        focus = QApplication.focusWidget() or window.view
        if window.dock.isAncestorOf(focus):
            target: QWidget = window.view
        elif window.tree.hasFocus() or window.filter_box.isAncestorOf(focus):
            target = window.view if window.columns.folded else window.dock.tabs
        else:
            target = window.tree
        target.setFocus(_BY_KEY)

    def go_filter(self) -> None:
        """Go to the box above the tree."""
        edit = self._window.filter_box.edit
        edit.setFocus(_BY_KEY)
        edit.selectAll()
