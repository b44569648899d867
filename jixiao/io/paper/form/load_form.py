"""From a form's workbook to a form: a drawing as plain data, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from jixiao.io.paper.form.form import Form, FormCell
from jixiao.io.paper.form.form_styles import number_of
from jixiao.io.paper.form.form_workbook import (
    MAX_COLUMNS,
    MAX_ROWS,
    FormSheet,
    FormWorkbook,
    read_form_workbook,
)
from jixiao.io.paper.form.names import pieces_of, slot_of
from jixiao.io.paper.page.addresses import Merge
from jixiao.io.paper.page.grid import Border, Page, RowFormat
from jixiao.model.check_settings import wishes_of_form
from jixiao.model.errors import FormError
from jixiao.model.fields import SCHEDULE_NAME
from jixiao.model.os_errors import reason_of
from jixiao.model.table import Kind

KIND_NAMES: dict[str, Kind] = {
    "部门": "department",
    "项目": "project",
    "汇总": "summary",
    "文本": "narrative",
    "预算": "budget",
    "区域": "region",
}
_A4 = 9
_TRUE = frozenset({"1", "true"})
PAPER_SIZES = {8: (841.9, 1190.6), _A4: (595.3, 841.9), 11: (419.5, 595.3)}
_CHAR_WIDTH = 5.25
"""Points of one character of column width: 7 pixels at 96 dots to the inch."""
# What Excel takes where a workbook does not say: margins in inches, a column in characters.
_MARGINS = {"left": 0.75, "right": 0.75, "top": 1.0, "bottom": 1.0}
_BASE_WIDTH, _PADDING = 8.0, 0.71


def load_form(source: Path | bytes, form_id: str = "") -> Form:
    """Read a form from a workbook's path or its bytes.

    Raises:
        FormError: when it cannot be opened or has no sheet 说明 or no page.
    """
    content = source if isinstance(source, bytes) else read_bytes(source)
    name = source.stem if isinstance(source, Path) else ""
    return form_of(read_form_workbook(content), content, form_id, name)


def read_bytes(path: Path) -> bytes:
    """The bytes of a form's workbook.

    Raises:
        FormError: when it cannot be opened.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise FormError(f"打不开这个表样：{reason_of(error)}。") from error


def form_of(book: FormWorkbook, content: bytes, form_id: str = "", file_name: str = "") -> Form:
    """The form that a workbook draws.

    Args:
        book: The workbook.
        content: Its bytes.
        form_id: Its id; "" for the one that it gives itself.
        file_name: Its id when it gives itself none.

    Raises:
        FormError: when the page is empty or too large.
    """
    about, levels = read_about(book.about)
    sheet, name = book.page, form_id or about.get("编号", "") or file_name
    last_row, last_col = _extent(sheet)
    return Form(
        id=name,
        name=about.get("名称") or name,
        kind=KIND_NAMES.get(about.get("类型", ""), "project"),
        vintage=about.get("年版", ""),
        region=about.get("地区", ""),
        start=_year(about.get("起始年", "")),
        end=_year(about.get("终止年", "")),
        title=pieces_of(about.get("标题", "")),
        required=tuple(_required(about.get("必填", ""))),
        levels=tuple(levels),
        cells=tuple(_cells(sheet, last_row, last_col)),
        rows=tuple(
            RowFormat(sheet.heights.get(row, 0.0), header=row in sheet.header_rows)
            for row in range(last_row + 1)
        ),
        columns=tuple(_widths(sheet, last_col)),
        page=_page(sheet),
        content=content,
        wishes=wishes_of_form(about),
    )


