"""Collecting for the bureau: the tables of many books and exchange files into the open book.

First a plan that says of each table whether it is new, the same, or different from the one that
is there; then, with decisions, one step after a backup.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from jixiao.app.collecting.agencies import AlikeAgency
from jixiao.app.collecting.plan import (
    CollectedTable,
    CollectPlan,
    Decision,
    ReadSource,
    RefusedSource,
    Status,
    planned,
)
from jixiao.app.collecting.sources import missing_forms, open_books, read_source
from jixiao.app.importing.accept import Decision as Taken
from jixiao.app.importing.accept import Outcome, Taking, accept
from jixiao.app.progress import CancelledError, Progress, silent
from jixiao.app.session import Session
from jixiao.app.tree import locked_ids
from jixiao.model.errors import KnownError, RefusedFileError
from jixiao.model.history import Change
from jixiao.model.schema import CHECKED, DRAFT, REPORTED

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
        skipped: In Chinese what was left out, such as what was handed in.
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
    actions = _actions(session, plan, [chosen.get(at, otherwise) for at in range(len(plan.tables))])
    wanted = _decisions(plan, actions)
    if not wanted:
        return _report(session, plan, actions, {})
    progress(0, len(wanted), "正在备份账本…")
    backup = session.book.backup_beside("汇总前")
    name = f"汇总 {len({one.source for one in plan.tables})} 个文件"
    try:
        accepted = accept(session, list(wanted.values()), progress, name=name, forms=plan.forms)
    except (CancelledError, KnownError):
        backup.unlink(missing_ok=True)  # of what did not change
        raise
    outcomes = dict(zip(wanted, accepted.outcomes, strict=True))
    report = _report(session, plan, actions, outcomes)
    return replace(report, change=accepted.change, backup=backup)


_Action = Literal["add", "double", "replace", "note", "restate", "same", "keep", "skip"]
_TAKINGS: dict[_Action, Taking] = {
    "add": "keep", "double": "keep", "replace": "replace", "note": "notes", "restate": "state",
}  # fmt: skip


def _actions(session: Session, plan: CollectPlan, decisions: Sequence[Decision]) -> list[_Action]:
    """What happens to each table of a plan."""
    states = {head.id: head.state for head in session.book.heads()}
    return [
        _action(one, decision, states) for one, decision in zip(plan.tables, decisions, strict=True)
    ]


def _action(one: CollectedTable, decision: Decision, states: Mapping[int, str]) -> _Action:
    if one.status == "new":
        return "add"
    if one.status == "same":
        # It was checked or handed in where it comes from.
        ours = states.get(one.table_id or 0)
        return "restate" if ours == DRAFT and one.state in {CHECKED, REPORTED} else "same"
    if decision == "notes" and decision not in one.choices:
        decision = "ours"
    actions: dict[str, _Action] = {"ours": "keep", "both": "double", "notes": "note"}
    return actions.get(decision) or ("skip" if one.status == "locked" else "replace")


def _decisions(plan: CollectPlan, actions: Sequence[_Action]) -> dict[int, Taken]:
    """By the place in the plan what is to be taken in."""
    places: dict[int, int] = {}
    wanted: dict[int, Taken] = {}
    for number, (one, action) in enumerate(zip(plan.tables, actions, strict=True)):
        if action not in _TAKINGS:
            continue
        places[number] = len(wanted)
        wanted[number] = Taken(
            one.source,
            None,
            one.table,
            _TAKINGS[action],
            () if one.table_id is None else (one.table_id,),
            one.state,
            one.agency,
            None if one.meets is None else places.get(one.meets),
            exact=True,
        )
    return wanted


def _report(
    session: Session,
    plan: CollectPlan,
    actions: Sequence[_Action],
    outcomes: Mapping[int, Outcome],
) -> CollectReport:
    """What was done, but for the step and the backup."""
    ids: dict[_Action, list[int]] = {action: [] for action in _TAKINGS}
    names = locked_ids(session.book.tree())
    skipped: list[str] = []
    for number, (one, action) in enumerate(zip(plan.tables, actions, strict=True)):
        outcome = outcomes.get(number)
        if action == "skip":
            skipped.append(names.get(one.table_id or 0, one.table.name))
        elif outcome is not None and outcome.table_id is None:
            skipped.append(f"{one.table.name}：{outcome.reason}")
        elif outcome is not None and outcome.table_id is not None:
            ids[action].append(outcome.table_id)
    return CollectReport(
        added=tuple(ids["add"]),
        replaced=tuple(dict.fromkeys(ids["replace"])),
        doubled=tuple(ids["double"]),
        noted=tuple(dict.fromkeys(ids["note"])),
        restated=tuple(ids["restate"]),
        kept=actions.count("keep"),
        same=actions.count("same"),
        skipped=tuple(skipped),
        refused=plan.refused,
    )
