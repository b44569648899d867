"""Exchange files from disk, with bounds: they come from elsewhere like any draft."""

from __future__ import annotations

from pathlib import Path

from jixiao.io.files.exchange import load_entries
from jixiao.io.files.read.cells import MAX_ROWS, TOO_LARGE
from jixiao.io.files.read.errors import open_errors
from jixiao.io.files.read.text import decode
from jixiao.model.errors import RefusedFileError
from jixiao.model.table import LIST_NAMES, Table

_MAX_FILE = 100 << 20
# Each of these costs some sixty bytes and more, and some microseconds, once it is parsed.
_MAX_ROWS, _MAX_VALUES = 400_000, 4_000_000


def read_exchange(path: Path) -> list[Table]:
    """The tables of an exchange file.

    Raises:
        RefusedFileError: it is none, made by a newer version, damaged, too large.
    """
    return [table for table, _ in read_entries(path)]


def read_entries(path: Path) -> list[tuple[Table, str]]:
    """The tables of an exchange file, each with its state of work, empty if not told.

    Raises:
        RefusedFileError: as ``read_exchange``.
    """
    with open_errors():
        if path.stat().st_size > _MAX_FILE:
            raise RefusedFileError(TOO_LARGE)
        data = path.read_bytes()
    if data.count(b"{") > _MAX_ROWS or data.count(b"[") + data.count(b",") > _MAX_VALUES:
        raise RefusedFileError(TOO_LARGE)
    entries = load_entries(decode(data))
    if any(len(table.rows(name)) > MAX_ROWS for table, _ in entries for name in LIST_NAMES):
        raise RefusedFileError(TOO_LARGE)
    return entries
