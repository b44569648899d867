"""What Excel does when somebody inserts rows or copies one; openpyxl moves values alone."""

from __future__ import annotations

from copy import copy

from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet


def insert_rows(sheet: Worksheet, at: int, count: int = 1) -> None:
    """Insert rows before row ``at``: merges across it stretch, new rows look like the row above."""
    merges = [CellRange(str(area)) for area in sheet.merged_cells.ranges]
    heights = {n: d.height for n, d in sheet.row_dimensions.items()}
    looks = {
        (cell.row, cell.column): copy(cell._style) for row in sheet.iter_rows() for cell in row
    }
    for area in merges:
        sheet.unmerge_cells(str(area))
    sheet.insert_rows(at, count)
    for (row, col), style in looks.items():
        sheet.cell(row if row < at else row + count, col)._style = style
        if row == at - 1:
            for new in range(at, at + count):
                sheet.cell(new, col)._style = copy(style)
    for row, height in heights.items():
        sheet.row_dimensions[row if row < at else row + count].height = height
    for area in merges:
        top = area.min_row + (count if area.min_row >= at else 0)
        bottom = area.max_row + (count if area.max_row >= at else 0)
        sheet.merge_cells(None, top, area.min_col, bottom, area.max_col)


def copy_row_below(sheet: Worksheet, row: int) -> None:
    """Copy a whole row and insert the copied cells below it, with the merges inside of the row."""
    values = [None if isinstance(cell, MergedCell) else cell.value for cell in sheet[row]]
    inside = [
        area
        for area in sheet.merged_cells.ranges
        if area.min_row == area.max_row == row
    ]  # fmt: skip
    spans = [(area.min_col, area.max_col) for area in inside]
    insert_rows(sheet, row + 1)
    for first, last in spans:
        sheet.merge_cells(None, row + 1, first, row + 1, last)
    for col, value in enumerate(values, start=1):
        cell = sheet.cell(row + 1, col)
        if value is not None and not isinstance(cell, MergedCell):
            cell.value = value
