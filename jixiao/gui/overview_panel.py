"""The panel of the overview: of what, the picture, and what can be made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCursor, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jixiao.app.overview_numbers import Overview
from jixiao.gui.overview_canvas import OverviewCanvas

Scope = Literal["year", "book"]
_MOST_NAMES = 25


class OverviewPanel(QWidget):
    """Shows an overview of the agency-year on the screen, or of the whole book.

    Signals: ``wanted`` (the numbers are to be shown, or shown of something else),
    ``table_wanted`` (id), ``large_wanted``, ``export_wanted``, ``print_wanted``.
    """

    wanted = Signal()
    table_wanted = Signal(int)
    large_wanted = Signal()
    export_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, large: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("overviewPanel")
        self.scope_box = QComboBox(self)
        self.scope_box.setAccessibleName("概览的范围")
        self.scope_box.addItem("本单位本年度", "year")
        self.scope_box.addItem("整个账本", "book")
        self.scope_box.currentIndexChanged.connect(lambda _: self.wanted.emit())
        self.large = self._button("放大", "在大窗口里看", self.large_wanted)
        self.large.setVisible(not large)
        self.export = self._button("存为图片", "存为 PNG 图片或 PDF", self.export_wanted)
        self.print = self._button("打印", "打印概览", self.print_wanted)
        self.canvas = OverviewCanvas(self)
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.canvas)
        self.canvas.reveal.connect(self._reveal)
        self.canvas.chosen.connect(self._choose)
        self.names: dict[int, str] = {}
        self.menu: QMenu | None = None
        self._arrange()

    def _button(self, text: str, tip: str, signal: object) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setAutoRaise(True)
        button.clicked.connect(signal)
        return button

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 6)
        head.setSpacing(2)
        head.addWidget(self.scope_box)
        head.addStretch(1)
        for button in (self.large, self.export, self.print):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.area, 1)

    @property
    def scope(self) -> Scope:
        """Of what the overview is."""
        return self.scope_box.currentData()

    def set_scope(self, scope: Scope) -> None:
        """Choose of what the overview is."""
        self.scope_box.setCurrentIndex(self.scope_box.findData(scope))

    def show_overview(
        self, overview: Overview | None, title: str, names: Sequence[tuple[int, str]] = ()
    ) -> None:
        """Show numbers; ``names`` are those of the tables, for menus."""
        self.names = dict(names)
        self.canvas.show_overview(overview, title)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for numbers when somebody looks."""
        super().showEvent(event)
        self.wanted.emit()

    def _reveal(self, top: int, height: int) -> None:
        self.area.ensureVisible(0, top + height // 2, 0, height)

    def _choose(self, ids: tuple[int, ...]) -> None:
        """One table is opened; of several the one that is meant is asked for."""
        known = [i for i in ids if i in self.names]
        if len(known) == 1:
            self.table_wanted.emit(known[0])
        elif known:
            self._ask(known, QCursor.pos())

    def _ask(self, ids: Sequence[int], at: QPoint) -> None:
        self.menu = QMenu(self)
        for table_id in ids[:_MOST_NAMES]:
            action = self.menu.addAction(self.names[table_id].replace("&", "&&"))
            action.triggered.connect(lambda _=False, i=table_id: self.table_wanted.emit(i))
        if len(ids) > _MOST_NAMES:
            self.menu.addAction(f"另外 {len(ids) - _MOST_NAMES} 张表").setEnabled(False)
        self.menu.aboutToHide.connect(self.menu.deleteLater)
        self.menu.popup(at)
