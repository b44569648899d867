"""Send-back notes on the page: a corner in the cells they are about, and what they say."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from jixiao.gui.collect.places import cell_of_note
from jixiao.gui.page.sheet import MarkSheet
from jixiao.gui.page.view import PageView
from jixiao.io.paper.page.grid import Cell, Spot
from jixiao.model.notes import SendBackNote
from jixiao.model.table import Table

_CORNER = 9


class NoteMarks(MarkSheet):
    """As comments are shown in Excel: a corner at the right.

    ``also`` gives what else a tooltip tells of a cell, as rich text.
    """

    def __init__(self, view: PageView, also: Callable[[Cell], str]) -> None:
        super().__init__(view)
        self._also = also
        self._at: dict[Spot, list[SendBackNote]] = {}
        self.show()

    def mark(self, notes: Sequence[SendBackNote], table: Table | None) -> None:
        """Mark the cells that notes are about."""
        before, self._at = self._looks(), {}
        for note in notes:
            cell = None if table is None else cell_of_note(self._view.page.grid, table, note)
            if cell is not None:
                self._at.setdefault((cell.row, cell.col), []).append(note)
        self.update_places(place for place, _ in before ^ self._looks())

    def _looks(self) -> set[tuple[Spot, bool]]:
        """What is seen: the cells with notes, and whether all of them are settled."""
        return {(at, all(note.done for note in notes)) for at, notes in self._at.items()}

    def notes_in(self, cell: Cell) -> list[SendBackNote]:
        """The notes about a cell, those that are open first."""
        return sorted(self._at.get((cell.row, cell.col), ()), key=lambda note: bool(note.done))

    def tip(self, cell: Cell) -> str:
        """The notes, and what else there is to tell of the cell."""
        notes = self.notes_in(cell)
        if not notes:
            return ""
        rest = self._also(cell)
        return f"<qt>{tip_text(notes)}{f'<hr>{rest}' if rest else ''}</qt>"

    def paint_marks(self, painter: QPainter, area: QRect) -> None:
        """A corner for each cell with notes, quiet when all of them are settled."""
        grid, geometry = self._view.page.grid, self._view.geometry_of_page
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, notes in self._at.items():
            cell = grid.at(*place)
            if cell is not None and geometry.rect(cell).intersects(area):
                self._paint(painter, geometry.rect(cell), done=all(note.done for note in notes))

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
