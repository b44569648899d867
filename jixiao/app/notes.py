"""Send-back notes: the bureau writes them on a table, the agency sees and settles them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from jixiao.app.session import Session
from jixiao.model.errors import KnownError
from jixiao.model.history import Change
from jixiao.model.notes import SendBackNote, with_notes, without_notes
from jixiao.model.schema import RETURNED


def new_note(text: str, author: str, *, field: str = "", indicator: str = "") -> SendBackNote:
    """A note of today.

    Args:
        text: What is to be mended.
        author: Who writes it (区财政局).
        field: The label of the header field it is about.
        indicator: The third level of the indicator it is about.

    Raises:
        KnownError: It says nothing.
    """
    if not text.strip():
        raise KnownError("退回意见不能为空，请写明要修改什么。")
    return SendBackNote(
        text.strip(), author, f"{datetime.now().astimezone():%Y-%m-%d}", field, indicator
    )


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
    with session.book.step(f"退回 {table.name or '未命名的表'}", table_id=table_id) as step:
        if returned:
            step.set_state(table_id, RETURNED)
        step.put_table(table_id, table)
    return step.change


def settle_notes(session: Session, table_id: int, indexes: Collection[int]) -> Change | None:
    """Take notes off a table that are settled, as one step.

    Args:
        session: The open book.
        table_id: The table.
        indexes: Their places among the table's notes.

    Raises:
        KnownError: The table was handed in, or the book cannot be written.
    """
    table = without_notes(session.book.table(table_id), indexes)
    with session.book.step(f"处理 {len(indexes)} 条退回意见", table_id=table_id) as step:
        step.put_table(table_id, table)
    return step.change
