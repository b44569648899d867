"""Grids as an Excel workbook, written from scratch (ECMA-376, SpreadsheetML)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from jixiao.io.files.write.excel_help import CellHelp, helps_xml
from jixiao.io.files.write.opc import (
    OFFICE,
    PackagePart,
    relationships,
    write_package,
    xml_text,
)
from jixiao.io.files.write.xlsx_styles import Styles
from jixiao.io.files.write.xlsx_values import (
    MAX_TEXT,
    POINTS_PER_PIXEL,
    characters,
    escaped,
    number_format,
    number_value,
    retyped,
    sheet_names,
)
from jixiao.io.paper.page.grid import Cell, Grid, Page, column_letters
from jixiao.io.paper.page.layout import em_width, layout
from jixiao.model.errors import ExportError

_MAIN_PART = "xl/workbook.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# A row has its height for ever, and the reader's machine may have other fonts than ours: Noto,
# which stands in for 宋体 where that is missing, needs 1.45 em for a line.
_LINE_HEIGHT = 1.45
_MAX_ROW_HEIGHT = 409.5
_FOOTER = "<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter>"
_PAPERS = ((595.3, 841.9, 9), (841.9, 1190.6, 8), (419.5, 595.3, 11), (612.0, 792.0, 1))


def write_xlsx(
    grids: Sequence[tuple[str, Grid]],
    path: Path,
    *,
    fixed_columns: int | None = None,
    helps: Sequence[CellHelp] = (),
) -> None:
    """Write grids as the sheets of one workbook.

    Decimals that fill a content cell become numbers that show as they were typed; all else is
    text, whatever it begins with.

    Args:
        grids: Sheet name and page; a name that Excel would refuse is mended.
        path: The target; an existing file is replaced.
        fixed_columns: For lists to be scrolled: so many columns and all header rows stay in
            sight, and pages are numbered. None for forms.
        helps: Lists and notes that Excel offers in cells of the first sheet, as ``drawn`` has it.

    Raises:
        ExportError: The target cannot be written, or a text is longer than Excel holds.
    """
    names = sheet_names([name for name, _ in grids])
    styles, strings = Styles(), _Strings()
    sheets = [
        _Sheet(grid, name, styles, strings, fixed_columns)
        for name, (_, grid) in zip(names, grids, strict=True)
    ]
    files = [f"worksheets/sheet{n}.xml" for n in range(1, len(sheets) + 1)]
    workbook = _workbook(names, [sheet.grid for sheet in sheets])
    parts = {
        _MAIN_PART: PackagePart(f"{_KIND}.sheet.main+xml", workbook),
        "xl/_rels/workbook.xml.rels": relationships(
            [("worksheet", file) for file in files]
            + [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
        ),
    }
    for index, (file, sheet) in enumerate(zip(files, sheets, strict=True)):
        xml = sheet.xml(helps if index == 0 else (), selected=index == 0)
        parts[f"xl/{file}"] = PackagePart(f"{_KIND}.worksheet+xml", xml)
    parts["xl/styles.xml"] = PackagePart(f"{_KIND}.styles+xml", styles.xml())
    parts["xl/sharedStrings.xml"] = PackagePart(f"{_KIND}.sharedStrings+xml", strings.xml())
    write_package(path, _MAIN_PART, parts)


def drawn(grid: Grid) -> Grid:
    """A page as its sheet has it: a row that is too high for Excel is several rows there."""
    return _fit_rows(grid, layout(grid, em_width, _LINE_HEIGHT).row_heights)[0]


class _Strings:
    """The shared texts of a workbook, each once."""

    def __init__(self) -> None:
        self._index: dict[str, int] = {}
        self._uses = 0

    def index(self, text: str) -> int:
        self._uses += 1
        return self._index.setdefault(text, len(self._index))

    def xml(self) -> str:
        items = "".join(map(self._item, self._index))
        counts = f'count="{self._uses}" uniqueCount="{len(self._index)}"'
        return f'<sst xmlns="{_MAIN}" {counts}>{items}</sst>'

    @staticmethod
    def _item(text: str) -> str:
        plain = escaped(xml_text(text))
        space = ' xml:space="preserve"' if plain != plain.strip() or "\n" in plain else ""
        return f"<si><t{space}>{plain}</t></si>"


class _Sheet:
    """One grid as a worksheet part."""

    def __init__(
        self, grid: Grid, name: str, styles: Styles, strings: _Strings, fixed: int | None = None
    ) -> None:
        self._name, self._styles, self._strings, self._fixed = name, styles, strings, fixed
        self._source = grid
        self.grid, self._heights = _fit_rows(grid, layout(grid, em_width, _LINE_HEIGHT).row_heights)
        self._letters = [column_letters(c) for c in range(len(grid.columns))]
        self._edges = tuple(accumulate(grid.columns, initial=0.0))

    def xml(self, helps: Sequence[CellHelp], *, selected: bool) -> str:
        grid, page = self.grid, self.grid.page
        fit = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' if page.fit_width else ""
        tab = ' tabSelected="1"' if selected else ""
        area = _area(grid)
        merges = [
            f'<mergeCell ref="{self._reference(cell)}"/>'
            for cell in grid.cells
            if cell.rowspan > 1 or cell.colspan > 1
        ]
        merged = f'<mergeCells count="{len(merges)}">{"".join(merges)}</mergeCells>'
        center = '<printOptions horizontalCentered="1"/>' if page.center else ""
        return (
            f'<worksheet xmlns="{_MAIN}">{fit}<dimension ref="{area}"/>'
            f'<sheetViews><sheetView showGridLines="0"{tab} workbookViewId="0">{self._pane()}'
            f"</sheetView></sheetViews>"
            f'<sheetFormatPr defaultRowHeight="15"/>{self._columns()}'
            f"<sheetData>{self._rows()}</sheetData>{merged if merges else ''}{helps_xml(helps)}"
            f"{center}"
            f"{_margins(page)}{_page_setup(page)}{'' if self._fixed is None else _FOOTER}"
            f'<ignoredErrors><ignoredError sqref="{area}" numberStoredAsText="1"/></ignoredErrors>'
            "</worksheet>"
        )

    def _pane(self) -> str:
        """What stays in sight when a list is scrolled."""
        rows = sum(row.header for row in self._source.rows)
        if self._fixed is None or not rows or len(self.grid.rows) <= rows:
            return ""
        columns = f'xSplit="{self._fixed}" ' if self._fixed else ""
        where = f"{self._letters[self._fixed]}{rows + 1}"
        pane = "bottomRight" if self._fixed else "bottomLeft"
        return (
            f'<pane {columns}ySplit="{rows}" topLeftCell="{where}" activePane="{pane}" '
            f'state="frozen"/><selection pane="{pane}" activeCell="{where}" sqref="{where}"/>'
        )

    def _columns(self) -> str:
        if not self.grid.columns:
            return ""
        columns = "".join(
            f'<col min="{n}" max="{n}" width="{characters(points)}" customWidth="1"/>'
            for n, points in enumerate(self.grid.columns, start=1)
        )
        return f"<cols>{columns}</cols>"

    def _rows(self) -> str:
        letters = self._letters
        cells: list[list[str]] = [[""] * len(letters) for _ in self.grid.rows]
        for cell in self.grid.cells:
            style, content = self._content(cell)
            for r in range(cell.row, cell.bottom):
                row = cells[r]
                for c in range(cell.col, cell.right):
                    row[c] = f'<c r="{letters[c]}{r + 1}" s="{style}"/>'
            if content:
                start = f'<c r="{letters[cell.col]}{cell.row + 1}" s="{style}"'
                cells[cell.row][cell.col] = start + content
        xml: list[str] = []
        rows = zip(cells, self._heights, self.grid.rows, strict=True)
        for number, (texts, height, row) in enumerate(rows, start=1):
            hidden = ' hidden="1"' if row.hidden else ""
            fixed = "" if row.free else ' customHeight="1"'
            xml.append(f'<row r="{number}" ht="{height:g}"{fixed}{hidden}>')
            xml += texts
            xml.append("</row>")
        return "".join(xml)

    def _content(self, cell: Cell) -> tuple[int, str]:
        """The cell's style and what follows it: type and value, empty for a blank cell."""
        text = cell.text
        if not text:
            return self._styles.index(cell.style), ""
        if len(cell.parts) == 1 and cell.parts[0].binding is not None:
            code = number_format(text)
            if code is not None:
                style = self._styles.index(cell.style, code, shrunk=not self._fits(cell, text))
                return style, f"><v>{number_value(text)}</v></c>"
        if (
            len(text) > MAX_TEXT // 2
            and len(text.encode("utf-16-le", "surrogatepass")) > 2 * MAX_TEXT
        ):
            raise ExportError(
                f"“{self._name}”的 {self._source.address(cell.row, cell.col)} 格"
                f"有 {len(text)} 个字，超过 Excel 一格 {MAX_TEXT} 个字的限度。"
                "请缩短这一格，或导出 Word。"
            )
        style = self._styles.index(
            cell.style,
            quoted=retyped(text),
            wrapped="\n" in text,
        )
        return style, f' t="s"><v>{self._strings.index(text)}</v></c>'

    def _fits(self, cell: Cell, text: str) -> bool:
        """Whether a number stands in its cell as it is; Excel shows #### for a wider one."""
        return em_width(text, cell.style) <= self._edges[cell.right] - self._edges[cell.col] - 4

    def _reference(self, cell: Cell) -> str:
        first = f"{self._letters[cell.col]}{cell.row + 1}"
        return f"{first}:{self._letters[cell.right - 1]}{cell.bottom}"


