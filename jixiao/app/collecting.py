"""Collecting for the bureau: the tables of many books and exchange files into the open book.

First a plan that says of each table whether it is new, the same, or different from the one that
is there; then, with decisions, one step after a backup.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from jixiao.app.collecting_sources import missing_forms, open_books, read_source
from jixiao.app.progress import Progress, silent
from jixiao.app.session import Session
from jixiao.app.tree import locked_ids
from jixiao.io.differences import TableDifference, compare_tables
from jixiao.model.errors import RefusedFileError
from jixiao.model.history import Change
from jixiao.model.step import Step
from jixiao.model.table import Table

Decision = Literal["theirs", "ours", "both"]
Status = Literal["new", "same", "conflict", "locked"]

_Place = tuple[int | None, int | None]  # a table of the book, or of the plan


@dataclass(frozen=True)
class CollectedTable:
    """A table of a source and what it means for the open book.

    Attributes:
        source: The file it comes from.
        table: What it says.
        status: "new"; "same" as one that is there; "conflict" with one that says something else;
            "locked" when that one was handed in and cannot be changed.
        table_id: The table of the open book that it meets, None when it meets none there.
        meets: The place in the plan of the earlier table it meets, which is not in the book yet.
        difference: For a conflict: from the table that is there to this one.
    """

    source: Path
    table: Table
    status: Status
    table_id: int | None = None
    meets: int | None = None
    difference: TableDifference | None = None

    @property
    def only_notes(self) -> bool:
        """Whether a conflict is only about notes, such as those with which it was sent back."""
        changes = () if self.difference is None else self.difference.changes
        places = [change.place or change.old_place for change in changes]
        return bool(places) and all(p is not None and p.target == "notes" for p in places)


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
    """

    tables: tuple[CollectedTable, ...]
    refused: tuple[RefusedSource, ...] = ()
    forms: tuple[tuple[str, str, bytes], ...] = ()

    def count(self, status: Status) -> int:
        """How many tables have a status."""
        return sum(one.status == status for one in self.tables)


@dataclass(frozen=True)
class CollectReport:
    """What collecting did.

    Attributes:
        change: The step, None when nothing changed.
        backup: The backup that was made before, None when nothing had to change.
        added: Ids of tables that were new.
        replaced: Ids of tables that say now what the source says.
        doubled: Ids of tables that stand beside the one that was there.
        kept: How many conflicts were left as they were.
        same: How many tables said the same.
        skipped: In Chinese what was left out because it was handed in.
        refused: The sources that could not be read.
    """

    change: Change | None = None
    backup: Path | None = None
    added: tuple[int, ...] = ()
    replaced: tuple[int, ...] = ()
    doubled: tuple[int, ...] = ()
    kept: int = 0
    same: int = 0
    skipped: tuple[str, ...] = ()
    refused: tuple[RefusedSource, ...] = ()


def plan_collecting(
    session: Session, paths: Iterable[Path], progress: Progress = silent
) -> CollectPlan:
    """Read books, exchange files, folders and archives of them; nothing is written anywhere.

    Tables meet by agency, year, kind and name. One without a name meets only one that is the same.

    Raises:
        CancelledError: From ``progress``.
    """
    planner = _Planner(session)
    refused: list[RefusedSource] = []
    forms: dict[str, tuple[str, str, bytes]] = {}
    with open_books(paths) as sources:
        for number, source in enumerate(sources):
            progress(number, len(sources), source.name.name)
            try:
                tables = read_source(session, source)
                forms |= {form[0]: form for form in missing_forms(session, source, tables)}
            except RefusedFileError as error:
                refused.append(RefusedSource(source.name, str(error)))
                continue
            planner.add(source.name, tables)
        progress(len(sources), len(sources), "")
    return CollectPlan(tuple(planner.entries), tuple(refused), tuple(forms.values()))


def collect(
    session: Session,
    plan: CollectPlan,
    decisions: Mapping[int, Decision] | None = None,
    otherwise: Decision = "ours",
) -> CollectReport:
    """Carry a plan out as one step, after a backup beside the book.

    Args:
        session: The open book; it must not have changed since the plan was made.
        plan: The plan.
        decisions: By the place in ``plan.tables`` what happens to a conflict: the source's table
            takes the place of ours, ours stays, or both stand there. A locked table can only
            stay, or be joined by the other.
        otherwise: What happens to the other conflicts.

    Raises:
        KnownError: The backup or the book cannot be written; then nothing has changed.
    """
    chosen = decisions or {}
    wanted: list[Decision] = [chosen.get(at, otherwise) for at in range(len(plan.tables))]
    collector = _Collector(session, plan, wanted)
    if not collector.writes:
        return collector.report(None, None)
    backup = session.book.backup_beside("汇总前")
    files = len({one.source for one in plan.tables})
    with session.book.step(f"汇总 {files} 个文件") as step:
        for form in plan.forms:
            step.put_form(*form)
        collector.write(step)
    return collector.report(step.change, backup)