def read_about(sheet: FormSheet) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The rows of 说明 by their name, and the list of levels."""
    about: dict[str, str] = {}
    levels: list[tuple[str, str]] = []
    in_levels = False
    first = ""
    for row in range(min(sheet.last[0] + 1, MAX_ROWS)):
        name, value, second = (sheet.texts.get((row, col), "").strip() for col in range(3))
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


def _extent(sheet: FormSheet) -> tuple[int, int]:
    """Last row and column that hold words, a border or a merge; formatting alone does not count."""
    row = max([sheet.last[0], *(merge[2] for merge in sheet.merges)])
    col = max([sheet.last[1], *(merge[3] for merge in sheet.merges)])
    if row < 0:
        raise FormError(f"工作表“{sheet.title}”是空的。")
    if row >= MAX_ROWS or col >= MAX_COLUMNS:
        raise FormError(
            f"工作表“{sheet.title}”用到了 {row + 1} 行 {col + 1} 列，"
            f"表样最多 {MAX_ROWS} 行 {MAX_COLUMNS} 列；请删去表外的内容。"
        )
    covered = sum((merge[2] - merge[0] + 1) * (merge[3] - merge[1] + 1) for merge in sheet.merges)
    if covered > MAX_ROWS * MAX_COLUMNS:
        raise FormError(f"工作表“{sheet.title}”的合并单元格互相重叠；请取消合并后重新合并。")
    return row, col


def _cells(sheet: FormSheet, last_row: int, last_col: int) -> Iterator[FormCell]:
    lines = _Lines(sheet)
    for row in range(last_row + 1):
        for col in range(last_col + 1):
            area = lines.areas.get((row, col), (row, col, row, col))
            if area[:2] != (row, col):
                continue
            yield FormCell(
                row=row,
                col=col,
                rowspan=area[2] - row + 1,
                colspan=area[3] - col + 1,
                pieces=pieces_of(sheet.texts.get((row, col), "")),
                style=replace(sheet.style(row, col), border=lines.around(area)),
            )


class _Lines:
    """The lines around the cells of a sheet. ``areas`` are the merges by covered position."""

    def __init__(self, sheet: FormSheet) -> None:
        self._sheet = sheet
        self.areas: dict[tuple[int, int], Merge] = {
            (row, col): merge
            for merge in sheet.merges
            for row in range(merge[0], merge[2] + 1)
            for col in range(merge[1], merge[3] + 1)
        }

    def around(self, area: Merge) -> Border:
        """A framed cell's lines, with those that its neighbours across draw, as Excel shows."""
        top, left, bottom, right = area
        own = self._own(area)
        if own.empty:
            return own
        return Border(
            left=own.left or self._at(top, left - 1).right,
            right=own.right or self._at(top, right + 1).left,
            top=own.top or self._at(top - 1, left).bottom,
            bottom=own.bottom or self._at(bottom + 1, left).top,
        )

    def _own(self, area: Merge) -> Border:
        """The lines of an area: its far edges may be told by its first or by its last cell."""
        near = self._sheet.style(*area[:2]).border
        far = self._sheet.style(*area[2:]).border
        return Border(near.left, near.right or far.right, near.top, near.bottom or far.bottom)

    def _at(self, row: int, col: int) -> Border:
        """The lines that a position draws; inside of a merge there are none."""
        if row < 0 or col < 0:
            return Border()
        area = self.areas.get((row, col))
        if area is None:
            return self._sheet.style(row, col).border
        own = self._own(area)
        return Border(
            left=own.left if col == area[1] else "",
            right=own.right if col == area[3] else "",
            top=own.top if row == area[0] else "",
            bottom=own.bottom if row == area[2] else "",
        )


def _widths(sheet: FormSheet, last_col: int) -> Iterable[float]:
    stated = sheet.settings.get("sheetFormatPr", {})
    base = number_of(stated.get("baseColWidth", ""), 0.0) or _BASE_WIDTH
    default = number_of(stated.get("defaultColWidth", ""), 0.0) or base + _PADDING
    return (sheet.widths.get(col, default) * _CHAR_WIDTH for col in range(last_col + 1))


def _page(sheet: FormSheet) -> Page:
    stated = sheet.settings
    setup, margins = stated.get("pageSetup", {}), stated.get("pageMargins", {})
    paper = int(number_of(setup.get("paperSize", ""), _A4))
    width, height = PAPER_SIZES.get(paper, PAPER_SIZES[_A4])
    if setup.get("orientation") == "landscape":
        width, height = height, width
    left, right, top, bottom = (
        number_of(margins.get(side, ""), default) * 72 for side, default in _MARGINS.items()
    )
    return Page(
        width=width,
        height=height,
        left=left,
        right=right,
        top=top,
        bottom=bottom,
        fit_width=stated.get("pageSetUpPr", {}).get("fitToPage") in _TRUE,
        center=stated.get("printOptions", {}).get("horizontalCentered") in _TRUE,
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
