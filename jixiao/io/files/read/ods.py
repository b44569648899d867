"""OpenDocument spreadsheets, by the text that each cell displays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jixiao.io.files.read.cells import MAX_MERGES, RawSheet, build_grids
from jixiao.io.files.read.package import DAMAGED, Element, Package, local
from jixiao.io.paper.page.grid import Grid
from jixiao.io.paper.page.numfmt import general
from jixiao.model.errors import RefusedFileError

_MAX_ROW, _MAX_COL = 1_048_576, 16_384
_MAX_HIDDEN = 50_000
_ROW_GROUPS = {"table-row-group", "table-header-rows", "table-rows"}
_NOT_SHOWN = {"annotation", "note-body"}
_NUMBERS = {"float", "currency", "percentage"}


def read_ods(path: Path) -> list[Grid]:
    """The sheets of a spreadsheet that have any content.

    Raises:
        RefusedFileError: damaged, encrypted, too large.
    """
    with Package(path) as package:
        root = package.tree("content.xml")
    if root is None:
        raise RefusedFileError(DAMAGED)
    return build_grids(_sheets(root))


def _sheets(root: Element) -> Iterator[RawSheet]:
    for spreadsheet in root.iter("{*}spreadsheet"):
        for child in spreadsheet:
            if local(child) == "table":
                yield _read_table(child)


def _read_table(table: Element) -> RawSheet:
    sheet = RawSheet(_attribute(table, "name"))
    row = 0
    for element in _rows(table):
        repeated = _count(element, "number-rows-repeated")
        cells = list(_cells(element))
        if cells and row < _MAX_ROW:
            for copy in range(row, min(row + repeated, _MAX_ROW)):
                _put_row(sheet, copy, cells)
        hidden = _attribute(element, "visibility") in ("collapse", "filter")
        if hidden and len(sheet.hidden_rows) + repeated < _MAX_HIDDEN:
            sheet.hidden_rows.update(range(row, row + repeated))
        row += repeated
    return sheet


def _rows(parent: Element) -> Iterator[Element]:
    for child in parent:
        kind = local(child)
        if kind == "table-row":
            yield child
        elif kind in _ROW_GROUPS:
            yield from _rows(child)


@dataclass(frozen=True, slots=True)
class _OdsCell:
    col: int
    copies: int
    text: str
    rowspan: int
    colspan: int


def _cells(row: Element) -> Iterator[_OdsCell]:
    """The cells of a row that show something or span others."""
    col = 0
    for element in row:
        kind = local(element)
        if kind not in ("table-cell", "covered-table-cell"):
            continue
        copies = _count(element, "number-columns-repeated")
        if col < _MAX_COL and kind == "table-cell":
            text = _shown(element) if len(element) or element.attrib else ""
            down = min(_count(element, "number-rows-spanned"), _MAX_ROW)
            across = min(_count(element, "number-columns-spanned"), _MAX_COL)
            if text or down * across > 1:
                yield _OdsCell(col, min(copies, _MAX_COL - col), text, down, across)
        col += copies


def _put_row(sheet: RawSheet, row: int, cells: list[_OdsCell]) -> None:
    for cell in cells:
        if cell.text:
            for col in range(cell.col, cell.col + cell.copies):
                sheet.put(row, col, cell.text)
        if cell.rowspan * cell.colspan > 1 and len(sheet.merges) < MAX_MERGES:
            bottom, right = row + cell.rowspan - 1, cell.col + cell.colspan - 1
            sheet.merges.append((row, cell.col, bottom, right))


def _shown(cell: Element) -> str:
    """The displayed text of a cell; without one, its value."""
    text = "\n".join(_paragraph(child) for child in cell if local(child) == "p")
    kind = _attribute(cell, "value-type")
    if kind in _NUMBERS:
        return text.replace(",", "") if text else _number(_attribute(cell, "value"))
    if text:
        return text
    return next(
        (v for n in ("string-value", "date-value", "boolean-value") if (v := _attribute(cell, n))),
        "",
    )


def _number(value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return value
    return general(number) if number - number == 0 else ""


def _paragraph(element: Element) -> str:
    """The words of a paragraph with its blanks, tabs and line breaks."""
    pieces = [element.text or ""]
    for child in element:
        match local(child):
            case "s":
                pieces.append(" " * min(_count(child, "c"), 1000))
            case "tab":
                pieces.append(" ")
            case "line-break":
                pieces.append("\n")
            case kind if kind in _NOT_SHOWN:
                pass
            case _:
                pieces.append(_paragraph(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _attribute(element: Element, name: str) -> str:
    for attribute, value in element.attrib.items():
        if str(attribute).rpartition("}")[2] == name:
            return str(value)
    return ""


def _count(element: Element, name: str) -> int:
    """A repetition or span: at least 1."""
    text = _attribute(element, name)
    return max(1, int(text)) if text.isdecimal() and len(text) < 9 else 1
