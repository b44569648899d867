"""Excel workbooks (.xlsx, .xlsm, strict or not), read cell by cell from their XML.

A library that builds a dense range cannot be used on foreign files: two cells far apart cost
gigabytes. Here only cells with content cost anything.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from jixiao.io.files.read.cells import MAX_MERGES, RawSheet, build_grids
from jixiao.io.files.read.package import DAMAGED, Element, Package, local
from jixiao.io.files.read.relations import Relation, main_part, relations
from jixiao.io.files.read.xlsx_shared import (
    SharedBook,
    drop,
    integer,
    is_struck,
    read_strings,
    read_styles,
    rich_text,
    unescaped,
)
from jixiao.io.paper.page.addresses import parse_address, parse_range
from jixiao.io.paper.page.grid import Grid, Remark
from jixiao.io.paper.page.numfmt import BUILTIN, format_number, from_datetime
from jixiao.model.errors import RefusedFileError

_LONGEST_EDGE = 2_000
_EDGE_CODE = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-F]{6}|[A-Za-z]|&)')
_PAGE_NUMBER = re.compile(r"[\s\d，,第页共/／\-–—_·.]*")
_POINTS_PER_CHAR = 5.25  # a digit of the default font is 7 pixels wide
_TAGS = (
    "{*}row",
    "{*}v",
    "{*}is",
    "{*}f",
    "{*}mergeCell",
    "{*}col",
    "{*}sheetView",
    "{*}oddHeader",
    "{*}oddFooter",
)
# Rows with nothing but formats; a sheet may have a million of them, too many to parse.
_BLANK_ROW = re.compile(
    rb'<row\b[^<>]*?\sr="[^<>]*>(?:<c\b[^<>]*>(?:</c>)?)*</row>|<row\b[^<>]*?\sr="[^<>]*/>'
)
# Only asked for to be forgotten: bloated drafts have thousands of them.
_BALLAST = ("{*}conditionalFormatting", "{*}dataValidation", "{*}hyperlink")


def read_xlsx(path: Path) -> list[Grid]:
    """The sheets of a workbook that have any content, in their order.

    Raises:
        RefusedFileError: damaged, encrypted, too large.
    """
    with Package(path) as package:
        part, _ = main_part(package)
        root = package.tree(part or "xl/workbook.xml")
        if root is None:
            raise RefusedFileError(DAMAGED)
        found = relations(package, part or "xl/workbook.xml")
        named = {relation.kind: relation.part for relation in reversed(found)}
        book = SharedBook(date1904=_is_1904(root))
        read_strings(book, package, named.get("sharedStrings", "xl/sharedstrings.xml"))
        read_styles(book, package, named.get("styles", "xl/styles.xml"))
        sheets = _sheet_parts(package, root, found)
        return build_grids(_read_sheet(package, sheet, book) for sheet in sheets)


class _SheetPart(NamedTuple):
    name: str
    part: str
    hidden: bool


def _is_1904(root: Element) -> bool:
    for element in root:
        if local(element) == "workbookPr":
            return element.get("date1904", "0") in ("1", "true")
    return False


def _sheet_parts(package: Package, root: Element, found: list[Relation]) -> list[_SheetPart]:
    """Each worksheet with its part; without usable relations, the parts by their number."""
    parts = {relation.id: relation.part for relation in found if relation.kind == "worksheet"}
    named: list[_SheetPart] = []
    told: list[tuple[str, bool]] = []
    for sheet in root.iter("{*}sheet"):
        told.append((sheet.get("name", ""), sheet.get("state", "visible").endswith("idden")))
        relation = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
        if relation in parts and parts[relation] in package:
            # Sheets never share a part; one of a thousand names must not be read so often.
            named.append(_SheetPart(told[-1][0], parts.pop(relation), told[-1][1]))
    if named:
        return named
    names = [n for n in package.names if re.fullmatch(r"(?:.*/)?worksheets/[^/]+\.xml", n)]
    names.sort(key=lambda n: (len(n), n))
    told += [(f"Sheet{i + 1}", False) for i in range(len(told), len(names))]
    return [_SheetPart(t[0], name, t[1]) for t, name in zip(told, names, strict=False)]


def _read_sheet(package: Package, source: _SheetPart, book: SharedBook) -> RawSheet:
    sheet = RawSheet(source.name, hidden=source.hidden)
    place = _Place()
    formula: Element | None = None
    for element in package.elements(source.part, (*_TAGS, *_BALLAST), _BLANK_ROW):
        match local(element):
            case "v" | "is":
                _take_cell(sheet, element, book, place)
                if formula is not None and formula.getparent() is element.getparent():
                    formula = None if element.text or len(element) else formula
            case "f":
                _note_formula(sheet, formula, place)
                formula = element
            case "row":
                _note_formula(sheet, formula, place)
                formula = None
                place.end_row(element)
                if element.get("hidden") in ("1", "true") or _is_nothing(element.get("ht", "1")):
                    sheet.hidden_rows.add(place.row)
                drop(element)
            case kind:
                _take_setting(sheet, kind, element)
                if kind != "col":
                    drop(element)
    return sheet


def _take_setting(sheet: RawSheet, kind: str, element: Element) -> None:
    """Takes what is told of the sheet beside its cells."""
    if kind == "mergeCell":
        merge = parse_range(element.get("ref", ""))
        if merge is not None and len(sheet.merges) < MAX_MERGES:
            sheet.merges.append(merge)
    elif kind == "col":
        _take_column(sheet, element)
    elif kind == "sheetView":
        sheet.zeros = element.get("showZeros", "1") not in ("0", "false")
    elif kind in ("oddHeader", "oddFooter") and (text := edge_text(element.text or "")):
        sheet.remarks.append(Remark("page_edge", "", text))


def edge_text(code: str) -> str:
    """The words of a printed sheet's header or footer, "" when they only number the pages.

    Fonts, sizes and what a program fills in (&P, &D) are no words of it (ECMA-376, 18.3.1.46).
    """
    text = " ".join(_EDGE_CODE.sub(" ", code[:_LONGEST_EDGE]).split())
    return "" if _PAGE_NUMBER.fullmatch(text) else text


def _note_formula(sheet: RawSheet, formula: Element | None, place: _Place) -> None:
    """Says of a formula that the file holds no result of it; a blank text is one."""
    cell = formula.getparent() if formula is not None else None
    if formula is None or cell is None or local(cell) != "c" or cell.get("t", "n") == "str":
        return
    sheet.remark("no_result", *place.of(cell), f"={formula.text or ''}")


def _is_nothing(size: str) -> bool:
    return _float(size) == 0


class _Place:
    """Where a cell stands when the file does not say: after the one before it."""

    def __init__(self) -> None:
        self.row = -1
        self._ended = True
        self._cell: Element | None = None
        self._col = -1

    def end_row(self, row: Element) -> None:
        """Closes a row; its number counts for rows that have none."""
        self._start(row)
        self._ended = True
        self._cell = None

    def of(self, cell: Element) -> tuple[int, int]:
        """Row and column of a cell."""
        address = cell.get("r", "")
        place = parse_address(address) if address else None
        if place is not None:
            self._cell, self._col = cell, place[1]
            return place
        row = cell.getparent()
        if row is not None:
            self._start(row)
        steps, before = 0, cell
        while (previous := before.getprevious()) is not None and before is not self._cell:
            before = previous
            steps += 1
        self._col = self._col + steps if before is self._cell else steps
        self._cell = cell
        return self.row, self._col

    def _start(self, row: Element) -> None:
        if not self._ended:
            return
        number = integer(row.get("r", ""))
        self.row = number - 1 if number else self.row + 1
        self._ended = False


def _take_cell(sheet: RawSheet, value: Element, book: SharedBook, place: _Place) -> None:
    """Puts a cell's text into the sheet; ``value`` is its v or is element."""
    cell = value.getparent()
    if cell is None or local(cell) != "c":
        return
    row, col = place.of(cell)
    style = integer(cell.get("s", ""))
    text = rich_text(value) if local(value) == "is" else value.text or ""
    if not text:
        return
    _put(sheet, (row, col), text, cell, book)
    struck = style in book.struck_styles or is_struck(value)
    if cell.get("t") == "s":
        struck = struck or integer(text.strip()) in book.struck_strings
    if struck and (shown := sheet.texts.get((row, col))):
        sheet.remark("struck", row, col, shown, shown)


