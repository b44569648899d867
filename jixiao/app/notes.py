"""Send-back notes: the bureau writes them on a table, the agency sees and answers them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from jixiao.app.session import Session
from jixiao.model.checks.healed import is_healed_line
from jixiao.model.errors import KnownError
from jixiao.model.history import Change
from jixiao.model.ignored import parse_ignored
from jixiao.model.notes import SendBackNote, parse_note, with_answers, with_notes, without_notes
from jixiao.model.schema import RETURNED
from jixiao.model.table import Table, shown_name


def new_note(
    text: str, author: str, *, what: str = "", name: str = "", column: str = ""
) -> SendBackNote:
    """A note of today.

    Args:
        text: What is to be mended.
        author: Who writes it (区财政局).
        what: What it is about, as ``SendBackNote`` has it; empty for the whole table.
        name: The label of the field, or the name of the row.
        column: The label of the row's column.

    Raises:
        KnownError: It says nothing.
    """
    if not text.strip():
        raise KnownError("退回意见不能为空，请写明要修改什么。")
    return SendBackNote(text.strip(), author, _today(), what, name, column)


def send_back(
    session: Session, table_id: int, notes: Sequence[SendBackNote], *, returned: bool = True
) -> Change | None:
    """Write notes on a table and set its state to 退回, as one step.

    Args:
        session: The open book.
        table_id: The table; also one that was handed in, which is unlocked by this.
        notes: What is to be mended.
        returned: Whether the state changes; a table that was handed in must be returned.

    Raises:
        KnownError: The table was handed in and is not returned, or the book cannot be written.
    """
    table = with_notes(session.book.table(table_id), notes)
    with session.book.step(f"退回 {shown_name(table.name)}", table_id=table_id) as step:
        if returned:
            step.set_state(table_id, RETURNED)
        step.put_table(table_id, table)
    return step.change


def of_new_table(table: Table, *, ignored: bool) -> Table:
    """A table that is made after another one, without the notes that are about that one only.

    These are send-back notes and what the reading of its draft mended; any other note stays.

    Args:
        table: The new table, with the notes of the other one.
        ignored: Whether findings that were let be stay so; not where the content changes.
    """
    notes = tuple(
        text
        for text in table.notes
        if parse_note(text) is None
        and not is_healed_line(text)
        and (ignored or parse_ignored(text) is None)
    )
    return table if notes == table.notes else replace(table, notes=notes)


def answer_notes(session: Session, table_id: int, answers: Mapping[int, str]) -> Change | None:
    """Mark notes of a table as settled, each with what is said about it, as one step.

    They stay on the table and travel back, so that the bureau sees what was done.

    Args:
        session: The open book.
        table_id: The table.
        answers: By the place of a note among the table's notes what is said; may be empty.

    Raises:
        KnownError: The table was handed in, or the book cannot be written.
    """
    table = with_answers(session.book.table(table_id), answers, _today())
    with session.book.step(f"处理 {len(answers)} 条退回意见", table_id=table_id) as step:
        step.put_table(table_id, table)
    return step.change


def reopen_notes(session: Session, table_id: int, indexes: Collection[int]) -> Change | None:
    """Take back that notes were settled, as one step.

    Raises:
        KnownError: The table was handed in, or the book cannot be written.
    """
    table = with_answers(session.book.table(table_id), dict.fromkeys(indexes, ""), "")
    with session.book.step(f"重新打开 {len(indexes)} 条退回意见", table_id=table_id) as step:
        step.put_table(table_id, table)
    return step.change


def remove_notes(session: Session, table_id: int, indexes: Collection[int]) -> Change | None:
    """Take notes off a table, as one step.

    Raises:
        KnownError: The table was handed in, or the book cannot be written.
    """
    table = without_notes(session.book.table(table_id), indexes)
    with session.book.step(f"去掉 {len(indexes)} 条退回意见", table_id=table_id) as step:
        step.put_table(table_id, table)
    return step.change


def _today() -> str:
    return f"{datetime.now().astimezone():%Y-%m-%d}"
