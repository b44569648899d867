"""Collecting for the bureau: the tables of many books and exchange files into the open book.

First a plan that says of each table whether it is new, the same, or different from the one that
is there; then, with decisions, one step after a backup.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from jixiao.app.collecting.agencies import AlikeAgency
from jixiao.app.collecting.plan import (
    CollectedTable,
    CollectPlan,
    Decision,
    ReadSource,
    RefusedSource,
    Status,
    planned,
    with_their_notes,
)
from jixiao.app.collecting.sources import missing_forms, open_books, read_source
from jixiao.app.progress import CancelledError, Progress, silent
from jixiao.app.session import Session
from jixiao.app.tree import locked_ids
from jixiao.model.errors import KnownError, RefusedFileError
from jixiao.model.history import Change
from jixiao.model.schema import CHECKED, DRAFT, REPORTED, RETURNED
from jixiao.model.step import Step

__all__ = [
    "AlikeAgency", "CollectPlan", "CollectReport", "CollectedTable", "Decision", "RefusedSource",
    "Status", "collect", "plan_collecting", "replan",
]  # fmt: skip


@dataclass(frozen=True)
class CollectReport:
    """What collecting did.

    Attributes:
        change: The step, None when nothing changed.
        backup: The backup that was made before, None when nothing had to change.
        added: Ids of tables that were new.
        replaced: Ids of tables that say now what the source says.
        doubled: Ids of tables that stand beside the one that was there.
        noted: Ids of tables that only took the source's send-back notes.
        restated: Ids of tables that say the same and only took the source's state of work.
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
    noted: tuple[int, ...] = ()
    restated: tuple[int, ...] = ()
    kept: int = 0
    same: int = 0
    skipped: tuple[str, ...] = ()
    refused: tuple[RefusedSource, ...] = ()


def plan_collecting(
    session: Session, paths: Iterable[Path], progress: Progress = silent
) -> CollectPlan:
    """Read books, exchange files, folders and archives of them; nothing is written anywhere.

    Tables meet by agency, year, kind and name, whatever the blanks and the width of letters. One
    without a name meets only one that is the same.

    Raises:
        CancelledError: From ``progress``.
    """
    read: list[ReadSource] = []
    refused: list[RefusedSource] = []
    forms: dict[str, tuple[str, str, bytes]] = {}
    with open_books(paths) as sources:
        for number, source in enumerate(sources):
            progress(number, len(sources), source.name.name)
            try:
                entries = read_source(session, source)
                tables = [table for table, _ in entries]
                forms |= {form[0]: form for form in missing_forms(session, source, tables)}
            except RefusedFileError as error:
                refused.append(RefusedSource(source.name, str(error)))
                continue
            read.append(ReadSource(source.name, tuple(entries)))
        progress(len(sources), len(sources), "")
    plan = planned(session, read)
    return replace(plan, refused=tuple(refused), forms=tuple(forms.values()))


def replan(session: Session, plan: CollectPlan, joined: Collection[str]) -> CollectPlan:
    """The plan when other agencies are taken for one; no file is read again.

    Args:
        session: The open book.
        plan: The plan.
        joined: The names of those of ``plan.alike`` that are the ones they are like.
    """
    again = planned(session, plan.read, joined)
    return replace(again, refused=plan.refused, forms=plan.forms)


def collect(
    session: Session,
    plan: CollectPlan,
    decisions: Mapping[int, Decision] | None = None,
    otherwise: Decision = "ours",
    progress: Progress = silent,
) -> CollectReport:
    """Carry a plan out as one step, after a backup beside the book.

    Args:
        session: The open book; it must not have changed since the plan was made.
        plan: The plan.
        decisions: By the place in ``plan.tables`` what happens to a conflict: the source's table
            takes the place of ours, ours stays, both stand there, or ours takes the notes. A
            locked table can only stay, be joined by the other, or be sent back by its notes.
        otherwise: What happens to the other conflicts.
        progress: Told of each table.

    Raises:
        KnownError: The backup or the book cannot be written; then nothing has changed.
        CancelledError: From ``progress``; then nothing has changed.
    """
    chosen = decisions or {}
    wanted: list[Decision] = [chosen.get(at, otherwise) for at in range(len(plan.tables))]
    collector = _Collector(session, plan, wanted)
    if not collector.writes:
        return collector.report(None, None)
    progress(0, len(plan.tables), "正在备份账本…")
    backup = session.book.backup_beside("汇总前")
    files = len({one.source for one in plan.tables})
    try:
        with session.book.step(f"汇总 {files} 个文件") as step:
            for form in plan.forms:
                step.put_form(*form)
            collector.write(step, progress)
    except (CancelledError, KnownError):
        backup.unlink(missing_ok=True)  # of what did not change
        raise
    return collector.report(step.change, backup)


