"""The rarer workbooks: .xls and WPS .et by xlrd, .xlsb by calamine, and delimited text."""

from __future__ import annotations

import csv
import io
import re
import struct
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, cast

import xlrd
from python_calamine import CalamineError, CalamineWorkbook
from xlrd.biffh import XLRDError, error_text_from_code
from xlrd.compdoc import CompDocError

from jixiao.io.grid import Grid
from jixiao.io.numfmt import BUILTIN, format_number, from_datetime, general
from jixiao.io.read_cells import (
    MAX_CELLS,
    MAX_MERGES,
    TOO_LARGE,
    RawSheet,
    build_grid,
    build_grids,
)
from jixiao.io.read_package import DAMAGED, ENCRYPTED, MB, Package
from jixiao.model.errors import RefusedFileError

_MAX_XLS = 64 * MB
_MAX_TEXT_FILE = 20 * MB
_MAX_DENSE = 4_000_000
# xlrd brings no types.
_Untyped = Any
_Corner = tuple[int, int]

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
            file_contents=path.read_bytes(),
            formatting_info=True,
            ragged_rows=True,
            on_demand=True,
            logfile=io.StringIO(),
        ) as book:
            return build_grids(_xls_sheets(book))
    except XLRDError as error:
        reason = ENCRYPTED if "encrypted" in str(error) else DAMAGED
        raise RefusedFileError(reason) from error
    except (CompDocError, *_PARSER_ERRORS) as error:
        raise RefusedFileError(DAMAGED) from error


def _xls_sheets(book: _Untyped) -> Iterator[RawSheet]:
    for index in range(book.nsheets):
        sheet: Any = book.sheet_by_index(index)
        yield _xls_sheet(book, sheet)
        book.unload_sheet(index)


def _xls_sheet(book: _Untyped, sheet: _Untyped) -> RawSheet:
    raw = RawSheet(sheet.name)
    source: Any = sheet
    for row in range(source.nrows):
        for col in range(source.row_len(row)):
            kind = source.cell_type(row, col)
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


def read_xlsb(path: Path) -> list[Grid]:
    """The sheets of an .xlsb workbook; numbers come without their formats.

    Raises:
        RefusedFileError: damaged, encrypted, or its cells lie too far apart for the library.
    """
    with Package(path) as package:
        for name in package.names:
            if re.fullmatch(r"xl/worksheets/[^/]+\.bin", name):
                _refuse_wide(package.read(name))
    grids: list[Grid] = []

    def load() -> None:
        with CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())) as workbook:
            raw = [_calamine_sheet(workbook, name) for name in workbook.sheet_names]
        grids.extend(build_grids(raw))

    try:
        _without_panic(load)
    except (CalamineError, *_PARSER_ERRORS) as error:
        raise RefusedFileError(DAMAGED) from error
    return grids


def _without_panic(load: Callable[[], None]) -> None:
    """Runs a call into calamine; a panic in it (a BaseException) means a damaged file."""
    try:
        load()
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise RefusedFileError(DAMAGED) from error


def _calamine_sheet(workbook: _Untyped, name: str) -> RawSheet:
    raw = RawSheet(name)
    sheet = workbook.get_sheet_by_name(name)
    top, left = sheet.start or (0, 0)
    for row, values in enumerate(sheet.to_python(skip_empty_area=True), top):
        for col, value in enumerate(values, left):
            raw.put(row, col, _plain(value))
    merges = cast("list[tuple[_Corner, _Corner]]", sheet.merged_cell_ranges or [])
    raw.merges += [(*first, *last) for first, last in merges[:MAX_MERGES]]
    return raw


def _plain(value: object) -> str:
    """A value without a known number format as text."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return general(value)
        case datetime():
            clock = " h:mm" if value.time() != time() else ""
            return format_number(from_datetime(value), BUILTIN[14] + clock)
        case date():
            return f"{value.year}/{value.month}/{value.day}"
        case timedelta():
            return format_number(value / timedelta(days=1), "[h]:mm:ss")
        case _:
            return str(value)


def _refuse_wide(data: bytes) -> None:
    """Refuses a binary sheet whose first and last cell lie too far apart.

    The library allocates the whole rectangle between them. Records are an id and a length of one
    to four bytes each (MS-XLSB 2.1.4); row headers have id 0, cells the ids 1 to 11.
    """
    place, row, cells = 0, 0, 0
    rows: list[int] = []
    last_col = 0
    while place < len(data):
        kind, place = _variable(data, place, 2)
        length, place = _variable(data, place, 4)
        if kind == 0 and length >= 4:
            row = int.from_bytes(data[place : place + 4], "little")
        elif 2 <= kind <= 11 and length >= 4:
            cells += 1
            if not rows:
                rows = [row, row]
            rows = [min(rows[0], row), max(rows[1], row)]
            last_col = max(last_col, int.from_bytes(data[place : place + 4], "little"))
        place += length
    if cells > MAX_CELLS or (rows and (rows[1] - rows[0] + 1) * (last_col + 1) > _MAX_DENSE):
        raise RefusedFileError(TOO_LARGE)


def _variable(data: bytes, place: int, most: int) -> tuple[int, int]:
    """A number of up to ``most`` bytes of seven bits each, and the place behind it."""
    number = 0
    for i in range(most):
        if place >= len(data):
            break
        byte = data[place]
        place += 1
        number |= (byte & 0x7F) << (7 * i)
        if not byte & 0x80:
            break
    return number, place


def read_csv(path: Path) -> list[Grid]:
    """A delimited text (comma, tab or semicolon; UTF-8, UTF-16 or GB18030) as one Grid.

    Raises:
        RefusedFileError: no text in any of these encodings, or too large.
    """
    if path.stat().st_size > _MAX_TEXT_FILE:
        raise RefusedFileError(TOO_LARGE)
    text = _decoded(path.read_bytes())
    head = text[:4096]
    delimiter = max(",\t;，", key=head.count)
    raw = RawSheet(path.stem)
    try:
        for row, values in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ):
            for col, value in enumerate(values):
                raw.put(row, col, value)
    except csv.Error as error:
        raise RefusedFileError(DAMAGED) from error
    return [build_grid(raw)] if raw.texts else []


def _decoded(data: bytes) -> str:
    codecs = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for codec in codecs:
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    raise RefusedFileError("文本的编码认不出来；请用 Excel 或 WPS 打开它，另存为 .xlsx 再导入")
