"""Reading a form's workbook, with openpyxl and only here; loaded once into plain data."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jixiao.io.form import Form, FormCell
from jixiao.io.grid import Border, Page, RowFormat, Style
from jixiao.io.names import pieces_of, slot_of
from jixiao.model.errors import FormError
from jixiao.model.fields import SCHEDULE_NAME
from jixiao.model.table import Kind

# openpyxl has no type information; its objects do not leave this file.
Workbook = Any
Worksheet = Any
SheetCell = Any

ABOUT_SHEET = "说明"
KIND_NAMES: dict[str, Kind] = {
    "部门": "department",
    "项目": "project",
    "汇总": "summary",
    "文本": "narrative",
    "预算": "budget",
}
MAX_ROWS, MAX_COLUMNS = 400, 60
PAPER_SIZES = {8: (841.9, 1190.6), 9: (595.3, 841.9), 11: (419.5, 595.3)}
_CHAR_WIDTH = 5.25
"""Points of one character of column width: 7 pixels at 96 dots to the inch."""


def load_form(source: Path | bytes, form_id: str = "") -> Form:
    """Read a form from a workbook's path or its bytes.

    Raises:
        FormError: when it cannot be opened or has no sheet 说明 or no page.
    """
    content, book = open_workbook(source)
    about, levels = read_about(book[ABOUT_SHEET])
    name = form_id or about.get("编号", "")
    if not name and isinstance(source, Path):
        name = source.stem
    return _form(page_sheets(book)[0], about, levels, name, hashlib.sha256(content).hexdigest())


def open_workbook(source: Path | bytes) -> tuple[bytes, Workbook]:
    """A form's workbook with its bytes; it has a sheet 说明 and at least one page.

    Raises:
        FormError: when it cannot be opened or has no sheet 说明 or no page.
    """
    from openpyxl import load_workbook

    try:
        content = source if isinstance(source, bytes) else source.read_bytes()
        book = load_workbook(io.BytesIO(content))
    except OSError as error:
        raise FormError(f"打不开这个表样：{error.strerror}。") from error
    except Exception as error:
        raise FormError(
            "这不是能打开的 Excel 工作簿（.xlsx），请用 Excel 或 WPS 另存一次。"
        ) from error
    if ABOUT_SHEET not in book.sheetnames:
        raise FormError(f"工作簿里没有名为“{ABOUT_SHEET}”的工作表，它不是表样。")
    if not page_sheets(book):
        raise FormError("工作簿里没有画表样的工作表。")
    return content, book


def page_sheets(book: Workbook) -> list[Worksheet]:
    """The sheets on which a page is drawn; only the first one counts."""
    return [sheet for sheet in book.worksheets if sheet.title != ABOUT_SHEET]


def read_about(sheet: Worksheet) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The rows of 说明 by their name, and the list of levels."""
    about: dict[str, str] = {}
    levels: list[tuple[str, str]] = []
    in_levels = False
    first = ""
    for row in sheet.iter_rows(min_row=1, max_row=MAX_ROWS, max_col=3, values_only=True):
        name, value, second = (str(v).strip() if v is not None else "" for v in row)
        if name == "级次":
            in_levels = True
            if value in {"一级", "一级指标", ""}:
                continue
        elif name:
            in_levels = False
            about[name] = value
            continue
        if in_levels and (value or second):
            first = value or first
            levels.append((first, second))
    return about, levels


def _form(
    sheet: Worksheet,
    about: dict[str, str],
    levels: list[tuple[str, str]],
    form_id: str,
    digest: str,
) -> Form:
    last_row, last_col = _extent(sheet)
    merges = {
        (merge.min_row, merge.min_col): (merge.max_row, merge.max_col)
        for merge in sheet.merged_cells.ranges
    }
    return Form(
        id=form_id,
        name=about.get("名称") or form_id,
        kind=KIND_NAMES.get(about.get("类型", ""), "project"),
        vintage=about.get("年版", ""),
        region=about.get("地区", ""),
        start=_year(about.get("起始年", "")),
        end=_year(about.get("终止年", "")),
        title=pieces_of(about.get("标题", "")),
        required=tuple(_required(about.get("必填", ""))),
        levels=tuple(levels),
        cells=tuple(_cells(sheet, merges, last_row, last_col)),
        rows=tuple(_rows(sheet, last_row)),
        columns=tuple(_widths(sheet, last_col)),
        page=_page(sheet),
        digest=digest,
    )


def _extent(sheet: Worksheet) -> tuple[int, int]:
    """Last row and column that hold words, a border or a merge; formatting alone does not count."""
    cells: dict[tuple[int, int], SheetCell] = sheet._cells
    rows, columns = [0], [0]
    for (row, column), cell in cells.items():
        if cell.value is not None or not _border(cell).empty:
            rows.append(row)
            columns.append(column)
    for merge in sheet.merged_cells.ranges:
        if (merge.min_row, merge.min_col) in cells:
            rows.append(merge.max_row)
            columns.append(merge.max_col)
    if max(rows) == 0:
        raise FormError(f"工作表“{sheet.title}”是空的。")
    if max(rows) > MAX_ROWS or max(columns) > MAX_COLUMNS:
        raise FormError(
            f"工作表“{sheet.title}”用到了 {max(rows)} 行 {max(columns)} 列，"
            f"表样最多 {MAX_ROWS} 行 {MAX_COLUMNS} 列；请删去表外的内容。"
        )
    return max(rows), max(columns)


