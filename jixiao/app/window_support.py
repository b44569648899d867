"""What the window asks of a session beside the functions of the command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from jixiao.app.session import Session
from jixiao.io.paper.edit.edit import can_edit, edit
from jixiao.io.paper.edit.typed_level import typed_level2
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Binding
from jixiao.model.checks import DEFAULT_PROFILE, RULE_BY_ID, check_table
from jixiao.model.errors import RefusedFileError
from jixiao.model.numbers import decimal_of, plain
from jixiao.model.table import ROW_TYPES, Table
from jixiao.model.tree import AgencyNode


@dataclass(frozen=True)
class HistoryNames:
    """The names of the steps that undo would take back and redo would do again.

    ``step`` is the number of the former in the history, 0 when there is none.
    """

    undo: str | None = None
    redo: str | None = None
    step: int = 0


@dataclass(frozen=True)
class OpenedTable:
    """A table with the form it is shown in."""

    table_id: int
    table: Table
    form: Form


@dataclass(frozen=True)
class BookState:
    """What the window shows of a book beside the page."""

    tree: tuple[AgencyNode, ...]
    names: HistoryNames
    read_only: bool
    refusal: str


def book_state(session: Session) -> BookState:
    """The tree, the names of undo and redo, and whether the book can be written."""
    book = session.book
    return BookState(tuple(book.tree()), history_names(session), book.read_only, book.refusal)


def history_names(session: Session) -> HistoryNames:
    """The names of undo and redo."""
    book = session.book
    return HistoryNames(book.undo_name, book.redo_name, book.newest_step)


def open_table(session: Session, table_id: int) -> OpenedTable:
    """A table with its form.

    Raises:
        BookError: when the book has no such table.
        FormError: when there is no form to show it in.
    """
    table = session.book.table(table_id)
    return OpenedTable(table_id, table, session.form_of(table))


def type_into(form: Form, table: Table, edits: Iterable[tuple[Binding, str]]) -> Table:
    """The table after several texts were typed; one typed into a row that is not there makes it.

    Raises:
        ValueError: with a Chinese message when a text cannot be taken; then nothing is.
    """
    made: dict[tuple[str, int], int] = {}
    for binding, text in edits:
        if not can_edit(binding):
            continue
        place = (binding.target, binding.insert_at)
        new_row = not binding.rows and binding.target in ROW_TYPES
        if new_row and place in made:
            changed = edit(form, table, replace(binding, rows=(made[place],)), text)
        else:
            changed = typed_level2(form, table, binding, text) or edit(form, table, binding, text)
            if new_row and changed != table:
                made[place] = binding.insert_at
        table = changed
    return table


def make_sample_book(path: Path, sources: Sequence[Path]) -> None:
    """Make the sample book at ``path`` from exchange files; a book that is there stays as it is.

    Raises:
        KnownError: when a source cannot be read or the book not be written.
    """
    from jixiao.app.importing.drafts import import_files

    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with Session.open(path) as session:
        for report in import_files(session, sources):
            if report.refused:
                raise RefusedFileError(f"{report.file.name}：{report.reason}")
        session.book.forget_steps()  # one undo too many must not leave the sample empty


@dataclass(frozen=True)
class Proof:
    """A sum shown in the status bar: ``ok`` tells whether it comes out."""

    text: str
    ok: bool


_SUMS = (
    ("M3", "project_amount", "成本合计", "项目金额"),
    ("M6", "details_total", "明细合计", "合计"),
    ("M1", "budget_total", "分项合计", "资金总额"),
    ("M6", "budget_total", "各项合计", "合计"),
)
_SUM_RULES = frozenset(rule for rule, *_ in _SUMS)
_SUMS_ONLY = replace(
    DEFAULT_PROFILE,
    switched_off=DEFAULT_PROFILE.switched_off | (RULE_BY_ID.keys() - _SUM_RULES),
)


def proofs(table: Table) -> list[Proof]:
    """The sums of a table that a money rule speaks about, right or wrong.

    A rule that is silent may have nothing to compare. It has been satisfied if it speaks as soon
    as the total is another one; so the rules stay the only place that knows what must agree.
    """
    found: list[Proof] = []
    wrong = {finding.rule: finding for finding in check_table(table, _SUMS_ONLY)}
    for rule, key, parts, total in _SUMS:
        text = table.fields.get(key, "").strip()
        amount = decimal_of(text)
        if amount is None:
            continue
        if rule in wrong:
            if not any(proof.text == wrong[rule].message for proof in found):
                found.append(Proof(wrong[rule].message, ok=False))
            continue
        other = replace(table, fields={**table.fields, key: plain(amount + Decimal(1))})
        if any(finding.rule == rule for finding in check_table(other, _SUMS_ONLY)):
            found.append(Proof(f"{parts} {text} = {total} {text} ✓", ok=True))
    return found
