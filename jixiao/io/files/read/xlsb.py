"""Binary Excel workbooks (.xlsb), read record by record (MS-XLSB 2.1.4 and 2.4).

A library that builds a dense range would need gigabytes for two cells far apart, or end the
whole program. Here only cells with content cost anything.
"""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jixiao.io.files.read.cells import MAX_MERGES, TOO_LARGE, RawSheet, build_grids
from jixiao.io.files.read.package import DAMAGED, Package
from jixiao.io.paper.page.grid import Grid
from jixiao.io.paper.page.numfmt import BUILTIN, format_number
from jixiao.model.errors import RefusedFileError

_ROW, _SST_ITEM, _FORMAT, _XF, _SHEET, _MERGE, _COLUMN = 0, 19, 44, 47, 156, 176, 60
_BOOK_PROPERTIES, _BEGIN_CELL_XFS, _END_CELL_XFS = 153, 617, 618
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
_POINTS_PER_CHAR = 5.25
_MAX_RECORDS = 3_000_000


@dataclass
class _Book:
    """What the sheets of a workbook share."""

    strings: list[str] = field(default_factory=list[str])
    codes: list[str] = field(default_factory=list[str])
    date1904: bool = False

    def shown(self, number: float, style: int) -> str:
        """A number in the format of a cell style."""
        if number - number != 0:
            return ""
        code = self.codes[style] if style < len(self.codes) else "General"
        return format_number(number, code, date1904=self.date1904)


