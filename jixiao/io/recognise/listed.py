"""Lists that are no indicators: tasks, spending details, items of a summary, other matters."""

from __future__ import annotations

from collections.abc import Collection

from jixiao.io.paper.page.clean import squeeze
from jixiao.io.paper.page.grid import Cell
from jixiao.io.recognise.draft import Page
from jixiao.io.recognise.heads import Column, Header
from jixiao.io.recognise.labels import Labels
from jixiao.io.recognise.roles import NONE, Assignment, Rules, Scores, assign, head_scores, score
from jixiao.io.recognise.roles import Column as Shown
from jixiao.io.recognise.seeds import is_seed, is_total, is_total_row
from jixiao.model.numbers import decimal_of
from jixiao.io.recognise.structure import (
    Leaf,
    cell_in_column,
    is_head_text,
    leaves_of,
    row_belongs,
)

_GOALS = frozenset({"annual_goal", "period_goal"})
_RULES = {
    "tasks": Rules(needed=(frozenset({"name"}), frozenset({"content"}))),
    "items": Rules(needed=(frozenset({"name"}), frozenset({"amount"}), _GOALS)),
    "spending_details": Rules(needed=(frozenset({"content", "detail"}), frozenset({"amount"}))),
    "other": Rules(needed=(frozenset({"name"}), frozenset({"content"}))),
}
_LEAST = {"tasks": 2, "items": 3, "spending_details": 3, "other": 2}
_LIKELY = {"tasks": 2.5, "items": 2.0, "spending_details": 2.3}


def list_header(page: Page, labels: Labels, row: int, taken: Collection[int]) -> Header | None:
    """The list whose heads stand in a row, None when none does.

    Its heads are known, or a label covers heads and rows of like cells together.

    Args:
        page: The page.
        labels: The words that are known.
        row: The row.
        taken: Rows that belong to other blocks.
    """
    cells = page.row(row)
    if len(cells) < 2 or row in page.grid.paragraph_rows:
        return None
    heads, cover = _heads(page, labels, cells)
    if len(heads) < 2 or not all(is_head_text(labels, page.text(c), page.key(c)) for c in heads):
        return None
    bottom = max(c.bottom for c in heads)
    lower = [c for r in range(row + 1, bottom) for c in page.row(r) if c.col >= heads[0].col]
    leaves = leaves_of([*heads, *lower])
    rows = _rows(page, labels, leaves, bottom, cover, taken)
    shown = [_shown(page, rows, leaf, i) for i, leaf in enumerate(leaves)]
    best: Header | None = None
    most = 0.0
    for name in _RULES:
        found = _as(page, labels, name, leaves, shown, rows, cover, bottom)
        if found is not None and found[0] > most:
            most, best = found
    return best


def _heads(page: Page, labels: Labels, cells: list[Cell]) -> tuple[list[Cell], Cell | None]:
    """The heads of a row, and the label left of them that covers the rows below."""
    cover = page.grid.at(cells[0].row, cells[0].col - 1) if cells[0].col else None
    cover = cover if cover is not None and page.text(cover) else None
    first, rest = cells[0], cells[1:]
    tall = rest and first.bottom > max(c.bottom for c in rest)
    below = page.grid.at(first.bottom, first.col)
    bare = not page.text(below) and labels.heads_part(page.key(first)) and len(rest) > 1
    if tall or bare:
        return rest, first
    return cells, cover


def _rows(
    page: Page, labels: Labels, leaves: list[Leaf], bottom: int, cover: Cell | None,
    taken: Collection[int],
) -> list[int]:  # fmt: skip
    found: list[int] = []
    for row in range(bottom, len(page.grid.rows)):
        if row in taken or row in page.grid.paragraph_rows:
            break
        if not page.row(row):
            continue
        if not row_belongs(page, labels, leaves, row, cover):
            break
        if found and _ends_in_total(page, row):
            return [*found, row]
        found.append(row)
    return found


def _ends_in_total(page: Page, row: int) -> bool:
    keys = [page.key(cell) for cell in page.row(row)[:2]]
    return any(is_total(key) and "小计" not in key for key in keys)


def _shown(page: Page, rows: list[int], leaf: Leaf, number: int) -> Shown:
    rows = [row for row in rows if not is_total_row(page, row)]
    cells = [cell_in_column(page, row, leaf.col, leaf.right) for row in rows]
    texts = [page.text(c) for c, row in zip(cells, rows, strict=True) if c and c.row == row]
    texts = [text for text in texts if text]
    covered = sum(bool(page.text(c)) for c in cells)
    return Shown(page.key(leaf.cell), "", tuple(texts), len(rows), covered, number)


