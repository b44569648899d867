"""How tree, page and dock share the width of the window: the page keeps enough to be read.

When there is too little room the dock gets narrower, then the tree, then the dock folds away; it
comes back with the room. Whoever calls it while it is folded gets it all the same.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from jixiao.gui.dock import Dock

_TREE_WIDTH = 260
# The least and the usual (of the page: the wanted) width, in letters of the program's font, so
# that larger letters get more room.
_PAGE_EMS = (20, 50)
_TREE_EMS = (16, 20)
_DOCK_EMS = 17


class Columns(QObject):
    """Arranges the three columns of a splitter whenever its width changes."""

    folded_changed = Signal(bool)
    """The dock is to be seen no more, or again."""

    def __init__(self, splitter: QSplitter, tree: QWidget, dock: Dock) -> None:
        super().__init__(splitter)
        self._splitter = splitter
        self._tree_side = tree
        self._dock = dock
        self._wanted = True
        self._insisted = False
        self._tree_width = 0
        self._dock_width = 0
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.splitterMoved.connect(self._moved)
        splitter.installEventFilter(self)
        dock.called.connect(self.show_dock)
        self.restore((0, 0, True))

    @property
    def folded(self) -> bool:
        """True while the dock is not seen, for want of room or because it was put away."""
        return self._dock.isHidden()

    @property
    def state(self) -> tuple[int, int, bool]:
        """The widths of tree and dock as the user wants them, and whether the dock is wanted."""
        return self._tree_width, self._dock_width, self._wanted

    def restore(self, state: tuple[int, int, bool]) -> None:
        """Take a ``state`` of an earlier time; a width of 0 is the usual one."""
        usual = max(_TREE_WIDTH, self._ems(_TREE_EMS[1]))
        self._tree_width = state[0] or usual
        self._dock_width = state[1] or self._dock.wanted_width
        self._wanted, self._insisted = state[2], False
        self.arrange()

    def toggle_dock(self) -> None:
        """Show the dock, or put it away."""
        if self.folded:
            self.show_dock()
        else:
            self._wanted = self._insisted = False
            self.arrange()

    def show_dock(self) -> None:
        """Show the dock, also where the page then gets less room than it should."""
        self._wanted = self._insisted = True
        self.arrange()

    def arrange(self) -> None:
        """Share the width, as soon as there is one to be seen."""
        if not self._splitter.isVisible():
            return
        total = self._splitter.width() - 2 * self._splitter.handleWidth()
        tree_least, dock_least = self._ems(_TREE_EMS[0]), self._ems(_DOCK_EMS)
        page_least = self._ems(_PAGE_EMS[1])
        self._tree_side.setMinimumWidth(min(tree_least, max(total // 3, 1)))
        self._dock.setMinimumWidth(min(dock_least, max(total // 2, 1)))
        page = self._splitter.widget(1)
        if page is not None:  # else the find bar would keep the window from getting narrower
            page.setMinimumWidth(min(self._ems(_PAGE_EMS[0]), max(total // 3, 1)))
        fits = total - tree_least - dock_least >= page_least
        self._insisted = self._insisted and not fits
        self._show(self._wanted and (fits or self._insisted))
        tree, dock = self._tree_width, 0 if self.folded else self._dock_width
        lack = page_least - (total - tree - dock)
        if lack > 0 and dock:
            cut = min(lack, max(dock - dock_least, 0))
            dock, lack = dock - cut, lack - cut
        if lack > 0:
            tree -= min(lack, max(tree - tree_least, 0))
        self._splitter.setSizes([tree, max(total - tree - dock, 1), dock])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the width of the window and the size of the letters."""
        if watched is self._splitter and event.type() in {
            QEvent.Type.Resize,
            QEvent.Type.Show,
            QEvent.Type.FontChange,
        }:
            self.arrange()
        return False

    def _show(self, wanted: bool) -> None:
        if wanted == self.folded:
            self._dock.setVisible(wanted)
            self.folded_changed.emit(not wanted)

    def _moved(self) -> None:
        tree, _, dock = self._splitter.sizes()
        self._tree_width = tree
        if not self.folded:
            self._dock_width = dock

    def _ems(self, letters: int) -> int:
        return letters * self._splitter.fontMetrics().horizontalAdvance("国")
