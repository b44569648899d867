"""The older workbooks, .xls and WPS .et, by xlrd, and delimited text."""

from __future__ import annotations

import csv
import io
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlrd
from xlrd.biffh import XLRDError, error_text_from_code
from xlrd.compdoc import CompDocError

from jixiao.io.grid import Grid
from jixiao.io.numfmt import BUILTIN, format_number
from jixiao.io.read_cells import MAX_MERGES, TOO_LARGE, RawSheet, build_grid, build_grids
from jixiao.io.read_package import DAMAGED, ENCRYPTED, MB
from jixiao.io.read_text import decode
from jixiao.model.errors import RefusedFileError

_MAX_XLS = 64 * MB
_MAX_TEXT_FILE = 20 * MB
_MAX_FIELDS = 2_000_000
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


def read_csv(path: Path) -> list[Grid]:
    """A delimited text (comma, tab or semicolon; UTF-8, UTF-16 or GB18030) as one Grid.

    Raises:
        RefusedFileError: no text in any of these encodings, or too large.
    """
    if path.stat().st_size > _MAX_TEXT_FILE:
        raise RefusedFileError(TOO_LARGE)
    text = decode(path.read_bytes())
    head = text[:4096]
    delimiter = max(",\t;，", key=head.count)
    if text.count(delimiter) + text.count("\n") + text.count("\r") > _MAX_FIELDS:
        raise RefusedFileError(TOO_LARGE)
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
