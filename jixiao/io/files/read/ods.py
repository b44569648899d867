"""OpenDocument spreadsheets, by the text that each cell displays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jixiao.io.files.read.cells import MAX_MERGES, RawSheet, build_grids
from jixiao.io.files.read.odf_file import odf_parts
from jixiao.io.files.read.odf_text import OdfWords, count, read_odf_styles
from jixiao.io.files.read.package import DAMAGED, Element, local
from jixiao.io.files.read.word_xml import attribute
from jixiao.io.paper.page.grid import Grid
from jixiao.io.paper.page.numfmt import as_number, general
from jixiao.model.errors import RefusedFileError

_MAX_ROW, _MAX_COL = 1_048_576, 16_384
_MAX_HIDDEN = 50_000
_ROW_GROUPS = {"table-row-group", "table-header-rows", "table-rows"}
_COLUMN_GROUPS = {"table-column-group", "table-header-columns", "table-columns"}
_NUMBERS = {"float", "currency", "percentage"}


def read_ods(path: Path) -> list[Grid]:
    """The sheets of a spreadsheet that have any content.

    Raises:
        RefusedFileError: damaged, encrypted, too large.
    """
    root, styles = odf_parts(path)
    if root is None:
        raise RefusedFileError(DAMAGED)
    return build_grids(_sheets(root, read_odf_styles(styles, root)))


def _sheets(root: Element, words: OdfWords) -> Iterator[RawSheet]:
    unseen = _hidden_styles(root)
    for spreadsheet in root.iter("{*}spreadsheet"):
        for child in spreadsheet:
            if local(child) == "table":
                sheet = RawSheet(attribute(child, "name"))
                sheet.hidden = attribute(child, "style-name") in unseen
                _read_table(sheet, child, words)
                yield sheet


def _hidden_styles(root: Element) -> set[str]:
    """The styles of sheets that nobody sees."""
    return {
        attribute(style, "name")
        for style in root.iter("{*}style")
        for properties in style
        if local(properties) == "table-properties" and attribute(properties, "display") == "false"
    }


def _read_table(sheet: RawSheet, table: Element, words: OdfWords) -> None:
    _hide_columns(sheet, table)
    row = 0
    for element in _lines(table, "table-row", _ROW_GROUPS):
        repeated = count(element, "number-rows-repeated")
        cells = list(_cells(element, words))
        if cells and row < _MAX_ROW:
            for copy in range(row, min(row + repeated, _MAX_ROW)):
                _put_row(sheet, copy, cells)
        hidden = attribute(element, "visibility") in ("collapse", "filter")
        if hidden and len(sheet.hidden_rows) + repeated < _MAX_HIDDEN:
            sheet.hidden_rows.update(range(row, row + repeated))
        row += repeated


def _hide_columns(sheet: RawSheet, table: Element) -> None:
    col = 0
    for column in _lines(table, "table-column", _COLUMN_GROUPS):
        repeated = count(column, "number-columns-repeated")
        if attribute(column, "visibility") in ("collapse", "filter"):
            sheet.hide_columns(col, col + repeated - 1)
        col = min(col + repeated, _MAX_COL)


def _lines(parent: Element, name: str, groups: set[str]) -> Iterator[Element]:
    """The rows, or the columns, of a table, those in groups too."""
    for child in parent:
        kind = local(child)
        if kind == name:
            yield child
        elif kind in groups:
            yield from _lines(child, name, groups)


@dataclass(frozen=True, slots=True)
class _OdsCell:
    col: int
    copies: int
    text: str
    number: float | None
    formula: str
    rowspan: int
    colspan: int


def _cells(row: Element, words: OdfWords) -> Iterator[_OdsCell]:
    """The cells of a row that show something or span others."""
    col = 0
    for element in row:
        kind = local(element)
        if kind not in ("table-cell", "covered-table-cell"):
            continue
        copies = count(element, "number-columns-repeated")
        if col < _MAX_COL and kind == "table-cell":
            text, number = _shown(element, words) if len(element) or element.attrib else ("", None)
            formula = attribute(element, "formula") if not attribute(element, "value-type") else ""
            down = min(count(element, "number-rows-spanned"), _MAX_ROW)
            across = min(count(element, "number-columns-spanned"), _MAX_COL)
            if text or formula or down * across > 1:
                copies_left = min(copies, _MAX_COL - col)
                yield _OdsCell(col, copies_left, text, number, formula, down, across)
        col += copies


def _put_row(sheet: RawSheet, row: int, cells: list[_OdsCell]) -> None:
    for cell in cells:
        for col in range(cell.col, cell.col + cell.copies) if cell.text else ():
            if cell.number is None:
                sheet.put(row, col, cell.text)
            else:
                sheet.put_shown(row, col, cell.number, cell.text)
        if cell.formula and not cell.text:
            sheet.remark("no_result", row, cell.col, cell.formula.removeprefix("of:"))
        if cell.rowspan * cell.colspan > 1 and len(sheet.merges) < MAX_MERGES:
            bottom, right = row + cell.rowspan - 1, cell.col + cell.colspan - 1
            sheet.merges.append((row, cell.col, bottom, right))


def _shown(cell: Element, words: OdfWords) -> tuple[str, float | None]:
    """The displayed text of a cell (without one, its value), and the number it is of."""
    text = "\n".join(words.paragraph(child) for child in cell if local(child) == "p")
    if attribute(cell, "value-type") in _NUMBERS:
        value = attribute(cell, "value")
        number = _float(value)
        if number is None:
            return text or value, None
        return as_number(text.strip().replace(",", ""), number) if text else general(number), number
    if text:
        return text, None
    values = (attribute(cell, n) for n in ("string-value", "date-value", "boolean-value"))
    return next(filter(None, values), ""), None


def _float(value: str) -> float | None:
    """A finite number."""
    try:
        number = float(value)
    except ValueError:
        return None
    return number if number - number == 0 else None
