"""Grids as a Word document, written from scratch (ECMA-376, WordprocessingML).

Bordered rows become tables; rows without borders become paragraphs, their cells parted by tabs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, zip_longest
from pathlib import Path

from jixiao.io.files.write.docx_table import TableRows
from jixiao.io.files.write.docx_text import DEFAULT_HALF_POINTS, TextLooks, text_content, twips
from jixiao.io.files.write.opc import PackagePart, relationships, write_package
from jixiao.io.paper.page.grid import Cell, Grid, Page, Style
from jixiao.io.paper.page.layout import LINE_HEIGHT, em_width, layout

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# When wide columns are scaled to the page, so is their text, but not below 小五.
_SMALLEST = 9.0


def write_docx(grids: Sequence[Grid], path: Path) -> None:
    """Write grids one after another, each on pages of its own size.

    Args:
        grids: The pages.
        path: The target; an existing file is replaced.

    Raises:
        ExportError: The target cannot be written.
    """
    looks = TextLooks()
    body: list[str] = []
    for number, grid in enumerate(grids, start=1):
        section = _section(grid.page)
        body += _Blocks(grid, looks).xml()
        # A table needs a paragraph after it, and one that is hardly there makes no blank page.
        if number < len(grids):
            body.append(_closing(section))
        else:
            body += (_closing(""), section)
    document = f'<w:document xmlns:w="{_MAIN}"><w:body>{"".join(body)}</w:body></w:document>'
    parts = {
        "word/document.xml": PackagePart(f"{_KIND}.document.main+xml", document),
        "word/_rels/document.xml.rels": relationships(
            (("styles", "styles.xml"), ("settings", "settings.xml"))
        ),
        "word/styles.xml": _STYLES,
        "word/settings.xml": _SETTINGS,
    }
    write_package(path, "word/document.xml", parts)


class _Blocks:
    """One grid as tables and paragraphs."""

    def __init__(self, grid: Grid, looks: TextLooks) -> None:
        page = grid.page
        room = page.width - page.left - page.right
        total = sum(grid.columns)
        self._tabled = table_rows(grid)
        if page.fit_width and total > room > 0:
            grid = _scaled(grid, room / total, self._tabled)
            total = room
        self._grid, self._looks = grid, looks
        self._edges = tuple(accumulate(grid.columns, initial=0.0))
        self._heights = layout(grid, em_width).row_heights
        # What stands over a table that is narrower than the page stands within its width.
        self._inset = (room - total) / 2 if page.center and total < room else 0.0

    def xml(self) -> Iterator[str]:
        """The block elements in order; blank rows before and after all content are left out."""
        written = [row for row, tabled in enumerate(self._tabled) if tabled or self._texts(row)]
        row, end = (written[0], written[-1] + 1) if written else (0, 0)
        while row < end:
            below = row + 1
            if self._tabled[row]:
                while below < end and self._tabled[below]:
                    below += 1
                yield TableRows(self._grid, row, below, self._heights, self._edges).xml(self._looks)
            else:
                yield from self._paragraphs(row)
            row = below

    def _texts(self, row: int) -> list[Cell]:
        return [cell for cell in self._grid.row_cells(row) if cell.row == row and cell.text]

    def _paragraphs(self, row: int) -> Iterator[str]:
        cells = self._texts(row)
        height = self._heights[row]
        if not cells:
            spacing = f'<w:spacing w:line="{twips(height)}" w:lineRule="exact"/>'
            yield f"<w:p><w:pPr>{spacing}</w:pPr></w:p>"
            return
        lines = list(zip_longest(*(cell.text.split("\n") for cell in cells), fillvalue=""))
        size = max(cell.style.size for cell in cells)
        free = max(0, twips(height - len(lines) * size * LINE_HEIGHT) // 2)
        tabs, stops, alignment = self._placed(cells)
        for number, texts in enumerate(lines):
            before = free if number == 0 else 0
            after = free if number == len(lines) - 1 else 0
            runs = "".join(
                f"<w:r>{self._looks.run(cell.style)}{tab}{text_content(text)}</w:r>"
                for cell, tab, text in zip(cells, tabs, texts, strict=True)
            )
            yield (
                f'<w:p><w:pPr>{stops}<w:spacing w:before="{before}" w:after="{after}"/>'
                f"{alignment}{self._looks.run(cells[0].style)}</w:pPr>{runs}</w:p>"
            )

    def _placed(self, cells: Sequence[Cell]) -> tuple[list[str], str, str]:
        """Where cells stand in a line: a tab or nothing before each, the stops, indents and jc."""
        inset = twips(self._inset)
        indent = f'<w:ind w:left="{inset}" w:right="{inset}"/>' if inset else ""
        if len(cells) == 1 and self._at_edge(cells[0]):
            return [""], "", f'{indent}<w:jc w:val="{cells[0].style.halign}"/>'
        tabs: list[str] = []
        stops: list[str] = []
        for number, cell in enumerate(cells):
            if number == 0 and cell.col == 0 and len(cells) > 1:
                tabs.append("")
                continue
            kind, position = self._stop(cell)
            tabs.append("<w:tab/>")
            stops.append(f'<w:tab w:val="{kind}" w:pos="{twips(position)}"/>')
        return tabs, f"<w:tabs>{''.join(stops)}</w:tabs>", f'{indent}<w:jc w:val="left"/>'

    def _at_edge(self, cell: Cell) -> bool:
        """True when the alignment of a paragraph puts the cell's text where it belongs."""
        left, right = cell.col == 0, cell.right == len(self._grid.columns)
        return {"left": left, "right": right, "center": left and right}[cell.style.halign]

    def _stop(self, cell: Cell) -> tuple[str, float]:
        left, right = self._edges[cell.col], self._edges[cell.right]
        if cell.right == len(self._grid.columns) and cell.style.halign != "left":
            return "right", self._inset + right
        if cell.style.halign == "center":
            return "center", self._inset + (left + right) / 2
        return cell.style.halign, self._inset + (left if cell.style.halign == "left" else right)


