"""From the cells of a file's sheet to a compact Grid: what all readers of sheets share."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from jixiao.io.paper.page.addresses import Merge
from jixiao.io.paper.page.clean import tidy
from jixiao.io.paper.page.grid import Cell, Grid, Part, RowFormat, Style
from jixiao.model.errors import RefusedFileError

MAX_CELLS = 200_000
MAX_ROWS = 20_000
MAX_COLUMNS = 2_000
MAX_MERGES = 50_000
# Of all texts of a file together; the texts of a large disclosure workbook have some 500,000.
MAX_CHARACTERS = 8_000_000
DEFAULT_WIDTH = 54.0
# A run of blank rows or columns longer than this becomes one.
_GAP = 8
# A merge may reach this far beyond the last text before it is cut off there.
_OVERHANG = 64
_MAX_COVERED = 600_000

_STYLE = Style()
_SHOWN, _HIDDEN = RowFormat(), RowFormat(hidden=True)

TOO_LARGE = (
    "内容太多（超过 2 万行或 20 万个单元格），不像绩效目标表；请只保留绩效目标表所在的工作表再导入"
)


@dataclass
class RawSheet:
    """A sheet as a reader finds it; rows and columns are the file's own, from 0.

    ``texts``: what each cell that is not blank shows; ``widths``: points by column.
    """

    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    merges: list[Merge] = field(default_factory=list[Merge])
    hidden_rows: set[int] = field(default_factory=set[int])
    widths: dict[int, float] = field(default_factory=dict[int, float])
    characters: int = 0

    def put(self, row: int, col: int, text: str) -> None:
        """Adds the text of a cell; blank ones are left out.

        Raises:
            RefusedFileError: the sheet has more cells than any form.
        """
        self.characters += len(text)
        if self.characters > MAX_CHARACTERS:
            raise RefusedFileError(TOO_LARGE)
        text = tidy(text)
        if not text or text.isspace():
            return
        self.texts[row, col] = text
        if len(self.texts) > MAX_CELLS:
            raise RefusedFileError(TOO_LARGE)


def build_grids(sheets: Iterable[RawSheet]) -> list[Grid]:
    """The grids of all sheets that show anything.

    Raises:
        RefusedFileError: there is more than MAX_CELLS or MAX_ROWS in all of them together.
    """
    grids: list[Grid] = []
    rows = cells = characters = 0
    for sheet in sheets:
        if not sheet.texts:
            continue
        grid = build_grid(sheet)
        rows += len(grid.rows)
        cells += len(grid.cells)
        characters += sheet.characters
        if rows > MAX_ROWS or cells > MAX_CELLS or characters > MAX_CHARACTERS:
            raise RefusedFileError(TOO_LARGE)
        grids.append(grid)
    return grids


def build_grid(sheet: RawSheet) -> Grid:
    """The Grid of a sheet that has at least one text, long blank runs reduced to one line.

    Raises:
        RefusedFileError: its rows, columns or merges are more than any form has.
    """
    merges = _useful_merges(sheet)
    rows = _kept_lines({r for r, _ in sheet.texts}, [(a, c) for a, _, c, _ in merges])
    cols = _kept_lines({c for _, c in sheet.texts}, [(b, d) for _, b, _, d in merges])
    if len(rows) > MAX_ROWS or len(cols) > MAX_COLUMNS:
        raise RefusedFileError(TOO_LARGE)
    return Grid(
        cells=_cells(sheet.texts, merges, rows, cols),
        rows=tuple(_HIDDEN if row in sheet.hidden_rows else _SHOWN for row in rows),
        columns=tuple(sheet.widths.get(col, DEFAULT_WIDTH) for col in cols),
        sheet=sheet.name,
        row_numbers=_numbers(rows),
        column_numbers=_numbers(cols),
    )


def _useful_merges(sheet: RawSheet) -> list[Merge]:
    """The merges that touch the used area, those that reach far beyond it cut off.

    The used area is that of all texts and of the merges over which they spread.
    """
    last_row = max(row for row, _ in sheet.texts)
    last_col = max(col for _, col in sheet.texts)
    row_limit, col_limit = last_row + _OVERHANG, last_col + _OVERHANG
    cut: list[Merge] = []
    used_row, used_col = last_row, last_col
    for top, left, last, end in sheet.merges[:MAX_MERGES]:
        bottom = last if last <= row_limit else max(top, last_row)
        right = end if end <= col_limit else max(left, last_col)
        cut.append((top, left, bottom, right))
        if (top, left) in sheet.texts:
            used_row, used_col = max(used_row, bottom), max(used_col, right)
    return [
        merge
        for merge in cut
        if merge[0] <= used_row + 1 and merge[1] <= used_col + 1 and merge[:2] != merge[2:]
    ]


def _kept_lines(with_text: set[int], spans: list[tuple[int, int]]) -> list[int]:
    """The numbers of the rows (or columns) to keep, in order, from 0 on.

    Lines with text and the ends of merges are kept, and the blank ones between them when they
    are few; of a long blank run only its first.
    """
    solid = with_text.union(*spans) if spans else with_text
    kept: list[int] = []
    following = 0
    for line in sorted(solid):
        blanks = line - following
        if blanks > _GAP:
            kept.append(following)
        else:
            kept.extend(range(following, line))
        kept.append(line)
        following = line + 1
        if len(kept) > MAX_ROWS:
            raise RefusedFileError(TOO_LARGE)
    return kept


def _cells(
    texts: dict[tuple[int, int], str], merges: list[Merge], rows: list[int], cols: list[int]
) -> tuple[Cell, ...]:
    row_of = {row: i for i, row in enumerate(rows)}
    col_of = {col: i for i, col in enumerate(cols)}
    cells: list[Cell] = []
    covered: set[tuple[int, int]] = set()
    for merge in merges:
        top, left = row_of[merge[0]], col_of[merge[1]]
        bottom = bisect_left(rows, merge[2]) + 1
        right = bisect_left(cols, merge[3]) + 1
        if len(covered) + (bottom - top) * (right - left) > _MAX_COVERED:
            raise RefusedFileError(TOO_LARGE)
        area = {(r, c) for r in range(top, bottom) for c in range(left, right)}
        if not covered.isdisjoint(area):
            continue  # damaged: merges must not overlap; its cells stand for themselves
        covered |= area
        text = texts.get((merge[0], merge[1]), "")
        parts = (Part(text),) if text else ()
        cells.append(Cell(top, left, bottom - top, right - left, parts, _STYLE))
    for (row, col), text in texts.items():
        place = row_of[row], col_of[col]
        if place not in covered:
            cells.append(Cell(*place, 1, 1, (Part(text),), _STYLE))
    cells.sort(key=_reading_order)
    return tuple(cells)


def _reading_order(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.col


def _numbers(kept: list[int]) -> tuple[int, ...]:
    return () if kept[-1] == len(kept) - 1 else tuple(kept)
