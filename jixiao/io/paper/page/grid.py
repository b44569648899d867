"""A page of cells with spans: the hinge between tables and everything that is seen.

A Grid comes from two sides. ``Form.fill`` makes one from a table, with every content cell bound
to the place in the table it shows; readers make one from a file, with texts and spans only.
Rows and columns count from 0; sizes are in points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

HAlign = Literal["left", "center", "right"]
VAlign = Literal["top", "center", "bottom"]
Spot = tuple[int, int]
"""Row and column of a cell, from 0."""


@dataclass(frozen=True, slots=True)
class Binding:
    """The place in a table that a part of a cell shows.

    ``target`` is "field" (``name``: a header field's key, or agency, agency_code, year, title,
    money_unit), "share" (``name``: the ``by`` of a payment-schedule entry), "computed" (a running
    number, not editable) or the name of a row list; then ``name`` is the row's column and ``rows``
    the indexes of the rows shown (several only for a level cell that spans its group). A row that
    does not exist yet has no ``rows``: typing there makes it, at index ``insert_at`` with the
    levels ``level1`` and ``level2``. An extra column of an indicator is "extra:<label>"; a cell
    that joins parts of a target value is "target:" with the letters of the parts it shows, of
    comparator, value and unit ("target:cvu", "target:cv", "target:vu"). The target "other" is a
    header field that has no name yet.
    """

    target: str
    name: str
    rows: tuple[int, ...] = ()
    insert_at: int = -1
    level1: str = ""
    level2: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text in a cell: plain words (``binding`` None) or content."""

    text: str
    binding: Binding | None = None


@dataclass(frozen=True, slots=True)
class Border:
    """Line style of the four edges as OOXML names them ("thin", "medium", ...); "" is no line."""

    left: str = ""
    right: str = ""
    top: str = ""
    bottom: str = ""

    @property
    def empty(self) -> bool:
        """True when no edge has a line."""
        return not (self.left or self.right or self.top or self.bottom)


@dataclass(frozen=True, slots=True)
class Style:
    """Looks of a cell. ``size`` in points; ``fill`` RRGGBB or empty; ``indent`` in characters."""

    font: str = "宋体"
    size: float = 10.5
    bold: bool = False
    italic: bool = False
    underline: bool = False
    color: str = ""
    fill: str = ""
    halign: HAlign = "center"
    valign: VAlign = "center"
    wrap: bool = True
    indent: int = 0
    border: Border = Border()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its span. ``style.border`` holds for every covered cell's outer edges."""

    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    parts: tuple[Part, ...] = ()
    style: Style = Style()

    @property
    def text(self) -> str:
        """The whole text as it is seen."""
        if len(self.parts) == 1:
            return self.parts[0].text
        return "".join(part.text for part in self.parts)

    @property
    def bindings(self) -> tuple[Binding, ...]:
        """The bindings of its parts, in order."""
        return tuple(part.binding for part in self.parts if part.binding is not None)

    @property
    def is_label(self) -> bool:
        """True when nothing in the cell can be edited."""
        return all(p.binding is None or p.binding.target == "computed" for p in self.parts)

    @property
    def bottom(self) -> int:
        """The row after the last one covered."""
        return self.row + self.rowspan

    @property
    def right(self) -> int:
        """The column after the last one covered."""
        return self.col + self.colspan