def table_rows(grid: Grid) -> list[bool]:
    """For each row, whether it belongs to a table.

    A row with upright lines does; and one with level lines, unless they are only the edge of the
    table above or below it (both sides of an edge tell its line).
    """
    count = len(grid.rows)
    upright = [
        any(cell.style.border.left or cell.style.border.right for cell in grid.row_cells(row))
        for row in range(count)
    ]
    tabled = list(upright)
    for row in range(count):
        if upright[row]:
            continue
        over = row > 0 and upright[row - 1]
        under = row + 1 < count and upright[row + 1]
        tabled[row] = any(
            (cell.style.border.top and not (over and cell.row == row))
            or (cell.style.border.bottom and not (under and cell.bottom == row + 1))
            for cell in grid.row_cells(row)
        )
    return tabled


def _scaled(grid: Grid, scale: float, tabled: Sequence[bool]) -> Grid:
    """The page with narrower columns, lower rows and, in its tables, smaller text."""
    styles: dict[int, Style] = {}
    cells: list[Cell] = []
    for cell in grid.cells:
        if not tabled[cell.row] or cell.style.size <= _SMALLEST:
            cells.append(cell)
            continue
        style = styles.get(id(cell.style))
        if style is None:
            size = max(_SMALLEST, round(cell.style.size * scale * 2) / 2)
            style = styles[id(cell.style)] = replace(cell.style, size=size)
        cells.append(replace(cell, style=style))
    return replace(
        grid,
        cells=tuple(cells),
        columns=tuple(width * scale for width in grid.columns),
        rows=tuple(replace(row, min_height=row.min_height * scale) for row in grid.rows),
    )


def _closing(section: str) -> str:
    return (
        '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/>'
        f'<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>{section}</w:pPr></w:p>'
    )


def _section(page: Page) -> str:
    landscape = ' w:orient="landscape"' if page.width > page.height else ""
    margins = " ".join(
        f'w:{name}="{twips(points)}"'
        for name, points in (
            ("top", page.top),
            ("right", page.right),
            ("bottom", page.bottom),
            ("left", page.left),
            ("header", min(page.top, 28.35)),
            ("footer", min(page.bottom, 28.35)),
            ("gutter", 0),
        )
    )
    return (
        f'<w:sectPr><w:pgSz w:w="{twips(page.width)}" w:h="{twips(page.height)}"{landscape}/>'
        f'<w:pgMar {margins}/><w:cols w:space="425"/></w:sectPr>'
    )


_STYLES = PackagePart(
    f"{_KIND}.styles+xml",
    f'<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体" w:cs="宋体"/>'
    f'<w:sz w:val="{DEFAULT_HALF_POINTS}"/><w:szCs w:val="{DEFAULT_HALF_POINTS}"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    "</w:pPr></w:pPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "<w:qFormat/></w:style>"
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style></w:styles>',
)
_SETTINGS = PackagePart(
    f"{_KIND}.settings+xml",
    f'<w:settings xmlns:w="{_MAIN}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>',
)
