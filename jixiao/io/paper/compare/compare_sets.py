"""Comparing many tables: two versions, two years, a version or an imported draft with what is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jixiao.io.paper.compare.differences import (
    Difference,
    DifferenceKind,
    TableDifference,
    compare_tables,
)
from jixiao.io.paper.compare.row_texts import row_text
from jixiao.model.checks.similar import similarity
from jixiao.model.table import LIST_NAMES, Table, shown_name

_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_ALIKE = 0.5
_ONE_OF_A_KIND = frozenset({"department", "summary", "narrative", "budget"})
WHOLE_TABLE = "整张表"


@dataclass(frozen=True, slots=True)
class TablePair:
    """A table of the left set and the one of the right set that it became.

    Attributes:
        left: Its place in the left set, None when it is new.
        right: Its place in the right set, None when it is gone.
        name: What it is called, as on the right where it is there.
        difference: How it changed, None when one side is missing.
    """

    left: int | None
    right: int | None
    name: str
    difference: TableDifference | None = None

    @property
    def kind(self) -> DifferenceKind | None:
        """What happened to the table; None when it stayed as it was."""
        if self.left is None:
            return "added"
        if self.right is None:
            return "removed"
        return "changed" if self.difference is not None and self.difference.changes else None


@dataclass(frozen=True, slots=True)
class ListedDifference:
    """A line of the list of all differences.

    Attributes:
        table: The name of the table.
        label: What the place is called; 整张表 for a table that came or went.
        old: The old text.
        new: The new text.
        kind: What happened.
        pair: The place of the table's pair among the pairs.
        difference: The difference itself, None for a whole table.
    """

    table: str
    label: str
    old: str
    new: str
    kind: DifferenceKind
    pair: int
    difference: Difference | None = None


def compare_sets(
    left: Sequence[Table],
    right: Sequence[Table],
    known: Mapping[int, int] | None = None,
    *,
    with_notes: bool = True,
) -> list[TablePair]:
    """Compare two sets of tables, each table with the one that it was.

    Tables are found again by kind and name, then by alike names without their years; of what an
    agency has only one (the department's table) there is no other to mistake it for.

    Args:
        left: The old tables.
        right: The new ones.
        known: By the place in the right set the place in the left one, where that is known.
        with_notes: Whether notes and unplaced texts count, which tell how a table came about. If
            not, they are taken to be as on the right.

    Returns:
        The pairs in the order of the right set, tables that are gone behind them.
    """
    left_of = _matched(left, right, dict(known or {}))
    if not with_notes:
        left = list(left)
        for to, at in left_of.items():
            left[at] = replace(left[at], notes=right[to].notes, unplaced=right[to].unplaced)
    pairs = [_pair(left, right, left_of.get(at), at) for at in range(len(right))]
    used = set(left_of.values())
    return pairs + [_pair(left, right, at, None) for at in range(len(left)) if at not in used]


def listed(pairs: Sequence[TablePair]) -> Iterator[ListedDifference]:
    """Every difference of many tables as one list, tables without any left out."""
    for number, pair in enumerate(pairs):
        if pair.difference is None:
            kind = pair.kind
            assert kind is not None
            texts = (pair.name, "") if kind == "removed" else ("", pair.name)
            yield ListedDifference(pair.name, WHOLE_TABLE, *texts, kind, number)
        else:
            for one in pair.difference.changes:
                yield ListedDifference(
                    pair.name, one.label, one.old, one.new, one.kind, number, one
                )


def _pair(
    left: Sequence[Table], right: Sequence[Table], at: int | None, to: int | None
) -> TablePair:
    shown = right[to] if to is not None else left[at or 0]
    name = shown_name(shown.name)
    if at is None or to is None:
        return TablePair(at, to, name)
    return TablePair(at, to, name, compare_tables(left[at], right[to]))


def _matched(
    left: Sequence[Table], right: Sequence[Table], left_of: dict[int, int]
) -> dict[int, int]:
    keys = [(table.kind, table.name) for table in left]
    for at, table in enumerate(right):
        if at not in left_of:
            used = set(left_of.values())
            key = (table.kind, table.name)
            same = [one for one, other in enumerate(keys) if other == key and one not in used]
            if same:
                left_of[at] = max(same, key=lambda one: _shared(left[one], table))
    used = set(left_of.values())
    scores = [
        (-score, abs(one - at), one, at)
        for at in range(len(right))
        for one in range(len(left))
        if at not in left_of
        and one not in used
        and (score := _likeness(left[one], right[at])) >= _ALIKE
    ]
    for _, _, one, at in sorted(scores):
        if at not in left_of and one not in left_of.values():
            left_of[at] = one
    return left_of


def _likeness(one: Table, other: Table) -> float:
    if one.kind != other.kind:
        return 0.0
    alike = float(similarity(_YEAR.sub("", one.name), _YEAR.sub("", other.name)))
    return max(alike, _ALIKE) if one.kind in _ONE_OF_A_KIND else alike


def _shared(one: Table, other: Table) -> int:
    """How many rows two tables of one name have in common, to tell copies apart."""
    return sum(len(_texts(one, name) & _texts(other, name)) for name in LIST_NAMES)


def _texts(table: Table, name: str) -> set[str]:
    return {row_text(row) for row in getattr(table, name)}