def _fit_rows(grid: Grid, heights: Sequence[float]) -> tuple[Grid, list[float]]:
    """Heights in whole pixels; a row higher than Excel allows becomes several, merged in each cell.

    So the long text of a goal is neither cut on the screen nor at the end of a page.
    """
    counts = [math.ceil(height / _MAX_ROW_HEIGHT) or 1 for height in heights]
    fitted = [
        math.ceil(height / count / POINTS_PER_PIXEL) * POINTS_PER_PIXEL
        for height, count in zip(heights, counts, strict=True)
        for _ in range(count)
    ]
    if len(fitted) == len(heights):
        return grid, fitted
    starts = list(accumulate(counts, initial=0))
    cells = tuple(
        replace(cell, row=starts[cell.row], rowspan=starts[cell.bottom] - starts[cell.row])
        for cell in grid.cells
    )
    rows = tuple(row for row, count in zip(grid.rows, counts, strict=True) for _ in range(count))
    return replace(grid, cells=cells, rows=rows, row_numbers=()), fitted


def _area(grid: Grid) -> str:
    if not grid.rows or not grid.columns:
        return "A1"
    return f"A1:{column_letters(len(grid.columns) - 1)}{len(grid.rows)}"


def _margins(page: Page) -> str:
    sides = " ".join(
        f'{name}="{points / 72:.4g}"'
        for name, points in (
            ("left", page.left),
            ("right", page.right),
            ("top", page.top),
            ("bottom", page.bottom),
            ("header", min(page.top, 21.6)),
            ("footer", min(page.bottom, 21.6)),
        )
    )
    return f"<pageMargins {sides}/>"


