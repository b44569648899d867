"""The rows of tasks, spending details, summary items and other matters."""

from __future__ import annotations

from jixiao.io.clean import digits, squeeze
from jixiao.io.recognise.blocks import TOTALS, Header, block_rows, cell_in
from jixiao.io.recognise.draft import Draft, Page
from jixiao.io.recognise.labels import Labels
from jixiao.model.table import Item, SpendingDetail, Task


def read_tasks(page: Page, labels: Labels, draft: Draft, header: Header, end: int) -> int:
    """The rows of 年度主要任务; returns the row after them."""
    last = header.first_row
    for row in block_rows(page, labels, header, end):
        if header.cover is not None and header.cover.rowspan > 1 and row >= header.cover.bottom:
            break
        if header.cover is None and _is_label_row(page, labels, row):
            break
        cells = [page.grid.at(row, column.col) for column in header.columns]
        texts = {c.name: page.text(cell) for c, cell in zip(header.columns, cells, strict=True)}
        page.use(*cells)
        task = Task(
            squeeze(texts.get("name", "")),
            squeeze(texts.get("owner", "")),
            texts.get("content", ""),
        )
        if task != Task():
            draft.tasks.append(task)
        _keep_extra(draft, header, row)
        last = row + 1
    return last


def _keep_extra(draft: Draft, header: Header, row: int) -> None:
    """Columns of a list that the model has no place for stay listed as not placed."""
    for column in header.columns:
        if column.name.startswith("extra:"):
            cell = draft.page.grid.at(row, column.col)
            if cell is not None and draft.page.text(cell):
                draft.page.used.discard((cell.row, cell.col))
                draft.loose.append(cell)


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
        _keep_extra(draft, header, row)
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
        _keep_extra(draft, header, row)
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
            for cell in (name, content):
                if cell is not None:
                    page.used.discard((cell.row, cell.col))
                    draft.loose.append(cell)
    return last


def amount_text(text: str) -> str:
    """An amount as it is compared: half-width, without thousands separators."""
    return digits(text).replace(",", "").strip()
