"""Undo and redo: every step leaves the rows it replaced, and replaying them takes it back.

A patch says how rows must be: ``{sql table: {"put": [row…], "delete": [primary key…]}}``. The
history keeps for each step the patch that takes it back. Applying a patch yields its opposite,
which is kept in its place; so the rows after a step are stored when they are about to go, and a
step that only adds rows costs their keys.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from sqlite3 import Connection
from typing import Any

from jixiao.model.errors import BookError
from jixiao.model.rows import RowWriter, SqlRow
from jixiao.model.schema import (
    AGENCIES,
    CONTENT,
    FORMS,
    KEYED_BY_TABLE,
    SETTINGS,
    TABLES,
    VERSION_PARTS,
    YEARS,
)
from jixiao.model.undone import Patch, keep_undone

KEPT_STEPS = 1000

TREE = {AGENCIES.name, YEARS.name, TABLES.name}


@dataclass(frozen=True)
class Change:
    """What a step, an undo or a redo changed in the book.

    Attributes:
        name: The name of the step ("修改 指标值").
        table_ids: The tables that changed, came or went.
        tree: Whether agencies, years or the heads of tables changed.
        forms: The copies of forms that changed.
        focus: The table where it happened, to be shown after an undo.
        versions: Whether the list of versions changed.
        settings: Whether the settings of the book changed.
        binned: Tables of undone steps that went into the recycle bin, because a new step has
            ended the redo list; they are not among ``table_ids``.
    """

    name: str
    table_ids: frozenset[int]
    tree: bool
    forms: frozenset[str]
    focus: int | None
    versions: bool = False
    settings: bool = False
    binned: frozenset[int] = frozenset()


def record(db: Connection, name: str, focus: int | None, writer: RowWriter) -> Change | None:
    """Add what was written as the newest step; steps that were undone can no longer be redone.

    Returns:
        What changed, or None when nothing did; then history stays as it is.
    """
    patch = _opposite(writer)
    if not patch:
        return None
    change = replace(_change(name, focus, patch), binned=_end_redo(db, patch))
    number = db.execute("SELECT ifnull(max(id), 0) + 1 FROM history").fetchone()[0]
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    db.execute(
        "INSERT INTO history (id, name, at, focus, patch) VALUES (?, ?, ?, ?, ?)",
        [number, name, at, change.focus, _packed(patch)],
    )
    db.execute("DELETE FROM history WHERE id <= ?", [number - KEPT_STEPS])
    return change


def _end_redo(db: Connection, patch: Patch) -> frozenset[int]:
    """Drop the undone steps; the tables that only they hold go into the recycle bin.

    ``patch`` takes that back together with the step which ended them.
    """
    kept, ids = keep_undone(db, unpack)
    for name, part in kept.items():
        patch.setdefault(name, {"put": [], "delete": []})["delete"] += part["delete"]
    db.execute("DELETE FROM history WHERE undone")
    return ids


def end_redo(db: Connection) -> frozenset[int]:
    """Drop the undone steps for good; returns the tables that went into the recycle bin."""
    return _end_redo(db, {})


def last_done(db: Connection) -> int:
    """The number of the newest step that is not undone, 0 when there is none."""
    return db.execute("SELECT ifnull(max(id), 0) FROM history WHERE NOT undone").fetchone()[0]


def forget(db: Connection) -> None:
    """Forget all steps: what they did stays and can no longer be taken back."""
    db.execute("DELETE FROM history")


def undo_name(db: Connection) -> str | None:
    """The name of the step that undo would take back."""
    return _name(db, "SELECT name FROM history WHERE NOT undone ORDER BY id DESC LIMIT 1")


def redo_name(db: Connection) -> str | None:
    """The name of the step that redo would do again."""
    return _name(db, "SELECT name FROM history WHERE undone ORDER BY id LIMIT 1")


def undo(db: Connection) -> Change | None:
    """Take the newest step back; None when there is none. Needs an open transaction."""
    return _replay(db, undone=True)


def redo(db: Connection) -> Change | None:
    """Do the oldest undone step again; None when there is none. Needs an open transaction."""
    return _replay(db, undone=False)


def next_step(db: Connection, *, undo: bool) -> SqlRow | None:
    """The number, name, focus and stored patch of what undo, or else redo, would replay."""
    which = "WHERE NOT undone ORDER BY id DESC" if undo else "WHERE undone ORDER BY id"
    return db.execute(
        f"SELECT id, name, focus, patch FROM history {which} LIMIT 1"  # noqa: S608 - own words
    ).fetchone()


def _replay(db: Connection, *, undone: bool) -> Change | None:
    found = next_step(db, undo=undone)
    if found is None:
        return None
    number, name, focus, packed = found
    patch = unpack(packed)
    if not all(_is_known(table, part["put"]) for table, part in patch.items()):
        raise BookError(f"“{name}”是用更新的版本做的，本版本不能撤销或重做它。请升级本程序。")
    opposite = _apply(db, patch)
    db.execute(
        "UPDATE history SET undone = ?, patch = ? WHERE id = ?",
        [int(undone), _packed(opposite), number],
    )
    return _change(name, focus, patch)


def _apply(db: Connection, patch: Patch) -> Patch:
    """Make the rows as the patch says; returns the patch that takes this back."""
    opposite = {name: _as_it_is(db, name, part) for name, part in patch.items()}
    # Deletions come first, so that no row meets another of the same name on its way.
    for name, part in patch.items():
        db.executemany(CONTENT[name].delete, part["delete"])
    for name, part in patch.items():
        for width, rows in groupby(part["put"], len):
            db.executemany(CONTENT[name].upsert(width), rows)
    return opposite


def _is_known(table: str, rows: list[list[Any]]) -> bool:
    return table in CONTENT and all(len(row) <= len(CONTENT[table].columns) for row in rows)


def _as_it_is(db: Connection, name: str, part: dict[str, list[list[Any]]]) -> dict[str, list[Any]]:
    table = CONTENT[name]
    now: dict[str, list[Any]] = {"put": [], "delete": []}
    for at in [*part["delete"], *(row[: table.key] for row in part["put"])]:
        row = db.execute(table.select, at).fetchone()
        if row is None:
            now["delete"].append(at)
        else:
            now["put"].append(row)
    return now


def _opposite(writer: RowWriter) -> Patch:
    patch: Patch = {}
    for table, pairs in writer.changes():
        put = [list(before) for before, _ in pairs if before is not None]
        gone = [list(after[: table.key]) for before, after in pairs if before is None and after]
        patch[table.name] = {"put": put, "delete": gone}
    return patch


def _change(name: str, focus: int | None, patch: Patch) -> Change:
    keys = {
        name: {row[0] for rows in part.values() for row in rows} for name, part in patch.items()
    }
    tables = frozenset(key for name in KEYED_BY_TABLE & keys.keys() for key in keys[name])
    forms = frozenset(keys.get(FORMS.name, ()))
    if focus is None and tables:
        focus = min(tables)
    tree, versions = (not names.isdisjoint(patch) for names in (TREE, VERSION_PARTS))
    return Change(name, tables, tree, forms, focus, versions, SETTINGS.name in patch)


def _name(db: Connection, query: str) -> str | None:
    found: SqlRow | None = db.execute(query).fetchone()
    return None if found is None else found[0]


def unpack(packed: str) -> Patch:
    """A patch as it is stored, as data."""
    return json.loads(packed, object_hook=_unpacked)


def _packed(patch: Patch) -> str:
    return json.dumps(patch, ensure_ascii=False, separators=(",", ":"), default=_base64)


def _base64(content: bytes) -> dict[str, str]:
    return {"base64": b64encode(content).decode("ascii")}


def _unpacked(value: dict[str, Any]) -> dict[str, Any] | bytes:
    return b64decode(value["base64"]) if "base64" in value else value
