"""Emptying the recycle bin: the one thing that undo cannot take back."""

from __future__ import annotations

import json
from collections.abc import Collection
from sqlite3 import Connection
from typing import Any

from jixiao.model.history import Change, end_redo
from jixiao.model.schema import KEYED_BY_TABLE, PARTS


def purge(db: Connection, table_ids: Collection[int] | None) -> Change | None:
    """Remove deleted tables for good; needs an open transaction.

    The steps of the history that would need them go too, with all steps before.

    Args:
        db: The book.
        table_ids: Which of the deleted tables; None: all.

    Returns:
        What changed, None when there was nothing to remove.
    """
    found = {row[0] for row in db.execute("SELECT id FROM tables WHERE deleted IS NOT NULL")}
    gone = found if table_ids is None else found & set(table_ids)
    if not gone:
        return None
    _forget(db, gone)
    asked = json.dumps(sorted(gone))
    for part in PARTS:
        db.execute(
            f"DELETE FROM {part.name} WHERE table_id IN (SELECT value FROM json_each(?))",  # noqa: S608 - own names
            [asked],
        )
    db.execute("DELETE FROM texts WHERE table_id IN (SELECT value FROM json_each(?))", [asked])
    db.execute("DELETE FROM tables WHERE id IN (SELECT value FROM json_each(?))", [asked])
    return Change("清空回收站", frozenset(gone), tree=True, forms=frozenset(), focus=None)


def _forget(db: Connection, gone: set[int]) -> None:
    """Drop the steps up to the last one that touches these tables, and what could be redone."""
    end_redo(db)
    for number, packed in db.execute("SELECT id, patch FROM history ORDER BY id DESC").fetchall():
        patch: dict[str, dict[str, list[list[Any]]]] = json.loads(packed)
        if any(_keys(patch[name]) & gone for name in patch.keys() & KEYED_BY_TABLE):
            db.execute("DELETE FROM history WHERE id <= ?", [number])
            return


def _keys(part: dict[str, list[list[Any]]]) -> set[int]:
    return {row[0] for rows in part.values() for row in rows}
