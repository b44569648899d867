"""Agencies of the files that are probably agencies of the book under another name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from jixiao.app.collecting.collect import AlikeAgency

_MOST_LINES = 3


class AlikeBox(QFrame):
    """Asks of each whether it is the same; ``changed`` gives the names of those that are."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: list[QCheckBox] = []
        self._agencies: Sequence[AlikeAgency] = ()
        title = QLabel("名称不同、可能是同一个单位的，勾上的会并到一起：", self)
        title.setObjectName("muted")
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(title)
        column.addWidget(self._area)
        self.hide()

    def show_agencies(self, agencies: Sequence[AlikeAgency], joined: Collection[str]) -> None:
        """Show agencies, and which of them are taken for the one they are like."""
        if agencies == self._agencies and self.boxes:
            return
        self._agencies = agencies
        inside = QWidget(self)
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(8, 0, 0, 0)
        lines.setSpacing(2)
        self.boxes = []
        for one in agencies:
            box = QCheckBox(f"“{one.name}”就是“{one.other}”", inside)
            box.setChecked(one.name in joined)
            box.toggled.connect(lambda _: self._tell())
            lines.addWidget(box)
            self.boxes.append(box)
        self._area.setWidget(inside)
        high = self.fontMetrics().lineSpacing() + 8
        self._area.setFixedHeight(high * min(len(agencies), _MOST_LINES) + 2)
        self.setVisible(bool(agencies))

    def _tell(self) -> None:
        pairs = zip(self._agencies, self.boxes, strict=True)
        self.changed.emit(frozenset(one.name for one, box in pairs if box.isChecked()))
