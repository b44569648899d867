"""Blocks: which rows below a header belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jixiao.io.paper.page.clean import key as text_key
from jixiao.io.paper.page.clean import squeeze
from jixiao.io.paper.page.grid import Cell
from jixiao.io.recognise.draft import Page
from jixiao.io.recognise.heads import Header, find_header
from jixiao.io.recognise.labels import Labels

_TOTAL = re.compile(
    r"^(?:金额|资金|自评)?(?:合计|总计|小计|总分|总得分)(?:得分)?(?:\((?:万元|元|分)\))?$"
)
_PAGE_LINE = re.compile(
    r"^(?:第\d{1,3}页.{0,12}|[-—–]\d{1,3}[-—–]|\d{1,3}/\d{1,3}|共\d{1,3}页.{0,8})$"
)
_CONTINUED = re.compile(r"^续表|[(（]续[)）]$|^接上页")
_NOTE = re.compile(r"^\s*(?:附?注|备注|说明|填表说明|填报说明)\s*\d?\s*[：:]")
_SIGNATURE = re.compile(r"签字|签章|盖章|公章")


def cell_in(page: Page, header: Header, row: int, name: str) -> Cell | None:
    """The cell of a row in a column of the block."""
    column = header.column(name)
    return page.grid.at(row, column.col) if column else None


def is_total(key: str) -> bool:
    """True for the words that stand before a sum (合计, 金额合计, 总分)."""
    return bool(_TOTAL.match(key))


def block_rows(page: Page, labels: Labels, header: Header, end: int) -> Iterator[int]:
    """The rows of a block: until a label, another header or a line over its whole width.

    The block's own header repeated on a new page is passed over, with what stands between.
    """
    skip_to = header.first_row
    for row in range(header.first_row, end):
        cells = page.row(row)
        if row < skip_to or (not cells and not any(page.text(c) for c in page.grid.row_cells(row))):
            continue
        if cells and row not in page.grid.paragraph_rows:
            again = find_header(page, labels, row)
            if again is not None and _is_same(again, header):
                page.use(*again.cells)
                skip_to = again.first_row
                continue
            if again is not None:
                return
        if cells and _is_page_break(page, header, cells):
            continue
        apart = row in page.grid.paragraph_rows
        if cells and (apart or _ends_block(page, labels, header, row, cells)):
            return
        yield row


def _is_same(again: Header, header: Header) -> bool:
    """True for the block's own header, printed once more."""
    return (again.list, again.names, again.side) == (header.list, header.names, header.side)


def _is_page_break(page: Page, header: Header, cells: list[Cell]) -> bool:
    """True for a page number, or the title printed again, inside a block: it stays unread."""
    if len(cells) > 2:
        return False
    text = squeeze(page.text(cells[0]))
    if _PAGE_LINE.match(text) or _CONTINUED.search(text):
        return True
    top = header.cells[0].row
    return (
        len(cells) == 1
        and text.endswith("表")
        and any(c.row < top and squeeze(page.text(c)) == text for c in page.grid.cells)
        and _header_follows(page, header, cells[0].bottom)
    )


def _header_follows(page: Page, header: Header, row: int) -> bool:
    keys = [page.key(cell) for cell in header.cells]
    return any(
        [page.key(cell) for cell in page.row(r)][-len(keys) :] == keys for r in range(row, row + 3)
    )


def _ends_block(page: Page, labels: Labels, header: Header, row: int, cells: list[Cell]) -> bool:
    first = cells[0]
    if is_total(page.key(first)) or _is_inside(header, first):
        return False
    left, cover = header.left, header.cover
    if cover is not None and first.col < left and page.key(first) == page.key(cover):
        return False
    at_left = first.col < left or (cover is None and first.col == left)
    if at_left and _is_other_label(labels, page.key(first)):
        return True
    if first.col <= left and (_NOTE.match(page.text(first)) or _labels_value(labels, page, first)):
        return True
    if first.col < left and cover is not None and row >= cover.bottom:
        # Another label stands where the block's own ended.
        return cover.rowspan > 1
    return any(_too_wide(header, cell) for cell in cells) or _is_line(header, cells)


def _is_other_label(labels: Labels, key: str) -> bool:
    return labels.is_label(key) and not labels.column_of("indicators", key)


def _is_line(header: Header, cells: list[Cell]) -> bool:
    """True for one cell over the whole width."""
    first = cells[0]
    if len(header.columns) < 3 or len(cells) > 1 or first.col > header.left:
        return False
    before_last, last = header.columns[-2:]
    return first.right > before_last.col and last.col > first.col


def _is_inside(header: Header, first: Cell) -> bool:
    """True for a row that the block's label covers: whatever stands in it, it is the block's."""
    cover = header.cover
    return (
        cover is not None
        and cover.rowspan > 1
        and first.row < cover.bottom
        and first.col >= header.left
    )


def _labels_value(labels: Labels, page: Page, cell: Cell) -> bool:
    """True for a label and its value in one cell (填表人：张三), or a line to be signed."""
    text = page.text(cell)
    words, colon, _ = text.replace(":", "：")[:20].partition("：")
    if not colon:
        return False
    return bool(labels.field_of(text_key(words))) or bool(_SIGNATURE.search(words))


def _too_wide(header: Header, cell: Cell) -> bool:
    """True for a cell over a level's column and all of the third level's: no indicator's."""
    third = header.column("level3") or header.column("named")
    if header.list != "indicators" or third is None:
        return False
    before = [c.col for c in header.columns if c.name in {"level1", "level2"} and c.col < third.col]
    return bool(before) and cell.col <= max(before) and cell.right > third.col
