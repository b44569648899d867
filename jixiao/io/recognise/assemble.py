"""A finished draft made into a reading: the table, where it stood, and what is unsure about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from jixiao.io.paper.page.grid import Cell, column_letters
from jixiao.io.recognise.draft import Draft, Page, Reading
from jixiao.io.recognise.fit import looks_like_agency
from jixiao.io.recognise.kinds import kind_of
from jixiao.model.fields import MONEY_KEYS, label_of
from jixiao.model.numbers import decimal_of
from jixiao.model.table import Kind, Table, Unplaced
from jixiao.model.vocabulary import vintage_of

_UNIT_LINE = re.compile(r"单位[:：]?\s*(亿元|万元|千元|元)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_YEAR_WORD = re.compile(r"(20\d\d)\s*(?:[-—~～至]\s*20\d\d\s*)?年")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_MONEY_UNITS = frozenset({"元", "千元", "万元", "亿元"})


def to_reading(
    page: Page, draft: Draft, headings: Sequence[str], loose: Iterable[Cell], file_name: str
) -> Reading:
    """The reading of one table.

    Args:
        page: The page it stands on.
        draft: What was read.
        headings: The headings of the whole page, which may tell the year.
        loose: Cells of other parts of the page that belong to no table.
        file_name: The file's name; it may tell the year.
    """
    cells = [cell for cell in draft.loose if not page.is_used(cell)]
    cells = [*loose, *cells, *_unread(page, draft)]
    sheet = page.grid.sheet
    unplaced = tuple(
        Unplaced(PurePath(file_name).name, sheet, page.address(cell), page.text(cell))
        for cell in dict.fromkeys(cells)
    )
    _ask_about_below(page, draft, cells)
    table = _table(draft, headings, sheet, file_name, unplaced)
    return Reading(
        table=table,
        sheet=sheet,
        range=_range(page, draft),
        form="",
        confidence=_confidence(draft, len(unplaced)),
        doubts=tuple(draft.doubts),
        unplaced=unplaced,
        sources=dict(draft.sources),
    )


def _ask_about_below(page: Page, draft: Draft, cells: Iterable[Cell]) -> None:
    """Ask about fields whose value goes on, or is told again, in an unread cell right below."""
    named = {address: name for (target, name, _), address in draft.sources.items()
             if target == "field"}  # fmt: skip
    for cell in cells:
        above = page.grid.at(cell.row - 1, cell.col)
        if above is None or (above.col, above.right) != (cell.col, cell.right):
            continue
        name = named.get(page.address(above), "")
        own, other = kind_of(page.text(above)), kind_of(page.text(cell))
        if not name or (own.number, own.words) != (other.number, other.words):
            continue
        label = label_of(name)
        reason = f"“{label}”下面一格还写了“{page.text(cell)}”，没有读入，请核对"
        draft.doubt(above, page.text(above), name, reason)


def _unread(page: Page, draft: Draft) -> list[Cell]:
    """Cells with text between the table's rows that nothing has accounted for."""
    if draft.is_sibling:
        return []
    return [
        cell
        for cell in page.grid.cells
        if draft.start <= cell.row < draft.end and not page.is_used(cell) and page.text(cell)
    ]


def _range(page: Page, draft: Draft) -> str:
    cells = [
        cell for cell in page.grid.cells if draft.start <= cell.row < draft.end and page.text(cell)
    ]
    if not cells:
        return ""
    grid = page.grid
    starts = [grid.own_place(c.row, c.col) for c in cells]
    ends = [
        grid.own_place(c.row, c.col)
        if (c.row, c.col) in grid.moved
        else grid.own_place(c.bottom - 1, c.right - 1)
        for c in cells
    ]
    top, left = (min(places) for places in zip(*starts, strict=True))
    bottom, right = (max(places) for places in zip(*starts, *ends, strict=True))
    return f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"


def _confidence(draft: Draft, unplaced: int) -> float:
    total = len(draft.fields) + len(draft.indicators) * 4 + len(draft.items) * 3 + 1
    asked = sum(bool(doubt.text.strip()) for doubt in draft.doubts)
    return round(max(0.0, 1.0 - (asked + unplaced) / total), 2)


def _table(
    draft: Draft,
    headings: Sequence[str],
    sheet: str,
    file_name: str,
    unplaced: tuple[Unplaced, ...],
) -> Table:
    agency = draft.agency or draft.fields.get("department_name", "") or _agency_above(draft)
    return Table(
        agency=agency,
        agency_code=draft.agency_code,
        year=_year(draft, headings, sheet, file_name),
        kind=_kind(draft),
        title=draft.title,
        money_unit=draft.money_unit or _unit_of_amounts(draft),
        vintage=vintage_of((i.level1, i.level2) for i in draft.indicators),
        fields=dict(draft.fields),
        payment_schedule=tuple(draft.shares),
        tasks=tuple(draft.tasks),
        indicators=tuple(draft.indicators),
        period_indicators=tuple(draft.period_indicators),
        spending_details=tuple(draft.details),
        items=tuple(draft.items),
        empty_levels=tuple(draft.empty_levels),
        notes=tuple(draft.notes),
        unplaced=unplaced,
    )


def _agency_above(draft: Draft) -> str:
    """The agency that a heading names before the year (某局2026年部门预算公开表)."""
    for text in (*draft.above, *draft.headings):
        before = _YEAR_WORD.split(text)[0].strip()
        if before != text and looks_like_agency(before):
            draft.doubt_at(draft.page.grid.address(draft.start, 0), text, before, "agency",
                           f"表上没有写填报单位，按表头“{text}”读作“{before}”")  # fmt: skip
            return before
    return ""


def _unit_of_amounts(draft: Draft) -> str:
    """The money unit of a line above, or told by an indicator that repeats an amount with it."""
    for text in draft.above:
        match = _UNIT_LINE.search(text)
        if match:
            return match[1]
    amounts = {decimal_of(text) for key, text in draft.fields.items() if key in MONEY_KEYS}
    for indicator in draft.indicators:
        if indicator.unit in _MONEY_UNITS and decimal_of(indicator.value) in amounts - {None}:
            return indicator.unit
    return ""


def _kind(draft: Draft) -> Kind:
    title = draft.title
    if draft.items or "汇总表" in title:
        return "summary"
    if "整体" in title:
        return "department"
    names = {"project_name", "project_amount", "project_code"} & set(draft.fields)
    if names or "项目" in title:
        return "project"
    return "department" if "department_name" in draft.fields else "project"


def _year(draft: Draft, headings: Sequence[str], sheet: str, file_name: str) -> int | None:
    """The year as told by its cell, the title, the lines above, or a name."""
    if draft.year is not None:
        return draft.year
    for text in (draft.title, *draft.headings, *draft.above, *headings):
        match = _YEAR_WORD.search(text.translate(_CHINESE_DIGITS))
        if match:
            return int(match[1])
    return _year_of_name(draft, sheet, file_name)


def _year_of_name(draft: Draft, sheet: str, file_name: str) -> int | None:
    """The year that only the sheet's or the file's name tells, with a note; none for a blank form.

    A form's own name, that its sheet bears, may tell the year in which the form was made.
    """
    if not (draft.fields or draft.indicators or draft.period_indicators or draft.items):
        return None
    for name, of in ((sheet, "工作表"), (PurePath(file_name).stem, "文件")):
        match = _YEAR.search(name)
        if match:
            where = draft.page.grid.address(draft.start, 0)
            reason = f"表上没有写年度，按{of}的名称“{name}”读作“{match[1]}”"
            draft.doubt_at(where, "", match[1], "year", reason)
            return int(match[1])
    return None
