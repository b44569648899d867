"""A form to be filled by hand or in Excel: with rows to fill, and rows that have room."""

from __future__ import annotations

import re
from dataclasses import replace

from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Cell, Grid, RowFormat
from jixiao.model.fields import FIELDS
from jixiao.model.table import Indicator, SpendingDetail, Table, Task

_ROWS = 5  # of tasks and of spending details
_INDICATORS = 10
_GOAL_HEIGHT = 100.0  # points: about seven lines
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)(?:\s*年度?)?")
_MERGED_HEIGHT = 36.0  # points: two lines, as Excel fits no row to a text in merged cells


def blank_name(form: Form) -> str:
    """What an empty form is called in Excel and as a file: its name without a year.

    That year tells since when the form is used; the table may be of a later one.
    """
    return " ".join(_YEAR.sub(" ", form.name).split()) or form.name


def blank_page(form: Form) -> Grid:
    """The page of an empty form, with rows to fill.

    Its rows of lists have no fixed height in Excel, and goals have room; a text that spans several
    columns has some lines, since Excel does not fit a row to it.
    """
    grid = fill(form, blank_table(form))
    rows = tuple(_roomy(grid, number, row) for number, row in enumerate(grid.rows))
    return replace(grid, rows=rows)


def blank_table(form: Form) -> Table:
    """A table of nothing but rows to fill.

    Where the form prints its categories, these are the rows of indicators. Else they are blank, so
    that every one of them can be copied and moved like any other. The money unit stands there, as
    in every new table: who leaves it has filled in amounts in it.
    """
    lists = {band.list: band for band in form.bands}
    table = Table(kind=form.kind, money_unit=usual_money_unit(form))
    if "indicators" in lists and not any(band.printed for band in form.bands):
        table = replace(table, indicators=(Indicator(),) * _INDICATORS)
    if "tasks" in lists:
        table = replace(table, tasks=(Task(),) * _ROWS)
    if "spending_details" in lists:
        table = replace(table, spending_details=(SpendingDetail(),) * _ROWS)
    return table


def usual_money_unit(form: Form) -> str:
    """The money unit of a new table, "" where the form has no place for one."""
    return "万元" if form.has("field", "money_unit") else ""


def _roomy(grid: Grid, number: int, row: RowFormat) -> RowFormat:
    contents = [cell for cell in grid.row_cells(number) if not cell.is_label]
    if row.band:
        wide = any(cell.colspan > 1 and cell.rowspan == 1 for cell in contents)
        return _higher(row, _MERGED_HEIGHT) if wide else replace(row, free=True)
    return _higher(row, _GOAL_HEIGHT) if any(map(_is_goal, contents)) else row


def _higher(row: RowFormat, height: float) -> RowFormat:
    return replace(row, min_height=max(row.min_height, height))


def _is_goal(cell: Cell) -> bool:
    """True for a cell with a field of paragraphs and nothing beside it."""
    keys = [binding.name for binding in cell.bindings if binding.target == "field"]
    return len(keys) == 1 and keys[0] in FIELDS and FIELDS[keys[0]].type == "long"
