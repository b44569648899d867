"""The rows of tasks, spending details, summary items and other matters."""

from __future__ import annotations

import re

from jixiao.io.paper.page.clean import digits, squeeze
from jixiao.io.paper.page.grid import Cell
from jixiao.io.recognise.draft import Draft, Page
from jixiao.io.recognise.heads import Column, Header, cell_of
from jixiao.io.recognise.labels import Labels
from jixiao.io.recognise.seeds import is_total
from jixiao.model.numbers import decimal_of
from jixiao.model.table import Item, SpendingDetail, Task

_RUNNING = re.compile(r"^(?:[(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[).、]?)?$")
"""A running number: the form counts the items itself."""


def cell_in(page: Page, header: Header, row: int, name: str) -> Cell | None:
    """The cell of a row in a column of the block."""
    column = header.column(name)
    return cell_of(page, row, column) if column else None


def read_tasks(page: Page, _labels: Labels, draft: Draft, header: Header) -> int:
    """The rows of 年度主要任务; returns the row after them."""
    for row in header.rows:
        cells = [cell_of(page, row, column) for column in header.columns]
        texts = {c.name: page.text(cell) for c, cell in zip(header.columns, cells, strict=True)}
        page.use(*cells)
        if is_total(page.key(cells[0])):
            keep_total(draft, header, row)
            continue
        task = Task(
            squeeze(texts.get("name", "")),
            squeeze(texts.get("owner", "")),
            texts.get("content", ""),
        )
        if task != Task():
            draft.tasks.append(task)
            _tell(draft, header, "tasks", row, len(draft.tasks) - 1)
            draft.note_markup(cell_in(page, header, row, "content"), "content", "tasks")
        _keep_extra(draft, header, row)
    return header.end


def _tell(draft: Draft, header: Header, target: str, row: int, index: int) -> None:
    """Remember the cells of a row."""
    for column in header.columns:
        draft.tell(target, column.name, cell_of(draft.page, row, column), index)


def keep_total(draft: Draft, header: Header, row: int) -> None:
    """The sums of a total row become fields by the row's label and the column's (总分·得分)."""
    page = draft.page
    label = squeeze(page.text(page.row(row)[0]))
    for column in header.columns:
        cell = cell_of(page, row, column)
        if cell is None or cell.col <= header.left or not page.text(cell):
            continue
        page.use(cell)
        if not is_total(page.key(cell)):
            name = f"{label}·{_head(draft, header, column)}"
            draft.fields.setdefault(name, page.text(cell))
            draft.tell("field", name, cell)


def _head(draft: Draft, header: Header, column: Column) -> str:
    """A column's own words."""
    if column.name.startswith("extra:"):
        name = column.name.removeprefix("extra:")
        return name.rpartition("·")[2]
    heads = [c for c in header.cells if c.col <= column.col < c.right]
    return squeeze(draft.page.text(max(heads, key=lambda c: c.row))) if heads else column.name


def _keep_extra(draft: Draft, header: Header, row: int) -> None:
    """Columns of a list that the model has no place for stay listed as not placed."""
    _leave(
        draft,
        *(
            cell_of(draft.page, row, column)
            for column in header.columns
            if column.name.startswith("extra:")
        ),
    )


def _leave(draft: Draft, *cells: Cell | None) -> None:
    """List texts that found no place."""
    for cell in cells:
        if cell is not None and draft.page.text(cell) and not is_total(draft.page.key(cell)):
            draft.page.used.discard((cell.row, cell.col))
            draft.loose.append(cell)


def _amount(draft: Draft, cell: Cell | None, where: str) -> str:
    """The amount in a cell; what is no number is asked about."""
    text = amount_text(draft.page.text(cell))
    if cell is not None and text and decimal_of(text) is None:
        draft.doubt(cell, text, where, "这里应当是金额，写的不是一个数")
    return text


def read_details(page: Page, _labels: Labels, draft: Draft, header: Header) -> int:
    """The rows of 支出明细及测算说明 and their 合计; returns the row after them."""
    for row in header.rows:
        names = ("content", "detail", "amount", "basis")
        cells = {name: cell_in(page, header, row, name) for name in names}
        page.use(*cells.values())
        words = page.key(cells["content"]), page.key(cells["detail"])
        if any(is_total(word) and "小计" not in word for word in words):
            _put_total(draft, "details_total", cells)
            _keep_extra(draft, header, row)
            break
        amount = _amount(draft, cells["amount"], "amount")
        detail = SpendingDetail(
            page.text(cells["content"]),
            page.text(cells["detail"]),
            amount,
            page.text(cells["basis"]),
        )
        if detail != SpendingDetail():
            draft.details.append(detail)
            _tell(draft, header, "spending_details", row, len(draft.details) - 1)
        _keep_extra(draft, header, row)
    return header.end


def read_items(page: Page, _labels: Labels, draft: Draft, header: Header) -> int:
    """The rows of a summary and its 合计; returns the row after them."""
    for row in header.rows:
        names = ("number", "name", "amount", "period_goal", "annual_goal")
        cells = {name: cell_in(page, header, row, name) for name in names}
        page.use(*cells.values())
        keys = (page.key(cells["name"]), page.key(cells["number"]))
        if any(is_total(key) and "小计" not in key for key in keys):
            _put_total(draft, "budget_total", cells)
            _keep_extra(draft, header, row)
            continue
        amount = _amount(draft, cells["amount"], "amount")
        if not _RUNNING.match(page.key(cells["number"])):
            _leave(draft, cells["number"])
        item = Item(
            squeeze(page.text(cells["name"])),
            amount,
            page.text(cells["period_goal"]),
            page.text(cells["annual_goal"]),
        )
        if item != Item():
            draft.items.append(item)
            _tell(draft, header, "items", row, len(draft.items) - 1)
        _keep_extra(draft, header, row)
    return header.end


def _put_total(draft: Draft, name: str, cells: dict[str, Cell | None]) -> None:
    """The sum below a list; the first one counts, and what else its row holds is listed."""
    page = draft.page
    amount = amount_text(page.text(cells["amount"]))
    if amount and draft.fields.setdefault(name, amount) == amount:
        draft.tell("field", name, cells["amount"])
        rest = [cell for column, cell in cells.items() if column != "amount"]
    else:
        rest = list(cells.values())
    _leave(draft, *(cell for cell in rest if not is_total(page.key(cell))))


def read_others(page: Page, labels: Labels, draft: Draft, header: Header) -> int:
    """The rows of 其他事项: header fields by their label; returns the row after them."""
    for row in header.rows:
        name, content = (cell_in(page, header, row, column) for column in ("name", "content"))
        page.use(name, content)
        label, text = squeeze(page.text(name)), page.text(content)
        if label and text:
            known = labels.field_of(page.key(name)) or label
            draft.fields.setdefault(known, text)
            draft.tell("field", known, content)
        else:
            _leave(draft, name, content)
    return header.end


def amount_text(text: str) -> str:
    """An amount as it is compared: half-width, without thousands separators."""
    return digits(text).replace(",", "").strip()