def read_xlsb(path: Path) -> list[Grid]:
    """The sheets of a workbook that have any content.

    Raises:
        RefusedFileError: damaged, encrypted, too large.
    """
    with Package(path) as package:
        try:
            book = _Book(_strings(package), _codes(package))
            return build_grids(_sheets(package, book))
        except (struct.error, IndexError, UnicodeDecodeError) as error:
            raise RefusedFileError(DAMAGED) from error


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Id and content of each record; both numbers are written in groups of seven bits."""
    place, end, count = 0, len(data), 0
    while place < end:
        kind, place = _variable(data, place, 2)
        length, place = _variable(data, place, 4)
        yield kind, data[place : place + length]
        place += length
        count += 1
        if count > _MAX_RECORDS:
            raise RefusedFileError(TOO_LARGE)


def _variable(data: bytes, place: int, most: int) -> tuple[int, int]:
    """A number of up to ``most`` bytes of seven bits each, and the place behind it."""
    number = 0
    for i in range(most):
        byte = data[place]
        place += 1
        number |= (byte & 0x7F) << (7 * i)
        if not byte & 0x80:
            break
    return number, place


def _int(data: bytes, place: int, size: int = 4) -> int:
    if place + size > len(data):
        raise IndexError
    return int.from_bytes(data[place : place + size], "little")


def _text(data: bytes, place: int) -> tuple[str, int]:
    """A string (its length in characters before it) and the place behind it."""
    end = place + 4 + 2 * _int(data, place)
    if end > len(data):
        raise IndexError
    return data[place + 4 : end].decode("utf-16-le", "replace"), end


def _strings(package: Package) -> list[str]:
    """The shared strings; the first byte of each item tells of runs and phonetic hints."""
    data = package.read("xl/sharedStrings.bin")
    return [_text(item, 1)[0] for kind, item in _records(data) if kind == _SST_ITEM]


def _codes(package: Package) -> list[str]:
    """The number format code of each cell style."""
    own = dict(BUILTIN)
    codes: list[str] = []
    inside = False
    for kind, data in _records(package.read("xl/styles.bin")):
        if kind == _FORMAT:
            number = _int(data, 0, 2)
            # Ids of the built-in formats belong to the system's language, not to the file.
            if number not in BUILTIN or number in (5, 6, 7, 8):
                own[number] = _text(data, 2)[0]
        elif kind in (_BEGIN_CELL_XFS, _END_CELL_XFS):
            inside = kind == _BEGIN_CELL_XFS
        elif kind == _XF and inside:
            codes.append(own.get(_int(data, 2, 2), "General"))
    return codes


def _sheets(package: Package, book: _Book) -> Iterator[RawSheet]:
    parts = _parts(package)
    for kind, data in _records(package.read("xl/workbook.bin")):
        if kind == _BOOK_PROPERTIES:
            book.date1904 = bool(_int(data, 0) & 1)
        elif kind == _SHEET:
            relation, end = _text(data, 8)
            part = parts.get(relation, "")
            if part in package:
                yield _read_sheet(package.read(part), _text(data, end)[0], book)


def _parts(package: Package) -> dict[str, str]:
    """The part of each worksheet by the id of its relation."""
    root = package.tree("xl/_rels/workbook.bin.rels")
    found: dict[str, str] = {}
    for element in root if root is not None else ():
        target = element.get("Target", "").replace("\\", "/")
        if element.get("Type", "").endswith("/worksheet"):
            part = target if target.startswith("/") else posixpath.join("xl", target)
            found[element.get("Id", "")] = posixpath.normpath(part).lstrip("/")
    return found


def _read_sheet(data: bytes, name: str, book: _Book) -> RawSheet:
    sheet = RawSheet(name)
    row = -1
    for kind, record in _records(data):
        if kind == _ROW:
            row = _int(record, 0)
            # MS-XLSB 2.4.726: bit 4 of the byte after the height hides the row.
            if len(record) > 11 and record[11] & 0x10:
                sheet.hidden_rows.add(row)
        elif kind in _CELLS:
            text = _CELLS[kind](record, book)
            if text:
                sheet.put(row, _int(record, 0), text)
        elif kind == _MERGE and len(sheet.merges) < MAX_MERGES:
            top, bottom, left, right = struct.unpack_from("<4I", record)
            if top <= bottom and left <= right:
                sheet.merges.append((top, left, bottom, right))
        elif kind == _COLUMN:
            first, last, width = struct.unpack_from("<3I", record)
            points = width / 256 * _POINTS_PER_CHAR
            if 0 < points < 2000:
                columns = range(first, min(last, first + 256) + 1)
                sheet.widths.update(dict.fromkeys(columns, points))
    return sheet


def _style(cell: bytes) -> int:
    return _int(cell, 4, 3)


def _small_number(cell: bytes, book: _Book) -> str:
    """A number in 30 bits: an integer or the upper half of a float, perhaps in hundredths."""
    raw = _int(cell, 8)
    if raw & 2:
        number = float(((raw >> 2) ^ 0x20000000) - 0x20000000)
    else:
        number = struct.unpack("<d", bytes(4) + (raw & 0xFFFFFFFC).to_bytes(4, "little"))[0]
    return book.shown(number / 100 if raw & 1 else number, _style(cell))


def _number(cell: bytes, book: _Book) -> str:
    return book.shown(struct.unpack_from("<d", cell, 8)[0], _style(cell))


def _shared(cell: bytes, book: _Book) -> str:
    index = _int(cell, 8)
    return book.strings[index] if index < len(book.strings) else ""


def _truth(cell: bytes, _: _Book) -> str:
    return "TRUE" if cell[8] else "FALSE"


def _error(cell: bytes, _: _Book) -> str:
    return _ERRORS.get(cell[8], "#N/A")


def _own_text(cell: bytes, _: _Book) -> str:
    return _text(cell, 8)[0]


# Cells by the id of their record, plain ones and results of formulas.
_CELLS: dict[int, Callable[[bytes, _Book], str]] = {
    2: _small_number, 3: _error, 4: _truth, 5: _number, 6: _own_text, 7: _shared,
    8: _own_text, 9: _number, 10: _truth, 11: _error, 62: lambda cell, _: _text(cell, 9)[0],
}  # fmt: skip
