"""Lists as sheets of an Excel workbook: to be filtered, scrolled, printed and worked on.

Forms are pages and drawn by ``write_xlsx``; a list is an ordinary table, with openpyxl.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.io.files.write.excel_help import help_rule, list_of
from jixiao.io.files.write.opc import legal_text
from jixiao.io.files.write.safe_write import write_beside
from jixiao.io.files.write.xlsx_values import (
    MAX_TEXT,
    characters,
    escaped,
    number_format,
    number_value,
    retyped,
    sheet_names,
)
from jixiao.io.paper.page.grid import HAlign, Style, column_letters
from jixiao.io.paper.page.layout import SIDE_PADDING, em_width, wrap
from jixiao.model.errors import ExportError

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.styles import NamedStyle
    from openpyxl.worksheet.worksheet import Worksheet

_TEXT = Style(size=10, halign="left")
_HEAD = Style(font="黑体", size=10)
_NAMES: Mapping[HAlign, str] = {"left": "文字", "center": "居中", "right": "数字"}
_BUTTON = 13.0  # points that Excel's filter button takes of a head at the right
_WIDEST_HEAD = 80.0  # points; a longer head is broken into lines
_INDENT = 12.0  # points beside a number
_LINE = 1.45  # ems from one line to the next, also where other fonts stand in for 宋体
_LOWEST, _HIGHEST = 18.75, 409.5  # points of a row
_HEAD_HEIGHT = 30.0
_A4_MARGINS = (36.0, 42.5)  # points at the sides, and above and below


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list.

    Attributes:
        label: Its head.
        width: At least so many points; longer numbers and heads make it wider.
        halign: Where its texts stand; numbers stand right.
        number: Plain decimals become numbers of Excel, shown as they are written.
        money: Numbers as well, shown with thousands and two decimals, more where there are more.
        alarm: Numbers above 0 are shown in red.
        choices: Texts that Excel offers in its cells.
    """

    label: str
    width: float
    halign: HAlign = "center"
    number: bool = False
    money: bool = False
    alarm: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A sheet with one list.

    Attributes:
        name: The sheet's; a name that Excel would refuse is mended.
        columns: Its columns.
        rows: The texts of each row, one for each column.
        title: A line above the heads, none where empty.
        total: The last row, which is not filtered or sorted.
        fixed: So many columns stay in sight when the list is scrolled.
        spare: So many empty rows below the list are helped like its own.
    """

    name: str
    columns: Sequence[ListColumn]
    rows: Sequence[Sequence[str]]
    title: str = ""
    total: Sequence[str] = ()
    fixed: int = 0
    spare: int = 0

    @property
    def head(self) -> int:
        """The number of the row of the heads."""
        return 2 if self.title else 1

    @property
    def lines(self) -> list[Sequence[str]]:
        """The rows and the total."""
        return [*self.rows, self.total] if self.total else list(self.rows)


def write_lists(sheets: Sequence[ListSheet], path: Path) -> None:
    """Write lists as the sheets of one workbook, in A4 landscape.

    Raises:
        ExportError: The target cannot be written, or a text is longer than Excel holds.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    _add_styles(book)
    for name, sheet in zip(sheet_names([one.name for one in sheets]), sheets, strict=True):
        page: Worksheet = book.create_sheet(name)
        _put_rows(page, sheet, _widths(sheet))
        _put_helps(page, sheet)
        _put_page(page, sheet)
    book.properties.creator = None  # else the library names itself
    book.calculation.fullCalcOnLoad = False  # else Excel asks to save what nobody changed
    write_beside(path, book.save)


def _add_styles(book: Workbook) -> None:
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    line = Side(style="thin", color="000000")
    box = Border(line, line, line, line)
    grey = PatternFill("solid", fgColor="F2F2F2")

    def style(name: str, font: Font, halign: HAlign, *, border: bool, fill: bool) -> NamedStyle:
        found = NamedStyle(name, font=font, border=box if border else Border())
        found.alignment = Alignment(halign, "center", wrap_text=halign != "right")
        if fill:
            found.fill = grey
        return found

    body = Font("宋体", 10, charset=134)
    head = Font("黑体", 10, charset=134)
    for halign, name in _NAMES.items():
        book.add_named_style(style(name, body, halign, border=True, fill=False))
        middle = "center" if halign == "left" else halign
        book.add_named_style(style("合计" + name, head, middle, border=True, fill=True))
    book.add_named_style(style("列名", head, "center", border=True, fill=True))
    title = Font("黑体", 16, bold=True, charset=134)
    book.add_named_style(style("表名", title, "center", border=False, fill=False))


