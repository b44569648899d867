"""What an undo or a redo would do, known before it is done: whether to ask first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from jixiao.model.history import TREE, next_step, unpack
from jixiao.model.schema import KEYED_BY_TABLE, LISTS, TABLES
from jixiao.model.undone import Patch

_POSITION = TABLES.columns.index("position")
_DELETED = TABLES.columns.index("deleted")
_PRINTED = "empty_levels"  # rows that a form prints; nobody wrote them


@dataclass(frozen=True)
class Ahead:
    """What an undo or a redo would do, known before it is done.

    Attributes:
        number: The number of the step in the history.
        name: Its name.
        table_ids: The tables whose content or place in the tree would change, come or go.
        leaving: Those that would leave the book with what was written in them.
        focus: The table where it happened, as ``Change.focus``.
        staying: Those of the tables that are in the tree before and after.
        is_edit: Whether it only changes what one table says.
        was_found: Whether it was done before the book was opened. Only the first such step is
            told: what is undone after that is meant.
    """

    number: int
    name: str
    table_ids: frozenset[int]
    leaving: frozenset[int]
    focus: int | None
    staying: frozenset[int]
    is_edit: bool
    was_found: bool

    @property
    def is_bulk(self) -> bool:
        """Whether it is more than one slip of a key should take back: many tables, or whole ones.

        An import, collecting, a version that was restored, many tables deleted.
        """
        return len(self.table_ids) > 1 or bool(self.leaving)


def ahead(db: Connection, found: int, *, undo: bool) -> Ahead | None:
    """What an undo, or else a redo, would do; None when there is nothing to do.

    ``found`` is the number of the newest step that was there when the book was opened.
    """
    step = next_step(db, undo=undo)
    if step is None:
        return None
    number, name, focus, packed = step
    patch = unpack(packed)
    touched, staying, gone = _tables(db, patch)
    lists = [patch[part.name] for part in LISTS if part.name in patch and part.name != _PRINTED]
    written = {key[0] for part in lists for key in part["delete"]}
    return Ahead(
        number,
        name,
        touched,
        touched & gone & written,
        focus,
        staying,
        is_edit=len(staying) == len(touched) == 1 and patch.keys() <= KEYED_BY_TABLE | TREE,
        was_found=undo and number <= found,
    )


def _tables(db: Connection, patch: Patch) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """The tables of the tree that a patch changes, those that stay there, those that it removes.

    Another place among its neighbours is no change of a table.
    """
    heads: dict[str, list[list[Any]]] = patch.get(TABLES.name, {"put": [], "delete": []})
    after = {row[0]: row for row in heads["put"]}
    gone = frozenset(key[0] for key in heads["delete"])
    parts = [part for key, part in patch.items() if key in KEYED_BY_TABLE and key != TABLES.name]
    said = {row[0] for part in parts for row in (*part["put"], *part["delete"])}
    touched: set[int] = set()
    staying: set[int] = set()
    for table_id in said | after.keys() | gone:
        now = db.execute(TABLES.select, [table_id]).fetchone()
        then = None if table_id in gone else after.get(table_id, now)
        here, there = _is_live(now), _is_live(then)
        if (here or there) and (table_id in said or _differ(now, then)):
            touched.add(table_id)
            if here and there:
                staying.add(table_id)
    return frozenset(touched), frozenset(staying), gone


def _is_live(row: Sequence[Any] | None) -> bool:
    return row is not None and row[_DELETED] is None


def _differ(one: Sequence[Any] | None, other: Sequence[Any] | None) -> bool:
    """Whether two heads of a table differ in more than their place among the others."""
    if one is None or other is None:
        return one is not other
    pairs = zip(one, other, strict=False)
    return any(a != b for at, (a, b) in enumerate(pairs) if at != _POSITION)
