"""The older workbooks, .xls and WPS .et, by xlrd, which is given only the cells with content."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlrd
from xlrd.biffh import XLRDError, error_text_from_code
from xlrd.compdoc import CompDoc, CompDocError
from xlrd.formula import FormulaError

from jixiao.io.files.read.cells import MAX_CELLS, MAX_MERGES, TOO_LARGE, RawSheet, build_grids
from jixiao.io.files.read.package import DAMAGED, ENCRYPTED, MB
from jixiao.io.paper.page.grid import Grid
from jixiao.io.paper.page.numfmt import BUILTIN, format_number
from jixiao.model.errors import RefusedFileError

_MAX_XLS = 64 * MB
_MAX_RECORDS = 1_000_000
# The library fills each row from its first column to its last cell.
_MAX_SLOTS = 5_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Records of BIFF 5 and 8 (MS-XLS 2.3.1).
_BEGIN, _NUMBERS = 0x0809, 0x00BD
# Blank cells with a format, and defined names: nothing that a page shows, but much to stumble on.
_NOT_SHOWN = frozenset({0x0201, 0x00BE, 0x0018, 0x0218})
_CELLS = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x00FD, 0x027E, 0x00D6, _NUMBERS})
_IGNORED = struct.pack("<H", 0x0862)
# xlrd brings no types.
_Untyped = Any

# What parsers written for well-made files raise on damaged ones.
_PARSER_ERRORS = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError,
    NameError, NotImplementedError, TypeError, ValueError, struct.error,
)  # fmt: skip


def read_xls(path: Path) -> list[Grid]:
    """The sheets of an .xls (or WPS .et) workbook that have any content.

    Raises:
        RefusedFileError: damaged, encrypted, too large.
    """
    if path.stat().st_size > _MAX_XLS:
        raise RefusedFileError(TOO_LARGE)
    try:
        with xlrd.open_workbook(
            file_contents=_lean(_workbook(path.read_bytes())),
            formatting_info=True,
            ragged_rows=True,
            on_demand=True,
            logfile=io.StringIO(),
        ) as book:
            return build_grids(_xls_sheets(book))
    except XLRDError as error:
        reason = ENCRYPTED if "encrypted" in str(error) else DAMAGED
        raise RefusedFileError(reason) from error
    except (CompDocError, FormulaError, *_PARSER_ERRORS) as error:
        raise RefusedFileError(DAMAGED) from error


def _workbook(data: bytes) -> bytes:
    """The records of a workbook, taken out of the container around them."""
    if not data.startswith(_OLE):
        return data
    container: Any = CompDoc(data, logfile=io.StringIO())
    for name in ("Workbook", "Book"):
        memory, start, length = container.locate_named_stream(name)
        if memory:
            return bytes(memory[start : start + length])
    raise RefusedFileError(DAMAGED)


def _lean(data: bytes) -> bytes:
    """The same records, those of formatted blank cells under an id that is passed over.

    A sheet may be formatted down to its last row and column, and the library would make some
    objects of each of its cells.

    Raises:
        RefusedFileError: more cells than any form has, or far too wide rows.
    """
    records = bytearray(data)
    place, count, cells, slots = 0, 0, 0, 0
    widths: dict[int, int] = {}
    while place + 8 <= len(records):
        kind, size, row, col = struct.unpack_from("<4H", records, place)
        if kind in _CELLS:
            cells += 1
            last = col + size // 6 if kind == _NUMBERS else col
            slots += max(0, last + 1 - widths.get(row, 0))
            widths[row] = max(last + 1, widths.get(row, 0))
        elif kind in _NOT_SHOWN:
            records[place : place + 2] = _IGNORED
        elif kind == _BEGIN:
            widths.clear()
        place += 4 + size
        count += 1
        if count > _MAX_RECORDS or cells > MAX_CELLS or slots > _MAX_SLOTS:
            raise RefusedFileError(TOO_LARGE)
    return bytes(records)


def _xls_sheets(book: _Untyped) -> Iterator[RawSheet]:
    for index in range(book.nsheets):
        sheet: Any = book.sheet_by_index(index)
        yield _xls_sheet(book, sheet)
        book.unload_sheet(index)


def _xls_sheet(book: _Untyped, sheet: _Untyped) -> RawSheet:
    raw = RawSheet(sheet.name)
    source: Any = sheet
    for row in range(source.nrows):
        for col, kind in enumerate(source.row_types(row)):
            if kind not in (0, 6):  # empty, or formatted but blank
                raw.put(row, col, _xls_text(book, source, row, col, kind))
    for top, bottom, left, right in source.merged_cells[:MAX_MERGES]:
        if bottom > top and right > left:
            raw.merges.append((top, left, bottom - 1, right - 1))
    raw.hidden_rows = {row for row, info in source.rowinfo_map.items() if info.hidden}
    raw.widths = {
        col: info.width / 256 * 5.25 for col, info in source.colinfo_map.items() if info.width
    }
    return raw


def _xls_text(book: _Untyped, sheet: _Untyped, row: int, col: int, kind: int) -> str:
    """What a cell shows; kinds: 1 text, 2 number, 3 date, 4 boolean, 5 error."""
    value = sheet.cell_value(row, col)
    match kind:
        case 1:
            return str(value)
        case 2 | 3:
            return _shown(float(value), _xls_code(book, sheet, row, col), book.datemode == 1)
        case 4:
            return "TRUE" if value else "FALSE"
        case _:
            return str(error_text_from_code.get(value, "#N/A"))


def _xls_code(book: _Untyped, sheet: _Untyped, row: int, col: int) -> str:
    style = book.xf_list[sheet.cell_xf_index(row, col)]
    number = style.format_key
    if number in BUILTIN and number not in (5, 6, 7, 8):
        return BUILTIN[number]
    found = book.format_map.get(number)
    return str(found.format_str) if found is not None else "General"


def _shown(number: float, code: str, date1904: bool) -> str:
    if number - number != 0:  # infinite or not a number
        return ""
    return format_number(number, code, date1904=date1904)
