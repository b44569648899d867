"""Excel workbooks (.xlsx, .xlsm, strict or not), read cell by cell from their XML.

A library that builds a dense range cannot be used on foreign files: two cells far apart cost
gigabytes. Here only cells with content cost anything.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from jixiao.io.files.read.cells import MAX_MERGES, RawSheet, build_grids
from jixiao.io.files.read.package import DAMAGED, TOO_BIG, Element, Package, local
from jixiao.io.paper.page.addresses import parse_address, parse_range
from jixiao.io.paper.page.clean import tidy
from jixiao.io.paper.page.grid import Grid
from jixiao.io.paper.page.numfmt import BUILTIN, format_number, from_datetime
from jixiao.model.errors import RefusedFileError

_MAX_STRINGS, _MAX_STRING_TEXT = 500_000, 40_000_000
# Excel takes no longer format code; the most bloated workbooks have some thousand of them.
_LONGEST_FORMAT, _MAX_FORMATS = 255, 5_000
_POINTS_PER_CHAR = 5.25  # a digit of the default font is 7 pixels wide
_TAGS = ("{*}row", "{*}v", "{*}is", "{*}mergeCell", "{*}col")
# Rows with nothing but formats; a sheet may have a million of them, too many to parse.
_BLANK_ROW = re.compile(
    rb'<row\b[^<>]*?\sr="[^<>]*>(?:<c\b[^<>]*>(?:</c>)?)*</row>|<row\b[^<>]*?\sr="[^<>]*/>'
)
# Only asked for to be forgotten: bloated drafts have thousands of them.
_BALLAST = ("{*}conditionalFormatting", "{*}dataValidation", "{*}hyperlink")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RAISED = {"2": "²", "3": "³"}


@dataclass
class _Book:
    """What the sheets of a workbook share."""

    strings: list[str] = field(default_factory=list[str])
    codes: list[str] = field(default_factory=list[str])
    date1904: bool = False

    def code(self, style: str) -> str:
        """The number format of a cell's style index."""
        index = int(style) if style.isdecimal() and len(style) < 9 else 0
        return self.codes[index] if index < len(self.codes) else "General"


def read_xlsx(path: Path) -> list[Grid]:
    """The sheets of a workbook that have any content, in their order.

    Raises:
        RefusedFileError: damaged, encrypted, too large.
    """
    with Package(path) as package:
        root = package.tree("xl/workbook.xml")
        if root is None:
            raise RefusedFileError(DAMAGED)
        relations = _relations(package)
        book = _Book(
            _shared_strings(package, relations.get("sharedStrings", ["xl/sharedstrings.xml"])),
            _number_formats(package, relations.get("styles", ["xl/styles.xml"])),
            _is_1904(root),
        )
        sheets = _sheet_parts(package, root)
        return build_grids(_read_sheet(package, part, name, book) for name, part in sheets)


def _relations(package: Package) -> dict[str, list[str]]:
    """Parts of the workbook by the last word of their relation's type."""
    found: dict[str, list[str]] = {}
    for _, kind, target in _relation_rows(package):
        found.setdefault(kind, []).append(target)
    return found


def _relation_rows(package: Package) -> list[tuple[str, str, str]]:
    """Id, kind and part of each relation of the workbook."""
    root = package.tree("xl/_rels/workbook.xml.rels")
    rows: list[tuple[str, str, str]] = []
    for element in root if root is not None else ():
        target = element.get("Target", "").replace("\\", "/")
        if element.get("TargetMode") == "External" or not target:
            continue
        part = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        kind = element.get("Type", "").rpartition("/")[2]
        rows.append((element.get("Id", ""), kind, posixpath.normpath(part)))
    return rows


def _is_1904(root: Element) -> bool:
    for element in root:
        if local(element) == "workbookPr":
            return element.get("date1904", "0") in ("1", "true")
    return False


