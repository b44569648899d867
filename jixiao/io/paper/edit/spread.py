"""A target value written into one cell of a form that has a column for each of its parts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from jixiao.model.table import Indicator
from jixiao.model.target import Target, parse_target, read_columns
from jixiao.model.vocabulary import COMPARATORS, QUALITATIVE


def may_spread(column: str) -> bool:
    """True for the columns in which a whole target value (≥95%) may be written."""
    return column in {"value", "comparator"} or column.startswith("target:")


def spread(
    row: Indicator, columns: Collection[str], given: Collection[str] = frozenset()
) -> Indicator:
    """The indicator with comparator, number and unit each in its own column.

    What was written last counts: ≥95% takes the place of comparator and unit that stood there.
    A text that is no number with a comparator or unit stays as it was written (年底前, 1-3次), and
    so does one that contradicts what was written beside it in the same moment. 定性 stays with a
    text that has no comparator of its own (定性 | 1次).

    Args:
        row: The indicator, the whole text in its value (or comparator, the value blank).
        columns: The columns that the form has for its list.
        given: Which of comparator and unit were written together with the value, not before.
    """
    if not row.value and row.comparator not in COMPARATORS:
        stated = parse_target(row.comparator)
        if not _is_whole(stated, columns) or not stated.comparator:
            return row
        return replace(
            row, comparator=stated.comparator, value=stated.value, unit=stated.unit or row.unit
        )
    stated = parse_target(row.value)
    if not _is_whole(stated, columns):
        return row
    sign, unit = row.comparator, row.unit if "unit" in given else ""
    if "comparator" not in given and sign == QUALITATIVE:
        if not stated.comparator:
            return row
        sign = ""
    read = read_columns(sign, row.value, unit)
    if read.value == row.value:  # two comparators that contradict each other
        if "comparator" in given:
            return row
        read = read_columns("", row.value, unit)
    return replace(
        row,
        comparator=read.comparator,
        value=read.value,
        unit=read.unit or row.unit,
        written="",
    )


def _is_whole(stated: Target, columns: Collection[str]) -> bool:
    """True for a number with a comparator or unit, where the form has a column for them."""
    if stated.comparator == QUALITATIVE or not stated.value:
        return False
    here = [
        column in columns
        for column, text in (("comparator", stated.comparator), ("unit", stated.unit))
        if text
    ]
    return bool(here) and all(here)