def _content(name: str, column: Shown) -> Scores:
    share = column.share
    number = share(lambda k: k.number)
    long, short = share(lambda k: k.long), share(lambda k: k.words and not k.long)
    length = sum(map(len, column.texts)) / max(1, len(column.texts))
    named = 3 * (short + 0.6 * long) * column.distinct - 5 * number - (2 if length > 28 else 0)
    text = 3 * min(1.0, length / 16) * (long + short) - 4 * number
    amount = 5 * number - 5 * (long + short) - 5 * column.counts
    if name == "items":
        running = 5.0 * column.counts - 2 * (long + number)
        return {"number": running, "name": named, "amount": amount, "period_goal": text,
                "annual_goal": text}  # fmt: skip
    if name == "spending_details":
        some = 2 * (short + long) - 5 * number
        return {"content": some - 0.5 * long, "detail": some, "amount": amount, "basis": text - 0.5}
    if name == "tasks":
        return {"name": named, "owner": short - 2 - 5 * number - 3 * long, "content": text}
    return {"name": named - 3, "content": text - 3}


def _as(
    page: Page, labels: Labels, name: str, leaves: list[Leaf], shown: list[Shown], rows: list[int],
    cover: Cell | None, bottom: int,
) -> tuple[float, Header] | None:  # fmt: skip
    """The list read as one of a kind, with how well it fits; None when it is not one."""
    known = {labels.role_of(name, one.head) for one in shown} - {None, NONE}
    exact = all(some & known for some in _RULES[name].needed) and len(known) >= _LEAST[name]
    covered = cover is not None and cover.rowspan > 1 and bool(rows) and cover.bottom >= rows[0]
    summed = name in {"items", "spending_details"} and any(_ends_in_total(page, r) for r in rows)
    likely = (covered and name not in {"other", "items"}) or (
        summed and not (covered and name == "items")
    )
    amounts = sum(one.share(lambda k: k.number) > 0.5 for one in shown)
    if amounts > 1 and name != "tasks" and not exact:
        return None
    if not exact and not (likely and (name != "spending_details" or len(known) > 1 or summed)):
        return None
    words = labels.words_of(name)
    scores = [
        score(
            one,
            head_scores(one.head, "", words, lambda key: labels.role_of(name, key)),
            _content(name, one),
        )
        for one in shown
    ]
    found = assign(scores, _RULES[name])
    roles = found.roles
    if not all(some & set(roles) for some in _RULES[name].needed):
        return None
    if not exact and not _fits(page, rows, found, name):
        return None
    if not exact and not covered and not _adds_up(page, leaves, rows, roles):
        return None
    columns = tuple(
        Column(role or "extra:" + _words(page, leaf), leaf.col, leaf.right)
        for role, leaf in zip(roles, leaves, strict=True)
    )
    heads = (cell for leaf in leaves for cell in (leaf.cell, leaf.group) if cell is not None)
    cells = tuple(dict.fromkeys(heads))
    header = Header(name, columns, bottom, cells, tuple(rows), cover)
    return found.total + 20 * exact, header


def _adds_up(page: Page, leaves: list[Leaf], rows: list[int], roles: list[str]) -> bool:
    """True when one row's amount is the sum of the others'."""
    if "amount" not in roles or len(rows) < 3:
        return False
    leaf = leaves[roles.index("amount")]
    texts = [page.text(cell_in_column(page, row, leaf.col, leaf.right)) for row in rows]
    amounts = [n for text in texts if (n := decimal_of(text.replace(",", ""))) is not None]
    return len(amounts) > 2 and max(amounts) * 2 == sum(amounts)


def _words(page: Page, leaf: Leaf) -> str:
    words = squeeze(page.text(leaf.cell))
    return words if leaf.group is None else f"{squeeze(page.text(leaf.group))}·{words}"


def _fits(page: Page, rows: list[int], found: Assignment, name: str) -> bool:
    """True when rows and scores speak for a list though not all of its heads are known."""
    if len(rows) < 2 or any(is_seed(page, row) for row in rows):
        return False
    best = {role: found.scores[i][role] for i, role in enumerate(found.roles) if role}
    needed = [max(best.get(role, 0.0) for role in some) for some in _RULES[name].needed]
    return min(needed) >= _LIKELY[name]