def _widths(sheet: ListSheet) -> list[float]:
    """In points: room for the heads with their buttons, and for every number."""
    widths: list[float] = []
    for at, column in enumerate(sheet.columns):
        width = max(column.width, min(em_width(column.label, _HEAD), _WIDEST_HEAD) + 2 * _BUTTON)
        if column.number or column.money:
            commas = ",,,," if column.money else ""
            numbers = (line[at] for line in sheet.lines if number_format(line[at]))
            width = max([width, *(em_width(text + commas, _TEXT) + _INDENT for text in numbers)])
        widths.append(width)
    return widths


def _put_rows(page: Worksheet, sheet: ListSheet, widths: Sequence[float]) -> None:
    from openpyxl.cell import Cell

    if sheet.title:
        page.cell(1, 1, legal_text(sheet.title)).style = "表名"
        page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(widths))
        page.row_dimensions[1].height = _HEAD_HEIGHT
    for at, (column, width) in enumerate(zip(sheet.columns, widths, strict=True)):
        page.cell(sheet.head, at + 1, legal_text(column.label)).style = "列名"
        page.column_dimensions[column_letters(at)].width = characters(width)
    heads = [column.label for column in sheet.columns]
    page.row_dimensions[sheet.head].height = max(_HEAD_HEIGHT, _height(heads, widths))
    for number, texts in enumerate(sheet.lines, start=sheet.head + 1):
        total = "合计" if number > sheet.head + len(sheet.rows) else ""
        for at, (column, text) in enumerate(zip(sheet.columns, texts, strict=True), start=1):
            cell = page.cell(number, at)
            assert isinstance(cell, Cell)
            cell.style = total + _NAMES[column.halign]
            _put(cell, column, legal_text(text), page.title)
        page.row_dimensions[number].height = _height(texts, widths)


def _put(cell: Cell, column: ListColumn, text: str, sheet: str) -> None:
    """A number where the column has numbers and Excel keeps all of its digits, else a text."""
    if not text:
        return
    code = number_format(text) if column.number or column.money else None
    if code is not None:
        number = number_value(text)
        cell.value = float(number) if "." in number else int(number)
        cell.number_format = _format(column, text, code)
        return
    if len(text.encode("utf-16-le")) > 2 * MAX_TEXT:
        raise ExportError(
            f"“{sheet}”的 {cell.coordinate} 格有 {len(text)} 个字，"
            f"超过 Excel 一格 {MAX_TEXT} 个字的限度。请缩短后再导出。"
        )
    cell.value = escaped(text)
    cell.data_type = "s"  # also what begins like a formula
    cell.quotePrefix = int(retyped(text))


def _format(column: ListColumn, text: str, code: str) -> str:
    if column.money:
        # With a blank's room at the right, as Excel's own format for amounts has it.
        return f"#,##0.{'0' * max(2, len(text.partition('.')[2]))}_ "
    return f"[Red]{code};{code};{code}" if column.alarm else code


def _height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """In points, for the text that needs most lines; Excel has no higher row than the highest."""
    lines = max(
        len(wrap(text, _TEXT, width - 2 * SIDE_PADDING, em_width)) if text else 1
        for text, width in zip(texts, widths, strict=True)
    )
    return min(max(_LOWEST, _TEXT.size * _LINE * lines + 4), _HIGHEST)


def _put_helps(page: Worksheet, sheet: ListSheet) -> None:
    """The filter and drop-down lists."""
    first, last = sheet.head + 1, sheet.head + len(sheet.rows)
    page.auto_filter.ref = f"A{sheet.head}:{column_letters(len(sheet.columns) - 1)}{last}"
    for at, column in enumerate(sheet.columns):
        choices = list_of(map(legal_text, column.choices))
        if choices:
            letters = column_letters(at)
            area = f"{letters}{first}:{letters}{max(first, last + sheet.spare)}"
            page.add_data_validation(help_rule([area], "", choices))


def _put_page(page: Worksheet, sheet: ListSheet) -> None:
    """What stays in sight, and how it is printed."""
    from openpyxl.worksheet.properties import PageSetupProperties

    side, end = (points / 72 for points in _A4_MARGINS)
    page.freeze_panes = f"{column_letters(sheet.fixed)}{sheet.head + 1}"
    page.sheet_view.showGridLines = False
    page.print_title_rows = f"1:{sheet.head}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_options.horizontalCentered = True
    page.page_margins.left = page.page_margins.right = side
    page.page_margins.top = page.page_margins.bottom = end
    page.page_margins.header = page.page_margins.footer = 0.3
    footer = page.oddFooter
    assert footer is not None
    assert footer.center is not None
    footer.center.text = "第 &P 页，共 &N 页"
