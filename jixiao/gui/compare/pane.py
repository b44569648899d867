"""The page of a comparison on its desk: as wide as there is room, scrolled to what is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from jixiao.gui.compare.marks import MarkedPage
from jixiao.gui.compare.page import ComparePage
from jixiao.gui.page.fonts import PageFonts
from jixiao.gui.page.geometry import MARGIN, SCREEN_SCALE
from jixiao.io.paper.compare.differences import Difference

_SMALLEST = 0.5


class ComparePane(QScrollArea):
    """Shows a marked page; ``picked`` gives the difference that was clicked."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("desk")
        self.setAccessibleName("对比的表样")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.page = ComparePage(PageFonts())
        self.page.picked.connect(self.picked)
        self.sheet = QFrame(self)
        self.sheet.setObjectName("sheet")
        inside = QVBoxLayout(self.sheet)
        inside.addWidget(self.page)
        holder = QWidget(self)
        holder.setObjectName("desk")
        around = QVBoxLayout(holder)
        around.addWidget(self.sheet, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(holder)
        self.sheet.hide()

    def show_page(self, page: MarkedPage | None) -> None:
        """Show another page from its top, or none."""
        self.sheet.setVisible(page is not None)
        if page is not None:
            self.page.show_page(page)
            self._fit()
            self.verticalScrollBar().setValue(0)

    def show_change(self, change: Difference) -> None:
        """Frame the place of a difference, and scroll to it."""
        rect = self.page.show_change(change)
        holder = self.widget()
        if rect is not None and holder is not None:
            layout = holder.layout()
            if layout is not None:
                layout.activate()
            at = self.page.mapTo(holder, rect.center())
            self.ensureVisible(at.x(), at.y(), rect.width() // 2 + 20, rect.height() // 2 + 60)

    def row_of(self, change: Difference, among: Sequence[Difference]) -> int | None:
        """Which of many differences is the one of a cell that was clicked."""
        place = change.place or change.old_place
        for row, other in enumerate(among):
            there = other.place or other.old_place
            if other == change:
                return row
            if place is None or there is None or place.target != there.target:
                continue
            column = place.name == there.name or other.is_row or place.name.startswith("target")
            if column and (not there.rows or set(there.rows) & set(place.rows)):
                return row
        return None

    def _fit(self) -> None:
        """As wide as there is room, not larger than life."""
        points = sum(self.page.page.grid.columns) + 2 * MARGIN
        if points <= 2 * MARGIN:
            return
        free = self.width() - self.verticalScrollBar().sizeHint().width() - 30
        zoom = max(_SMALLEST, min(1.0, int(100 * free / (points * SCREEN_SCALE)) / 100))
        self.page.set_zoom(zoom)
        margin = round(MARGIN * SCREEN_SCALE * zoom)
        inside = self.sheet.layout()
        assert inside is not None
        inside.setContentsMargins(margin, margin, margin, margin)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width of the window."""
        super().resizeEvent(event)
        self._fit()
