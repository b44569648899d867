"""The differences of a table as a list: what the place is called, the old and the new text."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from jixiao.gui.compare.colors import colors_of
from jixiao.gui.compare.page import describe
from jixiao.gui.compare.text_difference import excerpt
from jixiao.gui.guard import guarded
from jixiao.gui.list_model import Index, ListModel
from jixiao.gui.theme import theme_of
from jixiao.io.paper.compare.differences import Difference

CHANGE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_SIDE = 12
_WORDS = {"added": "新增", "removed": "删去", "changed": "改动", "moved": "移动"}


class ChangeModel(ListModel[Difference]):
    """The differences of one table."""

    @guarded(None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The difference in words, and itself."""
        change = self.item(index)
        if change is None:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return describe(change)
        return change if role == CHANGE_ROLE else None


class ChangeDelegate(QStyledItemDelegate):
    """Paints a difference on three lines: what happened where, the old text, the new one."""

    @guarded(QSize())
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A line for the place, and one for each text."""
        change: Difference | None = index.data(CHANGE_ROLE)
        lines = 1 if change is None else 1 + len(_texts(change))
        return QSize(120, round(option.fontMetrics.height() * 1.12 * lines) + 14)  # type: ignore[attr-defined]

    @guarded(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one difference."""
        change: Difference | None = index.data(CHANGE_ROLE)
        if change is None:
            return
        state: Any = option.state  # type: ignore[attr-defined]
        whole: QRect = option.rect  # type: ignore[attr-defined]
        theme = theme_of(QApplication.palette())
        colors = colors_of(theme)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(whole, QColor(theme.accent_soft))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(whole, QColor(theme.hover))
        edge = {"added": colors.came, "removed": colors.gone}.get(change.kind, theme.warning)
        if change.kind == "moved":
            edge = theme.accent
        painter.fillRect(QRect(whole.left(), whole.top() + 4, 3, whole.height() - 8), QColor(edge))
        font: QFont = option.font  # type: ignore[attr-defined]
        inside = whole.adjusted(_SIDE, 6, -_SIDE, -8)
        texts = _texts(change)
        step = inside.height() // (1 + len(texts))
        line = QRect(inside.left(), inside.top(), inside.width(), step)
        _line(painter, line, font, f"{_WORDS[change.kind]} · {change.label}", theme.muted)
        for text, gone in texts:
            line.translate(0, step)
            struck = QFont(font)
            struck.setStrikeOut(gone)
            _line(painter, line, struck, text, colors.gone if gone else colors.came)
        bottom = QRect(whole.left() + _SIDE, whole.bottom(), whole.width() - 2 * _SIDE, 1)
        painter.fillRect(bottom, QColor(theme.line))


def _line(painter: QPainter, rect: QRect, font: QFont, text: str, color: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(color))
    text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def _texts(change: Difference) -> list[tuple[str, bool]]:
    """The texts that are shown, each with whether it is the old one."""
    if change.kind == "moved":
        return []
    old, new = change.old, change.new
    if change.is_row:  # its name stands above already
        old, new = (_without_name(text, change.label) for text in (old, new))
    if old and new:
        old, new = excerpt(old, new)
    texts = [(" ".join(old.split()), True), (" ".join(new.split()), False)]
    return [(text, gone) for text, gone in texts if text]


def _without_name(text: str, label: str) -> str:
    parts = text.split(" | ")
    return " | ".join(part for part in parts if f"“{part}”" not in label) or text
