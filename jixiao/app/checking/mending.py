"""Mending what the checks found: one finding, or every sure one of some tables as one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from jixiao.app.checking.checking import TableFinding
from jixiao.app.checking.fixing import fixed
from jixiao.app.checking.options import options_of
from jixiao.app.progress import Progress, silent
from jixiao.app.session import Session
from jixiao.io.paper.form.form import Form
from jixiao.model.checks import RULE_BY_ID, Finding, Fix, Profile, check_table
from jixiao.model.history import Change
from jixiao.model.ignored import Mark, marks_of, reasons, with_ignored, with_ignored_rule
from jixiao.model.step import LockedTableError
from jixiao.model.table import Table, shown_name

TableChange = Callable[[Table], tuple[Table, int]]
"""What becomes of a table, and how many places of it that concerns; 0 leaves it as it is."""

_ROUNDS = 40  # a table has no more faults that hide behind each other


@dataclass(frozen=True)
class Mended:
    """What mending many tables came to.

    Attributes:
        count: How many findings were mended.
        tables: How many tables changed.
        locked: The names of tables that were handed in and therefore left alone.
        change: What changed in the book; None when nothing did.
    """

    count: int
    tables: int
    locked: tuple[str, ...]
    change: Change | None


def mend(form: Form, table: Table, profile: Profile) -> tuple[Table, int]:
    """A table with every sure fix made, ignored findings left alone, and how many were made.

    Fixes that write the same cell are made one after another, each only if it is still called for.
    A fix that would bring an error which its finding did not tell of is left to a person.

    Args:
        form: The form of the table, whose order of classes moved rows follow.
        table: The table.
        profile: What is asked of it.
    """
    count = 0
    left: set[Mark] = set()
    for _ in range(_ROUNDS):
        findings = check_table(table, profile)
        lines = zip(findings, marks_of(table, findings), reasons(table, findings), strict=True)
        sure = [(f, mark) for f, mark, why in lines if f.sure and why is None and mark not in left]
        if not sure:
            break
        made = fixed(form, table, [finding for finding, _ in sure])
        if not _is_worse(table, made.table, profile, made.findings):
            table, count = made.table, count + len(made.findings)
            continue
        # One of them brings an error: each by itself, so that only that one is left out.
        for finding, mark in sure:
            one = fixed(form, table, [finding])
            if _is_worse(table, one.table, profile, one.findings):
                left.add(mark)
            else:
                table, count = one.table, count + 1
                break
    return table, count


def _is_worse(before: Table, after: Table, profile: Profile, made: Sequence[Finding]) -> bool:
    """True when a table has errors that it had not, and that no finding told of."""
    expected = {("S3", name) for finding in made for name in finding.leaves_empty}
    new = _errors(after, profile) - _errors(before, profile)
    return any((rule, matter) not in expected for rule, _, matter in new)


def _errors(table: Table, profile: Profile) -> Counter[tuple[str, str, str]]:
    """The errors of a table by rule, column and matter; rows may be called and stand otherwise."""
    found = (f for f in check_table(table, profile) if f.severity == "error")
    return Counter((f.rule, f.field, f.matter) for f in found)


def mend_tables(
    session: Session, table_ids: Collection[int], progress: Progress = silent
) -> Mended:
    """Make every sure fix of some tables as one step; what was handed in is left alone.

    Args:
        session: The open book.
        table_ids: Which tables.
        progress: Told before each table.

    Raises:
        BookError: The book cannot be read or written.
        CancelledError: ``progress`` stopped it; then nothing has changed.
    """
    options = options_of(session)

    def change(table: Table) -> tuple[Table, int]:
        form = session.form_of(table)
        return mend(form, table, options.profile(form))

    return change_tables(session, "全部改正", dict.fromkeys(table_ids, change), progress)


def mend_findings(
    session: Session, found: Iterable[TableFinding], name: str, progress: Progress = silent
) -> Mended:
    """Make the fixes of these findings as one step; what was handed in is left alone.

    A fix is left out where the cell is no longer as it was found, or where another fix of the
    same step has just written it.

    Args:
        session: The open book.
        found: The findings; those without a fix are left out.
        name: The name of the step.
        progress: Told before each table.

    Raises:
        BookError: The book cannot be read or written.
        CancelledError: ``progress`` stopped it; then nothing has changed.
    """

    def change(table: Table, own: Sequence[TableFinding]) -> tuple[Table, int]:
        fitting = [one.finding for one in own if still_fits(one, table)]
        made = fixed(session.form_of(table), table, fitting)
        return made.table, len(made.findings)

    return change_tables(session, name, _by_table(found, change), progress)


def change_tables(
    session: Session,
    name: str,
    changes: Mapping[int, TableChange],
    progress: Progress = silent,
) -> Mended:
    """Change tables as one step; what was handed in is left alone.

    Args:
        session: The open book.
        name: The name of the step.
        changes: By the id of a table: what it becomes, and how many places that mends.
        progress: Told before each table.

    Raises:
        BookError: The book cannot be read or written.
        CancelledError: ``progress`` stopped it; then nothing has changed.
    """
    total, changed = 0, 0
    locked: list[str] = []
    with session.book.step(name) as step:
        for number, (table_id, table) in enumerate(session.book.tables(changes.keys())):
            progress(number, len(changes), table.name)
            new, count = changes[table_id](table)
            if not count:
                continue
            try:
                step.put_table(table_id, new, stay=True)
            except LockedTableError:
                locked.append(shown_name(" ".join(table.name.split())))
                continue
            total, changed = total + count, changed + 1
    return Mended(total, changed, tuple(locked), step.change)


def _by_table(
    found: Iterable[TableFinding],
    how: Callable[[Table, Sequence[TableFinding]], tuple[Table, int]],
) -> dict[int, TableChange]:
    by_table: dict[int, list[TableFinding]] = {}
    for one in found:
        by_table.setdefault(one.table_id, []).append(one)
    return {table_id: lambda table, own=own: how(table, own) for table_id, own in by_table.items()}


def ignore_findings(
    session: Session, found: Iterable[TableFinding], reason: str, progress: Progress = silent
) -> Mended:
    """Let these findings be as one step, each with the reason; what was handed in stays.

    Raises:
        BookError: The book cannot be read or written.
    """

    def change(table: Table, own: Sequence[TableFinding]) -> tuple[Table, int]:
        return with_ignored(table, [one.finding for one in own], reason), len(own)

    return change_tables(session, "忽略同类问题", _by_table(found, change), progress)


def ignore_rule(session: Session, rule: str, table_id: int, reason: str) -> Mended:
    """Let a rule be in a whole table, whatever it will find there, and keep why.

    Raises:
        BookError: The book cannot be read or written.
    """
    title = RULE_BY_ID[rule].title

    def change(table: Table) -> tuple[Table, int]:
        return with_ignored_rule(table, rule, reason), 1

    return change_tables(session, f"本表忽略：{title}", {table_id: change})


def still_fits(found: TableFinding, table: Table) -> bool:
    """True when what a fix would write over is as it was when the finding was made."""
    return all(_old(found.table, edit) == _old(table, edit) for edit in found.finding.edits)


def _old(table: Table, edit: Fix) -> object:
    if edit.rows is None:
        return table.fields.get(edit.field, getattr(table, edit.field, ""))
    rows = table.rows(edit.rows)
    return rows[edit.index] if edit.index is not None and edit.index < len(rows) else None
