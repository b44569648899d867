"""Cells as HTML for the clipboard, for Excel, WPS and Word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from jixiao.io.grid import Cell


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
    by_row: list[list[Piece]] = [[] for _ in range(rows)]
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


def _html_cell(piece: Piece) -> str:
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
