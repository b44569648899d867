"""What openpyxl tells of a form's workbook, to hold against our own reading of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl

from jixiao.io.paper.form.load_form import PAPER_SIZES
from jixiao.io.paper.page.grid import Border, Page, Style

Look = tuple[str, Style]
"""The text of a cell, and its looks with its own lines only."""


class Drawing:
    """The first sheet of a workbook that is not 说明; rows and columns count from 0."""

    def __init__(self, path: Path) -> None:
        book = openpyxl.load_workbook(path)
        self._sheet: Any = next(s for s in book.worksheets if s.title != "说明")
        self.merges = {
            (m.min_row - 1, m.min_col - 1): (m.max_row - m.min_row + 1, m.max_col - m.min_col + 1)
            for m in self._sheet.merged_cells.ranges
        }

    def text(self, row: int, col: int) -> str:
        """What stands in a cell."""
        value = self._sheet.cell(row + 1, col + 1).value
        return "" if value is None else str(value)

    def style(self, row: int, col: int) -> Style:
        """The looks of a cell; the lines are those of the first and last cell of its merge."""
        cell = self._sheet.cell(row + 1, col + 1)
        rows, cols = self.merges.get((row, col), (1, 1))
        near, far = (
            {side: getattr(getattr(c.border, side), "style", None) or "" for side in _SIDES}
            for c in (cell, self._sheet.cell(row + rows, col + cols))
        )
        font, alignment, fill = cell.font, cell.alignment, cell.fill
        color = font.color.rgb[-6:] if font.color is not None and font.color.type == "rgb" else ""
        solid = fill.fill_type == "solid" and fill.fgColor.type == "rgb"
        return Style(
            font=font.name or "宋体",
            size=float(font.sz or 10.5),
            bold=bool(font.b),
            italic=bool(font.i),
            underline=bool(font.u),
            color="" if color == "000000" else color,
            fill=fill.fgColor.rgb[-6:] if solid else "",
            halign=alignment.horizontal if alignment.horizontal in _HALIGNS else "left",
            valign=alignment.vertical if alignment.vertical in _VALIGNS else "bottom",
            wrap=bool(alignment.wrap_text),
            indent=int(alignment.indent or 0),
            border=Border(near["left"], far["right"], near["top"], far["bottom"]),
        )

    def height(self, row: int) -> float:
        """The height of a row, 0 where none is told."""
        return float(self._sheet.row_dimensions[row + 1].height or 0.0)

    def widths(self, columns: int) -> list[float]:
        """The widths of the columns in characters."""
        told = self._sheet.sheet_format
        default = told.defaultColWidth or (told.baseColWidth or 8) + 0.71
        widths = [float(default)] * columns
        for dimension in self._sheet.column_dimensions.values():
            if dimension.min is not None and dimension.width:
                for col in range(dimension.min, min(dimension.max, columns) + 1):
                    widths[col - 1] = float(dimension.width)
        return widths

    def header_rows(self) -> set[int]:
        """The rows that are printed on every page."""
        found: set[int] = set()
        for first, last in re.findall(r"\$?(\d+):\$?(\d+)", self._sheet.print_title_rows or ""):
            found.update(range(int(first) - 1, int(last)))
        return found

    def page(self) -> Page:
        """Paper, margins and fit."""
        setup, margins = self._sheet.page_setup, self._sheet.page_margins
        width, height = PAPER_SIZES[int(setup.paperSize or 9)]
        if setup.orientation == "landscape":
            width, height = height, width
        properties = self._sheet.sheet_properties.pageSetUpPr
        return Page(
            width=width,
            height=height,
            left=margins.left * 72,
            right=margins.right * 72,
            top=margins.top * 72,
            bottom=margins.bottom * 72,
            fit_width=bool(properties is not None and properties.fitToPage),
            center=bool(self._sheet.print_options.horizontalCentered),
        )


_SIDES = ("left", "right", "top", "bottom")
_HALIGNS = frozenset({"left", "center", "right"})
_VALIGNS = frozenset({"top", "center", "bottom"})
