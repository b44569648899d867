"""Tab-separated text as spreadsheets put it on the clipboard."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jixiao.model.errors import KnownError

MAX_CELLS = 200_000
"""No more cells are taken from the clipboard: more than any form holds, little for memory."""

Matrix = list[list[str]]


class ClipboardError(KnownError):
    """Something on the clipboard that is too big to be taken."""


_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"(?=\t|\r?\n|\r|\Z)')
_PLAIN = re.compile(r"[^\t\r\n]*")
_SIMPLE = re.compile(r'[^\t\r\n"]*')
_LINE_END = re.compile(r"\r\n?")


def to_tsv(matrix: Sequence[Sequence[str]]) -> str:
    """Rows as Excel writes them: tabs between cells, CRLF after each row, quotes where needed."""
    return "".join("\t".join(_tsv_cell(text) for text in row) + "\r\n" for row in matrix)


def _tsv_cell(text: str) -> str:
    if _SIMPLE.fullmatch(text):
        return text
    text = _LINE_END.sub("\n", text)
    if any(char in text for char in '\t\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def parse_tsv(text: str) -> Matrix:
    """The cells of tab-separated text, all rows of one length.

    A cell that begins with a quote ends with the next single one before a tab or line end; where
    there is none the quote is an ordinary character. The line end after the last row is no row.

    Raises:
        ClipboardError: There are more than ``MAX_CELLS`` cells.
    """
    rows: Matrix = []
    row: list[str] = []
    at, count = 0, 0
    text = text.replace("\0", "")
    while at < len(text):
        quoted = _QUOTED.match(text, at) if text[at] == '"' else None
        match = quoted or _PLAIN.match(text, at)
        assert match is not None
        row.append(_cell_of(quoted) if quoted else match[0])
        count += 1
        at = match.end()
        if at < len(text) and text[at] == "\t":
            at += 1
            if at < len(text):
                continue
            row.append("")  # a tab at the very end opens one more cell
        rows.append(row)
        row = []
        at += 2 if text.startswith("\r\n", at) else 1
        if count > MAX_CELLS:
            raise too_big()
    width = max(map(len, rows), default=0)
    if width * len(rows) > 2 * MAX_CELLS:
        raise too_big()
    return [cells + [""] * (width - len(cells)) for cells in rows]


def _cell_of(quoted: re.Match[str]) -> str:
    return _LINE_END.sub("\n", quoted[1].replace('""', '"'))


def too_big() -> ClipboardError:
    """The error for a clipboard that holds more than this program takes."""
    return ClipboardError("剪贴板里的内容太多，没有粘贴。请分几次复制，或者用“导入”读取整个文件。")