def _page_setup(page: Page) -> str:
    short, long = sorted((page.width, page.height))
    paper = next((code for w, h, code in _PAPERS if abs(w - short) < 6 and abs(h - long) < 6), 9)
    orientation = "landscape" if page.width > page.height else "portrait"
    fit = ' fitToHeight="0"' if page.fit_width else ""
    return f'<pageSetup paperSize="{paper}" orientation="{orientation}"{fit}/>'


def _workbook(names: Sequence[str], grids: Sequence[Grid]) -> str:
    sheets = "".join(
        f'<sheet name="{xml_text(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in enumerate(names, start=1)
    )
    defined = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{n}">{xml_text(rows)}</definedName>'
        for n, (name, grid) in enumerate(zip(names, grids, strict=True))
        if (rows := _print_titles(name, grid))
    )
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{OFFICE}/relationships">'
        '<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="24000" '
        f'windowHeight="12000"/></bookViews><sheets>{sheets}</sheets>'
        f"{f'<definedNames>{defined}</definedNames>' if defined else ''}"
        '<calcPr calcId="191029"/></workbook>'
    )


def _print_titles(name: str, grid: Grid) -> str:
    """The rows that are printed on every page; no area is fixed, rows may be added in Excel."""
    header = [n for n, row in enumerate(grid.rows, start=1) if row.header]
    if not header or header[-1] - header[0] + 1 != len(header):
        return ""
    sheet = "'" + name.replace("'", "''") + "'"
    return f"{sheet}!${header[0]}:${header[-1]}"