def _sheet_parts(package: Package, root: Element) -> list[tuple[str, str]]:
    """Name and part of each worksheet; without usable relations, the parts by their number."""
    parts = {i: part for i, kind, part in _relation_rows(package) if kind == "worksheet"}
    named: list[tuple[str, str]] = []
    names: list[str] = []
    for sheet in root.iter("{*}sheet"):
        name = sheet.get("name", "")
        names.append(name)
        relation = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
        if relation in parts and parts[relation] in package:
            # Sheets never share a part; one of a thousand names must not be read so often.
            named.append((name, parts.pop(relation)))
    if named:
        return named
    found = [n for n in package.names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", n)]
    found.sort(key=lambda n: (len(n), n))
    names += [f"Sheet{i + 1}" for i in range(len(names), len(found))]
    return list(zip(names, found, strict=False))


def _shared_strings(package: Package, parts: list[str]) -> list[str]:
    strings: list[str] = []
    characters = 0
    for part in parts[:1]:
        if part not in package:
            continue
        for item in package.elements(part, ("{*}si",)):
            strings.append(tidy(rich_text(item)))
            characters += len(strings[-1])
            if len(strings) > _MAX_STRINGS or characters > _MAX_STRING_TEXT:
                raise RefusedFileError(TOO_BIG)
            _drop(item)
    return strings


def rich_text(item: Element) -> str:
    """The words of a shared or inline string; runs are joined, phonetic hints left out."""
    if len(item) == 1 and not len(item[0]):
        text = item[0].text or ""
    else:
        pieces: list[str] = []
        for child in item:
            kind = local(child)
            if kind == "t":
                pieces.append(child.text or "")
            elif kind == "r":
                pieces.append(_run_text(child))
        text = "".join(pieces)
    return _ESCAPED.sub(_unescape, text) if "_x" in text else text


def _run_text(run: Element) -> str:
    """The text of a run; a raised 2 or 3 (of m², m³) as its own character."""
    text = "".join(child.text or "" for child in run if local(child) == "t")
    if text in _RAISED:
        for align in run.iter("{*}vertAlign"):
            if align.get("val") == "superscript":
                return _RAISED[text]
    return text


def _unescape(match: re.Match[str]) -> str:
    return chr(int(match.group(1), 16))


def _number_formats(package: Package, parts: list[str]) -> list[str]:
    """The number format code of each cell style; no list when there is no styles part."""
    root = package.tree(parts[0]) if parts else None
    codes = dict(BUILTIN)
    formats: list[str] = []
    for block in root if root is not None else ():
        kind = local(block)
        if kind == "numFmts":
            for element in block:
                number = _integer(element.get("numFmtId", ""))
                # Ids of the built-in formats belong to the system's language, not to the file.
                if number not in BUILTIN or number in (5, 6, 7, 8):
                    code = element.get("formatCode", "General")
                    sound = len(code) <= _LONGEST_FORMAT and len(codes) < _MAX_FORMATS
                    codes[number] = code if sound else "General"
        elif kind == "cellXfs":
            formats = [codes.get(_integer(xf.get("numFmtId", "")), "General") for xf in block]
    return formats


def _integer(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _read_sheet(package: Package, part: str, name: str, book: _Book) -> RawSheet:
    sheet = RawSheet(name)
    place = _Place()
    for element in package.elements(part, (*_TAGS, *_BALLAST), _BLANK_ROW):
        match local(element):
            case "v" | "is":
                _take_cell(sheet, element, book, place)
            case "row":
                place.end_row(element)
                if element.get("hidden") in ("1", "true"):
                    sheet.hidden_rows.add(place.row)
                _drop(element)
            case "mergeCell":
                merge = parse_range(element.get("ref", ""))
                if merge is not None and len(sheet.merges) < MAX_MERGES:
                    sheet.merges.append(merge)
                _drop(element)
            case "col":
                _take_width(sheet, element)
            case _:
                _drop(element)
    return sheet


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
        number = _integer(row.get("r", ""))
        self.row = number - 1 if number else self.row + 1
        self._ended = False


def _take_cell(sheet: RawSheet, value: Element, book: _Book, place: _Place) -> None:
    """Puts a cell's text into the sheet; ``value`` is its v or is element."""
    cell = value.getparent()
    if cell is None or local(cell) != "c":
        return
    row, col = place.of(cell)
    if local(value) == "is":
        sheet.put(row, col, rich_text(value))
        return
    text = value.text
    if text:
        sheet.put(row, col, _shown(text, cell, book))


def _shown(text: str, cell: Element, book: _Book) -> str:
    """What a cell shows for its stored text."""
    match cell.get("t", "n"):
        case "s":
            text = text.strip()
            index = int(text) if text.isdecimal() else -1
            return book.strings[index] if 0 <= index < len(book.strings) else ""
        case "n":
            return _shown_number(text.strip(), cell, book)
        case "b":
            return "TRUE" if text.strip() in ("1", "true") else "FALSE"
        case "d":
            return _shown_date(text.strip(), cell, book)
        case "str":
            return _ESCAPED.sub(_unescape, text) if "_x" in text else text
        case _:
            return text


def _shown_number(text: str, cell: Element, book: _Book) -> str:
    try:
        number = float(text)
    except ValueError:
        return text
    if number - number != 0:  # infinite or not a number: no workbook may hold it
        return text
    return format_number(number, book.code(cell.get("s", "")), date1904=book.date1904)


def _shown_date(text: str, cell: Element, book: _Book) -> str:
    """An ISO date of a strict workbook by the cell's format."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    code = book.code(cell.get("s", ""))
    return format_number(
        from_datetime(moment, date1904=book.date1904),
        BUILTIN[14] if code == "General" else code,
        date1904=book.date1904,
    )


def _take_width(sheet: RawSheet, column: Element) -> None:
    try:
        width = float(column.get("width", ""))
    except ValueError:
        return
    first, last = _integer(column.get("min", "")), _integer(column.get("max", ""))
    if first and 0 < width <= 255:
        points = width * _POINTS_PER_CHAR
        sheet.widths.update(dict.fromkeys(range(first - 1, min(last, first + 256)), points))


def _drop(element: Element) -> None:
    """Forgets an element that is done with, and the empty shells before it."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
