"""The dock on the right: panels that explain and mend, one at a time behind quiet tabs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from jixiao.gui.findings.style import dock_sheet
from jixiao.gui.theme import Theme

ORDER = ("检查", "指标库", "版本", "概览")
"""The tabs from left to right; a panel with another title stands behind them."""
_WIDTH = 300


class Dock(QFrame):
    """Holds panels; the window hides it while there is no room or the user has put it away.

    ``current_changed`` gives the panel that is seen now, ``title_changed`` what stands on its tab.
    """

    current_changed = Signal(object)
    title_changed = Signal(str)
    called = Signal()
    """A panel is to be seen, also when the dock was put away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dock")
        self._names: list[str] = []
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("dockTabs")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName("右侧栏")
        self._pages = QStackedWidget(self)
        head = QFrame(self)
        head.setObjectName("dockHead")
        row = QHBoxLayout(head)
        row.setContentsMargins(6, 0, 0, 0)
        row.addWidget(self.tabs, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._pages, 1)
        self.tabs.currentChanged.connect(self._turn)

    @property
    def wanted_width(self) -> int:
        """How wide it is at first, in pixels; as many letters at every size of the font."""
        return max(_WIDTH, 20 * self.fontMetrics().horizontalAdvance("国"))

    @property
    def current(self) -> QWidget | None:
        """The panel that is seen, or would be seen if the dock were."""
        return self._pages.currentWidget()

    @property
    def title(self) -> str:
        """What stands on the tab of the panel that is seen (检查 5)."""
        return self.tabs.tabText(self.tabs.currentIndex())

    def add_later(self, title: str, make: Callable[[], QWidget]) -> None:
        """Add a tab whose panel is made, by ``make``, when it is first turned to."""
        self.add_panel(title, _Unmade(make))

    def add_panel(self, title: str, widget: QWidget) -> None:
        """Add a panel behind a tab; the known titles keep their order whoever comes first.

        It takes the place of the one of the same title that is still to be made.
        """
        if title in self._names:
            self._put(self._names.index(title), widget)
            return
        rank = ORDER.index(title) if title in ORDER else len(ORDER)
        ranks = [ORDER.index(name) if name in ORDER else len(ORDER) for name in self._names]
        place = sum(other <= rank for other in ranks)
        self._names.insert(place, title)
        self._pages.insertWidget(place, widget)
        self.tabs.insertTab(place, title)
        if place == 0:
            self.tabs.setCurrentIndex(0)
        self._turn(self.tabs.currentIndex())

    def set_title(self, widget: QWidget, title: str) -> None:
        """Change what stands on the tab of a panel (检查 5)."""
        index = self._pages.indexOf(widget)
        if index >= 0 and self.tabs.tabText(index) != title:
            self.tabs.setTabText(index, title)
            self.title_changed.emit(self.title)

    def show_panel(self, widget: QWidget) -> None:
        """Bring a panel to the front, also out of a dock that was put away."""
        index = self._pages.indexOf(widget)
        if index >= 0:
            self.tabs.setCurrentIndex(index)
            self.called.emit()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.setStyleSheet(dock_sheet(theme))

    def _put(self, place: int, widget: QWidget) -> None:
        old = self._pages.widget(place)
        if old is not widget:
            self._pages.insertWidget(place, widget)
            self._pages.removeWidget(old)
            old.deleteLater()
            self._turn(self.tabs.currentIndex())

    def _turn(self, index: int) -> None:
        if 0 <= index < self._pages.count():
            page = self._pages.widget(index)
            if isinstance(page, _Unmade):
                self._put(index, page.make())
            self._pages.setCurrentIndex(index)
            self.current_changed.emit(self._pages.currentWidget())
            self.title_changed.emit(self.title)


class _Unmade(QWidget):
    """Keeps the place of a panel that nobody has looked at yet."""

    def __init__(self, make: Callable[[], QWidget]) -> None:
        super().__init__()
        self.make = make
