"""Drafts under review: what is sure, what is asked, and taking in what the user decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from jixiao.app.importing.other_book import forms_of
from jixiao.app.progress import Progress, silent
from jixiao.app.review.merge import merge_empty
from jixiao.app.session import Session
from jixiao.io.files.read.door import sniff
from jixiao.io.recognise import Doubt
from jixiao.model.errors import KnownError, RefusedFileError
from jixiao.model.history import Change
from jixiao.model.schema import REPORTED
from jixiao.model.step import LockedTableError, Step
from jixiao.model.table import Table

Severity = Literal["ask", "note"]
Taking = Literal["keep", "replace", "merge"]
"""What is done with a table that is in the book: add one more, replace it, fill its blanks."""

_LEVELS = frozenset({"level1", "level2"})
TableKey = tuple[str, int | None, str, str]


def severity(doubt: Doubt) -> Severity:
    """Whether a doubt must be answered, or is only to be known.

    What the draft left blank and its surroundings tell (an agency from another table of the file,
    a level from the rows around) is a note; a text that was read as something is asked about.
    """
    if not doubt.text.strip():
        return "note"
    return "note" if doubt.field in _LEVELS and doubt.read_as == doubt.text else "ask"


def table_key(table: Table) -> TableKey | None:
    """By what a table is known in a book; None for one without a name."""
    return (table.agency, table.year, table.kind, table.name) if table.name else None


@dataclass(frozen=True)
class BookIndex:
    """What a book has: its tables by agency, year, kind and name, and the names to offer.

    ``locked`` are the tables that were handed in and must not change.
    """

    ids: Mapping[TableKey, tuple[int, ...]] = field(default_factory=dict[TableKey, tuple[int, ...]])
    agencies: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    locked: frozenset[int] = frozenset()

    def find(self, table: Table) -> tuple[int, ...]:
        """The tables of the book that are this one: same agency, year, kind and name."""
        key = table_key(table)
        return () if key is None else self.ids.get(key, ())


def book_index(session: Session) -> BookIndex:
    """Look through the book once, so that drafts can be compared with it without it."""
    ids: dict[TableKey, tuple[int, ...]] = {}
    for table_id, table in session.book.tables():
        key = table_key(table)
        if key is not None:
            ids[key] = (*ids.get(key, ()), table_id)
    tree = session.book.tree()
    years = {year.year for agency in tree for year in agency.years if year.year is not None}
    locked = {
        entry.id
        for agency in tree
        for year in agency.years
        for entry in year.tables
        if entry.state == REPORTED
    }
    names = tuple(agency.name for agency in tree if agency.name)
    return BookIndex(ids, names, tuple(sorted(years, reverse=True)), frozenset(locked))


@dataclass(frozen=True)
class Decision:
    """A table that is to be taken in.

    Attributes:
        file: What reports call its file.
        content: Where the file lies.
        table: What it is to say.
        taking: What is done when it is in the book already.
        table_id: The table of the book that is replaced or filled.
        state: The state of work (退回) that one which replaces another takes; empty: none is told.
    """

    file: Path
    content: Path
    table: Table
    taking: Taking = "keep"
    table_id: int | None = None
    state: str = ""


@dataclass(frozen=True)
class Accepted:
    """What became of the decisions: the one step, its tables, and what is to be told.

    ``refused`` are sentences about tables that were not taken, ``told`` remarks about others.
    """

    change: Change | None
    table_ids: tuple[int, ...] = ()
    refused: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def accept(
    session: Session, decisions: Sequence[Decision], progress: Progress = silent
) -> Accepted:
    """Take tables into the book, as one step; a table that cannot be taken hinders no other.

    Raises:
        BookError: The book cannot be written; then nothing is taken.
        CancelledError: From ``progress``; then nothing is taken.
    """
    if not decisions:
        return Accepted(None)
    ids: list[int] = []
    refused: list[str] = []
    told: list[str] = []
    with session.book.step(_step_name(decisions)) as step:
        refused += _put_forms(session, step, decisions)
        for number, decision in enumerate(decisions):
            progress(number, len(decisions), decision.file.name)
            try:
                ids.append(_take(session, step, decision, told))
            except LockedTableError as error:
                refused.append(f"{decision.file.name}：{error}")
        progress(len(decisions), len(decisions), "")
    return Accepted(step.change, tuple(ids), tuple(refused), tuple(told))


def _step_name(decisions: Sequence[Decision]) -> str:
    files = {decision.file for decision in decisions}
    return f"导入 {len(files)} 个文件，{len(decisions)} 张表"


def _take(session: Session, step: Step, decision: Decision, told: list[str]) -> int:
    table, there = decision.table, decision.table_id
    if decision.taking == "keep" or there is None:
        return session.add_table(step, table)
    if decision.taking == "merge":
        old = session.book.table(there)
        merged = merge_empty(old, table)
        step.put_table(there, merged.table, stay=True)
        text = f"“{table.name}”补上了 {merged.filled} 处空白"
        if merged.left:
            text += f"；没有并入的行：{'、'.join(merged.left)}"
        told.append(text + "。")
        return there
    # What the old table notes and could not place stays; only its content is replaced.
    old = session.book.table(there)
    notes = tuple(dict.fromkeys((*old.notes, *table.notes)))
    if table.form:
        session.forms.keep_copy(session.book, step, table.form)
    step.put_table(there, replace(table, notes=notes), stay=True)
    if decision.state:
        step.set_state(there, decision.state)
    return there


def _put_forms(session: Session, step: Step, decisions: Iterable[Decision]) -> list[str]:
    """Bring the forms of tables from other books that are neither at hand nor in this one."""
    missing: dict[Path, set[str]] = {}
    for decision in decisions:
        form = decision.table.form
        if form and session.forms.of_book(session.book, form) is None:
            missing.setdefault(decision.content, set()).add(form)
    faults: list[str] = []
    for path, names in missing.items():
        try:
            if sniff(path) == "book":
                for form in forms_of(path, names):
                    step.put_form(*form)
        except RefusedFileError as error:
            faults.append(f"{path.name}：表样没有一起带来，先用别的表样显示。{error}")
    return faults


def own_book(session_path: Path, path: Path) -> KnownError | None:
    """Why the open book itself is no draft, None for any other file."""
    if path.suffix.lower() == session_path.suffix.lower() and (
        path.resolve() == session_path.resolve()
    ):
        return RefusedFileError("这就是现在打开的账本，里面的表已经在这里，不用导入")
    return None
