"""Rows in which nothing is written: they stay on the page, and count nowhere else.

A row that a user has just added says nothing yet. It is no indicator for the checks, and no paper
or exchange file that leaves the program shows it. A row in which nothing but its levels stands is
an empty level (``Table.empty_levels``), not an indicator.
"""

from __future__ import annotations

from dataclasses import fields, replace
from functools import lru_cache
from typing import Any

from jixiao.model.table import LIST_NAMES, Indicator, LevelPair, Row, Table
from jixiao.model.vocabulary import level_key

_LEVELS = frozenset({"level1", "level2"})


@lru_cache(maxsize=16)
def _columns(row_type: type[Row]) -> tuple[str, ...]:
    return tuple(column.name for column in fields(row_type))


def _is_empty(value: str | dict[str, str]) -> bool:
    return not (any(map(str.strip, value.values())) if isinstance(value, dict) else value.strip())


def is_blank(row: Row, beside: frozenset[str] = frozenset()) -> bool:
    """True when nothing is written in a row, but for the columns ``beside``."""
    names = _columns(type(row))
    return all(name in beside or _is_empty(getattr(row, name)) for name in names)


def without_blank_rows(table: Table) -> Table:
    """The table as it leaves the program; the same one where it has no such rows."""
    new: dict[str, Any] = {}
    for name in LIST_NAMES:
        rows = table.rows(name)
        beside = _LEVELS if name in {"indicators", "period_indicators"} else frozenset[str]()
        kept = tuple(row for row in rows if not is_blank(row, beside))
        if len(kept) != len(rows):
            new[name] = kept
    if "indicators" in new:
        new["empty_levels"] = _empty_levels(table, new["indicators"])
    return replace(table, **new) if new else table


def _empty_levels(table: Table, kept: tuple[Indicator, ...]) -> tuple[LevelPair, ...]:
    """The empty levels, with those of indicators in which nothing but their levels stands."""
    had = [LevelPair(row.level1, row.level2) for row in table.indicators]
    pairs = [pair for pair in (*table.empty_levels, *had) if not is_blank(pair)]
    filled = {(level_key(row.level1), level_key(row.level2)) for row in kept}
    stated: dict[tuple[str, str], LevelPair] = {}
    for pair in pairs:
        key = level_key(pair.level1), level_key(pair.level2)
        if key not in filled:
            stated.setdefault(key, pair)
    return tuple(stated.values())
