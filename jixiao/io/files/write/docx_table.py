"""Bordered rows of a grid as a Word table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from jixiao.io.files.write.docx_text import TextLooks, twips
from jixiao.io.paper.page.grid import Border, Cell, Grid
from jixiao.io.paper.page.layout import SIDE_PADDING

# Word's name and width (in eighths of a point) of Excel's line styles, as Word itself pastes them.
_LINES = {
    "thin": ("single", 4),
    "medium": ("single", 8),
    "thick": ("single", 12),
    "hair": ("dotted", 2),
    "dotted": ("dotted", 4),
    "dashed": ("dashed", 4),
    "mediumDashed": ("dashed", 8),
    "dashDot": ("dotDash", 4),
    "mediumDashDot": ("dotDash", 8),
    "slantDashDot": ("dotDash", 8),
    "dashDotDot": ("dotDotDash", 4),
    "mediumDashDotDot": ("dotDotDash", 8),
    "double": ("double", 4),
}
# The text makes a row as high as it needs; a greater height would only hinder page breaks.
_MAX_TEXT_HEIGHT = 200.0
_UNSPLIT_HEIGHT = 120.0


@dataclass(frozen=True)
class TableRows:
    """Rows ``start`` to ``end`` of a grid with their heights and column edges, in points."""

    grid: Grid
    start: int
    end: int
    heights: Sequence[float]
    edges: Sequence[float]

    def xml(self, looks: TextLooks) -> str:
        """The ``w:tbl`` element."""
        used = {0}
        for row in range(self.start, self.end):
            for cell in self.grid.row_cells(row):
                used.add(cell.col)
                used.add(cell.right)
        columns = sorted(used)
        positions = [twips(self.edges[column]) for column in columns]
        grid_columns = "".join(
            f'<w:gridCol w:w="{right - left}"/>' for left, right in pairwise(positions)
        )
        center = '<w:jc w:val="center"/>' if self.grid.page.center else ""
        padding = twips(SIDE_PADDING)
        writer = _RowWriter(self, looks, dict(zip(columns, positions, strict=True)), columns)
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{positions[-1]}" w:type="dxa"/>{center}'
            '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
            f'<w:left w:w="{padding}" w:type="dxa"/><w:right w:w="{padding}" w:type="dxa"/>'
            f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid_columns}</w:tblGrid>"
            f"{''.join(writer.row(row) for row in range(self.start, self.end))}</w:tbl>"
        )


class _RowWriter:
    """Writes the rows of one table; ``positions`` in twips by grid column."""

    def __init__(
        self,
        table: TableRows,
        looks: TextLooks,
        positions: dict[int, int],
        columns: Sequence[int],
    ) -> None:
        self._table, self._looks, self._positions = table, looks, positions
        self._index = {column: n for n, column in enumerate(columns)}
        self._last = columns[-1]
        self._header_end = table.start
        rows = table.grid.rows
        # Word repeats a header only when it begins the table.
        while self._header_end < table.end and rows[self._header_end].header:
            self._header_end += 1
        self._borders: dict[int, str] = {}

    def row(self, row: int) -> str:
        """One ``w:tr`` element."""
        height = self._table.heights[row]
        least = max(self._table.grid.rows[row].min_height, min(height, _MAX_TEXT_HEIGHT))
        whole = "<w:cantSplit/>" if height <= _UNSPLIT_HEIGHT else ""
        header = "<w:tblHeader/>" if row < self._header_end else ""
        height_rule = f'<w:trHeight w:val="{twips(least)}" w:hRule="atLeast"/>'
        xml = [f"<w:tr><w:trPr>{whole}{height_rule}{header}</w:trPr>"]
        column = 0
        for cell in self._table.grid.row_cells(row):
            if cell.col > column:
                xml.append(self._gap(column, cell.col))
            xml.append(self._cell(cell, row))
            column = cell.right
        if column < self._last:
            xml.append(self._gap(column, self._last))
        xml.append("</w:tr>")
        return "".join(xml)

    def _gap(self, left: int, right: int) -> str:
        return f"<w:tc><w:tcPr>{self._width(left, right)}</w:tcPr><w:p/></w:tc>"

    def _cell(self, cell: Cell, row: int) -> str:
        style = cell.style
        first = max(cell.row, self._table.start)
        merge, text = "", cell.text
        if min(cell.bottom, self._table.end) - first > 1:
            merge = '<w:vMerge w:val="restart"/>' if row == first else "<w:vMerge/>"
        if row != first:
            text = ""
        looks = self._borders.get(id(style))
        if looks is None:
            fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{style.fill}"/>'
            looks = self._borders[id(style)] = (
                f"{_borders(style.border)}{fill if style.fill else ''}"
                f'{"" if style.wrap else "<w:noWrap/>"}<w:vAlign w:val="{style.valign}"/>'
            )
        return (
            f"<w:tc><w:tcPr>{self._width(cell.col, cell.right)}{merge}{looks}</w:tcPr>"
            f"{self._looks.cell_paragraphs(style, text)}</w:tc>"
        )

    def _width(self, left: int, right: int) -> str:
        width = f'<w:tcW w:w="{self._positions[right] - self._positions[left]}" w:type="dxa"/>'
        span = self._index[right] - self._index[left]
        return f'{width}<w:gridSpan w:val="{span}"/>' if span > 1 else width


def _borders(border: Border) -> str:
    edges: list[str] = []
    for name, line in (
        ("top", border.top),
        ("left", border.left),
        ("bottom", border.bottom),
        ("right", border.right),
    ):
        if line:
            kind, width = _LINES.get(line, _LINES["thin"])
            edges.append(f'<w:{name} w:val="{kind}" w:sz="{width}" w:color="auto"/>')
    return f"<w:tcBorders>{''.join(edges)}</w:tcBorders>" if edges else ""
