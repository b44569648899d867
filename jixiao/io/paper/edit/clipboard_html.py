"""Cells as HTML for the clipboard, for Excel, WPS and Word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from jixiao.io.paper.page.grid import Cell, Style


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell as it is cut out by the selection, in rows and columns of the block."""

    row: int
    col: int
    rowspan: int
    colspan: int
    cell: Cell


_HEAD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">'
    '<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    "<style>table{border-collapse:collapse}td{white-space:normal}"
    "br{mso-data-placement:same-cell}</style></head><body><!--StartFragment-->"
)
_LINE_END = re.compile(r"\r\n?")
_PLAIN = re.compile(r"[^\s<>&]*")
_EDGE_BLANKS = re.compile(r"(?<![^\n ]) | (?= |\n|\Z)")
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


def to_html(pieces: Sequence[Piece], rows: int, widths: Sequence[float]) -> str:
    """Cells as an HTML table that Excel, WPS and Word paste with spans, borders and alignment.

    Args:
        pieces: The cells in reading order, placed in the block.
        rows: How many rows the block has.
        widths: The widths of its columns in points.
    """
    out = [_HEAD, '<table border="0" cellspacing="0" cellpadding="0"']
    out.append(f' style="width:{sum(widths):.1f}pt">')
    out += [f'<col style="width:{width:.1f}pt">' for width in widths]
    by_row: list[list[tuple[int, str]]] = [[] for _ in range(rows)]
    css: dict[int, str] = {}
    covered = 0
    for piece in pieces:
        by_row[piece.row].append((piece.col, _html_cell(piece, css)))
        covered += piece.rowspan * piece.colspan
    if covered < rows * len(widths):
        for row, col in _gaps(pieces, rows, len(widths)):
            by_row[row].append((col, "<td></td>"))
    for cells in by_row:
        out.append("<tr>" + "".join([html for _, html in sorted(cells)]) + "</tr>")
    return "".join(out) + "</table><!--EndFragment--></body></html>"


def _gaps(pieces: Sequence[Piece], rows: int, columns: int) -> Iterator[tuple[int, int]]:
    """The positions of the block that no cell covers."""
    free = [[True] * columns for _ in range(rows)]
    for piece in pieces:
        for row in free[piece.row : piece.row + piece.rowspan]:
            row[piece.col : piece.col + piece.colspan] = [False] * piece.colspan
    for number, row in enumerate(free):
        yield from ((number, col) for col, blank in enumerate(row) if blank)


def _html_cell(piece: Piece, css: dict[int, str]) -> str:
    """A cell; ``css`` keeps what each style came to, as many cells share few."""
    text, style = piece.cell.text, piece.cell.style
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    spans = f' rowspan="{piece.rowspan}"' if piece.rowspan > 1 else ""
    spans += f' colspan="{piece.colspan}"' if piece.colspan > 1 else ""
    looks = css.get(id(style))
    if looks is None:
        looks = css[id(style)] = escape(";".join(_css(style)), quote=True)
    number = _number_format(text) if text else ""
    if number:
        looks += escape(f";mso-number-format:{number}", quote=True)
    return f'<td{spans} style="{looks}">{_html_text(text)}</td>'


def _html_text(text: str) -> str:
    """A text in which no blank or line feed is lost."""
    if _PLAIN.fullmatch(text):
        return text
    body = escape(text, quote=False).replace("\t", "    ")
    body = _EDGE_BLANKS.sub("&nbsp;", body)
    return body.replace("\n", "<br>")


def _css(style: Style) -> list[str]:
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
    return found


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
