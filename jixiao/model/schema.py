"""The SQL tables of a book: their columns as data (``jixiao.model.migrations`` makes them).

New columns are added at the end of a table and have a default, because steps of the history that
were recorded before hold only the columns of their time.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from sqlite3 import Connection

from jixiao.model.table import LIST_NAMES, ROW_TYPES

APPLICATION_ID = 0x6A786231  # "jxb1" in ASCII
MAJOR = 3  # 2: the text to search in, 3: versions; an older program would let both go stale
MINOR = 2  # 1: settings, 2: unknown keys; an older program leaves them as they are
VERSION = MAJOR << 16 | MINOR  # as stored in PRAGMA user_version

DRAFT = "草稿"
CHECKED = "已核"
REPORTED = "已报"  # locked until it is taken back
RETURNED = "退回"
STATES = (DRAFT, CHECKED, REPORTED, RETURNED)


@dataclass(frozen=True)
class SqlTable:
    """A table of the database whose rows take part in history.

    Attributes:
        name: Its name in SQL.
        columns: Its columns in SQL order; the primary key comes first.
        key: How many of the leading columns make up the primary key.
    """

    name: str
    columns: tuple[str, ...]
    key: int

    @cached_property
    def names(self) -> str:
        """All columns, quoted, for a SELECT."""
        return _quoted(self.columns)

    @cached_property
    def select(self) -> str:
        """Select one row by its primary key."""
        return f"SELECT {self.names} FROM {self.name} WHERE {self._where_key}"  # noqa: S608 - own names

    @cached_property
    def delete(self) -> str:
        """Delete one row by its primary key."""
        return f"DELETE FROM {self.name} WHERE {self._where_key}"  # noqa: S608 - own names

    def insert(self, width: int | None = None) -> str:
        """Insert a row of the first ``width`` columns (all when None)."""
        columns = self.columns[:width]
        marks = ", ".join("?" * len(columns))
        return f"INSERT INTO {self.name} ({_quoted(columns)}) VALUES ({marks})"  # noqa: S608 - own names

    def upsert(self, width: int | None = None) -> str:
        """Insert or update a row; columns beyond ``width`` keep what they hold."""
        changes = ", ".join(f'"{c}" = excluded."{c}"' for c in self.columns[self.key : width])
        keys = _quoted(self.columns[: self.key])
        return f"{self.insert(width)} ON CONFLICT ({keys}) DO UPDATE SET {changes}"

    @cached_property
    def _where_key(self) -> str:
        return " AND ".join(f'"{column}" = ?' for column in self.columns[: self.key])


def _quoted(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


AGENCIES = SqlTable("agencies", ("id", "name", "code", "position", "kept"), 1)
YEARS = SqlTable("years", ("id", "agency_id", "year", "position", "kept"), 1)
TABLES = SqlTable(
    "tables",
    (
        *("id", "year_id", "position", "kind", "form", "vintage", "title", "agency"),
        *("agency_code", "year", "money_unit", "name", "state", "deleted", "other"),
    ),
    1,
)
FORMS = SqlTable("forms", ("id", "name", "sha", "content"), 1)
SETTINGS = SqlTable("settings", ("scope", "key", "value"), 2)

# Versions of an agency-year; what they say lies once in ``frozen``, by its digest.
FROZEN = SqlTable("frozen", ("sha", "content"), 1)
VERSIONS = SqlTable("versions", ("id", "agency", "agency_code", "year", "name", "at"), 1)
VERSION_TABLES = SqlTable(
    "version_tables", ("version_id", "position", "table_id", "kind", "name", "state", "sha"), 2
)
VERSION_FORMS = SqlTable("version_forms", ("version_id", "form", "sha"), 2)

# What hangs below a row of ``tables``; all are keyed (table_id, something).
FIELDS = SqlTable("fields", ("table_id", "key", "value", "position"), 2)
LISTS: tuple[SqlTable, ...] = tuple(
    SqlTable(name, ("table_id", "position", *(f.name for f in fields(ROW_TYPES[name]))), 2)
    for name in LIST_NAMES
)
SCHEDULE = SqlTable("payment_schedule", ("table_id", "position", "by", "percent"), 2)
NOTES = SqlTable("notes", ("table_id", "position", "text"), 2)
UNPLACED = SqlTable("unplaced", ("table_id", "position", "file", "sheet", "cell", "text"), 2)
PARTS: tuple[SqlTable, ...] = (FIELDS, SCHEDULE, *LISTS, NOTES, UNPLACED)

# Everything that a step may change; the order is that of a dump.
CONTENT: dict[str, SqlTable] = {
    table.name: table
    for table in (
        *(AGENCIES, YEARS, TABLES, *PARTS, FORMS),
        *(FROZEN, VERSIONS, VERSION_TABLES, VERSION_FORMS),
        SETTINGS,
    )
}
VERSION_PARTS = frozenset(t.name for t in (FROZEN, VERSIONS, VERSION_TABLES, VERSION_FORMS))
KEYED_BY_TABLE = frozenset(t.name for t in (TABLES, *PARTS))
"""The SQL tables whose keys begin with the id of a table."""


def dump(db: Connection) -> str:
    """The whole content as text, without history: two books are the same when their dumps are."""
    lines: list[str] = []
    for table in CONTENT.values():
        lines.append(f"{table.name}: {' '.join(table.columns)}")
        order = _quoted(table.columns[: table.key])
        query = f"SELECT {table.names} FROM {table.name} ORDER BY {order}"  # noqa: S608 - own names
        lines.extend(repr(row) for row in db.execute(query))
    return "\n".join(lines) + "\n"
