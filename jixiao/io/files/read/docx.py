"""Word documents: paragraphs and tables, one after another, as the rows of one Grid."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from jixiao.io.files.read.cells import DEFAULT_WIDTH, MAX_CELLS, MAX_ROWS, TOO_LARGE
from jixiao.io.files.read.package import DAMAGED, Element, Package, local
from jixiao.io.paper.page.clean import tidy
from jixiao.io.paper.page.grid import Cell, Grid, Part, RowFormat, Style
from jixiao.model.errors import RefusedFileError

# Word allows 63 columns.
_MAX_SPAN = 128
_MAX_COVERED = 600_000
# A table within a cell that is larger than this is a table of its own, not words of the cell.
_NESTED_ROWS, _NESTED_COLUMNS = 3, 2
_STYLE, _ROW = Style(), RowFormat()
_WRAPPERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}
_SKIPPED = {"pPr", "rPr", "del", "moveFrom", "Fallback", "rt", "instrText", "delText", "sdtPr"}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Characters of the Symbol and Wingdings fonts that stand in forms, by their private codes.
_SYMBOLS = {
    "symbol": {0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB4: "×", 0xB0: "°", 0xB9: "≠"},
    "wingdings": {0xFE: "☑", 0xFD: "☒", 0xA8: "□", 0x6F: "□"},
    "wingdings 2": {0x52: "☑", 0x54: "☒", 0xA3: "□", 0x2A: "□"},
}


@dataclass
class _Box:
    """A cell while its span is still growing."""

    row: int
    col: int
    colspan: int
    text: str = ""
    rowspan: int = 1


@dataclass
class _Page:
    """The rows read so far. ``paragraphs``: their tab-separated texts, by row."""

    boxes: list[_Box] = field(default_factory=list[_Box])
    paragraphs: dict[int, list[str]] = field(default_factory=dict[int, list[str]])
    widths: list[float] = field(default_factory=list[float])
    rows: int = 0
    columns: int = 1

    def add_row(self) -> int:
        """Begins a row and gives its number."""
        self.rows += 1
        if self.rows > MAX_ROWS or len(self.boxes) > MAX_CELLS:
            raise RefusedFileError(TOO_LARGE)
        return self.rows - 1


def read_docx(path: Path) -> list[Grid]:
    """A document as one Grid, none when nothing is written in it.

    Each paragraph is a row (named in ``paragraph_rows``) whose cell spans all columns, or as many
    cells as its tabs part; the columns of every table start at column 0.

    Raises:
        RefusedFileError: damaged, encrypted, too large.
    """
    with Package(path) as package:
        root = package.tree(package.document)
    body = (
        next((child for child in root if local(child) == "body"), None)
        if root is not None
        else None
    )
    if body is None:
        raise RefusedFileError(DAMAGED)
    page = _Page()
    _read_blocks(page, body)
    grid = _grid(page)
    return [grid] if grid.cells else []


def _read_blocks(page: _Page, parent: Element) -> None:
    """Reads the paragraphs and tables directly within an element and its content controls."""
    for child in parent:
        kind = local(child)
        if kind == "p":
            _read_paragraph(page, child)
        elif kind == "tbl":
            _read_table(page, child)
        elif kind in _WRAPPERS:
            _read_blocks(page, child)


def _read_paragraph(page: _Page, paragraph: Element) -> None:
    """Adds a paragraph's row; of blank paragraphs in a run only the first gives one."""
    text = tidy(paragraph_text(paragraph)).strip("\n")
    pieces = [piece.strip("\n ") for piece in text.split("\t")]
    pieces = [piece for piece in pieces if piece and not piece.isspace()]
    last = page.rows - 1
    if not pieces and (last < 0 or page.paragraphs.get(last) == []):
        return
    page.paragraphs[page.add_row()] = pieces
    page.columns = max(page.columns, min(len(pieces), _MAX_SPAN))


def paragraph_text(paragraph: Element) -> str:
    """The words of a paragraph as they stand: deleted ones left out, tabs kept.

    Words of a text box follow on lines of their own.
    """
    pieces: list[str] = []
    boxes: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        kind = local(element)
        if kind in _SKIPPED:
            continue
        if kind == "t":
            pieces.append(element.text or "")
        elif kind in _SIGNS:
            pieces.append(_SIGNS[kind])
        elif kind == "sym":
            pieces.append(_symbol(element))
        elif kind == "txbxContent":
            boxes.append(_cell_text(element, []))
        else:
            waiting.extend(reversed(element))
    boxes = [text for text in boxes if text]
    return "\n".join(["".join(pieces), *boxes]) if boxes else "".join(pieces)


def _symbol(element: Element) -> str:
    try:
        code = int(_value(element, "char"), 16) & 0xFF
    except ValueError:
        return ""
    return _SYMBOLS.get(_value(element, "font").lower(), {}).get(code, "")


def _read_table(page: _Page, table: Element) -> None:
    """Adds the rows of a table, and below them the large tables within its cells."""
    open_boxes: dict[int, _Box] = {}
    nested: list[Element] = []
    for row in _children(table, "tr"):
        properties = _child(row, "trPr")
        if properties is not None and _child(properties, "del") is not None:
            continue
        open_boxes = _read_row(page, row, properties, open_boxes, nested)
    _take_widths(page, table)
    for inner in nested:
        _read_table(page, inner)


