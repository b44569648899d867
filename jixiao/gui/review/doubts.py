"""要您看一眼: doubts and texts that found no place, each with what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from jixiao.app.review.items import Item, severity
from jixiao.app.review.places import Place
from jixiao.gui.compare.text_difference import excerpt
from jixiao.gui.review.source import text_mime
from jixiao.gui.theme import LIGHT, Theme
from jixiao.io.paper.compare.differences import compare_tables
from jixiao.io.recognise import Doubt
from jixiao.model.table import Table, Unplaced

_MOST = 200
_WORDS = {"ask": "● 疑问", "note": "● 留意", "loose": "○ 未放入", "diff": "◇ 不同"}
_LONGEST = 120
_SHORT = 24
_UNCOMPARED = frozenset({"form", "title"})


@dataclass(frozen=True)
class Line:
    """A line of the list.

    Attributes:
        kind: ask, note, loose, or diff for what the book has otherwise.
        cell: Its address in the source.
        text: What is said.
        actions: (id, text) of what can be done.
        number: Of the doubt, or of the text among those not placed.
        drag: The text that can be dragged to a cell.
        place: The place of the table that it is about, where its cell does not tell.
    """

    kind: str
    cell: str
    text: str
    actions: tuple[tuple[str, str], ...] = ()
    number: int = -1
    drag: str = ""
    place: Place | None = None


def lines_of(item: Item) -> list[Line]:
    """What there is to look at in a table."""
    lines = [_doubt_line(number, doubt) for number, doubt in item.open_doubts()]
    lines += [_loose_line(number, text) for number, text in enumerate(item.table.unplaced)]
    return lines


def _doubt_line(number: int, doubt: Doubt) -> Line:
    actions = [("accept", "就这样")]
    if doubt.text and doubt.text != doubt.read_as:
        actions.append(("as_written", "原样放"))
    actions.append(("edit", "改为…"))
    text = doubt.reason
    if doubt.indicator and doubt.indicator not in text:
        text = f"{doubt.indicator}：{text}"
    if doubt.read_as and doubt.read_as != doubt.text and doubt.read_as not in text:
        text += f"。现在读作“{doubt.read_as}”"
    return Line(severity(doubt), doubt.cell, text, tuple(actions), number, doubt.text)


def _loose_line(number: int, text: Unplaced) -> Line:
    words = " ".join(text.text.split())
    words = words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
    actions = (("note", "记为备注"), ("ignore", "忽略"))
    where = f"{text.sheet}!{text.cell}" if text.sheet else text.cell
    return Line(
        "loose", where, f"“{words}”没有放入表里，可以拖到表样的格子上", actions, number, text.text
    )


def difference_lines(old: Table, new: Table) -> list[Line]:
    """What the draft says otherwise than the table of the book."""
    found: list[Line] = []
    for change in compare_tables(old, new).changes:
        place = change.place or change.old_place
        if place is None or place.target in {"notes", "unplaced"} or place.name in _UNCOMPARED:
            continue
        before, after = (text or "（空）" for text in _pieces(change.old, change.new))
        text = f"{change.label}：账本里 {before} → 草稿 {after}"
        if change.kind == "moved":
            text = f"{change.label}：换了位置"
        row = place.rows[0] if place.rows else -1
        name = "value" if place.name.startswith("target:") else place.name or "level3"
        found.append(Line("diff", "", text, place=(place.target, name, row)))
    return found


def headline_of(item: Item, lines: Sequence[Line]) -> str:
    """What stands above the list."""
    if lines:
        return "要您看一眼"
    if item.twin or item.there:
        return "没有读不准的地方。"
    return "没有要您看的，读得很确定。"


def twin_text(item: Item) -> str:
    """Where the same table was found before."""
    return (
        f"重复：文件“{item.twin}”里已有同一张表“{item.name}”"
        "（单位、年度、类别、名称都相同）。两份都要，就在左边勾上。"
    )


def _pieces(old: str, new: str) -> tuple[str, str]:
    """Both texts on one line, long ones as the part around their first difference."""
    old, new = " ".join(old.split()), " ".join(new.split())
    return (old, new) if max(len(old), len(new)) <= _SHORT else excerpt(old, new)


class DoubtList(QTableWidget):
    """The list; ``chosen`` and ``wanted`` (action, line) tell what the user looks at and wants."""

    chosen = Signal(object)
    wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self._lines: list[Line] = []
        self.theme: Theme = LIGHT
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAccessibleName("要您看一眼")
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.horizontalHeader()
        fits = QHeaderView.ResizeMode.ResizeToContents
        header.setSectionResizeMode(0, fits)
        header.setSectionResizeMode(1, fits)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(3, fits)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.currentCellChanged.connect(self._choose)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; the first of very many."""
        self.blockSignals(True)
        self._lines = list(lines[:_MOST])
        self.clearContents()
        self.setRowCount(len(self._lines))
        colors = {"ask": self.theme.error, "note": self.theme.warning}
        for row, line in enumerate(self._lines):
            for column, text in enumerate((_WORDS[line.kind], line.cell, line.text)):
                item = QTableWidgetItem(text)
                item.setToolTip(text if column == 2 else "")
                if column == 0:
                    item.setForeground(QColor(colors.get(line.kind, self.theme.muted)))
                self.setItem(row, column, item)
            self.setCellWidget(row, 3, self._buttons(line))
        self.setCurrentCell(-1, -1)
        self.blockSignals(False)

    def _buttons(self, line: Line) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(4, 0, 8, 0)
        row.setSpacing(2)
        for action, text in line.actions:
            button = QPushButton(text, holder)
            button.setObjectName("link")
            button.setAutoDefault(False)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _=False, action=action: self.wanted.emit(action, line))
            row.addWidget(button)
        row.addStretch()
        return holder

    def _choose(self, row: int, *_: int) -> None:
        if 0 <= row < len(self._lines):
            self.chosen.emit(self._lines[row])

    def minimumSizeHint(self) -> QSize:
        """It may be without any line."""
        return QSize(120, 4)

    def mimeData(self, items: Sequence[QTableWidgetItem]) -> QMimeData:
        """The text of the line that is dragged."""
        row = items[0].row() if items else -1
        return text_mime(self._lines[row].drag if 0 <= row < len(self._lines) else "")
