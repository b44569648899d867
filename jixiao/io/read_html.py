"""Tables on the clipboard as Excel, WPS and Word write them in HTML, read into a page.

The HTML is foreign and may be hostile: sizes are bounded, nothing is fetched, and of the markup
only cells, spans, line breaks and what is hidden counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree as _etree  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType]

from jixiao.io.grid import Cell, Grid, Part, RowFormat
from jixiao.io.tsv import MAX_CELLS, Matrix, too_big

_LONGEST = 20_000_000
_WIDEST = 1_000
_CONTROL = re.compile("[\0-\x08\x0b\x0e-\x1f]")
_HARD_BREAK = "\x01"
_SPACE = re.compile(r"[ \t\r\n\f]+")
_AROUND_BREAK = re.compile(f" *{_HARD_BREAK} *")
_SPAN = re.compile(r"\s*(\d{1,7})")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|mso-hide\s*:\s*all)", re.IGNORECASE)
_OVERFLOW = re.compile(r"mso-ignore\s*:\s*(colspan|rowspan)", re.IGNORECASE)
_SKIPPED = frozenset({"script", "style", "del", "rt", "rp", "head", "title"})
_PARAGRAPHS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "h5", "h6"})
_LINES = _PARAGRAPHS | {"div", "tr"}


@dataclass(frozen=True)
class Block:
    """What was on the clipboard: as a page with spans, and as texts (blank where covered).

    The page also has the paragraphs around the tables, ``matrix`` only the tables.
    """

    grid: Grid
    matrix: Matrix


def parse_html(html: str) -> Block | None:
    """The tables of clipboard HTML, one below the other; None when it has none.

    Raises:
        ClipboardError: It is too big to be taken.
    """
    if len(html) > _LONGEST:
        raise too_big()
    start = html.find("<")  # Windows puts a header of offsets before it
    html = _CONTROL.sub("", html[max(start, 0) :])
    lower = html[:_LONGEST].lower()
    if "<table" not in lower:
        if "<tr" not in lower:
            return None
        html = f"<table>{html}</table>"
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    return _block(root) if root is not None else None


def _block(root: Node) -> Block | None:
    page = _PageBuilder()
    for element in _top_level(root):
        if element.tag == "table":
            page.add_table(element)
        else:
            page.add_paragraph(_text(element))
    return page.block() if page.tables else None


def _top_level(root: Node) -> Iterator[Node]:
    """Tables that stand in no other, and paragraphs outside tables, in document order."""
    walk = _walk(root, events=("start",))
    for _, element in walk:
        tag = element.tag
        if tag == "table":
            yield element
            walk.skip_subtree()
        elif tag in _SKIPPED:
            walk.skip_subtree()
        elif tag in _PARAGRAPHS and element.find(".//table") is None:
            yield element
            walk.skip_subtree()


class _PageBuilder:
    def __init__(self) -> None:
        self.tables = 0
        self._cells: list[Cell] = []
        self._rows: list[RowFormat] = []
        self._paragraphs: dict[int, str] = {}
        self._width = 1
        self._area = 0

    def add_paragraph(self, text: str) -> None:
        """A line of text between tables."""
        if text:
            self._paragraphs[len(self._rows)] = text
            self._rows.append(RowFormat())

    def add_table(self, table: Node) -> None:
        """A table's rows and cells; spans end with the table."""
        rows = [row for row in _own(table, "tr") if not _is_ghost(row)]
        taken: set[tuple[int, int]] = set()
        top = len(self._rows)
        for number, row in enumerate(rows):
            col = 0
            for element in _own_cells(row):
                while (number, col) in taken:
                    col += 1
                height, width = _spans(element, len(rows) - number)
                width = _free_width(taken, number, col, width)
                self._add(element, top + number, col, height, width)
                taken.update((number + r, col + c) for r in range(height) for c in range(width))
                col += _span_of(element, "colspan") if width == 1 else width
            self._rows.append(RowFormat(hidden=_hidden(row)))
        self.tables += 1

    def _add(self, element: Node, row: int, col: int, height: int, width: int) -> None:
        self._area += height * width
        self._width = max(self._width, col + width)
        if self._area > MAX_CELLS or (len(self._rows) + 1) * self._width > 4 * MAX_CELLS:
            raise too_big()
        text = _text(element)
        self._cells.append(Cell(row, col, height, width, (Part(text),) if text else ()))

    def block(self) -> Block:
        """The page and the matrix of what was added."""
        height, width = len(self._rows), self._width
        if height * width > 4 * MAX_CELLS:
            raise too_big()
        texts = [[""] * width for _ in range(height)]
        for cell in self._cells:
            texts[cell.row][cell.col] = cell.text
        matrix = [row for number, row in enumerate(texts) if number not in self._paragraphs]
        lines = [Cell(n, 0, 1, width, (Part(text),)) for n, text in self._paragraphs.items()]
        cells = sorted([*self._cells, *lines], key=lambda cell: (cell.row, cell.col))
        grid = Grid(
            tuple(cells),
            tuple(self._rows),
            (60.0,) * width,
            sheet="剪贴板",
            paragraph_rows=frozenset(self._paragraphs),
        )
        return Block(grid, matrix)


