"""Taking differences back: the new table with some of its places as they were in the old one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from jixiao.io.paper.compare.differences import Difference, TableDifference
from jixiao.io.paper.compare.row_texts import META, AnyRow, rows_of
from jixiao.model.table import Indicator, Share, Table

_PARTS = {"c": "comparator", "v": "value", "u": "unit"}
_TARGET = frozenset(_PARTS.values())


def take_back(difference: TableDifference, chosen: Collection[Difference]) -> Table:
    """The new table with the chosen places as they were in the old one.

    All differences together give the old table again, but for pre-printed rows in which nothing
    stands; those are for ``settle_levels``, which knows the form.

    Args:
        difference: What ``compare_tables`` found.
        chosen: Some of its ``changes``, or what ``at`` told of a cell.
    """
    old, table = difference.old, difference.new
    by_list: dict[str, list[Difference]] = {}
    for change in chosen:
        place = change.place or change.old_place
        assert place is not None
        if place.target == "field":
            table = _with_field(table, old, place.name)
        elif place.target == "share":
            table = _with_share(table, old, place.name)
        else:
            by_list.setdefault(place.target, []).append(change)
    for name, changes in by_list.items():
        rows: dict[str, Any] = {name: tuple(_list(difference, name, changes))}
        table = replace(table, **rows)
    return table


def _with_field(table: Table, old: Table, name: str) -> Table:
    if name in META:
        value: dict[str, Any] = {name: getattr(old, name)}
        return replace(table, **value)
    kept = {key: text for key, text in table.fields.items() if key != name or key in old.fields}
    if name in old.fields:
        kept[name] = old.fields[name]
    return replace(table, fields=kept)


def _with_share(table: Table, old: Table, by: str) -> Table:
    """Shares stand in their old order where they did, the others behind them."""
    shares = {share.by: share for share in table.payment_schedule if share.by != by}
    shares |= {share.by: share for share in old.payment_schedule if share.by == by}
    order = [share.by for share in old.payment_schedule if share.by in shares]
    kept: list[Share] = [shares[name] for name in dict.fromkeys((*order, *shares))]
    return replace(table, payment_schedule=tuple(kept))


def _list(difference: TableDifference, name: str, changes: Sequence[Difference]) -> list[AnyRow]:
    """The rows of one list, each known by where it stands in the new list and in the old one."""
    before = rows_of(difference.old, name)
    rows = list(rows_of(difference.new, name))
    old_of = difference.old_of[name]
    dropped: set[int] = set()
    back: dict[int, AnyRow] = {}  # rows to be put in where they stood, by their old place
    for change in changes:
        if not change.is_row and change.place is not None:
            _take_cells(rows, before, old_of, change)
    for change in changes:
        if change.is_row and change.place is not None:  # added or moved
            dropped.add(change.place.rows[0])
        if change.is_row and change.old_place is not None:  # removed or moved
            at = change.old_place.rows[0]
            back[at] = before[at] if change.place is None else rows[change.place.rows[0]]
    result = [(old_of.get(n, -1), row) for n, row in enumerate(rows) if n not in dropped]
    for at in sorted(back):
        result.insert(_place(result, at), (at, back[at]))
    return [row for _, row in result]


def _take_cells(
    rows: list[AnyRow], before: Sequence[AnyRow], old_of: Mapping[int, int], change: Difference
) -> None:
    assert change.place is not None
    for row in change.place.rows:
        if row in old_of:
            rows[row] = _with_column(rows[row], before[old_of[row]], change.place.name)


def _place(rows: Sequence[tuple[int, AnyRow]], at: int) -> int:
    """Below the row that stood nearest above it, else at the top."""
    above = max((old for old, _ in rows if 0 <= old < at), default=-1)
    if above < 0:
        return 0
    return next(index for index, (old, _) in enumerate(rows) if old == above) + 1


def _with_column(row: AnyRow, old: AnyRow, column: str) -> AnyRow:
    if isinstance(row, str) or isinstance(old, str):
        return old
    if isinstance(row, Indicator) and isinstance(old, Indicator):
        return _with_indicator_column(row, old, column)
    value: dict[str, Any] = {column: getattr(old, column)}
    return replace(row, **value)


def _with_indicator_column(row: Indicator, old: Indicator, column: str) -> Indicator:
    if column.startswith("extra:"):
        label = column.removeprefix("extra:")
        extra = {key: text for key, text in row.extra.items() if key != label}
        if label in old.extra:
            extra[label] = old.extra[label]
        return replace(row, extra=extra)
    letters = column.removeprefix("target:") if column.startswith("target:") else ""
    names = [_PARTS[letter] for letter in letters] or [column]
    values: dict[str, Any] = {name: getattr(old, name) for name in names}
    row = replace(row, **values)
    if not _TARGET.isdisjoint(names):
        same = all(getattr(row, name) == getattr(old, name) for name in _TARGET)
        row = replace(row, written=old.written if same or letters else "")
    return row
