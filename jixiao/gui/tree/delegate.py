"""How a line of the tree is painted: name with what was found, state, counts of findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from jixiao.app.checking.badges import Badge
from jixiao.gui.guard import guarded
from jixiao.gui.page.model import Index
from jixiao.gui.theme import LIGHT, Theme
from jixiao.gui.tree.model import BADGE_ROLE, CURRENT_ROLE, NODE_ROLE
from jixiao.gui.tree.nodes import Node
from jixiao.model.search import search_key

_GAP = 6
_AMBER = "#f5b301"  # behind warnings: far enough from the red of errors


@dataclass(frozen=True)
class Mark:
    """Something small at the right edge: words, or a number in a pill; colours by theme name."""

    text: str
    color: str
    pill: bool = False


class TreeDelegate(QStyledItemDelegate):
    """Paints names, marks what a filter found in them, and shows state and findings."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.words: tuple[str, ...] = ()
        """The words of the filter, marked where they stand in a name."""

    @guarded(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Let the style paint background and icon, then the text and the marks over it."""
        node: Node | None = index.data(NODE_ROLE)
        if node is None:
            return
        opt = QStyleOptionViewItem(option)
        self.initStyleOption(opt, index)
        widget: QWidget | None = opt.widget  # type: ignore[attr-defined]
        style = widget.style() if widget is not None else QApplication.style()
        room: QRect = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, opt, widget)
        opt.text = ""  # type: ignore[attr-defined]
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, opt, painter, widget)
        painter.save()
        font: QFont = opt.font  # type: ignore[attr-defined]
        right = self._paint_marks(painter, font, room, marks_of(node, index.data(BADGE_ROLE)))
        room.setRight(right)
        faint = node.kind == "year" or (node.kind == "table" and node.state == "已报")
        painter.setFont(font)
        # The table on the page stands out by its colour: a bolder cut of a Chinese font costs
        # megabytes for this one line.
        color = self.theme.muted if faint else self.theme.text
        if index.data(CURRENT_ROLE):
            color = self.theme.accent
        self._paint_name(painter, room.adjusted(2, 0, 0, 0), node.text, QColor(color))
        painter.restore()

    def _paint_marks(
        self, painter: QPainter, font: QFont, room: QRect, marks: Sequence[Mark]
    ) -> int:
        """Paint from the right edge; returns where the name must end."""
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.86)
        painter.setFont(small)
        metrics = QFontMetrics(small)
        right = room.right() - _GAP
        for mark in reversed(marks):
            width = metrics.horizontalAdvance(mark.text)
            if mark.pill:
                height = metrics.height() + 2
                width = max(width + 8, height)
                rect = QRectF(right - width, room.center().y() - height / 2 + 0.5, width, height)
                self._paint_pill(painter, rect, mark)
            else:
                rect = QRectF(right - width, room.top(), width, room.height())
                painter.setPen(QColor(getattr(self.theme, mark.color)))
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, mark.text)
            right -= width + 4
        return right - _GAP if marks else room.right()

    def _paint_pill(self, painter: QPainter, rect: QRectF, mark: Mark) -> None:
        color = QColor(getattr(self.theme, mark.color))
        soft = QColor(_AMBER if mark.color == "warning" else color)
        soft.setAlpha(60 if mark.color == "warning" or self.theme.dark else 34)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft)
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.setPen(color)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, mark.text)

    def _paint_name(self, painter: QPainter, room: QRect, text: str, color: QColor) -> None:
        metrics = painter.fontMetrics()
        start, end = found_in(text, self.words)
        if (
            end
            and metrics.horizontalAdvance(text[:end]) > room.width() - metrics.averageCharWidth()
        ):
            # What was found would be cut off at the right: cut the beginning off instead.
            first = max(0, start - 4)
            text, start, end = "…" + text[first:], start - first + 1, end - first + 1
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        if end:
            left = room.left() + metrics.horizontalAdvance(text[:start])
            wide = metrics.horizontalAdvance(text[start:end])
            behind = QColor(self.theme.warning)
            behind.setAlpha(70)
            band = QRect(left, room.center().y() - metrics.height() // 2, wide, metrics.height())
            painter.fillRect(band.intersected(room), behind)
        painter.setPen(color)
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, align | Qt.TextFlag.TextSingleLine, shown)

    @guarded(QSize())
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the style wants, and not narrower than a short name."""
        size = super().sizeHint(option, index)
        return QSize(min(size.width(), 120), size.height())

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,  # noqa: ARG002
        index: Index,  # noqa: ARG002
    ) -> QWidget:
        """One line, for another name."""
        editor = QLineEdit(parent)
        editor.setAccessibleName("新名称")
        return editor

    @guarded(None)
    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """The editor reaches to the right edge."""
        super().updateEditorGeometry(editor, option, index)
        parent = editor.parentWidget()
        assert parent is not None
        rect = editor.geometry()
        rect.setRight(parent.width() - 4)
        editor.setGeometry(rect)


def marks_of(node: Node, badge: object) -> list[Mark]:
    """What stands at the right edge of a line, from left to right."""
    state = node.state
    if node.kind != "table":
        return [Mark(state, "muted")] if node.kind == "year" and state not in {"", "草稿"} else []
    marks: list[Mark] = []
    if state == "已报":
        return [Mark("已报", "muted")]
    if state == "已核":
        return [Mark("已核 ✓", "ok")]
    if state == "退回":
        marks.append(Mark("退回", "warning"))
    if not isinstance(badge, Badge):
        return marks
    if badge.errors:
        marks.append(Mark(str(badge.errors), "error", pill=True))
    if badge.warnings:
        marks.append(Mark(str(badge.warnings), "warning", pill=True))
    if not badge.total:
        marks.append(Mark("✓", "ok"))
    return marks


def found_in(text: str, words: Sequence[str]) -> tuple[int, int]:
    """Where the first of the words that stands in a text begins and ends; (0, 0) if none does."""
    keys = [search_key(char) for char in text]
    joined = "".join(keys)
    if len(joined) != len(text):
        return 0, 0  # a letter that becomes two: rather mark nothing than the wrong place
    for word in words:
        key = search_key(word)
        start = joined.find(key) if key else -1
        if start >= 0:
            return start, start + len(key)
    return 0, 0
