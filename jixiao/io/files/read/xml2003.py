"""XML spreadsheets of Excel 2003, which many web systems save with the extension .xls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from jixiao.io.files.read.cells import MAX_MERGES, TOO_LARGE, RawSheet, build_grids
from jixiao.io.files.read.package import MB, Element, local, parse_xml
from jixiao.io.files.read.text import decode
from jixiao.io.paper.page.grid import Grid
from jixiao.io.paper.page.numfmt import BUILTIN, format_number, from_datetime
from jixiao.model.errors import RefusedFileError

_MAX_FILE = 40 * MB
_MAX_ROW, _MAX_COL = 1_048_576, 16_384
_RAISED = {"2": "²", "3": "³"}
# Formats that this file type calls by a word.
_NAMED = {
    "Percent": "0.00%", "Fixed": "0.00", "Standard": "#,##0.00", "Currency": "#,##0.00",
    "Short Date": BUILTIN[14], "Long Date": 'yyyy"年"m"月"d"日"', "General Date": BUILTIN[22],
    "Medium Date": BUILTIN[15], "Short Time": BUILTIN[20], "Scientific": "0.00E+00",
    "General Number": "General", "Euro Currency": "#,##0.00", "Long Time": BUILTIN[19],
    "Medium Time": BUILTIN[18],
}  # fmt: skip


def read_xml2003(path: Path) -> list[Grid]:
    """The sheets of a workbook that have any content.

    Raises:
        RefusedFileError: damaged, too large.
    """
    if path.stat().st_size > _MAX_FILE:
        raise RefusedFileError(TOO_LARGE)
    text = decode(path.read_bytes()).lstrip("\ufeff \t\r\n")
    if text.startswith("<?xml"):  # what it says of its encoding has been seen to
        text = text.partition("?>")[2]
    root = parse_xml(text.encode("utf-8", "replace"))
    codes = _formats(root)
    return build_grids(
        _read_sheet(sheet, codes) for sheet in root if local(sheet).lower() == "worksheet"
    )


def _formats(root: Element) -> dict[str, str]:
    """The number format code of each style."""
    codes: dict[str, str] = {}
    for style in root.iter("{*}Style"):
        parent = _attribute(style, "Parent")
        codes[_attribute(style, "ID")] = codes.get(parent, "General")
        for child in style:
            if local(child) == "NumberFormat":
                code = _attribute(child, "Format") or "General"
                codes[_attribute(style, "ID")] = _NAMED.get(code, code)
    return codes


def _read_sheet(worksheet: Element, codes: dict[str, str]) -> RawSheet:
    sheet = RawSheet(_attribute(worksheet, "Name"))
    for table in worksheet:
        if local(table) != "Table":
            continue
        column = row = -1
        for child in table:
            if local(child) == "Column":
                column = _take_column(sheet, child, column)
            elif local(child) == "Row":
                row = _place(child, row)
                if row < _MAX_ROW:
                    _read_row(sheet, child, row, codes)
                # A span says that so many further rows look like this one.
                row += _count(child, "Span")
    return sheet


def _read_row(sheet: RawSheet, element: Element, row: int, codes: dict[str, str]) -> None:
    if _attribute(element, "Hidden") == "1":
        sheet.hidden_rows.add(row)
    col = -1
    for cell in element:
        if local(cell) != "Cell":
            continue
        col = _place(cell, col)
        if col >= _MAX_COL:
            return
        style = _attribute(cell, "StyleID") or _attribute(element, "StyleID") or "Default"
        for data in cell:
            if local(data) == "Data":
                sheet.put(row, col, _shown(data, codes.get(style, "General")))
        across = min(_count(cell, "MergeAcross"), _MAX_COL)
        down = min(_count(cell, "MergeDown"), _MAX_ROW)
        if (across or down) and len(sheet.merges) < MAX_MERGES:
            sheet.merges.append((row, col, row + down, col + across))
        col += across


def _shown(data: Element, code: str) -> str:
    """What a cell shows for its stored value."""
    text = "".join(_words(data))
    match _attribute(data, "Type"):
        case "Number":
            return _shown_number(text.strip(), code)
        case "DateTime":
            try:
                moment = datetime.fromisoformat(text.strip())
            except ValueError:
                return text
            return format_number(from_datetime(moment), BUILTIN[14] if code == "General" else code)
        case "Boolean":
            return "TRUE" if text.strip() == "1" else "FALSE"
        case _:
            return text


def _shown_number(text: str, code: str) -> str:
    try:
        number = float(text)
    except ValueError:
        return text
    return format_number(number, code) if number - number == 0 else text


def _words(element: Element) -> Iterator[str]:
    """The text of a cell; a raised 2 or 3 (of m²) as its own character."""
    yield element.text or ""
    for child in element:
        words = "".join(_words(child))
        yield _RAISED.get(words, words) if local(child) == "Sup" else words
        yield child.tail or ""


def _take_column(sheet: RawSheet, element: Element, before: int) -> int:
    """Keeps the width of a column (points) and gives the number of the last one told about."""
    first = _place(element, before)
    last = first + min(_count(element, "Span"), 256)
    try:
        width = float(_attribute(element, "Width"))
    except ValueError:
        return last
    if 0 < width < 2000:
        sheet.widths.update(dict.fromkeys(range(first, last + 1), width))
    return last


def _place(element: Element, before: int) -> int:
    """The 0-based number of a row, cell or column: told by it, else after the one before."""
    told = _count(element, "Index")
    return told - 1 if told else before + 1


def _attribute(element: Element, name: str) -> str:
    for attribute, value in element.attrib.items():
        if str(attribute).rpartition("}")[2] == name:
            return str(value)
    return ""


def _count(element: Element, name: str) -> int:
    text = _attribute(element, name)
    return int(text) if text.isdecimal() and len(text) < 9 else 0