def _read_row(
    page: _Page,
    row: Element,
    properties: Element | None,
    above: dict[int, _Box],
    nested: list[Element],
) -> dict[int, _Box]:
    """Adds a row; takes and gives the cells, by column, that a vertical merge may continue."""
    number = page.add_row()
    col = _number(_child(properties, "gridBefore"), 0)
    still_open: dict[int, _Box] = {}
    last: _Box | None = None
    for cell in _children(row, "tc"):
        setting = _child(cell, "tcPr")
        span = max(1, _number(_child(setting, "gridSpan"), 1))
        merge = _child(setting, "vMerge")
        across = _child(setting, "hMerge")
        text = _cell_text(cell, nested)
        if col + span > _MAX_SPAN:
            raise RefusedFileError(TOO_LARGE)
        if across is not None and _value(across, "val") != "restart" and last is not None:
            last.colspan += span
        elif (
            merge is not None
            and _value(merge, "val") != "restart"
            and _continues(above, col, number)
        ):
            last = None
            box = above[col]
            box.rowspan += 1
            still_open[col] = box
        else:
            last = _Box(number, col, span, text)
            page.boxes.append(last)
            if merge is not None:
                still_open[col] = last
        col += span
    col += _number(_child(properties, "gridAfter"), 0)
    page.columns = max(page.columns, min(col, _MAX_SPAN))
    return still_open


def _continues(above: dict[int, _Box], col: int, row: int) -> bool:
    box = above.get(col)
    return box is not None and box.row + box.rowspan == row


def _cell_text(cell: Element, nested: list[Element]) -> str:
    """The lines of a cell; large tables within it are put into ``nested`` instead."""
    lines: list[str] = []
    for child in cell:
        kind = local(child)
        if kind == "p":
            lines.append(paragraph_text(child).replace("\t", " "))
        elif kind == "tbl":
            if _is_large(child):
                nested.append(child)
            else:
                lines += [
                    " ".join(_cell_text(inner, nested) for inner in _children(row, "tc"))
                    for row in _children(child, "tr")
                ]
        elif kind in _WRAPPERS:
            lines.append(_cell_text(child, nested))
    text = tidy("\n".join(lines)).strip("\n")
    return "" if text.isspace() else text


def _is_large(table: Element) -> bool:
    rows = _children(table, "tr")
    return len(rows) > _NESTED_ROWS and any(
        len(_children(row, "tc")) >= _NESTED_COLUMNS for row in rows
    )


def _take_widths(page: _Page, table: Element) -> None:
    """Keeps the column widths (points) of the table with the most columns."""
    grid = _child(table, "tblGrid")
    widths = [_number(column, 1080, "w") / 20 for column in _children(grid, "gridCol")]
    if len(widths) > len(page.widths):
        page.widths = [width or DEFAULT_WIDTH for width in widths]


def _grid(page: _Page) -> Grid:
    cells = [
        Cell(
            box.row,
            box.col,
            box.rowspan,
            box.colspan,
            (Part(box.text),) if box.text else (),
            _STYLE,
        )
        for box in _without_overlap(page.boxes)
        if box.rowspan * box.colspan > 1 or box.text
    ]
    for row, pieces in page.paragraphs.items():
        cells += _paragraph_cells(row, pieces, page.columns)
    cells.sort(key=lambda cell: (cell.row, cell.col))
    if not any(cell.parts for cell in cells):
        cells = []
    widths = page.widths[: page.columns]
    return Grid(
        cells=tuple(cells),
        rows=(_ROW,) * page.rows,
        columns=(*widths, *(DEFAULT_WIDTH,) * (page.columns - len(widths))),
        paragraph_rows=frozenset(row for row, pieces in page.paragraphs.items() if pieces),
    )


def _without_overlap(boxes: list[_Box]) -> list[_Box]:
    """The same boxes; where odd merges overlap, the later one keeps its first place only."""
    taken: set[tuple[int, int]] = set()
    kept: list[_Box] = []
    for box in boxes:
        if len(taken) + box.rowspan * box.colspan > _MAX_COVERED:
            raise RefusedFileError(TOO_LARGE)
        area = _area(box)
        if not taken.isdisjoint(area):
            box.rowspan = box.colspan = 1
            area = _area(box)
            if not taken.isdisjoint(area):
                continue
        taken |= area
        kept.append(box)
    return kept


def _area(box: _Box) -> set[tuple[int, int]]:
    return {
        (row, col)
        for row in range(box.row, box.row + box.rowspan)
        for col in range(box.col, box.col + box.colspan)
    }


def _paragraph_cells(row: int, pieces: list[str], columns: int) -> list[Cell]:
    """One cell over all columns, or the pieces spread over them from left to right."""
    if len(pieces) > columns:
        pieces = [*pieces[: columns - 1], " ".join(pieces[columns - 1 :])]
    starts = [i * columns // len(pieces) for i in range(len(pieces))]
    ends = [*starts[1:], columns]
    return [
        Cell(row, start, 1, end - start, (Part(piece),), _STYLE)
        for piece, start, end in zip(pieces, starts, ends, strict=False)
    ]


def _children(parent: Element | None, kind: str) -> list[Element]:
    """Children of a kind, also those within content controls and insertions."""
    found: list[Element] = []
    for child in parent if parent is not None else ():
        name = local(child)
        if name == kind:
            found.append(child)
        elif name in _WRAPPERS:
            found += _children(child, kind)
    return found


def _child(parent: Element | None, kind: str) -> Element | None:
    for child in parent if parent is not None else ():
        if local(child) == kind:
            return child
    return None


def _value(element: Element, name: str) -> str:
    """An attribute by its name without namespace, "" when it is not there."""
    for attribute, value in element.attrib.items():
        if str(attribute).rpartition("}")[2] == name:
            return str(value)
    return ""


def _number(element: Element | None, default: int, name: str = "val") -> int:
    text = _value(element, name) if element is not None else ""
    return int(text) if text.isdecimal() and len(text) < 9 else default