@dataclass
class _Collector:
    """Carries a plan out."""

    session: Session
    plan: CollectPlan
    wanted: Sequence[Decision]
    states: dict[int, str] = field(init=False)
    added: list[int] = field(default_factory=list[int])
    replaced: list[int] = field(default_factory=list[int])
    doubled: list[int] = field(default_factory=list[int])
    noted: list[int] = field(default_factory=list[int])
    restated: list[int] = field(default_factory=list[int])
    ids: dict[int, int] = field(default_factory=dict[int, int])

    def __post_init__(self) -> None:
        tree = self.session.book.tree()
        self.states = {e.id: e.state for a in tree for y in a.years for e in y.tables}

    @property
    def writes(self) -> bool:
        """Whether anything is to be written."""
        idle = {"same", "keep", "skip"}
        return any(self._action(number) not in idle for number in range(len(self.plan.tables)))

    def _action(self, number: int) -> str:
        one, decision = self.plan.tables[number], self.wanted[number]
        if one.status == "new":
            return "add"
        if one.status == "same":
            return "restate" if self._goes_further(one) else "same"
        if decision == "notes" and decision not in one.choices:
            decision = "ours"
        actions = {"ours": "keep", "both": "double", "notes": "note"}
        return actions.get(decision) or ("skip" if one.status == "locked" else "replace")

    def _goes_further(self, one: CollectedTable) -> bool:
        """Whether a table that says the same was checked or handed in where it comes from."""
        ours = self.states.get(one.table_id or 0)
        return ours == DRAFT and one.state in {CHECKED, REPORTED}

    def write(self, step: Step, progress: Progress) -> None:
        """Write everything into a step."""
        for number, one in enumerate(self.plan.tables):
            progress(number, len(self.plan.tables), one.table.name)
            action = self._action(number)
            if action in {"add", "double"}:
                table_id = self._add(step, one)
                self.ids[number] = table_id
                (self.added if action == "add" else self.doubled).append(table_id)
            elif action == "replace":
                self._replace(step, one)
            elif action == "note":
                self._note(step, one)
            elif action == "restate" and one.table_id is not None:
                step.set_state(one.table_id, one.state)
                self.restated.append(one.table_id)
        progress(len(self.plan.tables), len(self.plan.tables), "")

    def _add(self, step: Step, one: CollectedTable) -> int:
        table = one.table
        year_id = None
        if one.agency != table.agency:  # the tree knows it by another name
            year_id = step.year(one.agency, table.agency_code, table.year)
        return self.session.add_table(step, table, state=one.state or DRAFT, year_id=year_id)

    def _replace(self, step: Step, one: CollectedTable) -> None:
        table_id = self.ids[one.meets] if one.meets is not None else one.table_id
        assert table_id is not None
        before = self.states.get(table_id, DRAFT)
        step.set_state(table_id, DRAFT)  # an earlier source of this run may have handed it in
        if one.table.form:
            self.session.forms.keep_copy(self.session.book, step, one.table.form)
        step.put_table(table_id, one.table, stay=True)
        # What somebody checked was the other table.
        step.set_state(table_id, one.state or (DRAFT if before == CHECKED else before))
        self.replaced.append(table_id)

    def _note(self, step: Step, one: CollectedTable) -> None:
        assert one.table_id is not None
        before = self.states.get(one.table_id, DRAFT)
        step.set_state(one.table_id, RETURNED if one.sent_back else before)
        ours = self.session.book.table(one.table_id)
        step.put_table(one.table_id, with_their_notes(ours, one.table), stay=True)
        self.noted.append(one.table_id)

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
            tuple(dict.fromkeys(self.noted)),
            tuple(self.restated),
            actions.count("keep"),
            actions.count("same"),
            tuple(
                locked.get(one.table_id or 0, one.table.name)
                for one, action in zip(self.plan.tables, actions, strict=True)
                if action == "skip"
            ),
            self.plan.refused,
        )