class _Planner:
    """Finds for each table the one it meets, in the book or among those planned before it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._locked = locked_ids(session.book.tree()).keys()
        self._planned: dict[tuple[str, int | None, str, str], list[int]] = {}
        self.entries: list[CollectedTable] = []

    def add(self, source: Path, tables: Sequence[Table]) -> None:
        """Plan the tables of one source; no two of them meet the same table."""
        found = [self._meeting(table) for table in tables]
        met: dict[int, _Place] = {}
        # Those that are the same go first, so that no other takes their place.
        for number, there in enumerate(found):
            for place, table in there:
                if place not in met.values() and _same(table, tables[number]):
                    met[number] = place
                    break
        for number, table in enumerate(tables):
            if number in met:
                place = met[number]
                self.entries.append(CollectedTable(source, table, "same", *place))
                continue
            self._planned.setdefault(_key(table), []).append(len(self.entries))
            free = [pair for pair in found[number] if self._is_free(pair[0], met.values())]
            if not free or not table.name:
                self.entries.append(CollectedTable(source, table, "new"))
                continue
            met[number], ours = free[0]
            self.entries.append(self._conflict(source, table, ours, *met[number]))

    def _is_free(self, place: _Place, met: Collection[_Place]) -> bool:
        """Whether a table may conflict with the one there, which no other of its source met."""
        planned = place[1]
        return place not in met and (planned is None or self.entries[planned].status == "new")

    def _conflict(
        self, source: Path, table: Table, ours: Table, table_id: int | None, meets: int | None
    ) -> CollectedTable:
        status: Status = "locked" if table_id in self._locked else "conflict"
        difference = compare_tables(ours, _in_form_of(table, ours))
        return CollectedTable(source, table, status, table_id, meets, difference)

    def _meeting(self, table: Table) -> list[tuple[_Place, Table]]:
        """The tables of the book and of the plan with this agency, year, kind and name."""
        book = self._session.book
        places: list[_Place] = [(table_id, None) for table_id in book.find(*_key(table))]
        places += [(None, at) for at in self._planned.get(_key(table), ())]
        return [
            (place, self.entries[place[1] or 0].table if place[0] is None else book.table(place[0]))
            for place in places
        ]


@dataclass
class _Collector:
    """Carries a plan out."""

    session: Session
    plan: CollectPlan
    wanted: Sequence[Decision]
    added: list[int] = field(default_factory=list[int])
    replaced: list[int] = field(default_factory=list[int])
    doubled: list[int] = field(default_factory=list[int])
    ids: dict[int, int] = field(default_factory=dict[int, int])

    @property
    def writes(self) -> bool:
        """Whether anything is to be written."""
        return any(
            self._action(number) in {"add", "replace", "double"}
            for number in range(len(self.plan.tables))
        )

    def _action(self, number: int) -> str:
        status, decision = self.plan.tables[number].status, self.wanted[number]
        if status == "new":
            return "add"
        if status == "same" or decision == "ours":
            return "same" if status == "same" else "keep"
        if decision == "both":
            return "double"
        return "skip" if status == "locked" else "replace"

    def write(self, step: Step) -> None:
        """Write everything into a step."""
        for number, one in enumerate(self.plan.tables):
            action = self._action(number)
            if action in {"add", "double"}:
                table_id = self.session.add_table(step, one.table)
                self.ids[number] = table_id
                (self.added if action == "add" else self.doubled).append(table_id)
            elif action == "replace":
                self._replace(step, one)

    def _replace(self, step: Step, one: CollectedTable) -> None:
        table_id = self.ids[one.meets] if one.meets is not None else one.table_id
        assert table_id is not None
        table = _in_form_of(one.table, self.session.book.table(table_id))
        if table.form:
            self.session.forms.keep_copy(self.session.book, step, table.form)
        step.put_table(table_id, table)
        self.replaced.append(table_id)

    def report(self, change: Change | None, backup: Path | None) -> CollectReport:
        """What was done."""
        actions = [self._action(number) for number in range(len(self.plan.tables))]
        locked = locked_ids(self.session.book.tree())
        return CollectReport(
            change,
            backup,
            tuple(self.added),
            tuple(dict.fromkeys(self.replaced)),
            tuple(self.doubled),
            actions.count("keep"),
            actions.count("same"),
            tuple(
                locked.get(one.table_id or 0, one.table.name)
                for one, action in zip(self.plan.tables, actions, strict=True)
                if action == "skip"
            ),
            self.plan.refused,
        )


def _key(table: Table) -> tuple[str, int | None, str, str]:
    return table.agency, table.year, table.kind, table.name


def _in_form_of(table: Table, ours: Table) -> Table:
    """A table that names no form is shown in the one that the table it meets is shown in."""
    return table if table.form else replace(table, form=ours.form, vintage=ours.vintage)


def _same(ours: Table, theirs: Table) -> bool:
    return ours == theirs or compare_tables(ours, _in_form_of(theirs, ours)).same
