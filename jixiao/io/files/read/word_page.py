"""Word's paragraphs and tables, one after another, as the rows of one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jixiao.io.files.read.cells import DEFAULT_WIDTH, MAX_CELLS, MAX_ROWS, TOO_LARGE
from jixiao.io.files.read.package import Element, local
from jixiao.io.files.read.symbols import UNKNOWN
from jixiao.io.files.read.word_text import Words, is_deletion
from jixiao.io.files.read.word_xml import WRAPPERS, attribute, child, children, number
from jixiao.io.paper.page.clean import tidy
from jixiao.io.paper.page.grid import Cell, Grid, Part, Remark, RowFormat, Style, column_letters
from jixiao.model.errors import RefusedFileError

# Word allows 63 columns.
MAX_SPAN = 128
_MAX_COVERED = 600_000
# A table within a cell that is larger than this is a table of its own, not words of the cell.
_NESTED_ROWS, _NESTED_COLUMNS = 3, 2
_MAX_REMARKS = 300
_STYLE, _ROW = Style(), RowFormat()


@dataclass
class Box:
    """A cell while its span is still growing."""

    row: int
    col: int
    colspan: int
    text: str = ""
    rowspan: int = 1


@dataclass
class WordPage:
    """The rows read so far. ``paragraphs``: their tab-separated texts, by row."""

    words: Words = field(default_factory=Words)
    boxes: list[Box] = field(default_factory=list[Box])
    paragraphs: dict[int, list[str]] = field(default_factory=dict[int, list[str]])
    widths: list[float] = field(default_factory=list[float])
    remarks: list[Remark] = field(default_factory=list[Remark])
    rows: int = 0
    columns: int = 1

    def add_row(self) -> int:
        """Begins a row and gives its number."""
        self.rows += 1
        if self.rows > MAX_ROWS or len(self.boxes) > MAX_CELLS:
            raise RefusedFileError(TOO_LARGE)
        return self.rows - 1

    def add_line(self, text: str) -> None:
        """Adds a row of words without a table; of blank ones in a run only the first."""
        pieces = [piece.strip("\n ") for piece in tidy(text).strip("\n").split("\t")]
        pieces = [piece for piece in pieces if piece and not piece.isspace()]
        last = self.rows - 1
        if pieces or (last >= 0 and self.paragraphs.get(last) != []):
            row = self.add_row()
            self.paragraphs[row] = pieces
            self.columns = max(self.columns, min(len(pieces), MAX_SPAN))
            self.take_remarks(row, 0, " ".join(pieces))

    def take_remarks(self, row: int, col: int, text: str) -> None:
        """Tells of words that were left out at a place, or cannot be known."""
        cell = f"{column_letters(col)}{row + 1}"
        found = [Remark("hidden_text", cell, tidy(hidden)) for hidden in self.words.hidden]
        found += [Remark("struck", cell, tidy(struck)) for struck in self.words.struck]
        self.words.hidden.clear()
        self.words.struck.clear()
        if UNKNOWN in text:
            found.append(Remark("unreadable", cell, text, text))
        self.remarks += found[: _MAX_REMARKS - len(self.remarks)]


def read_blocks(page: WordPage, blocks: Iterable[Element]) -> None:
    """Reads paragraphs and tables, those within content controls too."""
    for block in blocks:
        kind = local(block)
        if kind == "p":
            boxes: list[Element] = []
            text = page.words.paragraph(block, boxes)
            nested: list[Element] = []
            page.add_line("\n".join([text, *_box_texts(page, boxes, nested)]))
            for table in nested:
                _read_table(page, table)
        elif kind == "tbl":
            _read_table(page, block)
        elif kind in WRAPPERS and not is_deletion(block):
            read_blocks(page, block)


def _box_texts(page: WordPage, boxes: list[Element], nested: list[Element]) -> list[str]:
    """The words of text boxes, which stand beside a paragraph."""
    texts = [_cell_text(page, box, nested) for box in boxes]
    return [text for text in texts if text]


def _read_table(page: WordPage, table: Element) -> None:
    """Adds the rows of a table, and below them the large tables within its cells."""
    open_boxes: dict[int, Box] = {}
    nested: list[Element] = []
    for row in children(table, "tr"):
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            page.words.revised = True
            continue
        open_boxes = _read_row(page, row, properties, open_boxes, nested)
    _take_widths(page, table)
    for inner in nested:
        _read_table(page, inner)


def _read_row(
    page: WordPage,
    row: Element,
    properties: Element | None,
    above: dict[int, Box],
    nested: list[Element],
) -> dict[int, Box]:
    """Adds a row; takes and gives the cells, by column, that a vertical merge may continue."""
    at = page.add_row()
    col = number(child(properties, "gridBefore"), 0)
    still_open: dict[int, Box] = {}
    last: Box | None = None
    for cell in children(row, "tc"):
        setting = child(cell, "tcPr")
        span = max(1, number(child(setting, "gridSpan"), 1))
        merge = _merge(setting, "vMerge")
        across = _merge(setting, "hMerge")
        text = _cell_text(page, cell, nested)
        page.take_remarks(at, min(col, MAX_SPAN), text)
        if col + span > MAX_SPAN:
            raise RefusedFileError(TOO_LARGE)
        if across is not None and attribute(across, "val") != "restart" and last is not None:
            last.colspan += span
        elif (
            merge is not None
            and attribute(merge, "val") != "restart"
            and _continues(above, col, at)
        ):
            last = None
            box = above[col]
            box.rowspan += 1
            still_open[col] = box
        else:
            last = Box(at, col, span, text)
            page.boxes.append(last)
            if merge is not None:
                still_open[col] = last
        col += span
    col += number(child(properties, "gridAfter"), 0)
    page.columns = max(page.columns, min(col, MAX_SPAN))
    return still_open


def _merge(setting: Element | None, kind: str) -> Element | None:
    """A merge of a cell with those beside it; Word 2003 writes it in small letters."""
    found = child(setting, kind)
    return child(setting, kind.lower()) if found is None else found


def _continues(above: dict[int, Box], col: int, row: int) -> bool:
    box = above.get(col)
    return box is not None and box.row + box.rowspan == row


def _cell_text(page: WordPage, cell: Element, nested: list[Element]) -> str:
    """The lines of a cell; large tables within it are put into ``nested`` instead."""
    text = tidy("\n".join(_cell_lines(page, cell, nested))).strip("\n")
    return "" if text.isspace() else text


def _cell_lines(page: WordPage, cell: Element, nested: list[Element]) -> Iterator[str]:
    alone = len(children(cell, "p")) == 1
    for block in cell:
        kind = local(block)
        if kind == "p":
            boxes: list[Element] = []
            text = page.words.paragraph(block, boxes, counted=alone).replace("\t", " ")
            yield "\n".join([text, *_box_texts(page, boxes, nested)])
        elif kind == "tbl" and _is_large(block):
            nested.append(block)
        elif kind == "tbl":
            for row in children(block, "tr"):
                yield " ".join(_cell_text(page, inner, nested) for inner in children(row, "tc"))
        elif kind in WRAPPERS and not is_deletion(block):
            yield from _cell_lines(page, block, nested)


def _is_large(table: Element) -> bool:
    rows = children(table, "tr")
    return len(rows) > _NESTED_ROWS and any(
        len(children(row, "tc")) >= _NESTED_COLUMNS for row in rows
    )


def _take_widths(page: WordPage, table: Element) -> None:
    """Keeps the column widths (points) of the table with the most columns."""
    grid = child(table, "tblGrid")
    widths = [number(column, 1080, "w") / 20 for column in children(grid, "gridCol")]
    if len(widths) > len(page.widths):
        page.widths = [width or DEFAULT_WIDTH for width in widths]


def grid_of(page: WordPage) -> Grid:
    """The page of what was read; without cells when nothing is written in it."""
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
        remarks=(*([Remark("revisions", "")] if page.words.revised else []), *page.remarks),
    )


def _without_overlap(boxes: list[Box]) -> list[Box]:
    """The same boxes; where odd merges overlap, the later one keeps its first place only."""
    taken: set[tuple[int, int]] = set()
    kept: list[Box] = []
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


def _area(box: Box) -> set[tuple[int, int]]:
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
