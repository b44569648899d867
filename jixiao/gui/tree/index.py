"""The tables of the tree by id, so that a book of ten thousand is not walked through each time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from jixiao.model.tree import AgencyNode, TableEntry

Ids = frozenset[int]


class TreeIndex:
    """Where every table of a tree stands; what is seldom asked is worked out when it is.

    Attributes:
        entries: The tables by id, in the order of the tree.
    """

    def __init__(self, tree: Sequence[AgencyNode]) -> None:
        self._tree = tree
        self._year_of: dict[int, Ids] = {}
        self.entries: dict[int, TableEntry] = {
            entry.id: entry for tables in self._years() for entry in tables
        }

    @cached_property
    def years(self) -> list[Ids]:
        """The ids of the tables of each agency and year, in the order of the tree.

        Those without tables are left out.
        """
        return [_ids(tables) for tables in self._years()]

    def year_of(self, table_id: int | None) -> Ids:
        """The ids of the tables of the agency and year of a table; empty when it has none."""
        if table_id is None or table_id not in self.entries:
            return frozenset()
        if table_id not in self._year_of:
            entry = self.entries[table_id]
            years = (t for t in self._years() if any(other is entry for other in t))
            found = _ids(next(years))
            self._year_of.update(dict.fromkeys(found, found))
        return self._year_of[table_id]

    def in_order(self, ids: Collection[int]) -> list[int]:
        """Those of these tables that stand in the tree, in its order."""
        there = {table_id for table_id in ids if table_id in self.entries}
        if there and there <= self.year_of(next(iter(there))):
            return sorted(there, key=lambda table_id: self.entries[table_id].position)
        return [table_id for table_id in self.entries if table_id in there]

    def _years(self) -> Iterator[tuple[TableEntry, ...]]:
        return (year.tables for agency in self._tree for year in agency.years if year.tables)


def _ids(tables: Sequence[TableEntry]) -> Ids:
    return frozenset(entry.id for entry in tables)
