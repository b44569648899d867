"""Between a Table and its rows in the book, and the one way in which rows are written."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from sqlite3 import Connection
from typing import Any, cast

from jixiao.model.schema import FIELDS, LISTS, NOTES, PARTS, SCHEDULE, TABLES, UNPLACED, SqlTable
from jixiao.model.table import (
    LIST_NAMES,
    ROW_TYPES,
    Kind,
    ListName,
    Share,
    Table,
    Unplaced,
)

SqlRow = tuple[Any, ...]
Pair = tuple[SqlRow | None, SqlRow | None]  # a row before and after; None: it does not exist
PartRows = dict[str, list[SqlRow]]  # by SQL table; what hangs below one row of ``tables``

# Head columns that a Table says itself, with the place where each stands in a row.
HEAD = (
    *("kind", "form", "vintage", "title", "agency", "agency_code", "year", "money_unit", "name"),
    "other",
)
HEAD_AT = tuple(TABLES.columns.index(column) for column in HEAD)
_head_of = attrgetter(*HEAD)

_COLUMNS = {name: LISTS[at].columns[2:] for at, name in enumerate(LIST_NAMES)}
_values_of = {name: attrgetter(*columns) for name, columns in _COLUMNS.items()}
_EXTRA_AT = {
    name: columns.index("extra") for name, columns in _COLUMNS.items() if "extra" in columns
}


def head_values(table: Table) -> SqlRow:
    """The values of the HEAD columns of a table."""
    return _storable(_head_of(table))


def part_rows(table_id: int, table: Table) -> PartRows:
    """The rows of all lists and fields of a table, by SQL table."""
    parts: PartRows = {
        FIELDS.name: [
            (table_id, key, value, at) for at, (key, value) in enumerate(table.fields.items())
        ],
        SCHEDULE.name: [
            (table_id, at, share.by, share.percent)
            for at, share in enumerate(table.payment_schedule)
        ],
        NOTES.name: [(table_id, at, note) for at, note in enumerate(table.notes)],
        UNPLACED.name: [
            (table_id, at, lost.file, lost.sheet, lost.cell, lost.text)
            for at, lost in enumerate(table.unplaced)
        ],
    }
    for name in LIST_NAMES:
        parts[name] = _list_rows(table_id, table, name)
    if not _is_unicode(parts):
        parts = {name: [_storable(row) for row in rows] for name, rows in parts.items()}
        parts[FIELDS.name] = list({row[1]: row for row in parts[FIELDS.name]}.values())
    return parts


def load_tables(db: Connection, ids: Sequence[int]) -> Iterator[tuple[int, Table]]:
    """The tables with these ids, in this order; unknown ids are left out.

    One query per SQL table, however many ids.
    """
    asked = json.dumps(list(ids))
    heads = {row[0]: row for row in db.execute(_SELECT_HEADS, [asked])}
    parts = {part.name: _grouped(db, part, asked) for part in PARTS}
    for table_id in ids:
        if table_id in heads:
            mine = {name: groups.get(table_id, []) for name, groups in parts.items()}
            yield table_id, _table(heads[table_id], mine)


def load_parts(db: Connection, table_id: int) -> PartRows:
    """The rows that hang below one table, as ``part_rows`` gives them."""
    return {part.name: db.execute(_SELECT_PART[part.name], [table_id]).fetchall() for part in PARTS}


def differences(before: list[SqlRow], after: list[SqlRow], key: int) -> list[Pair]:
    """What must be written so that the rows ``before`` become the rows ``after``."""
    if before == after:
        return []
    old = {row[:key]: row for row in before}
    new = {row[:key]: row for row in after}
    pairs: list[Pair] = [(row, None) for at, row in old.items() if at not in new]
    pairs += [(old.get(at), row) for at, row in new.items() if old.get(at) != row]
    return pairs


class RowWriter:
    """Writes rows and remembers, for each row touched, what it was at first and what it is now."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._touched: dict[SqlTable, dict[SqlRow, list[SqlRow | None]]] = defaultdict(dict)

    def write(self, table: SqlTable, pairs: Iterable[Pair]) -> None:
        """Write (before, after) pairs of whole rows; ``before`` is what is stored now."""
        touched = self._touched[table]
        deleted: list[SqlRow] = []
        inserted: list[SqlRow] = []
        updated: list[SqlRow] = []
        for before, after in pairs:
            if after is None:
                assert before is not None
                at = before[: table.key]
                deleted.append(at)
            else:
                at = after[: table.key]
                (inserted if before is None else updated).append(after)
            if (known := touched.get(at)) is None:
                touched[at] = [before, after]
            else:
                known[1] = after
        if deleted:
            self._db.executemany(table.delete, deleted)
        if updated:
            self._db.executemany(table.upsert(), updated)
        if inserted:
            self._db.executemany(table.insert(), inserted)

    def changes(self) -> Iterator[tuple[SqlTable, list[Pair]]]:
        """What has really changed, by SQL table; rows that are as they were are left out."""
        for table, rows in self._touched.items():
            pairs: list[Pair] = [(b, a) for b, a in rows.values() if b != a]
            if pairs:
                yield table, pairs


