"""Tables in HTML, as Excel, WPS and Word put it on the clipboard and web systems save it as .xls.

The HTML is foreign and may be hostile: sizes are bounded, nothing is fetched, and of the markup
only cells, spans, line breaks, input fields and what is hidden counts.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from jixiao.io.files.read.cells import TOO_LARGE
from jixiao.io.files.read.html_text import PARAGRAPHS, SKIPPED, is_hidden, text_of
from jixiao.io.files.read.package import Element, etree
from jixiao.io.files.read.text import decode
from jixiao.io.paper.edit.tsv import MAX_CELLS, ClipboardError, Matrix, too_big
from jixiao.io.paper.page.clean import tidy
from jixiao.io.paper.page.grid import Cell, Grid, Part, RowFormat
from jixiao.model.errors import RefusedFileError

_LONGEST = 20_000_000
_MOST_TAGS, _MOST_CELLS = 1_000_000, 60_000
_WIDEST = 1_000
# A table within a cell that is larger than this is a table of its own, not words of the cell.
_NESTED_ROWS, _NESTED_COLUMNS = 3, 2
_CONTROL = re.compile("[\0-\x08\x0b\x0e-\x1f]")
_SPAN = re.compile(r"\s*(\d{1,7})")
_OVERFLOW = re.compile(r"mso-ignore\s*:\s*(colspan|rowspan)", re.IGNORECASE)


@dataclass(frozen=True)
class Block:
    """What was on the clipboard: as a page with spans, and as texts (blank where covered).

    The page also has the paragraphs around the tables, ``matrix`` only the tables. ``covered`` are
    the rows of the matrix in which no cell begins.
    """

    grid: Grid
    matrix: Matrix
    covered: frozenset[int] = frozenset()


def parse_html(html: str) -> Block | None:
    """The tables of clipboard HTML, one below the other; None when it has none.

    Raises:
        ClipboardError: It is too big to be taken.
    """
    if len(html) > _LONGEST or html.count("<") > _MOST_TAGS:
        raise too_big()
    start = html.find("<")  # Windows puts a header of offsets before it
    html = _CONTROL.sub("", html[max(start, 0) :])
    lower = html.lower()
    if lower.count("<td") + lower.count("<th") > _MOST_CELLS:
        raise too_big()
    if "<table" not in lower:
        if "<tr" not in lower:
            return None
        html = f"<table>{html}</table>"
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    return _block(root) if root is not None else None


def read_html(path: Path) -> list[Grid]:
    """A saved web page with tables as one Grid, none when nothing is written in them.

    Raises:
        RefusedFileError: too large, or in no known encoding.
    """
    if path.stat().st_size > 2 * _LONGEST:
        raise RefusedFileError(TOO_LARGE)
    return grids_of_html(decode(path.read_bytes()))


def grids_of_html(html: str) -> list[Grid]:
    """The tables of a web page below each other as one Grid, none when there are none.

    Raises:
        RefusedFileError: too large.
    """
    try:
        block = parse_html(html)
    except ClipboardError as error:
        raise RefusedFileError(TOO_LARGE) from error
    if block is None or not any(cell.parts for cell in block.grid.cells):
        return []
    cells = tuple(
        replace(cell, parts=(Part(tidy(cell.text)),) if cell.parts else ())
        for cell in block.grid.cells
    )
    return [replace(block.grid, cells=cells, sheet="")]


def _block(root: Element) -> Block | None:
    page = _PageBuilder()
    for element in _top_level(root):
        if element.tag == "table":
            page.add_table(element)
        else:
            page.add_paragraph(text_of(element))
    return page.block() if page.tables else None


def _top_level(root: Element) -> Iterator[Element]:
    """Tables that stand in no other, and paragraphs outside tables, in document order."""
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        tag = element.tag
        if tag == "table":
            yield element
            walk.skip_subtree()
        elif tag in SKIPPED:
            walk.skip_subtree()
        elif tag in PARAGRAPHS and next(iter(element.iter("table")), None) is None:
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

    def add_table(self, table: Element) -> None:
        """A table's rows and cells, and below them those of large tables within its cells."""
        waiting = deque([table])
        while waiting:
            waiting.extendleft(reversed(self._add_table(waiting.popleft())))

    def _add_table(self, table: Element) -> list[Element]:
        """Adds the rows and cells of one table; spans end with it. Gives the large ones within."""
        large = {inner for inner in table.iter("table") if inner is not table and _is_large(inner)}
        outer = {inner for inner in large if not _is_inside(inner, large, table)}
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
                cell = Cell(top + number, col, height, width)
                self._add(cell, text_of(element, outer))
                taken.update((number + r, col + c) for r in range(height) for c in range(width))
                col += _span_of(element, "colspan") if width == 1 else width
            self._rows.append(RowFormat(hidden=is_hidden(row)))
        self.tables += 1
        return [inner for inner in table.iter("table") if inner in outer]

    def _add(self, cell: Cell, text: str) -> None:
        self._area += cell.rowspan * cell.colspan
        self._width = max(self._width, cell.right)
        if self._area > MAX_CELLS or (len(self._rows) + 1) * self._width > 4 * MAX_CELLS:
            raise too_big()
        self._cells.append(replace(cell, parts=(Part(text),)) if text else cell)

    def block(self) -> Block:
        """The page and the matrix of what was added."""
        height, width = len(self._rows), self._width
        if height * width > 4 * MAX_CELLS:
            raise too_big()
        texts = [[""] * width for _ in range(height)]
        for cell in self._cells:
            texts[cell.row][cell.col] = cell.text
        kept = [number for number in range(height) if number not in self._paragraphs]
        matrix = [texts[number] for number in kept]
        begun = {cell.row for cell in self._cells}
        covered = frozenset(n for n, number in enumerate(kept) if number not in begun)
        lines = [Cell(n, 0, 1, width, (Part(text),)) for n, text in self._paragraphs.items()]
        cells = sorted([*self._cells, *lines], key=lambda cell: (cell.row, cell.col))
        grid = Grid(
            tuple(cells),
            tuple(self._rows),
            (60.0,) * width,
            sheet="剪贴板",
            paragraph_rows=frozenset(self._paragraphs),
        )
        return Block(grid, matrix, covered)


