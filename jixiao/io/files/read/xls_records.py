"""The records of an .xls workbook, made such that its library can read those that it needs.

Real files have records of odd sizes (comments, drawings), wrong counts, and formats down to the
last row. What a page does not show is passed over, and what is counted wrongly is counted anew.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from jixiao.io.files.read.raw_sheet import MAX_CELLS, TOO_LARGE
from jixiao.model.errors import RefusedFileError

_MAX_RECORDS = 1_000_000
# The library fills each row from its first column to its last cell.
_MAX_SLOTS = 5_000_000
# Records of BIFF 5 and 8 (MS-XLS 2.3.1).
_BEGIN, _NUMBERS, _FORMULA, _SHEET, _WORKSHEET = 0x0809, 0x00BD, 0x0006, 0x0085, 0x0010
_STRINGS, _CONTINUE, _STRING_CELL, _RECALCULATED, _LOCKED = 0x00FC, 0x003C, 0x00FD, 0x01C1, 0x002F
# Blank cells with a format, names, comments, drawings, links, conditions, panes and page breaks:
# nothing that a cell shows, but much to stumble on.
_NOT_SHOWN = frozenset({
    0x0201, 0x00BE, 0x0018, 0x0218, 0x001C, 0x005D, 0x01B6, 0x00EC, 0x00EB, 0x01B8, 0x0800,
    0x01B0, 0x01B1, 0x015F, 0x0041, 0x00A0, 0x001A, 0x001B, 0x0868, 0x01BE, 0x01B2,
})  # fmt: skip
_CELLS = frozenset({
    _FORMULA, 0x0203, 0x0204, 0x0205, _STRING_CELL, 0x027E, 0x00D6, _NUMBERS,
})  # fmt: skip
_IGNORED = struct.pack("<H", 0x0862)
_LONGEST_RECORD = 8_224
# The result of a formula that is a blank text; programs that calculate nothing write it as well.
_BLANK_RESULT = b"\x03\0\0\0\0\0\xff\xff"


@dataclass
class Records:
    """A workbook's records, and what they tell beside what the library does.

    ``blank``: by worksheet, the formulas whose result is a blank text; ``calculated``: a program
    that calculates wrote the file, so that the results are true.
    """

    data: bytearray
    blank: list[list[tuple[int, int]]] = field(default_factory=list[list[tuple[int, int]]])
    calculated: bool = False
    locked: bool = False
    strings: int = -1
    sheets: list[int] = field(default_factory=list[int])
    used_strings: int = 0


def mended(data: bytes) -> Records:
    """The same records, those that no page shows under an id that is passed over.

    Raises:
        RefusedFileError: more cells than any form has, or far too wide rows.
    """
    records = Records(bytearray(data))
    _walk(records)
    if records.strings >= 0 and not records.locked:
        _count_strings(records)
    return records


def _walk(records: Records) -> None:
    data = records.data
    place, count, cells, slots = 0, 0, 0, 0
    widths: dict[int, int] = {}
    while place + 8 <= len(data):
        kind, size, row, col = struct.unpack_from("<4H", data, place)
        if kind in _CELLS:
            cells += 1
            last = col + size // 6 if kind == _NUMBERS else col
            slots += max(0, last + 1 - widths.get(row, 0))
            widths[row] = max(last + 1, widths.get(row, 0))
            _note_cell(records, kind, place, (row, col))
        elif kind in _NOT_SHOWN:
            data[place : place + 2] = _IGNORED
        else:
            _note(records, kind, place)
            if kind == _BEGIN:
                widths.clear()
        place += 4 + size
        count += 1
        if count > _MAX_RECORDS or cells > MAX_CELLS or slots > _MAX_SLOTS:
            raise RefusedFileError(TOO_LARGE)


def _note_cell(records: Records, kind: int, place: int, at: tuple[int, int]) -> None:
    data = records.data
    if kind == _STRING_CELL and place + 14 <= len(data):
        (index,) = struct.unpack_from("<I", data, place + 10)
        records.used_strings = max(records.used_strings, index + 1)
    elif kind == _FORMULA and data.startswith(_BLANK_RESULT, place + 10) and records.blank:
        records.blank[-1].append(at)


def _note(records: Records, kind: int, place: int) -> None:
    if kind == _BEGIN:
        (what,) = struct.unpack_from("<H", records.data, place + 6)
        if what == _WORKSHEET:
            records.blank.append([])
    elif kind == _SHEET:
        records.sheets.append(place + 4)
    elif kind == _STRINGS and records.strings < 0:
        records.strings = place
    elif kind == _RECALCULATED:
        records.calculated = True
    elif kind == _LOCKED:
        records.locked = True


def _count_strings(records: Records) -> None:
    """Makes the table of strings have as many as the cells ask for.

    Its count may be wrong either way. Blank strings are put behind the last one for those that
    are not there, and the sheets behind them are told where they begin now.
    """
    data, start = records.data, records.strings
    end = start
    while end + 4 <= len(data):
        kind, size = struct.unpack_from("<2H", data, end)
        if end > start and kind != _CONTINUE:
            break
        end += 4 + size
    end = min(end, len(data))
    wanted = min(records.used_strings, (end - start) // 3)
    if start + 12 > end:
        return
    struct.pack_into("<I", data, start + 8, wanted)
    # A blank string is its length (two bytes) and its kind (one).
    room = 3 * wanted
    size = _LONGEST_RECORD // 3 * 3
    blanks = b"".join(
        struct.pack("<2H", _CONTINUE, min(size, room - i)) + bytes(min(size, room - i))
        for i in range(0, room, size)
    )
    data[end:end] = blanks
    for place in records.sheets:
        if place + 4 <= end:
            (begin,) = struct.unpack_from("<I", data, place)
            if end <= begin < 0xFFFF_0000:
                struct.pack_into("<I", data, place, begin + len(blanks))