def _put(
    sheet: RawSheet, place: tuple[int, int], text: str, cell: Element, book: SharedBook
) -> None:
    """Puts what a cell shows for its stored text."""
    row, col = place
    code = book.code(integer(cell.get("s", "")))
    match cell.get("t", "n"):
        case "s":
            text = text.strip()
            index = int(text) if text.isdecimal() else -1
            if 0 <= index < len(book.strings):
                sheet.put_text(row, col, book.strings[index], code)
        case "n":
            number = _float(text)
            if number is None:
                sheet.put(row, col, text.strip())
            else:
                sheet.put_number(row, col, number, code, date1904=book.date1904)
        case "b":
            sheet.put(row, col, "TRUE" if text.strip() in ("1", "true") else "FALSE")
        case "d":
            sheet.put(row, col, _shown_date(text.strip(), code, book))
        case "str":
            sheet.put_text(row, col, unescaped(text), code)
        case "inlineStr":
            sheet.put_text(row, col, text, code)
        case _:
            sheet.put(row, col, text)


def _float(text: str) -> float | None:
    """A finite number: no workbook may hold any other."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if number - number == 0 else None


def _shown_date(text: str, code: str, book: SharedBook) -> str:
    """An ISO date of a strict workbook by the cell's format."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return format_number(
        from_datetime(moment, date1904=book.date1904),
        BUILTIN[14] if code == "General" else code,
        date1904=book.date1904,
    )


def _take_column(sheet: RawSheet, column: Element) -> None:
    """Keeps the width of columns, and that nobody sees them."""
    first, last = integer(column.get("min", "")), integer(column.get("max", ""))
    if not first:
        return
    width = column.get("width", "")
    if column.get("hidden") in ("1", "true") or _is_nothing(width):
        sheet.hide_columns(first - 1, last - 1)
        return
    try:
        points = float(width) * _POINTS_PER_CHAR
    except ValueError:
        return
    if 0 < points <= 255 * _POINTS_PER_CHAR:
        sheet.widths.update(dict.fromkeys(range(first - 1, min(last, first + 256)), points))
