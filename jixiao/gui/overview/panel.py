"""The panel of the overview: of what, the picture, and what can be made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCursor, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jixiao.app.overview.numbers import Overview
from jixiao.gui.overview.canvas import OverviewCanvas

Scope = Literal["year", "book"]
_MOST_NAMES = 25


class OverviewPanel(QWidget):
    """Shows an overview of the agency-year on the screen, or of the whole book.

    Signals: ``wanted`` (the numbers are to be shown, or shown of something else), ``hidden``,
    ``table_wanted`` (id), ``large_wanted``, ``copy_wanted``, ``export_wanted``, ``print_wanted``.
    """

    wanted = Signal()
    hidden = Signal()
    copy_wanted = Signal()
    table_wanted = Signal(int)
    large_wanted = Signal()
    export_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, large: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("overviewPanel")
        self.scope_box = QComboBox(self)
        self.scope_box.setAccessibleName("概览的范围")
        self.scope_box.addItem("本单位本年", "year")
        self.scope_box.addItem("整个账本", "book")
        self.scope_box.currentIndexChanged.connect(self._scope_chosen)
        self.large = self._button("放大", "在大窗口里看", self.large_wanted)
        self.large.setVisible(not large)
        self.copy = self._button("复制", "复制为图片，可以粘贴到 Word 里", self.copy_wanted)
        self.export = self._button("存图", "存为 PNG 图片或 PDF", self.export_wanted)
        self.print = self._button("打印", "打印概览", self.print_wanted)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(3)
        self.progress_label = QLabel(self)
        self.progress_label.setObjectName("overviewProgress")
        self.bar.hide()
        self.progress_label.hide()
        self.canvas = OverviewCanvas(self)
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.canvas)
        self.canvas.reveal.connect(self._reveal)
        self.canvas.chosen.connect(self._choose)
        self._overview: Overview | None = None
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
        for button in (self.large, self.copy, self.export, self.print):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.bar)
        self.progress_label.setContentsMargins(12, 3, 12, 3)
        column.addWidget(self.progress_label)
        column.addWidget(self.area, 1)

    @property
    def scope(self) -> Scope:
        """Of what the overview is."""
        return self.scope_box.currentData()

    def set_scope(self, scope: Scope) -> None:
        """Choose of what the overview is."""
        self.scope_box.setCurrentIndex(self.scope_box.findData(scope))

    def _scope_chosen(self) -> None:
        """What is shown is of something else: it goes at once."""
        self.canvas.show_overview(None, "")
        self.wanted.emit()

    def show_overview(self, overview: Overview | None, title: str) -> None:
        """Show numbers."""
        self._overview = overview
        self.canvas.show_overview(overview, title)

    def show_progress(self, what: str, done: int, total: int) -> None:
        """Tell how far the numbers have been gathered."""
        ended = done >= total
        self.bar.setVisible(not ended)
        self.bar.setMaximum(max(1, total))
        self.bar.setValue(done)
        text = "" if ended else f"{what} {done:,} / {total:,} 张表…"
        self.bar.setAccessibleName(text)
        self.progress_label.setText(text)
        self.progress_label.setVisible(not ended)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that nobody looks."""
        super().hideEvent(event)
        self.hidden.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for numbers when somebody looks."""
        super().showEvent(event)
        self.wanted.emit()

    def _reveal(self, top: int, height: int) -> None:
        self.area.ensureVisible(0, top + height // 2, 0, height)

    def names_of(self, ids: Sequence[int]) -> dict[int, str]:
        """What tables are called, with agency and year where there are several."""
        if self._overview is None:
            return {}
        wanted = set(ids)
        several = len(self._overview.groups) > 1
        return {
            one.table_id: f"{one.name}（{one.agency} {one.year or '年度未定'}）"
            if several
            else one.name
            for one in self._overview.fullness
            if one.table_id in wanted
        }

    def _choose(self, ids: tuple[int, ...]) -> None:
        """One table is opened; of several the one that is meant is asked for."""
        names = self.names_of(ids)
        if len(names) == 1:
            self.table_wanted.emit(next(iter(names)))
        elif names:
            self._ask([(i, names[i]) for i in ids if i in names], QCursor.pos())

    def _ask(self, tables: Sequence[tuple[int, str]], at: QPoint) -> None:
        self.menu = QMenu(self)
        for table_id, name in tables[:_MOST_NAMES]:
            action = self.menu.addAction(name.replace("&", "&&"))
            action.triggered.connect(lambda _=False, i=table_id: self.table_wanted.emit(i))
        if len(tables) > _MOST_NAMES:
            self.menu.addAction(f"另外 {len(tables) - _MOST_NAMES} 张表").setEnabled(False)
        self.menu.aboutToHide.connect(self.menu.deleteLater)
        self.menu.popup(at)
