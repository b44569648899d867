"""Binary Excel workbooks (.xlsb), read record by record (MS-XLSB 2.1.4 and 2.4).

A library that builds a dense range would need gigabytes for two cells far apart, or end the
whole program. Here only cells with content cost anything.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jixiao.io.files.read.cells import MAX_MERGES, TOO_LARGE, RawSheet, build_grids
from jixiao.io.files.read.package import DAMAGED, Package
from jixiao.io.files.read.relations import main_part, relations
from jixiao.io.paper.page.grid import Grid
from jixiao.io.paper.page.numfmt import BUILTIN
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

    def code(self, style: int) -> str:
        """The number format of a cell style."""
        return self.codes[style] if style < len(self.codes) else "General"


def read_xlsb(path: Path) -> list[Grid]:
    """The sheets of a workbook that have any content.

    Raises:
        RefusedFileError: damaged, encrypted, too large.
    """
    with Package(path) as package:
        try:
            main = main_part(package)[0] or "xl/workbook.bin"
            named = {relation.kind: relation.part for relation in relations(package, main)}
            book = _Book(
                _strings(package.read(named.get("sharedStrings", "xl/sharedStrings.bin"))),
                _codes(package.read(named.get("styles", "xl/styles.bin"))),
            )
            return build_grids(_sheets(package, main, book))
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


def _strings(data: bytes) -> list[str]:
    """The shared strings; the first byte of each item tells of runs and phonetic hints."""
    return [_text(item, 1)[0] for kind, item in _records(data) if kind == _SST_ITEM]


def _codes(data: bytes) -> list[str]:
    """The number format code of each cell style."""
    own = dict(BUILTIN)
    codes: list[str] = []
    inside = False
    for kind, record in _records(data):
        if kind == _FORMAT:
            number = _int(record, 0, 2)
            # Ids of the built-in formats belong to the system's language, not to the file.
            if number not in BUILTIN or number in (5, 6, 7, 8):
                own[number] = _text(record, 2)[0]
        elif kind in (_BEGIN_CELL_XFS, _END_CELL_XFS):
            inside = kind == _BEGIN_CELL_XFS
        elif kind == _XF and inside:
            codes.append(own.get(_int(record, 2, 2), "General"))
    return codes


def _sheets(package: Package, main: str, book: _Book) -> Iterator[RawSheet]:
    parts = {r.id: r.part for r in relations(package, main) if r.kind == "worksheet"}
    for kind, data in _records(package.read(main)):
        if kind == _BOOK_PROPERTIES:
            book.date1904 = bool(_int(data, 0) & 1)
        elif kind == _SHEET:
            relation, end = _text(data, 8)
            part = parts.get(relation, "")
            if part in package:
                sheet = RawSheet(_text(data, end)[0], hidden=bool(_int(data, 0) & 3))
                _read_sheet(package.read(part), sheet, book)
                yield sheet


def _read_sheet(data: bytes, sheet: RawSheet, book: _Book) -> None:
    row = -1
    for kind, record in _records(data):
        if kind == _ROW:
            row = _int(record, 0)
            # MS-XLSB 2.4.726: bit 4 of the byte after the height hides the row.
            if len(record) > 11 and record[11] & 0x10:
                sheet.hidden_rows.add(row)
        elif kind in _CELLS:
            _take_cell(sheet, row, record, _CELLS[kind](record, book), book)
        elif kind == _MERGE and len(sheet.merges) < MAX_MERGES:
            top, bottom, left, right = struct.unpack_from("<4I", record)
            if top <= bottom and left <= right:
                sheet.merges.append((top, left, bottom, right))
        elif kind == _COLUMN:
            _take_column(sheet, record)


def _take_cell(sheet: RawSheet, row: int, record: bytes, value: str | float, book: _Book) -> None:
    col, code = _int(record, 0), book.code(_style(record))
    if isinstance(value, str):
        if value:
            sheet.put_text(row, col, value, code)
    elif value - value == 0:  # neither infinite nor no number
        sheet.put_number(row, col, value, code, date1904=book.date1904)


def _take_column(sheet: RawSheet, record: bytes) -> None:
    """Keeps the width of columns, and that nobody sees them (MS-XLSB 2.4.323)."""
    first, last, width = struct.unpack_from("<3I", record)
    if not width or (len(record) > 16 and record[16] & 1):
        sheet.hide_columns(first, last)
        return
    points = width / 256 * _POINTS_PER_CHAR
    if points < 2000:
        columns = range(first, min(last, first + 256) + 1)
        sheet.widths.update(dict.fromkeys(columns, points))


def _style(cell: bytes) -> int:
    return _int(cell, 4, 3)


def _small_number(cell: bytes, _: _Book) -> float:
    """A number in 30 bits: an integer or the upper half of a float, perhaps in hundredths."""
    raw = _int(cell, 8)
    if raw & 2:
        number = float(((raw >> 2) ^ 0x20000000) - 0x20000000)
    else:
        number = struct.unpack("<d", bytes(4) + (raw & 0xFFFFFFFC).to_bytes(4, "little"))[0]
    return number / 100 if raw & 1 else number


def _number(cell: bytes, _: _Book) -> float:
    return struct.unpack_from("<d", cell, 8)[0]


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
_CELLS: dict[int, Callable[[bytes, _Book], str | float]] = {
    2: _small_number, 3: _error, 4: _truth, 5: _number, 6: _own_text, 7: _shared,
    8: _own_text, 9: _number, 10: _truth, 11: _error, 62: lambda cell, _: _text(cell, 9)[0],
}  # fmt: skip
