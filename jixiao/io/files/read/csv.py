"""Delimited text: .csv, .tsv, and what web systems save as .xls without its being one."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path

from jixiao.io.files.read.cells import TOO_LARGE, RawSheet, build_grid
from jixiao.io.files.read.package import DAMAGED, MB
from jixiao.io.files.read.text import decode
from jixiao.io.paper.page.grid import Grid
from jixiao.model.errors import RefusedFileError

_MAX_TEXT_FILE = 20 * MB
_MAX_FIELDS = 2_000_000
_HEAD, _LINES = 65_536, 60
_DELIMITERS = "\t,;|，"
_TOLD = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"\n]*"')
_PROTECTED = re.compile(r'\s*="((?:[^"]|"")*)"\s*')
_FORMULA = re.compile(r"\s*=\s*[A-Za-z0-9(+-][\w.()+*/,:$-]*$", re.ASCII)
# A digit behind an apostrophe is a text to Excel; an apostrophe before words is a sign.
_APOSTROPHE = re.compile(r"'\d+$")


def read_csv(path: Path) -> list[Grid]:
    """A delimited text (comma, tab or semicolon; UTF-8, UTF-16 or GB18030) as one Grid.

    Raises:
        RefusedFileError: no text in any of these encodings, or too large.
    """
    if path.stat().st_size > _MAX_TEXT_FILE:
        raise RefusedFileError(TOO_LARGE)
    text = decode(path.read_bytes())
    text, delimiter = _delimiter(text)
    if text.count(delimiter) + text.count("\n") + text.count("\r") > _MAX_FIELDS:
        raise RefusedFileError(TOO_LARGE)
    raw = RawSheet(path.stem)
    try:
        for row, values in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ):
            for col, value in enumerate(values):
                _take(raw, row, col, value)
    except csv.Error as error:
        raise RefusedFileError(DAMAGED) from error
    return [build_grid(raw)] if raw.texts else []


def _delimiter(text: str) -> tuple[str, str]:
    """The text without a first line that only names its delimiter, and the delimiter.

    It is the sign that most lines have, as often each, and not the one that is there most often:
    a long text may be full of commas.
    """
    told = _TOLD.match(text)
    if told:
        return text[told.end() :], told[1]
    lines = [_QUOTED.sub("", line) for line in text[:_HEAD].splitlines()[:_LINES]]

    def fitness(sign: str) -> tuple[int, int, int]:
        counts = Counter(line.count(sign) for line in lines if sign in line)
        return counts.total(), max(counts.values(), default=0), sum(counts.elements())

    return text, max(_DELIMITERS, key=fitness)


def _take(raw: RawSheet, row: int, col: int, value: str) -> None:
    """Puts a field as Excel shows it: systems protect codes from it as a formula (="00123")."""
    protected = _PROTECTED.fullmatch(value)
    if protected:
        raw.put(row, col, protected[1].replace('""', '"'))
    elif _FORMULA.match(value):
        raw.remark("no_result", row, col, value.strip())
    else:
        raw.put(row, col, value.removeprefix("'") if _APOSTROPHE.match(value) else value)