def _cells(
    sheet: Worksheet,
    merges: dict[tuple[int, int], tuple[int, int]],
    last_row: int,
    last_col: int,
) -> Iterable[FormCell]:
    covered = {
        (r, c)
        for (row, col), (bottom, right) in merges.items()
        for r in range(row, bottom + 1)
        for c in range(col, right + 1)
    }
    for row in range(1, last_row + 1):
        for col in range(1, last_col + 1):
            if (row, col) in merges:
                bottom, right = merges[row, col]
            elif (row, col) in covered:
                continue
            else:
                bottom, right = row, col
            cell = sheet.cell(row, col)
            text = "" if cell.value is None else str(cell.value)
            yield FormCell(
                row=row - 1,
                col=col - 1,
                rowspan=bottom - row + 1,
                colspan=right - col + 1,
                pieces=pieces_of(text),
                style=_style(sheet, row, col, bottom, right),
            )


def _rows(sheet: Worksheet, last_row: int) -> Iterable[RowFormat]:
    header: set[int] = set()
    for start, end in re.findall(r"\$?(\d+):\$?(\d+)", sheet.print_title_rows or ""):
        header.update(range(int(start), int(end) + 1))
    for row in range(1, last_row + 1):
        height = sheet.row_dimensions[row].height
        yield RowFormat(min_height=float(height or 0.0), header=row in header)


def _widths(sheet: Worksheet, last_col: int) -> Iterable[float]:
    default = sheet.sheet_format.defaultColWidth or (sheet.sheet_format.baseColWidth or 8) + 0.71
    widths = [float(default)] * last_col
    for dimension in sheet.column_dimensions.values():
        low, high = dimension.min, dimension.max
        if low is None or high is None or not dimension.width:
            continue
        for col in range(low, min(high, last_col) + 1):
            widths[col - 1] = float(dimension.width)
    return (width * _CHAR_WIDTH for width in widths)


def _page(sheet: Worksheet) -> Page:
    setup, margins = sheet.page_setup, sheet.page_margins
    width, height = PAPER_SIZES.get(int(setup.paperSize or 9), PAPER_SIZES[9])
    if setup.orientation == "landscape":
        width, height = height, width
    properties = sheet.sheet_properties.pageSetUpPr
    return Page(
        width=width,
        height=height,
        left=margins.left * 72,
        right=margins.right * 72,
        top=margins.top * 72,
        bottom=margins.bottom * 72,
        fit_width=bool(properties is not None and properties.fitToPage),
        center=bool(sheet.print_options.horizontalCentered),
    )


def _border(cell: SheetCell) -> Border:
    border = cell.border
    return Border(
        *(
            (getattr(border, side).style or "") if getattr(border, side) is not None else ""
            for side in ("left", "right", "top", "bottom")
        )
    )


def _with_neighbours(
    sheet: Worksheet, own: Border, *, row: int, col: int, bottom: int, right: int
) -> Border:
    """A framed cell's lines, with those that are drawn by the neighbour across, as Excel shows."""
    return Border(
        left=own.left or (_border(sheet.cell(row, col - 1)).right if col > 1 else ""),
        right=own.right or _border(sheet.cell(row, right + 1)).left,
        top=own.top or (_border(sheet.cell(row - 1, col)).bottom if row > 1 else ""),
        bottom=own.bottom or _border(sheet.cell(bottom + 1, col)).top,
    )


def _style(sheet: Worksheet, row: int, col: int, bottom: int, right: int) -> Style:
    """Looks of a cell; the edges of a merged one come from the cells that lie on them."""
    cell = sheet.cell(row, col)
    far = _border(sheet.cell(bottom, right))
    near = _border(cell)
    own = Border(near.left, far.right, near.top, far.bottom)
    border = (
        own
        if own.empty
        else _with_neighbours(sheet, own, row=row, col=col, bottom=bottom, right=right)
    )
    font, alignment, fill = cell.font, cell.alignment, cell.fill
    filled = fill.fill_type == "solid" and isinstance(fill.fgColor.rgb, str)
    color = font.color.rgb if font.color is not None and font.color.type == "rgb" else ""
    horizontal = alignment.horizontal
    vertical = alignment.vertical
    return Style(
        font=font.name or "宋体",
        size=float(font.sz or 10.5),
        bold=bool(font.b),
        italic=bool(font.i),
        underline=bool(font.u),
        color=color[-6:] if isinstance(color, str) and color[-6:] != "000000" else "",
        fill=fill.fgColor.rgb[-6:] if filled else "",
        halign=horizontal if horizontal in {"left", "center", "right"} else "left",
        valign=vertical if vertical in {"top", "center", "bottom"} else "bottom",
        wrap=bool(alignment.wrap_text),
        indent=int(alignment.indent or 0),
        border=border,
    )


def _year(text: str) -> int | None:
    match = re.search(r"\d{4}", text)
    return int(match[0]) if match else None


def _required(text: str) -> Iterable[str]:
    for name in re.split(r"[、，,;；\s]+", text):
        if name == SCHEDULE_NAME:
            yield "payment_schedule"
        elif name:
            yield slot_of(name.strip("{}｛｝")).name
