"""Versions: an agency-year frozen under a name (一上, 二上, 批复), which nothing can change.

What a table said lies once in the book, however many versions hold it: as compressed JSON, found
by its digest. So does the workbook of each form the tables were shown in.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from jixiao.model.errors import BookError
from jixiao.model.rows import RowWriter, SqlRow, load_tables, storable_text
from jixiao.model.schema import (
    FROZEN,
    VERSION_FORMS,
    VERSION_TABLES,
    VERSIONS,
    SqlTable,
)
from jixiao.model.table import ROW_TYPES, Row, Share, Table, Unplaced

USUAL_NAMES = ("一上", "一下", "二上", "二下", "批复")
"""The names that the rounds of a budget have; any other will do."""

_AGENCY = VERSIONS.columns.index("agency")
_VERSION_YEAR = VERSIONS.columns.index("year")
_VERSION_NAME = VERSIONS.columns.index("name")
_NAME = VERSIONS.columns.index("name")
_ROWS: dict[str, type[Any]] = {**ROW_TYPES, "payment_schedule": Share, "unplaced": Unplaced}

_LIST = (
    "SELECT v.id, v.agency, v.agency_code, v.year, v.name, v.at, y.id, "
    "(SELECT count(*) FROM version_tables t WHERE t.version_id = v.id) "
    "FROM versions v LEFT JOIN agencies a ON a.name = v.agency "
    "LEFT JOIN years y ON y.agency_id = a.id AND y.year IS v.year "
    "ORDER BY a.position IS NULL, a.position, a.id, v.agency, v.year IS NULL, v.year DESC, v.id"
)
_TABLES = (
    "SELECT t.position, t.table_id, t.state, f.content FROM version_tables t "
    "JOIN frozen f ON f.sha = t.sha WHERE t.version_id = ? ORDER BY t.position"
)
_UNUSED = (
    "SELECT 1 FROM (SELECT sha FROM version_tables UNION ALL SELECT sha FROM version_forms) "
    "WHERE sha = ? LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Version:
    """A named version.

    Attributes:
        id: Its number in the book.
        agency: The agency as the tree names it.
        agency_code: Its code.
        year: The year, None for 年度未定.
        name: 一上, 批复, or any other.
        at: When it was frozen (ISO 8601, local).
        year_id: The year in the tree it belongs to, None when the tree no longer has it.
        tables: How many tables it holds.
    """

    id: int
    agency: str
    agency_code: str
    year: int | None
    name: str
    at: str
    year_id: int | None
    tables: int


@dataclass(frozen=True, slots=True)
class FrozenTable:
    """A table of a version.

    Attributes:
        position: Its place in the version, from 0.
        table_id: The table of which it is a copy; it may be gone by now.
        state: The state of work it had.
        table: What it said.
    """

    position: int
    table_id: int
    state: str
    table: Table


def read_versions(db: Connection) -> list[Version]:
    """All versions, in the order of the tree, those of a year in the order they were frozen."""
    return [Version(*row) for row in db.execute(_LIST)]


def read_frozen(db: Connection, version_id: int) -> list[FrozenTable]:
    """The tables of a version in their order; empty when it is unknown or holds none."""
    return [
        FrozenTable(position, table_id, state, _thawed(content))
        for position, table_id, state, content in db.execute(_TABLES, [version_id])
    ]


def read_frozen_form(db: Connection, version_id: int, form_id: str) -> bytes | None:
    """The workbook of a form as it was when a version was frozen; None when it has none."""
    found = db.execute(
        "SELECT f.content FROM version_forms v JOIN frozen f ON f.sha = v.sha "
        "WHERE v.version_id = ? AND v.form = ?",
        [version_id, form_id],
    ).fetchone()
    return None if found is None else found[0]


class VersionWriter:
    """Makes, renames and removes versions, through the writer of a step."""

    def __init__(self, db: Connection, writer: RowWriter) -> None:
        self._db = db
        self._writer = writer

    def freeze(self, year_id: int, name: str) -> int:
        """Freeze all tables of a year under a name; returns the version's id.

        Raises:
            BookError: The year has a version of this name or no tables, or does not exist.
        """
        agency, code, year = self._node(year_id)
        name = storable_text(name)
        self._refuse_taken(agency, year, name)
        heads = self._db.execute(
            "SELECT id, kind, name, state, form FROM tables WHERE year_id = ? "
            "ORDER BY position, id",
            [year_id],
        ).fetchall()
        if not heads:
            raise BookError("这个年度还没有表，没有什么可以存为版本。")
        query = "SELECT ifnull(max(id), 0) + 1 FROM versions"
        version_id = self._db.execute(query).fetchone()[0]
        at = datetime.now().astimezone().isoformat(timespec="seconds")
        self._insert(VERSIONS, (version_id, agency, code, year, name, at))
        tables = dict(load_tables(self._db, [head[0] for head in heads]))
        for position, (table_id, kind, table_name, state, _) in enumerate(heads):
            sha = self._keep(_packed(tables[table_id]))
            row = (version_id, position, table_id, kind, table_name, state, sha)
            self._insert(VERSION_TABLES, row)
        self._freeze_forms(version_id, {head[4] for head in heads})
        return version_id

    def rename(self, version_id: int, name: str) -> None:
        """Give a version another name.

        Raises:
            BookError: The year has another of this name, or the version does not exist.
        """
        before = self._version(version_id)
        name = storable_text(name)
        if name != before[_NAME]:
            self._refuse_taken(before[_AGENCY], before[_AGENCY + 2], name)
            after = tuple(name if at == _NAME else value for at, value in enumerate(before))
            self._writer.write(VERSIONS, [(before, after)])

    def delete(self, version_id: int) -> None:
        """Remove a version, and what no other version holds.

        Raises:
            BookError: The version does not exist.
        """
        version = self._version(version_id)
        shas: set[str] = set()
        for part in (VERSION_TABLES, VERSION_FORMS):
            query = f"SELECT {part.names} FROM {part.name} WHERE version_id = ?"  # noqa: S608 - own names
            rows = self._db.execute(query, [version_id]).fetchall()
            shas |= {row[part.columns.index("sha")] for row in rows}
            self._writer.write(part, [(row, None) for row in rows])
        self._writer.write(VERSIONS, [(version, None)])
        for sha in sorted(shas):
            if self._one(_UNUSED, sha) is None:
                self._writer.write(FROZEN, [(self._one(FROZEN.select, sha), None)])

    def rename_agency(self, old: str, new: str) -> None:
        """Let the versions of an agency follow when the tree gives it another name."""
        query = f"SELECT {VERSIONS.names} FROM versions WHERE agency = ?"  # noqa: S608 - own names
        rows = self._db.execute(query, [old]).fetchall()
        renamed = [(*row[:_AGENCY], new, *row[_AGENCY + 1 :]) for row in rows]
        self._writer.write(VERSIONS, zip(rows, renamed, strict=True))

    def change_year(self, agency: str, old: int | None, new: int | None) -> None:
        """Let the versions of a year follow when the tree gives it another number.

        One whose name the other year has too stays where it is.
        """
        query = f"SELECT {VERSIONS.names} FROM versions WHERE agency = ? AND year IS ?"  # noqa: S608 - own names
        taken = {row[_VERSION_NAME] for row in self._db.execute(query, [agency, new])}
        rows = [r for r in self._db.execute(query, [agency, old]) if r[_VERSION_NAME] not in taken]
        moved = [(*row[:_VERSION_YEAR], new, *row[_VERSION_YEAR + 1 :]) for row in rows]
        self._writer.write(VERSIONS, zip(rows, moved, strict=True))

    def _freeze_forms(self, version_id: int, form_ids: Iterable[str]) -> None:
        for form_id in sorted(form_ids):
            found = self._one("SELECT content FROM forms WHERE id = ?", form_id)
            if found is not None:
                self._insert(VERSION_FORMS, (version_id, form_id, self._keep(found[0])))

    def _keep(self, content: bytes) -> str:
        """Store a content unless it is there already; returns its digest."""
        import hashlib  # brings a large library, and is seldom needed

        sha = hashlib.sha256(content).hexdigest()
        if self._one(FROZEN.select, sha) is None:
            self._insert(FROZEN, (sha, content))
        return sha

    def _insert(self, table: SqlTable, row: SqlRow) -> None:
        self._writer.write(table, [(None, row)])

    def _node(self, year_id: int) -> tuple[str, str, int | None]:
        found = self._one(
            "SELECT a.name, a.code, y.year FROM years y "
            "JOIN agencies a ON a.id = y.agency_id WHERE y.id = ?",
            year_id,
        )
        if found is None:
            raise BookError("账本里找不到这个年度，它可能已随撤销消失。")
        return found[0], found[1], found[2]

    def _refuse_taken(self, agency: str, year: int | None, name: str) -> None:
        query = "SELECT 1 FROM versions WHERE agency = ? AND year IS ? AND name = ?"
        if self._one(query, agency, year, name) is not None:
            raise BookError(f"这个年度已经有版本“{name}”。请换一个名称，或先删除原来的版本。")

    def _version(self, version_id: int) -> SqlRow:
        row = self._one(VERSIONS.select, version_id)
        if row is None:
            raise BookError("账本里找不到这个版本，它可能已随撤销消失。")
        return row

    def _one(self, query: str, *values: object) -> SqlRow | None:
        return self._db.execute(query, values).fetchone()


def table_text(table: Table) -> str:
    """All that a table says, as JSON without what is empty; ``table_of`` makes it again."""
    return json.dumps(_plain(table), ensure_ascii=False, separators=(",", ":"))


def table_of(text: str) -> Table:
    """The table of a text of ``table_text``; what this program does not know is left out."""
    values: dict[str, Any] = json.loads(text)
    known = {f.name for f in fields(Table)}
    for name, row_type in _ROWS.items():
        columns = {f.name for f in fields(row_type)}
        values[name] = tuple(
            row_type(**{key: value for key, value in row.items() if key in columns})
            for row in values.get(name, ())
        )
    values["notes"] = tuple(values.get("notes", ()))
    return Table(**{key: value for key, value in values.items() if key in known})


def _plain(row: Table | Row | Share | Unplaced) -> dict[str, Any]:
    """The columns of a table or row that are not empty, by name; rows within become the same."""
    values: dict[str, Any] = {}
    for column in fields(row):
        value = getattr(row, column.name)
        if column.name in _ROWS:
            value = [_plain(inner) for inner in value]
        if value:
            values[column.name] = value
    return values


def _packed(table: Table) -> bytes:
    return zlib.compress(table_text(table).encode(), 9)


def _thawed(content: bytes) -> Table:
    return table_of(zlib.decompress(content).decode())
