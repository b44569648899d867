"""Gathers what an overview is made of: each table in numbers, and what the checks find in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import NamedTuple

from jixiao.app.checking.checking import TableFinding, check
from jixiao.app.overview.facts import TableFacts, facts_of
from jixiao.app.overview.numbers import Overview
from jixiao.app.overview.overview import Tally, overview_of
from jixiao.app.session import Session
from jixiao.app.tree import entry_name
from jixiao.io.paper.form.form import Form
from jixiao.model.checks import Severity
from jixiao.model.history import Change


class _Spot(NamedTuple):
    """Where a table stands in the tree, and what it is called there."""

    agency: str
    year: int | None
    state: str
    name: str
    kind: str


class OverviewSource:
    """Keeps what an overview asks of each table, and reads changed tables anew, until closed.

    On the book's thread. The first overview of a large book takes as long as reading and checking
    its tables; ``read`` and ``check`` do that a little at a time.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._facts: dict[int, TableFacts] = {}
        self._tallies: dict[int, Tally] = {}
        self._forms: dict[str, Form | None] = {}
        self._known_spots: dict[int, _Spot] | None = None
        self.close = session.book.subscribe(self._changed)

    def read(self, table_ids: Collection[int] | None = None, most: int = 250) -> int:
        """Read some more of the tables that are asked for; returns how many are left."""
        missing = [i for i in self._chosen(table_ids) if i not in self._facts]
        self._read(missing[:most])
        return max(0, len(missing) - most)

    def check(self, table_ids: Collection[int] | None = None, most: int = 60) -> int:
        """Check some more of the tables that are asked for; returns how many are left.

        Whole agency-years are checked, at least one, because their tables are compared.
        """
        missing = {i for i in self._chosen(table_ids) if i not in self._tallies}
        chosen: list[int] = []
        for own in self._years():
            if len(chosen) >= most:
                break
            if not missing.isdisjoint(own):
                chosen += own
        if chosen:
            self._tallies |= {table_id: {} for table_id in chosen}
            self._tallies |= tally(check(self._session, set(chosen)))
        return len(missing.difference(chosen))

    def overview(
        self, table_ids: Collection[int] | None = None, *, checked: bool = False
    ) -> Overview:
        """The overview of some tables (those of an agency-year) or of the whole book.

        Args:
            table_ids: Which; None: all.
            checked: Whether it tells what the checks find.
        """
        while self.read(table_ids):
            pass
        while checked and self.check(table_ids):
            pass
        spots = self._spots()
        chosen = [i for i in self._chosen(table_ids) if i in self._facts]
        several = len({spots[i].agency for i in chosen}) > 1
        facts = [_at(self._facts[i], spots[i], several=several) for i in chosen]
        states = {i: spots[i].state for i in chosen}
        return overview_of(facts, states, self._tallies if checked else None)

    def _chosen(self, table_ids: Collection[int] | None) -> list[int]:
        wanted = None if table_ids is None else set(table_ids)
        return [i for i in self._spots() if wanted is None or i in wanted]

    def _spots(self) -> dict[int, _Spot]:
        """Where each table stands in the tree."""
        if self._known_spots is None:
            self._known_spots = {
                entry.id: _Spot(agency.name, year.year, entry.state, entry_name(entry), entry.kind)
                for agency in self._session.book.tree()
                for year in agency.years
                for entry in year.tables
            }
        return self._known_spots

    def _years(self) -> list[list[int]]:
        years: dict[tuple[str, int | None], list[int]] = defaultdict(list)
        for table_id, spot in self._spots().items():
            years[spot.agency, spot.year].append(table_id)
        return list(years.values())

    def _read(self, table_ids: Collection[int]) -> None:
        if not table_ids:
            return
        for table_id, table in self._session.book.tables(set(table_ids)):
            if table.form not in self._forms:
                book, forms = self._session.book, self._session.forms
                self._forms[table.form] = forms.of_book(book, table.form) if table.form else None
            self._facts[table_id] = facts_of(table_id, table, self._forms[table.form])

    def _changed(self, change: Change) -> None:
        if change.forms:
            self._forms.clear()
            self._facts.clear()
        if change.forms or change.settings:  # they say by which rules
            self._tallies.clear()
        if self._known_spots is not None:
            for own in self._years():
                if not change.table_ids.isdisjoint(own):
                    self._forget(own)
        if change.tree:
            self._known_spots = None
            for own in self._years():
                if not change.table_ids.isdisjoint(own):
                    self._forget(own)
        for table_id in change.table_ids:
            self._facts.pop(table_id, None)

    def _forget(self, table_ids: Iterable[int]) -> None:
        """Tables are checked against those of their agency and year: all of these are stale."""
        for table_id in table_ids:
            self._tallies.pop(table_id, None)


def tally(found: Iterable[TableFinding]) -> dict[int, Tally]:
    """The open findings of each table, counted by rule and severity."""
    counts: dict[int, Counter[tuple[str, Severity]]] = defaultdict(Counter)
    for one in found:
        if one.open:
            counts[one.table_id][one.finding.rule, one.finding.severity] += 1
    return dict(counts)


def _at(facts: TableFacts, spot: _Spot, *, several: bool) -> TableFacts:
    """Facts under the names of the tree, however the table is printed.

    Among several agencies a department's table is called as its agency.
    """
    name = spot.agency or "单位未定" if several and spot.kind == "department" else spot.name
    if (facts.agency, facts.year, facts.name) == (spot.agency, spot.year, name):
        return facts
    return replace(facts, agency=spot.agency, year=spot.year, name=name)
