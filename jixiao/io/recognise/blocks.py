"""Blocks: header rows of columns and the rows of tasks, details and items below them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jixiao.io.clean import digits, squeeze
from jixiao.io.grid import Cell
from jixiao.io.recognise.draft import Draft, Page
from jixiao.io.recognise.labels import Labels
from jixiao.model.table import Item, SpendingDetail, Task

TOTALS = frozenset({"合计", "总计", "小计", "合计(万元)"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a block: what it holds and where; unknown columns are "extra:<header>"."""

    name: str
    col: int
    right: int


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a block: its list, its columns from left to right, the first row below it.

    ``cells`` are the header's cells and the label that covers the block on its left.
    """

    list: str
    columns: tuple[Column, ...]
    first_row: int
    cells: tuple[Cell, ...]
    cover: Cell | None = None

    @property
    def left(self) -> int:
        """The leftmost column of the block."""
        return self.columns[0].col

    def column(self, name: str) -> Column | None:
        """The column with this name."""
        return next((column for column in self.columns if column.name == name), None)


def find_header(page: Page, labels: Labels, row: int) -> Header | None:
    """The block whose header stands in this row, None when the row is none."""
    cells = page.row(row)
    if len(cells) < 2:
        return None
    keys = [page.key(cell) for cell in cells]
    found = {
        name: {labels.column_of(name, key) for key in keys} - {""}
        for name in ("indicators", "items", "spending_details", "tasks", "other")
    }
    indicators = found["indicators"]
    if "level3" in indicators and len(indicators) >= 3 or {"level1", "level2"} <= indicators:
        return _header(page, labels, row, cells, "indicators")
    items = found["items"]
    if {"name", "amount"} <= items and {"annual_goal", "period_goal"} & items:
        return _header(page, labels, row, cells, "items")
    details = found["spending_details"]
    if {"content", "amount"} <= details and len(details) >= 3:
        return _header(page, labels, row, cells, "spending_details")
    if {"name", "content"} <= found["tasks"]:
        return _header(page, labels, row, cells, "tasks")
    if {"name", "content"} <= found["other"]:
        return _header(page, labels, row, cells, "other")
    return None


def _header(page: Page, labels: Labels, row: int, cells: list[Cell], name: str) -> Header:
    columns: list[Column] = []
    taken: set[str] = set()
    first = next(
        i for i, cell in enumerate(cells) if labels.column_of(name, page.key(cell))
    )
    cover = page.grid.at(row, cells[first].col - 1) if cells[first].col else None
    for cell in cells[first:]:
        column = labels.column_of(name, page.key(cell))
        if not column or column in taken:
            column = "extra:" + squeeze(page.text(cell))
        taken.add(column)
        columns.append(Column(column, cell.col, cell.right))
    bottom = max(cell.bottom for cell in cells[first:])
    return Header(name, tuple(columns), bottom, tuple(cells), cover)


def cell_in(page: Page, header: Header, row: int, name: str) -> Cell | None:
    """The cell of a row in a column of the block."""
    column = header.column(name)
    return page.grid.at(row, column.col) if column else None


def block_rows(page: Page, labels: Labels, header: Header, end: int) -> Iterator[int]:
    """The rows of a block: until a label, another header or a line over its whole width."""
    for row in range(header.first_row, end):
        cells = page.row(row)
        if not cells and not any(page.text(c) for c in page.grid.row_cells(row)):
            continue
        if cells and _ends_block(page, labels, header, row, cells):
            return
        yield row


def _ends_block(
    page: Page, labels: Labels, header: Header, row: int, cells: list[Cell]
) -> bool:
    first = cells[0]
    if row in page.grid.paragraph_rows:
        return True
    if find_header(page, labels, row) is not None:
        return True
    key = page.key(first)
    if first.col < header.left or (header.cover is None and first.col == header.left):
        if header.cover is not None and key == page.key(header.cover):
            return False
        if labels.is_label(key) and not labels.column_of("indicators", key) and key not in TOTALS:
            return True
    last = header.columns[-1]
    wide = len(header.columns) > 2 and first.col <= header.columns[0].col
    return wide and len(cells) == 1 and first.right > header.columns[-2].col and last.col > first.col


def read_tasks(page: Page, labels: Labels, draft: Draft, header: Header, end: int) -> int:
    """The rows of 年度主要任务; returns the row after them."""
    last = header.first_row
    for row in block_rows(page, labels, header, end):
        if header.cover is not None and header.cover.rowspan > 1 and row >= header.cover.bottom:
            break
        cells = {name: cell_in(page, header, row, name) for name in ("name", "owner", "content")}
        if header.cover is None and _is_label_row(page, labels, row):
            break
        page.use(*cells.values())
        task = Task(
            squeeze(page.text(cells["name"])),
            squeeze(page.text(cells["owner"])),
            page.text(cells["content"]),
        )
        if task != Task():
            draft.tasks.append(task)
        last = row + 1
    return last


def _is_label_row(page: Page, labels: Labels, row: int) -> bool:
    return any(labels.is_label(page.key(cell)) for cell in page.row(row)[:1])


def read_details(page: Page, labels: Labels, draft: Draft, header: Header, end: int) -> int:
    """The rows of 支出明细及测算说明 and their 合计; returns the row after them."""
    last = header.first_row
    for row in block_rows(page, labels, header, end):
        names = ("content", "detail", "amount", "basis")
        cells = {name: cell_in(page, header, row, name) for name in names}
        page.use(*cells.values())
        last = row + 1
        amount = amount_text(page.text(cells["amount"]))
        if any(page.key(cell) in TOTALS for cell in cells.values()):
            if amount:
                draft.fields["details_total"] = amount
            break
        detail = SpendingDetail(
            page.text(cells["content"]),
            page.text(cells["detail"]),
            amount,
            page.text(cells["basis"]),
        )
        if detail != SpendingDetail():
            draft.details.append(detail)
    return last


def read_items(page: Page, labels: Labels, draft: Draft, header: Header, end: int) -> int:
    """The rows of a summary and its 合计; returns the row after them."""
    last = header.first_row
    for row in block_rows(page, labels, header, end):
        names = ("number", "name", "amount", "period_goal", "annual_goal")
        cells = {name: cell_in(page, header, row, name) for name in names}
        page.use(*cells.values())
        last = row + 1
        amount = amount_text(page.text(cells["amount"]))
        if page.key(cells["name"]) in TOTALS or page.key(cells["number"]) in TOTALS:
            if amount:
                draft.fields["budget_total"] = amount
            continue
        item = Item(
            squeeze(page.text(cells["name"])),
            amount,
            page.text(cells["period_goal"]),
            page.text(cells["annual_goal"]),
        )
        if item != Item():
            draft.items.append(item)
    return last


def read_others(page: Page, labels: Labels, draft: Draft, header: Header, end: int) -> int:
    """The rows of 其他事项: header fields by their label; returns the row after them."""
    last = header.first_row
    for row in block_rows(page, labels, header, end):
        name, content = (cell_in(page, header, row, column) for column in ("name", "content"))
        page.use(name, content)
        last = row + 1
        label, text = squeeze(page.text(name)), page.text(content)
        if label and text:
            draft.fields.setdefault(labels.field_of(page.key(name)) or label, text)
        elif label or text:
            draft.loose.extend(cell for cell in (name, content) if cell is not None)
    return last


def amount_text(text: str) -> str:
    """An amount as it is compared: half-width, without thousands separators."""
    return digits(text).replace(",", "").strip()
