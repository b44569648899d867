"""Marks on the page: a thin bar at the left edge of a cell in which something was found."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from jixiao.app.checking.checking import SEVERITIES, SEVERITY_RANK, cell_at, place_of
from jixiao.gui.findings.style import mark_color
from jixiao.gui.page.sheet import MarkSheet
from jixiao.gui.page.view import PageView
from jixiao.io.paper.page.grid import Cell, Grid, Spot
from jixiao.model.checks import Finding

_WIDTH = 3


class FindingMarks(MarkSheet):
    """Tooltips tell the reasons."""

    def __init__(self, view: PageView) -> None:
        super().__init__(view)
        self._at: dict[Spot, list[Finding]] = {}
        self._lit: frozenset[Spot] = frozenset()

    def mark(self, findings: Sequence[Finding], chosen: Finding | None) -> None:
        """Mark the cells of findings, and light up all cells that the one at hand speaks of."""
        grid = self._view.page.grid
        before = self._looks()
        self._at = {}
        for finding in findings:
            cell = shown_at(grid, finding)
            if cell is not None:
                self._at.setdefault((cell.row, cell.col), []).append(finding)
        lit = [] if chosen is None else cells_spoken_of(grid, chosen)
        self._lit = frozenset((cell.row, cell.col) for cell in lit)
        self.update_places(place for place, _ in before ^ self._looks())

    def _looks(self) -> set[tuple[Spot, str]]:
        """What is seen: the gravest finding of each cell, and which cells are lit up."""
        worst = {
            (at, min(SEVERITY_RANK[f.severity] for f in found)) for at, found in self._at.items()
        }
        return {(at, str(rank)) for at, rank in worst} | {(at, "lit") for at in self._lit}

    def findings_in(self, cell: Cell) -> list[Finding]:
        """What was found in a cell, the gravest first."""
        return sorted(
            self._at.get((cell.row, cell.col), ()), key=lambda f: SEVERITY_RANK[f.severity]
        )

    def tip(self, cell: Cell) -> str:
        """The reasons."""
        found = self.findings_in(cell)
        return tip_text(found) if found else ""

    def paint_marks(self, painter: QPainter, area: QRect) -> None:
        """A bar for each cell with findings; a soft colour where the one at hand belongs."""
        grid, geometry = self._view.page.grid, self._view.geometry_of_page
        for place in {*self._at, *self._lit}:
            cell = grid.at(*place)
            if cell is not None and geometry.rect(cell).intersects(area):
                self._paint(painter, cell, geometry.rect(cell))

    def _paint(self, painter: QPainter, cell: Cell, rect: QRect) -> None:
        theme, place = self._view.theme, (cell.row, cell.col)
        if place in self._lit:
            soft = QColor(theme.accent)
            soft.setAlpha(34)
            painter.fillRect(rect.adjusted(0, 0, -1, -1), soft)
        if place in self._at:
            worst = self.findings_in(cell)[0]
            # On the line itself, so that it does not touch the text.
            bar = QRect(rect.left() - 1, rect.top(), _WIDTH, rect.height() - 1)
            painter.fillRect(bar, QColor(mark_color(worst.severity, theme)))


def tip_text(findings: Sequence[Finding]) -> str:
    """The reasons as rich text, so that a long one is broken into lines."""
    lines = [
        f"<b>{SEVERITIES[f.severity]}</b>　{html.escape(f.message)}"
        + (f"<br><span style='color:gray'>{html.escape(f.hint)}</span>" if f.hint else "")
        for f in findings
    ]
    return "<qt>" + "<hr>".join(lines) + "</qt>"


def shown_at(grid: Grid, finding: Finding) -> Cell | None:
    """The cell of a finding; where the form has no such column, the name of its row."""
    cell = place_of(grid, finding)
    if cell is None and finding.rows is not None and finding.index is not None:
        return cell_at(grid, finding.rows, finding.index, "level3")
    return cell


def cells_spoken_of(grid: Grid, finding: Finding) -> list[Cell]:
    """The cells that a finding is about: its own, its row's name, those it writes or speaks of."""
    cells = [shown_at(grid, finding)]
    if finding.rows is not None and finding.index is not None:
        cells.append(cell_at(grid, finding.rows, finding.index, "level3"))
    others = (*finding.cells, *(edit.cell for edit in finding.edits))
    cells += [cell_at(grid, other.rows, other.index, other.field) for other in others]
    return [cell for cell in cells if cell is not None]