def _free_width(taken: set[tuple[int, int]], row: int, col: int, width: int) -> int:
    """How far a cell reaches before it would cover one that hangs down from above."""
    return next((n for n in range(1, width) if (row, col + n) in taken), width)


def _own(table: Node, tag: str) -> Iterator[Node]:
    """The elements of a table that belong to no table inside it."""
    walk = _walk(table, events=("start",))
    for _, element in walk:
        if element is table:
            continue
        if element.tag == "table":
            walk.skip_subtree()
        elif element.tag == tag:
            yield element


def _own_cells(row: Node) -> Iterator[Node]:
    return (child for child in row if child.tag in {"td", "th"})


def _is_ghost(row: Node) -> bool:
    """The invisible last row that Excel writes to fix the widths of columns."""
    return _hidden(row) and not any(_text(cell) for cell in _own_cells(row))


def _hidden(element: Node) -> bool:
    return bool(_HIDDEN.search(element.get("style", "")))


def _spans(element: Node, rows_left: int) -> tuple[int, int]:
    """Height and width of a cell. Text running over its neighbours is no span."""
    ignored = {word.lower() for word in _OVERFLOW.findall(element.get("style", ""))}
    height = 1 if "rowspan" in ignored else _span_of(element, "rowspan") or rows_left
    width = 1 if "colspan" in ignored else _span_of(element, "colspan") or 1
    return min(height, rows_left), min(width, _WIDEST)


def _span_of(element: Node, name: str) -> int:
    match = _SPAN.match(element.get(name, "1"))
    return min(int(match[1]), 65_535 if name == "rowspan" else _WIDEST) if match else 1


def _text(cell: Node) -> str:
    """The words of a cell as they are seen, with its line breaks."""
    pieces: list[str] = []
    walk = _walk(cell, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            if element is not cell and element.tail:
                pieces.append(element.tail)
            continue
        if element.tag in _SKIPPED or (element is not cell and _hidden(element)):
            walk.skip_subtree()
            continue
        if element.tag == "br" or (element.tag in _LINES and _has_text(pieces)):
            pieces.append(_HARD_BREAK)
        elif element.tag in {"td", "th"} and element is not cell:
            pieces.append(" ")
        if element.text:
            pieces.append(element.text)
    text = _SPACE.sub(_collapse, "".join(pieces)).strip(" ")
    text = _AROUND_BREAK.sub("\n", text).replace("\u00a0", " ")
    return text.strip("\n") if text.strip() else ""


def _has_text(pieces: list[str]) -> bool:
    return any(not piece.isspace() or "\u00a0" in piece for piece in pieces)


def _collapse(match: re.Match[str]) -> str:
    """Blanks of the markup: one blank, none for a line end between two Chinese characters."""
    text, start, end = match.string, match.start(), match.end()
    wide = start > 0 and end < len(text) and _is_wide(text[start - 1]) and _is_wide(text[end])
    return "" if wide and "\n" in match[0] else " "


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in {"W", "F"}
