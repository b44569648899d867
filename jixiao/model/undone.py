"""What undone steps hold that stands nowhere else: it must outlive the end of the redo list.

A table that came with a step goes with its undo and lives on only in the patch that would bring
it back. When a new step ends the redo list, such tables go into the recycle bin instead.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from jixiao.model.schema import CONTENT, FORMS, KEYED_BY_TABLE, TABLES

Patch = dict[str, dict[str, list[list[Any]]]]
Rows = dict[str, dict[tuple[Any, ...], list[Any]]]
"""By SQL table and primary key, the row."""

_FORM = TABLES.columns.index("form")
_YEAR_ID = TABLES.columns.index("year_id")
_DELETED = TABLES.columns.index("deleted")


def keep_undone(db: Connection, read: Callable[[str], Patch]) -> tuple[Patch, frozenset[int]]:
    """Put tables that only undone steps hold into the recycle bin; needs an open transaction.

    They are kept as they were last, with the edits that were undone after them, and so are the
    copies of forms that only they use.

    Args:
        db: The book.
        read: Makes a patch of its stored text.

    Returns:
        The patch that takes this back, and the ids of the tables.
    """
    rows = _as_they_were(db, read)
    heads = rows.get(TABLES.name, {})
    ids = frozenset(key[0] for key in heads if not _exists(db, TABLES.select, key))
    if not ids:
        return {}, ids
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    for (table_id,), row in heads.items():
        if table_id in ids:
            row[_YEAR_ID], row[_DELETED] = None, row[_DELETED] or now
    forms = {heads[table_id,][_FORM] for table_id in ids}
    wanted = {
        name: [row for key, row in found.items() if _is_wanted(db, name, key, ids, forms)]
        for name, found in rows.items()
    }
    gone: Patch = {}
    for name, table in CONTENT.items():  # heads come before what hangs below them
        for row in wanted.get(name, ()):
            db.execute(table.insert(len(row)), row)
            gone.setdefault(name, {"put": [], "delete": []})["delete"].append(row[: table.key])
    return gone, ids


def _as_they_were(db: Connection, read: Callable[[str], Patch]) -> Rows:
    """The rows of tables and forms that redoing everything would write, as they would end."""
    rows: Rows = {}
    steps = db.execute("SELECT patch FROM history WHERE undone ORDER BY id").fetchall()
    for (packed,) in steps:
        for name, part in read(packed).items():
            if name not in KEYED_BY_TABLE and name != FORMS.name:
                continue
            table, kept = CONTENT[name], rows.setdefault(name, {})
            for key in part["delete"]:
                kept.pop(tuple(key), None)
            for row in part["put"]:
                if len(row) <= len(table.columns):  # a longer one is of a newer program
                    kept[tuple(row[: table.key])] = list(row)
    return rows


def _is_wanted(
    db: Connection, name: str, key: tuple[Any, ...], ids: frozenset[int], forms: set[Any]
) -> bool:
    if name == FORMS.name:
        return key[0] in forms and not _exists(db, FORMS.select, key)
    return key[0] in ids


def _exists(db: Connection, query: str, key: tuple[Any, ...]) -> bool:
    return db.execute(query, key).fetchone() is not None
