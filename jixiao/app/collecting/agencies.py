"""Which agencies of the sources are agencies of the open book, whatever they are called."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from jixiao.model.agency_names import may_be_short_for, name_key, the_one_meant
from jixiao.model.table import Table
from jixiao.model.tree import AgencyNode


@dataclass(frozen=True, slots=True)
class AlikeAgency:
    """An agency of a source that is probably another one under another name.

    Attributes:
        name: What the source calls it.
        other: What the book, or an earlier source, calls the one it is like.
        sure: Whether only the province, city or district is missing in one of the names, or the
            codes are the same as well.
    """

    name: str
    other: str
    sure: bool


class Agencies:
    """The agencies of a plan.

    Names that differ in blanks, wide letters or a 盖章 are the same without asking.
    """

    def __init__(
        self, tree: Iterable[AgencyNode], tables: Iterable[Table], joined: Collection[str] | None
    ) -> None:
        self._first: dict[str, str] = {}  # by name_key what it is called
        self._codes: dict[str, str] = {}  # by code the name in the tree
        for agency in tree:
            self._first.setdefault(name_key(agency.name), agency.name)
            if agency.code and agency.name:
                self._codes.setdefault(agency.code, agency.name)
        self.alike = tuple(self._alike(tables))
        sure = (one.name for one in self.alike if one.sure)
        self.joined = frozenset(sure if joined is None else joined)
        self._other = {one.name: one.other for one in self.alike if one.name in self.joined}

    def called(self, name: str) -> str:
        """What the agency of a table is called in the tree."""
        first = self._first.get(name_key(name), name)
        return self._other.get(first, first)

    def _alike(self, tables: Iterable[Table]) -> Iterable[AlikeAgency]:
        """Goes through new names once, and makes them known."""
        for table in tables:
            key = name_key(table.agency)
            if not key or key in self._first:
                continue
            found = self._by_code(table) or the_one_meant(table.agency, self._first.values())
            self._first[key] = table.agency
            if found is not None:
                yield AlikeAgency(table.agency, *found)
            elif table.agency_code:
                self._codes.setdefault(table.agency_code, table.agency)

    def _by_code(self, table: Table) -> tuple[str, bool] | None:
        """One with the same code; a code alone proves little, drafts are copied from each other."""
        other = self._codes.get(table.agency_code) if table.agency_code else None
        if other is None:
            return None
        one = table.agency
        return other, may_be_short_for(one, other) or may_be_short_for(other, one)
