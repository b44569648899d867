"""Send-back notes on the page: a corner in the cells they are about, and what they say."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from jixiao.gui.collect.places import cell_of_note
from jixiao.gui.guard import guarded
from jixiao.gui.page.view import PageView
from jixiao.io.grid import Cell
from jixiao.model.notes import SendBackNote
from jixiao.model.table import Table

_CORNER = 9


class NoteMarks(QWidget):
    """A transparent sheet over the page, as comments are shown in Excel: a corner at the right.

    ``also`` gives what else a tooltip tells of a cell, as rich text.
    """

    def __init__(self, view: PageView, also: Callable[[Cell], str]) -> None:
        super().__init__(view.viewport())
        self._view, self._also = view, also
        self._at: dict[tuple[int, int], list[SendBackNote]] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.viewport().installEventFilter(self)
        self.resize(view.viewport().size())
        self.show()

    def mark(self, notes: Sequence[SendBackNote], table: Table | None) -> None:
        """Mark the cells that notes are about."""
        before, self._at = self._looks(), {}
        for note in notes:
            cell = None if table is None else cell_of_note(self._view.page.grid, table, note)
            if cell is not None:
                self._at.setdefault((cell.row, cell.col), []).append(note)
        # Cells that move are painted anew with the page, and the marks over them too.
        geometry = self._view.geometry_of_page
        for place, _ in before ^ self._looks():
            cell = self._view.page.grid.at(*place)
            if cell is not None and cell.bottom < len(geometry.ys):
                self.update(geometry.rect(cell))

    def _looks(self) -> set[tuple[tuple[int, int], bool]]:
        """What is seen: the cells with notes, and whether all of them are settled."""
        return {(at, all(note.done for note in notes)) for at, notes in self._at.items()}

    def notes_in(self, cell: Cell) -> list[SendBackNote]:
        """The notes about a cell, those that are open first."""
        return sorted(self._at.get((cell.row, cell.col), ()), key=lambda note: bool(note.done))

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as large as the page, and tell the notes where the mouse rests."""
        if event.type() == QEvent.Type.Resize:
            self.resize(self._view.viewport().size())
        elif event.type() == QEvent.Type.ToolTip:
            assert isinstance(event, QHelpEvent)
            return self._tell(event)
        return super().eventFilter(watched, event)

    def _tell(self, event: QHelpEvent) -> bool:
        cell = self._view.page.cell(self._view.indexAt(event.pos()))
        notes = [] if cell is None else self.notes_in(cell)
        if cell is None or not notes:
            return False
        rest = self._also(cell)
        text = tip_text(notes) + (f"<hr>{rest}" if rest else "")
        rect = self._view.geometry_of_page.rect(cell)
        QToolTip.showText(event.globalPos(), f"<qt>{text}</qt>", self._view.viewport(), rect)
        return True

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """A corner for each cell with notes, quiet when all of them are settled."""
        grid, geometry = self._view.page.grid, self._view.geometry_of_page
        if geometry.grid is not grid:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            for place, notes in self._at.items():
                cell = grid.at(*place)
                if cell is not None and geometry.rect(cell).intersects(event.rect()):
                    done = all(note.done for note in notes)
                    self._paint(painter, geometry.rect(cell), done=done)

    def _paint(self, painter: QPainter, rect: QRect, *, done: bool) -> None:
        theme = self._view.theme
        painter.setBrush(QColor(theme.faint if done else theme.warning))
        right, top = float(rect.right()), float(rect.top())
        points = [(right - _CORNER, top), (right, top), (right, top + _CORNER)]
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))


def tip_text(notes: Sequence[SendBackNote]) -> str:
    """What notes say, as rich text."""
    return "<hr>".join(_tip(note) for note in notes)


def _tip(note: SendBackNote) -> str:
    who = html.escape(" ".join(part for part in (note.author, note.date) if part))
    said = html.escape(note.text).replace("\n", "<br>")
    lines = [f"<b>退回意见</b>　<span style='color:gray'>{who}</span>", said]
    if note.done:
        answer = html.escape(note.answer).replace("\n", "<br>")
        lines.append(f"<span style='color:gray'>已处理 {note.done}</span>　{answer}")
    return "<br>".join(lines)
