"""Rows and columns of a sheet that nobody sees."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.io.files.read.raw_sheet import RawSheet
from jixiao.io.paper.page.grid import Remark


def without_hidden_columns(sheet: RawSheet) -> None:
    """Takes out what stands in hidden columns only, and says so of each text.

    A merged cell that reaches into a visible column is seen there, as wide as that is.
    """
    hidden = sheet.hidden_columns
    kept: list[tuple[int, int, int, int]] = []
    after, before = _next_visible(hidden), _visible_before(hidden)
    for top, left, bottom, right in sheet.merges:
        first, last = after.get(left, left), before.get(right, right)
        if first > right:
            continue
        if first != left and (top, left) in sheet.texts:
            sheet.texts[top, first] = sheet.texts.pop((top, left))
        kept.append((top, first, bottom, last))
    sheet.merges[:] = kept
    for row, col in sorted(place for place in sheet.texts if place[1] in hidden):
        text = sheet.texts.pop((row, col))
        sheet.remark("hidden_text", row, col, text)


def _next_visible(hidden: set[int]) -> dict[int, int]:
    """For each hidden column the visible one after it."""
    found: dict[int, int] = {}
    for col in sorted(hidden, reverse=True):
        found[col] = found.get(col + 1, col + 1)
    return found


def _visible_before(hidden: set[int]) -> dict[int, int]:
    """For each hidden column the visible one before it, -1 for none."""
    found: dict[int, int] = {}
    for col in sorted(hidden):
        found[col] = found.get(col - 1, col - 1)
    return found


def row_remarks(sheet: RawSheet) -> Iterator[Remark]:
    """The hidden rows that have a text, each run of them once: they are read all the same."""
    rows = sorted(sheet.hidden_rows & {row for row, _ in sheet.texts})
    start = 0
    for i, row in enumerate(rows):
        if i + 1 == len(rows) or rows[i + 1] != row + 1:
            numbers = f"{rows[start] + 1}" if start == i else f"{rows[start] + 1}–{row + 1}"
            yield Remark("hidden_rows", f"A{rows[start] + 1}", numbers)
            start = i + 1