_SELECT_HEADS = f"SELECT {TABLES.names} FROM tables WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 - own names
_SELECT_PART = {
    part.name: f"SELECT {part.names} FROM {part.name} WHERE table_id = ? "  # noqa: S608 - own names
    "ORDER BY position"
    for part in PARTS
}


def _list_rows(table_id: int, table: Table, name: ListName) -> list[SqlRow]:
    values, at = _values_of[name], _EXTRA_AT.get(name)
    rows = (values(row) for row in table.rows(name))
    if at is not None:  # the one column that is no text
        rows = ((*v[:at], _json(v[at]), *v[at + 1 :]) for v in rows)
    return [(table_id, position, *v) for position, v in enumerate(rows)]


def _json(extra: dict[str, str]) -> str:
    return json.dumps(extra, ensure_ascii=False) if extra else ""


def _grouped(db: Connection, part: SqlTable, asked: str) -> dict[int, list[SqlRow]]:
    groups: dict[int, list[SqlRow]] = defaultdict(list)
    query = (
        f"SELECT {part.names} FROM {part.name} "  # noqa: S608 - own names
        "WHERE table_id IN (SELECT value FROM json_each(?)) ORDER BY table_id, position"
    )
    for row in db.execute(query, [asked]):
        groups[row[0]].append(row)
    return groups


def _table(head: SqlRow, parts: PartRows) -> Table:
    values = dict(zip(TABLES.columns, head, strict=True))
    lists: dict[str, Any] = {name: _list(name, parts[name]) for name in LIST_NAMES}
    return Table(
        agency=values["agency"],
        agency_code=values["agency_code"],
        year=values["year"],
        kind=cast("Kind", values["kind"]),
        title=values["title"],
        money_unit=values["money_unit"],
        form=values["form"],
        vintage=values["vintage"],
        fields={key: value for _, key, value, _ in parts[FIELDS.name]},
        payment_schedule=tuple(Share(*row[2:]) for row in parts[SCHEDULE.name]),
        notes=tuple(text for _, _, text in parts[NOTES.name]),
        unplaced=tuple(Unplaced(*row[2:]) for row in parts[UNPLACED.name]),
        other=values["other"],
        **lists,
    )


def _list(name: ListName, rows: list[SqlRow]) -> tuple[Any, ...]:
    row_type: Any = ROW_TYPES[name]
    at = _EXTRA_AT.get(name)
    values: Iterable[SqlRow] = (row[2:] for row in rows)
    if at is not None:
        values = ((*v[:at], _extra(v[at]), *v[at + 1 :]) for v in values)
    return tuple(row_type(*v) for v in values)


def _extra(stored: str) -> dict[str, str]:
    return json.loads(stored) if stored else {}


def _is_unicode(parts: PartRows) -> bool:
    texts = (value for rows in parts.values() for row in rows for value in row[1:])
    try:
        "".join(text for text in texts if isinstance(text, str)).encode()
    except UnicodeEncodeError:
        return False
    return True


def _storable(row: SqlRow) -> SqlRow:
    """The row with halves of surrogate pairs, which no file can hold, joined or replaced by �."""
    return tuple(storable_text(value) if isinstance(value, str) else value for value in row)


def changed(row: SqlRow, values: dict[int, object]) -> SqlRow:
    """A row with other values at some places."""
    return tuple(values.get(at, value) for at, value in enumerate(row))


def storable_text(text: str) -> str:
    """The text with halves of surrogate pairs, which no file can hold, joined or replaced by �."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
