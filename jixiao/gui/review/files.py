"""The files on the left of the review: what was found in each, ticked or not."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from jixiao.app.review.items import Item, ReviewFile
from jixiao.app.review.review import Review
from jixiao.gui.guard import guarded
from jixiao.gui.page.model import Index
from jixiao.gui.theme import LIGHT, Theme
from jixiao.model.search import search_key

_NUMBER = int(Qt.ItemDataRole.UserRole)
BADGES = _NUMBER + 2
_Check = Qt.CheckState
Badges = list[tuple[str, str]]
"""(text, kind) from left to right; kinds: ok, ask, note, loose (texts not placed), muted."""


class _BadgeDelegate(QStyledItemDelegate):
    """Paints a line with its state at the right end."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT

    @guarded(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        badges: Badges = index.data(BADGES) or []
        whole: Any = option
        state, rect = whole.state, QRect(whole.rect)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(self.theme.accent_soft))
        right = rect.right() - 8
        for text, kind in reversed(badges):
            right = self._badge(painter, rect, right, text, kind) - 5
        name: Any = QStyleOptionViewItem(option)
        name.rect = QRect(rect.left(), rect.top(), max(10, right - rect.left()), rect.height())
        super().paint(painter, name, index)

    def _badge(self, painter: QPainter, rect: QRect, right: int, text: str, kind: str) -> int:
        theme = self.theme
        colors = {"ok": theme.ok, "ask": theme.error, "note": theme.warning}
        color = QColor(colors.get(kind, theme.muted))
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 0.88)
        painter.save()
        painter.setFont(font)
        metrics = painter.fontMetrics()
        pill = kind in {"ask", "note", "loose"}
        wide = metrics.horizontalAdvance(text)
        wide = max(wide + 10, metrics.height() + 2) if pill else wide
        high = metrics.height() + 1
        box = QRect(right - wide, rect.center().y() - high // 2, wide, high)
        if pill:
            soft = QColor(color)
            soft.setAlphaF(0.16)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(soft)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, high / 2, high / 2)
        painter.setPen(color)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()
        return right - wide


