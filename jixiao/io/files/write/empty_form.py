"""An empty form for a PC without this program: it is filled in Excel, which helps a little.

The page is drawn as every export is; openpyxl then adds what Excel can do for who fills it:
drop-down lists and short notes beside the cell. Neither hinders: any text may be typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.io.files.write.excel_help import help_rule, list_of
from jixiao.io.files.write.safe_write import write_beside
from jixiao.io.files.write.write_xlsx import drawn, xlsx_bytes
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.form.offers import offers
from jixiao.io.paper.page.grid import Binding, Cell, Grid, column_letters
from jixiao.model.fields import MONEY_KEYS
from jixiao.model.table import Table

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation

_MOST_CHOICES = 26  # the units in daily use; the seldom ones come after them and may be typed
_LEVELS = frozenset({"level1", "level2"})
_BLANK_YEAR = re.compile(r"\s+年")

_CHOOSE = "可以从下拉列表中选，也可以直接输入。"
_MORE_ROWS = "行不够时，复制整行再插入。"
_KEEP_WORDS = "请保留已印的文字，在它旁边填写。"
_YEAR = "在“年”的前面填年度，例如 2026。"
_PERCENT = "填百分数，例如 25%。"
_VALUE = "只写数值，例如 95；定性指标写文字，例如 持续提升。"
_JOINED = {
    "cvu": "符号、数值和单位写在一起，例如 ≥10次；定性指标直接写文字。",
    "cv": "符号和数值写在一起，例如 ≥95；定性指标直接写文字。",
    "vu": "数值和单位写在一起，例如 10次；定性指标直接写文字。",
}


@dataclass(frozen=True, slots=True)
class CellHelp:
    """What Excel offers in a cell: a note while the cell is selected, and a list of texts."""

    note: str
    choices: tuple[str, ...] = ()


def write_empty_form(form: Form, path: Path) -> None:
    """Write an empty form as an Excel workbook with drop-down lists and notes.

    It looks exactly as an export of the form does, and is imported like one.

    Raises:
        ExportError: The target cannot be written.
    """
    from openpyxl import load_workbook

    table = Table(kind=form.kind)
    grid = fill(form, table)
    book = load_workbook(BytesIO(xlsx_bytes([(form.name, grid)])))
    for rule in _rules(cell_helps(form, table, drawn(grid))):
        book.worksheets[0].add_data_validation(rule)
    book.properties.creator = None  # else the library names itself
    book.calculation.fullCalcOnLoad = False  # else Excel asks to save what nobody changed
    write_beside(path, book.save)


def cell_helps(form: Form, table: Table, grid: Grid) -> Iterator[tuple[Cell, CellHelp]]:
    """The cells of a page that are helped, with their help."""
    for cell in grid.cells:
        if not cell.is_label:
            found = _help(form, table, cell)
            if found.note:
                yield cell, found


def _help(form: Form, table: Table, cell: Cell) -> CellHelp:
    contents = [part.binding for part in cell.parts if part.binding is not None]
    mixed = any(part.binding is None and part.text.strip() for part in cell.parts)
    first = contents[0]
    if _BLANK_YEAR.match(cell.text):
        return CellHelp(_YEAR)
    if len(contents) > 1:
        return CellHelp(_KEEP_WORDS if mixed else "")
    choices = offers(form, table, first)
    if choices:
        note = _CHOOSE + (_MORE_ROWS if first.name in _LEVELS else "")
        return CellHelp(note, _choices(cell, choices))
    return CellHelp(_note(form, first) or (_KEEP_WORDS if mixed else ""))


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


def _rules(helps: Iterable[tuple[Cell, CellHelp]]) -> list[DataValidation]:
    """One rule of Excel for all cells that are helped alike."""
    areas: dict[CellHelp, list[str]] = {}
    for cell, found in helps:
        start = f"{column_letters(cell.col)}{cell.row + 1}"
        end = f"{column_letters(cell.right - 1)}{cell.bottom}"
        areas.setdefault(found, []).append(start if start == end else f"{start}:{end}")
    return [help_rule(where, found.note, found.choices) for found, where in areas.items()]
