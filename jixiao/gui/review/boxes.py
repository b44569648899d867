"""Boxes to choose from that show a long text with an ellipsis instead of cutting it off."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from jixiao.gui.guard import guarded

_ELIDE = Qt.TextElideMode.ElideMiddle
_PAD = 2


class ElidingBox(QComboBox):
    """A box whose text is shortened in its middle where it does not fit."""

    def __init__(
        self, letters: int, parent: QWidget | None = None, *, editable: bool = False
    ) -> None:
        super().__init__(parent)
        self.setEditable(editable)
        if editable:
            self.setLineEdit(_ElidingEdit(self))
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(letters)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """The box as ever, with a text that fits."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        if self.isEditable():
            return
        part = QStyle.SubControl.SC_ComboBoxEditField
        rect = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        option.currentText = self.fontMetrics().elidedText(  # type: ignore[attr-defined]
            self.currentText(), _ELIDE, rect.width() - 2 * _PAD
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class _ElidingEdit(QLineEdit):
    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """Shorten what does not fit, while nobody types."""
        room = self.width() - 2 * _PAD - 2
        metrics = self.fontMetrics()
        if self.hasFocus() or metrics.horizontalAdvance(self.text()) <= room:
            super().paintEvent(event)
            return
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            rect = self.rect().adjusted(_PAD + 1, 0, -_PAD, 0)
            text = metrics.elidedText(self.text(), _ELIDE, room)
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, text)
