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

from jixiao.io.files.read.cells import MAX_MERGES, TOO_LARGE, RawSheet, build_grids
from jixiao.io.files.read.package import DAMAGED, ENCRYPTED, MB
from jixiao.io.files.read.raised import raised
from jixiao.io.files.read.xls_records import Records, mended
from jixiao.io.paper.page.grid import Grid
from jixiao.io.paper.page.numfmt import BUILTIN
from jixiao.model.errors import RefusedFileError

_MAX_XLS = 64 * MB
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
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
        records = mended(_workbook(path.read_bytes()))
        with xlrd.open_workbook(
            file_contents=bytes(records.data),
            formatting_info=True,
            ragged_rows=True,
            on_demand=True,
            logfile=io.StringIO(),
        ) as book:
            return build_grids(_xls_sheets(book, records))
    except XLRDError as error:
        reason = ENCRYPTED if "encrypted" in str(error) else DAMAGED
        raise RefusedFileError(reason) from error
    except (CompDocError, FormulaError, *_PARSER_ERRORS) as error:
        raise RefusedFileError(DAMAGED) from error


def _workbook(data: bytes) -> bytes:
    """The records of a workbook, taken out of the container around them."""
    if not data.startswith(_OLE):
        return data
    # Sectors that two streams share, as some programs write, do not keep the first from being read.
    container: Any = CompDoc(data, logfile=io.StringIO(), ignore_workbook_corruption=True)
    for name in ("Workbook", "Book"):
        memory, start, length = container.locate_named_stream(name)
        if memory:
            return bytes(memory[start : start + length])
    raise RefusedFileError(DAMAGED)


def _xls_sheets(book: _Untyped, records: Records) -> Iterator[RawSheet]:
    for index in range(book.nsheets):
        sheet: Any = book.sheet_by_index(index)
        raw = _xls_sheet(book, sheet)
        if not records.calculated and len(records.blank) == book.nsheets:
            for row, col in records.blank[index]:
                raw.remark("no_result", row, col)
        yield raw
        book.unload_sheet(index)


def _xls_sheet(book: _Untyped, sheet: _Untyped) -> RawSheet:
    raw = RawSheet(sheet.name, hidden=bool(sheet.visibility))
    source: Any = sheet
    raw.zeros = bool(getattr(source, "show_zero_values", 1))
    for row in range(source.nrows):
        for col, kind in enumerate(source.row_types(row)):
            if kind not in (0, 6):  # empty, or formatted but blank
                _take_cell(raw, book, source, (row, col), kind)
    for top, bottom, left, right in source.merged_cells[:MAX_MERGES]:
        if bottom > top and right > left:
            raw.merges.append((top, left, bottom - 1, right - 1))
    raw.hidden_rows = {
        row for row, info in source.rowinfo_map.items() if info.hidden or info.height == 0
    }
    for col, info in source.colinfo_map.items():
        if info.hidden or info.width == 0:
            raw.hidden_columns.add(col)
        else:
            raw.widths[col] = info.width / 256 * 5.25
    return raw


def _take_cell(
    raw: RawSheet, book: _Untyped, sheet: _Untyped, place: tuple[int, int], kind: int
) -> None:
    """Puts a cell into the sheet; kinds: 1 text, 2 number, 3 date, 4 boolean, 5 error."""
    value: Any = sheet.cell_value(*place)
    match kind:
        case 1:
            text = _with_raised(book, sheet, place, str(value))
            raw.put_text(*place, text, _xls_code(book, sheet, *place))
        case 2 | 3:
            number = float(value)
            if number - number == 0:  # neither infinite nor no number
                code = _xls_code(book, sheet, *place)
                raw.put_number(*place, number, code, date1904=book.datemode == 1)
        case 4:
            raw.put(*place, "TRUE" if value else "FALSE")
        case _:
            raw.put(*place, str(error_text_from_code.get(value, "#N/A")))


def _with_raised(book: _Untyped, sheet: _Untyped, place: tuple[int, int], text: str) -> str:
    """A text whose raised digits (m², 10⁴) are characters of their own."""
    runs: list[tuple[int, int]] = sheet.rich_text_runlist_map.get(place, [])
    if not runs:
        return text
    starts = [start for start, _ in runs]
    pieces = [text[: starts[0]]]
    for (start, font), end in zip(runs, [*starts[1:], len(text)], strict=True):
        is_raised = font < len(book.font_list) and book.font_list[font].escapement == 1
        pieces.append(raised(text[start:end]) if is_raised else text[start:end])
    return "".join(pieces)


def _xls_code(book: _Untyped, sheet: _Untyped, row: int, col: int) -> str:
    style = book.xf_list[sheet.cell_xf_index(row, col)]
    number = style.format_key
    if number in BUILTIN and number not in (5, 6, 7, 8):
        return BUILTIN[number]
    found = book.format_map.get(number)
    return str(found.format_str) if found is not None else "General"
