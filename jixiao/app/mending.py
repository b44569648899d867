"""Mending what the checks found: one finding, or every sure one of some tables as one step."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from jixiao.app.checking import DEFAULT_OPTIONS, CheckOptions, TableFinding, profile_of
from jixiao.app.session import Session
from jixiao.model.checks import RULE_BY_ID, Finding, Fix, Profile, apply_fix, check_table
from jixiao.model.history import Change
from jixiao.model.ignored import reasons
from jixiao.model.step import LockedTableError
from jixiao.model.table import Table

_LEFT_OUT = frozenset({"T1"})  # whether the text or the number is right, only a person knows
_ROUNDS = 5


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


def is_sure(finding: Finding) -> bool:
    """True when a machine may mend it without asking."""
    rule = RULE_BY_ID[finding.rule]
    return bool(finding.edits) and rule.certainty == "sure" and finding.rule not in _LEFT_OUT


def mend(table: Table, profile: Profile) -> tuple[Table, int]:
    """A table with every sure fix made, ignored findings left alone, and how many were made.

    Fixes that write the same cell are made one after another, each only if it is still called for.
    """
    count = 0
    for _ in range(_ROUNDS):
        findings = check_table(table, profile)
        touched: set[tuple[str | None, int | None, str]] = set()
        mended = table
        for finding, why in zip(findings, reasons(table, findings), strict=True):
            places = {(edit.rows, edit.index, edit.field) for edit in finding.edits}
            if why is None and is_sure(finding) and not places & touched:
                touched |= places
                mended = apply_fix(mended, finding)
                count += 1
        if mended == table:
            break
        table = mended
    return table, count


def mend_tables(
    session: Session, table_ids: Collection[int], options: CheckOptions = DEFAULT_OPTIONS
) -> Mended:
    """Make every sure fix of some tables as one step; what was handed in is left alone.

    Raises:
        BookError: The book cannot be read or written.
    """
    total, changed = 0, 0
    locked: list[str] = []
    with session.book.step("全部改正") as step:
        for table_id, table in list(session.book.tables(table_ids)):
            mended, count = mend(table, profile_of(session.form_of(table), options))
            if not count:
                continue
            try:
                step.put_table(table_id, mended)
            except LockedTableError:
                locked.append(table.name or "未命名的表")
                continue
            total, changed = total + count, changed + 1
    return Mended(total, changed, tuple(locked), step.change)


def still_fits(found: TableFinding, table: Table) -> bool:
    """True when what a fix would write over is as it was when the finding was made."""
    return all(_old(found.table, edit) == _old(table, edit) for edit in found.finding.edits)


def _old(table: Table, edit: Fix) -> object:
    if edit.rows is None:
        return table.fields.get(edit.field, getattr(table, edit.field, ""))
    rows = table.rows(edit.rows)
    return rows[edit.index] if edit.index is not None and edit.index < len(rows) else None
