"""The one door through which tables of elsewhere come into the book.

Command line, review window and collecting all end here: each decides about its tables in its own
way, and ``accept`` carries the decisions out as one step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from jixiao.app.importing.merge import merge_empty
from jixiao.app.importing.other_book import forms_of
from jixiao.app.log import logged
from jixiao.app.progress import Progress, silent
from jixiao.app.session import Session
from jixiao.io.files.read.door import sniff
from jixiao.model.errors import KnownError, RefusedFileError
from jixiao.model.history import Change
from jixiao.model.notes import send_back_notes, with_notes
from jixiao.model.schema import CHECKED, DRAFT, RETURNED
from jixiao.model.step import LockedTableError, Step
from jixiao.model.table import Table

Taking = Literal["keep", "replace", "merge", "notes", "state"]
"""What is done with a table that is in the book already: another one is added beside it, it is
replaced, its blanks are filled, it takes the send-back notes only, or the state of work only."""
BookForm = tuple[str, str, bytes]
"""Id, name and workbook of a form."""


@dataclass(frozen=True)
class Decision:
    """A table that is to be taken in.

    Attributes:
        file: What reports call its file.
        content: Where the file lies, for forms that only it has; None when they are given.
        table: What it is to say.
        taking: What is done with the one that is in the book already.
        there: The tables of the book that are this one; the first is meant which this step has
            not written yet.
        state: The state of work that it takes; empty: none is told.
        agency: The agency of the tree it comes to, where its own name is not the one.
        meets: The place among the decisions of an earlier table that is this one.
        exact: It was compared with the one that is there, and says all that is to stay of it: the
            notes are replaced as well, and an earlier table of this step may be the one.
    """

    file: Path
    content: Path | None
    table: Table
    taking: Taking = "keep"
    there: tuple[int, ...] = ()
    state: str = ""
    agency: str = ""
    meets: int | None = None
    exact: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of a decision.

    Attributes:
        table_id: The table of the book, None when it was not taken.
        reason: In Chinese why it was not taken.
        remark: In Chinese what else is to be known.
    """

    table_id: int | None
    reason: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Accepted:
    """What became of the decisions: the one step and, in their order, the outcomes.

    ``faults`` are sentences about files whose forms could not be brought along.
    """

    change: Change | None = None
    outcomes: tuple[Outcome, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def table_ids(self) -> tuple[int, ...]:
        """The tables of the book that were added or changed."""
        return tuple(o.table_id for o in self.outcomes if o.table_id is not None)


class NotTakenError(KnownError):
    """A table cannot be taken as it was decided."""


@logged(
    "accept",
    result=lambda a: {"tables": len(a.table_ids), "refused": len(a.outcomes) - len(a.table_ids)},
)
def accept(
    session: Session,
    decisions: Sequence[Decision],
    progress: Progress = silent,
    *,
    name: str = "",
    forms: Sequence[BookForm] = (),
) -> Accepted:
    """Take tables into the book, as one step; a table that cannot be taken hinders no other.

    Args:
        session: The open book.
        decisions: The tables and what is done with each.
        progress: Told before each table.
        name: What the step is called; else after the number of files and tables.
        forms: Forms to keep in the book with them.

    Raises:
        BookError: The book cannot be written; then nothing is taken.
        CancelledError: From ``progress``; then nothing is taken.
    """
    if not decisions:
        return Accepted()
    with session.book.step(name or _step_name(decisions)) as step:
        for form in forms:
            step.put_form(*form)
        faults = _put_missing_forms(session, step, decisions)
        taker = _Taker(session, step)
        for number, decision in enumerate(decisions):
            progress(number, len(decisions), decision.table.name or decision.file.name)
            taker.take(decision)
        progress(len(decisions), len(decisions), "")
    return Accepted(step.change, tuple(taker.outcomes), tuple(faults))


def _step_name(decisions: Sequence[Decision]) -> str:
    files = {decision.file for decision in decisions}
    return f"导入 {len(files)} 个文件，{len(decisions)} 张表"


@dataclass
class _Taker:
    """Carries decisions out within a step."""

    session: Session
    step: Step
    outcomes: list[Outcome] = field(default_factory=list[Outcome])
    mine: set[int] = field(default_factory=set[int])
    states: dict[int, str] = field(init=False)

    def __post_init__(self) -> None:
        tree = self.session.book.tree()
        self.states = {e.id: e.state for a in tree for y in a.years for e in y.tables}

    def take(self, decision: Decision) -> None:
        """Carry one decision out, or remember why not."""
        try:
            outcome = self._take(decision, self._there(decision))
        except (LockedTableError, NotTakenError) as error:
            outcome = Outcome(None, str(error))
        if outcome.table_id is not None:
            self.mine.add(outcome.table_id)
        self.outcomes.append(outcome)

    def _there(self, decision: Decision) -> int | None:
        if decision.meets is not None:
            return self.outcomes[decision.meets].table_id
        mine = frozenset[int]() if decision.exact else self.mine
        return next((one for one in decision.there if one not in mine), None)

    def _take(self, decision: Decision, there: int | None) -> Outcome:
        if there is None or decision.taking == "keep":
            return self._add(decision)
        if decision.taking == "merge":
            return self._merge(there, decision.table)
        if decision.taking == "notes":
            return self._note(there, decision.table)
        if decision.taking == "state":
            self.step.set_state(there, decision.state)
            return Outcome(there)
        return self._replace(there, decision)

    def _add(self, decision: Decision) -> Outcome:
        table, year_id = decision.table, None
        if decision.agency and decision.agency != table.agency:
            year_id = self.step.year(decision.agency, table.agency_code, table.year)
        state = decision.state or DRAFT
        table_id = self.session.add_table(self.step, table, state=state, year_id=year_id)
        return Outcome(table_id, remark="已在账本里，又添了一份" if decision.there else "")

    def _merge(self, there: int, table: Table) -> Outcome:
        merged = merge_empty(self.session.book.table(there), table)
        self.step.put_table(there, merged.table, stay=True)
        remark = f"补上了 {merged.filled} 处空白"
        if merged.left:
            remark += f"；没有并入的行：{'、'.join(merged.left)}"
        return Outcome(there, remark=remark)

    def _note(self, there: int, table: Table) -> Outcome:
        """Take the notes; one that was sent back with them is 退回, locked or not."""
        ours, before = self.session.book.table(there), self.states.get(there, DRAFT)
        noted = with_notes(ours, [note for _, note in send_back_notes(table)])
        news = {note for _, note in send_back_notes(noted)} - {n for _, n in send_back_notes(ours)}
        returned = any(not note.done for note in news)
        self.step.set_state(there, RETURNED if returned else before)
        self.step.put_table(there, noted, stay=True)
        return Outcome(there)

    def _replace(self, there: int, decision: Decision) -> Outcome:
        old, table = self.session.book.table(there), decision.table
        if loses_indicators(old, table):
            count = len(old.indicators or old.period_indicators)
            raise NotTakenError(f"它没有指标，账本里的那张有 {count} 个，没有替换")
        if not decision.exact:  # what somebody wrote on it stays; only its content is replaced
            notes = tuple(dict.fromkeys((*old.notes, *table.notes)))
            table = replace(table, notes=notes, other=table.other or old.other)
        if table.form:
            self.session.forms.keep_copy(self.session.book, self.step, table.form)
        before = self.states.get(there, DRAFT)
        if there in self.mine:  # an earlier table of this step may have handed it in
            self.step.set_state(there, DRAFT)
        self.step.put_table(there, table, stay=True)
        # What somebody checked was the other table.
        after = decision.state or (DRAFT if before == CHECKED and table != old else before)
        self.step.set_state(there, after)
        self.states[there] = after
        return Outcome(there, remark="已在账本里，已用新的替换")


def loses_indicators(old: Table, new: Table) -> bool:
    """True when replacing would lose indicators for a table that has none, such as a mere list."""
    has, had = (bool(table.indicators or table.period_indicators) for table in (new, old))
    return had and not has


def _put_missing_forms(session: Session, step: Step, decisions: Sequence[Decision]) -> list[str]:
    """Bring the forms of tables from other books that are neither at hand nor in this one."""
    missing: dict[Path, set[str]] = {}
    for decision in decisions:
        form, content = decision.table.form, decision.content
        if form and content is not None and session.forms.of_book(session.book, form) is None:
            missing.setdefault(content, set()).add(form)
    faults: list[str] = []
    for path, names in missing.items():
        try:
            if sniff(path) == "book":
                for form in forms_of(path, names):
                    step.put_form(*form)
        except RefusedFileError as error:
            faults.append(f"{path.name}：表样没有一起带来，先用别的表样显示。{error}")
    return faults
