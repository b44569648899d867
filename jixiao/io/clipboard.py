"""The clipboard as data: cells of a page out as TSV and HTML, TSV back into a matrix."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape

from jixiao.io.grid import Cell, Grid, RowFormat
from jixiao.model.errors import KnownError

MAX_CELLS = 200_000
"""No more cells are taken from the clipboard: more than any form holds, little for memory."""

Matrix = list[list[str]]


class ClipboardError(KnownError):
    """Something on the clipboard that is too big to be taken."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle of positions; ``bottom`` and ``right`` are the row and column after it."""

    top: int
    left: int
    bottom: int
    right: int


Selection = Rect | Collection[tuple[int, int]]
"""A rectangle, or any positions (row, column)."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What goes to the clipboard; ``rows`` are the texts, blank where a merged cell goes on."""

    tsv: str
    html: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A cell as it is cut out by the selection, in rows and columns of the block."""

    row: int
    col: int
    rowspan: int
    colspan: int
    cell: Cell


def bounds(selection: Selection) -> Rect:
    """The smallest rectangle around a selection; empty for no positions."""
    if isinstance(selection, Rect):
        return selection
    if not selection:
        return Rect(0, 0, 0, 0)
    rows = [row for row, _ in selection]
    cols = [col for _, col in selection]
    return Rect(min(rows), min(cols), max(rows) + 1, max(cols) + 1)


def copy_block(grid: Grid, selection: Selection, *, headers: bool = False) -> Copied:
    """The selected cells as TSV and HTML.

    A merged cell gives its text once, at the first of its selected positions; in HTML it keeps
    the part of its span that is selected. With ``headers`` the label rows above the first
    selected band row go along.
    """
    rect = bounds(selection)
    rows = list(range(rect.top, rect.bottom))
    chosen = None if isinstance(selection, Rect) else frozenset(selection)
    if headers:
        rows = _header_rows(grid, rect) + rows
    pieces = _pieces(grid, rows, rect, chosen)
    width = rect.right - rect.left
    matrix = [[""] * width for _ in rows]
    for piece in pieces:
        matrix[piece.row][piece.col] = piece.cell.text
    html = _html(pieces, len(rows), grid.columns[rect.left : rect.right])
    return Copied(to_tsv(matrix), html, tuple(tuple(row) for row in matrix))


def _header_rows(grid: Grid, rect: Rect) -> list[int]:
    """The rows above the band of the first selected row that only hold labels of its columns."""
    first = next((row for row in range(rect.top, rect.bottom) if grid.rows[row].band), None)
    if first is None or first != rect.top:
        return []
    return header_rows(grid, first)


def header_rows(grid: Grid, row: int) -> list[int]:
    """The rows with the header words of the band in which a row stands."""
    while row > 0 and grid.rows[row - 1].band == grid.rows[row].band:
        row -= 1
    top = row - 1
    cells = [cell for cell in grid.row_cells(top) if cell.row == top] if row else []
    if len(cells) < 2 or not all(cell.is_label for cell in cells):
        return []
    return [top]


def _pieces(
    grid: Grid,
    rows: Sequence[int],
    rect: Rect,
    chosen: Collection[tuple[int, int]] | None,
) -> list[_Piece]:
    """The cells under the selected positions, cut to them, in reading order."""
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    cells: dict[tuple[int, int], Cell] = {}
    for number, row in enumerate(rows):
        for col in range(rect.left, rect.right):
            cell = grid.at(row, col)
            header = row < rect.top
            if cell is None or (chosen is not None and not header and (row, col) not in chosen):
                continue
            place = (cell.row, cell.col)
            cells[place] = cell
            found.setdefault(place, []).append((number, col - rect.left))
    pieces: list[_Piece] = []
    for place, spots in found.items():
        top, left = spots[0]
        bottom = max(row for row, _ in spots) + 1
        right = max(col for _, col in spots) + 1
        if (bottom - top) * (right - left) != len(spots):  # picked in an odd pattern
            bottom, right = top + 1, left + 1
        pieces.append(_Piece(top, left, bottom - top, right - left, cells[place]))
    return sorted(pieces, key=lambda piece: (piece.row, piece.col))


# --- TSV -----------------------------------------------------------------------------------

_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"(?=\t|\r?\n|\r|\Z)')
_PLAIN = re.compile(r"[^\t\r\n]*")
_LINE_END = re.compile(r"\r\n?")


def to_tsv(matrix: Sequence[Sequence[str]]) -> str:
    """Rows as Excel writes them: tabs between cells, CRLF after each row, quotes where needed."""
    return "".join("\t".join(_tsv_cell(text) for text in row) + "\r\n" for row in matrix)


def _tsv_cell(text: str) -> str:
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


def grid_of(matrix: Sequence[Sequence[str]]) -> Grid:
    """A matrix of texts as a page without spans, for recognition."""
    cells = tuple(
        text_cell(row, col, text)
        for row, texts in enumerate(matrix)
        for col, text in enumerate(texts)
        if text
    )
    width = max((len(row) for row in matrix), default=0)
    return Grid(cells, tuple(RowFormat() for _ in matrix), (60.0,) * width, sheet="剪贴板")


def text_cell(row: int, col: int, text: str, rowspan: int = 1, colspan: int = 1) -> Cell:
    """A cell with plain text."""
    from jixiao.io.grid import Part

    return Cell(row, col, rowspan, colspan, (Part(text),) if text else ())


# --- HTML ----------------------------------------------------------------------------------

_HEAD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">'
    '<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    "<style>table{border-collapse:collapse}td{white-space:normal}"
    "br{mso-data-placement:same-cell}</style></head><body><!--StartFragment-->"
)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.(\d+))?")
_RISKY = re.compile(r"^[\s=+\-@']|\d")
_LINES = {
    "thin": ".5pt solid",
    "hair": ".5pt dotted",
    "dotted": ".5pt dotted",
    "dashed": ".5pt dashed",
    "medium": "1.0pt solid",
    "thick": "1.5pt solid",
    "double": "2.0pt double",
}


def _html(pieces: Sequence[_Piece], rows: int, widths: Sequence[float]) -> str:
    out = [_HEAD, '<table border="0" cellspacing="0" cellpadding="0"']
    out.append(f' style="width:{sum(widths):.1f}pt">')
    out += [f'<col style="width:{width:.1f}pt">' for width in widths]
    by_row: list[list[_Piece]] = [[] for _ in range(rows)]
    free = [[True] * len(widths) for _ in range(rows)]
    for piece in pieces:
        by_row[piece.row].append(piece)
        for row in free[piece.row : piece.row + piece.rowspan]:
            row[piece.col : piece.col + piece.colspan] = [False] * piece.colspan
    for number in range(rows):
        cells = {piece.col: _html_cell(piece) for piece in by_row[number]}
        cells |= {col: "<td></td>" for col, blank in enumerate(free[number]) if blank}
        out.append("<tr>" + "".join(cells[col] for col in sorted(cells)) + "</tr>")
    return "".join(out) + "</table><!--EndFragment--></body></html>"


def _html_cell(piece: _Piece) -> str:
    text = _LINE_END.sub("\n", piece.cell.text)
    spans = f' rowspan="{piece.rowspan}"' if piece.rowspan > 1 else ""
    spans += f' colspan="{piece.colspan}"' if piece.colspan > 1 else ""
    style = escape(";".join(_css(piece.cell, text)), quote=True)
    return f'<td{spans} style="{style}">{_html_text(text)}</td>'


def _html_text(text: str) -> str:
    """A text in which no blank or line feed is lost."""
    body = escape(text, quote=False).replace("\t", "    ")
    body = re.sub(r"(?<![^\n ]) | (?= |\n|\Z)", "&nbsp;", body)
    return body.replace("\n", "<br>") or ""


def _css(cell: Cell, text: str) -> list[str]:
    style = cell.style
    found = [
        f"font-family:{_font(style.font)}",
        f"font-size:{style.size:g}pt",
        f"text-align:{style.halign}",
        f"vertical-align:{'middle' if style.valign == 'center' else style.valign}",
    ]
    if style.bold:
        found.append("font-weight:bold")
    if style.fill:
        found.append(f"background:#{style.fill}")
    if style.color:
        found.append(f"color:#{style.color}")
    for edge in ("left", "right", "top", "bottom"):
        line: str = getattr(style.border, edge)
        if line:
            found.append(f"border-{edge}:{_LINES.get(line, _LINES['thin'])} windowtext")
    number = _number_format(text)
    return found + ([f"mso-number-format:{number}"] if number else [])


def _font(name: str) -> str:
    """A font name as a CSS string; whatever could end the string is left out."""
    return "'" + re.sub(r"[^\w \-.]", "", name) + "'"


def _number_format(text: str) -> str:
    """The format that keeps a text as it is in Excel: decimals of a number, else text.

    Text of which Excel would make a number, a date or a formula is marked as text; long text is
    not, as older Excel shows ##### for text cells with more than 255 characters.
    """
    number = _NUMBER.fullmatch(text)
    if number and len(text) <= 15:
        return '"0\\.' + "0" * len(number[1]) + '"' if number[1] else '"0"'
    return '"\\@"' if _RISKY.search(text[:1]) or (len(text) <= 255 and _RISKY.search(text)) else ""