def _free_width(taken: set[tuple[int, int]], row: int, col: int, width: int) -> int:
    """How far a cell reaches before it would cover one that hangs down from above."""
    return next((n for n in range(1, width) if (row, col + n) in taken), width)


def _own(table: Element, tag: str) -> Iterator[Element]:
    """The elements of a table that belong to no table inside it."""
    walk = etree.iterwalk(table, events=("start",))
    for _, element in walk:
        if element is table:
            continue
        if element.tag == "table":
            walk.skip_subtree()
        elif element.tag == tag:
            yield element


def _is_large(table: Element) -> bool:
    rows = list(_own(table, "tr"))
    return len(rows) > _NESTED_ROWS and any(
        len(list(_own_cells(row))) >= _NESTED_COLUMNS for row in rows
    )


def _is_inside(table: Element, others: set[Element], end: Element) -> bool:
    """True when a table stands in one of the others, looking outwards up to ``end``."""
    parent = table.getparent()
    while parent is not None and parent is not end:
        if parent.tag == "table" and parent in others:
            return True
        parent = parent.getparent()
    return False


def _own_cells(row: Element) -> Iterator[Element]:
    return (child for child in row if child.tag in {"td", "th"})


def _is_ghost(row: Element) -> bool:
    """The invisible last row that Excel writes to fix the widths of columns."""
    return is_hidden(row) and not any(text_of(cell) for cell in _own_cells(row))


def _spans(element: Element, rows_left: int) -> tuple[int, int]:
    """Height and width of a cell. Text running over its neighbours is no span."""
    ignored = {word.lower() for word in _OVERFLOW.findall(element.get("style", ""))}
    height = 1 if "rowspan" in ignored else _span_of(element, "rowspan") or rows_left
    width = 1 if "colspan" in ignored else _span_of(element, "colspan") or 1
    return min(height, rows_left), min(width, _WIDEST)


def _span_of(element: Element, name: str) -> int:
    match = _SPAN.match(element.get(name, "1"))
    return min(int(match[1]), 65_535 if name == "rowspan" else _WIDEST) if match else 1
