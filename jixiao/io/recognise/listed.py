"""Lists that are no indicators: tasks, spending details, items of a summary, other matters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection

from jixiao.io.paper.page.clean import squeeze
from jixiao.io.paper.page.grid import Cell
from jixiao.io.recognise.draft import Page
from jixiao.io.recognise.heads import Column, Header
from jixiao.io.recognise.labels import Labels
from jixiao.io.recognise.roles import NONE, Assignment, Rules, Scores, assign, head_scores, score
from jixiao.io.recognise.roles import Column as Shown
from jixiao.io.recognise.seeds import is_seed, is_total, is_total_row
from jixiao.io.recognise.structure import (
    Frame,
    Leaf,
    cell_in_column,
    is_head_text,
    leaves_of,
)
from jixiao.model.numbers import decimal_of

_GOALS = frozenset({"annual_goal", "period_goal"})
_RULES = {
    "tasks": Rules(needed=(frozenset({"name"}), frozenset({"content"}))),
    "items": Rules(needed=(frozenset({"name"}), frozenset({"amount"}), _GOALS)),
    "spending_details": Rules(needed=(frozenset({"content", "detail"}), frozenset({"amount"}))),
    "other": Rules(needed=(frozenset({"name"}), frozenset({"content"}))),
}
_LEAST = {"tasks": 2, "items": 3, "spending_details": 3, "other": 2}
_MOST_ROWS = 300
"""A list whose heads nobody knows is not longer: looking on would cost every row of a long page."""
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
    frame = Frame(page, labels, leaves_of([*heads, *lower]), cover)
    exact = any(_has_known_heads(frame, name) for name in _RULES)
    if not exact and not _may_be_list(frame, bottom):
        return None
    rows = _List(frame, bottom, taken, most=None if exact else _MOST_ROWS)
    found = [one for name in _RULES if (one := rows.read_as(name))]
    return max(found, key=lambda one: one[0])[1] if found else None


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


def _has_known_heads(frame: Frame, name: str) -> bool:
    """True when the heads alone make it a list of a kind."""
    keys = [frame.page.key(leaf.cell) for leaf in frame.leaves]
    known = {frame.labels.role_of(name, key) for key in keys} - {None, NONE}
    return all(some & known for some in _RULES[name].needed) and len(known) >= _LEAST[name]


def _may_be_list(frame: Frame, bottom: int) -> bool:
    """True when something other than the heads may speak for a list: its label, or a sum."""
    page = frame.page
    below = next((row for row in range(bottom, len(page.grid.rows)) if page.row(row)), None)
    if below is None:
        return False
    totals = page.rows_where(_ends_in_total)
    return frame.covers(below) or bisect_left(totals, below) < len(totals)


def _ends_in_total(page: Page, row: int) -> bool:
    keys = [page.key(cell) for cell in page.row(row)[:2]]
    return any(is_total(key) and "小计" not in key for key in keys)


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


class _List:
    """A list under reading: its columns and rows, whatever it is a list of."""

    def __init__(self, frame: Frame, bottom: int, taken: Collection[int], most: int | None) -> None:
        self.frame, self.page, self.leaves = frame, frame.page, frame.leaves
        self.bottom = bottom
        self.rows = self._rows(taken, most)
        self.shown = [self._shown(leaf, number) for number, leaf in enumerate(self.leaves)]

    def _rows(self, taken: Collection[int], most: int | None) -> list[int]:
        page, found = self.page, list[int]()
        for row in range(self.bottom, len(page.grid.rows)):
            if row in taken or row in page.grid.paragraph_rows or len(found) == most:
                break
            if not page.row(row):
                continue
            if not self.frame.belongs(row):
                break
            found.append(row)
            if len(found) > 1 and _ends_in_total(page, row):
                break
        return found

    def _shown(self, leaf: Leaf, number: int) -> Shown:
        rows = [row for row in self.rows if not is_total_row(self.page, row)]
        cells = [cell_in_column(self.page, row, leaf.col, leaf.right) for row in rows]
        own = [c for c, row in zip(cells, rows, strict=True) if c is not None and c.row == row]
        texts = tuple(text for c in own if (text := self.page.text(c)))
        covered = sum(bool(self.page.text(c)) for c in cells)
        return Shown(self.page.key(leaf.cell), "", texts, len(rows), covered, number)

    def read_as(self, name: str) -> tuple[float, Header] | None:
        """The list as one of a kind, with how well it fits; None when it is not one."""
        rules, labels = _RULES[name], self.frame.labels
        known = {labels.role_of(name, one.head) for one in self.shown} - {None, NONE}
        exact = _has_known_heads(self.frame, name)
        if not exact and not self._likely(name, len(known)):
            return None
        words = labels.words_of(name)
        scores: list[Scores] = []
        for one in self.shown:
            heads = head_scores(one.head, "", words, lambda key: labels.role_of(name, key))
            scores.append(score(one, heads, _content(name, one)))
        found = assign(scores, rules)
        if not all(some & set(found.roles) for some in rules.needed):
            return None
        if not exact and not self._fits(found, name):
            return None
        return found.total + 20 * exact, self._header(name, found.roles)

    def _likely(self, name: str, known: int) -> bool:
        """True when the place of a list and its sum allow it to be one of a kind."""
        cover, rows = self.frame.cover, self.rows
        covered = cover is not None and bool(rows) and self.frame.covers(rows[0])
        amounts = sum(
            one.share(lambda k: k.number) > 0.5
            and list(one.texts) != [str(number + 1) for number in range(len(one.texts))]
            for one in self.shown
        )
        summed = any(_ends_in_total(self.page, row) for row in rows)
        if name == "tasks":
            return covered
        if name == "items":
            return summed and amounts < 2 and not covered
        details = name == "spending_details" and amounts < 2
        return details and (summed or (covered and known > 1))

    def _fits(self, found: Assignment, name: str) -> bool:
        """True when rows and scores speak for a list though not all of its heads are known."""
        if len(self.rows) < 2 or any(is_seed(self.page, row) for row in self.rows):
            return False
        best = {role: found.scores[i][role] for i, role in enumerate(found.roles) if role}
        needed = [max(best.get(role, 0.0) for role in some) for some in _RULES[name].needed]
        covered = self.frame.covers(self.rows[0])
        return min(needed) >= _LIKELY[name] and (covered or self._adds_up(found.roles))

    def _adds_up(self, roles: list[str]) -> bool:
        """True when one row's amount is the sum of the others'."""
        if "amount" not in roles:
            return False
        leaf = self.leaves[roles.index("amount")]
        texts = [self.frame.text_in(row, leaf) for row in self.rows]
        amounts = [n for text in texts if (n := decimal_of(text.replace(",", ""))) is not None]
        return len(amounts) > 2 and max(amounts) * 2 == sum(amounts)

    def _header(self, name: str, roles: list[str]) -> Header:
        columns = tuple(
            Column(role or "extra:" + self._words(leaf), leaf.col, leaf.right)
            for role, leaf in zip(roles, self.leaves, strict=True)
        )
        heads = (c for leaf in self.leaves for c in (leaf.cell, leaf.group) if c is not None)
        rows = tuple(self.rows)
        return Header(
            name, columns, self.bottom, tuple(dict.fromkeys(heads)), rows, self.frame.cover
        )

    def _words(self, leaf: Leaf) -> str:
        words = squeeze(self.page.text(leaf.cell))
        group = leaf.group
        return words if group is None else f"{squeeze(self.page.text(group))}·{words}"
