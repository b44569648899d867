"""Filling what is blank in a table of the book with what a draft says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from jixiao.io.paper.page.clean import key as text_key
from jixiao.model.table import (
    LIST_NAMES,
    Indicator,
    ListName,
    SpendingDetail,
    Table,
    text_columns,
)
from jixiao.model.vocabulary import level_key

_TARGET = ("comparator", "value", "unit", "written")


@dataclass(frozen=True)
class Merged:
    """A table after its blanks were filled.

    Attributes:
        table: What it says then.
        filled: How many cells were filled.
        left: Rows of the draft that found no blank place, as the user knows them.
    """

    table: Table
    filled: int = 0
    left: tuple[str, ...] = ()


def merge_empty(old: Table, new: Table) -> Merged:
    """Fill what is blank in ``old`` with what ``new`` says; nothing that is written changes.

    Rows belong together when they have the same name and category. A list that is empty is taken
    as a whole, and so are indicators of a category in which none stands yet; other rows that are
    not in the old list are left, and told.
    """
    merged, filled = _merge_fields(old, new)
    left: list[str] = []
    for name in LIST_NAMES:
        if name == "empty_levels":
            continue
        rows, count, rest = _merge_rows(name, old.rows(name), new.rows(name))
        changed: dict[str, Any] = {name: rows}
        merged = replace(merged, **changed)
        filled += count
        left += rest
    merged = replace(
        merged,
        empty_levels=_still_empty(merged),
        notes=tuple(dict.fromkeys((*old.notes, *new.notes))),
        unplaced=tuple(dict.fromkeys((*old.unplaced, *new.unplaced))),
        other=old.other or new.other,
    )
    return Merged(merged, filled, tuple(left))


def _merge_fields(old: Table, new: Table) -> tuple[Table, int]:
    fields = dict(old.fields)
    blank = [key for key, text in new.fields.items() if text.strip() and not fields.get(key)]
    fields.update({key: new.fields[key] for key in blank})
    stated = {share.by for share in old.payment_schedule}
    shares = tuple(share for share in new.payment_schedule if share.by not in stated)
    meta: dict[str, Any] = {
        name: getattr(new, name)
        for name in ("agency_code", "money_unit", "vintage")
        if getattr(new, name) and not getattr(old, name)
    }
    table = replace(old, fields=fields, payment_schedule=(*old.payment_schedule, *shares), **meta)
    return table, len(blank) + len(shares) + len(meta.keys() - {"vintage"})


def _merge_rows(
    name: ListName, old: Sequence[Any], new: Sequence[Any]
) -> tuple[tuple[Any, ...], int, list[str]]:
    if not old:
        return tuple(new), sum(_count(row) for row in new), []
    rows, filled, left = list(old), 0, list[Any]()
    free = list(range(len(rows)))
    for row in new:
        at = next((i for i in free if _key(rows[i]) == _key(row)), None)
        if at is None:
            left.append(row)
            continue
        free.remove(at)
        rows[at], count = _filled(rows[at], row)
        filled += count
    if name not in {"indicators", "period_indicators"}:
        return tuple(rows), filled, [_name(row) for row in left]
    there = {_category(row) for row in old}
    added = [row for row in left if _category(row) not in there]
    for row in added:
        rows.insert(_place(rows, row), row)
        filled += _count(row)
    return tuple(rows), filled, [_name(row) for row in left if row not in added]


def _filled(old: Any, new: Any) -> tuple[Any, int]:  # noqa: ANN401 - rows of any list
    """A row with its blanks filled; a target value only as a whole, or where it is the same."""
    changes: dict[str, Any] = {
        name: getattr(new, name)
        for name in old.__dataclass_fields__
        if name not in {"extra", *_TARGET} and getattr(new, name) and not getattr(old, name)
    }
    if isinstance(old, Indicator):
        assert isinstance(new, Indicator)
        if not (old.comparator or old.value or old.unit):
            changes |= {name: getattr(new, name) for name in _TARGET if getattr(new, name)}
        elif old.value == new.value:
            for name in ("comparator", "unit"):
                if getattr(new, name) and not getattr(old, name):
                    changes |= {name: getattr(new, name), "written": ""}
        extra = {k: text for k, text in new.extra.items() if text and not old.extra.get(k)}
        if extra:
            changes["extra"] = {**old.extra, **extra}
    count = len(changes.keys() - {"written", "other"})
    return (replace(old, **changes) if changes else old), count


def _key(row: Any) -> tuple[str, ...]:  # noqa: ANN401
    """What a row is known by: its name, and where it has one its category."""
    if isinstance(row, Indicator):
        return (*_category(row), text_key(row.level3))
    if isinstance(row, SpendingDetail):
        return text_key(row.content), text_key(row.detail)
    return (text_key(getattr(row, "name", "")),)


def _category(row: Indicator) -> tuple[str, str]:
    return level_key(row.level1), level_key(row.level2)


def _place(rows: Sequence[Indicator], row: Indicator) -> int:
    """Below the last row of the same first level, else at the end."""
    same = [i for i, other in enumerate(rows) if level_key(other.level1) == _category(row)[0]]
    return same[-1] + 1 if same else len(rows)


def _count(row: Any) -> int:  # noqa: ANN401
    return sum(bool(getattr(row, name)) for name in text_columns(row) if name != "written")


def _name(row: Any) -> str:  # noqa: ANN401
    if isinstance(row, Indicator):
        return row.level3 or row.written or row.value
    if isinstance(row, SpendingDetail):
        return row.detail or row.content
    return getattr(row, "name", "")


def _still_empty(table: Table) -> tuple[Any, ...]:
    there = {_category(row) for row in table.indicators}
    pairs = table.empty_levels
    return tuple(p for p in pairs if (level_key(p.level1), level_key(p.level2)) not in there)
