"""The SQL tables of a book: their columns as data, and the migrations that make them.

The migrations are frozen in time: a released one is never changed, the next one is added below it
and ``MINOR`` goes up, or ``MAJOR`` when an older program would damage what the new one stores. New
columns are added at the end of a table and have a default, because steps of the history that were
recorded before hold only the columns of their time.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from sqlite3 import Connection

from sqlite_utils import Database, Migrations

from jixiao.model.table import LIST_NAMES, ROW_TYPES

APPLICATION_ID = 0x6A786231  # "jxb1" in ASCII
MAJOR = 3  # 2: the text to search in, 3: versions; an older program would let both go stale
MINOR = 0
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
        *("agency_code", "year", "money_unit", "name", "state", "deleted"),
    ),
    1,
)
FORMS = SqlTable("forms", ("id", "name", "sha", "content"), 1)

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
    )
}
VERSION_PARTS = frozenset(t.name for t in (FROZEN, VERSIONS, VERSION_TABLES, VERSION_FORMS))
KEYED_BY_TABLE = frozenset(t.name for t in (TABLES, *PARTS))
"""The SQL tables whose keys begin with the id of a table."""

MIGRATIONS = Migrations("jixiao")

# A row of ``tables`` repeats agency and year, because a deleted table stands in no year but must
# find its place again. Foreign keys are deferred: undo replays rows in any order.
_FIRST = """
CREATE TABLE agencies (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL
) STRICT;
CREATE TABLE years (
    id INTEGER PRIMARY KEY,
    agency_id INTEGER NOT NULL REFERENCES agencies(id) DEFERRABLE INITIALLY DEFERRED,
    year INTEGER,
    position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX years_once ON years(agency_id, ifnull(year, -1));
CREATE TABLE tables (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    year_id INTEGER REFERENCES years(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    form TEXT NOT NULL DEFAULT '',
    vintage TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    agency TEXT NOT NULL DEFAULT '',
    agency_code TEXT NOT NULL DEFAULT '',
    year INTEGER,
    money_unit TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT '草稿',
    deleted TEXT,
    CHECK ((year_id IS NULL) = (deleted IS NOT NULL))
) STRICT;
CREATE INDEX tables_of_year ON tables(year_id, position);
CREATE INDEX tables_by_name ON tables(name, agency);
CREATE TABLE fields (
    table_id INTEGER NOT NULL REFERENCES tables(id) DEFERRABLE INITIALLY DEFERRED,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (table_id, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE forms (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    sha TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT;
CREATE TABLE history (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    at TEXT NOT NULL,
    focus INTEGER,
    undone INTEGER NOT NULL DEFAULT 0,
    patch TEXT NOT NULL
) STRICT;
"""

_INDICATOR = "level1 level2 level3 comparator value unit explanation basis remark task written"
_FIRST_LISTS = {
    "payment_schedule": "by percent",
    "tasks": "name owner content",
    "indicators": _INDICATOR + " extra",
    "period_indicators": _INDICATOR + " extra",
    "spending_details": "content detail amount basis",
    "items": "name amount period_goal annual_goal",
    "measures": "name content",
    "empty_levels": "level1 level2",
    "notes": "text",
    "unplaced": "file sheet cell text",
}


@MIGRATIONS(name="0001 first")
def first(db: Database) -> None:
    """Agencies, years, tables and what they hold, copies of forms, history."""
    db.executescript(_FIRST)
    for name, columns in _FIRST_LISTS.items():
        texts = ",\n    ".join(f'"{column}" TEXT NOT NULL' for column in columns.split())
        db.conn.execute(
            f"CREATE TABLE {name} (\n"
            "    table_id INTEGER NOT NULL REFERENCES tables(id) DEFERRABLE INITIALLY DEFERRED,\n"
            "    position INTEGER NOT NULL,\n"
            f"    {texts},\n"
            "    PRIMARY KEY (table_id, position)\n"
            ") STRICT, WITHOUT ROWID"
        )


# ``kept`` marks an agency or year that a user made: it stays when it is empty. ``texts`` is
# derived from the tables and therefore no part of history or of a dump (``jixiao.model.search``).
_SECOND = """
ALTER TABLE agencies ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
ALTER TABLE years ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
CREATE TABLE texts (
    table_id INTEGER PRIMARY KEY,
    text BLOB NOT NULL
) STRICT;
"""


@MIGRATIONS(name="0002 empty nodes and search")
def second(db: Database) -> None:
    """Agencies and years that stay when empty; the text of each table to search in."""
    db.executescript(_SECOND)


# A version names its agency and year itself, because both may leave the tree before it does. What
# is frozen cannot be changed, only removed with its version; undo puts it back as it was.
_THIRD = """
CREATE TABLE frozen (
    sha TEXT NOT NULL PRIMARY KEY,
    content BLOB NOT NULL
) STRICT;
CREATE TABLE versions (
    id INTEGER PRIMARY KEY,
    agency TEXT NOT NULL,
    agency_code TEXT NOT NULL,
    year INTEGER,
    name TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE TABLE version_tables (
    version_id INTEGER NOT NULL REFERENCES versions(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    table_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    sha TEXT NOT NULL REFERENCES frozen(sha) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (version_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE version_forms (
    version_id INTEGER NOT NULL REFERENCES versions(id) DEFERRABLE INITIALLY DEFERRED,
    form TEXT NOT NULL,
    sha TEXT NOT NULL REFERENCES frozen(sha) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (version_id, form)
) STRICT, WITHOUT ROWID;
CREATE INDEX version_tables_frozen ON version_tables(sha);
CREATE INDEX version_forms_frozen ON version_forms(sha);
"""


@MIGRATIONS(name="0003 versions")
def third(db: Database) -> None:
    """Named versions of an agency-year, which nothing can change."""
    db.executescript(_THIRD)
    for name in ("frozen", "version_tables", "version_forms"):
        db.conn.execute(
            f"CREATE TRIGGER {name}_stays BEFORE UPDATE ON {name} "
            "BEGIN SELECT RAISE(ABORT, 'a version cannot be changed'); END"
        )


def dump(db: Connection) -> str:
    """The whole content as text, without history: two books are the same when their dumps are."""
    lines: list[str] = []
    for table in CONTENT.values():
        lines.append(f"{table.name}: {' '.join(table.columns)}")
        order = _quoted(table.columns[: table.key])
        query = f"SELECT {table.names} FROM {table.name} ORDER BY {order}"  # noqa: S608 - own names
        lines.extend(repr(row) for row in db.execute(query))
    return "\n".join(lines) + "\n"