@dataclass(frozen=True, slots=True)
class RowFormat:
    """``min_height`` in points (0: as the text needs); ``header``: repeated on each page.

    ``band`` is the list name of a band row ("indicators"), "" elsewhere. ``hidden`` only comes
    from files; a hidden row still belongs to its table. ``free``: in Excel the row grows with what
    is typed there.
    """

    min_height: float = 0.0
    header: bool = False
    band: str = ""
    hidden: bool = False
    free: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Paper and margins, in points. ``fit_width``: scaled down so that all columns fit."""

    width: float = 595.3
    height: float = 841.9
    left: float = 56.7
    right: float = 56.7
    top: float = 56.7
    bottom: float = 56.7
    fit_width: bool = True
    center: bool = True


RemarkKind = Literal[
    "no_result", "digits_lost", "other_size", "unreadable", "struck",
    "hidden_rows", "hidden_text", "page_edge", "revisions",
]  # fmt: skip
"""Why a text is in doubt: a formula without a stored result; digits that the sheet has dropped;
shown in another size than stored; characters that were lost; words with a line through them; rows
that nobody sees, yet read. What is not taken: texts that nobody sees; the header and footer of a
printed sheet; what was deleted in a revision."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader has to tell of a place in its file.

    ``cell`` is the file's own address, "" where the whole page is meant; ``text`` what is stored
    there (the formula, the whole number, the hidden words, the numbers of the rows) and ``shown``
    what was read.
    """

    kind: RemarkKind
    cell: str
    text: str = ""
    shown: str = ""


@dataclass(frozen=True)
class Grid:
    """Cells in reading order (by row, then column); no two overlap.

    A grid from a file may be sparse: blank cells need not be there. ``row_numbers`` and
    ``column_numbers`` give the file's own 0-based row and column for each row and column of the
    grid, so that addresses in messages are those the user sees; empty means they are the same.
    ``sheet`` is the sheet's name, ``kinds`` of rows from a document are told by ``paragraph_rows``.
    ``remarks`` only come from files, and ``hidden`` is a sheet that nobody sees. ``moved`` gives
    the file's own place for cells that were laid out anew for reading.
    """

    cells: tuple[Cell, ...]
    rows: tuple[RowFormat, ...]
    columns: tuple[float, ...]
    page: Page = Page()
    sheet: str = ""
    row_numbers: tuple[int, ...] = ()
    column_numbers: tuple[int, ...] = ()
    paragraph_rows: frozenset[int] = field(default_factory=frozenset[int])
    remarks: tuple[Remark, ...] = ()
    hidden: bool = False
    moved: Mapping[tuple[int, int], tuple[int, int]] = field(
        default_factory=dict[tuple[int, int], tuple[int, int]]
    )

    @cached_property
    def covered(self) -> dict[tuple[int, int], Cell]:
        """The cell that covers each position (row, column)."""
        return {
            (r, c): cell
            for cell in self.cells
            for r in range(cell.row, cell.bottom)
            for c in range(cell.col, cell.right)
        }

    def at(self, row: int, col: int) -> Cell | None:
        """The cell covering a position, None where there is none."""
        return self.covered.get((row, col))

    def row_cells(self, row: int) -> list[Cell]:
        """The cells covering a row, from left to right, each once."""
        return self._by_row[row] if row < len(self._by_row) else []

    @cached_property
    def _by_row(self) -> list[list[Cell]]:
        rows: list[list[Cell]] = [[] for _ in self.rows]
        for cell in self.cells:
            for r in range(cell.row, min(cell.bottom, len(rows))):
                rows[r].append(cell)
        for cells in rows:
            cells.sort(key=lambda cell: cell.col)
        return rows

    def address(self, row: int, col: int) -> str:
        """The address a user knows: C7, in a document the seventh row's third cell."""
        r, c = self.own_place(row, col)
        return f"{column_letters(c)}{r + 1}"

    def own_place(self, row: int, col: int) -> tuple[int, int]:
        """The file's own row and column of a place."""
        if (row, col) in self.moved:
            return self.moved[row, col]
        return (
            self.row_numbers[row] if self.row_numbers else row,
            self.column_numbers[col] if self.column_numbers else col,
        )

    def bound(self) -> Iterator[tuple[Cell, Part]]:
        """Every part that shows content, with its cell."""
        for cell in self.cells:
            for part in cell.parts:
                if part.binding is not None:
                    yield cell, part

    @cached_property
    def places(self) -> dict[tuple[str, int, str], Cell]:
        """The first cell that shows each place of a table: (target, row, name).

        The row is -1 for header fields, and for the first row of a list whichever it is.
        """
        found: dict[tuple[str, int, str], Cell] = {}
        for cell, part in self.bound():
            binding = part.binding
            assert binding is not None
            for row in (*binding.rows, -1):
                found.setdefault((binding.target, row, binding.name), cell)
        return found

    def with_cells(self, cells: tuple[Cell, ...]) -> Grid:
        """The same page with other cells."""
        return replace(self, cells=cells)


def column_letters(col: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
