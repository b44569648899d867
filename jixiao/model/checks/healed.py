"""Faults of a draft that the reading mended, kept as lines of ``Table.notes``.

A target as typed has its place in ``Indicator.written``; a level in the wrong column (S2) and
markup (T2) have none, so whoever reads a draft writes such a line, and the rule tells it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from jixiao.model.checks.findings import Note
from jixiao.model.checks.kinds import level2_of
from jixiao.model.checks.view import View, short
from jixiao.model.columns import column_label
from jixiao.model.fields import label_of
from jixiao.model.table import LIST_NAMES, ListName

_LINE = re.compile(r"读入时改正 (S2|T2) (?:([a-z_]+)\[(\d+)\]\.)?([^：]+)：原稿写“(.*)”", re.DOTALL)


def healed_line(
    rule: str, field: str, text: str, rows: ListName | None = None, index: int = 0
) -> str:
    """The line of ``Table.notes`` for a mended fault.

    Args:
        rule: S2 for a level in the wrong column, T2 for markup.
        field: The header field's key, or the column.
        text: What the draft wrote (the misplaced level, the markup).
        rows: The list in which the row stands; None for a header field.
        index: The row's position there.
    """
    place = f"{rows}[{index}].{field}" if rows else field
    return f"读入时改正 {rule} {place}：原稿写“{text}”"


def is_healed_line(text: str) -> bool:
    """True for a line of notes that tells what the reading of a draft mended."""
    return _LINE.fullmatch(text) is not None


def healed(view: View, rule: str) -> Iterator[Note]:
    """What the lines of a table's notes tell about one rule."""
    for line in view.table.notes:
        match = _LINE.fullmatch(line)
        if match is None or match[1] != rule:
            continue
        rows = cast("ListName", match[2]) if match[2] in LIST_NAMES else None
        index = int(match[3]) if rows else None
        name = ""
        if rows and index is not None:
            if index >= len(view.table.rows(rows)):
                continue
            row = view.table.rows(rows)[index]
            name = str(getattr(row, "level3", ""))
            level2 = str(getattr(row, "level2", ""))
            # Rows were moved since, so that the line tells of another one.
            if rule == "S2" and level2 and level2_of(level2) != level2_of(match[5]):
                continue
        message = _message(rule, _label(rows, match[4]), match[5], name)
        hint = "请核对改得对不对。"
        yield Note(message, hint, match[4], rows, index, name, "warning")


def _label(rows: ListName | None, field: str) -> str:
    """What a header field or a column is called."""
    return label_of(field) if rows is None else column_label(field, rows)


def _message(rule: str, label: str, text: str, name: str) -> str:
    if rule == "S2":
        return f"原稿“{short(name)}”的级次写作“{short(text)}”，读入时已经改正。"
    where = f"“{short(name)}”的{label}" if name else f"“{label}”"
    return f"原稿{where}里夹有网页标记“{short(text)}”，读入时已经去掉。"
