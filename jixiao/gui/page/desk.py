"""The desk on which the page lies, and the strip below with what the form has no place for."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from jixiao.gui.page.geometry import MARGIN, SCREEN_SCALE
from jixiao.gui.page.gutter import WIDTH, RowGutter
from jixiao.gui.page.view import PageView
from jixiao.io.paper.form.fill import Unshown

ZOOMS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
_AROUND = 20


class Desk(QScrollArea):
    """Scrolls the page, which lies in the middle; zooms it."""

    zoom_changed = Signal(float)

    def __init__(self, view: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.setObjectName("desk")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sheet = QFrame()
        self.sheet.setObjectName("sheet")
        inside = QVBoxLayout(self.sheet)
        inside.addWidget(view)
        self.gutter = RowGutter(view, self.sheet)
        holder = QWidget()
        holder.setObjectName("desk")
        around = QVBoxLayout(holder)
        around.setContentsMargins(_AROUND, _AROUND, _AROUND, _AROUND)
        around.addWidget(self.sheet, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(holder)
        self._fit = True
        self._set_margins()
        view.reveal.connect(self._reveal)
        view.zoom_wanted.connect(self.step_zoom)
        view.resized.connect(self._set_margins)

    @property
    def fits(self) -> bool:
        """True while the page follows the width of the window."""
        return self._fit

    def set_zoom(self, zoom: float) -> None:
        """Show the page at a zoom (1.0 is 100 %)."""
        self._fit = False
        self._apply(zoom)

    def fit_width(self) -> None:
        """Make the page as wide as the window lets it, not larger than life; and stay so."""
        self._fit = True
        self._apply(self._fitting())

    def step_zoom(self, step: int) -> None:
        """The next larger (1) or smaller (-1) zoom."""
        now = self.view.zoom
        if step > 0:
            self.set_zoom(next((z for z in ZOOMS if z > now + 0.01), ZOOMS[-1]))
        else:
            self.set_zoom(next((z for z in reversed(ZOOMS) if z < now - 0.01), ZOOMS[0]))

    def _fitting(self) -> float:
        wide = sum(self.view.geometry_of_page.columns) + 2 * MARGIN
        free = self.viewport().width() - 2 * _AROUND - 14
        fitting = int(100 * free / (wide * SCREEN_SCALE)) / 100
        return max(ZOOMS[0], min(1.0, fitting))

    def _apply(self, zoom: float) -> None:
        if abs(zoom - self.view.zoom) > 0.001:
            self.view.set_zoom(zoom)
            self._set_margins()
        self.zoom_changed.emit(zoom)

    def _set_margins(self) -> None:
        margin = round(MARGIN * SCREEN_SCALE * self.view.zoom)
        layout = self.sheet.layout()
        assert layout is not None
        layout.setContentsMargins(margin, margin, margin, margin)
        self.sheet.setFixedSize(
            self.view.width() + 2 * margin + 2, self.view.height() + 2 * margin + 2
        )
        wide = min(WIDTH, margin - 4)
        self.gutter.setGeometry(margin - wide - 1, margin + 1, wide, self.view.height())

    def _reveal(self, rect: QRect) -> None:
        inside = self.widget()
        assert inside is not None
        top = self.view.mapTo(inside, rect.topLeft())
        bottom = self.view.mapTo(inside, rect.bottomRight())
        self.ensureVisible(bottom.x(), bottom.y(), 24, 24)
        self.ensureVisible(top.x(), top.y(), 24, 24)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width of the window."""
        super().resizeEvent(event)
        if self._fit and self.view.page.grid.columns:
            self._apply(self._fitting())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl zooms beside the page too."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)


class UnshownStrip(QFrame):
    """What the table holds and its form has no place for (本表样未列); hidden when empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._items: tuple[Unshown, ...] = ()
        self._headline = QLabel(self)
        self._headline.setTextFormat(Qt.TextFormat.PlainText)
        self._more = QPushButton("展开", self)
        self._more.setObjectName("link")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._toggle)
        self.list = QPlainTextEdit(self)
        self.list.setReadOnly(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFixedHeight(120)
        self.list.hide()
        head = QHBoxLayout()
        head.addWidget(self._headline, 1)
        head.addWidget(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 10, 4)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.list)
        self.hide()

    def show_items(self, items: tuple[Unshown, ...]) -> None:
        """List the items."""
        if items == self._items:
            return
        self._items = items
        self.setVisible(bool(items))
        lines = [f"{item.label}：{item.text}" for item in items]
        first = "；".join(" ".join(line.split()) for line in lines[:3])
        first = first if len(first) <= 60 else first[:60] + "…"
        self._headline.setText(f"本表样未列 {len(items)} 项：{first}")
        self._headline.setToolTip("这些内容保存在账本里，但这个表样没有它们的位置，不会导出。")
        self.list.setPlainText("\n".join(lines))

    def open_list(self) -> None:
        """Show the whole list."""
        self._more.setChecked(True)

    def _toggle(self, shown: bool) -> None:
        self.list.setVisible(shown)
        self._more.setText("收起" if shown else "展开")
