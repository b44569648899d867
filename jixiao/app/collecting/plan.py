"""What collecting would do: of each table whether it is new, the same, or different from ours."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from jixiao.app.collecting.agencies import Agencies, AlikeAgency
from jixiao.app.session import Session
from jixiao.app.tree import locked_ids
from jixiao.io.paper.compare.differences import TableDifference, compare_tables
from jixiao.model.agency_names import name_key
from jixiao.model.notes import SendBackNote, send_back_notes, with_notes
from jixiao.model.schema import RETURNED
from jixiao.model.table import Table

Decision = Literal["theirs", "ours", "both", "notes"]
"""What happens to a conflict: the source's table replaces ours, ours stays, both stand there, or
ours stays and takes the source's send-back notes."""
Status = Literal["new", "same", "conflict", "locked"]

_Place = tuple[int | None, int | None]  # a table of the book, or of the plan
_Key = tuple[str, int | None, str, str]


@dataclass(frozen=True)
class ReadSource:
    """A file that was read: its tables, each with its state of work, empty if not told."""

    source: Path
    entries: tuple[tuple[Table, str], ...]


@dataclass(frozen=True)
class CollectedTable:
    """A table of a source and what it means for the open book.

    Attributes:
        source: The file it comes from.
        table: What it would say: what the source says, and the send-back notes written here.
        status: "new"; "same" as one that is there; "conflict" with one that says something else;
            "locked" when that one was handed in and cannot be changed.
        table_id: The table of the open book that it meets, None when it meets none there.
        meets: The place in the plan of the earlier table it meets, which is not in the book yet.
        difference: For a conflict: from the table that is there to this one.
        state: The state of work that the source tells, empty when it tells none.
        agency: The agency in the tree to which it comes, as it is called there.
        new_notes: Send-back notes, or answers to them, that are not there yet.
    """

    source: Path
    table: Table
    status: Status
    table_id: int | None = None
    meets: int | None = None
    difference: TableDifference | None = None
    state: str = ""
    agency: str = ""
    new_notes: tuple[SendBackNote, ...] = ()

    @property
    def only_notes(self) -> bool:
        """Whether a conflict is only about notes, such as those with which it was sent back."""
        changes = () if self.difference is None else self.difference.changes
        places = [change.place or change.old_place for change in changes]
        return bool(places) and all(p is not None and p.target == "notes" for p in places)

    @property
    def sent_back(self) -> bool:
        """Whether the source brings notes that were not settled yet: the bureau returned it."""
        return any(not note.done for note in self.new_notes) and self.state in {"", RETURNED}

    @property
    def choices(self) -> tuple[Decision, ...]:
        """What can be decided about a conflict."""
        if self.status not in {"conflict", "locked"}:
            return ()
        notes: tuple[Decision, ...] = ("notes",) if self.new_notes and self.table_id else ()
        if self.status == "locked":
            return ("ours", "both", *(notes if self.sent_back else ()))
        return ("theirs", "ours", "both", *notes)

    @property
    def proposed(self) -> Decision:
        """What will mostly be wanted.

        A bureau takes what agencies handed in; an agency keeps its own table and takes the notes.
        """
        if self.sent_back and "notes" in self.choices:
            return "notes"
        return "ours" if self.status == "locked" else "theirs"


@dataclass(frozen=True)
class RefusedSource:
    """A file that could not be read, and why."""

    source: Path
    reason: str


@dataclass(frozen=True)
class CollectPlan:
    """What collecting would do; nothing is written yet.

    Attributes:
        tables: The tables of all sources, in their order.
        refused: The sources that could not be read.
        forms: Forms that only the sources have: id, name, workbook.
        alike: Agencies that are probably one under two names.
        joined: Those of ``alike`` that are taken for one, by the name in the source.
        read: What was read, so that another plan can be made of it.
    """

    tables: tuple[CollectedTable, ...]
    refused: tuple[RefusedSource, ...] = ()
    forms: tuple[tuple[str, str, bytes], ...] = ()
    alike: tuple[AlikeAgency, ...] = ()
    joined: frozenset[str] = frozenset()
    read: tuple[ReadSource, ...] = ()

    def count(self, status: Status) -> int:
        """How many tables have a status."""
        return sum(one.status == status for one in self.tables)


