"""An empty form for a PC without this program: it is filled in Excel, which helps a little.

The page is drawn as every export is, with rows to fill; Excel then offers drop-down lists and
short notes beside the cell. Neither hinders: any text may be typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from jixiao.io.files.write.excel_help import CellHelp, list_of
from jixiao.io.files.write.write_xlsx import drawn, write_xlsx
from jixiao.io.paper.form.blank import blank_name, blank_page, blank_table
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.form.offers import offers
from jixiao.io.paper.page.grid import Binding, Cell, Grid, column_letters
from jixiao.model.fields import MONEY_KEYS
from jixiao.model.table import Table

_MOST_CHOICES = 26  # the units in daily use; the seldom ones come after them and may be typed
_LEVELS = frozenset({"level1", "level2"})
_BLANK_YEAR = re.compile(r"\s+年")

_CHOOSE = "可以从下拉列表中选，也可以直接输入。"
_MORE_ROWS = "行不够时，在上面或下面插入行，接着填；用不完的行空着。"
_KEEP_WORDS = "请保留已印的文字，在它旁边填写。"
_YEAR = "在“年”的前面填年度，例如 2026。"
_PERCENT = "填百分数，例如 25%。"
_VALUE = "只写数值，例如 95；定性指标写文字，例如 持续提升。"
_JOINED = {
    "cvu": "符号、数值和单位写在一起，例如 ≥10次；定性指标直接写文字。",
    "cv": "符号和数值写在一起，例如 ≥95；定性指标直接写文字。",
    "vu": "数值和单位写在一起，例如 10次；定性指标直接写文字。",
}


def write_empty_form(form: Form, path: Path) -> None:
    """Write an empty form as an Excel workbook with drop-down lists and notes.

    It looks as an export of the form does, has rows to fill, and is imported like one.

    Raises:
        ExportError: The target cannot be written.
    """
    grid = blank_page(form)
    write_xlsx(
        [(blank_name(form), grid)], path, helps=cell_helps(form, blank_table(form), drawn(grid))
    )


def cell_helps(form: Form, table: Table, grid: Grid) -> list[CellHelp]:
    """The help in the cells of a page, that for all cells that are helped alike as one."""
    areas: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for cell, note, choices in _helps(form, table, grid):
        start = f"{column_letters(cell.col)}{cell.row + 1}"
        end = f"{column_letters(cell.right - 1)}{cell.bottom}"
        where = start if start == end else f"{start}:{end}"
        areas.setdefault((note, choices), []).append(where)
    return [CellHelp(tuple(where), *stated) for stated, where in areas.items()]


def _helps(form: Form, table: Table, grid: Grid) -> Iterator[tuple[Cell, str, tuple[str, ...]]]:
    for cell in grid.cells:
        if not cell.is_label:
            note, choices = _help(form, table, cell)
            if note:
                yield cell, note, choices


def _help(form: Form, table: Table, cell: Cell) -> tuple[str, tuple[str, ...]]:
    contents = [part.binding for part in cell.parts if part.binding is not None]
    mixed = any(part.binding is None and part.text.strip() for part in cell.parts)
    first = contents[0]
    if _BLANK_YEAR.match(cell.text):
        return _YEAR, ()
    if len(contents) > 1:
        return _KEEP_WORDS if mixed else "", ()
    choices = offers(form, table, first)
    if choices:
        note = _CHOOSE + (_MORE_ROWS if first.name in _LEVELS else "")
        return note, _choices(cell, choices)
    return _note(form, first) or (_KEEP_WORDS if mixed else ""), ()


def _note(form: Form, binding: Binding) -> str:
    """What to write in a cell that has no list of texts."""
    if binding.target == "share":
        return _PERCENT
    if binding.name in MONEY_KEYS or binding.name == "amount":
        return _money_note(form)
    if binding.target in {"indicators", "period_indicators"}:
        kind, _, letters = binding.name.partition(":")
        return _JOINED[letters] if kind == "target" else _VALUE if kind == "value" else ""
    return _MORE_ROWS if (binding.target, binding.name) == ("tasks", "name") else ""


def _money_note(form: Form) -> str:
    """With the money unit, which a form prints beside its amounts or leaves to its head."""
    printed = any("万元" in cell.words for cell in form.cells)
    if printed or not form.has("field", "money_unit"):
        return "单位：万元。只写数字，例如 48.40。"
    return "只写数字，例如 48.40；单位与表头的金额单位一致，一般是万元。"


def _choices(cell: Cell, texts: Iterable[str]) -> tuple[str, ...]:
    """The whole texts of the cell, printed words and all, as many as a list holds."""
    before = after = ""
    seen = False
    for part in cell.parts:
        if part.binding is not None:
            seen = True
        elif seen:
            after += part.text
        else:
            before += part.text
    return list_of((before + text + after for text in texts), _MOST_CHOICES)