class FileList(QWidget):
    """Files, and below a file with several tables each of them.

    Signals: ``chosen`` (number of the file, number of the table or -1), ``ticked`` (something
    was ticked or unticked).
    """

    chosen = Signal(int, int)
    ticked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterBox")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._review: Review | None = None
        self._filling = False
        self.filter = QLineEdit(self)
        self.filter.setObjectName("filter")
        self.filter.setPlaceholderText("筛选文件…")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filter)
        self.tree = QTreeWidget(self)
        self.tree.setColumnCount(1)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(14)
        self.tree.setRootIsDecorated(True)
        self.tree.setAccessibleName("要导入的文件")
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setFrameShape(QFrame.Shape.NoFrame)
        self._badges = _BadgeDelegate(self.tree)
        self.tree.setItemDelegate(self._badges)
        self.tree.currentItemChanged.connect(self._choose)
        self.tree.itemChanged.connect(self._tick)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(6)
        around = QVBoxLayout()
        around.setContentsMargins(10, 0, 10, 0)
        around.addWidget(self.filter)
        column.addLayout(around)
        column.addWidget(self.tree, 1)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._badges.theme = theme
        self.tree.viewport().update()

    # Filling

    def set_review(self, review: Review) -> None:
        """List the files, none of them read yet."""
        self._review = review
        self._filling = True
        self.tree.clear()
        self.tree.addTopLevelItems([self._line(n, -1) for n in range(len(review.files))])
        self._filling = False
        for number in range(len(review.files)):
            self.update_file(number)

    def _line(self, number: int, table: int) -> QTreeWidgetItem:
        line = QTreeWidgetItem()
        line.setData(0, _NUMBER, (number, table))
        return line

    def update_file(self, number: int) -> None:
        """Show the state of a file anew."""
        assert self._review is not None
        file = self._review.files[number]
        line = self.tree.topLevelItem(number)
        if line is None:
            return
        self._filling = True
        line.setText(0, file.path.name)
        several = len(file.items) if len(file.items) > 1 else 0
        while line.childCount() > several:
            line.removeChild(line.child(line.childCount() - 1))
        while line.childCount() < several:
            line.addChild(self._line(number, line.childCount()))
        for place, item in enumerate(file.items if several else ()):
            self._show_item(line.child(place), item, item.name)
        if len(file.items) == 1:
            self._show_item(line, file.items[0], file.path.name)
        else:
            self._show_file(line, file)
        line.setToolTip(0, f"{file.path}\n{_tip(file)}".strip())
        self._filling = False

    def _show_item(self, line: QTreeWidgetItem, item: Item, text: str) -> None:
        line.setText(0, text)
        line.setFlags(line.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        line.setCheckState(0, _Check.Checked if item.ticked else _Check.Unchecked)
        line.setData(0, BADGES, badges_of(item))
        line.setForeground(0, QColor(self._badges.theme.text))
        line.setToolTip(0, f"{item.name}\n{state_of(item)}")

    def _show_file(self, line: QTreeWidgetItem, file: ReviewFile) -> None:
        color = QColor(self._badges.theme.faint if not file.items else self._badges.theme.text)
        line.setForeground(0, color)
        if not file.items:
            words = {"waiting": "…", "refused": file.short_reason, "read": ""}[file.state]
            line.setData(0, BADGES, [(words, "muted")])
            line.setData(0, Qt.ItemDataRole.CheckStateRole, None)
            return
        line.setFlags(line.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        ticked = sum(item.ticked for item in file.items)
        state = _Check.Checked if ticked == len(file.items) else _Check.PartiallyChecked
        line.setCheckState(0, state if ticked else _Check.Unchecked)
        sums = [(sum(item.count(kind) for item in file.items), kind) for kind in ("ask", "note")]
        found: Badges = [(str(count), kind) for count, kind in sums if count]
        if not found and any(item.there for item in file.items):
            found = [("已有", "muted")]
        found.append((f"{len(file.items)} 张", "muted" if found else "ok"))
        line.setData(0, BADGES, found)
        line.setExpanded(True)

    # What the user does

    def _choose(self, line: QTreeWidgetItem | None) -> None:
        if line is not None and not self._filling:
            self.chosen.emit(*line.data(0, _NUMBER))

    def choose(self, number: int, table: int = -1) -> None:
        """Put the cursor on a file, or on one of its tables."""
        line = self.tree.topLevelItem(number)
        if line is not None and 0 <= table < line.childCount():
            line = line.child(table)
        if line is not None:
            self.tree.setCurrentItem(line)

    def _tick(self, line: QTreeWidgetItem, column: int) -> None:
        if self._filling or column or self._review is None:
            return
        number, table = line.data(0, _NUMBER)
        file = self._review.files[number]
        if not file.items:
            return
        on = line.checkState(0) == _Check.Checked
        changed = {number}
        for item in file.items if table < 0 else [file.items[table]]:
            item.ticked = on
            changed |= {copy.number for copy in item.copies}
        for each in changed:
            self.update_file(each)
        self.ticked.emit()

    def _filter(self, text: str) -> None:
        key = search_key(text.strip())
        assert self._review is not None
        for number, file in enumerate(self._review.files):
            words = " ".join([str(file.path), *(item.name for item in file.items)])
            self.tree.topLevelItem(number).setHidden(key not in search_key(words))


def badges_of(item: Item) -> Badges:
    """The state of a table in a few marks."""
    found: Badges = [(str(item.count(kind)), kind) for kind in ("ask", "note") if item.count(kind)]
    if item.there:
        found.insert(0, ("已有", "muted"))
    elif item.twin:
        found.insert(0, ("重复", "muted"))
    if not item.table.agency:
        found.append(("缺单位", "muted"))
    if item.table.year is None:
        found.append(("缺年度", "muted"))
    if not item.table.form:
        found.append(("缺表样", "muted"))
    if item.clear:
        return found or [("✓", "ok")]
    if item.table.unplaced:
        found.append((str(len(item.table.unplaced)), "loose"))
    return found or [("请核对", "muted")]


def state_of(item: Item) -> str:
    """The state of a table in words."""
    words: list[str] = []
    if item.there:
        words.append("账本里已有这张表。")
    if item.twin:
        words.append(f"与“{item.twin}”里的是同一张表。")
    if item.count("ask"):
        words.append(f"{item.count('ask')} 处疑问，请核对。")
    if item.count("note"):
        words.append(f"{item.count('note')} 处留意。")
    if not item.table.agency:
        words.append("草稿上没有写单位。")
    if item.table.year is None:
        words.append("草稿上没有写年度。")
    if item.table.unplaced:
        words.append(f"{len(item.table.unplaced)} 处文字没有放入。")
    return "\n".join(words) or "读得很确定。"


def _tip(file: ReviewFile) -> str:
    if file.state == "refused":
        return file.reason
    if file.state == "waiting":
        return "还没有读到"
    several = f"里面有 {len(file.items)} 张表"
    text = state_of(file.items[0]) if len(file.items) == 1 else several
    return "\n".join([text, *file.unread])
