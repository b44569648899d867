"""Cutting pages into tables, and tables out of what was read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePath

from jixiao.io.paper.page.clean import squeeze
from jixiao.io.paper.page.grid import Cell, Grid
from jixiao.io.recognise.assemble import to_reading
from jixiao.io.recognise.beside import split_beside
from jixiao.io.recognise.blocks import Blocks
from jixiao.io.recognise.draft import Draft, Page, Reading
from jixiao.io.recognise.header import YEAR_LINE, HeaderReader
from jixiao.io.recognise.heads import Header
from jixiao.io.recognise.indicators import read_indicators
from jixiao.io.recognise.labels import Labels
from jixiao.io.recognise.lists import read_details, read_items, read_others, read_tasks
from jixiao.io.recognise.matrix import read_matrix
from jixiao.io.recognise.neighbours import share_heading, share_meta, with_unplaced
from jixiao.io.recognise.seeds import is_heading_line
from jixiao.io.recognise.settle import settle
from jixiao.io.recognise.store import put
from jixiao.io.recognise.tidy import tidy
from jixiao.io.recognise.upright import upright
from jixiao.model.table import Unplaced

_TITLE_TAIL = re.compile(r"(?:[（(][^（）()]{0,16}[)）]|[★☆*※])+$")
_TITLE_MARKS = re.compile(r"[★☆*※]+$")
_TITLE = re.compile(r"(?:绩效|目标)[^，。；：:]{0,12}表$|申报表$")
_OUTLINE = re.compile(
    r"^(?:\d{1,3}[.．、]|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])"
)
_ANNEX = re.compile(r"^附(?:表|件)?\s*[\d一二三四五六七八九十]{0,3}(?:[-－]\d+)?[：:]?$")
_ANNEX_BEFORE = re.compile(
    r"^附(?:表|件)\s*[\d一二三四五六七八九十]{0,3}(?:[-－]\d+)?[：:]?(?=.{6})"
)
_HEADING_ENDS = ("表", "文本", "预算", "公开", "申报书")
_YEAR_WORD = re.compile(r"(20\d\d)\s*(?:[-—~～至]\s*20\d\d\s*)?年")
_NAMES = frozenset({"project_name", "department_name"})
_UNIQUE = frozenset({"project_name", "department_name", "annual_goal"})

_AMOUNT_BEHIND = re.compile(r"[(（](\d+(?:\.\d+)?(?:万元|元|亿元))[)）]$")
_HEADING = 60
"""A text above a table with more characters is no heading."""

_MANY = 200
"""A page without a table that has more texts is listed by rows."""


BlockReader = Callable[[Page, Labels, Draft, Header], int]
_BLOCKS: dict[str, BlockReader] = {
    "indicators": read_indicators,
    "items": read_items,
    "spending_details": read_details,
    "tasks": read_tasks,
    "other": read_others,
}


def recognise(grids: Sequence[Grid], labels: Labels, file_name: str = "") -> list[Reading]:
    """The tables on the pages of one file, in document order.

    Every text that is neither content nor a label of a table is in its reading's ``unplaced``.
    """
    readings: list[Reading] = []
    before: list[Unplaced] = []
    for whole in grids:
        found: list[Reading] = []
        for part in split_beside(whole):
            page = Page(upright(tidy(part)))
            tables, loose = _read_page(page, labels, file_name)
            for table in tables:
                found += share_heading(found[-1:], [table])
            if not tables:
                before += _not_a_table(page, loose, file_name)
        readings += found
    return share_meta(with_unplaced(readings, before))


def _read_page(page: Page, labels: Labels, file_name: str) -> tuple[list[Reading], list[Cell]]:
    """The tables of a page, and the cells that belong to none of them."""
    drafts = _PageReader(page, labels).read()
    tables = [draft for draft in drafts if draft.has_table]
    headings = [text for draft in drafts for text in draft.headings]
    loose = [
        cell
        for draft in drafts
        if not draft.has_table
        for cell in page.grid.cells
        if draft.start <= cell.row < draft.end and page.text(cell)
    ]
    return [
        to_reading(page, draft, headings, loose if number == 0 else [], file_name)
        for number, draft in enumerate(tables)
    ], loose


def _not_a_table(page: Page, cells: Sequence[Cell], file_name: str) -> list[Unplaced]:
    """The texts of a page without any table; row by row where there are very many."""
    name, sheet = PurePath(file_name).name, page.grid.sheet
    if len(cells) <= _MANY:
        return [Unplaced(name, sheet, page.address(c), page.text(c)) for c in cells]
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return [
        Unplaced(name, sheet, page.address(row[0]), " | ".join(page.text(c) for c in row))
        for row in rows.values()
    ]


def _block_name(header: Header) -> str:
    """The block a header opens: a mid-term list of indicators stands beside the annual one."""
    return "period_indicators" if header.side == "period" else header.list


class _PageReader:
    def __init__(self, page: Page, labels: Labels) -> None:
        self.page = page
        self.labels = labels
        self.blocks = Blocks(page, labels)
        self.header = HeaderReader(page, labels, self.blocks)
        self.drafts: list[Draft] = []

    def read(self) -> list[Draft]:
        """Walk the page from top to bottom."""
        rows = len(self.page.grid.rows)
        draft = self._start(0)
        row = 0
        while row < rows:
            cells = [cell for cell in self.page.row(row) if not self.page.is_used(cell)]
            if not cells:
                row += 1
                continue
            found = self.blocks.at(row)
            if not draft.has_body and found is None:
                draft.above += [t for c in cells if len(t := self.page.text(c)) <= _HEADING]
            if self._opens(draft, cells, found):
                draft.end = row
                draft = self._start(row)
            if found is not None:
                row = self._read_block(draft, found)
                continue
            if any(first <= row <= last for first, last in self.blocks.unread):
                draft.loose.extend(cells)
                row += 1
                continue
            if self._names_block(cells, row):
                if draft.blocks:
                    draft.end = row
                    draft = self._start(row)
                self._read_name_line(draft, cells[0])
                row += 1
                continue
            after = read_matrix(self.header, draft, row)
            if after > row:
                row = after
                continue
            if not self._read_heading(draft, cells):
                self.header.read_row(draft, row, self._right_edge(row))
            row += 1
        draft.end = rows
        return [one for draft in self.drafts for one in self._finished(draft)]

    def _names_block(self, cells: list[Cell], row: int) -> bool:
        """True for a numbered line right above the heads of a block: its project's name."""
        if len(cells) != 1 or not is_heading_line(self.page.text(cells[0])):
            return False
        below = next((r for r in range(row + 1, len(self.page.grid.rows)) if self.page.row(r)), row)
        block = self.blocks.at(below) if below > row else None
        return block is not None and block.list == "indicators"

    def _read_name_line(self, draft: Draft, cell: Cell) -> None:
        if draft.fields.keys() & _NAMES:
            draft.loose.append(cell)
            return
        self.page.use(cell)
        text = _OUTLINE.sub("", squeeze(self.page.text(cell)))
        amount = _AMOUNT_BEHIND.search(text)
        name = text[: amount.start()] if amount else text
        put(draft, "project_name", name, cell)
        reason = f"表上没有写项目名称，按标题行读作“{name}”"
        draft.doubt(cell, name, "project_name", reason, choices=("项目名称", "不是项目名称"))
        if amount:
            put(draft, "project_amount", amount[1], cell)

    def _finished(self, draft: Draft) -> list[Draft]:
        """The draft with what is known only at its end, and the tables that came with it."""
        for first, last in self.blocks.unread:
            if draft.start <= first < draft.end and (last > first or draft.has_table):
                self._tell_unread(draft, first, last)
        for one in draft.siblings:
            one.title, one.money_unit, one.year = draft.title, draft.money_unit, draft.year
            one.agency, one.agency_code = draft.agency, draft.agency_code
        for one in (draft, *draft.siblings):
            for name, value, row, col in one.flat_fields:
                cell = self.page.grid.at(row, col)
                if cell is not None:
                    put(one, name, value, cell)
            settle(one, self.labels)
        if draft.period_indicators and not draft.indicators and "indicators" not in draft.blocks:
            draft.indicators, draft.period_indicators = draft.period_indicators, []
            for (target, name, row), address in list(draft.sources.items()):
                if target == "period_indicators":
                    draft.sources["indicators", name, row] = address
        return [draft, *draft.siblings]

    def _tell_unread(self, draft: Draft, first: int, last: int) -> None:
        """Ask about a block that looks like indicators and was not understood, as a whole."""
        grid = self.page.grid
        area = f"{grid.address(first, 0)}:{grid.address(last, len(grid.columns) - 1)}"
        reason = f"{area} 像绩效指标，但没有读懂，一行也没有读入，请自己录入"
        text = self.page.text(self.page.row(first)[0])
        where = grid.address(first, self.page.row(first)[0].col)
        draft.doubt_at(where, text, "", "indicators", reason)
        draft.blocks.add("indicators")

    def _start(self, row: int) -> Draft:
        draft = Draft(self.page, row)
        self.drafts.append(draft)
        return draft

    def _read_block(self, draft: Draft, header: Header) -> int:
        self.page.use(*header.cells, header.cover)
        draft.has_body = True
        draft.blocks.add(_block_name(header))
        for cell in header.cells:
            if cell.col < header.left:
                self.header.read_row(draft, cell.row, self._right_edge(cell.row))
            if header.list != "indicators":
                self.header.note_unit(draft, cell)
        header = self._other_half(draft, header)
        end = _BLOCKS[header.list](self.page, self.labels, draft, header)
        draft.fields_before = len(draft.fields)
        draft.side = header.side
        return max(end, header.first_row)

    def _other_half(self, draft: Draft, header: Header) -> Header:
        """A second block of indicators in one table: one of both is the mid-term half."""
        if header.list != "indicators" or not draft.indicators or header.side == "period":
            return header
        if draft.period_indicators or header.has_halves:
            return header
        cell = header.cover or header.cells[0]
        first = header.side == "annual" or draft.side != "annual"
        reason = (
            "一张表上有两组指标，没有写哪组是中期，先按"
            + ("前一组" if first else "后一组")
            + "是中期读"
        )
        names = ("年度指标", "中期指标") if first else ("中期指标", "年度指标")
        draft.doubt(cell, names[0], "period_indicators", reason)
        draft.doubt(cell, names[1], "indicators", reason)
        if not first:
            return replace(header, side="period")
        draft.period_indicators, draft.indicators = draft.indicators, []
        for target, name, row in list(draft.sources):
            if target == "indicators":
                draft.sources["period_indicators", name, row] = draft.sources.pop(
                    (target, name, row)
                )
        return header

    def _opens(self, draft: Draft, cells: list[Cell], header: Header | None) -> bool:
        """True when a row begins another table: a title, or what a table has only once.

        A title does so only after a finished block or where no name is told yet, a goal only
        after a finished block, a second block only with header fields between.
        """
        if not draft.has_body:
            return False
        finished = bool(draft.blocks & {"indicators", "items"})
        named = bool(_NAMES & set(draft.fields))
        if header is not None:
            name = _block_name(header)
            again = name in draft.blocks and name in {"indicators", "period_indicators", "items"}
            return again and len(draft.fields) > draft.fields_before
        first = cells[0]
        text = squeeze(self.page.text(first))
        if len(cells) == 1 and (is_title(text) or _ANNEX.match(text)):
            return finished or not named
        names = {self.header.starts_field(c) for c in cells if not self.header.find.is_value(c)}
        if any(name in draft.fields for name in names & _NAMES):
            return True
        if finished and any(name in draft.fields for name in names & {"annual_goal"}):
            return True
        return finished and self.header.starts_field(first) in {"agency", *_UNIQUE}

    def _read_heading(self, draft: Draft, cells: list[Cell]) -> bool:
        """Title, number of the annex, and lines that tell the year."""
        if draft.has_body or len(cells) > 2:
            return False
        for cell in cells:
            text = squeeze(self.page.text(cell))
            year = YEAR_LINE.match(text)
            if year:
                draft.year = draft.year or int(year[1])
                draft.tell("field", "year", cell)
            elif is_title(text):
                draft.tell("field", "title", cell)
                draft.title = _OUTLINE.sub("", _ANNEX_BEFORE.sub("", _TITLE_MARKS.sub("", text)))
            elif not _ANNEX.match(text) and not self._is_year_line(text, cells):
                return False
            draft.headings.append(text)
            # A letter that names the year is no heading of the table: it is listed as well.
            if text.endswith(_HEADING_ENDS) or is_title(text) or len(text) <= 12:
                self.page.use(cell)
            else:
                draft.loose.append(cell)
        return True

    def _is_year_line(self, text: str, cells: list[Cell]) -> bool:
        """A short line over the table that names a year and the budget (2024年部门预算公开表)."""
        words = ("预算", "绩效", "公开", "申报")
        return (
            len(cells) == 1
            and len(text) <= 40
            and bool(_YEAR_WORD.search(text))
            and any(word in text for word in words)
            and "：" not in text
        )

    def _right_edge(self, row: int) -> int:
        """The right end of the cells around a row, so that a blank last cell counts."""
        grid = self.page.grid
        near = range(max(0, row - 3), min(len(grid.rows), row + 4))
        return max((c.right for r in near for c in grid.row_cells(r)), default=0)


def is_title(text: str) -> bool:
    """True for the title of a performance table (2026年项目支出绩效目标表)."""
    bare = _TITLE_TAIL.sub("", text)
    return len(text) <= 60 and bool(_TITLE.search(bare)) and "本表" not in text
