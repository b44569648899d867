"""A matrix of amounts: kinds of money down, budgets and spending or years across.

年初预算数 · 全年预算数 · 全年执行数 · 执行率 over 年度资金总额 · 其中：财政拨款 · 其他资金. The
column of the table's own year, or the first budget, is what a
goal table means; every other cell becomes a field by the labels of its row and column.
"""

from __future__ import annotations

import re

from jixiao.io.paper.page.clean import squeeze
from jixiao.io.paper.page.grid import Cell
from jixiao.io.recognise.draft import Draft, Page
from jixiao.io.recognise.header import HeaderReader
from jixiao.io.recognise.inline import AMONG
from jixiao.io.recognise.labels import variants
from jixiao.io.recognise.seeds import is_total
from jixiao.io.recognise.store import put, put_unknown

_HEAD = re.compile(
    r"^(?:20\d\d年?度?(?:预算|金额|执行|安排|申请|计划)?数?"
    r"|(?:年初|全年|调整后?|[上本当去]年度?|全年预计|\d{1,2}[-—~至]\d{1,2}月)?(?:实际|预计)?"
    r"(?:预算|执行|决算|批复|申请|支出|资金|到位)(?:数|金额|安排|资金|情况|率)?"
    r"|(?:预算)?执行率|分值|得分|权重)(?:\([a-z/×*%0-9]+\))?$"
)
_NOT_THE_BUDGET = re.compile(r"上年|去年|前年|实际|执行|决算|率|分值|得分")
_CORNERS = frozenset(
    {"项目", "资金", "资金来源", "资金性质", "类别", "资金类别", "内容", "指标", "年度"}
)


def read_matrix(header: HeaderReader, draft: Draft, row: int) -> int:
    """Read the matrix whose heads stand in this row; returns the row after it, ``row`` if none."""
    page = header.page
    heads = _heads(page, row)
    if len(heads) < 2 or not _label(header, row + 1, heads):
        return row
    first = heads[0].col
    page.use(*heads)
    for cell in page.row(row):
        if cell.col < first:
            header.note_unit(draft, cell)
            if header.find.is_label(cell) or _CORNERS.intersection(variants(page.key(cell))):
                page.use(cell)
    draft.has_body = True
    at = row + 1
    while at < len(page.grid.rows):
        label = _label(header, at, heads)
        if label is None or header.blocks.at(at) is not None:
            break
        page.use(label)
        _read_line(header, draft, label, heads)
        at = label.bottom
    return at


def _heads(page: Page, row: int) -> list[Cell]:
    """The heads at the right end of a row."""
    heads: list[Cell] = []
    for cell in reversed(page.row(row)):
        if not _HEAD.match(page.key(cell)):
            break
        heads.insert(0, cell)
    return heads


def _label(header: HeaderReader, row: int, heads: list[Cell]) -> Cell | None:
    """The label of a line: the last cell before the amounts that begins in the row, if one does."""
    page, first = header.page, heads[0].col
    if row >= len(page.grid.rows):
        return None
    left = [cell for cell in page.row(row) if cell.col < first]
    if not left or left[-1].right > first:
        return None
    beside = page.grid.at(row, first)
    if beside is None or beside.col != first or header.find.is_label(beside):
        return None
    wide = beside.right > heads[1].col
    return left[-1] if not wide and header.find.may_label(left[-1]) else None


def _main(draft: Draft, page: Page, heads: list[Cell]) -> Cell:
    """The column of the amounts a goal table means: its own year's, or the first budget."""
    keys = {head: page.key(head) for head in heads}
    own = [head for head in heads if draft.year and keys[head].startswith(str(draft.year))]
    budgets = [head for head in heads if not _NOT_THE_BUDGET.search(keys[head])]
    return (own or budgets or heads)[0]


def _line_field(header: HeaderReader, draft: Draft, label: Cell, words: str) -> str:
    key = header.page.key(label)
    if is_total(key):
        return "budget_total" if "department_name" in draft.fields else "project_amount"
    return header.field_in_context(label, key) or words


def _read_line(header: HeaderReader, draft: Draft, label: Cell, heads: list[Cell]) -> None:
    page = header.page
    words = AMONG.sub("", squeeze(page.text(label))).rstrip("：:")
    name = _line_field(header, draft, label, words)
    main = _main(draft, page, heads)
    amounts: list[str] = []
    for head in heads:
        cell = page.grid.at(label.row, head.col)
        if cell is None or not page.text(cell):
            continue
        page.use(cell)
        text = page.text(cell)
        if head is main and name == words:
            put_unknown(draft, name, text, cell)
        elif head is main:
            put(draft, name, text, cell)
        else:
            draft.fields.setdefault(f"{words}·{squeeze(page.text(head))}", text)
        if "预算" in page.text(head) and not _NOT_THE_BUDGET.search(page.key(head)):
            amounts.append(text)
    if name == "project_amount" and len(set(amounts)) > 1:
        cell = page.grid.at(label.row, main.col) or label
        reason = f"几个预算数不同（{'、'.join(amounts)}），先用了“{squeeze(page.text(main))}”"
        draft.doubt(cell, draft.fields.get(name, ""), name, reason)