def planned(
    session: Session, read: Sequence[ReadSource], joined: Collection[str] | None = None
) -> CollectPlan:
    """The plan for what was read.

    Args:
        session: The open book.
        read: The sources in their order.
        joined: Names of agencies that are taken for the ones they are like; None: those that are
            nearly certain.
    """
    printed = [table for one in read for table, _ in one.entries]
    agencies = Agencies(session.book.tree(), printed, joined)
    planner = _Planner(session, agencies)
    for one in read:
        planner.add(one)
    return CollectPlan(
        tuple(planner.entries),
        alike=agencies.alike,
        joined=agencies.joined,
        read=tuple(read),
    )


class _Planner:
    """Finds for each table the one it meets, in the book or among those planned before it."""

    def __init__(self, session: Session, agencies: Agencies) -> None:
        self._book = session.book
        self._agencies = agencies
        tree = session.book.tree()
        self._locked = locked_ids(tree).keys()
        self._in_book: dict[_Key, list[int]] = {}
        self._planned: dict[_Key, list[int]] = {}
        self.entries: list[CollectedTable] = []
        for agency in tree:
            for year in agency.years:
                for one in year.tables:
                    key = name_key(agency.name), year.year, one.kind, name_key(one.name)
                    self._in_book.setdefault(key, []).append(one.id)

    def _key(self, table: Table) -> _Key:
        agency = name_key(self._agencies.called(table.agency))
        return agency, table.year, table.kind, name_key(table.name)

    def add(self, read: ReadSource) -> None:
        """Plan the tables of one source; no two of them meet the same table."""
        tables = [table for table, _ in read.entries]
        found = [self._meeting(table) for table in tables]
        met: dict[int, _Place] = {}
        # Those that are the same go first, so that no other takes their place.
        for number, there in enumerate(found):
            for place, ours in there:
                if place not in met.values() and _same(ours, tables[number]):
                    met[number] = place
                    break
        for number, (table, state) in enumerate(read.entries):
            agency = self._agencies.called(table.agency)
            entry = CollectedTable(read.source, table, "new", state=state, agency=agency)
            if number in met:
                entry = replace(entry, status="same", table_id=met[number][0], meets=met[number][1])
                self.entries.append(entry)
                continue
            self._planned.setdefault(self._key(table), []).append(len(self.entries))
            free = [pair for pair in found[number] if self._is_free(pair[0], met.values())]
            if free and table.name:
                met[number], ours = free[0]
                entry = self._conflict(entry, ours, *met[number])
            self.entries.append(entry)

    def _is_free(self, place: _Place, met: Collection[_Place]) -> bool:
        """Whether a table may conflict with the one there, which no other of its source met."""
        at = place[1]
        return place not in met and (at is None or self.entries[at].status == "new")

    def _conflict(
        self, entry: CollectedTable, ours: Table, table_id: int | None, meets: int | None
    ) -> CollectedTable:
        table = merged(ours, entry.table)
        return replace(
            entry,
            table=table,
            status="locked" if table_id in self._locked else "conflict",
            table_id=table_id,
            meets=meets,
            difference=compare_tables(ours, table),
            new_notes=tuple(_new_notes(ours, table)),
        )

    def _meeting(self, table: Table) -> list[tuple[_Place, Table]]:
        """The tables of the book and of the plan with this agency, year, kind and name."""
        key = self._key(table)
        printed = self._book.find(table.agency, table.year, table.kind, table.name)
        ids = dict.fromkeys((*printed, *self._in_book.get(key, ())))
        places: list[_Place] = [(table_id, None) for table_id in ids]
        places += [(None, at) for at in self._planned.get(key, ())]
        return [(place, self._table_at(place)) for place in places]

    def _table_at(self, place: _Place) -> Table:
        table_id, at = place
        return self.entries[at or 0].table if table_id is None else self._book.table(table_id)


def merged(ours: Table, theirs: Table) -> Table:
    """Their table as it would stand in the book: send-back notes that were written here stay.

    One that names no form is shown in the one in which ours is shown.
    """
    if not theirs.form:
        theirs = replace(theirs, form=ours.form, vintage=ours.vintage)
    table = with_notes(theirs, [note for _, note in send_back_notes(ours)])
    if sorted(table.notes) == sorted(ours.notes):
        table = replace(table, notes=ours.notes)
    return table


def _same(ours: Table, theirs: Table) -> bool:
    return ours == theirs or compare_tables(ours, merged(ours, theirs)).same


def _new_notes(ours: Table, theirs: Table) -> Iterable[SendBackNote]:
    there = {note.question: note.done for _, note in send_back_notes(ours)}
    for _, note in send_back_notes(theirs):
        if note.question not in there or (note.done and not there[note.question]):
            yield note
