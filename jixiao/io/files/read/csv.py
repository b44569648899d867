"""Delimited text: .csv, .tsv, and what web systems save as .xls without its being one."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from jixiao.io.files.read.cells import TOO_LARGE, RawSheet, build_grid
from jixiao.io.files.read.package import DAMAGED, MB
from jixiao.io.files.read.text import decode
from jixiao.io.paper.page.grid import Grid
from jixiao.model.errors import RefusedFileError

_MAX_TEXT_FILE = 20 * MB
_MAX_FIELDS = 2_000_000


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
