"""List items of two lines: a name with something beside it, and a quiet line below."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from jixiao.gui.guard import guarded
from jixiao.gui.theme import theme_of

Index = QModelIndex | QPersistentModelIndex
_USER = int(Qt.ItemDataRole.UserRole)
BELOW_ROLE, BESIDE_ROLE, QUIET_ROLE, DATA_ROLE = range(_USER + 11, _USER + 15)
_SIDE, _GAP = 12, 8
Colored = tuple[str, str]
"""A text and its colour."""
Pair = tuple[Colored, Colored]
"""What stands at the left of a line and at its right."""


def list_item(
    name: str, below: str, beside: str = "", *, quiet: bool = False, data: object = None
) -> QListWidgetItem:
    """An item of a list; ``quiet`` for one that needs no attention."""
    item = QListWidgetItem(name)
    item.setToolTip(f"{name}\n{below}" if below else name)
    for role, value in (
        (BELOW_ROLE, below),
        (BESIDE_ROLE, beside),
        (QUIET_ROLE, quiet),
        (DATA_ROLE, data),
    ):
        item.setData(role, value)
    return item


class TwoLines(QStyledItemDelegate):
    """Paints such items."""

    @guarded(QSize())
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """Two lines high."""
        return QSize(120, round(option.fontMetrics.height() * 2.05) + 14)  # type: ignore[attr-defined]

    @guarded(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one item."""
        theme = theme_of(QApplication.palette())
        quiet = index.data(QUIET_ROLE)
        name = (index.data() or "", theme.faint if quiet else theme.text)
        below = (index.data(BELOW_ROLE) or "", theme.faint if quiet else theme.muted)
        beside = (index.data(BESIDE_ROLE) or "", theme.muted)
        paint_two_lines(painter, option, (name, beside), (below, ("", theme.muted)))


def paint_two_lines(
    painter: QPainter, option: QStyleOptionViewItem, first: Pair, second: Pair
) -> None:
    """Paint an item: a line in its own font, and a smaller one below."""
    inside = _ground(painter, option)
    font: QFont = option.font  # type: ignore[attr-defined]
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.9)
    half = inside.height() // 2
    above = QRect(inside.left(), inside.top(), inside.width(), half)
    below = QRect(inside.left(), inside.top() + half, inside.width(), inside.height() - half)
    _two_texts(painter, above, font, *first)
    _two_texts(painter, below, small, *second)


def _ground(painter: QPainter, option: QStyleOptionViewItem) -> QRect:
    """Paint the ground of an item and the line below it; returns the room inside."""
    state: Any = option.state  # type: ignore[attr-defined]
    whole: QRect = option.rect  # type: ignore[attr-defined]
    theme = theme_of(QApplication.palette())
    if state & QStyle.StateFlag.State_Selected:
        active = keys_act_near(option.widget)  # type: ignore[attr-defined]
        painter.fillRect(whole, QColor(theme.accent_soft if active else theme.line))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(whole, QColor(theme.hover))
    line = QRect(whole.left() + _SIDE, whole.bottom(), whole.width() - 2 * _SIDE, 1)
    painter.fillRect(line, QColor(theme.line))
    return whole.adjusted(_SIDE, 7, -_SIDE, -7)


def keys_act_near(widget: QWidget | None) -> bool:
    """True where the keys act on the place in which a widget lies, or it lies in none.

    Places carry the property ``focused``; keys in a search box act on the list below it too.
    """
    while widget is not None and widget.property("focused") is None:
        widget = widget.parentWidget()
    return widget is None or bool(widget.property("focused"))


def _two_texts(painter: QPainter, rect: QRect, font: QFont, left: Colored, right: Colored) -> None:
    """Two texts with their colours on one line; the left one gives way."""
    painter.setFont(font)
    metrics = painter.fontMetrics()
    wide = min(metrics.horizontalAdvance(right[0]) + 4, rect.width() // 2) if right[0] else 0
    middle = Qt.AlignmentFlag.AlignVCenter
    if wide:
        painter.setPen(QColor(right[1]))
        text = metrics.elidedText(right[0], Qt.TextElideMode.ElideRight, wide)
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignRight, text)
    room = rect.width() - (wide + _GAP if wide else 0)
    painter.setPen(QColor(left[1]))
    text = metrics.elidedText(left[0], Qt.TextElideMode.ElideRight, room)
    painter.drawText(rect, middle | Qt.AlignmentFlag.AlignLeft, text)
